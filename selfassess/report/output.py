"""From assessment.json to files: nothing but that file and a template is read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfassess.errors import ReportError, nearest
from selfassess.loading.template import as_template
from selfassess.report.forms import FILES, FORMATS, check_template
from selfassess.report.html import locate, render_html
from selfassess.report.office import OFFICE, office_files
from selfassess.report.overview import TIGHTEST
from selfassess.report.paper.context import TIGHTEST as TIGHTEST_PAPER
from selfassess.report.pdf import MissingLibraryError, write_pdf
from selfassess.report.twin import twin
from selfassess.writing.files import replace_file

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["load_assessment", "render"]

OVERVIEW_PAGES = 2
_PAPERS = ("overview", "enquiry")
"""Documents of their own, as PDF: the two pages, and the lines of enquiry."""


def render(
    assessment_path: Path,
    out: Path,
    formats: Sequence[str],
    templates: Mapping[str, Traversable],
    *,
    template: str = "default",
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Make the report's files from an assessment.json alone.

    Where the PDF's system libraries are missing, the page and the data are written all the same
    before the error is raised.

    Args:
        assessment_path: an assessment.json.
        out: the folder to write to.
        formats: some of `FORMATS`.
        templates: template folders by id.
        template: the id of the one to use.
        progress: told what is being done.

    Returns:
        The files written, in the order of `formats`.

    Raises:
        ReportError: where a format or template is unknown, or a file cannot be read or written.
    """
    for name in formats:
        if name not in FORMATS:
            hint = nearest(name, FORMATS)
            raise ReportError(f"The format {name!r} is unknown.", hint=hint)
    check_template(template, templates)
    say = progress or (lambda _: None)
    content, assessment = load_assessment(assessment_path)
    own = "copy" if assessment.get("disclosure") else "report"
    folder = _folder(own, templates, template)
    pages = as_template(folder).pages
    html = ""
    if {"pdf", "html", "docx", "md"} & set(formats):
        say("Writing the page")
        html = render_html(assessment, folder)
    files = {name: out / FILES[name] for name in formats}
    if "json" in formats and not _same(files["json"], assessment_path):
        replace_file(files["json"], content)
    if "html" in formats:
        replace_file(files["html"], twin(html).encode("utf-8"))
    as_at = _date(assessment)
    if set(OFFICE) & set(formats):
        say("Writing for office programs")
        for name, made in office_files(formats, html, assessment, as_at).items():
            replace_file(files[name], made)
    if "pdf" in formats:
        try:
            write_pdf(
                html,
                content,
                files["pdf"],
                template=folder,
                as_at=as_at,
                progress=progress,
                pages=pages,
                shorter=(
                    render_html(assessment, folder, tightness=step)
                    for step in range(1, TIGHTEST_PAPER + 1)
                ),
            )
        except MissingLibraryError as error:
            page = out / "report.html"
            replace_file(page, twin(html).encode("utf-8"))
            data = files["json"] if "json" in formats else assessment_path
            raise MissingLibraryError(
                f"{error.message} Still written: {page} and {data}.", hint=error.hint
            ) from error
    for name in _PAPERS:
        if name in formats:
            _write_paper(name, assessment, content, files[name], templates, template, progress)
    return [files[name] for name in formats]


def _write_paper(
    name: str,
    assessment: Mapping[str, Any],
    content: bytes,
    path: Path,
    templates: Mapping[str, Traversable],
    template: str,
    progress: Callable[[str], None] | None,
) -> None:
    """Write a document beside the report, from the default template where this one has none."""
    folder = _folder(name, templates, template)
    pages = (
        render_html(assessment, folder, document=name, tightness=step)
        for step in range(TIGHTEST + 1 if name == "overview" else 1)
    )
    write_pdf(
        next(pages),
        content,
        path,
        template=folder,
        as_at=_date(assessment),
        progress=progress,
        pages=OVERVIEW_PAGES if name == "overview" else None,
        shorter=pages,
    )


def _folder(document: str, templates: Mapping[str, Traversable], template: str) -> Traversable:
    """The template's folder, or the default one's where it has no such document."""
    folder = templates[template]
    whole = as_template(folder).document == "paper" and document in ("report", "copy")
    has = whole or locate(folder, f"{document}.html.j2") is not None
    return folder if has or "default" not in templates else templates["default"]


def load_assessment(path: Path) -> tuple[bytes, Mapping[str, Any]]:
    """Read an assessment.json: its bytes, to be embedded as they are, and its content.

    Raises:
        ReportError: naming the file and the place of the fault.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReportError(
            f"{path}: cannot be read: {error.strerror or error}.",
            hint="`selfassess run` writes it to out/assessment.json of the workspace.",
        ) from error
    try:
        found = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReportError(f"{path}: not UTF-8 text at byte {error.start}.") from error
    except json.JSONDecodeError as error:
        raise ReportError(
            f"{path}:{error.lineno}:{error.colno}: not JSON: {error.msg}.",
            hint="Make it anew with `selfassess run`; it is not meant to be edited.",
        ) from error
    if not isinstance(found, dict):
        raise ReportError(f"{path}: holds no JSON object, so it is not an assessment.")
    return content, found


def _date(assessment: Mapping[str, Any]) -> dt.date:
    found = assessment.get("as_at")
    try:
        return dt.date.fromisoformat(str(found))
    except ValueError as error:
        raise ReportError(
            f"assessment.json: as_at is {found!r}, expected a date such as 2026-03-31."
        ) from error


def _same(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)

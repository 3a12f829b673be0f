"""``render``: the report from an assessment.json alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.commands.copies import (
    audience_option,
    check_formats,
    confirm_option,
    write_copies,
)
from selfassess.commands.options import template_option
from selfassess.commands.written import announce, formats_of
from selfassess.errors import ReportError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["render"]


@click.command()
@click.argument("assessment", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to write into; beside the file if left out.",
)
@click.option(
    "--format",
    "formats",
    default="pdf,html",
    show_default=True,
    help="pdf, html, docx, xlsx, md, overview, enquiry.",
)
@audience_option
@confirm_option
@template_option
@click.option(
    "--brand",
    type=click.Path(path_type=Path),
    metavar="WORKSPACE",
    help="Take template, colours, logo and typeface from this workspace.",
)
def render(
    assessment: Path,
    out: Path | None,
    formats: str,
    audience: str,
    *,
    confirm_text: bool,
    template: str | None,
    brand: Path | None,
) -> None:
    """Make the report from an assessment.json alone, on this or another machine."""
    from selfassess.commands.progress import progress
    from selfassess.report.output import render as render_report

    chosen = [name for name in formats_of(formats) if name != "json"]
    if not assessment.is_file():
        raise ReportError(
            f"{assessment}: no such file.",
            hint="`selfassess run` writes out/assessment.json; name that file.",
        )
    with progress() as show:
        templates, used = _look(template, brand)
        if audience != "internal":
            announce(
                _render_copy(
                    assessment,
                    audience,
                    out,
                    chosen,
                    templates,
                    confirm_text,
                    template=used,
                    progress=show,
                )
            )
            return
        written = render_report(
            assessment,
            out or assessment.parent,
            chosen,
            templates,
            template=used,
            progress=show,
        )
    announce(written)


def _look(template: str | None, brand: Path | None) -> tuple[Mapping[str, Traversable], str]:
    """The templates in the look of a workspace, if one is named, and which of them to use."""
    from selfassess.report.forms import check_template
    from selfassess.toolkit import Toolkit

    if brand is None:
        templates = Toolkit.load().library.templates
        check_template(template or "default", templates)
        return templates, template or "default"
    from selfassess.workspace import load_workspace
    from selfassess.workspace.brand import looks, template_of

    workspace = load_workspace(brand)
    templates = Toolkit.for_workspace(workspace).library.templates
    return looks(workspace, templates), template_of(workspace, templates, template)


def _render_copy(
    path: Path,
    audience: str,
    out: Path | None,
    formats: Sequence[str],
    templates: Mapping[str, Traversable],
    confirmed: bool,
    *,
    template: str,
    progress: Callable[[str], None] | None,
) -> list[Path]:
    """Make a copy from the council's own assessment.json; without its evidence, rules alone see."""
    from selfassess.publishing import make_copy
    from selfassess.report.output import load_assessment
    from selfassess.workspace import CONFIG

    check_formats(formats)
    _, own = load_assessment(path)
    above = (path.parent, *path.resolve().parents)
    root = next((folder for folder in above if (folder / CONFIG).is_file()), path.parent)
    copy = make_copy(own, audience, root)
    target = (out or path.parent) / audience
    return write_copies(
        [(copy, target)],
        root,
        formats,
        templates,
        template=template,
        confirmed=confirmed,
        progress=progress,
    )

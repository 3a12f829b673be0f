"""The PDF, through WeasyPrint: archivable (PDF/A-3a) and accessible (PDF/UA-1) at once.

The only module that imports WeasyPrint, and only when a PDF is made: its system libraries may be
missing, and everything else must work without them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import html as html_entities
import logging
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from selfassess.errors import ReportError
from selfassess.report.html import locate, repertoire_of
from selfassess.writing.files import replace_file

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["MissingLibraryError", "page_count", "still_written", "write_pdf"]

ATTACHMENT = "assessment.json"
_BASE = "https://template.invalid/"
"""Stands for the template's folder; urllib joins relative paths only to schemes that it knows."""
_INSTALL = """\
WeasyPrint needs the Pango library of the system:
    Debian, Ubuntu:  apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0
    Fedora:          dnf install pango
    macOS:           brew install pango
    Windows:         install MSYS2, then: pacman -S mingw-w64-x86_64-pango
                     (https://doc.courtbouillon.org/weasyprint/stable/first_steps.html#windows)
Everything but the PDF works without it. `selfassess render assessment.json` makes the PDF on
another machine from that file alone."""


class MissingLibraryError(ReportError):
    """The system lacks the libraries that WeasyPrint draws with."""


@contextlib.contextmanager
def still_written(files: str) -> Iterator[None]:
    """Where no PDF can be drawn, say which files there are all the same."""
    try:
        yield
    except MissingLibraryError as error:
        raise MissingLibraryError(
            f"{error.message} Still written: {files}.", hint=error.hint
        ) from error


def write_pdf(
    html: str,
    assessment_bytes: bytes,
    path: Path,
    *,
    template: Traversable,
    as_at: dt.date,
    progress: Callable[[str], None] | None = None,
    pages: int | None = None,
    shorter: Iterable[str] = (),
    attached: str = ATTACHMENT,
) -> None:
    """Write the PDF of a rendered page, with the assessment embedded.

    The same arguments give the same bytes on one platform with the same libraries: every date in
    the file is the as-at date.

    Args:
        html: what `render_html` gave.
        assessment_bytes: the file that was rendered; embedded as ``assessment.json``.
        path: where to write.
        template: the template's folder; nothing outside it is read.
        as_at: the date written into the file's metadata.
        progress: told what is being done.
        pages: how many pages it must have.
        shorter: the same document said shorter and shorter, for as long as it has more pages.
        attached: the name of the embedded file.

    Raises:
        MissingLibraryError: where Pango is not installed.
        ReportError: where a resource is lost or refused, or a character has no glyph.
    """
    say = progress or (lambda _: None)
    _check_characters(html, template)
    weasyprint = _weasyprint()
    from selfassess.report.finish import finisher

    complete = finisher(_identifier(html))
    moment = dt.datetime.combine(as_at, dt.time(), dt.UTC)
    attachment = weasyprint.Attachment(
        file_obj=BytesIO(assessment_bytes),
        name=attached,
        description="The data that this document was made from",
        relationship="Source",
        created=moment,
        modified=moment,
    )
    say("Laying out the report")
    with _collected_warnings() as lost, _seldom_collected():
        fetcher = _fetcher(weasyprint, template)
        try:
            for text in chain((html,), () if pages is None else shorter):
                document = weasyprint.HTML(string=text, base_url=_BASE, url_fetcher=fetcher).render(
                    pdf_variant="pdf/a-3a"
                )
                if pages is None or len(document.pages) <= pages:
                    break
            say(f"Writing the PDF, {len(document.pages)} pages")
            content = document.write_pdf(
                pdf_variant="pdf/a-3a",
                attachments=[attachment],
                finisher=complete,
            )
        except weasyprint.urls.FatalURLFetchingError as error:
            raise ReportError(
                f"The template asks for {_short(str(error))}, which is not in its own folder.",
                hint="Copy the file into the template's folder; reports fetch nothing.",
            ) from error
    if lost:
        raise ReportError(
            "The PDF would not be what the template asks for:\n    " + "\n    ".join(lost[:20]),
            hint="Mend the template: a lost picture, font or style is never printed over.",
        )
    replace_file(path, content)


def page_count(html: str, template: Traversable) -> int:
    """How many pages a rendered page has in print.

    Raises:
        MissingLibraryError: where Pango is not installed.
    """
    _check_characters(html, template)
    weasyprint = _weasyprint()
    with _collected_warnings(), _seldom_collected():
        fetcher = _fetcher(weasyprint, template)
        document = weasyprint.HTML(string=html, base_url=_BASE, url_fetcher=fetcher)
        return len(document.render(pdf_variant="pdf/a-3a").pages)


def _identifier(html: str) -> str:
    """What the page's head says that it was made from."""
    found = re.search(r'<meta name="dcterms\.identifier" content="([^"]*)">', html)
    return html_entities.unescape(found[1]) if found else ""


def _weasyprint() -> Any:
    try:
        import weasyprint
        import weasyprint.urls
    except OSError as error:
        raise MissingLibraryError(
            f"The PDF cannot be made: {_short(str(error).splitlines()[0])}.", hint=_INSTALL
        ) from error
    return weasyprint


def _check_characters(html: str, template: Traversable) -> None:
    """Refuse characters without a glyph; texts of an assessment were mended long before."""
    missing = repertoire_of(template).missing(html_entities.unescape(html))
    if missing:
        shown = ", ".join(f"U+{ord(char):04X}" for char in missing[:10])
        raise ReportError(
            f"The template prints characters that its fonts lack: {shown}.",
            hint="Use other characters, or fonts that have them: nobody could read these.",
        )


def _fetcher(weasyprint: Any, template: Traversable) -> Any:
    """A fetcher that knows the template's own folder and data URIs, nothing else."""
    urls = weasyprint.urls

    class TemplateFetcher(urls.URLFetcher):  # type: ignore[name-defined, misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.lower().startswith("data:"):
                return super().fetch(url, headers)
            name = unquote(url.removeprefix(_BASE).split("?")[0].split("#")[0])
            found = locate(template, name) if url.startswith(_BASE) else None
            if found is None:
                raise urls.FatalURLFetchingError(url.removeprefix(_BASE))
            return urls.URLFetcherResponse(url, found.read_bytes())

    return TemplateFetcher(allowed_protocols=["data"])


@contextlib.contextmanager
def _collected_warnings() -> Iterator[list[str]]:
    """Collect what WeasyPrint only logs: a lost image would go unnoticed."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(_short(record.getMessage()))

    logger = logging.getLogger("weasyprint")
    handler = Collector(level=logging.WARNING)
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    try:
        with warnings.catch_warnings():
            # WeasyPrint leaves the file of its own colour profile to be closed by Python.
            warnings.simplefilter("ignore", ResourceWarning)
            yield found
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


@contextlib.contextmanager
def _seldom_collected() -> Iterator[None]:
    """Collect garbage less often: layout makes many objects that live to the end (an eighth)."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _short(text: str) -> str:
    text = re.sub(r"data:[^\s\"')]{60,}", "data:…", text)
    return text if len(text) <= 300 else text[:300] + "…"

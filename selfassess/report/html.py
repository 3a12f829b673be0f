"""HTML through Jinja2, sandboxed, from a template's own folder and one context."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from selfassess.errors import ReportError
from selfassess.loading.template import as_template
from selfassess.report.brand import Branded
from selfassess.report.build import build_context, build_enquiry, build_overview, build_paper
from selfassess.report.copies import build_copy
from selfassess.report.faces import covered
from selfassess.report.template_faults import fault_of, lost_blocks
from selfassess.report.text import Repertoire

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from jinja2.sandbox import SandboxedEnvironment

__all__ = ["fill_template", "locate", "render_html", "repertoire_of"]

_MEDIA = {
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}
_DRAWN = {"accent": "#0b0c0c", "pale": "#d5d9dc"}
"""The colours of drawings in a template whose style names none."""
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_PROPERTY = re.compile(r"--([a-z][a-z0-9-]*)\s*:\s*([^;]+);")
_EXTENDS = re.compile(r"""\s*\{%-?\s*extends\s+["']([^"']+)""")
_URL = re.compile(r"""url\(\s*['"]?(?!data:|#)([^'")]+?)['"]?\s*\)""")


def render_html(
    assessment: Mapping[str, Any],
    template: Traversable,
    *,
    document: str = "report",
    tightness: int = 0,
) -> str:
    """Render a document as one self-contained HTML page, which is also what its PDF is made of.

    Args:
        assessment: the content of assessment.json.
        template: a folder with ``template.yaml``, ``report.html.j2`` (or ``paper.html.j2``, for a
            template whose document that is) and, for partner and public copies, ``copy.html.j2``.
        document: ``report``, ``overview`` or ``enquiry``: the template's file of that name.
        tightness: for the overview and a paper, how much shorter than usual.

    Raises:
        ReportError: where the assessment or the template cannot be used.
    """
    if document == "report":
        document = as_template(template).document
    if assessment.get("disclosure") and document != "paper":
        # What others are given holds no verdicts, and is printed by a document that has none.
        if document != "report":
            raise ReportError(
                f"The {document} is made for the council alone, not from a copy for others.",
                hint="Copies for partners and the public: pdf, html, docx and md.",
            )
        document = "copy"
    context = _context(assessment, repertoire_of(template), document, tightness)
    return fill_template(template, f"{document}.html.j2", context)


def fill_template(template: Traversable, name: str, context: Any) -> str:
    """A page of a template's folder, made of a context that is all text.

    Raises:
        ReportError: where the template cannot be used.
    """
    import jinja2

    environment = _environment(template)
    try:
        lost = tuple(lost_blocks(environment, name)) if "/" in _extended(environment, name) else ()
        if lost:
            raise ReportError(problems=lost)
        return environment.get_template(name).render(report=context)
    except jinja2.TemplateSyntaxError as error:
        raise ReportError(
            f"{error.filename or error.name or 'report.html.j2'}:{error.lineno}: {error.message}",
            hint="Mend the template; docs/how-to/brand-a-report.md has the ground rules.",
        ) from error
    except jinja2.TemplateNotFound as error:
        raise ReportError(
            f"{template}: the template file {error.name!r} does not exist in this folder.",
            hint="A template folder holds report.html.j2 and the partials that it includes.",
        ) from error
    except jinja2.TemplateError as error:
        fault = fault_of(error, name, str(template))
        raise ReportError(f"{fault.where}: {fault.message}", hint=fault.hint) from error


def _extended(environment: SandboxedEnvironment, name: str) -> str:
    """What a page begins by extending; a page of another template is named by its folder."""
    assert environment.loader is not None  # noqa: S101 - made with one
    found = _EXTENDS.match(environment.loader.get_source(environment, name)[0])
    return found[1] if found else ""


def _context(
    assessment: Mapping[str, Any], repertoire: Repertoire, document: str, tightness: int
) -> Any:
    if document == "copy":
        return build_copy(assessment, repertoire)
    if document == "paper":
        return build_paper(assessment, repertoire, tightness)
    if document == "overview":
        return build_overview(assessment, repertoire, tightness)
    if document == "enquiry":
        return build_enquiry(assessment, repertoire)
    return build_context(assessment, repertoire)


def locate(template: Traversable, name: str) -> Traversable | None:
    """A file of the template's folder; None for one that does not exist or lies outside."""
    parts = name.replace("\\", "/").split("/")
    if any(part in {"", ".", ".."} or ":" in part for part in parts):
        return None
    found = template
    for part in parts:
        found = found.joinpath(part)
    return found if found.is_file() else None


def repertoire_of(template: Traversable) -> Repertoire:
    """The characters that every font face of the template, or of a council's own, can print."""
    extra: frozenset[int] = template.extra if isinstance(template, Branded) else frozenset()
    return Repertoire(_characters(template) | extra)


def _characters(template: Traversable) -> frozenset[int]:
    folder = template.joinpath("fonts")
    faces = []
    if folder.is_dir():
        names = sorted(face.name for face in folder.iterdir())
        faces = [folder.joinpath(name) for name in names if name.lower().endswith((".ttf", ".otf"))]
    if not faces:
        raise ReportError(
            f"{template}: no font (.ttf or .otf) in the folder fonts.",
            hint="A template brings its own fonts, so that the report looks the same everywhere.",
        )
    return frozenset.intersection(*(_covered(face.read_bytes()) for face in faces))


@cache
def _covered(font: bytes) -> frozenset[int]:
    return covered(font)


def _environment(template: Traversable) -> SandboxedEnvironment:
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    def load(name: str) -> tuple[str, str, None] | None:
        found = locate(template, name)
        return (found.read_text(encoding="utf-8"), name, None) if found else None

    environment = SandboxedEnvironment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    look = _look(template)
    environment.globals = {
        "stylesheet": lambda name: _stylesheet(template, name),
        "asset": lambda name: _data_uri(template, name),
        "colours": {**_DRAWN, **{name: look[name] for name in _DRAWN if name in look}},
        "font": look.get("font", "sans-serif").replace('"', ""),
        "logo": _logo(template),
    }
    environment.filters["svg_uri"] = _svg_uri
    return environment


def _look(template: Traversable) -> dict[str, str]:
    """What the template's style names at its head, a council's own before it."""
    found = locate(template, "report.css")
    css = found.read_text(encoding="utf-8") if found else ""
    if isinstance(template, Branded):
        css += template.brand.style(_declared(css).get("font", "sans-serif"))
    return _declared(css)


def _declared(css: str) -> dict[str, str]:
    inside = " ".join(_ROOT.findall(css))
    return {match[1]: match[2].strip() for match in _PROPERTY.finditer(inside)}


def _logo(template: Traversable) -> dict[str, str] | None:
    """The council's logo for a page: its content, and what is said in its place."""
    if not isinstance(template, Branded) or not template.logo:
        return None
    alt = repertoire_of(template).clean(template.brand.logo_alt)
    return {"uri": _data_uri(template, template.logo), "alt": alt}


def _stylesheet(template: Traversable, name: str) -> Markup:
    """A stylesheet of the template, with everything it refers to inside it."""
    css = _read(template, name).decode("utf-8")
    if isinstance(template, Branded) and _ROOT.search(css):
        css += "\n" + template.brand.style(_declared(css).get("font", "sans-serif"))
    css = _URL.sub(lambda match: f'url("{_data_uri(template, match[1])}")', css)
    if "</" in css:
        raise ReportError(f"{name}: a stylesheet may not contain '</'.")
    return Markup(css)  # noqa: S704 - the template's own file


def _data_uri(template: Traversable, name: str) -> str:
    data = base64.b64encode(_read(template, name)).decode("ascii")
    suffix = name[name.rfind(".") :].lower()
    return f"data:{_MEDIA.get(suffix, 'application/octet-stream')};base64,{data}"


def _read(template: Traversable, name: str) -> bytes:
    found = locate(template, name)
    if found is None:
        raise ReportError(
            f"{template}: {name!r} is not a file of the template's folder.",
            hint="A report loads nothing from outside its template; copy the file there.",
        )
    return found.read_bytes()


def _svg_uri(svg: str) -> str:
    """An SVG drawing as a data URI, for ``<img src>``."""
    text = re.sub(r">\s+<", "><", str(svg).strip())
    return "data:image/svg+xml;charset=utf-8," + quote(text, safe="/:=,;()")

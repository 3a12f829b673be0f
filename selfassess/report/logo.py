"""A council's logo, made harmless: drawings of plain shapes, pictures of plain dots.

A drawing is written anew from the elements that are known to draw and do nothing else. A picture is
decoded and written anew on white: PDF/A takes no smoothing, and nothing but its dots is kept.
"""

from __future__ import annotations

import io
import re
import warnings
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from selfassess.errors import Problem, ReportError

__all__ = ["MOST_BYTES", "clean_logo"]

MOST_BYTES = 1_000_000
_MOST_DOTS = 25_000_000
_WIDEST = 1_600
_MOST_ELEMENTS = 5_000
_SVG = "http://www.w3.org/2000/svg"
_DRAWS = frozenset(
    {
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "title",
        "desc",
        "defs",
        "clipPath",
        "use",
        "style",
        "linearGradient",
        "radialGradient",
        "stop",
        "symbol",
    }
)
_RUNS = frozenset(
    {
        "script",
        "foreignObject",
        "iframe",
        "object",
        "embed",
        "handler",
        "listener",
        "set",
        "animate",
        "animateMotion",
        "animateTransform",
        "animateColor",
        "audio",
        "video",
        "canvas",
        "a",
        "image",
        "feImage",
    }
)
_BLENDS = frozenset({"mask", "filter", "pattern", "marker"})
_BLENDING = ("opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "mix-blend-mode")
_STYLE_RISK = re.compile(r"@|\\|expression|javascript|behavior|-moz-binding|<|/\*", re.I)
_URL = re.compile(r"url\(\s*['\"]?\s*(?!#)", re.I)
_BLEND_STYLE = re.compile(
    r"(?:opacity|mix-blend-mode)\s*:\s*(?!1(?:\.0*)?\s*(?:;|\}|$)|normal)", re.I
)


def clean_logo(content: bytes, name: str) -> tuple[str, bytes]:
    """A logo that is safe in every output: its ending (``svg`` or ``png``) and its content.

    Args:
        content: the file's content; its first bytes say what it is, not its name.
        name: the file, for errors.

    Raises:
        ReportError: it is of another kind, too large, or does more than draw; with the place.
    """
    if len(content) > MOST_BYTES:
        raise ReportError(
            f"{name}: {len(content):,} bytes; a logo may have {MOST_BYTES:,}.",
            hint="Save it smaller: a logo is printed about four centimetres wide.",
        )
    if content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return "png", _picture(content, name)
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if head == b"<":
        return "svg", _Drawing(name).clean(content)
    raise ReportError(
        f"{name}: neither SVG nor PNG nor JPEG, by its content.",
        hint="Save the logo as SVG (best), PNG or JPEG.",
    )


def _picture(content: bytes, name: str) -> bytes:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
            width, height = image.size
            if width * height > _MOST_DOTS:
                raise ReportError(
                    f"{name}: {width} × {height} dots.",
                    hint=f"A logo may have {_MOST_DOTS:,}; save it smaller.",
                )
            image.load()
            shown = image.convert("RGBA")
    except ReportError:
        raise
    except Exception as error:  # a broken picture breaks its decoder in ways of its own
        raise ReportError(
            f"{name}: the picture cannot be read.", hint="Save it again as PNG."
        ) from error
    ground = Image.new("RGB", shown.size, "#ffffff")
    ground.paste(shown, mask=shown.getchannel("A"))
    if width > _WIDEST:
        ground = ground.resize((_WIDEST, max(1, round(height * _WIDEST / width))))
    stream = io.BytesIO()
    ground.save(stream, format="PNG")
    return stream.getvalue()


class _Drawing:
    """Reads a drawing and writes what draws of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.written: list[str] = []
        self.open: list[str] = []
        self.skipping = 0
        self.count = 0
        self.problems: list[Problem] = []
        self.parser = expat.ParserCreate(namespace_separator="|")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._entity
        self.parser.buffer_text = True

    def clean(self, content: bytes) -> bytes:
        """The drawing, written anew."""
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            raise ReportError(
                f"{self.name}:{error.lineno}: not a drawing that can be read: "
                f"{expat.errors.messages[error.code]}.",
                hint="Save it again as plain SVG.",
            ) from error
        except ValueError as error:
            raise ReportError(f"{self.name}: not a drawing that can be read.") from error
        if not self.problems and not self.written:
            self._say("no <svg> drawing in it", "Save the logo as SVG, PNG or JPEG.")
        if self.problems:
            raise ReportError(problems=self.problems[:20])
        return "".join(self.written).encode("utf-8")

    def _say(self, message: str, hint: str) -> None:
        where = f"{self.name}:{self.parser.CurrentLineNumber}"
        self.problems.append(Problem(where, message, hint))

    def _doctype(
        self, _name: str, _system: str | None, _public: str | None, internal: bool
    ) -> None:
        if internal:
            self._say("the drawing declares entities of its own", "Save it again as plain SVG.")

    def _entity(self, *_: object) -> None:
        raise ValueError("entities are not read")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition("|")
        self.count += 1
        if self.count == _MOST_ELEMENTS:
            self._say(f"more than {_MOST_ELEMENTS:,} elements", "Simplify the drawing.")
        if self.skipping or (space != _SVG and local not in _RUNS):
            self.skipping += 1
            return
        if not self.open and local != "svg":
            self._say(f"the drawing begins with <{local}>; expected <svg>", "Save it as SVG.")
        if local in _RUNS:
            self._say(
                f"<{local}> is not taken: a logo draws, and does or loads nothing",
                "Save it as plain SVG with all parts inside, or as PNG.",
            )
        elif local in _BLENDS:
            self._say(
                f"<{local}> is not taken: it may make an archived PDF invalid",
                "Flatten the drawing, or save it as PNG.",
            )
        elif local in ("text", "tspan", "textPath"):
            self._say(
                "words as text are not taken: their typeface may be missing elsewhere",
                "Turn them into outlines.",
            )
        elif local not in _DRAWS:
            self.skipping += 1
            return
        self.open.append(local)
        kept = "".join(
            f" {name}={quoteattr(value)}"
            for key, value in attributes.items()
            if (name := self._attribute(key, value))
        )
        space = f' xmlns="{_SVG}"' if len(self.open) == 1 else ""
        self.written.append(f"<{local}{space}{kept}>")
        sized = "viewBox" in attributes or {"width", "height"} <= attributes.keys()
        if len(self.open) == 1 and not sized:
            self._say("the drawing has no size", "Give it a viewBox.")

    def _attribute(self, key: str, value: str) -> str:
        """The attribute's name where it is kept; what is unknown of other programs goes."""
        space, _, local = key.rpartition("|")
        if local.lower().startswith("on"):
            self._say(f"the attribute {local} runs something", "Save it as plain SVG.")
        elif local == "href":
            if value.startswith("#"):
                return "href"
            self._say("href leads out of the drawing", "Put every part inside it.")
        elif space:
            return ""
        elif _URL.search(value) or "javascript:" in value.lower():
            self._say(f"{local} loads something from outside", "Put every part inside it.")
        elif local == "style":
            self._style(value)
        elif (
            local in _BLENDING and value.strip() not in ("1", "1.0", "100%", "normal")
        ) or local in ("mask", "filter", "xml:base"):
            self._blends(local)
        return local

    def _blends(self, what: str) -> None:
        self._say(
            f"{what}: a drawing that shines through may make an archived PDF invalid",
            "Flatten the drawing, or save it as PNG.",
        )

    def _style(self, css: str) -> None:
        if _STYLE_RISK.search(css) or _URL.search(css):
            self._say("its style does more than colour shapes", "Save it as plain SVG.")
        elif _BLEND_STYLE.search(css):
            self._blends("opacity")

    def _end(self, _tag: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        self.written.append(f"</{self.open.pop()}>")

    def _text(self, text: str) -> None:
        if self.skipping or not self.open:
            return
        if self.open[-1] == "style":
            self._style(text)
        if self.open[-1] in ("title", "desc", "style"):
            self.written.append(escape(text))

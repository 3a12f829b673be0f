"""A linter of report pages: what is known to break an accessible PDF, found before it is made.

For authors of templates and for tests. The rules come from trying each construct against a PDF/UA
validator; the last few are ones that no validator sees.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from selfassess.errors import Problem

__all__ = ["lint"]

_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_HEADING = re.compile(r"h([1-6])\Z")
_OPACITY = re.compile(r"opacity\s*:\s*(0?\.\d+|0)\b")
_CSS_URL = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)")
_RASTER = re.compile(r"data:image/(?!svg)|\.(?:png|jpe?g|gif|webp)\Z", re.I)
_FORBIDDEN = {
    "script": "a report runs nothing",
    "iframe": "a report loads nothing",
    "object": "a report loads nothing",
    "embed": "a report loads nothing",
    "form": "a report takes no input",
}


def lint(html: str) -> list[Problem]:
    """Find what would make the page or its PDF inaccessible, not self-contained or unsafe.

    Returns:
        Problems in the page's order, each with its line; empty for a good page.
    """
    linter = _Linter()
    linter.feed(html)
    linter.close()
    return linter.finish()


class _Linter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[Problem] = []
        self.open: list[str] = []
        self.level = 0
        self.lang = self.title = False
        self.ids: set[str] = set()
        self.targets: list[tuple[str, str]] = []
        self.titled_svg = True
        self.svg_at = ""
        self.headers = True
        self.table_at = ""
        self.crisp = False
        self.raster_at = ""

    @property
    def at(self) -> str:
        line, column = self.getpos()
        return f"report.html:{line}:{column + 1}"

    def say(self, message: str, hint: str = "", where: str = "") -> None:
        self.problems.append(Problem(where or self.at, message, hint))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "a" in self.open:
            self.say(f"<{tag}> inside a link; expected plain text", "Move it outside the link.")
        self._heading(tag)
        self._structure(tag, given)
        self._loads(tag, given)
        if given.get("id"):
            if given["id"] in self.ids:
                self.say(f"the id {given['id']!r} is used twice", "Make ids unique.")
            self.ids.add(given["id"])
        if tag == "a" and given.get("href", "").startswith("#"):
            self.targets.append((given["href"][1:], self.at))
        for name in given:
            if name.startswith("on"):
                self.say(f"the attribute {name} runs script", "Remove it.")
        self._style(given.get("style", ""))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg" and not self.titled_svg:
            self.say("an inline svg without a title", "Give it <title>, or use img.", self.svg_at)
        if tag == "table" and not self.headers:
            self.say("a table without header cells", "Use th with a scope.", self.table_at)
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.open:
            return
        inside = self.open[-1]
        if inside == "title" and data.strip():
            if "svg" in self.open:
                self.titled_svg = True
            else:
                self.title = True
        if inside == "style":
            self._style(data)
            self.crisp = self.crisp or "image-rendering" in data

    def finish(self) -> list[Problem]:
        """Add what only the whole page shows."""
        if not self.lang:
            self.say("<html> without lang", 'Write <html lang="en-GB">.', "report.html:1:1")
        if not self.title:
            self.say("no <title>", "Give the page a title.", "report.html:1:1")
        if self.raster_at and not self.crisp:
            hint = "Set img{image-rendering:crisp-edges}; PDF/A allows no smoothing."
            self.say("a raster image that would be smoothed", hint, self.raster_at)
        for target, where in self.targets:
            if target not in self.ids:
                self.say(f"a link to #{target}, which does not exist", "Mend the link.", where)
        return self.problems

    def _heading(self, tag: str) -> None:
        found = _HEADING.match(tag)
        if not found:
            return
        level = int(found[1])
        if level > self.level + 1:
            before = f"h{self.level}" if self.level else "nothing"
            hint = f"Use h{self.level + 1}."
            self.say(f"h{level} after {before}; a level is skipped", hint)
        self.level = level

    def _structure(self, tag: str, given: dict[str, str]) -> None:
        if tag == "html" and given.get("lang"):
            self.lang = True
        if tag == "img":
            if not given.get("alt", "").strip():
                hint = "Say what it shows; put decoration into CSS as a background."
                self.say("an image without a text alternative", hint)
            if _RASTER.search(given.get("src", "")[:60]) and not self.raster_at:
                self.raster_at = self.at
        if tag == "svg":
            self.titled_svg, self.svg_at = False, self.at
        if tag == "table":
            self.headers, self.table_at = False, self.at
        if tag == "th":
            self.headers = True
            if not given.get("scope"):
                self.say("a header cell without scope", "Write scope='col' or scope='row'.")
        if given.get("rowspan", "1") != "1":
            hint = "Repeat the cell: a page break inside a span makes the table irregular."
            self.say("a cell with rowspan", hint)

    def _loads(self, tag: str, given: dict[str, str]) -> None:
        if tag in _FORBIDDEN:
            self.say(f"<{tag}>: {_FORBIDDEN[tag]}", "Remove it.")
        place = given.get("src") or (given.get("href", "") if tag == "link" else "")
        if place and not place.startswith("data:"):
            hint = "Use asset(…) or stylesheet(…), which put the file into the page."
            self.say(f"<{tag}> loads a file from outside the page", hint)
        if given.get("href", "").strip().lower().startswith(("javascript:", "data:", "file:")):
            self.say("a link that runs or reads something", "Link to https pages or to anchors.")

    def _style(self, css: str) -> None:
        if _OPACITY.search(css):
            self.say("an opacity under 1", "Use a solid colour; PDF/UA loses such boxes.")
        if _CSS_URL.search(css):
            self.say("a style that loads a file", "Use stylesheet(…), which puts files inside.")

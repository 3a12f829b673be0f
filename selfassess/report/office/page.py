"""Reads the rendered page into blocks, in its order."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from selfassess.report.office.blocks import (
    Block,
    Cell,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Row,
    Run,
    Table,
    plain,
)

__all__ = ["read_page"]

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "cite",
        "code",
        "em",
        "i",
        "mark",
        "q",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
    ]
)
_DROPPED = frozenset(
    [
        "button",
        "col",
        "colgroup",
        "form",
        "input",
        "label",
        "link",
        "meta",
        "script",
        "select",
        "style",
    ]
)
_OWN_LINE = frozenset({"sub", "shapes"})
"""Classes of inline elements that the page sets on a line of their own."""
_SVG = "data:image/svg+xml"


def read_page(html: str) -> tuple[Block, ...]:
    """The blocks of a rendered page, without its list of contents and what helps on screen only."""
    import tinyhtml5

    root = tinyhtml5.parse(html, namespace_html_elements=False)
    body = next(iter(root.iter("body")))
    return tuple(_blocks(body, ()))


def _blocks(element: Any, anchors: tuple[str, ...]) -> Iterator[Block]:
    """Blocks of an element; `anchors` are those of elements that begin where it does."""
    loose: list[Run] = list(_text(element.text))
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _DROPPED or _for_screen(child):
            loose += _text(child.tail)
            continue
        if tag in _INLINE:
            loose += [*_line_break(child), *_runs(child), *_text(child.tail)]
            continue
        if (runs := _tidy(loose)) and plain(runs).strip():
            yield Paragraph(runs, anchors=anchors)
            anchors = ()
        loose = list(_text(child.tail))
        here = (*anchors, *((child.get("id"),) if child.get("id") else ()))
        found = list(_block(child, here))
        anchors = () if found else here
        yield from found
    if (runs := _tidy(loose)) and plain(runs).strip():
        yield Paragraph(runs, kind=str(element.get("class") or ""), anchors=anchors)


def _block(element: Any, anchors: tuple[str, ...]) -> Iterator[Block]:
    tag, kind = element.tag, str(element.get("class") or "")
    if re.fullmatch("h[1-6]", tag):
        yield Heading(int(tag[1]), _tidy(_runs(element)), anchors)
    elif tag == "p":
        runs = _tidy(_runs(element))
        if plain(runs).strip():
            yield Paragraph(runs, kind, anchors)
        elif "logo" in kind.split() and (image := next(element.iter("img"), None)) is not None:
            yield _logo(image, anchors)
    elif tag in ("ul", "ol"):
        items = tuple(tuple(_blocks(item, _own(item))) for item in element if item.tag == "li")
        if items:
            yield Listing(items, tag == "ol")
    elif tag == "table":
        yield _table(element)
    elif tag == "figure":
        yield from _figure(element, anchors)
    else:
        yield from _blocks(element, anchors)


def _figure(element: Any, anchors: tuple[str, ...]) -> Iterator[Block]:
    image = next(element.iter("img"), None)
    blocks = tuple(_blocks(element, ()))
    source = str(image.get("src") or "") if image is not None else ""
    svg = unquote(source.partition(",")[2]).encode("utf-8") if source.startswith(_SVG) else b""
    alt = str(image.get("alt") or "") if image is not None else ""
    yield Figure(svg, alt, blocks, anchors)


def _logo(image: Any, anchors: tuple[str, ...]) -> Figure:
    """A council's logo, which lies in the page as it is."""
    media, _, data = str(image.get("src") or "").partition(";base64,")
    content = base64.b64decode(data)
    drawn = media == _SVG
    return Figure(
        content if drawn else b"",
        str(image.get("alt") or ""),
        (),
        anchors,
        png=b"" if drawn else content,
        logo=True,
    )


def _table(element: Any) -> Table:
    caption = next((_tidy(_runs(each)) for each in element if each.tag == "caption"), ())
    head: list[Row] = []
    rows: list[Row] = []
    for part in element:
        if part.tag in ("thead", "tbody", "tfoot"):
            target = head if part.tag == "thead" else rows
            target += [_row(row) for row in part if row.tag == "tr"]
    widths = [re.search(r"\bw(\d+)\b", str(col.get("class") or "")) for col in element.iter("col")]
    known = tuple(int(found[1]) if found else 0 for found in widths)
    return Table(plain(caption).strip(), tuple(head), tuple(rows), known)


def _row(element: Any) -> Row:
    cells = tuple(
        Cell(
            blocks=tuple(_blocks(cell, ())),
            header=cell.tag == "th",
            span=max(1, int(cell.get("colspan") or 1)),
            number="num" in str(cell.get("class") or "").split(),
        )
        for cell in element
        if cell.tag in ("td", "th")
    )
    inside = tuple(str(cell.get("id")) for cell in element.iter() if cell.get("id"))
    return Row(cells, inside)


def _runs(
    element: Any, *, bold: bool = False, italic: bool = False, link: str = ""
) -> Iterator[Run]:
    """The text of an inline element and of those inside it."""
    bold = bold or element.tag in ("b", "strong")
    italic = italic or element.tag in ("em", "i", "cite")
    if element.tag == "a" and str(element.get("href") or "").startswith("#"):
        link = str(element.get("href"))[1:]
    if element.tag == "br":
        yield Run("\n", bold, italic, link)
    if element.text:
        yield Run(element.text, bold, italic, link)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _DROPPED and not _for_screen(child):
            yield from _line_break(child)
            yield from _runs(child, bold=bold, italic=italic, link=link)
        if child.tail:
            yield Run(child.tail, bold, italic, link)


def _line_break(element: Any) -> tuple[Run, ...]:
    """A break before an element that the page sets on a line of its own."""
    classes = set(str(element.get("class") or "").split())
    return (Run("\n"),) if element.tag not in _INLINE or _OWN_LINE & classes else ()


def _text(text: str | None) -> tuple[Run, ...]:
    return (Run(text),) if text else ()


def _tidy(runs: Any) -> tuple[Run, ...]:
    """Runs with white space as a browser shows it, neighbours of one style joined."""
    found: list[Run] = []
    space = True
    for run in runs:
        text = run.text if run.text == "\n" else re.sub(r"[ \t\r\n\f]+", " ", run.text)
        if space:
            text = text.lstrip()
        if not text:
            continue
        space = text.endswith((" ", "\n"))
        style = (run.bold, run.italic, run.link)
        if found and (found[-1].bold, found[-1].italic, found[-1].link) == style:
            found[-1] = Run(found[-1].text + text, *style)
        else:
            found.append(Run(text, *style))
    if found:
        last = found.pop()
        if text := last.text.rstrip():
            found.append(Run(text, last.bold, last.italic, last.link))
    return tuple(found)


def _own(element: Any) -> tuple[str, ...]:
    return (str(element.get("id")),) if element.get("id") else ()


def _for_screen(element: Any) -> bool:
    """What helps on a screen only: the list of contents, links that skip, controls."""
    classes = str(element.get("class") or "").split()
    return element.tag == "nav" or bool({"skip", "screen-only"} & set(classes))

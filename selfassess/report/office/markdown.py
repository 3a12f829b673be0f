"""The report as Markdown: CommonMark, with tables as GitHub and most editors read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from selfassess.report.office.blocks import (
    Block,
    Cell,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Run,
    Table,
)

__all__ = ["markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_AT_START = re.compile(r"^(\s*)([-+=:]|\d+[.)])(?=\s|$|[-=:])")


def markdown(blocks: Iterable[Block]) -> str:
    """Blocks as Markdown text; whatever people wrote is escaped, so that it stays text."""
    return "\n".join(_lines(blocks)).strip("\n") + "\n"


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield from (f"{'#' * block.level} {_inline(block.runs)}", "")
        elif isinstance(block, Paragraph):
            text = _inline(block.runs)
            yield from (_AT_START.sub(r"\1\\\2", text), "")
        elif isinstance(block, Listing):
            yield from _listing(block)
        elif isinstance(block, Table):
            yield from _table(block)
        elif isinstance(block, Figure):
            yield from _lines(block.blocks)


def _listing(block: Listing) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        mark = f"{number}. " if block.ordered else "- "
        lines = "\n".join(_lines(item)).strip("\n").split("\n")
        for index, line in enumerate(lines):
            yield (mark if index == 0 else " " * len(mark)) + line if line else ""
    yield ""


def _table(block: Table) -> Iterator[str]:
    if block.caption:
        yield from (f"**{_escaped(block.caption)}**", "")
    columns = block.columns
    if not columns:
        return
    head, *more = block.head or (None,)
    cells = head.cells if head else ()
    yield _row(cells, columns)
    numbers = [cell.number for cell in cells for _ in range(cell.span)]
    numbers += [False] * (columns - len(numbers))
    yield "|" + "|".join(" ---: " if number else " --- " for number in numbers) + "|"
    for row in (*more, *block.rows):
        if row is not None:
            yield _row(row.cells, columns)
    yield ""


def _row(cells: Iterable[Cell], columns: int) -> str:
    found: list[str] = []
    for cell in cells:
        found += [_cell(cell), *[""] * (cell.span - 1)]
    found += [""] * (columns - len(found))
    return "| " + " | ".join(found) + " |"


def _cell(cell: Cell) -> str:
    """A cell on one line: a table has no room for blocks."""
    return "; ".join(part for block in cell.blocks for part in _parts(block) if part)


def _parts(block: Block) -> Iterator[str]:
    if isinstance(block, Heading | Paragraph):
        yield _inline(block.runs).replace("\n", " ")
    elif isinstance(block, Listing):
        for item in block.items:
            for each in item:
                yield from _parts(each)
    elif isinstance(block, Table):
        for row in (*block.head, *block.rows):
            yield ", ".join(text for text in map(_cell, row.cells) if text)
    else:
        yield _escaped(block.alt)


def _inline(runs: Iterable[Run]) -> str:
    found = ""
    for run in runs:
        text = run.text.strip()
        if not text:
            found += " "
            continue
        before = run.text[: len(run.text) - len(run.text.lstrip())]
        after = run.text[len(run.text.rstrip()) :]
        mark = "**" if run.bold else "*" if run.italic else ""
        found += f"{before}{mark}{_escaped(text)}{mark}{after}".replace("\n", "  \n")
    return found


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("&", "&amp;")

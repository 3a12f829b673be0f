"""The blocks of every form of the report: headings, paragraphs, lists, tables, figures.

Word and Markdown are written from these, so a template is written once and every form of the report
says the same.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Block",
    "Cell",
    "Figure",
    "Heading",
    "Listing",
    "Paragraph",
    "Row",
    "Run",
    "Table",
    "plain",
]


@dataclass(frozen=True, slots=True)
class Run:
    """Some text in one style.

    Attributes:
        link: the anchor in the page that it leads to; an outside address is plain text.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level from 1."""

    level: int
    runs: tuple[Run, ...]
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `kind` is its class in the page, the empty text for ordinary ones."""

    runs: tuple[Run, ...]
    kind: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item is blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        blocks: its content; mostly one paragraph.
        number: whether it is set to the right.
    """

    blocks: tuple[Block, ...]
    header: bool = False
    span: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; `widths` are the columns' shares of a hundred, or nothing."""

    caption: str
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...] = ()

    @property
    def columns(self) -> int:
        """How many columns it has."""
        rows = (*self.head, *self.rows)
        return max((sum(cell.span for cell in row.cells) for row in rows), default=0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, with what is said of it."""

    svg: bytes
    alt: str
    blocks: tuple[Block, ...]
    anchors: tuple[str, ...] = ()
    png: bytes = b""
    logo: bool = False


Block = Heading | Paragraph | Listing | Table | Figure


def plain(runs: tuple[Run, ...]) -> str:
    """The text of runs."""
    return "".join(run.text for run in runs)

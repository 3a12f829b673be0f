"""A sheet as rows by header, with what is wrong with its headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfassess.errors import Problem, nearest
from selfassess.loading.sheet.layout import PART, UNDER, SheetPlan, normal
from selfassess.loading.sheet.places import cell_name

__all__ = ["Grid", "Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet.

    Attributes:
        number: as the spreadsheet counts.
        cells: text by header; blank cells are left out.
        columns: number of the column of each header.
    """

    number: int
    cells: dict[str, str]
    columns: dict[str, int]


class Grid:
    """The cells of a sheet.

    Args:
        title: the sheet's name.
        cells: rows of text from the sheet's first row on; None and blank text are blank cells.
        skipped: columns to the left that hold nothing and are left out of `cells`.
    """

    def __init__(self, title: str, cells: Sequence[Sequence[str | None]], skipped: int) -> None:
        self.title = title
        self._rows = [[""] * skipped + [(text or "").strip() for text in row] for row in cells]

    def rows(self, headers: Sequence[str]) -> list[Row]:
        """Rows that hold something under one of these headers."""
        columns = self._columns(headers)
        found = []
        for number, row in enumerate(self._rows[1:], start=2):
            cells = {
                header: row[column - 1]
                for header, column in columns.items()
                if column <= len(row) and row[column - 1]
            }
            if cells:
                found.append(Row(number, cells, columns))
        return found

    def problems(self, plan: SheetPlan, headers: Sequence[str]) -> Iterator[Problem]:
        """What is wrong with the sheet's first row."""
        wanted = {normal(header): header for header in headers}
        seen: dict[str, int] = {}
        for number, text in enumerate(self._rows[0] if self._rows else (), start=1):
            place = f"{self.title}!{cell_name(1, number)}"
            if not text:
                below = [r for r, row in enumerate(self._rows, 1) if row[number - 1]]
                if below:
                    yield Problem(
                        f"{self.title}!{cell_name(below[0], number)}",
                        "this cell stands under no header, so nobody can say what it is.",
                        "Write the column's header into row 1, or clear the cells below.",
                    )
            elif normal(text) not in wanted:
                yield Problem(
                    place,
                    f"'{text}' is no column of the sheet '{self.title}'.",
                    nearest(normal(text), wanted) or "The first sheet lists every column.",
                )
            elif normal(text) in seen:
                first = f"{self.title}!{cell_name(1, seen[normal(text)])}"
                yield Problem(
                    place,
                    f"the column '{text}' stands here for the second time; the first is {first}.",
                    "Keep one of the two.",
                )
            else:
                seen[normal(text)] = number
        needed = {*plan.parents, UNDER, PART}
        needed |= {column.header for column in plan.columns if column.required}
        if len(self._rows) > 1 and plan.shape != "head":
            for header in headers:
                if header in needed and normal(header) not in seen:
                    yield Problem(
                        f"{self.title}!A1",
                        f"the column '{header}' is missing.",
                        f"Write '{header}' into a free cell of row 1, and its values below.",
                    )

    def _columns(self, headers: Sequence[str]) -> dict[str, int]:
        wanted = {normal(header): header for header in headers}
        found: dict[str, int] = {}
        for number, text in enumerate(self._rows[0] if self._rows else (), start=1):
            if normal(text) in wanted:
                found.setdefault(wanted[normal(text)], number)
        return found

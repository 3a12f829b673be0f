"""Cells as places of a document: ``Nodes!C14`` where a file has a line and a column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selfassess.errors import Problem
from selfassess.loading.source import Document

__all__ = ["SheetDocument", "cell_name", "order_of", "position"]

_SHEET = 10_000_000
"""More rows than a sheet can have: a place's line holds the sheet's number, then the row's."""


@dataclass(frozen=True, slots=True)
class SheetDocument(Document):
    """A workbook as plain data.

    Attributes:
        sheets: titles of the sheets, in order.
    """

    sheets: tuple[str, ...] = ()

    def _at(self, place: tuple[int, int]) -> str:
        sheet, row = divmod(place[0], _SHEET)
        return f"{self.sheets[sheet]}!{cell_name(row, place[1])}"


def position(sheet: int, row: int, column: int) -> tuple[int, int]:
    """A cell as a document's place; sheets count from 0, rows and columns from 1."""
    return sheet * _SHEET + row, column


def cell_name(row: int, column: int) -> str:
    """A cell's name: ``C14`` for row 14, column 3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


_CELL = re.compile(r"(.*)!([A-Z]+)(\d+)\Z")


def order_of(problem: Problem) -> tuple[str, int, str, str]:
    """Sorts problems by sheet, row and column."""
    found = _CELL.match(problem.where)
    if found is None:
        return problem.where, 0, "", problem.message
    return found[1], int(found[3]), found[2].rjust(4), problem.message

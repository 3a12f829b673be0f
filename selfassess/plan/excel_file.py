"""Reads an edited workbook: rows with their places, and every cell that cannot be trusted."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selfassess.errors import PlanError, Problem, nearest
from selfassess.plan.excel_columns import SHEETS, Column, Sheet
from selfassess.plan.excel_out import NOTE

__all__ = ["Book", "Row", "read_workbook"]

MOST_ROWS = 20_000
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the item that it is about, and its cells by header."""

    sheet: str
    number: int
    key: tuple[str, ...]
    cells: dict[str, Any]

    def place(self, column: int) -> str:
        """Sheet, row and column as Excel calls them."""
        return f"{self.sheet}, row {self.number}, column {_letter(column)}"


@dataclass(slots=True)
class Book:
    """A workbook: the event at which it was exported, and its rows by sheet."""

    seq: int
    digest: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_workbook(path: Path) -> Book:
    """Read a workbook that `plan export` wrote and somebody edited.

    Raises:
        PlanError: it is no workbook, or not one of ours.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    if path.stat().st_size > MOST_BYTES:
        raise PlanError(f"{path.name}: over {MOST_BYTES // 1_000_000} MB; this is no plan.")
    try:
        book = openpyxl.load_workbook(path, data_only=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise PlanError(
            f"{path.name}: cannot be read as an Excel workbook.",
            hint="Give an .xlsx file that `selfassess plan export` wrote.",
        ) from error
    names = book.sheetnames
    missing = [name for name in (*(each.name for each in SHEETS), NOTE) if name not in names]
    if missing:
        raise PlanError(
            f"{path.name}: the sheet '{missing[0]}' is missing.",
            hint="Give a workbook that `selfassess plan export` wrote, with all its sheets.",
        )
    note = {
        str(row[0]): str(row[1])
        for row in book[NOTE].iter_rows(max_col=2, max_row=100, values_only=True)
        if row[0]
    }
    seq = note.get("Exported at event", "")
    if not seq.isdigit():
        raise PlanError(
            f"{path.name}: '{NOTE}' does not say at which event it was exported.",
            hint="Leave that sheet as it is.",
        )
    found = Book(seq=int(seq), digest=note.get("Digest", "").replace("None", ""))
    for sheet in SHEETS:
        found.rows[sheet.name] = _rows(book[sheet.name], sheet, found.problems)
    return found


def _rows(page: Any, sheet: Sheet, problems: list[Problem]) -> list[Row]:
    titles = [each.title for each in sheet.columns]
    head = [str(cell.value or "").strip() for cell in next(page.iter_rows(max_row=1), ())]
    head = head[: len(titles)] if not any(head[len(titles) :]) else head
    if head != titles:
        wrong = next((name for name in head if name not in titles), "")
        lost = [name for name in titles if name not in head]
        message = f"the columns are not as exported: '{wrong or (lost or head)[0]}'."
        problems.append(
            Problem(
                f"{sheet.name}, row 1", message, nearest(wrong, lost) or "Leave row 1 as it is."
            )
        )
        return []
    if page.max_row > MOST_ROWS:
        problems.append(Problem(sheet.name, f"over {MOST_ROWS:,} rows."))
        return []
    found = []
    for number, cells in enumerate(page.iter_rows(min_row=2, max_col=len(titles)), start=2):
        values = {}
        for at, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True), start=1):
            value, fault = _cell(column, cell)
            if fault:
                place = f"{sheet.name}, row {number}, column {_letter(at)}"
                problems.append(
                    Problem(place, f"{column.title}: {fault}", "Type the value itself.")
                )
            values[column.title] = value
        if all(value is None for value in values.values()):
            continue
        key = tuple(str(values[name] or "").strip() for name in sheet.keys)
        found.append(Row(sheet.name, number, key, values))
    return found


def _cell(column: Column, cell: Any) -> tuple[Any, str]:
    """A cell's value, and what is wrong with it."""
    if cell.data_type == "f":
        return None, "holds a formula."
    if cell.data_type == "e":
        return None, "holds an error."
    value = cell.value
    if isinstance(value, dt.datetime):
        return (value.date(), "") if column.kind == "date" else (value.date().isoformat(), "")
    if isinstance(value, bool):
        return None, "holds true or false."
    if isinstance(value, (int, float)):
        return float(value), ""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        return text or None, ""
    return value, "" if value is None else "cannot be read."


def _letter(column: int) -> str:
    return chr(64 + column) if column <= 26 else f"A{chr(64 + column - 26)}"

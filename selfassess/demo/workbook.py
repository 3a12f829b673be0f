"""Writes the eleven lists as a workbook with the oddities of real ones; same input, same bytes."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from selfassess.demo.days import AS_AT, serial
from selfassess.demo.lists import LISTS, ListSheet, Row

__all__ = ["write_workbook"]

TITLED = frozenset({4, 8})
"""Lists with a title above their headers."""
TEXT_DATES = frozenset({3, 6, 7})
"""Lists in which some dates were typed as text."""
DASHED = frozenset({6, 8})
"""Lists in which some empty cells hold a dash."""
BLANK_ROW = 5
"""The list with an empty row in its middle."""
LOOKED_UP = 6
"""The list whose worker column was looked up, with some lookups that failed."""
GUIDANCE = (
    "Annex A child-level data, Exampleshire (an invented council)",
    "Lists 3, 5, 6 and 7 hold 24 months rather than six, so that repeats can be seen.",
    "Lists 1, 2, 4 and 8 hold six months, 10 and 11 twelve; list 9 holds who is entitled today.",
)


def write_workbook(
    path: Path, rows: Mapping[int, Sequence[Row]], rng: Random, keep: frozenset[int]
) -> None:
    """Write the workbook.

    Args:
        path: the file to write.
        rows: the rows of each list by its number.
        rng: where the oddities come from.
        keep: ids of children whose worker must stay readable: the planted ones, and those whom no
            other list names.
    """
    import xlsxwriter

    with TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.xlsx"
        book = xlsxwriter.Workbook(str(raw), {"tmpdir": folder})
        created = dt.datetime.combine(AS_AT, dt.time(9))
        book.set_properties({"title": "Annex A", "author": "Exampleshire", "created": created})
        guidance = book.add_worksheet("Guidance")
        for index, line in enumerate(GUIDANCE):
            guidance.write_string(index, 0, line)
        form = book.add_format({"num_format": "dd/mm/yyyy"})
        for sheet in LISTS:
            _write_list(book.add_worksheet(f"List {sheet.number}"), sheet, rows, rng, form, keep)
        lookups = book.add_worksheet("Lookups")
        lookups.hide()
        lookups.write_string(0, 0, "Team codes")
        book.close()
        _repack(raw, path)


def _write_list(
    page: Any,
    sheet: ListSheet,
    rows: Mapping[int, Sequence[Row]],
    rng: Random,
    form: Any,
    keep: frozenset[int],
) -> None:
    at = 0
    if sheet.number in TITLED:
        page.write_string(0, 0, f"List {sheet.number}: {sheet.title}, drawn {AS_AT:%d/%m/%Y}")
        at = 1
    kinds = [kind for _, kind in sheet.columns]
    worker = next((i for i, (name, _) in enumerate(sheet.columns) if name.endswith("Worker")), None)
    for column, (header, _) in enumerate(sheet.columns):
        page.write_string(at, column, header)
    own = rows.get(sheet.number, ())
    text_dates, dashes = sheet.number in TEXT_DATES, sheet.number in DASHED
    gap = len(own) // 2 if sheet.number == BLANK_ROW else -1
    for index, row in enumerate(own):
        at += 2 if index == gap else 1
        for column, value in enumerate(row):
            if value is None:
                if dashes and kinds[column] == "d" and rng.random() < 0.04:
                    page.write_string(at, column, "-")
            elif kinds[column] == "d":
                assert isinstance(value, int)  # noqa: S101  a date column holds day numbers
                if text_dates and column > 4 and rng.random() < 0.015:
                    page.write_string(at, column, f"{dt.date.fromordinal(value):%d/%m/%Y}")
                else:
                    page.write_number(at, column, serial(value), form)
            elif isinstance(value, int):
                page.write_number(at, column, value)
            elif column == worker and sheet.number == LOOKED_UP and row[0] not in keep:
                if rng.random() < 0.008:
                    page.write_formula(at, column, "=NA()", None, "#N/A")
                else:
                    page.write_string(at, column, value)
            else:
                page.write_string(at, column, _spelled(rng, sheet.number, column, value))


def _spelled(rng: Random, number: int, column: int, value: str) -> str:
    """Some spell a code without its letter, or a name with a hard space, in some lists."""
    if number in (1, 2) and column == 1 and rng.random() < 0.01:
        return value.split(") ", 1)[-1]
    if number == 3 and column == 10 and rng.random() < 0.03:
        return value.replace(" ", "\u00a0")
    return value


def _repack(source: Path, target: Path) -> None:
    """Copy the parts with one fixed date and no trace of this machine's file permissions."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            with old.open(name) as reading, new.open(part, "w", force_zip64=False) as writing:
                while block := reading.read(1 << 20):
                    writing.write(block)

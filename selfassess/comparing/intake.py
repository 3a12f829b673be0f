"""Reads a CSV file of published figures, strictly: every fault with its file and line."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TextIO

from selfassess.comparing.shapes import COUNCIL, STATUS_WORDS, TABLES, Column, TableShape
from selfassess.errors import EvidenceError, Problem, nearest

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

__all__ = ["Row", "Table", "key_of", "read_table"]

Row = Mapping[str, Any]
SHOWN = 20
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
_INTEGER = re.compile(r"-?\d+\Z")
_EXPECTED = {
    "integer": "a whole number",
    "number": "a plain number such as 12.5, without commas or signs such as %",
    "date": "a date such as 2025-03-31",
    "month-day": "month and day such as 03-31",
}


_OTHER_SIGNS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True, slots=True)
class Table:
    """A file read.

    Attributes:
        rows: typed by column; an empty cell is None. A row's place in the file is `lines` at its
            index.
        total: rows in the file, whether handed back or not.
    """

    shape: TableShape
    name: str
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    total: int


def key_of(shape: TableShape, row: Row) -> tuple[Any, ...]:
    """What tells a row from others of its table."""
    if shape.name == "indicators":
        place = row["old_la_code"] or row["la_code"]
        return row["indicator_id"], row["year_end"], row["level"], place
    return tuple(row[column] for column in shape.key)


def read_table(
    file: Path | Traversable,
    name: str,
    expected: str | None = None,
    keep: Callable[[Row], bool] | None = None,
) -> Table:
    """Read a file; which table it holds, its header says.

    Args:
        file: UTF-8, comma separated, with a header.
        name: what messages call it.
        expected: the table that it must hold; None for any.
        keep: which rows to hand back; all are checked.

    Raises:
        EvidenceError: an unknown header, a cell of the wrong type, a number where the status says
            there is none, a row twice; all at once, as ``file:line``.
    """
    try:
        with file.open("rb") as stream, TextIOWrapper(stream, "utf-8-sig", newline="") as text:
            table, problems = _read(text, name, expected, keep)
    except UnicodeDecodeError:
        raise EvidenceError(
            f"{name}: not a text file in UTF-8.", hint="Save it as 'CSV UTF-8' and try again."
        ) from None
    except csv.Error as error:
        raise EvidenceError(f"{name}: not a CSV file: {error}.") from error
    except OSError as error:
        raise EvidenceError(f"{name}: it cannot be opened ({error.strerror}).") from error
    if table is None or problems:
        shown = problems[:SHOWN]
        more = len(problems) - len(shown)
        raise EvidenceError(problems=shown, hint=f"And {more} more." if more else "")
    return table


def _read(
    stream: TextIO, name: str, expected: str | None, keep: Callable[[Row], bool] | None
) -> tuple[Table | None, tuple[Problem, ...]]:
    reader = csv.reader(stream, strict=True)
    header = tuple(cell.strip() for cell in next(reader, ()))
    shape = next((each for each in TABLES.values() if set(each.header) == set(header)), None)
    if shape is None or len(header) != len(set(header)) or expected not in (None, shape.name):
        return None, (_header_problem(name, header, expected),)
    columns = {column.name: column for column in shape.columns}
    in_order = [columns[title] for title in header]
    rows: list[Row] = []
    lines: list[int] = []
    problems: list[Problem] = []
    seen: dict[tuple[Any, ...], int] = {}
    for cells in reader:
        line = reader.line_num
        if not any(cells):
            continue
        if len(cells) != len(header):
            found = f"{len(cells)} cells where the header has {len(header)}."
            problems.append(Problem(f"{name}:{line}", found, "Check quotes and commas."))
            continue
        row, faults = _row(in_order, cells)
        faults = faults or list(_whole_row(shape, row))
        problems += [Problem(f"{name}:{line}", *fault) for fault in faults]
        if faults:
            continue
        key = key_of(shape, row)
        if key in seen:
            text = ", ".join(str(part) for part in key)
            message = f"the row of {text} stands in line {seen[key]} already."
            problems.append(Problem(f"{name}:{line}", message, "Keep one of the two."))
        seen.setdefault(key, line)
        if keep is None or keep(row):
            rows.append(row)
            lines.append(line)
    if not seen and not problems:
        problems.append(Problem(name, "a header and no rows.", "Check the export."))
    return Table(shape, name, tuple(rows), tuple(lines), len(seen)), tuple(problems)


def _header_problem(name: str, header: tuple[str, ...], expected: str | None) -> Problem:
    if not header:
        return Problem(name, "the file is empty.", "Check the export.")
    for sign, called in _OTHER_SIGNS.items():
        if len(header) == 1 and sign in header[0]:
            found = f"columns are separated by {called}, not commas."
            return Problem(f"{name}:1", found, "Save it with commas, as 'CSV UTF-8'.")
    shapes = [TABLES[expected]] if expected else list(TABLES.values())
    shape = max(shapes, key=lambda each: len(set(each.header) & set(header)))
    common = set(shape.header) & set(header)
    where = f"{name}:1"
    if len(common) * 2 < len(shape.header):
        return Problem(
            where,
            "the header is none of a table of published figures.",
            "Known: " + "; ".join(f"{each.name} ({each.header[0]}, …)" for each in shapes) + ".",
        )
    twice = sorted({title for title in header if header.count(title) > 1})
    parts = {
        "lacks": [title for title in shape.header if title not in common],
        "has unknown": sorted(set(header) - common),
        "repeats": twice,
    }
    said = "; ".join(f"{what} {', '.join(titles)}" for what, titles in parts.items() if titles)
    unknown = parts["has unknown"]
    hint = nearest(unknown[0], parts["lacks"]) if unknown else ""
    return Problem(where, f"the header of {shape.name} {said}.", hint)


def _row(columns: list[Column], cells: list[str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    row: dict[str, Any] = {}
    faults = []
    for column, cell in zip(columns, cells, strict=True):
        text = cell.strip()
        row[column.name] = None
        if not text:
            if column.required:
                faults.append((f"{column.name} is empty.", "Every row needs it."))
            continue
        if column.choices and text not in column.choices:
            hint = nearest(text, column.choices)
            faults.append((f"{column.name} is '{text}', which is not known.", hint))
            continue
        try:
            row[column.name] = _typed(column, text)
        except ValueError:
            expected = _EXPECTED[column.kind]
            mark = column.kind == "number" and text in STATUS_WORDS
            hint = f"Leave {column.name} empty and put '{text}' under status." if mark else ""
            faults.append((f"{column.name} is '{text}'; expected {expected}.", hint))
    return row, faults


def _typed(column: Column, text: str) -> Any:
    if column.kind == "integer":
        if not _INTEGER.match(text):
            raise ValueError(text)
        return int(text)
    if column.kind == "number":
        if not _NUMBER.match(text):
            raise ValueError(text)
        return float(text)
    if column.kind == "date":
        return dt.date.fromisoformat(text)
    if column.kind == "month-day":
        dt.date.fromisoformat(f"2024-{text}")
    return text


def _whole_row(shape: TableShape, row: Row) -> Iterator[tuple[str, str]]:
    """What is wrong with a row whose cells are sound each for itself."""
    if shape.name != "indicators":
        return
    if row["status"] == "value":
        if row["value"] is None:
            yield (
                "status is 'value', but there is no value.",
                "Give the figure, or the status that says why there is none (c, z, x, u, k, :).",
            )
    elif any(row[name] is not None for name in ("value", "numerator", "denominator")):
        yield (
            f"status is '{row['status']}', yet the row carries a number.",
            "Anything but 'value' has no number; a withheld figure is never zero.",
        )
    for name in ("value", "numerator", "denominator"):
        if row[name] is not None and row[name] < 0:
            yield f"{name} is {row[name]:g}; nothing published is below 0.", "Check the export."
    if (row["level"] == COUNCIL) != (row["old_la_code"] is not None):
        yield (
            f"level is '{row['level']}' and old_la_code is '{row['old_la_code'] or ''}'.",
            "Councils have an old_la_code of three digits; England and regions have none.",
        )
    if not 1990 <= row["year_end"] <= 2100:
        yield f"year_end is {row['year_end']}; expected the year that the period ends in.", ""

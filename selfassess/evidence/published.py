"""Published figures: ``readings.csv`` as rows of text, understood, not yet judged or converted."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from selfassess.errors import Problem, nearest
from selfassess.evidence.headers import HEAD_ROWS, column_letters, normalise
from selfassess.evidence.state import RawPublished
from selfassess.model.common import scope

__all__ = ["COLUMNS", "Figures", "find_figures", "parse_figures"]

COLUMNS = (
    "measure",
    "value",
    "unit",
    "numerator",
    "denominator",
    "where",
    "from",
    "to",
    "source",
    "published",
    "comparator",
)
_REQUIRED = {"measure", "value", "source"}
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")
_RANGE = re.compile(r"\s*(?:\.\.|…|–|\bto\b)\s*")


@dataclass(slots=True)
class Figures:
    """What a sheet of published figures held."""

    rows: list[RawPublished] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    aside: list[tuple[int, str]] = field(default_factory=list)


class _CellError(Exception):
    """A cell that cannot be read: what is wrong, and the column."""

    def __init__(self, column: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.column, self.message, self.hint = column, message, hint


def find_figures(head: Sequence[Sequence[str | None]]) -> tuple[int, dict[str, int]] | None:
    """Find the header row of a sheet of published figures: it names measure, value and source.

    Returns:
        The row's index and each column's index; None where the sheet holds something else.
    """
    for index, row in enumerate(head[:HEAD_ROWS]):
        found: dict[str, int] = {}
        for position, text in enumerate(row):
            name = normalise(text) if text else ""
            if name in COLUMNS:
                found.setdefault(name, position)
        if found.keys() >= _REQUIRED:
            return index, found
    return None


def parse_figures(
    rows: Sequence[tuple[int, Sequence[str | None]]],
    columns: Mapping[str, int],
    *,
    file: str,
    first_column: int = 1,
) -> Figures:
    """Understand the rows below the header; a row at fault is set aside and told of.

    Args:
        rows: row number and cells.
        columns: each column's index.
        file: the file's name, for places.
        first_column: the spreadsheet's number of the first cell.
    """
    figures = Figures()
    for number, cells in rows:
        texts = {name: _text(cells, index) for name, index in columns.items()}
        if not any(texts.values()):
            figures.aside.append((number, "blank row"))
            continue
        try:
            figures.rows.append(_figure(texts, place=f"{file}:{number}", file=file))
        except _CellError as fault:
            position = columns.get(fault.column)
            column = first_column + position if position is not None else 1
            figures.aside.append((number, "cannot be read"))
            figures.problems.append(
                Problem(
                    where=f"{file}:{number}:{column}",
                    message=f"column {column_letters(column)} '{fault.column}': {fault.message}",
                    hint=fault.hint,
                )
            )
    return figures


def _text(cells: Sequence[str | None], index: int) -> str:
    text = cells[index] if index < len(cells) else None
    cleaned = " ".join((text or "").split())
    return "" if cleaned in ("-", "–") else cleaned


def _figure(texts: Mapping[str, str], *, place: str, file: str) -> RawPublished:
    if not texts["measure"]:
        raise _CellError("measure", "no measure is named.", "Name a measure's id.")
    values, low, high, percent = _values(texts["value"])
    start = _date("from", texts.get("from", ""))
    end = _date("to", texts.get("to", ""))
    if start and end and end < start:
        raise _CellError("to", "the period ends before it begins.", "Exchange from and to.")
    return RawPublished(
        place=place,
        file=file,
        measure=texts["measure"],
        value=values[-1] if values else None,
        series=tuple(values) if len(values) > 1 else (),
        low=low,
        high=high,
        unit=texts.get("unit", "") or ("percent" if percent else ""),
        numerator=_count("numerator", texts.get("numerator", "")),
        denominator=_count("denominator", texts.get("denominator", "")),
        where=_where(texts.get("where", "")),
        start=start,
        end=end,
        source=texts["source"],
        cited=texts.get("published", ""),
        comparator=_count("comparator", texts.get("comparator", "")),
    )


def _values(text: str) -> tuple[list[float], float | None, float | None, bool]:
    """A number, a series with semicolons (oldest first), or a range ``14..22``."""
    if not text:
        raise _CellError("value", "there is no value.", "Leave out rows without a figure.")
    ends = [part for part in _RANGE.split(text) if part]
    if len(ends) == 2 and ";" not in text:
        low, high = (_number("value", part) for part in ends)
        if high < low:
            raise _CellError("value", "the range ends below its beginning.", "Write it low..high.")
        return [], low, high, "%" in text
    parts = [part for part in text.split(";") if part.strip()]
    return [_number("value", part) for part in parts], None, None, "%" in text


def _count(column: str, text: str) -> float | None:
    return _number(column, text) if text else None


def _number(column: str, text: str) -> float:
    digits = text.strip().removesuffix("%").strip()
    if not digits or not _NUMBER.fullmatch(digits) or not any(c.isdigit() for c in digits):
        raise _CellError(
            column,
            "a number is expected here (17, 28.9), a series (28.9; 73) or a range (14..22)."
            if column == "value"
            else "a number is expected here.",
            "A suppressed figure is no figure: leave the row out."
            if digits[:1] in ("<", "*", "c", "x")
            else "",
        )
    number = float(digits.replace(",", ""))
    if not math.isfinite(number):
        raise _CellError(column, "the number is too large.")
    return number


def _date(column: str, text: str) -> dt.date | None:
    if not text:
        return None
    day = text.split(" ")[0] if " 00:00:00" in text else text
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(day, form).date()
        except ValueError:
            continue
    raise _CellError(column, "a date is expected here.", "Write it 2026-03-31 or 31/03/2026.")


def _where(text: str) -> tuple[tuple[str, str], ...]:
    """``team=north; rag=red`` as a scope."""
    pairs: dict[str, str] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        key, sign, value = (piece.strip() for piece in part.partition("="))
        if not sign or not key or not value:
            raise _CellError(
                "where", "a part is written key=value.", "For example: team=north; rag=red"
            )
        if key in pairs:
            raise _CellError("where", f"'{key}' stands twice.", nearest(key, ()))
        pairs[key] = value
    return scope(pairs)

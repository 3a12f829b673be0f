"""Pieces of SQL that make somebody else's cells into ours."""

from __future__ import annotations

from collections.abc import Mapping

from selfassess.evidence import cells
from selfassess.evidence.warehouse import Held, Kind, quoted
from selfassess.model.evidence import Column

__all__ = [
    "absent",
    "absent_value",
    "case",
    "filled",
    "iso_moment",
    "of_council",
    "outside",
    "raw_cell",
    "unknown_cells",
]


def _upto(first: int, last: int) -> str:
    return ", ".join(f"'{n:02}'" for n in range(first, last + 1))


_FIRST, _LAST = int(cells.FIRST_DAY[:4]), int(cells.DAY_AFTER[:4]) - 1
_YEARS = _upto(_FIRST, _LAST)
_LEAP = ", ".join(f"'{year}'" for year in range(_FIRST, _LAST + 1) if year % 4 == 0)


def of_council(held: Held, column: str, council: str) -> str:
    """SQL of a table's rows, of one council where it says whose they are."""
    own = held.own(column)
    if not column or own is None:
        return held.source
    whose = cells.literal(council)
    names = ", ".join(map(quoted, held.columns)) if held.withheld else "*"
    return f"(SELECT {names} FROM {held.source} WHERE CAST({quoted(own)} AS VARCHAR) = {whose})"


def absent(column: Column) -> str:
    """SQL of a column that is not there."""
    return f"{absent_value(column)} AS {quoted(column.name)}"


def absent_value(column: Column) -> str:
    """SQL of its cells: nothing, of the column's type."""
    return f"CAST(NULL AS {cells.SQL_TYPES[column.type]})"


def raw_cell(column: Column, name: str, kind: Kind) -> str:
    """SQL of their cell, as text where ours is one."""
    cell = f"t.{quoted(name)}"
    if column.type in ("id", "text", "code"):
        if kind == "truth":
            return f"CASE WHEN {cell} THEN 'Yes' WHEN NOT {cell} THEN 'No' END"
        return f"CAST({cell} AS VARCHAR)"
    if column.type in ("date", "datetime"):
        # A moment in a zone becomes one of the session's, which is local time.
        return f"CAST({cell} AS TIMESTAMP)"
    return f"CAST({cell} AS {cells.SQL_TYPES[column.type]})"


def outside(cell: str) -> str:
    """SQL of whether a moment lies outside the days that can be looked up."""
    return (
        f"({cell} < CAST('{cells.FIRST_DAY}' AS TIMESTAMP)"
        f" OR {cell} >= CAST('{cells.DAY_AFTER}' AS TIMESTAMP))"
    )


def iso_moment(cell: str, *, timed: bool) -> str:
    """SQL of the moment that a text such as ``2026-03-31 09:30:00`` says; nothing where it is none.

    Only what can be cast is cast, as an engine may end the run over a text that cannot. A text with
    a time zone says no local day and is taken for none.

    Args:
        cell: the text.
        timed: whether its time counts; else its day alone does.
    """
    text = f"TRIM(CAST({cell} AS VARCHAR))"

    def part(start: int, length: int) -> str:
        return f"SUBSTRING({text}, {start}, {length})"

    year, month, day = part(1, 4), part(6, 2), part(9, 2)
    is_day = (
        f"{part(5, 1)} = '-' AND {part(8, 1)} = '-' AND {year} IN ({_YEARS})"
        f" AND {month} IN ({_upto(1, 12)}) AND ({day} IN ({_upto(1, 28)})"
        f" OR ({day} = '29' AND ({month} <> '02' OR {year} IN ({_LEAP})))"
        f" OR ({day} = '30' AND {month} <> '02')"
        f" OR ({day} = '31' AND {month} IN ('01', '03', '05', '07', '08', '10', '12')))"
        f" AND {part(11, 1)} IN ('', ' ', 'T')"
        f" AND {text} NOT LIKE '%Z' AND {text} NOT LIKE '%+%'"
    )
    date = part(1, 10)
    if not timed:
        return f"CASE WHEN {is_day} THEN CAST({date} AS TIMESTAMP) END"
    is_time = (
        f"{part(12, 2)} IN ({_upto(0, 23)}) AND {part(14, 1)} = ':'"
        f" AND {part(15, 2)} IN ({_upto(0, 59)})"
    )
    seconds = f"CASE WHEN {part(18, 2)} IN ({_upto(0, 59)}) THEN {part(18, 2)} ELSE '00' END"
    moment = f"{date} || ' ' || {part(12, 5)} || ':' || {seconds}"
    return (
        f"CASE WHEN {is_day} AND {is_time} THEN CAST({moment} AS TIMESTAMP)"
        f" WHEN {is_day} AND {part(11, 1)} = '' THEN CAST({date} AS TIMESTAMP) END"
    )


def filled(cell: str) -> str:
    """A text without spaces around it, and nothing where it says so."""
    blank = ", ".join(map(cells.literal, cells.BLANK))
    return f"CASE WHEN LOWER(TRIM({cell})) IN ({blank}) THEN NULL ELSE TRIM({cell}) END"


def case(cell: str, meant: Mapping[str, tuple[str | None, str | None]]) -> str:
    """SQL of what a coded cell means.

    A text that is no code is not written into the statement, which an error may print: it could
    be anything.
    """
    changed = {text: value for text, (value, mark) in meant.items() if mark != "l"}
    cases = "".join(
        f" WHEN {cells.literal(text)} THEN {'NULL' if value is None else cells.literal(value)}"
        for text, value in sorted(changed.items())
        if value != text
    )
    return f"CASE {cell}{cases} ELSE TRIM({cell}) END" if cases else f"TRIM({cell})"


def unknown_cells(lost: Mapping[str, str]) -> str:
    """SQL of the row's lost cells, as ``|column|column|``."""
    if not lost:
        return "CAST(NULL AS VARCHAR)"
    words = " || ".join(
        f"CASE WHEN {test} THEN {cells.literal(name + '|')} ELSE '' END"
        for name, test in lost.items()
    )
    return f"CASE WHEN {' OR '.join(lost.values())} THEN '|' || {words} END"

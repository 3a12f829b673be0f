"""Pieces of SQL that make somebody else's cells into ours."""

from __future__ import annotations

from collections.abc import Mapping

from selfassess.evidence import cells
from selfassess.evidence.warehouse import Held, Kind, quoted
from selfassess.model.evidence import Column

__all__ = ["absent", "case", "filled", "of_council", "outside", "raw_cell", "unknown_cells"]


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
    return f"CAST(NULL AS {cells.SQL_TYPES[column.type]}) AS {quoted(column.name)}"


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

"""What the texts of a sheet mean: most columns are plain, the texts of the others are read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selfassess.evidence import cells
from selfassess.evidence.codes import code_finder
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
from selfassess.model.evidence import Code, Column

__all__ = ["TERMS", "Terms", "look_up"]

TERMS = "_terms"
"""The table of (n, raw, word, number, moment, mark): what each text of column n means.

Marks: ``b`` blank, ``e`` error, ``p`` what the type cannot hold, ``l`` a code not in the set.
"""

_ERRORS = frozenset(cells.ERROR_TEXTS)
_SPACES = " \t\r\n\x0b\x0c\u00a0\u2007\u202f\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Terms:
    """How each column of a sheet is to be read.

    Attributes:
        looked_up: numbers of the columns whose texts stand in `TERMS`; the others are plain.
    """

    looked_up: frozenset[int]

    def value(self, n: int, cell: str, column: Column) -> str:
        """SQL of a cell's value."""
        if n not in self.looked_up:
            return cells.plain_value(cell, column)
        match column.type:
            case "date" | "datetime" | "integer":
                part = "number" if column.type == "integer" else "moment"
                return f"CAST(k{n}.{part} AS {cells.SQL_TYPES[column.type]})"
            case "number":
                return f"k{n}.number"
            case _:
                return f"k{n}.word"

    def mark(self, n: int, cell: str, column: Column) -> str | None:
        """SQL of why a cell has no value; None where only error cells can lack one.

        Stands a step above `value`: v0, v1 … are the values, k0, k1 … the marks looked up.
        """
        if n in self.looked_up:
            return f"k{n}"
        if column.type in ("date", "datetime", "integer", "number"):
            return f"CASE WHEN v{n} IS NULL AND {cell} IS NOT NULL THEN 'p' END"
        return None

    def join(self, n: int, cell: str) -> str:
        """SQL that brings the meanings of a column's texts to its rows."""
        if n not in self.looked_up:
            return ""
        return f" LEFT JOIN {TERMS} AS k{n} ON k{n}.n = {n} AND k{n}.raw = {cell}"


def look_up(
    warehouse: DuckDBWarehouse,
    found: Sequence[Column],
    raw: Sequence[str],
    below: str,
    *,
    date1904: bool,
) -> Terms:
    """Find the columns that are not plain, and read each of their texts once.

    Args:
        found: the sheet's columns.
        raw: for each, the name of its cells in SQL.
        below: the rows below the header: ``FROM … WHERE …``.
        date1904: whether plain numbers count days from 1904.
    """
    patterns = [cells.plain_pattern(column) for column in found]
    asked = [
        f"count(*) FILTER (NOT {cells.is_plain(cell, pattern)})" if pattern else f"count({cell})"
        for cell, pattern in zip(raw, patterns, strict=True)
    ]
    counts = warehouse.query(f"SELECT {', '.join(asked)} {below}")[0]
    odd = [n for n, count in enumerate(counts) if count]
    warehouse.execute(
        f"CREATE OR REPLACE TEMP TABLE {TERMS}"
        " (n INTEGER, raw VARCHAR, word VARCHAR, number DOUBLE, moment TIMESTAMP, mark VARCHAR)"
    )
    coded = [n for n in odd if patterns[n] is None]
    if coded:
        _keep_codes(warehouse, found, coded, _distinct(coded, raw, below))
    for kind in sorted({found[n].type for n in odd if n not in coded}):
        same = [n for n in odd if n not in coded and found[n].type == kind]
        warehouse.execute(
            f"INSERT INTO {TERMS} "
            + cells.readings_of(_distinct(same, raw, below), kind, date1904=date1904)
        )
    return Terms(looked_up=frozenset(odd))


def _distinct(numbers: Sequence[int], raw: Sequence[str], below: str) -> str:
    return " UNION ALL ".join(
        f"SELECT DISTINCT {n} AS n, {raw[n]} AS raw {below} AND {raw[n]} IS NOT NULL"
        for n in numbers
    )


def _keep_codes(
    warehouse: DuckDBWarehouse, found: Sequence[Column], coded: Sequence[int], distinct: str
) -> None:
    finders: dict[tuple[Code, ...], Callable[[str], str | None]] = {}
    entries: list[tuple[int, str, str | None, str | None]] = []
    for n, raw in warehouse.query(distinct):
        codes = found[n].codes
        find = finders.get(codes) or finders.setdefault(codes, code_finder(codes))
        entries.append((n, raw, *_meaning(raw, find)))
    columns = [[entry[i] for entry in entries] for i in range(4)]
    warehouse.execute(
        f"INSERT INTO {TERMS} SELECT unnest($1::INTEGER[]), unnest($2::VARCHAR[]),"
        " unnest($3::VARCHAR[]), NULL, NULL, unnest($4::VARCHAR[])",
        columns,
    )


def _meaning(raw: str, find: Callable[[str], str | None]) -> tuple[str | None, str | None]:
    """A coded cell's code (or its text, where no code fits) and its mark."""
    text = " ".join(raw.strip(_SPACES).split())
    if text.lower() in cells.BLANK:
        return None, "b"
    if text.upper() in _ERRORS or not text.strip("#"):
        return None, "e"
    code = find(text)
    return (code, None) if code else (text, "l")

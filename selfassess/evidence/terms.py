"""What the texts of a sheet mean: most columns are plain, the texts of the others are read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selfassess.evidence import cells
from selfassess.evidence.codes import code_finder
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
from selfassess.model.evidence import Code, Column

__all__ = ["TERMS", "Terms", "forget_terms", "look_up"]

Entry = tuple[str, Any, "str | None"]
"""A text, what it means, and its mark."""

TERMS = "_terms"
"""The table of (n, raw, word, number, moment, mark): what each text of column n means.

Marks: ``b`` blank, ``e`` error, ``p`` what the type cannot hold, ``l`` a code not in the set.
"""

_ERRORS = frozenset(cells.ERROR_TEXTS)
_SPACES = " " + cells.ODD_SPACES + cells.NO_WIDTH


_COLUMNS = "n INTEGER, raw VARCHAR, word VARCHAR, number DOUBLE, moment TIMESTAMP, mark VARCHAR"
_LISTS = "_lists"
"""One row of lists, for columns with few texts: k0, k1 … the texts, w… what they mean, g… marks."""

_FEW = 200
"""Up to so many texts a search through a list is cheaper than one more join."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How each column of a sheet is to be read.

    Attributes:
        listed: numbers of the columns whose texts stand in lists.
        joined: numbers of the columns whose texts are joined in; all others are plain.
        faulty: numbers of the columns that hold texts which are no value and not blank.
        unlisted: numbers of the coded columns that hold texts which are no code of the set.
    """

    listed: frozenset[int]
    joined: frozenset[int]
    faulty: frozenset[int]
    unlisted: frozenset[int]

    @property
    def looked_up(self) -> frozenset[int]:
        """Columns that are not plain."""
        return self.listed | self.joined

    def value(self, n: int, cell: str, column: Column) -> str:
        """SQL of a cell's value."""
        if n in self.listed:
            return f"list_extract(w{n}, p{n})"
        if n not in self.joined:
            return cells.plain_value(cell, column)
        return f"CAST(j{n}.{_part(column)} AS {cells.SQL_TYPES[column.type]})"

    def mark(self, n: int, cell: str) -> str:
        """SQL of ``e`` or ``p`` where a cell has no value and is not blank; else NULL.

        Stands a step above `value`: v0, v1 … are the values.
        """
        if n in self.looked_up:
            return f"CASE WHEN a{n} IN ('e', 'p') THEN a{n} END"
        return f"CASE WHEN v{n} IS NULL AND {cell} IS NOT NULL THEN 'p' END"

    def marks(self) -> str:
        """SQL of the marks that are needed, beside the values."""
        needed = self.faulty | self.unlisted
        listed = [f", list_extract(g{n}, p{n}) AS a{n}" for n in sorted(self.listed & needed)]
        return "".join([*listed, *(f", j{n}.mark AS a{n}" for n in sorted(self.joined & needed))])

    def rows(self, stray: str, raw: Sequence[str], below: str) -> str:
        """SQL of the rows, with all that `value` and `marks` need."""
        if not self.listed:
            found = f"(SELECT *, ({stray}) AS stray {below})"
        else:
            positions = ", ".join(
                f"list_position(k{n}, {raw[n]}) AS p{n}" for n in sorted(self.listed)
            )
            found = f"(SELECT *, {positions} FROM (SELECT *, ({stray}) AS stray {below}), {_LISTS})"
        return f"{found} AS x" + "".join(
            f" LEFT JOIN {TERMS} AS j{n} ON j{n}.n = {n} AND j{n}.raw = x.{raw[n]}"
            for n in sorted(self.joined)
        )


def _part(column: Column) -> str:
    """The column of `TERMS` that holds a type's values."""
    match column.type:
        case "date" | "datetime":
            return "moment"
        case "integer" | "number":
            return "number"
        case _:
            return "word"


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
        warehouse: where the sheet is shown.
        found: the sheet's columns.
        raw: for each, the name of its cells in SQL.
        below: the rows below the header: ``FROM … WHERE …``.
        date1904: whether plain numbers count days from 1904.
    """
    plain = [cells.looks_plain(cell, column) for cell, column in zip(raw, found, strict=True)]
    asked = [
        f"count(*) FILTER (NOT {looks})" if looks else f"count({cell})"
        for cell, looks in zip(raw, plain, strict=True)
    ]
    dated = [n for n, column in enumerate(found) if column.type in ("date", "datetime")]
    asked += [f"count({raw[n]}) - count({cells.plain_value(raw[n], found[n])})" for n in dated]
    counts = warehouse.query(f"SELECT {', '.join(asked)} {below}")[0]
    odd = {n for n, count in enumerate(counts[: len(found)]) if count}
    impossible = {n for n, count in zip(dated, counts[len(found) :], strict=True) if count} - odd
    coded = sorted(n for n in odd if plain[n] is None)
    entries = _codes(warehouse, found, coded, _distinct(coded, raw, below)) if coded else {}
    many = {n: rows for n, rows in entries.items() if len(rows) > _FEW}
    others = sorted(odd.difference(coded))
    if others or many:
        warehouse.execute(f"CREATE OR REPLACE TEMP TABLE {TERMS} ({_COLUMNS})")
    for kind in sorted({found[n].type for n in others}):
        distinct = _distinct([n for n in others if found[n].type == kind], raw, below)
        read = cells.readings_of(distinct, kind, date1904=date1904)
        warehouse.execute(f"INSERT INTO {TERMS} {read}")
    if others:
        entries |= _few(warehouse, found)
    if many:
        _keep(warehouse, many)
    listed = {n: rows for n, rows in entries.items() if len(rows) <= _FEW}
    if listed:
        _keep_lists(warehouse, found, listed)
    marks = {n: {row[2] for row in rows} for n, rows in entries.items()}
    for n, texts in (
        warehouse.query(f"SELECT n, list(DISTINCT mark) FROM {TERMS} GROUP BY n ORDER BY n")
        if len(listed) < len(odd)
        else ()
    ):
        marks[n] = set(texts)
    return Terms(
        listed=frozenset(listed),
        joined=frozenset(odd.difference(listed)),
        faulty=frozenset(n for n, held in marks.items() if held & {"e", "p"}) | impossible,
        unlisted=frozenset(n for n, held in marks.items() if "l" in held),
    )


def forget_terms(warehouse: DuckDBWarehouse) -> None:
    """Let go of the last sheet's texts."""
    for name in (TERMS, _LISTS):
        warehouse.execute(f"DROP TABLE IF EXISTS {name}")


def _few(warehouse: DuckDBWarehouse, found: Sequence[Column]) -> dict[int, list[Entry]]:
    """The columns of `TERMS` that hold few texts, with what they mean."""
    rows = warehouse.query(
        f"SELECT n, raw, word, number, moment, mark FROM {TERMS} WHERE n IN"
        f" (SELECT n FROM {TERMS} GROUP BY n HAVING count(*) <= {_FEW}) ORDER BY n, raw"
    )
    entries: dict[int, list[Entry]] = {}
    for n, raw, word, number, moment, mark in rows:
        meaning = {"word": word, "number": number, "moment": moment}[_part(found[n])]
        entries.setdefault(n, []).append((raw, meaning, mark))
    return entries


def _keep_lists(
    warehouse: DuckDBWarehouse, found: Sequence[Column], listed: Mapping[int, list[Entry]]
) -> None:
    lists: list[list[Any]] = []
    names: list[str] = []
    for n, rows in sorted(listed.items()):
        kind = cells.SQL_TYPES[found[n].type]
        for letter, index, type_ in (("k", 0, "VARCHAR"), ("w", 1, kind), ("g", 2, "VARCHAR")):
            lists.append([row[index] for row in rows])
            names.append(f"CAST(${len(lists)} AS {type_}[]) AS {letter}{n}")
    warehouse.execute(f"CREATE OR REPLACE TEMP TABLE {_LISTS} AS SELECT {', '.join(names)}", lists)


def _distinct(numbers: Sequence[int], raw: Sequence[str], below: str) -> str:
    return " UNION ALL ".join(
        f"SELECT DISTINCT {n} AS n, {raw[n]} AS raw {below} AND {raw[n]} IS NOT NULL"
        for n in numbers
    )


def _codes(
    warehouse: DuckDBWarehouse, found: Sequence[Column], coded: Sequence[int], distinct: str
) -> dict[int, list[Entry]]:
    """What each text of the coded columns means."""
    finders: dict[tuple[Code, ...], Callable[[str], str | None]] = {}
    entries: dict[int, list[Entry]] = {n: [] for n in coded}
    for n, raw in sorted(warehouse.query(distinct)):
        codes = found[n].codes
        find = finders.get(codes) or finders.setdefault(codes, code_finder(codes))
        entries[n].append((raw, *_meaning(raw, find)))
    return entries


def _keep(warehouse: DuckDBWarehouse, many: Mapping[int, list[Entry]]) -> None:
    """Add coded columns with many texts to `TERMS`."""
    rows = [(n, *entry) for n, entries in many.items() for entry in entries]
    warehouse.execute(
        f"INSERT INTO {TERMS} SELECT unnest($1::INTEGER[]), unnest($2::VARCHAR[]),"
        " unnest($3::VARCHAR[]), NULL, NULL, unnest($4::VARCHAR[])",
        [[row[i] for row in rows] for i in range(4)],
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

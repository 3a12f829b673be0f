"""What the texts of a sheet mean: usual cells are cast as they stand, other texts are read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from selfassess.evidence import cells
from selfassess.evidence.codes import code_finder
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
from selfassess.evidence.list_words import is_header, is_total
from selfassess.model.evidence import Code, Column

__all__ = ["TERMS", "Terms", "forget_terms", "look_up", "meanings"]

Entry = tuple[str, Any, "str | None"]
"""A text, what it means, and its mark."""

TERMS = "_terms"
"""The table of (n, raw, word, number, moment, mark): what the looked-up texts of column n mean.

Marks: ``b`` blank, ``e`` error, ``p`` what the type cannot hold, ``l`` a code not in the set.
"""

_ERRORS = frozenset(cells.ERROR_TEXTS)
_UNSEEN = dict.fromkeys(map(ord, cells.NO_WIDTH))
_COLUMNS = "n INTEGER, raw VARCHAR, word VARCHAR, number DOUBLE, moment TIMESTAMP, mark VARCHAR"

_GIVEN = "SELECT unnest($1::INTEGER[]) AS n, unnest($2::VARCHAR[]) AS raw"
_FEW = 200
"""Up to so many texts a search through a list is cheaper than one more join."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How each column of a sheet is to be read.

    Attributes:
        height: how many rows stand below the header, blank ones too.
        complete: whether each of them has its id.
        listed: for the columns whose looked-up texts stand in lists, the lists as SQL: the texts,
            what they mean, and their marks where marks are needed.
        parameters: the lists themselves, to be given with every query that uses them.
        odd: numbers of the columns that hold more than one form.
        joined: numbers of the columns whose looked-up texts are joined in.
        faulty: numbers of the columns that hold texts which are no value and not blank.
        unlisted: numbers of the coded columns that hold texts which are no code of the set.
    """

    height: int
    complete: bool
    listed: Mapping[int, Sequence[str]] = field(default_factory=dict)
    parameters: Sequence[Sequence[Any]] = ()
    odd: frozenset[int] = frozenset()
    joined: frozenset[int] = frozenset()
    faulty: frozenset[int] = frozenset()
    unlisted: frozenset[int] = frozenset()

    @property
    def looked_up(self) -> frozenset[int]:
        """Columns of which texts are looked up: coded ones, and those with unusual cells."""
        return self.joined.union(self.listed)

    def value(self, n: int, cell: str, column: Column) -> str:
        """SQL of a cell's value."""
        if n in self.listed:
            found, at = self._found(n, 1, cell), self._position(n, cell)
        elif n in self.joined:
            found = f"CAST(j{n}.{_part(column)} AS {cells.SQL_TYPES[column.type]})"
            at = f"j{n}.raw"
        elif n in self.odd:
            return cells.plain_value(cell, column.type)
        else:
            return cells.usual_value(cell, column.type)
        if cells.is_coded(column):
            return found
        plain = cells.plain_value(cell, column.type)
        return f"CASE WHEN {at} IS NULL THEN {plain} ELSE {found} END"

    def mark(self, n: int) -> str:
        """SQL of ``e`` or ``p`` where a cell of a looked-up column has no value and is not blank.

        Stands a step above `marks`.
        """
        return f"CASE WHEN a{n} IN ('e', 'p') THEN a{n} END"

    def marks(self, raw: Sequence[str]) -> str:
        """SQL of the marks that are needed, as further columns."""
        needed = sorted(self.faulty | self.unlisted)
        listed = [f", {self._found(n, 2, raw[n])} AS a{n}" for n in needed if n in self.listed]
        return "".join([*listed, *(f", j{n}.mark AS a{n}" for n in needed if n in self.joined)])

    def joins(self, raw: Sequence[str]) -> str:
        """SQL of the joins that `value` and `marks` need, to rows called x."""
        return "".join(
            f" LEFT JOIN {TERMS} AS j{n} ON j{n}.n = {n} AND j{n}.raw = x.{raw[n]}"
            for n in sorted(self.joined)
        )

    def _position(self, n: int, cell: str) -> str:
        return f"list_position({self.listed[n][0]}, {cell})"

    def _found(self, n: int, which: int, cell: str) -> str:
        return f"list_extract({self.listed[n][which]}, {self._position(n, cell)})"


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
    keys: Sequence[str] = (),
    date1904: bool,
) -> Terms:
    """Survey a sheet, and read its codes and unusual texts once each.

    Args:
        warehouse: where the sheet is shown.
        found: the sheet's columns.
        raw: for each, the name of its cells in SQL.
        below: the rows below the header: ``FROM … WHERE …``.
        keys: names of the columns that make a row's id.
        date1904: whether plain numbers count days from 1904.
    """
    height, complete, odd_ids = _count_ids(warehouse, found, raw, below, keys)
    texts = _texts(warehouse, found, raw, below, odd_ids, keys)
    entries = _codes(found, texts)
    odd = frozenset(n for n in texts if n not in entries)
    unusual = {n: held for n in sorted(odd) if (held := [t for t in texts[n] if t is not None])}
    many = {n for n, rows in entries.items() if len(rows) > _FEW}
    many |= {n for n, held in unusual.items() if len(held) > _FEW}
    if many:
        warehouse.execute(f"CREATE OR REPLACE TEMP TABLE {TERMS} ({_COLUMNS})")
        _keep(warehouse, {n: rows for n, rows in entries.items() if n in many})
    for kind in sorted({found[n].type for n in unusual}):
        own = {n: held for n, held in unusual.items() if found[n].type == kind}
        for large in (False, True):
            numbers = [n for n, held in own.items() for _ in held if (n in many) == large]
            given = [numbers, [t for n, held in own.items() for t in held if (n in many) == large]]
            read = cells.readings_of(_GIVEN, kind, date1904=date1904)
            if numbers and large:
                warehouse.execute(f"INSERT INTO {TERMS} {read}", given)
            elif numbers:
                _add(entries, warehouse.ask(f"{read} ORDER BY n, raw", given), found)
    marks = {n: {row[2] for row in rows} for n, rows in entries.items()}
    if many:
        held_marks = f"SELECT n, list(DISTINCT mark) FROM {TERMS} GROUP BY n ORDER BY n"
        marks |= {n: set(held) for n, held in warehouse.query(held_marks)}
    marked = frozenset(n for n, held in marks.items() if held & {"e", "p", "l"})
    few = {n: rows for n, rows in sorted(entries.items()) if n not in many}
    listed, parameters = _lists(found, few, marked)
    return Terms(
        height=height,
        complete=complete,
        listed=listed,
        parameters=parameters,
        odd=odd,
        joined=frozenset(many),
        faulty=frozenset(n for n in marked if marks[n] & {"e", "p"}),
        unlisted=frozenset(n for n in marked if "l" in marks[n]),
    )


def _count_ids(
    warehouse: DuckDBWarehouse,
    found: Sequence[Column],
    raw: Sequence[str],
    below: str,
    keys: Sequence[str],
) -> tuple[int, bool, list[int]]:
    """The rows, whether each has its id, and the id columns that hold an unusual text.

    Ids differ from row to row: finding those that differ would cost more than testing each.
    """
    ids = [n for n, column in enumerate(found) if column.type == "id"]
    asked = ["count(*)"]
    asked += [f"count({raw[n]})" for n, column in enumerate(found) if column.name in keys]
    asked += [f"count(*) FILTER (NOT {cells.is_usual(raw[n], 'id')})" for n in ids]
    height, *counts = warehouse.query(f"SELECT {', '.join(asked)} {below}")[0]
    held, odd = counts[: len(counts) - len(ids)], counts[len(counts) - len(ids) :]
    complete = all(count == height for count in held)
    return height, complete, [n for n, count in zip(ids, odd, strict=True) if count]


def _texts(
    warehouse: DuckDBWarehouse,
    found: Sequence[Column],
    raw: Sequence[str],
    below: str,
    odd_ids: Sequence[int],
    keys: Sequence[str],
) -> dict[int, list[str | None]]:
    """By column, every text that occurs in it, if it is coded, else every unusual one.

    Where rows are known by a text, what may be a total or a header is unusual too. None stands for
    British dates. One query asks for all columns: what an engine plans anew for
    each expression costs more than the texts of a small list.
    """
    asked = [n for n, c in enumerate(found) if c.type != "id" or n in odd_ids]
    if not asked:
        return {}
    kinds: dict[str, list[int]] = {}
    for n in asked:
        kinds.setdefault("" if cells.is_coded(found[n]) else found[n].type, []).append(n)
    cases, british = ["WHEN FALSE THEN FALSE"], ["WHEN FALSE THEN FALSE"]
    for n in kinds.get("text", ()):
        if found[n].name in keys:
            of_the_list = f"{is_total('raw')} OR {is_header('raw', found[n])}"
            cases.append(f"WHEN n = {n} AND ({of_the_list}) THEN TRUE")
    for kind, numbers in kinds.items():
        among = f"n IN ({', '.join(map(str, numbers))})"
        if kind:
            cases.append(f"WHEN {among} THEN NOT {cells.is_usual('raw', kind)}")
        if kind in ("date", "datetime"):
            british.append(f"WHEN {among} THEN {cells.is_british('raw', kind)}")
    every = (
        f"SELECT unnest([{', '.join(map(str, asked))}]) AS n,"
        f" unnest([{', '.join(raw[n] for n in asked)}]) AS raw {below}"
    )
    # Without the OFFSET the engine would look at every cell first, and make them distinct after.
    rows = warehouse.query(
        f"SELECT DISTINCT n, CASE WHEN CASE {' '.join(british)} ELSE FALSE END THEN NULL"
        f" ELSE raw END AS raw FROM (SELECT DISTINCT n, raw FROM ({every}) WHERE raw IS NOT NULL"
        f" OFFSET 0) WHERE CASE {' '.join(cases)} ELSE TRUE END ORDER BY n, raw"
    )
    texts: dict[int, list[str | None]] = {}
    for n, text in rows:
        texts.setdefault(n, []).append(text)
    return texts


def meanings(column: Column, texts: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """What each text of a coded column means, and its mark (see `TERMS`)."""
    find = code_finder(column.codes)
    return {text: _meaning(text, find) for text in texts}


def forget_terms(warehouse: DuckDBWarehouse) -> None:
    """Let go of the last sheet's texts."""
    warehouse.execute(f"DROP TABLE IF EXISTS {TERMS}")


def _lists(
    found: Sequence[Column], few: Mapping[int, list[Entry]], marked: frozenset[int]
) -> tuple[dict[int, Sequence[str]], list[list[Any]]]:
    """The texts of columns as parameters, and how SQL names them."""
    lists: list[list[Any]] = []
    named: dict[int, Sequence[str]] = {}
    for n, rows in few.items():
        names: list[str] = []
        kind = cells.SQL_TYPES[found[n].type]
        # The engine refuses a parameter that no query uses.
        for index, type_ in enumerate(("VARCHAR", kind, "VARCHAR")[: 3 if n in marked else 2]):
            lists.append([row[index] for row in rows])
            names.append(f"${len(lists)}::{type_}[]")
        named[n] = names
    return named, lists


def _add(
    entries: dict[int, list[Entry]], rows: Sequence[tuple[Any, ...]], found: Sequence[Column]
) -> None:
    for n, raw, word, number, moment, mark in rows:
        meaning = {"word": word, "number": number, "moment": moment}[_part(found[n])]
        entries.setdefault(n, []).append((raw, meaning, mark))


def _codes(
    found: Sequence[Column], texts: Mapping[int, Sequence[str | None]]
) -> dict[int, list[Entry]]:
    """What each text of the coded columns means."""
    finders: dict[tuple[Code, ...], Callable[[str], str | None]] = {}
    entries: dict[int, list[Entry]] = {}
    for n, held in texts.items():
        if cells.is_coded(found[n]):
            codes = found[n].codes
            find = finders.get(codes) or finders.setdefault(codes, code_finder(codes))
            entries[n] = [(raw, *_meaning(raw, find)) for raw in held if raw is not None]
    return entries


def _keep(warehouse: DuckDBWarehouse, many: Mapping[int, list[Entry]]) -> None:
    """Add coded columns with many texts to `TERMS`."""
    rows = [(n, *entry) for n, entries in many.items() for entry in entries]
    if not rows:
        return
    warehouse.execute(
        f"INSERT INTO {TERMS} SELECT unnest($1::INTEGER[]), unnest($2::VARCHAR[]),"
        " unnest($3::VARCHAR[]), NULL, NULL, unnest($4::VARCHAR[])",
        [[row[i] for row in rows] for i in range(4)],
    )


def _meaning(raw: str, find: Callable[[str], str | None]) -> tuple[str | None, str | None]:
    """A coded cell's code (or its text, where no code fits) and its mark."""
    text = " ".join(raw.translate(_UNSEEN).split())
    if text.lower() in cells.BLANK:
        return None, "b"
    if text.upper() in _ERRORS or not text.strip("#"):
        return None, "e"
    code = find(text)
    return (code, None) if code else (text, "l")

"""A table of somebody else's, laid over one of ours: names, types and codes made to meet.

Nothing is copied: the outcome is a query that gives our columns, with the rows numbered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from selfassess.errors import Problem
from selfassess.evidence import cells
from selfassess.evidence.foreign_match import Matched, match, named
from selfassess.evidence.foreign_sql import absent, case, filled, outside, unknown_cells
from selfassess.evidence.terms import meanings
from selfassess.evidence.warehouse import Held, Warehouse, quoted
from selfassess.model.evidence import Column, TableSpec

__all__ = ["Laid", "lay"]

_ERRORS = ", ".join(map(cells.literal, cells.ERROR_TEXTS))

MOST_CODES = 2000
"""A coded column with more different values is no list of codes."""

ROW_NUMBER = "row_id"
"""The column by which a table of somebody else's may number its rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A table that lies in the warehouse, as one of ours.

    Attributes:
        spec: ours.
        query: our columns, `row_id` and `unknown_cells`, of the rows that have their key.
        columns: our columns that it has; the others are empty.
        read: its rows, those of this council.
        keyless: how many of them lack their key; not in the query.
        unknown: for a column, its cells that could not be read.
        unlisted: for a coded column, the cells whose value is no code of the set.
    """

    spec: TableSpec
    query: str
    columns: frozenset[str]
    read: int
    keyless: int
    unknown: Mapping[str, int] = field(default_factory=dict)
    unlisted: Mapping[str, int] = field(default_factory=dict)


def lay(
    warehouse: Warehouse, spec: TableSpec, held: Held, source: str
) -> tuple[Laid | None, list[Problem]]:
    """Lay a table over one of ours.

    Args:
        warehouse: where it lies.
        spec: ours.
        held: the table.
        source: how a query names the rows of it that count.

    Returns:
        Nothing where a column is wanting without which it is not this table; and what is amiss.
    """
    if held.closed:
        why, hint = held.closed
        return None, [Problem(held.place, f"{why} None of its rows are used.", hint)]
    matched = match(warehouse, spec, held, source)
    found, refused = matched.theirs, matched.refused
    problems = [*dict.fromkeys(refused.values()), *matched.told]
    required = [c for c in spec.columns if c.required or c.name in spec.key]
    wanting = [c for c in required if c.name not in found]
    missing = [c for c in spec.columns if c.name not in found and not c.optional]
    if wanting:
        lacks = [c for c in wanting if c.name not in refused]
        needs = [c for c in wanting if c.name in refused]
        said = [f"lacks {named(lacks)}"] if lacks else []
        said += [f"cannot do without {named(needs)}"] if needs else []
        problems.append(
            Problem(
                held.place,
                f"this is named like {spec.title}, but {' and '.join(said)}. None of its rows "
                "are used.",
                "Name the columns so, in the table or in a view of the table's name."
                if lacks
                else "",
            )
        )
        return None, problems
    told = [c for c in missing if c.name not in refused]
    if told:
        problems.append(
            Problem(
                held.place,
                f"read as {spec.title}, but {named(told)} "
                f"{'are' if len(told) > 1 else 'is'} not there.",
                "What needs them reads not-computable. Add the columns and run again.",
            )
        )
    return _laid(warehouse, spec, held, source, matched, problems), problems


def _numbered(held: Held) -> str | None:
    """Their own column that numbers the rows; without one, every question has to sort them."""
    return next(
        (n for n, (kind, _) in held.columns.items() if n == ROW_NUMBER and kind == "integer"), None
    )


def _laid(
    warehouse: Warehouse,
    spec: TableSpec,
    held: Held,
    source: str,
    found: Matched,
    problems: list[Problem],
) -> Laid:
    taken = [c for c in spec.columns if c.name in found.theirs]
    raw = found.raw
    codes = _codes(warehouse, [c for c in taken if cells.is_coded(c)], raw, source)
    for name in [n for n, counts in codes.items() if len(counts) > MOST_CODES]:
        problems.append(
            Problem(
                f"{held.place}.{found.theirs[name]}",
                f"holds over {MOST_CODES} different values, where codes are expected; the column "
                "is left out.",
                "Name the right column, or lay a view of the table's name over it that does.",
            )
        )
        taken = [c for c in taken if c.name != name]
        del codes[name]
    spoilt = _spoilt(warehouse, held, found, [c for c in taken if c.name not in codes], source)
    values: dict[str, str] = {}
    lost: dict[str, str] = {}
    unknown: dict[str, int] = {}
    unlisted: dict[str, int] = {}
    for column in taken:
        name = column.name
        if name in codes:
            meant = meanings(column, [text for text in codes[name] if text is not None])
            values[name] = case(raw[name], meant)
            bad = [text for text, (_, mark) in meant.items() if mark == "e"]
            if bad:
                lost[name] = f"{raw[name]} IN ({', '.join(map(cells.literal, sorted(bad)))})"
                unknown[name] = sum(codes[name][text] for text in bad)
            odd = sum(codes[name][text] for text, (_, mark) in meant.items() if mark == "l")
            if odd:
                unlisted[name] = odd
        elif name in found.written:
            lost[name] = f"({found.written[name]} IS NOT NULL AND {raw[name]} IS NULL)"
            values[name] = f"CAST({raw[name]} AS {cells.SQL_TYPES[column.type]})"
        elif column.type in ("date", "datetime"):
            lost[name] = outside(raw[name])
            kind = cells.SQL_TYPES[column.type]
            within = f"CASE WHEN {outside(raw[name])} THEN NULL ELSE {raw[name]} END"
            values[name] = f"CAST({within} AS {kind})"
        elif name in spoilt:
            lost[name] = f"UPPER(TRIM({raw[name]})) IN ({_ERRORS})"
            values[name] = f"CASE WHEN {lost[name]} THEN NULL ELSE {filled(raw[name])} END"
        elif column.type in ("id", "text", "code"):
            values[name] = filled(raw[name])
        else:
            values[name] = raw[name]
    keyed = " AND ".join(f"x.{quoted(name)} IS NOT NULL" for name in spec.key)
    inner = f"SELECT {_all(spec, values)} FROM {source} AS t"
    read, kept, *found_lost = _count(warehouse, inner, keyed, lost, unknown, source)
    for name, count in found_lost:
        if count:
            unknown[name] = count
        else:
            # No cell of it is lost: the plain column is cheaper.
            del lost[name]
            column = spec.column(name)
            if column.type in ("date", "datetime"):
                values[name] = f"CAST({raw[name]} AS {cells.SQL_TYPES[column.type]})"
            else:
                values[name] = filled(raw[name])
    given = _numbered(held)
    extra = [f"{unknown_cells(lost)} AS unknown_cells"]
    extra += [f"t.{quoted(given)} AS row_id"] if given else []
    inner = f"SELECT {_all(spec, values)}, {', '.join(extra)} FROM {source} AS t"
    order = ", ".join(
        f"x.{quoted(name)}"
        for name in dict.fromkeys((*spec.key, *filter(None, [spec.event]), *values))
        if name in values
    )
    number = "" if given else f", ROW_NUMBER() OVER (ORDER BY {order}) AS row_id"
    return Laid(
        spec=spec,
        query=f"SELECT x.*{number} FROM ({inner}) AS x WHERE {keyed}",
        columns=frozenset(values),
        read=read,
        keyless=read - kept,
        unknown=unknown,
        unlisted=unlisted,
    )


def _all(spec: TableSpec, values: Mapping[str, str]) -> str:
    return ", ".join(
        f"{values[c.name]} AS {quoted(c.name)}" if c.name in values else absent(c)
        for c in spec.columns
    )


def _count(
    warehouse: Warehouse,
    inner: str,
    keyed: str,
    lost: Mapping[str, str],
    counted: Mapping[str, int],
    source: str,
) -> list[Any]:
    """Rows, rows with their key, then (column, lost cells) of the columns not yet counted."""
    asked = [name for name in lost if name not in counted]
    sums = [f"SUM(CASE WHEN {lost[name]} THEN 1 ELSE 0 END)" for name in asked]
    rows = warehouse.query(f"SELECT {', '.join(['COUNT(*)', *sums])} FROM {source} AS t")[0]
    kept = warehouse.query(f"SELECT COUNT(*) FROM ({inner}) AS x WHERE {keyed}")[0][0]
    return [rows[0], kept, *((name, n or 0) for name, n in zip(asked, rows[1:], strict=True))]


def _spoilt(
    warehouse: Warehouse, held: Held, found: Matched, columns: Sequence[Column], source: str
) -> frozenset[str]:
    """Columns of texts that may hold what spreadsheets print in error cells."""
    texts = [
        c.name
        for c in columns
        if c.type in ("id", "text", "code") and held.columns[found.theirs[c.name]][0] == "text"
    ]
    # A filter each: files of Parquet say of whole blocks that nothing there begins so.
    each = " UNION ALL ".join(
        f"SELECT {n} AS n, COUNT(*) AS c FROM {source} AS t"
        f" WHERE t.{quoted(found.theirs[name])} LIKE '#%'"
        for n, name in enumerate(texts)
    )
    rows = warehouse.query(f"SELECT n, c FROM ({each}) AS u") if texts else []
    return frozenset(texts[n] for n, count in rows if count)


def _codes(
    warehouse: Warehouse, coded: Sequence[Column], raw: Mapping[str, str], source: str
) -> dict[str, dict[str | None, int]]:
    """For each coded column, how often each value occurs."""
    found: dict[str, dict[str | None, int]] = {c.name: {} for c in coded}
    if not coded:
        return found
    each = " UNION ALL ".join(
        f"SELECT {n} AS n, v, COUNT(*) AS c FROM (SELECT {raw[column.name]} AS v FROM {source} "
        f"AS t) AS x GROUP BY v"
        for n, column in enumerate(coded)
    )
    few = f"SELECT n, v, c FROM ({each}) AS y WHERE v IS NOT NULL"
    for n, value, count in warehouse.query(few):
        found[coded[n].name][value] = count
    return found

"""Which columns of somebody else's table are ours, by name and by type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from selfassess.errors import Problem
from selfassess.evidence import cells
from selfassess.evidence.foreign_sql import absent_value, filled, iso_moment, raw_cell
from selfassess.evidence.headers import normalise
from selfassess.evidence.warehouse import Held, Kind, Warehouse, quoted
from selfassess.model.evidence import Column, TableSpec

__all__ = ["Matched", "bare", "claimed", "match", "named"]

_TAKES: Mapping[str, frozenset[Kind]] = {
    "id": frozenset(("text", "integer")),
    "text": frozenset(("text", "integer")),
    "code": frozenset(("text", "integer", "truth")),
    "date": frozenset(("date", "moment", "moment with zone")),
    "datetime": frozenset(("date", "moment", "moment with zone")),
    "integer": frozenset(("integer",)),
    "number": frozenset(("integer", "number")),
}
_WORDS = {
    "id": "text or a whole number",
    "text": "text",
    "code": "text",
    "date": "a date",
    "datetime": "a timestamp",
    "integer": "a whole number",
    "number": "a number",
}


@dataclass(slots=True)
class Matched:
    """Our columns in a table of somebody else's.

    Attributes:
        theirs: for a column that it has, what it is called there.
        raw: for the same, SQL of its cell.
        written: the dates among them that are texts, with SQL of the text.
        refused: for a column that it has and that is of no use, what is amiss.
        told: what is amiss otherwise.
    """

    theirs: dict[str, str] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    refused: dict[str, Problem] = field(default_factory=dict)
    told: list[Problem] = field(default_factory=list)


def match(warehouse: Warehouse, spec: TableSpec, held: Held, source: str) -> Matched:
    """Find our columns in a table.

    A column of another type is looked at: without a value it may be taken for ours, and dates may
    be written as texts that begin ``2026-03-31``.

    Args:
        warehouse: where it lies.
        spec: ours.
        held: the table.
        source: how a query names the rows of it that count.
    """
    theirs: dict[str, str] = {}
    for name in held.columns:
        theirs.setdefault(bare(name), name)
    withheld = {bare(name) for name in held.withheld}
    found = Matched()
    closed: list[Column] = []
    doubtful: dict[str, str] = {}
    for column in spec.columns:
        keys = [bare(text) for text in (column.name, *column.headers)]
        own = next((key for key in keys if key in theirs), None)
        if own is None:
            if withheld.intersection(keys):
                closed.append(column)
            continue
        name = theirs[own]
        kind = held.columns[name][0]
        if kind in _TAKES[column.type]:
            found.theirs[column.name] = name
            found.raw[column.name] = raw_cell(column, name, kind)
        else:
            doubtful[column.name] = name
    if closed:
        told = Problem(
            held.place,
            f"this user may not read {named(closed)}; left out.",
            f"GRANT SELECT ON {held.place} TO the user of warehouse.url.",
        )
        found.refused |= dict.fromkeys((column.name for column in closed), told)
    if doubtful:
        _settle(warehouse, spec, held, source, doubtful, found)
    return found


def _settle(
    warehouse: Warehouse,
    spec: TableSpec,
    held: Held,
    source: str,
    doubtful: Mapping[str, str],
    found: Matched,
) -> None:
    """Look at columns whose type is not ours: one question for all of them."""
    texts: dict[str, str] = {}
    dates: dict[str, str] = {}
    for name, own in doubtful.items():
        column, cell = spec.column(name), f"t.{quoted(own)}"
        if held.columns[own][0] == "text":
            texts[name] = filled(f"CAST({cell} AS VARCHAR)")
            if column.type in ("date", "datetime"):
                dates[name] = iso_moment(cell, timed=column.type == "datetime")
    asked = [f"COUNT({texts.get(n) or f't.{quoted(own)}'})" for n, own in doubtful.items()]
    asked += [f"COUNT({dates[name]})" for name in dates]
    counts = warehouse.query(f"SELECT {', '.join(asked)} FROM {source} AS t")[0]
    held_in = dict(zip(doubtful, counts, strict=False))
    read_in = dict(zip(dates, counts[len(doubtful) :], strict=True))
    wrong: dict[tuple[str, str], list[Column]] = {}
    for name, own in doubtful.items():
        column = spec.column(name)
        if not held_in[name]:
            found.theirs[name], found.raw[name] = own, absent_value(column)
        elif read_in.get(name):
            found.theirs[name], found.raw[name] = own, dates[name]
            found.written[name] = texts[name]
            if lost := held_in[name] - read_in[name]:
                found.told.append(
                    Problem(
                        f"{held.place}.{own}",
                        f"is text; {lost} of its {held_in[name]} cells are no dates written as "
                        f"2026-03-31, from {cells.FIRST_DAY[:4]} on, and count as unreadable.",
                        "Change its type to a date.",
                    )
                )
        else:
            wrong.setdefault((held.columns[own][1], _WORDS[column.type]), []).append(column)
    for (type_, expected), columns in wrong.items():
        own = doubtful[columns[0].name]
        alone = len(columns) == 1
        iso = ", or text such as 2026-03-31," if all(c.name in dates for c in columns) else ""
        told = Problem(
            f"{held.place}.{own}" if alone else held.place,
            f"{'' if alone else f'{named(columns)}: '}{'is' if alone else 'are'} of the type "
            f"{type_}, where {expected}{iso} is expected; "
            f"{'the column is' if alone else 'they are'} left out.",
            "Change the type, or lay a view of the table's name over it that does.",
        )
        found.refused |= dict.fromkeys((column.name for column in columns), told)


def claimed(spec: TableSpec) -> frozenset[str]:
    """Every name that a column of ours may have in a table of somebody else's, bare."""
    return frozenset(bare(text) for c in spec.columns for text in (c.name, *c.headers))


def bare(name: str) -> str:
    """A name as names are compared: ``ChildID``, ``child_id`` and ``Child ID`` are one."""
    return normalise(name).replace(" ", "")


def named(columns: Iterable[Column]) -> str:
    """Columns as a sentence names them."""
    listed = ", ".join(f"'{column.name}'" for column in columns)
    return f"{'the columns' if ',' in listed else 'the column'} {listed}"

"""Checks views: what each draws on exists, is no circle, and what orders its rows is its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from selfassess.errors import Problem
from selfassess.loading.identifiers import name_problems
from selfassess.loading.names import unknown
from selfassess.model.evidence import TableSpec, View

__all__ = ["check_view"]

_TEXT = re.compile(r"'([^']*)'\Z|\"([^\"]*)\"\Z")


def check_view(
    view: View,
    at: Callable[..., str],
    tables: Mapping[str, TableSpec],
    views: Mapping[str, View],
) -> Iterator[Problem]:
    """Say what is wrong with a view; its expressions are checked with the measures.

    Args:
        view: the view.
        at: gives the place of a value in it.
        tables: every table.
        views: every view.
    """
    if not view.union:
        yield Problem(
            at("union"),
            f"the view '{view.id}' draws on nothing.",
            "List a table: 'union: [{table: …}]'.",
        )
    for position, part in enumerate(view.union):
        if part.table not in tables and part.table not in views:
            yield unknown("table", part.table, [*tables, *views], at("union", position, "table"))
    ring = _circle(view.id, views)
    if ring and view.id == min(ring):
        yield Problem(
            at("id"),
            "the views draw on one another in a circle: " + " draws on ".join(ring) + ".",
            "Let one of them draw on tables alone.",
        )
    for index, name in enumerate(view.columns):
        yield from name_problems("column", name, at("columns", index), before=view.columns[:index])
    holder = f"column of '{view.id}'"
    for key in ("key", "per"):
        for position, name in enumerate(getattr(view, key)):
            if name not in view.columns:
                yield unknown(holder, name, view.columns, at(key, position))
    for key in ("event", "opened", "closed"):
        name = getattr(view, key)
        if name is not None and name not in view.columns:
            yield unknown(holder, name, view.columns, at(key))
    yield from _order(view, at, tables)


def _circle(start: str, views: Mapping[str, View]) -> tuple[str, ...]:
    """The views by which a view comes back to itself, itself first and last; else nothing."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        for part in views[way[-1]].union if way[-1] in views else ():
            if part.table == start:
                return (*way, start)
            if part.table not in seen:
                seen.add(part.table)
                waiting.append((*way, part.table))
    return ()


def _order(
    view: View, at: Callable[..., str], tables: Mapping[str, TableSpec]
) -> Iterator[Problem]:
    """What says which row speaks first."""
    if view.first_of and not view.rank:
        yield Problem(
            at("first_of"),
            "'first_of' says an order, but not the column that it is of.",
            "Add 'rank' with a column of the view.",
        )
        return
    known = _values(view, tables)
    for index, value in enumerate(view.first_of):
        if known and value not in known:
            yield unknown(f"value of '{view.rank}'", value, sorted(known), at("first_of", index))


def _values(view: View, tables: Mapping[str, TableSpec]) -> set[str]:
    """What the column of `rank` can hold; nothing where that cannot be told."""
    found: set[str] = set()
    for part in view.union:
        text = part.columns.get(view.rank or "")
        table = tables.get(part.table)
        if text is not None and (match := _TEXT.match(text.strip())):
            found.add(match[1] or match[2] or "")
        elif text is None and table is not None:
            column = next((each for each in table.columns if each.name == view.rank), None)
            if column is None or not column.codes:
                return set()
            found |= {code.id for code in column.codes}
        else:
            return set()
    return found

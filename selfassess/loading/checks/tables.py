"""Checks declared tables and views: each name can be used, and all that a part refers to exists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from selfassess.errors import Problem
from selfassess.loading.checks.views import check_view
from selfassess.loading.identifiers import id_problems, name_problems
from selfassess.loading.names import unknown
from selfassess.loading.source import Document, KeyPath
from selfassess.model.evidence import Column, Link, TableSpec, View

if TYPE_CHECKING:
    from selfassess.loading.packs import TablesFile

__all__ = ["check_tables"]

At = Callable[..., str]

_DATES = ("event", "entry", "opened", "closed", "born")
_COVER = re.compile(r"[1-9]\d*\s+months?\Z")
_FILE = re.compile(r"[^/\\:]+\.[A-Za-z0-9]+\Z")


def check_tables(
    file: TablesFile,
    document: Document,
    tables: Mapping[str, TableSpec],
    views: Mapping[str, View],
) -> Iterator[Problem]:
    """Say everything that is wrong with a file of tables, given all tables that exist."""
    for index, table in enumerate(file.tables):
        at = _placing(document, ("tables", index))
        others = (*tables, *views)
        yield from name_problems("table", table.id, at("id"), before=others)
        yield from _table(table, at)
        names = [column.name for column in table.columns]
        yield from _links(table.id, table.links, names, at, tables, views)
    for index, view in enumerate(file.views):
        at = _placing(document, ("views", index))
        yield from name_problems("view", view.id, at("id"), before=(*tables, *views))
        yield from check_view(view, at, tables, views)
        yield from _links(view.id, view.links, view.columns, at, tables, views)


def _placing(document: Document, base: KeyPath) -> At:
    def at(*path: str | int) -> str:
        return document.place((*base, *path))

    return at


def _table(table: TableSpec, at: At) -> Iterator[Problem]:
    types = {column.name: column.type for column in table.columns}
    holder = f"column of '{table.id}'"
    for key in _DATES:
        name = getattr(table, key)
        if name is not None and name not in types:
            yield unknown(holder, name, types, at(key))
        elif name is not None and types[name] not in ("date", "datetime"):
            yield Problem(
                at(key),
                f"'{key}' of '{table.id}' names the column '{name}', which holds no dates but "
                f"type '{types[name]}'.",
                "Name a column of type 'date' or 'datetime', or change that column's type.",
            )
    for key in ("key", "state_columns"):
        for index, name in enumerate(getattr(table, key)):
            if name not in types:
                yield unknown(holder, name, types, at(key, index))
    if not table.key:
        yield Problem(
            at("key"),
            f"'key' of '{table.id}' names no column, so no row could say whom it speaks of.",
            "List the columns that together identify one " + (table.entity or "row") + ".",
        )
    if table.cover is not None and not _COVER.match(table.cover):
        yield Problem(
            at("cover"),
            f"'{table.cover}' is no span of months that a list holds.",
            "Write it as in '6 months'.",
        )
    for index, name in enumerate(table.files):
        if not _FILE.match(name):
            yield Problem(
                at("files", index),
                f"'{name}' is no name of a file.",
                "Write the name alone, with its ending and without a folder: 'visits.csv'.",
            )
    yield from _columns(table, at)


def _columns(table: TableSpec, at: At) -> Iterator[Problem]:
    seen: list[str] = []
    headed: dict[str, str] = {}
    for index, column in enumerate(table.columns):
        place = at("columns", index, "name")
        if column.name in seen:
            yield Problem(
                place,
                f"the table '{table.id}' declares the column '{column.name}' twice.",
                "Keep one of the two.",
            )
            continue
        yield from name_problems("column", column.name, place, before=seen)
        seen.append(column.name)
        if not column.headers:
            yield Problem(
                at("columns", index, "headers"),
                f"the column '{column.name}' of '{table.id}' has no header by which to find it.",
                "List at least one header text.",
            )
        for position, header in enumerate(column.headers):
            first = headed.setdefault(_said(header), column.name)
            if first != column.name:
                yield Problem(
                    at("columns", index, "headers", position),
                    f"the header '{header}' of '{column.name}' is that of '{first}' too: nobody "
                    "could tell which of the two a list means.",
                    "Give each column headers of its own.",
                )
        if (column.type == "code") != bool(column.codes):
            yield Problem(
                at("columns", index, "type"),
                f"the column '{column.name}' of '{table.id}' needs type 'code' and a list of codes "
                "together.",
                "Add 'codes', or choose another type.",
            )
        yield from _codes(column, index, at)


def _codes(column: Column, number: int, at: At) -> Iterator[Problem]:
    """Two codes of one id, or of one spelling: a cell could mean either."""
    owners: dict[str, int] = {}
    for index, code in enumerate(column.codes):
        here = ("columns", number, "codes", index)
        yield from id_problems("code", code.id, at(*here, "id"))
        spellings = [("id", code.id), ("title", code.title)]
        for position, text in enumerate(code.also):
            spellings.append(("also", text))
            where = at(*here, "also", position)
            first = owners.get(_said(text), index)
            if first != index:
                yield _shared(column, text, column.codes[first].id, code.id, where)
        for key, text in spellings[:2]:
            first = owners.get(_said(text), index)
            if first != index:
                yield _shared(column, text, column.codes[first].id, code.id, at(*here, key))
                break
        for _, text in spellings:
            owners.setdefault(_said(text), index)


def _shared(column: Column, text: str, first: str, second: str, where: str) -> Problem:
    if first == second:
        return Problem(
            where, f"the column '{column.name}' has the code '{first}' twice.", "Keep one of them."
        )
    return Problem(
        where,
        f"'{text}' means both '{first}' and '{second}' in the column '{column.name}'.",
        "Take it out of one of the two.",
    )


def _said(text: str) -> str:
    return " ".join(text.casefold().split())


def _links(
    owner: str,
    links: Iterable[Link],
    here: Iterable[str],
    at: At,
    tables: Mapping[str, TableSpec],
    views: Mapping[str, View],
) -> Iterator[Problem]:
    own = tuple(here)
    for index, link in enumerate(links):
        if link.table in tables:
            there: Iterable[str] = [column.name for column in tables[link.table].columns]
        elif link.table in views:
            there = views[link.table].columns
        else:
            names = [*tables, *views]
            yield unknown("table", link.table, names, at("links", index, "table"))
            continue
        for mine, theirs in link.on.items():
            place = at("links", index, "on", mine)
            if mine not in own:
                yield unknown(f"column of '{owner}'", mine, own, place)
            if theirs not in there:
                yield unknown(f"column of '{link.table}'", theirs, there, place)

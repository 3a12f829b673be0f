"""Checks declared tables and views: every column and table that a part refers to exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from selfassess.errors import Problem
from selfassess.loading.names import unknown
from selfassess.loading.source import Document, KeyPath
from selfassess.model.evidence import Link, TableSpec, View

if TYPE_CHECKING:
    from selfassess.loading.packs import TablesFile

__all__ = ["check_tables"]


def check_tables(
    file: TablesFile,
    document: Document,
    tables: Mapping[str, TableSpec],
    views: Mapping[str, View],
) -> Iterator[Problem]:
    """Say everything that is wrong with a file of tables, given all tables that exist."""
    for index, table in enumerate(file.tables):
        yield from _table(table, document, ("tables", index))
        yield from _links(table.links, document, ("tables", index, "links"), tables, views)
    for index, view in enumerate(file.views):
        yield from _view(view, document, ("views", index), tables, views)
        yield from _links(view.links, document, ("views", index, "links"), tables, views)


def _view(
    view: View,
    document: Document,
    path: KeyPath,
    tables: Mapping[str, TableSpec],
    views: Mapping[str, View],
) -> Iterator[Problem]:
    for position, part in enumerate(view.union):
        if part.table not in tables and part.table not in views:
            names = [*tables, *views]
            yield unknown("table", part.table, names, document.place((*path, "union", position)))
    for key in ("key", "per"):
        for position, name in enumerate(getattr(view, key)):
            if name not in view.columns:
                place = document.place((*path, key, position))
                yield unknown(f"column of '{view.id}'", name, view.columns, place)


def _table(table: TableSpec, document: Document, path: KeyPath) -> Iterator[Problem]:
    names = {column.name for column in table.columns}
    for key in ("event", "entry", "opened", "closed"):
        name = getattr(table, key)
        if name is not None and name not in names:
            yield unknown(f"column of '{table.id}'", name, names, document.place((*path, key)))
    for key in ("key", "state_columns"):
        for index, name in enumerate(getattr(table, key)):
            if name not in names:
                place = document.place((*path, key, index))
                yield unknown(f"column of '{table.id}'", name, names, place)
    seen: set[str] = set()
    for index, column in enumerate(table.columns):
        if column.name in seen:
            yield Problem(
                document.place((*path, "columns", index, "name")),
                f"the table '{table.id}' declares the column '{column.name}' twice.",
                "Keep one of the two.",
            )
        seen.add(column.name)
        if not column.headers:
            yield Problem(
                document.place((*path, "columns", index, "headers")),
                f"the column '{column.name}' of '{table.id}' has no header by which to find it.",
                "List at least one header text.",
            )
        if (column.type == "code") != bool(column.codes):
            yield Problem(
                document.place((*path, "columns", index, "type")),
                f"the column '{column.name}' of '{table.id}' needs type 'code' and a list of codes "
                "together.",
                "Add 'codes', or choose another type.",
            )


def _links(
    links: tuple[Link, ...],
    document: Document,
    path: KeyPath,
    tables: Mapping[str, TableSpec],
    views: Mapping[str, View],
) -> Iterator[Problem]:
    for index, link in enumerate(links):
        if link.table not in tables and link.table not in views:
            names = [*tables, *views]
            yield unknown("table", link.table, names, document.place((*path, index, "table")))

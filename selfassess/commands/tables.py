"""``tables list | show``: what measures can be counted from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.commands.options import packs_of, packs_option
from selfassess.errors import UsageError, nearest

if TYPE_CHECKING:
    from selfassess.model.evidence import Column, Link, TableSpec, View

__all__ = ["tables"]


@click.group()
def tables() -> None:
    """Tables and views: the columns and codes that measures are counted from."""


@tables.command("list")
@packs_option
def list_(workspace: Path | None) -> None:
    """List every table and view; --workspace shows those of packs in hand as well."""
    from selfassess.toolkit import Toolkit

    library = Toolkit.load(packs_of(workspace)).library
    for table in library.tables.values():
        kind = "table" if not table.dataset else "table of a dataset"
        click.echo(f"{table.id:34} {kind:19} {table.title}")
    for view in library.views.values():
        click.echo(f"{view.id:34} {'view':19} {view.title}")


@tables.command()
@click.argument("table_id", metavar="ID")
@packs_option
def show(table_id: str, workspace: Path | None) -> None:
    """Show a table's columns with their types, headers and codes; or what a view is made of."""
    from selfassess.toolkit import Toolkit

    library = Toolkit.load(packs_of(workspace)).library
    if table_id in library.tables:
        lines = _table(library.tables[table_id])
    elif table_id in library.views:
        lines = _view(library.views[table_id])
    else:
        raise UsageError(
            f"'{table_id}' is no table or view.",
            hint=nearest(table_id, [*library.tables, *library.views])
            or "`selfassess tables list` shows all.",
        )
    for line in lines:
        click.echo(line)


_DATES = (
    ("event", "dated by"),
    ("entry", "recorded on"),
    ("opened", "opened on"),
    ("closed", "closed on"),
    ("closed_when", "closed where"),
    ("born", "date of birth"),
)


def _table(table: TableSpec) -> Iterator[str]:
    yield f"{table.id}: {table.title}"
    if table.note:
        yield table.note
    yield f"One row speaks of: {table.entity}, known by {', '.join(table.key)}"
    for key, words in _DATES:
        if getattr(table, key):
            yield f"{words[0].upper()}{words[1:]}: {getattr(table, key)}"
    if table.cover:
        yield f"Holds the last {table.cover}"
    if table.files:
        yield f"File: {', '.join(table.files)}"
    yield "Columns:"
    for column in table.columns:
        yield from _column(column)
    yield from _links(table.links)


def _column(column: Column) -> Iterator[str]:
    needed = " (required)" if column.required else ""
    yield f"  {column.name:26} {column.type:9} {column.headers[0]}{needed}"
    for code in column.codes:
        yield f"      '{code.id}'  {code.title}"


def _view(view: View) -> Iterator[str]:
    yield f"{view.id}: {view.title}"
    if view.note:
        yield view.note
    yield f"One row speaks of: {view.entity}, known by {', '.join(view.key)}"
    for key in ("event", "opened", "closed"):
        if getattr(view, key):
            yield f"{key.capitalize()}: {getattr(view, key)}"
    yield "Draws on:"
    for part in view.union:
        where = f", where {part.filter}" if part.filter else ""
        yield f"  {part.table}{' (open rows)' if part.open else ''}{where}"
    if view.supplies:
        yield f"Makes the table {view.supplies} where no file holds it"
    yield f"Columns: {', '.join(view.columns)}"
    yield from _links(view.links)


def _links(links: tuple[Link, ...]) -> Iterator[str]:
    for link in links:
        pairs = ", ".join(f"{here} = {there}" for here, there in link.on.items())
        yield f"Link {link.name}.… leads to {link.table}, where {pairs}"

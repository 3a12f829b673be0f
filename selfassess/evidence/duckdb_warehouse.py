"""DuckDB, in process: no file, no network, the same answer every time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from selfassess.errors import EvidenceError, MeasureError
from selfassess.evidence.cells import literal
from selfassess.evidence.warehouse import Fault, Warehouse, plain, quoted

__all__ = ["DuckDBWarehouse", "quoted"]

Settings = Mapping[str, str | bool | int | float | list[str]]

_SETTINGS: Settings = {
    # Loading is a chain of small statements, which more threads only make dearer.
    "threads": "1",
    # Children's rows must never spill to a disk.
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

_MANY_ROWS = 1_000_000
"""With fewer, threads wait for one another longer than they work."""
_MOST_THREADS = 8


class DuckDBWarehouse(Warehouse):
    """Holds the evidence in memory.

    Loading may change tables freely; `lock` ends that. SQL reaches neither files nor the network,
    and no setting can be changed back. Files that are named can be opened until `shut`.
    """

    dialect = "duckdb"
    engine = "duckdb"

    def __init__(self, settings: Settings | None = None, files: Iterable[Path] = ()) -> None:
        """Begin empty.

        Args:
            settings: DuckDB's own, in place of or beside those that keep rows in memory.
            files: what SQL may open until `shut`; nothing else, ever.
        """
        self._views: set[str] = set()
        self._connection = duckdb.connect(":memory:", config={**_SETTINGS, **(settings or {})})
        listed = ", ".join(literal(str(path)) for path in files)
        if listed:
            self._connection.execute(f"SET allowed_paths = [{listed}]")
        self._connection.execute("SET enable_external_access = false")
        self.wrong = EvidenceError

    def shut(self) -> None:
        """End the reading of files: from now on SQL reaches nothing outside."""
        # The paths that were allowed cannot be taken back, so the way to all paths is.
        self._connection.execute("SET disabled_filesystems = 'LocalFileSystem'")

    def lock(self, rows: int = 0) -> None:
        """End loading: the configuration cannot be changed any more.

        Args:
            rows: how many there are in all; questions about many are shared out among threads.
        """
        self.shut()
        if rows > _MANY_ROWS:
            self._connection.execute(f"SET threads = {min(os.cpu_count() or 1, _MOST_THREADS)}")
        self._connection.execute("SET lock_configuration = true")
        self.wrong = MeasureError

    def close(self) -> None:
        """Let go of the evidence."""
        self._connection.close()

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run a statement for its effect; for loading."""
        self._guarded(sql, lambda: self._connection.execute(sql, list(parameters) or None))

    def ask(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run a query with parameters; for loading."""
        return self._guarded(
            sql, lambda: self._connection.execute(sql, list(parameters)).fetchall()
        )

    def show(self, name: str, cells: Any) -> None:
        """Let SQL see an Arrow-capable object under a name, without copying it."""
        self._connection.register(name, cells)

    def hide(self, name: str) -> None:
        """End what `show` began."""
        self._connection.unregister(name)

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        found = self._connection.execute(statement)
        rows = found.fetchall()
        decimals = any(column[1].id == "decimal" for column in found.description)
        return plain(rows) if decimals else rows

    def _names(self, statement: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self._rows(f"DESCRIBE {statement}"))

    def _keep(self, name: str, statement: str) -> None:
        self._clear(name)
        self._connection.execute(f"CREATE OR REPLACE TABLE {quoted(name)} AS {statement}")

    def _show(self, name: str, statement: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE VIEW {quoted(name)} AS {statement}")
        self._views.add(name)

    def _clear(self, name: str) -> None:
        """Take a view away: the engine replaces no view by a table."""
        if name in self._views:
            self._connection.execute(f"DROP VIEW {quoted(name)}")
            self._views.remove(name)

    def _fill(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        self._clear(name)
        body = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
        self._connection.execute(f"CREATE OR REPLACE TABLE {quoted(name)} ({body})")
        # A list a column: row by row it would be a statement each.
        given = [list(values) for values in zip(*rows, strict=True)]
        if given:
            shown = ", ".join(
                f"unnest(${n + 1}::{kind}[])" for n, kind in enumerate(columns.values())
            )
            self._connection.execute(f"INSERT INTO {quoted(name)} SELECT {shown}", given)

    def _fault(self, error: Exception) -> Fault | None:
        if not isinstance(error, duckdb.Error):
            return None
        # The engine's own text may quote a cell; only errors about the statement are passed on.
        about_the_statement = isinstance(
            error, (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)
        )
        return Fault(
            kind=type(error).__name__.removesuffix("Exception"),
            detail=_first_line(error) if about_the_statement else "",
        )


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else ""

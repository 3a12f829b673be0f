"""DuckDB, in process: no file, no network, the same answer every time."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any

import duckdb

from selfassess.errors import EvidenceError, MeasureError

__all__ = ["DuckDBWarehouse"]

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
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


class DuckDBWarehouse:
    """Holds the evidence in memory.

    Loading may change tables freely; `lock` ends that. Afterwards neither files nor the network can
    be reached from SQL, and no setting can be changed back.
    """

    dialect = "duckdb"

    def __init__(self) -> None:
        self._connection = duckdb.connect(":memory:", config=_SETTINGS)
        self._connection.execute("SET enable_external_access = false")
        self._loading = True

    def lock(self, rows: int = 0) -> None:
        """End loading: the configuration cannot be changed any more.

        Args:
            rows: how many there are in all; questions about many are shared out among threads.
        """
        if rows > _MANY_ROWS:
            self._connection.execute(f"SET threads = {min(os.cpu_count() or 1, _MOST_THREADS)}")
        self._connection.execute("SET lock_configuration = true")
        self._loading = False

    def close(self) -> None:
        """Let go of the evidence."""
        self._connection.close()

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a query and return its rows.

        Raises:
            MeasureError: the engine refuses it; names the statement, never the data.
        """
        return self._run(sql, parameters).fetchall()

    def columns(self, sql: str) -> tuple[str, ...]:
        """The names of a query's columns, without running it."""
        described = self._run(f"DESCRIBE {sql}", ()).fetchall()
        return tuple(row[0] for row in described)

    def create_table_as(self, name: str, sql: str) -> None:
        """Keep a query's answer as a table; a table of that name is replaced."""
        self._run(f"CREATE OR REPLACE TABLE {quoted(name)} AS {sql}", ())

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run a statement for its effect; for loading."""
        self._run(sql, parameters)

    def show(self, name: str, cells: Any) -> None:
        """Let SQL see an Arrow-capable object under a name, without copying it."""
        self._connection.register(name, cells)

    def hide(self, name: str) -> None:
        """End what `show` began."""
        self._connection.unregister(name)

    def _run(self, sql: str, parameters: Sequence[Any]) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(sql, list(parameters) or None)
        except duckdb.Error as error:
            wrong = EvidenceError if self._loading else MeasureError
            kind = type(error).__name__.removesuffix("Exception")
            # The engine's own text may quote a cell; only errors about the statement are passed on.
            about_the_statement = isinstance(
                error, (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)
            )
            detail = f": {_first_line(error)}" if about_the_statement else ""
            raise wrong(
                f"The engine refused a statement ({kind}{detail}).\n{_shortened(sql)}"
            ) from None


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else ""


def _shortened(sql: str, limit: int = 2000) -> str:
    text = re.sub(r"\n\s*\n", "\n", sql.strip())
    return text if len(text) <= limit else text[:limit] + " …"

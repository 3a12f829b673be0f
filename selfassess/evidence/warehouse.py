"""The port to an engine that runs queries over the evidence. DuckDB stands behind it by default."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

__all__ = ["Warehouse"]


class Warehouse(Protocol):
    """Answers the one portable shape of SQL that measures compile to."""

    dialect: str
    """The name of its SQL dialect, as sqlglot knows it."""

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a query and return its rows.

        Raises:
            MeasureError: the engine refuses it; names the statement, never the data.
        """
        ...

    def columns(self, sql: str) -> tuple[str, ...]:
        """The names of a query's columns, without running it."""
        ...

    def create_table_as(self, name: str, sql: str) -> None:
        """Keep a query's answer as a table; a table of that name is replaced."""
        ...

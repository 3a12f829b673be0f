"""Rows of text as an Arrow-capable table, without a data-frame library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

__all__ = ["TextTable"]


class TextTable:
    """Hands a DuckDB relation over by the Arrow PyCapsule interface, and keeps what it needs."""

    def __init__(self, relation: duckdb.DuckDBPyRelation) -> None:
        self._relation = relation

    @classmethod
    def of_rows(cls, rows: Sequence[Sequence[str]]) -> TextTable:
        """Make one of rows of unequal length; empty cells become NULL."""
        width = max((len(row) for row in rows), default=0) or 1
        columns: list[list[str | None]] = [
            [row[i] or None if i < len(row) else None for row in rows] for i in range(width)
        ]
        unnested = ", ".join(f"unnest(${i + 1}::VARCHAR[]) AS c{i}" for i in range(width))
        connection = duckdb.connect(":memory:", config={"threads": "1", "temp_directory": ""})
        connection.execute(f"CREATE TABLE cells AS SELECT {unnested}", columns)
        return cls(connection.sql("SELECT * FROM cells"))

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """Export the rows as an Arrow stream."""
        return self._relation.__arrow_c_stream__(requested_schema)

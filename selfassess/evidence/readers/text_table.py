"""Rows of text that an engine reads by itself, without a data-frame library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

__all__ = ["RelationTable", "TextTable", "engine"]


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of text as DuckDB reads them: by a query, so that the warehouse needs no go-between.

    Attributes:
        query: a SELECT of text columns; empty cells are NULL.
        parameters: what it is to be run with.
        otherwise: makes the same of text at hand, for where the engine may not open the file: on
            Windows it asks more of a file that another program holds than Python does.
    """

    query: str
    parameters: tuple[Any, ...]
    otherwise: Callable[[], TextTable] | None = None

    @staticmethod
    def takes(path: Path) -> bool:
        """Whether the engine takes a path for what it is: no pattern that means other files."""
        return not any(sign in str(path) for sign in "*?[]{}")

    @classmethod
    def of_file(
        cls,
        path: Path,
        delimiter: str,
        width: int,
        otherwise: Callable[[], TextTable] | None = None,
    ) -> TextTable:
        """Make one of a file of separated text in UTF-8; it is read when the query is run.

        Args:
            path: the file.
            delimiter: what stands between cells.
            width: how many cells the widest row has.
            otherwise: makes the same without the file.
        """
        columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width))
        query = (
            f"SELECT * FROM read_csv($1, delim = $2, columns = {{{columns}}}, header = false,"
            " auto_detect = false, quote = '\"', escape = '\"', null_padding = true,"
            " parallel = false, compression = 'none', hive_partitioning = false)"
        )
        return cls(query, (str(path), delimiter), otherwise)

    @classmethod
    def of_rows(cls, rows: Sequence[Sequence[str]]) -> TextTable:
        """Make one of rows of unequal length."""
        width = max((len(row) for row in rows), default=0) or 1
        # One long text is handed over far faster than a list for each column.
        text = "".join(map("".join, rows))
        between, after = _unused(text)
        cells = ", ".join(f"nullif(cells[{i + 1}], '') AS c{i}" for i in range(width))
        query = (
            f"SELECT {cells} FROM (SELECT string_split(line, $2) AS cells"
            " FROM (SELECT unnest(string_split($1, $3)) AS line)) LIMIT $4"
        )
        return cls(query, (after.join(map(between.join, rows)), between, after, len(rows)))

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """Export the rows as an Arrow stream, to whoever is no DuckDB."""
        relation = engine().sql(self.query, params=list(self.parameters))
        return relation.__arrow_c_stream__(requested_schema)


class RelationTable:
    """Hands a DuckDB relation over by the Arrow PyCapsule interface, and keeps what it needs."""

    def __init__(self, relation: duckdb.DuckDBPyRelation) -> None:
        self._relation = relation

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """Export the rows as an Arrow stream."""
        return self._relation.__arrow_c_stream__(requested_schema)


def engine() -> duckdb.DuckDBPyConnection:
    """A connection of one's own to an engine that holds nothing and leaves no file."""
    return _process_engine().cursor()


@cache
def _process_engine() -> duckdb.DuckDBPyConnection:
    # Starting one costs more than reading a file of some thousand rows.
    return duckdb.connect(":memory:", config={"threads": "1", "temp_directory": ""})


def _unused(text: str) -> tuple[str, str]:
    """Two signs that do not occur in a text; control characters first."""
    signs = map(chr, chain(range(0x1E, 0, -1), range(0xE000, 0x110000)))
    free = (sign for sign in signs if sign not in text)
    return next(free), next(free)

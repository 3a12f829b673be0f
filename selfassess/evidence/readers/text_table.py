"""Rows of text as an Arrow-capable table, without a data-frame library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

__all__ = ["TextTable", "engine"]


class TextTable:
    """Hands a DuckDB relation over by the Arrow PyCapsule interface, and keeps what it needs."""

    def __init__(self, relation: duckdb.DuckDBPyRelation) -> None:
        self._relation = relation

    @staticmethod
    def takes(path: Path) -> bool:
        """Whether the engine takes a path for what it is: no pattern that means other files."""
        return not any(sign in str(path) for sign in "*?[]{}")

    @classmethod
    def of_file(cls, path: Path, delimiter: str, width: int) -> TextTable:
        """Make one of a file of separated text in UTF-8; empty cells are NULL.

        Args:
            path: the file; it is read when the table is.
            delimiter: what stands between cells.
            width: how many cells the widest row has.
        """
        relation = engine().read_csv(
            str(path),
            header=False,
            auto_detect=False,
            columns={f"c{i}": "VARCHAR" for i in range(width)},
            delimiter=delimiter,
            quotechar='"',
            escapechar='"',
            null_padding=True,
            parallel=False,
            compression="none",
            hive_partitioning=False,
        )
        return cls(relation)

    @classmethod
    def of_rows(cls, rows: Sequence[Sequence[str]]) -> TextTable:
        """Make one of rows of unequal length; empty cells become NULL."""
        width = max((len(row) for row in rows), default=0) or 1
        # One long text is handed over far faster than a list for each column.
        text = "".join(map("".join, rows))
        between, after = _unused(text)
        cells = ", ".join(f"nullif(cells[{i + 1}], '') AS c{i}" for i in range(width))
        relation = engine().sql(
            f"SELECT {cells} FROM (SELECT string_split(line, $2) AS cells"
            " FROM (SELECT unnest(string_split($1, $3)) AS line)) LIMIT $4",
            params=[after.join(map(between.join, rows)), between, after, len(rows)],
        )
        return cls(relation)

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

"""Parquet files, as data platforms write them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from selfassess.errors import EvidenceError
from selfassess.evidence.cells import literal
from selfassess.evidence.readers.files import contents
from selfassess.model.evidence import Sheet

__all__ = ["ParquetReader"]


class ParquetReader:
    """Reads one Parquet file as a sheet: its column names are row 1, its rows follow."""

    suffixes: tuple[str, ...] = (".parquet",)

    def read(self, path: Path) -> Iterator[Sheet]:
        """Yield the file as one sheet of text cells."""
        import duckdb

        from selfassess.evidence.readers.text_table import RelationTable, engine

        contents(path)
        connection = engine()
        try:
            source = connection.read_parquet(str(path))
            names = source.columns
            # Types are the table's business, not the file's: every cell goes over as text.
            texts = ", ".join(
                f'CAST("{_escaped(n)}" AS VARCHAR) AS c{i}' for i, n in enumerate(names)
            )
            heads = ", ".join(map(literal, names))
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE cells AS SELECT * FROM (VALUES ({heads})) AS h"
                f" UNION ALL SELECT {texts} FROM source"
            )
        except duckdb.Error:
            raise EvidenceError(
                f"{path.name}: this is not a readable Parquet file.", hint="Export it again."
            ) from None
        yield Sheet(name=path.stem, cells=RelationTable(connection.sql("SELECT * FROM cells")))


def _escaped(name: str) -> str:
    return name.replace('"', '""')

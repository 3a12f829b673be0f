"""Writes a national dataset: 152 councils, six years of linked pathways, all of it invented.

    python benchmarks/national.py FOLDER [--rows 2000000] [--councils 152] [--seed 1]

A folder a table with Parquet files of a few councils each. They hold the columns that the table
declares, the warehouse's own (row_id, source_sheet, source_row, unknown_cells) and ``council``.
DuckDB draws every number from a hash of the child, the step and the seed, so little is held in
memory and the same version of DuckDB writes the same rows again. Child ids are unique across
councils.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from national_tables import AS_AT, TABLES, VIEWS

if TYPE_CHECKING:
    import duckdb

    from selfassess.model.evidence import TableSpec

__all__ = ["AS_AT", "COUNCILS", "write_national"]

COUNCILS = 152
ROWS_A_CHILD = 4.88
"""As drawn; so many children are needed for the rows asked for."""
CHILDREN_A_FILE = 500_000

_TYPES = {
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "datetime": "TIMESTAMP",
}


def write_national(
    folder: Path, rows: int, *, councils: int = COUNCILS, seed: int = 1
) -> dict[str, int]:
    """Write the dataset.

    Args:
        folder: where to; files of the same names are replaced.
        rows: about how many in all tables together.
        councils: how many share them.
        seed: another one gives other children.

    Returns:
        The rows of each table.
    """
    import duckdb

    from selfassess.toolkit import Toolkit

    specs = Toolkit.load().library.tables
    folder.mkdir(parents=True, exist_ok=True)
    per_council = max(1, round(rows / ROWS_A_CHILD / councils))
    per_team = max(2, round(per_council / 1600))
    # One thread: a second one would only keep rows waiting for their turn.
    connection = duckdb.connect(":memory:", config={"threads": "1", "temp_directory": ""})
    for statement in (
        f"CREATE MACRO u(i, j, salt) AS (hash(i, j, salt, {seed}) >> 11)::DOUBLE * {2.0**-53!r}",
        "CREATE MACRO first_council() AS 0",
        "CREATE MACRO last_council() AS 0",
        VIEWS.replace("per_council", str(per_council)),
    ):
        connection.execute(statement)
    step = max(1, min(councils, CHILDREN_A_FILE // per_council))
    parts = [(first, min(first + step, councils)) for first in range(0, councils, step)]
    written = {}
    for name, (source, columns) in TABLES.items():
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir(parents=True)
        shown = _shown(specs[name], columns)
        written[name] = 0
        for number, (first, last) in enumerate(parts):
            connection.execute(f"CREATE OR REPLACE MACRO first_council() AS {first}")
            connection.execute(f"CREATE OR REPLACE MACRO last_council() AS {last}")
            query = f"{shown} FROM ({source})".replace("per_team", str(per_team))
            query = query.replace("rows_before", str(written[name]))
            path = folder / name / f"part-{number:03d}.parquet"
            written[name] += _write(connection, path, query)
    about = {"as_at": AS_AT, "councils": councils, "seed": seed, "tables": written}
    (folder / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return written


def _shown(spec: TableSpec, columns: Mapping[str, str]) -> str:
    """Every declared column with its type, and the warehouse's own."""
    unknown = set(columns) - {column.name for column in spec.columns}
    if unknown:
        raise SystemExit(f"{spec.id} declares no {', '.join(sorted(unknown))}")
    declared = [
        f"CAST({columns.get(column.name, 'NULL')} AS {_TYPES.get(column.type, 'VARCHAR')})"
        f' AS "{column.name}"'
        for column in spec.columns
    ]
    return (
        "SELECT row_id, 0::INTEGER AS source_sheet, (row_id + 1)::INTEGER AS source_row, "
        f"NULL::VARCHAR AS unknown_cells, council, * EXCLUDE (row_id, council) FROM "
        f"(SELECT rows_before + row_number() OVER () AS row_id, council, {', '.join(declared)}"
    )


def _write(connection: duckdb.DuckDBPyConnection, path: Path, query: str) -> int:
    sql = f"COPY ({query})) TO '{path.as_posix()}' (FORMAT parquet, COMPRESSION zstd)"
    return int(connection.execute(sql).fetchall()[0][0])


def main() -> None:
    """Write a dataset and say what is in it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--councils", type=int, default=COUNCILS)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    began = time.perf_counter()
    written = write_national(chosen.folder, chosen.rows, councils=chosen.councils, seed=chosen.seed)
    for name, rows in written.items():
        print(f"{name:14} {rows:12,}")
    size = sum(path.stat().st_size for path in chosen.folder.rglob("*.parquet"))
    print(
        f"{'in all':14} {sum(written.values()):12,}  {size / 1e6:.0f} MB, "
        f"{time.perf_counter() - began:.1f} s"
    )


if __name__ == "__main__":
    main()

"""Loads a national dataset into an empty PostgreSQL database.

python load_postgres.py FOLDER URL
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import duckdb
import psycopg

TYPES = {"VARCHAR": "TEXT", "DOUBLE": "DOUBLE PRECISION"}
CHUNK = 1 << 20


def main(folder: str, url: str) -> None:
    """Make a table of each folder of Parquet files, with its statistics."""
    source = duckdb.connect()
    with psycopg.connect(url, autocommit=True) as target, tempfile.TemporaryDirectory() as place:
        text = Path(place) / "rows.csv"
        for below in sorted(path for path in Path(folder).iterdir() if path.is_dir()):
            files = f"read_parquet('{below.as_posix()}/*.parquet')"
            columns = source.execute(f"DESCRIBE SELECT * FROM {files}").fetchall()
            body = ", ".join(f'"{name}" {TYPES.get(kind, kind)}' for name, kind, *_ in columns)
            target.execute(f'CREATE TABLE "{below.name}" ({body})'.encode())
            source.execute(f"COPY (FROM {files}) TO '{text.as_posix()}' (FORMAT csv, HEADER false)")
            into = f'COPY "{below.name}" FROM STDIN (FORMAT csv)'.encode()
            with target.cursor() as cursor, cursor.copy(into) as copy, text.open("rb") as rows:
                while chunk := rows.read(CHUNK):
                    copy.write(chunk)
        target.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main(*sys.argv[1:])

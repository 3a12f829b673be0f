"""Makes ``data/`` from the CSV files: ``python build.py DIR_OF_CSVS [OUT]``. Run by maintainers.

The same files give the same bytes with the same major version of DuckDB. Rows are put in order of
their keys; nothing is left out, rounded or filled in.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import duckdb

KEYS = {
    "indicator_catalogue": ("indicator_id",),
    "local_authorities": ("old_la_code",),
    "grade_separation": ("indicator_id", "judgement_area"),
    "sources": ("source_id",),
}
"""Small tables: kept as CSV, which anyone can open and compare."""

LARGE = {
    "indicators": "indicator_id, level, old_la_code, la_code, year_end",
    "statistical_neighbours": "list_date, old_la_code, rank",
    "ofsted_outcomes": "inspection_id, judgement_area",
}
"""Large tables and their order: compressed Parquet, which loads many times faster."""

TYPES = {
    "year_end": "INTEGER",
    "rank": "INTEGER",
    "value": "DOUBLE",
    "numerator": "DOUBLE",
    "denominator": "DOUBLE",
    "inspection_date": "DATE",
    "publication_date": "DATE",
}
"""Columns of large tables that are not text."""


def build(source: Path, out: Path) -> None:
    """Write every table into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    for name, key in KEYS.items():
        _copy_sorted(source / f"{name}.csv", out / f"{name}.csv", key)
    for name, order in LARGE.items():
        _parquet(source / f"{name}.csv", out / f"{name}.parquet", order)


def _copy_sorted(source: Path, target: Path, key: tuple[str, ...]) -> None:
    with source.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        columns = list(reader.fieldnames or ())
        rows = sorted(reader, key=lambda row: [_natural(row[column]) for column in key])
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _natural(text: str) -> tuple[int, str]:
    """Numbers by size, words by letter."""
    return (int(text), "") if text.isdigit() else (-1, text)


def _parquet(source: Path, target: Path, order: str) -> None:
    with source.open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream))
    types = ", ".join(f"'{name}': '{TYPES.get(name, 'VARCHAR')}'" for name in header)
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(
        f"COPY (SELECT * FROM read_csv(?, header = true, columns = {{{types}}}) ORDER BY {order}) "
        f"TO '{target.as_posix()}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19, "
        "ROW_GROUP_SIZE 8192)",
        [str(source)],
    )
    connection.close()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    build(
        Path(sys.argv[1]),
        Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).parent / "data",
    )

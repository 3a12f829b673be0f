"""The invented national data are what our tables declare; the picture of their cost tells all."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest
from benchmark_modules import benchmark, national

from selfassess.toolkit import Toolkit


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("national")
    national().write_national(found, 6000, councils=3, seed=4)
    return found


def ask(folder: Path, query: str) -> list[tuple[Any, ...]]:
    tables = {
        below.name: f"read_parquet('{below.as_posix()}/*.parquet')" for below in folders(folder)
    }
    return duckdb.connect().execute(query.format(**tables)).fetchall()


def folders(folder: Path) -> list[Path]:
    return sorted(below for below in folder.iterdir() if below.is_dir())


def test_tables_hold_what_they_declare(folder: Path) -> None:
    specs = Toolkit.load().library.tables
    for below in folders(folder):
        spec = specs[below.name]
        columns = [row[0] for row in ask(folder, f"DESCRIBE SELECT * FROM {{{below.name}}}")]
        assert set(columns) >= {column.name for column in spec.columns}
        assert {"row_id", "source_sheet", "source_row", "unknown_cells", "council"} <= set(columns)
        for column in spec.columns:
            asked = f'SELECT DISTINCT "{column.name}" FROM {{{below.name}}}'
            found = {row[0] for row in ask(folder, asked)} - {None}
            assert found or not column.required, f"{below.name}.{column.name}"
            if column.codes:
                assert found <= {code.id for code in column.codes}, f"{below.name}.{column.name}"


def test_a_child_belongs_to_one_council(folder: Path) -> None:
    union = " UNION ALL ".join(
        f"SELECT child_id, council FROM {{{name}}}"
        for name in ("contacts", "referrals", "cp", "care")
    )
    shared = f"SELECT child_id FROM ({union}) GROUP BY child_id HAVING COUNT(DISTINCT council) > 1"
    assert ask(folder, shared) == []
    assert ask(folder, "SELECT COUNT(DISTINCT council) FROM {referrals}") == [(3,)]


def test_steps_follow_one_another(folder: Path) -> None:
    """Nobody is on a plan without a conference on that day, nor assessed without a referral."""
    assert ask(
        folder,
        "SELECT COUNT(*) FROM {cp} AS p ANTI JOIN {section_47} AS s ON s.child_id = p.child_id "
        "AND s.icpc_date = p.plan_start_date",
    ) == [(0,)]
    assert ask(
        folder,
        "SELECT COUNT(*) FROM {assessments} AS a ANTI JOIN {referrals} AS r "
        "ON r.child_id = a.child_id AND r.referral_date <= a.start_date",
    ) == [(0,)]
    assert ask(folder, "SELECT COUNT(*) FROM {cin} WHERE closure_date < start_date") == [(0,)]


def test_the_list_counts_earlier_referrals_right(folder: Path) -> None:
    wrong = """SELECT COUNT(*) FROM (
        SELECT r.row_id, MAX(r.referrals_last_12m) AS said, COUNT(e.row_id) AS counted
        FROM {referrals} AS r LEFT JOIN {referrals} AS e ON e.child_id = r.child_id
            AND e.referral_date < r.referral_date AND e.referral_date >= r.referral_date - 365
        GROUP BY r.row_id) WHERE said <> counted"""
    assert ask(folder, wrong) == [(0,)]


def test_the_same_seed_gives_the_same_rows(folder: Path, tmp_path: Path) -> None:
    write = national().write_national
    write(tmp_path / "again", 6000, councils=3, seed=4)
    write(tmp_path / "other", 6000, councils=3, seed=5)
    every = "SELECT * FROM {referrals} ORDER BY row_id"
    assert ask(tmp_path / "again", every) == ask(folder, every)
    assert ask(tmp_path / "other", every) != ask(folder, every)


def test_the_picture_says_in_words_what_it_shows() -> None:
    plot = benchmark("scale_plot")
    run = {"wall": 2.0, "cpu": 3.0, "peak": 100.0, "each": {"a.measure": 1.5}}
    sizes = [
        {"rows": 1000, "decode": {"arrow": [{"wall": 0.5, "cpu": 1.0}]}, "runs": {"duckdb": [run]}},
        {
            "rows": 2_000_000,
            "decode": {
                "arrow": [{"wall": 4.0, "cpu": 6.0}],
                "checksum": [{"wall": 2.5, "cpu": 3.0}],
            },
            "runs": {"duckdb": [{**run, "wall": 20.0, "cpu": 30.0}], "spark": [run]},
        },
    ]
    root = ElementTree.fromstring(plot.svg({"sizes": sizes}))  # noqa: S314 - our own picture
    space = "{http://www.w3.org/2000/svg}"
    told = root.findtext(f"{space}desc") or ""
    assert "decoding the columns once: 0.5 s at 1,000 rows, 4 s at 2 million" in told
    assert "DuckDB over Parquet: 2 s at 1,000 rows, 20 s at 2 million" in told
    assert "Spark: 2 s at 2 million rows" in told
    # Every line has a form of its own and its name beside it.
    lines = root.findall(f"{space}polyline")
    assert len({line.get("stroke-dasharray") for line in lines}) == len(lines) == 3
    assert {text.text for text in root.findall(f"{space}text")} >= {"Spark", "DuckDB over Parquet"}
    table = plot.tables({"sizes": sizes})
    assert "| 2,000,000 | 20.0 s | 4.00 s, 5.0 | 2.50 s, 8.0 | 100 MiB |  | 2.0 s |" in table

"""A folder of Parquet files: what SQL reaches, what it never does, what is said when it fails."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import duckdb
import pytest

from selfassess.errors import EvidenceError, MeasureError
from selfassess.evidence.parquet_warehouse import ParquetWarehouse
from selfassess.model.warehouse import WarehouseSettings


def write(path: Path, query: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.connect().execute(f"COPY ({query}) TO '{path.as_posix()}' (FORMAT parquet)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One table as a file, another as a folder of two files."""
    rows = tmp_path / "rows"
    write(rows / "Referrals.parquet", "SELECT 'a' AS child_id, DATE '2026-01-05' AS referral_date")
    write(rows / "cp" / "1.parquet", "SELECT 1 AS n, TRUE AS alone, now() AS seen")
    write(rows / "cp" / "2.parquet", "SELECT 2 AS n, FALSE AS alone, now() AS seen")
    write(tmp_path / "private.parquet", "SELECT 'secret' AS word")
    return rows


def test_tables_are_files_and_folders(folder: Path) -> None:
    warehouse = ParquetWarehouse(folder)
    held = warehouse.held()
    assert sorted(held) == ["cp", "referrals"]
    assert held["referrals"].name == "Referrals"
    assert held["referrals"].columns["referral_date"] == ("date", "date")
    kinds = {name: kind for name, (kind, _) in held["cp"].columns.items()}
    assert kinds == {"n": "integer", "alone": "truth", "seen": "moment with zone"}
    warehouse.create_view("cp", f"SELECT * FROM {held['cp'].source}")
    warehouse.lock()
    assert warehouse.query("SELECT SUM(n) FROM cp") == [(3,)]
    warehouse.create_table_as("kept", "SELECT n FROM cp WHERE n = 2")
    assert warehouse.query("SELECT n FROM kept") == [(2,)]


def test_sql_reaches_no_other_file(folder: Path) -> None:
    warehouse = ParquetWarehouse(folder)
    warehouse.lock()
    other = (folder.parent / "private.parquet").as_posix()
    for statement in (
        f"SELECT * FROM read_parquet('{other}')",
        f"SELECT * FROM glob('{folder.as_posix()}/*')",
        f"COPY (SELECT 1) TO '{(folder.parent / 'out.csv').as_posix()}'",
        "SET memory_limit = '9GB'",
        "SET enable_external_access = true",
    ):
        with pytest.raises(MeasureError) as caught:
            warehouse.query(statement)
        assert "secret" not in str(caught.value)
    assert not (folder.parent / "out.csv").exists()


def big(folder: Path) -> None:
    text = "'child ' || hash(range) AS child_id, range AS n"
    write(folder / "big.parquet", f"SELECT {text} FROM range(3000000)")


SORT = "SELECT child_id, n FROM {} ORDER BY child_id"


def test_what_does_not_fit_goes_nowhere_unless_a_folder_is_named(folder: Path) -> None:
    big(folder)
    warehouse = ParquetWarehouse(folder, memory="60MB", threads=1)
    source = warehouse.held()["big"].source
    warehouse.lock()
    with pytest.raises(EvidenceError, match="stopped a statement") as caught:
        warehouse.create_table_as("sorted", SORT.format(source))
    said = str(caught.value)
    assert "raise warehouse.memory" in said
    assert "warehouse.spill" in said
    assert not list(Path.cwd().glob("*.tmp"))


@pytest.mark.skipif(sys.platform == "win32", reason="no modes of files there")
def test_spilling_is_private_and_gone_afterwards(folder: Path, tmp_path: Path) -> None:
    big(folder)
    spill = tmp_path / "spill"
    warehouse = ParquetWarehouse(folder, memory="100MB", threads=1, spill=spill)
    source = warehouse.held()["big"].source
    warehouse.lock()
    warehouse.create_table_as("sorted", SORT.format(source))
    (own,) = spill.iterdir()
    assert list(own.iterdir()), "nothing was put aside"
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    warehouse.close()
    assert not list(spill.iterdir())


def test_a_file_that_is_gone_ends_the_run(folder: Path) -> None:
    warehouse = ParquetWarehouse(folder)
    source = warehouse.held()["referrals"].source
    warehouse.create_view("referrals", f"SELECT * FROM {source}")
    warehouse.lock()
    (folder / "Referrals.parquet").unlink()
    with pytest.raises(EvidenceError, match="went away") as caught:
        warehouse.query("SELECT child_id FROM referrals")
    assert caught.value.exit_code == 11


def test_a_file_that_is_no_parquet_is_told_without_its_content(folder: Path) -> None:
    (folder / "contacts.parquet").write_text("Ann Other, 2015-01-01", encoding="utf-8")
    closed = ParquetWarehouse(folder).held()["contacts"].closed
    assert closed
    assert "contacts.parquet is no whole Parquet file" in closed[0]
    assert "Ann" not in str(closed)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"folder": "nowhere"}, "there is no folder"),
        ({"folder": "empty"}, "no Parquet file lies in"),
        ({"folder": "rows", "memory": "much"}, "does not start with memory 'much'"),
        ({"folder": "rows", "spill": "private.parquet"}, "nothing can be put into"),
    ],
)
def test_faulty_settings_say_what_to_do(folder: Path, settings: dict[str, str], said: str) -> None:
    (folder.parent / "empty").mkdir()
    found = WarehouseSettings(engine="duckdb", **settings)  # type: ignore[arg-type]
    with pytest.raises(EvidenceError, match=said) as caught:
        ParquetWarehouse.connect(found, folder.parent)
    assert caught.value.hint

"""The engine reaches nothing outside, and its errors hold no data."""

from __future__ import annotations

import pytest

from selfassess.errors import EvidenceError, MeasureError
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse, quoted


@pytest.fixture
def warehouse() -> DuckDBWarehouse:
    made = DuckDBWarehouse()
    made.create_table_as("t", "SELECT 1 AS a, 'secret-7' AS b")
    made.lock()
    return made


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('{path}')",
        "SELECT * FROM '{path}'",
        "COPY t TO '{path}'",
        "ATTACH '{path}' AS x",
        "INSTALL httpfs",
        "LOAD '{path}'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET temp_directory = '/tmp'",
    ],
)
def test_nothing_outside_can_be_reached(warehouse, tmp_path, sql) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(MeasureError):
        warehouse.query(sql.format(path=path.as_posix()))
    assert path.read_text(encoding="utf-8") == "a\n1\n"


@pytest.mark.parametrize("end", ["shut", "lock"])
def test_a_file_that_is_named_can_be_opened_while_it_is_read_and_no_longer(tmp_path, end) -> None:
    path = tmp_path / "it's [x].csv"
    path.write_text("a\n1\n", encoding="utf-8")
    shown = path.as_posix().replace("'", "''")
    sql = f"SELECT * FROM read_csv('{shown}')"
    made = DuckDBWarehouse(files=[path])
    assert made.query(sql) == [(1,)]
    getattr(made, end)()
    for refused in (
        sql,
        f"COPY (SELECT 2) TO '{shown}' (USE_TMP_FILE false)",
        "SET disabled_filesystems = ''",
        "RESET disabled_filesystems",
        "SET enable_external_access = true",
    ):
        with pytest.raises((EvidenceError, MeasureError)):
            made.query(refused)
    assert path.read_text(encoding="utf-8") == "a\n1\n"
    with pytest.raises(EvidenceError):
        DuckDBWarehouse().query(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{other}')",
        "SELECT * FROM '{other}'",
        "SELECT * FROM read_text('{folder}/../{name}/other.csv')",
        "SELECT * FROM read_csv('{folder}/*.csv')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM sniff_csv('{other}')",
        "COPY (SELECT 2) TO '{other}' (USE_TMP_FILE false)",
        "COPY (SELECT 2) TO '{folder}/new.csv'",
        "ATTACH '{folder}/new.duckdb'",
        "SET allowed_paths = ['{other}']",
        "SET allowed_directories = ['{folder}']",
        "SET enable_external_access = true",
        "SET temp_directory = '{folder}'",
        "LOAD httpfs",
        "INSTALL httpfs",
    ],
)
def test_while_files_are_read_no_other_can_be_reached(tmp_path, sql) -> None:
    named, other = tmp_path / "named.csv", tmp_path / "other.csv"
    for path in (named, other):
        path.write_text("a\n1\n", encoding="utf-8")
    made = DuckDBWarehouse(files=[named])
    assert made.query(f"SELECT * FROM read_csv('{named.as_posix()}')") == [(1,)]
    folder = tmp_path.as_posix()
    with pytest.raises(EvidenceError):
        made.query(sql.format(other=other.as_posix(), folder=folder, name=tmp_path.name))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["named.csv", "other.csv"]
    assert other.read_text(encoding="utf-8") == "a\n1\n"


def test_errors_name_the_statement_and_no_data(warehouse) -> None:
    with pytest.raises(MeasureError) as caught:
        warehouse.query("SELECT CAST(b AS INTEGER) FROM t")
    assert "CAST(b AS INTEGER)" in str(caught.value)
    assert "secret-7" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_errors_in_the_statement_say_what_is_wrong(warehouse) -> None:
    with pytest.raises(MeasureError, match="nosuch"):
        warehouse.query("SELECT nosuch FROM t")


def test_errors_while_loading_are_about_evidence() -> None:
    with pytest.raises(EvidenceError):
        DuckDBWarehouse().query("SELECT nosuch")


def test_columns_and_tables(warehouse) -> None:
    name = 'odd "name'
    warehouse.create_table_as(name, "SELECT a + 1 AS c FROM t")
    assert warehouse.columns(f"SELECT * FROM {quoted(name)}") == ("c",)
    assert warehouse.query(f"SELECT c FROM {quoted(name)}") == [(2,)]
    assert warehouse.dialect == "duckdb"

"""Tables, columns, rows and rights that are not there: said, and never passed over."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from selfassess.errors import EvidenceError
from selfassess.evidence import Evidence, SourceFile
from selfassess.evidence.attached import attach
from selfassess.evidence.engines import faults
from selfassess.evidence.parquet_warehouse import ParquetWarehouse
from selfassess.evidence.postgres_warehouse import PostgresWarehouse
from selfassess.evidence.readers import selfassess_evidence_readers
from selfassess.evidence.seen import seen_in
from selfassess.model.warehouse import WarehouseSettings
from warehouse.test_tables_of_others import TABLES

Execute = Callable[..., list[tuple[Any, ...]]]

PETS = """CREATE TABLE pets AS SELECT * FROM (VALUES
    ('Rex-81', 'dog', DATE '2026-03-02', 'north'),
    ('Tom-82', 'cat', DATE '2026-03-03', 'north'),
    ('Bo-83', 'cat', DATE '2026-03-04', 'south')) AS t (pet_id, kind, arrived, la_code)"""
VETS = "CREATE TABLE vets AS SELECT 'Ann' AS vet, 'Leeds' AS town"


def attached(url: str, *, files: tuple[SourceFile, ...] = (), **more: Any) -> Evidence:
    named = {key: more.pop(key) for key in ("schema", "work_schema") if key in more}
    return attach(
        PostgresWarehouse(url, **named),
        tables=TABLES,
        files=files,
        readers=selfassess_evidence_readers(),
        as_at=dt.date(2026, 3, 31),
        **more,
    )


def told(evidence: Evidence) -> str:
    return "\n".join(map(str, evidence.problems))


@pytest.fixture
def reader(postgres_url: str, execute: Execute) -> Iterator[str]:
    """The URL of the same database for a user who may do nothing yet."""
    ((name,),) = execute(postgres_url, "SELECT current_database()")
    user = f"reader_{name}"
    execute(postgres_url, f"CREATE ROLE {user} LOGIN", "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    yield postgres_url.replace("tester@", f"{user}@")
    execute(postgres_url, f"DROP OWNED BY {user}", f"DROP ROLE {user}")


def user_of(url: str) -> str:
    return url.partition("://")[2].partition("@")[0]


def test_a_column_that_no_table_has_lets_nobody_elses_rows_in(
    postgres_url: str, execute: Execute
) -> None:
    execute(postgres_url, PETS)
    with pytest.raises(EvidenceError, match="no table of ours with the column 'la_cod'") as caught:
        attached(postgres_url, council_column="la_cod", council="north")
    assert "'la_code'" in caught.value.hint


def test_a_table_without_the_column_is_taken_whole_and_told_of(
    postgres_url: str, execute: Execute
) -> None:
    execute(postgres_url, PETS, VETS)
    evidence = attached(postgres_url, council_column="LA_code", council="south")
    assert (evidence.tables["pets"].rows, evidence.tables["vets"].rows) == (1, 1)
    assert "public.vets: has no column 'LA_code': all of its rows are taken" in told(evidence)


def test_a_council_of_which_there_is_no_row(postgres_url: str, execute: Execute) -> None:
    execute(postgres_url, PETS)
    with pytest.raises(EvidenceError, match="no row whose 'la_code' is 'nort'") as caught:
        attached(postgres_url, council_column="la_code", council="nort")
    assert "'north'" in caught.value.hint
    with contextlib.closing(PostgresWarehouse(postgres_url)) as warehouse:
        _, problems = seen_in(warehouse, TABLES, "la_code", "nort")
    assert "no row whose 'la_code' is 'nort'" in " ".join(map(str, problems))


def test_a_column_of_children_is_no_column_of_councils(postgres_url: str, execute: Execute) -> None:
    """An error that lists whose rows there are would list children."""
    execute(postgres_url, PETS)
    with pytest.raises(EvidenceError, match="does not say which council") as caught:
        attached(postgres_url, council_column="pet_id", council="Rex")
    assert "Rex-81" not in str(caught.value)


def test_rows_of_many_that_are_taken_for_one_councils(postgres_url: str, execute: Execute) -> None:
    execute(postgres_url, PETS)
    assert "public.pets.la_code: holds 2 different values" in told(attached(postgres_url))
    execute(postgres_url, "DELETE FROM pets WHERE la_code = 'south'")
    assert "la_code" not in told(attached(postgres_url))


def test_a_table_without_a_row_counts_as_missing_and_never_as_nothing(
    postgres_url: str, execute: Execute, tmp_path: Path
) -> None:
    execute(postgres_url, PETS, VETS, "ALTER TABLE vets ADD la_code text DEFAULT 'south'")
    north = {"council_column": "la_code", "council": "north"}
    evidence = attached(postgres_url, **north)
    assert not evidence.tables["vets"].present
    assert "public.vets: holds no row of this council: Vets counts as not" in told(evidence)
    path = tmp_path / "vets.csv"
    path.write_text("Vet,Town\nCy,Hull\n", encoding="utf-8")
    evidence = attached(postgres_url, files=(SourceFile(path, "vets.csv"),), **north)
    assert evidence.warehouse.query("SELECT vet FROM vets") == [("Cy",)]
    assert "counts as not" not in told(evidence)


def test_a_table_with_nearly_the_name_of_one_of_ours(postgres_url: str, execute: Execute) -> None:
    execute(postgres_url, PETS.replace("TABLE pets", "TABLE pet"), "CREATE TABLE things (a int)")
    with pytest.raises(EvidenceError, match="no table with the name of a list") as caught:
        attached(postgres_url)
    said = str(caught.value)
    assert "public.pet, public.things" in said
    assert "public.pet: is not read; Pets would be, in a table called 'pets'" in said
    assert "evidence/" not in said


def test_a_table_that_the_user_may_not_read(
    postgres_url: str, reader: str, execute: Execute
) -> None:
    execute(
        postgres_url,
        PETS,
        VETS,
        f"GRANT USAGE ON SCHEMA public TO {user_of(reader)}",
        f"GRANT SELECT ON vets TO {user_of(reader)}",
    )
    evidence = attached(reader)
    assert (evidence.tables["vets"].present, evidence.tables["pets"].present) == (True, False)
    assert "public.pets: this user may not read it" in told(evidence)
    assert "GRANT SELECT ON public.pets" in told(evidence)


def test_columns_that_the_user_may_not_read(
    postgres_url: str, reader: str, execute: Execute
) -> None:
    """Of a shared table too, of which every column would be asked for."""
    user = user_of(reader)
    execute(
        postgres_url,
        PETS,
        f"GRANT USAGE ON SCHEMA public TO {user}",
        f"GRANT SELECT (pet_id, arrived, la_code) ON pets TO {user}",
    )
    evidence = attached(reader, council_column="la_code", council="north")
    assert evidence.tables["pets"].columns == {"pet_id", "arrived"}
    assert evidence.tables["pets"].rows == 2
    assert "public.pets: this user may not read the column 'kind'; left out." in told(evidence)
    execute(postgres_url, f"REVOKE SELECT (la_code) ON pets FROM {user}")
    with pytest.raises(EvidenceError, match=r"pets\.la_code: this user may not read the column"):
        attached(reader, council_column="la_code", council="north")


def test_a_schema_that_the_user_may_not_look_into(
    postgres_url: str, reader: str, execute: Execute
) -> None:
    execute(postgres_url, PETS)
    with pytest.raises(EvidenceError, match="may not look into the schema 'public'") as caught:
        attached(reader, schema="public")
    assert f'GRANT USAGE ON SCHEMA "public" TO "{user_of(reader)}"' in caught.value.hint


def test_a_view_that_fails_costs_its_list_alone(postgres_url: str, execute: Execute) -> None:
    execute(
        postgres_url,
        VETS,
        PETS.replace("TABLE pets", "TABLE beasts"),
        "CREATE VIEW pets AS SELECT pet_id, CAST(CAST(pet_id AS int) AS text) AS kind,"
        " CAST(CAST(pet_id AS int) AS text) AS la FROM beasts",
    )
    evidence = attached(postgres_url)
    assert evidence.tables["vets"].present
    assert not evidence.tables["pets"].present
    assert "public.pets: PostgreSQL at" in told(evidence)
    assert "Rex-81" not in told(evidence)


@pytest.mark.parametrize("work", ["", "work"])
def test_a_user_who_may_change_nothing(
    postgres_url: str, reader: str, execute: Execute, work: str
) -> None:
    user = user_of(reader)
    execute(
        postgres_url,
        PETS,
        "CREATE SCHEMA work",
        f"GRANT USAGE ON SCHEMA public, work TO {user}",
        f"GRANT SELECT ON pets TO {user}",
    )
    execute(postgres_url, f"ALTER ROLE {user} SET default_transaction_read_only = on")
    with pytest.raises(EvidenceError) as caught:
        attached(reader, work_schema=work)
    assert "default_transaction_read_only = off" in caught.value.hint
    execute(postgres_url, f"ALTER ROLE {user} RESET default_transaction_read_only")
    if work:
        with pytest.raises(EvidenceError) as caught:
            attached(reader, work_schema=work)
        assert f'GRANT CREATE, USAGE ON SCHEMA "work" TO "{user}"' in caught.value.hint
        execute(postgres_url, f"GRANT CREATE ON SCHEMA work TO {user}")
    assert attached(reader, work_schema=work).tables["pets"].rows == 3


def test_an_option_of_the_address_that_does_not_exist(postgres_url: str) -> None:
    with pytest.raises(EvidenceError, match="the option 'sllmode' of") as caught:
        PostgresWarehouse(f"{postgres_url}&sllmode=require")
    assert "'sslmode'" in caught.value.hint


def test_of_two_names_the_one_without_capitals_is_ours(postgres_url: str, execute: Execute) -> None:
    execute(postgres_url, PETS, PETS.replace("TABLE pets", 'TABLE "Pets"'), 'DELETE FROM "Pets"')
    assert attached(postgres_url).tables["pets"].rows == 3


def test_a_column_that_no_parquet_file_has(tmp_path: Path) -> None:
    lake(tmp_path, vets="SELECT 'a' AS vet, 'Leeds' AS town").close()
    with pytest.raises(EvidenceError, match="no table of ours with the column 'la'"):
        attach(
            ParquetWarehouse(tmp_path),
            tables=TABLES,
            as_at=dt.date(2026, 3, 31),
            council_column="la",
            council="x",
        )


def lake(folder: Path, **files: str) -> ParquetWarehouse:
    """A folder of Parquet files, ``vets__a`` for one in a folder ``vets``."""
    import duckdb

    with duckdb.connect() as engine:
        for name, sql in files.items():
            path = folder / f"{name.replace('__', '/')}.parquet"
            path.parent.mkdir(exist_ok=True)
            engine.execute(f"COPY ({sql}) TO '{path.as_posix()}' (FORMAT parquet)").fetchall()
    return ParquetWarehouse(folder)


ANN = "SELECT 'Ann' AS vet, 'Leeds' AS town"


def test_a_parquet_file_that_is_not_whole_is_named(tmp_path: Path) -> None:
    lake(tmp_path, vets=ANN, pets__a="SELECT 1 AS pet_id, 'x' AS name", pets__b="SELECT 2").close()
    (tmp_path / "pets" / "a.parquet").write_bytes(b"PAR1 and no more")
    evidence = attach(ParquetWarehouse(tmp_path), tables=TABLES, as_at=dt.date(2026, 3, 31))
    assert evidence.tables["vets"].rows == 1
    assert "pets.parquet: a.parquet is no whole Parquet file" in told(evidence)


def test_parquet_files_of_a_table_that_differ(tmp_path: Path) -> None:
    engine = lake(tmp_path, vets__a=ANN, vets__b="SELECT 'Bo' AS vet", pets="SELECT 1 AS pet_id")
    evidence = attach(engine, tables=TABLES, as_at=dt.date(2026, 3, 31))
    assert not evidence.tables["vets"].present
    assert "have the same columns" in told(evidence)


@pytest.mark.parametrize("other", ["vets__a", "Vets"])
def test_a_table_that_lies_there_twice(tmp_path: Path, other: str) -> None:
    with pytest.raises(EvidenceError, match="side by side"):
        lake(tmp_path, vets=ANN, **{other: ANN})


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    lake(tmp_path, vets=ANN).close()
    (tmp_path / "vets.parquet").rename(tmp_path / "VETS.PARQUET")
    engine = ParquetWarehouse(tmp_path)
    assert attach(engine, tables=TABLES, as_at=dt.date(2026, 3, 31)).tables["vets"].rows == 1


@pytest.mark.parametrize(
    ("settings", "key"),
    [({"memory": "lots"}, "memory"), ({"memory": "-1GB"}, "memory"), ({"threads": 0}, "threads")],
)
def test_amounts_that_are_none(settings: dict[str, Any], key: str) -> None:
    found = faults(WarehouseSettings(engine="duckdb", folder="x", **settings))
    assert [each.where for each in found] == [key]
    assert not faults(WarehouseSettings(engine="duckdb", folder="x", memory="1.5 gib", threads=2))


def test_a_workbook_says_that_there_is_nothing_to_list(
    postgres_url: str, execute: Execute, tmp_path: Path
) -> None:
    import openpyxl

    execute(postgres_url, PETS, VETS, "DELETE FROM vets")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Vet", "Town"])
    path = tmp_path / "vets.xlsx"
    book.save(path)
    evidence = attached(postgres_url, files=(SourceFile(path, "vets.xlsx"),))
    assert (evidence.tables["vets"].present, evidence.tables["vets"].rows) == (True, 0)
    assert "counts as not" not in told(evidence)

"""Tables that somebody else made: their names, types and codes are laid over ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from selfassess.errors import EvidenceError
from selfassess.evidence import Evidence, SourceFile
from selfassess.evidence.attached import attach
from selfassess.evidence.engines import faults
from selfassess.evidence.postgres_warehouse import PostgresWarehouse
from selfassess.evidence.readers import selfassess_evidence_readers
from selfassess.evidence.seen import seen_in
from selfassess.evidence.spark_warehouse import SparkWarehouse
from selfassess.evidence.warehouse import Warehouse
from selfassess.model.evidence import Code, Column, TableSpec
from selfassess.model.warehouse import WarehouseSettings

PETS = TableSpec(
    id="pets",
    title="Pets",
    entity="pet",
    key=("pet_id",),
    event="arrived",
    columns=(
        Column(name="pet_id", headers=("Pet ID",), type="id", required=True),
        Column(name="name", headers=("Its name",), type="text"),
        Column(
            name="kind",
            headers=("Kind",),
            type="code",
            codes=(
                Code(id="dog", title="Dog", also=("hound",)),
                Code(id="cat", title="Cat"),
            ),
        ),
        Column(
            name="fed",
            headers=("Fed (Y/N)",),
            type="code",
            codes=(Code(id="Y", title="Yes"), Code(id="N", title="No")),
        ),
        Column(name="arrived", headers=("Arrived on",), type="date"),
        Column(name="seen_at", headers=("Seen at",), type="datetime", optional=True),
        Column(name="legs", headers=("Legs",), type="integer", optional=True),
        Column(name="weight", headers=("Weight",), type="number", optional=True),
    ),
)
VETS = TableSpec(
    id="vets",
    title="Vets",
    entity="vet",
    key=("vet",),
    columns=(
        Column(name="vet", headers=("Vet",), type="id", required=True),
        Column(name="town", headers=("Town",), type="text", required=True),
    ),
)
TABLES = {"pets": PETS, "vets": VETS}

COLUMNS = {
    # Named by a header, by a header in other letters, and by our own names.
    "PetID": "BIGINT",
    "its_name": "VARCHAR",
    "kind": "VARCHAR",
    "fed": "BOOLEAN",
    "ARRIVED_ON": "TIMESTAMP",
    "seen_at": "TIMESTAMP",
    "legs": "INTEGER",
    "weight": "DOUBLE",
    "whose": "VARCHAR",
}
DAY = dt.datetime(2026, 3, 2, 10, 30)
ROWS = [
    (1, " Rex  ", "a) Dog", True, DAY, DAY, 4, 20.5, "north"),
    (2, "n/a", "HOUND", False, DAY, None, 4, None, "north"),
    (3, "Tom", " ferret", None, dt.datetime(2026, 3, 9), None, 3, 4.0, "north"),
    (4, None, "#N/A", True, dt.datetime(1900, 1, 1), None, None, None, "north"),
    (5, "Late", "cat", True, dt.datetime(2026, 5, 1), None, 4, 1.0, "north"),
    (None, "Nobody's", "cat", True, DAY, None, 4, 1.0, "north"),
    (7, "Far", "cat", True, DAY, None, 4, 1.0, "south"),
]

Put = Callable[[str, dict[str, str], Sequence[Sequence[Any]]], None]
Engine = tuple[Callable[..., Warehouse], Put]


@pytest.fixture(params=["postgresql", "spark"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """A way to open an engine, and one to put tables of somebody else's there."""
    if request.param == "postgresql":
        return _postgres(request.getfixturevalue("postgres_url"))
    return _spark(request.getfixturevalue("spark_session"), request.getfixturevalue("tmp_path"))


def _postgres(url: str) -> Engine:
    import psycopg

    def put(name: str, columns: dict[str, str], rows: Sequence[Sequence[Any]]) -> None:
        types = {"DOUBLE": "DOUBLE PRECISION", "BIGINT": "NUMERIC(12,0)"}
        body = ", ".join(f'"{c}" {types.get(t, t)}' for c, t in columns.items())
        with psycopg.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute(f'CREATE TABLE "{name}" ({body})'.encode())
            marks = ", ".join("%s" for _ in columns)
            cursor.executemany(f'INSERT INTO "{name}" VALUES ({marks})'.encode(), rows)

    return lambda **more: PostgresWarehouse(url, **more), put


def _spark(session: Any, folder: Path) -> Engine:
    def put(name: str, columns: dict[str, str], rows: Sequence[Sequence[Any]]) -> None:
        types = {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ", "INTEGER": "INT"}
        schema = ", ".join(f"`{c}` {types.get(t, t)}" for c, t in columns.items())
        session.createDataFrame(list(rows), schema).write.parquet(str(folder / "lake" / name))

    return lambda **more: SparkWarehouse(session, folder=str(folder / "lake"), **more), put


def attached(warehouse: Warehouse, files: Sequence[SourceFile] = (), **more: Any) -> Evidence:
    return attach(
        warehouse,
        tables=TABLES,
        files=files,
        readers=selfassess_evidence_readers(),
        as_at=dt.date(2026, 3, 31),
        **more,
    )


def test_names_types_and_codes_meet(engine: Engine, tmp_path: Path) -> None:
    """One reading of all that can be amiss, for a session of Spark takes its time."""
    connect, put = engine
    put("Pets", COLUMNS, ROWS)
    put("vets", {"vet": "VARCHAR", "place": "VARCHAR"}, [("Ann", "Leeds")])

    evidence = attached(connect(), council_column="WHOSE", council="north")

    rows = evidence.warehouse.query(
        "SELECT pet_id, name, kind, fed, arrived, seen_at, legs, weight, unknown_cells"
        " FROM pets ORDER BY row_id"
    )
    first = dt.date(2026, 3, 2)
    assert rows == [
        ("1", "Rex", "dog", "Y", first, DAY, 4, 20.5, None),
        ("2", None, "dog", "N", first, None, 4, None, None),
        ("3", "Tom", "ferret", None, dt.date(2026, 3, 9), None, 3, 4.0, None),
        ("4", None, None, "Y", None, None, None, None, "|kind|arrived|"),
    ]
    places = evidence.warehouse.query("SELECT source_sheet, source_row FROM pets ORDER BY row_id")
    assert [row for _, row in places] == sorted({row for _, row in places})
    sheet = evidence.ledger[places[0][0]]
    # Another council's row is no concern of this one's.
    assert (sheet.table, sheet.rows_read, sheet.rows_used) == ("pets", 6, 4)
    assert sheet.reasons == {
        "after as-at": 1,
        "code not in the set, kept as text": 1,
        "error cell": 1,
        "no id": 1,
        "not a date from 1985 to 2040": 1,
    }
    state = evidence.tables["pets"]
    assert state.present
    assert state.rows == 4
    assert state.columns == {c.name for c in PETS.columns}
    assert state.unknown == {"arrived": 1, "kind": 1}
    assert state.unlisted == {"kind": 1}
    # A table that lacks what makes it ours is told of and not used.
    assert not evidence.tables["vets"].present
    told = [p.message for p in evidence.problems if "vets" in p.where]
    assert any("'WHOSE'" in each for each in told)
    assert any("'town'" in each for each in told)
    assert evidence.warehouse.query("SELECT COUNT(*) FROM vets") == [(0,)]
    unused = next(each for each in evidence.ledger if each.table == "vets")
    assert (unused.rows_read, unused.rows_used, unused.rows_set_aside) == (1, 0, 1)
    assert list(unused.reasons.values()) == [1]
    names = [each.name for each in evidence.inputs]
    assert names == [each.path for each in evidence.ledger]
    assert all(name.startswith(evidence.warehouse.engine) for name in names)
    assert evidence.warehouse.query("SELECT wd FROM calendar WHERE d = DATE '1985-01-02'")


def test_columns_of_a_wrong_type_are_named(engine: Engine) -> None:
    connect, put = engine
    columns = {"pet_id": "VARCHAR", "name": "VARCHAR", "arrived": "VARCHAR", "legs": "DOUBLE"}
    put("pets", columns, [("1", "Rex", "02/03/2026", 4.0)])

    warehouse = connect()
    found, problems = seen_in(warehouse, TABLES)

    assert [(each.spec.id, each.rows) for each in found] == [("pets", 1)]
    assert set(found[0].missing) == {"kind", "fed", "arrived"}
    where = {p.where.rpartition(".")[2]: p for p in problems}
    assert set(where) >= {"arrived", "legs"}
    assert "a date, or text such as 2026-03-31, is expected" in where["arrived"].message
    assert "a whole number is expected" in where["legs"].message
    assert "02/03/2026" not in " ".join(map(str, problems))
    missing = next(p for p in problems if "not there" in p.message)
    assert "'kind'" in missing.message
    assert "'arrived'" not in missing.message


TEXTS = {
    "2026-03-02": dt.datetime(2026, 3, 2),
    " 2026-03-02T10:30:00.000 ": DAY,
    "2026-03-02 10:30": DAY,
    "2024-02-29": dt.datetime(2024, 2, 29),
    "2026-12-31": dt.datetime(2026, 12, 31),
    "2026-02-29": None,
    "2026-04-31": None,
    "2026-13-01": None,
    "1900-01-01": None,
    "2041-01-01": None,
    "02/03/2026": None,
    "2026-03-02 25:00": None,
    "2026-03-02T10:30:00Z": None,
    "2026-03-02x": None,
    "n/a": None,
}


def test_dates_that_are_texts(engine: Engine) -> None:
    """Those of lakes and of exports often are; what is no date must not end the run."""
    connect, put = engine
    columns = {"pet_id": "VARCHAR", "name": "VARCHAR", "arrived": "VARCHAR", "seen_at": "VARCHAR"}
    rows = [(str(n), "#N/A", "2026-03-01", text) for n, text in enumerate(TEXTS)]
    put("pets", {**columns, "legs": "VARCHAR"}, [(*row, None) for row in rows])

    evidence = attached(connect())

    found = evidence.warehouse.query(
        "SELECT seen_at, unknown_cells, name, legs, arrived FROM pets ORDER BY CAST(pet_id AS INT)"
    )
    assert [moment for moment, *_ in found] == list(TEXTS.values())
    lost = [text != "n/a" and moment is None for text, moment in TEXTS.items()]
    assert ["seen_at" in (marks or "") for _, marks, *_ in found] == lost
    # An error cell is unknown, wherever it was copied from; a column without a value has any type.
    assert {(name, legs) for *_, name, legs, _ in found} == {(None, None)}
    assert all("|name|" in marks for _, marks, *_ in found)
    assert {day for *_, day in found} == {dt.date(2026, 3, 1)}
    state = evidence.tables["pets"]
    assert state.columns >= {"arrived", "seen_at", "legs"}
    assert state.unknown == {"name": len(TEXTS), "seen_at": sum(lost)}
    (sheet,) = evidence.ledger
    assert sheet.reasons == {"error cell": len(TEXTS), "not a date from 1985 to 2040": sum(lost)}
    told = next(p for p in evidence.problems if p.where.endswith("pets.seen_at"))
    assert f"{sum(lost)} of its {len(TEXTS) - 1} cells are no dates" in told.message


def test_files_beside_the_warehouse(postgres_url: str, tmp_path: Path) -> None:
    """A list that lies in both is taken from the warehouse; one in files alone goes there."""
    connect, put = _postgres(postgres_url)
    put("vets", {"vet": "VARCHAR", "town": "VARCHAR"}, [("Ann", "Leeds"), ("Bo", "York")])
    pets = tmp_path / "pets.csv"
    pets.write_text(
        "Pet ID,Its name,Kind,Fed (Y/N),Arrived on\n"
        "1,Rex,dog,Y,02/03/2026\n2,Tom,cat,N,2026-06-01\n3,Puss,cat,N,#N/A\n",
        encoding="utf-8",
    )
    vets = tmp_path / "vets.csv"
    vets.write_text("Vet,Town\nCy,Hull\n", encoding="utf-8")
    files = [SourceFile(path=path, name=path.name) for path in (pets, vets)]

    evidence = attached(connect(), files)

    query = evidence.warehouse.query
    assert query("SELECT vet FROM vets ORDER BY vet") == [("Ann",), ("Bo",)]
    assert query("SELECT pet_id, kind, unknown_cells FROM pets ORDER BY row_id") == [
        ("1", "dog", None),
        ("3", "cat", "|arrived|"),
    ]
    ((sheet, row),) = query("SELECT source_sheet, source_row FROM pets WHERE pet_id = '3'")
    assert (evidence.ledger[sheet].path, row) == ("pets.csv", 4)
    assert evidence.tables["pets"].unknown == {"arrived": 1}
    assert [(a.path, a.row, a.reason) for a in evidence.set_aside if a.column is None] == [
        ("pets.csv", 3, "after as-at")
    ]
    told = next(p for p in evidence.problems if p.where.startswith("vets.csv"))
    assert "public.vets" in told.message
    unused = next(s for s in evidence.ledger if s.path == "vets.csv")
    assert (unused.rows_read, unused.rows_used) == (1, 0)


def test_no_text_of_a_cell_stands_in_a_statement(postgres_url: str, monkeypatch) -> None:
    """For an error may print the statement; spellings of codes are ours."""
    connect, put = _postgres(postgres_url)
    put("Pets", COLUMNS, ROWS)
    said: list[str] = []
    real = PostgresWarehouse._make

    def make(self: PostgresWarehouse, kind: str, name: str, rest: str, *more: Any) -> None:
        said.append(rest)
        real(self, kind, name, rest, *more)

    monkeypatch.setattr(PostgresWarehouse, "_make", make)
    attached(connect())
    assert any("HOUND" in each for each in said)
    assert not any(text in each for each in said for text in ("ferret", "Rex", "Nobody"))


def test_rows_that_are_numbered_keep_their_numbers(postgres_url: str) -> None:
    connect, put = _postgres(postgres_url)
    put("vets", {"vet": "VARCHAR", "town": "VARCHAR", "row_id": "INTEGER"}, [("A", "x", 7)])
    evidence = attached(connect())
    assert evidence.warehouse.query("SELECT row_id, source_row FROM vets") == [(7, 7)]


def test_the_day_is_inferred_as_for_files(postgres_url: str) -> None:
    connect, put = _postgres(postgres_url)
    put("pets", COLUMNS, ROWS)
    evidence = attach(connect(), tables=TABLES)
    assert (evidence.as_at, evidence.as_at_inferred) == (dt.date(2026, 5, 1), True)
    assert evidence.tables["pets"].rows == 6


def test_an_empty_warehouse_is_no_evidence(postgres_url: str) -> None:
    with pytest.raises(EvidenceError, match="no table with the name of a list, nor any other"):
        attach(_postgres(postgres_url)[0](), tables=TABLES)


def test_a_schema_that_is_not_there(postgres_url: str) -> None:
    with pytest.raises(EvidenceError, match="no schema 'pubic'") as caught:
        PostgresWarehouse(postgres_url, schema="pubic")
    assert "'public'" in caught.value.hint


def test_odd_names_and_codes_do_not_break_out(postgres_url: str) -> None:
    connect, put = _postgres(postgres_url)
    odd = "x' OR '1'='1"
    columns = {"pet_id": "VARCHAR", "kind": "VARCHAR", 'wh""ose': "VARCHAR"}
    put("pets", columns, [("1", 'it\'s; \\ "x" --', odd), ("'", "d", odd), ("3", "d", "x")])
    evidence = attached(connect(), council_column='wh"ose', council=odd)
    rows = evidence.warehouse.query("SELECT pet_id, kind FROM pets ORDER BY pet_id")
    assert rows == [("'", "d"), ("1", 'it\'s; \\ "x" --')]


@pytest.mark.parametrize(
    ("settings", "key", "said"),
    [
        ({"url": "postgresql://me:secret@h/d"}, "url", "password"),
        ({"url": "postgresql://me@h/d?password=secret"}, "url", "password"),
        ({"url": "mysql://me@h/d"}, "url", "no address"),
        ({}, "engine", "needs 'url'"),
        ({"url": "postgresql://h/d", "folder": "x"}, "folder", "means nothing"),
        ({"url": "postgresql://h/d", "council": "x"}, "council", "council_column"),
        ({"url": "postgresql://h/d", "timeout": 0}, "timeout", "a second"),
        ({"engine": "spark", "url": "sc://h:1/;token=secret"}, "url", "password"),
        ({"engine": "spark", "schema": "a", "folder": "b"}, "folder", "one of them"),
        ({"engine": "duckdb"}, "engine", "needs 'folder'"),
    ],
)
def test_settings_that_cannot_work(settings: dict[str, Any], key: str, said: str) -> None:
    found = faults(WarehouseSettings(**{"engine": "postgresql", **settings}))
    assert [each.where for each in found] == [key]
    assert said in found[0].message
    assert "secret" not in str(found)


def test_settings_that_can() -> None:
    for settings in (
        {"engine": "postgresql", "url": "postgresql://me@h:5432/d?sslmode=require"},
        {"engine": "spark", "url": "local[2]", "folder": "lake"},
        {"engine": "spark"},
        {"engine": "duckdb", "folder": "lake", "memory": "1GB"},
    ):
        assert not faults(WarehouseSettings(**settings))

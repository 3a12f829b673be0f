"""Councils whose rows share tables: the pack is the one that their own assessments would give."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
from benchmark_modules import benchmark, national
from command_line import call

from selfassess.errors import EvidenceError, FrameworkError
from selfassess.region import read_contributions, region_data
from selfassess.region.councils import assess_councils
from selfassess.toolkit import Toolkit

COUNCILS = ("N001", "N002")
AS_AT = "2026-03-31"
HEAD = f"""schema: selfassess/region@1
name: Two Rivers
framework: ofsted-ilacs
as_at: {AS_AT}
"""


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return Toolkit.load()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rows of two invented councils, in one folder of Parquet files."""
    folder = tmp_path_factory.mktemp("shared") / "rows"
    national().write_national(folder, 4000, councils=2)
    return folder


@pytest.fixture(scope="module")
def own(shared: Path, toolkit: Toolkit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same councils, each with a workspace of its own that holds its rows as CSV files."""
    region = tmp_path_factory.mktemp("own")
    source = duckdb.connect()
    for code in COUNCILS:
        evidence = region / code / "evidence"
        evidence.mkdir(parents=True)
        (region / code / "selfassess.yaml").write_text(
            f"schema: selfassess/workspace@1\ncouncil: {{name: {code}, code: {code}}}\n"
            f"framework: ofsted-ilacs\nas_at: {AS_AT}\n",
            encoding="utf-8",
        )
        for below in (each for each in shared.iterdir() if each.is_dir()):
            shown = ", ".join(
                f'"{column.name}" AS "{column.headers[0]}"'
                for column in toolkit.library.tables[below.name].columns
            )
            source.execute(
                f"COPY (SELECT {shown} FROM read_parquet('{below.as_posix()}/*.parquet') WHERE "
                f"council = '{code}') TO '{(evidence / below.name).as_posix()}.csv' (HEADER)"
            )
        done = call("run", region / code, "--format", "json")
        assert done.exit_code == 0, done.exception
    return region


def contributed(folder: Path, toolkit: Toolkit) -> Mapping[str, Any]:
    settings, found = read_contributions(folder)
    return region_data(settings, found, migrations=toolkit.library.migrations)[0]


def from_warehouse(folder: Path, toolkit: Toolkit) -> Mapping[str, Any]:
    settings, found = read_contributions(folder)
    assessed, failed = assess_councils(folder, settings, toolkit)
    assert not failed
    councils = (*found, *assessed)
    return region_data(settings, councils, migrations=toolkit.library.migrations)[0]


def test_parquet_gives_the_same_pack(shared: Path, own: Path, toolkit: Toolkit) -> None:
    region = shared.parent
    where = "warehouse: {engine: duckdb, folder: rows, council_column: council, threads: 1}\n"
    (region / "region.yaml").write_text(HEAD + where, encoding="utf-8")
    ours, theirs = from_warehouse(region, toolkit), contributed(own, toolkit)
    assert ours["measures"] == theirs["measures"]
    assert ours["apart"] == theirs["apart"]
    assert [each["name"] for each in ours["councils"]] == list(COUNCILS)
    counted = [item for item in ours["measures"] if len(item["councils"]) == 2]
    assert len(counted) >= 20


def test_postgresql_gives_the_same_pack(
    shared: Path, own: Path, toolkit: Toolkit, tmp_path: Path, postgres_url: str
) -> None:
    benchmark("load_postgres", "tasks").main(str(shared), postgres_url)
    (tmp_path / "region.yaml").write_text(
        f"{HEAD}warehouse: {{engine: postgresql, url: '{postgres_url}', council_column: COUNCIL}}\n"
        "councils:\n  - {name: Wye, code: N002}\n  - {name: Usk, code: N001}\n",
        encoding="utf-8",
    )
    ours, theirs = from_warehouse(tmp_path, toolkit), contributed(own, toolkit)
    assert [each["name"] for each in ours["councils"]] == ["Wye", "Usk"]
    assert figures(ours) == figures(theirs)


def figures(data: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    codes = {each["name"]: each["code"] for each in data["councils"]}
    return {
        (item["measure"], codes[row["council"]]): (row["value"], row["base"], row["signal"])
        for item in data["measures"]
        for row in item["councils"]
    }


@pytest.fixture
def region(shared: Path, tmp_path: Path) -> Path:
    (tmp_path / "region.yaml").write_text(
        f"{HEAD}warehouse: {{engine: duckdb, folder: '{shared.as_posix()}', "
        "council_column: council, threads: 1}\n",
        encoding="utf-8",
    )
    return tmp_path


def test_the_command_writes_a_pack_without_a_child_in_it(region: Path, shared: Path) -> None:
    done = call("region", region)
    assert done.exit_code == 0, done.exception
    told = (region / "out" / "region.json").read_text(encoding="utf-8")
    with zipfile.ZipFile(region / "out" / "moderation-pack.xlsx") as book:
        told += "".join(book.read(name).decode() for name in book.namelist() if "xml" in name)
    for path in (region / "published").rglob("*.json"):
        told += path.read_text(encoding="utf-8")
    files = f"read_parquet('{shared.as_posix()}/referrals/*.parquet')"
    rows = duckdb.connect().execute(f"SELECT child_id, worker, date_of_birth FROM {files}")
    for child, worker, born in rows.fetchall():
        assert child not in told
        assert worker in ("Unallocated", "Duty") or worker not in told
        assert str(born) not in told
    assert not re.search(r"C\d{9}", told)
    data = json.loads((region / "out" / "region.json").read_text(encoding="utf-8"))
    # Whoever has neither a name here nor among the comparators is called by the code.
    assert [each["name"] for each in data["councils"]] == list(COUNCILS)


def test_a_council_that_cannot_be_assessed_is_named_and_left_out(
    region: Path, shared: Path, tmp_path: Path
) -> None:
    more = tmp_path / "rows"
    for below in (each for each in shared.iterdir() if each.is_dir()):
        (more / below.name).mkdir(parents=True)
        for path in below.iterdir():
            (more / below.name / path.name).write_bytes(path.read_bytes())
    # A council of which the warehouse knows workers alone: no list, hence no day to measure at.
    workers = f"read_parquet('{shared.as_posix()}/workers/*.parquet')"
    duckdb.connect().execute(
        f"COPY (SELECT * REPLACE ('N777' AS council) FROM {workers} LIMIT 3) "
        f"TO '{(more / 'workers').as_posix()}/more.parquet' (FORMAT parquet)"
    )
    (region / "region.yaml").write_text(
        "schema: selfassess/region@1\nframework: ofsted-ilacs\n"
        f"warehouse: {{engine: duckdb, folder: '{more.as_posix()}', council_column: council}}\n",
        encoding="utf-8",
    )
    done = call("region", region)
    assert done.exit_code == 0, done.exception
    assert "N777 is left out: " in done.output
    data = json.loads((region / "out" / "region.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in data["councils"]] == list(COUNCILS)
    assert any(note.startswith("N777 is left out") for note in data["notes"])


def test_a_warehouse_that_is_not_there_ends_it(region: Path, toolkit: Toolkit) -> None:
    text = (region / "region.yaml").read_text(encoding="utf-8")
    (region / "region.yaml").write_text(re.sub("folder: '[^']*'", "folder: gone", text), "utf-8")
    settings, _ = read_contributions(region)
    with pytest.raises(EvidenceError, match="there is no folder"):
        assess_councils(region, settings, toolkit)
    assert not (region / "out").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("framework: ofsted-ilacs\n", ""), "nothing says by which framework"),
        (("council_column: council, ", ""), "nothing says whose a row is"),
        (("threads: 1", "threads: 1, council: N001"), "is one council, and this is a region"),
        (("threads: 1", "threads: 1, url: x"), "means nothing to duckdb"),
        (("name: Two Rivers\n", "councils: [{name: Wye}]\n"), "neither a file nor a code"),
    ],
)
def test_faults_of_the_settings_have_their_place(
    region: Path, change: tuple[str, str], said: str
) -> None:
    path = region / "region.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        read_contributions(region)
    assert said in str(caught.value)
    assert re.search(r"region\.yaml:\d+:\d+", str(caught.value))


def test_a_code_that_no_row_has_is_said_with_the_nearest(region: Path, toolkit: Toolkit) -> None:
    path = region / "region.yaml"
    text = path.read_text(encoding="utf-8") + "councils: [{name: Wye, code: N01}]\n"
    path.write_text(text, encoding="utf-8")
    settings, _ = read_contributions(region)
    with pytest.raises(EvidenceError, match="no row of 'N01'") as caught:
        assess_councils(region, settings, toolkit)
    assert "N001" in str(caught.value)


def test_a_table_that_would_count_for_every_council_is_refused(
    region: Path, shared: Path, toolkit: Toolkit, tmp_path: Path
) -> None:
    rows = tmp_path / "rows"
    rows.mkdir()
    for name, shown in (("referrals", "*"), ("care", "* EXCLUDE (council)")):
        files = f"read_parquet('{shared.as_posix()}/{name}/*.parquet')"
        to = f"'{rows.as_posix()}/{name}.parquet' (FORMAT parquet)"
        duckdb.connect().execute(f"COPY (SELECT {shown} FROM {files}) TO {to}")
    text = (region / "region.yaml").read_text(encoding="utf-8")
    changed = re.sub("folder: '[^']*'", f"folder: '{rows.as_posix()}'", text)
    (region / "region.yaml").write_text(changed, encoding="utf-8")
    settings, _ = read_contributions(region)
    with pytest.raises(EvidenceError, match="'council': its rows would count for every council"):
        assess_councils(region, settings, toolkit)


def test_a_framework_that_there_is_not_is_told_once(region: Path, toolkit: Toolkit) -> None:
    path = region / "region.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("ilacs", "ilac"), encoding="utf-8")
    settings, _ = read_contributions(region)
    with pytest.raises(FrameworkError) as caught:
        assess_councils(region, settings, toolkit)
    assert "ofsted-ilacs" in str(caught.value)


def test_a_column_of_children_is_no_column_of_councils(region: Path, toolkit: Toolkit) -> None:
    """Each child would be a council of the pack, under its id."""
    path = region / "region.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "council_column: council", "council_column: child_id"
    )
    path.write_text(text, encoding="utf-8")
    settings, _ = read_contributions(region)
    with pytest.raises(EvidenceError, match="does not say which council"):
        assess_councils(region, settings, toolkit)


def test_a_council_whose_rows_are_all_set_aside_is_left_out(
    region: Path, shared: Path, toolkit: Toolkit, tmp_path: Path
) -> None:
    rows = tmp_path / "rows"
    rows.mkdir()
    files = f"read_parquet('{shared.as_posix()}/referrals/*.parquet')"
    nobody = "SELECT * REPLACE (NULL AS child_id, 'N777' AS council) FROM"
    duckdb.connect().execute(
        f"COPY (SELECT * FROM {files} UNION ALL ({nobody} {files} LIMIT 5)) "
        f"TO '{rows.as_posix()}/referrals.parquet' (FORMAT parquet)"
    )
    text = (region / "region.yaml").read_text(encoding="utf-8")
    changed = re.sub("folder: '[^']*'", f"folder: '{rows.as_posix()}'", text)
    (region / "region.yaml").write_text(changed, encoding="utf-8")
    settings, _ = read_contributions(region)
    found, failed = assess_councils(region, settings, toolkit)
    assert [each.code for each in found] == list(COUNCILS)
    assert failed == [("N777", "no row of it can be used.")]


def test_without_a_warehouse_its_keys_mean_nothing(tmp_path: Path) -> None:
    (tmp_path / "region.yaml").write_text(HEAD, encoding="utf-8")
    with pytest.raises(EvidenceError, match="framework has no meaning without a warehouse"):
        read_contributions(tmp_path)

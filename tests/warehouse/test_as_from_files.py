"""Rows that were loaded into PostgreSQL answer as the files that they came from."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Sequence
from urllib.parse import urlsplit

import pytest
from command_line import call
from servers import Postgres

from selfassess.assessment import Assessment
from selfassess.drilling import rows_behind, rows_breaking
from selfassess.errors import EvidenceError
from selfassess.outputs import _ledger_csv
from selfassess.publishing import known_in
from selfassess.sampling import draw_sample
from selfassess.toolkit import Toolkit
from selfassess.workspace import load_workspace
from selfassess.workspace.warehouse import open_warehouse
from warehouse.conftest import Maker

INPUTS = {"path", "sha256", "extract_date"}


def said(assessment: Assessment) -> str:
    """All that an assessment says but its inputs, as its file has it."""
    data = json.loads(assessment.as_json())
    del data["inputs"]
    return json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize(
    "as_at",
    [
        None,
        dt.date(2026, 7, 15),
        dt.date(2027, 3, 31),  # so far past the lists that both have to tell of it
    ],
)
def test_the_assessment_is_the_same_byte_for_byte(
    council: Maker, loaded: str, toolkit: Toolkit, from_files: Assessment, as_at: dt.date | None
) -> None:
    files = from_files
    if as_at:
        files = toolkit.assess(load_workspace(council(name="files")), as_at=as_at)
    there = load_workspace(council(f'engine: postgresql, url: "{loaded}"'))
    database = toolkit.assess(there, as_at=as_at)

    assert said(database) == said(files)
    late = any(each.where == "as-at" for each in database.evidence.problems)
    assert late == (as_at is not None and as_at.year == 2027)
    # What was set aside, also as later than the day, stands by file, sheet and row.
    assert sorted(_ledger_csv(database).splitlines()) == sorted(_ledger_csv(files).splitlines())
    assert database.evidence.as_at_inferred == files.evidence.as_at_inferred
    own = {each["path"]: each for each in json.loads(database.as_json())["inputs"]}
    for each in json.loads(files.as_json())["inputs"]:
        assert {k: own[each["path"]][k] for k in INPUTS} == {k: each[k] for k in INPUTS}
    assert own["evidence/annex-a.xlsx"]["through"] == "postgresql"
    assert "through" not in own["evidence/readings.csv"]


def test_the_files_need_not_be_there_any_more(
    council: Maker, loaded: str, toolkit: Toolkit, from_files: Assessment
) -> None:
    folder = council(f'engine: postgresql, url: "{loaded}"')
    for path in (folder / "evidence").iterdir():
        if path.name not in ("readings.csv", "register.yaml"):
            path.unlink()

    database = toolkit.assess(load_workspace(folder))

    assert said(database) == said(from_files)


def test_rows_sample_and_known_names_are_the_same(
    council: Maker, loaded: str, toolkit: Toolkit
) -> None:
    files = load_workspace(council(name="files"))
    there = load_workspace(council(f'engine: postgresql, url: "{loaded}"'))
    for measure in ("thresholds.re-referral-12m", "caseloads.unallocated", "visits.cin-on-time"):
        if measure not in toolkit.library.measures:
            continue
        found = rows_behind(toolkit, there, measure, {})
        assert found == rows_behind(toolkit, files, measure, {})
        assert found.rows
    rule = next(iter(toolkit.library.quality))
    assert rows_breaking(toolkit, there, rule) == rows_breaking(toolkit, files, rule)
    read, kept = toolkit.read(there), toolkit.read(files)
    assert draw_sample(toolkit, there, read, 20) == draw_sample(toolkit, files, kept, 20)
    tables = toolkit.library.tables.values()
    assert known_in(read, tables) == known_in(kept, tables)


def test_load_and_show_on_the_command_line(council: Maker, postgres_url: str) -> None:
    folder = council(f'engine: postgresql, url: "{postgres_url}"')
    assert "No table here" in call("warehouse", "show", folder).output

    done = call("warehouse", "load", folder)

    assert done.exit_code == 0, done.output
    assert "loaded into PostgreSQL" in done.output
    shown = call("warehouse", "show", folder).output
    assert "public.contacts (loaded)" in shown
    assert "Not there: " in shown
    # Loading again replaces what was loaded.
    assert call("warehouse", "load", folder).exit_code == 0
    assert call("warehouse", "show", folder).output == shown


def test_a_list_that_is_gone_is_gone_after_loading_again(
    council: Maker, postgres_url: str, toolkit: Toolkit
) -> None:
    folder = council(f'engine: postgresql, url: "{postgres_url}"')
    assert call("warehouse", "load", folder).exit_code == 0
    (folder / "evidence" / "visits.csv").unlink()
    assert call("warehouse", "load", folder).exit_code == 0

    evidence = toolkit.read(load_workspace(folder))

    assert not evidence.tables["visits"].present
    assert evidence.warehouse.query("SELECT COUNT(*) FROM visits") == [(0,)]
    assert not [p for p in evidence.problems if "visits" in p.where]


def test_load_leaves_tables_of_others_alone(council: Maker, postgres_url: str, execute) -> None:
    execute(postgres_url, "CREATE TABLE contacts (theirs TEXT)", "INSERT INTO contacts VALUES (1)")
    folder = council(f'engine: postgresql, url: "{postgres_url}"')

    done = call("warehouse", "load", folder)

    assert isinstance(done.exception, EvidenceError)
    assert "public.contacts" in str(done.exception)
    found = execute(postgres_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    assert found == [(1,)]


def test_a_file_that_changed_since_is_told_of(
    council: Maker, loaded: str, toolkit: Toolkit
) -> None:
    folder = council(f'engine: postgresql, url: "{loaded}"')
    before = toolkit.read(load_workspace(folder))
    path = folder / "evidence" / "visits.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join(lines[:5]) + "\n", encoding="utf-8")

    evidence = toolkit.read(load_workspace(folder))

    assert evidence.tables["visits"].rows == before.tables["visits"].rows
    told = [str(p) for p in evidence.problems if "visits.csv" in p.where]
    assert len(told) == 1
    assert "public.visits" in told[0]
    sheet = next(s for s in evidence.ledger if s.rows_read == 4 and s.table == "visits")
    assert (sheet.rows_used, sheet.rows_set_aside) == (0, 4)


def test_councils_share_tables(
    council: Maker, postgres_url: str, toolkit: Toolkit, from_files: Assessment
) -> None:
    """Each council loads its own rows and sees no other's."""
    shared = f'engine: postgresql, url: "{postgres_url}", council_column: whose'
    north = council(f"{shared}, council: '007'", name="north")
    south = council(f"{shared}, council: '7'", name="south")
    (south / "evidence" / "visits.csv").unlink()
    for folder in (north, south, north):
        assert call("warehouse", "load", folder).exit_code == 0

    assert said(toolkit.assess(load_workspace(north))) == said(from_files)
    own = toolkit.read(load_workspace(south))
    assert not own.tables["visits"].present
    for table, state in from_files.evidence.tables.items():
        if table != "visits":
            assert own.tables[table].rows == state.rows
            assert own.warehouse.query(f'SELECT COUNT(*) FROM "{table}"') == [(state.rows,)]


def test_shared_tables_want_to_know_whose_rows(council: Maker, postgres_url: str) -> None:
    shared = f'engine: postgresql, url: "{postgres_url}"'
    assert (
        call("warehouse", "load", council(f"{shared}, council_column: whose, council: a")).exit_code
        == 0
    )

    done = call("warehouse", "show", council(shared, name="other"))

    assert isinstance(done.exception, EvidenceError)
    assert "'whose'" in str(done.exception)
    assert "council_column: whose" in done.exception.hint


def test_loading_takes_nobody_elses_rows_away(council: Maker, postgres_url: str, execute) -> None:
    """One council that forgets the column would replace the tables of all."""
    alone = f'engine: postgresql, url: "{postgres_url}"'
    shared = council(f"{alone}, council_column: whose, council: a", name="shared")
    assert call("warehouse", "load", shared).exit_code == 0
    count = "SELECT whose, COUNT(*) FROM contacts GROUP BY whose"
    before = execute(postgres_url, count)

    for more in ("", ", council_column: la, council: a"):
        done = call("warehouse", "load", council(alone + more, name=f"other{len(more)}"))
        assert isinstance(done.exception, EvidenceError)
        assert "'whose' says whose a row is. Nothing was loaded." in str(done.exception)
    assert execute(postgres_url, count) == before


def test_one_councils_tables_are_not_shared_afterwards(council: Maker, postgres_url: str) -> None:
    alone = f'engine: postgresql, url: "{postgres_url}"'
    assert call("warehouse", "load", council(alone)).exit_code == 0
    shared = council(f"{alone}, council_column: whose, council: a", name="shared")

    done = call("warehouse", "load", shared)

    assert isinstance(done.exception, EvidenceError)
    assert "loaded for one council alone" in str(done.exception)
    assert "of their own" in done.exception.hint


def test_loading_without_the_right_to(council: Maker, postgres_url: str, execute) -> None:
    ((name,),) = execute(postgres_url, "SELECT current_database()")
    execute(postgres_url, f"CREATE ROLE loader_{name} LOGIN", "CREATE SCHEMA kept")
    execute(postgres_url, f"GRANT USAGE ON SCHEMA kept TO loader_{name}")
    url = postgres_url.replace("tester@", f"loader_{name}@")
    done = call("warehouse", "load", council(f'engine: postgresql, url: "{url}", schema: kept'))
    assert isinstance(done.exception, EvidenceError)
    assert f'GRANT USAGE, CREATE ON SCHEMA "kept" TO "loader_{name}"' in done.exception.hint


def test_nothing_of_a_run_stays_in_the_database(
    council: Maker, loaded: str, toolkit: Toolkit, execute
) -> None:
    names = "SELECT relnamespace::text, relname FROM pg_class ORDER BY 1, 2"
    before = execute(loaded, names)
    toolkit.assess(load_workspace(council(f'engine: postgresql, url: "{loaded}"')))
    assert execute(loaded, names) == before


def test_thin_rights(council: Maker, postgres_server: Postgres, toolkit: Toolkit, execute) -> None:
    """A user who may read, and make tables in one schema alone: nothing temporary, nothing kept."""
    url = postgres_server.database()
    assert call("warehouse", "load", council(f'engine: postgresql, url: "{url}"')).exit_code == 0
    database = urlsplit(url).path.strip("/")
    execute(
        url,
        f"CREATE USER reader_{database}",
        f'REVOKE TEMPORARY ON DATABASE "{database}" FROM PUBLIC',
        f"CREATE SCHEMA work AUTHORIZATION reader_{database}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_{database}",
    )
    thin = url.replace("tester@", f"reader_{database}@")
    refused = load_workspace(council(f'engine: postgresql, url: "{thin}"', name="refused"))
    with pytest.raises(EvidenceError, match="permission denied") as caught:
        toolkit.read(refused)
    assert "work_schema" in caught.value.hint

    worked = council(f'engine: postgresql, url: "{thin}", work_schema: work', name="worked")

    found = rows_behind(toolkit, load_workspace(worked), "caseloads.unallocated", {})
    files = load_workspace(council(name="files"))
    assert found == rows_behind(toolkit, files, "caseloads.unallocated", {})
    assert execute(url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'work'") == [(0,)]


def test_a_loading_that_an_engine_left_half_done_is_refused(
    council: Maker, postgres_url: str, toolkit: Toolkit
) -> None:
    """As with files in a lake, where tables are replaced one by one."""
    from selfassess.evidence.loaded import begun
    from selfassess.evidence.warehouse import Store

    folder = council(f'engine: postgresql, url: "{postgres_url}"')
    assert call("warehouse", "load", folder).exit_code == 0
    half = open_warehouse(load_workspace(folder))
    half.store([begun(Store(name=name, columns={}, rows=()) for name in half.held())])
    half.close()

    for command in (("run", folder), ("warehouse", "show", folder)):
        done = call(*command)
        assert isinstance(done.exception, EvidenceError)
        assert "broken off" in str(done.exception)

    # Loading again mends it: what was begun is known as our own.
    assert call("warehouse", "load", folder).exit_code == 0
    assert toolkit.read(load_workspace(folder)).tables["visits"].present


def test_a_loading_that_was_broken_off_left_nothing(
    council: Maker, postgres_url: str, toolkit: Toolkit, execute, monkeypatch
) -> None:
    """The transaction is not committed: the tables are those of before."""
    from selfassess.evidence import postgres_warehouse

    folder = council(f'engine: postgresql, url: "{postgres_url}"')
    copied: list[str] = []
    real = postgres_warehouse._copy

    def broken(cursor: object, into: str, rows: Sequence[object]) -> None:
        copied.append(into)
        if len(copied) == 5:
            raise RuntimeError("the power went")
        real(cursor, into, rows)

    monkeypatch.setattr(postgres_warehouse, "_copy", broken)
    assert call("warehouse", "load", folder).exit_code == 1
    monkeypatch.undo()
    import gc

    gc.collect()
    assert execute(postgres_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [
        (0,)
    ]
    shutil.rmtree(folder)

"""Lists are made of the dataset alike on every engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from engines.copies import Copies, columns_of

from selfassess.evidence import Evidence, SourceFile, read_evidence
from selfassess.evidence.warehouse import Warehouse
from selfassess.measuring.supplying import supplied
from selfassess.toolkit import Toolkit
from ssd.conftest import AS_AT, write_piped
from ssd.test_mapping import CARE, EPISODES, INVOLVED, PEOPLE, PLANS_OPEN, STAFF, VISITS

TABLES = {
    **PEOPLE,
    **STAFF,
    **PLANS_OPEN,
    **VISITS,
    **CARE,
    "ssd_involvements": INVOLVED.replace("2025-06-01", "some day"),
    "ssd_cin_episodes": EPISODES,
}


def read_as_it_is(toolkit: Toolkit, folder: Path) -> Evidence:
    """The dataset's tables, and no list made of them yet."""
    paths = write_piped(folder, TABLES)
    files = [SourceFile(path=path, name=path.name) for path in paths]
    tables, readers = toolkit.library.tables, toolkit.registry.readers()
    return read_evidence(files, tables=tables, readers=readers, as_at=AS_AT)


@pytest.fixture(params=["postgresql", "spark"])
def engine(request: pytest.FixtureRequest) -> Any:
    """An engine's warehouse; one that is not installed here is skipped with the reason."""
    if request.param == "postgresql":
        from selfassess.evidence.postgres_warehouse import PostgresWarehouse

        made: Warehouse = PostgresWarehouse(request.getfixturevalue("postgres_url"))
    else:
        from selfassess.evidence.spark_warehouse import SparkWarehouse

        made = SparkWarehouse(request.getfixturevalue("spark_session"))
    yield made
    made.close()


def lists(evidence: Evidence) -> dict[str, list[Any]]:
    """Every list that was made: its rows in the order of where they come from."""
    found = {}
    for name, state in evidence.tables.items():
        if state.made_of:
            columns = [each for each in columns_of(state.spec) if each != "row_id"]
            picked = ", ".join(f'"{each}"' for each in columns)
            rows = evidence.warehouse.query(f'SELECT {picked} FROM "{name}"')
            found[name] = sorted(rows, key=lambda row: [str(cell) for cell in row])
    return found


def test_every_list_is_the_same(toolkit: Toolkit, tmp_path: Path, engine: Warehouse) -> None:
    library = toolkit.library

    def make(evidence: Evidence) -> Evidence:
        return supplied(evidence, library.tables, library.views, library.settings)

    here = read_as_it_is(toolkit, tmp_path)
    there = make(Copies(engine).of(here))
    here = make(here)
    made = lists(here)
    assert set(made) == {
        "allocations",
        "assessments",
        "care",
        "cin",
        "cp",
        "missing_episodes",
        "referrals",
        "visits",
        "workers",
    }
    assert lists(there) == made
    assert any("|" in str(row) for row in made["allocations"])  # a cell that cannot be read
    for name in made:
        ours, theirs = here.tables[name], there.tables[name]
        assert (theirs.rows, theirs.unknown, theirs.unlisted) == (
            ours.rows,
            ours.unknown,
            ours.unlisted,
        )

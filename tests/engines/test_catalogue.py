"""The whole catalogue, asked of every engine: readings, series, breakdowns, rules and rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engines.answers import answered, between
from engines.copies import Copies, rows_of
from engines.councils import Council
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
from selfassess.evidence.rows import columns_of
from selfassess.loading.library import Library
from selfassess.measuring.computing import is_computed

Engine = Any

COUNCILS = ("whole", "wanting", "cases", "demo")
"""The first has every list; an engine that takes its time is asked of no other (see conftest)."""


@pytest.mark.parametrize("name", COUNCILS)
def test_every_answer_is_that_of_a_run_over_the_files(
    engine: Engine, name: str, councils: Callable[[str], Council]
) -> None:
    assert engine.differences(councils(name)) == []


def test_every_computed_measure_is_asked(
    engine: Engine, library: Library, councils: Callable[[str], Council]
) -> None:
    computed = {name for name, each in library.measures.items() if is_computed(each)}
    names = COUNCILS if engine.thorough else COUNCILS[:1]
    asked = [engine.asked(councils(each)) for each in names]
    assert computed - set().union(*asked) == set()


@pytest.mark.parametrize(
    ("table", "column"),
    [("cp", "plan_end_date"), ("workers", "fte"), ("referrals", "team")],
)
def test_one_cell_that_differs_is_found(
    table: str, column: str, councils: Callable[[str], Council], files: Any
) -> None:
    council = councils("whole")
    copies = Copies(DuckDBWarehouse())
    there = copies.of(council.evidence)
    columns = columns_of(council.library.tables[table])
    rows = [list(row) for row in rows_of(copies.warehouse, table, columns)]
    place = list(columns).index(column)
    other = {"plan_end_date": council.evidence.as_at, "fte": 0.3, "team": "Elsewhere"}
    cell = next(row for row in rows if row[place] is not None)
    cell[place] = other[column]
    copies.change(table, rows)
    theirs = answered(council.library, there, drilled=False)
    assert list(between("readings", files.of(council).readings, theirs.readings))

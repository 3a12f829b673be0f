"""A view within the query of the one measure that names it has what is read, and reads the same."""

from __future__ import annotations

from typing import Any

import pytest

from selfassess.measuring.answer import answer
from selfassess.measuring.session import Session

World = Any

# Child 1 is held by Ann on three rows and by Cy on one; rows of cp speak before those of cin.
CIN = """
child_id | start_date | team  | worker
1        | 2026-01-01 | North | Ann
1        | 2026-02-01 | South | ann
1        | 2026-02-02 | North | Cy
2        | 2026-01-01 | East  | Bo
"""
CP = """
child_id | start_date | team | worker
1        | 2025-12-01 | West | ANN
3        | 2026-01-01 |      | Bo
"""
HELD: dict[str, Any] = {
    "id": "held",
    "title": "Held",
    "entity": "child",
    "key": ["child_id"],
    "union": [
        {"table": "cin", "columns": {"plan": "'cin'", "begun": "start_date"}},
        {"table": "cp", "columns": {"plan": "'cp'", "begun": "start_date"}},
    ],
    "columns": ["child_id", "worker", "plan", "begun", "team"],
    "per": ["child_id", "worker"],
    "rank": "plan",
    "first_of": ["cp", "cin"],
}
PLAIN: dict[str, Any] = {"from": "held", "aggregate": "count", "unit": "rows"}


def read(world: World, view: dict[str, Any], **keys: Any) -> tuple[dict[Any, Any], str]:
    """Each scope's figure, found equal by way of a table that two measures share; the query."""
    world.view(**view)
    measure, other = world.measure(**PLAIN, **keys), world.measure(**PLAIN, id="other")

    def session(*measures: Any) -> Session:
        return Session(world.evidence(), world.tables, world.views, world.settings, measures)

    alone = answer(measure, session(measure), "")
    assert alone == answer(measure, session(measure, other), "")
    compiled = session(measure).compile(measure, keys.get("by", ()), placed=False)
    sql = compiled.tally_sql([(name,) for name in keys.get("by", ())])
    return {each.where: (each.value, each.unknown) for each in alone}, sql


@pytest.fixture
def holding(world: World) -> World:
    return world.table("cin", CIN).table("cp", CP)


def test_where_only_its_keys_are_read_no_row_is_put_in_order(holding: World) -> None:
    found, sql = read(holding, HELD)
    # 1 and Ann, 1 and Cy, 2 and Bo, 3 and Bo.
    assert found == {(): (4, 0)}
    assert "ROW_NUMBER" not in sql
    assert '"begun"' not in sql


def test_what_comes_first_still_hangs_on_the_order_of_columns_that_nobody_reads(
    holding: World,
) -> None:
    found, sql = read(holding, HELD, by=["team"])
    teams = {where[0][1]: figure[0] for where, figure in found.items() if where}
    # The plan under protection speaks first of child 1 and Ann; child 3 has no team.
    assert teams == {"West": 1, "North": 1, "East": 1, "not-recorded": 1}
    assert '"plan"' in sql
    assert '"begun"' not in sql


def test_the_newest_row_speaks_first_though_its_day_is_not_read(holding: World) -> None:
    view = {**HELD, "rank": None, "first_of": [], "newest": "begun"}
    found, _ = read(holding, view, by=["team"])
    teams = {where[0][1]: figure[0] for where, figure in found.items() if where}
    assert teams == {"South": 1, "North": 1, "East": 1, "not-recorded": 1}


def test_what_is_brought_together_has_the_columns_that_it_names(holding: World) -> None:
    view = {**HELD, "rank": None, "first_of": [], "combine": {"team": "first(team [plan = 'cp'])"}}
    found, sql = read(holding, view, by=["team"])
    teams = {where[0][1]: figure[0] for where, figure in found.items() if where}
    assert teams == {"West": 1, "not-recorded": 3}
    assert '"plan"' in sql
    assert '"begun"' not in sql


def test_a_holder_that_could_not_be_read_stays_unknown(holding: World) -> None:
    holding.table("cp", CP.replace("ANN", "#"))
    found, _ = read(holding, HELD, filter="worker = 'Bo'")
    # Whose the first row is cannot be told, so how many are Bo's cannot be told either.
    assert found == {(): (None, 1)}


def test_a_view_that_looks_into_itself_is_whole(holding: World) -> None:
    found, sql = read(holding, HELD, filter="count(held [plan = 'cp']) >= 1")
    # Both rows of child 1, and child 3's.
    assert found == {(): (3, 0)}
    assert '"begun"' in sql


def test_rows_are_still_told_by_the_row_that_speaks_first(holding: World) -> None:
    holding.view(**HELD)
    found = holding.rows(**PLAIN)
    assert [row[1:5] for row in found.rows] == [
        ("evidence/cin.csv", "cin", 4, "1"),
        ("evidence/cin.csv", "cin", 5, "2"),
        ("evidence/cp.csv", "cp", 2, "1"),
        ("evidence/cp.csv", "cp", 3, "3"),
    ]

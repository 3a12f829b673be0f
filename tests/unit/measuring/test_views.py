"""Views: one row an entity, the plan by rank, the worker by name, the unknown kept apart."""

from __future__ import annotations

from typing import Any

import pytest

from selfassess.errors import MeasureError
from selfassess.measuring.run import prepare

World = Any

OPEN: dict[str, Any] = {
    "id": "open_children",
    "title": "Open children",
    "entity": "child",
    "key": ["child_id"],
    "union": [
        {"table": "care", "open": True, "columns": {"plan": "'care'"}},
        {"table": "cp", "open": True, "columns": {"plan": "'cp'"}},
        {"table": "cin", "open": True, "columns": {"plan": "status"}},
    ],
    "columns": ["child_id", "plan", "team", "worker", "duty", "since"],
    "per": ["child_id"],
    "rank": "plan",
    "first_of": ["care", "cp", "cin", "assessment"],
    "combine": {
        "worker": "first(worker [not matches(worker, nobody)])",
        "duty": "any(matches(team, duty))",
        "since": "min(since)",
    },
    "links": [{"name": "worker", "table": "workers", "on": {"worker": "worker"}}],
}
for source in OPEN["union"]:
    source["columns"]["since"] = "start_date"
PAIRS: dict[str, Any] = {
    "id": "pairs",
    "title": "Pairs",
    "entity": "child",
    "key": ["child_id"],
    "union": [
        {"table": "cp", "open": True, "filter": "not unknown(worker) and not blank(worker)"},
        {"table": "cin", "open": True, "filter": "not unknown(worker) and not blank(worker)"},
        {"table": "open_children", "filter": "unknown(worker)"},
    ],
    "columns": ["child_id", "worker"],
    "per": ["child_id", "worker"],
}
CIN = """
child_id | start_date | closed     | status     | team      | worker
1        | 2026-01-01 |            | cin        | North     | Ann
2        | 2026-02-01 |            | cp         | North     | Unallocated
3        | 2026-01-01 |            | closed     | North     | Ann
4        | 2026-01-01 | 2026-03-31 | cin        | North     | Ann
5        | 2026-01-01 |            | cin        | North     | #
6        | 2026-01-01 |            | assessment | Duty team |
7        | 2026-01-01 |            | #          | North     | Bo
8        | 2026-01-01 |            | care       | North     | #
"""
CP = """
child_id | start_date | closed | team  | worker
2        | 2026-03-01 |        | South | Bo
5        | 2026-01-15 |        | South |
8        | 2026-01-01 |        | South | Cy
"""
CARE = """
child_id | start_date | closed | team
8        | 2026-03-01 |        | East
"""


@pytest.fixture
def children(world: World) -> World:
    world.view(**OPEN).view(**PAIRS)
    return (
        world.table("cin", CIN).table("cp", CP).table("care", CARE).table("workers", "worker|role")
    )


def made(world: World, name: str, *columns: str) -> list[tuple[object, ...]]:
    session = prepare(world.library(), world.evidence())
    session.make(name)
    order = ", ".join(columns[:2])
    return session.query(f'SELECT {", ".join(columns)} FROM "{name}" ORDER BY {order}')


def test_the_plan_is_the_highest_and_the_worker_the_first_named(children: World) -> None:
    found = made(children, "open_children", "child_id", "plan", "worker", "worker__unknown", "duty")
    assert found == [
        ("1", "cin", "Ann", 0, "no"),
        ("2", "cp", "Bo", 0, "no"),  # a placeholder in one list, named in another
        ("5", "cp", None, 1, "no"),  # blank in one, unreadable in another: unknown
        ("6", "assessment", None, 0, "yes"),
        ("7", None, "Bo", 0, "no"),
        ("8", "care", "Cy", 0, "no"),  # the care list has no such column at all
    ]


def test_a_row_speaks_from_where_its_first_source_stands(children: World) -> None:
    found = made(
        children, "open_children", "child_id", "team", "since", "source_sheet", "source_row"
    )
    two = next(row for row in found if row[0] == "2")
    tables = list(children.tables)
    assert (two[1], str(two[2]), tables[two[3]], two[4]) == ("South", "2026-02-01", "cp", 2)


def test_a_status_that_cannot_be_read_keeps_the_child(children: World) -> None:
    reading = children.read(
        **{"from": "open_children", "numerator": "plan = 'cp'", "aggregate": "count", "unit": "x"}
    )
    assert (reading.numerator, reading.unknown) == (2, 1)


def test_counting_who_has_nobody(children: World) -> None:
    keys = {"from": "open_children", "aggregate": "count", "unit": "children", "by": ["plan"]}
    more = "\n".join(f"{n} | 2026-01-01 | | cin | North | Ann" for n in range(100, 140))
    children.table("cin", CIN + more)
    readings = children.readings(**keys, numerator="blank(worker)")
    assert (readings[()].value, readings[()].unknown, readings[()].denominator) == (1, 1, 45)
    assert readings[("plan", "assessment"),].value == 1
    assert readings[("plan", "cp"),].status == "not-computable"
    assert "'The worker' of Children in need (2 cells)" in readings[("plan", "cp"),].reason


def test_pairs_keep_the_unknown_only_where_nobody_is_named(children: World) -> None:
    found = made(children, "pairs", "child_id", "worker", "worker__unknown")
    assert found == [
        ("1", "Ann", 0), ("2", "Bo", 0), ("2", "Unallocated", 0), ("5", None, 1),
        ("7", "Bo", 0), ("8", "Cy", 0),
    ]  # fmt: skip


def test_a_source_that_was_not_supplied_is_said(world: World) -> None:
    world.view(**OPEN).table("cp", CP)
    reading = world.read(**{"from": "open_children", "aggregate": "count", "unit": "x"})
    assert (reading.value, reading.status) == (3, "ok")
    assert reading.reason == "without Children in care, Children in need"


def test_without_any_source_nothing_is_computable(world: World) -> None:
    world.view(**OPEN)
    reading = world.read(**{"from": "open_children", "aggregate": "count", "unit": "x"})
    assert reading.status == "not-computable"


def test_a_view_without_per_keeps_every_row(children: World) -> None:
    children.view(
        **{**PAIRS, "id": "rows", "per": [], "union": [{"table": "cp"}, {"table": "cin"}]}
    )
    assert len(made(children, "rows", "child_id")) == 11


def test_other_ways_to_combine(children: World) -> None:
    combine = {
        "worker": "count",
        "team": "max(team)",
        "since": "max(since [plan = 'cp'])",
        "duty": "all(blank(worker))",
    }
    del children.views["pairs"]
    children.view(**{**OPEN, "combine": combine})
    found = made(
        children, "open_children", "child_id", "worker", "team", "since", "duty", "duty__unknown"
    )
    assert [(r[0], r[1], r[2], r[3] and str(r[3]), r[4], r[5]) for r in found] == [
        ("1", 1, "North", None, "no", 0),
        ("2", 2, "South", "2026-03-01", "no", 0),
        ("5", 2, "South", "2026-01-15", "yes", 1),
        ("6", 1, "Duty team", None, "yes", 0),
        ("7", 1, "North", None, "no", 0),
        ("8", 3, "South", "2026-01-01", "no", 0),
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"union": [{"table": "cps"}]}, "'cps' is no table or earlier view."),
        ({"columns": ["child_id", "plan", "colour"]}, "no source has such a column."),
        ({"rank": "planet"}, "'planet' is no column of the view."),
        ({"first_of": []}, "rank and first_of belong together."),
        (
            {"combine": {"duty": "count", "worker": "latest(worker)"}},
            "how rows become one was expected",
        ),
        (
            {"combine": {"duty": "count", "worker": "first(wroker)"}},
            "'wroker' is nothing that Open children has.",
        ),
        ({"key": ["child"]}, "'child' is no column of the view."),
        ({"union": [{"table": "cp", "filter": "team"}]}, "a text stands where a condition should."),
        ({"union": [{"table": "visits", "open": True}]}, "does not say when a row is opened."),
        (
            {"union": [{"table": "cp"}, {"table": "cin", "columns": {"team": "start_date"}}]},
            "'team' is a date here and a text in an earlier source.",
        ),
        ({"union": [{"table": "open_children"}]}, "draw on one another in a circle."),
    ],
)
def test_faults_of_views(world: World, change: dict[str, Any], message: str) -> None:
    world.view(**{**OPEN, **change})
    faults = world.faults()
    assert any(message in fault for fault in faults), faults
    session = prepare(world.library(), world.evidence())
    with pytest.raises(MeasureError):
        session.make("open_children")

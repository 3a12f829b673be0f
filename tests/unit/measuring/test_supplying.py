"""Declared tables made of others: what a view supplies, and what it is refused for."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from selfassess.evidence.state import Evidence
from selfassess.measuring.check import problems_of
from selfassess.measuring.run import prepare
from selfassess.measuring.supplying import supplied

World = Any

NEED: dict[str, Any] = {
    "id": "need",
    "title": "Need, of other tables",
    "entity": "child",
    "key": ["child_id"],
    "supplies": "cin",
    "union": [
        {
            "table": "cp",
            "filter": "team != 'Elsewhere'",
            "columns": {
                "status": "if(closed <= as_at, 'closed', 'cp')",
                "worker": "first_of(worker, team)",
            },
        },
        {
            "table": "care",
            "columns": {"status": "'care'", "worker": "visited.kind", "team": "team"},
        },
    ],
    "columns": ["child_id", "start_date", "closed", "status", "team", "worker"],
}
CP = """
child_id | start_date | closed     | team      | worker
1        | 2026-01-01 |            | North     | Ann
2        | 2025-01-01 | 2026-02-01 | North     |
3        | 2026-04-01 |            | North     | Ann
4        | 2026-01-01 |            | Elsewhere | Ann
         | 2026-01-01 |            | North     | Ann
6        | 2026-01-01 |            | North     | #
"""
CARE = """
child_id | start_date | closed | team
7        | 2026-03-01 |        | East
"""


@pytest.fixture
def council(world: World) -> World:
    care = world.tables["care"]
    link = {"name": "visited", "table": "visits", "on": {"child_id": "child_id"}}
    from selfassess.model.evidence import Link

    world.tables["care"] = dataclasses.replace(care, links=(Link(**link),))
    return world.view(**NEED)


def made(world: World) -> Evidence:
    library = world.library()
    assert not problems_of(library)
    return supplied(world.evidence(), library.tables, library.views, library.settings)


def rows(evidence: Evidence, *columns: str) -> list[tuple[Any, ...]]:
    picked = ", ".join(columns)
    return evidence.warehouse.query(f"SELECT {picked} FROM cin ORDER BY row_id")


def test_a_table_is_made_with_its_columns_and_places(council: World) -> None:
    evidence = made(council.table("cp", CP))
    assert rows(evidence, "child_id", "status", "worker", "unknown_cells", "source_row") == [
        ("1", "cp", "Ann", None, 2),
        ("2", "closed", "North", None, 3),
        # The third begins after the as-at date, the fourth is filtered, the fifth has no child.
        ("6", "cp", None, "|worker|", 7),
    ]
    state = evidence.tables["cin"]
    assert (state.present, state.rows, state.unknown) == (True, 3, {"worker": 1})
    assert state.made_of == ("cp",)
    assert state.files == ("evidence/cp.csv",)


def test_a_row_is_found_by_its_own_number(council: World) -> None:
    evidence = made(council.table("cp", CP).table("care", CARE).table("visits", "child_id|kind"))
    numbers = [number for (number,) in rows(evidence, "row_id")]
    assert len(numbers) == len(set(numbers)) == 4
    sheets = {evidence.ledger[index].table for (index,) in rows(evidence, "source_sheet")}
    assert sheets == {"cp", "care"}


def test_what_one_source_cannot_say_is_unknown_there(council: World) -> None:
    # The list of visits, which a worker of a child in care is taken from here, was not supplied.
    evidence = made(council.table("cp", CP).table("care", CARE))
    assert rows(evidence, "child_id", "worker", "unknown_cells")[-1] == ("7", None, "|worker|")
    assert "worker" in evidence.tables["cin"].columns
    (problem,) = evidence.problems
    assert problem.message == (
        "Children in need is made without 'The worker': visits was not supplied."
    )


def test_what_no_source_can_say_is_no_column(council: World) -> None:
    evidence = made(council.table("care", CARE))
    state = evidence.tables["cin"]
    assert state.columns == {"child_id", "start_date", "closed", "status", "team"}
    (problem,) = evidence.problems
    assert problem.message == (
        "Children in need is made without 'The worker': visits was not supplied."
    )


def test_first_of_takes_what_there_is(council: World) -> None:
    evidence = made(council.table("cp", "child_id|start_date|closed|team\n1|2026-01-01||North"))
    assert rows(evidence, "worker") == [("North",)]
    assert not evidence.problems


def test_without_what_tells_its_rows_a_table_is_not_made(council: World) -> None:
    evidence = made(council.table("cp", "child_id|start_date|closed|worker\n1|2026-01-01||Ann"))
    assert not evidence.tables["cin"].present
    (problem,) = evidence.problems
    assert problem.where == "evidence/cp.csv"
    assert problem.message == "Children in need cannot be made: cp lacks 'The team'."


def test_no_row_no_list(council: World) -> None:
    evidence = made(council.table("cp", "child_id|start_date|closed|team|worker"))
    assert not evidence.tables["cin"].present


def test_a_list_of_its_own_comes_first(council: World) -> None:
    evidence = made(council.table("cp", CP).table("cin", "child_id|start_date\n9|2026-01-01"))
    assert rows(evidence, "child_id") == [("9",)]
    (problem,) = evidence.problems
    assert problem.where == "evidence/cin.csv"
    assert problem.message.startswith("Children in need: read from here, though other files")


def test_without_a_source_nothing_is_said(council: World) -> None:
    evidence = council.table("visits", "child_id|kind|date\n1|cp|2026-01-01").evidence()
    assert supplied(evidence, council.tables, council.views, council.settings) is evidence


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"supplies": "cyn"}, "'cyn' is no declared table."),
        ({"columns": ["child_id", "teams"]}, "no source has such a column."),
        (
            {"union": [{"table": "cp", "columns": {"status": "'cp'", "start_date": "worker"}}]},
            "is a text here and a date in Children in need.",
        ),
        (
            {"union": [{"table": "cp", "columns": {"status": "'cpp'"}}]},
            "'cpp' is no code of that column of Children in need.",
        ),
        ({"union": [{"table": "cin"}]}, "draws on 'cin', which a view supplies"),
        (
            {"key": ["team"], "columns": ["team"], "union": [{"table": "cp"}]},
            "'child_id', the key of Children in need, is wanting.",
        ),
        ({"newest": "begun"}, "'begun' is no column of the view."),
        ({"opened": "begun"}, "'begun' is no column of the view."),
    ],
)
def test_faults(council: World, change: dict[str, Any], message: str) -> None:
    council.view(**{**NEED, **change})
    faults = council.faults()
    assert any(message in fault for fault in faults), faults


# views that tables are made of


SEEN: dict[str, Any] = {
    "id": "seen",
    "title": "Seen",
    "entity": "child",
    "key": ["who"],
    "event": "day",
    "opened": "day",
    "union": [{"table": "visits", "columns": {"who": "child_id", "day": "date"}}],
    "columns": ["who", "kind", "day"],
}
VISITS = """
child_id | kind | date
1        | cp   | 2026-01-05
1        | cin  | 2026-02-05
1        | care | 2026-05-05
2        | cp   | 2026-03-05
"""


def query(world: World, name: str, *columns: str) -> list[tuple[Any, ...]]:
    session = prepare(world.library(), world.evidence())
    session.make(name)
    return session.query(f'SELECT {", ".join(columns)} FROM "{name}" ORDER BY row_id')


def test_views_look_into_views_and_meet_by_their_keys(world: World) -> None:
    # `latest` comes before what it looks into, and calls the child otherwise.
    world.view(
        id="latest",
        title="Latest",
        entity="child",
        key=["child_id"],
        union=[
            {
                "table": "cp",
                "columns": {"last": "latest(seen.day)", "times": "count(seen [kind = 'cp'])"},
            }
        ],
        columns=["child_id", "last", "times"],
    ).view(**SEEN)
    world.table("cp", "child_id|start_date\n1|2026-01-01\n3|2026-01-01").table("visits", VISITS)
    assert not problems_of(world.library())
    found = query(world, "latest", "child_id", "last", "times")
    assert [(child, str(last), times) for child, last, times in found] == [
        ("1", "2026-02-05", 1),
        ("3", "None", 0),
    ]


def test_a_link_to_a_view_finds_what_is_open_and_newest(world: World) -> None:
    world.view(**SEEN)
    link = {"name": "visit", "table": "seen", "on": {"child_id": "who"}}
    world.view(
        id="linked",
        title="Linked",
        entity="child",
        key=["child_id"],
        union=[{"table": "cp"}],
        columns=["child_id"],
        links=[link],
    ).view(
        id="kinds",
        title="Kinds",
        entity="child",
        key=["child_id"],
        union=[{"table": "linked", "columns": {"kind": "visit.kind"}}],
        columns=["child_id", "kind"],
    )
    world.table("cp", "child_id|start_date\n1|2026-01-01").table("visits", VISITS)
    assert query(world, "kinds", "child_id", "kind") == [("1", "cin")]


def test_the_newest_row_speaks_first(world: World) -> None:
    world.view(
        id="newest",
        title="Newest",
        entity="child",
        key=["child_id"],
        union=[{"table": "visits"}],
        columns=["child_id", "kind", "date"],
        per=["child_id"],
        newest="date",
    ).table("visits", VISITS + "2 | cin | \n")
    found = query(world, "newest", "child_id", "kind", "source_row")
    assert sorted(found) == [("1", "care", 4), ("2", "cp", 5)]


def test_a_value_without_an_else_is_blank(world: World) -> None:
    world.table("visits", VISITS)
    reading = world.read(
        **{
            "from": "visits",
            "aggregate": "count",
            "unit": "x",
            "numerator": "blank(if(kind = 'cp', date))",
        }
    )
    assert reading.numerator == 2

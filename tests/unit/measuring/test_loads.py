"""Holders' own loads beside adjusted values, and names shown with the rows behind a number."""

from __future__ import annotations

from typing import Any

from selfassess.measuring.drilldown import drill_down
from selfassess.measuring.run import prepare

World = Any

CARE = """
child_id | start_date | team  | worker
1        | 2025-01-01 | North | Ann
2        | 2025-01-01 | North | Ann
3        | 2025-01-01 | North | Ann
4        | 2025-01-01 | South | Bo
5        | 2025-01-01 | South | Bo
6        | 2025-01-01 | South | Cy
7        | 2025-01-01 |       |
"""
HELD = {"from": "care", "per": {"key": "worker", "also": {"team": "min(team)"}}, "by": ["team"]}


def test_adjusted_values_keep_the_load_they_came_from(world: World) -> None:
    """Each holder counts at twice its children: 6, 4 and 2; their own loads are 3, 2 and 1."""
    world.table("care", CARE)
    found = world.readings(**HELD, aggregate="max", value="value * 2", unit="children")
    whole = found[()]
    assert whole.value == 6
    assert whole.distribution == ((2, 1), (4, 1), (6, 1))
    assert whole.loads == ((1, 1), (2, 1), (3, 1))
    south = found[(("team", "South"),)]
    assert (south.distribution, south.loads) == (((2, 1), (4, 1)), ((1, 1), (2, 1)))


def test_loads_that_are_not_adjusted_stand_once(world: World) -> None:
    world.table("care", CARE)
    whole = world.read(**HELD, aggregate="max", value="value", unit="children")
    assert (whole.distribution, whole.loads) == (((1, 1), (2, 1), (3, 1)), ())
    share = world.read(**HELD, aggregate="share", numerator="value > 2")
    assert (share.distribution, share.loads) == (((1, 1), (2, 1), (3, 1)), ())


def test_equal_values_of_unequal_loads_stay_apart(world: World) -> None:
    """All three count as ten at most: the load of each is still known, the maximum unchanged."""
    world.table("care", CARE)
    whole = world.read(**HELD, aggregate="mean", value="if(value > 0, 10, 0)", unit="children")
    assert (whole.value, whole.denominator) == (10, 3)
    assert whole.distribution == ((10, 3),)
    assert whole.loads == ((1, 1), (2, 1), (3, 1))


def test_rows_show_what_is_asked_for(world: World) -> None:
    world.table("care", CARE)
    measure = world.measure(**{"from": "care"}, aggregate="count", unit="children")
    session = prepare(world.library(measure), world.evidence())
    found = drill_down(measure, session, show=("worker", "team", "nothing"))
    assert found.key_columns == ("child_id", "value", "worker", "team", "nothing")
    assert found.rows[0][4:] == ("1", None, "Ann", "North", None)
    assert found.rows[6][4:] == ("7", None, "not-recorded", "not-recorded", None)
    assert [row[:6] for row in found.rows] == [row[:6] for row in drill_down(measure, session).rows]


def test_rows_of_holders_show_the_holders_names(world: World) -> None:
    world.table("care", CARE)
    measure = world.measure(**HELD, aggregate="share", numerator="value > 2")
    session = prepare(world.library(measure), world.evidence())
    found = drill_down(measure, session, {"team": "South"}, ("team",))
    assert {row[-1] for row in found.rows} == {"South"}
    assert len(found.rows) == 3

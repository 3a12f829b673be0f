"""Twins over completed work: for comparison alone, and only where both are counted alike."""

from __future__ import annotations

from typing import Any

from selfassess.measuring.twins import completed_twins

CLOCK = {
    "from": "assessments",
    "clock": {"start": "start_date", "limit": "10 days", "stop": "authorised"},
    "completed_as": "published",
    "by": ["team"],
}
# As at 31 March 2026: one in time, one late, one open and overdue, one not due yet.
FOUR = """
child_id | start_date | authorised | team
1        | 2026-01-01 | 2026-01-05 | north
2        | 2026-01-01 | 2026-02-20 | north
3        | 2026-02-01 |            | south
4        | 2026-03-30 |            | south
"""


def twins(world: Any, **keys: Any) -> Any:
    measure = world.measure(**keys)
    library = world.library(measure)
    readings = world.run(measure).readings
    return readings, completed_twins(library, world.evidence(), world.settings, readings)


def test_a_twin_leaves_out_what_is_open_and_overdue(world: Any) -> None:
    world.table("assessments", FOUR)
    readings, found = twins(world, **CLOCK)
    whole = next(each for each in readings if not each.where)
    assert (whole.numerator, whole.denominator) == (1, 3)
    assert list(found) == ["a.measure"]
    assert (found["a.measure"].numerator, found["a.measure"].denominator) == (1, 2)


def test_a_measure_that_names_no_indicator_has_no_twin(world: Any) -> None:
    world.table("assessments", FOUR)
    assert twins(world, **{**CLOCK, "completed_as": None})[1] == {}


def test_without_a_figure_there_is_no_twin(world: Any) -> None:
    assert twins(world, **CLOCK)[1] == {}


def test_a_twin_that_nothing_completed_answers_is_left_out(world: Any) -> None:
    world.table("assessments", FOUR.replace("2026-01-05", "").replace("2026-02-20", ""))
    readings, found = twins(world, **CLOCK)
    assert readings[0].value == 0
    assert found == {}


def test_a_way_that_needs_more_than_is_held_gives_no_twin_of_another_way(world: Any) -> None:
    world.table("assessments", FOUR)
    ways = [
        {"name": "clock", "clock": CLOCK["clock"]},
        {"name": "plain", "numerator": "not blank(authorised)"},
    ]
    keys = {"from": "assessments", "completed_as": "published", "ways": ways}
    found = twins(world, **keys)[1]
    assert found["a.measure"].way == "clock"
    assert found["a.measure"].denominator == 2

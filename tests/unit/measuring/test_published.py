"""Published figures: units, series, ranges, and what happens beside a computed one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from selfassess.errors import MeasureError
from selfassess.evidence.state import RawPublished
from selfassess.measuring.run import Measured
from selfassess.model.measure import Reading

World = Any


def row(**keys: Any) -> RawPublished:
    given = {"place": "readings.csv:2", "file": "readings.csv", "measure": "a.measure", **keys}
    return RawPublished(**given)


def run(world: World, *rows: RawPublished, **keys: Any) -> Measured:
    world.published = rows
    world._evidence = None
    return world.run(world.measure(**keys))


def total(world: World, *rows: RawPublished, **keys: Any) -> Reading:
    found = {reading.where: reading for reading in run(world, *rows, **keys).readings}
    return found[()]


def test_a_published_figure_is_a_reading(world: World) -> None:
    reading = total(
        world,
        row(value=17.0, numerator=34, denominator=200, source="Cabinet paper", cited="May 2025",
            end=dt.date(2025, 3, 31), comparator=22.0),
    )  # fmt: skip
    assert (reading.value, reading.unit, reading.status, reading.published) == (
        17,
        "percent",
        "ok",
        True,
    )
    assert (reading.numerator, reading.denominator, reading.comparator) == (34, 200, 22)
    assert (reading.source, reading.cited, reading.end) == (
        "Cabinet paper", "May 2025", dt.date(2025, 3, 31),
    )  # fmt: skip


def test_a_part_alone_leaves_the_whole_missing(world: World) -> None:
    found = run(world, row(value=17.0, where=(("team", "North"),))).readings
    assert [(reading.where, reading.status) for reading in found] == [
        ((), "missing"),
        ((("team", "North"),), "ok"),
    ]


@pytest.mark.parametrize(
    ("unit", "measured_in", "value", "read", "read_in"),
    [
        ("", "percent", 17.0, 17, "percent"),
        ("%", "percent", 28.9, 28.9, "percent"),
        ("fraction", "percent", 0.289, 28.9, "percent"),
        ("months", "working-days", 2.0, 42, "working-days"),
        ("month", "working days", 0.5, 10.5, "working days"),
        ("weeks", "working-days", 3.0, 15, "working-days"),
        ("weeks", "days", 3.0, 21, "days"),
        ("months", "days", 2.0, 60, "days"),
        ("days", "hours", 1.5, 36, "hours"),
        ("minutes", "hours", 90.0, 1.5, "hours"),
        ("contacts", "children", 120.0, 120, "children"),
        ("Cases", "contacts", 120.0, 120, "contacts"),
        # Listed in `units`: taken as it stands, and called what it is.
        ("cases per fte", "children per worker", 17.7, 17.7, "cases per fte"),
    ],
)
def test_units(
    world: World, unit: str, measured_in: str, value: float, read: float, read_in: str
) -> None:
    reading = total(world, row(value=value, unit=unit), unit=measured_in, units=["cases per fte"])
    assert (reading.value, reading.unit) == (read, read_in)


@pytest.mark.parametrize(
    ("unit", "measured_in"),
    [
        ("days", "working-days"),
        ("children", "percent"),
        ("percent", "children"),
        ("children", "workers"),
        ("furlongs", "days"),
    ],
)
def test_other_units_are_errors(world: World, unit: str, measured_in: str) -> None:
    with pytest.raises(MeasureError, match=f"'{unit}' does not convert to {measured_in}") as caught:
        total(world, row(value=1.0, unit=unit), unit=measured_in)
    assert caught.value.problems[0].where == "readings.csv:2"


def test_a_series_is_read_at_its_last_value(world: World) -> None:
    reading = total(world, row(value=73.0, series=(28.9, 50.0, 73.0), end=dt.date(2026, 1, 1)))
    assert reading.value == 73
    assert [(point.value, point.end) for point in reading.series] == [
        (28.9, None), (50, None), (73, dt.date(2026, 1, 1)),
    ]  # fmt: skip


def test_dated_rows_are_a_series(world: World) -> None:
    rows = [
        row(value=80.0, end=dt.date(2025, 12, 31), place="readings.csv:3"),
        row(value=90.0, end=dt.date(2024, 12, 31)),
    ]
    reading = total(world, *rows)
    assert reading.value == 80
    assert [point.value for point in reading.series] == [90, 80]


def test_undated_rows_may_not_repeat(world: World) -> None:
    with pytest.raises(MeasureError, match=r"is stated already at readings\.csv:2"):
        total(world, row(value=80.0), row(value=90.0, place="readings.csv:3"))


@pytest.mark.parametrize(
    ("better", "bands", "worse"),
    [
        ("lower", [], 22),
        ("higher", [], 14),
        ("none", [], 22),
        ("two-sided", [{"basis": "benchmark", "attention": "outside 16.9-21.8"}], 14),
        ("two-sided", [{"basis": "benchmark", "attention": "outside 13-21"}], 22),
        ("two-sided", [], 22),
    ],
)
def test_a_range_is_read_at_its_worse_end(
    world: World, better: str, bands: list[dict[str, str]], worse: int
) -> None:
    reading = total(world, row(low=14.0, high=22.0), better=better, bands=bands)
    assert (reading.value, reading.low, reading.high) == (worse, 14, 22)


def test_a_small_published_base_is_small(world: World) -> None:
    assert total(world, row(value=50.0, denominator=9)).status == "small-base"
    assert total(world, row(value=50.0, denominator=10)).status == "ok"
    assert total(world, row(value=50.0, denominator=9), unit="children").status == "ok"


@pytest.mark.parametrize(
    ("keys", "message", "hint"),
    [
        ({"measure": "a.mesure"}, "'a.mesure' is no measure.", "a.measure"),
        ({"where": (("tem", "x"),)}, "'tem' is no dimension.", "team"),
    ],
)
def test_unknown_names(world: World, keys: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(MeasureError) as caught:
        total(world, row(value=1.0, **keys))
    assert caught.value.problems[0].message == message
    assert hint in caught.value.problems[0].hint


def test_an_alias_names_its_measure(world: World) -> None:
    assert total(world, row(value=5.0, measure="old.name"), aliases=["old.name"]).value == 5


def test_the_computed_figure_stands_and_the_difference_is_told(world: World) -> None:
    world.table("referrals", "child_id | referral_date\n1 | 2026-01-01\n2 | 2026-01-01")
    keys = {"from": "referrals", "aggregate": "count", "unit": "children"}
    measured = run(world, row(value=9.0), **keys)
    assert [reading.value for reading in measured.readings] == [2]
    assert "9 is published, 2 is computed" in measured.problems[0].message
    assert measured.problems[0].where == "readings.csv:2"


def test_a_published_figure_fills_in_for_lists_that_are_missing(world: World) -> None:
    keys = {"from": "referrals", "aggregate": "count", "unit": "children"}
    measured = run(world, row(value=9.0), **keys)
    assert [(reading.value, reading.published) for reading in measured.readings] == [(9, True)]
    assert not measured.problems


SHARE = {"from": "referrals", "numerator": "nfa = 'yes'", "unit": "percent"}


@pytest.mark.parametrize(
    ("keys", "given"),
    [
        (SHARE, {"value": 120.0}),
        (SHARE, {"value": 1.2, "unit": "fraction"}),
        (SHARE, {"low": 90.0, "high": 110.0}),
        (SHARE, {"value": -4.0}),
        ({}, {"value": -4.0}),
    ],
)
def test_a_figure_that_cannot_be_is_no_figure(
    world: World, keys: dict[str, Any], given: dict[str, Any]
) -> None:
    measured = run(world, row(**given), **keys)
    (reading,) = measured.readings
    assert (reading.value, reading.status, reading.low, reading.series) == (None, "error", None, ())
    assert "is published, but" in str(reading.reason)
    assert measured.problems[0].where == "readings.csv:2"


@pytest.mark.parametrize(
    ("keys", "value"),
    [(SHARE, 100.0), (SHARE, 0.0), ({}, 120.0), ({"unit": "points"}, -0.4)],
)
def test_a_figure_that_can_be_stands(world: World, keys: dict[str, Any], value: float) -> None:
    # A measure that is not computed may be a share of anything; points may lie below nothing.
    measured = run(world, row(value=value), **keys)
    assert measured.readings[0].value == value
    assert not measured.problems


def test_an_impossible_figure_takes_nothing_from_a_computed_one(world: World) -> None:
    world.table(
        "referrals", "child_id | referral_date | nfa\n1 | 2026-01-01 | yes\n2 | 2026-01-01 | no"
    )
    measured = run(world, row(value=150.0), **SHARE)
    assert [(reading.value, reading.published) for reading in measured.readings] == [(50, False)]
    assert len(measured.problems) == 1


def test_counts_that_contradict_their_percentage_are_told(world: World) -> None:
    measured = run(world, row(value=90.0, numerator=49, denominator=55))
    # 49 of 55 is 89.09…: rounded to a whole point, as publishers do.
    assert not measured.problems
    measured = run(world, row(value=50.0, numerator=49, denominator=55))
    assert "49 of 55 is 89.1%, not 50%." in measured.problems[0].message
    assert measured.readings[0].value == 50

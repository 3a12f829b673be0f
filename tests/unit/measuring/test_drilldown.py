"""The rows behind a number are exactly those that made it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from selfassess.errors import MeasureError

World = Any

REFERRALS = """
child_id | referral_date | team  | worker | nfa
1        | 2026-01-01    | North | Ann    | yes
2        | 2026-01-02    | North | Ann    | no
3        | 2026-01-03    | South | Bo     | #
4        | 2026-01-04    | South | Bo     | yes
5        | 2024-01-04    | South | Bo     | yes
6        | 2026-01-04    |       | #      | no
"""
SHARE = {"from": "referrals", "over": "last 12 months", "numerator": "nfa", "by": ["team"]}


@pytest.fixture
def referrals(world: World) -> World:
    return world.table("referrals", REFERRALS)


def test_each_row_has_its_place_and_outcome(referrals: World) -> None:
    found = referrals.rows(**SHARE)
    assert found.key_columns == ("child_id", "value")
    assert [row[:5] for row in found.rows] == [
        ("met", "evidence/referrals.csv", "referrals", 2, "1"),
        ("failed", "evidence/referrals.csv", "referrals", 3, "2"),
        ("unknown", "evidence/referrals.csv", "referrals", 4, "3"),
        ("met", "evidence/referrals.csv", "referrals", 5, "4"),
        ("failed", "evidence/referrals.csv", "referrals", 7, "6"),
    ]


@pytest.mark.parametrize("team", [None, "North", "South", "not-recorded"])
def test_rows_add_up_to_the_reading(referrals: World, team: str | None) -> None:
    where = {} if team is None else {"team": team}
    reading = referrals.readings(**SHARE)[tuple(where.items())]
    counted = Counter(row[0] for row in referrals.rows(where, **SHARE).rows)
    assert counted["met"] == reading.numerator
    assert counted["met"] + counted["failed"] == reading.denominator
    assert counted["unknown"] == reading.unknown


def test_rows_of_holders_carry_the_holder(referrals: World) -> None:
    keys = {"from": "referrals", "per": {"key": "worker"}, "unit": "x"}
    share = {**keys, "aggregate": "share", "numerator": "value > 2"}
    found = referrals.rows(**share)
    assert found.key_columns == ("child_id", "worker", "value")
    assert [(row[4], row[5], row[0]) for row in found.rows] == [
        ("1", "Ann", "failed"), ("2", "Ann", "failed"), ("3", "Bo", "met"),
        ("4", "Bo", "met"), ("5", "Bo", "met"), ("6", None, "unknown"),
    ]  # fmt: skip
    reading = referrals.read(**share)
    holders = {(row[5], row[0]) for row in found.rows if row[0] != "unknown"}
    assert reading.denominator == len(holders)
    assert reading.numerator == sum(outcome == "met" for _, outcome in holders)
    largest = {**keys, "aggregate": "max"}
    assert {row[0] for row in referrals.rows(**largest).rows} == {"counted", "unknown"}


def test_rows_of_a_ratio_are_those_of_both_sides(referrals: World) -> None:
    referrals.table("workers", "worker | fte\nAnn | 0.5\nBo | 1")
    of = {"from": "referrals", "aggregate": "count"}
    to = {"from": "workers", "aggregate": "sum", "value": "fte"}
    keys = {"ratio": {"of": of, "to": to}, "unit": "x"}
    found = referrals.rows(**keys)
    assert found.key_columns == ("side", "child_id", "worker", "value")
    reading = referrals.read(**keys)
    assert sum(row[4] == "of" for row in found.rows) == reading.numerator
    assert sum(row[7] for row in found.rows if row[4] == "to") == reading.denominator


def test_rows_of_a_series_are_those_of_as_at(world: World) -> None:
    world.table("cp", "child_id|start_date|closed\n1|2026-01-01|\n2|2026-01-01|2026-03-01")
    keys = {"from": "cp", "at": "month ends", "over": "last 3 months", "aggregate": "count"}
    found = world.rows(**keys)
    assert [row[4] for row in found.rows] == ["1"]
    assert world.read(**keys, unit="x").value == len(found.rows)


def test_an_unknown_dimension_is_refused(referrals: World) -> None:
    with pytest.raises(MeasureError, match="not broken down by 'tem'") as caught:
        referrals.rows({"tem": "North"}, **SHARE)
    assert "team" in caught.value.hint


def test_published_figures_have_no_rows(world: World) -> None:
    with pytest.raises(MeasureError, match="published figures only"):
        world.rows()


def test_missing_evidence_is_named(world: World) -> None:
    with pytest.raises(MeasureError, match="Referrals: not supplied"):
        world.rows(**SHARE)

"""Charts that packs declare: geometry, hand-worked sentences, no figure is never zero."""

from __future__ import annotations

from typing import Any

import pytest

from selfassess.report.charts.declared import declared_charts
from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import Chart
from selfassess.report.steps import percentile


def reading(measure: str, value: float | None, **more: Any) -> dict[str, Any]:
    period = {"from": "2026-04-01", "to": "2026-09-30"}
    return {
        "id": measure,
        "measure": measure,
        "title": measure,
        "unit": "working-days",
        "value": value,
        "where": {},
        **period,
        **more,
    }


def drawn(kind: str, steps: list[dict[str, Any]], *readings: dict[str, Any], **more: Any) -> Any:
    spec = {"id": "c", "kind": kind, "title": "A chart", "steps": steps, **more}
    return declared_charts([spec], Evidence({"readings": readings}), 4)


def step(title: str, measure: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "measure": measure, "count": "value", "where": {}, **more}


CONTACTS = reading("contacts", 30, numerator=60, denominator=200)
REFERRALS = reading("referrals", 5, numerator=3, denominator=50)
FUNNEL = [
    step("Contacts", "contacts", count="denominator"),
    step("Referrals", "referrals", count="denominator"),
]


def test_a_funnel_counts_each_step_and_says_whom_it_does_not_follow() -> None:
    (chart,) = drawn("funnel", FUNNEL, CONTACTS, REFERRALS)
    assert chart.number == 4
    assert chart.sentence == (
        "Apr 2026 – Sep 2026: 200 contacts, 50 referrals. The steps count the same months, not one "
        "group of children followed through."
    )
    assert chart.table == (
        ("Contacts", "200", "–", "Apr 2026 – Sep 2026"),
        ("Referrals", "50", "25", "Apr 2026 – Sep 2026"),
    )
    wide = [mark.width for mark in chart.marks if mark.form == "bar"]
    assert wide[1] == pytest.approx(wide[0] / 4, abs=0.2)
    assert [one.label for one in chart.evidence] == ["E1", "E2"]


def test_steps_of_different_periods_get_no_ratio() -> None:
    year = REFERRALS | {"from": "2025-10-01"}
    (chart,) = drawn("funnel", FUNNEL, CONTACTS, year)
    assert chart.table[1][2] == "–"
    assert "The steps count different periods" in chart.sentence


def test_a_step_without_a_figure_is_a_gap_and_takes_the_next_ratio_with_it() -> None:
    steps = [FUNNEL[0], step("Nobody", "none"), FUNNEL[1]]
    (chart,) = drawn("funnel", steps, CONTACTS, REFERRALS)
    assert chart.table[1][1:3] == ("no figure", "–")
    assert chart.table[2][2] == "–"
    assert chart.sentence.endswith("followed through; no figure for nobody.")
    assert len([mark for mark in chart.marks if mark.form == "bar"]) == 2


def test_one_step_is_no_funnel() -> None:
    assert drawn("funnel", FUNNEL, CONTACTS) == ()


PROFILE = [[10, 3], [30, 4], [44, 2], [60, 1]]


def test_a_curve_says_half_nine_in_ten_and_who_is_past_the_limit() -> None:
    # Ten: 3 by day 10, 7 by day 30, 9 by day 44, all by day 60.
    days = reading("days", 30, profile=PROFILE, denominator=10)
    (chart,) = drawn("curve", [step("Assessments", "days")], days, line=44, line_title="limit")
    assert chart.sentence == (
        "Of 10 assessments, half took at most 30 working days and nine in ten at most 44; "
        "1 (10.0%) took more than 44, the limit; the longest took 60."
    )
    assert dict(chart.table) == {
        "10": "30.0%",
        "20": "30.0%",
        "30": "70.0%",
        "40": "70.0%",
        "44": "90.0%",
        "50": "90.0%",
        "60": "100.0%",
    }
    assert chart.lines[0].label == "44: limit"
    (curve,) = [mark for mark in chart.marks if mark.form == "curve"]
    assert curve.path.count("V") == 4


def test_what_lies_past_the_end_of_the_axis_is_counted() -> None:
    # The axis ends past the percentile that it has to reach: one of a thousand lies far beyond.
    days = reading("days", 10, profile=[[5, 500], [10, 499], [400, 1]], denominator=1000)
    (chart,) = drawn("curve", [step("Assessments", "days")], days)
    assert chart.note == "1 took longer than the axis shows."
    near = reading("days", 30, profile=PROFILE, denominator=10)
    (whole,) = drawn("curve", [step("Assessments", "days")], near)
    assert whole.note == ""


@pytest.mark.parametrize("profile", [[], [[5, 3]]])
def test_a_curve_needs_two_different_values(profile: list[list[float]]) -> None:
    days = reading("days", 5, profile=profile)
    assert drawn("curve", [step("Assessments", "days")], days) == ()


def test_a_few_very_long_waits_do_not_flatten_the_curve() -> None:
    days = reading("days", 5, profile=[[value, 1] for value in range(1, 100)] + [[2000, 1]])
    (chart,) = drawn("curve", [step("Waits", "days")], days)
    assert "the longest took 2,000" in chart.sentence
    assert float(chart.ticks[-1].label) < 200


def test_a_journey_prints_middle_and_slowest_tenth() -> None:
    steps = [
        step("Assessment", "middle", slowest="slow"),
        step("Allocation", "other"),
        step("Record", "none"),
    ]
    (chart,) = drawn(
        "journey",
        steps,
        reading("middle", 31.5, denominator=314),
        reading("slow", 47),
        reading("other", 1, profile=[[1, 8], [2, 1], [7, 2]], denominator=11),
    )
    # Rank 9 of 0…10 by hand: 1 eight times, 2, 7, 7: the tenth value is 7.
    assert chart.sentence == (
        "In working days, assessment: half within 31.5, one in ten 47 or more; allocation: half "
        "within 1, one in ten 7 or more; record: no figure."
    )
    assert chart.table[2][1:3] == ("no figure", "no figure")
    assert [one.label for one in chart.evidence] == ["E1", "E2", "E3"]


def test_a_journey_without_figures_is_not_drawn() -> None:
    assert drawn("journey", [step("Record", "none")]) == ()


def test_a_shift_counts_both_sides_and_the_middle() -> None:
    good = reading("good", 53.125, unit="percent", numerator=17, denominator=32)
    drift = reading("drift", 0.5, unit="points", profile=[[0, 16], [1, 14], [2, 2]])
    (chart,) = drawn(
        "shift",
        [step("Good", "good")],
        good,
        drift,
        spread="drift",
        above="auditors higher",
        level="both alike",
        below="auditors lower",
    )
    assert chart.sentence == (
        "Of 32 pairs, auditors higher in 16, both alike in 16, auditors lower in 0; good 53.1%."
    )
    # Whole steps have no gap, and one column to each side is drawn.
    assert [mark.label for mark in chart.ticks] == ["−1", "0", "+1", "+2"]
    assert chart.table[0] == ("Good", "17 of 32", "53.1%")
    assert chart.table[1] == ("−1 points", "0", "0.0%")


def test_a_shift_without_distances_is_not_drawn() -> None:
    drift = reading("drift", 0.5, profile=[])
    assert drawn("shift", [step("Good", "good")], drift, spread="drift") == ()


def test_a_part_is_found_by_its_scope() -> None:
    whole = reading("good", 70, unit="percent")
    part = reading("good", 40, unit="percent", where={"moderated": "yes"}) | {"id": "good[m]"}
    drift = reading("drift", 0.5, profile=[[0, 1], [1, 1]])
    steps = [step("Moderated", "good", where={"moderated": "yes"})]
    (chart,) = drawn("shift", steps, whole, part, drift, spread="drift")
    assert chart.table[0][2] == "40.0%"


def test_kinds_unknown_here_are_left_out_and_numbers_run_on() -> None:
    spec = {"id": "c", "title": "A chart", "steps": FUNNEL}
    evidence = Evidence({"readings": [CONTACTS, REFERRALS]})
    found = declared_charts(
        [spec | {"kind": "pie"}, spec | {"kind": "funnel"}, spec | {"kind": "funnel"}], evidence, 7
    )
    assert [chart.number for chart in found] == [7, 8]


@pytest.mark.parametrize(
    ("profile", "percent", "expected"),
    [
        ([(5.0, 1)], 90, 5.0),
        ([(1.0, 1), (2.0, 1)], 50, 1.5),
        ([(0.0, 10), (10.0, 1)], 90, 0.0),  # rank 9 of eleven is the last nought
        ([(0.0, 5), (10.0, 5)], 50, 5.0),
        ([], 50, None),
    ],
)
def test_percentiles_interpolate_between_ranks(
    profile: list[tuple[float, int]], percent: int, expected: float | None
) -> None:
    assert percentile(profile, percent) == expected


@pytest.mark.parametrize("highest", [1, 7, 60, 1234])
def test_everything_drawn_lies_inside_the_drawing(highest: int) -> None:
    long = "A title that is a good deal longer than the room that is left for it"
    days = reading("days", highest, profile=[[0, 2], [highest, 5]], denominator=7)
    charts: list[Chart] = []
    charts += drawn("curve", [step(long, "days"), step(long, "days")], days, line=highest)
    charts += drawn("journey", [step(long, "days")], days)
    counts = reading("n", highest, denominator=highest)
    charts += drawn("funnel", [step(long, "n"), step(long, "n", count="denominator")], counts)
    assert len(charts) == 3
    for chart in charts:
        for mark in (*chart.marks, *chart.ticks, *chart.lines):
            assert 0 <= mark.x <= chart.width
            assert 0 <= mark.y <= chart.height
            assert mark.x + mark.width <= chart.width

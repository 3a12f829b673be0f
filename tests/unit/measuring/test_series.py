"""Figures by month, against lists small enough to count by hand. As-at is 31 March 2026."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.measuring.answer import answer
from selfassess.measuring.run import prepare
from selfassess.model.trend import Series

RATE = {"from": "referrals", "over": "last 6 months", "numerator": "nfa"}


def months(first: str, count: int) -> list[str]:
    year, month = map(int, first.split("-"))
    index = year * 12 + month - 1
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(index, index + count)]


def referrals(first: str, count: int, rows: int = 12, met: int = 3, team: str = "north") -> str:
    """So many rows a month, of which some are nfa, on the 2nd and later days."""
    lines = ["child_id|referral_date|nfa|team"]
    for label in months(first, count):
        for n in range(rows):
            nfa = "yes" if n < met else "no"
            lines.append(f"{label}-{n}|{label}-{n % 27 + 2:02d}|{nfa}|{team}")
    return "\n".join(lines)


def told(series: Series | None) -> list[tuple[str, Any]]:
    assert series is not None
    return [(point.label, point.value) for point in series.points]


def test_a_share_by_month_over_the_whole_list(world: Any) -> None:
    reading = world.table("referrals", referrals("2024-12", 16)).read(**RATE)
    # 3 of 12 each month: 25 %. The window is six months, the series sixteen.
    assert told(reading.by_month) == [(label, 25) for label in months("2024-12", 16)]
    assert (reading.numerator, reading.denominator) == (18, 72)
    first = reading.by_month.points[0]
    assert (first.start, first.end) == (dt.date(2024, 12, 1), dt.date(2024, 12, 31))
    assert (first.numerator, first.denominator) == (3, 12)


def test_the_month_in_which_a_list_begins_late_is_left_out(world: Any) -> None:
    text = referrals("2025-03", 13)
    late = "\n".join(line for line in text.splitlines() if "|2025-03-0" not in line)
    series = world.table("referrals", late).read(**RATE).by_month
    assert told(series)[0][0] == "2025-04"


def test_the_month_of_the_as_at_date_counts_only_when_over(world: Any) -> None:
    world.as_at = dt.date(2026, 3, 30)
    series = world.table("referrals", referrals("2025-01", 15)).read(**RATE).by_month
    assert told(series)[-1][0] == "2026-02"


def test_no_more_than_three_years(world: Any) -> None:
    series = world.table("referrals", referrals("2022-01", 51, rows=10)).read(**RATE).by_month
    assert told(series)[0][0] == "2023-04"
    assert len(series.points) == 36


def test_a_thin_head_is_trimmed_as_not_covered(world: Any) -> None:
    # Five stray rows a year before the list proper: under a quarter of twelve a month is 2.
    stray = referrals("2024-10", 2, rows=2).splitlines()
    text = "\n".join([*stray, *referrals("2025-01", 15).splitlines()[1:]])
    series = world.table("referrals", text).read(**RATE).by_month
    assert told(series)[0][0] == "2025-01"
    assert "whole from January 2025 on" in series.note


def test_too_small_months_are_gaps_and_too_many_make_quarters(world: Any) -> None:
    few = referrals("2025-04", 12, rows=5, met=2)
    series = world.table("referrals", few).read(**RATE).by_month
    # Five a month are fifteen a quarter, of which six.
    assert series.period == "quarter"
    assert told(series) == [(f"2025-26 Q{n}", 40) for n in (1, 2, 3, 4)]
    mixed = (
        referrals("2025-01", 14)
        + "\n"
        + "\n".join(referrals("2026-03", 1, rows=5).splitlines()[1:])
    )
    series = world.table("referrals", mixed).read(**RATE).by_month
    assert told(series)[-1] == ("2026-03", None)
    assert series.points[-1].status == "small-base"
    assert series.points[-1].denominator == 5


def test_a_month_without_rows_is_a_gap_for_a_rate_and_nought_for_a_count(world: Any) -> None:
    text = referrals("2025-01", 15)
    hole = "\n".join(line for line in text.splitlines() if "|2025-08-" not in line)
    world.table("referrals", hole)
    rate = dict(told(world.read(**RATE).by_month))
    count = dict(told(world.read(**{**RATE, "aggregate": "count"}).by_month))
    assert (rate["2025-08"], count["2025-08"], count["2025-09"]) == (None, 0, 3)


def test_unreadable_cells_past_a_twentieth_leave_a_gap(world: Any) -> None:
    text = referrals("2025-01", 15).replace("2025-06-02|yes", "2025-06-02|#")
    series = world.table("referrals", text).read(**RATE).by_month
    point = next(p for p in series.points if p.label == "2025-06")
    assert (point.value, point.status) == (None, "not-computable")


def test_parts_are_told_where_a_rule_could_hold_and_not_before(world: Any) -> None:
    both = (
        referrals("2025-01", 15)
        + "\n"
        + "\n".join(referrals("2025-01", 15, met=6, team="south").splitlines()[1:])
    )
    found = world.table("referrals", both).readings(**RATE, by=["team", "quarter"])
    assert {v for _, v in told(found[(("team", "south"),)].by_month)} == {50}
    assert found[(("quarter", "2025-26 Q4"),)].by_month is None
    short = world.table("referrals", referrals("2025-10", 6)).readings(**RATE, by=["team"])
    assert short[(("team", "north"),)].by_month is None
    assert len(short[()].by_month.points) == 6


CLOCK = {
    "from": "assessments",
    "clock": {"start": "start_date", "limit": "45 days", "stop": "authorised"},
    "over": "last 6 months",
}


def assessments(first: str, count: int, days: int, rows: int = 12, running: int = 0) -> str:
    lines = ["child_id|start_date|authorised|team"]
    for label in months(first, count):
        for n in range(rows):
            start = dt.date.fromisoformat(f"{label}-{n % 27 + 1:02d}")
            stop = start + dt.timedelta(days=days)
            shown = "" if n < running or stop > dt.date(2026, 3, 31) else stop
            lines.append(f"{label}-{n}|{start}|{shown}|north")
    return "\n".join(lines)


def test_work_with_a_deadline_counts_in_the_month_it_began(world: Any) -> None:
    # All take 40 days. The list's first closing is 10 February 2025, so March is whole. Work begun
    # from 15 February 2026 on is not due; in February all twelve were begun by the 12th.
    text = assessments("2025-01", 15, days=40)
    series = world.table("assessments", text).read(**CLOCK).by_month
    assert told(series) == [(label, 100) for label in months("2025-03", 12)]
    assert "began" in series.note
    assert "From March 2026 on too much work is not due yet" in series.note


def test_overdue_work_fails_in_the_month_it_began(world: Any) -> None:
    text = assessments("2025-01", 13, days=40, running=3)
    found = dict(told(world.table("assessments", text).read(**CLOCK).by_month))
    assert found["2026-01"] == 75


def test_a_list_that_forgets_what_was_closed_tells_no_months(world: Any) -> None:
    # Ten of twelve a month still run: only those that stayed open were kept.
    text = assessments("2025-01", 15, days=40, running=10)
    assert world.table("assessments", text).read(**CLOCK).by_month is None


def test_declared_cover_is_taken_at_its_word(world: Any) -> None:
    spec = dataclasses.replace(world.tables["assessments"], cover="6 months")
    world.tables = {**world.tables, "assessments": spec}
    text = assessments("2025-10", 6, days=20)
    labels = [label for label, _ in told(world.table("assessments", text).read(**CLOCK).by_month)]
    assert labels == months("2025-10", 5)


@pytest.mark.parametrize(
    "keys",
    [
        {"numerator": "days(referral_date, as_at) > 30"},
        {"numerator": "nfa", "filter": "not blank(latest(visits.date))"},
        {"numerator": "nfa", "filter": "count(visits) >= 0"},
        {"numerator": "days(previous(referral_date), referral_date) <= 365"},
        {"numerator": "nfa", "over": "12 to 6 months ago"},
        {"numerator": "nfa", "over": "last 60 working days"},
        {"over": "last 6 months", "per": {"key": "child_id"}, "aggregate": "mean"},
    ],
)
def test_what_hangs_on_today_has_no_months(world: Any, keys: dict[str, Any]) -> None:
    world.table("referrals", referrals("2025-01", 15))
    world.table("visits", "child_id|kind|date\n2025-01-0|cp|2025-01-09")
    given = {"from": "referrals", "over": "last 6 months", **keys}
    assert world.read(**given).by_month is None


def test_looking_back_leaves_the_first_year_out(world: Any) -> None:
    keys = {
        "from": "referrals",
        "numerator": "days(previous(referral_date), referral_date) <= 365",
        "over": "last 12 months",
        "needs": {"referrals": "24 months"},
    }
    series = world.table("referrals", referrals("2024-04", 24)).read(**keys).by_month
    assert [label for label, _ in told(series)] == months("2025-04", 12)


def test_looking_into_another_list_waits_until_that_is_whole(world: Any) -> None:
    world.table("referrals", referrals("2024-10", 18))
    lines = [f"x{n}|cp|{label}-02" for n, label in enumerate(months("2025-07", 9))]
    world.table("visits", "\n".join(["child_id|kind|date", *lines]))
    keys = {"from": "referrals", "numerator": "count(visits, 0, 10) >= 1", "over": "last 6 months"}
    labels = [label for label, _ in told(world.read(**keys).by_month)]
    assert labels[0] == "2025-07"


def test_follow_up_that_is_not_over_leaves_months_out(world: Any) -> None:
    series = (
        world.table("referrals", referrals("2025-01", 15))
        .read(**RATE, follow_up="90 days")
        .by_month
    )
    assert told(series)[-1][0] == "2025-12"


STOCK = {
    "from": "assessments",
    "at": "as-at",
    "filter": "days(start_date, as_at) > 5",
    "aggregate": "count",
    "unit": "assessments",
}


def test_a_queue_at_month_ends(world: Any) -> None:
    # Begun on the 1st to 12th and closed after 20 days: at a month's end those begun on the 12th
    # (of 31 days, 20 days after the 12th is the 1st) are open. In months of 30 or 28 days more:
    # begun on day d they are open on day e if d + 20 > e.
    text = assessments("2025-01", 15, days=20)
    series = world.table("assessments", text).read(**STOCK).by_month
    lengths = {
        1: 31,
        2: 28,
        3: 31,
        4: 30,
        5: 31,
        6: 30,
        7: 31,
        8: 31,
        9: 30,
        10: 31,
        11: 30,
        12: 31,
    }
    for point in series.points:
        end = lengths[int(point.label[5:])]
        assert point.value == sum(d + 20 > end and end - d > 5 for d in range(1, 13)), point.label
        assert point.end == dt.date(int(point.label[:4]), int(point.label[5:]), end)
    assert not series.overlapping
    assert series.points[0].label == "2025-01"


def test_a_stock_that_stays_is_told_but_carries_no_rule(world: Any) -> None:
    text = assessments("2025-01", 15, days=80, running=2)
    series = world.table("assessments", text).read(**STOCK).by_month
    assert series.overlapping


def test_a_queue_that_was_empty_reads_what_empty_means(world: Any) -> None:
    keys = {**STOCK, "aggregate": "max", "value": "days(start_date, as_at)", "empty": 0}
    series = world.table("assessments", assessments("2025-01", 15, days=10)).read(**keys).by_month
    assert {value for _, value in told(series)} == {0}


@pytest.mark.parametrize(
    "keys",
    [
        {"from": "assessments", "filter": "team = 'north'"},
        {"from": "assessments", "numerator": "not blank(born) and not blank(team)"},
        {"from": "cp", "numerator": "days(last_visit, as_at) <= 10"},
        {"from": "cin", "numerator": "days(start_date, as_at) > 10"},
        {"from": "referrals", "numerator": "nfa"},
    ],
)
def test_a_stock_that_hangs_on_todays_state_has_no_past(world: Any, keys: dict[str, Any]) -> None:
    world.table("assessments", assessments("2025-01", 15, days=20))
    spans = "\n".join(
        f"{label}|{label}-01|{label}-20|{label}-09" for label in months("2025-01", 15)
    )
    world.table("cp", f"child_id|start_date|closed|last_visit\n{spans}")
    world.table("cin", f"child_id|start_date|closed|worker\n{spans}")
    world.table("referrals", referrals("2025-01", 15))
    given = {"at": "as-at", "aggregate": "count", "unit": "children", **keys}
    if keys["from"] == "referrals":
        del given["at"]
    assert world.read(**given).by_month is None


maybe = st.none() | st.dates(dt.date(2024, 6, 1), dt.date(2026, 4, 5))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(st.tuples(st.sampled_from("ab"), maybe, maybe), min_size=1, max_size=40))
def test_telling_months_changes_no_reading(new_world: Callable[[], Any], rows: list[Any]) -> None:
    world = new_world()
    lines = [f"{n}|{start or ''}|{stop or ''}|{team}" for n, (team, start, stop) in enumerate(rows)]
    world.table("assessments", "\n".join(["child_id|start_date|authorised|team", *lines]))
    measure = world.measure(**{**CLOCK, "by": ["team", "quarter"]})
    session = prepare(world.library(measure), world.evidence())
    with_months = answer(measure, session, "x")
    without = answer(measure, session, "x", series=False)
    assert [dataclasses.replace(reading, by_month=None) for reading in with_months] == list(without)
    # Each month counts the rows that began in it, whatever became of them.
    series = with_months[0].by_month
    for point in series.points if series and series.period == "month" else ():
        begun = [
            (start, stop)
            for _, start, stop in rows
            if start and f"{start:%Y-%m}" == point.label and not (stop and stop < start)
        ]
        due = [
            (start, stop)
            for start, stop in begun
            if (stop and stop <= world.as_at) or (world.as_at - start).days > 45
        ]
        assert (point.denominator or 0) == len(due)

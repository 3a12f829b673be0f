"""What got better or worse for children: small cases, worked by hand.

The measure of these plans goes from 60% on 1 April to 90% on 30 June 2026, tolerance 2.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from selfassess.plan import drafting
from selfassess.plan.record_parts import SuccessMeasure

from .conftest import PLAN, pack_of

D = dt.date
BOARD, TODAY = D(2026, 5, 1), D(2026, 6, 1)
counted = PLAN.counted


def ways(book: Any, since: dt.date = BOARD, as_at: dt.date = TODAY) -> dict[str, list[str]]:
    """Per direction, the sentences of action A-01."""
    told = pack_of(book, as_at, since)["story"]
    return {way: [text for each in found for text in each["texts"]] for way, found in told.items()}


def running(book: Any, **fields: Any) -> Any:
    return book.add(**fields).delivery("agreed", "in-progress")


@pytest.mark.parametrize(
    ("before", "now", "way"),
    [
        (65, 67, "steady"),  # 2 up: within the tolerance
        (65, 67.5, "better"),
        (65, 63, "steady"),
        (65, 62.5, "worse"),
    ],
)
def test_a_change_counts_beyond_the_tolerance(
    book: Any, before: float, now: float, way: str
) -> None:
    running(book).read(D(2026, 4, 30), before).read(D(2026, 5, 31), now)
    told = ways(book)
    assert len(told[way]) == 1
    assert sum(map(len, told.values())) == 1


def test_lower_is_better_where_the_target_is_lower(book: Any) -> None:
    running(book, success=[counted(baseline=40, target=5, unit="contacts")])
    book.read(D(2026, 4, 30), 38).read(D(2026, 5, 31), 30)
    # The way to 5 on 30 June: 40 - 35 × 60/90 = 16.7 on 31 May.
    assert ways(book)["better"] == [
        "Visits on time: 38 contacts on 2026-04-30, 30 contacts on 2026-05-31 "
        "(16.7 expected, target 5)."
    ]


def test_a_range_is_better_nearer_to_its_target(book: Any) -> None:
    running(book, success=[counted(better="two-sided", baseline=60, target=60, tolerance=1)])
    book.read(D(2026, 4, 30), 70).read(D(2026, 5, 31), 55)
    assert len(ways(book)["better"]) == 1  # 10 away, then 5


def test_without_an_earlier_reading_the_baseline_stands(book: Any) -> None:
    running(book).read(D(2026, 5, 31), 70)
    # 60 + 30 × 60/90 = 80 expected on 31 May.
    assert ways(book)["better"] == [
        "Visits on time: 60% on 2026-04-01, 70% on 2026-05-31 (80% expected, target 90%)."
    ]


def test_nothing_to_compare_with_is_not_known(book: Any) -> None:
    running(book, success=[counted(baseline=None, baseline_date=None, better="higher")])
    book.read(D(2026, 5, 31), 70)
    assert ways(book)["unknown"] == ["Visits on time: first read, 70% on 2026-05-31 (target 90%)."]


def test_nobody_said_which_way_is_better(book: Any) -> None:
    running(book, success=[counted(target=None)])
    book.read(D(2026, 5, 31), 70)
    (text,) = ways(book)["unknown"]
    assert text.endswith("nobody said which way is better.")


@pytest.mark.parametrize("day", [D(2026, 4, 30), D(2026, 5, 1)])
def test_no_reading_since_the_board_is_not_known(book: Any, day: dt.date) -> None:
    running(book).read(day, 65)
    assert ways(book)["unknown"] == [
        f"Visits on time: not read since the last board, last on {day}."
    ]


def test_a_reading_the_day_after_the_board_counts(book: Any) -> None:
    running(book).read(D(2026, 5, 2), 70)
    assert not ways(book)["unknown"]


def test_a_reading_that_could_not_be_taken_is_said(book: Any) -> None:
    running(book).read(D(2026, 4, 30), 65)
    book.day(D(2026, 5, 31))
    book.do(drafting.read_measure, "A-01", "S1", date=D(2026, 5, 31), status="not-computable")
    assert ways(book)["unknown"] == [
        "Visits on time: could not be read on 2026-05-31 (not computable)."
    ]


def test_a_slow_fall_below_the_start_is_said(book: Any) -> None:
    running(book).read(D(2026, 4, 30), 56).read(D(2026, 5, 31), 55)
    (text,) = ways(book)["steady"]
    assert text.endswith("; worse than at the start (60%).")


def test_no_such_remark_at_the_start(book: Any) -> None:
    running(book).read(D(2026, 4, 30), 59).read(D(2026, 5, 31), 58)
    (text,) = ways(book)["steady"]
    assert "worse than at the start" not in text


def test_two_sources_are_named(book: Any) -> None:
    running(book)
    for day, value, source in ((D(2026, 4, 30), 65, "dashboard"), (D(2026, 5, 31), 70, "audit")):
        given = {"date": day, "value": float(value), "source": source}
        book.day(day).do(drafting.read_measure, "A-01", "S1", **given)
    (text,) = ways(book)["better"]
    assert text.endswith("; read from dashboard, then from audit.")


def test_what_children_say_counts(book: Any) -> None:
    running(book, success=[SuccessMeasure(text="Do they come?", voice="child")])
    day = D(2026, 5, 20)
    book.day(day).do(drafting.read_measure, "A-01", "S1", date=day, says="worse", text="Never.")
    assert ways(book)["worse"] == ["Do they come?: child said worse on 2026-05-20. “Never.”"]


def test_impact_that_goes_is_worse_whatever_was_delivered(book: Any) -> None:
    book.closed()
    book.on(7, 20).impact("reversed", reason="Visits are late again")
    told = ways(book, D(2026, 7, 10), D(2026, 8, 1))
    assert "Impact went from sustained to reversed: Visits are late again." in told["worse"]


def test_impact_that_holds_is_better(book: Any) -> None:
    book.sustained()
    told = ways(book, D(2026, 6, 15), D(2026, 8, 1))
    assert "Impact went from not due to sustained: because." in told["better"]


def test_delivery_alone_is_neither(book: Any) -> None:
    book.delivered().on(6, 2).impact("none-yet", reason="")
    told = ways(book, D(2026, 5, 15), D(2026, 7, 1))
    assert told["better"] == told["worse"] == []
    assert told["steady"] == ["Impact went from not due to none yet."]


@pytest.mark.parametrize("states", [(), ("agreed", "cancelled")])
def test_drafts_and_ended_actions_tell_nothing(book: Any, states: tuple[str, ...]) -> None:
    book.add().delivery(*states)
    book.on(5, 31).read(D(2026, 5, 30), 80) if not states else None
    assert not any(ways(book).values())


def test_no_measure_is_what_nobody_can_tell(book: Any) -> None:
    running(book, success=[])
    assert ways(book)["unknown"] == ["No success measure is named, so nothing tells."]


def test_the_largest_change_stands_first(book: Any) -> None:
    now = {"A-01": 50, "A-02": 30, "A-03": 40}
    for name in now:
        book.add(name).delivery("agreed", "in-progress", name=name)
    for name in now:
        book.read(D(2026, 4, 30), 60, name)
    for name, value in now.items():
        book.read(D(2026, 5, 31), value, name)
    told = pack_of(book, TODAY, BOARD)["story"]["worse"]
    assert [each["action"] for each in told] == ["A-02", "A-03", "A-01"]

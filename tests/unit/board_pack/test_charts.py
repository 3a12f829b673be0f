"""Trajectory charts: places and sentences worked by hand."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from selfassess.board_pack.charts import Trajectory, trajectory
from selfassess.plan import drafting
from selfassess.plan.record_parts import SuccessMeasure

from .conftest import PLAN, pack_of

D = dt.date


def drawn(book: Any, as_at: dt.date) -> Trajectory | None:
    (item,) = pack_of(book, as_at, D(2026, 3, 1))["actions"]
    return trajectory(item["success"][0], item["delivered_on"], as_at.isoformat(), 1)


def running(book: Any, **fields: Any) -> Any:
    return book.add(**fields).delivery("agreed", "in-progress")


def test_the_sentence_says_what_the_data_say(book: Any) -> None:
    running(book).read(D(2026, 4, 16), 64).read(D(2026, 5, 1), 66)
    chart = drawn(book, D(2026, 5, 10))
    assert chart is not None
    assert chart.title == "Visits on time"
    # 60 + 30 × 30/90 = 70 expected on 1 May.
    assert chart.sentence == (
        "66% on 1 May 2026, 4 points behind the 70% expected; 64% on 16 Apr 2026. "
        "Target 90%: not reached."
    )
    assert chart.alt.startswith("Line chart of 2 readings, 16 April 2026 to 1 May 2026.")
    assert [(row.when, row.value, row.expected) for row in chart.rows] == [
        ("16 Apr 2026", "64%", "65%"),
        ("1 May 2026", "66%", "70%"),
    ]


@pytest.mark.parametrize(
    ("value", "words"), [(70, ", as expected"), (74, ", 4 points ahead of the 70% expected")]
)
def test_on_the_way_and_ahead(book: Any, value: float, words: str) -> None:
    running(book).read(D(2026, 5, 1), value)
    chart = drawn(book, D(2026, 5, 10))
    assert chart is not None
    assert f"{value}% on 1 May 2026{words}" in chart.sentence


def test_a_target_that_was_lost_is_said(book: Any) -> None:
    running(book).read(D(2026, 5, 1), 90).read(D(2026, 5, 20), 70)
    chart = drawn(book, D(2026, 5, 20))
    assert chart is not None
    assert chart.sentence.endswith("Target 90%: reached once, and lost again.")


def test_the_way_the_target_and_time_are_where_they_belong(book: Any) -> None:
    running(book).read(D(2026, 5, 1), 66)
    chart = drawn(book, D(2026, 5, 10))
    assert chart is not None
    # 1 April to 30 June lie between 52 and 400 across; 60, 70, 80, 90 between 134 and 22 up.
    assert chart.way == "M52.0 134.0L400.0 22.0"
    assert chart.target == (400.0, 22.0)
    x, y = chart.last or (0, 0)
    assert x == pytest.approx(52 + 348 * 30 / 90, abs=0.1)
    assert y == pytest.approx(134 - 112 * 6 / 30, abs=0.1)
    assert chart.dots == ()
    assert chart.band.startswith("M52.0")
    assert chart.band.endswith("Z")


def test_delivery_is_an_upright_line(book: Any) -> None:
    book.delivered().read(D(2026, 6, 10), 66)
    chart = drawn(book, D(2026, 6, 30))
    assert chart is not None
    assert [line.text for line in chart.delivered] == ["delivered 1 Jun"]
    assert chart.delivered[0].x == pytest.approx(52 + 348 * 61 / 90, abs=0.1)


def test_after_the_target_s_day_the_way_goes_on_level(book: Any) -> None:
    running(book).read(D(2026, 9, 30), 66)
    chart = drawn(book, D(2026, 9, 30))
    assert chart is not None
    heights = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", chart.way)]
    assert len(heights) == 3
    assert heights[1] == heights[2]


def test_one_reading_on_one_day_is_drawn(book: Any) -> None:
    success = [PLAN.counted(baseline=None, baseline_date=None, target=None)]
    running(book, success=success).read(D(2026, 4, 1), 5)
    chart = drawn(book, D(2026, 4, 1))
    assert chart is not None
    assert chart.last is not None
    assert chart.target is None
    assert chart.way == chart.band == ""


@pytest.mark.parametrize("value", [0.0, -3.5, 1e12, 1e-9])
def test_any_value_finds_an_axis(book: Any, value: float) -> None:
    success = [PLAN.counted(unit="points")]
    running(book, success=success).read(D(2026, 4, 20), value)
    chart = drawn(book, D(2026, 4, 30))
    assert chart is not None
    assert chart.last is not None
    assert 22 <= chart.last[1] <= 134


def test_what_was_never_counted_has_no_chart(book: Any) -> None:
    running(book)
    assert drawn(book, D(2026, 4, 30)) is None
    book.day(D(2026, 4, 30))
    book.do(drafting.read_measure, "A-01", "S1", date=D(2026, 4, 30), status="missing")
    assert drawn(book, D(2026, 4, 30)) is None


def test_what_was_said_has_no_chart(book: Any) -> None:
    running(book, success=[SuccessMeasure(text="Do they come?", voice="child")])
    book.day(D(2026, 4, 30))
    book.do(drafting.read_measure, "A-01", "S1", date=D(2026, 4, 30), says="better")
    assert drawn(book, D(2026, 4, 30)) is None

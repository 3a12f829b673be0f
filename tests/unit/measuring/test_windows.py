"""Windows: whole months, first day out, last day in."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.errors import MeasureError
from selfassess.measuring.periods import clipped, period_of
from selfassess.measuring.windows import Span, ends, months_before, parse_span, parse_window

D = dt.date.fromisoformat
days = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-03-31", 6, "2025-09-30"),
        ("2026-09-30", 6, "2026-03-31"),
        ("2026-02-28", 1, "2026-01-31"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2026-03-15", 6, "2025-09-15"),
        ("2026-03-30", 1, "2026-02-28"),
        ("2026-01-10", 1, "2025-12-10"),
    ],
)
def test_months_before(day: str, months: int, before: str) -> None:
    assert months_before(D(day), months) == D(before)


@given(days, st.integers(1, 36))
def test_months_before_lands_in_the_right_month(day: dt.date, months: int) -> None:
    found = months_before(day, months)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == months


@given(days, st.integers(1, 24))
def test_consecutive_windows_of_month_ends_meet(day: dt.date, months: int) -> None:
    last = (day.replace(day=1) + dt.timedelta(days=40)).replace(day=1) - dt.timedelta(days=1)
    assert months_before(months_before(last, months), months) == months_before(last, 2 * months)


def test_spans_and_windows_are_read() -> None:
    assert parse_span("10 working days") == Span(10, "working days")
    assert parse_span("1 week").before(D("2026-03-31")) == D("2026-03-24")
    window = parse_window("12 to 6 months ago")
    assert window.end is not None
    assert (window.start.number, window.end.number) == (12, 6)


@pytest.mark.parametrize(
    "text", ["last month", "6 months", "last 6 fortnights", "6 to 12 months ago", "last six months"]
)
def test_other_windows_are_refused(text: str) -> None:
    with pytest.raises(MeasureError):
        parse_window(text)


def test_ends_are_month_ends_and_as_at() -> None:
    window = parse_window("last 3 months")
    assert ends("month ends", window, D("2026-03-20")) == (
        D("2025-12-31"), D("2026-01-31"), D("2026-02-28"), D("2026-03-20"),
    )  # fmt: skip
    assert ends("month ends", window, D("2026-03-31")) == (
        D("2026-01-31"), D("2026-02-28"), D("2026-03-31"),
    )  # fmt: skip
    year = parse_window("last 12 months")
    assert ends("quarter ends", year, D("2026-03-31")) == (
        D("2025-06-30"), D("2025-09-30"), D("2025-12-31"), D("2026-03-31"),
    )  # fmt: skip


def test_ends_of_a_window_that_is_over_leave_as_at_out() -> None:
    window = parse_window("4 to 2 months ago")
    assert ends("month ends", window, D("2026-03-31")) == (D("2025-12-31"), D("2026-01-31"))


def test_periods_have_dates() -> None:
    assert period_of("month", "2024-02") == (D("2024-02-01"), D("2024-02-29"))
    assert period_of("quarter", "2025-26 Q4") == (D("2026-01-01"), D("2026-03-31"))
    assert period_of("quarter", "2025-26 Q1") == (D("2025-04-01"), D("2025-06-30"))
    assert period_of("year", "2025-26") == (D("2025-04-01"), D("2026-03-31"))
    assert period_of("team", "2025-26") is None


def test_a_window_is_cut_to_its_period() -> None:
    where = (("quarter", "2025-26 Q4"), ("team", "North"))
    assert clipped(where, D("2026-02-01"), D("2026-03-15")) == (D("2026-02-01"), D("2026-03-15"))
    assert clipped(where, D("2025-10-01"), D("2026-04-15")) == (D("2026-01-01"), D("2026-03-31"))

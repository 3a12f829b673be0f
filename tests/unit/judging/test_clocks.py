"""Days on which something is due, counted on a calendar by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from selfassess.judging.clocks import due_on
from selfassess.model.framework_inspection import Due

EASTER = {dt.date(2026, 4, 3), dt.date(2026, 4, 6)}  # Good Friday and Easter Monday


def working(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in EASTER


@pytest.mark.parametrize(
    ("due", "event", "expected"),
    [
        # notice on Monday 2 March: fieldwork on the Monday two weeks later
        (Due(after="notice", working_days=10), (2026, 3, 2), (2026, 3, 16)),
        # the day of notice is day 1: day 10 is the Friday before
        (Due(after="notice", working_days=10, anchor_counts=True), (2026, 3, 2), (2026, 3, 13)),
        # across Easter two days are lost
        (Due(after="notice", working_days=10), (2026, 3, 30), (2026, 4, 15)),
        # an event on a Saturday is no working day, so Monday is day 1 either way
        (Due(after="notice", working_days=1, anchor_counts=True), (2026, 3, 7), (2026, 3, 9)),
        (Due(after="notice", working_days=1), (2026, 3, 7), (2026, 3, 9)),
        (Due(after="publication", working_days=0), (2026, 3, 2), (2026, 3, 2)),
        (Due(after="notice", weeks=2), (2026, 3, 30), (2026, 4, 13)),
        (Due(after="publication", months=18), (2026, 8, 31), (2028, 2, 29)),
        (Due(after="publication", months=1), (2026, 12, 15), (2027, 1, 15)),
    ],
)
def test_due_days(due: Due, event: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    assert due_on(due, dt.date(*event), working) == dt.date(*expected)

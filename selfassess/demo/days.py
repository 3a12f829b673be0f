"""Days as plain numbers, working days among them; the invented council's calendar stands still."""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_right

__all__ = [
    "AS_AT",
    "TODAY",
    "add_working",
    "age_at",
    "birthday",
    "iso",
    "months_back",
    "on_working",
    "serial",
    "working_between",
]

AS_AT = dt.date(2026, 9, 30)
"""The day of which the demo speaks; fixed, so that two runs write the same bytes."""

TODAY = AS_AT.toordinal()
EXCEL_EPOCH = dt.date(1899, 12, 30).toordinal()

YEARS = range(2005, 2060)
# England's bank holidays in the years for which visits, enquiries and contacts are invented; of
# other years only those on which surely nobody works.
HOLIDAYS = frozenset(
    dt.date(year, month, day).toordinal()
    for year, month, day in (
        (2025, 4, 18),
        (2025, 4, 21),
        (2025, 5, 5),
        (2025, 5, 26),
        (2025, 8, 25),
        (2026, 4, 3),
        (2026, 4, 6),
        (2026, 5, 4),
        (2026, 5, 25),
        (2026, 8, 31),
    )
) | frozenset(
    dt.date(year, month, day).toordinal()
    for year in YEARS
    for month, day in ((1, 1), (12, 25), (12, 26))
)
WORKING = tuple(
    day
    for day in range(dt.date(YEARS[0], 1, 1).toordinal(), dt.date(YEARS[-1], 1, 1).toordinal())
    if (day - 1) % 7 < 5 and day not in HOLIDAYS
)


def on_working(day: int) -> int:
    """The day itself if it is a working day, else the next one."""
    return WORKING[bisect_right(WORKING, day - 1)]


def add_working(day: int, count: int) -> int:
    """The day that lies `count` working days after `day`; negative counts go back."""
    return WORKING[bisect_right(WORKING, day) + count - 1]


def working_between(first: int, last: int) -> int:
    """Working days in (first, last]."""
    return bisect_right(WORKING, last) - bisect_right(WORKING, first)


def months_back(months: int) -> int:
    """The last day before the window of so many months that ends on the as-at date."""
    index = AS_AT.year * 12 + AS_AT.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(AS_AT.day, calendar.monthrange(year, month)[1])).toordinal()


def birthday(born: int, years: int) -> int:
    """The day on which a child turns so many years."""
    date = dt.date.fromordinal(born)
    leap = date.month == 2 and date.day == 29
    return dt.date(
        date.year + years, 3 if leap else date.month, 1 if leap else date.day
    ).toordinal()


def age_at(born: int, day: int) -> int:
    """Completed years of age."""
    one, other = dt.date.fromordinal(born), dt.date.fromordinal(day)
    return other.year - one.year - ((other.month, other.day) < (one.month, one.day))


def iso(day: int | None) -> str:
    """The day as ``2026-09-30``, or nothing."""
    return "" if day is None else dt.date.fromordinal(day).isoformat()


def serial(day: int) -> int:
    """The day as the number that a spreadsheet holds."""
    return day - EXCEL_EPOCH

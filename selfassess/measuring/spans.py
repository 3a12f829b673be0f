"""Time between two dates, in whole numbers and without any dialect's date arithmetic.

The calendar table says of every day its number, its working days so far, its year, month and day.
"""

from __future__ import annotations

from selfassess.measuring.frames import Frame
from selfassess.measuring.pieces import Value

__all__ = ["FACTORS", "minutes_between", "span", "working_minutes_between"]

FACTORS = {
    "days": 1,
    "working days": 1,
    "weeks": 7,
    "months": 31,
    "hours": 60,
    "working hours": 60,
}
"""What one unit is in the whole numbers that `span` counts: days, 31sts of a month, minutes."""


def span(frame: Frame, start: Value, stop: Value, unit: str) -> str:
    """SQL for the time from `start` to `stop`, in parts of `unit` (see `FACTORS`).

    Months are counted in 31sts: months apart × 31 + days apart in the month. Compared with whole
    months this is exact, also at the ends of short months, as in Oracle's MONTHS_BETWEEN.
    """
    if unit in ("days", "weeks"):
        return f"({frame.calendar(stop, 'dn')} - {frame.calendar(start, 'dn')})"
    if unit == "working days":
        return f"({frame.calendar(stop, 'wd')} - {frame.calendar(start, 'wd')})"
    if unit == "hours":
        return minutes_between(frame, start, stop)
    if unit == "working hours":
        return working_minutes_between(frame, start, stop, "9", "17")
    return f"({_months(frame, stop)} - {_months(frame, start)})"


def _months(frame: Frame, value: Value) -> str:
    y, m, md = (frame.calendar(value, name) for name in ("y", "m", "md"))
    return f"(({y} * 12 + {m}) * 31 + {md} - {m} * 100)"


def minutes_between(frame: Frame, start: Value, stop: Value) -> str:
    """SQL for the minutes between; as_at is the end of its day, a plain date its beginning."""
    return f"({_minute(frame, stop)} - {_minute(frame, start)})"


def _minute(frame: Frame, value: Value) -> str:
    return f"({frame.calendar(value, 'dn')} * 1440 + {_of_day(value)})"


def _of_day(value: Value) -> str:
    if value.moment:
        return "1440"
    if value.kind != "datetime":
        return "0"
    return f"EXTRACT(HOUR FROM {value.sql}) * 60 + EXTRACT(MINUTE FROM {value.sql})"


def working_minutes_between(
    frame: Frame, start: Value, stop: Value, opens: str, closes: str
) -> str:
    """SQL for the minutes within office hours of working days from `start` to `stop`."""

    def so_far(value: Value) -> str:
        done = frame.calendar(value, "wd")
        if value.moment:
            return f"({done} * ({closes} - {opens}) * 60)"
        before = _working_days_before(frame, value)
        clock = f"({_of_day(value)})"
        part = (
            f"CASE WHEN {clock} <= {opens} * 60 THEN 0 "
            f"WHEN {clock} >= {closes} * 60 THEN ({closes} - {opens}) * 60 "
            f"ELSE {clock} - {opens} * 60 END"
        )
        return f"({before} * ({closes} - {opens}) * 60 + ({done} - {before}) * {part})"

    return f"({so_far(stop)} - {so_far(start)})"


def _working_days_before(frame: Frame, value: Value) -> str:
    """Working days up to the day before: one more or none fewer tells whether the day is one."""
    number = frame.calendar(value, "dn")
    alias = f"{number.split('.')[0]}b"
    join = f"LEFT JOIN calendar AS {alias} ON {alias}.dn = {number} - 1"
    if join not in frame.joins:
        frame.joins.append(join)
    return f"{alias}.wd"

"""Time as people count it: working days by walking the days, months by the calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cache
from typing import Any

import holidays

from reference.logic import apply

BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(2015, 2031))


@cache
def is_working_day(day: dt.date) -> bool:
    return day.weekday() < 5 and not (2015 <= day.year <= 2030 and day in BANK_HOLIDAYS)


@cache
def _until(day: dt.date) -> int:
    """Working days since the beginning of 1985, up to and with a day, one after the other."""
    if day < dt.date(1985, 1, 1):
        return 0
    total, at = 0, dt.date(day.year, 1, 1)
    if day.year > 1985:
        total = _until(dt.date(day.year - 1, 12, 31))
    while at <= day:
        total += is_working_day(at)
        at += dt.timedelta(days=1)
    return total


def day(moment: Any) -> Any:
    return apply(lambda m: m.date() if isinstance(m, dt.datetime) else m, moment)


def days(a: Any, b: Any) -> Any:
    return apply(lambda x, y: (y - x).days, day(a), day(b))


def working_days(a: Any, b: Any) -> Any:
    """Working days after a, up to and with b."""
    return apply(lambda x, y: _until(y) - _until(x), day(a), day(b))


def months(a: Any, b: Any) -> Any:
    """(whole months, days over): the 5th to the 5th is (n, 0). A month's days count as 31sts."""
    return apply(
        lambda x, y: ((y.year - x.year) * 12 + y.month - x.month) * 31 + y.day - x.day,
        day(a),
        day(b),
    )


def in_months(number: int) -> int:
    """A number of months, as `months` counts."""
    return number * 31


def minutes(a: Any, b: Any) -> Any:
    """Minutes from a to b; a day stands for its beginning."""
    return apply(lambda x, y: int((_moment(y) - _moment(x)).total_seconds() // 60), a, b)


def _moment(value: dt.date) -> dt.datetime:
    found = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    return found.replace(second=0, microsecond=0)


def end_of(moment: dt.date) -> dt.datetime:
    return dt.datetime.combine(moment + dt.timedelta(days=1), dt.time())


def timed(moment: Any) -> Any:
    """Whether a time of day stands there."""
    return apply(lambda m: isinstance(m, dt.datetime) and (m.hour, m.minute) != (0, 0), moment)


def age(born: Any, at: dt.date) -> Any:
    return apply(lambda b: at.year - b.year - ((at.month, at.day) < (b.month, b.day)), born)


def back(at: dt.date, number: int) -> dt.date:
    """So many whole months earlier; the last of a month stays the last of a month."""
    index = at.year * 12 + at.month - 1 - number
    year, month = index // 12, index % 12 + 1
    last = calendar.monthrange(year, month)[1]
    if at.day == calendar.monthrange(at.year, at.month)[1]:
        return dt.date(year, month, last)
    return dt.date(year, month, min(at.day, last))


def within(moment: Any, at: dt.date, number: int) -> Any:
    """Whether a date lies in the last so many months: the first day is out, the last is in."""
    found = apply(lambda d: back(at, number) < d <= at, day(moment))
    return False if found is None else found


def quarter(moment: Any) -> Any:
    def name(d: dt.date) -> str:
        year = d.year if d.month >= 4 else d.year - 1
        return f"{year}-{(year + 1) % 100:02d} Q{(d.month - 4) % 12 // 3 + 1}"

    return apply(name, day(moment))


def month_ends(at: dt.date, number: int) -> list[dt.date]:
    """The month ends of the last so many months, and the day itself."""
    found = {at}
    for step in range(number + 1):
        some = back(at.replace(day=1), step)
        end = some.replace(day=calendar.monthrange(some.year, some.month)[1])
        if back(at, number) < end <= at:
            found.add(end)
    return sorted(found)

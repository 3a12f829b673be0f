"""Periods as breakdown labels: ``2026-03``, ``2025-26 Q4``, ``2025-26``."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from selfassess.model.common import Scope

__all__ = ["clipped", "period_of"]

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-\d{2} Q([1-4])")
_YEAR = re.compile(r"(\d{4})-\d{2}")


def period_of(name: str, label: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a period; None for a dimension that is none."""
    if name == "month" and (match := _MONTH.fullmatch(label)):
        return _months(int(match[1]), int(match[2]), 1)
    if name == "quarter" and (match := _QUARTER.fullmatch(label)):
        month = int(match[2]) * 3 + 1
        year = int(match[1])
        return _months(year + (month > 12), month - 12 * (month > 12), 3)
    if name == "year" and (match := _YEAR.fullmatch(label)):
        return _months(int(match[1]), 4, 12)
    return None


def clipped(
    where: Scope, start: dt.date | None, end: dt.date | None
) -> tuple[dt.date | None, dt.date | None]:
    """A window cut down to the periods that a scope names."""
    for name, label in where:
        period = period_of(name, label)
        if period is not None:
            start = max(period[0], start) if start else period[0]
            end = min(period[1], end) if end else period[1]
    return start, end


def _months(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    last = year * 12 + month - 1 + count - 1
    year_of, month_of = last // 12, last % 12 + 1
    day = calendar.monthrange(year_of, month_of)[1]
    return dt.date(year, month, 1), dt.date(year_of, month_of, day)

"""Trends: whether the last value of a series is worse or better than an earlier one by enough."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from selfassess.judging.bands import Cut
from selfassess.model.measure import Point

__all__ = ["Trend", "months_before", "trend"]

POINTS = 10.0
"""Percentages: a change of this many points matters."""
SHARE = 0.25
"""Other units: a change by this share of the earlier value matters."""
COMPARED_MONTHS = 12
HELD_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Trend:
    """What a series says beyond its last value.

    Attributes:
        worsening: worse by enough.
        new: better by enough, and the better level is not known to have been held six months.
        baseline: the earlier value compared with; None without a series.
        baseline_date: its day, where that is known.
    """

    worsening: bool = False
    new: bool = False
    baseline: float | None = None
    baseline_date: dt.date | None = None


def months_before(date: dt.date, months: int) -> dt.date:
    """The same day some months earlier, or that month's last day."""
    index = date.year * 12 + date.month - 1 - months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def trend(
    series: Sequence[Point],
    *,
    better: Literal["higher", "lower", "two-sided", "none"],
    percent: bool,
    outside: Cut | None,
    as_at: dt.date,
) -> Trend:
    """Compare the last value with the latest dated at least a year earlier, else with the first.

    The series runs oldest first. `outside` is the range of a two-sided band: worse is further
    outside it. A two-sided measure without one worsens by a move either way: there is no side on
    which a move is good.
    """
    if len(series) < 2 or (better == "none" and outside is None):
        return Trend()
    compared = _baseline(series)
    baseline = compared.value
    last = series[-1].value
    enough = POINTS if percent else abs(baseline) * SHARE

    def gain(value: float) -> float:
        """By how much a value is better than the baseline; negative for worse."""
        if outside is not None:
            return outside.distance(baseline) - outside.distance(value)
        if better == "two-sided":
            return -abs(value - baseline)
        return value - baseline if better == "higher" else baseline - value

    worsening = gain(last) < 0 and -gain(last) >= enough
    improved = gain(last) > 0 and gain(last) >= enough
    if not improved:
        return Trend(worsening=worsening, baseline=baseline, baseline_date=compared.end)
    reached = series[-1].end
    for point in reversed(series):
        if gain(point.value) < enough or gain(point.value) <= 0:
            break
        reached = point.end
    new = reached is None or reached > months_before(as_at, HELD_MONTHS)
    return Trend(new=new, baseline=baseline, baseline_date=compared.end)


def _baseline(series: Sequence[Point]) -> Point:
    last = series[-1].end
    if last is not None:
        limit = months_before(last, COMPARED_MONTHS)
        for point in reversed(series[:-1]):
            if point.end is not None and point.end <= limit:
                return point
    return series[0]

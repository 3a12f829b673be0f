"""The one series of each reading that says most: by month from rows, kept, or as published."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from selfassess.analysis.kept import kept_series
from selfassess.analysis.trends import trend_of
from selfassess.analysis.xmr import LEAST_POINTS
from selfassess.errors import MeasureError
from selfassess.measuring.computing import aggregate_of, ways
from selfassess.measuring.labels import PERIODS
from selfassess.measuring.units import COUNTS, plain
from selfassess.model.measure import Measure, Point, Reading
from selfassess.model.trend import Kept, KeptReading, Period, Series, Trend, TrendPoint

__all__ = ["trends_of"]

_COUNTED = frozenset({"share", "count", "distinct"})
_TIMES = frozenset({"days", "working days", "hours", "weeks", "months"})


def trends_of(
    readings: Iterable[Reading],
    measures: Mapping[str, Measure],
    kept: Sequence[Kept],
    as_at: date,
) -> dict[str, Trend]:
    """The trend of each reading that has one, by reading id.

    Where several series are there, the first that can carry a rule is taken, rows before earlier
    assessments before published figures; where none can, the longest, for the whole alone.

    Args:
        readings: what was measured.
        measures: by id.
        kept: earlier assessments, the oldest first, one a day.
        as_at: the day of this assessment.
    """
    found: dict[str, Trend] = {}
    floors: dict[str, int | None] = {}
    for reading in readings:
        if any(name in PERIODS for name, _ in reading.where):
            continue
        series = _chosen(reading, kept, as_at)
        if series is None:
            continue
        measure = measures.get(reading.measure)
        if reading.measure not in floors:
            floors[reading.measure] = _floor(measure) if measure else None
        found[reading.id] = trend_of(
            series,
            unit=reading.unit,
            better=measure.better if measure else "none",
            floor=floors[reading.measure],
        )
    return found


def _chosen(reading: Reading, kept: Sequence[Kept], as_at: date) -> Series | None:
    held = [
        series
        for series in (reading.by_month, _told(reading), _kept(reading, kept, as_at))
        if series is not None and _values(series) > 1
    ]
    for series in held:
        if not series.overlapping and _values(series) >= LEAST_POINTS:
            return series
    # Parts are many: those of which nothing can be said are not told.
    if reading.where:
        return None
    return max(held, key=lambda one: (not one.overlapping, _values(one)), default=None)


def _values(series: Series) -> int:
    return sum(point.value is not None for point in series.points)


def _kept(reading: Reading, kept: Sequence[Kept], as_at: date) -> Series | None:
    if not kept:
        return None
    now = KeptReading(
        definition=reading.definition,
        way=reading.way,
        start=reading.start,
        end=reading.end,
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        status=reading.status,
    )
    return kept_series(reading.id, now, as_at, kept)


def _told(reading: Reading) -> Series | None:
    """The series that a reading brings: month ends computed from rows, or published figures."""
    points = reading.series
    if len(points) < 2:
        return None
    period, labels = _labels(points)
    starts = [(one.end, other.start) for one, other in pairwise(points)]
    return Series(
        period=period,
        origin="published" if reading.published else "rows",
        points=tuple(
            TrendPoint(
                label=label,
                start=point.start,
                end=point.end,
                value=point.value,
                numerator=point.numerator,
                denominator=point.denominator,
            )
            for label, point in zip(labels, points, strict=True)
        ),
        overlapping=any(end and start and start <= end for end, start in starts),
        note="As published: what each figure looks back over is not known."
        if reading.published
        else "",
    )


def _labels(points: Sequence[Point]) -> tuple[Period, list[str]]:
    """Months where every point is the end of the month after the last; else dates or places."""
    ends = [point.end for point in points]
    if all(end is not None and _month_end(end) for end in ends):
        months = [end.year * 12 + end.month for end in ends if end is not None]
        if all(later - earlier == 1 for earlier, later in pairwise(months)):
            return "month", [f"{end:%Y-%m}" for end in ends if end is not None]
    count = len(points)
    return "run", [
        end.isoformat() if end else f"{nth} of {count}" for nth, end in enumerate(ends, start=1)
    ]


def _month_end(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _floor(measure: Measure) -> int | None:
    """0 where the measure cannot be less: a count, a share, a length of time."""
    if plain(measure.unit) in COUNTS | _TIMES:
        return 0
    for way in ways(measure):
        if way.ratio is not None:
            return 0
        try:
            kind, _ = aggregate_of(way)
        except MeasureError:
            return None
        return 0 if kind in _COUNTED else None
    return None

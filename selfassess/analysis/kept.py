"""Earlier assessments joined into a series: same measure, same scope, same definition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from selfassess.analysis.trend_words import label_words
from selfassess.model.trend import Kept, KeptReading, Series, TrendPoint

__all__ = ["kept_series"]


def kept_series(key: str, now: KeptReading, as_at: dt.date, kept: Sequence[Kept]) -> Series | None:
    """The series that ends in the present reading; None where nothing earlier joins it.

    A changed definition, or another way of counting, breaks it: what came before is another figure
    under the same name. An assessment without a figure leaves a gap.

    Args:
        key: the reading's id.
        now: the present reading.
        as_at: the day of the present assessment.
        kept: earlier assessments, the oldest first, one a day.
    """
    points = [_point(as_at, now)]
    spans = [now]
    broken = ""
    for each in reversed(kept):
        reading = each.readings.get(key)
        if reading is None:
            continue
        if not _same(reading, now):
            day = label_words(each.as_at.isoformat(), "run")
            broken = f"Up to {day} it was counted by another definition, which is another figure."
            break
        points.append(_point(each.as_at, reading))
        spans.append(reading)
    points.reverse()
    spans.reverse()
    while points and points[0].value is None:
        del points[0], spans[0]
    if len(points) < 2:
        return None
    return Series(
        period="run",
        origin="history",
        points=tuple(points),
        overlapping=any(
            later.start is not None and earlier.end is not None and later.start <= earlier.end
            for earlier, later in pairwise(spans)
        ),
        note=broken,
    )


def _same(reading: KeptReading, now: KeptReading) -> bool:
    """Whether both were counted alike; without a figure there is no way of counting to differ."""
    if reading.definition != now.definition:
        return False
    return reading.value is None or now.value is None or reading.way == now.way


def _point(day: dt.date, reading: KeptReading) -> TrendPoint:
    ok = reading.status == "ok"
    return TrendPoint(
        label=day.isoformat(),
        start=reading.start,
        end=reading.end or day,
        value=reading.value if ok else None,
        numerator=reading.numerator,
        denominator=reading.denominator,
        status=reading.status,
    )

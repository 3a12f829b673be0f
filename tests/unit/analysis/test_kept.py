"""Earlier assessments joined: what belongs to one series, and what breaks it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from selfassess.analysis.kept import kept_series
from selfassess.model.trend import Kept, KeptReading

AS_AT = dt.date(2026, 3, 31)


def reading(value: float | None = 80, **keys: Any) -> KeptReading:
    return KeptReading(**{"definition": "d1", "value": value, "end": AS_AT, **keys})


def kept(day: str, found: KeptReading | None, key: str = "m") -> Kept:
    readings = {key: found} if found else {}
    return Kept(name=f"history/{day}.json", as_at=dt.date.fromisoformat(day), readings=readings)


def values(earlier: list[Kept], now: KeptReading | None = None, key: str = "m") -> Any:
    series = kept_series(key, now or reading(), AS_AT, earlier)
    return series and [(point.label, point.value) for point in series.points]


def test_the_present_reading_is_the_last_point() -> None:
    earlier = [kept("2025-09-30", reading(70)), kept("2025-12-31", reading(75))]
    assert values(earlier) == [("2025-09-30", 70), ("2025-12-31", 75), ("2026-03-31", 80)]


def test_only_the_same_measure_and_scope_join() -> None:
    earlier = [kept("2025-12-31", reading(75), key="m[team=north]")]
    assert values(earlier) is None
    assert values(earlier, key="m[team=north]") is not None


def test_a_changed_definition_breaks_the_series_and_is_told() -> None:
    earlier = [
        kept("2025-06-30", reading(60)),
        kept("2025-09-30", reading(65, definition="d0")),
        kept("2025-12-31", reading(75)),
    ]
    series = kept_series("m", reading(), AS_AT, earlier)
    assert series is not None
    assert [point.value for point in series.points] == [75, 80]
    assert "Up to 30 September 2025 it was counted by another definition" in series.note


def test_another_way_of_counting_breaks_it_too() -> None:
    earlier = [kept("2025-12-31", reading(75, way="moderated"))]
    assert values(earlier, reading(way="unmoderated")) is None
    assert values(earlier, reading(way="moderated")) is not None


def test_an_assessment_without_a_figure_is_a_gap() -> None:
    earlier = [
        kept("2025-06-30", reading(None, status="not-computable")),
        kept("2025-09-30", reading(65)),
        kept("2025-10-31", reading(None, status="not-computable")),
        kept("2025-11-30", None),
        kept("2025-12-31", reading(66, status="small-base")),
    ]
    # The first says nothing and opens no series; the fourth has no such reading at all.
    assert values(earlier) == [
        ("2025-09-30", 65),
        ("2025-10-31", None),
        ("2025-12-31", None),
        ("2026-03-31", 80),
    ]


def test_windows_that_share_days_are_marked() -> None:
    def window(start: str, end: str) -> KeptReading:
        return reading(start=dt.date.fromisoformat(start), end=dt.date.fromisoformat(end))

    now = window("2025-10-01", "2026-03-31")
    half = kept_series("m", now, AS_AT, [kept("2025-09-30", window("2025-04-01", "2025-09-30"))])
    month = kept_series("m", now, AS_AT, [kept("2026-02-28", window("2025-09-01", "2026-02-28"))])
    assert half is not None
    assert month is not None
    assert (half.overlapping, month.overlapping) == (False, True)

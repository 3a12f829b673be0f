"""Which of several series a reading takes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from selfassess.measuring.trends import trends_of
from selfassess.model.measure import Measure, Point, Reading
from selfassess.model.trend import Kept, KeptReading, Series, TrendPoint

AS_AT = dt.date(2026, 3, 31)
MEASURE = Measure(
    id="m",
    title="M",
    unit="percent",
    better="higher",
    about="compliance",
    topics=("t",),
    why="Because.",
)


def rows(count: int, **keys: Any) -> Series:
    points = tuple(TrendPoint(label=f"{n}", value=80 + n % 2) for n in range(count))
    return Series(period="month", origin="rows", points=points, **keys)


def kept(count: int) -> list[Kept]:
    days = [AS_AT - dt.timedelta(days=31 * (count - n)) for n in range(count)]
    said = KeptReading(definition="d", value=70)
    return [Kept(name=str(day), as_at=day, readings={"m": said, "m[team=a]": said}) for day in days]


def reading(**keys: Any) -> Reading:
    return Reading(
        **{
            "measure": "m",
            "title": "M",
            "unit": "percent",
            "value": 80.0,
            "definition": "d",
            "end": AS_AT,
            **keys,
        }
    )


def origin(one: Reading, history: list[Kept] | None = None) -> Any:
    found = trends_of([one], {"m": MEASURE}, history or [], AS_AT).get(one.id)
    return found and (found.origin, len(found.points))


def test_nothing_to_tell() -> None:
    assert origin(reading()) is None
    assert origin(reading(by_month=rows(1))) is None


def test_rows_before_history_where_both_can_carry_a_rule() -> None:
    assert origin(reading(by_month=rows(12)), kept(20)) == ("rows", 12)


def test_history_where_rows_are_too_few() -> None:
    assert origin(reading(by_month=rows(6)), kept(12)) == ("history", 13)


def test_the_longest_where_none_can() -> None:
    assert origin(reading(by_month=rows(6)), kept(3)) == ("rows", 6)
    assert origin(reading(by_month=rows(3)), kept(6)) == ("history", 7)
    assert origin(reading(by_month=rows(20, overlapping=True)), kept(2)) == ("history", 3)


def test_parts_only_where_a_rule_could_hold() -> None:
    part = (("team", "a"),)
    assert origin(reading(by_month=rows(6), where=part)) is None
    assert origin(reading(by_month=rows(12), where=part)) == ("rows", 12)
    assert origin(reading(where=part), kept(11)) == ("history", 12)


def test_a_period_is_no_scope_to_follow() -> None:
    assert origin(reading(where=(("quarter", "2025-26 Q4"),)), kept(12)) is None


def test_published_series_by_their_dates() -> None:
    ends = [dt.date(2025, 12, 31), dt.date(2026, 1, 31), dt.date(2026, 2, 28)]
    points = tuple(Point(value=70 + n, end=end) for n, end in enumerate(ends))
    one = reading(published=True, series=points)
    found = trends_of([one], {"m": MEASURE}, [], AS_AT)["m"]
    assert (found.origin, found.period) == ("published", "month")
    assert [point.label for point in found.points] == ["2025-12", "2026-01", "2026-02"]
    loose = (Point(value=70), Point(value=72, end=ends[1]))
    found = trends_of([reading(published=True, series=loose)], {"m": MEASURE}, [], AS_AT)["m"]
    assert (found.period, [p.label for p in found.points]) == ("run", ["1 of 2", "2026-01-31"])

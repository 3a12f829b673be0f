"""Records come back from JSON as they were."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.model.evidence import SheetLedger
from selfassess.model.quality import Weakened
from selfassess.model.reading import Point, Reading
from selfassess.model.trend import Series, TrendPoint
from selfassess.writing.records import restored

number = st.none() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
day = st.none() | st.dates()
text = st.text(max_size=5)
points = st.lists(st.builds(Point, value=number, start=day, end=day), max_size=3).map(tuple)
trend_points = st.lists(
    st.builds(TrendPoint, label=text, start=day, value=number, status=text), max_size=3
)
series = st.builds(
    Series, period=st.just("month"), origin=st.just("rows"), points=trend_points.map(tuple)
)
pairs = st.lists(st.tuples(number, st.integers(0, 99)), max_size=3).map(tuple)
scope = st.lists(st.tuples(text, text), max_size=3).map(tuple)
readings = st.builds(
    Reading,
    measure=text,
    title=text,
    unit=text,
    where=scope,
    value=number,
    reason=st.none() | text,
    start=day,
    end=day,
    published=st.booleans(),
    series=points,
    distribution=pairs,
    tables=st.lists(text, max_size=3).map(tuple),
    by_month=st.none() | series,
)
ledger = st.builds(
    SheetLedger,
    path=text,
    sheet=text,
    table=st.none() | text,
    rows_read=st.integers(0, 9),
    rows_used=st.integers(0, 9),
    rows_set_aside=st.integers(0, 9),
    reasons=st.dictionaries(text, st.integers(0, 9), max_size=3),
    ignored_columns=st.lists(text, max_size=2).map(tuple),
)


def back(value: Any, annotation: Any) -> Any:
    return restored(orjson.loads(orjson.dumps(value, default=sorted)), annotation)


@given(st.lists(readings, max_size=3).map(tuple))
def test_readings(found: tuple[Reading, ...]) -> None:
    again = back(found, tuple[Reading, ...])
    # Of one type, too: 85 and 85.0 are equal, and are not printed alike.
    assert repr(again) == repr(found)


@given(st.lists(ledger, max_size=3).map(tuple))
def test_ledger(found: tuple[SheetLedger, ...]) -> None:
    assert repr(back(found, tuple[SheetLedger, ...])) == repr(found)


@dataclasses.dataclass(frozen=True)
class Odd:
    days: frozenset[dt.date]
    by_name: Mapping[str, Weakened | None]
    plain: Mapping[str, int]
    either: int | str
    nothing: tuple[dt.date | None, ...] = ()


def test_sets_mappings_and_blanks() -> None:
    odd = Odd(
        frozenset({dt.date(2026, 1, 2)}),
        {"a": Weakened("m", 0.5), "b": None},
        {"x": 1},
        "y",
        (None, dt.date(2026, 1, 2)),
    )
    assert back(odd, Odd) == odd


def test_what_is_made_already_stays() -> None:
    made = Weakened("m", 0.5)
    assert restored({"a": made}, Mapping[str, Weakened])["a"] is made


@pytest.mark.parametrize(
    ("data", "annotation"),
    [
        ({"measure": "m"}, Weakened),
        ({"measure": "m", "share": 1, "more": 2}, Weakened),
        ("text", Weakened),
        ([1], Mapping[str, Weakened]),
        ("2026-13-01", dt.date),
        ([["a"]], tuple[tuple[dt.date, int], ...]),
    ],
)
def test_what_is_not_of_the_type(data: Any, annotation: Any) -> None:
    with pytest.raises((AttributeError, KeyError, TypeError, ValueError)):
        restored(data, annotation)

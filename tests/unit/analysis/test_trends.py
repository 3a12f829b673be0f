"""What is said of a series: worked out by hand, and kept as it reads."""

from __future__ import annotations

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from selfassess.analysis.trends import trend_of
from selfassess.model.trend import Series, TrendPoint


def months(count: int, first: int = 2025 * 12 + 3) -> list[str]:
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, first + count)]


def series(values: list[Any], **keys: Any) -> Series:
    points = tuple(
        TrendPoint(label=label, value=value)
        for label, value in zip(months(len(values)), values, strict=True)
    )
    return Series(**{"period": "month", "origin": "rows", "points": points, **keys})


CALM = [80, 82, 80, 82, 80, 82, 80, 82, 80, 82, 80, 82]
LEVELS = [90, 92, 90, 92, 90, 92, 90, 92, 84, 82, 84, 82, 84, 82, 84, 82]
CASES: dict[str, tuple[list[Any], dict[str, Any]]] = {
    "ordinary": (CALM, {}),
    "shift for the worse": (LEVELS, {"better": "higher"}),
    "shift for the better": (LEVELS, {"better": "lower"}),
    "shift, two-sided": (LEVELS, {"better": "two-sided"}),
    "shift at the start only": (
        [90, 92, 90, 92, 90, 92, 90, 92, 80, 91, 80, 80, 91, 80, 80],
        {"better": "higher"},
    ),
    "drift": ([50, 40, 50, 40, 50, 40, 50, 40, 41, 42, 43, 44, 45], {"better": "lower"}),
    # Two of ten lie on the mean of 87; the eight above it are a run, with none below between.
    "shift with points on the mean": (
        [97, 89, 97, 87, 89, 97, 89, 87, 97, 89, 75, 83, 75, 83, 75, 83],
        {"better": "higher"},
    ),
    "drift with an equal": (
        [50, 40, 50, 40, 50, 40, 50, 40, 41, 42, 42, 43, 44, 45],
        {"better": "lower"},
    ),
    "outside": ([*CALM, 60], {"better": "higher"}),
    "near a limit": ([*[79, 81] * 10, 85, 81, 85], {}),
    "three near a limit": ([*[79, 81] * 14, 85, 85, 81, 85], {}),
    "flat": ([100] * 13, {}),
    "too few": ([80, 82, 85], {}),
    "too many gaps": ([v for value in CALM for v in (value, None)], {}),
}


@pytest.mark.parametrize("name", CASES)
def test_one_plain_sentence(name: str, snapshot: SnapshotAssertion) -> None:
    values, keys = CASES[name]
    found = trend_of(series(values), unit="percent", **keys)
    assert found.text == snapshot
    assert found.text.count(". ") == 0


def test_limits_are_six_places_half_even_and_within_a_percentage() -> None:
    found = trend_of(series(CALM), unit="percent")
    assert (found.centre, found.lower, found.upper) == (81, 75.68, 86.32)
    # 98 and 100 in turn: mean 99, limits 99 ± 5.32, cut at 100.
    found = trend_of(series([98, 100] * 6), unit="percent")
    assert (found.lower, found.upper) == (93.68, 100)
    # 0 and 1 in turn: 0.5 - 2.66 is below nothing; 0.5 + 2.66.
    assert trend_of(series([0, 1] * 6), unit="children", floor=0).lower == 0
    assert trend_of(series([0, 1] * 6), unit="points").lower == -2.16
    # A third: 0.333333 each way, mean 1/2 of it.
    found = trend_of(series([0, 0.333333] * 6), unit="points")
    assert found.centre == 0.166666  # 0.1666665 to even


def test_a_limit_that_is_cut_off_hides_no_point() -> None:
    # A point at 100 is not outside a limit that was computed above 100.
    found = trend_of(series([98, 100] * 6), unit="percent")
    assert found.rules == ()


def test_the_latest_change_is_told_and_all_are_listed() -> None:
    found = trend_of(series(LEVELS), unit="percent")
    shifts = [(rule.side, rule.first, rule.last) for rule in found.rules if rule.rule == "shift"]
    assert shifts == [("above", "2025-04", "2025-11"), ("below", "2025-12", "2026-07")]
    assert "December 2025" in found.text


def test_no_rule_where_points_share_rows() -> None:
    found = trend_of(series(LEVELS, overlapping=True), unit="percent")
    assert (found.centre, found.rules) == (None, ())
    assert "move together" in found.text


def test_seasons_are_told_a_year_apart_from_two_years_on() -> None:
    year = trend_of(series(CALM * 2), unit="percent")
    assert year.note == "Seasons are not taken out. A year apart: March 2026 82%, March 2027 82%."
    assert trend_of(series((CALM * 2)[:23]), unit="percent").note == "Seasons are not taken out."
    gap = [*CALM, *CALM]
    gap[11] = None
    assert "year apart" not in trend_of(series([82, *gap]), unit="percent").note


def test_notes_come_before_the_season() -> None:
    found = trend_of(series(CALM, note="Counted since May."), unit="percent")
    assert found.note == "Counted since May. Seasons are not taken out."
    assert trend_of(series([1, 2], note="Short."), unit="percent").note == "Short."


def test_quarters_and_readings_have_words_of_their_own() -> None:
    labels = [f"20{y}-{y + 1} Q{q}" for y in range(20, 24) for q in (1, 2, 3, 4)]
    points = tuple(
        TrendPoint(label=label, value=value) for label, value in zip(labels, LEVELS, strict=True)
    )
    found = trend_of(Series(period="quarter", origin="rows", points=points), unit="percent")
    assert "Eight quarters running" in found.text
    assert "quarter 1 of 2022-23" in found.text
    days = [f"2026-{n:02d}-28" for n in range(1, 13)]
    kept = tuple(TrendPoint(label=day, value=v) for day, v in zip(days, CALM, strict=True))
    found = trend_of(Series(period="run", origin="history", points=kept), unit="working-days")
    assert "the twelve readings vary around 81 working days" in found.text
    assert found.note == ""


def test_an_assessment_that_stands_out_is_told_by_its_day() -> None:
    days = [f"2026-{n:02d}-28" for n in range(1, 13)] + ["2027-01-28"]
    kept = tuple(TrendPoint(label=day, value=v) for day, v in zip(days, [*CALM, 1], strict=True))
    found = trend_of(Series(period="run", origin="history", points=kept), unit="children", floor=0)
    # Steps: eleven of 2 and one of 81, so the mean is (12 * 81 - 6 + 6 + 1) / 13 = 74.846… and the
    # lower limit 74.846 - 2.66 * 103 / 12 = 52.01…
    assert found.text == (
        "On 28 January 2027 it was 1 child, below the natural limit of 52 children: something out "
        "of the ordinary happened then."
    )

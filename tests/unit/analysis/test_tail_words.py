"""Gaps in words: no fall by nothing, and no edge that the band does not have."""

from __future__ import annotations

from fractions import Fraction

import pytest

from selfassess.analysis.gaps import Edge, measured_gap
from selfassess.analysis.tail_words import gap_text
from selfassess.model.measure import Noun

DRIFT = (
    Edge("attention", "outside", Fraction("-0.15"), Fraction("0.15")),
    Edge("concern", "outside", Fraction("-0.3"), Fraction("0.3")),
)
DAYS = (
    Edge("attention", "over", Fraction(1)),
    Edge("concern", "over", Fraction(5)),
    Edge("critical", "over", Fraction(20)),
)
LOAD = (Edge("strong", "at most", Fraction(14)), Edge("attention", "over", Fraction("16.2")))


@pytest.mark.parametrize(
    ("value", "edges", "unit", "text"),
    [
        # 0.2 - 0.15 = 0.05: to one place it would be a fall by nothing, to edges of 0.2.
        ("0.2", DRIFT, "points", "fall by 0.05 points, to within -0.15 to 0.15 points."),
        # 3 of 7 less 0.3 is 0.12857…
        ("0.428571", DRIFT, "points", "fall by 0.13 points, to within -0.3 to 0.3 points."),
        ("-0.5", DRIFT, "points", "rise by 0.2 points, to within -0.3 to 0.3 points."),
        ("5", DAYS, "working-days", "fall by 4 working days, to 1 working day."),
        ("6", DAYS, "working-days", "fall by 1 working day, to 5 working days."),
        (
            "15",
            LOAD,
            "children per worker",
            "fall by 1 child per worker, to 14 children per worker.",
        ),
        ("14.004", LOAD, "children per worker", "by 0.004 children per worker, to 14 children"),
        # 18.5 - 16.2 = 2.3; 1 and more go by one place.
        ("18.5", LOAD, "children per worker", "by 2.3 children per worker, to 16.2 children"),
        ("16.249", LOAD, "children per worker", "by 0.05 children per worker, to 16.2 children"),
    ],
)
def test_no_gap_reads_as_nothing(value: str, edges: tuple[Edge, ...], unit: str, text: str) -> None:
    gap = measured_gap(Fraction(value), edges)
    assert gap is not None
    assert text in gap_text(gap, unit)


def test_percentage_points_keep_the_edge_as_the_band_has_it() -> None:
    edges = (Edge("attention", "under", Fraction("91.25")),)
    gap = measured_gap(Fraction("91.2"), edges)
    assert gap is not None
    assert gap_text(gap, "percent") == (
        "It would have to rise by 0.05 percentage points, to 91.25%."
    )


def test_whole_cases_are_counted_in_words_of_their_own() -> None:
    gap = measured_gap(Fraction(24), (Edge("concern", "at least", Fraction(24)),))
    assert gap is not None
    counted = Noun(one="contact undecided", many="contacts undecided")
    assert gap_text(gap, "contacts", counted).endswith("would bring it below 24.")

"""Intervals against printed examples, and limits worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.changes.chance import natural_limits, newcombe, wilson


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table II, method 10: p1 - p2 of (a) 56/70 and
        # 48/80, (b) 9/10 and 3/10, (d) 5/56 and 0/29, (g) 10/10 and 0/10.
        ((48, 80), (56, 70), 0.0524, 0.3339),
        ((3, 10), (9, 10), 0.1705, 0.8090),
        ((0, 29), (5, 56), -0.0381, 0.1926),
        ((0, 10), (10, 10), 0.6075, 1.0000),
    ],
)
def test_differences_as_published(first, second, low, high) -> None:
    difference, found_low, found_high = newcombe(first, second)
    assert difference == pytest.approx(second[0] / second[1] - first[0] / first[1])
    assert found_low == pytest.approx(low, abs=0.00006)
    assert found_high == pytest.approx(high, abs=0.00006)


def test_wilson_as_published() -> None:
    """Newcombe 1998 (single proportion), method 3: 81/263, 15/148, 0/20, 1/29."""
    for trials, low, high in (
        ((81, 263), 0.2553, 0.3662),
        ((15, 148), 0.0624, 0.1605),
        ((0, 20), 0.0, 0.1611),
        ((1, 29), 0.0061, 0.1718),
    ):
        assert wilson(*trials) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


@given(
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
def test_an_interval_holds_its_difference_and_turns_round(first, second) -> None:
    difference, low, high = newcombe(first, second)
    assert -1 - 1e-9 <= low <= difference <= high <= 1 + 1e-9
    back, back_low, back_high = newcombe(second, first)
    assert (back, back_low, back_high) == pytest.approx((-difference, -high, -low))


def test_natural_limits_by_hand() -> None:
    """Mean 15; moving ranges 2 seven times, so the limits lie 2.66 × 2 from the mean."""
    limits = natural_limits([14, 16, 14, 16, 14, 16, 14, 16])
    assert limits is not None
    assert (limits.low, limits.high) == pytest.approx((9.68, 20.32))
    assert natural_limits([14, 16, 14, 16, 14, 16, 14]) is None

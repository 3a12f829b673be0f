"""Rates of parts: Wilson intervals against an independent computation, and who is worse."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.analysis.rates import (
    Part,
    difference,
    score,
    weakest,
    wilson,
)

counts = st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    # Newcombe (1998), table I, method 3: the score interval of four published examples.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals(numerator: int, denominator: int, low: float, high: float) -> None:
    found = wilson(numerator, denominator)
    assert found == pytest.approx((low, high), abs=0.00005)


@given(counts)
def test_ends_are_where_the_score_test_turns(pair: tuple[int, int]) -> None:
    """The interval holds exactly the shares that a score test at 95 per cent does not refuse.

    Its ends solve (p - x/n)^2 = z^2 p (1 - p) / n: found here by bisection, not by the formula.
    """
    numerator, denominator = pair
    share = numerator / denominator

    def refused(p: float) -> bool:
        return (p - share) ** 2 > 1.959964**2 * p * (1 - p) / denominator

    def turn(inside: float, outside: float) -> float:
        for _ in range(80):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if refused(middle) else (middle, outside)
        return inside

    low, high = wilson(numerator, denominator)
    assert low == pytest.approx(0.0 if numerator == 0 else turn(share, 0.0), abs=1e-9)
    assert high == pytest.approx(1.0 if numerator == denominator else turn(share, 1.0), abs=1e-9)


@given(counts)
def test_interval_lies_around_the_share_and_mirrors(pair: tuple[int, int]) -> None:
    numerator, denominator = pair
    low, high = wilson(numerator, denominator)
    assert 0 <= low <= numerator / denominator <= high <= 1
    under, upper = wilson(denominator - numerator, denominator)
    assert (1 - high, 1 - low) == pytest.approx((under, upper), abs=1e-12)


def test_statsmodels_formula_by_hand() -> None:
    """45 of 60, with the centre and half width written out."""
    z, n, p = 1.959964, 60, 0.75
    centre = (p + z * z / 120) / (1 + z * z / 60)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    assert wilson(45, 60) == pytest.approx((centre - half, centre + half), abs=1e-12)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    # Newcombe (1998), table II, method 10: (a) 56/70 - 48/80, (b) 9/10 - 3/10, (e) 10/10 - 0/20.
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0000),
    ],
)
def test_published_differences(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = difference(Part("", *one), Part("", *other))
    assert found == pytest.approx((low, high), abs=0.0001)


def test_score_widens_with_what_is_compared() -> None:
    assert score() == pytest.approx(1.959964)
    assert score(compared=2) == pytest.approx(2.241403)  # 97.5 per cent, two-sided
    assert score(compared=10) > score(compared=9)


def weak(*parts: tuple[str, int, int], higher: bool = True, **more: object) -> list[str]:
    found = weakest([Part(*each) for each in parts], higher_is_better=higher, **more)  # type: ignore[arg-type]
    return [each.part.name for each in found]


def test_worst_first_and_three_at_most() -> None:
    parts = [("a", 9, 10), ("b", 30, 60), ("c", 8, 20), ("d", 6, 20), ("e", 20, 20), ("f", 20, 20)]
    assert weak(*parts) == ["d", "c", "b"]
    assert weak(*parts, most=1) == ["d"]


def test_lower_is_better() -> None:
    parts = [("a", 1, 20), ("b", 9, 20), ("c", 4, 20)]
    assert weak(*parts, higher=False) == ["b"]


def test_none_is_worse_than_equals() -> None:
    assert weak(("a", 5, 10), ("b", 10, 20)) == []
    assert weak(("a", 10, 10), ("b", 20, 20)) == []


def test_small_base_stands_last_and_claims_nothing() -> None:
    found = weakest(
        [Part("small", 0, 9), Part("large", 30, 60), Part("good", 95, 100)], higher_is_better=True
    )
    assert [(each.part.name, each.beyond_chance) for each in found] == [
        ("large", True),
        ("small", None),
    ]
    assert found[0].compared == 2


def test_ten_are_enough_and_nine_are_not() -> None:
    good = Part("good", 95, 100)
    ten = weakest([Part("ten", 0, 10), good], higher_is_better=True)
    nine = weakest([Part("nine", 0, 9), good], higher_is_better=True)
    assert [each.beyond_chance for each in ten] == [True]
    assert [each.beyond_chance for each in nine] == [None]


def test_rest_may_be_too_small_as_well() -> None:
    found = weakest([Part("a", 10, 40), Part("b", 9, 9)], higher_is_better=True)
    assert [each.beyond_chance for each in found] == [None]


def test_rest_is_a_sample_too() -> None:
    """12 of 20 against 17 of 20: beyond a fixed 85 per cent, not beyond 17 of 20."""
    low, high = wilson(12, 20)
    assert not low <= 0.85 <= high
    (found,) = weakest([Part("a", 12, 20), Part("b", 17, 20)], higher_is_better=True)
    assert found.beyond_chance is False


def test_many_teams_make_one_look_weak() -> None:
    """By itself the team would stand out; as the weakest of twelve it does not."""
    alone = [Part("a", 28, 40), Part("b", 374, 440)]
    among = [Part("a", 28, 40), *(Part(f"b{i}", 34, 40) for i in range(11))]
    (one,) = weakest(alone, higher_is_better=True)
    (of_twelve,) = weakest(among, higher_is_better=True)
    assert one.rest.numerator == of_twelve.rest.numerator
    assert of_twelve.compared == 12
    assert of_twelve.beyond_chance_alone is True
    assert of_twelve.beyond_chance is False


def test_nameless_rows_are_rest_only() -> None:
    (found,) = weakest(
        [Part("a", 10, 20), Part("b", 20, 20)],
        higher_is_better=True,
        others=[Part("not-recorded", 0, 10)],
    )
    assert found.part.name == "a"
    assert (found.rest.numerator, found.rest.denominator) == (20, 30)


@given(st.lists(counts, min_size=1, max_size=12), st.booleans())
def test_parts_and_rest_add_up(pairs: list[tuple[int, int]], higher: bool) -> None:
    parts = [Part(str(i), *pair) for i, pair in enumerate(pairs)]
    whole = sum(part.numerator for part in parts), sum(part.denominator for part in parts)
    for each in weakest(parts, higher_is_better=higher):
        rest = each.rest
        assert each.part.numerator + rest.numerator == whole[0]
        assert each.part.denominator + rest.denominator == whole[1]
        worse = each.part.rate < rest.rate if higher else each.part.rate > rest.rate
        assert worse
        assert each.beyond_chance is None or each.beyond_chance_alone is not None
        if each.beyond_chance:
            assert each.beyond_chance_alone
        assert Fraction(0) <= each.part.rate <= 1

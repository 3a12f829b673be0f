"""Loads: the middle, the largest, and how few carry a fifth."""

from __future__ import annotations

import statistics
from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.analysis.loads import concentration, loads_of

distributions = st.dictionaries(st.integers(0, 40), st.integers(1, 6), min_size=1, max_size=12)


def spelled(distribution: dict[int, int]) -> list[int]:
    return sorted(load for load, count in distribution.items() for _ in range(count))


@given(distributions)
def test_same_as_one_by_one(distribution: dict[int, int]) -> None:
    every = spelled(distribution)
    found = loads_of(distribution.items())
    assert found is not None
    assert found.holders == len(every)
    assert found.held == sum(every)
    assert found.maximum == max(every)
    assert float(found.median) == statistics.median(every)


@given(distributions)
def test_fewest_who_carry_a_fifth(distribution: dict[int, int]) -> None:
    """One by one, largest first, until a fifth is reached."""
    every = spelled(distribution)[::-1]
    found = concentration(distribution.items())
    if len(every) < 5 or not sum(every):
        assert found is None
        return
    assert found is not None
    running = list(accumulate(every))
    fewest = next(i for i, sum_ in enumerate(running, start=1) if 5 * sum_ >= running[-1])
    assert (found.holders, found.held) == (fewest, running[fewest - 1])
    assert found.share >= Fraction(1, 5)


def test_by_hand() -> None:
    # Ten workers, 200 children: 30, 25, 25 and seven with the rest. 30 is short of 40, 55 is not.
    found = concentration([(30, 1), (25, 2), (20, 3), (15, 4)])
    assert found is not None
    assert (found.holders, found.of, found.held, found.total) == (2, 10, 55, 200)
    assert found.even == 2


def test_exactly_a_fifth_is_enough() -> None:
    found = concentration([(20, 1), (10, 8)])
    assert found is not None
    assert (found.holders, found.held, found.total) == (1, 20, 100)


@pytest.mark.parametrize("distribution", [[], [(10, 4)], [(0, 9)]])
def test_too_few_or_nothing(distribution: list[tuple[float, int]]) -> None:
    assert concentration(distribution) is None


def test_nobody() -> None:
    assert loads_of([]) is None
    assert loads_of([(3, 0)]) is None


def test_fractions_stay_exact() -> None:
    found = loads_of([(16.666667, 1), (0.1, 2)])
    assert found is not None
    assert found.held == Fraction("16.866667")

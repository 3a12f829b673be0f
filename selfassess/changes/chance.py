"""Whether a figure moved by more than chance would move it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

__all__ = ["Limits", "Z", "natural_limits", "newcombe", "wilson"]

Z = 1.959963984540054
"""Of the normal distribution, for an interval that holds the truth 95 times of 100."""
_FEWEST_POINTS = 8
_WIDTH = 2.66
"""Natural limits lie this many mean moving ranges from the mean (3 ÷ 1.128)."""


def wilson(successes: float, trials: float) -> tuple[float, float]:
    """Wilson's score interval for one share, between 0 and 1."""
    share = successes / trials
    centre = share + Z * Z / (2 * trials)
    spread = Z * sqrt((share * (1 - share) + Z * Z / (4 * trials)) / trials)
    below = 1 + Z * Z / trials
    return max(0.0, (centre - spread) / below), min(1.0, (centre + spread) / below)


def newcombe(first: tuple[float, float], second: tuple[float, float]) -> tuple[float, float, float]:
    """The difference second − first of two shares, and its interval.

    Newcombe's hybrid of two score intervals (1998, method 10), for shares of different cases. Where
    the same cases stand in both, it is wider than need be: it will miss a change rather than invent
    one.

    Args:
        first: successes and trials, before.
        second: successes and trials, after.

    Returns:
        Difference, lower and upper end, as shares of 1.
    """
    before, after = first[0] / first[1], second[0] / second[1]
    low1, high1 = wilson(*first)
    low2, high2 = wilson(*second)
    difference = after - before
    low = difference - sqrt((after - low2) ** 2 + (high1 - before) ** 2)
    high = difference + sqrt((high2 - after) ** 2 + (before - low1) ** 2)
    return difference, low, high


@dataclass(frozen=True, slots=True)
class Limits:
    """Between what a figure moved so far by routine variation."""

    low: float
    high: float
    points: int


def natural_limits(series: Sequence[float]) -> Limits | None:
    """Natural process limits of an XmR chart; None where there are too few points to say."""
    if len(series) < _FEWEST_POINTS:
        return None
    centre = sum(series) / len(series)
    ranges = [abs(b - a) for a, b in pairwise(series)]
    width = _WIDTH * sum(ranges) / len(ranges)
    return Limits(centre - width, centre + width, len(series))

"""Rates of parts against the rest: Wilson intervals, and whether a difference is more than chance.

Every part is compared with all the others together, never with a whole that it is in. Both sides
are samples, so both are given their Wilson score interval, and the interval of the difference is
made of the two (Newcombe's tenth method). It is widened for the number of parts looked at
(Bonferroni), because the weakest of many always looks weak.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from statistics import NormalDist

__all__ = ["CONFIDENCE", "LEAST", "Part", "Weak", "difference", "score", "weakest", "wilson"]

CONFIDENCE = Fraction(95, 100)
"""Of all differences called more than chance where there is none, at most one run in twenty."""
LEAST = 10
"""A rate on fewer is a count: nothing is said of its difference from others."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole: so many of so many."""

    name: str
    numerator: int
    denominator: int

    @property
    def rate(self) -> Fraction:
        """The share, exactly."""
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Weak:
    """A part that is worse than the rest.

    Attributes:
        rest: all other parts together.
        low, high: the part's own Wilson interval, as shares.
        compared: how many comparisons that makes: of two parts one, else one for each part with a
            base of `LEAST`.
        beyond_chance: whether the difference is more than chance; None where a base is too small.
        beyond_chance_alone: the same, had it been the only part looked at.
    """

    part: Part
    rest: Part
    low: float
    high: float
    compared: int
    beyond_chance: bool | None
    beyond_chance_alone: bool | None


@cache
def score(confidence: Fraction = CONFIDENCE, compared: int = 1) -> float:
    """The standard score of a two-sided interval, widened for `compared` looks at once."""
    tail = (1 - confidence) / (2 * compared)
    return round(NormalDist().inv_cdf(float(1 - tail)), 6)


def wilson(numerator: int, denominator: int, z: float | None = None) -> tuple[float, float]:
    """The Wilson score interval of a share, both ends within 0 and 1.

    Args:
        numerator: those counted.
        denominator: those that could be; above 0.
        z: the standard score; without it that of 95 per cent.
    """
    z = score() if z is None else z
    share, square = numerator / denominator, z * z
    middle = share + square / (2 * denominator)
    spread = z * math.sqrt(
        share * (1 - share) / denominator + square / (4 * denominator * denominator)
    )
    scale = 1 + square / denominator
    low = 0.0 if numerator == 0 else max(0.0, (middle - spread) / scale)
    high = 1.0 if numerator == denominator else min(1.0, (middle + spread) / scale)
    return low, high


def difference(one: Part, other: Part, z: float | None = None) -> tuple[float, float]:
    """The interval of one share less another, made of the Wilson intervals of both."""
    here, there = one.numerator / one.denominator, other.numerator / other.denominator
    low, high = wilson(one.numerator, one.denominator, z)
    lower, upper = wilson(other.numerator, other.denominator, z)
    apart = here - there
    return (
        apart - math.sqrt((here - low) ** 2 + (upper - there) ** 2),
        apart + math.sqrt((high - here) ** 2 + (there - lower) ** 2),
    )


def weakest(
    parts: Sequence[Part], *, higher_is_better: bool, most: int = 3, others: Iterable[Part] = ()
) -> tuple[Weak, ...]:
    """The parts that are worse than all the rest together, worst first.

    Parts with a base of at least `LEAST` come first; smaller ones only where there is room, and
    nothing is said of their difference.

    Args:
        parts: what is looked at; those without a base are passed over.
        higher_is_better: which way is good.
        most: how many to name.
        others: what counts as rest, and is not itself looked at (rows that name no part).
    """
    looked_at = [part for part in parts if part.denominator > 0]
    beside = [part for part in others if part.denominator > 0]
    compared = sum(part.denominator >= LEAST for part in looked_at)
    if compared == 2 and len(looked_at) + len(beside) == 2:
        compared = 1  # the first against the second is the second against the first
    total = _sum([*looked_at, *beside])
    found = []
    for part in looked_at:
        rest = Part("", total.numerator - part.numerator, total.denominator - part.denominator)
        if rest.denominator and _worse(part.rate, rest.rate, higher_is_better):
            found.append(_weak(part, rest, compared))
    sign = 1 if higher_is_better else -1
    found.sort(
        key=lambda weak: (
            weak.part.denominator < LEAST,
            sign * weak.part.rate,
            -weak.part.denominator,
            weak.part.name,
        )
    )
    return tuple(found[:most])


def _weak(part: Part, rest: Part, compared: int) -> Weak:
    low, high = wilson(part.numerator, part.denominator)
    firm = part.denominator >= LEAST and rest.denominator >= LEAST
    return Weak(
        part=part,
        rest=rest,
        low=low,
        high=high,
        compared=compared,
        beyond_chance=_apart(part, rest, score(compared=compared)) if firm else None,
        beyond_chance_alone=_apart(part, rest, score()) if firm else None,
    )


def _apart(one: Part, other: Part, z: float) -> bool:
    low, high = difference(one, other, z)
    return low > 0 or high < 0


def _worse(rate: Fraction, rest: Fraction, higher_is_better: bool) -> bool:
    return rate < rest if higher_is_better else rate > rest


def _sum(parts: Iterable[Part]) -> Part:
    listed = list(parts)
    return Part(
        "", sum(each.numerator for each in listed), sum(each.denominator for each in listed)
    )

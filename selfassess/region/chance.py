"""Whether a council differs from all the others together by more than chance.

Only figures as disclosed are known here: shares in whole per cent, bases to the nearest ten. So
the rounding is counted against a difference: each share is taken as near the other as it can have
been, each base as small. What is called more than chance would be so with the exact figures, too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from selfassess.analysis.rates import LEAST, Part, difference, score
from selfassess.disclosure.figures import FINE_BASE, ROUND_TO

__all__ = ["Shown", "Verdict", "verdicts"]

_HALF = ROUND_TO // 2
"""How far a base may have been rounded."""
_FINE = FINE_BASE + ROUND_TO
"""From this shown base on, the base was fine for certain, and its share has a decimal."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A council's share as disclosed: per cent, and its base."""

    council: str
    value: float
    base: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """A council beside the others.

    Attributes:
        rest: the others' share together, in per cent.
        beyond_chance: whether they differ by more than chance.
        higher: whether the council's is the higher share.
        compared: how many comparisons the interval was widened for.
    """

    council: str
    rest: float
    beyond_chance: bool
    higher: bool
    compared: int


def verdicts(shares: Sequence[Shown]) -> tuple[Verdict, ...]:
    """Each council with a base of `LEAST` or more beside all the others that have one.

    Two councils make one comparison, more make one each.
    """
    looked_at = [each for each in shares if each.base >= LEAST]
    if len(looked_at) < 2:
        return ()
    compared = 1 if len(looked_at) == 2 else len(looked_at)
    return tuple(
        _verdict(each, [other for other in looked_at if other is not each], compared)
        for each in looked_at
    )


def _verdict(one: Shown, others: Sequence[Shown], compared: int) -> Verdict:
    rest = sum(each.value * each.base for each in others) / sum(each.base for each in others)
    higher = one.value > rest
    here = _part(one, down=higher)
    parts = [_part(each, down=not higher) for each in others]
    there = Part("", sum(each.numerator for each in parts), sum(each.denominator for each in parts))
    low, high = difference(here, there, score(compared=compared))
    return Verdict(one.council, rest, low > 0 if higher else high < 0, higher, compared)


def _part(shown: Shown, *, down: bool) -> Part:
    """The counts behind a share, at the end of its rounding that lies below, or above."""
    base = max(LEAST, shown.base - _HALF)
    low, high = _ends(shown)
    if down:
        return Part(shown.council, math.floor(low / 100 * base), base)
    return Part(shown.council, math.ceil(high / 100 * base), base)


def _ends(shown: Shown) -> tuple[float, float]:
    """Between which shares the exact one lies; nothing and all are exact."""
    if shown.value in (0, 100):
        return shown.value, shown.value
    step = 0.1 if shown.base >= _FINE else 1.0
    # What is there is never shown as nothing, nor what is missing as whole.
    low = 0.0 if shown.value <= step else shown.value - step / 2
    high = 100.0 if shown.value >= 100 - step else shown.value + step / 2
    return low, high

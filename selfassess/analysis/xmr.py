"""An XmR chart (individuals and moving range): natural limits, and four rules for special causes.

Limits are Wheeler's: the mean, less and more 2.66 times the mean moving range (D. J. Wheeler,
*Understanding Variation*). The rules are the four kinds that the NHS's *Making Data Count* uses, at
the lengths given by L. P. Provost and S. K. Murray, *The Health Care Data Guide*:

``outside``     a point beyond a limit
``shift``       eight points in a row on one side of the mean (Wheeler's second rule as well)
``drift``       six points in a row, each higher than the last, or each lower
``near-limit``  two of three neighbours in the outer third towards one limit, or beyond it

As there, a point on the mean neither adds to a shift nor ends it, and a point equal to the last
neither adds to a drift nor ends it. A gap ends every run: what is not known is not on any side.
More rules would find more, and most of that chance.

All of it is exact on fractions; only the caller rounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Literal

from selfassess.model.trend import Rule

__all__ = ["LEAST_POINTS", "LEAST_RANGES", "Chart", "Met", "chart"]

LEAST_POINTS = 12
"""Fewer points carry no rule: their limits are guesses."""
LEAST_RANGES = 8
"""So many pairs of neighbours at least: with many gaps, twelve points say little of variation."""
SCALE = Fraction(266, 100)
"""Three sigma, sigma being the mean moving range over 1.128."""
SHIFT, DRIFT, NEAR, OF = 8, 6, 2, 3

Side = Literal["above", "below", "rising", "falling"]


@dataclass(frozen=True, slots=True)
class Met:
    """A rule and the places in the series that meet it, in order."""

    rule: Rule
    side: Side
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Mean, natural limits and the rules that are met; limits are as computed, not cut off."""

    centre: Fraction
    lower: Fraction
    upper: Fraction
    rules: tuple[Met, ...]


def chart(values: Sequence[int | Fraction | None]) -> Chart | None:
    """Work out a series, oldest first; None marks a gap.

    Returns:
        None with fewer than 12 points or 8 pairs of neighbours.
    """
    # In units that make every value whole: fractions are slow to compare.
    unit = lcm(*(value.denominator for value in values if value is not None))
    whole = [None if v is None else v.numerator * (unit // v.denominator) for v in values]
    held = [value for value in whole if value is not None]
    ranges = [
        abs(later - earlier)
        for earlier, later in pairwise(whole)
        if earlier is not None and later is not None
    ]
    if len(held) < LEAST_POINTS or len(ranges) < LEAST_RANGES:
        return None
    total, steps, count = sum(held), sum(ranges), len(held)
    # How far each point is off the mean, and a limit is: both by the number of points, of ranges
    # and the scale's denominator, so that these stay whole as well.
    times = len(ranges) * SCALE.denominator
    off = [None if v is None else (v * count - total) * times for v in whole]
    reach = SCALE.numerator * steps * count
    found: list[Met] = []
    # A series that never moves has no variation to judge a point by.
    if reach:
        for stretch in _stretches(off):
            found += _outside(stretch, reach)
            found += _shifts(stretch)
            found += _drifts(stretch)
            found += _near(stretch, reach)
    found.sort(key=lambda met: (met.at[-1], met.at[0]))
    centre = Fraction(total, count * unit)
    limit = SCALE * Fraction(steps, len(ranges) * unit)
    return Chart(centre, centre - limit, centre + limit, tuple(found))


Stretch = list[tuple[int, int]]
"""Places, and how far off the mean each is."""


def _stretches(values: Sequence[int | None]) -> Iterator[Stretch]:
    """The parts of a series between gaps."""
    part: Stretch = []
    for index, value in enumerate(values):
        if value is None:
            if part:
                yield part
            part = []
        else:
            part.append((index, value))
    if part:
        yield part


def _outside(part: Stretch, reach: int) -> Iterator[Met]:
    for index, off in part:
        if abs(off) > reach:
            yield Met("outside", "above" if off > 0 else "below", (index,))


def _shifts(part: Stretch) -> Iterator[Met]:
    sides = [(index, off > 0) for index, off in part if off]
    for above, run in _runs(sides):
        if len(run) >= SHIFT:
            yield Met("shift", "above" if above else "below", run)


def _drifts(part: Stretch) -> Iterator[Met]:
    # Of equal neighbours only the first counts, so every step left is up or down.
    moving = [pair for nth, pair in enumerate(part) if nth == 0 or pair[1] != part[nth - 1][1]]
    steps = [(nth, later[1] > earlier[1]) for nth, (earlier, later) in enumerate(pairwise(moving))]
    for rising, run in _runs(steps):
        if len(run) + 1 >= DRIFT:
            at = tuple(moving[nth][0] for nth in (*run, run[-1] + 1))
            yield Met("drift", "rising" if rising else "falling", at)


def _near(part: Stretch, reach: int) -> Iterator[Met]:
    sides: tuple[tuple[Side, int], ...] = (("above", 1), ("below", -1))
    for side, sign in sides:
        far = [off * sign * 3 > reach * 2 for _, off in part]
        taken: set[int] = set()
        for start in range(len(part) - OF + 1):
            hits = [nth for nth in range(start, start + OF) if far[nth]]
            if len(hits) >= NEAR:
                taken |= set(hits)
        for run in _close(sorted(taken)):
            yield Met("near-limit", side, tuple(part[nth][0] for nth in run))


def _close(places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Places in groups whose neighbours lie in one window of three."""
    run: list[int] = []
    for place in places:
        if run and place - run[-1] >= OF:
            yield tuple(run)
            run = []
        run.append(place)
    if run:
        yield tuple(run)


def _runs(marks: Sequence[tuple[int, bool]]) -> Iterator[tuple[bool, tuple[int, ...]]]:
    """Equal marks in a row, with their places."""
    run: list[int] = []
    kind = False
    for place, mark in marks:
        if run and mark != kind:
            yield kind, tuple(run)
            run = []
        kind = mark
        run.append(place)
    if run:
        yield kind, tuple(run)

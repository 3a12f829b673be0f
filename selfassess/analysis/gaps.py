"""How far a figure is from the next better band: in cases where it is counted, exactly.

A band's edges are compared with fractions, never with rounded figures. "Next" is the first better
level that a figure reaches on its way, with the fewest cases moved. The denominator stays: a case
that is not met becomes met, or the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

__all__ = ["Edge", "Gap", "counted_gap", "level_of", "measured_gap", "share_gap"]

_RANK = {"strong": 0, "secure": 1, "context": 1, "attention": 2, "concern": 3, "critical": 4}
_HAIR = Fraction(1, 10**9)


@dataclass(frozen=True, slots=True)
class Edge:
    """A cut of a band: past it, a figure has the level.

    Attributes:
        level: ``strong``, ``attention``, ``concern`` or ``critical``.
        words: ``at least``, ``at most``, ``over``, ``under`` or ``outside``.
        low: the edge; for ``outside`` the lower one.
        high: for ``outside`` the upper one.
    """

    level: str
    words: str
    low: Fraction
    high: Fraction | None = None

    def holds(self, value: Fraction) -> bool:
        """Whether a figure lies past the edge; one on it takes the better side."""
        match self.words:
            case "at least":
                return value >= self.low
            case "at most":
                return value <= self.low
            case "over":
                return value > self.low
            case "under":
                return value < self.low
            case _:
                return not self.low <= value <= (self.low if self.high is None else self.high)

    @property
    def points(self) -> tuple[Fraction, ...]:
        """Where the level changes."""
        return (self.low,) if self.high is None else (self.low, self.high)


@dataclass(frozen=True, slots=True)
class Gap:
    """What it takes to reach the next better level.

    Attributes:
        level: the level reached.
        edge: where it begins.
        needed: by how much the figure's count (or the figure) has to move: positive is more,
            negative is fewer; None where no such move exists.
        exact: whether the edge itself will do; otherwise the figure must pass it.
        within: for a range that is reached, its other end.
    """

    level: str
    edge: Fraction
    needed: Fraction | None
    exact: bool = True
    within: Fraction | None = None


def level_of(value: Fraction, edges: Sequence[Edge], rest: str) -> str:
    """The worst level whose edge holds; else ``strong`` if its edge holds; else `rest`."""
    past = [edge.level for edge in edges if edge.holds(value)]
    return max(past, key=lambda level: (level != "strong", _RANK[level]), default=rest)


def share_gap(
    numerator: int, denominator: int, edges: Sequence[Edge], rest: str = "secure"
) -> Gap | None:
    """The gap of a percentage, in cases of its numerator; None at the best level already.

    Args:
        numerator: those counted.
        denominator: those that could be; above 0.
        edges: the band's, in percent.
        rest: the level where no edge holds.
    """

    def value(count: int) -> Fraction:
        return Fraction(100 * count, denominator)

    counts = {
        count
        for edge in edges
        for point in edge.points
        for count in _around(point * denominator / 100)
        if 0 <= count <= denominator
    }
    return _nearest(numerator, counts, value, edges, rest)


def counted_gap(count: int, edges: Sequence[Edge], rest: str = "secure") -> Gap | None:
    """The gap of a count, in whole cases; None at the best level already."""
    counts = {
        near for edge in edges for point in edge.points for near in _around(point) if near >= 0
    }
    return _nearest(count, counts, Fraction, edges, rest)


def measured_gap(value: Fraction, edges: Sequence[Edge], rest: str = "secure") -> Gap | None:
    """The gap of any other figure, in its own unit; None at the best level already."""
    now = _RANK[level_of(value, edges, rest)]
    found = [
        (abs(point - value), point, exact)
        for _, point in _points(edges)
        for exact, at in ((True, point), (False, point - _HAIR), (False, point + _HAIR))
        if _RANK[level_of(at, edges, rest)] < now
    ]
    if not found:
        return None
    away, point, _ = min(found)
    exact = any(e for d, p, e in found if (d, p) == (away, point))
    after = point if exact else _beyond(point, edges, rest, now)
    return Gap(
        level=level_of(after, edges, rest),
        edge=point,
        needed=point - value,
        exact=exact,
        within=_other_end(point, edges),
    )


def _nearest(
    now: int,
    counts: Iterable[int],
    value: Callable[[int], Fraction],
    edges: Sequence[Edge],
    rest: str,
) -> Gap | None:
    """The nearest count that has a better level, and the edge that is passed on the way."""
    rank = _RANK[level_of(value(now), edges, rest)]
    better = [count for count in counts if _RANK[level_of(value(count), edges, rest)] < rank]
    if not better:
        # Measured as a figure, it may be better beyond what any whole number of cases reaches.
        wished = measured_gap(value(now), edges, rest)
        return wished and Gap(wished.level, wished.edge, None, wished.exact, wished.within)
    count = min(better, key=lambda each: (abs(each - now), each))
    reached = value(count)
    level = level_of(reached, edges, rest)
    crossed = [
        point
        for edge, point in _points(edges)
        if edge.holds(value(now)) != edge.holds(reached)
        and min(value(now), reached) <= point <= max(value(now), reached)
    ]
    edge = min(crossed, key=lambda point: (abs(point - reached), point))
    exact = _RANK[level_of(edge, edges, rest)] < rank
    return Gap(level, edge, Fraction(count - now), exact, _other_end(edge, edges))


def _around(point: Fraction) -> tuple[int, ...]:
    """The whole numbers at and beside a point: one of them is the first on either side."""
    return floor(point) - 1, floor(point), ceil(point), ceil(point) + 1


def _points(edges: Sequence[Edge]) -> Iterator[tuple[Edge, Fraction]]:
    for edge in edges:
        for point in edge.points:
            yield edge, point


def _beyond(point: Fraction, edges: Sequence[Edge], rest: str, now: int) -> Fraction:
    """Just past a point, on its better side."""
    below, above = point - _HAIR, point + _HAIR
    return below if _RANK[level_of(below, edges, rest)] < now else above


def _other_end(point: Fraction, edges: Sequence[Edge]) -> Fraction | None:
    for edge in edges:
        if edge.high is not None and point in edge.points:
            return edge.high if point == edge.low else edge.low
    return None

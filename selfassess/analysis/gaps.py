"""How far a figure is from the next better band: in cases where it is counted, exactly.

Figures and a band's edges are brought to one scale of whole numbers, so nothing is rounded. "Next"
is the first better level that a figure reaches on its way, with the fewest cases moved. The
denominator stays: a case that is not met becomes met, or the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

__all__ = ["Edge", "Gap", "counted_gap", "level_of", "measured_gap", "share_gap"]

_RANK = {"strong": 0, "secure": 1, "context": 1, "attention": 2, "concern": 3, "critical": 4}

Number = Fraction | int


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
    low: Number
    high: Number | None = None

    def holds(self, value: Number) -> bool:
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
    def points(self) -> tuple[Number, ...]:
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


def level_of(value: Number, edges: Sequence[Edge], rest: str) -> str:
    """The worst level whose edge holds; else ``strong`` if its edge holds; else `rest`."""
    worst = rest
    for edge in edges:
        if edge.holds(value):
            if edge.level == "strong":
                worst = "strong" if worst == rest else worst
            elif worst in (rest, "strong") or _RANK[edge.level] > _RANK[worst]:
                worst = edge.level
    return worst


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
    gap = _stepped(numerator, edges, rest, Fraction(100, denominator), denominator)
    if gap is None:
        gap = measured_gap(Fraction(100 * numerator, denominator), edges, rest)
        gap = gap and replace(gap, needed=None)
    return gap


def counted_gap(count: int, edges: Sequence[Edge], rest: str = "secure") -> Gap | None:
    """The gap of a count, in whole cases; None at the best level already."""
    gap = _stepped(count, edges, rest, Fraction(1), None)
    if gap is None:
        gap = measured_gap(Fraction(count), edges, rest)
        gap = gap and replace(gap, needed=None)
    return gap


def measured_gap(value: Fraction, edges: Sequence[Edge], rest: str = "secure") -> Gap | None:
    """The gap of any other figure, in its own unit; None at the best level already."""
    # Twice the common denominator: between two points that differ lies a whole number.
    scale = 2 * lcm(value.denominator, _denominator(edges))
    scaled = _scaled(edges, scale)
    now = _times(value, scale)
    rank = _RANK[level_of(now, scaled, rest)]
    if _best(rank, edges):
        return None
    best: tuple[int, bool, int] | None = None
    level = rest
    for point in _points(scaled):
        for at in (point, point - 1, point + 1):
            reached = level_of(at, scaled, rest)
            found = (abs(point - now), at != point, point)
            if _RANK[reached] < rank and (best is None or found < best):
                best, level = found, reached
    if best is None:
        return None
    _, past, point = best
    edge = Fraction(point, scale)
    return Gap(level, edge, edge - value, not past, _other_end(edge, edges))


def _stepped(
    now: int, edges: Sequence[Edge], rest: str, step: Fraction, most: int | None
) -> Gap | None:
    """The nearest count with a better level; None where no count from 0 to `most` has one.

    Args:
        now: the count.
        edges: the band's.
        rest: the level where no edge holds.
        step: what one case adds to the figure.
        most: the highest count.
    """
    scale = lcm(step.denominator, _denominator(edges))
    scaled = _scaled(edges, scale)
    one = _times(step, scale)
    rank = _RANK[level_of(one * now, scaled, rest)]
    if _best(rank, edges):
        return None
    near = {
        count
        for point in _points(scaled)
        for count in (point // one - 1, point // one, point // one + 1)
        if count >= 0 and (most is None or count <= most)
    }
    for count in sorted(near, key=lambda each: (abs(each - now), each)):
        level = level_of(one * count, scaled, rest)
        if _RANK[level] < rank:
            break
    else:
        return None
    ends = sorted((one * now, one * count))
    crossed = [
        point
        for edge in scaled
        if edge.holds(one * now) != edge.holds(one * count)
        for point in edge.points
        if ends[0] <= point <= ends[1]
    ]
    point = min((each.numerator for each in crossed), key=lambda each: abs(each - one * count))
    exact = _RANK[level_of(point, scaled, rest)] < rank
    edge = Fraction(point, scale)
    return Gap(level, edge, Fraction(count - now), exact, _other_end(edge, edges))


def _best(rank: int, edges: Iterable[Edge]) -> bool:
    """Whether no level of the band is better."""
    return rank == 0 or (rank == 1 and all(edge.level != "strong" for edge in edges))


def _denominator(edges: Iterable[Edge]) -> int:
    return lcm(*(Fraction(point).denominator for edge in edges for point in edge.points))


def _times(value: Number, scale: int) -> int:
    """A value on a scale on which it is whole."""
    exact = value * scale
    return exact.numerator


def _scaled(edges: Iterable[Edge], scale: int) -> tuple[Edge, ...]:
    return tuple(
        replace(
            edge,
            low=_times(edge.low, scale),
            high=None if edge.high is None else _times(edge.high, scale),
        )
        for edge in edges
    )


def _points(scaled: Iterable[Edge]) -> Iterable[int]:
    return [point.numerator for edge in scaled for point in edge.points]


def _other_end(point: Fraction, edges: Iterable[Edge]) -> Fraction | None:
    for edge in edges:
        if edge.high is not None and point in edge.points:
            return Fraction(edge.high if point == edge.low else edge.low)
    return None

"""Loads that holders carry: the middle, the largest, and how few carry a fifth of the work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["LEAST_HOLDERS", "Concentration", "Loads", "concentration", "loads_of"]

LEAST_HOLDERS = 5
"""Among fewer holders a fifth of the work says nothing: one of four has a quarter."""
FIFTH = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class Loads:
    """What holders carry.

    Attributes:
        held: everything that they hold together.
        median: the middle load: of an even number, halfway between the two in the middle.
    """

    holders: int
    held: Fraction
    median: Fraction
    maximum: Fraction


@dataclass(frozen=True, slots=True)
class Concentration:
    """The fewest holders who together carry a fifth of the work.

    Attributes:
        holders: how many.
        of: of how many.
        held: what they carry.
        total: of what.
        even: how many it would take were all loads equal.
    """

    holders: int
    of: int
    held: Fraction
    total: Fraction
    even: int

    @property
    def share(self) -> Fraction:
        """The part of the work that they carry: a fifth, or a little more."""
        return self.held / self.total


def loads_of(distribution: Iterable[tuple[float, int]]) -> Loads | None:
    """Sum up (load, holders) pairs; None where nobody holds."""
    pairs = _exact(distribution)
    holders = sum(count for _, count in pairs)
    if not holders:
        return None
    return Loads(
        holders=holders,
        held=sum((load * count for load, count in pairs), Fraction(0)),
        median=(_nth(pairs, (holders - 1) // 2) + _nth(pairs, holders // 2)) / 2,
        maximum=pairs[-1][0],
    )


def concentration(distribution: Iterable[tuple[float, int]]) -> Concentration | None:
    """How few carry a fifth; None for fewer than `LEAST_HOLDERS`, or where nothing is carried."""
    pairs = _exact(distribution)
    holders = sum(count for _, count in pairs)
    total = sum((load * count for load, count in pairs), Fraction(0))
    if holders < LEAST_HOLDERS or total <= 0:
        return None
    goal, held, taken = total * FIFTH, Fraction(0), 0
    for load, count in reversed(pairs):
        # A load of nothing never comes here: the goal is reached before.
        needed = min(count, -((held - goal) // load))
        held += load * needed
        taken += needed
        if held >= goal:
            break
    return Concentration(taken, holders, held, total, -(-holders // 5))


def _exact(distribution: Iterable[tuple[float, int]]) -> list[tuple[Fraction, int]]:
    """Exact loads, smallest first, without those that nobody has."""
    return sorted((Fraction(str(load)), count) for load, count in distribution if count > 0)


def _nth(pairs: Sequence[tuple[Fraction, int]], index: int) -> Fraction:
    """The load of the holder at `index`, counted from 0 and from the smallest."""
    for load, count in pairs:
        if index < count:
            return load
        index -= count
    raise IndexError("there are fewer holders")

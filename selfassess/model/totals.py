"""What people's own scores add up to: counts of cases in, totals with their reasons out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from selfassess.model.common import STRICT

__all__ = ["Cases", "Part", "Total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Reviewed cases of one node: good enough, not good enough, and not to be told."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    sufficient: int
    insufficient: int
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one node counts in another's total; without a grade, nothing is known of it."""

    node: str
    grade: str | None
    score: Fraction | None
    weight: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the rules make of people's scores for one node.

    Attributes:
        by: how it was computed; ``professional`` where a person decides.
        grade: the grade after hard limiters; None where there is none. A total stands before a
            grade that people gave for the same node; the text names both.
        before: the grade before them.
        value: sum, percentage or share, not rounded; None without a total.
        rounded: the same as it was looked up in the bands.
        out_of: the most that the parts can add up to.
        missing: ids of parts without a score; with any, there is no total.
        excluded: ids of parts that are rated but do not count.
        limited_by: ids of hard limiters that hold.
        advised: ids of soft limiters that hold; they change nothing.
        undecided: ids of limiters on a node that has no grade yet.
        text: all of it in plain words.
    """

    node: str
    by: str
    grade: str | None
    before: str | None = None
    value: float | None = None
    rounded: float | None = None
    out_of: float | None = None
    parts: tuple[Part, ...] = ()
    missing: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    limited_by: tuple[str, ...] = ()
    advised: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    text: str = ""

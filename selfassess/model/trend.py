"""A measure over time: its points, what they vary between, and what chance does not explain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "Fired",
    "Kept",
    "KeptReading",
    "Origin",
    "Period",
    "Rule",
    "Series",
    "Trend",
    "TrendPoint",
]

Period = Literal["month", "quarter", "run"]
Origin = Literal["rows", "history", "published"]
Rule = Literal["outside", "shift", "drift", "near-limit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One period or day of a series.

    Attributes:
        label: ``2026-03``, ``2025-26 Q4`` or a date.
        start: the first day that it speaks of; None for a day.
        end: the last, or the day; None where it is not known.
        value: None where there is no figure: such a point is a gap, never zero.
        status: ``ok``, ``small-base`` or ``no rows``; other readings' statuses as they are.
    """

    label: str
    start: dt.date | None = None
    end: dt.date | None = None
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    status: str = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Points of one scope of a measure, oldest first, before anything is said of them.

    Attributes:
        overlapping: neighbouring points look back over the same rows in part, so that they move
            together and no rule holds for them.
        note: what the points leave out, in whole sentences.
    """

    period: Period
    origin: Origin
    points: tuple[TrendPoint, ...]
    overlapping: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """A rule that the series meets, and the points that meet it.

    Attributes:
        side: above or below the centre; rising or falling for a drift.
    """

    rule: Rule
    side: Literal["above", "below", "rising", "falling"]
    first: str
    last: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A series with its natural limits and what is said of it.

    Attributes:
        centre, lower, upper: mean and natural process limits; None where no rule is applied.
        rules: in order of their last point, oldest first.
        text: one plain sentence.
        note: cautions, in whole sentences.
    """

    period: Period
    origin: Origin
    points: tuple[TrendPoint, ...]
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    rules: tuple[Fired, ...] = ()
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReading:
    """What an earlier assessment said of one measure and scope."""

    definition: str
    way: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    status: str = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An earlier assessment, as far as a series needs it.

    Attributes:
        name: its file, relative to the workspace.
        readings: by reading id, ``measure[k=v,…]``.
    """

    name: str
    as_at: dt.date
    readings: Mapping[str, KeptReading]

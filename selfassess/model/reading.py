"""A reading: what the evidence answers to a measure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from selfassess.model.common import Scope, scope_text
from selfassess.model.trend import Series

__all__ = ["Point", "Reading", "Status"]

Status = Literal["ok", "small-base", "not-computable", "missing", "stale", "suppressed", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One value of a series, with the period or date it speaks of, where known."""

    value: float
    start: dt.date | None = None
    end: dt.date | None = None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A measure's answer for one scope. Unjudged: it holds no signal.

    Attributes:
        measure: the measure's id.
        where: the scope; ``()`` is the whole.
        value: in `unit`; None where there is no figure. The last of a series, the worse end of a
            range.
        numerator, denominator: counts behind a rate; `denominator` is the base. None: not known.
        status: ``ok``, or why there is no (full) figure; `reason` says it in words.
        start, end: the period; a snapshot has only `end`.
        way: the name of the way used.
        source: files it came from, relative to the workspace, joined by ``, ``.
        published: a published aggregate: only its own words support it.
        series: earlier values, oldest first, this one last; empty for a single value.
        low, high: a range as published; `value` is its worse end.
        unknown: rows left out because a cell could not be read.
        not_due: rows left out because they are not due yet.
        distribution: (value, holders) pairs for measures with ``per``.
        loads: the same pairs before a holder's value was adjusted (per full-time equivalent); empty
            where it was not.
        profile: (value, rows) pairs of a whole that is a percentile or a mean of rows.
        tables: ids of the tables that it was counted from.
        definition: hash of the measure's definition.
        reference: the computed `Reference` of the measure's bands.
        can_tell: what this way can and cannot tell, beyond the measure's own `why`.
        by_month: the figures month by month (or by quarter), where the lists reach back.
        cited: for a published figure, where its publisher printed it.
        comparator: a figure that was published beside it.
    """

    measure: str
    title: str
    unit: str
    where: Scope = ()
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    status: Status = "ok"
    reason: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    way: str | None = None
    source: str = ""
    published: bool = False
    series: tuple[Point, ...] = ()
    low: float | None = None
    high: float | None = None
    unknown: int = 0
    not_due: int = 0
    distribution: tuple[tuple[float, int], ...] = ()
    loads: tuple[tuple[float, int], ...] = ()
    profile: tuple[tuple[float, int], ...] = ()
    tables: tuple[str, ...] = ()
    definition: str = ""
    reference: float | None = None
    can_tell: str = ""
    cited: str = ""
    comparator: float | None = None
    by_month: Series | None = None

    @property
    def id(self) -> str:
        """``measure[k=v,…]``, unique within an assessment."""
        return self.measure + scope_text(self.where)

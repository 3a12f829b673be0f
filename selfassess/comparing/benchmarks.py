"""Published figures in memory: who, what, when, and which councils are alike."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from selfassess.comparing.shapes import NATIONAL

__all__ = ["Benchmarks", "Council", "Figure", "Imported", "Indicator", "Separation"]


class Figure(NamedTuple):
    """One indicator, one year, one place; without a value unless `status` is ``value``."""

    year: int
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    flag: str
    source: str

    @property
    def usable(self) -> float | None:
        """The value, unless there is none or it is a zero that nobody should believe."""
        return None if self.flag == "implausible-zero" else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What a published indicator counts, in what unit, when, and which way is better."""

    id: str
    title: str
    definition: str
    official_title: str
    unit: str
    polarity: str
    period: str
    period_end: str
    source_id: str
    publication: str = ""
    last_updated: str = ""
    next_publication: str = ""

    def ends(self, year: int) -> dt.date:
        """The last day of the period, or the day counted at."""
        month, day = (int(part) for part in self.period_end.split("-"))
        return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))

    def period_words(self, year: int) -> str:
        """``year to 31 March 2025``, ``at 30 September 2025``."""
        if re.search(r"\b(at|to) \d+ [A-Z][a-z]+\Z", self.period):
            return f"{self.period} {year}"
        end = self.ends(year)
        return f"{self.period}, {end.day} {end:%B} {year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """A council, by the three digits that stay the same when its official code changes."""

    id: str
    name: str
    region: str
    code: str
    other_codes: tuple[str, ...] = ()
    abolished: dt.date | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """How one indicator tells councils of better grades from others, in one judgement area.

    Attributes:
        low, middle, high: quartiles of councils judged good or better, less England's figure of
            the same year.
        edge: their worst quartile at England's level of `year`; None for an indicator without a
            better end.
    """

    area: str
    polarity: str
    verdict: str
    n: int
    low: float | None
    middle: float | None
    high: float | None
    edge: float | None
    year: int | None
    good_past_edge: float | None
    others_past_edge: float | None
    rank_correlation: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A newer release that a council loaded: an input like any other."""

    path: str
    table: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmarks:
    """Everything published that readings may be set beside.

    Attributes:
        councils: by their lasting id.
        neighbours: councils' ids by (list's date, council), the nearest first.
        not_close: how many of them the publisher calls not close.
        figures: by (indicator, place) and year; a place is a council's id, a region's name or
            `ENGLAND`.
        separation: by (indicator, judgement area).
        sources: what to print for a source.
        headlines: the judgement area shown beside a reading, by indicator.
    """

    ENGLAND = NATIONAL

    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    councils: Mapping[str, Council] = field(default_factory=dict)
    neighbours: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    not_close: Mapping[tuple[str, str], int] = field(default_factory=dict)
    figures: Mapping[tuple[str, str], Mapping[int, Figure]] = field(default_factory=dict)
    separation: Mapping[tuple[str, str], Separation] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    headlines: Mapping[str, str] = field(default_factory=dict)
    imported: Sequence[Imported] = ()

    def council(self, code: str | None) -> Council | None:
        """A council by its lasting id, its official code or an earlier one."""
        wanted = (code or "").strip().upper()
        if not wanted:
            return None
        for council in self.councils.values():
            if wanted in (council.id, council.code, *council.other_codes):
                return council
        return None

    def of(self, indicator: str, place: str) -> Mapping[int, Figure]:
        """A place's figures by year."""
        return self.figures.get((indicator, place), {})

    def neighbour_list(
        self, council: Council, as_at: dt.date | None
    ) -> tuple[str, tuple[str, ...]]:
        """The latest list dated by then that has the council, else its earliest; and the ids."""
        month = (as_at or dt.date.max).isoformat()[:7]
        dates = sorted(date for date, key in self.neighbours if key == council.id)
        if not dates:
            return "", ()
        date = max((each for each in dates if each <= month), default=dates[0])
        return date, self.neighbours[date, council.id]

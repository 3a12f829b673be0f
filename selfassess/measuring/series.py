"""A measure's figures month by month, from the lines that its one query counted.

Parts of a council multiply by months, so shares and counts, which are all that parts are told in,
are reckoned on whole numbers here; what is left goes through `figure` like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from selfassess.analysis.trend_words import label_words
from selfassess.measuring.compiled import Compiled
from selfassess.measuring.figures import (
    MET,
    NOT_DUE,
    SMALL_BASE,
    UNKNOWN,
    UNKNOWN_AT_MOST,
    Line,
    figure,
    rounded,
)
from selfassess.measuring.labels import PERIODS
from selfassess.measuring.months import Months
from selfassess.measuring.outcomes import FAILED
from selfassess.measuring.periods import period_of
from selfassess.model.common import Scope
from selfassess.model.measure import Computation
from selfassess.model.trend import Series, TrendPoint

__all__ = [
    "RULE",
    "Reckoner",
    "Told",
    "series_by_scope",
    "sets_by_month",
    "told_by_month",
    "whole",
]

Told = tuple[int, object, int, int]
"""An outcome, a value, how many lines, of how many rows."""
ByMonth = Mapping[str, Sequence[Told]]
_THIN = 4
"""A list's first months count as incomplete below one part in so many of its middle month."""
_ENOUGH = Fraction(3, 4)
"""The share of months that need a base for a rate before quarters are taken instead."""
_LEAST = 2
RULE = 12
_MILLION = 10**6


def sets_by_month(
    months: Months, sets: Sequence[tuple[str, ...]], compiled: Compiled
) -> list[tuple[str, ...]]:
    """What to tell by month: the whole, and simple parts where a rule could ever hold."""
    parts: list[tuple[str, ...]] = [()]
    if months.count >= RULE and compiled.aggregate in ("share", "count"):
        parts += [each for each in sets if len(each) == 1 and each[0] not in PERIODS]
    return parts


def told_by_month(
    rows: Sequence[tuple[object, ...]], compiled: Compiled
) -> tuple[list[tuple[object, ...]], dict[Scope, dict[str, list[Told]]]]:
    """Part a query's rows: those of the measure's own window, plain, and those of each month."""
    width = len(compiled.dimensions)
    valued = compiled.aggregate != "distinct"
    plain: list[tuple[object, ...]] = []
    monthly: dict[tuple[object, ...], dict[str, list[Told]]] = {(None,) * width: {}}
    for row in rows:
        month = row[width]
        if month is None:
            if row[width + 1] == 1:
                plain.append(row[:width] + row[width + 2 :])
        elif month != "-":
            value = row[width + 3] if valued else None
            told = (whole(row[width + 2]), value, whole(row[-2]), whole(row[-1]))
            by_month = monthly.setdefault(row[:width], {})
            by_month.setdefault(str(month), []).append(told)
    return plain, {
        tuple(
            (name, str(label))
            for name, label in zip(compiled.dimensions, labels, strict=True)
            if label is not None
        ): by_month
        for labels, by_month in monthly.items()
    }


def whole(value: object) -> int:
    """A count from the engine; SUM gives a wider kind of integer on some."""
    return value if isinstance(value, int) else int(str(value))


@dataclass(frozen=True, slots=True)
class Reckoner:
    """Turns the lines of one period into a point."""

    compiled: Compiled
    computation: Computation
    unit: str

    def point(self, label: str, span: tuple[dt.date, dt.date], told: Sequence[Told]) -> TrendPoint:
        """One period's point; without rows it is a gap, but for a count, which is then 0."""
        if not told and self.compiled.aggregate not in ("count", "distinct"):
            return TrendPoint(label=label, start=span[0], end=span[1], status="no rows")
        if self.compiled.aggregate in ("share", "count"):
            value, numerator, denominator, status = self._counted(told)
        else:
            value, numerator, denominator, status = self._figure(told)
        return TrendPoint(
            label=label,
            start=span[0],
            end=span[1],
            value=value,
            numerator=numerator,
            denominator=denominator,
            status=status,
        )

    def _counted(
        self, told: Sequence[Told]
    ) -> tuple[float | None, float | None, float | None, str]:
        met = sum(count for outcome, _, count, _ in told if outcome == MET)
        base = met + sum(count for outcome, _, count, _ in told if outcome in FAILED)
        share = self.compiled.aggregate == "share"
        held = base if share or self.computation.numerator is not None else None
        unknown = sum(rows for outcome, _, _, rows in told if outcome == UNKNOWN)
        if unknown and unknown > UNKNOWN_AT_MOST * sum(rows for *_, rows in told):
            return None, met, held, "not-computable"
        if not share:
            return met, met, held, "ok"
        if not base:
            return None, met, held, "no rows"
        if self.unit == "percent":
            if base < SMALL_BASE:
                return None, met, held, "small-base"
            return _share(100 * met, base), met, held, "ok"
        return _share(met, base), met, held, "ok"

    def _figure(self, told: Sequence[Told]) -> tuple[float | None, float | None, float | None, str]:
        lines = [Line(*each) for each in told]
        found = figure(lines, self.compiled.aggregate, self.compiled.percentile, self.computation)
        numerator = None if found.numerator is None else rounded(found.numerator)
        denominator = None if found.denominator is None else rounded(found.denominator)
        if found.uncertain:
            return None, numerator, denominator, "not-computable"
        if found.exact is None:
            return None, numerator, denominator, "no rows"
        value = rounded(found.exact * (100 if self.unit == "percent" else 1))
        return value, numerator, denominator, "ok"


def _share(part: int, base: int) -> float:
    """Six places, half-even, like `rounded`; whole numbers stay integers."""
    found, rest = divmod(part * _MILLION, base)
    twice = 2 * rest
    found += twice > base or (twice == base and found % 2 == 1)
    return found // _MILLION if part % base == 0 else found / _MILLION


def series_by_scope(
    told: Mapping[Scope, ByMonth],
    months: Months,
    compiled: Compiled,
    computation: Computation,
    unit: str,
) -> dict[Scope, Series]:
    """Series of the whole and of those parts that are long enough for a rule."""
    labels = list(months.labels())
    total = told.get((), {})
    head = _thin_head([sum(rows for *_, rows in total.get(label, ())) for label in labels])
    ripe = _ripe(total, labels)
    kept = labels[head:ripe]
    if len(kept) < _LEAST:
        return {}
    note = _note(computation, labels, head, ripe)
    reckoner = Reckoner(compiled, computation, unit)
    spans = {label: span for label in kept if (span := period_of("month", label)) is not None}
    found: dict[Scope, Series] = {}
    for where, by_month in told.items():
        # A part that is too short for a rule is not told at all.
        if where and sum(label in by_month for label in kept) < RULE:
            continue
        series = _series(by_month, spans, reckoner, note, quarters=not where)
        if series is not None and _held(series.points) >= (RULE if where else _LEAST):
            found[where] = series
    return found


def _thin_head(rows: Sequence[int]) -> int:
    """How many of the first months hold so few rows that the list does not yet cover them."""
    middle = sorted(rows)[len(rows) // 2]
    return next((n for n, count in enumerate(rows) if count * _THIN >= middle and count), len(rows))


def _ripe(total: ByMonth, labels: Sequence[str]) -> int:
    """The months before the first in which too much is not due yet: its figure may still change."""
    for index, label in enumerate(labels):
        told = total.get(label, ())
        waiting = sum(rows for outcome, _, _, rows in told if outcome == NOT_DUE)
        if waiting and waiting > UNKNOWN_AT_MOST * sum(rows for *_, rows in told):
            return index
    return len(labels)


def _note(computation: Computation, labels: Sequence[str], head: int, ripe: int) -> str:
    notes = []
    if computation.clock and computation.date is None and computation.counts != "completed":
        notes.append("Each month holds the work that began in it.")
    if head or len(labels) < RULE:
        notes.append(f"The list is whole from {label_words(labels[head], 'month')} on.")
    if ripe < len(labels):
        since = label_words(labels[ripe], "month")
        notes.append(f"From {since} on too much work is not due yet to be told.")
    return " ".join(notes)


def _series(
    by_month: ByMonth,
    spans: Mapping[str, tuple[dt.date, dt.date]],
    reckoner: Reckoner,
    note: str,
    *,
    quarters: bool,
) -> Series | None:
    months = tuple(
        reckoner.point(label, span, by_month.get(label, ())) for label, span in spans.items()
    )
    if all(not point.denominator and point.status != "ok" for point in months):
        return None
    by_quarter: tuple[TrendPoint, ...] = ()
    if (
        quarters
        and _held(months) < _ENOUGH * len(months)
        and reckoner.compiled.aggregate != "distinct"
    ):
        by_quarter = tuple(_quarters(by_month, spans, reckoner))
    if by_quarter and _held(by_quarter) * len(months) > _held(months) * len(by_quarter):
        more = "Quarters, because most months hold too few for a rate."
        return Series(
            period="quarter", origin="rows", points=by_quarter, note=f"{note} {more}".strip()
        )
    return Series(period="month", origin="rows", points=months, note=note)


def _held(points: Sequence[TrendPoint]) -> int:
    return sum(point.value is not None for point in points)


def _quarters(
    by_month: ByMonth, spans: Mapping[str, tuple[dt.date, dt.date]], reckoner: Reckoner
) -> list[TrendPoint]:
    """A point for each quarter of which all three months are there."""
    told: dict[str, list[Told]] = {}
    days: dict[str, list[dt.date]] = {}
    for label, span in spans.items():
        first = span[0].year - (span[0].month < 4)
        name = f"{first}-{(first + 1) % 100:02d} Q{(span[0].month - 4) // 3 % 4 + 1}"
        told.setdefault(name, []).extend(by_month.get(label, ()))
        days.setdefault(name, []).extend(span)
    return [
        reckoner.point(name, (days[name][0], days[name][-1]), told[name])
        for name in told
        if len(days[name]) == 6
    ]

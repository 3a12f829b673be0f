"""Lines (what became of each row or holder) added up to answers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from reference.logic import UNKNOWN

MET, FAILED, LATE, OVERDUE = "met", "failed", "late", "overdue"
NOT_DUE, IN_DOUBT, UNDATED = "not due", "unknown", "undated"
FAILURES = (FAILED, LATE, OVERDUE)
NOT_RECORDED = "not-recorded"
Where = tuple[tuple[str, str], ...]
Place = tuple[str, int]
"""A file (with its sheet) and a row of it."""


@dataclass(frozen=True)
class Line:
    """A row, or a holder of rows.

    Attributes:
        outcome: what became of it.
        value: for sums, means, percentiles and the like.
        labels: by breakdown.
        places: the rows behind it.
    """

    outcome: str
    value: Any = None
    labels: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    side: str = ""


@dataclass(frozen=True)
class Answer:
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    not_due: int = 0
    unknown: int = 0
    undated: int = 0
    rows: tuple[tuple[str, str, Place], ...] = ()
    """(side, outcome, place) of each row behind the figures, in order."""
    computable: bool = True
    series: Mapping[dt.date, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Tally:
    """How lines become a figure: an aggregate, and whether it is a rate in percent."""

    kind: str = "share"
    percent: bool = False
    base: bool = False
    """Whether a count is one of the rows for which a condition holds, so that it has a base."""
    empty: float | None = None

    def figure(self, lines: Sequence[Line]) -> tuple[Fraction | None, Any, Any]:
        """(exact value, numerator, denominator)"""
        met = [line for line in lines if line.outcome == MET]
        base = len(met) + sum(line.outcome in FAILURES for line in lines)
        values = sorted(Fraction(line.value) for line in met if self.kind not in SIMPLE)
        if self.kind == "share":
            return (Fraction(len(met), base) if base else None), len(met), base
        if self.kind == "count":
            return Fraction(len(met)), len(met), base if self.base else None
        if self.kind == "distinct":
            found = len({line.value for line in met})
            return Fraction(found), found, None
        if self.kind == "sum":
            return sum(values, Fraction(0)), sum(values, Fraction(0)), None
        if self.kind == "mean":
            total, n = sum(values, Fraction(0)), len(values)
            return (total / n if n else None), total, n
        if self.kind == "max":
            return (values[-1] if values else None), None, None
        return _percentile(values, int(self.kind[1:])), None, len(values)


SIMPLE = ("share", "count", "distinct")


def _percentile(values: Sequence[Fraction], percent: int) -> Fraction | None:
    if not values:
        return None
    place = Fraction((len(values) - 1) * percent, 100)
    low = place.numerator // place.denominator
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def rounded(value: Any) -> float | None:
    if value is None:
        return None
    exact = Fraction(value)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return float(decimal.quantize(Decimal("0.000001"), rounding=ROUND_HALF_EVEN))


def weight(line: Line) -> int:
    return len(line.places)


def answer_of(lines: Sequence[Line], tally: Tally) -> Answer:
    exact, numerator, denominator = tally.figure(lines)
    counts = {
        outcome: sum(weight(line) for line in lines if line.outcome == outcome)
        for outcome in (NOT_DUE, IN_DOUBT, UNDATED)
    }
    total = sum(map(weight, lines))
    value = None if exact is None else exact * (100 if tally.percent else 1)
    if exact is None and tally.empty is not None and total == 0:
        value = Fraction(tally.empty)
    in_doubt = counts[IN_DOUBT] * 20 > total
    return Answer(
        value=None if in_doubt else rounded(value),
        numerator=rounded(numerator),
        denominator=rounded(denominator),
        not_due=counts[NOT_DUE],
        unknown=counts[IN_DOUBT],
        undated=counts[UNDATED],
        rows=tuple(sorted((e.side, e.outcome, place) for e in lines for place in e.places)),
        computable=not in_doubt and value is not None,
    )


def label(value: Any) -> str:
    return NOT_RECORDED if value is None or value is UNKNOWN else str(value)


def by_scope(lines: Iterable[Line], by: Sequence[Sequence[str]]) -> dict[Where, list[Line]]:
    """Lines of the whole and of every part of it."""
    found: dict[Where, list[Line]] = defaultdict(list)
    found[()] = []
    for line in lines:
        found[()].append(line)
        for names in by:
            where = tuple(sorted((name, label(line.labels.get(name))) for name in names))
            found[where].append(line)
    return dict(found)


def told_apart(scopes: Iterable[Where]) -> list[Where]:
    """Scopes that say something: a breakdown that no row records is left out."""
    scopes = list(scopes)
    values: dict[str, set[str]] = defaultdict(set)
    for where in scopes:
        for name, word in where:
            values[name].add(word)
    silent = {name for name, words in values.items() if words == {NOT_RECORDED}}
    return [where for where in scopes if not where or not all(n in silent for n, _ in where)]


def plain(lines: Iterable[Line], by: Sequence[Sequence[str]], tally: Tally) -> dict[Where, Answer]:
    groups = by_scope(lines, by)
    return {where: answer_of(groups[where], tally) for where in told_apart(groups)}


def ratio(
    of: Iterable[Line],
    to: Iterable[Line],
    by: Sequence[Sequence[str]],
    a: Tally,
    b: Tally,
    *,
    percent: bool = False,
) -> dict[Where, Answer]:
    """One figure over another; a part without a line above has none of it, which is nought."""
    above = by_scope((replace(line, side="of") for line in of), by)
    below = by_scope((replace(line, side="to") for line in to), by)
    found = {}
    for where in below:
        upper, lower = above.get(where, []), below[where]
        top, bottom = answer_of(upper, a), answer_of(lower, b)
        over, under = a.figure(upper)[0], b.figure(lower)[0]
        exact = over / under if over is not None and under else None
        in_doubt = any(
            each.unknown * 20 > sum(map(weight, lines))
            for each, lines in ((top, upper), (bottom, lower))
        )
        value = None if in_doubt or exact is None else exact * (100 if percent else 1)
        found[where] = Answer(
            value=rounded(value),
            numerator=rounded(over),
            denominator=rounded(under),
            not_due=max(top.not_due, bottom.not_due),
            unknown=max(top.unknown, bottom.unknown),
            undated=max(top.undated, bottom.undated),
            rows=tuple(sorted(top.rows + bottom.rows)),
            computable=value is not None,
        )
    return {where: found[where] for where in told_apart(found)}

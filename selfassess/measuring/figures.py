"""From counted lines to figures: exact on whole numbers and fractions, rounded once, half-even."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from selfassess.measuring.computing import Aggregate
from selfassess.measuring.outcomes import FAILED
from selfassess.model.measure import Computation

__all__ = [
    "MET",
    "NOT_DUE",
    "SMALL_BASE",
    "UNKNOWN",
    "UNKNOWN_AT_MOST",
    "Figure",
    "Line",
    "figure",
    "rounded",
]

SMALL_BASE = 10
"""A rate on a smaller base is a count, no more (domain rule 1)."""
UNKNOWN_AT_MOST = Fraction(5, 100)
"""The share of rows in scope whose outcome may hang on an unreadable cell."""
MOST_VALUES = 500
"""More different values than this make no readable profile."""
Exact = int | Fraction
"""A number before rounding."""
MET, NOT_DUE, UNKNOWN, UNDATED = 1, 2, 3, 4
_OF_VALUES = frozenset({"sum", "mean", "min", "max", "percentile"})


@dataclass(frozen=True, slots=True)
class Line:
    """So many lines (`count`, of `rows` rows) of one outcome and value, at one point in time.

    Attributes:
        load: a holder's own load, where `value` is an adjusted one.
    """

    outcome: int
    value: object
    count: int
    rows: int
    point: dt.date | None = None
    load: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure, or none and why.

    Attributes:
        exact: the value before rounding.
        uncertain: over a twentieth of the rows in scope hang on unreadable cells.
        empty: no row is in scope.
        profile: how many rows have each value, where they are few enough to print.
    """

    exact: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    unknown: int = 0
    undated: int = 0
    not_due: int = 0
    rows: int = 0
    uncertain: bool = False
    empty: bool = False
    distribution: tuple[tuple[float, int], ...] = ()
    loads: tuple[tuple[float, int], ...] = ()
    profile: tuple[tuple[float, int], ...] = ()


def figure(
    lines: Iterable[Line],
    aggregate: Aggregate,
    percentile: int,
    computation: Computation,
    *,
    profiled: bool = False,
) -> Figure:
    """Compute one figure from its lines; `profiled` keeps what a mean or percentile is made of."""
    lines = list(lines)
    held: dict[int, int] = defaultdict(int)
    counts: dict[int, int] = defaultdict(int)
    for line in lines:
        held[line.outcome] += line.rows
        counts[line.outcome] += line.count
    rows, unknown = sum(held.values()), held[UNKNOWN]
    met = [line for line in lines if line.outcome == MET]
    counted = counts[MET]
    base = counted + sum(counts[outcome] for outcome in FAILED)
    exact: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    values: list[tuple[Exact, int]] = []
    if aggregate in _OF_VALUES:
        values = [(_exact(line.value), line.count) for line in met if line.value is not None]
    holding = sum(count for _, count in values)
    match aggregate:
        case "share":
            numerator, denominator = Fraction(counted), Fraction(base)
            exact = Fraction(counted, base) if base else None
        case "count" | "distinct":
            exact = numerator = Fraction(counted)
            denominator = Fraction(base) if computation.numerator is not None else None
        case "sum":
            exact = numerator = Fraction(sum(value * count for value, count in values))
        case "mean":
            numerator = Fraction(sum(value * count for value, count in values))
            denominator = Fraction(holding)
            exact = numerator / holding if holding else None
        case "min" | "max":
            found = [value for value, _ in values]
            exact = Fraction(min(found) if aggregate == "min" else max(found)) if found else None
        case "percentile":
            denominator = Fraction(holding)
            exact = _percentile(sorted(values), holding, percentile) if holding else None
    return Figure(
        exact=exact,
        numerator=numerator,
        denominator=denominator,
        unknown=unknown,
        undated=held[UNDATED],
        not_due=held[NOT_DUE],
        rows=rows,
        uncertain=unknown > 0 and unknown > UNKNOWN_AT_MOST * rows,
        empty=exact is None,
        distribution=_distribution(lines) if computation.per is not None else (),
        loads=_distribution(lines, own=True) if computation.per is not None else (),
        profile=_profile(values)
        if profiled and aggregate in ("mean", "percentile") and computation.per is None
        else (),
    )


def _percentile(values: list[tuple[Exact, int]], n: int, percentile: int) -> Fraction:
    """Linear interpolation between ranks: rank (n − 1) × p/100, counted from 0."""
    rank = Fraction((n - 1) * percentile, 100)
    low = int(rank)
    lower = upper = values[-1][0]
    seen = 0
    for value, count in values:
        if seen <= low < seen + count:
            lower = value
        if seen <= low + 1 < seen + count:
            upper = value
            break
        seen += count
    return lower + (upper - lower) * (rank - low)


def _distribution(lines: Iterable[Line], *, own: bool = False) -> tuple[tuple[float, int], ...]:
    """(value, holders) pairs; `own`: of holders' own loads, where values are adjusted."""
    holders: dict[float, int] = defaultdict(int)
    for line in lines:
        value = line.load if own else line.value
        if value is not None and (line.outcome == MET or line.outcome in FAILED):
            holders[rounded(_exact(value))] += line.count
    return tuple(sorted(holders.items()))


def _profile(values: Iterable[tuple[Exact, int]]) -> tuple[tuple[float, int], ...]:
    rows: dict[float, int] = defaultdict(int)
    for value, count in values:
        rows[rounded(value)] += count
    return tuple(sorted(rows.items())) if len(rows) <= MOST_VALUES else ()


def _exact(value: object) -> Exact:
    """A number from the engine, exactly; whole ones, which most are, add up faster as they are."""
    return value if isinstance(value, int) else fraction(value)


def fraction(value: object) -> Fraction:
    """A number from the engine, exactly."""
    if isinstance(value, int | float | Decimal):
        return Fraction(value)
    raise TypeError(f"a number was expected, not {type(value).__name__}")


def rounded(value: Exact) -> float:
    """Six places, half-even; whole numbers stay integers."""
    if value.denominator == 1:
        return value.numerator
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal("0.000001"), rounding=ROUND_HALF_EVEN))

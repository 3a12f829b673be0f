"""What a computation's keys mean together: ways merged, aggregates named, clashes refused."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any, Literal

from selfassess.errors import MeasureError, nearest
from selfassess.model.measure import Computation, Measure, Way

__all__ = ["AGGREGATES", "aggregate_of", "aggregate_used", "is_computed", "part", "ways"]

AGGREGATES = ("share", "count", "distinct", "sum", "mean", "min", "max", "p50", "p90")
_PERCENTILE = re.compile(r"p([1-9]\d?)")
_OF_A_VALUE = frozenset({"distinct", "sum", "mean", "min", "max", "percentile"})

_KEYS = dataclasses.fields(Computation)

Aggregate = Literal["share", "count", "distinct", "sum", "mean", "min", "max", "percentile"]


def is_computed(measure: Measure) -> bool:
    """Whether rows can answer the measure; otherwise only a published figure can."""
    return bool(measure.ways) or measure.from_ is not None or measure.ratio is not None


def ways(measure: Measure) -> Iterator[Way]:
    """The ways to compute a measure, each whole: a way's own keys over the measure's."""
    for way in measure.ways:
        own = {each.name: _over(each.name, way, measure) for each in _KEYS}
        yield dataclasses.replace(way, **own)
    if not measure.ways and is_computed(measure):
        yield dataclasses.replace(
            Way(name=""), **{each.name: getattr(measure, each.name) for each in _KEYS}
        )


def _over(name: str, own: Computation, general: Computation) -> Any:
    mine, theirs = getattr(own, name), getattr(general, name)
    if name in ("let", "needs"):
        return {**theirs, **mine}
    return theirs if mine is None else mine


def part(whole: Computation, piece: Computation) -> Computation:
    """One side of a ratio: its own keys, with the whole's `over`, `at` and `let`."""
    return dataclasses.replace(
        piece,
        over=piece.over or whole.over,
        at=piece.at or whole.at,
        let={**whole.let, **piece.let},
    )


def aggregate_of(computation: Computation) -> tuple[Aggregate, int]:
    """Name the aggregate, and for a percentile which one.

    Raises:
        MeasureError: keys contradict one another, or one is missing.
    """
    name = computation.aggregate
    condition = computation.numerator is not None or computation.clock is not None
    if computation.numerator is not None and computation.clock is not None:
        raise MeasureError("numerator and clock both say what is met; keep one.")
    if name is None:
        if not condition:
            raise MeasureError(
                "nothing says what to compute.",
                hint="Add numerator, clock or aggregate: count.",
            )
        name = "share"
    percentile = _PERCENTILE.fullmatch(name)
    if percentile is None and name not in AGGREGATES:
        raise MeasureError(f"'{name}' is no aggregate.", hint=nearest(name, AGGREGATES))
    kind: Aggregate = "percentile" if percentile else name  # type: ignore[assignment]
    has_value = computation.value is not None or (
        computation.per is not None and kind != "distinct"
    )
    if kind in _OF_A_VALUE and not has_value:
        raise MeasureError(f"aggregate: {name} needs a value.")
    if kind in _OF_A_VALUE and condition:
        raise MeasureError(f"aggregate: {name} takes value, not numerator or clock.")
    if kind not in _OF_A_VALUE and computation.value is not None:
        raise MeasureError(
            f"aggregate: {name} takes no value.", hint="Say which aggregate it is for."
        )
    if kind == "share" and not condition:
        raise MeasureError("aggregate: share needs a numerator or a clock.")
    if kind == "count" and computation.clock is not None:
        raise MeasureError("a clock gives a share; to count the late, write a numerator.")
    if computation.counts is not None and computation.clock is None:
        raise MeasureError("counts belongs to a clock, and there is none.")
    if computation.clock is not None and computation.per is not None:
        raise MeasureError("a clock runs for rows, not for holders: leave out per or clock.")
    return kind, int(percentile[1]) if percentile else 0


def aggregate_used(measure: Measure, way: str | None) -> str:
    """How the figures of a measure are made: ``share``, ``max``, ``p90``, ``ratio``.

    Args:
        measure: a sound measure.
        way: the way used, where it has any; without one, its first way says.

    Returns:
        An empty text where the measure is not computed from rows.
    """
    found = list(ways(measure))
    used = next((each for each in found if each.name == (way or "")), found[0] if found else None)
    if used is None:
        return ""
    if used.ratio is not None:
        return "ratio"
    kind, percentile = aggregate_of(used)
    return f"p{percentile}" if kind == "percentile" else kind

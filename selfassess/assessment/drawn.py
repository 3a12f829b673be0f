"""What a report draws and how it names scopes: charts and words in ``assessment.json``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from selfassess.model.chart import ChartSpec
from selfassess.model.common import Scope
from selfassess.model.measure import Computation, Dimension, Measure

__all__ = ["charts", "counted", "dimensions"]


def charts(declared: Iterable[ChartSpec], measures: set[str]) -> list[dict[str, Any]]:
    """The charts that show one of these measures."""
    return [
        {
            "id": chart.id,
            "kind": chart.kind,
            "title": chart.title,
            "note": chart.note,
            "line": chart.line,
            "line_title": chart.line_title,
            "spread": chart.spread,
            "above": chart.above,
            "level": chart.level,
            "below": chart.below,
            "steps": [
                {
                    "title": step.title,
                    "measure": step.measure,
                    "count": step.count,
                    "where": {str(key): str(value) for key, value in sorted(step.where.items())},
                    "slowest": step.slowest,
                }
                for step in chart.steps
            ],
        }
        for chart in declared
        if measures.intersection(chart.measures)
    ]


def dimensions(declared: Mapping[str, Dimension], scopes: Iterable[Scope]) -> list[dict[str, Any]]:
    """The dimensions that scopes name, with words for those values that are none themselves."""
    used: dict[str, set[str]] = {}
    for where in scopes:
        for key, value in where:
            used.setdefault(key, set()).add(value)
    return [
        {
            "id": key,
            "title": declared[key].title,
            "values": {
                value: declared[key].titles[value]
                for value in sorted(values)
                if declared[key].titles.get(value, value) != value
            },
        }
        for key, values in sorted(used.items())
        if key in declared
    ]


def counted(measure: Measure, way: str | None) -> dict[str, str]:
    """How a measure counts, in the words of its definition: the way used, else its own keys."""
    computation: Computation = next((each for each in measure.ways if each.name == way), measure)
    found = _keys(computation, measure)
    ratio = computation.ratio or measure.ratio
    if ratio is not None:
        for side, part in (("of", ratio.of), ("to", ratio.to)):
            found[side] = ", ".join(f"{key} {text}" for key, text in _keys(part, part).items())
    for name, text in {**measure.let, **computation.let}.items():
        found[f"let {name}"] = text
    per = computation.per or measure.per
    for name, text in (per.also if per is not None else {}).items():
        found[f"let {name}"] = text
    return found


_KEYS = ("from_", "date", "filter", "over", "at", "follow_up", "counts", "numerator", "value")


def _keys(computation: Computation, measure: Computation) -> dict[str, str]:
    """The computing keys of a way, or of the measure where the way has none of its own."""
    found: dict[str, str] = {}
    for key in (*_KEYS, "aggregate"):
        value = getattr(computation, key) or getattr(measure, key)
        if value:
            found[key.rstrip("_")] = str(value)
    clock = computation.clock or measure.clock
    if clock is not None:
        limit = clock.limit if isinstance(clock.limit, str) else "; ".join(clock.limit)
        found["clock"] = f"from {clock.start}, within {limit}, until {clock.stop}"
    per = computation.per or measure.per
    if per is not None:
        key = per.key if isinstance(per.key, str) else ", ".join(per.key)
        found["per"] = f"{per.value} for each {key}"
        if per.filter:
            found["per"] += f", where {per.filter}"
    return found

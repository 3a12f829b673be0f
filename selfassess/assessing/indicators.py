"""Whether measures name published indicators that there are, counted as they are counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from selfassess.errors import Problem, nearest

if TYPE_CHECKING:
    from selfassess.comparing.benchmarks import Indicator
    from selfassess.loading.library import Library
    from selfassess.model.measure import Measure

__all__ = ["indicator_problems"]


def indicator_problems(
    library: Library, indicators: Mapping[str, Indicator], packs: Collection[str]
) -> list[Problem]:
    """What is wrong with `same_as` and `completed_as`, with its place.

    Args:
        library: everything that is loaded.
        indicators: the published ones, by id.
        packs: whose measures are looked at.
    """
    from selfassess.measuring.placing import Places

    places = Places(library)
    return [
        places.put("measure", measure.id, problem)
        for measure in library.measures.values()
        if library.origins.get(("measure", measure.id)) in packs
        for problem in _of(measure, indicators)
    ]


def _of(measure: Measure, indicators: Mapping[str, Indicator]) -> Iterator[Problem]:
    for key in ("same_as", "completed_as"):
        name = getattr(measure, key)
        if name is None:
            continue
        indicator = indicators.get(name)
        if indicator is None:
            hint = nearest(name, indicators)
            yield Problem(
                key,
                f"'{name}' is no published indicator, so nothing would ever be set beside it.",
                hint or "`selfassess comparators list` shows those that there are.",
            )
        elif (indicator.unit == "%") != (measure.unit == "percent"):
            yield Problem(
                key,
                f"'{name}' is published in {indicator.unit}, but the measure counts in "
                f"{measure.unit}: they are not counted in the same way.",
                "Take it away, or correct the unit.",
            )
    if measure.same_as and measure.completed_as:
        yield Problem(
            "completed_as",
            "a figure is counted as the publisher counts, or its twin is; not both.",
            "Keep 'completed_as' where the clock counts what was due, else 'same_as'.",
        )
    clocked = measure.clock or any(way.clock for way in measure.ways)
    if measure.completed_as and not clocked:
        yield Problem(
            "completed_as",
            "only a clock can be counted again over completed work.",
            "Write 'same_as' if the figure is counted as the publisher counts.",
        )

"""Checks declared charts: measures exist, units agree, keys fit the kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from selfassess.errors import Problem
from selfassess.loading.names import unknown
from selfassess.loading.source import Document, KeyPath
from selfassess.model.chart import ChartSpec
from selfassess.model.measure import Measure

if TYPE_CHECKING:
    from selfassess.loading.packs import ChartsFile

__all__ = ["check_charts"]

_FEWEST = {"funnel": 2, "curve": 1, "journey": 1, "shift": 1}


def check_charts(
    file: ChartsFile, document: Document, measures: Mapping[str, Measure]
) -> Iterator[Problem]:
    """Say what is wrong with a file of charts."""
    for index, chart in enumerate(file.charts):
        at: KeyPath = ("charts", index)
        yield from _names(chart, document, at, measures)
        yield from _shape(chart, document, at)
        yield from _units(chart, document, at, measures)


def _names(
    chart: ChartSpec, document: Document, at: KeyPath, measures: Mapping[str, Measure]
) -> Iterator[Problem]:
    for position, step in enumerate(chart.steps):
        for key, name in (("measure", step.measure), ("slowest", step.slowest)):
            if name is not None and name not in measures:
                place = document.place((*at, "steps", position, key))
                yield unknown("measure", name, [*measures], place)
    if chart.spread is not None and chart.spread not in measures:
        yield unknown("measure", chart.spread, [*measures], document.place((*at, "spread")))


def _shape(chart: ChartSpec, document: Document, at: KeyPath) -> Iterator[Problem]:
    fewest = _FEWEST[chart.kind]
    if len(chart.steps) < fewest:
        yield Problem(
            document.place((*at, "steps")),
            f"the {chart.kind} '{chart.id}' has {len(chart.steps)} steps; it needs {fewest}.",
            "Add a step with a title and a measure.",
        )
    if chart.kind == "shift" and chart.spread is None:
        yield Problem(
            document.place((*at, "kind")),
            f"the shift '{chart.id}' lacks 'spread'.",
            "Name the measure whose rows say how far the second view lay from the first.",
        )
    strays = {
        "spread": chart.spread is not None and chart.kind != "shift",
        "line": chart.line is not None and chart.kind != "curve",
    }
    for key, stray in strays.items():
        if stray:
            yield Problem(
                document.place((*at, key)),
                f"'{key}' has no meaning in a {chart.kind}.",
                "Remove it, or choose another kind.",
            )
    for position, step in enumerate(chart.steps):
        place = (*at, "steps", position)
        if step.slowest is not None and chart.kind != "journey":
            yield Problem(
                document.place((*place, "slowest")),
                f"'slowest' has no meaning in a {chart.kind}.",
                "Remove it, or make the chart a journey.",
            )
        if step.count != "value" and chart.kind != "funnel":
            yield Problem(
                document.place((*place, "count")),
                f"'count' has no meaning in a {chart.kind}.",
                "Remove it, or make the chart a funnel.",
            )


def _units(
    chart: ChartSpec, document: Document, at: KeyPath, measures: Mapping[str, Measure]
) -> Iterator[Problem]:
    """One axis has one unit; a funnel counts whatever its steps are."""
    if chart.kind == "funnel":
        return
    first = ""
    for position, step in enumerate(chart.steps):
        for key, name in (("measure", step.measure), ("slowest", step.slowest)):
            unit = measures[name].unit if name is not None and name in measures else ""
            first = first or unit
            if unit and unit != first:
                yield Problem(
                    document.place((*at, "steps", position, key)),
                    f"'{name}' is in {unit}, and the chart's first measure in {first}.",
                    "Draw measures of one unit in a chart.",
                )

"""Charts that a pack declares, drawn from readings: which there are, and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.report.charts.days import curve, journey
from selfassess.report.charts.funnel import funnel
from selfassess.report.charts.shift import shift
from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import Chart
from selfassess.report.steps import steps_of

__all__ = ["declared_charts", "measures_of"]

_KINDS = {"funnel": funnel, "curve": curve, "journey": journey, "shift": shift}


def measures_of(spec: Mapping[str, Any]) -> set[str]:
    """The measures that a declared chart shows."""
    named = [step.get(key) for step in spec.get("steps") or () for key in ("measure", "slowest")]
    return {str(name) for name in (*named, spec.get("spread")) if name}


def declared_charts(
    specs: Sequence[Mapping[str, Any]], evidence: Evidence, start: int
) -> tuple[Chart, ...]:
    """Draw what can be drawn; a chart without figures, or of a kind unknown here, is left out.

    Args:
        specs: charts as the assessment holds them.
        evidence: the readings.
        start: the first figure number.
    """
    found: list[Chart] = []
    for chart in _drawn(specs, evidence, start, found):
        found.append(chart)
    return tuple(found)


def _drawn(
    specs: Sequence[Mapping[str, Any]], evidence: Evidence, start: int, found: list[Chart]
) -> Iterable[Chart]:
    for spec in specs:
        draw = _KINDS.get(str(spec.get("kind")))
        if draw is None:
            continue
        chart = draw(spec, steps_of(spec, evidence), evidence, start + len(found))
        if chart is not None:
            yield chart

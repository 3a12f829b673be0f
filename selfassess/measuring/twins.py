"""The same work counted as publishers count it: completed work only, beside what was due."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from selfassess.measuring.answer import answer
from selfassess.measuring.run import definition_of, prepare
from selfassess.model.measure import Measure, Reading, Setting

if TYPE_CHECKING:
    from selfassess.evidence.state import Evidence
    from selfassess.loading.library import Library

__all__ = ["completed_twins"]


def completed_twins(
    library: Library,
    evidence: Evidence,
    settings: Mapping[str, Setting],
    readings: Iterable[Reading],
) -> dict[str, Reading]:
    """The twin of each computed whole whose measure names one (``completed_as``), by reading id.

    A twin hides overdue work, so it is for comparison alone: nothing judges it.
    """
    wanted = [
        (reading, library.measures[reading.measure])
        for reading in readings
        if not reading.where and not reading.published and reading.value is not None
        if reading.measure in library.measures
        if library.measures[reading.measure].completed_as is not None
    ]
    if not wanted:
        return {}
    session = prepare(library, evidence, settings)
    found: dict[str, Reading] = {}
    for reading, measure in wanted:
        twin = _completed(measure)
        whole = answer(twin, session, definition_of(twin, session.settings), series=False)[0]
        if whole.value is not None and whole.way == reading.way:
            found[reading.id] = whole
    return found


def _completed(measure: Measure) -> Measure:
    ways = tuple(
        dataclasses.replace(way, counts="completed") if way.clock else way for way in measure.ways
    )
    counts = "completed" if measure.clock else measure.counts
    return dataclasses.replace(measure, ways=ways, counts=counts, by=())

"""Whether a reading is counted as a published indicator is: only then is it compared."""

from __future__ import annotations

from selfassess.model.measure import Computation, Measure, Reading

__all__ = ["indicator_of", "why_not"]


def indicator_of(reading: Reading, measure: Measure) -> str | None:
    """The published indicator that a reading may be set beside, or None."""
    return None if why_not(reading, measure) else measure.same_as


def why_not(reading: Reading, measure: Measure) -> str:
    """Why a reading takes no comparator; empty where it takes one.

    A measure says ``same_as``; the way used must not say that it counts otherwise, a clock must
    count completed work as publishers do, and a part is never set beside a published whole.
    """
    if measure.same_as is None:
        return "no published indicator is counted in the same way"
    if reading.where:
        return "a part is not set beside a published whole"
    if reading.value is None:
        return "there is no figure"
    way = next((each for each in measure.ways if each.name == reading.way), None)
    if way is not None and not way.comparable:
        return f"counted by the way '{way.name}', which publishers do not use"
    if _counts_due(measure) if way is None else _counts_due(way, measure):
        return "it counts what was due; published figures count what was completed"
    return ""


def _counts_due(*keys: Computation) -> bool:
    """Whether a clock counts overdue work; the first that says so decides, as in measuring."""
    clock = next((each.clock for each in keys if each.clock is not None), None)
    counts = next((each.counts for each in keys if each.counts is not None), "due")
    return clock is not None and counts == "due"

"""The steps of a declared chart with their readings; a step without a figure stays a gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selfassess.report.evidence import Evidence
from selfassess.report.parts import Reference
from selfassess.report.text import brief

__all__ = ["Step", "percentile", "references", "references_of", "steps_of", "unit_words"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step's title and the number that it shows.

    Attributes:
        key: the reading's id; nothing where the assessment has none.
        value: None is a gap, never zero.
        base: the denominator of a share.
        when: its period in words.
        slowest: for a journey, the slowest tenth.
        profile: (value, rows) pairs behind a percentile or mean, in order.
    """

    title: str
    key: str
    value: float | None
    numerator: float | None
    base: float | None
    unit: str
    when: str
    slowest: float | None
    slowest_key: str
    profile: tuple[tuple[float, int], ...]


def steps_of(spec: Mapping[str, Any], evidence: Evidence) -> list[Step]:
    """Look up every step of a declared chart."""
    return [_step(step, evidence) for step in spec.get("steps") or ()]


def _step(step: Mapping[str, Any], evidence: Evidence) -> Step:
    key = evidence.key_of(str(step["measure"]), step.get("where") or {})
    reading: Mapping[str, Any] = evidence.readings.get(key) or {}
    count = str(step.get("count") or "value")
    profile = tuple(
        (float(value), int(rows)) for value, rows in sorted(reading.get("profile") or ())
    )
    slow_key = evidence.key_of(str(step["slowest"]), {}) if step.get("slowest") else ""
    slowest = (evidence.readings.get(slow_key) or {}).get("value")
    if slowest is None and profile:
        slow_key, slowest = key, percentile(profile, 90)
    value = reading.get(count)
    return Step(
        title=brief(str(step.get("title") or step["measure"]), 80),
        key=key,
        value=None if value is None else float(value),
        numerator=reading.get("numerator"),
        base=reading.get("denominator"),
        unit=str(reading.get("unit") or ""),
        when=evidence.when(reading) if reading else "",
        slowest=None if slowest is None else float(slowest),
        slowest_key=slow_key if slowest is not None else "",
        profile=profile,
    )


def percentile(profile: Sequence[tuple[float, int]], percent: int) -> float | None:
    """Linear interpolation between ranks, as measures count it; None for an empty profile."""
    count = sum(rows for _, rows in profile)
    if not count:
        return None
    rank, low = (count - 1) * percent / 100, (count - 1) * percent // 100
    ends = []
    for wanted in (low, min(low + 1, count - 1)):
        seen = 0
        for value, rows in profile:
            seen += rows
            if seen > wanted:
                ends.append(value)
                break
    return ends[0] + (ends[1] - ends[0]) * (rank - low)


def references(steps: Sequence[Step], evidence: Evidence, *more: str) -> tuple[Reference, ...]:
    """The readings behind the steps, each once; the chart says what they say."""
    keys = [key for step in steps for key in (step.key, step.slowest_key)]
    return references_of((*keys, *more), evidence)


def references_of(keys: Iterable[str], evidence: Evidence) -> tuple[Reference, ...]:
    """References without words, for the readings with a figure that a chart speaks of."""
    return tuple(
        replace(evidence.reading_reference(key), text="")
        for key in dict.fromkeys(keys)
        if key in evidence.readings and evidence.readings[key].get("value") is not None
    )


def unit_words(unit: str) -> str:
    """A unit as it stands on an axis."""
    return unit.replace("-", " ") or "value"

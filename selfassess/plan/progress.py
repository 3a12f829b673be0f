"""Where a success measure should be on a day, and how far from there it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from selfassess.plan.record import Action
from selfassess.plan.record_parts import Reading, SuccessMeasure

__all__ = [
    "Progress",
    "direction",
    "expected",
    "gap_text",
    "limit_text",
    "on_target",
    "progress",
    "shortfall",
    "value_text",
]

Better = Literal["higher", "lower", "two-sided"]


def direction(measure: SuccessMeasure) -> Better | None:
    """Which way is better: as said, else from baseline to target; None where neither tells."""
    if measure.better:
        return measure.better
    if measure.baseline is None or measure.target is None:
        return None
    if measure.target == measure.baseline:
        return "two-sided"
    return "higher" if measure.target > measure.baseline else "lower"


def way(measure: SuccessMeasure, due: dt.date | None) -> tuple[tuple[dt.date, float], ...]:
    """The points of the trajectory, baseline and target included, in order of their days."""
    points = {point.date: point.value for point in measure.trajectory}
    if measure.baseline is not None and measure.baseline_date is not None:
        points.setdefault(measure.baseline_date, measure.baseline)
    day = measure.target_date or due
    if measure.target is not None and day is not None:
        points[day] = measure.target
    return tuple(sorted(points.items()))


def expected(measure: SuccessMeasure, day: dt.date, due: dt.date | None = None) -> float | None:
    """The value that the trajectory asks for on a day; None before it begins or without one.

    Args:
        measure: whose trajectory.
        day: when.
        due: the first due date of its action, for a target without a day of its own. It is the
            baseline date, so that moving an action's date does not bend its trajectory.
    """
    points = way(measure, due)
    if not points or day < points[0][0]:
        return None
    for (start, low), (end, high) in pairwise(points):
        if start <= day < end:
            return low + (high - low) * (day - start).days / (end - start).days
    return points[-1][1]


def shortfall(measure: SuccessMeasure, value: float, wanted: float) -> float:
    """How far a value is behind what is wanted, in the measure's unit; negative where ahead."""
    better = direction(measure)
    if better == "higher":
        return wanted - value
    if better == "lower":
        return value - wanted
    return abs(value - wanted)


def on_target(action: Action) -> Iterable[Reading]:
    """Readings that reach their measure's target, within its tolerance, or that say better."""
    measures = {each.id: each for each in action.success}
    for reading in action.readings:
        measure = measures.get(reading.measure)
        if measure is None or reading.status != "ok":
            continue
        if reading.value is None:
            if reading.says == "better":
                yield reading
        elif measure.target is not None and direction(measure) is not None:
            gap = shortfall(measure, reading.value, measure.target)
            if gap <= measure.tolerance + 1e-9:
                yield reading


@dataclass(frozen=True, slots=True)
class Progress:
    """A success measure on a day.

    Attributes:
        reading: the latest by that day; None without one.
        expected: what the trajectory asks for on the reading's day.
        distance: how far behind that the reading is; negative where ahead.
        target_met: whether the target is reached, within the tolerance; None without a reading.
        was_met: whether an earlier reading had reached it.
        overdue: whether a reading was due and none has come since.
    """

    measure: SuccessMeasure
    reading: Reading | None
    expected: float | None
    distance: float | None
    target_met: bool | None
    was_met: bool
    overdue: bool


def progress(action: Action, measure: SuccessMeasure, as_at: dt.date) -> Progress:
    """How far a success measure has come by a day."""
    read = sorted(
        (each for each in action.readings if each.measure == measure.id and each.date <= as_at),
        key=lambda each: (each.date, each.source == "assessment"),
    )
    reading = read[-1] if read else None
    met = {id(each) for each in on_target(action)}
    overdue = (
        measure.next_reading is not None
        and measure.next_reading < as_at
        and (reading is None or reading.date < measure.next_reading)
    )
    wanted = distance = None
    if reading is not None and reading.value is not None:
        wanted = expected(measure, reading.date, action.baseline_due)
        if wanted is not None and direction(measure) is not None:
            distance = shortfall(measure, reading.value, wanted)
    return Progress(
        measure=measure,
        reading=reading,
        expected=wanted,
        distance=distance,
        target_met=None if reading is None else id(reading) in met,
        was_met=any(id(each) in met for each in read[:-1]),
        overdue=overdue,
    )


def value_text(value: float, unit: str) -> str:
    """A value with its unit: ``62.5%``, ``24 contacts``, ``0.46 index``."""
    number = _rounded(value, 1 if unit == "percent" or abs(value) >= 1 else 2)
    return f"{number}%" if unit == "percent" else f"{number} {unit.replace('-', ' ')}".strip()


def limit_text(value: float) -> str:
    """A limit, as finely as anybody sets one."""
    return _rounded(value, 3)


def gap_text(value: float, limits: Iterable[float], unit: str) -> str:
    """How far something is behind, no finer than it takes to compare with limits as printed."""
    held = [float(limit_text(limit)) for limit in limits]
    places = 1
    while places < 3 and any(
        (round(value, places) <= limit) != (value <= limit + 1e-9) for limit in held
    ):
        places += 1
    return f"{_rounded(value, places)} {unit.replace('-', ' ')}".strip()


def _rounded(value: float, places: int) -> str:
    """A number without noughts behind the point; one that is not nought is never printed as it."""
    while value and places < 6 and round(value, places) == 0:
        places += 1
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

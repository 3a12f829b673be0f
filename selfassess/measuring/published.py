"""Published figures as readings: units converted, series and ranges read, names checked."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from selfassess.errors import MeasureError, Problem, nearest
from selfassess.loading.names import is_share
from selfassess.measuring.figures import SMALL_BASE, fraction, rounded
from selfassess.measuring.units import factor
from selfassess.model.common import Scope, scope_text
from selfassess.model.measure import Dimension, Measure, Point, Reading

if TYPE_CHECKING:
    from selfassess.evidence.state import RawPublished

__all__ = ["merged", "possible", "published_readings"]

_OUTSIDE = re.compile(r"outside\s+(-?\d+(?:\.\d+)?)\s*-\s*(-?\d+(?:\.\d+)?)")


def published_readings(
    rows: Iterable[RawPublished],
    measures: Mapping[str, Measure],
    dimensions: Mapping[str, Dimension],
    definitions: Mapping[str, str],
) -> dict[tuple[str, Scope], tuple[Reading, str]]:
    """Readings with the place of each, by measure and scope.

    Raises:
        MeasureError: every row that names no measure, no dimension or no unit that converts, or
            that states a figure twice.
    """
    aliases = {alias: measure for measure in measures.values() for alias in measure.aliases}
    problems: list[Problem] = []
    found: dict[tuple[str, Scope], list[tuple[RawPublished, Measure, Fraction, str]]]
    found = defaultdict(list)
    for row in rows:
        measure = measures.get(row.measure) or aliases.get(row.measure)
        faults = list(_faults(row, measure, measures, dimensions))
        problems += faults
        if measure is None or faults:
            continue
        converted = factor(row.unit, measure)
        if converted is None:
            accepted = ", ".join([measure.unit, *measure.units])
            problems.append(
                Problem(
                    row.place,
                    f"unit '{row.unit}' does not convert to {measure.unit}.",
                    f"Accepted: {accepted}.",
                )
            )
            continue
        found[measure.id, row.where].append((row, measure, *converted))
    readings: dict[tuple[str, Scope], tuple[Reading, str]] = {}
    for key, entries in found.items():
        undated = [row for row, *_ in entries if row.end is None and row.start is None]
        if len(entries) > 1 and undated:
            first = entries[0][0]
            problems.append(
                Problem(
                    undated[-1].place,
                    f"{key[0]}{scope_text(key[1])} is stated already at {first.place}.",
                    "Give each row its dates, or write one row with a series: 28.9; 73.",
                )
            )
            continue
        entries.sort(key=lambda entry: (_day(entry[0]), entry[0].place))
        readings[key] = _reading(entries, definitions.get(key[0], ""))
    if problems:
        raise MeasureError(problems=problems)
    return readings


def possible(
    published: Mapping[tuple[str, Scope], tuple[Reading, str]], measures: Mapping[str, Measure]
) -> tuple[dict[tuple[str, Scope], tuple[Reading, str]], tuple[Problem, ...]]:
    """Take from figures what they cannot be, and say it: a slip of the hand is no evidence.

    A percentage below 0, or a share over 100, is no figure (status ``error``). One that its own
    counts contradict stands as it is written.
    """
    readings = dict(published)
    problems: list[Problem] = []
    for key, (reading, place) in published.items():
        figures = [reading.value, reading.low, reading.high, *(p.value for p in reading.series)]
        most = 100 if is_share(measures[reading.measure]) else None
        beyond = [
            each
            for each in figures
            if each is not None and (each < 0 or (most is not None and each > most))
        ]
        if reading.unit == "percent" and beyond:
            lies = "a share lies between 0 and 100" if most else "none lies below 0"
            reason = f"{beyond[0]:g}% is published, but {lies}"
            wrong = replace(
                reading, status="error", reason=reason, value=None, low=None, high=None, series=()
            )
            readings[key] = (wrong, place)
            problems.append(Problem(place, f"{reading.id}: {reason}.", "Correct the figure."))
        elif said := _contradicted(reading):
            remedy = "Correct the figure or its counts; the figure as written is used."
            problems.append(Problem(place, f"{reading.id}: {said}", remedy))
    return readings, tuple(problems)


def _contradicted(reading: Reading) -> str:
    """Nothing, or that a percentage is not what its own counts give, to a whole point."""
    above, below, value = reading.numerator, reading.denominator, reading.value
    if reading.unit != "percent" or reading.low is not None or value is None:
        return ""
    if above is None or not below or abs(100 * above / below - value) <= 1:
        return ""
    return f"{above:g} of {below:g} is {100 * above / below:.1f}%, not {value:g}%."


def merged(
    computed: Sequence[Reading],
    published: Mapping[tuple[str, Scope], tuple[Reading, str]],
    order: Sequence[str],
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """Put both together: a computed figure stands; where there is none, the published one does."""
    readings = {(reading.measure, reading.where): reading for reading in computed}
    problems = []
    for key, (reading, place) in published.items():
        mine = readings.get(key)
        if mine is not None and mine.value is not None:
            if reading.value is None:
                continue
            problems.append(
                Problem(
                    place,
                    f"{reading.id}: {reading.value} is published, {mine.value} is computed from "
                    "the lists; the computed figure stands.",
                    "Compare how both were counted; drop the row once you know.",
                )
            )
            continue
        readings[key] = reading
    place_of = {measure: index for index, measure in enumerate(order)}
    ordered = sorted(readings.items(), key=lambda pair: (place_of[pair[0][0]], pair[0][1]))
    return tuple(reading for _, reading in ordered), tuple(problems)


def _faults(
    row: RawPublished,
    measure: Measure | None,
    measures: Mapping[str, Measure],
    dimensions: Mapping[str, Dimension],
) -> Iterable[Problem]:
    if measure is None:
        hint = nearest(row.measure, measures) or "`selfassess measures list` shows all."
        yield Problem(row.place, f"'{row.measure}' is no measure.", hint)
    for name, label in row.where:
        dimension = dimensions.get(name)
        if dimension is None:
            yield Problem(row.place, f"'{name}' is no dimension.", nearest(name, dimensions))
        elif dimension.values and label not in dimension.values:
            hint = nearest(label, dimension.values)
            yield Problem(row.place, f"'{label}' is no value of dimension '{name}'.", hint)


def _day(row: RawPublished) -> dt.date:
    return row.end or row.start or dt.date.min


def _reading(
    entries: Sequence[tuple[RawPublished, Measure, Fraction, str]], definition: str
) -> tuple[Reading, str]:
    row, measure, times, unit = entries[-1]

    def converted(value: float | None) -> float | None:
        return None if value is None else rounded(_said(value) * times)

    low, high = converted(row.low), converted(row.high)
    value = converted(row.value)
    if low is not None and high is not None:
        value = _worse(low, high, measure)
    series: list[Point] = []
    for entry, _, by, _ in entries:
        if entry.series:
            # The dates of a row are those of its last value; of the others nothing is known.
            *earlier, last = entry.series
            series += [Point(value=rounded(_said(each) * by)) for each in earlier]
        else:
            last = entry.value if entry.value is not None else _worse_of(entry, measure)
        series.append(
            Point(
                value=rounded(_said(last) * by),
                start=entry.start,
                end=entry.end,
                numerator=entry.numerator,
                denominator=entry.denominator,
            )
        )
    small = unit == "percent" and row.denominator is not None and row.denominator < SMALL_BASE
    reading = Reading(
        measure=measure.id,
        title=measure.title,
        unit=unit,
        where=row.where,
        value=value,
        numerator=row.numerator,
        denominator=row.denominator,
        status="small-base" if small else "ok",
        reason=f"a base of {row.denominator:g} is too small for a rate"
        if small and row.denominator is not None
        else None,
        start=row.start,
        end=row.end,
        source=row.source or row.file,
        published=True,
        series=tuple(series) if len(series) > 1 else (),
        low=low,
        high=high,
        definition=definition,
        cited=row.cited,
        comparator=converted(row.comparator),
    )
    return reading, row.place


def _said(value: float) -> Fraction:
    """A figure as it was written: 28.9 is 289/10, whatever its binary form."""
    return Fraction(repr(value)) if isinstance(value, float) else fraction(value)


def _worse_of(row: RawPublished, measure: Measure) -> float:
    if row.low is None or row.high is None:
        raise MeasureError(f"{row.place}: there is no figure.")
    return _worse(row.low, row.high, measure)


def _worse(low: float, high: float, measure: Measure) -> float:
    """The worse end of a range; without a good direction the upper one: queues, loads, lateness."""
    if measure.better == "higher":
        return low
    if measure.better == "two-sided":
        for band in measure.bands:
            match = None if band.where or not band.attention else _OUTSIDE.search(band.attention)
            if match:
                below, above = float(match[1]) - low, high - float(match[2])
                return low if below > above else high
    return high

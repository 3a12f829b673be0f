"""Signals: what a reading says against its bands, its trend and its base."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from selfassess.judging.bands import band_text, choose_band, level, range_of
from selfassess.judging.trend import Trend, trend
from selfassess.model.assessment import JudgedReading
from selfassess.model.framework import MeasureBand
from selfassess.model.measure import Band, Dimension, Measure, Reading, Signal

__all__ = [
    "ADVERSE",
    "FAVOURABLE",
    "NO_FIGURE",
    "SMALL",
    "Authorities",
    "judge_reading",
    "needs_base",
]

ADVERSE: frozenset[str] = frozenset({"concern", "critical"})
FAVOURABLE: frozenset[str] = frozenset({"strong", "secure"})
NO_FIGURE: frozenset[str] = frozenset({"missing", "not-computable", "suppressed", "error"})
"""Statuses under which a reading has no figure to judge."""
SMALL = 10
"""A rate on fewer is shown as a count and has no signal."""

_MILD: frozenset[Signal] = frozenset({"strong", "secure", "context"})


@dataclass(frozen=True, slots=True)
class Authorities:
    """Who may say what a figure means, strongest first: workspace, framework, measure."""

    local: Mapping[str, tuple[Band, ...]]
    framework: Mapping[str, tuple[Band, ...]]

    @classmethod
    def of(cls, local: Iterable[MeasureBand], framework: Iterable[MeasureBand]) -> Authorities:
        """Index both lists by measure."""
        return cls(_by_measure(local), _by_measure(framework))


def _by_measure(bands: Iterable[MeasureBand]) -> dict[str, tuple[Band, ...]]:
    found: dict[str, tuple[Band, ...]] = {}
    for item in bands:
        found[item.measure] = found.get(item.measure, ()) + item.bands
    return found


def judge_reading(
    reading: Reading,
    measure: Measure,
    authorities: Authorities,
    dimensions: Mapping[str, Dimension],
    as_at: dt.date,
) -> tuple[JudgedReading, Band | None]:
    """Say what a reading's bands say of it; with the band that gave the signal.

    `signal` takes the workspace's band before the framework's before the measure's; `rule_signal`,
    which ceilings see, never the workspace's.
    """
    if reading.reference is None and measure.reference is not None:
        reading = replace(reading, reference=measure.reference.unknown)
    date = reading.end or as_at
    rule_band = _first_band(
        (authorities.framework.get(measure.id, ()), measure.bands), reading, dimensions, date
    )
    local_band = _first_band((authorities.local.get(measure.id, ()),), reading, dimensions, date)
    band = local_band or rule_band
    reading = _worse_end(reading, measure, band)
    signal, found = _signal(reading, measure, band, as_at)
    rule_signal = signal
    if band is not rule_band:
        rule_signal, _ = _signal(_worse_end(reading, measure, rule_band), measure, rule_band, as_at)
    judged = JudgedReading(
        reading=reading,
        signal=signal,
        rule_signal=rule_signal,
        about=measure.about,
        voice=measure.voice,
        topics=measure.topics,
        tail=measure.tail,
        new=found.new and signal is not None,
        worsening=found.worsening and signal is not None,
        baseline=found.baseline,
        baseline_date=found.baseline_date,
        band=_printed(band, reading),
        local_band=local_band is not None,
        judged_by=band,
    )
    return judged, band


def _first_band(
    authorities: Sequence[tuple[Band, ...]],
    reading: Reading,
    dimensions: Mapping[str, Dimension],
    date: dt.date,
) -> Band | None:
    for bands in authorities:
        band = choose_band(bands, reading.where, dimensions, date)
        if band:
            return band
    return None


def _signal(
    reading: Reading, measure: Measure, band: Band | None, as_at: dt.date
) -> tuple[Signal | None, Trend]:
    """The level, lifted to attention by a bad trend; None where there is no figure to judge."""
    if reading.value is None or reading.status in NO_FIGURE or small_base(reading, measure):
        return None, Trend()
    signal: Signal = "context"
    if band is not None:
        signal = level(band, reading.value, measure.better, reading.reference)
    if signal in FAVOURABLE and never_for(reading, measure):
        signal = "context"
    found = trend(
        reading.series,
        better=measure.better,
        percent=reading.unit == "percent",
        outside=range_of(band),
        as_at=as_at,
    )
    if found.worsening and signal in _MILD:
        signal = "attention"
    return signal, found


def never_for(reading: Reading, measure: Measure) -> bool:
    """Whether a figure counts against only: unmoderated audit, and audit not known as moderated.

    A way says so with ``best: context``. A published figure names no way: where the measure's ways
    or bands differ in this, the more cautious one holds unless the scope names another.
    """
    for way in measure.ways:
        if way.name == reading.way:
            return way.best == "context"
    capped = [band for band in measure.bands if band.best == "context" and band.where]
    if not capped and not any(way.best == "context" for way in measure.ways):
        return False
    named = {key for key, _ in reading.where}
    return not any(named & set(band.where) for band in capped)


def needs_base(measure: Measure) -> bool:
    """Whether a figure rests on a base.

    Shares and means do; counts, queues, loads and maxima do not.
    """
    if measure.tail:
        return False
    computed = (measure, *measure.ways)
    return measure.unit == "percent" or any(part.aggregate == "mean" for part in computed)


def small_base(reading: Reading, measure: Measure) -> bool:
    """Whether a rate rests on fewer than ten."""
    if reading.status == "small-base":
        return True
    base = reading.denominator
    return needs_base(measure) and base is not None and base < SMALL


def _worse_end(reading: Reading, measure: Measure, band: Band | None) -> Reading:
    """A range is read at its worse end: for a two-sided band the end further out."""
    low, high = reading.low, reading.high
    if low is None or high is None:
        return reading
    outside = range_of(band)
    if outside is not None:
        worse = low if outside.distance(low) > outside.distance(high) else high
    else:
        worse = low if measure.better == "higher" else high
    return reading if reading.value == worse else replace(reading, value=worse)


def _printed(band: Band | None, reading: Reading) -> dict[str, str | int | None] | None:
    text = band_text(band, reading.reference) if band else ""
    if band is None or not text:
        return None
    return {"basis": band.basis, "vintage": band.vintage, "text": text}

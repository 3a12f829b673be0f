"""The appendix of trends: a line for each whole reading with a series, and for parts that moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from selfassess.report.charts.trend import is_special, label_of, limits_words, points_of
from selfassess.report.evidence import Evidence
from selfassess.report.parts import Reference
from selfassess.report.text import brief
from selfassess.report.words import number, plural, value_words

__all__ = ["TrendRow", "Trends", "trends_of"]

_MOST_PARTS = 40
_WIDE, _HIGH = 96.0, 22.0
_FROM = {
    "rows": "from dated rows",
    "history": "from assessments kept",
    "published": "as published",
}
_POINTS = {"month": "months", "quarter": "quarters", "run": "readings"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """A series in one line."""

    reference: Annotated[Reference, "Its short name, and where its provenance stands."]
    title: Annotated[str, "The measure."]
    scope: Annotated[str, "The part it speaks of, or nothing for the whole."]
    period: Annotated[str, "How many points, of what, from when to when, and where from."]
    last: Annotated[str, "The last point's value."]
    mean: Annotated[str, "The mean, or nothing where no rule is applied."]
    limits: Annotated[str, "The natural limits, or nothing."]
    text: Annotated[str, "What the series says, in one sentence."]
    note: Annotated[str, "Cautions."]
    special: Annotated[bool, "Whether a rule picks something out."]
    path: Annotated[str, "The series as an SVG path, 96 by 22, or nothing."]
    alt: Annotated[str, "Text alternative of the path: first, last, lowest and highest value."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trends:
    """All series of the report."""

    told: Annotated[str, "How many series there are and what they say; nothing where none is."]
    rows: Annotated[tuple[TrendRow, ...], "Whole readings with rules, then parts that changed."]
    more: Annotated[str, "What was left out for length, or nothing."]
    short: Annotated[str, "Series that no rule speaks of, in one sentence, or nothing."]


def trends_of(evidence: Evidence) -> Trends:
    """Every whole reading with a series; of parts those that a rule picks something out of."""
    held = [reading for reading in evidence.readings.values() if _tells(reading.get("trend"))]
    whole = [reading for reading in held if not reading.get("where")]
    parts = [reading for reading in held if reading.get("where") and is_special(reading)]
    if not whole and not parts:
        return Trends(told="", rows=(), more="", short="")
    judged = [reading for reading in whole if reading["trend"].get("centre") is not None]
    changed = sum(is_special(reading) for reading in judged)
    told = (
        f"{plural(len(whole), 'readings')} of the whole can be followed over time. "
        f"{number(len(judged))} of them {'has' if len(judged) == 1 else 'have'} the twelve points "
        f"that rules need; in {number(changed)} of these something changed that chance does not "
        "explain. A change is a reason to ask, not yet an improvement or a failing: it feeds no "
        "grade and no ceiling."
    )
    rest = len(parts) - _MOST_PARTS
    short = [reading for reading in whole if reading["trend"].get("centre") is None]
    return Trends(
        told=told,
        rows=tuple(_row(reading, evidence) for reading in (*judged, *parts[:_MOST_PARTS])),
        more=f"{plural(rest, 'further parts')} that changed stand in assessment.json, embedded in "
        "the PDF."
        if rest > 0
        else "",
        short=_short(short, evidence),
    )


def _short(readings: Sequence[Mapping[str, Any]], evidence: Evidence) -> str:
    """Series that no rule speaks of, in one sentence: how many points each has, and its ends."""
    named = []
    for reading in readings:
        trend, unit = reading["trend"], str(reading.get("unit") or "")
        values = [p["value"] for p in points_of(trend) if p.get("value") is not None]
        reference = evidence.reading_reference(str(reading["id"]))
        title = brief(str(reading.get("title") or reading.get("measure")), 110)
        count = plural(len(values), _POINTS.get(str(trend.get("period")), "readings"))
        named.append(
            f"{reference.label} {title} ({count}, {value_words(values[0], unit)} to "
            f"{value_words(values[-1], unit)})"
        )
    return f"No rule can be applied to: {'; '.join(named)}." if named else ""


def _tells(trend: Mapping[str, Any] | None) -> bool:
    """Whether there are three points: two make no series that a reader could follow."""
    return sum(point.get("value") is not None for point in points_of(trend or {})) > 2


def _row(reading: Mapping[str, Any], evidence: Evidence) -> TrendRow:
    trend = reading["trend"]
    unit, period = str(reading.get("unit") or ""), str(trend.get("period"))
    points = points_of(trend)
    valued = [point for point in points if point.get("value") is not None]
    first, last = (label_of(str(points[n]["label"]), period) for n in (0, -1))
    judged = trend.get("centre") is not None
    source = _FROM.get(str(trend.get("from")), "")
    return TrendRow(
        reference=evidence.reading_reference(str(reading["id"])),
        title=brief(str(reading.get("title") or reading.get("measure")), 160),
        scope=evidence.scopes.words(reading.get("where") or {}),
        period=f"{plural(len(valued), _POINTS.get(period, 'readings'))}, {first} to {last}, "
        f"{source}",
        last=value_words(valued[-1]["value"], unit) if valued else "no figure",
        mean=value_words(trend["centre"], unit) if judged else "",
        limits=limits_words(trend, unit) if judged else "",
        text=brief(str(trend.get("text") or ""), 400),
        note=brief(str(trend.get("note") or ""), 400),
        special=is_special(reading),
        path=_spark(points),
        alt=_alt(valued, unit),
    )


def _alt(valued: Sequence[Mapping[str, Any]], unit: str) -> str:
    if len(valued) < 2:
        return ""
    values = [point["value"] for point in valued]
    shown = [value_words(v, unit) for v in (values[0], values[-1], min(values), max(values))]
    return f"From {shown[0]} to {shown[1]}; lowest {shown[2]}, highest {shown[3]}."


def _spark(points: Sequence[Mapping[str, Any]]) -> str:
    values = [float(point["value"]) for point in points if point.get("value") is not None]
    if len(values) < 2:
        return ""
    low, span = min(values), (max(values) - min(values)) or 1.0
    parts: list[str] = []
    pen = "M"
    for index, point in enumerate(points):
        if point.get("value") is None:
            pen = "M"
            continue
        x = 2 + (_WIDE - 4) * index / (len(points) - 1)
        y = _HIGH - 3 - (_HIGH - 6) * (float(point["value"]) - low) / span
        parts.append(f"{pen}{round(x, 1)} {round(y, 1)}")
        pen = "L"
    return "".join(parts)

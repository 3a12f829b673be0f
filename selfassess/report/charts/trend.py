"""Charts of a reading over time: its points, their mean, natural limits and special points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.model.common import MONTHS
from selfassess.report.drawing import RIGHT, WIDTH, at, mark, step_of
from selfassess.report.evidence import Evidence
from selfassess.report.notes import ADVERSE
from selfassess.report.parts_figures import Chart, Mark
from selfassess.report.text import brief
from selfassess.report.words import date_words, number, plural, value_words

__all__ = ["KEY", "is_special", "label_of", "limits_words", "points_of", "trend_charts"]

KEY = (
    "Dots are {points}, the full line is their mean, broken lines are the natural limits within "
    "which ordinary variation stays; ◆ marks what a rule picks out."
)
_MOST = 4
_LEFT, _ENDS = 62.0, RIGHT - 74
_TOP, _BASE = 20.0, 176.0
_LINE = 13
"""From one line of small text to the next."""
_MOST_TICKS = 9
_LABEL = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_QUARTER = re.compile(r"\d{2}(\d{2}-\d{2}) (Q[1-4])")
_POINTS = {"month": "months", "quarter": "quarters", "run": "readings"}


def points_of(trend: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The points of a series, gaps among them."""
    return trend.get("points") or ()


def is_special(reading: Mapping[str, Any]) -> bool:
    """Whether a rule picks something out."""
    return bool((reading.get("trend") or {}).get("rules"))


def trend_charts(
    ids: Iterable[str], evidence: Evidence, start: int, drawn: Mapping[str, str]
) -> tuple[tuple[Chart, ...], str]:
    """Chart the readings that changed, or that are out of order; the rest stand in the appendix.

    Of parts only those are drawn that are both.

    Args:
        ids: the readings of a chapter.
        evidence: where they are.
        start: the first figure number.
        drawn: readings that have a chart already.

    Returns:
        The charts, and what was left out for length.
    """
    ranked = []
    for key in ids:
        reading = evidence.readings[key]
        trend = reading.get("trend") or {}
        if key in drawn or trend.get("centre") is None:
            continue
        adverse, special = reading.get("signal") in ADVERSE, is_special(reading)
        if (adverse and special) or (not reading.get("where") and (adverse or special)):
            ranked.append((not special, not adverse, evidence.order(key), key))
    ranked.sort()
    charts = tuple(
        _chart(evidence.readings[key], evidence, start + index, keyed=index == 0)
        for index, (*_, key) in enumerate(ranked[:_MOST])
    )
    rest = len(ranked) - len(charts)
    return charts, f"{plural(rest, 'further trends')} stand in Appendix A." if rest > 0 else ""


def _chart(reading: Mapping[str, Any], evidence: Evidence, figure: int, *, keyed: bool) -> Chart:
    trend = reading["trend"]
    unit, period = str(reading.get("unit") or ""), str(trend.get("period"))
    points = points_of(trend)
    low, step, count = _scale(trend, unit)
    high = low + step * count
    special = {label for rule in trend.get("rules") or () for label in rule.get("points") or ()}

    def height(value: float) -> float:
        return _BASE - (_BASE - _TOP) * (value - low) / (high - low)

    marks: list[Mark] = []
    for index in range(count + 1):
        value = low + step * index
        suffix = "%" if unit == "percent" else ""
        y = height(value)
        marks.append(mark("whisker", _LEFT, y, _ENDS - _LEFT))
        label = f"{number(round(value, 6))}{suffix}"
        marks.append(mark("text", _LEFT - 8, y + 4, label=label, side="left"))
    for name, form in (("upper", "limit"), ("lower", "limit"), ("centre", "whisker")):
        y = height(float(trend[name]))
        marks.append(mark(form, _LEFT, y, _ENDS - _LEFT, strong=True))
    marks += _names(trend, unit, height)
    places = [_LEFT + 12 + (_ENDS - _LEFT - 24) * n / max(len(points) - 1, 1) for n in _n(points)]
    marks.append(mark("curve", _LEFT, _BASE, path=_path(points, places, height)))
    for point, x in zip(points, places, strict=True):
        if point.get("value") is None:
            continue
        odd = point["label"] in special
        y = height(float(point["value"]))
        marks.append(mark("diamond" if odd else "dot", x, y, 6.5 if odd else 3.2, strong=odd))
    every = -(-len(points) // _MOST_TICKS)
    # Counted from the last point, so that the newest is always named.
    ticks = [
        at(x, _BASE + 16, label_of(str(point["label"]), period, short=True))
        for n, (point, x) in enumerate(zip(points, places, strict=True))
        if (len(points) - 1 - n) % every == 0
    ]
    title = brief(str(reading.get("title") or reading.get("measure")), 140)
    scope = evidence.scopes.words(reading.get("where") or {})
    sentence = brief(str(trend.get("text") or ""), 400)
    first, last = (label_of(str(points[n]["label"]), period) for n in (0, -1))
    head, table = _table(points, period, unit, special)
    return Chart(
        kind="xmr",
        number=figure,
        anchor=f"figure-{figure}",
        title=f"{title}{f', {scope}' if scope else ''}: {first} to {last}",
        alt=f"Line chart of {plural(len(points), _POINTS.get(period, 'readings'))}, {first} to "
        f"{last}. {sentence} Mean {value_words(trend['centre'], unit)}, natural limits "
        f"{limits_words(trend, unit)}.",
        sentence=sentence,
        axis="",
        width=WIDTH,
        height=_BASE + 26,
        base=_BASE,
        start=_LEFT,
        marks=tuple(marks),
        ticks=tuple(ticks),
        rows=(),
        lines=(),
        key=KEY.format(points=_POINTS.get(period, "readings")) if keyed else "",
        head=head,
        table=table,
        evidence=(evidence.reading_reference(str(reading["id"])),),
        note=brief(str(trend.get("note") or ""), 400),
    )


def _n(points: Sequence[Any]) -> range:
    return range(len(points))


def _scale(trend: Mapping[str, Any], unit: str) -> tuple[float, float, int]:
    """Where the vertical axis begins, its step and how many steps it has."""
    values = [float(p["value"]) for p in points_of(trend) if p.get("value") is not None]
    values += [float(trend[name]) for name in ("lower", "centre", "upper")]
    low, high = min(values), max(values)
    whole = all(value == int(value) for value in values) or high - low > 4
    step = step_of(max(high - low, 1e-6) / 4, whole=whole)
    bottom = step * (low // step)
    count = max(1, -int(-(high - bottom) // step))
    if unit == "percent" and bottom + step * count > 100 and bottom >= step:
        # A percentage axis ends at 100, never beyond.
        bottom, count = 100 - step * count, count
    return bottom, step, count


def _names(trend: Mapping[str, Any], unit: str, height: Any) -> list[Mark]:
    """The three lines' names at their right ends, moved apart where they would touch."""
    named = (("upper", "upper"), ("centre", "mean"), ("lower", "lower"))
    places: list[float] = []
    for name, _ in named:
        y = height(float(trend[name]))
        places.append(max(y, places[-1] + _LINE) if places else y)
    # What was moved below the drawing's foot is moved back up, and what stands above it with it.
    for index in range(len(named)):
        lowest = _BASE - _LINE * (len(named) - 1 - index)
        places[index] = min(places[index], lowest)
    return [
        mark(
            "text",
            _ENDS + 6,
            y + 4,
            label=f"{word} {_figure(float(trend[name]), unit)}",
            side="right",
        )
        for y, (name, word) in zip(places, named, strict=True)
    ]


def _figure(value: float, unit: str) -> str:
    return f"{number(value, 'percent')}%" if unit == "percent" else number(value)


def _path(points: Sequence[Mapping[str, Any]], places: Sequence[float], height: Any) -> str:
    """The line through the points, broken at gaps."""
    parts: list[str] = []
    pen = "M"
    for point, x in zip(points, places, strict=True):
        if point.get("value") is None:
            pen = "M"
            continue
        parts.append(f"{pen}{round(x, 1)} {round(height(float(point['value'])), 1)}")
        pen = "L"
    return "".join(parts)


def _table(
    points: Sequence[Mapping[str, Any]], period: str, unit: str, special: set[str]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Months as a row a year; other points one below the other."""

    def cell(point: Mapping[str, Any] | None) -> str:
        if point is None or point.get("value") is None:
            return "–"
        odd = "◆ " if point["label"] in special else ""
        return f"{odd}{number(point['value'], unit)}"

    suffix = "%" if unit == "percent" else unit.replace("-", " ")
    if period == "month":
        by_label = {str(point["label"]): point for point in points}
        years = sorted({label[:4] for label in by_label})
        head = (suffix, *(name[:3] for name in MONTHS))
        return head, tuple(
            (year, *(cell(by_label.get(f"{year}-{month:02d}")) for month in range(1, 13)))
            for year in years
        )
    return ("when", suffix, "of"), tuple(
        (
            label_of(str(point["label"]), period),
            cell(point),
            number(point["denominator"]) if point.get("denominator") is not None else "–",
        )
        for point in points
    )


def label_of(label: str, period: str, *, short: bool = False) -> str:
    """A point's label in words: ``March 2026`` or ``Mar 26``."""
    if period == "quarter" and (match := _QUARTER.fullmatch(label)):
        return f"{match[2]} {match[1]}" if short else f"{match[2]} of 20{match[1]}"
    match = _LABEL.fullmatch(label)
    if match is None or not 1 <= int(match[2]) <= 12:
        return brief(label, 12 if short else 40)
    if match[3] and not short:
        return date_words(label)
    name = MONTHS[int(match[2]) - 1]
    day = f"{int(match[3])} " if match[3] else ""
    return f"{day}{name[:3]} {match[1][2:]}" if short else f"{name} {match[1]}"


def limits_words(trend: Mapping[str, Any], unit: str) -> str:
    """``74.9 to 88.2%``."""
    return f"{number(trend['lower'], unit)} to {value_words(trend['upper'], unit)}"

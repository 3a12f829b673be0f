"""A chart for each success measure: where it should be, where it is, and when work was delivered.

Dark line with dots: what was read. Broken line: its trajectory. Pale band: the tolerance. Ring: the
target. Everything differs in form, so that nothing is lost in greyscale.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from selfassess.model.common import MONTHS
from selfassess.plan.progress import value_text
from selfassess.report.drawing import step_of
from selfassess.report.text import brief
from selfassess.report.words import date_words, number

__all__ = ["KEY", "Label", "PointRow", "Trajectory", "trajectory"]

KEY = (
    "In each chart the dark line with dots is what was read, the broken line the trajectory to its "
    "target (ring), the pale band the tolerance; ◆ marks the last reading, an upright line the day "
    "on which the action was delivered."
)
_WIDTH, _HEIGHT = 420.0, 158.0
_LEFT, _RIGHT, _TOP, _BASE = 44.0, 408.0, 22.0, 134.0
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Label:
    """A text in the drawing."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """A line of the chart's table."""

    when: str
    value: str
    expected: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """A drawing, with everything that it says as text and table."""

    number: int
    title: str
    sentence: str
    alt: str
    width: float
    height: float
    base: float
    left: float
    right: float
    rules: tuple[float, ...]
    band: str
    way: str
    line: str
    dots: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None
    target: tuple[float, float] | None
    delivered: tuple[Label, ...]
    labels: tuple[Label, ...]
    rows: tuple[PointRow, ...]


def trajectory(
    success: Mapping[str, Any], delivered: Sequence[str], as_at: str, figure: int
) -> Trajectory | None:
    """Draw a counted success measure; None where it was never read or is not counted.

    Args:
        success: a success measure of ``board.json``.
        delivered: the days on which its action was delivered.
        as_at: the day of the pack.
        figure: its number.
    """
    read = sorted(
        (
            (dt.date.fromisoformat(each["date"]), float(each["value"]), str(each["source"]))
            for each in success["points"]
            if each["value"] is not None and each["status"] == "ok"
        ),
        key=lambda each: (each[0], each[2] == "assessment"),
    )
    if not read:
        return None
    way = [(dt.date.fromisoformat(day), float(value)) for day, value in success["way"]]
    today = dt.date.fromisoformat(as_at)
    days = [day for day, _, _ in read] + [day for day, _ in way] + [today]
    first, last = min(days), max(days)
    tolerance = float(success["tolerance"] or 0)
    values = [value for _, value, _ in read] + [value for _, value in way]
    low, step, count = _scale(values, str(success["unit"]))
    high = low + step * count

    def across(day: dt.date) -> float:
        share = (day - first).days / ((last - first).days or 1)
        return round(_LEFT + 8 + (_RIGHT - _LEFT - 16) * share, 1)

    def up(value: float) -> float:
        share = (min(max(value, low), high) - low) / (high - low)
        return round(_BASE - (_BASE - _TOP) * share, 1)

    longer = [*way, (last, way[-1][1])] if way and way[-1][0] < last else way
    dots = tuple((across(day), up(value)) for day, value, _ in read)
    suffix = "%" if success["unit"] == "percent" else ""
    rules = [round(low + step * index, 6) for index in range(count + 1)]
    labels = [Label(_LEFT - 4, up(value) + 4, f"{number(value)}{suffix}", "end") for value in rules]
    labels += _months(first, last, across)
    sentence = _sentence(success, read)
    title = brief(str(success["title"]), 120)
    return Trajectory(
        number=figure,
        title=title,
        sentence=sentence,
        alt=f"Line chart of {len(read)} readings, {date_words(read[0][0])} to "
        f"{date_words(read[-1][0])}. {sentence}",
        width=_WIDTH,
        height=_HEIGHT,
        base=_BASE,
        left=_LEFT,
        right=_RIGHT,
        rules=tuple(up(value) for value in rules),
        band=_band(longer, tolerance, across, up),
        way=_path([(across(day), up(value)) for day, value in longer]),
        line=_path(dots),
        dots=dots[:-1],
        last=dots[-1],
        target=(across(way[-1][0]), up(way[-1][1]))
        if way and success["target"] is not None
        else None,
        delivered=_deliveries(delivered, first, last, across),
        labels=tuple(labels),
        rows=_rows(success, read, way),
    )


def _scale(values: Sequence[float], unit: str) -> tuple[float, float, int]:
    """Where the upright axis begins, its step, and how many there are."""
    low, high = min(values), max(values)
    whole = high - low > 4 or all(value == int(value) for value in values)
    step = step_of(max(high - low, 1e-6) / 3, whole=whole)
    bottom = step * (low // step)
    count = max(1, -int(-(high - bottom) // step))
    if unit == "percent" and bottom + step * count > 100 >= high:
        count = max(1, int((100 - bottom) // step))
        if bottom + step * count < high:
            bottom, count = 100 - step * (count + 1), count + 1
    return bottom, step, count


def _band(
    way: Sequence[tuple[dt.date, float]],
    tolerance: float,
    across: Callable[[dt.date], float],
    up: Callable[[float], float],
) -> str:
    if not tolerance or len(way) < 2:
        return ""
    above = [(across(day), up(value + tolerance)) for day, value in way]
    below = [(across(day), up(value - tolerance)) for day, value in reversed(way)]
    return _path([*above, *below]) + "Z"


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "".join(f"{'L' if index else 'M'}{x} {y}" for index, (x, y) in enumerate(points))


def _months(first: dt.date, last: dt.date, across: Callable[[dt.date], float]) -> list[Label]:
    """Month names below the axis, a few of them, each at the first of its month."""
    starts, day = [], first.replace(day=1)
    while day <= last:
        if day >= first:
            starts.append(day)
        day = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    if not starts:
        starts = [first]
    every = -(-len(starts) // _TICKS)
    return [
        Label(across(each), _BASE + 15, f"{MONTHS[each.month - 1][:3]} {each.year % 100:02d}")
        for each in starts[::every]
    ]


def _deliveries(
    delivered: Sequence[str], first: dt.date, last: dt.date, across: Callable[[dt.date], float]
) -> tuple[Label, ...]:
    found = []
    for text in delivered:
        day = dt.date.fromisoformat(text)
        if first <= day <= last:
            x = across(day)
            anchor = "start" if x < (_LEFT + _RIGHT) / 2 else "end"
            found.append(
                Label(x, _TOP - 10, f"delivered {day.day} {MONTHS[day.month - 1][:3]}", anchor)
            )
    return tuple(found)


def _sentence(success: Mapping[str, Any], read: Sequence[tuple[dt.date, float, str]]) -> str:
    """What the chart shows, made of its data."""
    unit = str(success["unit"])
    day, value, _ = read[-1]
    text = f"{value_text(value, unit)} on {date_words(day, short=True)}"
    distance, wanted = success["distance"], success["expected"]
    if wanted is not None and distance is not None and success["read_on"] == day.isoformat():
        gap = value_text(abs(distance), "points" if unit == "percent" else unit)
        if abs(distance) < 1e-9:
            text += ", as expected"
        else:
            side = "behind" if distance > 0 else "ahead of"
            text += f", {gap} {side} the {value_text(wanted, unit)} expected"
    if len(read) > 1:
        text += f"; {value_text(read[0][1], unit)} on {date_words(read[0][0], short=True)}"
    if success["target"] is not None:
        by = (
            f" by {date_words(success['target_date'], short=True)}"
            if success["target_date"]
            else ""
        )
        state = "reached" if success["met"] else "not reached"
        if success["fell_back"]:
            state = "reached once, and lost again"
        text += f". Target {value_text(float(success['target']), unit)}{by}: {state}"
    return f"{text}."


def _rows(
    success: Mapping[str, Any],
    read: Sequence[tuple[dt.date, float, str]],
    way: Sequence[tuple[dt.date, float]],
) -> tuple[PointRow, ...]:
    unit = str(success["unit"])

    def wanted(day: dt.date) -> str:
        if not way or day < way[0][0]:
            return "–"
        for (start, low), (end, high) in pairwise(way):
            if start <= day < end:
                return value_text(
                    low + (high - low) * (day - start).days / (end - start).days, unit
                )
        return value_text(way[-1][1], unit)

    return tuple(
        PointRow(
            when=date_words(day, short=True),
            value=value_text(value, unit),
            expected=wanted(day),
            source=brief(source, 40) or "–",
        )
        for day, value, source in read
    )

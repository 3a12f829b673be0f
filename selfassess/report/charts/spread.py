"""Charts of how a measure's holders are spread: geometry, a sentence and a table from the data."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.report.charts.strips import strips
from selfassess.report.drawing import LEFT, RIGHT, WIDTH, at, mark, step_of
from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import Chart
from selfassess.report.spread import Spread, key_of, reference_of, spread_of
from selfassess.report.text import brief
from selfassess.report.words import number

__all__ = ["spread_charts"]


def spread_charts(
    readings: Sequence[Mapping[str, Any]], evidence: Evidence, start: int
) -> tuple[Chart, ...]:
    """Draw a chart of the spread for each unit that holders are measured in, and one for its parts.

    Args:
        readings: readings that carry a distribution, in order.
        evidence: where they stand, and words for their parts.
        start: the first figure number.
    """
    charts: list[Chart] = []
    drawn: set[str] = set()
    # The largest single figure first: its bands say how much is too much for one holder.
    for reading in sorted(readings, key=lambda reading: not reading.get("tail")):
        if reading.get("where"):
            continue
        spread = spread_of(reading)
        unit = str(reading.get("unit") or "")
        if unit in drawn or not _speaks_of_holders(reading, spread):
            continue
        drawn.add(unit)
        charts.append(_histogram(reading, spread, evidence, start + len(charts)))
        for key, parts in _parts(reading, readings).items():
            charts.append(strips(reading, spread, key, parts, evidence, start + len(charts)))
    return tuple(charts)


def _speaks_of_holders(reading: Mapping[str, Any], spread: Spread) -> bool:
    """Whether the value, and so its bands, is in what each holder has: not a share or a count."""
    value = reading.get("value")
    if value is None or reading.get("unit") == "percent" or len(spread.holders) < 2:
        return False
    return spread.lowest <= float(value) <= spread.highest


def _parts(
    whole: Mapping[str, Any], readings: Sequence[Mapping[str, Any]]
) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for reading in readings:
        where = reading.get("where") or {}
        if reading.get("measure") == whole.get("measure") and len(where) == 1:
            found.setdefault(next(iter(where)), []).append(reading)
    return {key: parts for key, parts in sorted(found.items()) if len(parts) > 1}


def _histogram(
    reading: Mapping[str, Any], spread: Spread, evidence: Evidence, figure: int
) -> Chart:
    step = step_of((spread.highest - min(spread.lowest, 0)) / 14)
    whole = all(value == int(value) for value, _ in spread.holders)
    # A bin is open below and closed above and an edge lies on the limit, so that those over it
    # never share a bin with those on it.
    origin = (spread.limit or 0.0) % step

    def place(value: float) -> int:
        return math.ceil(round((value - origin) / step, 9)) - 1

    first, last = place(spread.lowest), place(spread.highest)
    bins = [0] * (last - first + 1)
    for value, many in spread.holders:
        bins[place(value) - first] += many
    top, base = 30.0, 160.0
    wide = (RIGHT - LEFT) / len(bins)
    tallest = max(bins)
    marks, ticks, table = [], [], []
    for index, many in enumerate(bins):
        low = round(origin + (first + index) * step, 9)
        tall = round((base - top) * many / tallest, 1)
        left = round(LEFT + index * wide + 1, 1)
        past = spread.limit is not None and low >= spread.limit
        marks.append(
            mark(
                "bar",
                left,
                base - tall,
                wide - 2,
                tall,
                label=str(many) if many else "",
                strong=past,
                side="above",
            )
        )
        name = _bin_name(low, step, whole)
        ticks.append(at(left + wide / 2 - 1, base + 16, name))
        table.append((name if whole else name.replace("–", " to "), number(many)))
    lines = []
    if spread.limit is not None and first <= place(spread.limit) < last:
        x = LEFT + (place(spread.limit) + 1 - first) * wide
        lines.append(at(x, top - 14, f"{spread.level} over {number(spread.limit)}"))
    unit = str(reading.get("unit") or "value").replace("-", " ")
    title = brief(str(reading.get("title") or reading.get("measure")), 140)
    sentence = _sentence(spread)
    return Chart(
        kind="histogram",
        number=figure,
        anchor=f"figure-{figure}",
        title=f"{title}: how it is spread",
        alt=f"Bar chart. {title}, spread over {spread.count} holders. {sentence}",
        sentence=sentence,
        axis=f"{unit} each; bars count holders{'' if whole else ', upper ends included'}",
        width=WIDTH,
        height=200.0,
        base=base,
        marks=tuple(marks),
        ticks=tuple(ticks),
        rows=(),
        lines=tuple(lines),
        key=key_of(spread, "bars"),
        evidence=reference_of(reading, evidence),
        head=(f"{unit} each", "holders"),
        table=tuple(table),
    )


def _sentence(spread: Spread) -> str:
    count = spread.count
    text = (
        f"{number(count)} holders have between {number(spread.lowest)} and "
        f"{number(spread.highest)} each; half of them have {number(spread.middle)} or fewer"
    )
    if spread.limit is None:
        return text + "."
    share = number(100 * spread.past / count, "percent")
    if not spread.past:
        return f"{text}; none has more than {number(spread.limit)}."
    verb = "has" if spread.past == 1 else "have"
    return f"{text}; {number(spread.past)} ({share}%) {verb} more than {number(spread.limit)}."


def _bin_name(low: float, step: float, whole: bool) -> str:
    bottom, top = max(low, 0.0), low + step
    if whole:
        bottom, top = max(math.floor(low) + 1, 0), math.floor(top)
    return number(bottom) if bottom == top else f"{number(bottom)}–{number(top)}"

"""Dots by part: how a measure's holders are spread in each team or role, with every limit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from selfassess.report.drawing import LEFT, RIGHT, ROW, WIDTH, at, mark, step_of, wrapped
from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import Chart
from selfassess.report.spread import Spread, cuts_of, key_of, reference_of, spread_of
from selfassess.report.text import brief
from selfassess.report.words import number

__all__ = ["strips"]

_NAME = 186.0
_LINE = 13.0
_MOST_ROWS = 20


def strips(
    reading: Mapping[str, Any],
    whole: Spread,
    key: str,
    parts: list[Mapping[str, Any]],
    evidence: Evidence,
    figure: int,
) -> Chart:
    """Draw a row of dots for each part, the one with the highest single figure first.

    Args:
        reading: the whole.
        whole: its spread, whose limit holds for the parts.
        key: the dimension of the parts.
        parts: their readings.
        evidence: words for the parts.
        figure: the figure's number.
    """
    limit = (whole.limit, whole.level)
    rows = [
        (evidence.scopes.value(key, part["where"][key]), spread_of(part, limit)) for part in parts
    ]
    rows = sorted(
        (row for row in rows if row[1].holders), key=lambda row: (-row[1].highest, row[0])
    )
    left_out = max(0, len(rows) - _MOST_ROWS)
    rows = rows[:_MOST_ROWS]
    step = step_of(max(spread.highest for _, spread in rows) / 6)
    end = math.ceil(max(spread.highest for _, spread in rows) / step + 0.01) * step
    others = [cut for cut in cuts_of(reading) if cut[0] != whole.limit and cut[0] < end]
    left, right, top = LEFT + _NAME, RIGHT - 40, 30.0 + _LINE * len(others)
    base = top + ROW * len(rows)

    def place(value: float) -> float:
        return round(left + (right - left) * value / end, 1)

    cuts = [place(cut) for cut, _ in cuts_of(reading) if cut < end]
    marks, names, table = [], [], []
    for index, (name, spread) in enumerate(rows):
        y = top + ROW * index + ROW / 2
        names.append(at(LEFT + _NAME - 12, y + 4, wrapped(name, _NAME - 12, 1)[0]))
        for value, many in spread.holders:
            last = value == spread.highest
            marks.append(
                mark(
                    "dot",
                    place(value),
                    y,
                    3.4 + 1.4 * math.sqrt(many - 1),
                    label=number(value) if last else "",
                    strong=spread.limit is not None and value > spread.limit,
                    side=_side(place(value), number(value), cuts),
                )
            )
        figures = [spread.count, spread.lowest, spread.middle, spread.highest]
        past = [number(spread.past)] if spread.limit is not None else []
        table.append((brief(name, 80), *(number(figure) for figure in figures), *past))
    ticks = [
        at(place(step * index), base + 16, number(step * index))
        for index in range(int(end / step) + 1)
    ]
    for index, (cut, level) in enumerate(reversed(others)):
        y = 16 + _LINE * (index + 1)
        name = f"{level} over {number(cut)}"
        marks.append(mark("text", place(cut) - 4, y, label=name, side="left"))
        marks.append(mark("dash", place(cut), (y - 8 + base) / 2, 0.8, base - y + 8))
    lines = []
    if whole.limit is not None and whole.limit < end:
        text = f"{whole.level} over {number(whole.limit)}"
        lines.append(at(place(whole.limit), 16, text))
    worst, best = rows[0], min(rows, key=lambda row: (row[1].highest, row[0]))
    dimension = evidence.scopes.title(key)
    title = brief(str(reading.get("title") or reading.get("measure")), 140)
    sentence = (
        f"The highest single figure is {number(worst[1].highest)}, in {brief(worst[0], 60)}; "
        f"the lowest maximum is {number(best[1].highest)}, in {brief(best[0], 60)}."
    )
    if left_out:
        sentence += f" {left_out} more with lower maxima are not drawn."
    unit = str(reading.get("unit") or "value").replace("-", " ")
    heads = (dimension, "holders", "lowest", "middle", "highest")
    return Chart(
        kind="strips",
        number=figure,
        anchor=f"figure-{figure}",
        title=f"{title}: by {dimension}",
        alt=f"Dot chart, one row for each {dimension}, one dot for each figure held. {sentence}",
        sentence=sentence,
        axis=f"{unit} each; a larger dot is several holders with the same number",
        width=WIDTH,
        height=base + 40,
        base=base,
        marks=tuple(marks),
        ticks=tuple(ticks),
        rows=tuple(names),
        lines=tuple(lines),
        key=key_of(whole, "dots"),
        start=left,
        evidence=reference_of(reading, evidence),
        head=(*heads, f"over {number(whole.limit)}") if whole.limit is not None else heads,
        table=tuple(table),
    )


def _side(x: float, label: str, cuts: list[float]) -> str:
    """Right of the dot, or above it where a limit would cross the label."""
    end = x + 14 + 6.5 * len(label)
    return "above" if any(x + 4 <= cut <= end for cut in cuts) else "right"

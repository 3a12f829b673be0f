"""A measure's strip: a labelled dot for each council, in the region's order, on one scale.

Where there are more councils than a page can name, the dots stand on one another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.disclosure.figures import PERCENT
from selfassess.region.words import figure_words
from selfassess.report.drawing import WIDTH, Axis, at, mark, step_of, wrapped
from selfassess.report.parts_figures import Chart, Mark
from selfassess.report.text import brief
from selfassess.report.words import number

__all__ = ["KEY", "MANY", "strip"]

MANY = 30
"""More councils than this are not named one by one: no page would hold them."""
KEY = (
    "Each dot is a council, with its name before it and its figure behind it. A filled dot differs "
    "from the others together by more than chance, a pale one does not, a ring was not tested. The "
    "broken line is the middle figure. The order of councils is the same in every figure and says "
    f"nothing. Where more than {MANY} figures are shown, equal ones stand on one another without "
    "names; those that differ by more than chance are named."
)
_LEFT, _RIGHT, _LABEL = 214.0, 560.0, 614.0
_ROW, _TALL, _TOP = 19.0, 28.0, 30.0
_WIDE_LEFT, _WIDE_RIGHT = 24.0, 600.0
_DOT = 9.6
"""From the middle of a dot to that of its neighbour."""
_TALLEST = 170.0


def strip(item: Mapping[str, Any], figure: int, sentence: str) -> Chart | None:
    """Draw a comparison; None where fewer than two are shown, or very many and all the same."""
    rows = [row for row in item["councils"] if row["value"] is not None]
    if len(rows) < 2:
        return None
    unit = str(item["unit"])
    values = [float(row["value"]) for row in rows]
    if len(rows) > MANY:
        if min(values) == max(values):
            return None  # the sentence says it: a single pile shows nothing
        return _heap(item, rows, values, figure, sentence)
    names = [wrapped(str(row["council"]), _LEFT - 40) or ("?",) for row in rows]
    height = _ROW if max(map(len, names)) == 1 else _TALL
    axis, step = _axis(values, percent=unit in PERCENT)
    base = _TOP + height * len(rows) + 4
    marks: list[Mark] = []
    if item["middle"] is not None:
        x = axis.place(float(item["middle"]))
        marks.append(mark("dash", x, (_TOP + base) / 2, 1.2, base - _TOP, strong=True))
        words = f"middle {_short(float(item['middle']), unit)}"
        marks.append(at(min(max(x, _LEFT + 30), _RIGHT), _TOP - 8, words))
    for index, row in enumerate(rows):
        marks += _row(row, names[index], axis, _TOP + height * (index + 0.5), unit)
    listed = "; ".join(
        f"{brief(row['council'], 60)} {figure_words(float(row['value']), unit)}" for row in rows
    )
    alt = f"Dots on one scale, one for each council. {listed}."
    return _chart(item, figure, sentence, alt, marks, (axis, step, base))


def _heap(
    item: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    values: Sequence[float],
    figure: int,
    sentence: str,
) -> Chart:
    """Dots on one another: rings below, those that differ by more than chance on top."""
    unit = str(item["unit"])
    axis, step = _axis(values, percent=unit in PERCENT, across=(_WIDE_LEFT, _WIDE_RIGHT))
    heaps: dict[int, list[int]] = {}
    for row, value in zip(rows, values, strict=True):
        rank = 0 if row["beside"] is None else 1 + bool(row["beside"]["beyond_chance"])
        heaps.setdefault(round(axis.place(value) / _DOT), []).append(rank)
    highest = max(map(len, heaps.values()))
    apart = min(_DOT, _TALLEST / highest)
    base = _TOP + apart * highest + 4
    marks: list[Mark] = []
    if item["middle"] is not None:
        x = axis.place(float(item["middle"]))
        marks.append(mark("dash", x, (_TOP + base) / 2, 1.2, base - _TOP, strong=True))
        words = f"middle {_short(float(item['middle']), unit)}"
        marks.append(at(min(max(x, _WIDE_LEFT + 30), _WIDE_RIGHT - 30), _TOP - 8, words))
    for place, heap in sorted(heaps.items()):
        for level, rank in enumerate(sorted(heap)):
            y = base - apart * (level + 0.5)
            form = "dot" if rank else "ring"
            marks.append(mark(form, place * _DOT, y, 4.2, strong=rank > 1))
    alt = f"{len(rows)} dots on one scale, one for each council. {sentence}"
    return _chart(item, figure, sentence, alt, marks, (axis, step, base))


def _chart(
    item: Mapping[str, Any],
    figure: int,
    sentence: str,
    alt: str,
    marks: Sequence[Mark],
    scale: tuple[Axis, float, float],
) -> Chart:
    """A drawing with its axis, the step of its ticks and the height at which it lies."""
    axis, step, base = scale
    unit = str(item["unit"])
    suffix = "%" if unit in PERCENT else ""
    return Chart(
        kind="strip",
        number=figure,
        anchor=f"figure-{figure}",
        title=brief(str(item["title"]), 160),
        alt=alt,
        sentence=sentence,
        axis="" if suffix else unit.replace("-", " "),
        width=WIDTH,
        height=base + (22 if suffix else 40),
        base=base,
        start=axis.left,
        marks=tuple(marks),
        ticks=axis.ticks(base, step, suffix),
        rows=(),
        lines=(),
        key="",
        head=(),
        table=(),
    )


def _row(
    row: Mapping[str, Any], name: Sequence[str], axis: Axis, y: float, unit: str
) -> Sequence[Mark]:
    beside = row["beside"]
    form = "ring" if beside is None else "dot"
    return (
        *(
            mark(
                "text",
                _LEFT - 12,
                y + 4 + 12 * (line - (len(name) - 1) / 2),
                label=text,
                side="left",
            )
            for line, text in enumerate(name)
        ),
        mark("whisker", _LEFT, y, _RIGHT - _LEFT),
        mark(
            form,
            axis.place(float(row["value"])),
            y,
            4.6,
            strong=bool(beside and beside["beyond_chance"]),
        ),
        mark("text", _LABEL, y + 4, label=_short(float(row["value"]), unit), side="left"),
    )


def _short(value: float, unit: str) -> str:
    return figure_words(value, unit) if unit in PERCENT else number(value)


def _axis(
    values: Sequence[float], *, percent: bool, across: tuple[float, float] = (_LEFT, _RIGHT)
) -> tuple[Axis, float]:
    """Shares from 0 to 100 or to a round figure; others from nothing, or below where they are."""
    low, high = min(0.0, *values), max(values)
    step = step_of(max((high - low) / 5, 0.02), whole=high - low > 5)
    first = math.floor(low / step) * step
    last = max(math.ceil(high / step) * step, first + step)
    if percent:
        last = max(min(last, 100.0), high)
        if last < first + step:
            last = first + step
        last = first + math.ceil((last - first) / step - 1e-9) * step
    return Axis(first, last, *across), step

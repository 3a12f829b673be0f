"""Strips: each figure on a scale of its own beside England, the region and the neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selfassess.report.compared import LINE, Compared, points_of, short
from selfassess.report.drawing import WIDTH, Axis, at, mark, wrapped
from selfassess.report.parts_figures import Chart, Mark
from selfassess.report.text import brief
from selfassess.report.words import number, plural, value_words

__all__ = ["strip_chart"]

_ROW = 40.0
_TOP = 34.0
_LABELS, _STRIP, _TREND = (24.0, 190.0), (236.0, 462.0), (520.0, 586.0)
_KEY = (
    "◆ this council, △ England, ○ the region; the pale bar is the range of the statistical "
    "neighbours, the stroke in it their middle one. Every strip has its own scale, with its ends "
    "beside it."
)
_KEY_NATION = "◆ this council, △ England. Every strip has its own scale, with its ends beside it."
_KEY_LINE = (
    f" A broken stroke is the {LINE}: a quarter of the councils judged good or better lie beyond "
    "it too."
)


def strip_chart(rows: Sequence[Compared], figure: int) -> Chart:
    """Draw a strip for each figure; its table is that of the comparison."""
    local = any("region" in row.comparators for row in rows)
    marks: list[Mark] = [
        at(_STRIP[0] + (_STRIP[1] - _STRIP[0]) / 2, 14, "beside published figures")
    ]
    if local:
        marks.append(at((_TREND[0] + _TREND[1]) / 2 + 8, 14, "own published figures"))
    for index, row in enumerate(rows):
        marks += _strip(row, _TOP + _ROW * index + _ROW / 2)
    sentence = _sentence(rows)
    lined = any(row.line is not None for row in rows)
    return Chart(
        kind="benchmark",
        number=figure,
        anchor=f"figure-{figure}",
        title="Beside published figures",
        alt=f"Strip chart, one row for each of {plural(len(rows), 'readings')}. {sentence}",
        sentence=sentence,
        axis="",
        width=WIDTH,
        height=_TOP + _ROW * len(rows) + 6,
        base=0.0,
        marks=tuple(marks),
        ticks=(),
        rows=(),
        lines=(),
        key=(_KEY if local else _KEY_NATION) + (_KEY_LINE if lined else ""),
        head=(),
        table=(),
    )


def _strip(row: Compared, y: float) -> Iterable[Mark]:
    low, high = min(row.numbers), max(row.numbers)
    room = (high - low or abs(high) or 1.0) * 0.06
    axis = Axis(low - room, high + room, *_STRIP)
    lines = wrapped(row.title, _LABELS[1] - _LABELS[0])
    for index, text in enumerate(lines):
        top = y + 4 - 7 * (len(lines) - 1) + 14 * index
        yield mark("text", _LABELS[1], top, label=text, side="left")
    yield mark("whisker", _STRIP[0], y, _STRIP[1] - _STRIP[0])
    yield mark("text", _STRIP[0] - 6, y + 4, label=short(low, row.unit), side="left")
    yield mark("text", _STRIP[1] + 6, y + 4, label=short(high, row.unit), side="right")
    near = row.comparators.get("neighbours") or {}
    if near.get("low") is not None and near.get("high") is not None:
        left = axis.place(float(near["low"]))
        yield mark("range", left, y - 6, axis.place(float(near["high"])) - left, 12)
    if near.get("value") is not None:
        yield mark("tick", axis.place(float(near["value"])), y, 2.4, 14, strong=True)
    if row.line is not None:
        yield mark("dash", axis.place(row.line), y, 1.2, 26, strong=True)
    for kind, form in (("region", "ring"), ("england", "triangle")):
        item = row.comparators.get(kind) or {}
        if item.get("value") is not None:
            yield mark(form, axis.place(float(item["value"])), y, 4.2)
    yield mark(
        "diamond",
        axis.place(row.value),
        y,
        5.4,
        label=value_words(row.value, row.unit) if row.unit == "percent" else number(row.value),
        strong=True,
        side="above",
    )
    yield from _own(row, y)


def _own(row: Compared, y: float) -> Iterable[Mark]:
    """The council's own published figures as a small curve, broken where there is no figure."""
    points = [point.get("value") for point in points_of(row)]
    known = [float(value) for value in points if value is not None]
    if not known:
        return
    low, high = min(known), max(known)
    across = Axis(0, max(len(points) - 1, 1), *_TREND)
    up = Axis(low, high, y + 9, y - 9) if high > low else Axis(low - 1, low + 1, y + 9, y - 9)
    path, pen = "", "M"
    last = (0.0, 0.0, 0.0)
    for index, value in enumerate(points):
        if value is None:
            pen = "M"
            continue
        x, height = across.place(index), up.place(float(value))
        # A lone point between gaps would not show as a line, so it gets a short stroke.
        path += f"{pen}{x} {height}" + (f"h{0.1}" if pen == "M" else "")
        pen, last = "L", (x, height, float(value))
    yield mark("curve", _TREND[0], y, path=path)
    yield mark("dot", last[0], last[1], 2.6, label=short(last[2], row.unit), side="right")


def _sentence(rows: Sequence[Compared]) -> str:
    if len(rows) == 1:
        return _alone(rows[0])
    parts = []
    ranged = [row for row in rows if row.side()]
    if ranged:
        within = sum(row.side() == "within" for row in ranged)
        verb = "lies" if within == 1 else "lie"
        parts.append(
            f"Of {plural(len(ranged), 'figures')}, {number(within)} {verb} within the range of the "
            "statistical neighbours"
        )
        for side in ("above", "below"):
            if named := [_named(row) for row in ranged if row.side() == side]:
                parts[-1] += f"; {side} it: {', '.join(named)}"
    if past := [_named(row) for row in rows if row.past_line()]:
        parts.append(f"Past the {LINE}: {', '.join(past)}")
    elif any(row.line is not None for row in rows):
        parts.append(f"None lies past its {LINE}")
    return ". ".join(parts) + "." if parts else "England's figures are beside ours."


def _named(row: Compared) -> str:
    return f"{brief(row.title, 90)} ({short(row.value, row.unit)})"


def _alone(row: Compared) -> str:
    england = (row.comparators.get("england") or {}).get("value")
    near = row.comparators.get("neighbours") or {}
    text = f"{brief(row.title, 120)}: {short(row.value, row.unit)}"
    if england is not None:
        text += f", beside {short(float(england), row.unit)} in England"
    if row.side():
        text += (
            f"; {row.side()} the range of the statistical neighbours, "
            f"{short(float(near['low']), row.unit)} to {short(float(near['high']), row.unit)}"
        )
    if row.line is not None:
        text += f"; {'past' if row.past_line() else 'not past'} the {LINE}"
    return text + "."

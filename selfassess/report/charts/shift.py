"""Two views of the same work: shares, and how far the second view lay from the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.report.drawing import LEFT, RIGHT, ROW, WIDTH, Axis, at, mark, wrapped
from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import Chart, Mark
from selfassess.report.steps import Step, references
from selfassess.report.text import brief
from selfassess.report.words import number, value_words

__all__ = ["shift"]

_NAME = 190.0
_TOP, _TALL = 10.0, 90.0
_MOST = 15


def shift(
    spec: Mapping[str, Any], steps: Sequence[Step], evidence: Evidence, figure: int
) -> Chart | None:
    """Draw the shares as bars and the distances as columns; None without any distance."""
    key = evidence.key_of(str(spec.get("spread")), {})
    spread = evidence.readings.get(key) or {}
    moves = _moves(spread.get("profile") or ())
    if not moves or len(moves) > _MOST:
        return None
    words = {name: brief(str(spec.get(name) or name), 60) for name in ("above", "level", "below")}
    marks = _shares(steps)
    floor = _TOP + ROW * len(steps) + 24 + _TALL
    columns, ticks = _columns(moves, floor)
    sentence = _sentence(steps, moves, words)
    unit = brief(str(spread.get("unit") or "points").replace("-", " "), 40)
    return Chart(
        kind="shift",
        number=figure,
        anchor=f"figure-{figure}",
        title=brief(str(spec.get("title") or "Two views"), 140),
        alt=f"Bars of shares, then columns by distance in {unit}. {sentence}",
        sentence=sentence,
        axis=unit,
        width=WIDTH,
        height=floor + 40,
        base=floor,
        start=LEFT,
        marks=(*marks, *columns),
        ticks=ticks,
        rows=(),
        lines=(),
        key=f"Columns right of 0: {words['above']}; left of it: {words['below']}.",
        head=("what", "number", "share"),
        table=(*_share_rows(steps), *_move_rows(moves, unit)),
        evidence=references(steps, evidence, key),
        note=brief(str(spec.get("note") or ""), 400),
    )


def _moves(profile: Sequence[Sequence[float]]) -> list[tuple[float, int]]:
    """The distances with their counts; whole ones without a gap, and one to each side of none."""
    found = {float(value): int(rows) for value, rows in profile}
    if found and all(value == int(value) for value in found):
        low, high = min(-1, int(min(found))), max(1, int(max(found)))
        if high - low < _MOST:
            found |= {float(at): found.get(float(at), 0) for at in range(low, high + 1)}
    return sorted(found.items())


def _shares(steps: Sequence[Step]) -> list[Mark]:
    axis = Axis(0, 100, LEFT + _NAME, RIGHT - 110)
    marks: list[Mark] = []
    for index, step in enumerate(steps):
        y = _TOP + ROW * index + ROW / 2
        name = wrapped(step.title, _NAME - 14, 1)[0]
        marks.append(mark("text", axis.left - 10, y + 4, label=name, side="left"))
        if step.value is None:
            marks.append(mark("text", axis.left, y + 4, label="no figure", side="right"))
            continue
        wide = max(axis.place(step.value) - axis.left, 1)
        label = value_words(step.value, step.unit)
        if step.numerator is not None and step.base is not None:
            label += f", {number(step.numerator)} of {number(step.base)}"
        marks.append(mark("bar", axis.left, y - 7, wide, 14, label=label, side="right"))
    return marks


def _columns(
    moves: Sequence[tuple[float, int]], floor: float
) -> tuple[list[Mark], tuple[Mark, ...]]:
    wide = (RIGHT - LEFT) / max(len(moves), 5)
    most = max(rows for _, rows in moves)
    marks, ticks = [], []
    for index, (value, rows) in enumerate(moves):
        tall = round(_TALL * 0.8 * rows / most, 1)
        left = LEFT + index * wide + wide * 0.2
        marks.append(
            mark(
                "bar",
                left,
                floor - tall,
                wide * 0.6,
                tall,
                label=number(rows),
                strong=value != 0,
                side="above",
            )
        )
        ticks.append(at(left + wide * 0.3, floor + 16, _signed(value)))
    return marks, tuple(ticks)


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")


def _share_rows(steps: Sequence[Step]) -> list[tuple[str, ...]]:
    return [
        (
            step.title,
            "–"
            if step.numerator is None or step.base is None
            else f"{number(step.numerator)} of {number(step.base)}",
            "no figure" if step.value is None else value_words(step.value, step.unit),
        )
        for step in steps
    ]


def _move_rows(moves: Sequence[tuple[float, int]], unit: str) -> list[tuple[str, ...]]:
    count = sum(rows for _, rows in moves)
    return [
        (
            f"{_signed(value)} {unit}",
            number(rows),
            f"{number(100 * rows / count, 'percent')}%",
        )
        for value, rows in moves
    ]


def _sentence(
    steps: Sequence[Step], moves: Sequence[tuple[float, int]], words: Mapping[str, str]
) -> str:
    count = sum(rows for _, rows in moves)
    above = sum(rows for value, rows in moves if value > 0)
    below = sum(rows for value, rows in moves if value < 0)
    shares = ", ".join(
        f"{step.title[:1].lower()}{step.title[1:]} {value_words(step.value, step.unit)}"
        for step in steps
        if step.value is not None
    )
    text = (
        f"Of {number(count)} pairs, {words['above']} in {number(above)}, {words['level']} in "
        f"{number(count - above - below)}, {words['below']} in {number(below)}"
    )
    return f"{text}; {shares}." if shares else f"{text}."

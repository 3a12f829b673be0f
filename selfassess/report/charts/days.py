"""Charts of time: how many are done by each day, and how long each step of a way takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.report.drawing import LEFT, RIGHT, ROW, WIDTH, Axis, at, mark, step_of, wrapped
from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import Chart, Mark
from selfassess.report.steps import Step, percentile, references, unit_words
from selfassess.report.text import brief
from selfassess.report.words import number

__all__ = ["curve", "journey"]

_NAME = 170.0
_TOP, _BASE = 40.0, 170.0
_REACH = 97
"""The axis of a curve ends past this percentile: a few very long waits would flatten the rest."""


def curve(
    spec: Mapping[str, Any], steps: Sequence[Step], evidence: Evidence, figure: int
) -> Chart | None:
    """Draw which share is done within each number of days; a step without a profile is left out."""
    drawn = [step for step in steps if len(step.profile) > 1]
    if not drawn:
        return None
    line = spec.get("line")
    limit = None if line is None else float(line)
    end = max(percentile(step.profile, _REACH) or 0 for step in drawn)
    end = max(end, (limit or 0) * 1.25)
    by = step_of(end / 10)
    alone = len(drawn) == 1
    axis = Axis(0, by * (int(end / by) + 1), LEFT + 42, RIGHT if alone else RIGHT - 110)
    marks: list[Mark] = []
    for share, text in ((100, "all"), (90, "nine in ten"), (50, "half")):
        y = _height(share)
        marks.append(mark("whisker", axis.left, y, axis.right - axis.left))
        marks.append(mark("text", axis.left - 6, y + 4, label=text, side="left"))
    for index, step in enumerate(drawn):
        marks += _curve(step, axis, strong=index == 0, named=not alone)
    lines = []
    title = brief(str(spec.get("line_title") or "limit"), 40)
    if limit is not None:
        lines.append(at(axis.place(limit), 24, f"{number(limit)}: {title}"))
    unit = unit_words(drawn[0].unit)
    sentence = " ".join(_done(step, limit, title) for step in drawn)
    cuts = sorted({*_cuts(axis, by), *([limit] if limit is not None else [])})
    name = brief(str(spec.get("title") or drawn[0].title), 140)
    return Chart(
        kind="curve",
        number=figure,
        anchor=f"figure-{figure}",
        title=name,
        alt=f"Curve of the share done within each number of {unit}. {sentence}",
        sentence=sentence,
        axis=f"{unit}; the curve rises by one case at a time",
        width=WIDTH,
        height=_BASE + 40,
        base=_BASE,
        start=axis.left,
        marks=tuple(marks),
        ticks=axis.ticks(_BASE, by),
        rows=(),
        lines=tuple(lines),
        key="",
        head=(f"within {unit}", *(step.title for step in drawn)),
        table=tuple(
            (number(cut), *(f"{number(_share(step, cut), 'percent')}%" for step in drawn))
            for cut in cuts
        ),
        evidence=references(drawn, evidence),
        note=" ".join(
            filter(None, [_beyond(drawn, axis), brief(str(spec.get("note") or ""), 400)])
        ),
    )


def _beyond(drawn: Sequence[Step], axis: Axis) -> str:
    """How many took longer than the axis shows."""
    rows = sum(rows for step in drawn for value, rows in step.profile if value > axis.high)
    return f"{number(rows)} took longer than the axis shows." if rows else ""


def _height(share: float) -> float:
    return _BASE - (_BASE - _TOP) * share / 100


def _share(step: Step, days: float) -> float:
    count = sum(rows for _, rows in step.profile)
    return 100 * sum(rows for value, rows in step.profile if value <= days) / count


def _cuts(axis: Axis, by: float) -> list[float]:
    """The ticks of the axis, every second one where there are many."""
    count = int(round(axis.high / by, 6))
    return [by * index for index in range(1, count + 1) if count < 8 or index % 2 == 0]


def _curve(step: Step, axis: Axis, *, strong: bool, named: bool) -> list[Mark]:
    path = f"M{axis.left} {_height(0)}"
    count, seen = sum(rows for _, rows in step.profile), 0
    for value, rows in step.profile:
        if value > axis.high:
            break
        seen += rows
        path += f"H{axis.place(value)}V{round(_height(100 * seen / count), 1)}"
    path += f"H{axis.right}"
    y = _height(100 * seen / count)
    marks = [mark("curve", axis.left, y, path=path, strong=strong)]
    for index, label in enumerate(wrapped(step.title, 100) if named else ()):
        marks.append(mark("text", axis.right + 6, y + 4 + 13 * index, label=label, side="right"))
    return marks


def _done(step: Step, limit: float | None, title: str) -> str:
    count = sum(rows for _, rows in step.profile)
    unit = unit_words(step.unit)
    text = (
        f"Of {number(count)} {step.title[:1].lower()}{step.title[1:]}, half took at most "
        f"{number(_within(step, 50))} {unit} and nine in ten at most {number(_within(step, 90))}"
    )
    if limit is not None:
        past = sum(rows for value, rows in step.profile if value > limit)
        share = number(100 * past / count, "percent")
        text += f"; {number(past)} ({share}%) took more than {number(limit)}, the {title}"
    return f"{text}; the longest took {number(step.profile[-1][0])}."


def _within(step: Step, percent: int) -> float:
    """The smallest number of days within which that share is done."""
    count, seen = sum(rows for _, rows in step.profile), 0
    for value, rows in step.profile:
        seen += rows
        if seen * 100 >= percent * count:
            return value
    return step.profile[-1][0]


def journey(
    spec: Mapping[str, Any], steps: Sequence[Step], evidence: Evidence, figure: int
) -> Chart | None:
    """Draw the middle value and the slowest tenth of each step; a step without figure is a gap."""
    known = [step for step in steps if step.value is not None]
    if not known:
        return None
    top = 12.0
    base = top + ROW * len(steps)
    highest = max(max(step.value or 0, step.slowest or 0) for step in known)
    by = step_of(highest / 8)
    axis = Axis(0, by * (int(highest / by) + 1), LEFT + _NAME, RIGHT - 30)
    marks: list[Mark] = []
    table = []
    for index, step in enumerate(steps):
        y = top + ROW * index + ROW / 2
        marks.append(
            mark(
                "text",
                axis.left - 10,
                y + 4,
                label=wrapped(step.title, _NAME - 14, 1)[0],
                side="left",
            )
        )
        marks += _stage(step, axis, y)
        table.append(
            (
                step.title,
                "no figure" if step.value is None else number(round(step.value, 1)),
                "no figure" if step.slowest is None else number(round(step.slowest, 1)),
                "–" if step.base is None else number(step.base),
                step.when or "–",
            )
        )
    unit = unit_words(known[0].unit)
    sentence = _stages(steps, unit)
    return Chart(
        kind="journey",
        number=figure,
        anchor=f"figure-{figure}",
        title=brief(str(spec.get("title") or "Step by step"), 140),
        alt=f"Bar chart of {unit} for each step, with the slowest tenth. {sentence}",
        sentence=sentence,
        axis=unit,
        width=WIDTH,
        height=base + 40,
        base=base,
        start=axis.left,
        marks=tuple(marks),
        ticks=axis.ticks(base, by),
        rows=(),
        lines=(),
        key="Bars end at the middle value, the thin lines where the slowest tenth begins.",
        head=("step", f"middle, {unit}", "slowest tenth from", "base", "period"),
        table=tuple(table),
        evidence=references(steps, evidence),
        note=brief(str(spec.get("note") or ""), 400),
    )


def _stage(step: Step, axis: Axis, y: float) -> list[Mark]:
    if step.value is None:
        return [mark("text", axis.left + 4, y + 4, label="no figure", side="right")]
    end = axis.place(step.value)
    marks = [mark("bar", axis.left, y - 7, max(end - axis.left, 1), 14, strong=True)]
    label = number(round(step.value, 1))
    if step.slowest is not None and step.slowest > step.value:
        far = axis.place(step.slowest)
        marks.append(mark("whisker", end, y, far - end, strong=True))
        marks.append(mark("tick", far, y, 2, 12, strong=True))
        label, end = f"{label}, slowest tenth {number(round(step.slowest, 1))}", far
        if far > axis.right - 130:
            return [*marks, mark("text", end, y - 9, label=label, side="left")]
    return [*marks, mark("text", end + 6, y + 4, label=label, side="right")]


def _stages(steps: Sequence[Step], unit: str) -> str:
    parts = []
    for step in steps:
        name = f"{step.title[:1].lower()}{step.title[1:]}"
        if step.value is None:
            parts.append(f"{name}: no figure")
            continue
        text = f"{name}: half within {number(round(step.value, 1))}"
        if step.slowest is not None:
            text += f", one in ten {number(round(step.slowest, 1))} or more"
        parts.append(text)
    joined = "; ".join(parts)
    return f"In {unit}, {joined}."

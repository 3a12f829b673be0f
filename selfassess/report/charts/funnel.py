"""A funnel: how many come to each step, honest about periods and about whom it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.report.drawing import LEFT, ROW, WIDTH, Axis, mark, wrapped
from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import Chart, Mark
from selfassess.report.steps import Step, references
from selfassess.report.text import brief
from selfassess.report.words import number

__all__ = ["funnel"]

_NAME = 176.0
_BARS = (LEFT + _NAME, 460.0)
_TOP = 10.0


def funnel(
    spec: Mapping[str, Any], steps: Sequence[Step], evidence: Evidence, figure: int
) -> Chart | None:
    """Draw counts of step after step; fewer than two are no funnel."""
    known = [step for step in steps if step.value is not None]
    if len(known) < 2:
        return None
    axis = Axis(0, max(step.value or 0 for step in known), *_BARS)
    marks: list[Mark] = []
    table = []
    for index, step in enumerate(steps):
        y = _TOP + ROW * index + ROW / 2
        for text in wrapped(step.title, _NAME - 14, 1):
            marks.append(mark("text", _BARS[0] - 10, y + 4, label=text, side="left"))
        before = steps[index - 1] if index else None
        told = _ratio(before, step)
        shown = "no figure" if step.value is None else number(step.value)
        if step.value is None:
            marks.append(mark("text", _BARS[0], y + 4, label=shown, side="right"))
        else:
            wide = axis.place(step.value) - _BARS[0]
            label = f"{shown} · {told} for each 100" if told else shown
            marks.append(mark("bar", _BARS[0], y - 8, max(wide, 1), 16, label=label, side="right"))
        table.append((step.title, shown, told or "–", step.when or "–"))
    sentence = _sentence(steps)
    title = brief(str(spec.get("title") or "Step by step"), 140)
    return Chart(
        kind="funnel",
        number=figure,
        anchor=f"figure-{figure}",
        title=title,
        alt=f"Bar chart, one bar for each step. {sentence}",
        sentence=sentence,
        axis="",
        width=WIDTH,
        height=_TOP + ROW * len(steps) + 8,
        base=0.0,
        marks=tuple(marks),
        ticks=(),
        rows=(),
        lines=(),
        key="",
        head=("step", "number", "for each 100 of the step before", "period"),
        table=tuple(table),
        evidence=references(steps, evidence),
        note=brief(str(spec.get("note") or ""), 400),
    )


def _ratio(before: Step | None, step: Step) -> str:
    """How many for each hundred of the step before; only where both count the same months."""
    if before is None or step.value is None or not before.value or before.when != step.when:
        return ""
    return number(round(100 * step.value / before.value, 1))


def _sentence(steps: Sequence[Step]) -> str:
    known = [step for step in steps if step.value is not None]
    told = ", ".join(f"{number(step.value or 0)} {_lower(step.title)}" for step in known)
    missing = [_lower(step.title) for step in steps if step.value is None]
    periods = {step.when for step in known}
    if len(periods) == 1:
        text = f"{periods.pop()}: {told}. The steps count the same months"
    else:
        text = f"{told[:1].upper()}{told[1:]}. The steps count different periods"
    text += ", not one group of children followed through"
    return f"{text}; no figure for {', '.join(missing)}." if missing else f"{text}."


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]

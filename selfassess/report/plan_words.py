"""How the improvement plan stands as a whole, in a few sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.report.words import number, plural

__all__ = ["limits_words", "plan_words"]

_COLOURS = ("red", "amber", "green", "blue", "none")
_WAY = re.compile(r"the tolerance and ([\d.]+%) of the way")
_IMPACTS = ("reversed", "none-yet", "emerging", "sustained", "not-due")


def plan_words(assessment: Mapping[str, Any]) -> Iterable[str]:
    """Colours, impact, what is late, and how many weaknesses nobody works on."""
    plan: Sequence[Mapping[str, Any]] = assessment.get("plan") or ()
    if not plan:
        yield "No action is planned."
    elif all("rag" in each and "impact" in each for each in plan):
        labels = {str(each["rag"]): str(each.get("rag_label") or each["rag"]) for each in plan}
        colours = _counted((str(each["rag"]) for each in plan), _COLOURS)
        shown = ", ".join(f"{number(n)} {labels[key].lower()}" for key, n in colours)
        yield f"{plural(len(plan), 'actions')}: {shown}."
        impacts = _counted((str(each["impact"]) for each in plan), _IMPACTS)
        words = ", ".join(f"{key.replace('-', ' ')} {number(n)}" for key, n in impacts)
        yield f"Impact on children, which is kept apart from delivery: {words}."
        late = sum("overdue" in (each.get("flags") or ()) for each in plan)
        moved = sum(bool(each.get("moves")) for each in plan)
        if late or moved:
            yield f"{number(late)} overdue; {number(moved)} with a due date that was moved."
    else:
        yield f"{plural(len(plan), 'actions')}."
    if nobody := len(assessment.get("unplanned") or ()):
        verb, them = ("has", "it") if nobody == 1 else ("have", "them")
        yield (
            f"{plural(nobody, 'weaknesses')} that the evidence shows {verb} no action that works "
            f"on {them}."
        )


def limits_words(assessment: Mapping[str, Any]) -> str:
    """What the brackets behind a measure say, and how far amber goes; nothing without a store."""
    for action in assessment.get("plan") or ():
        for measure in action.get("success") or ():
            if found := _WAY.search(str(measure.get("text") or "")):
                return (
                    "In brackets: how far behind its trajectory a measure may be and still be "
                    "green, which is its tolerance, and how far and still be amber, which is "
                    f"{found[1]} of the way from baseline to target on top of it."
                )
    return ""


def _counted(found: Iterable[str], order: Sequence[str]) -> list[tuple[str, int]]:
    counts = Counter(found)
    known = [(key, counts.pop(key)) for key in order if key in counts]
    return known + sorted(counts.items())

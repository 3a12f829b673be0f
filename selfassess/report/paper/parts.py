"""What a committee's paper says alike of the council's own assessment and of a copy."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from selfassess.report.appendices import published_of
from selfassess.report.notes import ADVERSE
from selfassess.report.paper.context import Room
from selfassess.report.parts import Action
from selfassess.report.text import brief
from selfassess.report.words import (
    value_words,
)

__all__ = [
    "HEARD",
    "beside",
    "chosen",
    "compared",
    "framework_paper",
    "published_papers",
    "shortened",
    "spoken",
    "uncompared",
    "weight",
]

HEARD = ("child", "family")
"""Whose absence a committee has to be told of."""
_ASIDE = re.compile(r"\s*\([^()]*\)\.?\Z")
"""What stands in brackets at the end of a text."""
_AGAINST = ("england", "region", "neighbours")

T = TypeVar("T")


def weight(reading: Mapping[str, Any]) -> tuple[int, int]:
    """Where a reading stands among all: the worst first, then those compared."""
    signal = reading.get("signal")
    worst = ADVERSE.index(signal) if signal in ADVERSE else len(ADVERSE) + (signal is None)
    return (worst, 0 if compared(reading) else 1)


def chosen(found: Sequence[T], reading: Callable[[T], Mapping[str, Any]]) -> list[T]:
    """Figures in the order in which there is room for them: in turn one of the worst, one compared.

    Whoever reads ten figures must not read only those that somebody publishes, nor only bad ones.
    """
    worst = sorted(found, key=lambda one: weight(reading(one)))
    beside_others = iter([one for one in worst if compared(reading(one))])
    order: list[T] = []
    for one in worst:
        order += [each for each in (one, next(beside_others, None)) if each is not None]
    return list({id(each): each for each in order}.values())


def beside(reading: Mapping[str, Any]) -> tuple[str, str]:
    """England's figure, and the region's and neighbours'."""
    unit = str(reading.get("unit") or "")
    found: dict[str, str] = {}
    for each in reading.get("comparators") or ():
        if each.get("value") is not None and each.get("kind") in _AGAINST:
            period = brief(str(each.get("period") or ""), 30)
            label = {"neighbours": "neighbours’ middle"}.get(
                str(each["kind"]), brief(str(each.get("label") or ""), 30)
            )
            shown = value_words(float(each["value"]), unit)
            found[str(each["kind"])] = (
                f"{shown} ({period})" if each["kind"] == "england" else f"{label} {shown}"
            )
    rest = [found[kind] for kind in ("region", "neighbours") if kind in found]
    return found.get("england", ""), "; ".join(rest)


def spoken(assessment: Mapping[str, Any]) -> set[str]:
    """The voices in the evidence."""
    found = {str(each.get("voice")) for each in assessment.get("register") or ()}
    return found | {
        str(each.get("voice"))
        for each in assessment.get("readings") or ()
        if each.get("value") is not None
    }


def shortened(action: Action, room: Room) -> Action:
    """An action as there is room for it."""
    return replace(
        action,
        title=brief(action.title, room.title),
        owner=brief(action.owner, 60),
        outcome=brief(action.outcome, room.text),
        impact=action.impact.removeprefix("Impact: "),
        moves=tuple(brief(_ASIDE.sub("", line), room.text) for line in action.moves[:2]),
        flags=tuple(brief(line, room.text) for line in action.flags[:2]),
        rule=brief(action.rule, room.text),
        moved=brief(action.moved, room.text),
    )


def compared(reading: Mapping[str, Any]) -> bool:
    """Whether a published figure stands beside it."""
    return any(
        each.get("value") is not None and each.get("kind") in _AGAINST
        for each in reading.get("comparators") or ()
    )


def published_papers(assessment: Mapping[str, Any]) -> list[str]:
    """Whose published figures stand beside these."""
    any_compared = any(compared(each) for each in assessment.get("readings") or ())
    return list(published_of(assessment)) if any_compared else []


def uncompared(assessment: Mapping[str, Any]) -> list[str]:
    """That no published figure stands beside any, if so."""
    if any(compared(each) for each in assessment.get("readings") or ()):
        return []
    return ["No figure here is set beside a published one."]


def framework_paper(source: Mapping[str, Any]) -> list[str]:
    """The framework among the background papers."""
    words = [str(source.get(key) or "") for key in ("publisher", "title", "url")]
    if not any(words):
        return []
    return [": ".join(filter(None, words[:2])) + (f", {words[2]}" if words[2] else "")]

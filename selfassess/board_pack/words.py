"""States, dates and colours of an action in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selfassess.report.actions import SHAPES, dated
from selfassess.report.parts import Phrase
from selfassess.report.text import brief
from selfassess.report.words import date_words, plural

__all__ = ["colour_of", "dated", "delivery_of", "due_of", "impact_of", "moved_of", "state_of"]


def colour_of(item: Mapping[str, Any], key: str = "rag", label: str = "rag_label") -> Phrase:
    """A colour as shape and word, by the council's own name for it."""
    shape, tone = SHAPES[str(item[key])]
    word = brief(str(item[label]), 40)
    return Phrase(word=word[:1].lower() + word[1:], shape=shape, tone=tone)


def delivery_of(item: Mapping[str, Any]) -> str:
    """Where delivery stands, with its day."""
    state = str(item["delivery"]).replace("-", " ")
    if item.get("closed"):
        again = date_words(item.get("retest"), short=True)
        retest = f", to be tested again {again}" if again else ""
        return f"{state}; closed {date_words(item['closed'], short=True)}{retest}"
    if item["delivery"] in ("delivered", "embedded") and item.get("delivered"):
        state += f" {date_words(item['delivered'], short=True)}"
    if item.get("reopened"):
        state += f"; reopened {date_words(item['reopened'][-1], short=True)}"
    return state


def impact_of(item: Mapping[str, Any]) -> str:
    """Where impact stands."""
    return str(item.get("impact") or "not said").replace("-", " ")


def state_of(item: Mapping[str, Any]) -> str:
    """Delivery and impact beside one another, shortly."""
    state = str(item["delivery"]).replace("-", " ")
    if item.get("closed"):
        state = f"closed {date_words(item['closed'], short=True)}"
    elif item["delivery"] in ("delivered", "embedded") and item.get("delivered"):
        state += f" {date_words(item['delivered'], short=True)}"
    return f"{state[:1].upper()}{state[1:]}; impact {impact_of(item)}."


def due_of(item: Mapping[str, Any]) -> str:
    """The current due date, with the first one where it was moved."""
    due = date_words(item.get("due"), short=True)
    if not due:
        return "no date set"
    first = item.get("due_baseline")
    if first and first != item.get("due"):
        return f"{due}, first {date_words(first, short=True)}"
    return due


def moved_of(times: int, drift: int) -> str:
    """How often a date was moved, and by how much in all; nothing where it was not."""
    if not times:
        return ""
    often = "once" if times == 1 else "twice" if times == 2 else f"{times} times"
    way = "later" if drift >= 0 else "earlier"
    return f"moved {often}, {plural(abs(drift), 'days')} {way}"

"""States, dates and colours of an action in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from selfassess.report.actions import SHAPES, dated
from selfassess.report.parts import Phrase
from selfassess.report.text import brief
from selfassess.report.words import date_words, plural

__all__ = [
    "clauses",
    "colour_of",
    "dated",
    "delivery_of",
    "due_of",
    "impact_of",
    "moved_of",
    "named",
    "state_of",
]


def clauses(text: str, limit: int) -> str:
    """A text without its last clauses where there is no room for them; they stand further on."""
    whole = text
    while len(text) > limit and "; " in text:
        text = text.rpartition("; ")[0]
    if len(text) > limit or text == whole:
        return brief(whole, limit)
    return f"{text}."


def colour_of(item: Mapping[str, Any], key: str = "rag", label: str = "rag_label") -> Phrase:
    """A colour as shape and word, by the council's own name for it."""
    shape, tone = SHAPES[str(item[key])]
    word = brief(str(item[label]), 40)
    return Phrase(word=word[:1].lower() + word[1:], shape=shape, tone=tone)


def named(text: str, item: Mapping[str, Any]) -> str:
    """A sentence with the titles of an action's success measures in place of their ids."""
    for each in item.get("success") or ():
        title = brief(str(each.get("title") or ""), 120)
        ids = [str(each[key]) for key in ("reading", "id") if each.get(key)]
        for name in ids if title else ():
            word = rf"(?<![\w.-]){re.escape(name)}(?![\w-])"
            text = re.sub(word, title.replace("\\", r"\\"), text)
    return text


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

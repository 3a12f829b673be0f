"""Sentences of findings: the number, its scope, its base and what it is compared with.

Never a grade: figures and voices are stated, what they mean for a grade is nobody's but people's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from selfassess.judging.bands import ADVERSE_LEVELS, cut_of
from selfassess.judging.items import Item
from selfassess.judging.scopes import AGENCY, COUNCIL
from selfassess.model.common import MONTHS, VOICES, Scope
from selfassess.model.measure import Band, Dimension, Reading

__all__ = [
    "band_sentence",
    "entry_sentence",
    "figure",
    "number",
    "reading_sentence",
    "scope_words",
]

_LINES = {
    "attention": "the line for attention",
    "concern": "the concern line",
    "critical": "the critical line",
}


def number(value: float) -> str:
    """A number as people write it: no needless decimals, at most two."""
    return _plain(f"{value:,.2f}")


def percent(value: float, cuts: Iterable[float] = ()) -> str:
    """A percentage with one decimal; none where it is whole.

    Two where one would hide that it is not nought or not all, or on which side of a cut it lies.
    """
    if value == round(value):
        return f"{value:,.0f}%".replace("-0%", "0%")
    short = f"{value:,.1f}"
    shown = float(short.replace(",", ""))
    if shown in (0, 100) or any((value < cut) != (shown < cut) for cut in cuts):
        return f"{_plain(f'{value:,.2f}')}%"
    return f"{short}%"


def _plain(text: str) -> str:
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def day(date: dt.date) -> str:
    """A day: ``21 August 2026``."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def figure(value: float, unit: str, band: Band | None = None) -> str:
    """A value with its unit: ``17%``, ``65 children``; beside a band as exact as its cuts ask."""
    if unit == "percent":
        return percent(value, _edges(band))
    words = unit.replace("-", " ")
    if value == 1:
        words = {
            "children": "child",
            "cases": "case",
            "contacts": "contact",
            "workers": "worker",
            "working days": "working day",
            "days": "day",
        }.get(words, words)
    return f"{number(value)} {words}"


def _edges(band: Band | None) -> Iterable[float]:
    if band is None:
        return
    for name in ("strong", *ADVERSE_LEVELS):
        cut = cut_of(band, name)
        yield from (edge for edge in (cut.low, cut.high) if edge is not None) if cut else ()


def scope_words(where: Scope, dimensions: Mapping[str, Dimension]) -> str:
    """A scope in words: ``hub colour amber, team north``; nothing for the whole."""
    parts = []
    for key, value in where:
        if key == AGENCY and value == COUNCIL:
            continue
        dimension = dimensions.get(key)
        title = dimension.title if dimension else key
        shown = dimension.titles.get(value, value) if dimension else value
        parts.append(f"{title[:1].lower()}{title[1:]} {shown}")
    return ", ".join(parts)


def reading_sentence(item: Item, dimensions: Mapping[str, Dimension], *, rate: bool) -> str:
    """A reading in words: title, scope, value, base, earlier value, comparator."""
    judged = item.judged
    if judged is None or judged.reading.value is None:
        return ""
    reading = judged.reading
    scope = scope_words(reading.where, dimensions)
    text = f"{reading.title}{f' ({scope})' if scope else ''}: {_value(reading, judged.judged_by)}"
    text += _base(reading, rate=rate)
    if judged.baseline is not None and judged.baseline != reading.value:
        when = "earlier" if judged.baseline_date is None else f"on {day(judged.baseline_date)}"
        text += f", from {figure(judged.baseline, reading.unit)} {when}"
    if reading.comparator is not None:
        text += f"; published beside it: {figure(reading.comparator, reading.unit)}"
    return text + "."


def _base(reading: Reading, *, rate: bool) -> str:
    """What a figure rests on: ``, 34 of 40`` for a share, ``, of 412`` for a count."""
    top, base = reading.numerator, reading.denominator
    if base is None:
        return ", base not stated" if rate else ""
    if top is not None and reading.unit == "percent":
        return f", {number(top)} of {number(base)}"
    if top is not None and top == reading.value:
        return f", of {number(base)}"
    return f", on a base of {number(base)}"


def _value(reading: Reading, band: Band | None) -> str:
    value = reading.value or 0.0
    if reading.low is not None and reading.high is not None:
        middle = (reading.low + reading.high) / 2
        low, high = number(reading.low), figure(reading.high, reading.unit)
        return f"{low} to {high}, in the middle {number(middle)}, read at {number(value)}"
    return figure(value, reading.unit, band)


def band_sentence(band: Band | None, unit: str, signal: str | None, reference: float | None) -> str:
    """What the band asks, and the line that was passed; nothing where no line was."""
    if band is None or signal not in ADVERSE_LEVELS:
        return ""
    sign = "%" if unit == "percent" else ""
    mild = next((cut for name in reversed(ADVERSE_LEVELS) if (cut := cut_of(band, name))), None)
    passed = cut_of(band, signal)
    if mild is None:
        return ""
    asked = mild.asks(reference)
    text = f"The band ({band.basis}) asks {'for none' if asked == 'at most 0' else asked + sign}"
    if passed is None:  # the trend, not the level, gave the signal
        return f"{text}."
    if passed != mild:
        text += f"; {passed.text(reference)}{sign} is {_LINES[signal]}"
    return f"{text}."


def entry_sentence(item: Item, dimensions: Mapping[str, Dimension]) -> str:
    """An entry in words: whose voice, what was said, of what part, when."""
    entry = item.entry
    if entry is None:
        return ""
    parts = [scope_words(item.where, dimensions)]
    if entry.sample is not None:
        parts.append(f"sample of {entry.sample}")
    if entry.date is not None:
        parts.append(day(entry.date))
    details = ", ".join(part for part in parts if part)
    said = entry.text.strip().rstrip(".")
    return f"{VOICES[entry.voice]}: “{said}”{f' ({details})' if details else ''}."


def listing(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} and {found[-1]}"

"""Dates as letters write them: ``14 to 25 October 2024``, ``by 5 March 2025``."""

from __future__ import annotations

import datetime as dt
import re

from selfassess.letters.sections import says
from selfassess.model.common import MONTHS
from selfassess.model.letters import LetterForm

__all__ = ["alone", "answer_due", "span"]

_MONTHS = tuple(month.casefold() for month in MONTHS)
_MONTH = "|".join(_MONTHS)
_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)?\s*(\d{1,2})(?:st|nd|rd|th)?"
_ONE = rf"{_DAY}\s+({_MONTH})\s+(\d{{4}})"
_RANGE = re.compile(
    rf"\b{_DAY}(?:\s+({_MONTH})(?:\s+(\d{{4}}))?)?\s*(?:to|and|until|-|\u2013|\u2014)\s*{_ONE}\b",
    re.IGNORECASE,
)

_LONGEST = 92
"""Days between the first and the last day of a visit; more is two dates, not one span."""


def span(text: str) -> tuple[dt.date, dt.date] | None:
    """The first span of days in a text."""
    for match in _RANGE.finditer(text):
        end = _date(match[4], match[5], match[6])
        start = _date(match[1], match[2] or match[5], match[3] or match[6])
        if start and end and start > end and not match[3]:  # December to January
            start = _date(match[1], match[2] or match[5], str(end.year - 1))
        if start and end and 0 <= (end - start).days <= _LONGEST:
            return start, end
    return None


def alone(text: str) -> dt.date | None:
    """The date that a line consists of, perhaps after a word such as ``Published:``."""
    match = re.fullmatch(rf"(?:[a-z ]{{2,25}}:)?\s*{_ONE}\.?", text.strip(), re.IGNORECASE)
    return _date(match[1], match[2], match[3]) if match else None


def answer_due(text: str, form: LetterForm) -> dt.date | None:
    """The day by which a text says that an answer is due; None where it says nothing of one.

    The sentence that speaks of the answer, or the one after it, names the day.
    """
    asked = False
    for sentence in re.split(r"(?<=[^\W_]|\))\.\s+(?=[A-Z])", text):
        speaks = any(says(sentence, phrase) for phrase in form.statement)
        if speaks or asked:
            for word in ("by", "no later than", "before"):
                if day := _date_after(sentence, word):
                    return day
        asked = speaks
    return None


def _date_after(text: str, word: str) -> dt.date | None:
    """The first date that directly follows a word."""
    match = re.search(rf"\b{re.escape(word)}\s+(?:the\s+)?{_ONE}\b", text, re.IGNORECASE)
    return _date(match[1], match[2], match[3]) if match else None


def _date(day: str, month: str, year: str) -> dt.date | None:
    try:
        return dt.date(int(year), _MONTHS.index(month.casefold()) + 1, int(day))
    except ValueError:
        return None

"""Periods, counts and figures of a series in words."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from selfassess.analysis.units import with_unit
from selfassess.model.common import MONTHS
from selfassess.model.trend import Period

__all__ = ["label_words", "many", "nouns", "shown", "sides"]

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_NOUNS: dict[Period, tuple[str, str]] = {
    "month": ("month", "months"),
    "quarter": ("quarter", "quarters"),
    "run": ("reading", "readings"),
}
_LABEL = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_QUARTER = re.compile(r"(\d{4}-\d{2}) Q([1-4])")


def nouns(period: Period) -> tuple[str, str]:
    """What one point is called, and several."""
    return _NOUNS[period]


def label_words(label: str, period: Period) -> str:
    """``March 2026``, ``quarter 4 of 2025-26``, ``31 March 2026``; another label as it is."""
    if period == "quarter" and (match := _QUARTER.fullmatch(label)):
        return f"quarter {match[2]} of {match[1]}"
    match = _LABEL.fullmatch(label)
    if match is None or not 1 <= int(match[2]) <= 12:
        return label
    name = f"{MONTHS[int(match[2]) - 1]} {match[1]}"
    return f"{int(match[3])} {name}" if match[3] else name


def many(count: int, noun: tuple[str, str], *, capital: bool = False, named: bool = True) -> str:
    """``eight months``, ``13 months``; without the noun where it is not `named`."""
    word = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    if named:
        word = f"{word} {noun[count != 1]}"
    return word[0].upper() + word[1:] if capital else word


def shown(value: float, unit: str) -> str:
    """A figure with its unit, to one place."""
    places = Decimal(str(value)).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
    text = f"{places:f}".removesuffix(".0")
    text = "0" if text == "-0" else text
    return with_unit(text, unit)


def sides(side: str, better: str) -> str:
    """`` for the better`` or `` for the worse``, where one side is good; otherwise nothing."""
    if better not in ("higher", "lower"):
        return ""
    good = (side == "above") == (better == "higher")
    return " for the better" if good else " for the worse"

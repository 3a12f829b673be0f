"""Figures in words, no finer than disclosure gives them."""

from __future__ import annotations

from selfassess.disclosure.figures import PERCENT
from selfassess.report.words import number, value_words

__all__ = ["figure_words"]

_POINTS = ("points", "percentage-points")


def figure_words(value: float, unit: str) -> str:
    """A figure with its unit; neither with a decimal that it does not carry, nor without one."""
    if unit in _POINTS:
        return f"{number(value)} points"
    if unit in PERCENT and float(value).is_integer():
        return f"{number(value)}%"
    return value_words(float(value), unit)

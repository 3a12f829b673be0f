"""Figures in words, no finer than disclosure gives them."""

from __future__ import annotations

from selfassess.report.words import number, value_words

__all__ = ["PERCENT", "figure_words"]

PERCENT = ("percent", "%")


def figure_words(value: float, unit: str) -> str:
    """A figure with its unit; a whole per cent without a decimal that it does not carry."""
    if unit in PERCENT and float(value).is_integer():
        return f"{number(value)}%"
    return value_words(float(value), unit)

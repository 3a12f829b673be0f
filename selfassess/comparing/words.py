"""The sentences that stand beside comparators."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from selfassess.comparing.benchmarks import Figure
from selfassess.comparing.shapes import STATUS_WORDS

__all__ = ["apart", "gap_note", "missing_words"]

YEARS_APART = 2


def apart(one: dt.date, other: dt.date) -> bool:
    """Whether two days lie over two years apart."""
    first, last = sorted((one, other))
    return (last.year - first.year, (last.month, last.day)) > (
        YEARS_APART,
        (first.month, first.day),
    )


def gap_note(period_end: dt.date, as_at: dt.date | None) -> str:
    """What to say where the figures are old, or newer than the evidence."""
    if as_at is None:
        return ""
    if apart(period_end, as_at):
        return f"Over two years apart: figures of {period_end.isoformat()}, evidence as at {as_at}."
    if period_end > as_at:
        return f"The figures are newer than the evidence ({period_end.isoformat()})."
    return ""


def missing_words(figures: Iterable[Figure | None]) -> str:
    """How many figures there are not, and why: ``2 withheld to protect children``."""
    reasons = Counter(_reason(each) for each in figures)
    if not reasons:
        return ""
    return "No figure: " + ", ".join(f"{n} {why}" for why, n in sorted(reasons.items())) + "."


def _reason(figure: Figure | None) -> str:
    if figure is None:
        return "not in the release"
    if figure.flag == "implausible-zero":
        return "a zero where most likely nothing was sent"
    return STATUS_WORDS.get(figure.status, "not available")

"""Units of published figures, converted to the measure's own."""

from __future__ import annotations

from fractions import Fraction

from selfassess.model.measure import Measure

__all__ = ["COUNTS", "factor"]

COUNTS = frozenset({"children", "cases", "contacts", "assessments", "count", "number"})
"""Units that only count; one stands for another (judging rule 9.11)."""

_INTO: dict[str, dict[str, Fraction]] = {
    "working days": {
        "working days": Fraction(1),
        "weeks": Fraction(5),
        "months": Fraction(21),
        "years": Fraction(252),
    },
    # A month of calendar days is 30: close enough for a figure that was itself said in months.
    "days": {
        "days": Fraction(1),
        "calendar days": Fraction(1),
        "weeks": Fraction(7),
        "months": Fraction(30),
        "years": Fraction(365),
    },
    "hours": {"hours": Fraction(1), "days": Fraction(24), "minutes": Fraction(1, 60)},
    "percent": {
        "percent": Fraction(1),
        "%": Fraction(1),
        "per cent": Fraction(1),
        "fraction": Fraction(100),
        "proportion": Fraction(100),
    },
}


_SINGULAR = frozenset({"day", "week", "month", "year", "hour", "minute"})


def plain(unit: str) -> str:
    """A unit as it is compared: ``Working-Days`` and ``working day`` are ``working days``."""
    words = " ".join(unit.lower().replace("-", " ").replace("_", " ").split())
    return (
        words + "s"
        if words.removeprefix("working ") in ("day", "week", "month", "year", "hour", "minute")
        else words
    )


def factor(unit: str, measure: Measure) -> tuple[Fraction, str] | None:
    """What a published figure is multiplied by, and the unit it is then in; None: it cannot be.

    Args:
        unit: as published; empty for the measure's own.
        measure: its `units` are taken as they are.
    """
    if not unit or plain(unit) == plain(measure.unit):
        return Fraction(1), measure.unit
    for other in measure.units:
        if plain(other) == plain(unit):
            return Fraction(1), other
    into = _INTO.get(plain(measure.unit), {})
    if plain(unit) in into:
        return into[plain(unit)], measure.unit
    if plain(unit) in COUNTS and _counts(measure.unit):
        return Fraction(1), measure.unit
    return None


def _counts(unit: str) -> bool:
    """Whether a measure's unit is a count of that kind: ``children``, ``children per worker``."""
    return plain(unit) in COUNTS

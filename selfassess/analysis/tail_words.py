"""Tails, teams and gaps as sentences; every number in them comes from the data."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from selfassess.analysis.gaps import Gap
from selfassess.analysis.loads import Concentration, Loads
from selfassess.analysis.rates import LEAST, Weak
from selfassess.analysis.units import with_unit
from selfassess.model.measure import Noun

__all__ = [
    "CASES",
    "amount",
    "concentration_text",
    "gap_text",
    "group_text",
    "percent",
    "share_gap_text",
    "weak_text",
]

_MOST_PLACES = 6

CASES = Noun(one="case", many="cases")
"""What is counted where a measure does not say."""


def weak_text(weak: Weak, label: str, counted: Noun) -> str:
    """A part against the rest, and whether the difference is more than chance.

    Args:
        weak: the part.
        label: the part's name.
        counted: what its numerator counts.
    """
    part, rest = weak.part, weak.rest
    head = (
        f"{label}: {part.numerator:,} of {part.denominator:,} {counted.many} "
        f"({percent(part.rate)}), elsewhere {rest.numerator:,} of {rest.denominator:,} "
        f"({percent(rest.rate)})"
    )
    if weak.beyond_chance is None:
        which = "its base" if part.denominator < LEAST else "the base elsewhere"
        return f"{head}; {which} is under {LEAST}, too small to say whether the difference is real."
    if weak.beyond_chance:
        allowed = f", even of the weakest of {weak.compared}" if weak.compared > 1 else ""
        return f"{head}; that is more than chance would make{allowed}."
    if weak.beyond_chance_alone:
        return f"{head}; with {weak.compared} compared, chance alone could make one look like this."
    return f"{head}; the difference could be chance."


def group_text(
    label: str,
    loads: Loads,
    shown: Loads,
    unit: str,
    over: Sequence[tuple[str, int, int | None]],
    holder: Noun,
    held: Noun,
) -> str:
    """What the holders of one group carry.

    Args:
        label: the group's name.
        loads: what they hold.
        shown: the same as it is measured (per full-time equivalent).
        unit: of `shown`.
        over: (title, holders, of) for each limit.
        holder: who holds.
        held: what they hold.
    """
    head = (
        f"{label}: {counted_as(loads.holders, holder)} with {counted_as(loads.held, held)}; "
        f"middle {plain(shown.median)}, largest {amount(shown.maximum, unit)}"
    )
    limits = [
        f"{title[:1].lower()}{title[1:]}: {holders}{f' of {of}' if of is not None else ''}"
        for title, holders, of in over
    ]
    return "; ".join([head, *limits]) + "."


def concentration_text(found: Concentration, holder: Noun, held: Noun) -> str:
    """How few carry a fifth of the work, against how many it would take shared evenly."""
    part = "a fifth" if 5 * found.held == found.total else "over a fifth"
    return (
        f"{counted_as(found.holders, holder)} of {found.of:,} "
        f"({percent(Fraction(found.holders, found.of))}) hold{'s' if found.holders == 1 else ''} "
        f"{plain(found.held)} of {counted_as(found.total, held)}, {part} of the work; shared "
        f"evenly, a fifth would take {found.even}."
    )


def share_gap_text(gap: Gap, denominator: int, counted: Noun) -> str:
    """The gap of a share in cases, on the same denominator."""
    goal = _goal(gap, "percent")
    if gap.needed is None:
        return (
            f"No number of {counted.many} among {denominator:,} would {goal}: the steps are too "
            "coarse."
        )
    return f"{_moved(gap.needed, counted)}, of the same {denominator:,}, would {goal}."


def gap_text(gap: Gap, unit: str, counted: Noun | None = None, past: str = "") -> str:
    """The gap of a count, or of any other figure in its own unit.

    Args:
        gap: what it takes.
        unit: the figure's.
        counted: for whole counts, what is counted.
        past: what lies past the edge now, as a sentence.
    """
    if gap.needed is None:
        return f"No whole number would {_goal(gap, '')}."
    if counted is not None:
        return f"{_moved(gap.needed, counted)} would {_goal(gap, '')}."
    move = "fall" if gap.needed < 0 else "rise"
    by = with_unit(_far(abs(gap.needed)), "percentage points" if unit == "percent" else unit)
    goal = f"within {_range(gap, unit)}" if gap.within is not None else _edge(gap.edge, unit)
    if gap.exact:
        text = f"It would have to {move} by {by}, to {goal}."
    else:
        text = f"It would have to {move} by more than {by}, past {goal}."
    return f"{text} {past}" if past else text


def _goal(gap: Gap, unit: str) -> str:
    if gap.within is not None:
        return f"bring it within {_range(gap, unit)}"
    edge = _edge(gap.edge, unit)
    if gap.needed is None:
        return f"reach {edge}" if gap.exact else f"pass {edge}"
    if gap.needed > 0:
        return f"reach {edge}" if gap.exact else f"bring it above {edge}"
    return f"bring it down to {edge}" if gap.exact else f"bring it below {edge}"


def _range(gap: Gap, unit: str) -> str:
    ends = sorted((gap.edge, gap.edge if gap.within is None else gap.within))
    return f"{_exact(ends[0])} to {_edge(ends[1], unit)}"


def _edge(value: Fraction, unit: str) -> str:
    """An edge as the band has it: rounded, it would be another edge."""
    return with_unit(_exact(value), unit)


def _exact(value: Fraction) -> str:
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _far(value: Fraction) -> str:
    """A distance: one place from 1 on, two below, more where it would read as nothing."""
    places = 1 if value >= 1 else 2
    while value and places < _MOST_PLACES and round(value, places) == 0:
        places += 1
    return _exact(round(value, places))


def _moved(needed: Fraction, counted: Noun) -> str:
    word = counted.one if abs(needed) == 1 else counted.many
    return f"{plain(abs(needed))} {'fewer' if needed < 0 else 'more'} {word}"


def counted_as(number: int | Fraction, noun: Noun) -> str:
    """A number with its noun: ``1 child``, ``2 children``."""
    return f"{plain(Fraction(number))} {noun.one if number == 1 else noun.many}"


def amount(value: Fraction, unit: str) -> str:
    """A value with its unit: ``85%``, ``10 working days``."""
    return with_unit(plain(value), unit)


def percent(share: Fraction) -> str:
    """A share in percent, to one place."""
    return f"{plain(share * 100)}%"


def plain(value: Fraction) -> str:
    """A number to one place, half-even; whole numbers without one."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,}"

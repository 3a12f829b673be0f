"""Which readings are shown: a figure by its own counts, a breakdown whole or not at all.

A breakdown with one part that must be withheld is withheld with all its parts. Then a withheld
count and another part of the same breakdown can change against one another and nothing that is
shown changes: totals, other breakdowns, earlier versions. Where even so fewer than three values
would be possible, the total goes as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from selfassess.disclosure.figures import (
    LEAST_BASE,
    Withheld,
    complement,
    is_small,
    withheld_because,
)

__all__ = ["Decision", "decide"]

POSSIBLE = 3
"""Every withheld count keeps at least so many possible values."""

Keys = tuple[str, ...]


@dataclass(slots=True)
class Decision:
    """What is shown.

    Attributes:
        shown: ids of readings shown with their figure.
        because: why a reading of a whole is withheld, by id.
        breakdowns: keys of the breakdowns of a measure that are withheld.
    """

    shown: set[str] = field(default_factory=set)
    because: dict[str, Withheld] = field(default_factory=dict)
    breakdowns: dict[str, list[Keys]] = field(default_factory=dict)


def decide(
    readings: Iterable[Mapping[str, Any]],
    aggregates: Mapping[str, str],
    earlier: Sequence[Mapping[str, Any]] = (),
) -> Decision:
    """Decide for every reading whether it is shown.

    Args:
        readings: all readings of an assessment.
        aggregates: how each measure counts.
        earlier: versions published before. What one of them withheld stays withheld as long as
            it is the same figure, lest the difference of two versions tell it.
    """
    by_measure: dict[str, dict[Keys, list[Mapping[str, Any]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for reading in readings:
        by_measure[reading["measure"]][tuple(sorted(reading["where"]))].append(reading)
    before = _withheld_before(earlier)
    decision = Decision()
    for measure, groups in by_measure.items():
        _decide_measure(measure, groups, aggregates.get(measure, ""), before, decision)
    return decision


def _decide_measure(
    measure: str,
    groups: Mapping[Keys, Sequence[Mapping[str, Any]]],
    aggregate: str,
    before: Mapping[tuple[Any, ...], set[Keys]],
    decision: Decision,
) -> None:
    whole = groups[()][0] if () in groups else None
    hidden_before = before.get(_figure(whole), set()) if whole else set()
    because = _why(whole, aggregate) if whole else None
    if whole is not None and () in hidden_before:
        because = because or "small number"
    breakdowns = sorted((keys for keys in groups if keys), key=lambda keys: (len(keys), keys))
    withheld: set[Keys] = set()
    for keys in breakdowns:
        inner = any(part in withheld for part in _within(keys))
        safe = _is_safe(groups[keys], whole, aggregate)
        if because or inner or keys in hidden_before or not safe:
            withheld.add(keys)
    if whole is not None and because is None:
        for keys in withheld:
            if aggregate != "mean" and not _has_room(groups[keys], whole):
                because = "small number"
                withheld = set(breakdowns)
                break
    if whole is not None:
        if because:
            decision.because[whole["id"]] = because
        elif whole["value"] is not None:
            decision.shown.add(whole["id"])
    for keys in breakdowns:
        if keys in withheld:
            decision.breakdowns.setdefault(measure, []).append(keys)
        else:
            decision.shown |= {part["id"] for part in groups[keys] if part["value"] is not None}


def _why(reading: Mapping[str, Any], aggregate: str) -> Withheld | None:
    if reading["value"] is None:
        return "small number" if any(is_small(count) for count in _counts(reading)) else None
    return withheld_because(reading, aggregate)


def _within(keys: Keys) -> Iterable[Keys]:
    for size in range(1, len(keys)):
        yield from combinations(keys, size)


def _is_safe(
    parts: Sequence[Mapping[str, Any]], whole: Mapping[str, Any] | None, aggregate: str
) -> bool:
    for part in parts:
        if part["value"] is None:
            if part.get("denominator") != 0:
                return False
        elif withheld_because(part, aggregate):
            return False
    # What no part holds, such as children whose team is blank, is a part without a name.
    rest = _rest(parts, whole)
    return not any(is_small(count) for count in rest)


def _rest(
    parts: Sequence[Mapping[str, Any]], whole: Mapping[str, Any] | None
) -> tuple[float, float, float]:
    """Numerator, complement and base of the whole that no part holds; parts may overlap."""
    if whole is None:
        return 0, 0, 0
    top, left, base = (
        max(0.0, (of(whole) or 0) - sum(of(part) or 0 for part in parts))
        for of in (_top, complement, _base)
    )
    return top, left, base


def _has_room(parts: Sequence[Mapping[str, Any]], whole: Mapping[str, Any]) -> bool:
    """Whether each small count among withheld parts can be three different numbers.

    The other parts take up the difference, each between nothing and its own base. A base under
    `LEAST_BASE` is withheld wherever it is counted, so there one more or fewer can be in the base
    as well.
    """
    if not parts or any(_top(part) is None for part in parts):
        return True
    cells = [(_top(part) or 0.0, complement(part)) for part in parts]
    top_rest, left_rest, _ = _rest(parts, whole)
    if top_rest or left_rest:
        cells.append((top_rest, left_rest))
    for index, (top, left) in enumerate(cells):
        others = [cell for place, cell in enumerate(cells) if place != index]
        free = left is None or top + left < LEAST_BASE
        if is_small(top) and not _three(top, None if free else left, others):
            return False
        turned = [(beside or 0.0, count) for count, beside in others]
        if left is not None and is_small(left) and not _three(left, None if free else top, turned):
            return False
    return True


def _three(
    count: float, beside: float | None, others: Sequence[tuple[float, float | None]]
) -> bool:
    """Whether a count can be three values while its sum with the others stays.

    Args:
        count: the count.
        beside: what its base holds beside it; None where the base is free to change.
        others: count and what is beside it, for every other part.
    """
    rise = sum(each for each, _ in others)
    fall = count
    if beside is not None:
        rise = min(rise, beside)
        fall = min(fall, sum(count if left is None else left for _, left in others))
    return int(fall) + int(rise) + 1 >= POSSIBLE


def _counts(reading: Mapping[str, Any]) -> tuple[float | None, ...]:
    return _top(reading), _base(reading)


def _top(reading: Mapping[str, Any]) -> float | None:
    found: float | None = reading.get("numerator")
    return found


def _base(reading: Mapping[str, Any]) -> float | None:
    found: float | None = reading.get("denominator")
    return found


def _figure(reading: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes a figure the same one in two versions: what is counted, and when."""
    return (reading["id"], reading.get("from"), reading.get("to"), reading.get("at"))


def _withheld_before(earlier: Sequence[Mapping[str, Any]]) -> dict[tuple[Any, ...], set[Keys]]:
    found: dict[tuple[Any, ...], set[Keys]] = defaultdict(set)
    for version in earlier:
        for reading in version.get("readings") or ():
            if reading.get("status") == "suppressed":
                found[_figure(reading)].add(())
            for names in reading.get("withheld") or ():
                found[_figure(reading)].add(tuple(sorted(names.split(", "))))
    return dict(found)

"""Confidence: how sure a reading, a criterion, a judgement is. Never how good it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from selfassess.judging.docket import Group
from selfassess.judging.items import Item, agreeing
from selfassess.model.assessment import Confidence

__all__ = ["of_criterion", "of_judgement", "of_reading"]

LEVELS: tuple[Confidence, ...] = ("none", "low", "medium", "high")
FRESH_DAYS = 35
OLD_DAYS = 95
FULL_BASE = 30
UNKNOWN_SHARE = 0.05
"""Rows left out as unreadable, or in breach of a quality rule, beyond this share take a step."""


def of_reading(
    item: Item, as_at: dt.date, *, agreed: bool, weakened: Mapping[str, float] | None = None
) -> Confidence:
    """How sure one reading is.

    Args:
        item: the reading.
        as_at: the day.
        agreed: whether another voice agrees on its topic.
        weakened: by measure, the share of rows that break a rule of data quality.
    """
    judged = item.judged
    if judged is None or judged.signal is None:
        return "none"
    age = _age(item.date, as_at)
    small = item.base is not None and item.base < FULL_BASE
    if age is None or age > OLD_DAYS or small or not item.current:
        return "low"
    known = item.base is not None or not item.needs_base
    level: Confidence = "high" if agreed and age <= FRESH_DAYS and known else "medium"
    return _down(level) if _unsound(item, weakened or {}) else level


def of_criterion(
    group: Group,
    as_at: dt.date,
    doubted: frozenset[str],
    weakened: Mapping[str, float] | None = None,
) -> Confidence:
    """How sure a criterion's status is; `weakened` as for a reading."""
    used = group.used
    if not used:
        return "none"
    ages = [age for item in used if (age := _age(item.date, as_at)) is not None]
    level: Confidence = "medium"
    if (
        not ages
        or min(ages) > OLD_DAYS
        or any(item.base is not None and item.base < FULL_BASE for item in used)
        or _conflicting(used)
        or any(item.voice in doubted for item in used)
    ):
        level = "low"
    elif (
        _agree(used)
        and min(ages) <= FRESH_DAYS
        and all(item.base is not None for item in used if item.needs_base)
    ):
        level = "high"
    return _down(level) if any(_unsound(item, weakened or {}) for item in used) else level


def of_judgement(criteria: Sequence[tuple[Confidence, bool]]) -> Confidence:
    """The median of the criteria, the lower of two middles.

    Args:
        criteria: confidence of each, and whether it has its required evidence. Under three in five
            with it is a step down.
    """
    if not criteria:
        return "none"
    ranks = sorted(LEVELS.index(level) for level, _ in criteria)
    level = LEVELS[ranks[(len(ranks) - 1) // 2]]
    covered = sum(has for _, has in criteria)
    return _down(level) if 5 * covered < 3 * len(criteria) else level


def _age(date: dt.date | None, as_at: dt.date) -> int | None:
    return None if date is None else (as_at - date).days


def _down(level: Confidence) -> Confidence:
    """A step down; what has any evidence keeps at least low."""
    return level if level in ("none", "low") else LEVELS[LEVELS.index(level) - 1]


def _unsound(item: Item, weakened: Mapping[str, float]) -> bool:
    """Whether too many of a reading's rows could not be read, or break a quality rule."""
    if item.judged is None:
        return False
    reading = item.judged.reading
    # What was published rests on rows that nobody here has seen.
    if not reading.published and weakened.get(reading.measure, 0.0) > UNKNOWN_SHARE:
        return True
    if not reading.unknown:
        return False
    rows = reading.unknown + (reading.denominator or 0)
    return reading.unknown > UNKNOWN_SHARE * rows


def _conflicting(used: Sequence[Item]) -> bool:
    adverse = {t for item in used if item.lean == "adverse" for t in item.topics}
    return any(item.lean == "favourable" and adverse & set(item.topics) for item in used)


def _agree(used: Sequence[Item]) -> bool:
    """Whether two voices say the same of one topic."""
    return any(
        len(voices) > 1
        for voices in (*agreeing(used, "adverse").values(), *agreeing(used, "favourable").values())
    )

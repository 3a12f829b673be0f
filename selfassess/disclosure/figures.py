"""Which single figures may leave, and how coarse they leave.

A count from one to five is never given, nor one beside which it would stand (what is left of the
base). What is given is given coarsely: bases and counts to the nearest ten, shares in whole per
cent. So no sum, difference or share of given figures leads back to a withheld count, whatever an
outsider knows of how the figures hang together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Literal

__all__ = [
    "FINE_BASE",
    "LEAST_BASE",
    "PERCENT",
    "ROUND_TO",
    "SMALL",
    "Withheld",
    "coarse_count",
    "coarse_value",
    "complement",
    "is_small",
    "withheld_because",
]

SMALL = 5
"""Counts from one to this are withheld."""
ROUND_TO = 10
"""What counts and bases are rounded to."""
LEAST_BASE = 10
"""A rate on fewer is withheld: it would be a statement about each of them."""
FINE_BASE = 1_000
"""From this base on a share is given with one decimal."""
PERCENT = ("percent", "%")
COUNTS = ("count", "distinct", "sum")
EXTREMES = ("min", "max")
_PERCENTILE = re.compile(r"p(\d{1,2})")

Withheld = Literal["small number", "one person's figure"]


def is_small(count: float | None) -> bool:
    """Whether a count is there and smaller than six; part-time posts count as people do."""
    return count is not None and 0 < abs(count) < SMALL + 1


def complement(reading: Mapping[str, Any]) -> float | None:
    """What is left of the base beside the numerator; None where the base does not hold it."""
    top, base = _counts(reading)
    if top is None or base is None or base < top:
        return None
    share = reading.get("unit") in PERCENT or reading.get("value") == top
    return base - top if share else None


def withheld_because(reading: Mapping[str, Any], aggregate: str) -> Withheld | None:
    """Why a figure may not leave; None where it may.

    Args:
        reading: a reading with a value.
        aggregate: how its measure counts: ``share``, ``max``, ``p90`` …; nothing if not known.
    """
    if aggregate in EXTREMES:
        return "one person's figure"
    top, base = _counts(reading)
    value = reading["value"]
    if base is None:
        return _without_base(reading, aggregate)
    if base < LEAST_BASE or is_small(top) or is_small(complement(reading)):
        return "small number"
    if aggregate in COUNTS and is_small(value):
        return "small number"
    if top is None and aggregate not in COUNTS:
        return _of_single_values(base, aggregate)
    return None


def _without_base(reading: Mapping[str, Any], aggregate: str) -> Withheld | None:
    top, _ = _counts(reading)
    unit = str(reading.get("unit") or "")
    if is_small(top) or (aggregate in COUNTS and is_small(reading["value"])):
        return "small number"
    if aggregate in COUNTS:
        return None
    if not reading.get("published"):
        # Computed without a base and no count: the greatest or the oldest, so somebody's own.
        return "one person's figure"
    if unit in PERCENT or " per " in unit.replace("-", " "):
        return None
    return "small number" if is_small(reading["value"]) else None


def _of_single_values(base: float, aggregate: str) -> Withheld | None:
    """A median or percentile is somebody's own value: six or more must lie on either side."""
    found = _PERCENTILE.fullmatch(aggregate)
    beyond = min(int(found[1]), 100 - int(found[1])) if found else LEAST_BASE
    return "one person's figure" if base * beyond < 100 * (SMALL + 1) else None


def coarse_count(count: float) -> int:
    """A count to the nearest ten, halves up; only nothing is given as nothing."""
    return math.floor((count + ROUND_TO / 2) / ROUND_TO) * ROUND_TO


def coarse_value(reading: Mapping[str, Any], aggregate: str) -> float | int:
    """A value as it leaves."""
    value = float(reading["value"])
    top, base = _counts(reading)
    if reading.get("unit") in PERCENT:
        return _coarse_share(value, base)
    if aggregate in COUNTS or (top is not None and top == value):
        return coarse_count(value)
    return _plain(round(value, 1 if abs(value) >= 1 else 2))


def _coarse_share(value: float, base: float | None) -> float | int:
    fine = base is not None and base >= FINE_BASE
    shown = round(value, 1 if fine else 0)
    step = 0.1 if fine else 1.0
    # What is there never reads as nothing, nor what is missing as whole.
    if shown == 0 and value > 0:
        shown = step
    if shown == 100 and value < 100:
        shown = 100 - step
    return _plain(shown)


def _counts(reading: Mapping[str, Any]) -> tuple[float | None, float | None]:
    return reading.get("numerator"), reading.get("denominator")


def _plain(value: float) -> float | int:
    value = round(value, 6)
    return int(value) if value == int(value) else value

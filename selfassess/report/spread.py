"""How a measure's holders are spread: the values that they have, and the limits of the band."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from selfassess.report.evidence import Evidence
from selfassess.report.parts import Reference
from selfassess.report.words import number

__all__ = ["Spread", "cuts_of", "key_of", "limit_of", "reference_of", "spread_of"]

_LINES = re.compile(r"\b(attention|concern|critical)\s+(?:over|at least)\s+(\d+(?:\.\d+)?)")

Holders = list[tuple[float, int]]


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution, its summary and its limit."""

    holders: Holders
    limit: float | None
    level: str

    @property
    def count(self) -> int:
        """How many holders there are."""
        return sum(many for _, many in self.holders)

    @property
    def past(self) -> int:
        """How many have more than the limit."""
        limit = self.limit
        return sum(many for value, many in self.holders if limit is not None and value > limit)

    @property
    def lowest(self) -> float:
        """The smallest value that a holder has."""
        return self.holders[0][0]

    @property
    def highest(self) -> float:
        """The largest value that a holder has."""
        return self.holders[-1][0]

    @property
    def middle(self) -> float:
        """The lower median: a value that some holder has."""
        half, seen = (self.count + 1) // 2, 0
        for value, many in self.holders:
            seen += many
            if seen >= half:
                return value
        return self.highest


def spread_of(reading: Mapping[str, Any], limit: tuple[float | None, str] | None = None) -> Spread:
    """A reading's holders by value, with its own limit or that of the whole."""
    pairs: dict[float, int] = {}
    for value, many in reading.get("distribution") or ():
        pairs[float(value)] = pairs.get(float(value), 0) + int(many)
    return Spread(sorted(pairs.items()), *(limit or limit_of(reading)))


def limit_of(reading: Mapping[str, Any]) -> tuple[float | None, str]:
    """The strictest cut that the band names and that some holder is past, else the first."""
    cuts = cuts_of(reading)
    highest = max((float(value) for value, _ in reading.get("distribution") or ()), default=0.0)
    passed = [cut for cut in cuts if cut[0] < highest]
    if passed:
        return passed[-1]
    return cuts[0] if cuts else (None, "")


def cuts_of(reading: Mapping[str, Any]) -> list[tuple[float, str]]:
    """Every cut that the band names, the lowest first."""
    text = str((reading.get("band") or {}).get("text") or "")
    return sorted((float(cut), level) for level, cut in _LINES.findall(text))


def reference_of(reading: Mapping[str, Any], evidence: Evidence) -> tuple[Reference, ...]:
    """The reading by its short name; the chart says what it says."""
    key = str(reading.get("id"))
    return (replace(evidence.reading_reference(key), text=""),) if key in evidence.readings else ()


def key_of(spread: Spread, what: str) -> str:
    """What the dark marks mean, or nothing where none is dark."""
    if spread.limit is None or not spread.past:
        return ""
    return f"Dark {what} lie past the line: {spread.level}, over {number(spread.limit)}."

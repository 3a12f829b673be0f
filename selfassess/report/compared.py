"""A figure of the council's with the published ones that it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selfassess.report.words import number

__all__ = ["LINE", "LOOK_HERE", "Compared", "compared_of", "points_of", "short"]

LOOK_HERE = "look here"
"""The name of the line of good-or-better councils: a question, neither a band nor a grade."""
LINE = f"“{LOOK_HERE}” line"
"""The same in a sentence."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure with what it is compared with."""

    key: str
    title: str
    unit: str
    value: float
    comparators: Mapping[str, Mapping[str, Any]]
    told: str

    @property
    def numbers(self) -> list[float]:
        """Everything that must lie on the strip."""
        found = [self.value]
        for kind in ("england", "region", "neighbours", "good-or-better"):
            item = self.comparators.get(kind) or {}
            keys = ("value", "line") if kind == "good-or-better" else ("value", "low", "high")
            found += [float(item[key]) for key in keys if item.get(key) is not None]
        return found

    @property
    def line(self) -> float | None:
        """The look-here line, where the figure separates grades."""
        line = (self.comparators.get("good-or-better") or {}).get("line")
        return None if line is None else float(line)

    def side(self) -> str:
        """Where the figure lies against the range of the neighbours; nothing without one."""
        item = self.comparators.get("neighbours") or {}
        if item.get("low") is None or item.get("high") is None:
            return ""
        if self.value < item["low"]:
            return "below"
        return "above" if self.value > item["high"] else "within"

    def beside_england(self, better: str) -> int:
        """0 where the figure is worse than England's, 2 where it is better, 1 where neither.

        Args:
            better: what is better of the measure, such as ``higher``.
        """
        value = (self.comparators.get("england") or {}).get("value")
        if value is None or better not in ("higher", "lower") or self.value == float(value):
            return 1
        return 2 if (self.value > float(value)) == (better == "higher") else 0

    def past_line(self) -> bool:
        """Whether the figure lies past that line."""
        return bool((self.comparators.get("good-or-better") or {}).get("past_line"))


def compared_of(key: str, reading: Mapping[str, Any]) -> Compared | None:
    """The reading, or its twin over completed work, beside published figures; None without any."""
    twin = reading.get("twin") or {}
    item = twin if twin.get("comparators") else reading
    found = {
        str(each.get("kind")): each
        for each in item.get("comparators") or ()
        if isinstance(each, Mapping)
    }
    shown = any(
        each.get("value") is not None for kind, each in found.items() if kind != "good-or-better"
    )
    if item.get("value") is None or not shown:
        return None
    title = str(reading.get("title") or reading.get("measure") or key)
    return Compared(
        key=key,
        title=f"{title}, completed work only" if item is twin else title,
        unit=str(item.get("unit") or reading.get("unit") or ""),
        value=float(item["value"]),
        comparators=found,
        told=str(twin.get("text") or "") if item is twin else "",
    )


def points_of(row: Compared) -> list[Mapping[str, Any]]:
    """The council's own published figures, gaps among them."""
    return list((row.comparators.get("own-trend") or {}).get("points") or ())


def short(value: float, unit: str) -> str:
    """A figure as a table cell holds it."""
    return f"{number(value, 'percent')}%" if unit == "percent" else number(round(value, 2))

"""Bands: reads their cuts, chooses the one that speaks of a scope, says which level a value has."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from selfassess.model.common import Scope
from selfassess.model.measure import Band, Dimension, Signal

__all__ = [
    "ADVERSE_LEVELS",
    "Cut",
    "band_text",
    "choose_band",
    "cut_of",
    "level",
    "parse_cut",
    "range_of",
]

ADVERSE_LEVELS: tuple[Literal["critical", "concern", "attention"], ...] = (
    "critical",
    "concern",
    "attention",
)
"""Worst first: the first whose cut holds is the level."""

_NUMBER = r"-?\d+(?:\.\d+)?"
_ONE_SIDED = re.compile(rf"(at least|at most|over|under)\s+({_NUMBER}|reference)")
_OUTSIDE = re.compile(rf"outside\s+({_NUMBER})\s*(?:-|to)\s*({_NUMBER})")
_ASKS = {"at least": "under", "at most": "over", "over": "at most", "under": "at least"}


@dataclass(frozen=True, slots=True)
class Cut:
    """One edge of a band, or two for ``outside``.

    Attributes:
        words: ``at least``, ``at most``, ``over``, ``under`` or ``outside``.
        low: the edge; None stands for the band's reference. The lower edge for ``outside``.
        high: the upper edge for ``outside``, else None.
    """

    words: str
    low: float | None
    high: float | None = None

    def holds(self, value: float, reference: float | None = None) -> bool:
        """Whether a value lies past the edge.

        A value on an edge is not ``over``, ``under`` or ``outside`` it: it takes the better side.
        """
        if self.words == "outside":
            return self.distance(value) > 0
        edge = self.low if self.low is not None else reference
        if edge is None:
            return False
        return {
            "at least": value >= edge,
            "at most": value <= edge,
            "over": value > edge,
            "under": value < edge,
        }[self.words]

    def distance(self, value: float) -> float:
        """How far a value lies outside the range; 0 inside it, and for one-sided cuts."""
        if self.words != "outside" or self.low is None or self.high is None:
            return 0.0
        return max(self.low - value, value - self.high, 0.0)

    def text(self, reference: float | None = None) -> str:
        """The cut in words, the reference as a number."""
        if self.words == "outside":
            return f"outside {_number(self.low)} to {_number(self.high)}"
        return f"{self.words} {_number(self.low if self.low is not None else reference)}"

    def asks(self, reference: float | None = None) -> str:
        """What a value must be for the cut not to hold: ``at least 90`` for ``under 90``."""
        if self.words == "outside":
            return f"{_number(self.low)} to {_number(self.high)}"
        edge = self.low if self.low is not None else reference
        return f"{_ASKS[self.words]} {_number(edge)}"


@cache
def parse_cut(text: str) -> Cut:
    """Read a cut.

    Raises:
        ValueError: the text is none of the five forms; the message names them.
    """
    words = " ".join(str(text).split())
    if match := _ONE_SIDED.fullmatch(words):
        edge = match[2]
        return Cut(match[1], None if edge == "reference" else float(edge))
    if match := _OUTSIDE.fullmatch(words):
        low, high = float(match[1]), float(match[2])
        if low > high:
            raise ValueError(f"'{text}' runs from the higher number to the lower one")
        return Cut("outside", low, high)
    raise ValueError(
        f"'{text}' is no cut; write 'at least N', 'at most N', 'over N', 'under N' or "
        "'outside LOW-HIGH', where N is a number or 'reference'"
    )


def cut_of(band: Band, name: str) -> Cut | None:
    """A band's cut for a level, parsed; None where the band has none."""
    text = getattr(band, name)
    return parse_cut(text) if text else None


def cuts(band: Band) -> Iterator[tuple[str, Cut]]:
    """A band's cuts, best level first, with the levels' names."""
    for name in ("strong", *reversed(ADVERSE_LEVELS)):
        cut = cut_of(band, name)
        if cut:
            yield name, cut


def choose_band(
    bands: Sequence[Band],
    where: Scope,
    dimensions: Mapping[str, Dimension],
    date: dt.date | None,
) -> Band | None:
    """The band that shares most keys with a scope; None where no band speaks of it.

    A band must agree with the scope in every key that it names. A key of the scope that the band
    does not name must be one along which parts inherit the total's band.
    """
    found: Band | None = None
    for band in bands:
        if not _dated(band, date) or not _speaks(band, where, dimensions):
            continue
        if found is None or len(band.where) > len(found.where):
            found = band
    return found


def _dated(band: Band, date: dt.date | None) -> bool:
    if date is None:
        return band.until is None
    return (band.since is None or band.since <= date) and (band.until is None or date <= band.until)


def _speaks(band: Band, where: Scope, dimensions: Mapping[str, Dimension]) -> bool:
    pairs = dict(where)
    if any(pairs.get(key) != str(value) for key, value in band.where.items()):
        return False
    return all(key in band.where or _inherits(dimensions.get(key)) for key in pairs)


def _inherits(dimension: Dimension | None) -> bool:
    return dimension is not None and dimension.inherits


def level(band: Band, value: float, better: str, reference: float | None = None) -> Signal:
    """What a band says of a value: the worst level whose cut holds, else strong, else secure.

    A band without any cut says that no figure is good or bad: ``context``. So are figures of a
    two-sided measure, or of one without a better side, that no cut holds.
    """
    for name in ADVERSE_LEVELS:
        cut = cut_of(band, name)
        if cut and cut.holds(value, reference):
            return name
    if better in ("two-sided", "none") or not any(True for _ in cuts(band)):
        return "context"
    if band.best == "context":
        return "context"
    strong = cut_of(band, "strong")
    return "strong" if strong and strong.holds(value, reference) else "secure"


def band_text(band: Band, reference: float | None = None) -> str:
    """A band's cuts in words: ``strong at most 14; attention over 16.2; concern over 22``."""
    return "; ".join(f"{name} {cut.text(reference)}" for name, cut in cuts(band))


def range_of(band: Band | None) -> Cut | None:
    """The range that a two-sided band leaves inside: its mildest ``outside`` cut; None without."""
    if band is None:
        return None
    for name in reversed(ADVERSE_LEVELS):
        cut = cut_of(band, name)
        if cut and cut.words == "outside":
            return cut
    return None


def _number(value: float | None) -> str:
    return "reference" if value is None else f"{value:.10g}"

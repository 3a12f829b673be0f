"""How far each reading is from its next better band, in children where it counts children."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from selfassess.analysis.gaps import Edge, Gap, counted_gap, level_of, measured_gap, share_gap
from selfassess.analysis.tail_words import CASES, gap_text, share_gap_text
from selfassess.assessment.parts import number
from selfassess.judging.bands import ADVERSE_LEVELS, cut_of
from selfassess.judging.signals import NO_FIGURE, never_for, small_base
from selfassess.model.assessment import JudgedReading
from selfassess.model.measure import Band, Measure, Noun, Reading

__all__ = ["Gaps", "counts_of", "is_share"]

_WHOLE = frozenset({"count", "distinct"})


class Gaps:
    """Gaps of readings; a band's edges are read once."""

    def __init__(self) -> None:
        self._edges: dict[tuple[int, float | None], tuple[Edge, ...]] = {}

    def of(self, item: JudgedReading, measure: Measure) -> dict[str, Any] | None:
        """The key ``gap`` of a reading; None at its best level, or where nothing is judged."""
        reading, band = item.reading, item.judged_by
        if band is None or reading.value is None or reading.status in NO_FIGURE:
            return None
        if small_base(reading, measure):
            return None
        capped = measure.better in ("two-sided", "none") or band.best == "context"
        capped = capped or never_for(reading, measure)
        edges = self._edges_of(band, reading.reference)
        if capped:
            edges = tuple(edge for edge in edges if edge.level != "strong")
        if not edges or _at_best(item.signal, edges):
            return None
        rest = "context" if capped else "secure"
        counts = counts_of(reading) if is_share(measure) else None
        value = Fraction(str(reading.value))
        noun = measure.counted or CASES
        if counts:
            gap = share_gap(*counts, edges, rest)
            text = share_gap_text(gap, counts[1], noun) if gap else ""
            return _gap(gap, noun.many, text)
        if _is_count(measure) and value.denominator == 1:
            words = measure.unit.replace("-", " ")
            noun = measure.counted or Noun(one=words, many=words)
            gap = counted_gap(int(value), edges, rest)
            return _gap(gap, noun.many, gap_text(gap, measure.unit, noun) if gap else "")
        gap = measured_gap(value, edges, rest)
        unit = "percentage points" if measure.unit == "percent" else measure.unit
        past = _past(reading, measure, edges, rest)
        return _gap(gap, unit, gap_text(gap, measure.unit, past=past) if gap else "")

    def _edges_of(self, band: Band, reference: float | None) -> tuple[Edge, ...]:
        key = (id(band), reference)
        if key not in self._edges:
            found = []
            for level in ("strong", *ADVERSE_LEVELS):
                cut = cut_of(band, level)
                low = cut.low if cut is not None and cut.low is not None else reference
                if cut is not None and low is not None:
                    high = None if cut.high is None else Fraction(str(cut.high))
                    found.append(Edge(level, cut.words, Fraction(str(low)), high))
            self._edges[key] = tuple(found)
        return self._edges[key]


def _gap(gap: Gap | None, unit: str, text: str) -> dict[str, Any] | None:
    if gap is None:
        return None
    needed = gap.needed
    return {
        "signal": gap.level,
        "edge": number(float(gap.edge)),
        "needed": None if needed is None else number(float(abs(needed))),
        "direction": None if needed is None else ("fewer" if needed < 0 else "more"),
        "unit": unit,
        "text": text,
    }


def _at_best(signal: str | None, edges: Sequence[Edge]) -> bool:
    """Whether the signal tells already that there is no better level."""
    if signal == "strong":
        return True
    return signal in ("secure", "context") and all(edge.level != "strong" for edge in edges)


def _past(reading: Reading, measure: Measure, edges: Sequence[Edge], rest: str) -> str:
    """How many holders lie where the largest does: its fall alone would not reach the band."""
    if not measure.tail or measure.spread is None or reading.value is None:
        return ""
    now = level_of(Fraction(str(reading.value)), edges, rest)
    same = sum(
        holders
        for value, holders in reading.distribution
        if level_of(Fraction(str(value)), edges, rest) == now
    )
    if same < 2:
        return ""
    return f"{same} {measure.spread.holder.many} lie past that."


def is_share(measure: Measure) -> bool:
    """Whether the figure is so many of so many, not one sum over another."""
    return measure.unit == "percent" and not any(each.ratio for each in (measure, *measure.ways))


def _is_count(measure: Measure) -> bool:
    found = {way.aggregate or measure.aggregate for way in measure.ways or (measure,)}
    return bool(found) and found <= _WHOLE


def counts_of(reading: Reading) -> tuple[int, int] | None:
    """Numerator and denominator as whole numbers, where the figure is made of them."""
    above, below = reading.numerator, reading.denominator
    if above is None or below is None or reading.value is None or not 0 <= above <= below:
        return None
    if below <= 0 or above != int(above) or below != int(below):
        return None
    # A published figure is rounded as its publisher likes; a mistyped count is no base for a gap.
    if abs(100 * above / below - reading.value) > 0.51:
        return None
    return int(above), int(below)

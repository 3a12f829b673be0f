"""Parts of a figure: which speak for themselves, and which are told with the wider figure.

A part that fails while the whole does not, fails worse, or is clearly further off, is a finding of
its own: averages and wholes must not hide it. The others would only say the same again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from selfassess.judging.docket import Docket
from selfassess.judging.items import Item
from selfassess.judging.scopes import AGENCY, COHORT
from selfassess.judging.trend import POINTS, SHARE
from selfassess.judging.wording import figure, listing, scope_words
from selfassess.model.measure import Dimension

__all__ = ["folded_parts", "parts_sentence"]

_SEVERITY = {"attention": 1, "concern": 2, "critical": 3}
TOLD = 3
"""So many parts are named in a sentence, the furthest off first; all are in the evidence."""


def folded_parts(docket: Docket) -> Mapping[str, tuple[Item, ...]]:
    """Parts that are told with a wider figure, by that figure's id, the furthest off first."""
    by_measure: dict[str | None, list[Item]] = {}
    for item in docket.readings:
        if item.current and item.judged and item.judged.signal in _SEVERITY:
            by_measure.setdefault(item.measure, []).append(item)
    found: dict[str, list[Item]] = {}
    for measure, items in by_measure.items():
        better = docket.measures[measure or ""].better
        standing: list[Item] = []
        for item in sorted(items, key=lambda item: (len(item.where), item.id)):
            wider = next((w for w in standing if _says_it_all(w, item, better)), None)
            if wider is None:
                standing.append(item)
            else:
                found.setdefault(wider.id, []).append(item)
    return {key: tuple(sorted(items, key=_order(docket))) for key, items in found.items()}


def _order(docket: Docket) -> Callable[[Item], tuple[int, float, str]]:
    def key(item: Item) -> tuple[int, float, str]:
        judged = item.judged
        if judged is None or judged.reading.value is None:
            return (0, 0.0, item.id)
        higher = docket.measures[judged.reading.measure].better == "higher"
        value = judged.reading.value if higher else -judged.reading.value
        return (-_SEVERITY.get(judged.signal or "", 0), value, item.id)

    return key


def _says_it_all(wider: Item, part: Item, better: str) -> bool:
    """Whether a wider figure is as bad as its part, in level and about in value.

    A part that somebody thought worth publishing always speaks for itself.
    """
    if part.judged is not None and part.judged.reading.published:
        return False
    if wider.judged is None or part.judged is None or not set(wider.where) < set(part.where):
        return False
    extra = {key for key, _ in set(part.where) - set(wider.where)}
    if extra & {AGENCY, COHORT}:
        return False
    if _SEVERITY[part.judged.signal or ""] > _SEVERITY[wider.judged.signal or ""]:
        return False
    mine, theirs = part.judged.reading.value, wider.judged.reading.value
    if mine is None or theirs is None:
        return False
    enough = POINTS if part.judged.reading.unit == "percent" else abs(theirs) * SHARE
    if better == "two-sided":
        return abs(mine - theirs) < enough
    worse = theirs - mine if better == "higher" else mine - theirs
    return worse < enough or worse <= 0


def parts_sentence(
    whole: Item, parts: tuple[Item, ...], dimensions: Mapping[str, Dimension]
) -> str:
    """Name the parts that are told with a figure; one that is all of it says nothing further."""
    parts = tuple(part for part in parts if not _same(whole, part))
    if not parts:
        return ""
    named = []
    for item in parts[:TOLD]:
        if item.judged is not None and item.judged.reading.value is not None:
            reading = item.judged.reading
            value = figure(item.judged.reading.value, reading.unit)
            named.append(f"{scope_words(item.where, dimensions)} {value}")
    more = len(parts) - len(named)
    if more:
        named.append(f"{more} more")
    return f"Among its parts: {listing(named)}."


def _same(whole: Item, part: Item) -> bool:
    """Whether a part holds all that the whole holds: as much of as many."""
    if whole.judged is None or part.judged is None:
        return False
    one, other = whole.judged.reading, part.judged.reading
    return one.denominator is not None and (one.value, one.numerator, one.denominator) == (
        other.value,
        other.numerator,
        other.denominator,
    )

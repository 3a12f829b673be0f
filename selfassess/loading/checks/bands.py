"""Checks bands: every cut can be read, and the levels lie in order, none hidden behind another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from selfassess.errors import Problem
from selfassess.loading.names import Names
from selfassess.loading.source import KeyPath
from selfassess.model.measure import Band

__all__ = ["check_bands"]

_LEVELS = ("attention", "concern", "critical")
_NUMBER = r"-?\d+(?:\.\d+)?"
_ONE_SIDED = re.compile(rf"(at least|at most|over|under)\s+({_NUMBER}|reference)\Z")
_OUTSIDE = re.compile(rf"outside\s+({_NUMBER})\s*(?:-|to)\s*({_NUMBER})\Z")


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a cut holds: below `low`, above `high`; None for not on that side."""

    low: float | None
    high: float | None


def check_bands(
    bands: Sequence[Band],
    names: Names,
    at: Callable[[KeyPath], str],
    better: str | None = None,
    *,
    share: bool = False,
) -> Iterator[Problem]:
    """Say everything that is wrong with a list of bands.

    Args:
        bands: a measure's, or a framework's for one measure.
        names: dimensions that exist.
        at: gives the place of a value in the list.
        better: the measure's, where it is known.
        share: whether the measure's figures lie between 0 and 100 percent.
    """
    for index, band in enumerate(bands):
        first = next(n for n, each in enumerate(bands) if _scope(each) == _scope(band))
        if first != index:
            yield Problem(
                at((index,)),
                f"band {index + 1} speaks of the same figures as band {first + 1}, so it would "
                "never be used.",
                "Keep one of the two, or give one another 'where', 'since' or 'until'.",
            )
        for name, value in band.where.items():
            place = at((index, "where", name))
            yield from names.scope({name: value}, lambda _, place=place: place)
        if band.since and band.until and band.until < band.since:
            yield Problem(
                at((index, "until")),
                f"the band ends on {band.until}, before it begins on {band.since}.",
                "Correct one of the two dates.",
            )
        if band.best is None and not any(getattr(band, each) for each in ("strong", *_LEVELS)):
            yield Problem(
                at((index,)),
                "the band has no cut, so every figure would be 'secure'.",
                "Add 'attention' or 'concern', or take the band away; 'best: context' counts "
                "neither way.",
            )
        cuts: dict[str, _Cut] = {}
        for level in ("strong", *_LEVELS):
            text = getattr(band, level)
            if text is None:
                continue
            read = _read(text)
            if read is None:
                yield Problem(
                    at((index, level)),
                    f"'{text}' is not a cut.",
                    "Write 'at least N', 'at most N', 'over N', 'under N' or 'outside LOW-HIGH'.",
                )
            else:
                cuts[level] = read
                yield from _side(level, text, better, at((index, level)))
                if share and _idle(text, read):
                    yield Problem(
                        at((index, level)),
                        f"'{text}' tells no figures apart: a share is 0 to 100 percent.",
                        "Write a number between.",
                    )
        yield from _order(cuts, index, at)


def _scope(band: Band) -> tuple[object, ...]:
    return sorted(band.where.items()), band.since, band.until


def _side(level: str, text: str, better: str | None, where: str) -> Iterator[Problem]:
    """Nothing, or that a cut lies among the figures that the measure calls the other way."""
    words = " ".join(text.split())
    if words.startswith("outside") or better not in ("higher", "lower"):
        return
    high = words.startswith(("over", "at least"))
    if high != ((better == "higher") == (level == "strong")):
        yield Problem(
            where,
            f"'{words}' would call {'high' if high else 'low'} figures '{level}', but the measure "
            f"says 'better: {better}'.",
            "Turn the cut round, or correct 'better'.",
        )


def _idle(text: str, cut: _Cut) -> bool:
    """Whether every share lies past a cut, or none does; of a range, past one of its sides."""
    if cut.low is not None and cut.high is not None:
        return cut.low < 0 or cut.high > 100 or (cut.low == 0 and cut.high == 100)
    edge = cut.low if cut.high is None else cut.high
    if edge is None:
        return False
    # 'under 0' and 'at least 0' tell nothing; 'over 0' and 'at most 0' do.
    words = text.split()
    idle = 0 if words[0] == "under" or words[:2] == ["at", "least"] else 100
    return not 0 <= edge <= 100 or edge == idle


def _read(text: str) -> _Cut | None:
    """Where a cut holds, or None if it cannot be read."""
    words = " ".join(text.split())
    if found := _ONE_SIDED.match(words):
        if found[2] == "reference":
            return _Cut(None, None)
        edge = float(found[2])
        return _Cut(edge, None) if found[1] in ("under", "at most") else _Cut(None, edge)
    if found := _OUTSIDE.match(words):
        low, high = float(found[1]), float(found[2])
        return _Cut(low, high) if low <= high else None
    return None


def _order(cuts: dict[str, _Cut], index: int, at: Callable[[KeyPath], str]) -> Iterator[Problem]:
    """A worse level begins further out; the strong level lies on the other side."""
    given = [level for level in _LEVELS if level in cuts]
    for milder, worse in pairwise(given):
        mild, bad = cuts[milder], cuts[worse]
        hidden = (mild.high is None and _past(bad.low, mild.low, equal=True)) or (
            mild.low is None and _past(mild.high, bad.high, equal=True)
        )
        if hidden:
            yield Problem(
                at((index, worse)),
                f"'{worse}' begins before '{milder}', so '{milder}' could never be said.",
                "Put the cuts in order: each worse level further out than the one before.",
            )
    if "strong" in cuts and given and _overlap(cuts["strong"], cuts[given[0]]):
        yield Problem(
            at((index, "strong")),
            f"'strong' overlaps '{given[0]}': the same figure would be both.",
            "Let 'strong' begin on the better side of the other cuts.",
        )


def _overlap(one: _Cut, other: _Cut) -> bool:
    """Whether some figure lies past both cuts."""
    if one.low is not None and (other.low is not None or _past(one.low, other.high)):
        return True
    return one.high is not None and (other.high is not None or _past(other.low, one.high))


def _past(low: float | None, high: float | None, *, equal: bool = False) -> bool:
    """Whether one edge lies above the other; both are given."""
    if low is None or high is None:
        return False
    return low >= high if equal else low > high

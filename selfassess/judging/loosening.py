"""Finds where a local change makes a guarded standard easier to meet.

A band is guarded where its basis is statute or guidance. A local band in its place loosens it if
some figure would be read as better than the guarded band reads it; then it is told, with who and
why. Tightening is nobody's business but the council's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from selfassess.judging.bands import band_text, choose_band, cuts, level
from selfassess.model.common import scope, scope_text
from selfassess.model.framework import MeasureBand
from selfassess.model.measure import Band, Dimension, Measure
from selfassess.model.overlay import Loosened

__all__ = ["GUARDED", "is_looser", "loosened_bands"]

GUARDED = frozenset({"statute", "guidance"})
_ORDER = ("strong", "secure", "context", "attention", "concern", "critical")
"""Signals, the best first. ``context`` says nothing for a figure, so it stands behind secure."""


def is_looser(local: Band, guarded: Band, measure: Measure) -> bool:
    """Whether some figure is read as better by one band than by the other.

    A band's signal changes at its edges only; so every edge, a figure between each two and one
    beyond both ends stand for all figures.
    """
    reference = measure.reference.unknown if measure.reference else None
    for value in _probes((local, guarded), reference):
        ours = level(local, value, measure.better, reference)
        theirs = level(guarded, value, measure.better, reference)
        if _ORDER.index(ours) < _ORDER.index(theirs):
            return True
    return False


def _probes(bands: Iterable[Band], reference: float | None) -> Iterator[float]:
    edges = sorted(
        {
            edge
            for band in bands
            for _, cut in cuts(band)
            for edge in (cut.low if cut.low is not None else reference, cut.high)
            if edge is not None
        }
    )
    if not edges:
        yield 0.0
        return
    yield edges[0] - 1
    yield from edges
    for one, other in pairwise(edges):
        yield (one + other) / 2
    yield edges[-1] + 1


def loosened_bands(
    local: Sequence[MeasureBand],
    framework: Sequence[MeasureBand],
    measures: Mapping[str, Measure],
    dimensions: Mapping[str, Dimension],
    as_at: dt.date,
) -> Iterator[Loosened]:
    """Local bands that loosen a guarded one, one entry for each pair.

    Args:
        local: the workspace's and its overlays', the strongest first.
        framework: the framework's own bands, which stand before a measure's.
        measures: by id.
        dimensions: by id; say which parts inherit the band of the whole.
        as_at: bands are compared as they hold on this day, or on their last.
    """
    told: set[tuple[str, int, int]] = set()
    for name in dict.fromkeys(change.measure for change in local):
        measure = measures.get(name)
        if measure is None:
            continue
        ours = [
            (band, change) for change in local if change.measure == name for band in change.bands
        ]
        owned = tuple(b for change in framework if change.measure == name for b in change.bands)
        for guarded, mine in _pairs(
            [band for band, _ in ours], owned, measure.bands, dimensions, as_at
        ):
            key = (name, id(guarded), id(mine))
            if guarded.basis not in GUARDED or key in told:
                continue
            told.add(key)
            if is_looser(mine, guarded, measure):
                change = next(change for band, change in ours if band is mine)
                where = scope_text(scope(guarded.where or mine.where))
                yield Loosened(
                    what=f"{measure.title} {where}".strip(),
                    from_=_said(guarded, measure),
                    to=_said(mine, measure),
                    who=change.who,
                    why=change.why,
                )


def _pairs(
    local: Sequence[Band],
    framework: Sequence[Band],
    own: Sequence[Band],
    dimensions: Mapping[str, Dimension],
    as_at: dt.date,
) -> Iterator[tuple[Band, Band]]:
    """Each band and the local one that takes its place, for every scope that either names."""
    everyone = (*framework, *own, *local)
    for where in dict.fromkeys(scope(band.where) for band in everyone):
        for date in dict.fromkeys(_day(band, as_at) for band in everyone):
            rule = choose_band(framework, where, dimensions, date) or choose_band(
                own, where, dimensions, date
            )
            mine = choose_band(local, where, dimensions, date)
            if rule is not None and mine is not None:
                yield rule, mine


def _day(band: Band, as_at: dt.date) -> dt.date:
    """The day nearest to as-at on which a band holds."""
    if band.until is not None and band.until < as_at:
        return band.until
    if band.since is not None and band.since > as_at:
        return band.since
    return as_at


def _said(band: Band, measure: Measure) -> str:
    reference = measure.reference.unknown if measure.reference else None
    return f"{band_text(band, reference) or 'no cut'} ({band.basis})"

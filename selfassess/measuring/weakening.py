"""Which computed figures rest on rows that break a rule of data quality, and by how much."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from selfassess.measuring.computing import part, ways
from selfassess.measuring.session import Session
from selfassess.model.measure import Computation, Measure, Reading
from selfassess.model.quality import QualityResult, Weakened

__all__ = ["weakening"]


def weakening(
    results: Iterable[QualityResult],
    session: Session,
    measures: Mapping[str, Measure],
    readings: Sequence[Reading],
) -> tuple[QualityResult, ...]:
    """Say of each result which computed figures it weakens.

    A figure is weakened if the way it was computed in uses a column at fault. The share is that of
    the rule: rows at fault of those that the rule counts them against, for the worst column used.

    Args:
        results: what the rules found.
        session: the evidence.
        measures: by id.
        readings: what was measured; published figures rest on no rows.
    """
    used = {
        reading.measure: reading.way
        for reading in readings
        if not reading.where and reading.value is not None and not reading.published
    }

    @cache
    def columns(measure: str) -> frozenset[tuple[str, str]]:
        return _columns(measures[measure], used[measure], session)

    found = []
    for result in results:
        if result.base:
            weakens = [
                Weakened(measure, count / result.base)
                for measure in used
                if measure in measures and (count := _doubtful(result, columns(measure)))
            ]
            weakens.sort(key=lambda each: (-each.share, each.measure))
            result = dataclasses.replace(result, weakens=tuple(weakens))
        found.append(result)
    return tuple(found)


def _doubtful(result: QualityResult, columns: frozenset[tuple[str, str]]) -> int:
    """Rows at fault in a column that is used; in the worst of several."""
    if not result.count:
        return 0
    used = [name for name in result.rule.columns if (result.rule.table, name) in columns]
    counts = [result.by_column.get(name, 0) if result.by_column else result.count for name in used]
    return max(counts, default=0)


def _columns(measure: Measure, way: str | None, session: Session) -> frozenset[tuple[str, str]]:
    """Every column of a table that a measure's way draws on, through views too."""
    found: set[tuple[str, str]] = set()
    for each in ways(measure):
        if (each.name or None) == way:
            for piece in _pieces(each):
                for name, column in session.uses(piece):
                    found |= session.relations[name].draws_on.get(column, frozenset())
    return frozenset(found)


def _pieces(computation: Computation) -> tuple[Computation, ...]:
    if computation.ratio is None:
        return (computation,)
    return part(computation, computation.ratio.of), part(computation, computation.ratio.to)

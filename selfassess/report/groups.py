"""Readings by measure, where files and way of counting are the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from selfassess.report.parts_figures import ReadingGroup, ReadingRow

__all__ = ["grouped"]

_WITHOUT = "Without a figure"


def grouped(
    counted: Sequence[ReadingRow], without: tuple[ReadingRow, ...]
) -> tuple[ReadingGroup, ...]:
    """Rows with a figure by measure, in their order; those without one last, in one group."""
    groups = [_group(tuple(found)) for _, found in groupby(counted, key=_origin)]
    if without:
        groups.append(_group(without, title=_WITHOUT))
    return tuple(groups)


def _origin(row: ReadingRow) -> tuple[object, ...]:
    return row.title, row.source, row.origins, row.way, row.method, row.definition


def _group(rows: tuple[ReadingRow, ...], title: str = "") -> ReadingGroup:
    """Rows under the measure of the first, or under a `title` where they are of several."""
    first = rows[0]
    return ReadingGroup(
        title=title or first.title,
        source="" if title else first.source,
        origins=() if title else first.origins,
        way="" if title else first.way,
        method="" if title else first.method,
        definition="" if title else first.definition,
        rows=rows,
        mixed=bool(title),
    )

"""Which whole months a list can honestly speak of, for a series of one measure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selfassess.measuring.windows import months_before, parse_span, parse_window
from selfassess.model.measure import Computation

if TYPE_CHECKING:
    from selfassess.measuring.relations import Relation
    from selfassess.measuring.supply import Supply

__all__ = ["MOST_MONTHS", "Months", "months_for"]

MOST_MONTHS = 36
"""Older months say nothing of the service that is there now."""
_SETTLED = dt.timedelta(days=7)
"""A month counts as whole if the list's first date lies in its first week."""
_TODAY = re.compile(
    r"\bas_at\b|\blatest\(|\bage\(\s*at\b|\bopen_in\([^)]*\bat\s*\)|\bcount\([\w.]+\s*(\[[^]]*\])?\)"
)
"""What asks about the day of the list, not about the row's own date: no month can be told it."""
_LOOKS = re.compile(r"\b(?:count|open_in)\((\w+)")
"""Another table that is looked into: a series begins where that one is whole as well."""


@dataclass(frozen=True, slots=True)
class Months:
    """The first and last day of the whole months of a series.

    Attributes:
        wide: whether they begin before the measure's own window.
        reach: how far back the list is complete.
    """

    since: dt.date
    until: dt.date
    wide: bool
    reach: dt.date

    @property
    def count(self) -> int:
        """How many months there are."""
        return (self.until.year - self.since.year) * 12 + self.until.month - self.since.month + 1

    def labels(self) -> Iterator[str]:
        """``2026-01`` and so on, oldest first."""
        first = self.since.year * 12 + self.since.month - 1
        for index in range(first, first + self.count):
            yield f"{index // 12:04d}-{index % 12 + 1:02d}"


def months_for(
    computation: Computation, relation: Relation, supply: Supply, as_at: dt.date
) -> Months | None:
    """The months that a computation's rows can be told by; None where they say nothing true.

    A figure of one day (``at``), of holders (``per``) or of a view has no months: a list that was
    drawn today does not say who held whom in spring.
    """
    if computation.over is None or computation.at or computation.per or relation.view:
        return None
    window = parse_window(computation.over)
    if window.end is not None or window.start.unit == "working days":
        return None
    texts = [computation.filter, computation.numerator, computation.value]
    texts += list(computation.let.values())
    words = " ".join(text for text in texts if text)
    if _TODAY.search(words):
        return None
    reaches = [supply.reach(name) for name in (relation.id, *_LOOKS.findall(words))]
    reach = None if None in reaches else max(each for each in reaches if each is not None)
    if reach is None or reach > as_at:
        return None
    begun = window.start.before(as_at) + dt.timedelta(days=1)
    since = _whole_month(_after_lookback(computation, relation.id, reach, begun, as_at))
    until = as_at
    if (as_at + dt.timedelta(days=1)).day != 1:
        until = as_at.replace(day=1) - dt.timedelta(days=1)
    since = max(since, months_before(until + dt.timedelta(days=1), MOST_MONTHS))
    if "previous(" in words and not isinstance(computation.needs.get(relation.id), str):
        return None
    if since.replace(day=28) >= until:
        return None
    return Months(since, until, wide=since < begun, reach=reach)


def _after_lookback(
    computation: Computation, table: str, reach: dt.date, begun: dt.date, as_at: dt.date
) -> dt.date:
    """Where a measure looks back from its rows, the first months of a list have nothing behind."""
    need = computation.needs.get(table)
    if not isinstance(need, str) or need == "present":
        return reach
    asked = parse_span(need).before(as_at) + dt.timedelta(days=1)
    return reach + (begun - asked) if asked < begun else reach


def _whole_month(day: dt.date) -> dt.date:
    """The first day of the first month that begins on the day, or in the week before it."""
    first = day.replace(day=1)
    if day - first < _SETTLED:
        return first
    return (first + dt.timedelta(days=32)).replace(day=1)

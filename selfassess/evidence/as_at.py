"""The day that everything is measured at, where nobody has said it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise

from selfassess.errors import Problem
from selfassess.evidence.warehouse import Warehouse, quoted
from selfassess.model.evidence import Column, SheetLedger, TableSpec

__all__ = ["AFTER", "SLACK", "days_of", "doubts", "infer", "mostly_later", "reaches"]

AFTER = "after as-at"
"""The ledger's word for a row whose event lies after the as-at date."""

SLACK = dt.timedelta(days=31)
"""How far one list may run ahead of the next before its newest date is taken for a slip."""


def infer(lists: Mapping[str, Sequence[dt.date]]) -> dt.date | None:
    """The latest date of any list that lies at most 31 days past the next list's latest.

    A single list has nothing to be checked against: its latest date is taken as it is.

    Args:
        lists: for each list, the dates of what happened, in any order.
    """
    ordered = sorted(
        (sorted(set(dates)) for dates in lists.values() if dates), key=lambda d: -d[-1].toordinal()
    )
    if not ordered:
        return None
    for position, dates in enumerate(ordered):
        after = ordered[position + 1] if position + 1 < len(ordered) else None
        if after is None or dates[-1] <= after[-1] + SLACK:
            # The lists above ran ahead by a slip; their other dates still count.
            limit = dates[-1] + SLACK if position else dates[-1]
            return max(d for other in ordered[: position + 1] for d in other if d <= limit)
    return None


_QUARTER, _HALF_YEAR = dt.timedelta(days=92), dt.timedelta(days=183)
_FEW, _SHARE = 3, 10
"""So many dates at most, and a tenth, half a year past all others: slips rather than events.

Of fewer than ten dates nothing can be said.
"""

_STATE = "State the day that the lists speak of: as_at in selfassess.yaml, or --as-at 2026-03-31."


def doubts(
    day: dt.date, lists: Mapping[str, Sequence[dt.date]], *, inferred: bool
) -> list[Problem]:
    """What speaks against the day that everything is measured at.

    Args:
        day: that day.
        lists: for each list, the dates of what happened, in any order.
        inferred: whether the day was taken from them.
    """
    dates = sorted({date for own in lists.values() for date in own}, reverse=True)
    if len(dates) < _SHARE:
        return []
    if not inferred:
        gap = day - dates[0]
        if gap <= _QUARTER:
            return []
        return [
            Problem(
                where="as-at",
                message=f"{day:%d/%m/%Y} lies {gap.days} days after the latest date of the lists, "
                f"{dates[0]:%d/%m/%Y}: what happened in between is not in them.",
                hint=f"Draw the lists again, or measure as at {dates[0].isoformat()}.",
            )
        ]
    dates = [date for date in dates if date <= day]
    for above, (date, before) in enumerate(pairwise(dates[: _FEW + 1]), 1):
        if date - before > _HALF_YEAR and above * _SHARE <= len(dates):
            return [
                Problem(
                    where="as-at",
                    message=f"{day:%d/%m/%Y} was inferred from the lists, but "
                    f"{'only one date' if above == 1 else f'no more than {above} dates'} of theirs "
                    f"{'lies' if above == 1 else 'lie'} after {before:%d/%m/%Y}: slips may have "
                    "set it.",
                    hint=f"{_STATE} Later rows are then set aside.",
                )
            ]
    return []


def mostly_later(day: dt.date, sheets: Sequence[SheetLedger]) -> list[Problem]:
    """Tell of it where most rows of the lists lie after the as-at date, so that little is left."""
    touched = [sheet for sheet in sheets if sheet.reasons.get(AFTER)]
    later = sum(sheet.reasons[AFTER] for sheet in touched)
    left = sum(sheet.rows_used for sheet in touched)
    if later <= left:
        return []
    return [
        Problem(
            where="as-at",
            message=f"{later} rows lie after {day:%d/%m/%Y} and are set aside; {left} rows of "
            "their lists are left.",
            hint=_STATE,
        )
    ]


def days_of(warehouse: Warehouse, table: TableSpec, source: str) -> list[dt.date]:
    """The days that a table speaks of, the latest first.

    Every date of a list counts but those declared as planned (births, due dates): children are seen
    and plans reviewed on days on which no row begins.

    Args:
        warehouse: where its rows are.
        table: its declaration.
        source: how a query names it.
    """
    dated = [c for c in table.columns if _happened(c)]
    if not dated:
        return []
    each = " UNION ".join(
        f"SELECT CAST({quoted(c.name)} AS DATE) AS d FROM {source} AS t" for c in dated
    )
    rows = warehouse.query(f"SELECT d FROM ({each}) AS u WHERE d IS NOT NULL ORDER BY d DESC")
    return [row[0] for row in rows]


def reaches(warehouse: Warehouse, table: TableSpec, source: str, day: dt.date) -> bool:
    """Whether a table speaks of a day at most a quarter before `day`, or of a later one.

    Then `doubts` has nothing to say of a stated day, and no list need be asked for all its days.

    Args:
        warehouse: where its rows are.
        table: its declaration.
        source: how a query names it.
        day: the day that everything is measured at.
    """
    dated = [f"MAX(CAST({quoted(c.name)} AS DATE))" for c in table.columns if _happened(c)]
    if not dated:
        return False
    last = warehouse.query(f"SELECT {', '.join(dated)} FROM {source} AS t")[0]
    return any(found is not None and day - found <= _QUARTER for found in last)


def _happened(column: Column) -> bool:
    return column.type in ("date", "datetime") and not column.planned

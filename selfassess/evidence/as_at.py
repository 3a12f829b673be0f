"""The day that everything is measured at, where nobody has said it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from selfassess.evidence.warehouse import Warehouse, quoted
from selfassess.model.evidence import Column, TableSpec

__all__ = ["SLACK", "days_of", "infer"]

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


def _happened(column: Column) -> bool:
    return column.type in ("date", "datetime") and not column.planned

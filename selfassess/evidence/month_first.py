"""Dates that somebody wrote with the month first: read day first, half of them would be wrong."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.evidence.staging import Staging
from selfassess.evidence.warehouse import Warehouse

__all__ = ["MonthFirst", "month_first"]

_MONTH, _DAY, _YEAR = "(0?[1-9]|1[0-2])", "(1[3-9]|2[0-9]|3[01])", r"[-/. ](\d{2}|\d{4})(\s.*)?"
"""Parts of a written date; the day is one that no month can be."""

_AMERICAN, _BRITISH = (
    rf"\s*{first}[-/. ]{then}{_YEAR}" for first, then in ((_MONTH, _DAY), (_DAY, _MONTH))
)


@dataclass(frozen=True, slots=True)
class MonthFirst:
    """A column with dates that can only be month first, and none that can only be day first.

    Attributes:
        number: the column's number in the spreadsheet.
        header: its official header.
        certain: the cells that can only be month first; they could not be read.
        others: the other cells that hold something.
    """

    number: int
    header: str
    certain: int
    others: int


def month_first(warehouse: Warehouse, staging: Staging) -> list[MonthFirst]:
    """The columns of a sheet whose dates look American; only those with unread dates are asked."""
    dated = [
        n
        for n, column in enumerate(staging.found)
        if column.type in ("date", "datetime") and n in staging.terms.faulty
    ]
    if not dated:
        return []
    asked = [
        f"count(*) FILTER (regexp_full_match({staging.raw[n]}, '{_AMERICAN}')),"
        f" count(*) FILTER (regexp_full_match({staging.raw[n]}, '{_BRITISH}')),"
        f" count(nullif(trim({staging.raw[n]}), ''))"
        for n in dated
    ]
    counts = warehouse.query(f"SELECT {', '.join(asked)} {staging.below}")[0]
    found = []
    for place, n in enumerate(dated):
        american, british, held = counts[3 * place : 3 * place + 3]
        if american and not british:
            column = staging.found[n]
            number, header = staging.numbers[column.name], column.headers[0]
            found.append(MonthFirst(number, header, american, held - american))
    return found

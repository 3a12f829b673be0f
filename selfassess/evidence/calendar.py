"""Days as a table: day numbers, working days, quarters and years are looked up, never computed.

Working days are Monday to Friday without the bank holidays of England. Those are shipped for 2015
to 2030; in other years only weekends are left out.
"""

from __future__ import annotations

import csv
import datetime as dt
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
    from selfassess.evidence.warehouse import Warehouse

__all__ = [
    "COLUMNS",
    "FIRST",
    "LAST",
    "bank_holidays",
    "build",
    "carry",
    "is_working_day",
    "working_days",
]

FIRST, LAST = dt.date(1985, 1, 1), dt.date(2040, 12, 31)
"""The days that the table holds; births of today's care leavers and far due dates lie within."""

COLUMNS = {
    "d": "DATE",
    "dn": "BIGINT",
    "wd": "BIGINT",
    "y": "BIGINT",
    "m": "BIGINT",
    "md": "BIGINT",
    "month": "VARCHAR",
    "quarter": "VARCHAR",
    "fy": "VARCHAR",
}


@cache
def bank_holidays() -> tuple[dt.date, ...]:
    """England's bank holidays that fall on a weekday, in order."""
    text = files("selfassess.evidence").joinpath("bank_holidays.csv").read_text(encoding="utf-8")
    return tuple(dt.date.fromisoformat(row["date"]) for row in csv.DictReader(text.splitlines()))


def is_working_day(day: dt.date) -> bool:
    """Whether a day is a working day in England."""
    return day.weekday() < 5 and day not in _holiday_set()


def working_days(start: dt.date, end: dt.date) -> int:
    """Working days after `start`, up to and with `end`: the next working day is 1, the same day 0.

    Negative where `end` lies before `start`.
    """
    return _count(end) - _count(start)


def _count(day: dt.date) -> int:
    """Working days from a Monday long ago up to and with a day."""
    days = day.toordinal() - 1
    weeks, rest = divmod(days + 1, 7)
    return weeks * 5 + min(rest, 5) - bisect_right(bank_holidays(), day)


@cache
def _holiday_set() -> frozenset[dt.date]:
    return frozenset(bank_holidays())


def build(warehouse: DuckDBWarehouse) -> None:
    """Make the table ``calendar``.

    Columns: d, dn (days since 1970-01-01), wd (working days since the first row, cumulative), y, m,
    md (month * 100 + day), month ``2026-03``, quarter ``2025-26 Q4``, fy ``2025-26``.
    """
    warehouse.execute(
        f"""CREATE TABLE calendar AS
        SELECT d, dn,
               sum(CASE WHEN isodow(d) <= 5 AND h IS NULL THEN 1 ELSE 0 END)
                   OVER (ORDER BY d)::BIGINT AS wd,
               y, m, m * 100 + day(d) AS md,
               y || '-' || lpad(m::VARCHAR, 2, '0') AS month,
               fy || ' Q' || ((m + 8) % 12 // 3 + 1) AS quarter, fy
        FROM (
            SELECT d, h, date_diff('day', DATE '1970-01-01', d) AS dn, y, m,
                   (CASE WHEN m >= 4 THEN y ELSE y - 1 END) || '-'
                   || lpad(((CASE WHEN m >= 4 THEN y + 1 ELSE y END) % 100)::VARCHAR, 2, '0') AS fy
            FROM (
                SELECT range::DATE AS d, year(range) AS y, month(range) AS m
                FROM range(TIMESTAMP '{FIRST}', TIMESTAMP '{LAST + dt.timedelta(days=1)}',
                           INTERVAL 1 DAY)
            ) LEFT JOIN (SELECT unnest($1::DATE[]) AS h) ON h = d
        ) ORDER BY d""",
        [list(bank_holidays())],
    )


def carry(source: DuckDBWarehouse, warehouse: Warehouse) -> None:
    """Make the table in another engine as well."""
    rows = source.query(f"SELECT {', '.join(COLUMNS)} FROM calendar ORDER BY d")
    warehouse.create_table("calendar", COLUMNS, rows)

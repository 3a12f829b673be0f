"""Days, working days and periods, against an independent calendar."""

from __future__ import annotations

import datetime as dt

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.evidence import calendar
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse

DAYS = st.dates(calendar.FIRST, calendar.LAST)


@pytest.fixture(scope="module")
def warehouse() -> DuckDBWarehouse:
    made = DuckDBWarehouse()
    calendar.build(made)
    return made


def test_bank_holidays_are_englands_from_2015_to_2030() -> None:
    theirs = holidays.country_holidays("GB", subdiv="ENG", years=range(2015, 2031))
    on_weekdays = tuple(sorted(day for day in theirs if day.weekday() < 5))
    assert calendar.bank_holidays() == on_weekdays


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        # Thursday before Easter 2026; Friday 3 and Monday 6 April are holidays.
        ("2026-04-02", "2026-04-07", 1),
        ("2026-04-02", "2026-04-02", 0),
        ("2026-04-03", "2026-04-07", 1),
        # A week.
        ("2026-02-02", "2026-02-09", 5),
        # Friday to Monday.
        ("2026-02-06", "2026-02-09", 1),
        ("2026-02-06", "2026-02-07", 0),
        # Christmas 2025: Thursday and Friday off.
        ("2025-12-24", "2025-12-29", 1),
        ("2026-02-09", "2026-02-02", -5),
        # No holidays are known before 2015: only weekends are off.
        ("2013-12-24", "2013-12-27", 3),
    ],
)
def test_working_days(start: str, end: str, days: int) -> None:
    assert calendar.working_days(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == days


@given(DAYS, st.integers(0, 400))
def test_working_days_are_the_working_days_counted(start: dt.date, length: int) -> None:
    days = [start + dt.timedelta(days=n) for n in range(1, length + 1)]
    end = start + dt.timedelta(days=length)
    assert calendar.working_days(start, end) == sum(map(calendar.is_working_day, days))


def test_the_table_says_what_python_says(warehouse: DuckDBWarehouse) -> None:
    rows = warehouse.query("SELECT d, dn, wd, y, m, md FROM calendar ORDER BY d")
    assert len(rows) == (calendar.LAST - calendar.FIRST).days + 1
    first = calendar.FIRST - dt.timedelta(days=1)
    for day, number, worked, year, month, month_day in rows:
        assert number == (day - dt.date(1970, 1, 1)).days
        assert worked == calendar.working_days(first, day)
        assert (year, month, month_day) == (day.year, day.month, day.month * 100 + day.day)


@pytest.mark.parametrize(
    ("day", "month", "quarter", "year"),
    [
        ("2026-03-31", "2026-03", "2025-26 Q4", "2025-26"),
        ("2026-04-01", "2026-04", "2026-27 Q1", "2026-27"),
        ("2025-12-31", "2025-12", "2025-26 Q3", "2025-26"),
        ("2025-09-30", "2025-09", "2025-26 Q2", "2025-26"),
        ("2000-01-01", "2000-01", "1999-00 Q4", "1999-00"),
    ],
)
def test_periods(warehouse, day, month, quarter, year) -> None:
    found = warehouse.query(f"SELECT month, quarter, fy FROM calendar WHERE d = DATE '{day}'")
    assert found == [(month, quarter, year)]

"""Small invented councils, full of what breaks a naive count.

Rows meet across lists, dates stand exactly on limits, on bank holidays, on the as-at day and after
it, names are spelled in two ways, cells are blank, unreadable or no code of their set. Everything
follows from the seed.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random
from typing import Any, Protocol

from reference import days
from reference.lines import PLACE
from reference.logic import UNKNOWN

Tables = dict[str, list[dict[str, Any]]]

AS_AT = (
    dt.date(2026, 3, 31), dt.date(2026, 4, 7), dt.date(2026, 4, 6), dt.date(2024, 2, 29),
    dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 11, 30), dt.date(2025, 8, 24),
)  # fmt: skip
"""Quarter's end, days after and on Easter Monday, a leap day, holidays, a short month, a Sunday."""

WORKERS = (
    "Ann Lee", "ann lee", "Bo Diaz", "BO DIAZ", "Cy Ng", "Di Roe", "Ed Poe", "Flo Ray", "Gus Hay",
    "Unallocated", "not allocated", "TBC", "Duty", "North duty tray", "Duty social worker",
)  # fmt: skip
STAFF = ("Ann Lee", "Bo Diaz", "cy ng", "Di Roe", "Ed Poe", "Ira Osk", "Joy Kim")
TEAMS = ("North", "South", "East", "Duty team")
SOURCES = ("police", "school", "health")
OUTCOMES = ("NFA", "no further action", "referral", "advice", "Early help nfa")
THEMES = ("neglect", "plans")
ALWAYS = (
    "contacts", "referrals", "assessments", "section_47", "cin", "cp", "care", "care_leavers",
)  # fmt: skip
EXTRACTS = (
    "workers", "posts", "allocations", "visits", "supervision", "case_notes", "audits", "actions",
    "contacts_hub", "missing_episodes", "attendance", "threshold_audits", "entry_audits",
)  # fmt: skip
PERIODS = {
    "authorised_date": ("start_date", (0, 15, 44, 45, 46, 60)),
    "icpc_date": ("strategy_date", (0, 1, 14, 15, 16, 30)),
    "closure_date": ("start_date", (0, 20, 60, 200)),
    "plan_end_date": ("plan_start_date", (0, 65, 130, 300)),
    "end_date": ("start_date", (0, 20, 130)),
    "last_visit_date": ("start_date", (0, 5, 10, 20)),
    "allocated": ("decided", (0, 1, 2, 10)),
    "ended": ("decided", (0, 40, 130)),
    "recorded": ("date", (0, 1, 2, 3)),
    "decided": ("received", (0, 1, 2)),
    "interviewed": ("found", (0, 1, 2, 3)),
    "done": ("due", (0, 1)),
    "redated": ("due", (0, 1)),
}
"""Dates that often stand so many working days after another one of their row."""


class Column(Protocol):
    name: str
    type: str
    headers: tuple[str, ...]
    codes: Any
    optional: bool


class Spec(Protocol):
    id: str
    columns: tuple[Any, ...]
    key: tuple[str, ...]


class Maker:
    """Makes one council.

    Args:
        specs: the declared tables, for their columns and codes.
        seed: what everything follows from.
        rows: about how many rows a table has.
        whole: every table and column is there, and every cell can be read.
    """

    def __init__(
        self, specs: Mapping[str, Spec], seed: int, rows: int = 40, *, whole: bool = False
    ) -> None:
        self.random = Random(seed)  # noqa: S311 - invented councils, no secrets
        # Tables of a dataset are no lists: lists are made of them.
        specs = {name: spec for name, spec in specs.items() if not getattr(spec, "dataset", "")}
        self.specs = specs
        self.as_at = self.random.choice(AS_AT)
        self.rows = rows
        self.whole = whole
        self.children = [f"c{n}" for n in range(max(4, rows // 2))]
        # Of all columns few have unreadable cells, else no figure would come about.
        named = [(spec.id, c.name) for spec in specs.values() for c in spec.columns]
        self.unread = {
            pair: self.random.choice((0.02, 0.06, 0.15))
            for pair in self.random.sample(named, 0 if whole else self.random.choice((0, 3, 6, 12)))
        }

    def tables(self) -> Tables:
        found: Tables = {}
        for name in (*ALWAYS, *EXTRACTS):
            present = 0.97 if name in ALWAYS else 0.85
            if self.whole or self.random.random() < present:
                found[name] = self.table(self.specs[name])
        return found

    def table(self, spec: Spec) -> list[dict[str, Any]]:
        r = self.random
        left = 0.0 if self.whole else 0.25
        columns = [c for c in spec.columns if not (c.optional and r.random() < left)]
        empty = {c.name for c in columns if c.name not in spec.key and r.random() < left / 12}
        rows = []
        for number in range(r.randint(self.rows // 2, self.rows)):
            row: dict[str, Any] = {}
            for column in columns:
                value = None if column.name in empty else self.cell(spec, column, row, number)
                chance = self.unread.get((spec.id, column.name), 0)
                if column.name not in spec.key and r.random() < chance:
                    value = UNKNOWN
                row[column.name] = value
            row[PLACE] = (f"{spec.id}.csv", number + 2)
            rows.append(row)
        return rows

    def cell(self, spec: Spec, column: Column, row: Mapping[str, Any], number: int) -> Any:
        r, name = self.random, column.name
        if name in spec.key:
            return self.key(spec, name, number)
        if r.random() < 0.12:
            return None
        if column.type == "code":
            if name == "role":
                return r.choice(
                    ("social-worker", "social-worker", "asye", "senior", "iro", "manager")
                )
            odd = name not in ("rag", "role", "agency") and r.random() < 0.02
            return "odd one" if odd else r.choice([code.id for code in column.codes])
        if column.type in ("date", "datetime"):
            return self.date(spec, column, row)
        if column.type in ("integer", "number"):
            return self.number(name)
        words = {
            "worker": WORKERS, "team": TEAMS, "source": SOURCES, "outcome": OUTCOMES,
            "theme": THEMES, "child_id": self.children,
        }.get(name, ("one", "another"))  # fmt: skip
        return r.choice(words)

    def key(self, spec: Spec, name: str, number: int) -> str:
        if name == "child_id":
            return self.random.choice(self.children)
        if name == "worker" and spec.id == "workers":
            return self.random.choice(STAFF)
        if name == "worker":
            return self.random.choice(WORKERS[:9])
        if name == "team":
            return self.random.choice(TEAMS)
        return f"k{number}"

    def number(self, name: str) -> float | int:
        if name == "fte":
            return self.random.choice((1, 1, 0.5, 0.8, 0, 0.25))
        if name in ("days_due", "days_lost"):
            return self.random.choice((0, 1.5, 20, 200))
        return self.random.choice((0, 0, 1, 2, 3, 5))

    def date(self, spec: Spec, column: Column, row: Mapping[str, Any]) -> dt.date:
        r, name = self.random, column.name
        if name == "date_of_birth":
            return self.birth(spec)
        base, steps = PERIODS.get(name, (None, ()))
        base = "plan_start_date" if spec.id == "cp" and base == "start_date" else base
        start = row.get(base) if base else None
        if isinstance(start, dt.date) and r.random() < 0.6:
            found = _after(days.day(start), r.choice(steps))
        else:
            found = self.any_day()
            if spec.id == "care" and r.random() < 0.4:
                found -= dt.timedelta(days=r.choice((300, 700, 1000)))
        if column.type != "datetime":
            return found
        clock = r.choice(((0, 0), (9, 0), (13, 0), (13, 1), (23, 59), (0, 1)))
        if isinstance(start, dt.datetime) and r.random() < 0.3:
            later = start + dt.timedelta(hours=r.choice((4, 24, 72)), minutes=r.choice((0, 0, 1)))
            return later.replace(second=0)
        return dt.datetime.combine(found, dt.time(*clock))

    def any_day(self) -> dt.date:
        r, at = self.random, self.as_at
        kind = r.random()
        if kind < 0.35:
            edge = days.back(at, r.choice((1, 2, 3, 6, 6, 12, 12, 24, 30)))
            return edge + dt.timedelta(days=r.choice((-1, 0, 0, 1)))
        if kind < 0.6:
            day = _after(at, -r.choice((0, 1, 2, 5, 10, 11, 15, 16, 20, 21, 45, 46)))
            return day + dt.timedelta(days=r.choice((0, 0, 1)))
        if kind < 0.68:
            return at + dt.timedelta(days=r.choice((0, 0, 1, 30)))
        if kind < 0.9:
            return at - dt.timedelta(
                days=r.choice((7, 8, 14, 28, 29, 42, 43, 56, 90, 91, 365, 366))
            )
        return at - dt.timedelta(days=r.randint(0, 1300))

    def birth(self, spec: Spec) -> dt.date:
        years = self.random.choice((17, 18, 19, 20, 21, 22) if spec.id == "care_leavers" else
                                   (0, 4, 5, 10, 15, 16))  # fmt: skip
        shift = self.random.choice((-1, 0, 1, 100))
        return days.back(self.as_at, 12 * years) - dt.timedelta(days=shift)


def _after(day: dt.date, number: int) -> dt.date:
    """So many working days after a day (before it, where negative)."""
    step = dt.timedelta(days=1 if number >= 0 else -1)
    left = abs(number)
    while left:
        day += step
        left -= days.is_working_day(day)
    return day


def shown(value: Any) -> str:
    """A cell as a spreadsheet prints it."""
    if value is None:
        return ""
    if value is UNKNOWN:
        return "#N/A"
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def write(folder: Path, tables: Tables, specs: Mapping[str, Spec]) -> Iterable[Path]:
    """Write each table as the CSV file that a council would supply."""
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        columns = [c for c in specs[name].columns if rows and c.name in rows[0]]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.headers[0] for column in columns])
            for row in rows:
                writer.writerow([shown(row[column.name]) for column in columns])
        yield path

"""A council's tables, and the questions that several measures ask of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from reference import days
from reference.lines import PLACE, Row
from reference.logic import (
    UNKNOWN,
    blank,
    both,
    either,
    eq,
    gt,
    le,
    no,
    unknown,
)
from reference.standards import patterns, settings

EVENTS = {
    "contacts": "contact_date", "early_help": "start_date", "referrals": "referral_date",
    "assessments": "start_date", "section_47": "strategy_date", "cin": "start_date",
    "cp": "plan_start_date", "care": "start_date", "visits": "date", "supervision": "date",
    "case_notes": "date", "audits": "date", "contacts_hub": "received", "allocations": "decided",
    "missing_episodes": "found", "attendance": "month_end", "threshold_audits": "date",
    "entry_audits": "date",
}  # fmt: skip
"""The date that decides whether a row lies after the as-at date, and is then not there yet."""

SPANS = {
    "assessments": ("start_date", "authorised_date"), "section_47": ("strategy_date", None),
    "cin": ("start_date", "closure_date"), "cp": ("plan_start_date", "plan_end_date"),
    "care": ("start_date", "end_date"), "workers": ("start", "end"),
    "allocations": ("decided", "ended"), "contacts_hub": ("received", "decided"),
}  # fmt: skip
"""From when to when a row is open; closed on the day is closed."""

SOCIAL_WORK = ("social-worker", "asye", "senior", "advanced", "manager")


class NotComputableError(Exception):
    """A table or a column is wanting."""


def same_name(text: Any) -> Any:
    """A typed name as it meets its like."""
    return text.strip().lower() if isinstance(text, str) else text


def meeting(column: str, value: Any) -> Any:
    """What a row is found by: ids as they stand, names without regard to case."""
    return same_name(value) if column == "worker" else value


class Council:
    """Tables as lists of rows, as at a day.

    A table that is not in the mapping was not supplied; a column that a row does not hold was not
    in the file. A cell is a value, None (blank) or UNKNOWN. ``_place`` says where a row stands.
    """

    def __init__(self, tables: Mapping[str, Sequence[Row]], as_at: dt.date) -> None:
        self.as_at = as_at
        self.tables: dict[str, list[Row]] = {}
        for name, rows in tables.items():
            event = EVENTS.get(name)
            self.tables[name] = [
                row
                for row in rows
                if event is None or gt(days.day(row.get(event)), as_at) is not True
            ]
        self.columns = {name: set(rows[0]) for name, rows in tables.items() if rows}
        self._by_key: dict[tuple[str, str], dict[Any, list[Row]]] = {}

    # what was supplied

    def has(self, table: str, *columns: str) -> bool:
        """Whether a table was supplied with these columns, each filled by somebody."""
        return table in self.columns and all(
            name in self.columns[table]
            and (not self.tables[table] or any(row[name] is not None for row in self.tables[table]))
            for name in columns
        )

    def need(self, table: str, *columns: str) -> None:
        """Refuse to answer without a table and these columns, filled or not."""
        if table not in self.columns or not set(columns) <= self.columns[table]:
            raise NotComputableError(table)

    def need_filled(self, table: str, *columns: str) -> None:
        if not self.has(table, *columns):
            raise NotComputableError(table)

    def rows(self, table: str, *columns: str) -> list[Row]:
        self.need(table, *columns)
        return self.tables[table]

    def keyed(self, table: str, column: str) -> dict[Any, list[Row]]:
        """Rows by a column, names without regard to case; rows without it stand nowhere."""
        found = self._by_key.get((table, column))
        if found is None:
            found = defaultdict(list)
            for row in self.rows(table, column):
                if row[column] is not None and row[column] is not UNKNOWN:
                    found[meeting(column, row[column])].append(row)
            self._by_key[table, column] = found
        return found

    # rows that are open

    def is_open(self, table: str, row: Row, at: dt.date) -> Any:
        start, stop = SPANS[table]
        begun = either(blank(row[start]), le(days.day(row[start]), at))
        end = row.get(stop) if stop else None
        running = either(blank(end), gt(days.day(end), at))
        parts = [begun, running]
        if table == "cin":
            parts.append(no(eq(row["case_status"], "closed")))
        return both(*parts)

    def opened(self, table: str, at: dt.date, *columns: str) -> Iterator[tuple[Row, Any]]:
        """Rows that are open at a day, each with True or UNKNOWN."""
        start, stop = SPANS[table]
        wanted = [c for c in (start, stop) if c and (table, c) not in MAY_LACK]
        for row in self.rows(table, *wanted, *columns):
            found = self.is_open(table, row, at)
            if found is not False:
                yield row, found

    def open_in(self, table: str, child: Any, at: dt.date) -> Any:
        return either(
            *(self.is_open(table, row, at) for row in self.keyed(table, "child_id")[child])
        )

    # looking into other tables

    def latest(
        self,
        table: str,
        column: str,
        key: str,
        whose: Any,
        at: dt.date,
        keep: Callable[[Row], Any] = lambda row: True,
    ) -> Any:
        """The last day of such rows up to a day; UNKNOWN where one of them may be such a row."""
        found = None
        for row in self.keyed(table, key)[meeting(key, whose)]:
            taken = both(le(days.day(row[column]), at), keep(row))
            if taken is UNKNOWN:
                return UNKNOWN
            if taken:
                last = days.day(row[column])
                found = last if found is None or last > found else found
        return found

    def count(
        self, table: str, whose: Any, keep: Callable[[Row], Any], date: str | None = None
    ) -> Any:
        """How many rows of a child, dated up to as-at, are such rows."""
        column = date or EVENTS[table]
        found = 0
        for row in self.keyed(table, "child_id")[whose]:
            taken = both(le(days.day(row[column]), self.as_at), keep(row))
            if taken is UNKNOWN:
                return UNKNOWN
            found += taken
        return found

    def worker(self, name: Any) -> Row | None:
        """The list of workers on a name: of several rows the open one that began last."""
        if name is None or name is UNKNOWN or "workers" not in self.columns:
            return None
        rows = self.keyed("workers", "worker")[same_name(name)]

        def order(row: Row) -> tuple[bool, bool, int]:
            start, end = _known(row["start"]), _known(row.get("end"))
            there = (start is None or start <= self.as_at) and (end is None or end > self.as_at)
            return not there, start is None, -start.toordinal() if start else 0

        return min(rows, key=order) if rows else None

    def of_worker(self, name: Any, column: str) -> Any:
        if name is UNKNOWN:
            return UNKNOWN
        row = self.worker(name)
        return row[column] if row else None

    # local standards

    def setting(self, name: str, **keys: Any) -> Any:
        values = settings()[name]
        if unknown(*keys.values()) and any(wanted for wanted, _ in values):
            return UNKNOWN
        usable = [
            (wanted, value)
            for wanted, value in values
            if all(keys.get(key) == word for key, word in wanted.items())
        ]
        return max(usable, key=lambda pair: len(pair[0]))[1] if usable else None

    def matches(self, text: Any, name: str) -> Any:
        """Whether a text is one of a setting's patterns, as a whole."""
        if text is UNKNOWN:
            return UNKNOWN
        return text is not None and bool(patterns(name).fullmatch(" ".join(text.lower().split())))

    # children

    @cached_property
    def open_children(self) -> list[dict[str, Any]]:
        """Each open child once, by its highest plan; the first real worker of any list."""
        entries: dict[Any, list[tuple[int, int, int, dict[str, Any]]]] = defaultdict(list)
        for order, (plan, row, _) in enumerate(self._cases(lambda row, open_: open_)):
            place = {"care": 0, "cp": 1, "cin": 2, "assessments": 3}[plan[0]]
            entries[row["child_id"]].append(
                (RANK.get(plan[1], len(RANK)), place, order, {**row, "plan": plan[1]})
            )
        found = []
        for child, cases in sorted(entries.items()):
            cases.sort(key=lambda case: case[:3])
            rows = [case[3] for case in cases]
            teams = [self.matches(row.get("team", UNKNOWN), "duty-teams") for row in rows]
            starts = [row["start"] for row in rows]
            known = [start for start in starts if start is not None and start is not UNKNOWN]
            found.append(
                {
                    "child_id": child,
                    "plan": _first(rows, "plan", lambda word: True),
                    "team": _first(rows, "team", lambda word: True),
                    "worker": _first(rows, "worker", self._named),
                    "person": _first(
                        rows,
                        "worker",
                        lambda word: self._named(word) and not self.matches(word, "duty-workers"),
                    ),
                    "duty_team": either(*teams),
                    "start": UNKNOWN if unknown(*starts) else min(known, default=None),
                    PLACE: rows[0][PLACE],
                }
            )
        return found

    def _named(self, word: str) -> bool:
        return not self.matches(word, "unallocated-workers")

    def _cases(
        self, keep: Callable[[Row, Any], Any]
    ) -> Iterator[tuple[tuple[str, Any], dict[str, Any], Any]]:
        """Open entries of the four lists that hold cases, with ((list, plan), row, open)."""
        if not any(table in self.columns for table in ("care", "cp", "cin", "assessments")):
            raise NotComputableError("children")
        for table in ("care", "cp", "cin", "assessments"):
            if table not in self.columns:
                continue
            for row in self.tables[table]:
                open_ = self._view_open(table, row)
                if keep(row, open_) is not False and open_ is not False:
                    plan = {
                        "care": "care", "cp": "cp", "assessments": "assessment"
                    }.get(table, row.get("case_status", UNKNOWN))  # fmt: skip
                    start = row.get(SPANS[table][0], UNKNOWN)
                    shown = {
                        "child_id": row["child_id"],
                        "team": row.get("team", UNKNOWN),
                        "worker": row.get("worker", UNKNOWN),
                        "start": start,
                        PLACE: row[PLACE],
                    }
                    yield (table, plan), shown, open_

    def _view_open(self, table: str, row: Row) -> Any:
        """Open at as-at; a column that the file lacks could not be read."""
        whole = defaultdict(lambda: UNKNOWN, row)
        for name in (*SPANS[table], "case_status"):
            if name is not None:
                whole.setdefault(name, UNKNOWN)
        return self.is_open(table, whole, self.as_at)

    @cached_property
    def holdings(self) -> list[dict[str, Any]]:
        """Each child with each of its named workers; once more whose worker cannot be read."""

        def held(row: Row, _: Any) -> bool:
            word = row.get("worker", UNKNOWN)
            if word is UNKNOWN or word is None:
                return False
            return self._named(word) and not self.matches(word, "duty-workers")

        found: dict[Any, list[tuple[int, int, dict[str, Any]]]] = defaultdict(list)
        for order, ((_, plan), row, _) in enumerate(self._cases(held)):
            key = row["child_id"], same_name(row["worker"])
            found[key].append((RANK.get(plan, len(RANK)), order, {**row, "plan": plan}))
        holdings = []
        for cases in found.values():
            cases.sort(key=lambda case: case[:2])
            rows = [case[2] for case in cases]
            first = {name: _first(rows, name, lambda word: True) for name in ("plan", "team")}
            holdings.append({**rows[0], **first})
        for child in self.open_children:
            if child["person"] is UNKNOWN:
                holdings.append({**child, "worker": UNKNOWN})
        return holdings


RANK = {"care": 0, "cp": 1, "cin": 2, "assessment": 3}
MAY_LACK = {("workers", "end"), ("allocations", "ended"), ("contacts_hub", "decided")}
"""Closing dates that an extract may leave out where nothing has ended."""


def _known(value: Any) -> Any:
    return None if value is UNKNOWN else days.day(value)


def _first(rows: Iterable[Row], name: str, usable: Callable[[str], bool]) -> Any:
    """The first entry that counts; UNKNOWN where there is none and one could not be read."""
    lost = False
    for row in rows:
        if row[name] is UNKNOWN:
            lost = True
        elif row[name] is not None and usable(row[name]):
            return row[name]
    return UNKNOWN if lost else None

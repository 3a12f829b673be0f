"""What the evidence supplies: which tables, columns and history a computation can rest on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from selfassess.errors import MeasureError
from selfassess.measuring.relations import Relation, Relations
from selfassess.measuring.windows import parse_span

if TYPE_CHECKING:
    from selfassess.evidence.state import Evidence, TableState

__all__ = ["MANY", "Supply"]

MANY = 1_000_000
"""From so many rows on, what is done with them costs more than the question."""

STALE_AFTER = 7
"""Days by which an extract may differ from the as-at date before what it says of today is stale."""
SLACK = dt.timedelta(days=31)
"""By how much a list may begin later than its history should: there are quiet weeks."""

_KEPT = 0.5
"""Closings to openings: a list with fewer does not keep what was closed."""


class Supply:
    """Says of tables and views whether they are there, with which columns, how far back."""

    def __init__(self, evidence: Evidence, relations: Relations) -> None:
        self._evidence = evidence
        self._relations = relations
        self._earliest: dict[str, dt.date | None] = {}
        self._reach: dict[str, dt.date | None] = {}
        self._stay: dict[str, float] = {}
        self._filled: dict[tuple[str, str], bool] = {}

    def state(self, table: str) -> TableState | None:
        """A declared table's state; None where evidence was read without knowing of it."""
        return self._evidence.tables.get(table)

    def present(self, name: str) -> bool:
        """Whether a table was supplied, or one source of a view."""
        relation = self._relations[name]
        return any(self._supplied(table) for table in relation.tables)

    def _supplied(self, table: str) -> bool:
        state = self.state(table)
        return state is not None and state.present

    def lacks(self, relation: Relation, column: str) -> bool:
        """Whether a supplied table's files do not hold a column."""
        if relation.view:
            return False
        state = self.state(relation.id)
        return state is not None and state.present and column not in state.columns

    def missing(
        self,
        rests_on: Iterable[str],
        uses: Iterable[tuple[str, str]],
        needs: Mapping[str, str | tuple[str, ...]],
    ) -> list[str]:
        """What is wanting, in words; empty if nothing is."""
        found: list[str] = []
        absent: set[str] = set()
        for name in sorted({*rests_on, *needs}):
            if not self.present(name):
                absent.add(name)
                found.append(self._not_supplied(self._relations[name]))
        wanted = set(uses)
        for name in rests_on:
            wanted |= {each for each in self._relations[name].opens_on if self._supplied(each[0])}
        for name, need in needs.items():
            if not isinstance(need, str):
                wanted |= {(name, column) for column in need}
        for name, column in sorted(wanted):
            relation = self._relations[name]
            if name not in absent and self.lacks(relation, column):
                header = relation.columns[column].header
                found.append(f"{relation.title}: column '{header}' is missing")
        for name, need in needs.items():
            if not isinstance(need, str) and name not in absent:
                found += self._empty(name, need)
        for name, need in needs.items():
            if isinstance(need, str) and need != "present" and name not in absent:
                found += self._too_short(name, need)
        return found

    def _not_supplied(self, relation: Relation) -> str:
        drawn = ", ".join(self._relations[table].title for table in relation.tables)
        whose = f" (from {drawn})" if relation.view else ""
        return f"{relation.title}: not supplied{whose}"

    def _empty(self, name: str, columns: Iterable[str]) -> list[str]:
        """Columns that a list has and that nobody ever filled: they say nothing of practice."""
        relation = self._relations[name]
        asked = [each for each in columns if not self.lacks(relation, each)]
        if relation.view or not asked or not self.rows(name):
            return []
        for column in asked:
            if (name, column) not in self._filled:
                sql = f'SELECT COUNT(b."{column}") FROM "{name}" AS b'
                state = self.state(name)
                unread = state is not None and state.unknown.get(column, 0) > 0
                self._filled[name, column] = unread or self._evidence.warehouse.query(sql)[0][0] > 0
        return [
            f"{relation.title}: column '{relation.columns[column].header}' is empty"
            for column in asked
            if not self._filled[name, column]
        ]

    def _too_short(self, name: str, need: str) -> list[str]:
        relation = self._relations[name]
        as_at = self._evidence.as_at
        begins = self.earliest(name)
        since = parse_span(need).before(as_at)
        if begins is not None and begins <= since + SLACK:
            return []
        reach = f"begins {begins.isoformat()}" if begins else "holds no dates"
        return [f"{relation.title}: {need} of history are needed, and the list {reach}"]

    def earliest(self, name: str) -> dt.date | None:
        """The earliest event date of a table."""
        if name not in self._earliest:
            relation = self._relations[name]
            if relation.event is None:
                raise MeasureError(f"{relation.title} has no event date to measure its history by.")
            sql = f'SELECT MIN(b."{relation.event}") FROM "{name}" AS b'
            found = self._evidence.warehouse.query(sql)[0][0]
            self._earliest[name] = found.date() if isinstance(found, dt.datetime) else found
        return self._earliest[name]

    def reach(self, name: str) -> dt.date | None:
        """Since when a table is complete; None where nothing says so.

        A list of what is open, or was closed lately, holds older rows too, but only those that
        stayed open: it is whole since its first closing, and only if since then about as much was
        closed as was opened. Else it keeps the open ones and forgets the others. Declared cover is
        taken at its word where the rows do not reach further.
        """
        if name not in self._reach:
            tables = self._evidence.tables
            # One question for all short lists; a long one is asked by itself, and only if needed.
            short = [each for each, state in sorted(tables.items()) if state.rows < MANY]
            asked = short if name in short else [name]
            self._reach |= {**dict.fromkeys(asked), **self._reaches(asked)}
        found = self._reach[name]
        state = self.state(name)
        if state is None or not state.present or state.spec.cover is None:
            return found
        cover = parse_span(state.spec.cover).before(self._evidence.as_at) + dt.timedelta(days=1)
        return min(found, cover) if found else cover

    def _reaches(self, names: Iterable[str]) -> dict[str, dt.date]:
        """The first closing, or else the first event, of several tables at once."""
        asked = []
        for name in names:
            state = self._evidence.tables.get(name)
            if state is None:
                continue
            spec = state.spec
            begun, ended = spec.opened or spec.event, spec.closed
            if not state.present or begun is None or begun not in state.columns:
                continue
            if ended is None or ended not in state.columns:
                if spec.opened is None or spec.closed is None:
                    asked.append(_first(name, begun, "0", "0"))
                continue
            since = f'(SELECT MIN(c."{ended}") FROM "{name}" AS c)'
            opened = f'COUNT(CASE WHEN b."{begun}" >= {since} THEN 1 END)'
            asked.append(_first(name, ended, opened, f'COUNT(b."{ended}")'))
        if not asked:
            return {}
        found: dict[str, dt.date] = {}
        for name, day, opened, closed in self._evidence.warehouse.query(" UNION ALL ".join(asked)):
            if not isinstance(day, dt.date) or closed < opened * _KEPT:
                continue
            found[str(name)] = day
            if opened:
                days = (self._evidence.as_at - day).days
                self._stay[str(name)] = (self._evidence.tables[name].rows - closed) * days / opened
        return found

    def stay(self, name: str) -> float | None:
        """How many days a row of a table stays open: those open now, by how many open a day."""
        self.reach(name)
        return self._stay.get(name)

    def left_out(self, names: Iterable[str]) -> list[str]:
        """Sources of views that were not supplied, in words."""
        tables = {
            table: None
            for name in sorted(names)
            if self._relations[name].view
            for table in self._relations[name].tables
        }
        return [self._relations[table].title for table in tables if not self._supplied(table)]

    def files(self, names: Iterable[str]) -> tuple[str, ...]:
        """The files behind tables and views."""
        found = {
            file
            for name in names
            for table in self._relations[name].tables
            if (state := self.state(table)) is not None
            for file in state.files
        }
        return tuple(sorted(found))

    def tables(self, names: Iterable[str]) -> tuple[str, ...]:
        """The supplied tables behind tables and views."""
        found = {table for name in names for table in self._relations[name].tables}
        return tuple(sorted(table for table in found if self._supplied(table)))

    def rows(self, name: str) -> int:
        """Rows in use of a table, or of all sources of a view."""
        states = [self.state(table) for table in self._relations[name].tables]
        return sum(state.rows for state in states if state is not None)

    def unreadable(self, uses: Iterable[tuple[str, str]]) -> list[str]:
        """The columns, with their lists, whose cells could not all be read or that files lack."""
        found: dict[str, None] = {}
        for name, column in sorted(uses):
            for table, source in sorted(self._relations[name].draws_on.get(column, frozenset())):
                state = self.state(table)
                if state is None or not state.present:
                    continue
                header = state.spec.column(source).headers[0]
                if cells := state.unknown.get(source, 0):
                    found[f"'{header}' of {state.spec.title} ({cells} cells)"] = None
                elif source not in state.columns and self._relations[name].view:
                    found[f"'{header}', which {state.spec.title} lacks"] = None
        return list(found)

    def stale(self, uses: Iterable[tuple[str, str]]) -> list[str]:
        """Lists drawn too far from as_at for what they say of the present, in words."""
        tables: dict[str, None] = {}
        for name, column in sorted(uses):
            for table, source in sorted(self._relations[name].draws_on.get(column, frozenset())):
                state = self.state(table)
                if state is None or source not in state.spec.state_columns:
                    continue
                drawn = state.extract_date
                if drawn and abs((drawn - self._evidence.as_at).days) > STALE_AFTER:
                    tables[f"{state.spec.title} was drawn on {drawn.isoformat()}"] = None
        return list(tables)


def _first(name: str, column: str, opened: str, closed: str) -> str:
    day = f'CAST(MIN(b."{column}") AS DATE)'
    return (
        f"SELECT '{name}' AS name, {day} AS day, {opened} AS opened, {closed} AS closed "
        f'FROM "{name}" AS b'
    )

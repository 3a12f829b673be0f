"""Plans that are built step by step, in a file and in PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from servers import Postgres

from selfassess.plan import drafting
from selfassess.plan.drafting import Author
from selfassess.plan.events import Draft, Event
from selfassess.plan.record import Action, Plan
from selfassess.plan.record_parts import Evidence, SuccessMeasure
from selfassess.plan.together import Together

DAY = dt.date(2026, 4, 1)


class Book:
    """A plan to which tests do things, a day apart unless they say when."""

    def __init__(self) -> None:
        self.together = Together(Plan())
        self.at = dt.datetime(2026, 4, 1, 9)

    @property
    def plan(self) -> Plan:
        return self.together.plan

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(each for each in self.together.drafts if isinstance(each, Event))

    def __getitem__(self, name: str) -> Action:
        return self.plan.actions[name]

    def on(self, month: int, day: int) -> Book:
        self.at = dt.datetime(2026, month, day, 9)
        return self

    def do(
        self, drafter: Callable[..., Sequence[Draft]], *given: Any, by: str = "Ann", **more: Any
    ) -> Book:
        author = Author(by, self.at)
        self.together.do(lambda plan: drafter(plan, author, *given, **more))
        return self

    def add(self, name: str = "A-01", **fields: Any) -> Book:
        success = fields.pop("success", [counted()])
        given = {
            "title": "Visit on time",
            "owner": "Olu",
            "lead": "Lee",
            "due": dt.date(2026, 6, 30),
        }
        return self.do(drafting.add, {**given, **fields}, id_=name, success=success)

    def delivery(self, *states: str, name: str = "A-01", reason: str = "because") -> Book:
        for state in states:
            self.do(drafting.move_delivery, name, state, reason)
        return self

    def impact(self, *states: str, name: str = "A-01", reason: str = "because") -> Book:
        for state in states:
            self.do(drafting.move_impact, name, state, reason)
        return self

    def read(self, date: dt.date, value: float, name: str = "A-01", part: str = "S1") -> Book:
        return self.do(drafting.read_measure, name, part, date=date, value=value)

    def evidence(self, date: dt.date, shows: str = "impact", name: str = "A-01") -> Book:
        found = Evidence(shows=shows, ref="Audit of June", date=date)  # type: ignore[arg-type]
        return self.do(drafting.add_evidence, name, found)

    def delivered(self, name: str = "A-01", **fields: Any) -> Book:
        """Delivered on 1 June."""
        self.add(name, **fields).delivery("agreed", "in-progress", name=name)
        return self.on(6, 1).delivery("delivered", name=name)

    def sustained(self, name: str = "A-01", **fields: Any) -> Book:
        """Delivered on 1 June, evidence of impact of 20 June, sustained on 1 July."""
        self.delivered(name, **fields).on(7, 1).evidence(dt.date(2026, 6, 20), name=name)
        return self.impact("none-yet", "emerging", "sustained", name=name)

    def closed(self, name: str = "A-01", **fields: Any) -> Book:
        self.sustained(name, **fields).do(drafting.assure, name, "Looked at ten records.", by="Una")
        return self.do(drafting.close, name, dt.date(2026, 10, 1))


def counted(**fields: Any) -> SuccessMeasure:
    """60% on 1 April, 90% by 30 June: a third of a point a day."""
    given: dict[str, Any] = {
        "measure": "visits.on-time",
        "unit": "percent",
        "baseline": 60.0,
        "baseline_date": DAY,
        "target": 90.0,
        "tolerance": 2.0,
    }
    return SuccessMeasure(**{**given, **fields})


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def database(postgres_server: Postgres) -> str:
    """The URL of an empty database."""
    return postgres_server.database().replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """A new store, once as a file and once in PostgreSQL."""
    if request.param == "sqlite":
        return tmp_path / "plan.db"
    found: str = request.getfixturevalue("database")
    return found

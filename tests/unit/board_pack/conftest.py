"""Plans that are built step by step, as the tests of the plan itself do, and their packs."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import selfassess_report_templates

from selfassess.board_pack import board_data
from selfassess.model.plan import PlanSettings

HERE = Path(__file__).parent


def _load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PLAN = _load(HERE.parent / "plan" / "conftest.py", "board_pack_plan_helpers")
Data = Callable[..., dict[str, Any]]


class Book(PLAN.Book):  # type: ignore[name-defined, misc]
    """A plan whose measures are read on the very day."""

    def read(self, date: dt.date, value: float, name: str = "A-01", part: str = "S1") -> Any:
        return super().read(self.day(date).at.date(), value, name, part)

    def day(self, date: dt.date) -> Book:
        self.at = dt.datetime.combine(date, dt.time(9))
        return self


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture(scope="session")
def template() -> Path:
    return Path(selfassess_report_templates.__file__).parent / "default"


def pack_of(
    book: Any, as_at: dt.date, since: dt.date | None = None, **settings: Any
) -> dict[str, Any]:
    """The data of a book's pack."""
    return board_data(
        book.events,
        as_at=as_at,
        start=since,
        settings=PlanSettings(**settings),
        council={"name": "Northbourne", "code": None},
        titles={"visits.on-time": "Visits on time"},
        words={"team": {"w": "West"}},
        made_with={"name": "selfassess", "version": "1"},
    )

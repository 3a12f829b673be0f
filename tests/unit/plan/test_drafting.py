"""Events are made in one form; what the history cannot keep is refused when it is made."""

from __future__ import annotations

import datetime as dt

import pytest

from selfassess.errors import PlanError
from selfassess.plan.drafting import Author, add
from selfassess.plan.record import Plan


def test_a_time_with_a_zone_is_refused() -> None:
    author = Author("A. Person", dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC))
    with pytest.raises(PlanError, match="have no zone"):
        add(Plan(), author, {"title": "T"})


def test_texts_come_in_one_form() -> None:
    author = Author(" A. Person ", dt.datetime(2026, 3, 1, 12, 0, 5, 7))
    (draft,) = add(Plan(), author, {"title": " one\r\ntwo "})
    assert (draft.by, draft.to["title"]) == ("A. Person", "one\ntwo")
    assert draft.at == dt.datetime(2026, 3, 1, 12, 0, 5)

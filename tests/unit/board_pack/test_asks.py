"""Each question to a board: a case that raises it, and a near neighbour that does not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from selfassess.board_pack.asks import GROUPED
from selfassess.plan import drafting

from .conftest import PLAN, pack_of

D = dt.date
BEFORE = D(2026, 3, 1)


def kinds(book: Any, as_at: dt.date, name: str = "A-01", **settings: Any) -> set[str]:
    asks = pack_of(book, as_at, BEFORE, **settings)["asks"]
    return {each["kind"] for each in asks if each["action"] == name}


def running(book: Any, **fields: Any) -> Any:
    return book.add(**fields).delivery("agreed", "in-progress")


def test_overdue_the_day_after_and_not_on_the_day(book: Any) -> None:
    running(book)
    assert "overdue" not in kinds(book, D(2026, 6, 30))
    assert "overdue" in kinds(book, D(2026, 7, 1))


def test_a_new_date_answers(book: Any) -> None:
    running(book).on(6, 20).do(drafting.move_date, "A-01", D(2026, 7, 31), "Leave")
    assert "overdue" not in kinds(book, D(2026, 7, 1))


def test_moved_twice_and_not_once(book: Any) -> None:
    running(book).do(drafting.move_date, "A-01", D(2026, 7, 31), "Leave")
    assert "moved" not in kinds(book, D(2026, 5, 1))
    book.do(drafting.move_date, "A-01", D(2026, 8, 31), "Vacancies")
    assert "moved" in kinds(book, D(2026, 5, 1))
    assert "moved" not in kinds(book, D(2026, 5, 1), moved_often=3)


def test_delivered_without_impact(book: Any) -> None:
    book.delivered()
    assert "without-impact" not in kinds(book, D(2026, 5, 31))
    assert "without-impact" in kinds(book, D(2026, 6, 1))
    book.on(7, 1).evidence(D(2026, 6, 20)).impact("none-yet", "emerging")
    assert "without-impact" in kinds(book, D(2026, 6, 30))
    assert "without-impact" not in kinds(book, D(2026, 7, 1))


def test_reversed_and_not_while_it_holds(book: Any) -> None:
    book.closed()
    assert "reversed" not in kinds(book, D(2026, 7, 10))
    book.on(7, 20).impact("reversed")
    found = kinds(book, D(2026, 7, 20))
    assert "reversed" in found
    assert "without-impact" not in found


def test_a_measure_that_fell_back(book: Any) -> None:
    running(book).read(D(2026, 5, 1), 89)
    book.on(5, 20)
    assert "reversed" not in kinds(book, D(2026, 5, 25))
    book.read(D(2026, 5, 20), 80)
    assert "reversed" in kinds(book, D(2026, 5, 25))


def test_blocked_by_itself_or_by_another(book: Any) -> None:
    running(book)
    book.add("A-02", depends_on=["A-01"]).delivery("agreed", "in-progress", name="A-02")
    assert kinds(book, D(2026, 4, 10)) & {"blocked"} == set()
    assert "blocked" in kinds(book, D(2026, 4, 10), "A-02")
    book.on(4, 11).delivery("blocked", reason="No money")
    assert "blocked" in kinds(book, D(2026, 4, 12))


def test_what_it_waits_for_was_delivered(book: Any) -> None:
    book.delivered()
    book.add("A-02", depends_on=["A-01"]).delivery("agreed", "in-progress", name="A-02")
    assert "blocked" not in kinds(book, D(2026, 6, 2), "A-02")


def test_no_owner_and_an_owner(book: Any) -> None:
    book.add(owner="").add("A-02")
    assert "no-owner" in kinds(book, D(2026, 4, 2))
    assert "no-owner" not in kinds(book, D(2026, 4, 2), "A-02")


def test_no_assurer_where_impact_is_claimed(book: Any) -> None:
    book.add("A-02", assurer="Una").delivery("agreed", "in-progress", name="A-02")
    book.sustained().day(D(2026, 6, 2)).delivery("delivered", name="A-02").day(D(2026, 7, 1))
    book.evidence(D(2026, 6, 20), name="A-02")
    book.impact("none-yet", "emerging", "sustained", name="A-02")
    assert "no-assurer" not in kinds(book, D(2026, 6, 30))
    assert "no-assurer" in kinds(book, D(2026, 7, 1))
    assert "no-assurer" not in kinds(book, D(2026, 7, 1), "A-02")
    book.do(drafting.assure, "A-01", "Looked at ten records.", by="Una")
    assert "no-assurer" not in kinds(book, D(2026, 7, 1))


def test_the_day_for_testing_again(book: Any) -> None:
    book.closed()
    assert "retest" not in kinds(book, D(2026, 9, 30))
    assert "retest" in kinds(book, D(2026, 10, 1))
    book.on(10, 2).read(D(2026, 10, 1), 92)
    assert "retest" not in kinds(book, D(2026, 10, 2))


@pytest.mark.parametrize(
    ("success", "asked"),
    [
        ([], True),
        ([PLAN.counted(target=None, better="higher")], True),
        ([PLAN.counted()], False),
    ],
)
def test_unmeasured(book: Any, success: list[Any], asked: bool) -> None:
    running(book, success=success)
    if success:
        book.read(D(2026, 4, 1), 61)
    assert ("unmeasured" in kinds(book, D(2026, 4, 2))) == asked


def test_drafts_are_not_asked_for_measures(book: Any) -> None:
    book.add(success=[])
    assert "unmeasured" not in kinds(book, D(2026, 4, 2))


def test_ended_actions_are_asked_nothing(book: Any) -> None:
    running(book, owner="Olu").delivery("cancelled")
    assert kinds(book, D(2026, 9, 1)) == set()


def test_boards_decide_and_owners_supply(book: Any) -> None:
    running(book, success=[]).do(drafting.move_date, "A-01", D(2026, 7, 31), "Leave")
    book.do(drafting.move_date, "A-01", D(2026, 8, 31), "Vacancies")
    asks = pack_of(book, D(2026, 9, 1), BEFORE)["asks"]
    assert [(each["kind"], each["of"], each["who"]) for each in asks] == [
        ("moved", "board", "Olu"),
        ("overdue", "owner", "Olu"),
        ("unmeasured", "owner", "Olu"),
    ]
    assert asks[0]["text"] == (
        "Its date was moved twice and is 62 days later than first agreed: is it still the right "
        "action, and what makes the new date safe?"
    )
    assert asks[1]["text"] == (
        "Was due on 2026-08-31, 1 day ago, and has no new date: by when, and what stood in the way?"
    )


def test_every_kind_has_a_line_for_several() -> None:
    assert all(text.endswith("?") for text in GROUPED.values())

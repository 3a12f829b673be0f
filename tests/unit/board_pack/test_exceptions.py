"""Exceptions: what brings an action among them, and whose words are quoted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from selfassess.board_pack.exceptions import NO_CAUSE, NO_RECOVERY
from selfassess.plan import drafting
from selfassess.plan.record_parts import Risk

from .conftest import pack_of

D = dt.date
BEFORE = D(2026, 3, 1)


def lines(book: Any, as_at: dt.date) -> dict[str, dict[str, Any]]:
    return {each["action"]: each for each in pack_of(book, as_at, BEFORE)["exceptions"]}


def running(book: Any, name: str = "A-01", **fields: Any) -> Any:
    return book.add(name, **fields).delivery("agreed", "in-progress", name=name, reason="")


def test_what_is_on_its_way_is_no_exception(book: Any) -> None:
    running(book).read(D(2026, 5, 1), 70)  # 60 + 30 × 30/90 = 70 expected
    assert lines(book, D(2026, 5, 1)) == {}


def test_red_is_one_with_a_question_of_its_own(book: Any) -> None:
    running(book).read(D(2026, 5, 1), 60)  # 10 behind; amber ends at 2 + 7.5
    found = lines(book, D(2026, 5, 1))["A-01"]
    assert found["why"] == ["red"]
    assert found["asks"] == ["What brings it back to its trajectory, and by when?"]
    assert (found["cause"], found["recovery"]) == (NO_CAUSE, NO_RECOVERY)


def test_amber_alone_is_none(book: Any) -> None:
    running(book).read(D(2026, 5, 1), 61)  # 9 behind
    assert lines(book, D(2026, 5, 1)) == {}


def test_quiet_alone_is_none_and_is_told_beside_another(book: Any) -> None:
    running(book).read(D(2026, 5, 15), 75)
    assert lines(book, D(2026, 5, 15)) == {}  # 44 days without a change by a person
    found = lines(book, D(2026, 7, 1))["A-01"]
    assert "overdue by 1 day" in found["why"]
    assert "nobody changed anything for 91 days" in found["why"]


def test_the_cause_is_the_latest_reason(book: Any) -> None:
    running(book).on(4, 10).do(drafting.move_date, "A-01", D(2026, 7, 31), "Leave", by="Lee")
    book.on(4, 20).do(drafting.move_date, "A-01", D(2026, 8, 31), "Vacancies", by="Lee")
    found = lines(book, D(2026, 5, 1))["A-01"]
    assert (found["cause"], found["cause_by"]) == ("Vacancies.", "Lee, 2026-04-20")
    earlier = lines(book, D(2026, 4, 15))["A-01"]
    assert earlier["cause"] == "Leave."


def test_reasons_of_one_day_stand_together(book: Any) -> None:
    book.closed().on(7, 20).impact("reversed", reason="Late again")
    book.do(drafting.move_date, "A-01", D(2026, 12, 1), "Staff first", by="Lee")
    found = lines(book, D(2026, 7, 21))["A-01"]
    assert (found["cause"], found["cause_by"]) == (
        "Late again. Staff first.",
        "Ann, Lee, 2026-07-20",
    )


def test_recovery_is_the_latest_remark_or_response(book: Any) -> None:
    risk = Risk(text="Vacancies", response="Two workers move over.")
    running(book).on(4, 10).do(drafting.add_risk, "A-01", risk, by="Lee")
    assert lines(book, D(2026, 7, 1))["A-01"]["recovery"] == "Two workers move over."
    book.on(4, 12).do(drafting.comment, "A-01", "Agency cover until June.", by="Olu")
    found = lines(book, D(2026, 7, 1))["A-01"]
    assert (found["recovery"], found["recovery_by"]) == (
        "Agency cover until June.",
        "Olu, 2026-04-12",
    )


def test_a_dropped_risk_recovers_nothing(book: Any) -> None:
    risk = Risk(text="Vacancies", response="Two workers move over.")
    running(book).do(drafting.add_risk, "A-01", risk)
    book.do(drafting.drop, "A-01", "R1", "It did not come true")
    assert lines(book, D(2026, 7, 1))["A-01"]["recovery"] == NO_RECOVERY


def test_risks_that_came_with_the_action_count(book: Any) -> None:
    risk = Risk(text="Vacancies", response="Two workers move over")
    fields = {"title": "Visit on time", "owner": "Olu", "due": D(2026, 6, 30)}
    book.do(drafting.add, fields, id_="A-01", risks=[risk])
    assert lines(book, D(2026, 7, 1))["A-01"]["recovery"] == "Two workers move over."


def test_the_gravest_question_stands_first(book: Any) -> None:
    running(book)
    book.closed("A-02").on(7, 20).impact("reversed", name="A-02")
    found = pack_of(book, D(2026, 7, 21), BEFORE)["exceptions"]
    assert [each["action"] for each in found] == ["A-02", "A-01"]


def test_a_colour_set_by_hand_hides_nothing(book: Any) -> None:
    running(book).read(D(2026, 5, 1), 60)
    book.do(drafting.override, "A-01", "green", "We are confident", D(2026, 6, 1), by="Olu")
    found = lines(book, D(2026, 5, 1))["A-01"]
    assert found["why"] == ["red by the rule; Olu set another colour"]

"""Each gate: open when everything is there, shut when one thing is missing."""

from __future__ import annotations

import datetime as dt

import pytest

from selfassess.errors import PlanError
from selfassess.plan import drafting
from selfassess.plan.record_parts import SuccessMeasure

from .conftest import Book, counted

JUNE_1 = dt.date(2026, 6, 1)


def refused(book: Book, match: str, *given: object, **more: object) -> None:
    before = book.events
    with pytest.raises(PlanError, match=match) as error:
        book.do(*given, **more)  # type: ignore[arg-type]
    assert error.value.hint, "a refusal says what to do"
    assert error.value.exit_code == 17
    assert book.events == before


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"owner": ""}, "an owner"),
        ({"due": None}, "a due date"),
        ({"owner": "", "due": None}, "an owner and a due date"),
    ],
)
def test_nothing_is_agreed_without_owner_and_date(
    book: Book, fields: dict[str, object], missing: str
) -> None:
    book.add(**fields)
    refused(book, f"without {missing}", drafting.move_delivery, "A-01", "agreed")


def test_nothing_is_delivered_with_a_milestone_open(book: Book) -> None:
    book.add().do(drafting.add_milestone, "A-01", "Rota", None)
    book.do(drafting.add_milestone, "A-01", "Training", None).delivery("agreed", "in-progress")
    book.do(drafting.finish_milestone, "A-01", "M1", book.at.date())
    refused(book, "milestone M2 is open", drafting.move_delivery, "A-01", "delivered")
    book.do(drafting.drop, "A-01", "M2", "not needed").delivery("delivered")
    assert book["A-01"].delivered_at == book.at


def test_embedded_needs_evidence_after_delivery(book: Book) -> None:
    book.delivered().evidence(JUNE_1, "delivery").on(6, 20)
    refused(book, "nothing dated after delivery", drafting.move_delivery, "A-01", "embedded")
    book.evidence(dt.date(2026, 6, 2), "delivery").delivery("embedded")


def test_a_draft_has_no_impact(book: Book) -> None:
    book.add()
    refused(book, "a draft cannot", drafting.move_impact, "A-01", "none-yet")
    book.delivery("agreed").impact("none-yet")


def test_impact_emerges_from_evidence_alone(book: Book) -> None:
    book.add().delivery("agreed").impact("none-yet")
    book.evidence(dt.date(2026, 3, 1), "delivery")  # that something was done shows no impact
    refused(book, "no impact without evidence", drafting.move_impact, "A-01", "emerging")
    book.evidence(dt.date(2026, 3, 1)).impact("emerging")


@pytest.mark.parametrize(("value", "opens"), [(87.9, False), (88, True), (95, True)])
def test_a_reading_on_target_is_evidence_and_one_below_is_not(
    book: Book, value: float, opens: bool
) -> None:
    book.add().delivery("agreed").impact("none-yet").read(dt.date(2026, 4, 1), value)
    if opens:  # 90 is the target and 2 the tolerance
        book.impact("emerging")
    else:
        refused(book, "no impact without evidence", drafting.move_impact, "A-01", "emerging")


@pytest.mark.parametrize(("says", "opens"), [("better", True), ("same", False), ("worse", False)])
def test_a_voice_is_evidence_if_it_says_better(book: Book, says: str, opens: bool) -> None:
    asked = SuccessMeasure(text="Do you know your worker?", voice="child")
    book.add(success=[asked]).delivery("agreed").impact("none-yet")
    book.do(drafting.read_measure, "A-01", "S1", date=dt.date(2026, 4, 1), says=says)
    if opens:
        book.impact("emerging")
    else:
        refused(book, "no impact without evidence", drafting.move_impact, "A-01", "emerging")


def test_nothing_is_sustained_before_it_is_delivered(book: Book) -> None:
    book.add().delivery("agreed", "in-progress").impact("none-yet")
    book.evidence(dt.date(2026, 4, 1)).impact("emerging")
    refused(book, "while delivery is in-progress", drafting.move_impact, "A-01", "sustained")


@pytest.mark.parametrize(("day", "opens"), [(31, False), (1, False), (2, True)])
def test_sustained_needs_impact_evidence_that_postdates_delivery(
    book: Book, day: int, opens: bool
) -> None:
    when = dt.date(2026, 5 if day == 31 else 6, day)  # delivered on 1 June
    book.delivered().on(7, 1).evidence(when).impact("none-yet", "emerging")
    if opens:
        book.impact("sustained")
    else:
        refused(book, "dated after its delivery", drafting.move_impact, "A-01", "sustained")


@pytest.mark.parametrize("name", ["Olu", "olu", " OLU ", "Ｏｌｕ", "Lee", "lee"])
def test_neither_owner_nor_lead_assures(book: Book, name: str) -> None:
    book.sustained()
    refused(book, "cannot assure it", drafting.assure, "A-01", "Fine.", by=name)


def test_the_named_assurer_assures_and_nobody_else(book: Book) -> None:
    book.sustained(assurer="Una")
    refused(book, "Una is named", drafting.assure, "A-01", "Fine.", by="Bob")
    book.do(drafting.assure, "A-01", "Ten records read.", by="una")


@pytest.mark.parametrize("statement", ["", "  "])
def test_assurance_says_what_was_looked_at(book: Book, statement: str) -> None:
    book.sustained()
    refused(book, "says what was looked at", drafting.assure, "A-01", statement, by="Una")


def test_nothing_is_assured_before_there_is_impact_to_see(book: Book) -> None:
    book.delivered().on(6, 10)
    refused(book, "dated after its delivery", drafting.assure, "A-01", "Fine.", by="Una")


@pytest.mark.parametrize("role", ["owner", "lead"])
def test_an_assurer_is_never_the_owner_or_lead(book: Book, role: str) -> None:
    with pytest.raises(PlanError, match="cannot be its assurer"):
        book.add(**{role: "Una", "assurer": "una"})
    book.add(assurer="Una")
    refused(book, "cannot be its assurer", drafting.update, "A-01", {role: "UNA"})
    refused(book, "cannot be its assurer", drafting.update, "A-01", {"assurer": "Olu"})


def test_closing_with_everything_there(book: Book) -> None:
    book.closed()
    action = book["A-01"]
    assert (action.closed, action.open, action.retest) == (True, False, dt.date(2026, 10, 1))


@pytest.mark.parametrize("retest", [None, dt.date(2026, 6, 30), dt.date(2026, 7, 1)])
def test_closing_needs_a_later_day_for_testing_again(book: Book, retest: dt.date | None) -> None:
    book.sustained().do(drafting.assure, "A-01", "Read.", by="Una")  # on 1 July
    refused(book, "testing again", drafting.close, "A-01", retest)


def test_closing_needs_assurance(book: Book) -> None:
    book.sustained()
    refused(book, "somebody other than its owner", drafting.close, "A-01", dt.date(2026, 10, 1))


@pytest.mark.parametrize("role", ["owner", "lead"])
def test_assurance_lapses_when_the_assurer_takes_the_action_over(book: Book, role: str) -> None:
    book.sustained().do(drafting.assure, "A-01", "Read.", by="Una")
    book.do(drafting.update, "A-01", {role: "Una"})
    refused(book, "somebody other than its owner", drafting.close, "A-01", dt.date(2026, 10, 1))


def test_closing_needs_sustained_impact(book: Book) -> None:
    book.delivered().on(7, 1).evidence(dt.date(2026, 6, 20)).impact("none-yet", "emerging")
    book.do(drafting.assure, "A-01", "Read.", by="Una")
    refused(book, "while impact is emerging", drafting.close, "A-01", dt.date(2026, 10, 1))


def test_closing_needs_delivery(book: Book) -> None:
    book.add().delivery("agreed", "in-progress").evidence(dt.date(2026, 4, 1))
    refused(book, "while delivery is in-progress", drafting.close, "A-01", dt.date(2026, 10, 1))


def test_a_reversal_reopens_and_everything_has_to_be_shown_anew(book: Book) -> None:
    book.closed().on(8, 3).impact("reversed", reason="visits late again")
    action = book["A-01"]
    assert (action.closed, action.delivery, action.impact) == (False, "in-progress", "reversed")
    assert action.delivered_at is None
    assert action.retest is None
    assert action.reopened == (dt.datetime(2026, 8, 3, 9),)
    refused(book, "dated after it was reopened", drafting.move_impact, "A-01", "emerging")
    book.on(9, 1).delivery("delivered").on(9, 10)
    refused(book, "dated after its delivery", drafting.assure, "A-01", "Old.", by="Una")
    book.evidence(dt.date(2026, 9, 5)).impact("emerging", "sustained")
    # The assurance of July was of another delivery.
    refused(book, "somebody other than its owner", drafting.close, "A-01", dt.date(2026, 12, 1))
    book.do(drafting.assure, "A-01", "Again.", by="Una").do(
        drafting.close, "A-01", dt.date(2026, 12, 1)
    )
    assert book["A-01"].closed


def test_a_reversal_of_an_open_action_leaves_its_delivery(book: Book) -> None:
    book.sustained().on(8, 1).impact("reversed")
    assert (book["A-01"].delivery, book["A-01"].reopened) == ("delivered", ())


def test_blue_is_refused_without_evidence_after_delivery(book: Book) -> None:
    until = dt.date(2026, 12, 1)
    book.add()
    refused(book, "blue says", drafting.override, "A-01", "blue", "done", until)
    book = Book().delivered().evidence(JUNE_1)
    refused(book, "blue says", drafting.override, "A-01", "blue", "done", until)
    book.on(6, 9).evidence(dt.date(2026, 6, 2)).do(drafting.override, "A-01", "blue", "done", until)


@pytest.mark.parametrize(
    ("colour", "reason", "until", "match"),
    [
        ("green", "", dt.date(2026, 5, 1), "needs a reason"),
        ("green", "known better", dt.date(2026, 4, 1), "needs a day"),
        ("purple", "pretty", dt.date(2026, 5, 1), "no colour"),
        ("none", "hide it", dt.date(2026, 5, 1), "no colour"),
    ],
)
def test_a_colour_by_hand_needs_reason_and_end(
    book: Book, colour: str, reason: str, until: dt.date, match: str
) -> None:
    book.add()
    refused(book, match, drafting.override, "A-01", colour, reason, until)


def test_hold_targets_count_either_side(book: Book) -> None:
    hold = counted(baseline=20.0, target=20.0, tolerance=1.0)
    book.add(success=[hold]).delivery("agreed").impact("none-yet").read(dt.date(2026, 4, 1), 22)
    refused(book, "no impact without evidence", drafting.move_impact, "A-01", "emerging")

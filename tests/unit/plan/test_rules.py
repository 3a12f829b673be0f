"""What the plan refuses besides states and gates."""

from __future__ import annotations

import datetime as dt

import pytest

from selfassess.errors import PlanError
from selfassess.plan import drafting
from selfassess.plan.drafting import Author, next_id
from selfassess.plan.events import Draft
from selfassess.plan.record_parts import Evidence, Point, Risk, SuccessMeasure

from .conftest import Book, counted

D = dt.date


def refused(book: Book, match: str, *given: object, **more: object) -> None:
    before = book.events
    with pytest.raises(PlanError, match=match):
        book.do(*given, **more)  # type: ignore[arg-type]
    assert book.events == before


def test_the_first_due_date_never_changes(book: Book) -> None:
    book.add(due=D(2026, 6, 30))
    book.do(drafting.move_date, "A-01", D(2026, 7, 31), "ill")
    book.do(drafting.move_date, "A-01", D(2026, 9, 30), "leave")
    action = book["A-01"]
    assert (action.baseline_due, action.due) == (D(2026, 6, 30), D(2026, 9, 30))
    assert [(m.from_, m.to, m.reason) for m in action.moves] == [
        (D(2026, 6, 30), D(2026, 7, 31), "ill"),
        (D(2026, 7, 31), D(2026, 9, 30), "leave"),
    ]
    draft = Author("Ann", book.at).draft
    for kind, part in (("changed", "baseline_due"), ("changed", "due"), ("due-set", "")):
        refused(book, "A-01", lambda *_, k=kind, p=part: (draft("A-01", k, D(2026, 1, 1), part=p),))
    assert book["A-01"].baseline_due == D(2026, 6, 30)


@pytest.mark.parametrize("reason", ["", " "])
def test_a_date_is_moved_with_a_reason(book: Book, reason: str) -> None:
    book.add().do(drafting.add_milestone, "A-01", "Rota", D(2026, 5, 1))
    refused(book, "reason", drafting.move_date, "A-01", D(2026, 7, 1), reason)
    refused(book, "reason", drafting.move_date, "A-01", D(2026, 7, 1), reason, milestone="M1")


def test_a_date_given_later_becomes_the_first(book: Book) -> None:
    book.add(due=None).do(drafting.update, "A-01", {"due": D(2026, 8, 1)})
    assert (book["A-01"].baseline_due, book["A-01"].moves) == (D(2026, 8, 1), ())


def test_moving_to_the_same_day_is_no_move(book: Book) -> None:
    refused(book.add(), "already", drafting.move_date, "A-01", D(2026, 6, 30), "x")


def test_milestones_follow_the_same_rule(book: Book) -> None:
    book.add().do(drafting.add_milestone, "A-01", "Rota", D(2026, 5, 1))
    book.do(drafting.move_date, "A-01", D(2026, 5, 20), "ill", milestone="M1")
    (step,) = book["A-01"].milestones
    assert (step.baseline_due, step.due, len(step.moves)) == (D(2026, 5, 1), D(2026, 5, 20), 1)
    refused(book, "day to come", drafting.finish_milestone, "A-01", "M1", D(2026, 5, 21))
    book.do(drafting.finish_milestone, "A-01", "M1", D(2026, 4, 1))
    refused(book, "done or dropped", drafting.move_date, "A-01", D(2026, 6, 1), "x", milestone="M1")
    refused(book, "no milestone 'M2'", drafting.finish_milestone, "A-01", "M2", D(2026, 4, 1))


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [([], ["A-01"], ["A-02"]), ([], ["A-01"], ["A-01", "A-02"])],
)
def test_dependencies_make_no_circle(
    book: Book, first: list[str], second: list[str], third: list[str]
) -> None:
    book.add("A-01", depends_on=first).add("A-02", depends_on=second).add("A-03", depends_on=third)
    refused(book, "waits for", drafting.update, "A-01", {"depends_on": ["A-03"]})
    refused(book, "itself", drafting.update, "A-01", {"depends_on": ["A-01"]})
    refused(book, "no action", drafting.update, "A-01", {"depends_on": ["A-99"]})


def test_history_grows_at_its_end(book: Book) -> None:
    book.on(5, 1).add().on(4, 30)
    refused(book, "nothing is put in before", drafting.comment, "A-01", "earlier")


@pytest.mark.parametrize("by", ["", "  "])
def test_somebody_does_it(book: Book, by: str) -> None:
    refused(book, "Nobody is named", drafting.add, {"title": "T"}, by=by)


@pytest.mark.parametrize("title", ["", " \n "])
def test_an_action_has_a_title(book: Book, title: str) -> None:
    refused(book, "needs a title", drafting.add, {"title": title})
    refused(book.add(), "needs a title", drafting.update, "A-01", {"title": title})


@pytest.mark.parametrize("id_", ["../x", "A 1", "=A1", "-1", "a" * 41, "Ä-1"])
def test_an_id_is_plain(book: Book, id_: str) -> None:
    refused(book, "is no id", drafting.add, {"title": "T"}, id_=id_)


def test_an_id_is_never_used_twice(book: Book) -> None:
    book.add().delivery("cancelled")
    refused(book, "there already", drafting.add, {"title": "T"}, id_="A-01")
    assert next_id(book.plan) == "A-02"


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "a\ud800b", "a\x1bb", "x" * 10_001])
def test_texts_that_no_file_keeps_are_refused(book: Book, text: str) -> None:
    book.add()
    refused(book, "text", drafting.comment, "A-01", text)
    refused(book, "text", drafting.move_delivery, "A-01", "cancelled", text)
    refused(book, "text", drafting.add, {"title": text})


def test_line_breaks_become_one_kind(book: Book) -> None:
    book.add().do(drafting.comment, "A-01", " a\r\nb\rc ")
    assert book["A-01"].comments[0].text == "a\nb\nc"


@pytest.mark.parametrize(
    ("drafter", "given"),
    [
        (drafting.update, ({"title": "New"},)),
        (drafting.move_date, (D(2027, 1, 1), "x")),
        (drafting.move_delivery, ("cancelled", "x")),
        (drafting.add_milestone, ("M", None)),
        (drafting.add_success, (counted(),)),
        (drafting.add_risk, (Risk(text="R"),)),
        (drafting.override, ("green", "x", D(2027, 1, 1))),
        (drafting.assure, ("x",)),
        (drafting.close, (D(2027, 1, 1),)),
    ],
)
def test_a_closed_action_is_not_changed(book: Book, drafter: object, given: tuple[object]) -> None:
    book.closed()
    refused(book, "is closed", drafter, "A-01", *given, by="Una")


def test_a_closed_action_is_still_read_and_spoken_of(book: Book) -> None:
    book.closed().do(drafting.comment, "A-01", "Well done.").read(D(2026, 7, 1), 70)
    book.evidence(D(2026, 6, 30))


@pytest.mark.parametrize("end", ["cancelled", "superseded"])
def test_an_ended_action_takes_comments_alone(book: Book, end: str) -> None:
    book.add().delivery(end).do(drafting.comment, "A-01", "So it was.")
    for given in (
        (drafting.update, "A-01", {"owner": "Bob"}),
        (drafting.move_delivery, "A-01", "agreed"),
        (drafting.read_measure, "A-01", "S1"),
    ):
        more = {"date": D(2026, 4, 1), "value": 1.0} if given[0] is drafting.read_measure else {}
        refused(book, f"is {end}", *given, **more)


@pytest.mark.parametrize(
    ("measure", "match"),
    [
        (SuccessMeasure(), "names no measure"),
        (SuccessMeasure(text="Better?"), "names no measure"),
        (SuccessMeasure(voice="child"), "names no measure"),
        (SuccessMeasure(text="Better?", voice="child", target=5.0), "told by a voice"),
        (counted(tolerance=-1.0), "below nought"),
        (counted(target=float("nan")), "finite"),
        (counted(baseline=float("inf")), "finite"),
        (counted(target_date=D(2026, 4, 1)), "not after its baseline"),
        (counted(trajectory=(Point(date=D(2026, 5, 1), value=1.0),) * 2), "have the same day"),
        (
            counted(target_date=D(2026, 6, 1), trajectory=(Point(date=D(2026, 6, 2), value=1.0),)),
            "lies behind its target",
        ),
    ],
)
def test_a_success_measure_could_show_something(
    book: Book, measure: SuccessMeasure, match: str
) -> None:
    with pytest.raises(PlanError, match=match):
        book.add(success=[measure])
    refused(Book().add(), match, drafting.add_success, "A-01", measure)


def test_a_target_is_moved_with_a_reason(book: Book) -> None:
    book.add()
    easier = counted(id="S1", target=70.0)
    refused(book, "reason", drafting.change_success, "A-01", easier, "")
    refused(book, "reason", drafting.drop, "A-01", "S1", "")
    book.do(drafting.change_success, "A-01", easier, "agreed with the board")
    assert book.events[-1].from_["target"] == 90
    book.do(drafting.drop, "A-01", "S1", "another one says more")
    book.do(drafting.add_success, "A-01", counted())
    assert [each.id for each in book["A-01"].success] == ["S2"], "ids are never used again"


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"value": None}, "counted"),
        ({"value": float("nan")}, "finite"),
        ({"value": 1.0, "date": D(2026, 4, 2)}, "day to come"),
    ],
)
def test_a_reading_is_a_number_of_a_day_that_was(
    book: Book, more: dict[str, object], match: str
) -> None:
    refused(
        book.add(), match, drafting.read_measure, "A-01", "S1", **{"date": D(2026, 4, 1), **more}
    )


def test_a_reading_of_nothing_is_refused(book: Book) -> None:
    refused(
        book.add(),
        "no success measure 'S9'",
        drafting.read_measure,
        "A-01",
        "S9",
        date=D(2026, 4, 1),
        value=1.0,
    )
    told = SuccessMeasure(text="Safer?", voice="child")
    refused(
        Book().add(success=[told]),
        "told, not counted",
        drafting.read_measure,
        "A-01",
        "S1",
        date=D(2026, 4, 1),
        value=1.0,
    )


def test_evidence_is_dated_and_referred_to(book: Book) -> None:
    book.add()
    refused(book, "reference", drafting.add_evidence, "A-01", Evidence(ref=" ", date=D(2026, 1, 1)))
    later = Evidence(ref="x", date=D(2026, 4, 2))
    refused(book, "day to come", drafting.add_evidence, "A-01", later)


def test_boards_decide_of_what_there_is(book: Book) -> None:
    book.add()
    refused(
        book, "'A-1' is no action", drafting.decide, "Go on.", board=D(2026, 4, 1), actions=["A-1"]
    )
    refused(book, "needs a text", drafting.decide, " ", board=D(2026, 4, 1))
    refused(book, "day to come", drafting.decide, "Go on.", board=D(2026, 4, 2))
    book.do(drafting.decide, "Go on.", board=D(2026, 3, 31), actions=["A-01"])
    book.do(drafting.decide, "All of it.", board=D(2026, 4, 1))
    assert [each.id for each in book.plan.decisions] == ["D1", "D2"]
    assert [each.text for each in book.plan.decisions_on("A-01")] == ["Go on."]


def test_what_does_not_change_makes_no_event(book: Book) -> None:
    book.add()
    count = len(book.events)
    book.do(drafting.update, "A-01", {"owner": "Olu", "outcome": "", "why": []})
    assert len(book.events) == count


def test_an_unknown_action_is_answered_with_the_nearest(book: Book) -> None:
    with pytest.raises(PlanError) as error:
        book.add().do(drafting.comment, "A-1", "x")
    assert "A-01" in error.value.hint


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"kind": "danced"}, "no kind of event"),
        ({"action": "A-09", "kind": "commented", "to": "x", "part": "C1"}, "no action of the plan"),
        ({"kind": "due-moved", "to": "2026-08-01", "from_": "2026-01-01"}, "not on 2026-01-01"),
        ({"kind": "due-moved", "to": "soon", "from_": "2026-06-30"}, "is not a date"),
        ({"kind": "milestone-due-set", "part": "M1", "to": "2026-08-01"}, "has its first due date"),
        (
            {"kind": "milestone-moved", "part": "M2", "to": "2026-08-01", "from_": "2026-05-01"},
            "no due date that could be moved",
        ),
        ({"kind": "milestone-added", "part": "M1", "to": {"id": "M1"}}, "there already"),
        ({"kind": "milestone-added", "part": "M9", "to": {"id": "M8"}}, "there already"),
        ({"kind": "success-added", "part": "", "to": {"id": ""}}, "there already"),
        ({"kind": "success-changed", "part": "S1", "to": {"id": "S2"}}, "keeps its id"),
        ({"kind": "success-changed", "part": "S7", "to": {"id": "S7"}}, "no success measure"),
        ({"kind": "risk-dropped", "part": "R7"}, "no risk"),
        ({"kind": "override-ended"}, "no colour was set by hand"),
        (
            {
                "action": "",
                "kind": "decided",
                "part": "D1",
                "to": {"text": "x", "board": "2026-04-01"},
            },
            "there already",
        ),
        (
            {"action": "A-02", "kind": "added", "to": {"title": "T", "delivery": "closed"}},
            "cannot be given when adding",
        ),
        (
            {"action": "A-02", "kind": "added", "to": {"title": "T", "risks": [{"text": "x"}]}},
            "need ids of their own",
        ),
        (
            {
                "action": "A-02",
                "kind": "added",
                "to": {"title": "T", "milestones": [{"id": "M1", "title": "x"}] * 2},
            },
            "need ids of their own",
        ),
    ],
)
def test_an_event_made_by_hand_meets_the_same_rules(
    book: Book, given: dict[str, object], match: str
) -> None:
    book.add().do(drafting.add_milestone, "A-01", "Rota", D(2026, 5, 1))
    book.do(drafting.add_milestone, "A-01", "Training", None)
    book.do(drafting.decide, "Go on.", board=D(2026, 4, 1))
    values: dict[str, object] = {"action": "A-01", "by": "Ann", "at": book.at, "reason": "why"}
    made = Draft(**{**values, **given})  # type: ignore[arg-type]
    refused(book, match, lambda *_: (made,))


def test_who_may_read_it_is_one_of_three(book: Book) -> None:
    refused(book.add(), "no audience", drafting.update, "A-01", {"audience": "press"})
    for audience in ("partner", "public", ""):
        book.do(drafting.update, "A-01", {"audience": audience})


def test_a_comment_says_something(book: Book) -> None:
    refused(book.add(), "needs a text", drafting.comment, "A-01", " ")

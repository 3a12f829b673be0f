"""Proposals from findings, the list that is taken over, and measures on one line."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from selfassess.errors import PlanError
from selfassess.model.evidence import PlannedAction
from selfassess.plan.answers import answered, unanswered
from selfassess.plan.drafting import Author
from selfassess.plan.findings import proposals, propose
from selfassess.plan.record import Plan
from selfassess.plan.specs import date_of, parse_scope, parse_success
from selfassess.plan.takeover import at_odds, refuse_two_plans, take_over

from .conftest import Book

D = dt.date


def finding(name: str, kind: str = "improve", **more: Any) -> dict[str, Any]:
    given = {"text": f"{name} is out of order. Who knows?", "topics": ["t"], "criteria": ["C-1"]}
    return {"id": name, "kind": kind, "judgements": ["j"], "evidence": [], **given, **more}


def reading(name: str, **more: Any) -> dict[str, Any]:
    measure, _, scope = name.rstrip("]").partition("[")
    where = dict(pair.split("=") for pair in scope.split(",") if pair)
    given = {"unit": "percent", "better": "higher", "value": 62.5}
    return {"id": name, "measure": measure, "where": where, **given, **more}


def assessment(*findings: dict[str, Any], readings: tuple[Any, ...] = ()) -> dict[str, Any]:
    return {
        "as_at": "2026-09-30",
        "framework": {"id": "f", "edition": "1"},
        "findings": list(findings),
        "readings": list(readings),
    }


@pytest.mark.parametrize(
    ("name", "why", "held"),
    [
        ("reading:m", ["reading:m"], True),
        ("reading:m", ["reading:n"], False),
        ("reading:m", ["reading:m[team=North]"], False),  # a part does not answer the whole
        ("reading:m[team=North]", ["reading:m"], True),
        ("reading:m[team=North]", ["reading:m[team=South]"], False),
        ("reading:m[a=1,b=2]", ["reading:m[b=2]"], True),
        ("reading:m[a=1,b=2,c=3]", ["reading:m[a=1,c=3]"], True),
        ("entry:E-001", ["E-001"], True),
        ("entry:E-001", ["entry:E-001"], True),
        ("entry:E-001", ["E-0011"], False),
        ("conflict:t[team=N]", ["conflict:t"], True),
    ],
)
def test_what_answers_a_finding(name: str, why: list[str], held: bool) -> None:
    assert answered(finding(name), why) is held


def test_a_rule_is_answered_with_all_of_its_evidence() -> None:
    rule = finding("rule:r@n", "priority-action-risk", evidence=["m[plan=cp]", "E-1"])
    assert not answered(rule, ["reading:m[plan=cp]"])
    assert answered(rule, ["reading:m", "E-1"])
    assert answered(rule, ["rule:r@n"])
    assert not answered(finding("rule:r@n", evidence=[]), ["reading:m"])


def test_reasons_of_an_earlier_edition_are_carried() -> None:
    carried = {"old": ("new", "newer"), "C-1": ("C-9",)}
    assert answered(finding("rule:r@newer"), ["rule:r@old"], carried)
    assert not answered(finding("rule:r@other"), ["rule:r@old"], carried)
    assert answered(finding("missing:C-9/x"), ["missing:C-1/x"], carried)
    assert not answered(finding("missing:C-9/y"), ["missing:C-1/x"], carried)


def test_questions_and_strengths_ask_for_no_action() -> None:
    found = [finding("reading:a", "question"), finding("reading:b", "strength"), finding("entry:c")]
    assert unanswered(found, []) == ["entry:c"]


def test_a_proposal_answers_a_weakness_and_its_parts() -> None:
    found = assessment(
        finding("reading:m", responsible=["council"]),
        finding("reading:m[team=North]"),
        finding("rule:r@n", "priority-action-risk", text="Children may be at risk. Nobody looks."),
        readings=(reading("m"), reading("m[team=North]", value=40.0)),
    )
    first, second = proposals(found, Plan())
    assert first.findings == ("rule:r@n",), "risks come first"
    assert first.title == "Put right: Children may be at risk. Nobody looks"
    assert second.findings == ("reading:m", "reading:m[team=North]")
    assert [(s.measure, s.where, s.baseline, s.target) for s in second.success] == [
        ("m", {}, 62.5, None),
        ("m", {"team": "North"}, 40, None),
    ]
    assert second.fields["came_from_date"] == D(2026, 9, 30)
    assert second.fields["responsible"] == ["council"]


def test_a_second_time_nothing_is_proposed(book: Book) -> None:
    found = assessment(
        finding("reading:m"), finding("entry:E-1"), finding("reading:n[a=1]"), readings=()
    )
    author = Author("Ann", book.at)
    book.together.do(lambda plan: propose(plan, author, proposals(found, plan)))
    assert list(book.plan.actions) == ["A-01", "A-02", "A-03"]
    assert proposals(found, book.plan) == ()
    book.delivery("cancelled", name="A-01")
    assert proposals(found, book.plan) == (), "it was decided against, and stays so"


# ----------------------------------------------------------------------- self-evaluation.yaml


LISTED = PlannedAction(
    id="A-01",
    title="Visit on time",
    owner="Olu",
    due=D(2026, 6, 30),
    why=("E-1",),
    topics=("visits",),
    success_measures=("m",),
    status="started",
    public=True,
)


def test_the_list_is_taken_over_once(book: Book) -> None:
    author = Author("Ann", book.at)
    book.together.do(lambda plan: take_over(plan, author, [LISTED], {"m": "percent"}))
    action = book["A-01"]
    assert (action.title, action.owner, action.baseline_due) == ("Visit on time", "Olu", LISTED.due)
    assert (action.success[0].measure, action.success[0].unit) == ("m", "percent")
    assert action.delivery == "draft", "what the list says of its status proves nothing"
    assert action.comments[0].text == "Status in self-evaluation.yaml: started"
    assert action.audience == "public"
    assert take_over(book.plan, author, [LISTED]) == ()
    assert at_odds([LISTED], book.plan) == []
    refuse_two_plans([LISTED], book.plan)


def test_two_plans_that_differ_are_refused(book: Book) -> None:
    from dataclasses import replace

    book.add(outcome="", title="Visit on time")
    refuse_two_plans([], book.plan)
    refuse_two_plans([LISTED], Plan())
    other = [replace(LISTED, due=D(2026, 7, 1)), replace(LISTED, id="A-09")]
    with pytest.raises(PlanError) as error:
        refuse_two_plans(other, book.plan)
    assert "A-01: due is '2026-07-01' in the list, '2026-06-30' in the plan" in str(error.value)
    assert "A-09 is in the list and not in the plan" in str(error.value)


# ------------------------------------------------------------------------------- on one line


def test_a_success_measure_on_one_line() -> None:
    found = parse_success(
        "m; where=team=North, East,plan=cp; baseline=62@2026-04-30; target=90%@18/12/2026; "
        "tolerance=2; point=2026-08-31:75; point=2026-07-31:70; next=2026-08-31; better=higher"
    )
    assert found.where == {"team": "North, East", "plan": "cp"}
    assert (found.baseline, found.baseline_date) == (62, D(2026, 4, 30))
    assert (found.target, found.target_date) == (90, D(2026, 12, 18))
    assert [point.value for point in found.trajectory] == [70, 75]
    assert (found.tolerance, found.next_reading, found.better) == (2, D(2026, 8, 31), "higher")
    assert found.measure == "m"


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("m; goal=1", "'goal=1' is not understood"),
        ("m; target=many", "not a number"),
        ("m; target=nan", "not a number"),
        ("m; target=1@soon", "not a date"),
        ("m; where=North", "no part of the whole"),
        ("m; where=team=", "no part of the whole"),
        ("m; where=a=1,a=2", "no part of the whole"),
        ("m; point=2026-01-01", "no point"),
        ("m; better=more", "'more' is none"),
        ("text=x; voice=ghost", "'ghost' is none"),
        ("m; target", "'target' is not understood"),
    ],
)
def test_what_is_not_understood_is_named(text: str, match: str) -> None:
    with pytest.raises(PlanError, match=match):
        parse_success(text)


def test_scopes_and_days() -> None:
    assert parse_scope(" b=2 , a=1 ") == {"a": "1", "b": "2"}
    assert parse_scope("") == {}
    assert date_of("1/2/2026") == D(2026, 2, 1)

"""The two pages for a director: who works on what, what the plan is, what evidence carries."""

from __future__ import annotations

from typing import Any

from selfassess.report.answering import Answering
from selfassess.report.appendices import lacking_of, ledger_of
from selfassess.report.evidence import Evidence
from selfassess.report.plan_words import limits_words, plan_words
from selfassess.report.priorities import priorities_of, ranked
from selfassess.report.strengths import strengths_of
from selfassess.report.summary import basis_of


def reading(key: str, **more: Any) -> dict[str, Any]:
    base = {"id": key, "measure": key.partition("[")[0], "title": f"Title of {key}", "value": 7}
    told = {"unit": "children", "at": "2026-09-30", "source": "evidence/lists.xlsx"}
    return {**base, **told, "signal": "critical", **more}


def improve(key: str, **more: Any) -> dict[str, Any]:
    found = {"id": f"reading:{key}", "kind": "improve", "text": f"Title of {key}: 7 children."}
    return {**found, "evidence": [key], "topics": [key], **more}


ACTION = {"id": "A-1", "owner": "Head of hub", "due": "2026-11-30", "why": ["reading:m"]}


def test_a_thing_to_act_on_names_who_works_on_it_and_until_when() -> None:
    answers = Answering({"plan": [{**ACTION, "rag_label": "Red", "rag": "red"}]})
    told = "In the plan: A-1 (Head of hub; due 30 Nov 2026; red)."
    assert answers.words(improve("m")) == told
    assert answers.words(improve("m[team=a]")) == told  # an action on the whole bears on its part
    assert answers.words(improve("n")) == ""  # nothing says that nobody works on it


def test_what_nobody_works_on_is_said() -> None:
    answers = Answering({"plan": [ACTION], "unplanned": ["reading:n"]})
    assert "No action of the plan works on it" in answers.words(improve("n"))
    assert Answering({"unplanned": ["reading:n"]}).words(improve("n")) == ""  # no plan to speak of


def test_actions_that_ended_without_result_work_on_nothing() -> None:
    for ended in ({"delivery": "cancelled"}, {"status": "superseded"}):
        plan = [{**ACTION, **ended}, {**ACTION, "why": []}]
        found = {"plan": plan, "unplanned": ["reading:m"]}
        assert "No action" in Answering(found).words(improve("m"))
    closed = Answering({"plan": [{**ACTION, "closed": "2026-09-01"}]})
    assert closed.words(improve("m")) == "In the plan: A-1 (Head of hub; closed 1 Sep 2026)."


def test_more_than_two_actions_are_counted_and_no_owner_is_said() -> None:
    plan = [{**ACTION, "id": f"A-{n}", "owner": "", "due": None} for n in range(1, 5)]
    told = Answering({"plan": plan}).words(improve("m"))
    assert told == (
        "In the plan: A-1 (no owner named; no date set); A-2 (no owner named; no date set) "
        "and 2 more."
    )


def test_priorities_carry_source_date_and_what_must_move() -> None:
    gap = {"text": "It would have to fall by 2 children, to 5 children."}
    found = {"readings": [reading("m", gap=gap)], "findings": [improve("m")]}
    (one,) = priorities_of(found, Evidence(found))
    assert one.moves == "To be out of critical: it would have to fall by 2 children, to 5 children."
    assert [each.text for each in one.evidence] == ["critical (30 Sep 2026, lists.xlsx)"]


def test_what_all_risks_end_with_is_told_with_the_first() -> None:
    def risk(name: str, text: str) -> dict[str, Any]:
        return {"id": f"rule:{name}@j", "kind": "priority-action-risk", "text": text,
                "evidence": [name], "topics": [name]}  # fmt: skip

    ends = "Make each child safe. A person decides."
    found = {
        "readings": [reading("m"), reading("n")],
        "findings": [risk("m", f"Five children wait. {ends}"), risk("n", f"Two are lost. {ends}")],
    }
    first, second = priorities_of(found, Evidence(found))
    assert (first.of_each, second.of_each) == (ends, "")
    assert "Make each child" not in first.headline + first.detail + second.headline + second.detail


def test_a_figure_ranks_by_itself_not_by_what_stands_beside_it() -> None:
    found = {
        "readings": [reading("mild", signal="attention"), reading("bad"), reading("worse")],
        "findings": [improve("mild", evidence=["mild", "bad"]), improve("worse")],
    }
    order = [each["id"] for each in ranked(found, Evidence(found), found["findings"])]
    assert order == ["reading:worse", "reading:mild"]


def test_questions_for_missing_evidence_take_one_place_among_the_five() -> None:
    found = {
        "findings": [
            {"id": f"missing:C-{n}/x", "kind": "question", "criteria": [f"C-{n}"], "topics": [],
             "text": f"Nothing current on “{n}”. How do you know?", "look_at": "audit"}
            for n in range(4)
        ]
    }  # fmt: skip
    (one,) = priorities_of(found, Evidence(found))
    assert one.headline.startswith("Nothing current on 4 things that are expected of C-0, C-1")


def test_strengths_stand_by_topic_those_with_most_voices_first() -> None:
    def entry(key: str, voice: str, topic: str) -> dict[str, Any]:
        return {"id": key, "voice": voice, "direction": "strength", "topic": topic, "text": key}

    entries = [entry("E-1", "leaders", "a"), entry("E-2", "child", "b"), entry("E-3", "staff", "b")]
    found = {
        "register": entries,
        "topics": [{"id": "b", "title": "Plans"}],
        "findings": [
            {"id": f"entry:{each['id']}", "kind": "strength", "text": f"Said by {each['id']}.",
             "topics": [each["topic"]], "evidence": [each["id"]]}
            for each in entries
        ],
    }  # fmt: skip
    first, second = strengths_of(found, Evidence(found))
    assert first.text == "Plans (children, staff). Said by E-2."
    assert [each.label for each in first.evidence] == ["E-2", "E-3"]
    assert second.text == "a (leaders). Said by E-1."


def test_the_plan_is_told_by_colour_impact_and_what_nobody_works_on() -> None:
    plan = [
        {"rag": "red", "rag_label": "Red", "impact": "none-yet", "flags": ["overdue"]},
        {"rag": "blue", "rag_label": "Done", "impact": "sustained", "moves": [{}]},
        {"rag": "red", "rag_label": "Red", "impact": "reversed"},
    ]
    assert list(plan_words({"plan": plan, "unplanned": ["reading:m"]})) == [
        "3 actions: 2 red, 1 done.",
        "Impact on children, which is kept apart from delivery: reversed 1, none yet 1, "
        "sustained 1.",
        "1 overdue; 1 with a due date that was moved.",
        "1 weakness that the evidence shows has no action that works on it.",
    ]
    assert list(plan_words({})) == ["No action is planned."]
    assert list(plan_words({"plan": [{"id": "A"}]})) == ["1 action."]


def test_what_reading_met_is_said_on_the_first_pages() -> None:
    met = {"where": "evidence/", "text": "Two workbooks.", "remedy": "Leave one."}
    told = basis_of({"warnings": [met]}, Evidence({}), ledger_of({}))
    assert "Reading met 1 thing that may make figures wrong (Appendix B)." in told
    assert not any("met" in line for line in basis_of({}, Evidence({}), ledger_of({})))


def test_how_far_amber_goes_is_told_once() -> None:
    text = "S1 reads 4 (green to 1 behind, amber to 5, which is the tolerance and 25% of the way)."
    told = limits_words({"plan": [{"success": [{"text": text}]}]})
    assert "which is 25% of the way from baseline to target on top of it." in told
    assert limits_words({"plan": [{"id": "A"}]}) == ""


def test_evidence_that_is_required_and_not_held_stands_by_where_it_could_come_from() -> None:
    def asked(name: str, title: str, look_at: str) -> dict[str, Any]:
        text = f"Nothing current on “{title}”."
        return {"id": f"missing:{name}/x", "criteria": [name], "text": text, "look_at": look_at}

    criteria = [
        {"id": "C1", "missing": ["Sampled plans", "Children say"]},
        {"id": "C2", "missing": ["Sampled plans"]},
        {"id": "C3", "missing": ["Nobody asked"]},
        {"id": "C4"},
    ]
    found = lacking_of(
        {
            "judgements": [{"criteria": criteria}],
            "findings": [
                asked("C1", "Sampled plans", "case audit"),
                asked("C1", "Children say", "advocacy"),
                asked("C2", "Sampled plans", "case audit"),
            ],
        }
    )
    assert [(each.look_at, each.items) for each in found] == [
        ("case audit", ("C1 Sampled plans", "C2 Sampled plans")),
        ("advocacy", ("C1 Children say",)),
        ("not stated", ("C3 Nobody asked",)),
    ]

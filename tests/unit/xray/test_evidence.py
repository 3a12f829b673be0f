"""Rules on the evidence that claims rest on, and on what answers a weakness."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from selfassess.model.evidence import ClaimItem, PlannedAction

from .conftest import CLAIM, PLAN, REGISTER, a_finding, judged


def test_a_reference_that_names_nothing(check) -> None:
    found = check(evidence=("E-1", "E-2", "E-3"))
    assert [each.rule for each in found] == ["evidence-unknown"]
    assert found[0].where == "judgements.help.evidence[2]"
    assert "Did you mean 'E-2'" in found[0].mend


def test_a_reference_inside_an_item(check) -> None:
    found = check(
        weaknesses=(ClaimItem(text="Protection visits are late.", evidence=("E-1", "E-9")),)
    )
    assert [each.where for each in found] == ["judgements.help.weaknesses[0].evidence[1]"]


def test_readings_and_findings_are_named_in_several_ways(rules) -> None:
    reading = judged("timeliness.cp-visit", "secure", ("seeing-children",))
    finding = a_finding("conflict:visits", ("timeliness.cp-visit", "E-1"))
    for name in (
        "timeliness.cp-visit",
        "reading:timeliness.cp-visit",
        "conflict:visits",
        "entry:E-1",
    ):
        named = (*CLAIM.evidence, name)
        assert rules(evidence=named, readings=[reading], findings=[finding]) == []


def test_evidence_is_stale_by_the_frameworks_own_look_back(rules) -> None:
    """The criterion expects audits of at most 100 days; a child's word falls back to a year."""
    audit, child = REGISTER
    at_limit = replace(audit, date=dt.date(2025, 12, 21))
    past = replace(audit, date=dt.date(2025, 12, 20))
    assert rules(register=(at_limit, child)) == []
    assert rules(register=(past, child)) == ["evidence-stale"]
    assert rules(register=(audit, replace(child, date=dt.date(2025, 4, 1)))) == []
    assert rules(register=(audit, replace(child, date=dt.date(2025, 3, 30)))) == ["evidence-stale"]
    assert rules(register=(audit, replace(child, date=None))) == ["evidence-stale"]


def test_a_reading_drawn_on_another_day_is_stale(rules) -> None:
    reading = judged("timeliness.cp-visit", None, ("seeing-children",), status="stale")
    named = (*CLAIM.evidence, "timeliness.cp-visit")
    assert rules(evidence=named, readings=[reading]) == ["evidence-stale"]


def test_one_voice(check) -> None:
    found = check(evidence=("E-1",))
    assert [each.rule for each in found] == ["one-voice"]
    leaders = tuple(replace(each, voice="leaders") for each in REGISTER)
    assert "leaders themselves" in check(register=leaders)[0].text


def test_two_voices(rules) -> None:
    assert rules(evidence=("E-1", "E-2")) == []


def test_figures_alone_are_one_finding_not_two(rules) -> None:
    reading = judged("timeliness.cp-visit", "secure", ("seeing-children",))
    weak = (ClaimItem(text="Protection visits are late."),)
    assert rules(evidence=("timeliness.cp-visit",), weaknesses=weak, readings=[reading]) == [
        "figures-only"
    ]
    assert rules(evidence=("timeliness.cp-visit", "E-2"), weaknesses=weak, readings=[reading]) == []


def action(**changes) -> tuple[PlannedAction, ...]:
    return (replace(PLAN[0], **changes),)


def test_a_weakness_without_an_action(check) -> None:
    found = check(plan=())
    assert [each.rule for each in found] == ["weakness-without-action"]
    assert found[0].where == "judgements.help.weaknesses[0]"
    assert found[0].evidence == ("E-1",)


def test_what_answers_a_weakness(rules) -> None:
    nothing = {"title": "Buy laptops", "why": (), "success_measures": (), "judgement": "other"}
    weak = ["weakness-without-action", "action-incomplete"]
    assert rules(plan=action(**nothing)) == weak
    # its evidence, a topic of its evidence
    for good in ({"why": ("entry:E-1",)}, {"topics": ("seeing-children",)}):
        assert rules(plan=action(**{**nothing, **good})) == ["action-incomplete"]
    # one word that is not common, in the same judgement or in a criterion below it
    near = {"title": "Earlier visiting", "judgement": "help"}
    assert rules(plan=action(**{**nothing, **near})) == ["action-incomplete"]
    below = {"title": "Earlier visiting", "judgement": None, "criterion": "H-1"}
    assert rules(plan=action(**{**nothing, **below})) == ["action-incomplete"]
    # elsewhere one word is not enough, two are
    far = {"title": "Earlier visiting"}
    assert rules(plan=action(**{**nothing, **far})) == weak
    two = {"title": "Protection: earlier visiting"}
    assert rules(plan=action(**{**nothing, **two})) == ["action-incomplete"]
    # common words never count
    common = {"title": "More help for children and their families", "judgement": "help"}
    assert rules(plan=action(**{**nothing, **common})) == weak


def test_the_measure_that_an_action_moves_answers_a_weakness_on_it(rules) -> None:
    reading = judged("timeliness.cp-visit", "secure", ("seeing-children",))
    weak = (ClaimItem(text="Too slow.", evidence=("timeliness.cp-visit",)),)
    other = action(title="Buy laptops", why=(), judgement="other")
    assert rules(weaknesses=weak, readings=[reading], plan=other) == []


def test_an_action_names_all_that_it_lacks(check) -> None:
    found = check(plan=action(owner="", due=None, success_measures=()))
    assert found[0].text == "Action A-1 has no owner and no date and no success measure."
    assert found[0].where == "plan[0]"
    assert check(plan=action()) == ()

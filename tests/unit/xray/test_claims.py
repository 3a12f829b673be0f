"""Rules on what a claim has to carry: each fires, and a near neighbour does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from selfassess.model.evidence import Claim

from .conftest import CLAIM


def test_a_sound_self_evaluation_has_nothing_to_mend(check) -> None:
    assert check() == ()


@pytest.mark.parametrize("answer", ["", "  ", "TBC", "tbc.", "To follow", "…", "N/A", "?", "*tbc*"])
def test_an_empty_answer_or_a_placeholder_is_no_answer(check, answer) -> None:
    found = check(answers={**CLAIM.answers, "how": answer})
    assert [each.rule for each in found] == ["question-unanswered"]
    assert found[0].severity == "error"
    assert found[0].where == "judgements.help.answers.how"
    assert "How do you know it?" in found[0].text


def test_an_answer_that_speaks_of_placeholders_is_an_answer(rules) -> None:
    text = "To follow children over time we read twelve files each month with their social workers."
    assert rules(answers={**CLAIM.answers, "how": text}) == []


def test_a_judgement_of_which_nothing_is_said(check) -> None:
    for claims in ({}, {"help": Claim()}):
        found = check(claims=claims, plan=())
        assert [each.id for each in found] == ["question-unanswered@help"]


def test_a_claim_without_any_source(check) -> None:
    found = check(evidence=(), weaknesses=("Protection visits are late.",))
    assert [each.rule for each in found] == ["claim-without-source"]


def test_the_evidence_of_an_item_is_a_source(rules) -> None:
    assert "claim-without-source" not in rules(evidence=())


def test_dates(rules) -> None:
    assert rules(date=None) == ["claim-undated"]
    assert rules(date=dt.date(2026, 4, 1)) == ["claim-undated"]
    assert rules(date=dt.date(2026, 3, 31)) == []
    assert rules(date=dt.date(2025, 9, 29)) == []  # 183 days before as-at
    assert rules(date=dt.date(2025, 9, 28)) == ["claim-old"]


def test_author(rules) -> None:
    assert rules(author=" ") == ["claim-unsigned"]


def test_a_note_to_confirm_again(check) -> None:
    found = check(reconfirm=("the descriptor was worded anew",))
    assert [each.rule for each in found] == ["claim-to-reconfirm"]
    assert "worded anew" in found[0].text


def test_a_claim_above_its_ceiling_says_both_and_why(check) -> None:
    found = check(grade="good", ceiling="fair", challenge="above the evidence")
    assert [each.rule for each in found] == ["claim-above-evidence"]
    assert "claim Good" in found[0].text
    assert "at most Fair" in found[0].text
    assert "A child waits." in found[0].text
    assert found[0].evidence == ("E-1",)


def test_a_claim_at_its_ceiling(rules) -> None:
    assert rules(grade="fair", ceiling="fair", challenge="not contradicted") == []


def test_a_claim_below_the_evidence_is_a_remark(check) -> None:
    found = check(challenge="below the evidence")
    assert [(each.rule, each.severity) for each in found] == [("claim-below-evidence", "remark")]


def test_strengths_without_a_weakness(rules) -> None:
    assert rules(weaknesses=()) == ["no-weakness"]
    assert rules(weaknesses=(), strengths=()) == []


def test_so_what(rules) -> None:
    assert rules(so_what="") == ["so-what-missing"]


def test_a_claim_on_a_criterion_owes_no_answers_and_no_so_what(check) -> None:
    own = Claim(
        strengths=("Children trust us.",),
        weaknesses=CLAIM.weaknesses,
        evidence=("E-1", "E-2"),
        author="Team manager",
        date=CLAIM.date,
    )
    assert check(claims={"help": CLAIM, "H-1": own}) == ()
    found = check(claims={"help": CLAIM, "H-1": replace(own, author="")})
    assert [each.id for each in found] == ["claim-unsigned@H-1"]

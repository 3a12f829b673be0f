"""Texts beside readings: what is said, what is negated, intended or hedged, and of what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfassess.model.xray import Limits
from selfassess.xray.case import Words
from selfassess.xray.prose import fingerprint, sentences, stems
from selfassess.xray.statements import statements

from .conftest import CLAIM, judged

MAXIMUM = judged("caseloads.maximum", "critical", ("caseloads",), unit="children", value=41)
VISITS = judged("timeliness.cp-visit", "concern", ("seeing-children",))
ASSESSED = judged("timeliness.assessment-45wd", "concern", ("assessment",))
DRIFT = judged("oversight.audit-drift", "concern", ("audit",), unit="points", value=0.5)


def said(text: str, lexicon) -> list[tuple[str, str]]:
    return [(s.assertion.id, s.subject.id) for s in statements(text, Words(lexicon))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Caseloads are manageable.", [("manageable", "caseloads")]),
        ("Caseloads are not manageable.", []),
        ("Caseloads are not yet manageable.", []),
        ("Caseloads aren't manageable.", []),
        ("Caseloads aren’t manageable.", []),
        ("Caseloads are far from manageable.", []),
        ("Caseloads are no longer manageable.", []),
        ("Caseloads are rarely manageable.", []),
        ("Manageable caseloads are not yet the rule.", []),
        ("Caseloads are unmanageable.", []),
        ("Caseloads will be manageable by May.", []),
        ("We want caseloads to be manageable.", []),
        ("Our aim is that caseloads are manageable.", []),
        ("Caseloads should be manageable.", []),
        ("Caseloads are not only manageable but fair.", [("manageable", "caseloads")] * 2),
        ("Staff do not complain, caseloads are manageable.", [("manageable", "caseloads")]),
        ("Not all is well but caseloads are manageable.", [("manageable", "caseloads")]),
        ("Assessments are timely.", [("timely", "assessments")]),
        ("Assessments are untimely.", []),
        ("Visits and assessments are timely.", [("timely", "assessments"), ("timely", "visits")]),
        (
            "Assessments, visits and reviews are timely.",
            [("timely", "reviews"), ("timely", "visits"), ("timely", "assessments")],
        ),
        ("Assessments are hard and visits are timely.", [("timely", "visits")]),
        ("We hold timely reviews.", [("timely", "reviews")]),
        ("The weather is timely.", []),
        ("**Caseloads** are *manageable*.", [("manageable", "caseloads")]),
        ("", []),
    ],
)
def test_what_a_sentence_says(text, expected, lexicon) -> None:
    assert said(text, lexicon) == expected


def test_words_beside_a_whole_reading_that_says_otherwise(check) -> None:
    found = check(
        answers={
            **CLAIM.answers,
            "what": "Children are known. Caseloads are manageable, and that "
            "gives each of them time with somebody who listens to them.",
        },
        readings=[MAXIMUM],
    )
    assert [(each.rule, each.severity) for each in found] == [("words-against-reading", "error")]
    assert found[0].where == "judgements.help.answers.what"
    assert "‘manageable’" in found[0].text
    assert "Title of caseloads.maximum: 41 children, critical" in found[0].text
    assert found[0].evidence == ("caseloads.maximum",)


def strengths(check, text, *readings, **more):
    return [each.id for each in check(strengths=(text,), readings=readings, **more)]


def test_the_same_words_beside_readings_in_order(check) -> None:
    fine = judged("caseloads.maximum", "secure", ("caseloads",))
    odd = judged("caseloads.maximum", "attention", ("caseloads",))
    none = judged("caseloads.maximum", None, ("caseloads",))
    assert strengths(check, "Caseloads are manageable.", fine) == []
    assert strengths(check, "Caseloads are manageable.", odd) == []
    assert strengths(check, "Caseloads are manageable.", none) == []
    assert strengths(check, "Caseloads are manageable.") == []


def test_only_measures_that_could_contradict_the_word(check) -> None:
    """Late visits do not contradict manageable caseloads, nor do kind auditors timely ones."""
    also = judged("timeliness.cp-visit", "concern", ("caseloads",))
    assert strengths(check, "Caseloads are manageable.", also) == []
    assert strengths(check, "Audits are timely.", DRIFT) == []
    assert len(strengths(check, "Audits are robust.", DRIFT)) == 1


def test_only_readings_of_the_subject(check) -> None:
    assert strengths(check, "Assessments are timely.", VISITS) == []
    assert len(strengths(check, "Assessments are timely.", ASSESSED)) == 1


def test_a_part_contradicts_unless_the_text_speaks_of_most(check) -> None:
    part = judged("timeliness.cp-visit", "concern", ("seeing-children",), where={"team": "West"})
    found = check(strengths=("Visits are timely.",), readings=[part])
    assert [(each.rule, each.severity) for each in found] == [("words-against-reading", "warning")]
    assert "(West)" in found[0].text
    assert strengths(check, "Visits are mostly timely.", part) == []
    assert strengths(check, "Most visits are timely.", part) == []
    assert len(strengths(check, "Most visits are timely.", part, VISITS)) == 1


def test_another_agencys_figure_contradicts_nothing(check) -> None:
    part = judged(
        "timeliness.cp-visit", "concern", ("seeing-children",), where={"agency": "police"}
    )
    assert strengths(check, "Visits are timely.", part) == []


def test_readings_of_the_judgement_come_before_those_of_others(check) -> None:
    own = judged("timeliness.cp-visit", "secure", ("seeing-children",))
    other = judged("timeliness.care-visit", "concern", ("seeing-children",))
    assert strengths(check, "Visits are timely.", own, other, linked=["timeliness.cp-visit"]) == []
    assert len(strengths(check, "Visits are timely.", own, other, linked=[])) == 1


def test_weaknesses_and_plans_are_not_read_as_praise(check) -> None:
    weak = ("Protection visits are timely in name alone.",)
    assert [e.rule for e in check(weaknesses=weak, readings=[VISITS])] == []
    ahead = {
        **CLAIM.answers,
        "next": "Visits are timely, and we go on to keep them so for all of the children.",
    }
    assert [e.rule for e in check(answers=ahead, readings=[VISITS])] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We have launched a practice model.", True),
        ("We have rolled out training to all staff.", True),
        ("We have launched a model. As a result fewer children come back.", False),
        ("We launched a model so that children stay with their families.", False),
        ("We will have launched a practice model by May.", False),
        ("We introduced drop-ins. The rooms are blue. Fewer children go missing.", True),
        ("We know our children.", False),
    ],
)
def test_activity_without_result(check, text, found) -> None:
    rules = [each.rule for each in check(strengths=(text,))]
    assert rules == (["activity-without-result"] if found else [])


def test_figures_that_crowd_an_answer(check) -> None:
    crowded = (
        "Visits 81%, reviews 90.6%, contacts 1,204, plans 188 and audits 60 in 2025 were counted "
        "by us."
    )
    answers = {**CLAIM.answers, "what": crowded}
    assert [each.rule for each in check(answers=answers)] == ["figures-crowd-answer"]
    four = {**CLAIM.answers, "what": crowded.replace(" and audits 60", "")}
    assert check(answers=four) == ()
    spoken = {**CLAIM.answers, "what": f"{crowded} Children tell us that they feel safer."}
    assert check(answers=spoken) == ()


def test_length(check) -> None:
    limits = Limits(answer_least=5, answer_most=10, whole_most=60)

    def found(words: int) -> list[str]:
        answers = dict.fromkeys(CLAIM.answers, "word " * 8) | {"how": "word " * words}
        return [each.rule for each in check(answers=answers, limits=limits, so_what="It helps.")]

    assert found(4) == ["length"]
    assert found(5) == []
    assert found(10) == []
    assert found(11) == ["length"]
    assert [e.id for e in check(limits=Limits(whole_most=20))] == ["length@whole"]


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_read(text) -> None:
    for written, flat in sentences(text):
        assert written
        assert flat == flat.casefold()
    stems(text, frozenset())
    assert fingerprint(text) == fingerprint(f"  {text}\n")


def test_long_hostile_texts_take_no_time(check) -> None:
    for text in (
        "](" * 400_000,
        "caseloads manageable " * 60_000,
        "\n \n" * 300_000,
        "((" * 500_000,
    ):
        check(so_what=text, readings=[MAXIMUM])

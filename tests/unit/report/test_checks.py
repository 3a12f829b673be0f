"""Consistency checks and changes as a page prints them."""

from __future__ import annotations

import copy

import pytest

from selfassess.report.changed import changes_of
from selfassess.report.checks import checks_of, checks_sentence
from selfassess.report.evidence import Evidence
from selfassess.report.said import said_of

from .assessments import rich


@pytest.fixture
def made():
    return copy.deepcopy(rich())


def test_checks_are_grouped_by_rule_the_gravest_first(made) -> None:
    found = checks_of(made, Evidence(made))
    assert found is not None
    assert [(g.severity.word, len(g.items)) for g in found.groups] == [
        ("would stop a reader", 1),
        ("weakens the text", 12),
        ("worth a thought", 1),
    ]
    assert found.groups[1].more == "2 more: see `selfassess xray`."
    assert (
        found.count
        == "Consistency checks of leaders’ text found 16 points; 1 of them would stop a reader."
    )
    assert "Waived by Head of quality until 31 December 2026: Drawn late" in found.waived[0]


def test_nothing_found_is_said_and_nothing_checked_is_not(made) -> None:
    made["xray"] = []
    found = checks_of(made, Evidence(made))
    assert found is not None
    assert found.count.startswith("The checks found nothing")
    assert checks_sentence(made) == ""
    del made["xray"]
    assert checks_of(made, Evidence(made)) is None
    made["xray"] = []
    for judgement in made["judgements"]:
        judgement["claim_detail"] = None
    assert checks_of(made, Evidence(made)) is None


def test_only_waived_findings_count_as_nothing(made) -> None:
    made["xray"] = [each for each in made["xray"] if each["waived"]]
    found = checks_of(made, Evidence(made))
    assert found is not None
    assert found.groups == ()
    assert len(found.waived) == 1


def test_what_changed_begins_with_what_moved_beyond_chance(made) -> None:
    found = changes_of(made)
    assert found is not None
    assert found.title == "What changed since 31 December 2025"
    assert "Since 31 December 2025" in found.summary
    assert found.overlap == "31 of 40 criteria of test@1 are comparable with test@2."
    assert len(found.moved) == 18
    first = found.moved[0]
    assert (first.old, first.new, first.way.word) == ("60.0%", "80.0%", "better")
    assert (first.old_count, first.new_count) == ("48 of 80", "56 of 70")
    assert first.signal == "concern → attention"
    assert first.chance == "more than chance"
    assert found.moved_note == (
        "6 further readings moved; 7 parts moved a little within their signal: see "
        "assessment.json, embedded in the PDF."
    )
    labels = [line.label for line in found.lists]
    assert labels[0] == "New findings (14)"
    assert found.lists[0].values[-1] == "and 4 more, in assessment.json"


def test_nothing_to_compare_with_is_no_page(made) -> None:
    made["changes"] = None
    assert changes_of(made) is None
    del made["changes"]
    assert changes_of(made) is None


def test_what_leaders_say_of_a_criterion_is_printed_as_safe_html(made) -> None:
    judgement = made["judgements"][0]
    assert said_of(judgement) == ()
    judgement["criteria"][0]["claim_detail"] = {
        "answers": {"q": "We *know*."},
        "strengths": ["<b>Seen</b>"],
        "weaknesses": [],
        "author": "Head",
        "date": "2026-03-01",
        "status": "draft",
    }
    (said,) = said_of(judgement)
    assert said.criterion.startswith(judgement["criteria"][0]["id"])
    assert said.texts == ("<p>We <em>know</em>.</p>\n",)
    assert said.strengths == ("<p>&lt;b&gt;Seen&lt;/b&gt;</p>\n",)
    assert said.signed == "Head, 1 March 2026, status: draft"

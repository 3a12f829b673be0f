"""Lines of enquiry: the strongest doubt first, whom to ask, what to have ready."""

from __future__ import annotations

from typing import Any

from selfassess.report.enquiry import enquiries_of
from selfassess.report.evidence import Evidence
from selfassess.report.parts import Enquiry


def assessment(**more: Any) -> dict[str, Any]:
    reading = {
        "id": "visits",
        "measure": "visits",
        "title": "Visits in time",
        "unit": "percent",
        "value": 59,
        "numerator": 29,
        "denominator": 49,
        "signal": "concern",
        "where": {},
    }
    criterion = {
        "id": "C1",
        "title": "Seen alone",
        "status": "weak",
        "voices": ["data", "staff"],
        "missing": ["What children say", "An outside view"],
    }
    return {
        "readings": [reading],
        "register": [],
        "judgements": [{"id": "j", "title": "Protection", "criteria": [criterion]}],
        "findings": [
            finding("q", "question", "Who is missing from the list?", []),
            finding("i", "improve", "Visits in time: 59%. Why so few?", ["visits"]),
        ],
        "plan": [],
        **more,
    }


def finding(key: str, kind: str, text: str, evidence: list[str], **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "kind": kind,
        "text": text,
        "criteria": ["C1"],
        "judgements": ["j"],
        "responsible": [],
        "evidence": evidence,
        "where": {},
        "look_at": "the visits of one month",
        "topics": [],
        **more,
    }


def sheets(found: dict[str, Any]) -> tuple[Enquiry, ...]:
    return enquiries_of(found, Evidence(found))


def test_the_strongest_doubt_comes_first_and_opens_the_sheet() -> None:
    (sheet,) = sheets(assessment())
    assert [doubt.headline for doubt in sheet.doubts] == [
        "Visits in time: 59%. Why so few?",
        "Who is missing from the list?",
    ]
    assert sheet.start == "An inspector would start here: Visits in time: 59%. Why so few?"
    assert [one.label for one in sheet.doubts[0].evidence] == ["E1"]


def test_who_is_asked_first_owns_the_action_or_was_not_heard() -> None:
    plan = [
        {"id": "a1", "owner": "Head of safeguarding", "why": ["i"], "success_measures": []},
        {"id": "a2", "owner": "Performance lead", "why": [], "success_measures": ["visits"]},
        {"id": "a3", "owner": "Somebody else", "why": ["other"], "success_measures": ["other"]},
    ]
    (sheet,) = sheets(assessment(plan=plan))
    assert sheet.doubts[0].ask == (
        "Head of safeguarding; Performance lead; children, families, partners: not heard on this "
        "yet"
    )


def test_what_to_have_ready_is_where_to_look_the_rows_and_what_is_missing() -> None:
    (sheet,) = sheets(assessment())
    assert sheet.doubts[0].ready == (
        "the visits of one month",
        "the rows behind E1: selfassess rows visits",
        "missing: What children say and 1 more",
    )


def test_a_published_figure_has_no_rows_to_ask_for() -> None:
    found = assessment()
    found["readings"][0]["published"] = True
    (sheet,) = sheets(found)
    assert not any("selfassess rows" in line for line in sheet.doubts[0].ready)


def test_strengths_are_no_doubts_and_a_judgement_without_doubts_has_no_sheet() -> None:
    found = assessment(findings=[finding("s", "strength", "Children are seen.", ["visits"])])
    assert sheets(found) == ()


def test_more_doubts_than_fit_a_page_are_counted() -> None:
    many = [finding(f"q{index}", "question", f"Question {index}?", []) for index in range(20)]
    (sheet,) = sheets(assessment(findings=many))
    assert len(sheet.doubts) == 7
    assert sheet.more == "13 further doubts in the chapter."


def test_findings_of_other_judgements_stay_out() -> None:
    found = assessment()
    found["findings"][1]["judgements"] = ["another"]
    (sheet,) = sheets(found)
    assert [doubt.headline for doubt in sheet.doubts] == ["Who is missing from the list?"]

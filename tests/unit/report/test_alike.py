"""Findings of one measure are told as one, and nothing of them is lost."""

from __future__ import annotations

from typing import Any

from selfassess.report.alike import by_measure, without_ending
from selfassess.report.evidence import Evidence


def reading(key: str, value: float, top: int, base: int, **more: Any) -> dict[str, Any]:
    measure, _, scope = key.partition("[")
    where = dict(part.split("=") for part in scope.rstrip("]").split(",")) if scope else {}
    return {
        "id": key,
        "measure": measure,
        "title": f"Title of {measure}",
        "where": where,
        "value": value,
        "unit": "percent",
        "numerator": top,
        "denominator": base,
        "signal": "concern",
        **more,
    }


def finding(key: str, text: str, kind: str = "improve", **more: Any) -> dict[str, Any]:
    where = dict(part.split("=") for part in key.partition("[")[2].rstrip("]").split(",") if part)
    return {
        "id": f"reading:{key}",
        "kind": kind,
        "text": text,
        "look_at": "log",
        "evidence": [key],
        "criteria": ["C1"],
        "where": where,
        **more,
    }


READINGS = [
    reading("m", 70, 70, 100),
    reading("m[team=a]", 10, 2, 20),
    reading("m[team=b]", 50, 15, 30),
    reading("m[team=all]", 70, 70, 100),
    reading("n[team=a]", 30, 6, 20),
    reading("n[team=b]", 40, 8, 20),
]
ASKED = "The band (local) asks at least 90%. Who is unseen?"


def made(*findings: dict[str, Any], **more: Any) -> list[Any]:
    return by_measure(findings, Evidence({"readings": READINGS, **more}))


def test_parts_stand_with_the_whole_and_the_question_stays_last() -> None:
    (one,) = made(
        finding("m", f"Title of m: 70%, 70 of 100. {ASKED}"),
        finding("m[team=a]", f"Title of m (team a): 10%, 2 of 20. {ASKED}", criteria=["C2"]),
        finding("m[team=b]", f"Title of m (team b): 50%, 15 of 30. {ASKED}"),
    )
    assert one["text"] == (
        "Title of m: 70%, 70 of 100. The band (local) asks at least 90%. "
        "Further off: team: a 10.0% (2 of 20), b 50.0% (15 of 30). Who is unseen?"
    )
    assert one["evidence"] == ["m", "m[team=a]", "m[team=b]"]
    assert one["criteria"] == ["C1", "C2"]
    assert not one["where"]


def test_a_part_that_is_all_of_the_whole_says_nothing_further() -> None:
    whole = f"Title of m: 70%, 70 of 100. {ASKED}"
    (one,) = made(finding("m", whole), finding("m[team=all]", f"Title of m (team all). {ASKED}"))
    assert one["text"] == whole
    assert one["evidence"] == ["m", "m[team=all]"]


def test_parts_without_the_whole_are_listed_under_the_title() -> None:
    (one,) = made(
        finding("n[team=a]", f"Title of n (team a): 30%, 6 of 20. {ASKED}"),
        finding("n[team=b]", f"Title of n (team b): 40%, 8 of 20. {ASKED}"),
    )
    assert one["text"] == (
        f"Title of n, in parts: team: a 30.0% (6 of 20), b 40.0% (8 of 20). {ASKED}"
    )
    assert one["where"]


def test_another_kind_measure_or_question_stands_apart() -> None:
    found = [
        finding("m", f"Title of m: 70%. {ASKED}"),
        finding("m[team=a]", "Title of m (team a): 10%. Ask?", kind="question"),
        finding("m[team=b]", "Title of m (team b): 50%. Ask?", look_at="elsewhere"),
        finding("n[team=a]", "Title of n (team a): 30%. Ask?"),
        {"id": "entry:E-1", "kind": "improve", "text": "Seen.", "evidence": ["E-1"]},
    ]
    assert made(*found) == found


def test_a_published_part_speaks_for_itself() -> None:
    published = [{**each, "published": True} for each in READINGS]
    found = [finding("n[team=a]", "One. Ask?"), finding("n[team=b]", "Two. Ask?")]
    assert by_measure(found, Evidence({"readings": published})) == found


def test_what_all_texts_end_with_is_told_once() -> None:
    assert without_ending(["A. B. Act. Decide.", "C. Act. Decide."]) == (
        ["A. B.", "C."],
        "Act. Decide.",
    )
    assert without_ending(["A. Act.", "B. Wait."]) == (["A. Act.", "B. Wait."], "")
    assert without_ending(["Act. Decide."]) == (["Act. Decide."], "")
    assert without_ending(["Act.", "Act."]) == (["Act.", "Act."], "")  # something must be left

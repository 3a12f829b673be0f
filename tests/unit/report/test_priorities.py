from __future__ import annotations

from collections.abc import Callable
from typing import Any

from selfassess.report.evidence import Evidence
from selfassess.report.priorities import priorities_of

Make = Callable[[str], dict[str, Any]]


def finding(key: str, kind: str, evidence: list[str], **more: Any) -> dict[str, Any]:
    return {"id": key, "kind": kind, "text": key, "evidence": evidence, "topics": [key], **more}


def texts(assessment: dict[str, Any], most: int = 5) -> list[str]:
    return [one.headline for one in priorities_of(assessment, Evidence(assessment), most)]


def reading(key: str, signal: str, measure: str | None = None) -> dict[str, Any]:
    return {"id": key, "measure": measure or key, "signal": signal, "value": 1, "unit": "cases"}


def test_risks_first_then_what_binds_then_the_worst() -> None:
    found = {
        "judgements": [{"id": "j", "because": [{"readings": ["bound"]}]}],
        "readings": [
            reading("a", "attention"),
            reading("c", "critical"),
            reading("bound", "concern"),
            reading("risk", "attention"),
            reading("q", "critical"),
        ],
        "findings": [
            finding("strength", "strength", ["c"]),
            finding("mild", "improve", ["a"]),
            finding("ask", "question", ["q"]),
            finding("bad", "improve", ["c"]),
            finding("binds", "improve", ["bound"]),
            finding("flag", "priority-action-risk", ["risk"]),
        ],
    }
    assert texts(found) == ["flag", "binds", "bad", "mild", "ask"]


def test_no_measure_is_listed_twice_while_there_is_another() -> None:
    found = {
        "readings": [
            reading("m", "critical"),
            reading("m[team=a]", "critical", "m"),
            reading("other", "attention"),
        ],
        "findings": [
            finding("whole", "improve", ["m"]),
            finding("part", "improve", ["m[team=a]"], where={"team": "a"}),
            finding("else", "improve", ["other"]),
        ],
    }
    assert texts(found, 2) == ["whole", "else"]
    assert texts(found, 3) == ["whole", "else", "part (team: a)"]


def test_a_topic_already_listed_is_passed_over() -> None:
    found = {
        "readings": [reading("a", "critical"), reading("b", "concern"), reading("c", "attention")],
        "findings": [
            finding("one", "improve", ["a"], topics=["x", "y"]),
            finding("same", "improve", ["b"], topics=["y"]),
            finding("new", "improve", ["c"], topics=["y", "z"]),
        ],
    }
    assert texts(found, 2) == ["one", "new"]


def test_severity_of_entries_counts() -> None:
    entry = {"direction": "weakness", "voice": "inspector", "text": "seen"}
    found = {
        "register": [
            entry | {"id": "minor", "severity": "minor"},
            entry | {"id": "grave", "severity": "serious"},
        ],
        "findings": [
            finding("small", "improve", ["minor"]),
            finding("large", "improve", ["grave"]),
        ],
    }
    assert texts(found) == ["large", "small"]


def test_the_rich_council_gets_five_and_the_sparse_none(assessment: Make) -> None:
    assert len(texts(assessment("rich"))) == 5
    assert texts(assessment("sparse")) == []

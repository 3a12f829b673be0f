"""Two small assessments, and a way to change one of them."""

from __future__ import annotations

import copy
from typing import Any

import pytest

Json = dict[str, Any]


def reading(id_: str = "m.share", **changes: Any) -> Json:
    return {
        "id": id_,
        "measure": id_.partition("[")[0],
        "title": f"Title of {id_.partition('[')[0]}",
        "where": {},
        "definition": "d1",
        "way": None,
        "from": "2026-01-01",
        "to": "2026-03-31",
        "at": None,
        "value": 60.0,
        "numerator": 48,
        "denominator": 80,
        "unit": "percent",
        "status": "ok",
        "signal": "concern",
        "published": False,
        "better": "higher",
        "series": [],
        **changes,
    }


def assessment(**changes: Any) -> Json:
    found: Json = {
        "schema": "selfassess/assessment@1",
        "council": {"name": "Testshire", "code": "E1"},
        "as_at": "2026-03-31",
        "made_with": {"name": "selfassess", "version": "1"},
        "framework": {"id": "test", "edition": "1", "title": "Test"},
        "readings": [reading()],
        "register": [
            {"id": "E-1", "topic": "visits", "text": "Late.", "date": "2026-02-01"},
        ],
        "judgements": [
            {
                "id": "help",
                "title": "Help",
                "ceiling": "fair",
                "ceiling_title": "Fair",
                "challenge": "above the evidence",
                "confidence": "low",
                "claim": "good",
                "claim_title": "Good",
                "claim_detail": {
                    "answers": {"what": "We know that most visits are on time."},
                    "strengths": ["Children are heard."],
                    "weaknesses": [],
                    "so_what": "They feel safe.",
                    "evidence": ["E-1"],
                    "author": "Director",
                    "date": "2026-03-01",
                    "status": "draft",
                },
                "criteria": [
                    {"id": "H-1", "title": "Seen", "status": "mixed", "why": "one adverse item"},
                    {"id": "H-2", "title": "Heard", "status": "secure", "why": "two voices agree"},
                ],
            }
        ],
        "findings": [
            {"id": "entry:E-1", "kind": "improve", "text": "Late."},
            {"id": "missing:H-1/audit", "kind": "question", "text": "No audit?"},
            {"id": "rule:waiting@help", "kind": "priority-action-risk", "text": "Waiting."},
        ],
        "plan": [{"id": "A-1", "title": "Visit", "status": "planned", "due": "2026-09-30"}],
        "method": [],
        "xray": [],
    }
    found.update(changes)
    return copy.deepcopy(found)


@pytest.fixture
def later() -> Json:
    """The same three months later, so far without any change."""
    return assessment(as_at="2026-06-30")

"""The appendix says in words what an action answers and serves."""

from __future__ import annotations

from selfassess.board_pack.naming import in_words

ITEM = {
    "why": [
        "E-001",
        "reading:visits.on-time",
        "reading:visits.on-time[team=w,plan=cp]",
        "reading:x",
    ],
    "judgement": "leaders",
    "criterion": None,
    "topics": ["audit", "leaders"],
    "tags": ["nf:outcome-1", "nf:none"],
}


def test_ids_are_said_in_words_and_unknown_ones_stay() -> None:
    said = in_words(
        ITEM,
        {"visits.on-time": "Visits on time"},
        {"team": {"w": "West"}, "plan": {"cp": "child protection"}},
        {"leaders": "Impact of leaders", "audit": "Audit", "nf:outcome-1": "Families together"},
    )
    assert said["answers"] == [
        "E-001",
        "Visits on time",
        "Visits on time (West, child protection)",
        "reading:x",
    ]
    assert said["serves"] == ["Impact of leaders", "Audit", "Families together", "nf:none"]

"""Words of the pack: whole clauses rather than half ones, titles rather than ids."""

from __future__ import annotations

from selfassess.board_pack.words import clauses, named


def test_what_has_no_room_goes_by_whole_clauses() -> None:
    text = "12 children on 31 Aug; worse than at the start; read from elsewhere."
    assert clauses(text, 200) == text
    assert clauses(text, 60) == "12 children on 31 Aug; worse than at the start."
    assert clauses(text, 30) == "12 children on 31 Aug."
    assert clauses("A sentence without a clause to leave", 12) == "A sentence…"


def test_success_measures_are_named_not_numbered() -> None:
    item = {
        "success": [
            {"id": "S1", "title": "Visits in time", "reading": "timeliness.visit"},
            {"id": "S10", "title": r"Rate \1", "reading": None},
        ]
    }
    assert named("S1 fell back; S10 stands; S2 too", item) == (
        r"Visits in time fell back; Rate \1 stands; S2 too"
    )
    told = "Blue: shown by timeliness.visit read on 30 Sep; timeliness.visit-late is another."
    assert named(told, item).startswith("Blue: shown by Visits in time read on")
    assert "timeliness.visit-late" in named(told, item)
    assert named("S1", {}) == "S1"

"""Teams and tails in a chapter: what is told, what is counted only, and nothing without cause."""

from __future__ import annotations

from typing import Any

from selfassess.report.evidence import Evidence
from selfassess.report.tail import teams_of


def weak(team: str, beyond: bool | None) -> dict[str, Any]:
    return {"where": {"team": team}, "beyond_chance": beyond, "text": f"{team}: a sentence."}


def reading(key: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "title": f"Title of {key}",
        "where": {},
        "value": 1,
        "unit": "percent",
        **more,
    }


SPREAD = {
    "holder": "workers",
    "held": "children",
    "groups": [
        {
            "where": {"team": "North"},
            "holders": 3,
            "held": 40,
            "median": 10,
            "maximum": 22.5,
            "over": [
                {"title": "Over 25", "holders": 0, "of": 3},
                {"title": "Over the limit", "holders": 1, "of": 3},
                {"title": "Alone", "holders": 2, "of": None},
            ],
            "text": "",
        }
    ],
    "concentration": {"text": "1 worker of 6 holds a fifth."},
}


def evidence(*readings: dict[str, Any]) -> Evidence:
    return Evidence({"readings": readings})


def test_differences_beyond_chance_are_told_and_others_counted() -> None:
    found = evidence(
        reading("a", weakest=[weak("North", True), weak("South", False)]),
        reading("b", weakest=[weak("North", False), weak("East", None)]),
        reading("c", weakest=[]),
    )
    teams = teams_of(["a", "b", "c"], found, set())
    assert teams is not None
    assert [(line.title, line.text) for line in teams.lines] == [
        ("Title of a", "North: a sentence.")
    ]
    assert teams.notes.startswith("For 1 measure more, the weakest part")


def test_only_a_dozen_are_told() -> None:
    found = evidence(*(reading(f"r{i:02}", weakest=[weak("North", True)]) for i in range(15)))
    teams = teams_of([f"r{i:02}" for i in range(15)], found, set())
    assert teams is not None
    assert len(teams.lines) == 12
    assert teams.notes.startswith("3 further differences")


def test_spread_as_a_table() -> None:
    teams = teams_of(["a"], evidence(reading("a", unit="children", spread=SPREAD)), set())
    assert teams is not None
    (table,) = teams.spreads
    (row,) = table.rows
    assert (row.holders, row.held, row.median, row.maximum) == (
        "3",
        "40",
        "10 children",
        "22.5 children",
    )
    assert row.over == ("Over the limit: 1 of 3", "Alone: 2")
    assert table.sentence == "1 worker of 6 holds a fifth."


def test_each_reading_is_told_in_one_chapter() -> None:
    found, told = evidence(reading("a", weakest=[weak("North", True)])), set[str]()
    assert teams_of(["a"], found, told) is not None
    assert teams_of(["a"], found, told) is None


def test_nothing_to_tell() -> None:
    older = reading("a")  # an assessment of an earlier version
    part = reading("b", where={"team": "North"}, weakest=[weak("North", True)])
    assert teams_of(["a", "b"], evidence(older, part), set()) is None


def test_gap_stands_with_readings_out_of_order_only() -> None:
    gap = {"signal": "secure", "text": "3 more would reach 85%."}
    found = evidence(
        reading("a", signal="attention", gap=gap),
        reading("b", signal="secure", gap=gap),
        reading("c", signal=None, gap=gap),
    )
    assert "3 more would reach 85%." in found.row("a").notes
    assert "3 more would reach 85%." not in (*found.row("b").notes, *found.row("c").notes)

"""Items with their own evidence move to another edition like plain sentences do."""

from __future__ import annotations

from selfassess.loading.carry_total import Total
from selfassess.loading.source import read_text
from selfassess.loading.yaml_write import claim_lines, list_lines

ITEM = {"text": "Seen: alone", "evidence": ["E-1"], "public": True}


def test_items_are_joined_and_said_once() -> None:
    total = Total({"strengths": ["a", ITEM]}, {})
    total.add({"strengths": [ITEM, "b", "b", {"text": "c"}]}, lambda question: question)
    assert total.items["strengths"] == ["b", {"text": "c"}]


def test_items_are_written_as_what_they_are() -> None:
    text = "a:\n" + "\n".join(list_lines(["x: y", ITEM], 2)) + "\n"
    assert read_text(text).data == {"a": ["x: y", ITEM]}
    whole = "\n".join(claim_lines("care", "Care", {"weaknesses": [ITEM]}, 0, "\n")) + "\n"
    assert read_text(whole).data == {"care": {"weaknesses": [ITEM]}}

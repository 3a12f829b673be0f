"""Whose evidence says what: every cell worked out by hand."""

from __future__ import annotations

from typing import Any

from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import Triangulation
from selfassess.report.triangulation import triangulation_of


def reading(key: str, signal: str | None, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "measure": more.pop("measure", key),
        "title": key,
        "unit": "percent",
        "value": more.pop("value", 50),
        "signal": signal,
        "voice": more.pop("voice", "data"),
        "where": more.pop("where", {}),
        **more,
    }


def entry(key: str, voice: str, direction: str) -> dict[str, Any]:
    return {"id": key, "voice": voice, "direction": direction, "text": f"{voice} said so"}


def triangle(
    readings: list[dict[str, Any]], entries: list[dict[str, Any]], *criteria: dict[str, Any]
) -> Triangulation | None:
    given = criteria or (
        {
            "id": "C1",
            "title": "Seen alone",
            "signals": {each["id"]: each["signal"] for each in readings},
            "entries": [each["id"] for each in entries],
        },
    )
    evidence = Evidence({"readings": readings, "register": entries})
    return triangulation_of({"id": "j", "criteria": given}, evidence)


def says(found: Triangulation | None) -> dict[str, str]:
    assert found is not None
    return {voice: one.word for voice, one in zip(found.voices, found.rows[0].says, strict=True)}


def test_each_voice_has_one_word() -> None:
    found = triangle(
        [
            reading("good", "secure"),
            reading("bad", "concern", voice="practice-audit"),
            reading("both", "strong", voice="practice-audit"),
            reading("band", "context", voice="inspector"),
        ],
        [entry("E-1", "child", "weakness"), entry("E-2", "leaders", "plan")],
    )
    assert says(found) == {
        "data": "supports",
        "practice audit": "mixed",
        "children": "weakens",
        "inspectors": "neither",
        "leaders": "neither",
    }
    assert found is not None
    assert found.silent == "families, staff, partners and learning reviews"


def test_every_word_has_its_own_shape() -> None:
    found = triangle(
        [reading("a", "secure"), reading("b", "concern", voice="staff")],
        [
            entry("E-1", "staff", "strength"),
            entry("E-2", "child", "weakness"),
            entry("E-3", "family", "fact"),
        ],
        {"id": "C1", "signals": {"a": "secure", "b": "concern"}, "entries": ["E-1", "E-2", "E-3"]},
        {"id": "C2", "signals": {"a": "secure"}, "entries": []},
    )
    assert found is not None
    shapes = {one.word: one.shape for row in found.rows for one in row.says}
    assert set(shapes) == {"supports", "weakens", "mixed", "neither", "silent"}
    assert len(set(shapes.values())) == 5


def test_the_whole_speaks_for_its_parts_unless_one_is_out_of_order() -> None:
    whole = reading("m", "secure")
    fair = reading("m[a]", "attention", measure="m", where={"team": "a"})
    bad = reading("m[b]", "critical", measure="m", where={"team": "b"})
    assert says(triangle([whole, fair], [])) == {"data": "supports"}
    assert says(triangle([whole, fair, bad], [])) == {"data": "mixed"}
    assert says(triangle([fair], [])) == {"data": "weakens"}


def test_a_reading_without_a_figure_says_nothing() -> None:
    assert triangle([reading("m", None, value=None)], []) is None


def test_disagreement_is_one_voice_for_and_another_against() -> None:
    found = triangle(
        [reading("m", "secure"), reading("n", "concern", voice="practice-audit")],
        [entry("E-1", "child", "weakness"), entry("E-2", "staff", "strength")],
    )
    assert found is not None
    (one,) = found.disagreements
    assert (
        one.text
        == "C1 Seen alone: data and staff support it, practice audit and children weaken it."
    )
    assert [each.label for each in one.evidence] == ["E1", "E-2", "E2", "E-1"]


def test_a_mixed_voice_takes_no_side() -> None:
    found = triangle(
        [reading("m", "secure"), reading("n", "concern")], [entry("E-1", "child", "weakness")]
    )
    assert found is not None
    assert found.disagreements == ()


def test_agreement_and_single_voices_are_counted() -> None:
    readings = [reading("good", "secure"), reading("bad", "concern")]
    entries = [entry("E-1", "child", "weakness"), entry("E-2", "staff", "strength")]
    found = triangle(
        readings,
        entries,
        {"id": "C1", "signals": {"bad": "concern"}, "entries": ["E-1"]},  # agree
        {"id": "C2", "signals": {"good": "secure"}, "entries": ["E-1"]},  # disagree
        {"id": "C3", "signals": {"good": "secure"}, "entries": []},  # one voice
        {"id": "C4", "signals": {}, "entries": []},  # none
    )
    assert found is not None
    assert found.sentence == (
        "Of 3 criteria with evidence, voices agree on 1, disagree on 1 and 1 rests on one voice."
    )
    assert found.unheard == "C4"
    assert [row.id for row in found.rows] == ["C1", "C2", "C3"]


def test_criteria_without_any_evidence_give_no_table() -> None:
    assert triangle([], [], {"id": "C1"}) is None


def test_many_disagreements_are_cut_and_said() -> None:
    readings = [reading("good", "secure")]
    criteria = [
        {"id": f"C{index}", "signals": {"good": "secure"}, "entries": ["E-1"]}
        for index in range(15)
    ]
    found = triangle(readings, [entry("E-1", "child", "weakness")], *criteria)
    assert found is not None
    assert len(found.disagreements) == 12
    assert found.more == "3 more can be read from the table."

"""What is said of one thing after another for the same reason is said once, and nothing is lost."""

from __future__ import annotations

from typing import Any

from selfassess.report.appendices import gaps_of, ledger_of, method_of, uncounted_of
from selfassess.report.folding import counted_measures, folded_questions


def question(name: str, text: str, look_at: str = "case audit", **more: Any) -> dict[str, Any]:
    node = name.partition("/")[0]
    return {
        "id": f"missing:{name}",
        "kind": "question",
        "text": text,
        "look_at": look_at,
        "criteria": [node],
        "evidence": [],
        **more,
    }


def test_questions_that_nothing_prompts_stand_together() -> None:
    asked = [
        question("A/x", "First: nothing current on “X”. What shows it?"),
        question("B/y", "Second: nothing current on “Y”. What shows it?", "advocacy"),
        question("C/z", "Third: nothing current on “Z”. What shows it?", evidence=["m.none"]),
        question("C/w", "Third: nothing current on “W”. What shows it?"),
        question("D/z", "Fourth: nothing current on “Z”. What would children say?"),
        question("E/z", "Fifth: nothing current on “Z”. What shows it?", evidence=["m.told"]),
        {**question("F/z", "Sixth. What shows it?"), "id": "ask:F"},
    ]
    told = folded_questions(asked, {"m.told"})
    assert [each["id"] for each in told] == [
        "missing:A/x",
        "missing:B/y",
        "missing:D/z",
        "missing:E/z",
        "ask:F",
    ]
    first = told[0]
    assert first["text"].startswith("Nothing current on 3 things that are expected of A, C; ")
    assert first["text"].endswith(". What shows it?")
    assert first["criteria"] == ["A", "C"]
    assert told[1:] == [asked[1], asked[4], asked[5], asked[6]]


def test_a_single_one_is_told_as_it_is_and_many_criteria_are_counted() -> None:
    one = [question("A/x", "First: nothing current on “X”. What shows it?")]
    assert folded_questions(one, ()) == one
    many = [question(f"A-{n}/x", "A: nothing. What shows it?") for n in range(9)]
    (told,) = folded_questions(many, ())
    assert "Nothing current on 9 things that are expected of 9 criteria;" in told["text"]


def test_gaps_for_one_reason_are_one_row_that_names_each() -> None:
    def gap(measure: str, why: str) -> dict[str, str]:
        remedy = f"Supply the list, or a published figure for {measure} in readings.csv."
        return {"what": f"Title {measure}", "measure": measure, "why": why, "remedy": remedy}

    found = gaps_of({"gaps": [gap("a.b", "Audits: not supplied"), gap("c.d", "Posts: not supplied"),
                              gap("e.f", "Audits: not supplied")]})  # fmt: skip
    assert [(each.what, each.why) for each in found] == [
        ("Title a.b; Title e.f", "Audits: not supplied"),
        ("Title c.d", "Posts: not supplied"),
    ]
    assert found[0].remedy == "Supply the list, or a published figure for a.b, e.f in readings.csv."
    assert "c.d in readings.csv" in found[1].remedy


def test_gaps_with_other_remedies_stay_apart() -> None:
    gaps = [
        {"what": "A", "why": "same", "remedy": "Do this."},
        {"what": "B", "why": "same", "remedy": "Do that."},
    ]
    assert len(gaps_of({"gaps": gaps})) == 2


def test_sheets_without_rows_are_named_and_the_file_stands_with_the_first_that_is_left() -> None:
    def sheet(name: str, read: int, **more: Any) -> dict[str, Any]:
        return {"sheet": name, "table": name, "rows_read": read, "rows_used": read, **more}

    ledger = ledger_of(
        {
            "inputs": [
                {"path": "evidence/a.xlsx", "sheets": [sheet("One", 0), sheet("Two", 5)]},
                {"path": "evidence/b.csv", "sheets": [sheet("b.csv", 0)]},
                {"path": "evidence/c.csv", "sheets": [sheet("c.csv", 2)]},
                {"path": "evidence/d.csv", "sheets": [sheet("d.csv", 0, unknown_cells=1)]},
            ]
        }
    )
    assert [(row.sheet, row.first) for row in ledger.sheets] == [
        ("Two", True),
        ("c.csv", False),
        ("d.csv", False),
    ]
    assert ledger.empty == "evidence/a.xlsx › One; evidence/b.csv"
    assert ledger.total is not None
    assert ledger.total.read == "7"


def test_a_measure_without_a_figure_has_no_method_but_is_named() -> None:
    assessment = {
        "readings": [{"measure": "a.b", "value": 0}, {"measure": "c.d", "value": None}],
        "method": [{"measure": "c.d", "title": "Second"}, {"measure": "a.b", "title": "First"}],
    }
    counted = counted_measures(assessment)
    (method,) = method_of(assessment, counted)
    assert (method.title, method.anchor) == ("First", "method-2")
    assert uncounted_of(assessment, counted) == "1 measure without any figure. Second."
    assessment["gaps"] = [{"measure": "c.d"}]
    assert uncounted_of(assessment, counted) == (
        "1 measure without any figure: Appendix D names them and says what to supply."
    )
    assert uncounted_of(assessment, {"a.b", "c.d"}) == ""
    assert len(method_of(assessment)) == 2

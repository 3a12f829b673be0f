"""Data quality in the report: the worst first, what it makes doubtful, nothing where unasked."""

from __future__ import annotations

from typing import Any

from selfassess.report.doubts import quality_of


def rule(
    name: str, severity: str, count: int | None, base: int | None, **more: Any
) -> dict[str, Any]:
    return {
        "id": name,
        "title": f"Fault {name}",
        "table": "cp",
        "severity": severity,
        "status": "ok",
        "count": count,
        "base": base,
        "share": count / base if count is not None and base else None,
        "remedy": "Mend it.",
        "weakens": [],
        **more,
    }


def test_nothing_is_said_where_no_rule_was_asked() -> None:
    assert quality_of({}).told == ""


def test_broken_rules_stand_by_severity_then_share() -> None:
    found = quality_of(
        {
            "quality": [
                rule("a", "minor", 9, 10),
                rule("b", "serious", 1, 10),
                rule("c", "moderate", 0, 10),
                rule("d", "serious", 5, 10),
                rule("e", "moderate", 1, 10_000),
            ]
        }
    )
    assert [row.title for row in found.rows] == ["Fault d", "Fault b", "Fault e", "Fault a"]
    assert found.rows[0].rows == "5 of 10 (50.0%)"
    assert found.rows[2].rows == "1 of 10,000 (under 0.1%)"
    assert found.told.startswith("5 rules were asked of the lists; rows break 4.")


def test_measures_over_a_twentieth_are_named_and_the_others_counted() -> None:
    weakens = [
        {"measure": "a.one", "share": 0.0501},
        {"measure": "a.two", "share": 0.05},
        {"measure": "a.three", "share": 0.01},
    ]
    given = {
        "method": [{"measure": "a.one", "title": "Children seen"}],
        "quality": [rule("a", "minor", 1, 10, weakens=weakens), rule("b", "minor", 1, 10)],
    }
    first, second = quality_of(given).rows
    assert first.weakens == "Children seen; 2 figures by 5% of rows or less"
    assert second.weakens == "no figure here"


def test_what_could_not_be_asked_is_said() -> None:
    lacking = rule(
        "a", "minor", None, None, status="not-computable", reason="column 'X' is missing"
    )
    assert quality_of({"quality": [lacking]}).unasked == ("Fault a. column 'X' is missing.",)

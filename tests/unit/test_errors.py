"""Messages name the nearest valid name."""

from __future__ import annotations

import pytest

from selfassess.errors import EvidenceError, Problem, nearest


@pytest.mark.parametrize(
    ("name", "valid", "said"),
    [
        ("thresolds", ["thresholds", "plans"], "Did you mean 'thresholds'?"),
        ("help", ["care", "help-and-protection"], "Did you mean 'help-and-protection'?"),
        ("zzz", ["b", "a"], "Valid: a, b."),
        ("zzz", [f"name-{n}" for n in range(13)], ""),
        ("zzz", [], ""),
        ("hp-02", ["HP-01", "HP-02", "LEAD-02"], "Did you mean 'HP-02'?"),
        ("CARE", ["care", "plans"], "Did you mean 'care'?"),
    ],
)
def test_nearest(name: str, valid: list[str], said: str) -> None:
    assert nearest(name, valid) == said


def test_the_front_of_many_names_brings_the_first_of_them() -> None:
    names = [f"loads.{name}" for name in ("average", "maximum", "p90", "vacancy", "total")]
    assert nearest("load", names) == (
        "Those that begin so: loads.average, loads.maximum, loads.p90 and 2 more."
    )
    assert nearest("loads.p9", names) == "Did you mean 'loads.p90'?"
    assert nearest("Loads.maximun", names) == "Did you mean 'loads.maximum'?"


def test_of_many_names_the_least_far_are_named() -> None:
    names = [f"name-{n}" for n in range(13)]
    assert nearest("zzz-1", names, few=True) == "Nearest of 13: name-1, name-12, name-11."
    assert nearest("x", [], few=True) == ""


def test_an_error_prints_every_problem_once_with_its_place_and_remedy() -> None:
    problems = (Problem("a.yaml:1:2", "first.", "Mend it."), Problem("a.yaml:3:4", "second."))
    text = str(EvidenceError(problems=problems))
    assert text == "a.yaml:1:2: first.\n    Mend it.\na.yaml:3:4: second."
    assert str(EvidenceError("Two faults.", problems=problems)).startswith(
        "Two faults.\na.yaml:1:2"
    )

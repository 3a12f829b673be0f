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
    ],
)
def test_nearest(name: str, valid: list[str], said: str) -> None:
    assert nearest(name, valid) == said


def test_an_error_prints_every_problem_once_with_its_place_and_remedy() -> None:
    problems = (Problem("a.yaml:1:2", "first.", "Mend it."), Problem("a.yaml:3:4", "second."))
    text = str(EvidenceError(problems=problems))
    assert text == "a.yaml:1:2: first.\n    Mend it.\na.yaml:3:4: second."
    assert str(EvidenceError("Two faults.", problems=problems)).startswith(
        "Two faults.\na.yaml:1:2"
    )

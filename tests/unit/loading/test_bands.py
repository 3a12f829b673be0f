"""Bands of which a level could never be said, or of which two levels hold at once."""

from __future__ import annotations

import pytest

from selfassess.loading.check_bands import check_bands
from selfassess.loading.names import Names
from selfassess.model.measure import Band, Dimension


def faults(**cuts: str) -> list[str]:
    band = Band(basis="proposed", **cuts)  # type: ignore[arg-type]
    return [problem.message for problem in check_bands([band], Names(), lambda path: str(path))]


@pytest.mark.parametrize(
    "cuts",
    [
        {"attention": "under 90", "concern": "under 75", "critical": "under 50"},
        {"attention": "over 16.2", "concern": "over 22", "strong": "at most 14.0"},
        {"attention": "over 0", "concern": "at least reference", "critical": "over 20"},
        {"attention": "outside 16.9-21.8", "concern": "over 26"},
        {"concern": "outside -0.30-0.30", "attention": "outside -0.15 to 0.15"},
        {"strong": "at least 98", "attention": "under 98"},
        {"attention": "over 90", "strong": "at most 90"},
        {"strong": "at least reference", "attention": "under 98"},
    ],
)
def test_sound_bands(cuts: dict[str, str]) -> None:
    assert faults(**cuts) == []


@pytest.mark.parametrize(
    ("cuts", "said"),
    [
        ({"attention": "under 75", "concern": "under 90"}, "'concern' begins before 'attention'"),
        ({"attention": "over 20", "critical": "over 20"}, "'critical' begins before 'attention'"),
        ({"concern": "at least 30", "critical": "over 25"}, "'critical' begins before 'concern'"),
        ({"strong": "at least 80", "attention": "under 90"}, "'strong' overlaps 'attention'"),
        ({"strong": "under 10", "attention": "under 90"}, "'strong' overlaps 'attention'"),
        ({"strong": "over 95", "concern": "over 90"}, "'strong' overlaps 'concern'"),
        ({"strong": "at most 20", "concern": "over 15"}, "'strong' overlaps 'concern'"),
        ({"attention": "below 90"}, "'below 90' is not a cut"),
        ({"attention": "under ninety"}, "'under ninety' is not a cut"),
        ({"attention": "outside 20-10"}, "'outside 20-10' is not a cut"),
        ({"attention": "90"}, "'90' is not a cut"),
    ],
)
def test_bands_at_fault(cuts: dict[str, str], said: str) -> None:
    found = faults(**cuts)
    assert len(found) == 1
    assert said in found[0]


def test_a_bands_scope_uses_declared_dimensions() -> None:
    names = Names(dimensions={"plan": Dimension(id="plan", title="Plan", values=("cp",))})
    bands = [
        Band(basis="proposed", where={"plan": "cp"}),
        Band(basis="proposed", where={"plan": "cpp"}),
        Band(basis="proposed", where={"plans": "cp"}),
    ]
    found = [(p.where, p.message) for p in check_bands(bands, names, lambda path: str(path))]
    assert found == [
        ("(1, 'where', 'plan')", "there is no value of 'plan' called 'cpp' here."),
        ("(2, 'where', 'plans')", "there is no dimension called 'plans' here."),
    ]

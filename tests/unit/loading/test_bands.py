"""Bands of which a level could never be said, or of which two levels hold at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfassess.loading.checks.bands import check_bands
from selfassess.loading.names import Names
from selfassess.model.measure import Band, Clock, Computation, Dimension, Measure, Ratio, Way


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
        Band(basis="proposed", where={"plan": "cp"}, concern="over 1"),
        Band(basis="proposed", where={"plan": "cpp"}, concern="over 1"),
        Band(basis="proposed", where={"plans": "cp"}, concern="over 1"),
    ]
    found = [(p.where, p.message) for p in check_bands(bands, names, lambda path: str(path))]
    assert found == [
        ("(1, 'where', 'plan')", "there is no value of 'plan' called 'cpp' here."),
        ("(2, 'where', 'plans')", "there is no dimension called 'plans' here."),
    ]


def test_a_band_without_a_cut_would_call_every_figure_secure() -> None:
    assert faults(note="To be agreed.") == [
        "the band has no cut, so every figure would be 'secure'."
    ]
    # So may a measure be taken out of judging.
    assert faults(best="context") == []


SHARE = Measure(
    id="m.share",
    title="Seen",
    unit="percent",
    better="higher",
    about="compliance",
    topics=(),
    why="",
    from_="visits",
    numerator="alone",
)
CLOCK = replace(SHARE, numerator=None, clock=Clock(start="a", limit="5 days", stop="b"))
BY_WAYS = replace(SHARE, numerator=None, ways=(Way(name="list", numerator="alone"),))
ALL = Computation(from_="visits", value="hours", aggregate="sum")
RATIO = replace(SHARE, numerator=None, from_=None, ratio=Ratio(of=ALL, to=ALL))
PUBLISHED = replace(SHARE, numerator=None, from_=None)
DAYS = replace(SHARE, unit="days", aggregate="p50", numerator=None, value="days(a, b)")


def of(measure: Measure, **cuts: str) -> list[str]:
    band = Band(basis="proposed", **cuts)  # type: ignore[arg-type]
    names = Names(measures={measure.id: measure})
    found = check_bands([band], names, str, measure.better, share=names.is_share(measure.id))
    return [problem.message for problem in found]


@pytest.mark.parametrize("measure", [SHARE, CLOCK, BY_WAYS])
def test_no_share_lies_past_nought_or_a_hundred(measure: Measure) -> None:
    for cuts in (
        {"attention": "under 950", "concern": "under 85"},
        {"attention": "under 95", "concern": "under 0"},
        {"strong": "over 100"},
        {"strong": "at least 100.5"},
        {"concern": "under -1"},
    ):
        (said,) = of(measure, **cuts)
        assert "a share is 0 to 100 percent" in said
    assert of(measure, strong="at least 100", attention="under 100", concern="under 0.5") == []


@pytest.mark.parametrize(
    "measure", [replace(SHARE, better="lower"), replace(CLOCK, better="lower")]
)
def test_nor_does_one_of_which_less_is_better(measure: Measure) -> None:
    assert len(of(measure, attention="over 5", concern="over 100")) == 1
    assert len(of(measure, strong="at most -1", attention="over 5")) == 1
    assert len(of(measure, attention="at least 0")) == 1
    assert len(of(measure, strong="at most 100")) == 1
    assert of(measure, strong="at most 0", attention="over 0", concern="over 99") == []


def test_a_range_of_a_share_lies_within_it() -> None:
    two_sided = replace(SHARE, better="two-sided")
    assert len(of(two_sided, attention="outside 20-160")) == 1
    assert of(two_sided, attention="outside 0-100") != []
    assert of(two_sided, attention="outside 0-60") == []


@pytest.mark.parametrize("measure", [RATIO, PUBLISHED, DAYS])
def test_what_may_pass_a_hundred_is_left_alone(measure: Measure) -> None:
    assert of(measure, attention="under 130", concern="under 120") == []

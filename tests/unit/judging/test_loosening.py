"""Loosening a guarded band is told, tightening is not: both ways, for every form of a cut."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.judging.bands import level
from selfassess.judging.loosening import is_looser, loosened_bands
from selfassess.model.framework import MeasureBand
from selfassess.model.measure import Band, Dimension, Measure, Reference
from selfassess.model.overlay import Loosened

AS_AT = dt.date(2026, 3, 31)
DIMENSIONS = {
    "team": Dimension(id="team", title="Team", inherits=True),
    "plan": Dimension(id="plan", title="Plan"),
}
ORDER = ("strong", "secure", "context", "attention", "concern", "critical")


def measure(*bands: Band, better: str = "higher", reference: Reference | None = None) -> Measure:
    return Measure(
        id="m",
        title="A measure",
        unit="percent",
        better=better,  # type: ignore[arg-type]
        about="compliance",
        topics=("visits",),
        why="",
        bands=bands,
        reference=reference,
    )


def told(of: Measure, *local: Band, framework: tuple[Band, ...] = ()) -> list[Loosened]:
    ours = [MeasureBand(measure="m", bands=local, who="The director", why="Local practice")]
    theirs = [MeasureBand(measure="m", bands=framework)] if framework else []
    return list(loosened_bands(ours, theirs, {"m": of}, DIMENSIONS, AS_AT))


@pytest.mark.parametrize(
    ("better", "guarded", "tighter", "looser"),
    [
        ("higher", "under 90", "under 95", "under 85"),
        ("higher", "at most 90", "at most 91", "at most 89"),
        ("higher", "at most 90", "at most 90", "under 90"),
        ("lower", "over 10", "over 9", "over 11"),
        ("lower", "at least 10", "at least 9", "at least 11"),
        ("lower", "at least 10", "at least 10", "over 10"),
        ("two-sided", "outside 10-20", "outside 12-18", "outside 8-22"),
        ("two-sided", "outside 10-20", "outside 10-20", "outside 12-21"),
    ],
)
@pytest.mark.parametrize("name", ["attention", "concern", "critical"])
@pytest.mark.parametrize("basis", ["statute", "guidance"])
def test_each_form_both_ways(
    better: str, guarded: str, tighter: str, looser: str, name: str, basis: str
) -> None:
    of = measure(Band(basis=basis, **{name: guarded}), better=better)  # type: ignore[arg-type]
    assert told(of, Band(basis="local", **{name: tighter})) == []  # type: ignore[arg-type]
    found = told(of, Band(basis="local", **{name: looser}))  # type: ignore[arg-type]
    assert [(item.from_, item.to, item.who, item.why) for item in found] == [
        (
            f"{name} {guarded.replace('-', ' to ')} ({basis})",
            f"{name} {looser.replace('-', ' to ')} (local)",
            "The director",
            "Local practice",
        )
    ]


@pytest.mark.parametrize("basis", ["benchmark", "local", "proposed"])
def test_a_band_that_nobody_guards_may_be_loosened(basis: str) -> None:
    assert told(measure(Band(basis=basis, concern="under 90")), Band(basis="local")) == []  # type: ignore[arg-type]


def test_a_milder_level_at_the_same_edge_is_looser() -> None:
    of = measure(Band(basis="statute", critical="under 90"))
    assert told(of, Band(basis="local", concern="under 90"))
    assert not told(of, Band(basis="local", attention="under 95", critical="under 90"))


def test_strong_made_easier_is_looser() -> None:
    of = measure(Band(basis="guidance", strong="at least 98", concern="under 90"))
    assert told(of, Band(basis="local", strong="at least 95", concern="under 90"))
    assert not told(of, Band(basis="local", strong="at least 99", concern="under 90"))


def test_a_band_without_cuts_takes_the_guarded_one_away() -> None:
    of = measure(Band(basis="statute", concern="under 90"))
    assert [item.to for item in told(of, Band(basis="local"))] == ["no cut (local)"]


def test_figures_that_counted_against_only_do_not_begin_to_count_for() -> None:
    of = measure(Band(basis="guidance", concern="under 90", best="context"))
    assert told(of, Band(basis="local", concern="under 90"))
    assert not told(of, Band(basis="local", concern="under 90", best="context"))


def test_a_local_band_of_the_whole_hides_a_guarded_one_of_parts_that_inherit() -> None:
    of = measure(Band(basis="statute", where={"team": "hub"}, concern="under 95"))
    found = told(of, Band(basis="local", concern="under 90"))
    assert [item.what for item in found] == ["A measure [team=hub]"]


def test_a_local_band_of_the_whole_leaves_parts_that_do_not_inherit() -> None:
    of = measure(Band(basis="statute", where={"plan": "cp"}, concern="under 95"))
    assert told(of, Band(basis="local", concern="under 90")) == []


def test_the_framework_s_band_is_the_one_that_is_replaced() -> None:
    of = measure(Band(basis="statute", concern="under 95"))
    own = (Band(basis="proposed", concern="under 95"),)
    assert told(of, Band(basis="local", concern="under 90"), framework=own) == []
    own = (Band(basis="statute", concern="under 80"),)
    assert told(of, Band(basis="local", concern="under 90"), framework=own) == []
    assert told(of, Band(basis="local", concern="under 70"), framework=own)


def test_a_band_that_has_ended_guards_its_own_time() -> None:
    old = Band(basis="statute", concern="under 95", until=dt.date(2021, 12, 31))
    of = measure(old, Band(basis="statute", concern="under 80", since=dt.date(2022, 1, 1)))
    assert told(of, Band(basis="local", concern="under 85", since=dt.date(2022, 1, 1))) == []
    found = told(of, Band(basis="local", concern="under 85"))
    assert [item.from_ for item in found] == ["concern under 95 (statute)"]


def test_a_cut_at_a_reference_is_compared_at_its_figure() -> None:
    usual = Reference(title="a usual day", unknown=50)
    of = measure(
        Band(basis="guidance", concern="at least reference"), better="lower", reference=usual
    )
    assert told(of, Band(basis="local", concern="at least 60"))
    assert not told(of, Band(basis="local", concern="at least 40"))


def test_unknown_measures_are_passed_over() -> None:
    ours = [MeasureBand(measure="gone", bands=(Band(basis="local"),))]
    assert list(loosened_bands(ours, [], {}, DIMENSIONS, AS_AT)) == []


number = st.integers(0, 12)
cut = st.one_of(
    st.none(),
    st.tuples(st.sampled_from(["over", "under", "at least", "at most"]), number).map(
        lambda pair: f"{pair[0]} {pair[1]}"
    ),
    st.tuples(number, number).map(lambda pair: f"outside {min(pair)}-{max(pair)}"),
)
bands = st.builds(
    Band, basis=st.just("guidance"), strong=cut, attention=cut, concern=cut, critical=cut
)


@given(bands, bands, st.sampled_from(["higher", "lower", "two-sided"]))
def test_looser_means_that_some_figure_is_read_as_better(
    local: Band, guarded: Band, better: str
) -> None:
    """Against every quarter between well below the lowest edge and well above the highest."""
    of = measure(better=better)
    figures = [quarter / 4 for quarter in range(-8, 61)]
    expected = any(
        ORDER.index(level(local, figure, better)) < ORDER.index(level(guarded, figure, better))
        for figure in figures
    )
    assert is_looser(local, guarded, of) == expected

"""The catalogue as declared: every promised id, its unit, topics, dimensions and bands."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest

from selfassess.judging.bands import choose_band, cut_of, level
from selfassess.loading.library import Library, load_library
from selfassess.model.common import scope
from selfassess.model.measure import Measure
from selfassess.registry import Registry

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(Registry.load(()).packs)


def rows(name: str) -> list[list[str]]:
    """The cells of a pipe table file, without its heading and comments."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    return [[cell.strip() for cell in line.split("|")] for line in kept[1:]]


def prefixes() -> dict[str, tuple[str, ...]]:
    return {prefix: tuple(topics.split(", ")) for prefix, topics in rows("topics.txt")}


@pytest.mark.parametrize(("measure_id", "unit"), rows("ids.txt"))
def test_every_promised_measure_is_declared(library: Library, measure_id: str, unit: str) -> None:
    assert measure_id in library.measures
    assert library.measures[measure_id].unit == unit


def test_topics_are_those_of_the_longest_prefix(library: Library) -> None:
    table = prefixes()
    ours = [m for m in library.measures.values() if any(map(m.id.startswith, table))]
    assert len(ours) > 70
    for measure in ours:
        longest = max((p for p in table if measure.id.startswith(p)), key=len)
        assert measure.topics == table[longest], measure.id


def test_topics_and_dimensions_exist(library: Library) -> None:
    for measure in library.measures.values():
        assert set(measure.topics) <= set(library.topics), measure.id
        named = [item if isinstance(item, tuple) else (item,) for item in measure.by]
        keys = {key for item in named for key in item} | set(measure.dimensions)
        keys |= {key for band in measure.bands for key in band.where}
        assert keys <= set(library.dimensions), measure.id


def test_every_breakdown_is_a_declared_dimension_of_its_measure(library: Library) -> None:
    for measure in library.measures.values():
        named = [item if isinstance(item, tuple) else (item,) for item in measure.by]
        assert {key for item in named for key in item} <= set(measure.dimensions), measure.id


def test_values_of_bands_exist_in_closed_dimensions(library: Library) -> None:
    for measure in library.measures.values():
        for band in measure.bands:
            for key, value in band.where.items():
                values = library.dimensions[key].values
                assert not values or value in values, (measure.id, key, value)


def worse(measure: Measure) -> list[tuple[str, list[float]]]:
    """Every band's cuts as numbers that must rise from strong to critical."""
    found = []
    for band in measure.bands:
        cuts = [cut_of(band, name) for name in ("strong", "attention", "concern", "critical")]
        edges: list[float] = []
        for cut in cuts:
            if cut is None or cut.words == "outside" or cut.low is None:
                continue
            low_is_bad = cut.words == "under" or (cut is cuts[0] and cut.words == "at least")
            edges.append(-cut.low if low_is_bad else cut.low)
        found.append((str(dict(band.where)), edges))
    return found


def test_no_band_is_inverted(library: Library) -> None:
    for measure in library.measures.values():
        for where, edges in worse(measure):
            assert edges == sorted(edges), (measure.id, where, edges)


def test_cuts_face_the_way_that_is_worse(library: Library) -> None:
    words = {
        "higher": ({"at least"}, {"under", "at most"}),
        "lower": ({"at most"}, {"over", "at least", "outside"}),
        "two-sided": (set(), {"over", "under", "outside"}),
        "none": (set(), set()),
    }
    for measure in library.measures.values():
        good, bad = words[measure.better]
        for band in measure.bands:
            strong = cut_of(band, "strong")
            assert strong is None or strong.words in good, measure.id
            for name in ("attention", "concern", "critical"):
                cut = cut_of(band, name)
                assert cut is None or cut.words in bad, (measure.id, name)


def test_ranges_widen_with_the_level(library: Library) -> None:
    for measure in library.measures.values():
        for band in measure.bands:
            ranges = [cut_of(band, name) for name in ("attention", "concern", "critical")]
            ranges = [cut for cut in ranges if cut and cut.words == "outside"]
            for inner, outer in itertools.pairwise(ranges):
                assert inner
                assert outer
                assert (outer.low or 0) <= (inner.low or 0), measure.id
                assert (outer.high or 0) >= (inner.high or 0), measure.id


@pytest.mark.parametrize(
    ("measure_id", "where", "value", "expected"), rows("bands.txt"), ids=lambda cell: str(cell)
)
def test_level_at_and_beside_each_cut(
    library: Library, measure_id: str, where: str, value: str, expected: str
) -> None:
    measure = library.measures[measure_id]
    pairs = dict(pair.strip().split("=") for pair in where.split(";") if pair.strip())
    date = dt.date.fromisoformat(pairs.pop("date", "2026-03-31"))
    band = choose_band(measure.bands, scope(pairs), library.dimensions, date)
    reference = measure.reference.unknown if measure.reference else None
    found = level(band, float(value), measure.better, reference) if band else "context"
    assert found == expected


def test_every_band_says_where_it_comes_from(library: Library) -> None:
    for measure in library.measures.values():
        for band in measure.bands:
            if band.basis == "benchmark":
                assert band.vintage, measure.id
            if band.basis in ("benchmark", "statute", "guidance", "local"):
                assert measure.source or band.source, measure.id


def test_every_measure_that_can_be_out_of_order_asks_a_question(library: Library) -> None:
    for measure in library.measures.values():
        if measure.bands:
            assert measure.ask, measure.id
        for ask in measure.ask:
            assert ask.question.endswith("?"), measure.id
            assert ask.look_at, measure.id


def test_audits_speak_with_the_auditors_voice(library: Library) -> None:
    assert library.measures["oversight.audit-good"].voice == "practice-audit"
    assert library.measures["thresholds.audit-right"].voice == "practice-audit"
    assert library.measures["oversight.staff-supervision"].voice == "data"


def test_measures_of_one_worst_case_are_tail_figures(library: Library) -> None:
    for measure_id in (
        "caseloads.maximum",
        "thresholds.oldest-undecided",
        "oversight.longest-gap",
    ):
        assert library.measures[measure_id].tail
    assert not library.measures["caseloads.unallocated"].tail


def test_figures_counted_by_what_was_due_are_not_compared_with_published_ones(
    library: Library,
) -> None:
    for measure in library.measures.values():
        if measure.clock or any(way.clock for way in measure.ways):
            assert measure.same_as is None, measure.id

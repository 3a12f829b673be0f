"""The shipped figures: England re-computed from councils, statuses, names, how they are made."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from selfassess.comparing import Benchmarks, load_benchmarks
from selfassess.comparing.benchmarks import Figure
from selfassess.comparing.intake import read_table
from selfassess.comparing.shapes import TABLES
from selfassess.loading.library import Library
from selfassess.toolkit import Toolkit

FOLDER = Path(__file__).parents[3] / "plugins" / "comparators"
SCALE = {"%": 100, "per 10,000": 10_000, "cases per FTE": 1}
ROUNDED_TO = 10
"""England's counts are printed to the nearest ten; councils' are exact."""
SHARE = 0.0005
"""Or this share of a count, where it is more: a few tiny councils are withheld in every year."""

NEVER_WHOLE = {
    "cla-mid-year-school-move": "six councils and more are withheld or not available every year",
    "cp-2yr-plus-open": "small counts: a third of councils are withheld every year",
    "eet-unknown-19-21": "small counts are withheld, with up to four in a hundred of the base",
    "referral-nfa": "councils that most likely sent nothing (a zero in the source) are left out",
    "suitable-accommodation-19-21": "withheld where few live in unsuitable homes",
}
"""Indicators whose councils never add up to England's counts, and why."""
OTHER_BASE = {
    "agency-rate": "the printed rate is that of the councils that responded",
    "turnover-rate": "the printed rate is that of the councils that responded",
    "repeat-cp-plan": "in one year the printed rate and the printed counts have different bases",
}
"""Indicators whose printed England rate is not always that of the printed England counts."""


@pytest.fixture(scope="module")
def library() -> Library:
    return Toolkit.load(cache=False).library


@pytest.fixture(scope="module")
def shipped(library: Library) -> Benchmarks:
    return load_benchmarks(library.comparators.values())


@pytest.fixture(scope="module")
def decimals() -> dict[str, int]:
    with (FOLDER / "data" / "indicator_catalogue.csv").open(encoding="utf-8") as stream:
        return {row["indicator_id"]: int(row["decimals"]) for row in csv.DictReader(stream)}


@dataclass(frozen=True)
class Year:
    """England as printed beside the sum of its councils."""

    year: int
    england: Figure
    numerator: float
    denominator: float
    without: int
    scale: int
    half: float

    @property
    def gaps(self) -> tuple[float, float]:
        """What the councils lack of England's counts."""
        assert self.england.numerator is not None
        assert self.england.denominator is not None
        return (
            self.england.numerator - self.numerator,
            self.england.denominator - self.denominator,
        )

    @property
    def whole(self) -> bool:
        """Whether councils add up to England but for the rounding of England's counts."""
        counts = (self.england.numerator, self.england.denominator)
        return all(
            abs(gap) <= max(ROUNDED_TO, SHARE * (count or 0))
            for gap, count in zip(self.gaps, counts, strict=True)
        )

    @property
    def tolerance(self) -> float:
        """Half of the last printed place, and what the gaps in the counts can move."""
        rate = self.numerator / self.denominator
        moved = (abs(self.gaps[0]) + rate * abs(self.gaps[1])) / self.denominator
        return self.half + self.scale * moved + 1e-9

    @property
    def recomputed(self) -> float:
        return self.scale * self.numerator / self.denominator


def years(shipped: Benchmarks, indicator: str, decimals: dict[str, int]) -> Iterator[Year]:
    """The years in which England and councils both have counts."""
    for year, england in sorted(shipped.of(indicator, Benchmarks.ENGLAND).items()):
        if None in (england.value, england.numerator, england.denominator):
            continue
        counted: list[Figure] = []
        without = 0
        for council in shipped.councils:
            each = shipped.of(indicator, council).get(year)
            if each is None:
                continue
            if each.usable is None or each.numerator is None or each.denominator is None:
                without += 1
            elif not (each.flag == "joint-return" and each in counted):
                counted.append(each)
        yield Year(
            year,
            england,
            sum(each.numerator or 0 for each in counted),
            sum(each.denominator or 0 for each in counted),
            without,
            SCALE[shipped.indicators[indicator].unit],
            0.5 * 10 ** -decimals[indicator],
        )


def with_counts() -> list[str]:
    rows = duckdb.execute(
        "SELECT DISTINCT indicator_id FROM read_parquet(?) WHERE level = 'national' "
        "AND value IS NOT NULL AND numerator IS NOT NULL AND denominator IS NOT NULL ORDER BY ALL",
        [str(FOLDER / "data" / "indicators.parquet")],
    ).fetchall()
    return [row[0] for row in rows]


def test_most_indicators_come_with_counts() -> None:
    assert len(with_counts()) >= 30


@pytest.mark.parametrize("indicator", with_counts())
def test_england_recomputed_from_its_councils_agrees_with_the_printed_row(
    shipped: Benchmarks, decimals: dict[str, int], indicator: str
) -> None:
    found = list(years(shipped, indicator, decimals))
    whole = [each for each in found if each.whole]
    assert bool(whole) is (indicator not in NEVER_WHOLE)
    for each in whole:
        printed = each.england.value
        assert each.recomputed == pytest.approx(printed, abs=each.tolerance), each.year
        # A tenth more than half of the printed place is all that rounded counts account for.
        assert each.recomputed == pytest.approx(printed, abs=1.1 * each.half), each.year


@pytest.mark.parametrize("indicator", with_counts())
def test_what_councils_lack_of_england_is_what_was_withheld(
    shipped: Benchmarks, decimals: dict[str, int], indicator: str
) -> None:
    for each in years(shipped, indicator, decimals):
        for gap, count in zip(
            each.gaps, (each.england.numerator, each.england.denominator), strict=True
        ):
            assert gap >= -max(ROUNDED_TO, SHARE * (count or 0)), (each.year, "counted twice")
        assert each.whole or each.without > 0, each.year
        if indicator not in OTHER_BASE:
            assert each.recomputed == pytest.approx(
                each.england.value, abs=each.tolerance + each.half
            ), each.year


def test_a_shared_return_counted_twice_would_be_noticed(shipped: Benchmarks) -> None:
    joint = [
        each
        for council in shipped.councils
        if (each := shipped.of("vacancy-rate", council).get(2024)) is not None
        and each.flag == "joint-return"
    ]
    assert len(joint) == 4
    assert len(set(joint)) == 2
    assert sum(each.denominator or 0 for each in set(joint)) > ROUNDED_TO


def test_nothing_but_a_value_has_a_number(shipped: Benchmarks) -> None:
    statuses = set()
    for by_year in shipped.figures.values():
        for each in by_year.values():
            statuses.add(each.status)
            if each.status != "value":
                assert (each.value, each.numerator, each.denominator) == (None, None, None)
    assert {"value", "c", "z", "x", "u", "k", ":"} == statuses


def test_every_source_names_its_publisher_and_licence(shipped: Benchmarks) -> None:
    used = {each.source for by_year in shipped.figures.values() for each in by_year.values()}
    assert used <= set(shipped.sources)
    table = read_table(FOLDER / "data" / "sources.csv", "sources.csv")
    for row in table.rows:
        assert row["publisher"]
        assert row["licence"]
        assert row["as_at"]


def test_every_current_council_has_ten_neighbours_that_exist(shipped: Benchmarks) -> None:
    latest = max(date for date, _ in shipped.neighbours)
    for council in shipped.councils.values():
        if council.abolished is None:
            names = shipped.neighbours[latest, council.id]
            assert len(set(names)) == 10
            assert council.id not in names
            assert set(names) <= set(shipped.councils)


def test_what_measures_name_is_held(library: Library, shipped: Benchmarks) -> None:
    named = {
        name
        for measure in library.measures.values()
        for name in (measure.same_as, measure.completed_as)
        if name
    }
    assert named
    assert named <= set(shipped.indicators)
    assert not any(m.same_as and m.completed_as for m in library.measures.values())


def test_separation_is_held_for_the_headline_of_every_indicator(shipped: Benchmarks) -> None:
    for name, area in shipped.headlines.items():
        assert (name, area) in shipped.separation


def test_the_line_is_the_worst_quartile_at_englands_printed_level(shipped: Benchmarks) -> None:
    for (name, _), each in shipped.separation.items():
        if each.edge is None or each.verdict != "signal":
            continue
        assert each.year is not None
        worst = each.low if each.polarity == "higher-better" else each.high
        england = shipped.of(name, Benchmarks.ENGLAND)[each.year].value
        assert worst is not None
        assert england is not None
        assert each.edge == pytest.approx(england + worst, abs=0.11)


def test_the_folder_is_small_and_the_build_gives_the_same_bytes(tmp_path: Path) -> None:
    data = FOLDER / "data"
    assert sum(path.stat().st_size for path in data.iterdir()) < 1_500_000
    spec = importlib.util.spec_from_file_location("build", FOLDER / "build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    source = tmp_path / "csv"
    source.mkdir()
    for name, shape in TABLES.items():
        held = next(data.glob(f"{name}.*"))
        if held.suffix == ".csv":
            (source / held.name).write_bytes(held.read_bytes())
        else:
            duckdb.execute(
                f"COPY (SELECT * FROM read_parquet('{held.as_posix()}') ORDER BY random()) "
                f"TO '{(source / name).as_posix()}.csv' (HEADER)"
            )
        assert read_table(source / f"{name}.csv", name).shape is shape
    for out in ("one", "two"):
        build.build(source, tmp_path / out)
    for path in data.iterdir():
        made = (tmp_path / "one" / path.name).read_bytes()
        assert made == (tmp_path / "two" / path.name).read_bytes(), path.name
        if path.suffix == ".csv":
            assert made == path.read_bytes(), path.name
        else:
            same = "SELECT count(*) FROM (FROM read_parquet(?) EXCEPT FROM read_parquet(?))"
            new = str(tmp_path / "one" / path.name)
            for pair in ([str(path), new], [new, str(path)]):
                assert duckdb.execute(same, pair).fetchall() == [(0,)], path.name

"""What a measure needs is named when it is wanting, and never passed over in silence.

From the definitions alone: every table and column that an expression of any measure or view names
is taken away in turn. A figure that this changes must then be counted another way that is named,
or be not computable with the table or column named, or say what it was counted without.
"""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from reference.councils import Maker, write

from selfassess.evidence import Evidence, SourceFile, read_evidence
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse
from selfassess.loading.library import Library, load_library
from selfassess.measuring.computing import is_computed
from selfassess.measuring.run import measure_evidence
from selfassess.model.evidence import View
from selfassess.model.measure import Computation, Measure, Reading
from selfassess.registry import Registry

COMPUTING = tuple(field.name for field in dataclasses.fields(Computation))


@dataclass(frozen=True)
class World:
    """Evidence that lacks nothing, and what every measure reads on it."""

    library: Library
    evidence: Evidence
    readings: Mapping[str, Reading]
    words: Mapping[str, frozenset[str]]


def totals(library: Library, evidence: Evidence, ids: frozenset[str]) -> dict[str, Reading]:
    chosen = {name: each for name, each in library.measures.items() if name in ids}
    asked = dataclasses.replace(library, measures=chosen, quality={})
    readings = measure_evidence(asked, evidence).readings
    return {reading.measure: reading for reading in readings if not reading.where}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    registry = Registry.load(())
    library = load_library(registry.packs)
    maker = Maker(library.tables, 20, 60, whole=True)
    folder = tmp_path_factory.mktemp("council")
    files = [
        SourceFile(path=path, name=path.name)
        for path in write(folder, maker.tables(), library.tables)
    ]
    evidence = read_evidence(
        files, tables=library.tables, readers=registry.readers(), as_at=maker.as_at
    )
    computed = frozenset(m.id for m in library.measures.values() if is_computed(m))
    mentioned = {name: words(library, library.measures[name]) for name in computed}
    return World(library, evidence, totals(library, evidence, computed), mentioned)


def texts(value: Any) -> Iterator[str]:
    """Every text in a definition's computing keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield str(key)
            yield from texts(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, View):
        yield from texts((value.union, value.combine, value.links, value.columns))
    elif dataclasses.is_dataclass(value):
        names = {field.name for field in dataclasses.fields(value)}
        known = (*COMPUTING, "ways") if names >= set(COMPUTING) else tuple(names)
        for name in known:
            yield from texts(getattr(value, name, None))


def words(library: Library, measure: Measure) -> frozenset[str]:
    """Every name that a measure's definition mentions, through views and links, too."""
    found: set[str] = set()
    waiting: list[Any] = [measure]
    seen: set[str] = set()
    while waiting:
        mine = {word for text in texts(waiting.pop()) for word in re.findall(r"\w+", text)}
        found |= mine
        for name in mine - seen:
            seen.add(name)
            if name in library.views:
                waiting.append(library.views[name])
            if name in library.tables:
                spec = library.tables[name]
                waiting.append((spec.event, spec.opened, spec.closed, spec.closed_when, spec.links))
    return frozenset(found)


def without(evidence: Evidence, table: str, column: str | None) -> tuple[Evidence, list[str]]:
    """The evidence as if a table, or one of its columns, had never come; and how to put it back."""
    warehouse, state = evidence.warehouse, evidence.tables[table]
    assert isinstance(warehouse, DuckDBWarehouse)
    warehouse.execute(f'CREATE OR REPLACE TABLE kept AS SELECT * FROM "{table}"')
    if column is None:
        warehouse.execute(f'DELETE FROM "{table}"')
        lesser = dataclasses.replace(state, present=False, columns=frozenset(), rows=0, files=())
    else:
        warehouse.execute(f'UPDATE "{table}" SET "{column}" = NULL')
        lesser = dataclasses.replace(state, columns=state.columns - {column})
    back = [f'DELETE FROM "{table}"', f'INSERT INTO "{table}" SELECT * FROM kept']
    return dataclasses.replace(evidence, tables={**evidence.tables, table: lesser}), back


def figures(reading: Reading) -> tuple[Any, ...]:
    return reading.value, reading.numerator, reading.denominator, reading.unknown, reading.not_due


def silent(world: World, table: str, column: str | None) -> list[str]:
    """Measures that change without a word when something is taken away."""
    spec = world.library.tables[table]
    named = {table, column or table}
    asked = frozenset(name for name, mentioned in world.words.items() if named <= mentioned)
    if not asked:
        return []
    lesser, back = without(world.evidence, table, column)
    try:
        found = totals(world.library, lesser, asked)
    finally:
        for sql in back:
            world.evidence.warehouse.execute(sql)
    name = spec.title if column is None else spec.column(column).headers[0]
    faults = []
    for measure, reading in found.items():
        before = world.readings[measure]
        # A twentieth may be unknown, and is counted so.
        counted = reading.unknown > before.unknown
        told = name in (reading.reason or "") or reading.way != before.way or counted
        if not told and figures(reading) != figures(before):
            faults.append(f"{measure} without {table}.{column}: {reading.status}, {reading.reason}")
    return faults


def tables() -> list[str]:
    library = load_library(Registry.load(()).packs)
    asked = {
        word
        for measure in library.measures.values()
        if is_computed(measure)
        for word in words(library, measure)
    }
    return sorted(asked & set(library.tables))


TABLES = tables()


def test_nearly_every_table_is_needed_by_some_measure(world: World) -> None:
    # Tables of a dataset are asked for by no measure: lists are made of them.
    lists = {name for name, spec in world.library.tables.items() if not spec.dataset}
    assert lists - set(TABLES) == {"adopters", "adoption", "early_help"}


def test_with_nothing_wanting_every_measure_can_be_computed(world: World) -> None:
    assert not [
        (name, reading.reason)
        for name, reading in world.readings.items()
        if reading.value is None or reading.status not in ("ok", "small-base")
    ]


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_wanting_in_silence(world: World, table: str) -> None:
    spec = world.library.tables[table]
    faults = silent(world, table, None)
    for column in spec.columns:
        # Without a required column a sheet is no such list at all; a closing date may be left out.
        closing = column.optional and column.name == spec.closed
        if not (column.required or closing or column.name in spec.key):
            faults += silent(world, table, column.name)
    assert not faults


def test_without_its_own_table_no_measure_can_be_computed(world: World) -> None:
    """Also the last way needs something: that what rows are drawn from."""
    nothing = {
        name: dataclasses.replace(state, present=False, columns=frozenset(), rows=0, files=())
        for name, state in world.evidence.tables.items()
    }
    bare = dataclasses.replace(world.evidence, tables=nothing)
    found = totals(world.library, bare, frozenset(world.readings))
    for name, reading in found.items():
        assert (reading.status, reading.value) == ("not-computable", None), name
        assert "not supplied" in (reading.reason or ""), name


# every id takes a published figure, and says what it can tell


def test_every_measure_accepts_a_published_figure(world: World, tmp_path: Path) -> None:
    path = tmp_path / "readings.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["measure", "value", "unit", "numerator", "denominator", "to", "source"])
        for measure in world.library.measures.values():
            writer.writerow(
                [measure.id, "12.5", measure.unit, "25", "200", "2026-03-31", "Performance report"]
            )
    evidence = read_evidence(
        [SourceFile(path=path, name=path.name)],
        tables=world.library.tables,
        readers=Registry.load(()).readers(),
        as_at=world.evidence.as_at,
    )
    readings = measure_evidence(world.library, evidence).readings
    found = {reading.measure: reading for reading in readings}
    assert set(found) == set(world.library.measures)
    for name, reading in found.items():
        assert (reading.value, reading.numerator, reading.denominator) == (12.5, 25, 200), name
        assert reading.status == "ok", name
        assert reading.published, name


def test_every_measure_says_what_it_can_and_cannot_tell(world: World) -> None:
    limits = re.compile(
        r"\b(not|nor|never|only|cannot|no|nothing|neither|hides?|left out|depends|may be|rests on|"
        r"swing|local|itself|one (worker|child|contact)|without|still|lower|raises)\b",
        re.IGNORECASE,
    )
    for measure in world.library.measures.values():
        said = " ".join([measure.why, *(way.can_tell for way in measure.ways)])
        assert len(said.split()) >= 8, measure.id
        assert limits.search(said), f"{measure.id} says no limit: {said}"
        for way in measure.ways:
            assert way.can_tell, (measure.id, way.name)

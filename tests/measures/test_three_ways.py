"""Every measure over invented councils, against the plain-Python reference and its own rows.

The councils are small and full of edges (see `reference.councils`). ``SELFASSESS_COUNCILS`` says
how many to try; ``SELFASSESS_FIRST_COUNCIL`` with which to begin.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from reference.against import differences, rows_of
from reference.answer import FAILURES, MET, rounded
from reference.councils import Maker, write
from reference.engine import QUESTIONS, Answers, answers

from selfassess.evidence import Evidence, SourceFile, read_evidence
from selfassess.loading.library import Library, load_library
from selfassess.measuring.computing import aggregate_of, is_computed, part, ways
from selfassess.measuring.drilldown import DrillDown, drill_down
from selfassess.measuring.run import measure_evidence, prepare
from selfassess.model.measure import Computation, Measure, Reading
from selfassess.registry import Registry

COUNCILS = int(os.environ.get("SELFASSESS_COUNCILS", "8"))
FIRST = int(os.environ.get("SELFASSESS_FIRST_COUNCIL", "1"))
SEEDS = range(FIRST, FIRST + COUNCILS)
DRILLED = range(FIRST, FIRST + max(1, COUNCILS // 8))


@dataclass(frozen=True)
class World:
    library: Library
    evidence: Evidence
    expected: Answers
    readings: dict[Any, Reading]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(())


@pytest.fixture(scope="module")
def library(registry: Registry) -> Library:
    return load_library(registry.packs)


def made(seed: int, rows: int, folder: Path, registry: Registry, library: Library) -> World:
    maker = Maker(library.tables, seed, rows)
    tables = maker.tables()
    files = [SourceFile(path=p, name=p.name) for p in write(folder, tables, library.tables)]
    evidence = read_evidence(
        files, tables=library.tables, readers=registry.readers(), as_at=maker.as_at
    )
    taken = {entry.path: entry.table for entry in evidence.ledger}
    assert taken == {file.name: file.path.stem for file in files}
    bare = dataclasses.replace(library, quality={})
    readings = {(r.measure, r.where): r for r in measure_evidence(bare, evidence).readings}
    return World(library, evidence, answers(tables, maker.as_at), readings)


@pytest.mark.parametrize("seed", SEEDS)
def test_readings_are_those_of_the_reference(
    seed: int, tmp_path: Path, registry: Registry, library: Library
) -> None:
    world = made(seed, 40, tmp_path, registry, library)
    assert not differences(world.readings, world.expected)


def test_the_reference_answers_every_computed_measure(library: Library) -> None:
    assert set(QUESTIONS) == {m.id for m in library.measures.values() if is_computed(m)}


def test_breakdowns_are_those_that_measures_declare(library: Library) -> None:
    for name, question in QUESTIONS.items():
        declared = {
            (each,) if isinstance(each, str) else each for each in library.measures[name].by
        }
        assert set(question.by) == declared, name


# which rows?


def added_up(
    rows: list[dict[str, Any]], computation: Computation
) -> tuple[Fraction | None, int | None]:
    """(numerator, denominator) from the rows that a drill-down lists."""
    kind, _ = aggregate_of(computation)
    holders = computation.per.key if computation.per else None
    if isinstance(holders, str):
        # A holder's rows all carry the holder's outcome and value: take each holder once.
        rows = list({str(row[holders]).strip().lower(): row for row in rows}.values())
    good = [row for row in rows if row["outcome"] in (MET, "counted")]
    base = len(good) + sum(row["outcome"] in FAILURES for row in rows)
    if kind == "share":
        return Fraction(len(good)), base
    if kind == "count":
        return Fraction(len(good)), base if computation.numerator is not None else None
    if kind == "distinct":
        return Fraction(len({str(row["value"]).strip().lower() for row in good})), None
    if kind in ("sum", "mean"):
        total = sum((Fraction(row["value"]) for row in good), Fraction(0))
        return total, len(good) if kind == "mean" else None
    return None, len(good) if kind == "percentile" else None


def side_by_side(found: DrillDown, measure: Measure) -> list[Any]:
    """What numerator and denominator should be, by the rows alone."""
    names = ("outcome", "path", "sheet", "row", *found.key_columns)
    rows = [dict(zip(names, row, strict=True)) for row in found.rows]
    way = next(way for way in ways(measure) if (way.name or None) == found.way)
    if way.ratio is None:
        return [rounded(each) for each in added_up(rows, way)]
    sides = (("of", way.ratio.of), ("to", way.ratio.to))
    return [
        rounded(added_up([row for row in rows if row["side"] == name], part(way, piece))[0])
        for name, piece in sides
    ]


@pytest.mark.parametrize("seed", DRILLED)
def test_the_rows_listed_add_up(
    seed: int, tmp_path: Path, registry: Registry, library: Library
) -> None:
    world = made(seed, 24, tmp_path, registry, library)
    session = prepare(library, world.evidence)
    asked = 0
    for (name, where), answer in world.expected.items():
        reading = world.readings[name, where]
        refused = not answer.computable and not answer.rows
        if refused or (reading.way, reading.numerator, reading.value) == (None, None, None):
            continue
        found = drill_down(library.measures[name], session, dict(where))
        assert rows_of(found) == Counter(answer.rows), (name, where)
        figures = [
            None if f is None else float(f) for f in (reading.numerator, reading.denominator)
        ]
        assert side_by_side(found, library.measures[name]) == pytest.approx(figures), (name, where)
        asked += 1
    assert asked > 250


def test_councils_differ(library: Library) -> None:
    days = {Maker(library.tables, seed).as_at for seed in range(60)}
    assert len(days) > 5
    assert dt.date(2024, 2, 29) in days

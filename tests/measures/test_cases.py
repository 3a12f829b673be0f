"""Hand-worked cases: small lists in, a measure's readings out.

Each case writes its pipe tables as the CSV files that a council would supply, reads and measures
them as a run does, and compares only what the case states. In a table, ``22 * n{n} | …`` stands for
22 rows with n1, n2 … in that cell; columns that a case leaves out stand empty, unless the table
declares them optional or the case lists them under ``without``.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from selfassess.evidence import SourceFile, read_evidence
from selfassess.loading.library import Library, load_library
from selfassess.measuring.run import measure_evidence
from selfassess.model.evidence import TableSpec
from selfassess.model.measure import Reading
from selfassess.registry import Registry

CASES = Path(__file__).parent / "cases"


def cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        for case in data["cases"]:
            found.append(pytest.param(case, id=f"{case['measure']}: {case['case']}"))
    return found


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(())


@pytest.fixture(scope="module")
def library(registry: Registry) -> Library:
    return load_library(registry.packs)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def expanded(row: list[str]) -> Iterator[list[str]]:
    """A row, or as many as its first cell says: ``3 * a{n}``."""
    times, star, pattern = row[0].partition(" * ")
    if not star:
        yield row
        return
    for number in range(1, int(times) + 1):
        yield [cell.format(n=number) for cell in (pattern, *row[1:])]


def write_csv(folder: Path, spec: TableSpec, text: str, without: list[str]) -> SourceFile:
    heading, *lines = text.strip().splitlines()
    named = cells(heading)
    assert set(named) <= {column.name for column in spec.columns}, (spec.id, named)
    columns = [
        column
        for column in spec.columns
        if column.name in named or (not column.optional and column.name not in without)
    ]
    path = folder / f"{spec.id}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.headers[0] for column in columns])
        for line in lines:
            for row in expanded(cells(line)):
                values = dict(zip(named, row, strict=True))
                writer.writerow([values.get(column.name, "") for column in columns])
    return SourceFile(path=path, name=path.name)


def readings(case: dict[str, Any], folder: Path, registry: Registry, library: Library) -> Any:
    files = [
        write_csv(folder, library.tables[table], text, case.get("without", {}).get(table, []))
        for table, text in case["tables"].items()
    ]
    as_at = case["as_at"]
    assert isinstance(as_at, dt.date)
    evidence = read_evidence(files, tables=library.tables, readers=registry.readers(), as_at=as_at)
    assert not evidence.problems or case.get("without"), evidence.problems
    read = {entry.table for entry in evidence.ledger}
    assert read == set(case["tables"]), "every file is taken for the table that the case names"
    only = {case["measure"]: library.measures[case["measure"]]}
    asked = dataclasses.replace(library, measures=only, quality={})
    return measure_evidence(asked, evidence).readings


def compare(reading: Reading, expected: dict[str, Any], spec_headers: dict[str, set[str]]) -> None:
    for key in ("value", "numerator", "denominator", "reference"):
        if key in expected:
            found = getattr(reading, key)
            wanted = expected[key]
            assert found == (None if wanted is None else pytest.approx(wanted, abs=1e-6)), key
    for key in ("status", "way", "unknown", "not_due"):
        if key in expected:
            assert getattr(reading, key) == expected[key], (key, reading.reason)
    if "before_last" in expected:
        assert reading.series[-2].value == pytest.approx(expected["before_last"])
    if "reason_names" in expected:
        column = expected["reason_names"]
        names = {column, *spec_headers.get(column, set())}
        assert any(name in (reading.reason or "") for name in names), reading.reason


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any], tmp_path: Path, registry: Registry, library: Library) -> None:
    found = {
        reading.where: reading
        for reading in readings(case, tmp_path, registry, library)
        if reading.measure == case["measure"]
    }
    headers: dict[str, set[str]] = {}
    for spec in library.tables.values():
        for column in spec.columns:
            headers.setdefault(column.name, set()).update(column.headers)
    for expected in case["expect"]:
        where = tuple(sorted((k, str(v)) for k, v in expected.get("where", {}).items()))
        assert where in found, sorted(found)
        compare(found[where], expected, headers)


def computed(measure: Any) -> bool:
    return bool(measure.from_ or measure.ratio or measure.ways)


def test_every_computed_measure_has_a_case(library: Library) -> None:
    ours = ("caseloads.", "thresholds.", "oversight.", "timeliness.", "care.", "leavers.", "plans.")
    have = {param.values[0]["measure"] for param in cases()}
    lack = {m.id for m in library.measures.values() if m.id.startswith(ours) and computed(m)} - have
    assert not lack

"""Workspaces that hold tables of the dataset, read and measured."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from reference import workbook

from selfassess.demo.council import write_demo
from selfassess.evidence import Evidence
from selfassess.measuring.run import measure_evidence
from selfassess.model.measure import Reading
from selfassess.toolkit import Toolkit
from selfassess.workspace import load_workspace
from ssd import from_lists

AS_AT = dt.date(2026, 3, 31)
DEMO_AS_AT = dt.date(2026, 9, 30)
Read = Callable[..., Evidence]
Readings = dict[tuple[str, tuple[tuple[str, str], ...]], Reading]


@pytest.fixture(scope="session")
def toolkit() -> Toolkit:
    return Toolkit.load()


@pytest.fixture
def read(toolkit: Toolkit, tmp_path: Path) -> Read:
    """Read tables written as pipes: ``read(ssd_person="pers_person_id | pers_sex …")``."""

    def reading(as_at: dt.date | None = AS_AT, **tables: str) -> Evidence:
        write_piped(tmp_path / "evidence", tables)
        return toolkit.read(workspace(tmp_path), as_at=as_at)

    return reading


def write_piped(folder: Path, tables: Mapping[str, str]) -> list[Path]:
    """Write tables that stand as pipes as CSV files."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, text in tables.items():
        lines = [
            ",".join(f'"{cell.strip()}"' for cell in line.split("|"))
            for line in text.strip().splitlines()
        ]
        paths.append(folder / f"{name}.csv")
        paths[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths


def workspace(folder: Path) -> Any:
    text = (
        "schema: selfassess/workspace@1\ncouncil: {name: Exampleshire}\nframework: ofsted-ilacs\n"
    )
    (folder / "selfassess.yaml").write_text(text, encoding="utf-8")
    return load_workspace(folder)


def rows(evidence: Evidence, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Columns of a table, in the order of its rows; dates as texts."""
    picked = ", ".join(f'"{column}"' for column in columns)
    found = evidence.warehouse.query(f'SELECT {picked} FROM "{table}" ORDER BY row_id')
    return [tuple(str(c) if isinstance(c, dt.date) else c for c in row) for row in found]


def one(evidence: Evidence, table: str, *columns: str) -> tuple[Any, ...]:
    (row,) = rows(evidence, table, *columns)
    return row


def readings(toolkit: Toolkit, evidence: Evidence) -> Readings:
    found = measure_evidence(toolkit.library, evidence).readings
    return {(reading.measure, reading.where): reading for reading in found}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("councils")


@pytest.fixture(scope="session")
def lists(toolkit: Toolkit, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The demo council's eleven lists, read with openpyxl alone."""
    write_demo(folder / "demo", rows=4000)
    (folder / "lists" / "evidence").mkdir(parents=True)
    shutil.copy(folder / "demo/evidence/annex-a.xlsx", folder / "lists/evidence")
    specs = {name: spec for name, spec in toolkit.library.tables.items() if not spec.dataset}
    return workbook.read(folder / "lists", specs)


@pytest.fixture(scope="session")
def by_lists(toolkit: Toolkit, folder: Path, lists: Any) -> Evidence:
    return toolkit.read(workspace(folder / "lists"), as_at=DEMO_AS_AT)


@pytest.fixture(scope="session")
def by_dataset(toolkit: Toolkit, folder: Path, lists: Any) -> Evidence:
    from_lists.write(folder / "ssd" / "evidence", from_lists.written(lists, DEMO_AS_AT))
    return toolkit.read(workspace(folder / "ssd"), as_at=DEMO_AS_AT)


@pytest.fixture(scope="session")
def both(toolkit: Toolkit, by_lists: Evidence, by_dataset: Evidence) -> tuple[Readings, Readings]:
    return readings(toolkit, by_lists), readings(toolkit, by_dataset)

"""Workbooks and lists made on the spot, each with one quirk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from selfassess.evidence import Evidence, SourceFile, read_evidence
from selfassess.evidence.readers import selfassess_evidence_readers
from selfassess.model.evidence import TableSpec

MODULES = {
    "selfassess_annex_a": ("tables/annex-a.yaml", "tables/visits.yaml"),
    "selfassess_caseloads": ("tables.yaml",),
    "selfassess_thresholds": ("tables.yaml",),
    "selfassess_management_oversight": ("tables.yaml",),
}


@cache
def declared() -> dict[str, TableSpec]:
    from pydantic import TypeAdapter
    from ruamel.yaml import YAML

    found: dict[str, TableSpec] = {}
    for module, names in MODULES.items():
        for name in names:
            text = files(module).joinpath(*name.split("/")).read_text(encoding="utf-8")
            for entry in YAML(typ="safe").load(text)["tables"]:
                table = TypeAdapter(TableSpec).validate_python(entry)
                found[table.id] = table
    return found


@pytest.fixture(scope="session")
def tables() -> dict[str, TableSpec]:
    return declared()


def headers(table_id: str, *, only: Sequence[str] = ()) -> list[str]:
    """The official headers of a table, or of some of its columns."""
    columns = declared()[table_id].columns
    return [c.headers[0] for c in columns if not only or c.name in only]


def row(table_id: str, **values: Any) -> list[Any]:
    """A row under `headers(table_id)`; columns not named are empty."""
    return [values.get(c.name) for c in declared()[table_id].columns]


Sheets = dict[str, Sequence[Sequence[Any]]]


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    def build(sheets: Sheets, name: str = "annex-a.xlsx", **options: Any) -> Path:
        import openpyxl
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book = openpyxl.Workbook()
        book.remove(book.active)
        if options.get("date1904"):
            book.epoch = CALENDAR_MAC_1904
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            if title in options.get("hidden", ()):
                sheet.sheet_state = "hidden"
            for number, cells in enumerate(rows, 1):
                for column, value in enumerate(cells, 1):
                    if value is not None:
                        sheet.cell(number, column, value)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        return path

    return build


@pytest.fixture
def read(tables: dict[str, TableSpec]) -> Callable[..., Evidence]:
    def run(*paths: Path, as_at: dt.date | None = dt.date(2026, 3, 31), **options: Any) -> Evidence:
        sources = [SourceFile(path, path.name, options.get("extract_date")) for path in paths]
        return read_evidence(
            sources,
            tables=options.get("tables", tables),
            readers=selfassess_evidence_readers(),
            as_at=as_at,
        )

    return run


def column(evidence: Evidence, table: str, name: str) -> list[Any]:
    """A column's values in row order."""
    found = evidence.warehouse.query(f'SELECT "{name}" FROM "{table}" ORDER BY row_id')
    return [value for (value,) in found]

"""Two published sample workbooks that nobody here made, read whole and counted independently."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from .test_intake import check_ledger

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "annex-a"
NAMES = ("annex_a_2019_layout.xlsx", "annex_a_2024_layout.xlsx")

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason=f"the sample workbooks are not beside the project ({SAMPLES})"
)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_and_every_unknown_cell_is_accounted_for(name: str, read) -> None:
    import openpyxl

    evidence = read(SAMPLES / name, as_at=None)
    book = openpyxl.load_workbook(SAMPLES / name, data_only=True)
    check_ledger(evidence)
    assert [s.sheet for s in evidence.ledger] == book.sheetnames
    aside = {(a.sheet, a.row, a.column.split(" ")[0]) for a in evidence.set_aside if a.column}
    for sheet in evidence.ledger:
        rows = book[sheet.sheet]
        filled = [r for r in rows.iter_rows(min_row=2) if any(c.value is not None for c in r)]
        errors = {
            (sheet.sheet, c.row, c.column_letter) for r in filled for c in r if c.data_type == "e"
        }
        assert sheet.header_row == 1
        assert sheet.rows_read == sheet.rows_used == len(filled)
        assert sheet.unknown_cells == len(errors)
        assert {place for place in aside if place[0] == sheet.sheet} == errors
    assert not evidence.problems


@pytest.mark.parametrize("name", NAMES)
def test_all_eleven_lists_are_recognised(name: str, read, tables) -> None:
    evidence = read(SAMPLES / name, as_at=None)
    lists = [id_ for id_, table in tables.items() if not table.files]
    assert len(lists) == 11
    assert [s.table for s in evidence.ledger] == lists
    missing = {
        id_: {c.name for c in tables[id_].columns} - evidence.tables[id_].columns for id_ in lists
    }
    newer = {"uasc", "personal_adviser", "pathway_review_date", "last_contact_date"}
    expected = {"care_leavers": newer} if "2019" in name else {}
    assert {id_: names for id_, names in missing.items() if names} == expected


@pytest.mark.parametrize("name", NAMES)
def test_dates_agree_with_an_independent_reader(name: str, read, tables) -> None:
    import openpyxl

    evidence = read(SAMPLES / name, as_at=None)
    book = openpyxl.load_workbook(SAMPLES / name, data_only=True)
    for sheet in evidence.ledger:
        theirs = [
            (cell.row, cell.value.date())
            for row in book[sheet.sheet].iter_rows(min_row=2)
            for cell in row
            if isinstance(cell.value, dt.datetime)
        ]
        spec = tables[sheet.table]
        ours = [
            (number, day)
            for column in spec.columns
            if column.type == "date"
            for number, day in evidence.warehouse.query(
                f'SELECT source_row, "{column.name}" FROM "{spec.id}"'
                f' WHERE "{column.name}" IS NOT NULL'
            )
        ]
        assert sorted(ours) == sorted(theirs)

"""A framework goes into a workbook and comes back whole; a fault is told with its cell."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from selfassess.errors import FrameworkError
from selfassess.loading.library import Library, load_library
from selfassess.loading.parse import load
from selfassess.loading.sheet.cells import cell_text, cell_value
from selfassess.loading.sheet.layout import GUIDE, HEAD, LISTS, plans
from selfassess.loading.sheet.read import read_workbook
from selfassess.loading.sheet.write import framework_workbook
from selfassess.model.framework import Framework
from selfassess.registry import Registry, read_pack

FOLDER = Path(__file__).parents[2] / "fixtures" / "bad_frameworks"

Change = Callable[[Any], None]


@pytest.fixture(scope="module")
def installed() -> Library:
    return load_library(Registry.load().packs)


@pytest.fixture(scope="module")
def small() -> Library:
    return load_library([read_pack(FOLDER / "library", plugin="test")])


@pytest.fixture(scope="module")
def sound() -> Framework:
    return load(FOLDER / "sound.yaml", Framework, schema="selfassess/framework@1")


def faults(framework: Framework, library: Library, path: Path, change: Change) -> str:
    """Write a workbook, change it as a person would, and say what reading it finds."""
    path.write_bytes(framework_workbook(framework, library))
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    try:
        read_workbook(path, library)
    except FrameworkError as error:
        return str(error)
    return ""


def test_every_edition_comes_back_as_it_was(installed: Library, tmp_path: Path) -> None:
    assert len(installed.frameworks) > 10
    path = tmp_path / "framework.xlsx"
    for framework in installed.frameworks.values():
        path.write_bytes(framework_workbook(framework, installed))
        found = read_workbook(path, installed)
        assert found == dataclasses.replace(framework, extends=None), framework.reference


def test_a_copy_saved_by_another_program_is_the_same(
    sound: Framework, small: Library, tmp_path: Path
) -> None:
    path = tmp_path / "framework.xlsx"
    assert faults(sound, small, path, lambda book: None) == ""
    assert read_workbook(path, small) == sound


def test_the_same_framework_gives_the_same_bytes(sound: Framework, small: Library) -> None:
    assert framework_workbook(sound, small) == framework_workbook(sound, small)


def test_sheets_have_names_that_excel_takes() -> None:
    titles = [GUIDE, LISTS, *(plan.title for plan in plans())]
    assert len(set(titles)) == len(titles)
    assert all(len(title) <= 31 for title in titles)
    for plan in plans():
        assert len(set(plan.headers())) == len(plan.headers()), plan.title


def test_the_first_sheet_explains_every_column(
    sound: Framework, small: Library, tmp_path: Path
) -> None:
    path = tmp_path / "framework.xlsx"
    path.write_bytes(framework_workbook(sound, small))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == GUIDE
    told = {(row[0].value, row[1].value) for row in book[GUIDE].iter_rows() if row[1].value}
    for plan in plans():
        sheet = book[plan.title]
        assert sheet.freeze_panes
        if plan.title != HEAD:
            headers = [cell.value for cell in sheet[1]]
            assert headers == list(plan.headers())
            assert {(plan.title, header) for header in headers} <= told
    kinds = [v for v in book["Nodes"].data_validations.dataValidation if "criterion" in v.formula1]
    assert kinds, "the column 'kind' offers its words"


def test_columns_may_move_rows_may_be_added_and_blank_rows_stand_between(
    sound: Framework, small: Library, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        sheet = book["Bodies"]
        rows = [[cell.value for cell in row][::-1] for row in sheet.iter_rows()]
        sheet.delete_rows(1, sheet.max_row)
        for row in [rows[0], *rows[1:], [None, None], ["The police", "police"]]:
            sheet.append(row)
        book["Nodes"]["J3"] = "visits.on-time;"
        book["Expectations"]["H2"] = 90  # a number cell where text was

    path = tmp_path / "framework.xlsx"
    assert faults(sound, small, path, change) == ""
    found = read_workbook(path, small)
    assert [body.id for body in found.responsible_bodies] == ["council", "police"]
    assert found.node("P-01").expects[0].max_age_days == 90


def set_cell(sheet: str, cell: str, value: Any) -> Change:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    return change


def rename(sheet: str, title: str) -> Change:
    def change(book: Any) -> None:
        book[sheet].title = title

    return change


def remove(sheet: str) -> Change:
    def change(book: Any) -> None:
        del book[sheet]

    return change


def circle(book: Any) -> None:
    """Two nodes that stand under one another; nodes are rows 2 to 5."""
    book["Nodes"]["B2"] = "P-01"


FAULTS: dict[str, Change] = {
    "unknown-topic": set_cell("Nodes", "I3", "plan"),
    "unknown-word": set_cell("Nodes", "D3", "criterium"),
    "unknown-parent": set_cell("Nodes", "B3", "practise"),
    "under-itself": circle,
    "yes-or-no": set_cell("Nodes", "F2", "perhaps"),
    "no-id": set_cell("Nodes", "A5", None),
    "id-twice": set_cell("Nodes", "A4", "practice"),
    "row-of-nobody": set_cell("Expectations", "A2", None),
    "row-of-an-unknown-node": set_cell("Expectations", "A2", "P-10"),
    "number-in-words": set_cell("Expectations", "H3", "a year"),
    "unknown-voice": set_cell("Expectations", "D2", "datta"),
    "unknown-level": set_cell("Descriptors", "B2", "hi"),
    "unknown-line": set_cell("About", "A2", "ids"),
    "line-twice": set_cell("About", "A4", "id"),
    "date-in-another-order": set_cell("About", "B14", "01/01/2026"),
    "header-renamed": set_cell("Scales", "B1", "tittle"),
    "header-twice": set_cell("Questions", "C1", "text"),
    "cell-without-header": set_cell("Questions", "D2", "stray"),
    "sheet-renamed": rename("Bodies", "Bodys"),
    "sheet-removed": remove("Scales"),
    "part-out-of-order": set_cell("Conditions", "B2", "all 2"),
    "part-unknown": set_cell("Conditions", "B2", "none 1"),
    "scope-without-sign": set_cell("Conditions", "D2", "plan cp"),
    "unknown-grade": set_cell("Rules", "D2", "medium"),
    "unreadable-cut": set_cell("Band cuts", "F2", "below 90"),
    "level-of-an-unknown-scale": set_cell("Levels", "A2", "tree"),
    "consequence-of-an-unknown-level": set_cell("Consequences", "B2", "hi"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_names_its_cell(
    name: str, sound: Framework, small: Library, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    found = faults(sound, small, tmp_path / "framework.xlsx", FAULTS[name])
    assert found
    assert all("!" in line.split(": ")[0] for line in found.splitlines() if line[:1] != " ")
    assert found == snapshot


def test_faults_are_told_all_at_once_in_the_order_of_cells(
    sound: Framework, small: Library, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        book["Nodes"]["D4"] = "judgment"
        book["Nodes"]["D3"] = "criterium"
        book["Bodies"]["A2"] = None

    found = faults(sound, small, tmp_path / "framework.xlsx", change)
    cells = [line.split(":")[0] for line in found.splitlines() if line[:1] != " "]
    assert cells == ["Bodies!A2", "Nodes!D3", "Nodes!D4"]


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_refused(
    content: bytes, small: Library, tmp_path: Path
) -> None:
    path = tmp_path / "framework.xlsx"
    path.write_bytes(content)
    with pytest.raises(FrameworkError, match="no workbook"):
        read_workbook(path, small)
    with pytest.raises(FrameworkError, match="cannot be read"):
        read_workbook(tmp_path / "absent.xlsx", small)


def test_another_workbook_is_refused(small: Library, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(FrameworkError, match="holds no framework"):
        read_workbook(path, small)


def test_a_text_too_long_for_a_cell_is_refused_not_cut(sound: Framework, small: Library) -> None:
    long = dataclasses.replace(sound, subject="x" * 40_000)
    with pytest.raises(FrameworkError, match=r"About!B\d+ would hold 40000"):
        framework_workbook(long, small)


def test_no_change_to_cells_makes_reading_fail_in_another_way(
    sound: Framework, small: Library, tmp_path: Path
) -> None:
    """Whatever stands in the cells, the answer is a framework or a list of faults."""
    path = tmp_path / "framework.xlsx"
    chance = random.Random(20260401)  # noqa: S311  the same changes every time
    texts = ["", "x", "7", "all 1", "any 1", "practice", "P-01", ";", "=", "a=b", "yes", "'", "/"]
    for _ in range(12):

        def change(book: Any) -> None:
            for _ in range(6):
                sheet = book[chance.choice(book.sheetnames)]
                if sheet.title == GUIDE:
                    continue
                row, column = chance.randint(1, 7), chance.randint(1, 8)
                sheet.cell(row, column).value = chance.choice(texts) or None

        faults(sound, small, path, change)


# What a cell may hold, by the type of its key.
plain_text = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=20).map(
    str.strip
)


@given(st.lists(plain_text.filter(lambda t: t and not t.startswith(";") and not t.endswith(";"))))
def test_lists_survive(items: list[str]) -> None:
    annotation = tuple[str, ...]
    text = cell_text(tuple(items), annotation)
    assert (cell_value(text, annotation) if text else []) == items


@given(plain_text.filter(lambda text: ";" not in text and text))
def test_one_text_and_a_list_of_one_are_told_apart(text: str) -> None:
    annotation = str | tuple[str, ...]
    assert cell_value(cell_text(text, annotation), annotation) == text
    assert cell_value(cell_text((text,), annotation), annotation) == [text]


@given(st.one_of(st.integers(0, 9999), plain_text.filter(bool)))
def test_numbers_and_texts_that_look_like_them_are_told_apart(value: int | str) -> None:
    annotation = int | str | None
    found = cell_value(cell_text(value, annotation), annotation)
    assert found == value
    assert type(found) is type(value)


def test_dates_that_excel_made_of_typed_ones_are_read() -> None:
    import datetime as dt

    assert cell_value("2026-04-01 00:00:00", dt.date | None) == "2026-04-01"
    assert cell_value("90.0", int | None) == 90
    assert cell_value("YES", bool) is True

"""Marks are found by a letter where it is rare, else by themselves: the same ones."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.evidence.readers import error_cells, letters
from selfassess.evidence.readers.error_cells import find_faults
from selfassess.evidence.readers.faults import Faults
from selfassess.evidence.readers.letters import places_of

PIECES = (
    '<c r="A1" t="e"><v>#N/A</v></c>',
    "<c r='B2' t='e'><f>1/0</f><v>#DIV/0!</v></c>",
    '<c r="C3"><f>A1+1</f></c>',
    '<c r="D4" s="3"><f>A1+1</f><v></v></c>',
    '<c r="E5"><f t="shared" si="0"/><v /></c>',
    '<c r="F6"><f>A1+1</f><v>2</v></c>',
    '<c r="G7" t="inlineStr"><is><t>feet of free beef, "e"</t></is></c>',
    '<c r="H8" t="s"><v>5</v></c>',
    '<row r="9" x14ac:dyDescent="0.25">',
    "e",
    "f",
    "<",
    "<f",
    '"e"',
    " ",
)


def faults_of(sheet: str) -> Faults:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "xl/workbook.xml", '<workbook xmlns:r="r"><sheet name="x" r:id="a"/></workbook>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return find_faults(data.getvalue())


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.integers(1, 200))
def test_either_search_finds_the_same(pieces: list[str], chunk: int) -> None:
    sheet = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(error_cells, "_CHUNK", chunk)
        by_letter = faults_of(sheet)
        patch.setattr(letters, "_MANY", 0)
        assert faults_of(sheet) == by_letter
    if '<c r="A1" t="e">' in sheet:
        assert (1, 1) in by_letter.errors["x"]


def test_a_sheet_full_of_the_letters() -> None:
    filling = PIECES[6] * letters._MANY
    for sheet in (filling + "".join(PIECES[:6]), "".join(PIECES[:6])):
        found = faults_of(sheet)
        assert found.errors == {"x": {(1, 1), (2, 2)}}
        assert found.unsaved == {"x": {(3, 3), (4, 4), (5, 5)}}


def test_places_of_a_letter() -> None:
    assert places_of(b"e", b"") == []
    assert places_of(b"e", b"eve") == [0, 2]
    assert places_of(b"e", b"e" * letters._MANY) == list(range(letters._MANY))
    assert places_of(b"e", b"e" * (letters._MANY + 1)) is None

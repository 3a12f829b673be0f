"""A CSV file gives the same rows, whoever splits it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.evidence.readers import delimited
from selfassess.evidence.readers.delimited import DelimitedReader, regular_width
from selfassess.evidence.readers.text_table import TextTable, engine

REGULAR = [
    pytest.param("a,b\n1,2\n", 2, id="plain"),
    pytest.param("a,b\r\n1,2", 2, id="windows-lines-without-an-end"),
    pytest.param("a\n1,2,3\n4\n", 3, id="ragged"),
    pytest.param('a,b\n"1, one",2\n', 2, id="delimiter-in-quotes"),
    pytest.param('a,b\n"said ""no""",""\n', 2, id="doubled-quotes"),
]
IRREGULAR = [
    pytest.param("", id="nothing"),
    pytest.param("a,b\n\n1,2\n", id="blank-line"),
    pytest.param("\na,b\n", id="blank-first-line"),
    pytest.param("a,b\r\n\r\n1,2\r\n", id="blank-windows-line"),
    pytest.param("a,b\n1,2\r\n", id="mixed-line-ends"),
    pytest.param("a,b\r1,2\r", id="old-mac-lines"),
    pytest.param('a,b\n"1\n2",3\n', id="line-end-in-quotes"),
    pytest.param('a,b\n5" pipe,3\n', id="inch"),
    pytest.param('a,b\n"x"y,3\n', id="text-after-a-quote"),
    pytest.param('a,b\n "x",3\n', id="space-before-a-quote"),
    pytest.param('a,b\n"x,3\n', id="quote-left-open"),
]


@pytest.mark.parametrize(("text", "width"), REGULAR)
def test_regular_text_is_as_wide_as_its_widest_row(text: str, width: int) -> None:
    assert regular_width(text, ",") == width


@pytest.mark.parametrize("text", IRREGULAR)
def test_irregular_text_is_left_to_the_standard_library(text: str) -> None:
    assert regular_width(text, ",") is None


def test_a_line_too_long_for_the_engine_is_irregular() -> None:
    assert regular_width("a,b\n" + "x" * 500_000 + ",1\n", ",") is None


@given(lines=st.lists(st.integers(0, 9), min_size=1, max_size=9), ended=st.booleans())
def test_a_long_line_is_found_wherever_it_stands(lines: list[int], ended: bool) -> None:
    text = "\n".join("x" * length for length in lines) + "\n" * ended
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_LONGEST_LINE", 5)
        assert delimited._has_long_line(text) == any(length > 5 for length in lines)


pieces = st.text(st.sampled_from('ab1é– ,;|"\r\n\t\x1e\x1f\x85\u2028\ufeff😀'), max_size=4)
files = st.one_of(
    st.lists(st.lists(pieces, min_size=1, max_size=4), min_size=1, max_size=6).map(
        lambda rows: written(rows)
    ),
    st.lists(pieces, min_size=1, max_size=12).map("".join),
).filter(lambda text: bool(text))


def written(rows: list[list[str]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=files, delimiter=st.sampled_from(",;|\t"))
def test_engine_and_standard_library_find_the_same_rows(
    text: str, delimiter: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode("utf-8"))
    text = text.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    expected = [[cell or None for cell in row] for row in rows]
    assert bare(TextTable.of_rows(rows)) == trimmed(expected)
    width = regular_width(text, delimiter)
    if width is not None:
        assert bare(TextTable.of_file(path, delimiter, width)) == trimmed(expected)


@pytest.mark.parametrize("name", ["list.csv", "li[s]t*.csv", "key=1/list.csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_reader_gives_the_rows_of_any_encoding_and_name(
    tmp_path: Path, name: str, encoding: str
) -> None:
    path = tmp_path / name
    if any(sign in path.name for sign in '*"') and not _can_be_named(path):
        pytest.skip("no such name on this system")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes("Team;Note\r\nNorth;£5\r\nSouth;\r\n".encode(encoding))
    (sheet,) = DelimitedReader().read(path)
    assert bare(sheet.cells) == [["Team", "Note"], ["North", "£5"], ["South"]]


def _can_be_named(path: Path) -> bool:
    try:
        path.touch()
    except OSError:
        return False
    return True


def bare(cells: object) -> list[list[str | None]]:
    connection = engine()
    connection.register("cells", cells)
    return trimmed([list(row) for row in connection.sql("SELECT * FROM cells").fetchall()])


def trimmed(rows: list[list[str | None]]) -> list[list[str | None]]:
    """Rows without the empty cells at their end: short rows are filled up with them."""
    found = [list(row) for row in rows]
    for row in found:
        while row and row[-1] is None:
            row.pop()
    return found

"""Files of every kind become sheets of text with true places, or are refused with what to do."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import struct
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.errors import EvidenceError
from selfassess.evidence.readers import workbook as workbook_module
from selfassess.evidence.readers.delimited import DelimitedReader, decoded
from selfassess.evidence.readers.error_cells import find_faults
from selfassess.evidence.readers.parquet import ParquetReader
from selfassess.evidence.readers.unsaved import Unsaved
from selfassess.evidence.readers.workbook import WorkbookReader

from .conftest import column, headers, row

DATA = Path(__file__).parents[2] / "fixtures" / "evidence"


def rows_of(sheet) -> list[tuple]:
    if sheet.cells is None:
        return []
    connection = duckdb.connect()
    connection.register("cells", sheet.cells)
    found = connection.execute("SELECT * FROM cells").fetchall()
    connection.close()
    return found


def test_every_error_is_found_where_the_spreadsheet_shows_it(tmp_path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "First & last"
    book.active["C5"] = "#N/A"
    book.active["AB7"] = "#DIV/0!"
    book.active["A1"] = 't="e"'
    second = book.create_sheet("Second")
    second["A2"] = "#REF!"
    path = tmp_path / "x.xlsx"
    book.save(path)
    found = {s.name: s.errors for s in WorkbookReader().read(path)}
    assert found == {"First & last": {(5, 3), (7, 28)}, "Second": {(2, 1)}}


def test_openpyxl_agrees_on_many_errors(tmp_path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    places = {(r, c) for r in range(1, 3000, 7) for c in range(1, 40, 5)}
    for r in range(1, 3000):
        for c in range(1, 40, 2):
            book.active.cell(r, c, "#N/A" if (r, c) in places else f"text {r} {c}")
    book.save(tmp_path / "x.xlsx")
    (sheet,) = WorkbookReader().read(tmp_path / "x.xlsx")
    errors = {
        (cell.row, cell.column)
        for cells in openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows()
        for cell in cells
        if cell.data_type == "e"
    }
    assert sheet.errors == errors


def _repack(path: Path, change) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, change(name, data))


def test_cells_that_do_not_say_where_they_stand_are_counted(workbook) -> None:
    import re

    path = workbook({"x": [["a", "b", "c"], ["d", "#N/A", "#REF!"]]})

    def strip(name: str, data: bytes) -> bytes:
        return re.sub(rb' r="[A-Z]*\d+"', b"", data) if "worksheets" in name else data

    _repack(path, strip)
    assert find_faults(path.read_bytes()).errors == {"x": {(2, 2), (2, 3)}}


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('<c r="B2"><f>A1+1</f></c>', True),
        ('<c r="B2" s="3"><f>A1+1</f><v></v></c>', True),
        ("<c s='3' r='B2'><f>A1&amp;1</f>\n<v/>\n</c>", True),
        ('<c r="B2"><f t="shared" si="0"/><v /></c>', True),
        ('<c r="B2"><f t="shared" si="0"/></c>', True),
        ('<c r="B2"><f>' + "A1+" * 20_000 + "1</f></c>", True),
        ('<c r="B2"><f>A1+1</f><v>2</v></c>', False),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', False),
        ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', False),
        ('<c r="B2" s="3"/>', False),
        ('<c r="B2"><v/></c>', False),
    ],
)
@pytest.mark.parametrize("size", [7, 1 << 20])
def test_formulas_without_a_result_are_found(cell: str, told: bool, size: int) -> None:
    before = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c>' + " " * 3
    data = (before + cell + '<c r="C2"><v>5</v></c></row>').encode()
    formulas = Unsaved()
    for start in range(0, len(data), size if len(cell) < 1000 else max(size, 999)):
        formulas.take(data[start : start + (size if len(cell) < 1000 else max(size, 999))])
    assert formulas.places == ({"B2"} if told else set())


def test_formulas_of_excel_itself_have_their_results(tmp_path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "x.xlsx")
    sheet = book.add_worksheet("x")
    sheet.write_formula("A1", "=1+1", None, 2)
    sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
    book.close()
    (found,) = WorkbookReader().read(tmp_path / "x.xlsx")
    assert (found.unsaved, found.errors) == (frozenset(), {(3, 1)})


def test_entities_in_a_workbook_are_refused(workbook) -> None:
    path = workbook({"x": [["a"]]})
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><workbook/>'
    _repack(path, lambda name, data: bomb if name == "xl/workbook.xml" else data)
    with pytest.raises(EvidenceError, match="cannot be read"):
        list(WorkbookReader().read(path))


def test_the_date_system_is_told(workbook) -> None:
    assert find_faults(workbook({"x": [[1]]}, date1904=True).read_bytes()).date1904
    assert not find_faults(workbook({"x": [[1]]}).read_bytes()).date1904


def test_rows_and_columns_are_the_spreadsheets_own(workbook) -> None:
    path = workbook({"x": [[], [], [None, None, "a"], [], [None, None, None, "b"]]})
    (sheet,) = WorkbookReader().read(path)
    assert (sheet.first_row, sheet.first_column) == (1, 3)
    assert rows_of(sheet) == [
        (None, None),
        (None, None),
        ("a", None),
        (None, None),
        (None, "b"),
    ]


def ods(path: Path, body: str) -> Path:
    spaces = " ".join(
        f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"'
        for k, v in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content {spaces} xmlns:calcext="urn:org:documentfoundation:names:'
        'experimental:calc:xmlns:calcext:1.0" office:version="1.3"><office:body>'
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", content)
    return path


def _cell(text: str, extra: str = "", kind: str = "string") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}"{extra}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


ERROR = ' table:formula="of:=NA()" office:string-value="" calcext:value-type="error"'


def test_open_document_workbooks(tmp_path, read) -> None:
    heads = "".join(_cell(h) for h in headers("contacts"))
    day = ' office:date-value="2026-01-05"'
    body = (
        '<table:table table:name="List 1">'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f"<table:table-row>{heads}</table:table-row>"
        f"<table:table-row>{_cell('1')}{_cell('#N/A', ERROR)}"
        '<table:table-cell table:number-columns-repeated="3"/>'
        f"{_cell('05/01/2026', day, 'date')}{_cell('q) 6: Police')}</table:table-row>"
        "</table:table>"
    )
    evidence = read(ods(tmp_path / "lists.ods", body))
    assert column(evidence, "contacts", "source_row") == [4]
    assert column(evidence, "contacts", "contact_date") == [dt.date(2026, 1, 5)]
    assert column(evidence, "contacts", "contact_source") == ["6"]
    assert column(evidence, "contacts", "unknown_cells") == ["|gender|"]


CONTACTS = "Child Unique ID{0}Gender{0}Date of Contact{0}Contact Source\n"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_files_of_every_make(tmp_path, read, sign, encoding) -> None:
    text = CONTACTS.format(sign) + f"1{sign}Female{sign}05/01/2026{sign}André’s school\n"
    path = tmp_path / "a folder" / "contacts.csv"
    path.parent.mkdir()
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    evidence = read(path)
    assert column(evidence, "contacts", "contact_date") == [dt.date(2026, 1, 5)]
    assert column(evidence, "contacts", "contact_source") == ["André’s school"]


def test_a_record_is_a_row_whatever_lines_it_takes(tmp_path, read) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(
        CONTACTS.format(",")
        + '1,Male,2026-01-05,"two\nlines, and a comma"\n\n2,Male,2026-01-06,\n',
        encoding="utf-8",
    )
    evidence = read(path)
    assert column(evidence, "contacts", "source_row") == [2, 4]
    assert column(evidence, "contacts", "contact_source")[0] == "two lines, and a comma"
    assert [(a.row, a.reason) for a in evidence.set_aside] == [(3, "blank row")]


def test_a_huge_cell_is_read(tmp_path, read) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(CONTACTS.format(",") + f"1,Male,2026-01-05,{'x' * 300_000}\n", encoding="utf-8")
    assert len(column(read(path), "contacts", "contact_source")[0]) == 300_000


@given(st.text())
def test_any_text_decodes_to_itself(text: str) -> None:
    text = text.replace("\x00", "").lstrip("\ufeff")
    data = text.encode("utf-8", errors="ignore")
    if not data.startswith((b"PK\x03\x04",)):
        assert decoded(data, "x") == data.decode("utf-8")


@given(st.binary(max_size=200))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    with contextlib.suppress(EvidenceError):
        assert isinstance(decoded(data, "x"), str)


def test_parquet(tmp_path, read) -> None:
    path = tmp_path / "it's.parquet"
    duckdb.connect().sql(
        'SELECT 12::BIGINT AS "Child Unique ID", \'Female\' AS "Gender",'
        ' DATE \'2026-01-05\' AS "Date of Contact", NULL::VARCHAR AS "Contact Source"'
    ).write_parquet(str(path))
    evidence = read(path)
    assert column(evidence, "contacts", "child_id") == ["12"]
    assert column(evidence, "contacts", "contact_date") == [dt.date(2026, 1, 5)]
    assert column(evidence, "contacts", "source_row") == [2]


def refused(reader, path: Path) -> str:
    with pytest.raises(EvidenceError) as caught:
        list(reader.read(path))
    assert caught.value.hint
    return caught.value.message


def test_an_empty_file(tmp_path) -> None:
    for reader, name in ((WorkbookReader(), "a.xlsx"), (DelimitedReader(), "a.csv")):
        (tmp_path / name).touch()
        assert "empty" in refused(reader, tmp_path / name)


def test_a_file_that_is_not_there(tmp_path) -> None:
    assert "no such file" in refused(WorkbookReader(), tmp_path / "a.xlsx")


def test_a_workbook_cut_short(workbook) -> None:
    path = workbook({"x": [["a"] * 9] * 99})
    path.write_bytes(path.read_bytes()[:2000])
    assert "damaged" in refused(WorkbookReader(), path)


def test_a_workbook_with_a_damaged_sheet(workbook) -> None:
    path = workbook({"x": [["a"] * 9] * 99})
    _repack(path, lambda name, data: data[:200] if "sheet1" in name else data)
    assert "cannot be read" in refused(WorkbookReader(), path)


def test_what_is_no_workbook(tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("a,b\n1,2\n")
    assert "not a workbook" in refused(WorkbookReader(), path)
    path.write_bytes(b"%PDF\x00\x01")
    assert "not a workbook" in refused(WorkbookReader(), path)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("\ufeff\n<?xml version='1.0'?><Workbook/>".encode(), "web page"),
        ("<HTML><BODY>".encode("utf-16"), "web page"),
        (b"MIME-Version: 1.0\r\n", "web page"),
        (b"id,date\r\n1,2\r\n", "rename it to .csv"),
        ("id\tdate\n".encode("utf-16"), "rename it to .csv"),
        (b"%PDF\x00\x01", "program that made it"),
    ],
)
def test_a_file_that_bears_a_workbook_s_name_is_told_for_what_it_is(
    tmp_path, data: bytes, told: str
) -> None:
    path = tmp_path / "export.xls"
    path.write_bytes(data)
    with pytest.raises(EvidenceError) as caught:
        list(WorkbookReader().read(path))
    assert told in caught.value.hint


def test_a_sheet_of_charts_makes_no_noise(tmp_path, caplog) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "x.xlsx")
    book.add_worksheet("x").write(0, 0, 1)
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=x!$A$1:$A$1"})
    book.add_chartsheet("Chart").set_chart(chart)
    book.close()
    assert [sheet.name for sheet in WorkbookReader().read(tmp_path / "x.xlsx")] == ["x", "Chart"]
    assert caplog.text == ""


def test_a_zip_that_holds_no_workbook(tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "cannot be read" in refused(WorkbookReader(), path)


def test_a_password(tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in refused(WorkbookReader(), path)


def test_an_old_workbook_under_a_new_name(tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 600)
    assert "old Excel" in refused(WorkbookReader(), path)


def test_a_workbook_under_the_name_of_a_text(workbook) -> None:
    path = workbook({"x": [["a"]]})
    renamed = path.rename(path.with_suffix(".csv"))
    assert "workbook" in refused(DelimitedReader(), renamed)


def test_a_workbook_that_unpacks_to_too_much(workbook, monkeypatch) -> None:
    path = workbook({"x": [["a"] * 9] * 99})
    monkeypatch.setattr(workbook_module, "LARGEST", 1000)
    assert "unpacks to" in refused(WorkbookReader(), path)


def test_what_is_no_parquet(tmp_path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"hello")
    assert "Parquet" in refused(ParquetReader(), path)


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="rights bind neither the administrator nor, in this way, Windows",
)
def test_a_locked_file(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a")
    path.chmod(0)
    assert "cannot be opened" in refused(DelimitedReader(), path)


def test_a_file_that_another_program_holds(tmp_path, monkeypatch) -> None:
    def held(self: Path) -> bytes:
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "read_bytes", held)
    assert "cannot be opened" in refused(WorkbookReader(), tmp_path / "a.xlsx")


def old_excel(records: bytes) -> bytes:
    """A compound file that holds one stream, Workbook, of at least 4096 bytes."""
    stream = records.ljust(4096, b"\x00")
    stream += b"\x00" * (-len(stream) % 512)
    count = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))

    def entry(name: str, kind: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le").ljust(64, b"\x00")
        head = struct.pack(
            "<HBBIII",
            (len(name) + 1) * 2 if name else 0,
            kind,
            1,
            *[0xFFFFFFFF] * 2,
            1 if kind == 5 else 0xFFFFFFFF,
        )
        return raw + head + b"\x00" * 36 + struct.pack("<III", start, size, 0)

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0) + entry("Workbook", 2, 2, len(stream))
    directory += entry("", 0, 0, 0) * 2
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 10
    header += struct.pack("<8I", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + struct.pack("<128I", *fat) + directory + stream


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def test_errors_and_date_system_of_old_workbooks() -> None:
    bof = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    name = b"List 6"
    globals_ = bof + record(0x22, struct.pack("<H", 1))
    tail = record(0x0A, b"")
    bound = record(0x85, struct.pack("<IHBB", 0, 0, len(name), 0) + name)
    start = len(globals_ + bound + tail)
    bound = record(0x85, struct.pack("<IHBB", start, 0, len(name), 0) + name)
    sheet = bof
    sheet += record(0x205, struct.pack("<HHHBB", 4, 12, 0, 0x2A, 1))
    sheet += record(0x205, struct.pack("<HHHBB", 5, 12, 0, 1, 0))
    failed = struct.pack("<BBBBBB", 2, 0, 0x2A, 0, 0, 0) + b"\xff\xff"
    sheet += record(0x06, struct.pack("<HHH", 6, 1, 0) + failed + b"\x00" * 8)
    fine = struct.pack("<d", 1.5)
    sheet += record(0x06, struct.pack("<HHH", 7, 1, 0) + fine + b"\x00" * 8)
    faults = find_faults(old_excel(globals_ + bound + tail + sheet + tail))
    # A true or false, and a formula that worked, are no errors.
    assert faults.errors == {"List 6": {(5, 13), (7, 2)}}
    assert faults.date1904


@given(st.binary(max_size=2000))
def test_damaged_old_workbooks_are_refused(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        find_faults(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data)


def test_readers_know_no_lists(workbook, read) -> None:
    path = workbook({"x": [headers("contacts"), row("contacts", child_id=1)]})
    (sheet,) = WorkbookReader().read(path)
    assert rows_of(sheet)[0][0] == "Child Unique ID"

"""Word, Excel and Markdown: opened again by other programs' libraries, and looked through."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from selfassess.report.manifest import manifest_hash
from selfassess.report.office import office_files
from selfassess.report.office.blocks import Figure, Heading, Listing, Table, plain
from selfassess.report.office.page import read_page
from selfassess.report.office.workbook import workbook

Json = dict[str, Any]
Make = Callable[[str], Json]
NAMES = ("hostile", "narrative", "rich", "sparse")


@pytest.fixture(scope="module")
def made(pages: dict[str, str], assessment: Make) -> dict[str, dict[str, bytes]]:
    return {
        name: office_files(
            ["docx", "xlsx", "md"],
            pages[name],
            assessment(name),
            dt.date.fromisoformat(assessment(name)["as_at"]),
        )
        for name in NAMES
    }


@pytest.mark.parametrize("name", NAMES)
def test_word_has_the_headings_tables_and_captions_of_the_page(
    name: str, made: dict[str, dict[str, bytes]], pages: dict[str, str]
) -> None:
    import docx

    document = docx.Document(io.BytesIO(made[name]["docx"]))
    blocks = read_page(pages[name])
    headings = [(b.level - 1, plain(b.runs)) for b in blocks if isinstance(b, Heading)]
    found = [
        (int(p.style.name.split()[-1]), p.text)
        for p in document.paragraphs
        if p.style.name.startswith("Heading")
    ]
    assert found == [(level, text) for level, text in headings if level]
    tables = [b for b in blocks if isinstance(b, Table)]
    assert len(document.tables) >= len(tables) > 3
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    for table in tables:
        assert any(caption.endswith(f". {table.caption}") for caption in captions)
    for table in document.tables:
        marks = table._tbl.xpath("./w:tr/w:trPr/w:tblHeader")
        assert len(marks) <= 2
    assert sum(bool(t._tbl.xpath(".//w:tblHeader")) for t in document.tables) > 2


@pytest.mark.parametrize("name", NAMES)
def test_links_of_word_lead_somewhere_and_pictures_speak(
    name: str, made: dict[str, dict[str, bytes]], pages: dict[str, str]
) -> None:
    import docx

    body = docx.Document(io.BytesIO(made[name]["docx"])).element.body
    names = body.xpath(".//w:bookmarkStart/@w:name")
    assert len(names) == len(set(names))
    assert set(body.xpath(".//w:hyperlink/@w:anchor")) <= set(names)
    assert len(set(body.xpath(".//w:bookmarkStart/@w:id"))) == len(names)
    pictures = body.xpath(".//wp:docPr")
    assert all(picture.get("descr") for picture in pictures)
    drawn = [b for b in read_page(pages[name]) if isinstance(b, Figure) and b.svg]
    assert len(pictures) == len(drawn)


def test_same_page_gives_the_same_files(
    made: dict[str, dict[str, bytes]], pages: dict[str, str], assessment: Make
) -> None:
    again = office_files(
        ["docx", "xlsx", "md"],
        pages["rich"],
        assessment("rich"),
        dt.date.fromisoformat(assessment("rich")["as_at"]),
    )
    assert again == made["rich"]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_hostile_text_reaches_no_part_that_acts(
    kind: str, made: dict[str, dict[str, bytes]]
) -> None:
    with zipfile.ZipFile(io.BytesIO(made["hostile"][kind])) as archive:
        names = archive.namelist()
        links = b"".join(archive.read(name) for name in names if name.endswith(".rels"))
    assert b'TargetMode="External"' not in links
    assert not any("vba" in name.lower() or "embed" in name.lower() for name in names)


@pytest.mark.parametrize("name", NAMES)
def test_workbook_holds_every_reading_and_no_formula(
    name: str, made: dict[str, dict[str, bytes]], assessment: Make
) -> None:
    import openpyxl

    data = assessment(name)
    book = openpyxl.load_workbook(io.BytesIO(made[name]["xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    found: dict[str, Any] = {}
    for sheet in book.worksheets[1 : len(data["judgements"]) + 2]:
        head = [cell.value for cell in sheet[1]]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
        for row in sheet.iter_rows(min_row=2, values_only=True):
            if row[0]:
                line = dict(zip(head, row, strict=True))
                found[line["Reading id"]] = line
    assert set(found) == {reading["id"] for reading in data["readings"]}
    for index, reading in enumerate(data["readings"], 1):
        line = found[reading["id"]]
        assert line["Ref"] == f"E{index}"
        assert line["Value"] == reading["value"]
        assert line["Numerator"] == reading["numerator"]
    shown = [cell.value for cell in book["Read me"]["B"]]
    assert manifest_hash(data) in shown
    assert len(book.sheetnames) == len({each.casefold() for each in book.sheetnames})


def test_texts_like_formulas_stay_texts(assessment: Make) -> None:
    import openpyxl

    data = assessment("rich")
    for prefix in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://x", "{=1}"):
        data["readings"][0]["title"] = prefix
        data["judgements"][0]["title"] = f"{prefix} [x]*?/\\:'"
        content = office_files(["xlsx"], "", data, dt.date(2026, 3, 31))["xlsx"]
        book = openpyxl.load_workbook(io.BytesIO(content))
        values = {c.value: c.data_type for s in book for row in s.iter_rows() for c in row}
        assert values[prefix] == "s"


def test_very_long_text_is_cut_and_said(assessment: Make) -> None:
    import openpyxl

    data = assessment("rich")
    data["findings"][0]["text"] = "word " * 20_000
    content = office_files(["xlsx"], "", data, dt.date(2026, 3, 31))["xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    longest = max((str(c.value) for c in book["Findings"]["B"] if c.value), key=len)
    assert longest.endswith("[shortened]")


@pytest.mark.parametrize("name", NAMES)
def test_markdown_reads_back_as_the_page(
    name: str, made: dict[str, dict[str, bytes]], pages: dict[str, str]
) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(made[name]["md"].decode("utf-8"))
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in tokens} | {child.type for child in inline}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_block", "fence"}
    blocks = read_page(pages[name])
    levels = [int(t.tag[1]) for t in tokens if t.type == "heading_open"]
    assert levels == [b.level for b in blocks if isinstance(b, Heading)]
    assert sum(t.type == "table_open" for t in tokens) == sum(
        isinstance(b, Table) and b.columns > 0 for b in _all(blocks)
    )


def _all(blocks: Any) -> Any:
    for block in blocks:
        yield block
        if isinstance(block, Listing):
            for item in block.items:
                yield from _all(item)


def test_sheets_of_judgements_that_begin_alike_are_named_by_how_they_end() -> None:
    titles = [
        "The experiences and progress of children who need help and protection",
        "The experiences and progress of children in care",
        "The experiences and progress of care leavers",
        "The impact of leaders on social work practice",
    ]
    judgements = [{"id": f"j{n}", "title": title} for n, title in enumerate(titles)]
    content = workbook({"as_at": "2026-03-31", "judgements": judgements})
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert names[1:5] == [
        "who need help and protection",
        "progress of children in care",
        "and progress of care leavers",
        "The impact of leaders on social",
    ]

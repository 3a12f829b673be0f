"""Whatever stands in a text, every output shows it as text: nothing runs, loads or computes."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from markdown_it import MarkdownIt

from .conftest import HOSTILE, Ran

RUNS = {"script", "iframe", "object", "embed", "form", "base", "link", "foreignobject", "animate"}
SHOWN = ("<script>alert(1)</script>", "{{ 7*7 }}", "file:///etc/passwd", "http://evil.invalid/")
"""What must be read as it was written, somewhere on a page of the council's own report."""


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.text: list[str] = []
        self._in = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._in = tag

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        kept = {"style": self.styles, "script": self.scripts}.get(self._in, self.text)
        kept.append(data)


def check_tags(page: Page, *, links: tuple[str, ...] = ("#",)) -> None:
    for tag, given in page.tags:
        assert not [name for name in given if name.startswith("on")], tag
        assert given.get("href", "#").startswith(links), given
        assert given.get("src", "data:").startswith("data:"), given
        assert not {"srcset", "background", "action", "formaction"} & given.keys()
        assert re.match(r"(text-align:(left|right|center))?\Z", given.get("style", ""))
        assert given.get("http-equiv", "").lower() != "refresh"


@pytest.mark.parametrize("place", [0, 1], ids=["internal", "public"])
def test_a_page_runs_and_loads_nothing(ran: Ran, place: int) -> None:
    page = Page(ran.pages()[place].read_text(encoding="utf-8"))
    check_tags(page)
    assert [tag for tag, _ in page.tags if tag in RUNS] == ["script"]
    assert "evil.invalid" not in "".join(page.scripts)
    css = "".join(page.styles)
    assert "evil.invalid" not in css
    assert all(url.strip("'\" ").startswith("data:") for url in re.findall(r"url\(([^)]*)", css))
    policy = [given["content"] for _, given in page.tags if given.get("http-equiv")]
    assert len(policy) == 1
    assert policy[0].startswith("default-src 'none';")


def test_what_was_written_is_read_as_text(ran: Ran) -> None:
    text = "".join(Page(ran.pages()[0].read_text(encoding="utf-8")).text)
    for piece in SHOWN:
        assert piece in text
    assert "\u202e" not in text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def test_drawings_inside_the_page_hold_shapes_and_words_alone(ran: Ran) -> None:
    page = Page(ran.pages()[0].read_text(encoding="utf-8"))
    drawn = [given["src"] for tag, given in page.tags if tag == "img"]
    assert drawn
    for source in drawn:
        root = ElementTree.fromstring(unquote(source.partition(",")[2]))  # noqa: S314
        for element in root.iter():
            assert element.tag.rpartition("}")[2] in {"svg", "g", "path", "rect", "circle", "text"}
            assert not [name for name in element.attrib if name.startswith("on") or "href" in name]


def test_archived_documents_are_sound(ran: Ran, verdicts: list[dict[str, Any]]) -> None:
    assert len(verdicts) == 2 * len(ran.papers()) == 2 * 4
    for verdict in verdicts:
        assert verdict["compliant"], verdict


def test_a_pdf_leads_nowhere_and_shows_what_was_written(ran: Ran) -> None:
    for path in ran.papers():
        with pikepdf.open(path) as pdf:
            assert list(pdf.attachments) == ["assessment.json"]
            assert "/OpenAction" not in pdf.Root
            assert "/JavaScript" not in pdf.Root.get("/Names", {})
            for item in pdf.objects:
                if isinstance(item, pikepdf.Dictionary):
                    assert item.get("/S") not in ("/URI", "/JavaScript", "/Launch", "/GoToR")
                    assert "/JS" not in item
    document = pypdfium2.PdfDocument(ran.out / "report.pdf")
    try:
        text = "".join(
            document[number].get_textpage().get_text_range() for number in range(len(document))
        )
    finally:
        document.close()
    squeezed = re.sub(r"\s|\ufffe|\x02", "", text)
    for piece in SHOWN:
        assert re.sub(r"\s", "", piece) in squeezed


def test_the_committee_s_paper_keeps_to_four_pages(ran: Ran) -> None:
    with pikepdf.open(ran.public / "paper" / "report.pdf") as pdf:
        assert len(pdf.pages) <= 4


@pytest.mark.parametrize("place", ["out", "public"])
def test_a_word_file_refers_to_nothing_outside(ran: Ran, place: str) -> None:
    with zipfile.ZipFile(getattr(ran, place) / "report.docx") as file:
        for name in file.namelist():
            data = file.read(name).decode("utf-8", errors="replace")
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(data)  # noqa: S314
            if name.endswith(".rels"):
                assert 'TargetMode="External"' not in data
            assert "vbaProject" not in name
        written = file.read("word/document.xml").decode("utf-8")
    fields = "".join(re.findall(r"<w:instrText[^>]*>([^<]*)<", written))
    assert not re.search('INCLUDE|DDE|HYPERLINK *"?http|evil', fields)
    assert "<w:altChunk" not in written
    assert "&lt;script&gt;alert(1)" in written


@pytest.mark.parametrize("name", ["evidence.xlsx", "sample.xlsx"])
def test_a_workbook_computes_nothing(ran: Ran, name: str) -> None:
    with zipfile.ZipFile(ran.out / name) as file:
        for part in file.namelist():
            data = file.read(part).decode("utf-8", errors="replace")
            ElementTree.fromstring(data)  # noqa: S314
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                assert not re.search(r"<f[ >]|<hyperlink[^>]* r:id", data)
            assert 'TargetMode="External"' not in data
            assert not part.startswith("xl/externalLinks")


@pytest.mark.parametrize("name", ["ledger.csv", "quality.csv", "sample.csv"])
def test_no_cell_of_a_list_is_taken_for_a_formula(ran: Ran, name: str) -> None:
    with (ran.out / name).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) > 1
    for row in rows:
        for cell in row:
            assert not re.match(r"[=+\-@\t\r\n](?!\d+(\.\d+)?\Z)", cell), cell


def test_the_ledger_s_hostile_sheet_is_guarded(ran: Ran) -> None:
    assert HOSTILE.SHEET in json.dumps(
        json.loads((ran.out / "assessment.json").read_text(encoding="utf-8"))["inputs"],
        ensure_ascii=False,
    ).replace('\\"', '"')


@pytest.mark.parametrize("place", ["out", "public"])
def test_markdown_shows_markup_as_text(ran: Ran, place: str) -> None:
    source = (getattr(ran, place) / "report.md").read_text(encoding="utf-8")
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(source)
    page = Page(rendered)
    check_tags(page)
    assert not [tag for tag, _ in page.tags if tag in RUNS | {"style", "svg", "img"}]


def test_every_assessment_is_json_of_bounded_size(ran: Ran) -> None:
    for path in (ran.out / "assessment.json", ran.public / "assessment.json"):
        json.loads(path.read_text(encoding="utf-8"))
        assert path.stat().st_size < 10 * HOSTILE.HUGE


def test_nothing_was_fetched_and_it_did_not_take_long(ran: Ran) -> None:
    assert ran.calls == []
    assert ran.seconds < 180


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".docx", ".xlsx", ".md", ".csv"])
def test_outputs_stay_small_whatever_the_texts(ran: Ran, suffix: str) -> None:
    # Two megabytes of text went in twice: pages say that they are shortened.
    found = [path for path in ran.root.rglob(f"out/**/*{suffix}") if path.suffix == suffix]
    assert found
    attached = 3 * HOSTILE.HUGE if suffix == ".pdf" else 0
    for path in found:
        assert path.stat().st_size < HOSTILE.HUGE + attached, path.name

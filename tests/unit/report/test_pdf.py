from __future__ import annotations

import builtins
import datetime as dt
import gc
import hashlib
import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest

from selfassess.errors import ReportError
from selfassess.report import render_html, write_pdf
from selfassess.report.pdf import MissingLibraryError

Make = Callable[[str], dict[str, Any]]
CASES = ["hostile", "narrative", "rich", "sparse"]
DAY = dt.date(2026, 3, 31)


@pytest.fixture
def opened(reports: dict[str, Path]) -> Iterator[Callable[[str], pikepdf.Pdf]]:
    files: list[pikepdf.Pdf] = []

    def open_report(name: str) -> pikepdf.Pdf:
        files.append(pikepdf.open(reports[name] / "report.pdf"))
        return files[-1]

    yield open_report
    for file in files:
        file.close()


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Every structure element that hangs in the tree."""
    found, waiting, seen = [], [pdf.Root.StructTreeRoot.K], set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += list(item)
        elif isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem":
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
            found.append(item)
            if "/K" in item:
                waiting.append(item.K)
    return found


def texts_of_outline(pdf: pikepdf.Pdf) -> list[str]:
    with pdf.open_outline() as outline:
        return [str(item.title) for item in outline.root]


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
@pytest.mark.parametrize("name", CASES)
def test_verapdf_finds_nothing(
    verdicts: dict[tuple[str, str], dict[str, Any]], name: str, flavour: str
) -> None:
    verdict = verdicts[name, flavour]
    assert verdict["failures"] == []
    assert verdict["compliant"]
    assert verdict["checks"] > 10_000


@pytest.mark.parametrize("name", CASES)
def test_the_document_says_what_it_is(opened: Callable[[str], pikepdf.Pdf], name: str) -> None:
    pdf = opened(name)
    assert pdf.Root.Lang == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.docinfo["/Title"]).startswith("Self-evaluation – ")
    assert str(pdf.docinfo["/CreationDate"]) == "D:20260331"
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_bookmarks_are_the_chapters(opened: Callable[[str], pikepdf.Pdf], assessment: Make) -> None:
    found = texts_of_outline(opened("rich"))
    assert found[:2] == ["Northmere Council", "Contents"]
    for node in assessment("rich")["judgements"]:
        assert node["title"] in found
    assert "Appendix D. Gaps" in found
    assert found[-1] == "Appendix E. Lines of enquiry"


@pytest.mark.parametrize("name", CASES)
def test_figures_have_text_and_headers_a_scope(
    opened: Callable[[str], pikepdf.Pdf], name: str
) -> None:
    tree = elements(opened(name))
    kinds = [str(item.S) for item in tree]
    for item in tree:
        if item.S == "/Figure":
            assert len(str(item.Alt)) > 40
        if item.S == "/TH":
            assert item.A.Scope in ("/Row", "/Column")
        if item.S == "/LI":
            kids = item.K if isinstance(item.K, pikepdf.Array) else [item.K]
            assert {str(kid.S) for kid in kids} <= {"/Lbl", "/LBody"}
    assert kinds.count("/H1") == 1
    assert ("/Figure" in kinds) == (name in {"rich", "hostile"})


def test_scopes_tell_rows_from_columns(opened: Callable[[str], pikepdf.Pdf]) -> None:
    found = {"/Row": 0, "/Column": 0}
    for item in elements(opened("sparse")):
        if item.S == "/TH":
            inside_head = item.P.P.S == "/THead"
            assert item.A.Scope == ("/Column" if inside_head else "/Row")
            found[str(item.A.Scope)] += 1
    assert all(found.values())


def test_headers_and_footers_are_artifacts(opened: Callable[[str], pikepdf.Pdf]) -> None:
    pdf = opened("rich")
    owned = {item.objgen for item in elements(pdf)}
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    for kids in list(numbers)[1::2]:
        if isinstance(kids, pikepdf.Array):
            for kid in kids:
                assert kid is None or kid.objgen in owned
    for page in pdf.pages:
        operators = pikepdf.parse_content_stream(page)
        marks = [one.operands for one in operators if str(one.operator) == "BDC"]
        assert any(
            str(mark[0]) == "/Artifact" and mark[1].get("/Type") == "/Pagination" for mark in marks
        )


@pytest.mark.parametrize("name", CASES)
def test_the_assessment_is_inside_byte_for_byte(
    reports: dict[str, Path], opened: Callable[[str], pikepdf.Pdf], name: str
) -> None:
    pdf = opened(name)
    assert list(pdf.attachments) == ["assessment.json"]
    (file,) = pdf.Root.AF
    assert file.AFRelationship == "/Source"
    data = pdf.attachments["assessment.json"].get_file()
    assert data.read_bytes() == (reports[name] / "assessment.json").read_bytes()
    assert str(file.EF.F.Params.ModDate) == "D:20260331000000Z"


@pytest.mark.parametrize("name", CASES)
def test_only_the_template_s_fonts_are_used_and_embedded(
    opened: Callable[[str], pikepdf.Pdf], name: str
) -> None:
    pdf = opened(name)
    fonts = [
        o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"
    ]
    names = {str(font.BaseFont).split("+")[-1] for font in fonts}
    assert names <= {
        "Report-Sans",
        "Report-Sans-Bold",
        "Report-Sans-Italic",
        "Report-Sans-Bold-Italic",
    }
    for font in fonts:
        if "/DescendantFonts" in font:
            assert "/ToUnicode" in font
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


@pytest.mark.parametrize("name", ["rich", "sparse", "narrative"])
def test_pages_are_numbered_and_nothing_is_stranded_or_too_small(
    reports: dict[str, Path], name: str
) -> None:
    with pdfplumber.open(reports[name] / "report.pdf") as pdf:
        count = len(pdf.pages)
        for number, page in enumerate(pdf.pages, start=1):
            text = page.extract_text()
            assert f"Page {number} of {count}" in text
            body = [char for char in page.chars if 60 < char["top"] < page.height - 60]
            assert body, f"page {number} is empty"
            assert min(char["size"] for char in page.chars) > 5.9
            assert max(char["x1"] for char in page.chars) <= page.width - 40
            last = max(char["top"] for char in body)
            heavy = [char for char in body if char["top"] == last and char["size"] > 11]
            assert not heavy, f"a heading is stranded at the foot of page {number}"


def test_the_contents_name_the_right_pages(reports: dict[str, Path], assessment: Make) -> None:
    with pdfplumber.open(reports["rich"] / "report.pdf") as pdf:
        contents = pdf.pages[1].extract_text()
        for node in assessment("rich")["judgements"]:
            (line,) = [line for line in contents.splitlines() if line.startswith(node["title"])]
            page = int(line.rsplit(" ", 1)[-1])
            assert node["title"][:30] in pdf.pages[page - 1].extract_text()


def test_welsh_letters_survive(assessment: Make, template: Path, tmp_path: Path) -> None:
    found = assessment("sparse")
    found["council"]["name"] = "Cyngor Dŵr a Thŷ"
    write_pdf(render_html(found, template), b"{}", tmp_path / "a.pdf", template=template, as_at=DAY)
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        assert "Cyngor Dŵr a Thŷ" in pdf.pages[0].extract_text()


def test_the_same_input_gives_the_same_bytes(
    pages: dict[str, str], template: Path, tmp_path: Path
) -> None:
    hashes = set()
    for name in ("a.pdf", "b.pdf"):
        write_pdf(pages["narrative"], b"{}", tmp_path / name, template=template, as_at=DAY)
        hashes.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(hashes) == 1


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>T</title><style>%s</style></head>
<body><h1>Title</h1>%s</body></html>"""


INNER = (
    '<img alt="x" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E'
    '%3Cimage href=%22file:///etc/passwd%22/%3E%3C/svg%3E">'
)


@pytest.mark.parametrize(
    ("css", "body", "told"),
    [
        ("", '<img src="file:///etc/passwd" alt="x">', "file:///etc/passwd"),
        ("", '<img src="http://example.invalid/x.png" alt="x">', "http://example.invalid"),
        ("", '<img src="../secret.svg" alt="x">', "secret.svg"),
        ("", '<img src="gone.svg" alt="x">', "gone.svg"),
        ("@import url(http://example.invalid/x.css);", "", "http://example.invalid"),
        ("p{background:url(file:///etc/passwd)}", "<p>x</p>", "file:///etc/passwd"),
        ("", '<img src="data:image/svg+xml,broken" alt="x">', "would not be what"),
        ("p{colour:red}", "<p>x</p>", "colour"),
        ("", INNER, "file:///etc/passwd"),
    ],
)
def test_nothing_is_fetched_and_nothing_lost_in_silence(
    template: Path, tmp_path: Path, css: str, body: str, told: str
) -> None:
    with pytest.raises(ReportError, match="(?s)" + told.replace(".", r"\.")):
        write_pdf(PAGE % (css, body), b"{}", tmp_path / "x.pdf", template=template, as_at=DAY)
    assert list(tmp_path.iterdir()) == []


def test_files_of_the_template_are_found(template: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(template, tmp_path / "own"))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9"/></svg>'
    (own / "logo.svg").write_text(svg, encoding="utf-8")
    page = PAGE % ("", '<img src="logo.svg?v=1" alt="A black square">')
    write_pdf(page, b"{}", tmp_path / "x.pdf", template=own, as_at=DAY)
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_characters_without_a_glyph_are_refused(template: Path, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"U\+2603, U\+1F600") as error:
        write_pdf(
            PAGE % ("", "☃ &#x1F600;"), b"{}", tmp_path / "x.pdf", template=template, as_at=DAY
        )
    assert "fonts that have them" in error.value.hint


def test_missing_system_libraries_say_what_to_install(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def lacking(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".")[0] == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(MissingLibraryError, match="libpango") as error:
        write_pdf(PAGE % ("", ""), b"{}", tmp_path / "x.pdf", template=template, as_at=DAY)
    for word in ("libpangoft2-1.0-0", "libharfbuzz-subset0", "brew install pango", "MSYS2"):
        assert word in error.value.hint
    assert error.value.exit_code == 14


def test_the_process_is_left_as_it_was(
    pages: dict[str, str], template: Path, tmp_path: Path
) -> None:
    logger = logging.getLogger("weasyprint")
    before = (gc.get_threshold(), list(logger.handlers), logger.level)
    told: list[str] = []
    write_pdf(
        pages["sparse"],
        b"{}",
        tmp_path / "x.pdf",
        template=template,
        as_at=DAY,
        progress=told.append,
    )
    assert (gc.get_threshold(), list(logger.handlers), logger.level) == before
    assert told[0] == "Laying out the report"
    assert told[1].startswith("Writing the PDF, ")

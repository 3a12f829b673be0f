"""A council's look: what is refused and why, and that every document takes it."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from docx.shared import Mm
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image
from verapdf import verdicts

from selfassess.errors import EvidenceError, ReportError
from selfassess.loading.template import Template
from selfassess.report import render_html
from selfassess.report.brand import branded
from selfassess.report.faces import NEEDED
from selfassess.report.html import repertoire_of
from selfassess.report.lint import lint
from selfassess.report.output import render
from selfassess.workspace import Workspace, load_workspace
from selfassess.workspace.brand import read_brand, template_of

Make = Callable[[str], dict[str, Any]]
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def font(
    characters: frozenset[int] = NEEDED, rights: int = 0, outlines: str = "quadratic"
) -> bytes:
    """A face whose every letter is a triangle, as TTF (quadratic) or OTF (cubic)."""
    names = [".notdef", *(f"u{code:04x}" for code in sorted(characters))]
    cubic = outlines == "cubic"
    pen: Any = T2CharStringPen(500, None) if cubic else TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((250, 700))
    pen.lineTo((500, 0))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=not cubic)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: f"u{code:04x}" for code in characters})
    if cubic:
        letters = dict.fromkeys(names, pen.getCharString())
        builder.setupCFF("Triangles", {"FullName": "Triangles"}, letters, {})
    else:
        builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Triangles", "styleName": "Regular"})
    builder.setupOS2(fsType=rights)
    builder.setupPost()
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[..., Workspace]:
    """A workspace with these lines below `report:` and these files."""

    def make(lines: str, **files: bytes) -> Workspace:
        root = tmp_path / "work"
        root.mkdir(exist_ok=True)
        head = "schema: selfassess/workspace@1\ncouncil: {name: Northmere}\nframework: x\n"
        (root / "selfassess.yaml").write_text(f"{head}report:\n{lines}\n", encoding="utf-8")
        for name, content in files.items():
            (root / name.replace("_", ".")).write_bytes(content)
        return load_workspace(root)

    return make


def faults(workspace: Workspace) -> str:
    with pytest.raises(EvidenceError) as caught:
        read_brand(workspace)
    return str(caught.value)


def test_without_a_look_there_is_none(workspace: Callable[..., Workspace]) -> None:
    assert read_brand(workspace("  template: default")) is None


def test_a_pale_accent_is_refused_with_the_shade_that_passes(
    workspace: Callable[..., Workspace],
) -> None:
    told = faults(workspace('  colours: {accent: "#ff0000"}'))
    assert "selfassess.yaml:5:" in told
    assert "4.00 to 1" in told  # 1.05 / 0.2626, by hand
    assert "4.5 to 1" in told
    assert "#ee0000" in told  # the lightest red of which 1.05 / (L + .05) is 4.5 or more


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("  colours: {accent: red}", "no colour"),
        ('  colours: {accent: "#12436d", pale: "#345678"}', "words"),
        ('  colours: {accent: "#767676", pale: "#b0b0b0"}', "told apart"),
        ("  logo: ../logo.svg", "leads out"),
        ("  logo: /etc/passwd", "leads out"),
        ("  logo: C:\\logo.svg", "leads out"),
        ("  logo: http://evil.invalid/logo.svg", "leads out"),
        ("  logo: nothing.svg", "no file"),
        ("  logo: selfassess.yaml", "neither SVG"),
        ("  fonts: {regular: selfassess.yaml, bold: selfassess.yaml}", "expected TTF or OTF"),
    ],
)
def test_what_cannot_be_used_is_named(
    workspace: Callable[..., Workspace], lines: str, said: str
) -> None:
    told = faults(workspace(lines))
    assert said in told
    assert "selfassess.yaml:5:" in told


def test_a_link_out_of_the_workspace_is_not_followed(
    workspace: Callable[..., Workspace], tmp_path: Path
) -> None:
    (tmp_path / "secret.svg").write_text(LOGO, encoding="utf-8")
    made = workspace("  logo: logo.svg")
    try:
        (made.root / "logo.svg").symlink_to(tmp_path / "secret.svg")
    except OSError:
        return  # a system on which links take a right of their own
    assert "leads out" in faults(made)


def test_a_face_without_letters_or_rights_is_refused(
    workspace: Callable[..., Workspace],
) -> None:
    lines = "  fonts: {regular: a.ttf, bold: b.ttf}"
    told = faults(workspace(lines, a_ttf=font(NEEDED - {ord("£")}), b_ttf=font(rights=2)))
    assert "lacks 1 characters that every report needs: £." in told
    assert "does not allow that it is embedded in documents (fsType 2)" in told


def test_letters_come_from_the_council_s_face_and_shapes_from_the_template_s(
    workspace: Callable[..., Workspace], template: Path
) -> None:
    face = font(NEEDED | {0x0416})
    brand = read_brand(workspace("  fonts: {regular: a.ttf, bold: a.ttf}", a_ttf=face))
    found = repertoire_of(branded(template, brand))
    assert found.clean("Ж ● 漢") == "Ж ● □"
    assert repertoire_of(template).clean("Ж") == "□"


@pytest.mark.parametrize("document", ["report", "overview", "enquiry"])
def test_every_document_takes_the_look(
    workspace: Callable[..., Workspace], template: Path, assessment: Make, document: str
) -> None:
    made = workspace('  logo: logo.svg\n  colours: {accent: "#7A1F4B"}', logo_svg=LOGO.encode())
    folder = branded(template, read_brand(made))
    html = render_html(assessment("rich"), folder, document=document)
    assert lint(html) == []
    assert 'alt="Northmere"' in html
    assert html.rindex("--accent: #7a1f4b") > html.index("--accent: #12436d")
    assert "%2312436d" not in html  # no drawing in the template's own colour


def test_a_branded_pdf_embeds_the_council_s_face(
    workspace: Callable[..., Workspace], template: Path, assessment: Make, tmp_path: Path
) -> None:
    made = workspace("  fonts: {regular: a.ttf, bold: a.ttf}", a_ttf=font())
    source = tmp_path / "a.json"
    source.write_text(json.dumps(assessment("sparse")), encoding="utf-8")
    folder = branded(template, read_brand(made))
    render(source, tmp_path, ["overview"], {"default": folder})
    with pikepdf.open(tmp_path / "overview.pdf") as pdf:
        fonts = {
            str(item.BaseFont).split("+")[-1]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        }
    assert "Council-Sans" in fonts
    assert source.read_text(encoding="utf-8") == json.dumps(assessment("sparse"))


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_word_shows_the_logo_in_its_size(
    workspace: Callable[..., Workspace],
    template: Path,
    assessment: Make,
    tmp_path: Path,
    kind: str,
) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (100, 300), "#7a1f4b").save(stream, format="PNG")
    content = LOGO.encode() if kind == "svg" else stream.getvalue()
    made = workspace("  logo: logo.any\n  logo_alt: Our mark", logo_any=content)
    source = tmp_path / "a.json"
    source.write_text(json.dumps(assessment("sparse")), encoding="utf-8")
    render(source, tmp_path, ["docx"], {"default": branded(template, read_brand(made))})
    shapes = docx.Document(str(tmp_path / "report.docx")).inline_shapes
    assert shapes[0]._inline.docPr.get("descr") == "Our mark"
    assert shapes[0].height <= Mm(18)
    assert shapes[0].width == shapes[0].height // (1 if kind == "svg" else 3)


def test_a_look_of_any_make_keeps_the_pdf_archivable(
    workspace: Callable[..., Workspace], template: Path, assessment: Make, tmp_path: Path
) -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (30, 9), (120, 30, 70, 128)).save(stream, format="PNG")
    lines = "  logo: l.png\n  fonts: {regular: a.otf, bold: b.ttf}"
    made = workspace(lines, l_png=stream.getvalue(), a_otf=font(outlines="cubic"), b_ttf=font())
    source = tmp_path / "a.json"
    source.write_text(json.dumps(assessment("sparse")), encoding="utf-8")
    folder = branded(template, read_brand(made))
    render(source, tmp_path, ["overview"], {"default": folder})
    for verdict in verdicts([tmp_path / "overview.pdf"]):
        assert verdict["compliant"], verdict


def test_an_unknown_template_names_the_nearest(workspace: Callable[..., Workspace]) -> None:
    known: Any = {"default": None, "scrutiny": None}
    with pytest.raises(EvidenceError, match="scrutiny"):
        template_of(workspace("  template: scrutny"), known)
    with pytest.raises(ReportError, match="scrutiny"):
        template_of(workspace("  template: default"), known, "scrutny")


def test_a_template_overrides_one_block_of_the_one_it_extends(
    template: Path, assessment: Make, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "report.html.j2").write_text(
        '{% extends "default/report.html.j2" %}\n'
        '{% block plan %}<section class="plan"><h2 id="plan" data-running="P">Ours</h2>'
        "<p>{{ report.cover.council }} plans.</p></section>{% endblock %}\n",
        encoding="utf-8",
    )
    folder = Template((("own", own), ("default", template)))
    html, plain = render_html(assessment("rich"), folder), render_html(assessment("rich"), template)
    assert "Northmere Council plans." in html
    assert "Northmere Council plans." not in plain
    assert html.count('<section class="chapter">') == plain.count('<section class="chapter">') > 0
    assert lint(html) == []


def test_a_partial_is_found_in_the_uppermost_folder(template: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(template / "fonts", own / "fonts")
    (own / "_gaps.html.j2").write_text("ours", encoding="utf-8")
    folder = Template((("own", own), ("default", template)))
    assert folder.joinpath("_gaps.html.j2").read_text(encoding="utf-8") == "ours"
    assert folder.joinpath("default/_gaps.html.j2").read_text(encoding="utf-8") != "ours"
    names = [entry.name for entry in folder.joinpath("fonts").iterdir()]
    assert sorted(names) == sorted(entry.name for entry in (template / "fonts").iterdir())

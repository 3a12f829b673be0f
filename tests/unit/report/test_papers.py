"""The documents beside the report: two pages, a page for each sheet, accessible, complete."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from verapdf import verdicts

from selfassess.report import render_html
from selfassess.report.lint import lint
from selfassess.report.output import render

from .conftest import ASSESSMENTS

Make = Callable[[str], dict[str, Any]]
NAMES = [*ASSESSMENTS.ALL, "crowded"]


def make(name: str) -> dict[str, Any]:
    found: dict[str, Any] = getattr(ASSESSMENTS, name)()
    return found


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, template: Path) -> dict[str, Path]:
    made = {}
    for name in NAMES:
        folder = tmp_path_factory.mktemp(f"papers-{name}")
        (folder / "a.json").write_text(json.dumps(make(name)), encoding="utf-8")
        formats = ["overview"] if name == "crowded" else ["overview", "enquiry"]
        render(folder / "a.json", folder, formats, {"default": template})
        made[name] = folder
    return made


@pytest.mark.parametrize("name", NAMES)
def test_the_overview_has_two_pages_whatever_the_council(
    papers: dict[str, Path], name: str
) -> None:
    with pikepdf.open(papers[name] / "overview.pdf") as pdf:
        assert len(pdf.pages) == 2


def test_both_documents_are_accessible_and_archivable(papers: dict[str, Path]) -> None:
    files = [
        papers[name] / f"{paper}.pdf"
        for name in ("rich", "hostile", "sparse")
        for paper in ("overview", "enquiry")
    ]
    found = verdicts(files)
    assert len(found) == 2 * len(files)
    for verdict in found:
        assert verdict["compliant"], verdict


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("document", ["overview", "enquiry"])
def test_the_page_is_sound(name: str, document: str, template: Path) -> None:
    html = render_html(make(name), template, document=document)
    assert lint(html) == []
    assert "<script" not in html
    # The text may be cut in the middle of what it hoped to have worked out.
    assert "{{" not in html.replace("{{ 7*7 }}", "").replace("{{ … [shortened]", "")


@pytest.mark.parametrize("document", ["overview", "enquiry"])
def test_every_number_leads_to_where_it_comes_from(document: str, template: Path) -> None:
    html = render_html(make("rich"), template, document=document)
    targets = re.findall(r'<a href="#((?:evidence|entry)-\d+)">', html)
    assert targets
    for target in targets:
        assert f'id="{target}"' in html


def test_the_overview_shortens_step_by_step(template: Path) -> None:
    long = [
        len(render_html(make("crowded"), template, document="overview", tightness=step))
        for step in range(7)
    ]
    assert long[-1] < long[2] < long[0]


def test_a_sheet_is_one_page(papers: dict[str, Path], template: Path) -> None:
    sheets = render_html(make("rich"), template, document="enquiry").count('class="enquiry"')
    assert sheets > 1
    # The head of a sheet's table is repeated on every page that it needs.
    with pdfplumber.open(papers["rich"] / "enquiry.pdf") as pdf:
        heads = [page.extract_text().count("Doubt and what prompts it") for page in pdf.pages]
    assert sum(heads) == sheets
    assert max(heads) == 1


def test_a_template_without_an_overview_uses_the_default_one(
    tmp_path: Path, template: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "report.html.j2").write_text("<p>mine</p>", encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps(make("sparse")), encoding="utf-8")
    (made,) = render(
        tmp_path / "a.json",
        tmp_path / "out",
        ["overview"],
        {"default": template, "own": own},
        template="own",
    )
    assert made.name == "overview.pdf"
    assert made.read_bytes().startswith(b"%PDF-")


def test_the_same_assessment_gives_the_same_overview(tmp_path: Path, template: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(make("rich")), encoding="utf-8")
    made = [
        render(tmp_path / "a.json", tmp_path / name, ["overview"], {"default": template})[0]
        for name in ("one", "two")
    ]
    assert made[0].read_bytes() == made[1].read_bytes()

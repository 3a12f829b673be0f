from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from selfassess.errors import ReportError
from selfassess.report import render_html
from selfassess.report.html import locate, repertoire_of
from selfassess.report.lint import lint

Make = Callable[[str], dict[str, Any]]
CASES = ["hostile", "narrative", "rich", "sparse"]


@pytest.fixture
def own(template: Path, tmp_path: Path) -> Path:
    """A copy of the template to change."""
    return Path(shutil.copytree(template, tmp_path / "own"))


def section(page: str, heading: str) -> str:
    """The text of a page from a heading to the next of its level."""
    start = page.index(f'id="{heading}"')
    end = page.find("<h2", start)
    text = re.sub(r"<[^>]+>", " ", page[page.index(">", start) + 1 : end])
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[ \t]+", " ", text)).strip()


@pytest.mark.parametrize("name", CASES)
def test_pages_pass_the_linter(pages: dict[str, str], name: str) -> None:
    assert lint(pages[name]) == []


@pytest.mark.parametrize("name", CASES)
def test_pages_hold_everything_they_need(pages: dict[str, str], name: str) -> None:
    page = pages[name]
    for found in re.findall(r"""(?:src|href)=["']([^"']*)""", page):
        assert found.startswith(("data:", "#"))
    for found in re.findall(r"url\(([^)]{0,30})", page):
        assert found.strip("\"'").startswith("data:")
    assert page.count("font/ttf;base64") == 4


@pytest.mark.parametrize("name", CASES)
def test_pages_are_the_same_every_time(
    pages: dict[str, str], assessment: Make, template: Path, name: str
) -> None:
    assert render_html(assessment(name), template) == pages[name]


@pytest.mark.parametrize("name", ["rich", "sparse"])
def test_the_summary_reads_well(
    pages: dict[str, str], name: str, snapshot: SnapshotAssertion
) -> None:
    assert section(pages[name], "summary") == snapshot


def test_hostile_texts_are_printed_and_do_nothing(pages: dict[str, str]) -> None:
    page = pages["hostile"]
    assert "<script" not in page
    assert "onclick=" not in re.sub(r"&lt;.*?&gt;", "", page)
    assert page.count("<img ") == pages["rich"].count("<img ")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} {% raw %}" in page
    assert ">49<" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "[grinning face]" in page
    assert "characters of the source texts cannot be printed" in page


def test_long_texts_are_cut_and_said(pages: dict[str, str]) -> None:
    assert "W" * 1_600 not in pages["hostile"]
    assert "[shortened]" in pages["hostile"]
    assert len(pages["hostile"]) < 2 * len(pages["rich"]) + 500_000


def test_a_narrative_page_prints_no_grade_ceiling_or_claim(pages: dict[str, str]) -> None:
    body = re.sub(r"<style>.*?</style>", "", pages["narrative"], flags=re.S).lower()
    for word in ("grade", "ceiling", "claim"):
        assert not re.search(rf"\b{word}", body)


def test_no_meaning_rests_on_colour(pages: dict[str, str]) -> None:
    for tag in re.findall(r'<span class="tag [^>]*>(.*?)</span> ([^<]*)</span>', pages["rich"]):
        shape, word = tag
        assert shape.strip()
        assert word.strip()


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        lin = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_text_stands_out_from_its_ground(template: Path) -> None:
    css = (template / "report.css").read_text(encoding="utf-8")
    checked = 0
    for rule in re.findall(r"\{([^{}]*)\}", css):
        text = re.search(r"(?<![-\w])color:\s*(#[0-9a-f]{6})", rule)
        ground = re.search(r"background:\s*(#[0-9a-f]{6})", rule)
        if text:
            checked += 1
            assert _contrast(text[1], ground[1] if ground else "#ffffff") >= 4.5
    assert checked > 8


def test_tags_differ_in_greyscale(template: Path) -> None:
    css = (template / "report.css").read_text(encoding="utf-8")
    grounds = ["#ffffff", *re.findall(r"\.tag-\w+ \{[^}]*background: (#[0-9a-f]{6})", css)]
    for lighter, darker in pairwise(grounds):
        assert _contrast(lighter, darker) > 1.1


def test_an_unknown_field_is_an_error(own: Path, assessment: Make) -> None:
    (own / "_gaps.html.j2").write_text("{{ report.gasp }}", encoding="utf-8")
    with pytest.raises(ReportError, match="gasp") as error:
        render_html(assessment("sparse"), own)
    assert "report-context.md" in error.value.hint


def test_an_unknown_field_has_its_line_and_the_nearest(own: Path, assessment: Make) -> None:
    text = "fine\n{% for each in report.gaps %}x{% endfor %}\n{{ report.plann }}"
    (own / "_gaps.html.j2").write_text(text, encoding="utf-8")
    with pytest.raises(ReportError) as error:
        render_html(assessment("sparse"), own)
    assert error.value.message == "_gaps.html.j2:3: ReportContext has no field 'plann'."
    assert error.value.hint.startswith("Did you mean 'plan'?")
    (own / "_gaps.html.j2").write_text("{{ reprot.plan }}", encoding="utf-8")
    with pytest.raises(ReportError) as error:
        render_html(assessment("sparse"), own)
    assert error.value.message == "_gaps.html.j2:1: nothing is called 'reprot' here."


def test_a_block_that_no_page_above_has_is_a_fault(
    template: Path, tmp_path: Path, assessment: Make
) -> None:
    """It would be passed over in silence, and the author would look for it in the report."""
    from selfassess.loading.template import Layers

    own = tmp_path / "own"
    own.mkdir()
    page = '{% extends "default/report.html.j2" %}\n{% block plan %}{% block ours %}x{% endblock %}'
    (own / "report.html.j2").write_text(page + "{% endblock %}", encoding="utf-8")
    (tmp_path / "base").mkdir()
    shutil.copytree(template, tmp_path / "base" / "default")
    layers = Layers((own, template, tmp_path / "base"))
    assert render_html(assessment("sparse"), layers)
    wrong = page.replace("block plan", "block plann") + "{% endblock %}"
    (own / "report.html.j2").write_text(wrong, encoding="utf-8")
    with pytest.raises(ReportError) as error:
        render_html(assessment("sparse"), layers)
    (problem,) = error.value.problems
    assert problem.where == "report.html.j2:2"
    assert problem.hint == "Did you mean 'plan'?"


def test_a_fault_in_a_template_is_placed(own: Path, assessment: Make) -> None:
    (own / "_gaps.html.j2").write_text("fine\n{% if %}", encoding="utf-8")
    with pytest.raises(ReportError, match=r"_gaps\.html\.j2:2"):
        render_html(assessment("sparse"), own)


def test_a_missing_partial_is_named(own: Path, assessment: Make) -> None:
    (own / "_gaps.html.j2").unlink()
    with pytest.raises(ReportError, match=r"_gaps\.html\.j2"):
        render_html(assessment("sparse"), own)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ report.__class__.__mro__ }}",
        "{{ stylesheet.__globals__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{% include '../secret.txt' %}",
        "{{ asset('../secret.txt') }}",
        "{{ asset('/etc/passwd') }}",
        "{{ stylesheet('..\\\\secret.txt') }}",
    ],
)
def test_a_template_cannot_leave_its_folder_or_its_sandbox(
    own: Path, assessment: Make, attack: str
) -> None:
    (own.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (own / "_gaps.html.j2").write_text(attack, encoding="utf-8")
    with pytest.raises(ReportError):
        render_html(assessment("sparse"), own)


def test_a_stylesheet_cannot_close_its_element(own: Path, assessment: Make) -> None:
    (own / "report.css").write_text("a{}</style><script>", encoding="utf-8")
    with pytest.raises(ReportError, match="may not contain"):
        render_html(assessment("sparse"), own)


def test_a_template_without_fonts_is_refused(own: Path, assessment: Make) -> None:
    shutil.rmtree(own / "fonts")
    with pytest.raises(ReportError, match="no font"):
        render_html(assessment("sparse"), own)


@pytest.mark.parametrize(
    "name", ["", "..", "a/../b", "/report.css", "C:/x", "fonts", "nothing.css"]
)
def test_only_files_of_the_folder_are_located(template: Path, name: str) -> None:
    assert locate(template, name) is None


def test_the_fonts_print_welsh_and_every_shape(template: Path) -> None:
    assert (
        repertoire_of(template).missing("Dŵr Ŷ ŷ ẁ ẃ – — ‘’ “” … £ € ≥ ≤ → ✓ ✗ ◆●▲▼■○□ × ÷ − ½")
        == []
    )

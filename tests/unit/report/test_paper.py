"""The committee's paper: four pages on any council, the same care, and no verdict in a copy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from verapdf import verdicts

from selfassess.disclosure import disclose
from selfassess.loading.template import Template
from selfassess.report import render_html
from selfassess.report.lint import lint
from selfassess.report.output import render
from selfassess.report.paper.context import TIGHTEST
from selfassess.report.paper.parts import chosen

from .conftest import ASSESSMENTS

Make = Callable[[str], dict[str, Any]]
NAMES = [*ASSESSMENTS.ALL, "crowded"]


@pytest.fixture(scope="session")
def scrutiny(template: Path) -> Template:
    layers = (("scrutiny", template.parent / "scrutiny"), ("default", template))
    return Template(layers, "paper", 4)


def make(name: str) -> dict[str, Any]:
    found: dict[str, Any] = getattr(ASSESSMENTS, name)()
    return found


@pytest.fixture(scope="module")
def papers(
    tmp_path_factory: pytest.TempPathFactory, template: Path, scrutiny: Template
) -> dict[str, Path]:
    made = {}
    templates = {"default": template, "scrutiny": scrutiny}
    for name in NAMES:
        folder = tmp_path_factory.mktemp(f"paper-{name}")
        (folder / "a.json").write_text(json.dumps(make(name)), encoding="utf-8")
        render(folder / "a.json", folder, ["pdf"], templates, template="scrutiny")
        made[name] = folder / "report.pdf"
    return made


@pytest.mark.parametrize("name", NAMES)
def test_it_has_four_pages_at_most(papers: dict[str, Path], name: str) -> None:
    with pikepdf.open(papers[name]) as pdf:
        assert 1 <= len(pdf.pages) <= 4


def test_it_is_accessible_and_archivable(papers: dict[str, Path]) -> None:
    for verdict in verdicts(papers[name] for name in ("rich", "hostile", "sparse")):
        assert verdict["compliant"], verdict


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("step", [0, TIGHTEST])
def test_the_page_is_sound(name: str, step: int, scrutiny: Template) -> None:
    html = render_html(make(name), scrutiny, tightness=step)
    assert lint(html) == []
    for target in re.findall(r'<a href="#([^"]+)">', html):
        assert f'id="{target}"' in html


def test_it_holds_what_a_committee_asks_for(scrutiny: Template) -> None:
    html = render_html(make("rich"), scrutiny)
    wanted = ("purpose", "standings", "reasons", "voices", "figures", "plan", "risks", "limits")
    assert re.findall(r'<h2 id="([a-z]+)"', html) == list(wanted)


@pytest.mark.parametrize("audience", ["partner", "public"])
def test_a_copy_says_no_verdict(audience: str, scrutiny: Template) -> None:
    own = make("rich")
    html = render_html(disclose(own, audience), scrutiny)
    assert lint(html) == []
    body = html[html.index("<body") :]
    assert "leaves standing" not in body
    assert "Confidence" not in body
    assert "nothing here refutes" not in body
    assert "dcterms.identifier" not in html
    for entry in own["register"]:
        if not entry.get("public") and not entry.get(audience):
            assert entry["text"] not in html


def test_steps_say_less_and_less(scrutiny: Template) -> None:
    sizes = [
        len(
            re.sub(
                r"(?s)<style>.*?</style>", "", render_html(make("crowded"), scrutiny, tightness=n)
            )
        )
        for n in range(TIGHTEST + 1)
    ]
    assert sizes == sorted(sizes, reverse=True)


def test_figures_are_in_turn_the_worst_and_those_compared() -> None:
    def figure(key: str, signal: str, *, england: float | None = None) -> dict[str, Any]:
        beside = [{"kind": "england", "value": england}] if england is not None else []
        return {"id": key, "signal": signal, "comparators": beside}

    found = [
        figure("fine", "strong", england=1.0),
        figure("near", "attention", england=2.0),
        figure("bad", "critical"),
        figure("poor", "concern"),
        figure("mild", "attention"),
    ]
    order = [each["id"] for each in chosen(found, lambda one: one)]
    assert order == ["bad", "near", "poor", "fine", "mild"]

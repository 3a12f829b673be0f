"""What a framework's own rules make of leaders' claims reaches the assessment and the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.errors import EvidenceError
from selfassess.report.html import render_html
from selfassess.toolkit import Toolkit
from selfassess.workspace import load_workspace


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return Toolkit.load(cache=False)


def workspace(folder: Path, framework: str, edition: str, claims: dict[str, str]) -> Path:
    (folder / "evidence").mkdir()
    (folder / "selfassess.yaml").write_text(
        "schema: selfassess/workspace@1\ncouncil: {name: Testshire}\n"
        f'framework: {framework}\nedition: "{edition}"\nas_at: 2026-06-30\n',
        encoding="utf-8",
    )
    (folder / "evidence" / "register.yaml").write_text(
        "schema: selfassess/register@1\nentries:\n  - {id: a, topic: voice, direction: strength, "
        "voice: child, text: Heard., date: 2026-06-01}\n",
        encoding="utf-8",
    )
    lines = "".join(f"  {node}: {{grade: {grade}}}\n" for node, grade in claims.items())
    (folder / "self-evaluation.yaml").write_text(
        f"schema: selfassess/self-evaluation@1\nframework: {framework}@{edition}\n"
        f"judgements:\n{lines}",
        encoding="utf-8",
    )
    return folder


def test_a_hard_limiter_holds_on_claims_and_never_on_a_ceiling(toolkit, tmp_path) -> None:
    claims = {
        "overall": "good",
        "helped-and-protected": "inadequate",
        "leaders-and-managers": "good",
    }
    folder = workspace(tmp_path, "ofsted-sccif-childrens-homes", "2024", claims)
    result = toolkit.assess(load_workspace(folder)).as_dict()
    total = next(item for item in result["totals"] if item["node"] == "overall")
    assert total["limited_by"] == ["safety-inadequate"]
    assert total["grade"] == "inadequate"
    assert all(judgement["ceiling"] is None for judgement in result["judgements"])
    page = render_html(result, toolkit.library.templates["default"])
    assert "own rules on the grades that leaders claim" in page


def test_no_claim_no_total(toolkit, tmp_path) -> None:
    folder = workspace(tmp_path, "ofsted-sccif-childrens-homes", "2024", {})
    (folder / "self-evaluation.yaml").unlink()
    assert toolkit.assess(load_workspace(folder)).as_dict()["totals"] == []


def test_reviewed_cases_give_a_share_that_is_looked_up_in_the_bands(toolkit, tmp_path) -> None:
    folder = workspace(tmp_path, "hmip-youth-justice", "2018", {"court-delivery": "good"})
    page = folder / "self-evaluation.yaml"
    counts = "cases:\n  court-assessment: {sufficient: 13, insufficient: 6, unknown: 1}\n"
    page.write_text(page.read_text(encoding="utf-8") + counts, encoding="utf-8")
    result = toolkit.assess(load_workspace(folder)).as_dict()
    total = next(item for item in result["totals"] if item["node"] == "court-assessment")
    # What cannot be told is neither good enough nor not: 13 of 19 is 68.4%, from 65 on it is good.
    assert (total["value"], total["grade"]) == (pytest.approx(100 * 13 / 19), "good")

    page.write_text(page.read_text(encoding="utf-8").replace("court-ass", "cort-ass"), "utf-8")
    with pytest.raises(EvidenceError, match=r"(?s)self-evaluation\.yaml:6:3.*'court-assessment'"):
        toolkit.assess(load_workspace(folder))

"""``comparators`` on the command line; comparators beside readings, and bands that never move."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from command_line import selfassess

ROOT = Path(__file__).parents[2]
HEADER = (
    "year_end,level,la_code,old_la_code,la_name,region,indicator_id,"
    "value,numerator,denominator,status,source_id,flag"
)


def council(folder: Path, code: str | None) -> Path:
    """A workspace with two published figures: one whole, one part."""
    (folder / "evidence").mkdir(parents=True)
    named = f"{{name: Exampleshire, code: {code}}}" if code else "{name: Exampleshire}"
    (folder / "selfassess.yaml").write_text(
        f"schema: selfassess/workspace@1\ncouncil: {named}\nframework: ofsted-ilacs\n"
        'edition: "2026-04"\nas_at: 2026-03-31\n',
        encoding="utf-8",
    )
    (folder / "evidence" / "readings.csv").write_text(
        "measure,value,unit,numerator,denominator,where,from,to,source\n"
        "caseloads.agency-rate,19,percent,19,100,,,2026-03-31,Board paper\n"
        "thresholds.re-referral-12m,19,percent,19,100,team=north,2025-04-01,2026-03-31,Paper\n"
        "timeliness.assessment-45wd,80,percent,80,100,,2025-04-01,2026-03-31,Board paper\n",
        encoding="utf-8",
    )
    return folder


def assessed(folder: Path) -> dict[str, Any]:
    done = selfassess("run", folder, "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(
        (folder / "out" / "assessment.json").read_text(encoding="utf-8")
    )
    schema = json.loads(
        (ROOT / "selfassess" / "assessment.schema.json").read_text(encoding="utf-8")
    )
    jsonschema.Draft202012Validator(schema).validate(found)
    return found


def without_comparators(assessment: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in assessment.items() if k not in ("comparators", "council")}
    kept["readings"] = [
        {k: v for k, v in reading.items() if k not in ("comparators", "twin")}
        for reading in assessment["readings"]
    ]
    return kept


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return council(tmp_path_factory.mktemp("known") / "a council", "E06000001")


def test_a_whole_is_compared_and_parts_and_due_work_are_not(known: Path) -> None:
    readings = {item["id"]: item for item in assessed(known)["readings"]}
    kinds = [item["kind"] for item in readings["caseloads.agency-rate"]["comparators"]]
    assert kinds == ["england", "region", "neighbours", "own-trend", "good-or-better"]
    assert readings["thresholds.re-referral-12m[team=north]"]["comparators"] == []
    assert readings["timeliness.assessment-45wd"]["comparators"] == []


def test_bands_signals_and_judgements_are_the_same_with_and_without_comparators(
    known: Path, tmp_path: Path
) -> None:
    plain = assessed(council(tmp_path / "plain", None))
    assert plain["comparators"]["council"] is None
    assert "no council code" in plain["comparators"]["note"]
    assert all(item["comparators"] == [] for item in plain["readings"])
    assert without_comparators(plain) == without_comparators(assessed(known))


def test_england_alone_is_for_whoever_asks(known: Path, tmp_path: Path) -> None:
    """An invented or merged council borrows nobody's code: no figure but England's is shown."""
    folder = council(tmp_path / "plain", None)
    with (folder / "selfassess.yaml").open("a", encoding="utf-8") as file:
        file.write("comparators: england\n")
    found = assessed(folder)
    readings = {item["id"]: item for item in found["readings"]}
    beside = readings["caseloads.agency-rate"]["comparators"]
    assert [item["kind"] for item in beside] == ["england", "good-or-better"]
    local = {item["id"]: item for item in assessed(known)["readings"]}
    assert beside[0] == local["caseloads.agency-rate"]["comparators"][0]
    assert found["comparators"]["council"] is None
    assert "England's figures alone" in found["comparators"]["note"]
    assert without_comparators(found) == without_comparators(assessed(known))
    done = selfassess("run", folder, "--format", "html", cwd=folder)
    assert done.returncode == 0, done.stderr
    page = (folder / "out" / "report.html").read_text(encoding="utf-8")
    assert "Beside published figures" in page
    assert "Statistical neighbours" not in page
    assert "Open Government Licence" in page


def test_an_unknown_code_runs_and_is_said(tmp_path: Path) -> None:
    found = assessed(council(tmp_path / "x", "E99999999"))
    assert "'E99999999' is no council's code" in found["comparators"]["note"]


def test_an_import_moves_comparators_and_no_band(tmp_path: Path) -> None:
    folder = council(tmp_path / "x", "E06000001")
    before = assessed(folder)
    new = tmp_path / "release.csv"
    new.write_text(
        f"{HEADER}\n2025,national,E92000001,,England,,agency-rate,50,,,value,csww26,\n",
        encoding="utf-8",
    )
    done = selfassess("comparators", "import", new, "--dir", folder, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 rows of indicators" in done.stdout
    after = assessed(folder)
    england = [
        item["value"]
        for run in (before, after)
        for reading in run["readings"]
        for item in reading["comparators"]
        if reading["id"] == "caseloads.agency-rate" and item["kind"] in ("england",)
    ]
    assert england == [13, 50]
    assert without_comparators(before) == without_comparators(after)
    assert [item["path"] for item in after["comparators"]["imported"]] == [
        "comparators/release.csv"
    ]


def test_a_faulty_import_names_its_line_and_changes_nothing(tmp_path: Path) -> None:
    folder = council(tmp_path / "x", "E06000001")
    new = tmp_path / "release.csv"
    new.write_text(
        f"{HEADER}\n2025,national,E92000001,,England,,agency-rate,0,,,c,csww26,\n",
        encoding="utf-8",
    )
    done = selfassess("comparators", "import", new, "--dir", folder, cwd=tmp_path)
    assert done.returncode == 11
    assert "release.csv:2" in done.stderr
    assert not (folder / "comparators").exists()


def test_list_and_show(tmp_path: Path) -> None:
    listed = selfassess("comparators", "list", cwd=tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert "re-referral-12m" in listed.stdout
    assert "Open Government Licence" in listed.stdout
    shown = selfassess("comparators", "show", "agency-rate", "--council", "201", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "statistical neighbours" in shown.stdout
    assert "no grade follows from a figure" in shown.stdout
    wrong = selfassess("comparators", "show", "agency-rat", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "Did you mean 'agency-rate'?" in wrong.stderr

"""Data quality as a user meets it: a summary, a file, the rows; no child named elsewhere."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from command_line import selfassess

PLANS = """\
Child Unique ID,Date of Birth,Child Protection Plan Start Date,Date of the Last Statutory Visit,\
Date of latest review conference,Child Protection Plan End Date,Allocated Team,Allocated Worker
secret-1,01/02/2015,05/01/2026,20/03/2026,02/02/2026,,North,W One
secret-2,01/02/2015,05/01/2026,04/01/2026,,,North,W One
secret-3,01/02/2015,05/01/2026,20/03/2026,,,North,
secret-4,01/02/2015,05/01/2026,20/03/2026,,,North,W One
"""


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quality") / "council"
    done = selfassess("init", folder, "--council", "A", "--framework", "ofsted-ilacs")
    assert done.returncode == 0, done.stderr
    (folder / "evidence" / "list-7.csv").write_text(PLANS, encoding="utf-8", newline="\n")
    done = selfassess("run", folder, "--as-at", "2026-03-31", "--format", "html,json")
    assert done.returncode == 0, done.stderr
    return folder


def test_the_assessment_counts_faults_and_says_what_they_weaken(council: Path) -> None:
    assessment = json.loads((council / "out" / "assessment.json").read_text(encoding="utf-8"))
    found = {rule["id"]: rule for rule in assessment["quality"]}
    assert found["cp-no-worker"]["count"] == 1
    assert (found["cp-event-before-start"]["count"], found["cp-event-before-start"]["base"]) == (
        1,
        4,
    )
    assert found["cp-event-before-start"]["share"] == 0.25
    weakened = {
        each["measure"]: each["share"] for each in found["cp-event-before-start"]["weakens"]
    }
    assert weakened["timeliness.cp-visit"] == 0.25
    assert found["cp-not-on-list-6"]["status"] == "not-computable"


def test_quality_csv_has_a_line_a_rule(council: Path) -> None:
    text = (council / "out" / "quality.csv").read_text(encoding="utf-8-sig")
    lines = {line["rule"]: line for line in csv.DictReader(text.splitlines())}
    assert lines["cp-no-worker"]["count"] == "1"
    assert lines["cp-event-before-start"]["share"] == "0.25"
    assert "timeliness.cp-visit 25%" in lines["cp-event-before-start"]["weakens"]


def test_check_prints_the_summary_without_scoring(council: Path) -> None:
    done = selfassess("check", council)
    assert done.returncode == 0, done.stderr
    assert "broken" in done.stdout
    assert "1 of 4 rows (25%)" in done.stdout
    assert "secret" not in done.stdout


def test_rows_lists_the_rows_at_fault(council: Path) -> None:
    done = selfassess("rows", "--quality", "cp-no-worker", council)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()[1:]
    assert line.split("\t") == ["at fault", "evidence/list-7.csv", "list-7", "4", "secret-3"]


def test_an_unknown_rule_names_the_nearest(council: Path) -> None:
    done = selfassess("rows", "--quality", "cp-no-workers", council)
    assert done.returncode == 13
    assert "cp-no-worker" in done.stderr
    assert (
        selfassess("rows", "--quality", "cp-no-worker", council, "--where", "team=x").returncode
        == 2
    )


def test_no_child_is_named_in_what_is_written(council: Path) -> None:
    names = ("assessment.json", "ledger.csv", "quality.csv", "report.html")
    for name in names:
        assert "secret" not in (council / "out" / name).read_text(encoding="utf-8"), name


def test_the_report_shows_data_quality(council: Path) -> None:
    page = (council / "out" / "report.html").read_text(encoding="utf-8")
    assert '<h3 id="data-quality">' in page
    assert "Child on a protection plan without an allocated worker" in page

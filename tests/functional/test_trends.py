"""Trends as a user meets them: from rows, from assessments kept, in JSON and on the page."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import selfassess

PLANS = """\
Child Unique ID,Date of Birth,Child Protection Plan Start Date,Date of the Last Statutory Visit,\
Was the Child Seen Alone?,Date of latest review conference,Child Protection Plan End Date,\
Allocated Team,Allocated Worker
"""
REFERRALS = """\
Child Unique ID,Date of referral,Referral Source,Referral NFA?,Allocated Team,Allocated Worker
"""


def readings(folder: Path) -> dict[str, dict[str, Any]]:
    found = json.loads((folder / "out" / "assessment.json").read_text(encoding="utf-8"))
    return {each["id"]: each for each in found["readings"]}


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixteen months of twenty referrals; from August 2025 on twice as many end without action."""
    folder = tmp_path_factory.mktemp("trends") / "council"
    done = selfassess("init", folder, "--council", "A", "--framework", "ofsted-ilacs")
    assert done.returncode == 0, done.stderr
    lines = []
    for n in range(16):
        index = 2024 * 12 + 11 + n
        year, month = index // 12, index % 12 + 1
        closed = (2 if n % 2 else 3) if n < 8 else (6 if n % 2 else 7)
        for child in range(20):
            nfa = "Yes" if child < closed else "No"
            day = dt.date(year, month, child + 2)
            lines.append(f"secret-{n}-{child},{day:%d/%m/%Y},6: Police,{nfa},North,W One")
    evidence = folder / "evidence"
    text = REFERRALS + "\n".join(lines) + "\n"
    (evidence / "list-3.csv").write_text(text, encoding="utf-8", newline="\n")
    rows = [
        f"secret-{n},01/02/2015,05/01/2025,20/03/2026,Yes,02/01/2026,,North,W One"
        for n in range(12)
    ]
    text = PLANS + "\n".join(rows) + "\n"
    (evidence / "list-7.csv").write_text(text, encoding="utf-8", newline="\n")
    for day in ("2026-01-31", "2026-02-28"):
        done = selfassess("run", folder, "--as-at", day, "--format", "json", "--keep")
        assert done.returncode == 0, done.stderr
    done = selfassess("run", folder, "--as-at", "2026-03-31", "--format", "html,json")
    assert done.returncode == 0, done.stderr
    return folder


def test_a_change_in_the_rows_is_named_by_its_month(council: Path) -> None:
    trend = readings(council)["thresholds.referral-nfa"]["trend"]
    assert (trend["period"], trend["from"], len(trend["points"])) == ("month", "rows", 16)
    # 3 and 2 of 20 in turn, then 7 and 6: 15, 10 … and 35, 30. Mean (12.5 + 32.5) / 2.
    assert [point["value"] for point in trend["points"]] == [15, 10] * 4 + [35, 30] * 4
    assert trend["centre"] == 22.5
    # Fourteen steps of 5 and one of 25 from 10 to 35: 95 over 15 ranges.
    assert trend["upper"] == round(22.5 + 2.66 * 95 / 15, 6)
    shifts = [(r["side"], r["from"], r["to"]) for r in trend["rules"] if r["rule"] == "shift"]
    assert shifts == [("below", "2024-12", "2025-07"), ("above", "2025-08", "2026-03")]
    assert trend["text"] == (
        "Eight months running above the mean of 22.5%, from August 2025 to March 2026: something "
        "changed in August 2025."
    )


def test_kept_assessments_make_a_series(council: Path) -> None:
    trend = readings(council)["timeliness.cp-review"]["trend"]
    assert (trend["period"], trend["from"]) == ("run", "history")
    assert [point["label"] for point in trend["points"]] == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
    ]
    assert trend["centre"] is None
    assert "too few" in trend["text"]


def test_the_json_matches_its_schema(council: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    import selfassess

    schema = Path(selfassess.__file__).parent / "assessment.schema.json"
    jsonschema.validate(
        json.loads((council / "out" / "assessment.json").read_text(encoding="utf-8")),
        json.loads(schema.read_text(encoding="utf-8")),
    )


def test_the_page_holds_the_chart_and_the_appendix(council: Path) -> None:
    page = (council / "out" / "report.html").read_text(encoding="utf-8")
    assert "Over time" in page
    assert "Line chart of 16 months, December 2024 to March 2026." in page
    assert "Readings over time" in page
    assert "secret-" not in page


def test_judging_does_not_hear_of_it(council: Path) -> None:
    found = readings(council)["thresholds.referral-nfa"]
    assert (found["worsening"], found["new"], found["series"]) == (False, False, [])


def test_a_damaged_file_is_told_and_stops_nothing(council: Path) -> None:
    bad = council / "history" / "2025-12-31.json"
    bad.write_text('{\n "schema": "selfassess/assessment@1",\n "as_at" 3}', encoding="utf-8")
    try:
        done = selfassess("run", council, "--as-at", "2026-03-31", "--format", "json")
    finally:
        bad.unlink()
    assert done.returncode == 0, done.stderr
    assert "history/2025-12-31.json:3:10" in done.stdout + done.stderr

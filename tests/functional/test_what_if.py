"""What-if as a user meets it: before and after, who changes, and nothing written."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import selfassess

HEAD = (
    "Child Unique ID,CIN Start Date,Date Child Was Last Seen,CIN Closure Date,Case Status,"
    "Allocated Team,Allocated Worker\n"
)
AS_AT = "2026-03-31"


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """North: A holds 20, B 16, C 12 (half time). South: D holds 17. Limit for all: 18."""
    folder = tmp_path_factory.mktemp("what-if") / "council"
    done = selfassess("init", folder, "--council", "A", "--framework", "ofsted-ilacs")
    assert done.returncode == 0, done.stderr
    rows = []
    for worker, team, children in (
        ("A", "North", 20),
        ("B", "North", 16),
        ("C", "North", 12),
        ("D", "South", 17),
    ):
        for child in range(children):
            # Seen 5, 15 or 25 working days ago, a third each.
            seen = ("24/03/2026", "10/03/2026", "24/02/2026")[child % 3]
            rows.append(
                f"secret-{worker}{child},05/01/2026,{seen},,c) Child in need plan,{team},{worker}"
            )
    evidence = folder / "evidence"
    (evidence / "list-6.csv").write_text(
        HEAD + "\n".join(rows) + "\n", encoding="utf-8", newline="\n"
    )
    (evidence / "workers.csv").write_text(
        "worker,team,role,fte,start,agency\n"
        "A,North,Social worker,1,2020-01-01,no\n"
        "B,North,Social worker,1,2020-01-01,no\n"
        "C,North,Social worker,0.5,2020-01-01,no\n"
        "D,South,Social worker,1,2020-01-01,no\n",
        encoding="utf-8",
        newline="\n",
    )
    return folder


def asked(*arguments: str) -> dict[str, Any]:
    done = selfassess("what-if", *arguments, "--as-at", AS_AT, "--json")
    assert done.returncode == 0, done.stderr
    assert "secret" not in done.stdout
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_a_limit_by_role(council: Path) -> None:
    """Over 18 for each full-time equivalent: A (20) and C (24). Over 16: D (17) as well."""
    found = asked(
        "caseloads.over-limit",
        str(council),
        "--setting",
        "caseload-limit[role=social-worker]=16",
    )
    assert found["changes"] == [
        {"what": "caseload-limit[role=social-worker]", "before": "18", "after": "16"}
    ]
    before, after = found["before"], found["after"]
    assert (before["numerator"], before["denominator"]) == (2, 4)
    assert (after["numerator"], after["denominator"]) == (3, 4)
    assert (found["changed"], found["counted"]) == (1, "workers")
    assert found["moves"] == [{"before": "not counted", "after": "counted", "count": 1}]
    parts = {tuple(part["where"].items()): part["changed"] for part in found["parts"]}
    assert parts == {(("role", "social-worker"),): 1, (("team", "South"),): 1}


def test_a_clock_that_reads_a_setting(council: Path) -> None:
    """Seen within 20 working days: two thirds. Within 10: a third of each worker's children."""
    found = asked(
        "timeliness.cin-visit",
        str(council),
        "--setting",
        "visit-working-days[plan=cin]=10",
    )
    whole = 20 + 16 + 12 + 17
    late = sum(len(range(2, n, 3)) for n in (20, 16, 12, 17))
    later = sum(len(range(1, n, 3)) for n in (20, 16, 12, 17))
    assert (found["before"]["numerator"], found["before"]["denominator"]) == (whole - late, whole)
    assert found["after"]["numerator"] == whole - late - later
    assert (found["changed"], found["counted"]) == (later, "rows")
    assert found["before"]["signal"] == "concern"
    by_team = {part["where"]["team"]: part["changed"] for part in found["parts"]}
    assert sum(by_team.values()) == later
    assert by_team["South"] == len(range(1, 17, 3))


def test_a_literal_limit(tmp_path: Path) -> None:
    """Three assessments took 32, 42 and 52 working days: two within 45, one within 40."""
    head = (
        "Child Unique ID,Continuous Assessment Start Date,"
        "Child Seen During Continuous Assessment,Continuous Assessment Date of Authorisation,"
        "Allocated Team\n"
    )
    folder = tmp_path / "council"
    done = selfassess("init", folder, "--council", "A", "--framework", "ofsted-ilacs")
    assert done.returncode == 0, done.stderr
    ends = ("2026-02-12", "2026-02-26", "2026-03-12")
    assert [working_days("2025-12-29", end) for end in ends] == [32, 42, 52]
    rows = [f"secret-{i},2025-12-29,a) Yes,{end},North" for i, end in enumerate(ends)]
    (folder / "evidence" / "list-4.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    found = asked("timeliness.assessment-45wd", str(folder), "--limit", "40")
    assert found["changes"] == [
        {"what": "limit", "before": "45 working days", "after": "40 working days"}
    ]
    assert (found["before"]["numerator"], found["after"]["numerator"]) == (2, 1)
    assert found["moves"] == [{"before": "met", "after": "late", "count": 1}]


def working_days(start: str, end: str) -> int:
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    days = (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() < 5 and day != dt.date(2026, 1, 1) for day in days)


def test_nothing_is_written_and_no_child_is_named(council: Path) -> None:
    before = digest(council)
    done = selfassess(
        "what-if", "caseloads.over-limit", council, "--as-at", AS_AT,
        "--setting", "caseload-limit[role=social-worker]=16",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Nothing was written." in done.stdout
    assert "1 workers change." in done.stdout
    assert "team South" in done.stdout
    assert "secret" not in done.stdout + done.stderr
    assert digest(council) == before


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["caseloads.over-limit"], 2, "Nothing is changed"),
        (["caseloads.over-limit", "--setting", "caseload-limit"], 2, "write it as"),
        (["caseloads.over-limit", "--setting", "caseload-limt[role=asye]=1"], 2, "caseload-limit"),
        (
            ["caseloads.over-limit", "--setting", "caseload-limit[role=asy]=1"],
            2,
            "Did you mean 'caseload-limit[role=asye]'?",
        ),
        (["caseloads.over-limit", "--setting", "caseload-limit=1"], 2, "Valid: caseload-limit["),
        (
            ["caseloads.over-limit", "--setting", "caseload-limit[role=asye]=few"],
            2,
            "'few' is no number",
        ),
        (
            ["caseloads.over-limit", "--setting", "caseload-limit[role=asye]=inf"],
            2,
            "'inf' is no number",
        ),
        (
            ["timeliness.cin-visit", "--setting", "caseload-limit[role=asye]=1"],
            2,
            "timeliness.cin-visit reads: visit-working-days.",
        ),
        (["caseloads.unallocated", "--setting", "unallocated-workers=x"], 2, "list of patterns"),
        (["caseloads.over-limit", "--limit", "3"], 2, "has no clock"),
        (["timeliness.assessment-45wd", "--limit", "-1"], 2, "not below 0"),
        (["timeliness.icpc-15wd", "--limit", "10"], 2, "setting(conference-working-days)"),
        (["timeliness.assessment-45w", "--limit", "10"], 13, "timeliness.assessment-45wd"),
    ],
)
def test_bad_use_is_refused(council: Path, arguments: list[str], code: int, told: str) -> None:
    done = selfassess("what-if", arguments[0], council, *arguments[1:])
    assert done.returncode == code, done.stderr
    assert told in done.stderr

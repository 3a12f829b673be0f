"""The sample as a user meets it: the right children and reasons, and in no other file."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from command_line import selfassess
from openpyxl import Workbook, load_workbook

from selfassess.toolkit import Toolkit

DAY = dt.date
FORMULA = "=HYPERLINK(1)"
ROWS: dict[str, list[dict[str, Any]]] = {
    "cp": [
        {
            "child_id": "secret-a",
            "plan_start_date": DAY(2024, 6, 3),
            "last_visit_date": DAY(2026, 1, 5),  # 60 working days ago; the limit is 10
            "seen_alone": "b) No",
            "last_review_date": DAY(2026, 2, 2),
            "previous_plans": 1,
            "team": "North",
            "worker": "W One",
        },
        {
            "child_id": "secret-b",
            "plan_start_date": DAY(2026, 2, 2),
            "last_visit_date": DAY(2026, 3, 30),
            "seen_alone": "a) Yes",
            "previous_plans": 0,
            "team": "North",
            "worker": None,
        },
        {
            "child_id": "secret-c",  # nothing is the matter
            "plan_start_date": DAY(2026, 2, 2),
            "last_visit_date": DAY(2026, 3, 30),
            "seen_alone": "a) Yes",
            "previous_plans": 0,
            "team": "North",
            "worker": "W One",
        },
        {
            "child_id": "secret-z",  # ended: long and unseen, but not open
            "plan_start_date": DAY(2024, 6, 3),
            "last_visit_date": DAY(2025, 1, 5),
            "seen_alone": "a) Yes",
            "plan_end_date": DAY(2026, 1, 9),
            "last_review_date": DAY(2025, 12, 1),
            "previous_plans": 0,
            "team": "North",
            "worker": "W One",
        },
    ],
    "care": [
        {
            "child_id": child,
            "date_of_birth": DAY(2014, 5, 5),
            "start_date": DAY(2025, 1, 6),
            "placement_start_date": DAY(2025, 6, 2),
            "last_visit_date": DAY(2026, 3, 20),
            "last_review_date": DAY(2026, 2, 2),
            "last_health_assessment_date": DAY(2025, 10, 1),
            "permanence_plan": "f) Long-term fostering",
            "placements_last_12m": moves,
            "missing_last_12m": 0,
            "team": "Care",
            "worker": "W Two",
        }
        for child, moves in (("secret-d", 4), ("secret-e", 2))
    ],
    "cin": [
        {
            "child_id": "secret-f",
            "start_date": DAY(2026, 2, 2),
            "last_seen_date": DAY(2026, 2, 10),  # 35 working days ago; the limit is 20
            "case_status": "c) Child in need plan",
            "team": "South",
            "worker": FORMULA,
        }
    ],
    "care_leavers": [
        {
            "child_id": "secret-g",
            "age": 19,
            "eligibility": "b) Former relevant child",
            "in_touch": "b) No",
            "suitability": "a) Suitable",
            "personal_adviser": "P One",
            "pathway_review_date": DAY(2026, 2, 2),
            "team": "Leaving",
            "worker": "P One",
        }
    ],
}
EXPECTED = {
    "secret-a": {
        "On a protection plan and not visited within the limit": 4,
        "On a protection plan and not seen alone at the latest visit": 3,
        "Fifteen months or longer on a protection plan": 2,
        "On a protection plan for the second time or more": 2,
    },
    "secret-b": {"Open, and no list names a worker": 5},
    "secret-d": {"Three or more placements in twelve months": 3},
    "secret-g": {"A care leaver with whom the council is not in touch": 3},
    "secret-f": {"A child in need, not visited within the limit": 2},
}
"""By hand, in the order of rank: of equal weight, care stands before leaving care."""

OWN = """\
schema: selfassess/sampling@1
reasons:
  - id: own-reason
    text: Seen in the last week
    weight: 5
    rows: {from: cp, at: as-at, filter: "days(last_visit_date, as_at) <= 7"}
"""

MEASURE = """\
schema: selfassess/measures@1
measures:
  - id: own.published
    title: A published figure
    unit: percent
    better: higher
    about: quality
    topics: [audit]
    why: Nothing.
"""


def write_book(path: Path) -> None:
    tables = Toolkit.load().library.tables
    book = Workbook()
    book.remove(book.active)
    for number, (table, rows) in enumerate(ROWS.items(), start=1):
        sheet = book.create_sheet(f"Sheet {number}")
        columns = tables[table].columns
        sheet.append([column.headers[0] for column in columns])
        for row in rows:
            sheet.append([row.get(column.name) for column in columns])
            for cell in sheet[sheet.max_row]:
                if cell.data_type == "f":
                    cell.data_type = "s"
    book.save(path)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sampling") / "council"
    done = selfassess("init", folder, "--council", "A", "--framework", "ofsted-ilacs")
    assert done.returncode == 0, done.stderr
    write_book(folder / "evidence" / "book.xlsx")
    return folder


@pytest.fixture(scope="module")
def sampled(council: Path) -> subprocess.CompletedProcess[str]:
    done = selfassess("run", "--sample", council, "--as-at", "2026-03-31", "--format", "html,json")
    assert done.returncode == 0, done.stderr
    return done


def listed(council: Path) -> list[Mapping[str, str]]:
    text = (council / "out" / "sample.csv").read_text(encoding="utf-8-sig")
    notice, _, rest = text.partition("\n")
    assert "own eyes" in notice
    return list(csv.DictReader(rest.splitlines()))


@pytest.mark.usefixtures("sampled")
def test_the_right_children_for_the_right_reasons(council: Path) -> None:
    rows = listed(council)
    assert [row["Child"] for row in rows] == list(EXPECTED)
    assert [row["Rank"] for row in rows] == ["1", "2", "3", "4", "5"]
    for row in rows:
        reasons = EXPECTED[row["Child"]]
        assert int(row["Weight"]) == sum(reasons.values())
        assert int(row["Reasons"]) == len(reasons)
        told = [part.partition(" (")[0] for part in row["Why"].split("; ")]
        assert told == list(reasons)


@pytest.mark.usefixtures("sampled")
def test_each_reason_names_sheet_and_row(council: Path) -> None:
    rows = {row["Child"]: row for row in listed(council)}
    assert "(book.xlsx, Sheet 1, row 2)" in rows["secret-a"]["Why"]
    assert rows["secret-b"]["Why"] == "Open, and no list names a worker (book.xlsx, Sheet 1, row 3)"
    assert "(book.xlsx, Sheet 2, row 2)" in rows["secret-d"]["Why"]


@pytest.mark.usefixtures("sampled")
def test_pathway_team_and_worker_stand_beside(council: Path) -> None:
    rows = {row["Child"]: (row["Pathway"], row["Team"], row["Worker"]) for row in listed(council)}
    assert rows == {
        "secret-a": ("Protection plan", "North", "W One"),
        "secret-b": ("Protection plan", "North", ""),
        "secret-d": ("In care", "Care", "W Two"),
        "secret-g": ("Leaving care", "Leaving", "P One"),
        "secret-f": ("In need", "South", f"'{FORMULA}"),
    }


@pytest.mark.usefixtures("sampled")
def test_the_workbook_holds_the_same_and_no_formula(council: Path) -> None:
    book = load_workbook(council / "out" / "sample.xlsx")
    children = list(book["Children"].iter_rows(values_only=True))
    assert "own eyes" in str(children[0][0])
    assert [row[1] for row in children[2:]] == list(EXPECTED)
    assert {cell.data_type for row in book["Children"].iter_rows() for cell in row} <= {"s", "n"}
    reasons = list(book["Reasons"].iter_rows(min_row=3, values_only=True))
    assert [(row[1], row[2], row[3]) for row in reasons] == [
        (child, text, weight) for child, held in EXPECTED.items() for text, weight in held.items()
    ]
    about = [str(row[0]) for row in book["About"].iter_rows(values_only=True)]
    assert "Not looked for: Waiting over ten working days for a worker" in about


def test_what_could_not_be_looked_for_is_said(
    sampled: subprocess.CompletedProcess[str],
) -> None:
    assert "Not looked for in the sample: Waiting over ten working days" in sampled.stderr
    assert "secret" not in sampled.stdout + sampled.stderr


@pytest.mark.usefixtures("sampled")
def test_no_child_reaches_another_file(council: Path) -> None:
    files = [path for path in (council / "out").rglob("*") if path.is_file()]
    assert {"assessment.json", "report.html"} <= {path.name for path in files}
    for path in files:
        if path.name not in ("sample.csv", "sample.xlsx"):
            assert b"secret-" not in path.read_bytes(), path.name
    assessment = json.loads((council / "out" / "assessment.json").read_text(encoding="utf-8"))
    assert "sample.csv" not in json.dumps(assessment)


@pytest.mark.usefixtures("sampled")
def test_the_same_evidence_gives_the_same_bytes(council: Path) -> None:
    files = [council / "out" / name for name in ("sample.csv", "sample.xlsx", "assessment.json")]
    before = [path.read_bytes() for path in files]
    done = selfassess("run", council, "--as-at", "2026-03-31", "--format", "json", "--sample=99")
    assert done.returncode == 0, done.stderr
    assert [path.read_bytes() for path in files] == before


@pytest.mark.usefixtures("sampled")
def test_every_pathway_is_represented(council: Path) -> None:
    done = selfassess("run", council, "--as-at", "2026-03-31", "--format", "json", "--sample", "4")
    assert done.returncode == 0, done.stderr
    rows = listed(council)
    # The second of the two on a protection plan gives way, though it weighs more than three others.
    assert [row["Child"] for row in rows] == ["secret-a", "secret-d", "secret-g", "secret-f"]


def test_nothing_is_drawn_unless_asked(council: Path, tmp_path: Path) -> None:
    shutil.copytree(council, tmp_path / "b", ignore=shutil.ignore_patterns("out"))
    done = selfassess("run", tmp_path / "b", "--as-at", "2026-03-31", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert not list((tmp_path / "b" / "out").glob("sample*"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--sample", "-3"], "--sample -3: a number of children"),
        (["--sample=0"], "--sample 0: a number of children"),
        (["--sample=many"], "'many' is not a valid integer"),
        (["--sample", "--audience", "public"], "--sample names children"),
    ],
)
def test_bad_use_is_refused(council: Path, arguments: list[str], told: str) -> None:
    done = selfassess("run", council, *arguments)
    assert done.returncode == 2
    assert told in done.stderr


def with_pack(council: Path, tmp_path: Path, text: str) -> Path:
    """A council of its own that lists a consultant's pack."""
    folder, pack = tmp_path / "council", tmp_path / "pack"
    shutil.copytree(council, folder, ignore=shutil.ignore_patterns("out"))
    pack.mkdir()
    manifest = "id: own\nversion: '1'\napi: 1\ntitle: Own reasons\nlicence: MIT\n"
    (pack / "pack.yaml").write_text(manifest, encoding="utf-8")
    (pack / "reasons.yaml").write_text(text, encoding="utf-8")
    (pack / "measures.yaml").write_text(MEASURE, encoding="utf-8")
    config = folder / "selfassess.yaml"
    written = config.read_text(encoding="utf-8")
    config.write_text(f"{written}\npacks: [../pack]\n", encoding="utf-8")
    return folder


def test_a_consultant_adds_a_reason(council: Path, tmp_path: Path) -> None:
    folder = with_pack(council, tmp_path, OWN)
    done = selfassess("run", folder, "--as-at", "2026-03-31", "--format", "json", "--sample")
    assert done.returncode == 0, done.stderr
    rows = {row["Child"]: row for row in listed(folder)}
    assert int(rows["secret-b"]["Weight"]) == 10
    assert rows["secret-c"]["Why"] == "Seen in the last week (book.xlsx, Sheet 1, row 4)"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "last_visit_date",
            "last_visit_dat",
            r"reasons.yaml:6:",
        ),
        ("from: cp, at: as-at", "measure: caseloads.average, outcome: [counted]", "filter"),
        (
            'from: cp, at: as-at, filter: "days(last_visit_date, as_at) <= 7"',
            "measure: own.published, outcome: [counted]",
            "measure: 'own.published' takes published figures only",
        ),
        (
            'from: cp, at: as-at, filter: "days(last_visit_date, as_at) <= 7"',
            "measure: caseloads.agency-rate, outcome: [counted]",
            "they name no child",
        ),
    ],
)
def test_a_consultants_fault_names_file_line_and_column(
    council: Path, tmp_path: Path, before: str, after: str, told: str
) -> None:
    text = OWN.replace(before, after)
    assert text != OWN
    folder = with_pack(council, tmp_path, text)
    done = selfassess("run", folder, "--as-at", "2026-03-31", "--format", "json", "--sample")
    assert done.returncode == 12, done.stderr
    assert "reasons.yaml:6:" in done.stderr
    assert told in done.stderr
    assert not (folder / "out").exists() or not list((folder / "out").glob("sample*"))
    checked = selfassess("check", folder)
    assert checked.returncode == 12
    assert told in checked.stderr


def test_a_fault_has_its_place_from_the_cache_too(council: Path, tmp_path: Path) -> None:
    folder = with_pack(council, tmp_path, OWN.replace("last_visit_date", "last_visit_dat"))
    told = [
        selfassess("run", folder, "--as-at", "2026-03-31", "--format", "json", "--sample").stderr
        for _ in range(2)
    ]
    assert told[0] == told[1]
    assert "reasons.yaml:6:" in told[0]
    assert "'last_visit_dat' is nothing that" in told[0]
    assert "Did you mean 'last_visit_date'?" in told[0]

"""What ``check`` tells an analyst, and ``rows`` one who mistypes: where, what and what next."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from command_line import call

from selfassess.errors import MeasureError

SETTINGS = """schema: selfassess/workspace@1
council: {name: Testshire}
framework: ofsted-ilacs
edition: "2026-04"
as_at: 2026-03-31
"""
PLANS = """Child Unique ID,Child Protection Plan Start Date,Child Protection Plan End Date,\
Initial Category of Abuse,Allocated Team,Allocated Worker
101,05/01/2026,,Neglect,North,Ann Lee
102,06/01/2026,,Unkindness,North,
103,30/02/2026,,Neglect,South,Bob Day
104,#N/A,,Neglect,South,#N/A
105,#N/A,,Neglect,South,Bob Day
Total 5,,,,,
Drawn by performance team,,,,,
Not for sharing outside,,,,,
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "Our council"
    (folder / "evidence").mkdir(parents=True)
    (folder / "selfassess.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "evidence" / "plans.csv").write_text(PLANS, encoding="utf-8")
    for form in ("visits", "audits"):
        head = (
            "child_id,kind,date\n"
            if form == "visits"
            else "audit_id,child_id,team,date,theme,auditor_grade,moderator,moderator_grade\n"
        )
        (folder / "evidence" / f"{form}.csv").write_text(head, encoding="utf-8")
    return folder


def test_each_reason_names_its_columns_or_rows(workspace: Path) -> None:
    lines = [line.strip() for line in call("check", workspace).output.splitlines()]
    assert "1 × a total: row 7" in lines
    assert "2 × a note: rows 8 to 9" in lines
    first = "'Child Protection Plan Start Date'"
    assert f"1 × not a date (day first, 1985 to 2040): B {first}" in lines
    assert f"3 × error cell: B {first} (2), F 'Allocated Worker' (1)" in lines
    unlisted = "1 × code not in the set, kept as text: D 'Initial Category of Abuse'"
    assert unlisted in lines
    assert "out/ledger.csv lists each of these rows and cells after a run." in lines


def test_forms_that_nobody_filled_in_come_together(workspace: Path) -> None:
    output = call("check", workspace).output
    assert "evidence/plans.csv                           cp                       8" in output
    assert " 0       0       0" not in output
    assert "for): evidence/audits.csv, evidence/visits.csv" in " ".join(output.split())


def test_the_command_that_comes_next_can_be_pasted(workspace: Path) -> None:
    last = call("check", workspace).output.splitlines()[-1]
    assert shlex.split(last.removeprefix("Next: ")) == ["selfassess", "run", str(workspace)]


def test_check_names_no_child(workspace: Path) -> None:
    output = call("check", workspace).output
    assert not [each for each in ("101", "102", "Ann Lee", "Bob Day") if each in output]


@pytest.mark.parametrize(
    ("part", "hint"),
    [("team=Nort", "Did you mean 'North'?"), ("plan=child-protection", "Valid: ")],
)
def test_a_part_that_no_row_is_of_is_refused(workspace: Path, part: str, hint: str) -> None:
    result = call("rows", "caseloads.unallocated", workspace, "--where", part)
    assert isinstance(result.exception, MeasureError)
    assert f"no row is of {part}" in result.exception.message
    assert result.exception.hint.startswith(hint)


def test_a_part_that_is_there_may_be_without_rows(workspace: Path) -> None:
    result = call("rows", "caseloads.unallocated", workspace, "--where", "plan=care")
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) == 1
    result = call("rows", "caseloads.unallocated", workspace, "--where", "team=North")
    assert len(result.output.splitlines()) == 3


@pytest.mark.parametrize(
    ("council", "more", "told"),
    [
        ("name: Testshire", "", "none (council.code in selfassess.yaml is not filled in)"),
        ("name: Testshire", "comparators: england\n", "England's alone"),
        ("name: Testshire, code: E99999999", "", "none, as 'E99999999' is no council's code"),
        ("name: Testshire, code: e10000014", "", "those of Hampshire (E10000014), South East"),
    ],
)
def test_check_says_whose_published_figures_it_will_be(
    workspace: Path, council: str, more: str, told: str
) -> None:
    settings = SETTINGS.replace("name: Testshire", council) + more
    (workspace / "selfassess.yaml").write_text(settings, encoding="utf-8")
    assert f"Published figures: {told}" in call("check", workspace).output


def test_many_sheets_that_are_no_lists_come_together(workspace: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Plans"
    for line in PLANS.splitlines():
        book.active.append(line.split(","))
    for number in range(1, 6):
        book.create_sheet(f"Pivot {number}").append(["Team", number])
    book.save(workspace / "evidence" / "annex-a.xlsx")
    output = call("check", workspace).output
    named = "Pivot 1, Pivot 2, Pivot 3, and 2 more sheets"
    assert f"annex-a.xlsx: 5 sheets are no lists (5 rows): {named}" in output
    assert output.count("Pivot") == 3


@pytest.mark.parametrize("command", ["rows", "what-if", "run"])
def test_a_day_that_is_none_is_refused_by_the_option_s_name(workspace: Path, command: str) -> None:
    words = [command] if command == "run" else [command, "caseloads.unallocated"]
    result = call(*words, workspace, "--as-at", "2026-02-30")
    assert result.exit_code == 2
    assert "Invalid value for '--as-at': '2026-02-30' is not a date" in result.output

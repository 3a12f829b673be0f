"""``check`` and ``run`` over tables of the dataset."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

import selfassess
from selfassess.cli import cli
from selfassess.evidence import Evidence
from selfassess.report.appendices import ledger_of

AS_AT = ("--as-at", "2026-09-30")


def asked(*words: str | Path) -> str:
    done = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def council(folder: Path, by_dataset: Evidence) -> Path:
    """The demo council's tables of the dataset, as files of a workspace."""
    assert by_dataset.tables["cp"].made_of == ("ssd_cp_plans",)
    return folder / "ssd"


@pytest.fixture(scope="module")
def assessment(council: Path) -> dict[str, Any]:
    asked("run", council, *AS_AT, "--format", "json")
    text = (council / "out" / "assessment.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def test_check_names_the_files_and_the_lists_made_of_them(council: Path) -> None:
    told = asked("check", council)
    assert "evidence/ssd_cp_plans.csv" in told.replace("\\", "/")
    _, made = told.split("Lists made of other tables")
    assert "ssd_cp_plans" in made


def test_the_ledger_holds_the_rows_of_the_files(
    assessment: dict[str, Any], by_dataset: Evidence
) -> None:
    sheets = {
        sheet["table"]: sheet["rows_used"]
        for each in assessment["inputs"]
        for sheet in each["sheets"]
    }
    assert sheets["ssd_cp_plans"] == by_dataset.tables["ssd_cp_plans"].rows
    assert "cp" not in sheets


def test_the_assessment_names_the_lists_that_were_made(assessment: dict[str, Any]) -> None:
    schema = Path(selfassess.__file__).parent / "assessment.schema.json"
    jsonschema.validate(assessment, json.loads(schema.read_text(encoding="utf-8")))
    made = {each["table"]: each for each in assessment["made"]}
    assert [source["table"] for source in made["visits"]["of"]] == [
        "ssd_cp_visits",
        "ssd_cin_visits",
        "ssd_cla_visits",
    ]
    (line,) = (each for each in ledger_of(assessment).made if "list 7" in each)
    assert line == (
        f"Child protection plans (list 7): {made['cp']['rows']} rows, "
        "of Protection plans (ssd_cp_plans)."
    )

"""The example pack works from a workspace's ``packs:`` without being imported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from selfassess.toolkit import Toolkit
from selfassess.workspace import load_workspace

PACK = Path(__file__).parents[2] / "plugins" / "example" / "src" / "selfassess_example"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    (tmp_path / "selfassess.yaml").write_text(
        "schema: selfassess/workspace@1\n"
        "council: {name: Testshire}\n"
        "framework: example-youth-voice\n"
        'edition: "2026"\n'
        "as_at: 2026-06-30\n"
        f"packs: [{json.dumps(str(PACK))}]\n",
        encoding="utf-8",
    )
    # Ten working days from 1 June 2026 (a Monday, no holiday between) end on 15 June.
    rows = [f"{n},North,2026-06-01,2026-06-15" for n in range(1, 8)]  # 7 in time, on the last day
    rows += ["8,North,2026-06-01,2026-06-16"]  # a day late
    rows += ["9,South,2026-06-01,"]  # overdue
    rows += ["10,South,2026-06-01,2026-06-02"]  # in time
    rows += ["11,South,2026-06-29,"]  # not yet due
    (evidence / "feedback_forms.csv").write_text(
        "form_id,team,received,answered\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    return tmp_path


def test_its_table_measure_and_framework_work_together(workspace: Path) -> None:
    loaded = load_workspace(workspace)
    result = Toolkit.for_workspace(loaded, cache=False).assess(loaded).as_dict()

    readings = {reading["id"]: reading for reading in result["readings"]}
    whole = readings["example.feedback-answered"]
    assert (whole["numerator"], whole["denominator"], whole["value"]) == (8, 10, 80)
    assert whole["not_due"] == 1
    assert whole["signal"] == "attention"
    assert result["judgements"][0]["ceiling"] is None
    assert result["judgements"][0]["scale"] is None

"""The public twin: what is disclosed, and nothing behind it."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from selfassess.board_pack import public_data
from selfassess.board_pack.pack import board_html
from selfassess.board_pack.public import read_disclosed
from selfassess.board_pack.workbook import board_workbook
from selfassess.disclosure.texts import disclosed_plan
from selfassess.errors import ReportError

SECRETS = (
    "Oluwaseun",
    "Leeanne-Marie",
    "Unathi-Grace",
    "SECRET-REASON",
    "SECRET-RISK",
    "SECRET-REMARK",
    "SECRET-DECISION",
    "SECRET-RULE",
    "SECRET-ASKS",
    "Private action",
    "61.5",
)


def action(**more: Any) -> dict[str, Any]:
    """An action as the council's own assessment holds it, with everything in it."""
    return {
        "id": "A-01",
        "title": "Visit on time",
        "owner": "Oluwaseun",
        "lead": "Leeanne-Marie",
        "assurer": "Unathi-Grace",
        "due": "2026-07-31",
        "due_baseline": "2026-06-30",
        "why": ["E-1"],
        "judgement": "j",
        "criterion": None,
        "success_measures": ["visits", "visits[team=West]"],
        "outcome": "Children are seen.",
        "status": "delivered",
        "public": True,
        "partner": False,
        "delivery": "delivered",
        "delivery_reason": "SECRET-REASON",
        "delivered": "2026-06-01",
        "impact": "reversed",
        "impact_reason": "SECRET-REASON",
        "closed": None,
        "retest": None,
        "reopened": ["2026-06-20"],
        "moves": [{"from": "2026-06-30", "to": "2026-07-31", "reason": "SECRET-REASON"}],
        "drift": 31,
        "rag": "red",
        "rag_rule": "SECRET-RULE",
        "success": [
            {
                "reading": "visits",
                "asks": "SECRET-ASKS",
                "baseline": 61.5,
                "target": 90,
                "target_date": "2026-06-30",
                "value": 61.5,
            },
            {
                "reading": "visits[team=West]",
                "asks": "",
                "baseline": 61.5,
                "target": 77,
                "target_date": None,
                "value": 61.5,
            },
        ],
        "risks": [{"text": "SECRET-RISK", "owner": "Oluwaseun"}],
        "comments": [{"text": "SECRET-REMARK", "by": "Oluwaseun"}],
        "decisions": [{"text": "SECRET-DECISION", "by": "Oluwaseun"}],
        **more,
    }


def reading(**more: Any) -> dict[str, Any]:
    return {
        "id": "visits",
        "measure": "visits",
        "title": "Visits",
        "where": {},
        "unit": "percent",
        "better": "higher",
        "status": "ok",
        "value": 62,
        **more,
    }


def disclosed(**more: Any) -> dict[str, Any]:
    own = {"plan": [action(), action(id="A-02", title="Private action", public=False)]}
    return {
        "council": {"name": "Northbourne", "code": None},
        "as_at": "2026-06-30",
        "audience": "public",
        "made_with": {"name": "selfassess", "version": "1"},
        "disclosure": {"title": "For the public", "mark": "c", "rules": ["Small is withheld."]},
        "readings": [reading()],
        "plan": disclosed_plan(own, "public", {"visits"}),
        **more,
    }


def texts(data: dict[str, Any], template: Path) -> str:
    """Everything that the twin prints, in all its forms."""
    book = openpyxl.load_workbook(io.BytesIO(board_workbook(data, dt.date(2026, 6, 30))))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    return "\n".join([json.dumps(data), board_html(data, template), *cells])


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_that_is_not_public_is_in_it(secret: str, template: Path) -> None:
    assert secret in json.dumps([action(), "Private action"])
    assert secret not in texts(public_data(disclosed(), "2026-05-01"), template)


def test_what_is_public_is_told(template: Path) -> None:
    data = public_data(disclosed(), "2026-05-01")
    (told,) = data["story"]["worse"]
    assert told["texts"] == [
        "What had become better has gone back.",
        "Visits: 62%; target 90% by 2026-06-30, not reached.",
    ]
    page = board_html(data, template)
    assert "moved once, 31 days later" in page
    assert "Small is withheld." in page


def test_a_part_that_the_copy_does_not_hold_is_not_named() -> None:
    (item,) = public_data(disclosed())["actions"]
    assert [each["target"] for each in item["success"]] == [90]


def test_a_withheld_figure_keeps_its_target_alone() -> None:
    hidden = reading(status="suppressed", value=None)
    (item,) = public_data(disclosed(readings=[hidden]))["actions"]
    assert item["success"][0]["text"] == (
        "Visits: the figure is withheld; target 90% by 2026-06-30."
    )
    assert item["success"][0]["value"] is None


@pytest.mark.parametrize(
    ("value", "better", "short"),
    [(89, "higher", True), (90, "higher", False), (91, "lower", True), (89, "lower", False)],
)
def test_only_what_is_short_of_its_target_is_judged(value: int, better: str, short: bool) -> None:
    found = public_data(disclosed(readings=[reading(value=value, better=better)]))
    text = found["actions"][0]["success"][0]["text"]
    assert ("not reached" in text) == short
    assert ", reached" not in text


def test_changes_are_those_after_the_day() -> None:
    found = public_data(disclosed(), "2026-06-01")["changes"]
    assert found["moved"] == []  # delivered on that very day: known then
    assert [each["at"] for each in found["reopened"]] == ["2026-06-20"]
    assert public_data(disclosed())["changes"] == {}


def test_a_plan_without_a_store_is_told_too(template: Path) -> None:
    own = {
        "plan": [
            {
                "id": "A-01",
                "title": "Visit on time",
                "due": "2026-07-31",
                "outcome": "",
                "status": "in-progress",
                "public": True,
            }
        ]
    }
    data = public_data(disclosed(plan=disclosed_plan(own, "public", ())))
    assert "in progress" in board_html(data, template)


def test_no_public_copy_yet(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="no public copy was made yet"):
        read_disclosed(tmp_path)


def write(path: Path, data: dict[str, Any], when: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
    os.utime(path, (when, when))


@pytest.mark.parametrize(
    ("own_as_at", "own_when", "refused"),
    [
        ("2026-06-30", 100, False),
        ("2026-06-30", 200, False),
        ("2026-06-30", 201, True),
        ("2026-07-31", 100, True),
        ("2026-05-31", 100, False),
    ],
)
def test_a_copy_older_than_the_council_s_own_is_refused(
    tmp_path: Path, own_as_at: str, own_when: int, refused: bool
) -> None:
    write(tmp_path / "assessment.json", {"as_at": own_as_at}, own_when)
    write(tmp_path / "public" / "assessment.json", disclosed(), 200)
    if refused:
        with pytest.raises(ReportError, match="is older than the council's own"):
            read_disclosed(tmp_path)
    else:
        assert read_disclosed(tmp_path)["as_at"] == "2026-06-30"


@pytest.mark.parametrize("content", ["[]", "{", '{"audience": "internal"}'])
def test_what_is_no_public_copy_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "assessment.json").write_text(content, encoding="utf-8")
    with pytest.raises(ReportError):
        read_disclosed(tmp_path)

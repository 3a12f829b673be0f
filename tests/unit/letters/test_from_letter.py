"""Actions from a letter: what is proposed, when the answer is due, and what is not said twice."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from selfassess.cli import cli
from selfassess.commands.plan_letter import _after
from selfassess.model.letters import Letter, LetterPoint
from selfassess.plan.from_letter import letter_id, proposals, statement_of
from selfassess.plan.record import Action, Plan

from .conftest import VISIT

POINT = LetterPoint(kind="improve", text="The reach of audits.", page=2, heading="Improve")
URGENT = LetterPoint(
    kind="priority-action", text="Allocation of children.", page=1, heading="Urgent", doubts=("D.",)
)


def letter(**change: object) -> Letter:
    fields: dict[str, object] = {
        "name": "l.pdf",
        "sha256": "ab" * 32,
        "pages": 3,
        "form": "f",
        "title": "A letter",
        "subject": "Sands & Marsh",
        "visited": (dt.date(2025, 2, 4), dt.date(2025, 2, 5)),
        "published": dt.date(2025, 3, 5),
        "statement_working_days": 70,
        "points": (URGENT, POINT),
        **change,
    }
    return Letter(**fields)  # type: ignore[arg-type]


def test_statement_is_due_seventy_working_days_after_publication() -> None:
    found = statement_of(letter(), None, _after)
    # 5 March 2025 is a Wednesday. 70 working days are 14 weeks without holidays: 11 June; Good
    # Friday, Easter Monday and two bank holidays of May lie between, so four days more: 17 June.
    assert found is not None
    assert found.due == dt.date(2025, 6, 17)
    assert found.basis == "70 working days after 2025-03-05"


def test_what_goes_before_the_span_of_the_form() -> None:
    named = statement_of(letter(statement_due=dt.date(2025, 6, 13)), None, _after)
    assert named is not None
    assert named.due == dt.date(2025, 6, 13)
    own = statement_of(letter(), None, _after, 10)
    assert own is not None
    assert own.due == dt.date(2025, 3, 19)
    given = statement_of(letter(), dt.date(2025, 3, 6), _after, 10)
    assert given is not None
    assert given.due == dt.date(2025, 3, 20)


def test_no_day_is_made_up() -> None:
    found = statement_of(letter(published=None), None, _after)
    assert found is not None
    assert found.due is None
    first = proposals(letter(published=None), Plan(), found)[0]
    assert first.kind == "statement"
    assert first.doubts == (f"No due date: {found.basis}.",)


def test_letter_without_priority_action_asks_for_no_statement() -> None:
    assert statement_of(letter(points=(POINT,)), None, _after) is None
    assert [p.kind for p in proposals(letter(points=(POINT,)), Plan(), None)] == ["improve"]


def test_a_point_with_an_action_is_not_proposed_again() -> None:
    held = Action(id="A-07", title="T", why=("letter:sands-marsh-2025-02-05#2",))
    found = proposals(letter(), Plan({"A-07": held}), None)
    assert [(p.recommendation, p.planned) for p in found] == [
        ("letter:sands-marsh-2025-02-05#1", None),
        ("letter:sands-marsh-2025-02-05#2", "A-07"),
    ]


def test_a_letter_keeps_its_name_when_downloaded_again() -> None:
    assert letter_id(letter()) == letter_id(letter(sha256="cd" * 32, name="other.pdf"))
    assert letter_id(letter(subject=None)) == "letter:abababababab"


def test_long_points_have_short_titles_and_are_kept_whole() -> None:
    text = "word " * 60 + "end."
    found = proposals(
        letter(points=(LetterPoint(kind="improve", text=text, page=1, heading="H"),)), Plan(), None
    )
    assert len(found[0].title) < 180
    assert found[0].title.endswith("…")
    assert text in found[0].remark


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "a council"
    done = CliRunner().invoke(
        cli, ["init", str(folder), "--council", "Northbourne", "--framework", "ofsted-ilacs"]
    )
    assert done.exit_code == 0, done.output
    return folder


def test_command_adds_once(workspace: Path, letter: Callable[..., Path]) -> None:
    path = letter(VISIT)

    def run(*more: str) -> str:
        arguments = ["plan", "from-letter", str(path), "--dir", str(workspace), *more]
        done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    data = json.loads(run("--dry-run", "--json"))
    assert data["letter"]["statement_due"] == "2025-06-13"
    assert [p["kind"] for p in data["proposals"]] == [
        "statement",
        "priority-action",
        "improve",
        "improve",
    ]
    assert not (workspace / "plan.db").exists()
    assert "4 drafts added" in run("--by", "A. Person", "--at", "2025-03-06")
    assert "has an action already" in run("--by", "A. Person")
    listed = CliRunner().invoke(cli, ["plan", "list", "--dir", str(workspace), "--json"])
    actions = json.loads(listed.output)
    actions = actions["actions"] if isinstance(actions, dict) else actions
    assert [a["came_from_date"] for a in actions] == ["2025-02-05"] * 4
    assert {a["delivery"] for a in actions} == {"draft"}

"""Leaders' pages of the demo: valid, and with the planted claims, praise and action."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from selfassess.demo.plan import write_plan
from selfassess.model.workspace import RegisterFile, SelfEvaluation, WorkspaceFile
from selfassess.plan.record import Plan
from selfassess.plan.store import PlanStore

PAGES = files("selfassess.demo")


def page(name: str, model: type) -> Any:
    data = YAML(typ="safe").load(PAGES.joinpath(name).read_text(encoding="utf-8"))
    assert data.pop("schema").startswith("selfassess/")
    return TypeAdapter(model).validate_python(data)


def test_settings() -> None:
    settings = page("selfassess.yaml", WorkspaceFile)
    assert str(settings.as_at) == "2026-09-30"
    assert settings.sources[0].extract_date == settings.as_at


def test_help_and_protection_claims_good() -> None:
    assert page("self-evaluation.yaml", SelfEvaluation).judgements["help-and-protection"].grade == (
        "good"
    )


def test_the_plan_is_kept_in_one_place() -> None:
    assert page("self-evaluation.yaml", SelfEvaluation).plan == ()


def test_one_action_has_no_measure(plan: Plan) -> None:
    assert [name for name, action in plan.actions.items() if not action.success] == ["A-08"]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    folder = tmp_path_factory.mktemp("plan")
    write_plan(folder)
    return PlanStore(folder / "plan.db").plan()


@pytest.fixture(scope="module")
def entries() -> Any:
    return page("register.yaml", RegisterFile).entries


def test_voices(entries: Any) -> None:
    voices = {entry.voice for entry in entries}
    assert {"inspector", "practice-audit", "child", "family", "staff", "partner"} <= voices
    assert len({entry.id for entry in entries}) == len(entries)


def test_praise_by_leaders_alone(entries: Any) -> None:
    (praise,) = [e for e in entries if e.direction == "strength" and e.voice == "leaders"]
    assert [entry for entry in entries if entry.topic == praise.topic] == [praise]


@pytest.mark.parametrize("topic", ["disabled-children", "exploitation"])
def test_strengths_that_survive(entries: Any, topic: str) -> None:
    found = [entry for entry in entries if entry.topic == topic]
    assert {entry.direction for entry in found} == {"strength"}
    assert len({entry.voice for entry in found} - {"data", "leaders"}) >= 2
    assert not any(entry.where for entry in found)


def test_serious_entries_are_agreed_by_two(entries: Any) -> None:
    for entry in entries:
        if entry.severity == "serious":
            assert len(entry.agreed_by) >= 2


def test_evidence_named_by_claims_and_plan_exists(entries: Any, plan: Plan) -> None:
    known = {entry.id for entry in entries}
    evaluation = page("self-evaluation.yaml", SelfEvaluation)
    named = {ref for claim in evaluation.judgements.values() for ref in claim.evidence}
    named |= {ref for action in plan.actions.values() for ref in action.why if ref.startswith("E-")}
    assert named <= known

"""The invented council's improvement plan: six months of it, as ``plan.yaml`` tells them.

Every step is made and checked as in any other plan, so that the demo shows nothing that a council
could not have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from selfassess.loading.decode import build
from selfassess.plan import drafting
from selfassess.plan.drafting import Author
from selfassess.plan.events import Draft
from selfassess.plan.record import Plan
from selfassess.plan.record_parts import Evidence, Risk
from selfassess.plan.specs import parse_success
from selfassess.plan.store import PlanStore
from selfassess.plan.together import Together

__all__ = ["write_plan"]

DASHBOARD = "Performance team"
MONTH_ENDS = ("2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31")
_OWN = frozenset({"id", "by", "success", "milestones", "risks"})

Given = Mapping[str, Any]
Do = Callable[[Plan, Author, str, Given], Sequence[Draft]]


def write_plan(folder: Path) -> None:
    """Write ``plan.db`` into a workspace: the same events, at the same times, in every demo."""
    PlanStore(folder / "plan.db").write(_story)


def _story(plan: Plan) -> Sequence[Draft]:
    """Everything that happened, in the order of time."""
    told = _read()
    together = Together(plan)
    for day, given in sorted(_steps(told), key=lambda each: each[0]):
        author = Author(given["by"], dt.datetime.combine(day, dt.time(10)))
        for name in _actions(given):
            do = _DO[given["do"]]
            together.do(lambda now, a=author, n=name, g=given, do=do: do(now, a, n, g))  # type: ignore[misc]
    return together.drafts


def _read() -> Given:
    from ruamel.yaml import YAML

    text = files(__package__).joinpath("plan.yaml").read_text(encoding="utf-8")
    found: Given = YAML(typ="safe").load(text)
    return found


def _steps(told: Given) -> Sequence[tuple[dt.date, Given]]:
    """Actions, steps and readings, each with its day."""
    first = told["first_day"]
    steps = [(first, {"do": "add", "action": each["id"], **each}) for each in told["actions"]]
    steps += [(each["on"], each) for each in told["steps"]]
    for each in told["readings"]:
        for end, value in zip(MONTH_ENDS, each["values"], strict=True):
            day = dt.date.fromisoformat(end)
            reading = {"do": "read", "by": DASHBOARD, "date": day, "value": value}
            steps.append((day, {**reading, "source": "dashboard", **each}))
    return steps


def _actions(given: Given) -> Sequence[str]:
    named = given.get("action", "")
    return named if isinstance(named, list) else [named]


def _add(plan: Plan, author: Author, name: str, given: Given) -> Sequence[Draft]:
    return drafting.add(
        plan,
        author,
        {key: value for key, value in given.items() if key not in (*_OWN, "do", "action")},
        id_=name,
        success=[parse_success(text) for text in given.get("success", ())],
        milestones=[(each["title"], each["due"]) for each in given.get("milestones", ())],
        risks=[build(each, Risk) for each in given.get("risks", ())],
    )


def _evidence(plan: Plan, author: Author, name: str, given: Given) -> Sequence[Draft]:
    keys = ("shows", "ref", "text", "voice")
    held = {key: given[key] for key in keys if key in given}
    return drafting.add_evidence(plan, author, name, Evidence(date=given["date"], **held))


def _risk(plan: Plan, author: Author, name: str, given: Given) -> Sequence[Draft]:
    keys = ("text", "level", "response", "owner")
    found = Risk(**{key: given[key] for key in keys if key in given})
    return drafting.add_risk(plan, author, name, found)


def _reading(plan: Plan, author: Author, name: str, given: Given) -> Sequence[Draft]:
    keys = ("value", "says", "text", "source")
    held = {key: given[key] for key in keys if key in given}
    return drafting.read_measure(plan, author, name, given["part"], date=given["date"], **held)


_DO: Mapping[str, Do] = {
    "add": _add,
    "status": lambda p, a, n, g: drafting.move_delivery(p, a, n, g["to"]),
    "impact": lambda p, a, n, g: drafting.move_impact(p, a, n, g["to"], g.get("reason", "")),
    "done": lambda p, a, n, g: drafting.finish_milestone(p, a, n, g["part"], a.at.date()),
    "move-date": lambda p, a, n, g: drafting.move_date(p, a, n, g["to"], g["reason"]),
    "assure": lambda p, a, n, g: drafting.assure(p, a, n, g["text"]),
    "close": lambda p, a, n, g: drafting.close(p, a, n, g["to"]),
    "decide": lambda p, a, n, g: drafting.decide(
        p, a, g["text"], board=g["board"], actions=g["actions"]
    ),
    "evidence": _evidence,
    "risk": _risk,
    "read": _reading,
}

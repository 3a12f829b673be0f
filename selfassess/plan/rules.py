"""What the plan refuses. Every road into the store, an import as well, leads through `check`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from selfassess.errors import PlanError, nearest
from selfassess.plan.apply import KINDS
from selfassess.plan.events import READING, Draft
from selfassess.plan.gates import (
    DELIVERY_GATES,
    IMPACT_GATES,
    check_assured,
    check_closing,
    same_person,
)
from selfassess.plan.record import TEXT_FIELDS, Action, Plan
from selfassess.plan.rules_parts import PART_RULES, Rule, check_success, date
from selfassess.plan.states import check_delivery_move, check_impact_move

__all__ = ["LONGEST", "check"]

LONGEST = 10_000
"""Characters in one text; a spreadsheet's cell holds three times as many."""

AUDIENCES = ("", "partner", "public")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_AFTER_CLOSING = frozenset({"commented", "evidenced", READING, "impact"})
_AFTER_ENDING = frozenset({"commented"})
_REASONED = frozenset(
    {
        "due-moved",
        "milestone-moved",
        "milestone-dropped",
        "success-changed",
        "success-dropped",
        "risk-dropped",
        "overridden",
    }
)


def check(plan: Plan, draft: Draft) -> None:
    """Refuse what may not happen to the plan as it stands.

    Raises:
        PlanError: what was tried, why not, and what is allowed.
    """
    if draft.kind not in KINDS:
        raise PlanError(f"'{draft.kind}' is no kind of event.", hint=nearest(draft.kind, KINDS))
    if not draft.by.strip():
        raise PlanError("Nobody is named who does this.", hint="Say who you are: --by NAME")
    _check_text(draft)
    if draft.kind == "decided":
        _decided(plan, draft)
        return
    action = plan.actions.get(draft.action)
    if draft.kind == "added":
        _added(plan, draft)
        return
    if action is None:
        raise PlanError(
            f"'{draft.action}' is no action of the plan.",
            hint=nearest(draft.action, plan.actions) or "`selfassess plan list` shows all.",
        )
    if draft.kind != READING:
        _check_order(action, draft)
    if action.closed and draft.kind not in _AFTER_CLOSING:
        raise PlanError(
            f"{action.id} is closed; it is commented on, read and, where its impact has gone, "
            "reopened by a reversal, but not changed.",
            hint=f"selfassess plan impact {action.id} reversed --reason TEXT",
        )
    if action.ended and draft.kind not in _AFTER_ENDING:
        raise PlanError(
            f"{action.id} is {action.delivery}; nothing but a comment is added to it.",
            hint="Add a new action instead.",
        )
    if draft.kind in _REASONED and not draft.reason.strip():
        raise PlanError(f"{action.id}: this needs a reason.", hint="Say why: --reason TEXT")
    rule = _RULES.get(draft.kind)
    if rule is not None:
        rule(plan, action, draft)


def _check_order(action: Action, draft: Draft) -> None:
    if action.touched_at is not None and draft.at < action.touched_at:
        raise PlanError(
            f"{action.id} was last changed on {action.touched_at:%Y-%m-%d %H:%M:%S}; nothing is "
            f"put in before that ({draft.at:%Y-%m-%d %H:%M:%S}).",
            hint="History is added to at its end. Say in the text on which day it happened.",
        )


def _check_text(draft: Draft) -> None:
    for text in (draft.by, draft.reason, *_texts(draft.to)):
        found = _BAD.search(text)
        if found:
            raise PlanError(
                f"{draft.action or 'Decision'}: a text holds a character that no file can keep "
                f"(U+{ord(found.group()):04X}).",
                hint="Type the text anew instead of pasting it.",
            )
        if len(text) > LONGEST:
            raise PlanError(
                f"{draft.action or 'Decision'}: a text has {len(text):,} characters; at most "
                f"{LONGEST:,} are kept.",
                hint="Put it into a document and refer to that as evidence.",
            )


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _texts(item)] + list(value)
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item)]
    return []


def _added(plan: Plan, draft: Draft) -> None:
    if not _ID.fullmatch(draft.action):
        raise PlanError(
            f"'{draft.action}' is no id for an action.",
            hint="Letters, digits, '.', '_' and '-', at most 40: A-01.",
        )
    if draft.action in plan.actions:
        raise PlanError(
            f"{draft.action} is there already.", hint="Ids are never used twice; leave --id out."
        )
    given = draft.to
    unknown = set(given) - {*TEXT_FIELDS, "due", "milestones", "success", "risks"}
    if unknown:
        raise PlanError(f"{draft.action}: '{sorted(unknown)[0]}' cannot be given when adding.")
    if not str(given.get("title", "")).strip():
        raise PlanError("An action needs a title.", hint="Say what will be done.")
    empty = Action(id=draft.action, title="")
    for name in TEXT_FIELDS:
        if name in given:
            _check_field(plan, empty, name, given[name])
    _check_people(
        draft.action, given.get("owner", ""), given.get("lead", ""), given.get("assurer", "")
    )
    for key in ("success", "risks", "milestones"):
        ids = [item.get("id", "") for item in given.get(key, ())]
        if len(set(ids)) != len(ids) or not all(ids):
            raise PlanError(f"{draft.action}: {key} need ids of their own.")
    for item in given.get("success", ()):
        check_success(draft.action, item)
    if given.get("due"):
        date(given["due"])


def _changed(plan: Plan, action: Action, draft: Draft) -> None:
    if draft.part not in TEXT_FIELDS:
        raise PlanError(
            f"{action.id}: '{draft.part}' is nothing that is simply said anew.",
            hint=nearest(draft.part, TEXT_FIELDS)
            or "Dates and states are moved: selfassess plan move-date, selfassess plan status.",
        )
    _check_field(plan, action, draft.part, draft.to)
    people = {name: getattr(action, name) for name in ("owner", "lead", "assurer")}
    if draft.part in people:
        people[draft.part] = draft.to or ""
        _check_people(action.id, **people)


def _check_field(plan: Plan, action: Action, name: str, value: Any) -> None:
    if name == "title" and not str(value or "").strip():
        raise PlanError(f"{action.id}: an action needs a title.", hint="Say what will be done.")
    if name == "audience" and value not in (*AUDIENCES, None):
        raise PlanError(
            f"{action.id}: '{value}' is no audience.",
            hint="Valid: partner, public, or nothing for the service alone.",
        )
    if name != "depends_on":
        return
    for other in value or ():
        if other == action.id:
            raise PlanError(f"{action.id} cannot depend on itself.")
        if other not in plan.actions:
            raise PlanError(
                f"{action.id}: depends on '{other}', which is no action of the plan.",
                hint=nearest(other, plan.actions),
            )
        circle = _path(plan, other, action.id)
        if circle:
            raise PlanError(
                f"{action.id} cannot wait for {other}: {' waits for '.join(circle)} already, so "
                "neither could begin.",
                hint="Take one of these dependencies away.",
            )


def _path(plan: Plan, start: str, goal: str) -> list[str]:
    """The chain of dependencies from one action to another; empty where there is none."""
    waiting, seen = [[start]], {start}
    while waiting:
        path = waiting.pop()
        if path[-1] == goal:
            return path
        held = plan.actions.get(path[-1])
        for each in held.depends_on if held else ():
            if each not in seen:
                seen.add(each)
                waiting.append([*path, each])
    return []


def _check_people(action: str, owner: str, lead: str, assurer: str) -> None:
    for role, name in (("owner", owner), ("delivery lead", lead)):
        if assurer and same_person(assurer, name or ""):
            raise PlanError(
                f"{action}: {assurer} is its {role} and cannot be its assurer.",
                hint="Name somebody who neither owns nor delivers the action.",
            )


def _delivery(plan: Plan, action: Action, draft: Draft) -> None:
    check_delivery_move(action, draft.to, draft.reason)
    gate = DELIVERY_GATES.get(draft.to)
    if gate:
        gate(action, draft.at)


def _impact(plan: Plan, action: Action, draft: Draft) -> None:
    check_impact_move(action, draft.to, draft.reason)
    gate = IMPACT_GATES.get(draft.to)
    if gate:
        gate(action, draft.at)


def _assured(plan: Plan, action: Action, draft: Draft) -> None:
    check_assured(action, draft.by)
    if not str(draft.to or "").strip():
        raise PlanError(f"{action.id}: assurance says what was looked at.", hint="--statement TEXT")


def _closed(plan: Plan, action: Action, draft: Draft) -> None:
    check_closing(action, draft.at, date(draft.to) if draft.to else None)


def _decided(plan: Plan, draft: Draft) -> None:
    if not str(draft.to.get("text", "")).strip():
        raise PlanError("A decision needs a text.", hint="Say what was decided.")
    if date(draft.to.get("board")) > draft.at.date():
        raise PlanError("A board cannot have decided on a day to come.")
    for name in draft.to.get("actions", ()):
        if name not in plan.actions:
            raise PlanError(f"'{name}' is no action of the plan.", hint=nearest(name, plan.actions))
    if draft.part in {each.id for each in plan.decisions} or not draft.part:
        raise PlanError(f"Decision '{draft.part}' is there already, or has no id.")


_RULES: Mapping[str, Rule] = {
    "changed": _changed,
    "delivery": _delivery,
    "impact": _impact,
    "assured": _assured,
    "closed": _closed,
    **PART_RULES,
}

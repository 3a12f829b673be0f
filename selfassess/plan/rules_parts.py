"""What the plan refuses of an action's parts: dates, milestones, measures, evidence, colours."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from typing import Any

from selfassess.errors import PlanError, nearest
from selfassess.model.plan import COLOURS
from selfassess.plan.apply import day
from selfassess.plan.events import READING, Draft
from selfassess.plan.gates import impact_evidence
from selfassess.plan.record import Action, Plan

__all__ = ["PART_RULES", "Rule", "check_success", "date"]

Rule = Callable[[Plan, Action, Draft], None]


def _due_set(plan: Plan, action: Action, draft: Draft) -> None:
    if action.due is not None:
        raise PlanError(
            f"{action.id}: its first due date, {action.baseline_due}, never changes.",
            hint=f"selfassess plan move-date {action.id} DATE --reason TEXT",
        )
    date(draft.to)


def _due_moved(plan: Plan, action: Action, draft: Draft) -> None:
    _check_moved(action.id, action.due, draft)


def _check_moved(what: str, due: dt.date | None, draft: Draft) -> None:
    if due is None:
        raise PlanError(f"{what} has no due date that could be moved.")
    if date(draft.to) == due:
        raise PlanError(f"{what} is due on {due} already.")
    if draft.from_ != due.isoformat():
        raise PlanError(f"{what} is due on {due}, not on {draft.from_}.")


def date(value: Any) -> dt.date:
    """A day from its text.

    Raises:
        PlanError: it is none.
    """
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise PlanError(f"'{value}' is not a date.", hint="Write it as 2026-09-30.") from error


def _milestone(plan: Plan, action: Action, draft: Draft) -> None:
    if draft.kind == "milestone-added":
        _check_new_part(draft, [each.id for each in action.milestones])
        return
    found = next((each for each in action.milestones if each.id == draft.part), None)
    if found is None:
        raise _no_part(action, "milestone", draft.part, [each.id for each in action.milestones])
    if not found.waiting:
        raise PlanError(f"{action.id}: milestone {found.id} is done or dropped already.")
    if draft.kind == "milestone-due-set" and found.due is not None:
        raise PlanError(
            f"{action.id}: milestone {found.id} has its first due date, {found.baseline_due}.",
            hint=f"selfassess plan move-date {action.id} DATE --milestone {found.id} --reason TEXT",
        )
    if draft.kind == "milestone-moved":
        _check_moved(f"{action.id}: milestone {found.id}", found.due, draft)
    if draft.kind == "milestone-done" and date(draft.to) > draft.at.date():
        raise PlanError(f"{action.id}: milestone {found.id} cannot be done on a day to come.")


def _no_part(action: Action, what: str, name: str, valid: list[str]) -> PlanError:
    return PlanError(
        f"{action.id} has no {what} '{name}'.",
        hint=nearest(name, valid) or f"selfassess plan show {action.id}",
    )


def _check_new_part(draft: Draft, ids: list[str]) -> None:
    if not draft.part or draft.to.get("id") != draft.part or draft.part in ids:
        raise PlanError(f"{draft.action}: '{draft.part}' is there already, or no id.")


def _success(plan: Plan, action: Action, draft: Draft) -> None:
    ids = [each.id for each in action.success]
    if draft.kind == "success-added":
        _check_new_part(draft, [*ids, *action.retired])
    elif draft.part not in ids:
        raise _no_part(action, "success measure", draft.part, ids)
    if draft.kind != "success-dropped":
        if draft.to.get("id") != draft.part:
            raise PlanError(f"{action.id}: a success measure keeps its id, {draft.part}.")
        check_success(action.id, draft.to)


def check_success(action: str, given: Mapping[str, Any]) -> None:
    """Refuse a success measure that could never show anything.

    Raises:
        PlanError: what is lacking.
    """
    name = f"{action}: success measure {given.get('id', '')}".rstrip()
    if not given.get("measure"):
        if not str(given.get("text", "")).strip() or not given.get("voice"):
            raise PlanError(
                f"{name} names no measure, so it needs a text and a voice.",
                hint="Say what is asked, and whose experience tells: "
                "text=Do you know your worker?; voice=child",
            )
        if given.get("target") is not None:
            raise PlanError(f"{name} is told by a voice; it has no number as its target.")
    numbers = [given.get(key) for key in ("baseline", "target", "tolerance")]
    points = given.get("trajectory", ())
    numbers += [point.get("value") for point in points]
    if any(value is not None and not math.isfinite(value) for value in numbers):
        raise PlanError(f"{name}: a number is not finite.")
    if (given.get("tolerance") or 0) < 0:
        raise PlanError(f"{name}: a tolerance is not below nought.")
    days = [point["date"] for point in points]
    if len(set(days)) != len(days):
        raise PlanError(f"{name}: two points of its trajectory have the same day.")
    start, end = day(given.get("baseline_date")), day(given.get("target_date"))
    if start and end and end <= start:
        raise PlanError(f"{name}: its target is due on {end}, not after its baseline of {start}.")
    if end and any(date(each) > end for each in days):
        raise PlanError(f"{name}: a point of its trajectory lies behind its target of {end}.")


def _risk(plan: Plan, action: Action, draft: Draft) -> None:
    ids = [each.id for each in action.risks]
    if draft.kind == "risk-added":
        _check_new_part(draft, [*ids, *action.retired])
    elif draft.part not in ids:
        raise _no_part(action, "risk", draft.part, ids)


def _evidenced(plan: Plan, action: Action, draft: Draft) -> None:
    _check_new_part(draft, [each.id for each in action.evidence])
    if not str(draft.to.get("ref", "")).strip():
        raise PlanError(
            f"{action.id}: evidence needs a reference.", hint="A document, an entry id."
        )
    if date(draft.to.get("date")) > draft.at.date():
        raise PlanError(f"{action.id}: evidence cannot be dated on a day to come.")


def _commented(plan: Plan, action: Action, draft: Draft) -> None:
    if not str(draft.to or "").strip():
        raise PlanError(f"{action.id}: a comment needs a text.")


def _overridden(plan: Plan, action: Action, draft: Draft) -> None:
    colour = draft.to.get("colour")
    if colour not in COLOURS or colour == "none":
        raise PlanError(
            f"{action.id}: '{colour}' is no colour.", hint="Valid: blue, green, amber, red."
        )
    if colour == "blue" and not (
        action.delivered_at and impact_evidence(action, action.delivered_at)
    ):
        raise PlanError(
            f"{action.id}: blue says that it is done and has worked, and no evidence of impact is "
            "dated after its delivery.",
            hint=f"selfassess plan evidence {action.id} REF --shows impact --date DATE",
        )
    if date(draft.to.get("until")) <= draft.at.date():
        raise PlanError(
            f"{action.id}: a colour set by hand needs a day, later than today, on which it ends.",
            hint="--until DATE",
        )


def _override_ended(plan: Plan, action: Action, draft: Draft) -> None:
    if action.override is None:
        raise PlanError(f"{action.id}: no colour was set by hand.")


def _reading(plan: Plan, action: Action, draft: Draft) -> None:
    ids = [each.id for each in action.success]
    if draft.part not in ids:
        raise _no_part(action, "success measure", draft.part, ids)
    value, says = draft.to.get("value"), draft.to.get("says")
    if value is not None and not math.isfinite(value):
        raise PlanError(f"{action.id}: a reading is a finite number.")
    if date(draft.to.get("date")) > draft.at.date():
        raise PlanError(f"{action.id}: nothing is read on a day to come.")
    measure = next(each for each in action.success if each.id == draft.part)
    if not measure.measure and says not in ("better", "same", "worse"):
        raise PlanError(
            f"{action.id}: {draft.part} is told, not counted.",
            hint="Say which way: --says better, same or worse",
        )
    if measure.measure and value is None and draft.to.get("status", "ok") == "ok":
        raise PlanError(f"{action.id}: {draft.part} is counted.", hint="Give a number: --value N")


PART_RULES: Mapping[str, Rule] = {
    "due-set": _due_set,
    "due-moved": _due_moved,
    "milestone-added": _milestone,
    "milestone-due-set": _milestone,
    "milestone-moved": _milestone,
    "milestone-done": _milestone,
    "milestone-dropped": _milestone,
    "success-added": _success,
    "success-changed": _success,
    "success-dropped": _success,
    "risk-added": _risk,
    "risk-dropped": _risk,
    "evidenced": _evidenced,
    "commented": _commented,
    "overridden": _overridden,
    "override-ended": _override_ended,
    READING: _reading,
}

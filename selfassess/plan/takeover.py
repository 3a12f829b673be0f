"""The simple list in ``self-evaluation.yaml`` and the store: taken over, then never at odds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.errors import PlanError, Problem
from selfassess.model.evidence import PlannedAction
from selfassess.plan.drafting import Author, add
from selfassess.plan.events import Draft
from selfassess.plan.record import Plan
from selfassess.plan.record_parts import SuccessMeasure

__all__ = ["at_odds", "refuse_two_plans", "take_over"]

_SHARED = ("title", "owner", "due", "outcome")
"""What both say of an action."""


def at_odds(listed: Sequence[PlannedAction], plan: Plan) -> list[str]:
    """What the list says otherwise than the store; empty where the two agree."""
    found = []
    for action in listed:
        held = plan.actions.get(action.id)
        if held is None:
            found.append(f"{action.id} is in the list and not in the plan")
            continue
        for name in _SHARED:
            mine, theirs = getattr(action, name), getattr(held, name)
            if mine and mine != theirs:
                found.append(f"{action.id}: {name} is '{mine}' in the list, '{theirs}' in the plan")
    return found


def refuse_two_plans(listed: Sequence[PlannedAction], plan: Plan) -> None:
    """Refuse to go on where the list and the store say different things.

    Raises:
        PlanError: every difference.
    """
    if not plan.actions:
        return
    found = at_odds(listed, plan)
    if found:
        raise PlanError(
            problems=[
                Problem(
                    "self-evaluation.yaml, plan",
                    "the improvement plan is kept in the plan's store now, and this list says "
                    "something else.",
                    "Take the list out of the file; `selfassess plan list` shows the plan.",
                ),
                *(Problem("", each) for each in found),
            ]
        )


def take_over(
    plan: Plan,
    author: Author,
    listed: Sequence[PlannedAction],
    units: Mapping[str, str] | None = None,
) -> tuple[Draft, ...]:
    """Events that add what the store has not; the list's status becomes a remark.

    Args:
        plan: as it stands.
        author: who takes it over.
        listed: the list.
        units: of measures, by id.
    """
    drafts: list[Draft] = []
    for action in listed:
        if action.id in plan.actions:
            continue
        fields: dict[str, Any] = {
            name: getattr(action, name)
            for name in (
                *("title", "owner", "why", "topics", "criterion", "judgement", "outcome", "due"),
                *("responsible", "tags"),
            )
        }
        fields["audience"] = "public" if action.public else "partner" if action.partner else ""
        success = [
            SuccessMeasure(measure=name, unit=(units or {}).get(name, ""))
            for name in action.success_measures
        ]
        drafts += add(plan, author, fields, id_=action.id, success=success)
        if action.status:
            text = f"Status in self-evaluation.yaml: {action.status}"
            drafts.append(author.draft(action.id, "commented", text, part="C1"))
    return tuple(drafts)

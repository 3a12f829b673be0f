"""The improvement plan in ``assessment.json``, and the weaknesses that no action answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from selfassess.assessment import parts as part
from selfassess.model.evidence import PlannedAction
from selfassess.plan.answers import unanswered

if TYPE_CHECKING:
    from selfassess.model.assessment import Finding
    from selfassess.workspace.plan import AssessedPlan

__all__ = ["plan", "plan_input", "unplanned"]

_ENDED = frozenset({"closed", "cancelled", "superseded"})
"""States in which an action answers a weakness no more."""


def plan(listed: Iterable[PlannedAction], kept: AssessedPlan | None) -> list[dict[str, Any]]:
    """Each action by the keys that every plan has, and what the store knows besides.

    Args:
        listed: the actions as they bear on the framework at hand.
        kept: the plan's store, if there is one.
    """
    details = kept.details if kept else {}
    return [
        {
            "id": action.id,
            "title": action.title,
            "owner": action.owner,
            "due": part.date(action.due),
            "why": list(action.why),
            "judgement": action.judgement,
            "criterion": action.criterion,
            "success_measures": list(action.success_measures),
            "outcome": action.outcome,
            "status": action.status,
            "public": action.public,
            "partner": action.partner,
            **{
                key: value
                for key, value in details.get(action.id, {}).items()
                if key not in ("why", "judgement", "criterion")
            },
        }
        for action in listed
    ]


def plan_input(kept: AssessedPlan | None) -> list[dict[str, Any]]:
    """The plan's history among the inputs: a hash of what was taken from it, and no rows."""
    if kept is None:
        return []
    return [{"path": kept.name, "sha256": kept.sha256, "extract_date": None, "sheets": []}]


def unplanned(findings: Iterable[Finding], listed: Iterable[PlannedAction]) -> list[str]:
    """Ids of weaknesses that no action works on."""
    why = [reason for each in listed if each.status not in _ENDED for reason in each.why]
    told = (
        {"id": each.id, "kind": each.kind, "evidence": list(each.evidence)} for each in findings
    )
    return unanswered(told, why)

"""The plan as ``assessment.json`` shows it: the list's keys as ever, and what the store knows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from selfassess.model.plan import PlanSettings
from selfassess.plan.colours import measure_colour
from selfassess.plan.derived import Derived, derive
from selfassess.plan.feed import reading_id
from selfassess.plan.gates import assurance_that_holds
from selfassess.plan.progress import Progress, value_text
from selfassess.plan.record import Action, Plan
from selfassess.plan.record_parts import Milestone

__all__ = ["items"]

_TEXTS = 3
"""Comments that an assessment shows; the history has them all."""


def items(plan: Plan, as_at: dt.date, settings: PlanSettings) -> list[dict[str, Any]]:
    """Every action, as plain data."""
    return [
        _item(action, derive(action, plan, as_at, settings), plan, settings)
        for action in plan.actions.values()
    ]


def _item(action: Action, known: Derived, plan: Plan, settings: PlanSettings) -> dict[str, Any]:
    return {
        "id": action.id,
        "title": action.title,
        "owner": action.owner,
        "due": _text(action.due),
        "why": list(action.why),
        "judgement": action.judgement,
        "criterion": action.criterion,
        "success_measures": list(
            dict.fromkeys(
                reading_id(each.measure, each.scope) for each in action.success if each.measure
            )
        ),
        "outcome": action.outcome,
        "status": "closed" if action.closed else action.delivery,
        "delivery": action.delivery,
        "delivery_reason": action.delivery_reason,
        "delivered": _text(action.delivered_at),
        "impact": action.impact,
        "impact_reason": action.impact_reason,
        "closed": _text(action.closed_at),
        "retest": _text(action.retest),
        "reopened": [_text(each) for each in action.reopened],
        "lead": action.lead,
        "assurer": action.assurer,
        "assured_by": assurance_that_holds(action) if action.delivered_at else None,
        "responsible": list(action.responsible),
        "tags": list(action.tags),
        "topics": list(action.topics),
        "came_from": action.came_from,
        "came_from_date": _text(action.came_from_date),
        "due_baseline": _text(action.baseline_due),
        "moves": [
            {
                "from": _text(each.from_),
                "to": _text(each.to),
                "reason": each.reason,
                "by": each.by,
                "at": _text(each.at),
            }
            for each in action.moves
        ],
        "drift": known.drift,
        "rag": known.colour,
        "rag_label": known.label,
        "rag_rule": known.rule,
        "rag_by_rule": known.by_rule,
        "rag_set_by": known.override.by if known.override else None,
        "flags": list(known.flags),
        "overdue_days": known.overdue_days,
        "slipping": known.slipping,
        "unmeasured": list(known.unmeasured),
        "blocked_by": list(known.blocked_by),
        "depends_on": list(action.depends_on),
        "impact_evidence": list(known.evidence),
        "success": [_success(each, settings) for each in known.progress],
        "milestones": [_milestone(each) for each in action.milestones],
        "risks": [
            {
                "id": each.id,
                "text": each.text,
                "level": each.level,
                "response": each.response,
                "owner": each.owner,
            }
            for each in action.risks
        ],
        "evidence": [
            {
                "id": each.id,
                "shows": each.shows,
                "ref": each.ref,
                "date": _text(each.date),
                "text": each.text,
                "voice": each.voice,
            }
            for each in action.evidence
        ],
        "comments": [
            {"text": each.text, "by": each.by, "at": _text(each.at)}
            for each in action.comments[-_TEXTS:]
        ],
        "decisions": [
            {"id": each.id, "text": each.text, "board": _text(each.board), "by": each.by}
            for each in plan.decisions_on(action.id)
        ],
    }


def _success(come: Progress, settings: PlanSettings) -> dict[str, Any]:
    measure, reading = come.measure, come.reading
    colour, text = measure_colour(come, settings)
    return {
        "id": measure.id,
        "measure": measure.measure or None,
        "where": dict(measure.scope),
        "reading": reading_id(measure.measure, measure.scope) if measure.measure else None,
        "asks": measure.text,
        "voice": measure.voice,
        "unit": measure.unit,
        "baseline": _number(measure.baseline),
        "baseline_date": _text(measure.baseline_date),
        "target": _number(measure.target),
        "target_date": _text(measure.target_date),
        "trajectory": [
            {"date": _text(each.date), "value": _number(each.value)} for each in measure.trajectory
        ],
        "tolerance": _number(measure.tolerance),
        "next_reading": _text(measure.next_reading),
        "read_on": _text(reading.date) if reading else None,
        "value": _number(reading.value) if reading else None,
        "says": reading.says if reading else None,
        "expected": _number(come.expected),
        "distance": _number(come.distance),
        "met": come.target_met,
        "fell_back": come.was_met and come.target_met is False,
        "rag": colour,
        "text": text,
        "goal": _goal(come),
    }


def _goal(come: Progress) -> str:
    """From where to where, in words."""
    measure = come.measure
    if measure.target is None:
        return "no target is set" if measure.measure else "told, not counted"
    start = "" if measure.baseline is None else f"{value_text(measure.baseline, measure.unit)} to "
    by = f" by {measure.target_date}" if measure.target_date else ""
    return f"{start}{value_text(measure.target, measure.unit)}{by}"


def _milestone(each: Milestone) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "due": _text(each.due),
        "due_baseline": _text(each.baseline_due),
        "moves": len(each.moves),
        "done": _text(each.done),
        "dropped": each.dropped,
    }


def _text(value: dt.date | None) -> str | None:
    """A day as text; of a time its day alone."""
    return None if value is None else value.isoformat()[:10]


def _number(value: float | None) -> float | int | None:
    """As everywhere in ``assessment.json``: whole numbers as integers, others to six places."""
    if value is None:
        return None
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded

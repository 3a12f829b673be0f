"""The council's own board pack as plain data, from the plan's history alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from selfassess.board_pack.asks import asks
from selfassess.board_pack.exceptions import exceptions
from selfassess.board_pack.naming import in_words
from selfassess.board_pack.story import story
from selfassess.errors import PlanError
from selfassess.model.common import scope_text
from selfassess.model.plan import PlanSettings
from selfassess.plan.assessed import items
from selfassess.plan.colours import legend
from selfassess.plan.derived import Derived, derive_all
from selfassess.plan.events import Event, content_hash, plain, until
from selfassess.plan.fold import fold
from selfassess.plan.progress import direction, way
from selfassess.plan.record import Action, Plan
from selfassess.plan.record_parts import SuccessMeasure
from selfassess.plan.since import Changes, last_board, since
from selfassess.report.text import brief

__all__ = ["SCHEMA", "board_data", "start_of"]

SCHEMA = "selfassess/board@1"
_SHORT = 56
"""Characters of a measure's title on the first page."""
_BASES = {
    "given": "as asked for",
    "board": "the last board that decided something",
    "first": "the plan’s first day; no earlier board decided anything",
}


def board_data(
    events: Sequence[Event],
    *,
    as_at: dt.date,
    start: dt.date | None,
    settings: PlanSettings,
    council: Mapping[str, Any],
    titles: Mapping[str, str],
    words: Mapping[str, Mapping[str, str]],
    made_with: Mapping[str, str],
    parts: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Everything that the pack prints, as ``board.json`` holds it.

    Args:
        events: the plan's history.
        as_at: the day of the pack; what happened later is left out.
        start: the last board; found in the history if left out.
        settings: the council's limits and words.
        council: name and code.
        titles: what measures are called, by id.
        words: values of scopes in words, by dimension.
        made_with: name and version of the program.
        parts: what judgements, criteria, topics and tags are called, by id.

    Raises:
        PlanError: nothing had happened by that day, or the last board lies behind it.
    """
    history = until(events, as_at)
    plan = fold(events, as_at)
    begun, basis = start_of(history, plan, as_at, start)
    before = fold(events, begun)
    known = derive_all(plan, as_at, settings)
    asked = asks(plan, known, settings)

    def name(measure: SuccessMeasure, room: int = 400) -> str:
        if not measure.measure:
            return brief(measure.text or "What children and others say", room)
        title = brief(titles.get(measure.measure, measure.measure), room)
        scope = ", ".join(words.get(key, {}).get(value, value) for key, value in measure.scope)
        return f"{title} ({brief(scope, room)})" if scope else title

    told = story(plan, before, begun, as_at, lambda measure: name(measure, _SHORT))
    return {
        "schema": SCHEMA,
        "audience": "internal",
        "council": {"name": council.get("name"), "code": council.get("code")},
        "as_at": as_at.isoformat(),
        "since": begun.isoformat(),
        "since_basis": _BASES[basis],
        "made_with": dict(made_with),
        "plan_sha256": content_hash(events, as_at),
        "legend": [asdict(each) for each in legend(settings).values()],
        "limits": {
            "amber_share": settings.amber_share,
            "moved_often": settings.moved_often,
            "stale_days": settings.stale_days,
        },
        "story": {way_: [asdict(each) for each in items_] for way_, items_ in told.items()},
        "asks": [asdict(each) for each in asked],
        "exceptions": [plain(asdict(each)) for each in exceptions(plan, known, asked, history)],
        "actions": [
            {
                **_with_points(item, plan.actions[item["id"]], known[item["id"]], name, history),
                **in_words(item, titles, words, parts or {}),
            }
            for item in items(plan, as_at, settings)
        ],
        "risks": _risks(plan),
        "decisions": [
            {
                "id": each.id,
                "text": each.text,
                "board": each.board.isoformat(),
                "actions": list(each.actions),
                "by": each.by,
                "new": each.at.date() > begun,
            }
            for each in sorted(plan.decisions, key=lambda one: (one.board, one.at), reverse=True)
        ],
        "changes": _changes(since(events, begun, as_at, settings)),
        "disclosure": None,
    }


def start_of(
    history: Sequence[Event], plan: Plan, as_at: dt.date, start: dt.date | None
) -> tuple[dt.date, str]:
    """From which day on the pack tells, and how that day was found.

    Raises:
        PlanError: there is nothing to tell, or the day lies behind the pack's own.
    """
    if not history:
        raise PlanError(
            f"Nothing had happened to the plan by {as_at}.",
            hint="Name a later day with --as-at; `selfassess plan history` shows what there is.",
        )
    if start is not None:
        if start >= as_at:
            raise PlanError(
                f"The last board ({start}) is not before the day of the pack ({as_at}).",
                hint="Give an earlier --since, or a later --as-at.",
            )
        return start, "given"
    found = last_board(plan, as_at)
    if found is not None:
        return found, "board"
    return history[0].at.date(), "first"


def _with_points(
    item: Mapping[str, Any],
    action: Action,
    known: Derived,
    name: Any,
    history: Sequence[Event],
) -> dict[str, Any]:
    """An action as an assessment shows it, with every reading and every delivery."""
    delivered = [
        each.at.date().isoformat()
        for each in history
        if each.action == action.id and each.kind == "delivery" and each.to == "delivered"
    ]
    return {
        **item,
        "comments": [
            {"text": each.text, "by": each.by, "at": each.at.date().isoformat()}
            for each in action.comments
        ],
        "assurances": [
            {"statement": each.statement, "by": each.by, "at": each.at.date().isoformat()}
            for each in action.assurances
        ],
        "without_impact": known.without_impact,
        "delivered_on": delivered,
        "success": [
            {
                **shown,
                "title": name(measure),
                "scope": scope_text(measure.scope),
                "better": direction(measure),
                "way": [
                    [day.isoformat(), plain(value)]
                    for day, value in way(measure, action.baseline_due)
                ],
                "points": [
                    {
                        "date": each.date.isoformat(),
                        "value": plain(each.value),
                        "says": each.says,
                        "text": each.text,
                        "source": each.source,
                        "status": each.status,
                    }
                    for each in action.readings
                    if each.measure == measure.id
                ],
            }
            for shown, measure in zip(item["success"], action.success, strict=True)
        ],
    }


def _risks(plan: Plan) -> list[dict[str, Any]]:
    """The risks of open actions, the highest first."""
    order = ("high", "medium", "low")
    found = [
        {"action": action.id, "title": action.title, **asdict(risk)}
        for action in plan.actions.values()
        if action.open
        for risk in action.risks
    ]
    return sorted(found, key=lambda each: order.index(each["level"]))


def _changes(found: Changes) -> dict[str, list[dict[str, Any]]]:
    return {
        kind: [
            {
                "action": each.action,
                "title": each.title,
                "text": each.text,
                "reason": each.reason,
                "by": each.by,
                "at": each.at.date().isoformat() if each.at else None,
            }
            for each in getattr(found, kind)
        ]
        for kind in ("new", "moved", "slipped", "closed", "reopened", "ended")
    }

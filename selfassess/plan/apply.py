"""What each kind of event does to an action. Nothing is refused here: `rules` did that before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from selfassess.loading.decode import build
from selfassess.plan.events import Event
from selfassess.plan.record import TEXT_FIELDS, Action
from selfassess.plan.record_parts import (
    Assurance,
    Comment,
    Evidence,
    Milestone,
    Move,
    Override,
    Reading,
    Risk,
    SuccessMeasure,
)

__all__ = ["KINDS", "apply", "day", "field_value"]

Item = TypeVar("Item", SuccessMeasure, Milestone, Risk)
_LISTS = frozenset({"why", "topics", "tags", "responsible", "depends_on"})
_NONE = frozenset({"criterion", "judgement"})


def day(value: Any) -> dt.date | None:
    """A date from its text; None for nothing."""
    return dt.date.fromisoformat(value) if value else None


def field_value(name: str, value: Any) -> Any:
    """A field's value from plain data."""
    if name in _LISTS:
        return tuple(str(item) for item in value or ())
    if name == "came_from_date":
        return day(value)
    if name in _NONE:
        return value or None
    return value or ""


def apply(action: Action | None, event: Event) -> Action:
    """The action after an event."""
    if action is None:
        if event.kind != "added":
            raise KeyError(event.action)
        found = _added(event)
    elif event.kind == "reading":
        return _reading(action, event)  # no change by a person
    else:
        found = _KINDS[event.kind](action, event)
    return replace(found, version=event.version, touched_at=event.at)


def _added(event: Event) -> Action:
    given: Mapping[str, Any] = event.to
    due = day(given.get("due"))
    return Action(
        id=event.action,
        **{name: field_value(name, given[name]) for name in TEXT_FIELDS if name in given},
        baseline_due=due,
        due=due,
        milestones=tuple(_milestone(item) for item in given.get("milestones", ())),
        success=tuple(build(item, SuccessMeasure) for item in given.get("success", ())),
        risks=tuple(build(item, Risk) for item in given.get("risks", ())),
        added_by=event.by,
        added_at=event.at,
    )


def _milestone(given: Mapping[str, Any]) -> Milestone:
    due = day(given.get("due"))
    return Milestone(id=given["id"], title=given["title"], baseline_due=due, due=due)


def _changed(action: Action, event: Event) -> Action:
    return replace(action, **{event.part: field_value(event.part, event.to)})


def _due_set(action: Action, event: Event) -> Action:
    due = dt.date.fromisoformat(event.to)
    return replace(action, due=due, baseline_due=due)


def _move(event: Event) -> Move:
    return Move(
        from_=dt.date.fromisoformat(event.from_),
        to=dt.date.fromisoformat(event.to),
        reason=event.reason,
        by=event.by,
        at=event.at,
    )


def _due_moved(action: Action, event: Event) -> Action:
    return replace(action, due=dt.date.fromisoformat(event.to), moves=(*action.moves, _move(event)))


def _with(items: tuple[Item, ...], part: str, change: Callable[[Item], Item]) -> tuple[Item, ...]:
    if all(item.id != part for item in items):
        raise KeyError(part)
    return tuple(change(item) if item.id == part else item for item in items)


def _milestone_added(action: Action, event: Event) -> Action:
    return replace(action, milestones=(*action.milestones, _milestone(event.to)))


def _milestone_due_set(action: Action, event: Event) -> Action:
    due = dt.date.fromisoformat(event.to)
    return replace(
        action,
        milestones=_with(
            action.milestones, event.part, lambda m: replace(m, due=due, baseline_due=due)
        ),
    )


def _milestone_moved(action: Action, event: Event) -> Action:
    moved = _move(event)
    return replace(
        action,
        milestones=_with(
            action.milestones,
            event.part,
            lambda m: replace(m, due=moved.to, moves=(*m.moves, moved)),
        ),
    )


def _milestone_done(action: Action, event: Event) -> Action:
    done = day(event.to)
    return replace(
        action, milestones=_with(action.milestones, event.part, lambda m: replace(m, done=done))
    )


def _milestone_dropped(action: Action, event: Event) -> Action:
    return replace(
        action,
        milestones=_with(action.milestones, event.part, lambda m: replace(m, dropped=event.reason)),
    )


def _success_added(action: Action, event: Event) -> Action:
    return replace(action, success=(*action.success, build(event.to, SuccessMeasure)))


def _success_changed(action: Action, event: Event) -> Action:
    new = build(event.to, SuccessMeasure)
    return replace(action, success=_with(action.success, event.part, lambda _: new))


def _success_dropped(action: Action, event: Event) -> Action:
    return replace(
        action,
        success=tuple(each for each in action.success if each.id != event.part),
        retired=(*action.retired, event.part),
    )


def _risk_added(action: Action, event: Event) -> Action:
    return replace(action, risks=(*action.risks, build(event.to, Risk)))


def _risk_dropped(action: Action, event: Event) -> Action:
    return replace(
        action,
        risks=tuple(each for each in action.risks if each.id != event.part),
        retired=(*action.retired, event.part),
    )


def _evidenced(action: Action, event: Event) -> Action:
    return replace(action, evidence=(*action.evidence, build(event.to, Evidence)))


def _commented(action: Action, event: Event) -> Action:
    comment = Comment(id=event.part, text=event.to, by=event.by, at=event.at)
    return replace(action, comments=(*action.comments, comment))


def _delivery(action: Action, event: Event) -> Action:
    delivered = event.at if event.to == "delivered" else action.delivered_at
    return replace(action, delivery=event.to, delivery_reason=event.reason, delivered_at=delivered)


def _impact(action: Action, event: Event) -> Action:
    moved = replace(action, impact=event.to, impact_reason=event.reason)
    if not action.closed or event.to != "reversed":
        return moved
    # What was closed on an impact that is gone is open again, and its delivery not done.
    return replace(
        moved,
        closed_at=None,
        retest=None,
        delivered_at=None,
        delivery="in-progress",
        delivery_reason=event.reason,
        reopened=(*action.reopened, event.at),
    )


def _assured(action: Action, event: Event) -> Action:
    said = Assurance(by=event.by, at=event.at, statement=event.to)
    return replace(action, assurances=(*action.assurances, said))


def _closed(action: Action, event: Event) -> Action:
    return replace(action, closed_at=event.at, retest=day(event.to))


def _overridden(action: Action, event: Event) -> Action:
    override = Override(
        colour=event.to["colour"],
        by=event.by,
        reason=event.reason,
        until=dt.date.fromisoformat(event.to["until"]),
        at=event.at,
    )
    return replace(action, override=override)


def _override_ended(action: Action, event: Event) -> Action:
    return replace(action, override=None)


def _reading(action: Action, event: Event) -> Action:
    reading = Reading(
        measure=event.part,
        date=dt.date.fromisoformat(event.to["date"]),
        value=None if event.to.get("value") is None else float(event.to["value"]),
        says=event.to.get("says"),
        text=event.to.get("text", ""),
        source=event.to.get("source", ""),
        status=event.to.get("status", "ok"),
        by=event.by,
    )
    held = action.readings
    if held and _order(held[-1]) >= _order(reading):
        # A day is read once: what is read anew, because evidence was put right, takes its place
        # here and stays beside it in the history.
        kept = [each for each in held if _order(each) != _order(reading)]
        return replace(action, readings=tuple(sorted([*kept, reading], key=_order)))
    return replace(action, readings=(*held, reading))


def _order(reading: Reading) -> tuple[dt.date, str, str]:
    return reading.date, reading.measure, reading.source


_KINDS: Mapping[str, Callable[[Action, Event], Action]] = {
    "changed": _changed,
    "due-set": _due_set,
    "due-moved": _due_moved,
    "milestone-added": _milestone_added,
    "milestone-due-set": _milestone_due_set,
    "milestone-moved": _milestone_moved,
    "milestone-done": _milestone_done,
    "milestone-dropped": _milestone_dropped,
    "success-added": _success_added,
    "success-changed": _success_changed,
    "success-dropped": _success_dropped,
    "risk-added": _risk_added,
    "risk-dropped": _risk_dropped,
    "evidenced": _evidenced,
    "commented": _commented,
    "delivery": _delivery,
    "impact": _impact,
    "assured": _assured,
    "closed": _closed,
    "overridden": _overridden,
    "override-ended": _override_ended,
}

KINDS: tuple[str, ...] = ("added", *_KINDS, "reading", "decided")
"""Every kind of event that a history may hold."""

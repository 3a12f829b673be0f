"""What events add up to: folded in their order they give the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from selfassess.errors import PlanError
from selfassess.plan.apply import apply
from selfassess.plan.events import Event
from selfassess.plan.record import Action, Plan
from selfassess.plan.record_parts import Decision

__all__ = ["fold", "step"]


def fold(events: Iterable[Event], as_at: dt.date | None = None) -> Plan:
    """What events add up to, up to the end of a day.

    Raises:
        PlanError: the history is not one that this version wrote.
    """
    actions: dict[str, Action] = {}
    decisions: list[Decision] = []
    seq = 0
    for event in events:
        seq = event.seq
        if as_at is not None and event.at.date() > as_at:
            continue
        try:
            step(actions, decisions, event)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise PlanError(
                f"Event {event.seq} of the plan ({event.kind}, {event.action or 'board'}) cannot "
                f"be read: {type(error).__name__}.",
                hint="Restore the plan from a backup or from an export, or use the version of "
                "selfassess that wrote it.",
            ) from error
    ordered = {key: actions[key] for key in sorted(actions, key=_by_id)}
    return Plan(actions=ordered, decisions=tuple(decisions), seq=seq)


def step(actions: dict[str, Action], decisions: list[Decision], event: Event) -> None:
    """Add one event to what the ones before it gave."""
    if event.kind == "decided":
        decisions.append(
            Decision(
                id=event.part,
                text=event.to["text"],
                board=dt.date.fromisoformat(event.to["board"]),
                actions=tuple(event.to.get("actions", ())),
                by=event.by,
                at=event.at,
            )
        )
        return
    actions[event.action] = apply(actions.get(event.action), event)


def _by_id(name: str) -> tuple[str, int, str]:
    """A-2 stands before A-10."""
    head = name.rstrip("0123456789")
    digits = name[len(head) :]
    return (head, int(digits) if digits else -1, name)

"""What happened to the plan between two days, as a board asks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from selfassess.model.plan import PlanSettings
from selfassess.plan.derived import derive_all
from selfassess.plan.events import Event
from selfassess.plan.fold import fold
from selfassess.plan.record import Plan
from selfassess.plan.record_parts import Decision

__all__ = ["Changed", "Changes", "last_board", "since"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One action's change, in a sentence, with who said so and why."""

    action: str
    title: str
    text: str
    reason: str = ""
    by: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed after one day, up to the end of another.

    Attributes:
        new: actions that were added.
        moved: moves of delivery or impact.
        slipped: due dates put off, and actions that became overdue.
        closed, reopened, ended: as the words say; ended are cancelled or superseded.
        decisions: what boards decided.
    """

    since: dt.date
    until: dt.date
    new: tuple[Changed, ...]
    moved: tuple[Changed, ...]
    slipped: tuple[Changed, ...]
    closed: tuple[Changed, ...]
    reopened: tuple[Changed, ...]
    ended: tuple[Changed, ...]
    decisions: tuple[Decision, ...]


def last_board(plan: Plan, before: dt.date) -> dt.date | None:
    """The day of the latest board before a day that decided something; None without one."""
    days = [each.board for each in plan.decisions if each.board < before]
    return max(days, default=None)


def since(events: Sequence[Event], start: dt.date, end: dt.date, settings: PlanSettings) -> Changes:
    """What changed after the end of `start`, up to the end of `end`."""
    now = fold(events, end)
    fresh = [each for each in events if start < each.at.date() <= end]

    def changed(event: Event, text: str) -> Changed:
        return Changed(
            action=event.action,
            title=now.actions[event.action].title,
            text=text,
            reason=event.reason,
            by=event.by,
            at=event.at,
        )

    moved, closed, reopened, ended, slipped = [], [], [], [], []
    open_before = fold(events, start).actions
    is_closed = {name: each.closed for name, each in open_before.items()}
    for event in fresh:
        if event.kind == "closed":
            is_closed[event.action] = True
            closed.append(changed(event, f"closed; to be tested again on {event.to}"))
        elif event.kind == "delivery" and event.to in ("cancelled", "superseded"):
            ended.append(changed(event, str(event.to)))
        elif event.kind in ("delivery", "impact"):
            moved.append(changed(event, f"{event.kind}: {event.from_} to {event.to}"))
            if event.kind == "impact" and event.to == "reversed" and is_closed.get(event.action):
                is_closed[event.action] = False
                reopened.append(changed(event, "reopened: its impact has gone"))
        elif event.kind in ("due-moved", "milestone-moved") and event.to > event.from_:
            days = (dt.date.fromisoformat(event.to) - dt.date.fromisoformat(event.from_)).days
            what = f"milestone {event.part}" if event.part else "due date"
            text = f"{what} put off by {days} days, from {event.from_} to {event.to}"
            slipped.append(changed(event, text))
    slipped += _became_overdue(events, now, start, end, settings)
    return Changes(
        since=start,
        until=end,
        new=tuple(changed(e, "added") for e in fresh if e.kind == "added"),
        moved=tuple(moved),
        slipped=tuple(slipped),
        closed=tuple(closed),
        reopened=tuple(reopened),
        ended=tuple(ended),
        decisions=tuple(each for each in now.decisions if start < each.at.date() <= end),
    )


def _became_overdue(
    events: Sequence[Event], now: Plan, start: dt.date, end: dt.date, settings: PlanSettings
) -> list[Changed]:
    then = fold(events, start)
    before, after = derive_all(then, start, settings), derive_all(now, end, settings)
    return [
        Changed(
            action=name, title=now.actions[name].title, text=f"became overdue: due {action.due}"
        )
        for name, action in now.actions.items()
        if after[name].overdue_days and not (name in before and before[name].overdue_days)
    ]

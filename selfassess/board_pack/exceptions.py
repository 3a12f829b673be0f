"""Exceptions: the actions that a board has to talk about, each with what people said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selfassess.board_pack.asks import Ask
from selfassess.plan.derived import Derived
from selfassess.plan.events import Event
from selfassess.plan.record import Action, Plan

__all__ = ["NO_CAUSE", "NO_RECOVERY", "ExceptionLine", "exceptions"]

NO_CAUSE = "Nobody gave one."
NO_RECOVERY = "Nobody told one."
_NOT_ALONE = frozenset({"stale"})
"""Flags that are told, and alone make no exception."""
_REASONED = frozenset({"due-moved", "milestone-moved", "delivery", "impact", "success-changed"})
_FALLBACK = "What brings it back to its trajectory, and by when?"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionLine:
    """An action that is off its way.

    Attributes:
        why: what makes it an exception, in words.
        cause, recovery: as people gave them, or that they did not; with `cause_by` and
            `recovery_by`: who and on which day.
        asks: what is asked of it.
        due, first_due: the current date and the first one.
    """

    action: str
    why: tuple[str, ...]
    cause: str
    cause_by: str
    recovery: str
    recovery_by: str
    asks: tuple[str, ...]
    owner: str
    due: dt.date | None
    first_due: dt.date | None


def exceptions(
    plan: Plan,
    known: Mapping[str, Derived],
    asked: Sequence[Ask],
    events: Sequence[Event],
) -> tuple[ExceptionLine, ...]:
    """Actions that are red, or that a derived fact holds against; the gravest question first.

    Args:
        plan: folded up to the day.
        known: what follows from each action on that day.
        asked: what the plan asks.
        events: the history up to that day.
    """
    own: dict[str, list[str]] = {}
    for ask in asked:
        own.setdefault(ask.action, []).append(ask.text)
    found = []
    for name, action in plan.actions.items():
        why = _why(action, known[name])
        if not action.ended and (why or name in own):
            history = [each for each in events if each.action == name]
            found.append(_line(action, why, own.get(name, []), history))
    gravest = [*own]
    return tuple(
        sorted(
            found,
            key=lambda each: gravest.index(each.action) if each.action in own else len(gravest),
        )
    )


def _why(action: Action, known: Derived) -> tuple[str, ...]:
    told = []
    if known.colour == "red":
        told.append("red")
    if known.colour != "red" and known.by_rule == "red" and known.override:
        told.append(f"red by the rule; {known.override.by} set another colour")
    if action.impact == "reversed":
        told.append("impact reversed")
    words = {
        "overdue": f"overdue by {_days(known.overdue_days)}",
        "slipping": known.slipping,
        "unmeasured": "" if action.delivery == "draft" else "; ".join(known.unmeasured),
        "repeatedly-moved": f"moved {_times(known.moves)}",
        "blocked-by": f"waits for {', '.join(known.blocked_by)}",
        "delivered-without-impact": "delivered without impact",
        "fell-back": f"{', '.join(known.fell_back)} fell back from the target",
        "retest-due": "re-test due",
        "stale": f"nobody changed anything for {_days(known.quiet_days)}",
    }
    if action.delivery == "blocked":
        told.append("blocked")
    flags = [flag for flag in known.flags if words.get(flag)]
    if not told and not any(flag not in _NOT_ALONE for flag in flags):
        return ()
    return (*told, *(words[flag] for flag in flags))


def _line(
    action: Action, why: tuple[str, ...], own: Sequence[str], history: Sequence[Event]
) -> ExceptionLine:
    cause, cause_by = _cause(history)
    recovery, recovery_by = _recovery(action, history)
    return ExceptionLine(
        action=action.id,
        why=why,
        cause=cause or NO_CAUSE,
        cause_by=cause_by,
        recovery=recovery or NO_RECOVERY,
        recovery_by=recovery_by,
        asks=tuple(own) or (_FALLBACK,),
        owner=action.owner,
        due=action.due,
        first_due=action.baseline_due,
    )


def _cause(history: Sequence[Event]) -> tuple[str, str]:
    """The reasons of the last day on which any was given for a move, a block or a change."""
    given = [each for each in history if each.kind in _REASONED and each.reason]
    if not given:
        return "", ""
    last = max(each.at.date() for each in given)
    here = [each for each in given if each.at.date() == last]
    texts = list(dict.fromkeys(each.reason for each in here))
    people = list(dict.fromkeys(each.by for each in here))
    return " ".join(_ended(text) for text in texts), f"{', '.join(people)}, {last}"


def _recovery(action: Action, history: Sequence[Event]) -> tuple[str, str]:
    """The latest comment, or the latest response to a risk that still stands."""
    standing = {each.id for each in action.risks}
    found: tuple[str, str] = ("", "")
    for event in history:
        text = ""
        if event.kind == "commented":
            text = str(event.to)
        elif event.kind == "risk-added" and event.part in standing:
            text = str(event.to.get("response") or "")
        elif event.kind == "added":
            responses = [risk.get("response") for risk in event.to.get("risks", ())]
            text = " ".join(
                _ended(str(response))
                for risk, response in zip(event.to.get("risks", ()), responses, strict=True)
                if response and risk.get("id") in standing
            )
        if text:
            found = (text, f"{event.by}, {event.at.date()}")
    return found


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

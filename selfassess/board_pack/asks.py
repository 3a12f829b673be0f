"""What a board has to decide and what owners owe: derived from the plan, typed by nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from selfassess.model.plan import PlanSettings
from selfassess.plan.derived import Derived
from selfassess.plan.gates import assurance_that_holds
from selfassess.plan.record import Action, Plan

__all__ = ["GROUPED", "Ask", "asks"]

Of = Literal["board", "owner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question that a state of the plan raises.

    Attributes:
        kind: which rule raised it.
        of: who has to answer: the board decides, or the owner supplies something.
        who: the owner's name; empty where there is none.
    """

    kind: str
    of: Of
    action: str
    who: str
    text: str


GROUPED: Mapping[str, str] = {
    "reversed": "Its impact has gone. What will be done differently?",
    "without-impact": "Delivered, and nothing has changed for children. What instead?",
    "moved": "Moved again and again. Is it still the right action?",
    "blocked": "Blocked. Who clears the way?",
    "overdue": "Overdue without a new date. When, and what stood in the way?",
    "retest": "To be tested again. Does it still hold?",
    "unmeasured": "Nobody can say whether it works. What will tell?",
    "no-assurer": "Impact is claimed and nobody looks. Who assures it?",
    "no-owner": "Nobody owns it. Who does?",
}
"""Each kind in one line for several actions, the gravest first."""


def asks(plan: Plan, known: Mapping[str, Derived], settings: PlanSettings) -> tuple[Ask, ...]:
    """Everything that the plan asks of its board and of owners, in the order of `GROUPED`.

    Args:
        plan: folded up to the day.
        known: what follows from each action on that day.
        settings: how many moves are many.
    """
    found = []
    for kind in GROUPED:
        of, rule = _RULES[kind]
        for name, action in plan.actions.items():
            if action.ended:
                continue
            text = rule(action, known[name], settings)
            if text:
                found.append(Ask(kind=kind, of=of, action=name, who=action.owner, text=text))
    return tuple(found)


def _reversed(action: Action, known: Derived, settings: PlanSettings) -> str:
    if action.closed:
        if not known.fell_back:
            return ""
        day = _day(action.closed_at)
        fell = _listed(known.fell_back)
        return f"Closed on {day}, and {fell} fell back since: is it to be reopened?"
    if action.impact == "reversed":
        again = f", and it was reopened on {_day(action.reopened[-1])}" if action.reopened else ""
        return f"Its impact has gone{again}: what will be done differently this time?"
    if known.fell_back:
        return (
            f"{_listed(known.fell_back)} had reached the target and fell back: has the impact gone?"
        )
    return ""


def _without_impact(action: Action, known: Derived, settings: PlanSettings) -> str:
    if not known.without_impact or action.impact == "reversed":
        return ""
    return (
        f"Delivered on {_day(action.delivered_at)}, and no impact is shown: what has changed for "
        "children, and if nothing, what will be done instead?"
    )


def _moved(action: Action, known: Derived, settings: PlanSettings) -> str:
    if not action.open or known.moves < settings.moved_often or known.moves == 0:
        return ""
    times = "once" if known.moves == 1 else "twice" if known.moves == 2 else f"{known.moves} times"
    way = "later" if known.drift >= 0 else "earlier"
    return (
        f"Its date was moved {times} and is {abs(known.drift)} days {way} than first agreed: is it "
        "still the right action, and what makes the new date safe?"
    )


def _blocked(action: Action, known: Derived, settings: PlanSettings) -> str:
    if not action.open:
        return ""
    if action.delivery == "blocked":
        return f"Blocked: {action.delivery_reason.rstrip('.')}. Who clears the way?"
    if known.blocked_by:
        return f"Waits for {_listed(known.blocked_by)}: is that to come first, or can it go on?"
    return ""


def _overdue(action: Action, known: Derived, settings: PlanSettings) -> str:
    if not known.overdue_days:
        return ""
    days = "1 day" if known.overdue_days == 1 else f"{known.overdue_days} days"
    return (
        f"Was due on {action.due}, {days} ago, and has no new date: by when, and what stood in the "
        "way?"
    )


def _retest(action: Action, known: Derived, settings: PlanSettings) -> str:
    if not known.retest_due:
        return ""
    return f"Was to be tested again on {action.retest}, and was not read since: does it still hold?"


def _unmeasured(action: Action, known: Derived, settings: PlanSettings) -> str:
    if not known.unmeasured or action.delivery == "draft":
        return ""
    return f"{_capital('; '.join(known.unmeasured))}: what will tell whether it works?"


def _no_assurer(action: Action, known: Derived, settings: PlanSettings) -> str:
    claimed = action.open and action.impact in ("emerging", "sustained")
    if not claimed or action.assurer or assurance_that_holds(action):
        return ""
    return (
        f"Impact is said to be {action.impact}, and nobody is named to assure it: who, other than "
        "its owner, looks?"
    )


def _no_owner(action: Action, known: Derived, settings: PlanSettings) -> str:
    return "Nobody owns it: who does?" if action.open and not action.owner else ""


Rule = Callable[[Action, Derived, PlanSettings], str]
_RULES: Mapping[str, tuple[Of, Rule]] = {
    "reversed": ("board", _reversed),
    "without-impact": ("board", _without_impact),
    "moved": ("board", _moved),
    "blocked": ("board", _blocked),
    "overdue": ("owner", _overdue),
    "retest": ("owner", _retest),
    "unmeasured": ("owner", _unmeasured),
    "no-assurer": ("board", _no_assurer),
    "no-owner": ("board", _no_owner),
}


def _day(value: dt.datetime | None) -> str:
    return value.date().isoformat() if value else "a day that nobody noted"


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

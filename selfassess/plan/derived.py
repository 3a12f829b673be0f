"""What follows from an action on a day. None of it can be typed; the day is an argument."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from selfassess.model.plan import Colour, PlanSettings
from selfassess.plan.colours import ActionColour, colour_of, untested
from selfassess.plan.gates import impact_evidence
from selfassess.plan.progress import Progress, progress
from selfassess.plan.record import Action, Plan
from selfassess.plan.record_parts import Override

__all__ = ["FLAGS", "Derived", "derive", "derive_all"]

FLAGS = (
    "overdue",
    "slipping",
    "stale",
    "unmeasured",
    "repeatedly-moved",
    "blocked-by",
    "delivered-without-impact",
    "fell-back",
    "retest-due",
)
"""Every derived flag, in the order in which a reader wants them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """An action as it is to be seen on a day.

    Attributes:
        colour, rule: the colour shown, and the sentence that gives it.
        by_rule: the colour that the rule gives, also where somebody set another by hand.
        override: what was set by hand, while it holds.
        overdue_days: days since the current due date; 0 unless overdue.
        slipping: why it is slipping, without being overdue; empty if it is not.
        unmeasured: what cannot be measured, and why; empty if all can.
        moves, drift: how often the due date was moved, and by how many days in all.
        blocked_by: actions it waits for that are not delivered.
        quiet_days: days since a person last changed anything.
        without_impact: delivered, and no impact has shown.
        fell_back: success measures that had reached their target and no longer do.
        retest_due: the day for testing again has come, and nothing was read since.
        evidence: what shows impact after delivery.
        flags: those of `FLAGS` that hold.
    """

    colour: Colour
    label: str
    rule: str
    by_rule: Colour
    override: Override | None
    overdue_days: int
    slipping: str
    quiet_days: int
    unmeasured: tuple[str, ...]
    moves: int
    drift: int
    blocked_by: tuple[str, ...]
    without_impact: bool
    fell_back: tuple[str, ...]
    retest_due: bool
    evidence: tuple[str, ...]
    progress: tuple[Progress, ...]
    flags: tuple[str, ...]


def derive_all(plan: Plan, as_at: dt.date, settings: PlanSettings) -> dict[str, Derived]:
    """What follows from every action on a day, by id."""
    return {name: derive(each, plan, as_at, settings) for name, each in plan.actions.items()}


def derive(action: Action, plan: Plan, as_at: dt.date, settings: PlanSettings) -> Derived:
    """What follows from an action on a day.

    Args:
        action: folded up to that day.
        plan: for the actions it waits for.
        as_at: the day.
        settings: the council's limits and words.
    """
    come = tuple(progress(action, measure, as_at) for measure in action.success)
    fell = tuple(each.measure.id for each in come if each.was_met and each.target_met is False)
    evidence = impact_evidence(action, action.delivered_at) if action.delivered_at else ()
    colour: ActionColour = colour_of(action, come, evidence, as_at, settings)
    done = action.delivery in ("delivered", "embedded")
    overdue = 0
    if action.open and not done and action.due is not None and action.due < as_at:
        overdue = (as_at - action.due).days
    touched = action.touched_at or action.added_at
    quiet = max(0, (as_at - touched.date()).days) if touched else 0
    drift = 0
    if action.due is not None and action.baseline_due is not None:
        drift = (action.due - action.baseline_due).days
    blocked = tuple(
        name
        for name in action.depends_on
        if action.open and name in plan.actions and _awaited(plan.actions[name])
    )
    slipping = "" if overdue or done or not action.open else _slipping(action, drift, as_at)
    unmeasured = tuple(_unmeasured(action, come)) if action.open else ()
    without = done and action.open and action.impact in ("not-due", "none-yet", "reversed")
    retest = action.closed and action.retest is not None and untested(come, action.retest, as_at)
    holds = {
        "overdue": bool(overdue),
        "slipping": bool(slipping),
        "stale": action.open and quiet > settings.stale_days,
        "unmeasured": bool(unmeasured),
        "repeatedly-moved": action.open and len(action.moves) >= settings.moved_often,
        "blocked-by": bool(blocked),
        "delivered-without-impact": without,
        "fell-back": bool(fell),
        "retest-due": retest,
    }
    return Derived(
        colour=colour.shown,
        label=colour.label,
        rule=colour.rule,
        by_rule=colour.by_rule,
        override=colour.override,
        overdue_days=overdue,
        slipping=slipping,
        quiet_days=quiet,
        unmeasured=unmeasured,
        moves=len(action.moves),
        drift=drift,
        blocked_by=blocked,
        without_impact=without,
        fell_back=fell,
        retest_due=retest,
        evidence=evidence,
        progress=come,
        flags=tuple(name for name in FLAGS if holds[name]),
    )


def _awaited(other: Action) -> bool:
    return other.open and other.delivery not in ("delivered", "embedded")


def _slipping(action: Action, drift: int, as_at: dt.date) -> str:
    late = [
        each.id
        for each in action.milestones
        if each.waiting and each.due is not None and each.due < as_at
    ]
    parts = [f"milestone {', '.join(late)} is overdue"] if late else []
    if drift > 0:
        parts.append(f"due {drift} days later than first agreed")
    return "; ".join(parts)


def _unmeasured(action: Action, come: tuple[Progress, ...]) -> list[str]:
    if not come:
        return ["no success measure is named"]
    found = []
    for each in come:
        measure = each.measure
        if measure.measure and measure.target is None:
            found.append(f"{measure.id} has no target")
        elif each.reading is None:
            found.append(f"{measure.id} has never been read")
        elif each.reading.status != "ok":
            found.append(f"{measure.id} could not be read on {each.reading.date}")
        elif each.overdue:
            found.append(f"{measure.id} was to be read by {measure.next_reading}")
    return found

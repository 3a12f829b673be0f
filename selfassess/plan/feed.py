"""What a run tells the plan: each success measure's reading on the day of the assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from selfassess.model.common import Scope, scope_text
from selfassess.plan.drafting import Author, read_measure
from selfassess.plan.events import Draft
from selfassess.plan.record import Action, Plan
from selfassess.plan.record_parts import Reading

__all__ = ["BY", "Figure", "record", "with_figures"]

BY = "selfassess run"
"""Who is written down where a run records a reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What an assessment read: a value or the status that says why there is none."""

    value: float | None
    status: str
    unit: str = ""
    title: str = ""


def reading_id(measure: str, where: Scope) -> str:
    """How an assessment calls a measure's reading of a part."""
    return f"{measure}{scope_text(where)}"


def _read(action: Action, figures: Mapping[str, Figure], day: dt.date) -> Iterable[Reading]:
    """What a day's assessment read of an action's measures, or why it could not."""
    for measure in action.success:
        if not measure.measure:
            continue
        figure = figures.get(reading_id(measure.measure, measure.scope))
        if figure is None:
            figure = Figure(value=None, status="missing")
        usable = figure.value is not None and figure.status == "ok"
        status = "ok" if usable else figure.status if figure.status != "ok" else "missing"
        yield Reading(
            measure=measure.id,
            date=day,
            value=figure.value if usable else None,
            source="assessment",
            by=BY,
            status=status,
        )


def with_figures(plan: Plan, figures: Mapping[str, Figure], day: dt.date) -> Plan:
    """The plan with a day's readings in the place of what an earlier run of that day recorded.

    An assessment is made from this, so that it is the same whether or not it was recorded before.
    """
    actions = {}
    for name, action in plan.actions.items():
        kept = [r for r in action.readings if not (r.source == "assessment" and r.date == day)]
        fresh = [] if action.ended else list(_read(action, figures, day))
        ordered = sorted([*kept, *fresh], key=lambda each: (each.date, each.measure, each.source))
        units = {
            each.measure: figures[reading_id(each.measure, each.scope)].unit
            for each in action.success
            if reading_id(each.measure, each.scope) in figures
        }
        success = tuple(
            replace(each, unit=each.unit or units.get(each.measure, "")) for each in action.success
        )
        actions[name] = replace(action, readings=tuple(ordered), success=success)
    return replace(plan, actions=actions)


def record(plan: Plan, figures: Mapping[str, Figure], day: dt.date) -> tuple[Draft, ...]:
    """Events for a day's readings that are not in the plan as they are; a second run adds none."""
    author = Author(BY, dt.datetime.combine(day, dt.time(23, 59, 59)))
    drafts: list[Draft] = []
    for name, action in plan.actions.items():
        begun = action.added_at is not None and action.added_at.date() <= day
        if action.ended or not begun:
            continue
        for reading in _read(action, figures, day):
            if reading in action.readings:
                continue
            drafts += read_measure(
                plan,
                author,
                name,
                reading.measure,
                date=day,
                value=reading.value,
                source=reading.source,
                status=reading.status,
            )
    return tuple(drafts)

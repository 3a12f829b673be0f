"""The events that an edited workbook asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from selfassess.errors import PlanError, Problem
from selfassess.plan import drafting
from selfassess.plan.drafting import Author
from selfassess.plan.events import Draft
from selfassess.plan.excel_columns import ACTIONS, MILESTONES, SUCCESS, Sheet
from selfassess.plan.excel_file import Row
from selfassess.plan.excel_in import Edits
from selfassess.plan.record import Plan
from selfassess.plan.record_parts import SuccessMeasure
from selfassess.plan.specs import parse_points, voice_of
from selfassess.plan.together import Together

__all__ = ["drafts_of"]


def drafts_of(edits: Edits, plan: Plan, author: Author) -> tuple[Draft, ...]:
    """The events that the edits ask for, checked one by one; new actions come first.

    Args:
        edits: as read.
        plan: as it stands now.
        author: who imports.

    Raises:
        PlanError: every edit that a rule refuses, by sheet, row and column.
    """
    together = Together(plan)
    problems: list[Problem] = []
    ordered = sorted(edits.rows, key=lambda each: each[0] is ACTIONS and bool(each[1].key[0]))
    # States come last: what opens a gate may stand in another sheet.
    jobs = [job for late in (False, True) for each in ordered for job in _jobs(*each, late=late)]
    for place, job in jobs:
        try:
            together.do(lambda now, job=job: job(now, author))  # type: ignore[misc]
        except PlanError as error:
            problems.append(Problem(place, error.message, error.hint))
    if problems:
        raise PlanError(problems=problems)
    return tuple(together.drafts)


Job = Callable[[Plan, Author], tuple[Draft, ...]]


def _jobs(
    sheet: Sheet, row: Row, changes: Mapping[str, Any], *, late: bool
) -> Iterable[tuple[str, Job]]:
    """What a row asks for, each with the place of the cell that asks."""
    reason = str(changes.get("reason") or "")

    def at(name: str) -> str:
        return row.place(sheet.column(name))

    if sheet is ACTIONS:
        yield from _action_jobs(row, changes, reason, at, late=late)
    elif not late and sheet is MILESTONES:
        yield from _milestone_jobs(row, changes, reason, at)
    elif not late and sheet is SUCCESS:
        yield row.place(1), lambda plan, author: _success(row, changes, reason, plan, author)


def _action_jobs(
    row: Row, changes: Mapping[str, Any], reason: str, at: Callable[[str], str], *, late: bool
) -> Iterable[tuple[str, Job]]:
    name = row.key[0]
    special = ("reason", "comment", "delivery", "impact")
    fields = {key: value for key, value in changes.items() if key not in special}
    if not name:
        if not late:
            yield row.place(3), lambda plan, author: drafting.add(plan, author, fields)
        for key in ("comment", "delivery", "impact"):
            if late and changes.get(key) not in (None, "", "draft", "not-due"):
                yield at(key), lambda plan, author: _refuse_new()
        return
    if not late:
        for key, value in fields.items():
            yield (
                at(key),
                lambda plan, author, key=key, value=value: (
                    drafting.update(  # type: ignore[misc]
                        plan, author, name, {key: value}, reason
                    )
                    if key != "due" or value
                    else _refuse_empty_date(name)
                ),
            )
        return
    if "delivery" in changes:
        yield (
            at("delivery"),
            lambda plan, author: drafting.move_delivery(
                plan, author, name, changes["delivery"], reason
            ),
        )
    if "impact" in changes:
        yield (
            at("impact"),
            lambda plan, author: drafting.move_impact(
                plan, author, name, changes["impact"], reason
            ),
        )
    if changes.get("comment"):
        yield (
            at("comment"),
            lambda plan, author: drafting.comment(plan, author, name, changes["comment"]),
        )


def _refuse_new() -> tuple[Draft, ...]:
    raise PlanError(
        "A new action begins as a draft.", hint="Import it, then move it on in the next export."
    )


def _refuse_empty_date(name: str) -> tuple[Draft, ...]:
    raise PlanError(f"{name}: a due date is moved, not taken away.", hint="Give another date.")


def _milestone_jobs(
    row: Row, changes: Mapping[str, Any], reason: str, at: Callable[[str], str]
) -> Iterable[tuple[str, Job]]:
    name, step = row.key
    if not step:
        yield (
            row.place(1),
            lambda plan, author: drafting.add_milestone(
                plan, author, name, str(changes.get("title") or ""), changes.get("due")
            ),
        )
        return
    if "due" in changes:
        yield (
            at("due"),
            lambda plan, author: (
                drafting.move_date(plan, author, name, changes["due"], reason, milestone=step)
                if changes["due"]
                else _refuse_empty_date(name)
            ),
        )
    if "done" in changes:
        yield (
            at("done"),
            lambda plan, author: drafting.finish_milestone(
                plan, author, name, step, changes["done"]
            ),
        )


def _success(
    row: Row, changes: Mapping[str, Any], reason: str, plan: Plan, author: Author
) -> tuple[Draft, ...]:
    name, part = row.key
    held = next((each for each in plan.actions[name].success if each.id == part), SuccessMeasure())
    values = {key: value for key, value in changes.items() if key != "reason"}
    if "where" in values:
        pairs = [each.partition("=") for each in values["where"]]
        if any(not key.strip() or not value.strip() for key, _, value in pairs):
            raise PlanError(f"{name}: 'Where' holds a line without '='.", hint="Write team=North.")
        values["where"] = {key.strip(): value.strip() for key, _, value in pairs}
    if "trajectory" in values:
        values["trajectory"] = parse_points(values["trajectory"])
    if values.get("voice"):
        values["voice"] = voice_of(values["voice"])
    for key in ("voice", "better"):
        if key in values:
            values[key] = values[key] or None
    if "tolerance" in values:
        values["tolerance"] = values["tolerance"] or 0.0
    measure = replace(held, **values)
    if part:
        return drafting.change_success(plan, author, name, measure, reason)
    return drafting.add_success(plan, author, name, measure)

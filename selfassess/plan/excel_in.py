"""What somebody changed in an exported workbook, cell by cell, and the events that it asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from selfassess.errors import PlanError, Problem
from selfassess.model.plan import PlanSettings
from selfassess.plan import drafting
from selfassess.plan.derived import derive_all
from selfassess.plan.drafting import Author
from selfassess.plan.events import Draft, Event, digest_of, fold
from selfassess.plan.excel_columns import ACTIONS, MILESTONES, SHEETS, SUCCESS, Column, Sheet, shown
from selfassess.plan.excel_columns import rows as rows_of
from selfassess.plan.excel_file import Row, read_workbook
from selfassess.plan.record import Plan, SuccessMeasure
from selfassess.plan.specs import date_of, number_of, parse_points, voice_of
from selfassess.plan.store import check_versions
from selfassess.plan.together import Together

__all__ = ["Difference", "Edits", "drafts_of", "read_edits"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that says something else than the export did."""

    place: str
    action: str
    column: str
    before: str
    after: str


@dataclass(slots=True)
class Edits:
    """What a workbook asks for.

    Attributes:
        base: the plan as it was exported.
        rows: rows with changes, by sheet, with the changed cells by field.
        versions: of the actions that are changed, as they were exported.
        missing: actions that the workbook leaves out; they stay as they are.
    """

    base: Plan
    differences: list[Difference] = field(default_factory=list)
    rows: list[tuple[Sheet, Row, dict[str, Any]]] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def read_edits(path: Path, events: Sequence[Event], settings: PlanSettings) -> Edits:
    """Compare a workbook with the export from which it was made.

    Args:
        path: the workbook.
        events: the store's history, of which the export was the beginning.
        settings: colours and limits, for the columns that are worked out.

    Raises:
        PlanError: every cell that cannot be taken, by sheet, row and column; or an action was
            changed in the store since.
    """
    book = read_workbook(path)
    exported = [event for event in events if event.seq <= book.seq]
    base = fold(exported)
    if base.seq != book.seq or digest_of(exported) != book.digest:
        raise PlanError(
            f"{path.name}: exported from another plan than this one.",
            hint="Export this plan, and make the changes there.",
        )
    edits = Edits(base=base)
    known = derive_all(base, dt.date.min, settings)
    problems: list[Problem] = list(book.problems)
    for sheet in SHEETS:
        given = dict(rows_of(sheet, base.actions.values(), known))
        seen: set[tuple[str, ...]] = set()
        for row in book.rows.get(sheet.name, ()):
            problems += _row(sheet, row, given, seen, edits)
        if sheet is ACTIONS:
            edits.missing = [name for (name,) in given if (name,) not in seen]
    if problems:
        raise PlanError(problems=problems)
    now = fold(events)
    changed = [row.key[0] for _, row, _ in edits.rows if row.key[0] in base.actions]
    edits.versions = {name: base.actions[name].version for name in changed}
    check_versions(now, edits.versions, events)
    return edits


def _row(
    sheet: Sheet,
    row: Row,
    given: Mapping[tuple[str, ...], tuple[Any, ...]],
    seen: set[tuple[str, ...]],
    edits: Edits,
) -> Iterator[Problem]:
    """Note what a row changes; yields what cannot be taken."""
    new = not row.key[-1]
    if not new and row.key not in given:
        yield Problem(
            row.place(len(sheet.keys)),
            f"'{' '.join(row.key)}' is not in the plan as it was exported.",
            "Leave the id empty for something new; ids are given by the plan.",
        )
        return
    if not new and row.key in seen:
        yield Problem(row.place(1), f"'{' '.join(row.key)}' has two rows.", "Keep one of them.")
        return
    seen.add(row.key)
    if sheet is not ACTIONS and row.key[0] not in edits.base.actions:
        yield Problem(
            row.place(1), f"'{row.key[0]}' is no action.", "Name the action that it belongs to."
        )
        return
    changes: dict[str, Any] = {}
    differences = []
    for at, column in enumerate(sheet.columns, start=1):
        cell = row.cells.get(column.title)
        before = None if new else shown(column, *given[row.key])
        if _same(column, cell, before):
            continue
        place = row.place(at)
        if column.title in sheet.keys:
            continue
        if not column.field:
            if column.title in _WORKED_OUT:
                continue
            yield Problem(
                place,
                f"'{column.title}' cannot be changed; it was '{_say(before)}', now '{_say(cell)}'.",
                "Change the white columns; the grey ones follow.",
            )
            continue
        try:
            changes[column.field] = _value(column, cell)
        except PlanError as error:
            yield Problem(place, error.message, error.hint)
            continue
        if column.field != "reason":
            what = " ".join(row.key).strip() or "new"
            differences.append(Difference(place, what, column.title, _say(before), _say(cell)))
    if sheet is MILESTONES and not new and "title" in changes:
        yield Problem(row.place(3), "A milestone's title stays.", "Drop it and add another.")
        return
    if differences:
        edits.differences += differences
        edits.rows.append((sheet, row, changes))


_WORKED_OUT = frozenset({"Colour", "Why this colour", "Flags", "Last reading", "Read on"})
"""They depend on the day of the export, so that a difference means nothing."""


def _same(column: Column, cell: Any, before: Any) -> bool:
    if cell is None or before is None:
        return cell is None and before is None
    if isinstance(before, str):
        return bool(_say(cell) == before.strip())
    return bool(cell == before)


def _say(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _value(column: Column, cell: Any) -> Any:
    """A cell's value as its column's field wants it."""
    if column.kind == "date":
        if cell is None or isinstance(cell, dt.date):
            return cell
        return date_of(_say(cell), column.title)
    if column.kind == "number":
        return cell if cell is None or isinstance(cell, float) else number_of(cell, column.title)
    text = _say(cell)
    if column.choices and text and text not in column.choices:
        raise PlanError(
            f"{column.title}: '{text[:60]}' is none.", hint="Valid: " + ", ".join(column.choices)
        )
    if column.kind == "list":
        return [part.strip() for part in text.splitlines() if part.strip()]
    return text


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

"""What somebody changed in an exported workbook, cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selfassess.errors import PlanError, Problem
from selfassess.model.plan import PlanSettings
from selfassess.plan.derived import derive_all
from selfassess.plan.events import Event, digest_of
from selfassess.plan.excel_columns import ACTIONS, MILESTONES, SHEETS, Column, Sheet, shown
from selfassess.plan.excel_columns import rows as rows_of
from selfassess.plan.excel_file import Row, read_workbook
from selfassess.plan.fold import fold
from selfassess.plan.record import Plan
from selfassess.plan.specs import date_of, number_of
from selfassess.plan.store import check_versions

__all__ = ["Difference", "Edits", "read_edits"]


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

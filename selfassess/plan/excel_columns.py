"""The sheets of the Excel export: columns, what each shows of the plan, and which may be edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from selfassess.plan.derived import Derived
from selfassess.plan.record import Action
from selfassess.plan.record_parts import Milestone, SuccessMeasure
from selfassess.plan.specs import points_text
from selfassess.plan.states import DELIVERY_STATES, IMPACT_STATES

__all__ = ["ACTIONS", "MILESTONES", "SHEETS", "SUCCESS", "Column", "Sheet", "shown"]

Kind = Literal["text", "list", "date", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        title: its header.
        field: what an edit of it changes; empty where it is only there to be read.
        value: what the export shows.
        kind: how it is written and read.
        width: in characters.
        choices: the words that it may hold.
    """

    title: str
    field: str
    value: Callable[..., Any]
    kind: Kind = "text"
    width: int = 16
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one row for each of its items; its first columns say which item that is."""

    name: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]

    def column(self, field: str) -> int:
        """The number, from 1, of the column that changes a field."""
        return next(n for n, each in enumerate(self.columns, 1) if each.field == field)


def shown(column: Column, *item: Any) -> Any:
    """What a cell shows: text, a number, a date, or None for an empty cell."""
    value = column.value(*item)
    if column.kind == "list":
        return "\n".join(value) or None
    if column.kind == "number" and value is not None:
        return float(f"{value:.16G}")  # what a spreadsheet's file keeps
    return None if value == "" else value


def _plain(name: str) -> Callable[[Any, Derived], Any]:
    return lambda item, _: getattr(item, name)


def _nothing(*_: Any) -> None:
    return None


def _text(title: str, name: str, width: int = 16, kind: Kind = "text") -> Column:
    return Column(title, name, _plain(name), kind, width)


REASON = Column("Reason for the change", "reason", _nothing, width=30)
"""Empty in an export; wanted where a date or a state is changed."""

ACTIONS = Sheet(
    "Actions",
    (
        Column("Id", "", _plain("id"), width=8),
        Column("Version", "", _plain("version"), "number", 8),
        _text("Title", "title", 40),
        _text("Outcome for children", "outcome", 34),
        _text("Owner", "owner", 20),
        _text("Delivery lead", "lead", 20),
        _text("Assurer", "assurer", 20),
        Column("First due date", "", _plain("baseline_due"), "date", 12),
        _text("Due date", "due", 12, "date"),
        Column("Delivery", "delivery", _plain("delivery"), width=13, choices=DELIVERY_STATES),
        Column("Impact", "impact", _plain("impact"), width=11, choices=IMPACT_STATES),
        REASON,
        Column("New comment", "comment", _nothing, width=30),
        Column("Colour", "", lambda _, known: known.label, width=10),
        Column("Why this colour", "", lambda _, known: known.rule, width=40),
        Column("Flags", "", lambda _, known: ", ".join(known.flags), width=24),
        Column("Moves", "", lambda _, known: known.moves, "number", 7),
        Column("Drift in days", "", lambda _, known: known.drift, "number", 8),
        _text("Responsible bodies", "responsible", 18, "list"),
        _text("Answers", "why", 30, "list"),
        _text("Comes from", "came_from", 22),
        _text("Of", "came_from_date", 12, "date"),
        _text("Judgement", "judgement", 18),
        _text("Criterion", "criterion", 10),
        _text("Topics", "topics", 16, "list"),
        _text("Tags", "tags", 14, "list"),
        _text("Waits for", "depends_on", 10, "list"),
        Column(
            "May leave to", "audience", _plain("audience"), width=9, choices=("partner", "public")
        ),
    ),
    ("Id",),
)

MILESTONES = Sheet(
    "Milestones",
    (
        Column("Action", "", lambda action, _: action.id, width=8),
        Column("Id", "", lambda _, step: step.id, width=6),
        Column("Title", "title", lambda _, step: step.title, width=50),
        Column("First due date", "", lambda _, step: step.baseline_due, "date", 12),
        Column("Due date", "due", lambda _, step: step.due, "date", 12),
        Column("Done on", "done", lambda _, step: step.done, "date", 12),
        Column("Dropped, because", "", lambda _, step: step.dropped, width=24),
        REASON,
    ),
    ("Action", "Id"),
)


def _of(name: str) -> Callable[[Action, SuccessMeasure], Any]:
    return lambda _, measure: getattr(measure, name)


def _last(what: str) -> Callable[[Action, SuccessMeasure], Any]:
    def value(action: Action, measure: SuccessMeasure) -> Any:
        read = [each for each in action.readings if each.measure == measure.id]
        return getattr(max(read, key=lambda each: each.date), what) if read else None

    return value


SUCCESS = Sheet(
    "Success measures",
    (
        Column("Action", "", lambda action, _: action.id, width=8),
        Column("Id", "", _of("id"), width=6),
        Column("Measure", "measure", _of("measure"), width=28),
        Column("Where", "where", lambda _, m: [f"{k}={v}" for k, v in m.scope], "list", width=24),
        Column("What is asked", "text", _of("text"), width=30),
        Column("Voice", "voice", _of("voice"), width=12),
        Column("Unit", "unit", _of("unit"), width=10),
        Column(
            "Better", "better", _of("better"), width=10, choices=("higher", "lower", "two-sided")
        ),
        Column("Baseline", "baseline", _of("baseline"), "number", 10),
        Column("Baseline date", "baseline_date", _of("baseline_date"), "date", 12),
        Column("Target", "target", _of("target"), "number", 10),
        Column("Target date", "target_date", _of("target_date"), "date", 12),
        Column("Trajectory", "trajectory", lambda _, m: points_text(m.trajectory), width=30),
        Column("Tolerance", "tolerance", _of("tolerance"), "number", 10),
        Column("Next reading", "next_reading", _of("next_reading"), "date", 12),
        REASON,
        Column("Last reading", "", _last("value"), "number", 12),
        Column("Read on", "", _last("date"), "date", 12),
    ),
    ("Action", "Id"),
)
SHEETS: tuple[Sheet, ...] = (ACTIONS, MILESTONES, SUCCESS)


def rows(
    sheet: Sheet, actions: Iterable[Action], known: dict[str, Derived]
) -> Iterable[tuple[tuple[str, ...], tuple[Any, ...]]]:
    """Each row of a sheet: its key, and the arguments from which its columns show their values."""
    for action in actions:
        if sheet is ACTIONS:
            yield (action.id,), (action, known[action.id])
            continue
        parts: tuple[Milestone | SuccessMeasure, ...] = (
            action.milestones if sheet is MILESTONES else action.success
        )
        for part in parts:
            yield (action.id, part.id), (action, part)

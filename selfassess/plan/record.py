"""What the improvement plan holds: actions with everything that was ever said of them.

Nothing here is written by hand. An action is what its events add up to (`selfassess.plan.events`);
whether it is late, slipping or unmeasured is derived (`selfassess.plan.derived`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Scope, Voice, scope
from selfassess.model.plan import Colour

__all__ = [
    "TEXT_FIELDS",
    "Action",
    "Assurance",
    "Comment",
    "Decision",
    "Delivery",
    "Evidence",
    "Impact",
    "Milestone",
    "Move",
    "Override",
    "Plan",
    "Point",
    "Reading",
    "Risk",
    "Says",
    "SuccessMeasure",
]

Delivery = Literal[
    "draft",
    "agreed",
    "in-progress",
    "blocked",
    "delivered",
    "embedded",
    "cancelled",
    "superseded",
]
Impact = Literal["not-due", "none-yet", "emerging", "sustained", "reversed"]
Says = Literal["better", "same", "worse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A due date that was moved, with the reason given."""

    from_: dt.date
    to: dt.date
    reason: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A step on the way to a target: the value that is expected on a day."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    date: dt.date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessMeasure:
    """What must change, and by when; counted, or told by a voice.

    Attributes:
        id: S1, S2 and so on, unique in its action.
        measure: a measure's id; empty for what is told and not counted.
        where: the part of the whole that counts.
        text: what a qualitative measure asks; for a counted one a remark.
        voice: whose experience tells; required where `measure` is empty.
        better: which way is better; taken from baseline and target if left out.
        baseline: the value from which the action starts, and its day.
        target: the value to reach, and by which day; the action's due date if left out.
        trajectory: steps between the two. Between points the way is straight.
        tolerance: how far behind the way is still on it, in the measure's unit.
        next_reading: when it is to be read next.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str = ""
    measure: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    voice: Voice | None = None
    unit: str = ""
    better: Literal["higher", "lower", "two-sided"] | None = None
    baseline: float | None = None
    baseline_date: dt.date | None = None
    target: float | None = None
    target_date: dt.date | None = None
    trajectory: tuple[Point, ...] = ()
    tolerance: float = 0.0
    next_reading: dt.date | None = None

    @property
    def scope(self) -> Scope:
        """The part of the whole, sorted."""
        return scope(self.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step of the work; its dates follow the same rule as the action's."""

    id: str
    title: str
    baseline_due: dt.date | None = None
    due: dt.date | None = None
    moves: tuple[Move, ...] = ()
    done: dt.date | None = None
    dropped: str = ""

    @property
    def waiting(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.done is None and not self.dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What may stand in the way, and what is done about it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str = ""
    text: str
    level: Literal["low", "medium", "high"] = "medium"
    response: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A reference to evidence: that something was done, or that it changed things for children."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str = ""
    shows: Literal["delivery", "impact"] = "delivery"
    ref: str
    date: dt.date
    text: str = ""
    voice: Voice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a success measure read on a day.

    Attributes:
        says: the direction, for what is told and not counted.
        source: ``assessment`` where a run recorded it.
    """

    measure: str
    date: dt.date
    value: float | None = None
    says: Says | None = None
    text: str = ""
    source: str = ""
    by: str = ""
    status: str = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody remarked."""

    id: str
    text: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a board decided, and of which actions."""

    id: str
    text: str
    board: dt.date
    actions: tuple[str, ...]
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """What somebody who neither owns nor delivers the action says of its impact."""

    by: str
    at: dt.datetime
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A colour that a named person sets against the rule, until a day."""

    colour: Colour
    by: str
    reason: str
    until: dt.date
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action of the plan, as it stands after its last event.

    Attributes:
        version: the number of its events, readings left out; guards against lost updates.
        why: finding, recommendation or register ids that it answers.
        came_from, came_from_date: the inspection or review that it comes from, with its exact day.
        tags: what it serves elsewhere, such as ``nf:outcome-3``.
        audience: who may read it besides the service: ``partner``, ``public``, or nobody.
        baseline_due: the first due date ever given; nothing changes it.
        delivered_at: when it was last said to be delivered; None before, and after a reopening.
        retired: ids of success measures and risks that were dropped; they are never used again.
        touched_at: when a person last changed anything.
    """

    id: str
    title: str
    version: int = 0
    why: tuple[str, ...] = ()
    came_from: str = ""
    came_from_date: dt.date | None = None
    criterion: str | None = None
    judgement: str | None = None
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    outcome: str = ""
    owner: str = ""
    lead: str = ""
    assurer: str = ""
    responsible: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    audience: str = ""
    baseline_due: dt.date | None = None
    due: dt.date | None = None
    moves: tuple[Move, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    success: tuple[SuccessMeasure, ...] = ()
    readings: tuple[Reading, ...] = ()
    risks: tuple[Risk, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    comments: tuple[Comment, ...] = ()
    assurances: tuple[Assurance, ...] = ()
    delivery: Delivery = "draft"
    delivery_reason: str = ""
    impact: Impact = "not-due"
    impact_reason: str = ""
    delivered_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    retest: dt.date | None = None
    reopened: tuple[dt.datetime, ...] = ()
    override: Override | None = None
    retired: tuple[str, ...] = ()
    added_by: str = ""
    added_at: dt.datetime | None = None
    touched_at: dt.datetime | None = None

    @property
    def closed(self) -> bool:
        """Whether it is closed, its impact assured."""
        return self.closed_at is not None

    @property
    def ended(self) -> bool:
        """Whether it was cancelled or superseded."""
        return self.delivery in ("cancelled", "superseded")

    @property
    def open(self) -> bool:
        """Whether there is still something to do or to show."""
        return not self.closed and not self.ended


TEXT_FIELDS: tuple[str, ...] = (
    "title",
    "why",
    "came_from",
    "came_from_date",
    "criterion",
    "judgement",
    "topics",
    "tags",
    "outcome",
    "owner",
    "lead",
    "assurer",
    "responsible",
    "depends_on",
    "audience",
)
"""What may be said anew without a rule of its own; the event keeps what was said before."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every action by id, in the order of their ids, and the decisions of boards.

    Attributes:
        seq: number of the last event.
    """

    actions: Mapping[str, Action] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    seq: int = 0

    def decisions_on(self, action: str) -> tuple[Decision, ...]:
        """The decisions that name an action."""
        return tuple(each for each in self.decisions if action in each.actions)

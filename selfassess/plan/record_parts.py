"""What an action of the plan is made of: moves of dates, measures, steps, risks, readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Scope, Voice, scope
from selfassess.model.plan import Colour

__all__ = [
    "Assurance",
    "Comment",
    "Decision",
    "Delivery",
    "Evidence",
    "Impact",
    "Milestone",
    "Move",
    "Override",
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

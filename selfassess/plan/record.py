"""What the improvement plan holds: actions with everything that was ever said of them.

Nothing here is written by hand. An action is what its events add up to (`selfassess.plan.fold`);
whether it is late, slipping or unmeasured is derived (`selfassess.plan.derived`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from selfassess.plan.record_parts import (
    Assurance,
    Comment,
    Decision,
    Delivery,
    Evidence,
    Impact,
    Milestone,
    Move,
    Override,
    Reading,
    Risk,
    SuccessMeasure,
)

__all__ = ["TEXT_FIELDS", "Action", "Plan"]


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

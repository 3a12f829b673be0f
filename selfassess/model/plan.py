"""How a council keeps its improvement plan: the store, and the rules behind derived facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT

__all__ = ["COLOURS", "Colour", "Legend", "PlanSettings"]

Colour = Literal["blue", "green", "amber", "red", "none"]
COLOURS: tuple[Colour, ...] = ("blue", "green", "amber", "red", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """What a colour is called here and what it tells."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    colour: Colour
    label: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings:
    """The `plan:` part of ``selfassess.yaml``.

    Attributes:
        store: address of a database that a team shares; ``plan.db`` in the workspace if left out.
        by: who is written down where neither ``--by`` nor the environment names anybody.
        stale_days: an open action without a change by a person for more days than this is stale.
        moved_often: so many moves of a due date make it repeatedly moved.
        amber_share: how much of the way from baseline to target, beyond the tolerance, is amber;
            what lies further behind is red.
        blue: from which state on blue is given. Each of them needs impact evidence as well.
        legend: the council's own words for colours; those that it leaves out keep ours.
        statement_working_days: working days after a letter's publication in which the statement
            of action is due; what the kind of letter says if left out.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    store: str | None = None
    by: str = ""
    stale_days: int = 35
    moved_often: int = 2
    amber_share: float = 0.25
    blue: Literal["closed", "sustained", "never"] = "closed"
    legend: tuple[Legend, ...] = ()
    statement_working_days: int | None = None

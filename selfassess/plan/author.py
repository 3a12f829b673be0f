"""Who says something of the plan, of which action, and under which id."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from selfassess.errors import PlanError, nearest
from selfassess.plan.events import Draft, plain
from selfassess.plan.record import Action, Plan

__all__ = ["Author", "found", "next_id", "next_part", "tidy"]

PREFIX = "A-"


@dataclass(frozen=True, slots=True)
class Author:
    """Who does something, and when."""

    by: str
    at: dt.datetime

    def draft(
        self,
        action: str,
        kind: str,
        to: Any = None,
        *,
        part: str = "",
        from_: Any = None,
        reason: str = "",
    ) -> Draft:
        """An event by this person at this time; texts in one form.

        Raises:
            PlanError: the time has a zone, which the history does not keep.
        """
        if self.at.tzinfo is not None:
            raise PlanError(
                f"{self.at.isoformat()}: times in a plan are local and have no zone.",
                hint="Leave the zone out: 2026-09-30T14:30.",
            )
        return Draft(
            action=action,
            kind=kind,
            part=part,
            by=tidy(self.by),
            at=self.at.replace(microsecond=0),
            from_=plain(from_),
            to=tidy(plain(to)),
            reason=tidy(reason),
        )


def tidy(value: Any) -> Any:
    """Texts without blanks around them and with one kind of line break."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, list):
        return [tidy(item) for item in value]
    if isinstance(value, dict):
        return {key: tidy(item) for key, item in value.items()}
    return value


def found(plan: Plan, name: str) -> Action:
    """An action by its id.

    Raises:
        PlanError: there is none; names the nearest.
    """
    if name not in plan.actions:
        raise PlanError(
            f"'{name}' is no action of the plan.",
            hint=nearest(name, plan.actions) or "`selfassess plan list` shows all.",
        )
    return plan.actions[name]


def next_id(plan: Plan, taken: Iterable[str] = ()) -> str:
    """The next free id; numbers are never used twice, for actions never leave the plan."""
    numbers = [
        int(match.group(1))
        for name in (*plan.actions, *taken)
        if (match := re.fullmatch(rf"{PREFIX}(\d{{1,9}})", name))
    ]
    return f"{PREFIX}{max(numbers, default=0) + 1:02d}"


def next_part(prefix: str, taken: Iterable[str]) -> str:
    """The next free id of a part of an action, such as ``M3``."""
    numbers = [int(name[1:]) for name in taken if re.fullmatch(rf"{prefix}\d{{1,9}}", name)]
    return f"{prefix}{max(numbers, default=0) + 1}"

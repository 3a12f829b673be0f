"""The two states of an action, and the moves that each allows.

Delivery says what was done. Impact says what it changed for children. Neither follows from the
other, and no judgement ever asks for either.
"""

from __future__ import annotations

from collections.abc import Mapping

from selfassess.errors import PlanError, nearest
from selfassess.plan.record import Action
from selfassess.plan.record_parts import Delivery, Impact

__all__ = [
    "DELIVERY_MOVES",
    "DELIVERY_STATES",
    "IMPACT_MOVES",
    "IMPACT_STATES",
    "REASON_NEEDED",
    "check_delivery_move",
    "check_impact_move",
]

DELIVERY_MOVES: Mapping[Delivery, tuple[Delivery, ...]] = {
    "draft": ("agreed", "cancelled", "superseded"),
    "agreed": ("in-progress", "cancelled", "superseded"),
    "in-progress": ("blocked", "delivered", "cancelled", "superseded"),
    "blocked": ("in-progress", "cancelled", "superseded"),
    "delivered": ("embedded", "cancelled", "superseded"),
    "embedded": ("cancelled", "superseded"),
    "cancelled": (),
    "superseded": (),
}
DELIVERY_STATES: tuple[Delivery, ...] = tuple(DELIVERY_MOVES)

IMPACT_MOVES: Mapping[Impact, tuple[Impact, ...]] = {
    "not-due": ("none-yet",),
    "none-yet": ("emerging",),
    "emerging": ("sustained", "reversed"),
    "sustained": ("reversed",),
    "reversed": ("emerging",),
}
IMPACT_STATES: tuple[Impact, ...] = tuple(IMPACT_MOVES)

REASON_NEEDED = frozenset({"blocked", "cancelled", "superseded", "reversed"})
"""States that nobody enters without saying why."""


def check_delivery_move(action: Action, to: str, reason: str) -> None:
    """Refuse a move of delivery that the order of states does not allow.

    Raises:
        PlanError: with what is allowed from here.
    """
    _check(action, "delivery", action.delivery, to, DELIVERY_MOVES, reason)


def check_impact_move(action: Action, to: str, reason: str) -> None:
    """Refuse a move of impact that the order of states does not allow.

    Raises:
        PlanError: with what is allowed from here.
    """
    _check(action, "impact", action.impact, to, IMPACT_MOVES, reason)


def _check(
    action: Action,
    which: str,
    now: str,
    to: str,
    moves: Mapping[Delivery, tuple[Delivery, ...]] | Mapping[Impact, tuple[Impact, ...]],
    reason: str,
) -> None:
    states: list[str] = list(moves)
    if to not in states:
        raise PlanError(
            f"{action.id}: '{to}' is no state of {which}.",
            hint=nearest(to, states) or "Valid: " + ", ".join(states) + ".",
        )
    allowed: tuple[str, ...] = dict(moves)[now]  # type: ignore[index]  # both kinds of state
    if to not in allowed:
        already = "it is that already" if to == now else f"that does not follow on {now}"
        after = ", ".join(allowed) if allowed else "nothing; add a new action instead"
        raise PlanError(
            f"{action.id}: {which} cannot go from {now} to {to}: {already}.",
            hint=f"Allowed from {now}: {after}.",
        )
    if to in REASON_NEEDED and not reason.strip():
        raise PlanError(
            f"{action.id}: {which} goes to {to} only with a reason.", hint="Say why: --reason TEXT"
        )

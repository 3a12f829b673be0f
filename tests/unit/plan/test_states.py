"""Every pair of states of both kinds: what the issue draws is allowed, everything else refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product

import pytest

from selfassess.errors import PlanError
from selfassess.plan.record import Action
from selfassess.plan.record_parts import Evidence
from selfassess.plan.states import check_delivery_move, check_impact_move

LIVE = ["draft", "agreed", "in-progress", "blocked", "delivered", "embedded"]
DELIVERY = [*LIVE, "cancelled", "superseded"]
# Read from the arrows of the specification, not from the code:
# draft → agreed → in progress ⇄ blocked, → delivered → embedded; every live one may be ended.
DELIVERY_ARROWS = {
    ("draft", "agreed"),
    ("agreed", "in-progress"),
    ("in-progress", "blocked"),
    ("blocked", "in-progress"),
    ("in-progress", "delivered"),
    ("delivered", "embedded"),
    *((live, end) for live in LIVE for end in ("cancelled", "superseded")),
}
IMPACT = ["not-due", "none-yet", "emerging", "sustained", "reversed"]
IMPACT_ARROWS = {
    ("not-due", "none-yet"),
    ("none-yet", "emerging"),
    ("emerging", "sustained"),
    ("emerging", "reversed"),
    ("sustained", "reversed"),
    ("reversed", "emerging"),
}
ACTION = Action(id="A-01", title="T")


@pytest.mark.parametrize(("now", "to"), list(product(DELIVERY, DELIVERY)))
def test_delivery(now: str, to: str) -> None:
    action = replace(ACTION, delivery=now)  # type: ignore[arg-type]
    if (now, to) in DELIVERY_ARROWS:
        check_delivery_move(action, to, "because")
        return
    with pytest.raises(PlanError) as refused:
        check_delivery_move(action, to, "because")
    assert f"from {now} to {to}" in refused.value.message
    allowed = [end for start, end in DELIVERY_ARROWS if start == now]
    assert all(each in refused.value.hint for each in allowed)


@pytest.mark.parametrize(("now", "to"), list(product(IMPACT, IMPACT)))
def test_impact(now: str, to: str) -> None:
    action = replace(ACTION, impact=now)  # type: ignore[arg-type]
    if (now, to) in IMPACT_ARROWS:
        check_impact_move(action, to, "because")
        return
    with pytest.raises(PlanError) as refused:
        check_impact_move(action, to, "because")
    assert f"from {now} to {to}" in refused.value.message
    assert all(end in refused.value.hint for start, end in IMPACT_ARROWS if start == now)


@pytest.mark.parametrize(
    ("now", "to"),
    [
        ("in-progress", "blocked"),
        *((live, end) for live in LIVE for end in ("cancelled", "superseded")),
    ],
)
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_blocking_and_ending_need_a_reason(now: str, to: str, reason: str) -> None:
    action = replace(ACTION, delivery=now)  # type: ignore[arg-type]
    with pytest.raises(PlanError, match="only with a reason"):
        check_delivery_move(action, to, reason)


@pytest.mark.parametrize("now", ["emerging", "sustained"])
def test_a_reversal_needs_a_reason(now: str) -> None:
    with pytest.raises(PlanError, match="only with a reason"):
        check_impact_move(replace(ACTION, impact=now), "reversed", "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("to", "meant"), [("deliverd", "delivered"), ("in progress", "in-progress"), ("done", "Valid")]
)
def test_an_unknown_state_is_answered_with_the_nearest(to: str, meant: str) -> None:
    with pytest.raises(PlanError) as refused:
        check_delivery_move(ACTION, to, "")
    assert meant in refused.value.hint


def test_the_model_names_the_same_states() -> None:
    from typing import get_args

    from selfassess.plan.record_parts import Delivery, Impact

    assert list(get_args(Delivery)) == DELIVERY
    assert list(get_args(Impact)) == IMPACT
    assert Evidence(ref="x", date=dt.date(2026, 1, 1)).shows == "delivery"

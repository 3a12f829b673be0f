"""Whatever is done to a store in whatever order, what it promises holds."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from selfassess.errors import PlanError
from selfassess.model.plan import PlanSettings
from selfassess.plan import drafting
from selfassess.plan.colours import legend
from selfassess.plan.derived import derive_all
from selfassess.plan.drafting import Author
from selfassess.plan.fold import fold
from selfassess.plan.gates import assurance_that_holds, impact_evidence, same_person
from selfassess.plan.states import DELIVERY_STATES, IMPACT_STATES
from selfassess.plan.store import PlanStore
from selfassess.plan.yaml_io import from_yaml, to_yaml

from .strategies import counted, days, words

PEOPLE = st.sampled_from(["Ann", "Bob", "Una"])
IDS = st.sampled_from(["A-01", "A-02"])


class Keeping(RuleBasedStateMachine):
    """A plan that people keep, and sometimes open anew."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = PlanStore(self.folder / "plan.db")
        self.at = dt.datetime(2026, 4, 1, 9)
        self.first_due: dict[str, dt.date] = {}
        self.history: tuple[Any, ...] = ()

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def do(self, drafter: Any, *given: Any, by: str = "Ann", **more: Any) -> None:
        self.at += dt.timedelta(days=5)
        author = Author(by, self.at)
        before = self.store.events()
        try:
            self.store.write(lambda plan: drafter(plan, author, *given, **more))
        except PlanError:
            assert self.store.events() == before, "what is refused leaves nothing"

    @rule(name=IDS, owner=PEOPLE, due=st.none() | days, success=st.lists(counted, max_size=2))
    def add(self, name: str, owner: str, due: Any, success: Any) -> None:
        fields = {"title": "T", "owner": owner, "lead": "Lee", "due": due}
        self.do(drafting.add, fields, id_=name, success=success)

    @rule(name=IDS, to=st.sampled_from(DELIVERY_STATES), reason=st.sampled_from(["", "why"]))
    def status(self, name: str, to: str, reason: str) -> None:
        self.do(drafting.move_delivery, name, to, reason)

    @rule(name=IDS)
    @precondition(lambda self: self.store.plan().actions)
    def deliver(self, name: str) -> None:
        for to in ("agreed", "in-progress", "delivered"):
            self.do(drafting.move_delivery, name, to)

    @rule(name=IDS, to=st.sampled_from(IMPACT_STATES))
    def impact(self, name: str, to: str) -> None:
        self.do(drafting.move_impact, name, to, "why")

    @rule(name=IDS)
    def show_impact(self, name: str) -> None:
        found = drafting.Evidence(ref="Audit", date=self.at.date(), shows="impact")
        self.do(drafting.add_evidence, name, found)
        for to in ("none-yet", "emerging", "sustained"):
            self.do(drafting.move_impact, name, to)

    @rule(name=IDS, by=PEOPLE)
    def assure(self, name: str, by: str) -> None:
        self.do(drafting.assure, name, "Looked.", by=by)

    @rule(name=IDS, retest=days)
    def close(self, name: str, retest: dt.date) -> None:
        self.do(drafting.close, name, retest)

    @rule(name=IDS, to=days, reason=st.sampled_from(["", "why"]))
    def move(self, name: str, to: dt.date, reason: str) -> None:
        self.do(drafting.move_date, name, to, reason)

    @rule(name=IDS, owner=PEOPLE)
    def hand_over(self, name: str, owner: str) -> None:
        self.do(drafting.update, name, {"owner": owner})

    @rule(name=IDS, other=IDS)
    def wait_for(self, name: str, other: str) -> None:
        self.do(drafting.update, name, {"depends_on": [other]})

    @rule(name=IDS, colour=st.sampled_from(["blue", "green"]), until=days)
    def colour(self, name: str, colour: str, until: dt.date) -> None:
        self.do(drafting.override, name, colour, "why", until)

    @rule(name=IDS, text=words)
    def comment(self, name: str, text: str) -> None:
        self.do(drafting.comment, name, text)

    @rule()
    def open_anew(self) -> None:
        self.store = PlanStore(self.folder / "plan.db")

    @rule()
    def move_house(self) -> None:
        path = self.folder / "plan.yaml"
        text = to_yaml(self.store.events())
        path.write_text(text, encoding="utf-8", newline="\n")
        other = PlanStore(self.folder / f"plan{len(list(self.folder.iterdir()))}.db")
        other.extend(from_yaml(path))
        assert to_yaml(other.events()) == text

    @invariant()
    def history_only_grows(self) -> None:
        events = self.store.events()
        assert events[: len(self.history)] == self.history
        self.history = events

    @invariant()
    def what_is_promised_of_actions_holds(self) -> None:
        plan = fold(self.history)
        for name, action in plan.actions.items():
            if action.baseline_due is not None:
                assert self.first_due.setdefault(name, action.baseline_due) == action.baseline_due
            assert all(move.reason for move in action.moves)
            if action.closed:
                assert action.impact == "sustained"
                assert impact_evidence(action, action.delivered_at)
                by = assurance_that_holds(action)
                assert by is not None
                assert not same_person(by, action.owner)
                assert action.retest is not None
                assert action.closed_at is not None
                assert action.retest > action.closed_at.date()
            if action.reopened and action.delivery == "in-progress":
                assert not action.closed
            assert name not in action.depends_on

    @invariant()
    def colours_follow(self) -> None:
        plan = fold(self.history)
        for known in derive_all(plan, self.at.date(), PlanSettings()).values():
            assert known.colour in legend(PlanSettings())
            if known.colour == "blue":
                assert known.evidence


Keeping.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestKeeping = Keeping.TestCase

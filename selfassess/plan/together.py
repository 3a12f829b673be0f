"""Several things done as one: each sees the plan as the ones before it leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from selfassess.plan.events import Draft, number
from selfassess.plan.fold import step
from selfassess.plan.record import Plan
from selfassess.plan.rules import check

__all__ = ["Job", "Together"]

Job = Callable[[Plan], Iterable[Draft]]


class Together:
    """A plan to which things are done, one after another, before any of it is written.

    Attributes:
        drafts: what has been done so far.
    """

    def __init__(self, plan: Plan) -> None:
        self._actions = dict(plan.actions)
        self._decisions = list(plan.decisions)
        self._seq = plan.seq
        self.drafts: list[Draft] = []

    @property
    def plan(self) -> Plan:
        """The plan as it stands after what has been done."""
        return Plan(actions=self._actions, decisions=tuple(self._decisions), seq=self._seq)

    def do(self, job: Job) -> None:
        """Do one thing.

        Raises:
            PlanError: a rule refuses it; what was done before stands.
        """
        versions = {name: each.version for name, each in self._actions.items()}
        versions[""] = len(self._decisions)
        for event in number(job(self.plan), self._seq, versions):
            check(self.plan, event)
            step(self._actions, self._decisions, event)
            self._seq = event.seq
            self.drafts.append(event)

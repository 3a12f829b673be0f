"""The improvement plan of a workspace: where it is kept, and what an assessment takes from it.

Judging takes nothing: an action that is delivered turns no judgement green.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from selfassess.errors import EvidenceError, Problem
from selfassess.model.evidence import PlannedAction
from selfassess.workspace.folder import CONFIG, Workspace

if TYPE_CHECKING:
    import datetime as dt

    from selfassess.model.measure import Reading
    from selfassess.model.plan import PlanSettings
    from selfassess.plan.store import PlanStore

__all__ = ["FILE", "AssessedPlan", "assessed_plan", "has_plan", "open_plan", "record_readings"]

FILE = "plan.db"
PLAN_NAMES = ("plan", FILE)
"""How an assessment's inputs name the plan: a shared database, or the workspace's own."""


@dataclass(frozen=True, slots=True)
class AssessedPlan:
    """The plan as an assessment shows it.

    Attributes:
        listed: each action as the self-evaluation would list it.
        details: what the store knows besides, by action.
        name, sha256: what messages call the store, and a hash of all that was taken from it.
    """

    listed: tuple[PlannedAction, ...]
    details: dict[str, dict[str, Any]] = field(default_factory=dict)
    name: str = FILE
    sha256: str = ""


def has_plan(workspace: Workspace) -> bool:
    """Whether the workspace keeps a plan in a store."""
    return bool(workspace.config.plan.store) or (workspace.root / FILE).is_file()


def open_plan(workspace: Workspace) -> PlanStore:
    """Open the workspace's plan; a file is made where there is none.

    Raises:
        EvidenceError: a limit in ``selfassess.yaml`` makes no sense.
        PlanError: it cannot be opened.
    """
    from selfassess.plan.store import PlanStore

    _check_limits(workspace.config.plan)
    address = workspace.config.plan.store or workspace.root / FILE
    return PlanStore(address, backups=workspace.history)


def _check_limits(settings: PlanSettings) -> None:
    """Refuse limits below their least."""
    least = {"stale_days": 1, "moved_often": 1, "amber_share": 0}
    problems = [
        Problem(CONFIG, f"plan: {name} is {getattr(settings, name)}; at least {low} makes sense.")
        for name, low in least.items()
        if getattr(settings, name) < low
    ]
    if problems:
        raise EvidenceError(problems=problems)


def assessed_plan(
    workspace: Workspace,
    listed: Sequence[PlannedAction],
    readings: Sequence[Reading],
    as_at: dt.date,
) -> AssessedPlan | None:
    """What an assessment of a day shows of the plan; None where no action is in a store.

    Args:
        workspace: whose plan.
        listed: the list in ``self-evaluation.yaml``.
        readings: what the assessment read; they feed the success measures.
        as_at: events up to the end of this day count.

    Raises:
        PlanError: the list says something else than the store, or the store cannot be read.
    """
    if not has_plan(workspace):
        return None
    from selfassess.plan.assessed import items
    from selfassess.plan.events import content_hash
    from selfassess.plan.feed import with_figures
    from selfassess.plan.fold import fold
    from selfassess.plan.takeover import refuse_two_plans

    store = open_plan(workspace)
    events = store.events()
    now = fold(events)
    if not now.actions:
        return None
    refuse_two_plans(listed, now)
    plan = with_figures(fold(events, as_at), _figures(readings), as_at)
    found = items(plan, as_at, workspace.config.plan)
    return AssessedPlan(
        listed=tuple(
            PlannedAction(
                id=action.id,
                title=action.title,
                owner=action.owner,
                responsible=action.responsible,
                tags=action.tags,
                due=action.due,
                why=action.why,
                topics=action.topics,
                criterion=action.criterion,
                judgement=action.judgement,
                success_measures=tuple(item["success_measures"]),
                outcome=action.outcome,
                status=item["status"],
                public=action.audience == "public",
                partner=action.audience == "partner",
            )
            for action, item in zip(plan.actions.values(), found, strict=True)
        ),
        details={item["id"]: item for item in found},
        name=PLAN_NAMES[0] if workspace.config.plan.store else FILE,
        sha256=content_hash(events, as_at),
    )


def record_readings(workspace: Workspace, readings: Sequence[Reading], as_at: dt.date) -> int:
    """Write what was read of success measures into the plan's history; returns how many.

    A second run of the same day on the same evidence adds nothing.

    Raises:
        PlanError: the store cannot be written to.
    """
    if not has_plan(workspace):
        return 0
    from selfassess.plan.feed import record

    store = open_plan(workspace)
    figures = _figures(readings)
    if not record(store.plan(), figures, as_at):
        return 0
    return len(store.write(lambda plan: record(plan, figures, as_at)))


def _figures(readings: Sequence[Reading]) -> dict[str, Any]:
    from selfassess.plan.feed import Figure

    return {
        each.id: Figure(value=each.value, status=each.status, unit=each.unit, title=each.title)
        for each in readings
    }

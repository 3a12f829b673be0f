"""What somebody wants done, as events: the one place where events are made.

Each function takes the plan as it stands and gives events; `rules.check` refuses what may not be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.errors import PlanError
from selfassess.plan.author import Author, found, next_id, next_part, tidy
from selfassess.plan.events import Draft, plain
from selfassess.plan.record import Plan
from selfassess.plan.record_parts import Evidence, Milestone, Risk, SuccessMeasure

__all__ = [
    "Author",
    "add",
    "add_evidence",
    "add_milestone",
    "add_risk",
    "add_success",
    "assure",
    "change_success",
    "close",
    "comment",
    "decide",
    "drop",
    "end_override",
    "finish_milestone",
    "found",
    "move_date",
    "move_delivery",
    "move_impact",
    "next_id",
    "override",
    "read_measure",
    "update",
]


def add(
    plan: Plan,
    author: Author,
    fields: Mapping[str, Any],
    *,
    id_: str = "",
    success: Sequence[SuccessMeasure] = (),
    milestones: Sequence[tuple[str, dt.date | None]] = (),
    risks: Sequence[Risk] = (),
    taken: Iterable[str] = (),
) -> tuple[Draft, ...]:
    """Add an action as a draft.

    Args:
        plan: as it stands.
        author: who adds it.
        fields: title, and others of `TEXT_FIELDS`; also `due`.
        id_: an id of one's own; the next free one if left out.
        success: what must change; ids are given here, as for the next two.
        milestones: titles and due dates.
        risks: what may stand in the way.
        taken: ids that others in the same step have taken.
    """
    given = {
        key: value for key, value in plain(dict(fields)).items() if value not in (None, "", [])
    }
    if success:
        given["success"] = [
            plain(replace(each, id=f"S{n}")) for n, each in enumerate(success, start=1)
        ]
    if milestones:
        given["milestones"] = [
            {"id": f"M{n}", "title": title, **({"due": plain(due)} if due else {})}
            for n, (title, due) in enumerate(milestones, start=1)
        ]
    if risks:
        given["risks"] = [plain(replace(each, id=f"R{n}")) for n, each in enumerate(risks, start=1)]
    return (author.draft(id_ or next_id(plan, taken), "added", given),)


def update(
    plan: Plan, author: Author, name: str, fields: Mapping[str, Any], reason: str = ""
) -> tuple[Draft, ...]:
    """Say fields anew; what does not change makes no event. A first due date may be among them."""
    action = found(plan, name)
    drafts: list[Draft] = []
    for key, value in fields.items():
        if key == "due":
            drafts += move_date(plan, author, name, value, reason)
            continue
        before = plain(getattr(action, key, None))
        after = tidy(plain(value))
        if before != after and (before or after):
            drafts.append(
                author.draft(name, "changed", after, part=key, from_=before, reason=reason)
            )
    return tuple(drafts)


def move_date(
    plan: Plan, author: Author, name: str, to: dt.date, reason: str, *, milestone: str = ""
) -> tuple[Draft, ...]:
    """Move a due date, or give the first one; the first stays as the baseline."""
    action = found(plan, name)
    prefix, held = "due", action.due
    if milestone:
        step = next((each for each in action.milestones if each.id == milestone), None)
        prefix, held = "milestone", step.due if step else None
        if step is not None and held is None:
            return (author.draft(name, "milestone-due-set", to, part=milestone, reason=reason),)
    elif held is None:
        return (author.draft(name, "due-set", to, reason=reason),)
    return (author.draft(name, f"{prefix}-moved", to, part=milestone, from_=held, reason=reason),)


def move_delivery(
    plan: Plan, author: Author, name: str, to: str, reason: str = ""
) -> tuple[Draft, ...]:
    """Move delivery to another state."""
    action = found(plan, name)
    return (author.draft(name, "delivery", to, from_=action.delivery, reason=reason),)


def move_impact(
    plan: Plan, author: Author, name: str, to: str, reason: str = ""
) -> tuple[Draft, ...]:
    """Move impact to another state; the reversal of a closed action's impact reopens it."""
    action = found(plan, name)
    return (author.draft(name, "impact", to, from_=action.impact, reason=reason),)


def assure(plan: Plan, author: Author, name: str, statement: str) -> tuple[Draft, ...]:
    """Assure impact; whoever is the author assures."""
    found(plan, name)
    return (author.draft(name, "assured", statement),)


def close(plan: Plan, author: Author, name: str, retest: dt.date | None) -> tuple[Draft, ...]:
    """Close an action whose impact is sustained, evidenced, assured and to be tested again."""
    found(plan, name)
    return (author.draft(name, "closed", retest),)


def comment(plan: Plan, author: Author, name: str, text: str) -> tuple[Draft, ...]:
    """Remark something."""
    action = found(plan, name)
    part = next_part("C", (each.id for each in action.comments))
    return (author.draft(name, "commented", text, part=part),)


def decide(
    plan: Plan, author: Author, text: str, *, board: dt.date, actions: Sequence[str] = ()
) -> tuple[Draft, ...]:
    """Write down what a board decided, of actions or of the plan as a whole."""
    part = next_part("D", (each.id for each in plan.decisions))
    to = {"text": text, "board": board, "actions": list(actions)}
    return (author.draft("", "decided", to, part=part),)


def add_milestone(
    plan: Plan, author: Author, name: str, title: str, due: dt.date | None
) -> tuple[Draft, ...]:
    """Add a step of the work."""
    action = found(plan, name)
    part = next_part("M", (each.id for each in action.milestones))
    to = {"id": part, "title": title, **({"due": due} if due else {})}
    return (author.draft(name, "milestone-added", to, part=part),)


def finish_milestone(
    plan: Plan, author: Author, name: str, milestone: str, done: dt.date
) -> tuple[Draft, ...]:
    """Say that a milestone is done."""
    found(plan, name)
    return (author.draft(name, "milestone-done", done, part=milestone),)


def add_success(
    plan: Plan, author: Author, name: str, measure: SuccessMeasure
) -> tuple[Draft, ...]:
    """Add a success measure."""
    action = found(plan, name)
    part = next_part("S", (*(each.id for each in action.success), *action.retired))
    return (author.draft(name, "success-added", replace(measure, id=part), part=part),)


def change_success(
    plan: Plan, author: Author, name: str, measure: SuccessMeasure, reason: str
) -> tuple[Draft, ...]:
    """Say a success measure anew; a target that is moved needs a reason."""
    action = found(plan, name)
    before = next((each for each in action.success if each.id == measure.id), None)
    if before == measure:
        return ()
    draft = author.draft(
        name, "success-changed", measure, part=measure.id, from_=before, reason=reason
    )
    return (draft,)


def add_risk(plan: Plan, author: Author, name: str, risk: Risk) -> tuple[Draft, ...]:
    """Add a risk."""
    action = found(plan, name)
    part = next_part("R", (*(each.id for each in action.risks), *action.retired))
    return (author.draft(name, "risk-added", replace(risk, id=part), part=part),)


def drop(plan: Plan, author: Author, name: str, part: str, reason: str) -> tuple[Draft, ...]:
    """Take away a milestone, a success measure or a risk, with the reason; history keeps it."""
    action = found(plan, name)
    kind = {"M": "milestone-dropped", "S": "success-dropped", "R": "risk-dropped"}.get(part[:1])
    if kind is None:
        raise PlanError(
            f"{name}: '{part}' is no milestone (M1), success measure (S1) or risk (R1).",
            hint=f"selfassess plan show {name}",
        )
    held: list[Milestone | SuccessMeasure | Risk]
    held = [*action.milestones, *action.success, *action.risks]
    before = next((each for each in held if each.id == part), None)
    return (author.draft(name, kind, part=part, from_=before, reason=reason),)


def add_evidence(plan: Plan, author: Author, name: str, evidence: Evidence) -> tuple[Draft, ...]:
    """Refer to evidence that it was done, or that it changed something."""
    action = found(plan, name)
    part = next_part("E", (each.id for each in action.evidence))
    return (author.draft(name, "evidenced", replace(evidence, id=part), part=part),)


def read_measure(
    plan: Plan,
    author: Author,
    name: str,
    measure: str,
    *,
    date: dt.date,
    value: float | None = None,
    says: str | None = None,
    text: str = "",
    source: str = "",
    status: str = "ok",
) -> tuple[Draft, ...]:
    """Write down what a success measure read on a day."""
    found(plan, name)
    to = {"date": date, "value": value, "says": says, "text": text, "source": source}
    to |= {"status": status} if status != "ok" else {}
    kept = {key: item for key, item in to.items() if item not in (None, "")}
    return (author.draft(name, "reading", kept, part=measure),)


def override(
    plan: Plan, author: Author, name: str, colour: str, reason: str, until: dt.date
) -> tuple[Draft, ...]:
    """Set a colour by hand, until a day."""
    found(plan, name)
    to = {"colour": colour, "until": until}
    return (author.draft(name, "overridden", to, reason=reason),)


def end_override(plan: Plan, author: Author, name: str) -> tuple[Draft, ...]:
    """Let the rule give the colour again."""
    found(plan, name)
    return (author.draft(name, "override-ended"),)

"""Actions proposed from an assessment's findings, without what the plan already answers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selfassess.plan.answers import KINDS, NOTHING, SCOPED, unanswered
from selfassess.plan.drafting import Author, add, next_id
from selfassess.plan.events import Draft
from selfassess.plan.record import Plan
from selfassess.plan.record_parts import SuccessMeasure

__all__ = ["Proposal", "proposals", "propose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A draft of an action, and the findings that it answers."""

    findings: tuple[str, ...]
    title: str
    fields: Mapping[str, Any]
    success: tuple[SuccessMeasure, ...]


def proposals(
    assessment: Mapping[str, Any], plan: Plan, carried: Mapping[str, Sequence[str]] = NOTHING
) -> tuple[Proposal, ...]:
    """One proposal for each weakness that no action answers; parts go with their whole.

    Args:
        assessment: as in ``assessment.json``.
        plan: as it stands; cancelled and closed actions answer their findings too.
        carried: what became of nodes between editions.
    """
    why = [reason for action in plan.actions.values() for reason in action.why]
    findings = {str(each["id"]): each for each in assessment.get("findings") or ()}
    open_ = unanswered(list(findings.values()), why, carried)
    ordered = sorted(open_, key=lambda name: KINDS.index(findings[name]["kind"]))
    readings = {str(each["id"]): each for each in assessment.get("readings") or ()}
    groups: dict[str, list[str]] = {}
    for name in ordered:
        match = SCOPED.fullmatch(name)
        groups.setdefault(match["base"] if match else name, []).append(name)
    as_at = dt.date.fromisoformat(str(assessment["as_at"]))
    return tuple(
        _proposal([findings[name] for name in names], readings, assessment, as_at)
        for names in groups.values()
    )


def _proposal(
    group: Sequence[Mapping[str, Any]],
    readings: Mapping[str, Mapping[str, Any]],
    assessment: Mapping[str, Any],
    as_at: dt.date,
) -> Proposal:
    first = group[0]
    sentences = re.split(r"(?<=[.!?])\s", str(first.get("text") or first["id"]))
    # A very short sentence says little by itself; the next one says of what.
    text = sentences[0] if len(sentences[0]) >= 40 else " ".join(sentences[:2])
    success = []
    for finding in group:
        name = str(finding["id"]).removeprefix("reading:")
        named = [name] if name != finding["id"] else list(finding.get("evidence") or ())[:1]
        success += [_success(readings[each], as_at) for each in named if each in readings]
    judgements = list(first.get("judgements") or ())
    criteria = list(first.get("criteria") or ())
    framework = assessment["framework"]
    fields: dict[str, Any] = {
        "title": f"Put right: {text[:200].rstrip('.')}",
        "why": [str(each["id"]) for each in group],
        "came_from": f"Assessment under {framework['id']}@{framework['edition']}",
        "came_from_date": as_at,
        "criterion": criteria[0] if criteria else None,
        "judgement": judgements[0] if judgements else None,
        "topics": list(dict.fromkeys(t for each in group for t in each.get("topics") or ())),
        "responsible": list(
            dict.fromkeys(r for each in group for r in each.get("responsible") or ())
        ),
    }
    unique = {(each.measure, each.scope): each for each in success}
    return Proposal(
        findings=tuple(str(each["id"]) for each in group),
        title=str(fields["title"]),
        fields=fields,
        success=tuple(unique.values()),
    )


def _success(reading: Mapping[str, Any], as_at: dt.date) -> SuccessMeasure:
    """The measure that must move, from where it stands; people set its target."""
    better = reading.get("better")
    value = reading.get("value")
    return SuccessMeasure(
        measure=str(reading["measure"]),
        where={str(k): str(v) for k, v in (reading.get("where") or {}).items()},
        unit=str(reading.get("unit") or ""),
        better=better if better in ("higher", "lower", "two-sided") else None,
        baseline=None if value is None else float(value),
        baseline_date=as_at,
    )


def propose(plan: Plan, author: Author, found: Sequence[Proposal]) -> tuple[Draft, ...]:
    """Events that add proposals as drafts."""
    drafts: list[Draft] = []
    for each in found:
        name = next_id(plan, [draft.action for draft in drafts])
        drafts += add(plan, author, each.fields, id_=name, success=each.success)
    return tuple(drafts)

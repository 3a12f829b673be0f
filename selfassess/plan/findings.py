"""Actions proposed from an assessment's findings, without what the plan already answers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selfassess.plan.drafting import Author, add, next_id
from selfassess.plan.events import Draft
from selfassess.plan.record import Plan, SuccessMeasure

__all__ = ["KINDS", "Proposal", "answered", "proposals", "propose", "unanswered"]

KINDS = ("priority-action-risk", "improve")
"""What asks for an action. A question asks for an answer, and a strength for nothing."""

_SCOPED = re.compile(r"(?P<base>[a-z]+:[^\[\]]+)\[(?P<where>[^\]]*)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A draft of an action, and the findings that it answers."""

    findings: tuple[str, ...]
    title: str
    fields: Mapping[str, Any]
    success: tuple[SuccessMeasure, ...]


def answered(finding: str, why: Sequence[str], carried: Mapping[str, Sequence[str]] = {}) -> bool:
    """Whether reasons that actions give hold a finding, or the whole of which it is a part.

    Args:
        finding: its id.
        why: ids that actions answer; a register entry may stand without ``entry:``.
        carried: what became of nodes between editions, for reasons written under an earlier one.
    """
    held = {each for reason in why for each in _names(reason, carried)}
    return any(each in held for each in _wholes(finding))


def _wholes(finding: str) -> list[str]:
    """A finding and every whole that holds it: ``m[a=1,b=2]``, ``m[a=1]``, ``m[b=2]``, ``m``."""
    match = _SCOPED.fullmatch(finding)
    if not match:
        return [finding]
    base, pairs = match["base"], match["where"].split(",")
    found = [finding, base]
    if len(pairs) > 1:
        found += [f"{base}[{','.join(p for p in pairs if p != left)}]" for left in pairs]
        found += [f"{base}[{pair}]" for pair in pairs]
    return found


def _names(reason: str, carried: Mapping[str, Sequence[str]]) -> set[str]:
    """The ids under which a reason may be known today."""
    names = {reason} if ":" in reason else {reason, f"entry:{reason}"}
    for name in tuple(names):
        rule, at, node = name.rpartition("@")
        if at:
            names |= {f"{rule}@{heir}" for heir in carried.get(node, ())}
        kind, colon, rest = name.partition(":")
        criterion, slash, expectation = rest.partition("/")
        if colon and slash and kind == "missing":
            names |= {f"missing:{heir}/{expectation}" for heir in carried.get(criterion, ())}
    return names


def unanswered(
    findings: Sequence[Mapping[str, Any]],
    why: Sequence[str],
    carried: Mapping[str, Sequence[str]] = {},
) -> list[str]:
    """Ids of weaknesses that no action answers, in the order of the findings."""
    return [
        str(each["id"])
        for each in findings
        if each.get("kind") in KINDS and not answered(str(each["id"]), why, carried)
    ]


def proposals(
    assessment: Mapping[str, Any], plan: Plan, carried: Mapping[str, Sequence[str]] = {}
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
        match = _SCOPED.fullmatch(name)
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
    # "Children may be at risk." says nothing by itself; the next sentence says of what.
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

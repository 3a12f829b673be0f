"""Which findings the plan answers. Light, for every assessment asks it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["KINDS", "NOTHING", "SCOPED", "answered", "unanswered"]

KINDS = ("priority-action-risk", "improve")
"""What asks for an action. A question asks for an answer, and a strength for nothing."""

SCOPED = re.compile(r"(?P<base>[a-z]+:[^\[\]]+)\[(?P<where>[^\]]*)\]")
"""A finding about a part of the whole."""

NOTHING: Mapping[str, Sequence[str]] = {}


def answered(
    finding: Mapping[str, Any],
    why: Iterable[str],
    carried: Mapping[str, Sequence[str]] = NOTHING,
) -> bool:
    """Whether reasons that actions give hold a finding, or the whole of which it is a part.

    What a rule flags is answered also where every piece of evidence that made it hold is.

    Args:
        finding: as in ``assessment.json``.
        why: ids that actions answer; a register entry may stand without ``entry:``.
        carried: what became of nodes between editions, for reasons written under an earlier one.
    """
    held = {each for reason in why for each in _names(reason, carried)}
    name = str(finding["id"])
    if any(each in held for each in _wholes(name)):
        return True
    evidence = [str(each) for each in finding.get("evidence") or ()]
    return (
        name.startswith("rule:")
        and bool(evidence)
        and all(
            f"entry:{each}" in held or any(w in held for w in _wholes(f"reading:{each}"))
            for each in evidence
        )
    )


def _wholes(finding: str) -> list[str]:
    """A finding and every whole that holds it: ``m[a=1,b=2]``, ``m[a=1]``, ``m[b=2]``, ``m``."""
    match = SCOPED.fullmatch(finding)
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
    findings: Iterable[Mapping[str, Any]],
    why: Sequence[str],
    carried: Mapping[str, Sequence[str]] = NOTHING,
) -> list[str]:
    """Ids of weaknesses that no action answers, in the order of the findings."""
    return [
        str(each["id"])
        for each in findings
        if each.get("kind") in KINDS and not answered(each, why, carried)
    ]

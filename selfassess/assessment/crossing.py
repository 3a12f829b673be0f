"""How an assessment shows what another framework's assessment of the same evidence found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from selfassess.model.assessment import Finding
from selfassess.model.crosswalk import CrossLink, Crosswalk
from selfassess.model.framework import Framework

__all__ = ["Crossing", "crossing"]


@dataclass(frozen=True, slots=True)
class Crossing:
    """Another framework that was assessed on the same evidence in the same run.

    Attributes:
        framework: the other one.
        crosswalk: what the two have in common; None where nobody has drawn it up.
        findings: the other's findings; those that rest on evidence carry across. What it misses,
            and its ceilings, claims and grades, are its own affair.
    """

    framework: Framework
    crosswalk: Crosswalk | None
    findings: tuple[Finding, ...]


def crossing(item: Crossing, framework: Framework) -> dict[str, Any]:
    """A crossing as it stands in the assessment of `framework`."""
    ours = {node.id: node.title for node in framework.walk()}
    theirs = {node.id: node.title for node in item.framework.walk()}
    links: tuple[tuple[str, str, CrossLink], ...] = ()
    if item.crosswalk is not None:
        links = item.crosswalk.seen_from(framework.reference)
    return {
        "framework": item.framework.reference,
        "title": item.framework.title,
        "crosswalk": item.crosswalk is not None,
        "links": [
            {
                "node": node,
                "title": ours[node],
                "other": other,
                "other_title": theirs[other],
                "relation": _relation(link, node),
                "rationale": link.rationale,
                "confidence": link.confidence,
                "provenance": link.provenance,
                "findings": [
                    {"id": finding.id, "kind": finding.kind, "text": finding.text}
                    for finding in item.findings
                    if finding.evidence and other in (*finding.criteria, *finding.judgements)
                ],
            }
            for node, other, link in links
        ],
        "gaps": [
            {
                "node": gap.node,
                "title": ours.get(gap.node) or theirs[gap.node],
                "framework": framework.reference if gap.node in ours else item.framework.reference,
                "because": gap.because,
            }
            for gap in (item.crosswalk.gaps if item.crosswalk else ())
        ],
    }


def _relation(link: CrossLink, node: str) -> str:
    """The relation, read from this end: the whole of a part is ``holds`` it."""
    if link.relation == "part-of" and link.from_ != node:
        return "holds"
    return link.relation

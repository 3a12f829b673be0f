"""How claims, consistency checks and changes look in ``assessment.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from selfassess.xray.case import Case, joined
from selfassess.xray.examine import examine

if TYPE_CHECKING:
    from selfassess.assessment import Assessment
    from selfassess.model.evidence import Claim
    from selfassess.model.xray import XrayFinding

__all__ = ["case_of", "claim_detail", "xray", "xray_of"]


def claim_detail(claim: Claim | None) -> dict[str, Any] | None:
    """What leaders say of a judgement or a criterion; null where they say nothing."""
    if claim is None:
        return None
    return {
        "answers": {key: text for key, text in claim.answers.items() if text},
        "strengths": [item.text for item in claim.items("strengths")],
        "weaknesses": [item.text for item in claim.items("weaknesses")],
        "strength_items": _items(claim, "strengths"),
        "weakness_items": _items(claim, "weaknesses"),
        "so_what": claim.so_what,
        "evidence": list(claim.evidence),
        "author": claim.author,
        "date": claim.date.isoformat() if claim.date else None,
        "status": claim.status,
        "public": claim.public,
        "partner": claim.partner,
        "reconfirm": list(claim.reconfirm),
    }


def _items(claim: Claim, kind: Literal["strengths", "weaknesses"]) -> list[dict[str, Any]]:
    return [
        {"text": item.text, "evidence": list(item.evidence), "public": bool(item.public)}
        for item in claim.items(kind)
    ]


def case_of(assessment: Assessment) -> Case:
    """What the checks look at: the self-evaluation beside what the evidence says."""
    written = assessment.self_evaluation
    return Case(
        framework=assessment.framework,
        claims=written.judgements,
        plan=written.plan,
        outcome=assessment.outcome,
        register=assessment.register,
        topics=assessment.library.topics,
        as_at=assessment.evidence.as_at,
        lexicon=joined(assessment.library.lexicons.values()),
    )


def xray_of(assessment: Assessment) -> tuple[XrayFinding, ...]:
    """The inconsistencies of an assessment's self-evaluation.

    Under a framework that the self-evaluation was not written for there are none to find.
    """
    written = assessment.self_evaluation
    if not written.judgements:
        return ()
    return examine(case_of(assessment), (*written.xray_waivers, *assessment.config.xray_waivers))


def xray(item: XrayFinding) -> dict[str, Any]:
    """One inconsistency, with where it stands in ``self-evaluation.yaml``."""
    waived = item.waived
    return {
        "id": item.id,
        "rule": item.rule,
        "severity": item.severity,
        "node": item.node,
        "where": item.where,
        "text": item.text,
        "why": item.why,
        "mend": item.mend,
        "evidence": list(item.evidence),
        "waived": {"who": waived.who, "why": waived.why, "until": waived.until.isoformat()}
        if waived
        else None,
    }

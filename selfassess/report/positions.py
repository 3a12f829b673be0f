"""Where a judgement stands: claim against ceiling, and the rules that bind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.report.evidence import Evidence
from selfassess.report.parts import CriteriaCount, Position, Reason
from selfassess.report.text import brief
from selfassess.report.words import CHALLENGE, CONFIDENCE, STATUS, date_words, phrase

__all__ = ["grade_titles", "position_of", "reasons_of", "waivers_of"]

NOTHING_REFUTES = "nothing here refutes a grade"
_MOST = 4


def position_of(index: int, judgement: Mapping[str, Any]) -> Position:
    """Say where a judgement stands; without a scale nothing about grades is said."""
    graded = bool(judgement.get("scale"))
    confidence = phrase(CONFIDENCE, str(judgement.get("confidence") or "none"))
    criteria = _count(judgement.get("criteria") or ())
    challenge_key = judgement.get("challenge")
    challenge = phrase(CHALLENGE, str(challenge_key)) if graded and challenge_key else None
    claim = ceiling = None
    if graded:
        claim = _grade(judgement, "claim") if judgement.get("claim") else "no claim yet"
        ceiling = (
            f"at most {_grade(judgement, 'ceiling')}"
            if judgement.get("ceiling")
            else NOTHING_REFUTES
        )
        waived = judgement.get("ceiling_after_waivers")
        if judgement.get("waived") and waived != judgement.get("ceiling"):
            after = f"at most {_plain(waived)}" if waived else NOTHING_REFUTES
            ceiling += f" ({after} after waivers)"
    return Position(
        anchor=f"judgement-{index}",
        title=brief(str(judgement.get("title") or judgement["id"]), 200),
        graded=graded,
        claim=claim,
        ceiling=ceiling,
        challenge=challenge,
        challenge_note=_names(judgement),
        confidence=confidence,
        criteria=criteria,
        sentence=_sentence(judgement, claim, challenge.word if challenge else "", criteria),
    )


def reasons_of(
    judgement: Mapping[str, Any], evidence: Evidence, part: str, grades: Mapping[str, str]
) -> tuple[Reason, ...]:
    """Rules of a judgement that hold: ``because`` those that bind, ``also`` the others."""
    graded = bool(judgement.get("scale"))
    reasons = []
    for rule in judgement.get(part) or ():
        effect = "A risk for a person to decide on"
        if graded and rule.get("at_most"):
            effect = f"At most {grades.get(str(rule['at_most'])) or _plain(rule['at_most'])}"
        keys = evidence.leading([*(rule.get("readings") or ()), *(rule.get("register") or ())])
        reasons.append(
            Reason(
                text=brief(str(rule.get("text") or rule.get("rule") or ""), 600),
                effect=effect,
                judgement=brief(str(judgement.get("title") or judgement["id"]), 200),
                evidence=evidence.references(keys, limit=_MOST),
                more=evidence.more(keys, _MOST),
                finding=f"rule:{rule.get('rule')}@{judgement['id']}",
            )
        )
    return tuple(reasons)


def waivers_of(judgement: Mapping[str, Any]) -> Iterable[str]:
    """Rules that a named person set aside, one sentence each."""
    for waiver in judgement.get("waived") or ():
        yield (
            f"{waiver.get('rule')} is set aside by {waiver.get('who')} until "
            f"{date_words(waiver.get('until'))}: {brief(str(waiver.get('why') or ''), 300)}"
        )


def _grade(judgement: Mapping[str, Any], key: str) -> str:
    return brief(str(judgement.get(f"{key}_title") or _plain(judgement[key])), 80)


def _plain(grade: Any) -> str:
    return str(grade).replace("-", " ").capitalize()


def grade_titles(assessment: Mapping[str, Any]) -> dict[str, str]:
    """Printed names of grades, as far as the judgements tell them."""
    return {
        str(judgement[key]): brief(str(judgement[f"{key}_title"]), 80)
        for judgement in assessment.get("judgements") or ()
        for key in ("claim", "ceiling")
        if judgement.get(key) and judgement.get(f"{key}_title")
    }


def _sentence(
    judgement: Mapping[str, Any], claim: str | None, challenge: str, criteria: CriteriaCount
) -> str:
    counted = f"Of its criteria, {criteria.words}." if criteria.words else "It has no criteria."
    if claim is None:
        return counted
    stands = (
        f"the evidence leaves standing at most {_grade(judgement, 'ceiling')}"
        if judgement.get("ceiling")
        else "nothing in the evidence refutes a grade, which does not prove one"
    )
    if not judgement.get("claim"):
        return f"Leaders have made no claim yet; {stands}. {counted}"
    tail = (
        f" The claim is {challenge}."
        if challenge != "not enough evidence"
        else (" There is not enough evidence to test the claim.")
    )
    return f"Leaders claim {claim}; {stands}.{tail} {counted}"


def _names(judgement: Mapping[str, Any]) -> str:
    titles = {
        str(criterion["id"]): str(criterion.get("title") or criterion["id"])
        for criterion in judgement.get("criteria") or ()
    }
    named = [str(name) for name in judgement.get("challenge_names") or ()]
    shown = [f"{name} {brief(titles[name], 80)}" if name in titles else name for name in named[:6]]
    rest = f" and {len(named) - 6} more" if len(named) > 6 else ""
    return "; ".join(shown) + rest


def _count(criteria: Sequence[Mapping[str, Any]]) -> CriteriaCount:
    found = [str(criterion.get("status") or "not enough evidence") for criterion in criteria]
    order = list(STATUS)
    found.sort(key=lambda status: order.index(status) if status in order else len(order))
    words = [
        f"{found.count(status)} {'is' if found.count(status) == 1 else 'are'} {status}"
        if status != "not enough evidence"
        else f"{found.count(status)} {'does' if found.count(status) == 1 else 'do'} not have "
        "enough evidence"
        for status in dict.fromkeys(found)
    ]
    listed = " and ".join(filter(None, [", ".join(words[:-1]), words[-1] if words else ""]))
    counted = tuple(
        replace(phrase(STATUS, status), word=f"{found.count(status)} {phrase(STATUS, status).word}")
        for status in dict.fromkeys(found)
    )
    return CriteriaCount(
        shapes="".join(phrase(STATUS, status).shape for status in found),
        words=listed,
        counted=counted,
    )

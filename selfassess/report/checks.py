"""Consistency checks of the self-evaluation, grouped so that each reason is printed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from selfassess.report.evidence import Evidence
from selfassess.report.parts import Phrase, Reference
from selfassess.report.text import brief
from selfassess.report.words import date_words, plural

__all__ = ["Check", "CheckGroup", "Checks", "checks_of", "checks_sentence"]

_MOST = 12
_SEVERITY = {
    "error": Phrase(word="would stop a reader", shape="■", tone="worst"),
    "warning": Phrase(word="weakens the text", shape="▲", tone="fair"),
    "remark": Phrase(word="worth a thought", shape="○", tone="none"),
}
_INTRO = (
    "Rules read leaders’ own words beside the evidence. They find contradictions and gaps in the "
    "text; they do not judge practice."
)
_NONE = "The checks found nothing: each question is answered, dated and sourced, and no text says "
_NONE_END = "in order what a reading says is not."


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One place where a check found something."""

    text: Annotated[str, "What is the matter."]
    where: Annotated[str, "Where it stands in self-evaluation.yaml."]
    evidence: Annotated[tuple[Reference, ...], "Readings and entries it rests on."]
    more: Annotated[str, "How many references were left out, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckGroup:
    """Everything that one rule found."""

    severity: Annotated[Phrase, "How much it matters."]
    why: Annotated[str, "Why it matters."]
    mend: Annotated[str, "How to mend it."]
    items: Annotated[tuple[Check, ...], "The places."]
    more: Annotated[str, "How many places were left out, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """Whether the self-evaluation agrees with itself and with the evidence."""

    intro: Annotated[str, "What the checks are."]
    count: Annotated[str, "How many were found, in one sentence."]
    groups: Annotated[tuple[CheckGroup, ...], "By rule, the gravest first."]
    waived: Annotated[tuple[str, ...], "Findings set aside: by whom, why and until when."]


def checks_of(assessment: Mapping[str, Any], evidence: Evidence) -> Checks | None:
    """What the checks found; None where there is nothing to check, or a copy holds none."""
    found = assessment.get("xray")
    if found is None or not _claimed(assessment):
        return None
    counted = [each for each in found if not each.get("waived")]
    rules: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for severity in _SEVERITY:
        for each in counted:
            if each.get("severity") == severity:
                rules.setdefault((severity, str(each.get("rule"))), []).append(each)
    return Checks(
        intro=_INTRO,
        count=checks_sentence(assessment) or f"{_NONE}{_NONE_END}",
        groups=tuple(_group(severity, items, evidence) for (severity, _), items in rules.items()),
        waived=tuple(_waived(each) for each in found if each.get("waived")),
    )


def checks_sentence(assessment: Mapping[str, Any]) -> str:
    """How many checks found something, in one sentence; nothing where none did."""
    found = [each for each in assessment.get("xray") or () if not each.get("waived")]
    if not found:
        return ""
    grave = sum(each.get("severity") == "error" for each in found)
    told = f"Consistency checks of leaders’ text found {plural(len(found), 'points')}"
    return f"{told}; {grave or 'none'} of them would stop a reader."


def _claimed(assessment: Mapping[str, Any]) -> bool:
    return any(each.get("claim_detail") for each in assessment.get("judgements") or ())


def _group(severity: str, items: Sequence[Mapping[str, Any]], evidence: Evidence) -> CheckGroup:
    rest = len(items) - _MOST
    return CheckGroup(
        severity=_SEVERITY[severity],
        why=brief(str(items[0].get("why") or ""), 300),
        mend=brief(str(items[0].get("mend") or ""), 300),
        items=tuple(_check(each, evidence) for each in items[:_MOST]),
        more=f"{rest} more: see `selfassess xray`." if rest > 0 else "",
    )


def _check(each: Mapping[str, Any], evidence: Evidence) -> Check:
    ids: Iterable[str] = each.get("evidence") or ()
    text = str(each.get("text") or "")
    return Check(
        text=brief(text, 600),
        where=brief(str(each.get("where") or ""), 120),
        evidence=evidence.references(ids, limit=3, beside=text),
        more=evidence.more(ids, 3),
    )


def _waived(each: Mapping[str, Any]) -> str:
    waiver = each["waived"]
    who, why = brief(str(waiver.get("who")), 80), brief(str(waiver.get("why")), 200)
    until = date_words(waiver.get("until"))
    return f"{brief(str(each.get('text') or ''), 300)} Waived by {who} until {until}: {why}"

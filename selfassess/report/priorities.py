"""The five things to act on: findings in order of urgency, no two about the same measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.report.alike import without_ending
from selfassess.report.answering import Answering
from selfassess.report.evidence import Evidence
from selfassess.report.folding import folded_questions
from selfassess.report.parts import Priority
from selfassess.report.text import brief, headline
from selfassess.report.words import KIND, phrase

__all__ = ["own_evidence", "pressing", "priorities_of", "ranked"]

_KINDS = ("priority-action-risk", "improve", "question")
_SIGNALS = ("critical", "concern", "attention")
_SEVERITIES = ("serious", "moderate", "minor")


def priorities_of(
    assessment: Mapping[str, Any], evidence: Evidence, most: int = 5
) -> tuple[Priority, ...]:
    """The findings that press most, as they are printed.

    What all the risks end with is told once, with the first of them.
    """
    titles = {
        str(node["id"]): str(node.get("title") or node["id"])
        for node in assessment.get("judgements") or ()
    }
    findings = folded_questions(assessment.get("findings") or (), evidence.saying)
    chosen = pressing(assessment, evidence, findings, most)
    answers = Answering(assessment)
    risks = [each for each in chosen if each.get("kind") == _KINDS[0]]
    shorter, ending = without_ending([str(each.get("text") or "") for each in risks])
    texts = {str(each["id"]): text for each, text in zip(risks, shorter, strict=True)}
    made = [
        _priority(finding, texts.get(str(finding["id"])), evidence, titles, answers)
        for finding in chosen
    ]
    if ending:
        first = next(at for at, each in enumerate(chosen) if each.get("kind") == _KINDS[0])
        made[first] = replace(made[first], of_each=ending)
    return tuple(made)


def pressing(
    assessment: Mapping[str, Any],
    evidence: Evidence,
    findings: Sequence[Mapping[str, Any]],
    most: int,
) -> list[Mapping[str, Any]]:
    """Pick what presses most.

    Risks for a person to decide come first, then findings that a binding rule rests on, then by
    the worst signal or severity behind them and by how many judgements they bear on. Findings about
    a measure that is already listed, or with all the topics of one listed, are passed over while
    there is anything else.
    """
    candidates = ranked(
        assessment, evidence, [finding for finding in findings if finding.get("kind") in _KINDS]
    )
    chosen: list[Mapping[str, Any]] = []
    for strict in (True, False):
        for finding in candidates:
            if len(chosen) == most:
                break
            if finding in chosen or (strict and _repeats(finding, chosen, evidence)):
                continue
            chosen.append(finding)
    return chosen


def ranked(
    assessment: Mapping[str, Any], evidence: Evidence, findings: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Findings by urgency, as `pressing` tells; those alike in the order in which they came."""
    binding = {
        str(key)
        for judgement in assessment.get("judgements") or ()
        for rule in judgement.get("because") or ()
        for key in (*(rule.get("readings") or ()), *(rule.get("register") or ()))
    }
    return sorted(findings, key=lambda each: _urgency(each, evidence, binding))


def _urgency(
    finding: Mapping[str, Any], evidence: Evidence, binding: set[str]
) -> tuple[int, int, int, int, int]:
    keys = own_evidence(finding, evidence)
    worst = len(_SIGNALS)
    for key in keys:
        item = evidence.readings.get(key)
        entry = evidence.entries.get(key)
        if item and item.get("signal") in _SIGNALS:
            worst = min(worst, _SIGNALS.index(str(item["signal"])))
        if entry and entry.get("direction") == "weakness":
            severity = str(entry.get("severity") or "moderate")
            worst = min(worst, _SEVERITIES.index(severity) if severity in _SEVERITIES else 1)
    return (
        _KINDS.index(str(finding["kind"])) if finding.get("kind") in _KINDS else len(_KINDS),
        0 if binding & set(keys) else 1,
        worst,
        1 if finding.get("where") else 0,
        -len(finding.get("judgements") or ()),
    )


def _repeats(
    finding: Mapping[str, Any], chosen: Sequence[Mapping[str, Any]], evidence: Evidence
) -> bool:
    measures = _measures(finding, evidence)
    topics = set(finding.get("topics") or ())
    for other in chosen:
        if measures & _measures(other, evidence):
            return True
        if topics and topics <= set(other.get("topics") or ()):
            return True
    return False


def _measures(finding: Mapping[str, Any], evidence: Evidence) -> set[str]:
    keys = own_evidence(finding, evidence)
    found = {str(evidence.readings[key].get("measure")) for key in keys if key in evidence.readings}
    return found | {key for key in keys if key in evidence.entries}


def own_evidence(finding: Mapping[str, Any], evidence: Evidence) -> list[str]:
    """The evidence that a finding is about, without what only stands beside its figure."""
    keys = [str(key) for key in finding.get("evidence") or ()]
    name = str(finding["id"]).removeprefix("reading:")
    if name not in evidence.readings:
        return keys
    measure = evidence.readings[name].get("measure")
    return [
        key for key in keys if (evidence.readings.get(key) or {}).get("measure", key) == measure
    ]


def _priority(
    finding: Mapping[str, Any],
    shorter: str | None,
    evidence: Evidence,
    titles: Mapping[str, str],
    answers: Answering,
) -> Priority:
    scope = evidence.scopes.words(finding.get("where") or {})
    whole = str(finding.get("text") or "")
    head, detail = headline(shorter or whole)
    said = evidence.scopes.said(whole, finding.get("where") or {})
    nodes = [titles.get(str(key), str(key)) for key in finding.get("judgements") or ()]
    shown = [brief(node, 80) for node in nodes[:3]]
    rest = f" and {len(nodes) - 3} more" if len(nodes) > 3 else ""
    keys = evidence.leading(finding.get("evidence") or ())
    return Priority(
        id=str(finding["id"]),
        headline=brief(f"{head} ({scope})" if scope and not said else head, 320),
        detail=brief(detail, 420),
        kind=phrase(KIND, str(finding["kind"])),
        where="; ".join(shown) + rest,
        look_at=brief(str(finding.get("look_at") or ""), 240),
        evidence=evidence.references(keys, limit=2, beside=whole, sourced=True),
        more=evidence.more(keys, 2),
        plan=answers.words(finding) if finding.get("kind") in _KINDS[:2] else "",
        moves=_moves(keys, evidence) if finding.get("kind") in _KINDS[:2] else "",
    )


def _moves(keys: Sequence[str], evidence: Evidence) -> str:
    """What the first figure behind it would have to do to leave its signal."""
    for key in keys:
        reading = evidence.readings.get(key) or {}
        gap = str((reading.get("gap") or {}).get("text") or "")
        if gap and reading.get("signal") in _SIGNALS:
            return brief(f"To be out of {reading['signal']}: {gap[:1].lower()}{gap[1:]}", 200)
    return ""

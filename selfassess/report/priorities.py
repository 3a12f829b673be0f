"""The five things to act on: findings in order of urgency, no two about the same measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.report.evidence import Evidence
from selfassess.report.parts import Priority
from selfassess.report.text import brief, headline
from selfassess.report.words import KIND, phrase

__all__ = ["pressing", "priorities_of"]

_KINDS = ("priority-action-risk", "improve", "question")
_SIGNALS = ("critical", "concern", "attention")
_SEVERITIES = ("serious", "moderate", "minor")


def priorities_of(
    assessment: Mapping[str, Any], evidence: Evidence, most: int = 5
) -> tuple[Priority, ...]:
    """The findings that press most, as they are printed."""
    titles = {
        str(node["id"]): str(node.get("title") or node["id"])
        for node in assessment.get("judgements") or ()
    }
    chosen = pressing(assessment, evidence, assessment.get("findings") or (), most)
    return tuple(_priority(finding, evidence, titles) for finding in chosen)


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
    binding = {
        str(key)
        for judgement in assessment.get("judgements") or ()
        for rule in judgement.get("because") or ()
        for key in (*(rule.get("readings") or ()), *(rule.get("register") or ()))
    }
    candidates = [finding for finding in findings if finding.get("kind") in _KINDS]
    ranked = sorted(
        enumerate(candidates), key=lambda pair: (*_urgency(pair[1], evidence, binding), pair[0])
    )
    chosen: list[Mapping[str, Any]] = []
    for strict in (True, False):
        for _, finding in ranked:
            if len(chosen) == most:
                break
            if finding in chosen or (strict and _repeats(finding, chosen, evidence)):
                continue
            chosen.append(finding)
    return chosen


def _urgency(
    finding: Mapping[str, Any], evidence: Evidence, binding: set[str]
) -> tuple[int, int, int, int, int]:
    keys = [str(key) for key in finding.get("evidence") or ()]
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
        _KINDS.index(str(finding["kind"])),
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
    found = {
        str(evidence.readings[key].get("measure"))
        for key in finding.get("evidence") or ()
        if key in evidence.readings
    }
    return found | {key for key in finding.get("evidence") or () if key in evidence.entries}


def _priority(
    finding: Mapping[str, Any], evidence: Evidence, titles: Mapping[str, str]
) -> Priority:
    scope = evidence.scopes.words(finding.get("where") or {})
    text = str(finding.get("text") or "")
    head, detail = headline(text)
    said = evidence.scopes.said(text, finding.get("where") or {})
    nodes = [titles.get(str(key), str(key)) for key in finding.get("judgements") or ()]
    shown = [brief(node, 80) for node in nodes[:3]]
    rest = f" and {len(nodes) - 3} more" if len(nodes) > 3 else ""
    return Priority(
        headline=brief(f"{head} ({scope})" if scope and not said else head, 240),
        detail=brief(detail, 420),
        kind=phrase(KIND, str(finding["kind"])),
        where="; ".join(shown) + rest,
        look_at=brief(str(finding.get("look_at") or ""), 240),
        evidence=evidence.references(finding.get("evidence") or (), limit=3, beside=text),
    )

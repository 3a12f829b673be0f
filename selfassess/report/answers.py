"""The framework's questions: leaders' answer, and the evidence beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.report.actions import actions_of, in_short
from selfassess.report.alike import by_measure, without_ending
from selfassess.report.evidence import Evidence
from selfassess.report.notes import source_words
from selfassess.report.parts import Answer, Point, Points, Voice
from selfassess.report.text import brief, markdown
from selfassess.report.words import CONFIDENCE, date_words, phrase, plural, voice_words

__all__ = ["answers_of", "merged"]

_MOST_POINTS = 5
_AGAINST = ("priority-action-risk", "improve")


def answers_of(
    judgement: Mapping[str, Any],
    assessment: Mapping[str, Any],
    evidence: Evidence,
    findings: Sequence[Mapping[str, Any]],
    readings: Sequence[str],
) -> tuple[Answer, ...]:
    """Put evidence beside each answer.

    Beside the first question stands what the evidence supports and contradicts, the most urgent of
    `findings` first, as they come; beside the last what is planned; beside those between, what the
    knowledge rests on. A framework without questions has one part that holds all three.
    """
    framework = assessment.get("framework") or {}
    questions = framework.get("questions") or [{"id": "", "text": "What the evidence shows"}]
    given = (judgement.get("claim_detail") or {}).get("answers") or {}
    last = len(questions) - 1
    voices = tuple(_voices(judgement, evidence, readings))
    found = []
    for index, question in enumerate(questions):
        planned = index == last
        rested = 0 < index < last or (last < 2 and index == 0)
        actions = actions_of(assessment, evidence, str(judgement["id"])) if planned else ()
        none = "Leaders have not answered this question." if question["id"] else ""
        found.append(
            Answer(
                question=brief(str(question.get("text") or question["id"]), 300),
                text=markdown(str(given.get(question["id"]) or "")),
                none_text=none,
                points=_points(judgement, evidence, findings) if index == 0 else (),
                voices=voices if rested else (),
                rests_on=_rests_on(judgement, voices) if rested else "",
                actions=tuple(in_short(action) for action in actions),
                no_actions="No action is planned here." if planned else "",
            )
        )
    return tuple(found)


def _points(
    judgement: Mapping[str, Any], evidence: Evidence, findings: Sequence[Mapping[str, Any]]
) -> tuple[Points, ...]:
    says = [finding for finding in findings if finding.get("kind") == "strength"]
    against = _against(findings)
    unknowns = tuple(_unknowns(judgement))
    return (
        _listed("What the evidence supports", says, evidence, "No strength is evidenced yet."),
        _listed("What it contradicts", against, evidence, "Nothing adverse was found."),
        Points(
            heading="What it cannot tell",
            items=unknowns[:_MOST_POINTS],
            empty=(
                "Every criterion has the evidence it requires."
                if judgement.get("criteria")
                else "The framework names no criteria to test."
            ),
            more=_more(len(unknowns), "in the table of criteria"),
        ),
    )


def _against(findings: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Risks without what all of them end with, and weaknesses that no risk tells of already."""
    risks = [finding for finding in findings if finding.get("kind") == _AGAINST[0]]
    shorter, _ = without_ending([str(each.get("text") or "") for each in risks])
    told = {
        f"{kind}:{key}"
        for each in risks
        for key in each.get("evidence") or ()
        for kind in ("reading", "entry")
    }
    return [{**each, "text": text} for each, text in zip(risks, shorter, strict=True)] + [
        finding
        for finding in findings
        if finding.get("kind") == _AGAINST[1] and str(finding["id"]) not in told
    ]


def _listed(
    heading: str, findings: Sequence[Mapping[str, Any]], evidence: Evidence, empty: str
) -> Points:
    ordered = by_measure(merged(findings), evidence)
    return Points(
        heading=heading,
        items=tuple(
            Point(
                text=brief(str(finding.get("text") or ""), 700),
                evidence=evidence.references(
                    finding.get("evidence") or (), limit=3, beside=str(finding.get("text") or "")
                ),
                more=evidence.more(finding.get("evidence") or (), 3),
            )
            for finding in ordered[:_MOST_POINTS]
        ),
        empty=empty,
        more=_more(len(ordered), "under Findings"),
    )


def merged(findings: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Findings that say the same of several parts, as one with all their evidence."""
    by_text: dict[str, dict[str, Any]] = {}
    for finding in findings:
        text = str(finding.get("text") or "")
        if text not in by_text:
            by_text[text] = dict(finding)
            continue
        first = by_text[text]
        for key in ("evidence", "criteria", "responsible"):
            first[key] = list(dict.fromkeys([*(first.get(key) or ()), *(finding.get(key) or ())]))
        first["where"] = {}
    return list(by_text.values())


def _more(count: int, where: str) -> str:
    rest = count - _MOST_POINTS
    return f"{rest} more {where}." if rest > 0 else ""


def _unknowns(judgement: Mapping[str, Any]) -> Iterable[Point]:
    for criterion in judgement.get("criteria") or ():
        missing = ", ".join(str(part) for part in criterion.get("missing") or ())
        lacking = criterion.get("status") == "not enough evidence"
        if not missing and not lacking:
            continue
        text = f"{criterion['id']} {criterion.get('title') or ''}".strip()
        reason = f"missing: {missing}" if missing else "not enough evidence"
        yield Point(text=f"{brief(text, 160)} – {brief(reason, 200)}", evidence=(), more="")


def _voices(
    judgement: Mapping[str, Any], evidence: Evidence, readings: Sequence[str]
) -> Iterable[Voice]:
    items: dict[str, list[Mapping[str, Any]]] = {}
    entries: set[str] = set()
    for criterion in judgement.get("criteria") or ():
        entries |= set(criterion.get("entries") or ())
    for key, entry in evidence.entries.items():
        if key in entries or entry.get("judgement") == judgement["id"]:
            items.setdefault(str(entry.get("voice") or "data"), []).append(entry)
    for key in readings:
        reading = evidence.readings[key]
        if reading.get("value") is not None:
            items.setdefault(str(reading.get("voice") or "data"), []).append(reading)
    for voice, found in sorted(items.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        count = sum("measure" in item for item in found)
        parts = [plural(count, "readings")] if count else []
        parts += [plural(len(found) - count, "register entries")] if count < len(found) else []
        sources = sorted(set(_sources(found)) - {""})
        dates = [str(item.get("at") or item.get("to") or item.get("date") or "") for item in found]
        yield Voice(
            voice=voice_words(voice),
            items=", ".join(parts),
            sources=brief("; ".join(brief(source, 60) for source in sources), 240) or "not given",
            newest=date_words(max(dates), short=True) or "not dated",
        )


def _sources(items: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    for item in items:
        words = source_words(item)
        yield from words.split(", ") if "measure" in item and not item.get("cited") else [words]


def _rests_on(judgement: Mapping[str, Any], voices: Sequence[Voice]) -> str:
    confidence = phrase(CONFIDENCE, str(judgement.get("confidence") or "none")).word
    if not voices:
        return "No evidence speaks to this judgement yet."
    kinds = list(
        dict.fromkeys(
            str(kind)
            for criterion in judgement.get("criteria") or ()
            for kind in criterion.get("rests_on") or ()
        )
    )
    about = f", about {', '.join(kinds)}" if kinds else ""
    return (
        f"The evidence comes from {plural(len(voices), 'voices')}{about}. "
        f"Confidence in it: {confidence}."
    )

"""The strengths that the evidence carries, by topic, those with most voices first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selfassess.report.evidence import Evidence
from selfassess.report.parts import Point
from selfassess.report.text import brief, headline
from selfassess.report.words import voice_words

__all__ = ["strengths_of"]


def strengths_of(assessment: Mapping[str, Any], evidence: Evidence) -> tuple[Point, ...]:
    """A point for each topic with a strength: who says so, and the first of them in words."""
    topics: dict[str, list[Mapping[str, Any]]] = {}
    for finding in assessment.get("findings") or ():
        if finding.get("kind") == "strength":
            topic = next(iter(finding.get("topics") or ()), "")
            topics.setdefault(str(topic), []).append(finding)
    found = [
        (_voices(group, evidence), _point(topic, group, evidence))
        for topic, group in topics.items()
    ]
    found.sort(key=lambda pair: -pair[0])
    return tuple(point for _, point in found)


def _voices(group: list[Mapping[str, Any]], evidence: Evidence) -> int:
    return len(_heard(group, evidence))


def _heard(group: list[Mapping[str, Any]], evidence: Evidence) -> list[str]:
    keys = [str(key) for finding in group for key in finding.get("evidence") or ()]
    items = [evidence.entries.get(key) or evidence.readings.get(key) or {} for key in keys]
    return list(dict.fromkeys(voice_words(str(item.get("voice") or "data")) for item in items))


def _point(topic: str, group: list[Mapping[str, Any]], evidence: Evidence) -> Point:
    text = str(group[0].get("text") or "")
    title = evidence.topics.get(topic, topic.replace("-", " "))
    voices = ", ".join(_heard(group, evidence))
    head = f"{title} ({voices}). " if title else ""
    keys = [str(key) for finding in group for key in finding.get("evidence") or ()]
    all_said = " ".join(str(finding.get("text") or "") for finding in group)
    return Point(
        text=f"{head}{brief(headline(text)[0], 300)}",
        evidence=evidence.references(keys, limit=3, beside=all_said, sourced=True),
        more=evidence.more(keys, 3),
    )

"""How the parts of an assessment look in ``assessment.json``; keys as in its schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from selfassess.assessment.claims import claim_detail
from selfassess.judging.bands import band_text
from selfassess.model.assessment import (
    Because,
    CriterionResult,
    JudgedReading,
    JudgementResult,
)
from selfassess.model.common import Source
from selfassess.model.evidence import Claim, RegisterEntry
from selfassess.model.framework import Framework, Node
from selfassess.model.measure import Band, Measure
from selfassess.model.totals import Total

__all__ = ["band", "date", "entry", "judgement", "number", "reading", "remedy", "source", "total"]


def reading(item: JudgedReading, measure: Measure | None) -> dict[str, Any]:
    """A reading with its signal, band and series."""
    read = item.reading
    return {
        "id": read.id,
        "measure": read.measure,
        "definition": read.definition,
        "way": read.way,
        "title": read.title,
        "where": dict(read.where),
        "from": date(read.start),
        "to": date(read.end) if read.start else None,
        "at": None if read.start else date(read.end),
        "value": number(read.value),
        "unit": read.unit,
        "numerator": number(read.numerator),
        "denominator": number(read.denominator),
        "status": read.status,
        "reason": read.reason,
        "signal": item.signal,
        "about": item.about,
        "voice": item.voice,
        "topics": list(item.topics),
        "source": read.source,
        "cited": read.cited,
        "published": read.published,
        "band": item.band,
        "local_band": item.local_band,
        "comparators": [],
        "confidence": item.confidence,
        "series": [
            {"value": number(p.value), "from": date(p.start), "to": date(p.end)}
            for p in read.series
        ],
        "new": item.new,
        "worsening": item.worsening,
        "low": number(read.low),
        "high": number(read.high),
        "unknown": read.unknown,
        "not_due": read.not_due,
        "distribution": [[number(value), holders] for value, holders in read.distribution],
        "profile": [[number(value), rows] for value, rows in read.profile],
        "tables": list(read.tables),
        "reference": number(read.reference),
        "comparator": number(read.comparator),
        "why": measure.why if measure else "",
        "can_tell": read.can_tell,
        "tail": item.tail,
        "better": measure.better if measure else "none",
    }


def judgement(
    item: JudgementResult, framework: Framework, claims: Mapping[str, Claim]
) -> dict[str, Any]:
    """A judgement: ceiling, claim, challenge, confidence and its criteria."""
    node = framework.node(item.id)
    scale = framework.scale(node.scale)

    def title(grade: str | None) -> str | None:
        return scale.title_of(grade) if scale and grade else None

    claim = item.claim
    return {
        "id": item.id,
        "title": item.title,
        "scale": item.scale,
        "ceiling": item.ceiling,
        "ceiling_title": title(item.ceiling),
        "because": [because(reason) for reason in item.because],
        "also": [because(reason) for reason in item.also],
        "waived": [
            {"rule": w.rule, "who": w.who, "why": w.why, "until": date(w.until)}
            for w in item.waived
        ],
        "ceiling_after_waivers": item.ceiling_after_waivers,
        "ceiling_after_waivers_title": title(item.ceiling_after_waivers),
        "claim": claim.grade if claim and scale else None,
        "claim_title": title(claim.grade) if claim else None,
        "claim_detail": claim_detail(claim),
        "challenge": item.challenge,
        "challenge_names": list(item.challenge_names),
        "confidence": item.confidence,
        "criteria": [_criterion(each, node, claims.get(each.id)) for each in item.criteria],
    }


def _criterion(item: CriterionResult, judgement: Node, claim: Claim | None) -> dict[str, Any]:
    group = next(
        (
            n.title
            for n in judgement.walk()
            if n.kind == "group" and any(child.id == item.id for child in n.nodes)
        ),
        "",
    )
    node = next(n for n in judgement.walk() if n.id == item.id)
    titles = {expectation.id: expectation.title for expectation in node.expects}
    return {
        "id": item.id,
        "title": item.title,
        "group": group,
        "status": item.status,
        "why": item.why,
        "signals": dict(item.signals),
        "entries": list(item.entries),
        "findings": list(item.findings),
        "rests_on": list(item.rests_on),
        "voices": list(item.voices),
        "missing": [titles[name] for name in item.missing],
        "confidence": item.confidence,
        "provenance": node.provenance,
        "claim_detail": claim_detail(claim),
    }


def total(item: Total) -> dict[str, Any]:
    """What the framework's own rules make of people's grades for a node; none of it is ours."""
    return {
        "node": item.node,
        "by": item.by,
        "grade": item.grade,
        "before": item.before,
        "value": number(item.value),
        "rounded": number(item.rounded),
        "out_of": number(item.out_of),
        "missing": list(item.missing),
        "excluded": list(item.excluded),
        "limited_by": list(item.limited_by),
        "advised": list(item.advised),
        "undecided": list(item.undecided),
        "text": item.text,
    }


def remedy(measure: str) -> str:
    """What to supply so that a measure can be read."""
    return f"Supply the list or file named, or a published figure for {measure} in readings.csv."


def band(item: Band, measure: Measure) -> dict[str, Any]:
    """A band with its basis and source; a measure's source where it has none of its own."""
    found = item.source or measure.source
    return {
        "where": dict(item.where),
        "basis": item.basis,
        "vintage": item.vintage,
        "text": band_text(item),
        "provenance": item.provenance,
        "source": found.title if found else "",
    }


def because(item: Because) -> dict[str, Any]:
    """A rule that holds, with what made it hold."""
    return {
        "rule": item.rule,
        "text": item.text,
        "at_most": item.at_most,
        "readings": list(item.readings),
        "register": list(item.register),
    }


def entry(item: RegisterEntry) -> dict[str, Any]:
    """A register entry; severity only where it is a weakness."""
    return {
        "id": item.id,
        "topic": item.topic,
        "direction": item.direction,
        "voice": item.voice,
        "severity": item.severity if item.direction == "weakness" else None,
        "where": {str(k): str(v) for k, v in sorted(item.where.items())},
        "date": date(item.date),
        "sample": item.sample,
        "source": item.source,
        "text": item.text,
        "criterion": item.criterion,
        "judgement": item.judgement,
        "public": item.public,
        "partner": item.partner,
    }


def source(item: Source) -> dict[str, str]:
    """Where the framework's facts come from, and on what terms."""
    return {
        "title": item.title,
        "publisher": item.publisher,
        "url": item.url,
        "licence": item.licence,
    }


def date(day: dt.date | None) -> str | None:
    """ISO text, or null."""
    return day.isoformat() if day else None


def number(value: float | None) -> float | int | None:
    """Whole numbers as integers, others to six places: the same text on every platform."""
    if value is None or type(value) is int:  # most are
        return value
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded

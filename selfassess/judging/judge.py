"""Judging, put together: readings, entries and claims in, one outcome out. No I/O, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from selfassess.judging import confidence
from selfassess.judging.capped import without_capped_praise
from selfassess.judging.ceilings import Ceilings
from selfassess.judging.challenge import challenge_of
from selfassess.judging.docket import Docket
from selfassess.judging.findings import entry_findings, reading_findings
from selfassess.judging.items import agreeing
from selfassess.judging.questions import (
    conflicts,
    flags,
    missing_evidence,
    missing_from_entries,
)
from selfassess.judging.signals import Authorities, judge_reading
from selfassess.judging.status import rests_on, status_of
from selfassess.judging.tree import Place
from selfassess.model.assessment import (
    CriterionResult,
    Finding,
    JudgedReading,
    JudgementResult,
    Outcome,
    TopicResult,
    Waiver,
)
from selfassess.model.evidence import Claim, RegisterEntry
from selfassess.model.framework import Framework, MeasureBand
from selfassess.model.measure import Band, Dimension, Measure, Reading, Topic

__all__ = ["judge"]


def judge(
    *,
    framework: Framework,
    readings: Sequence[Reading],
    register: Sequence[RegisterEntry],
    claims: Mapping[str, Claim],
    measures: Mapping[str, Measure],
    topics: Mapping[str, Topic],
    dimensions: Mapping[str, Dimension],
    as_at: dt.date,
    local_bands: Sequence[MeasureBand] = (),
    waivers: Sequence[Waiver] = (),
    weakened: Mapping[str, float] | None = None,
) -> Outcome:
    """Say what the evidence supports, what it contradicts and what it cannot tell.

    The framework is whole, as the loader resolved it, and every reading is of a measure in
    `measures`. Claims go by node id; no rule sees them, only the challenge does. The workspace's
    `local_bands` change signals, never ceilings. `weakened` gives, by measure, the largest share of
    rows behind its computed readings that break a rule of data quality: it lowers confidence alone.

    Returns:
        The outcome, in framework order, then by id.
    """
    authorities = Authorities.of(local_bands, framework.bands)
    judged: list[JudgedReading] = []
    bands: dict[str, Band | None] = {}
    for reading in sorted(readings, key=lambda reading: reading.id):
        one, band = judge_reading(
            reading, measures[reading.measure], authorities, dimensions, as_at
        )
        judged.append(one)
        bands[reading.id] = band
    judged = without_capped_praise(judged, measures)
    docket = Docket(
        framework=framework,
        judged=judged,
        register=register,
        measures=measures,
        topics=topics,
        dimensions=dimensions,
        as_at=as_at,
        weakened=weakened,
    )
    ceilings = Ceilings(docket, waivers)
    findings = _findings(docket, ceilings, bands)
    criteria = {
        place.node.id: _criterion(docket, place, findings) for place in docket.tree.criteria
    }
    return Outcome(
        readings=_with_confidence(docket, judged),
        topics=_topics(docket, findings),
        judgements=tuple(
            _judgement(docket, ceilings, place, criteria, claims.get(place.node.id))
            for place in docket.tree.judgements
        ),
        findings=findings,
    )


def _findings(
    docket: Docket, ceilings: Ceilings, bands: Mapping[str, Band | None]
) -> tuple[Finding, ...]:
    found = (
        *flags(docket, ceilings),
        *entry_findings(docket),
        *reading_findings(docket, bands),
        *conflicts(docket),
        *missing_from_entries(docket),
        *missing_evidence(docket),
    )
    order = docket.tree.order
    return tuple(sorted(found, key=lambda f: (order(f.criteria or f.judgements), f.id)))


def _criterion(docket: Docket, place: Place, findings: Iterable[Finding]) -> CriterionResult:
    node = place.node
    group = docket.by_criterion[node.id]
    missing = docket.missing(place)
    status = status_of(group, missing=len(missing), tail_meant=docket.tail_meant(place))
    return CriterionResult(
        id=node.id,
        title=node.title,
        status=status.status,
        why=status.why,
        confidence=confidence.of_criterion(group, docket.as_at, docket.doubted, docket.weakened),
        signals={
            item.id: item.judged.signal
            for item in group.items
            if item.judged and item.judged.signal
        },
        entries=tuple(item.id for item in group.items if item.entry),
        findings=tuple(f.id for f in findings if node.id in f.criteria),
        rests_on=rests_on(group),
        voices=group.voices,
        missing=tuple(expectation.id for expectation in missing),
    )


def _judgement(
    docket: Docket,
    ceilings: Ceilings,
    place: Place,
    criteria: Mapping[str, CriterionResult],
    claim: Claim | None,
) -> JudgementResult:
    node = place.node
    own = tuple(criteria[below.node.id] for below in docket.tree.criteria_of(node.id))
    ceiling = ceilings.ceiling(node.id)
    scale = docket.framework.scale(node.scale)
    challenge, names = challenge_of(claim.grade if claim else None, scale, ceiling.grade, own)
    return JudgementResult(
        id=node.id,
        title=node.title,
        scale=node.scale,
        ceiling=ceiling.grade,
        because=ceiling.because,
        also=ceiling.also,
        claim=claim,
        challenge=challenge,
        challenge_names=names,
        confidence=confidence.of_judgement([(c.confidence, _covered(docket, c)) for c in own]),
        criteria=own,
        ceiling_after_waivers=ceiling.after_waivers,
        waived=ceiling.waived,
    )


def _covered(docket: Docket, criterion: CriterionResult) -> bool:
    """Whether a criterion has its required evidence; one that requires none must have some."""
    expects = docket.tree.places[criterion.id].node.expects
    if any(expectation.required for expectation in expects):
        return not criterion.missing
    return criterion.confidence != "none"


def _topics(docket: Docket, findings: Iterable[Finding]) -> tuple[TopicResult, ...]:
    by_topic: dict[str, list[str]] = {}
    for finding in findings:
        for topic in finding.topics:
            by_topic.setdefault(topic, []).append(finding.id)
    return tuple(
        TopicResult(
            id=topic,
            status=status_of(group, tail_meant=docket.tail_topic(topic)).status,
            findings=tuple(by_topic.get(topic, ())),
        )
        for topic, group in sorted(
            docket.by_topic.items(), key=lambda pair: (docket.tree.order_of_topic(pair[0]), pair[0])
        )
    )


def _with_confidence(docket: Docket, judged: Iterable[JudgedReading]) -> tuple[JudgedReading, ...]:
    """Readings with how sure each is, in order; those that are only history keep none."""
    items = {item.id: item for item in docket.readings}
    voices = {
        lean: agreeing((i for i in docket.items if i.counts), lean)
        for lean in ("adverse", "favourable")
    }
    found = []
    for one in judged:
        item = items.get(one.reading.id)
        if item is not None:
            same = voices.get(item.lean, {})
            agreed = any(len(same.get(topic, ())) > 1 for topic in item.topics)
            level = confidence.of_reading(
                item, docket.as_at, agreed=agreed, weakened=docket.weakened
            )
            one = replace(one, confidence=level)
        links = item.links if item else docket.tree.link(one.topics, ())
        found.append((docket.tree.order(links.criteria), one.reading.id, one))
    return tuple(one for _, _, one in sorted(found, key=lambda row: row[:2]))

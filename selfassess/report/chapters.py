"""A judgement's chapter: where it stands, the framework's questions, the evidence, the findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from markupsafe import Markup

from selfassess.report.alike import by_measure, same_figure, without_ending
from selfassess.report.answers import answers_of, merged
from selfassess.report.benchmarks import benchmarks_of, is_compared
from selfassess.report.charts.declared import declared_charts, measures_of
from selfassess.report.charts.spread import spread_charts
from selfassess.report.charts.trend import trend_charts
from selfassess.report.context import Chapter
from selfassess.report.evidence import Evidence
from selfassess.report.folding import folded_questions
from selfassess.report.notes import ADVERSE
from selfassess.report.parts import CriteriaGroup, Criterion, Finding, FindingGroup
from selfassess.report.parts_figures import Benchmarks, Chart, ReadingRow
from selfassess.report.positions import (
    grade_titles,
    position_of,
    reasons_of,
    waivers_of,
)
from selfassess.report.priorities import own_evidence, ranked
from selfassess.report.said import said_of, signed_words
from selfassess.report.tail import teams_of
from selfassess.report.text import brief, headline, markdown
from selfassess.report.triangulation import triangulation_of
from selfassess.report.words import (
    CONFIDENCE,
    KIND,
    STATUS,
    phrase,
    plural,
    voice_words,
)

__all__ = ["chapters_of"]

_PARTS_PER_MEASURE = 5
_PARTS_PER_KIND = 40
_REFERENCES = 6
_KIND_INTRO = {
    "priority-action-risk": "For a person to decide, today: the tool decides nothing about it.",
    "improve": "What evidence shows to be short of the expectation.",
    "strength": "What several voices, or one beside data and leaders, show to be in place.",
}
_KIND_HEADING = {
    "priority-action-risk": "Risks for a person to decide on",
    "improve": "Areas for improvement",
    "strength": "Strengths",
}


def chapters_of(assessment: Mapping[str, Any], evidence: Evidence) -> tuple[Chapter, ...]:
    """Make a chapter for each judgement, in the framework's order."""
    chapters: list[Chapter] = []
    figures: dict[str, str] = {}
    told: dict[str, str] = {}
    trended: dict[str, str] = {}
    by_team: set[str] = set()
    charts_so_far = 0
    specs = list(assessment.get("charts") or ())
    for index, judgement in enumerate(assessment.get("judgements") or (), start=1):
        ids = _reading_ids(judgement, assessment, evidence)
        spread = [r for key in ids if (r := evidence.readings[key]).get("distribution")]
        fresh = [reading for reading in spread if reading["id"] not in figures]
        compared = [key for key in ids if is_compared(evidence.readings[key])]
        beside = [key for key in compared if key not in told]
        benchmarks = benchmarks_of(beside, evidence, charts_so_far + 1)
        charts_so_far += len(benchmarks.figures) if benchmarks else 0
        trends, trends_more = trend_charts(ids, evidence, charts_so_far + 1, trended)
        charts_so_far += len(trends)
        charts = spread_charts(fresh, evidence, charts_so_far + 1)
        charts_so_far += len(charts)
        mine = {str(evidence.readings[key].get("measure")) for key in ids}
        own = [spec for spec in specs if measures_of(spec) & mine]
        specs = [spec for spec in specs if spec not in own]
        declared = declared_charts(own, evidence, charts_so_far + 1)
        charts_so_far += len(declared)
        charts = (*charts, *declared)
        title = str(judgement.get("title") or judgement["id"])
        elsewhere = sorted(
            {figures[r["id"]] for r in spread if r["id"] in figures}
            | {told[key] for key in compared if key in told}
        )
        told |= dict.fromkeys(beside, title)
        trended |= dict.fromkeys(ids, title)
        figures |= {reading["id"]: title for reading in fresh}
        chapter = _chapter(
            index, judgement, assessment, evidence, ids, benchmarks, charts, elsewhere
        )
        teams = teams_of(ids, evidence, by_team)
        chapters.append(replace(chapter, trends=trends, trends_more=trends_more, teams=teams))
    return tuple(chapters)


def _chapter(
    index: int,
    judgement: Mapping[str, Any],
    assessment: Mapping[str, Any],
    evidence: Evidence,
    ids: Sequence[str],
    benchmarks: Benchmarks | None,
    charts: tuple[Chart, ...],
    elsewhere: list[str],
) -> Chapter:
    key = str(judgement["id"])
    grades = grade_titles(assessment)
    claim = judgement.get("claim_detail") or {}
    mine = [
        finding
        for finding in assessment.get("findings") or ()
        if key in (finding.get("judgements") or ())
    ]
    rows, note = _evidence_rows(
        [key for key in ids if evidence.readings[key].get("value") is not None], evidence
    )
    mine = ranked(assessment, evidence, mine)
    asked = [finding for finding in mine if finding.get("kind") == "question"]
    questions, more = _capped(
        by_measure(folded_questions(asked, evidence.saying), evidence), _PARTS_PER_KIND
    )
    return Chapter(
        anchor=f"judgement-{index}",
        title=brief(str(judgement.get("title") or key), 200),
        running=brief(str(judgement.get("title") or key), 64),
        position=position_of(index, judgement),
        reasons=reasons_of(judgement, evidence, "because", grades),
        also=reasons_of(judgement, evidence, "also", grades),
        waived=tuple(waivers_of(judgement)),
        signed=signed_words(claim),
        answers=answers_of(judgement, assessment, evidence, mine, ids),
        strengths=_texts(claim.get("strengths")),
        weaknesses=_texts(claim.get("weaknesses")),
        so_what=markdown(str(claim.get("so_what") or "")),
        said=said_of(judgement),
        criteria=tuple(_criteria(judgement.get("criteria") or ())),
        readings=rows,
        readings_note=note,
        readings_missing=_without_figure(ids, evidence),
        benchmarks=benchmarks,
        triangulation=triangulation_of(judgement, evidence),
        charts=charts,
        charts_elsewhere=", ".join(elsewhere),
        findings=tuple(_groups(mine, evidence)),
        questions=tuple(_finding(finding, evidence) for finding in questions),
        questions_more=more,
    )


def _rests(kinds: Sequence[str], voices: Sequence[str]) -> str:
    if not kinds and not voices:
        return "nothing yet"
    listed = ", ".join(voices)
    return f"{', '.join(kinds)} ({listed})" if kinds and voices else ", ".join(kinds) or listed


def _criteria(criteria: Sequence[Mapping[str, Any]]) -> Iterable[CriteriaGroup]:
    for title, members in groupby(criteria, key=lambda one: str(one.get("group") or "")):
        yield CriteriaGroup(
            title=brief(title, 120), criteria=tuple(_criterion(one) for one in members)
        )


def _criterion(criterion: Mapping[str, Any]) -> Criterion:
    rests = [str(part) for part in criterion.get("rests_on") or ()]
    voices = [voice_words(str(voice)) for voice in criterion.get("voices") or ()]
    unverified = criterion.get("provenance") == "unverified"
    return Criterion(
        id=str(criterion["id"]),
        title=brief(str(criterion.get("title") or criterion["id"]), 300),
        status=phrase(STATUS, str(criterion.get("status") or "not enough evidence")),
        why=brief(str(criterion.get("why") or ""), 400),
        rests_on=_rests(rests, voices),
        missing=tuple(brief(str(part), 160) for part in criterion.get("missing") or ()),
        confidence=phrase(CONFIDENCE, str(criterion.get("confidence") or "none")),
        note="wording not verified against the source" if unverified else "",
    )


def _reading_ids(
    judgement: Mapping[str, Any], assessment: Mapping[str, Any], evidence: Evidence
) -> list[str]:
    ids: set[str] = set()
    for criterion in judgement.get("criteria") or ():
        ids |= set(criterion.get("signals") or {})
    for rule in (*(judgement.get("because") or ()), *(judgement.get("also") or ())):
        ids |= set(rule.get("readings") or ())
    for finding in assessment.get("findings") or ():
        if judgement["id"] in (finding.get("judgements") or ()):
            ids |= set(finding.get("evidence") or ())
    return sorted((key for key in ids if key in evidence.readings), key=evidence.order)


def _evidence_rows(ids: Sequence[str], evidence: Evidence) -> tuple[tuple[ReadingRow, ...], str]:
    """Every whole reading; of the parts those out of order, worst first, a few for a measure."""
    rows: list[ReadingRow] = []
    left_out = 0
    by_measure: dict[str, list[str]] = {}
    for key in ids:
        by_measure.setdefault(str(evidence.readings[key].get("measure") or key), []).append(key)
    for keys in by_measure.values():
        whole = [key for key in keys if not evidence.readings[key].get("where")]
        rows += [evidence.row(key) for key in whole]
        parts = [key for key in keys if evidence.readings[key].get("where")]
        parts = [key for key in parts if not (whole and same_figure(key, whole[0], evidence))]
        adverse = [key for key in parts if evidence.readings[key].get("signal") in ADVERSE]
        adverse.sort(
            key=lambda key: (
                ADVERSE.index(str(evidence.readings[key]["signal"])),
                evidence.order(key),
            )
        )
        shown = adverse[:_PARTS_PER_MEASURE]
        rows += [evidence.row(key, whole[0] if whole else None) for key in shown]
        left_out += len(keys) - len(whole) - len(shown)
    note = (
        f"Not shown here: {plural(left_out, 'further breakdown readings')}, that is, parts "
        f"in order, parts that are all there is of the whole, and all but the "
        f"{_PARTS_PER_MEASURE} worst parts of a measure. They are in assessment.json, which is "
        "embedded in the PDF."
        if left_out
        else ""
    )
    return tuple(rows), note


def _without_figure(ids: Sequence[str], evidence: Evidence) -> str:
    titles = dict.fromkeys(
        brief(str(reading.get("title") or reading.get("measure") or key), 120)
        for key in ids
        if (reading := evidence.readings[key]).get("value") is None
    )
    return "; ".join(titles)


def _groups(findings: Sequence[Mapping[str, Any]], evidence: Evidence) -> Iterable[FindingGroup]:
    for kind, heading in _KIND_HEADING.items():
        found = by_measure([each for each in findings if each.get("kind") == kind], evidence)
        if not found:
            continue
        shorter, ending = without_ending([str(each.get("text") or "") for each in found])
        if kind == "priority-action-risk":
            found = [{**each, "text": text} for each, text in zip(found, shorter, strict=True)]
        intro = _KIND_INTRO[kind]
        whole = [finding for finding in found if not finding.get("where")]
        parts, more = _capped(merged([f for f in found if f.get("where")]), _PARTS_PER_KIND)
        yield FindingGroup(
            heading=heading,
            kind=phrase(KIND, kind),
            intro=f"{intro} {ending}" if kind == "priority-action-risk" else intro,
            items=tuple(_finding(finding, evidence) for finding in whole),
            parts=tuple(_finding(finding, evidence) for finding in parts),
            more=more,
        )


def _capped(
    findings: Sequence[Mapping[str, Any]], most: int
) -> tuple[Sequence[Mapping[str, Any]], str]:
    if len(findings) <= most:
        return findings, ""
    rest = len(findings) - most
    return findings[:most], f"{rest} more stand in assessment.json, embedded in the PDF."


def _finding(finding: Mapping[str, Any], evidence: Evidence) -> Finding:
    text = str(finding.get("text") or "")
    head, detail = headline(text)
    where = finding.get("where") or {}
    keys = finding.get("evidence") or ()
    most = min(_REFERENCES, len(own_evidence(finding, evidence)) + 1)
    return Finding(
        id=str(finding["id"]),
        headline=brief(head, 400),
        detail=brief(detail, 900),
        scope="" if evidence.scopes.said(text, where) else evidence.scopes.words(where),
        more=evidence.more(keys, most),
        criteria=", ".join(str(name) for name in (finding.get("criteria") or ())[:12]),
        responsible=", ".join(str(name) for name in finding.get("responsible") or ()),
        look_at=brief(str(finding.get("look_at") or ""), 300),
        evidence=evidence.references(keys, limit=most, beside=text),
    )


def _texts(texts: Sequence[Any] | None) -> tuple[Markup, ...]:
    return tuple(shown for text in texts or () if (shown := markdown(str(text), 2_000)))

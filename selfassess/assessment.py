"""An assessment as one immutable result, and as ``assessment.json``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from selfassess.judging.bands import band_text
from selfassess.model.assessment import Because, CriterionResult, JudgedReading, JudgementResult, Outcome
from selfassess.model.common import Source
from selfassess.model.framework import Framework, Node
from selfassess.model.measure import Band, Measure

if TYPE_CHECKING:
    from selfassess.evidence import Evidence
    from selfassess.loading.library import Library
    from selfassess.model.evidence import RegisterEntry
    from selfassess.model.workspace import SelfEvaluation, WorkspaceFile

__all__ = ["SCHEMA", "Assessment"]

SCHEMA = "selfassess/assessment@1"


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that a run found; `as_dict` is the contract that other programs rely on."""

    config: WorkspaceFile
    framework: Framework
    library: Library
    evidence: Evidence
    register: tuple[RegisterEntry, ...]
    self_evaluation: SelfEvaluation
    outcome: Outcome
    plugins: tuple[tuple[str, str], ...]
    plugin_differences: tuple[str, ...] = ()

    def as_json(self) -> str:
        """The text of ``assessment.json``: the same inputs give the same bytes."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n"

    def as_dict(self) -> dict[str, Any]:
        """The assessment as plain data; keys as in ``assessment.schema.json``."""
        return {
            "schema": SCHEMA,
            "council": {"name": self.config.council.name, "code": self.config.council.code},
            "as_at": _date(self.evidence.as_at),
            "as_at_inferred": self.evidence.as_at_inferred,
            "audience": "internal",
            "made_with": {"name": "selfassess", "version": version("selfassess")},
            "framework": self._framework(),
            "plugins": [{"name": name, "version": number} for name, number in self.plugins],
            "plugin_differences": list(self.plugin_differences),
            "inputs": self._inputs(),
            "readings": [self._reading(item) for item in self.outcome.readings],
            "topics": [
                {
                    "id": topic.id,
                    "title": self._topic_title(topic.id),
                    "group": self._topic_group(topic.id),
                    "status": topic.status,
                    "findings": list(topic.findings),
                }
                for topic in self.outcome.topics
            ],
            "register": [_entry(entry) for entry in self.register],
            "judgements": [self._judgement(item) for item in self.outcome.judgements],
            "findings": [
                {
                    "id": finding.id,
                    "kind": finding.kind,
                    "text": finding.text,
                    "topics": list(finding.topics),
                    "criteria": list(finding.criteria),
                    "judgements": list(finding.judgements),
                    "responsible": list(finding.responsible),
                    "evidence": list(finding.evidence),
                    "where": dict(finding.where),
                    "look_at": finding.look_at,
                }
                for finding in self.outcome.findings
            ],
            "plan": [
                {
                    "id": action.id,
                    "title": action.title,
                    "owner": action.owner,
                    "due": _date(action.due),
                    "why": list(action.why),
                    "judgement": action.judgement,
                    "criterion": action.criterion,
                    "success_measures": list(action.success_measures),
                    "outcome": action.outcome,
                    "status": action.status,
                }
                for action in self.self_evaluation.plan
            ],
            "gaps": self._gaps(),
            "method": self._method(),
        }

    def _framework(self) -> dict[str, Any]:
        framework = self.framework
        return {
            "id": framework.id,
            "edition": framework.edition,
            "title": framework.title,
            "kind": framework.kind,
            "status": framework.status,
            "subject": framework.subject,
            "source": _source(framework.source),
            "questions": [{"id": q.id, "text": q.text} for q in framework.questions],
            "notes": list(framework.notes),
        }

    def _inputs(self) -> list[dict[str, Any]]:
        sheets: dict[str, list[dict[str, Any]]] = {}
        for sheet in self.evidence.ledger:
            spec = self.library.tables.get(sheet.table or "")
            sheets.setdefault(sheet.path, []).append(
                {
                    "sheet": sheet.sheet,
                    "table": sheet.table,
                    "table_title": spec.title if spec else None,
                    "header_row": sheet.header_row,
                    "rows_read": sheet.rows_read,
                    "rows_used": sheet.rows_used,
                    "rows_set_aside": sheet.rows_set_aside,
                    "reasons": dict(sorted(sheet.reasons.items())),
                    "unknown_cells": sheet.unknown_cells,
                }
            )
        return [
            {
                "path": item.name,
                "sha256": item.sha256,
                "extract_date": _date(item.extract_date),
                "sheets": sheets.get(item.name, []),
            }
            for item in self.evidence.inputs
        ]

    def _reading(self, item: JudgedReading) -> dict[str, Any]:
        reading = item.reading
        measure = self.library.measures.get(reading.measure)
        return {
            "id": reading.id,
            "measure": reading.measure,
            "definition": reading.definition,
            "way": reading.way,
            "title": reading.title,
            "where": dict(reading.where),
            "from": _date(reading.start),
            "to": _date(reading.end) if reading.start else None,
            "at": None if reading.start else _date(reading.end),
            "value": _number(reading.value),
            "unit": reading.unit,
            "numerator": _number(reading.numerator),
            "denominator": _number(reading.denominator),
            "status": reading.status,
            "reason": reading.reason,
            "signal": item.signal,
            "about": item.about,
            "voice": item.voice,
            "topics": list(item.topics),
            "source": reading.source,
            "cited": reading.cited,
            "published": reading.published,
            "band": item.band,
            "local_band": item.local_band,
            "comparators": [],
            "confidence": item.confidence,
            "series": [
                {"value": _number(p.value), "from": _date(p.start), "to": _date(p.end)}
                for p in reading.series
            ],
            "new": item.new,
            "worsening": item.worsening,
            "low": _number(reading.low),
            "high": _number(reading.high),
            "unknown": reading.unknown,
            "not_due": reading.not_due,
            "distribution": [[_number(value), holders] for value, holders in reading.distribution],
            "reference": _number(reading.reference),
            "comparator": _number(reading.comparator),
            "why": measure.why if measure else "",
            "can_tell": reading.can_tell,
            "tail": item.tail,
            "better": measure.better if measure else "none",
        }

    def _judgement(self, item: JudgementResult) -> dict[str, Any]:
        node = self.framework.node(item.id)
        scale = self.framework.scale(node.scale)

        def title(grade: str | None) -> str | None:
            return scale.title_of(grade) if scale and grade else None

        claim = item.claim
        return {
            "id": item.id,
            "title": item.title,
            "scale": item.scale,
            "ceiling": item.ceiling,
            "ceiling_title": title(item.ceiling),
            "because": [_because(because) for because in item.because],
            "also": [_because(because) for because in item.also],
            "waived": [
                {"rule": w.rule, "who": w.who, "why": w.why, "until": _date(w.until)}
                for w in item.waived
            ],
            "ceiling_after_waivers": item.ceiling_after_waivers,
            "ceiling_after_waivers_title": title(item.ceiling_after_waivers),
            "claim": claim.grade if claim and scale else None,
            "claim_title": title(claim.grade) if claim else None,
            "claim_detail": {
                "answers": {key: text for key, text in claim.answers.items() if text},
                "strengths": list(claim.strengths),
                "weaknesses": list(claim.weaknesses),
                "so_what": claim.so_what,
                "evidence": list(claim.evidence),
                "author": claim.author,
                "date": _date(claim.date),
                "status": claim.status,
            }
            if claim
            else None,
            "challenge": item.challenge,
            "challenge_names": list(item.challenge_names),
            "confidence": item.confidence,
            "criteria": [self._criterion(node, criterion) for criterion in item.criteria],
        }

    def _criterion(self, judgement: Node, item: CriterionResult) -> dict[str, Any]:
        group = next(
            (
                n.title
                for n in judgement.walk()
                if n.kind == "group" and any(child.id == item.id for child in n.nodes)
            ),
            "",
        )
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
            "missing": list(item.missing),
            "confidence": item.confidence,
            "provenance": self.framework.node(item.id).provenance,
        }

    def _gaps(self) -> list[dict[str, str]]:
        """Measures that the framework asks for and the evidence does not answer."""
        asked = {m for node in self.framework.walk() for m in node.measures}
        gaps = []
        for item in self.outcome.readings:
            reading = item.reading
            if reading.measure in asked and not reading.where and reading.value is None:
                gaps.append(
                    {
                        "what": reading.title,
                        "measure": reading.measure,
                        "why": reading.reason or reading.status,
                        "remedy": _remedy(reading.measure),
                    }
                )
        return gaps

    def _method(self) -> list[dict[str, Any]]:
        used = {item.reading.measure: item.reading for item in reversed(self.outcome.readings)}
        overrides = [*self.config.bands, *self.framework.bands]
        method = []
        for measure_id, reading in sorted(used.items()):
            measure = self.library.measures.get(measure_id)
            if measure is None:
                continue
            own = [band for change in overrides if change.measure == measure_id for band in change.bands]
            method.append(
                {
                    "measure": measure_id,
                    "title": measure.title,
                    "why": measure.why,
                    "can_tell": reading.can_tell,
                    "way": reading.way,
                    "unit": measure.unit,
                    "better": measure.better,
                    "bands": [_band(band, measure) for band in (*own, *measure.bands)],
                    "local": [
                        {"who": change.who, "why": change.why}
                        for change in self.config.bands
                        if change.measure == measure_id
                    ],
                    "definition": reading.definition,
                }
            )
        return method

    def _topic_title(self, topic: str) -> str:
        return self.library.topics[topic].title if topic in self.library.topics else topic

    def _topic_group(self, topic: str) -> str:
        return self.library.topics[topic].group if topic in self.library.topics else ""


def _remedy(measure: str) -> str:
    return f"Supply the list or file named, or a published figure for {measure} in readings.csv."


def _band(band: Band, measure: Measure) -> dict[str, Any]:
    source = band.source or measure.source
    return {
        "where": dict(band.where),
        "basis": band.basis,
        "vintage": band.vintage,
        "text": band_text(band),
        "provenance": band.provenance,
        "source": source.title if source else "",
    }


def _because(because: Because) -> dict[str, Any]:
    return {
        "rule": because.rule,
        "text": because.text,
        "at_most": because.at_most,
        "readings": list(because.readings),
        "register": list(because.register),
    }


def _entry(entry: RegisterEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "topic": entry.topic,
        "direction": entry.direction,
        "voice": entry.voice,
        "severity": entry.severity if entry.direction == "weakness" else None,
        "where": {str(k): str(v) for k, v in sorted(entry.where.items())},
        "date": _date(entry.date),
        "sample": entry.sample,
        "source": entry.source,
        "text": entry.text,
        "criterion": entry.criterion,
        "judgement": entry.judgement,
        "public": entry.public,
    }


def _source(source: Source) -> dict[str, str]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "licence": source.licence,
    }


def _date(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: float | None) -> float | int | None:
    """Whole numbers as integers, others to six places: the same text on every platform."""
    if value is None:
        return None
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded

"""An assessment as one immutable result, and as ``assessment.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from selfassess.assessment import parts as part
from selfassess.assessment.claims import xray, xray_of
from selfassess.assessment.compared import beside, summary
from selfassess.assessment.crossing import Crossing, crossing
from selfassess.assessment.drawn import charts, counted, dimensions
from selfassess.assessment.made import made_lists
from selfassess.assessment.plan import plan, plan_input, unplanned
from selfassess.assessment.quality import quality
from selfassess.assessment.tail import Tails
from selfassess.assessment.trend import trend
from selfassess.assessment.warned import warnings
from selfassess.judging.scoring import score
from selfassess.measuring.computing import aggregate_used
from selfassess.model.assessment import Outcome
from selfassess.model.common import Scope, scope
from selfassess.model.framework import Framework
from selfassess.writing.json_text import json_lines

if TYPE_CHECKING:
    from selfassess.assessment.changes import Since
    from selfassess.comparing import Comparison
    from selfassess.evidence import Evidence
    from selfassess.loading.library import Library
    from selfassess.model.evidence import RegisterEntry
    from selfassess.model.overlay import Loosened
    from selfassess.model.quality import QualityResult
    from selfassess.model.trend import Trend
    from selfassess.model.workspace import SelfEvaluation, WorkspaceFile
    from selfassess.workspace.plan import AssessedPlan

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
    loosened: tuple[Loosened, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    quality: tuple[QualityResult, ...] = ()
    comparison: Comparison | None = None
    trends: Mapping[str, Trend] = field(default_factory=dict)
    since: Since | None = None
    plan: AssessedPlan | None = None

    def as_json(self) -> bytes:
        """The content of ``assessment.json``: the same inputs give the same bytes."""
        return json_lines(self.as_dict())

    def head(self) -> dict[str, Any]:
        """What tells whether another assessment can be compared with this one."""
        return {
            "schema": SCHEMA,
            "council": {"name": self.config.council.name, "code": self.config.council.code},
            "as_at": part.date(self.evidence.as_at),
            "framework": {"id": self.framework.id, "edition": self.framework.edition},
        }

    def as_dict(self) -> dict[str, Any]:
        """The assessment as plain data; keys as in ``assessment.schema.json``."""
        found = self._found()
        found["changes"] = self.since.changes(found) if self.since else None
        return found

    def _found(self) -> dict[str, Any]:
        """Everything but what changed since an earlier assessment."""
        tails = Tails(self.outcome.readings, self.library.measures, self.library.dimensions)
        return {
            "schema": SCHEMA,
            "council": {"name": self.config.council.name, "code": self.config.council.code},
            "as_at": part.date(self.evidence.as_at),
            "as_at_inferred": self.evidence.as_at_inferred,
            "audience": "internal",
            "disclosure": None,
            "made_with": {"name": "selfassess", "version": version("selfassess")},
            "framework": self._framework(),
            "plugins": [{"name": name, "version": number} for name, number in self.plugins],
            "plugin_differences": list(self.plugin_differences),
            "inputs": self._inputs(),
            **made_lists(self.evidence, self.library.tables),
            **warnings(self.evidence.problems),
            "readings": [
                {
                    **part.reading(item, self.library.measures.get(item.reading.measure)),
                    **beside(self.comparison, item.reading.id),
                    **tails.beside(item),
                    "trend": trend(self.trends.get(item.reading.id)),
                }
                for item in self.outcome.readings
            ],
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
            "register": [part.entry(entry) for entry in self.register],
            "judgements": [
                part.judgement(item, self.framework, self.self_evaluation.judgements)
                for item in self.outcome.judgements
            ],
            "totals": self._totals(),
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
            "plan": plan(self.self_evaluation.plan, self.plan),
            "unplanned": unplanned(self.outcome.findings, self.self_evaluation.plan),
            "comparators": summary(self.comparison, self.library.comparators),
            "dimensions": dimensions(self.library.dimensions, self._scopes()),
            "charts": charts(
                self.library.charts.values(),
                {item.reading.measure for item in self.outcome.readings},
            ),
            "gaps": self._gaps(),
            "quality": [quality(item) for item in self.quality],
            "method": self._method(),
            "loosened": [
                {
                    "what": item.what,
                    "from": item.from_,
                    "to": item.to,
                    "who": item.who,
                    "why": item.why,
                }
                for item in self.loosened
            ],
            "xray": [xray(item) for item in xray_of(self)],
            "crosswalks": [crossing(item, self.framework) for item in self.crossings],
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
            "source": part.source(framework.source),
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
                "extract_date": part.date(item.extract_date),
                "sheets": sheets.get(item.name, []),
                # Where the rows lay, if not in the file itself.
                **({"through": item.through} if item.through else {}),
            }
            for item in self.evidence.inputs
        ] + plan_input(self.plan)

    def _totals(self) -> list[dict[str, Any]]:
        """What the framework's rules make of the grades that people claim; none for a narrative."""
        claimed = {
            node: claim.grade
            for node, claim in self.self_evaluation.judgements.items()
            if claim.grade
        }
        cases = self.self_evaluation.cases
        if not claimed and not cases:
            return []
        return [part.total(item) for item in score(self.framework, claimed, cases)]

    def _scopes(self) -> list[Scope]:
        """Every scope that the assessment names."""
        bands = (band.where for m in self.library.measures.values() for band in m.bands)
        wheres = (*(entry.where for entry in self.register), *bands)
        return [
            *(item.reading.where for item in self.outcome.readings),
            *(scope(where) for where in wheres),
        ]

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
                        "remedy": part.remedy(reading.measure),
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
            own = [
                band
                for change in overrides
                if change.measure == measure_id
                for band in change.bands
            ]
            method.append(
                {
                    "measure": measure_id,
                    "title": measure.title,
                    "why": measure.why,
                    "can_tell": reading.can_tell,
                    "way": reading.way,
                    "counted": {} if reading.published else counted(measure, reading.way),
                    "aggregate": aggregate_used(measure, reading.way),
                    "unit": measure.unit,
                    "better": measure.better,
                    "bands": [part.band(band, measure) for band in (*own, *measure.bands)],
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

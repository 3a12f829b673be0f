"""Runs every measure over the evidence and joins in what was published."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selfassess.errors import MeasureError, Problem, SelfAssessError
from selfassess.measuring.answer import answer
from selfassess.measuring.published import merged, possible, published_readings
from selfassess.measuring.quality import ask_quality
from selfassess.measuring.session import Session
from selfassess.model.measure import Measure, PythonMeasure, Reading, Setting
from selfassess.model.quality import QualityResult

if TYPE_CHECKING:
    from selfassess.evidence.state import Evidence
    from selfassess.loading.library import Library

__all__ = ["Measured", "definition_of", "measure_evidence", "prepare"]


@dataclass(frozen=True, slots=True)
class Measured:
    """Every reading, and where a published figure and a computed one stand side by side.

    Attributes:
        readings: in the library's order of measures, the total first, then by scope.
        problems: published figures that the computed ones replace.
        quality: what the rules of data quality found, and which computed figures that weakens.
    """

    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...] = ()
    quality: tuple[QualityResult, ...] = ()


def prepare(
    library: Library,
    evidence: Evidence,
    settings: Mapping[str, Setting] | None = None,
    *,
    cache: bool = False,
) -> Session:
    """Make ready to measure: tables and views understood, nothing asked yet.

    Args:
        library: what the packs hold.
        evidence: what was read.
        settings: local standards in place of the library's, all of them.
        cache: whether compiling makes use of earlier runs; it pays where all measures are asked.
    """
    chosen = library.settings if settings is None else settings
    store = library.verdict.room("compiled") if cache else None
    measures = list(library.measures.values())
    return Session(evidence, library.tables, library.views, chosen, measures, store)


def measure_evidence(
    library: Library,
    evidence: Evidence,
    settings: Mapping[str, Setting] | None = None,
    python_measures: Sequence[PythonMeasure] = (),
) -> Measured:
    """Compute every measure, then join in what was published.

    Each measure gives at least a reading of the whole, if only to say why there is no figure.

    Raises:
        MeasureError: a definition is at fault, or a published figure names what is not declared.
    """
    session = prepare(library, evidence, settings, cache=True)
    written = {each.measure.id: each for each in python_measures}
    measures = dict(library.measures)
    for name, each in written.items():
        measures.setdefault(name, each.measure)
    definitions = {
        name: definition_of(measure, session.settings) for name, measure in measures.items()
    }
    # What was published is read first: a fault in it should not wait for the rest.
    published = published_readings(evidence.published, measures, library.dimensions, definitions)
    published, doubted = possible(published, measures)
    computed: list[Reading] = []
    problems: list[Problem] = []
    for name, measure in measures.items():
        if name in written:
            computed += _python(written[name], evidence, definitions[name])
            continue
        try:
            computed += answer(measure, session, definitions[name])
        except MeasureError as error:
            problems += _named(measure, error)
    if problems:
        raise MeasureError(problems=problems)
    readings, differences = merged(computed, published, list(measures))
    quality = ask_quality(library.quality, session, measures, computed)
    session.keep()
    return Measured(readings, (*doubted, *differences), quality)


def definition_of(measure: Measure, settings: Mapping[str, Setting]) -> str:
    """A short hash of what a measure's figures depend on: definition and local standards."""
    text = json.dumps(_plain(measure), sort_keys=True, ensure_ascii=False)
    used = {name: _plain(settings[name]) for name in sorted(settings) if name in text}
    whole = text + json.dumps(used, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode("utf-8")).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):  # most are
        return value
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value)


def _named(measure: Measure, error: MeasureError) -> Iterable[Problem]:
    if not error.problems:
        yield Problem(measure.id, error.message, error.hint)
    for each in error.problems:
        yield dataclasses.replace(each, where=f"{measure.id}: {each.where}")


def _python(each: PythonMeasure, evidence: Evidence, definition: str) -> tuple[Reading, ...]:
    """A Python measure's readings; a failure is contained and told."""
    measure = each.measure
    try:
        found = tuple(each.compute(evidence.warehouse, evidence.as_at))
    except SelfAssessError as error:
        reason = error.message
    except Exception as error:
        # A plugin's own exception may quote a cell: only its kind is passed on.
        reason = f"the plugin's function failed ({type(error).__name__})"
    else:
        if any(reading.measure == measure.id and not reading.where for reading in found):
            return tuple(dataclasses.replace(r, definition=definition) for r in found)
        reason = "the plugin's function gave no reading of the whole"
    failed = Reading(
        measure=measure.id,
        title=measure.title,
        unit=measure.unit,
        status="error",
        reason=reason,
        definition=definition,
    )
    return (failed,)

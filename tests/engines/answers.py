"""All that can be asked of a council, and where two engines' answers differ."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selfassess.errors import MeasureError
from selfassess.evidence import Evidence, TableState
from selfassess.loading.library import Library
from selfassess.measuring.drilldown import DrillDown, drill_down
from selfassess.measuring.quality import quality_rows
from selfassess.measuring.reckoned import labels
from selfassess.measuring.run import measure_evidence, prepare
from selfassess.measuring.sampling import Asked, ask_reasons
from selfassess.measuring.session import Session
from selfassess.measuring.supplying import supplied
from selfassess.model.common import Scope
from selfassess.model.measure import Reading
from selfassess.model.quality import QualityResult

__all__ = ["Answered", "Part", "answered", "between", "differing"]

Part = tuple[str, Scope]
"""A measure, and which part of the whole."""


@dataclass(frozen=True)
class Answered:
    """What an engine says.

    Attributes:
        tables: what it holds; what views make of other tables too.
        readings: with breakdowns, and their series by month and at month ends.
        quality: what each rule of data quality found.
        sample: the children whom an inspector would look at, with the reasons.
        rows: the rows behind readings, with their labels.
        faults: the rows that break a rule.
    """

    tables: Mapping[str, TableState]
    readings: Mapping[Part, Reading]
    quality: Mapping[str, QualityResult]
    sample: Asked
    rows: Mapping[Part, DrillDown]
    faults: Mapping[str, DrillDown]

    @property
    def measures(self) -> set[str]:
        """The measures that rows were asked about."""
        return {name for (name, where), reading in self.readings.items() if reading.tables}


def answered(
    library: Library, evidence: Evidence, *, drilled: bool = True, thorough: bool = True
) -> Answered:
    """Ask all of it.

    Args:
        library: what the packs hold.
        evidence: in whatever engine.
        drilled: whether to list rows.
        thorough: whether to list rows of parts and of every rule; else of one of four, for an
            engine that takes its time over each statement.
    """
    evidence = supplied(evidence, library.tables, library.views, library.settings)
    measured = measure_evidence(library, evidence)
    readings = {(each.measure, each.where): each for each in measured.readings}
    quality = {each.rule.id: each for each in measured.quality}
    session = prepare(library, evidence)
    sample = ask_reasons(library, session)
    rows: dict[Part, DrillDown] = {}
    faults: dict[str, DrillDown] = {}
    if drilled:
        for name, where in _parts(readings, thorough=thorough):
            rows[name, where] = _listed(name, where, library, session)
        broken = sorted(name for name, found in quality.items() if found.count)
        for name in broken[:: 1 if thorough else 4]:
            faults[name] = quality_rows(library.quality[name], session)
    return Answered(evidence.tables, readings, quality, sample, rows, faults)


def _parts(readings: Mapping[Part, Reading], *, thorough: bool) -> Iterator[Part]:
    """The whole of each measure, and a part of it: of some, or of each breakdown."""
    known: set[tuple[str, tuple[str, ...]]] = set()
    measures = -1
    for name, where in sorted(readings):
        if not readings[name, where].tables:
            continue
        measures += not where
        breakdown = name, tuple(key for key, _ in where)
        few = not thorough and where and (measures % 4 or any(n == name and d for n, d in known))
        if breakdown not in known and not few:
            known.add(breakdown)
            yield name, where


def _listed(name: str, where: Scope, library: Library, session: Session) -> DrillDown:
    measure = library.measures[name]
    show = () if where else tuple(dict.fromkeys(each for part in labels(measure) for each in part))
    try:
        return drill_down(measure, session, dict(where), show)
    except MeasureError as error:
        return DrillDown((), ((error.message,),))


def differing(ours: Answered, theirs: Answered) -> list[str]:
    """Every difference, in words; none is allowed, be it in the last digit."""
    found: list[str] = []
    for kind in ("tables", "readings", "quality", "rows", "faults"):
        found += between(kind, getattr(ours, kind), getattr(theirs, kind))
    return found + list(_fields("sample", ours.sample, theirs.sample))


def between(kind: str, ours: Mapping[Any, Any], theirs: Mapping[Any, Any]) -> Iterator[str]:
    """Every difference between two engines' answers of a kind."""
    for key in dict.fromkeys((*ours, *theirs)):
        if key not in ours or key not in theirs:
            yield f"{kind} {key}: only in {'the first' if key in ours else 'the second'}"
        elif ours[key] != theirs[key]:
            yield from _fields(f"{kind} {key}", ours[key], theirs[key])


def _fields(what: str, ours: Any, theirs: Any) -> Iterator[str]:
    for field in dataclasses.fields(ours):
        one, other = getattr(ours, field.name), getattr(theirs, field.name)
        if one != other:
            if isinstance(one, tuple) and isinstance(other, tuple):
                one, other = _apart(one, other)
            yield f"{what}: {field.name} is {str(one)[:300]} and {str(other)[:300]}"


def _apart(ours: Iterable[Any], theirs: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """What each has and the other has not."""
    one, other = list(ours), list(theirs)
    lone = [each for each in one if each not in other], [each for each in other if each not in one]
    return lone if any(lone) else (one, other)

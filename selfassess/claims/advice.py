"""What the evidence has to say to whoever writes a claim: what vanished, what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from selfassess.assessment.claims import case_of
from selfassess.claims.sync import Advice
from selfassess.errors import nearest
from selfassess.xray.case import Case
from selfassess.xray.rules_evidence import places

if TYPE_CHECKING:
    from selfassess.assessment import Assessment
    from selfassess.model.assessment import JudgedReading
    from selfassess.model.evidence import RegisterEntry
    from selfassess.model.framework import Node

__all__ = ["advice_of"]

_JUDGEMENT, _CRITERION = 8, 3
_SIGNALS = ("critical", "concern", "attention", "strong", "secure")
_DIRECTIONS = ("weakness", "strength")


def advice_of(assessment: Assessment) -> Advice:
    """What an assessment has to say to the writer of each claim."""
    written = assessment.self_evaluation
    case = case_of(assessment)
    vanished: dict[str, list[str]] = {}
    look_at: dict[str, list[str]] = {}
    entries = {
        criterion.id: criterion.entries
        for judgement in assessment.outcome.judgements
        for criterion in judgement.criteria
    }
    for key, node in case.nodes.items():
        claim = written.judgements.get(key)
        named: set[str] = set()
        if claim is not None:
            references = [reference for _, reference in places(node, claim)]
            vanished[key] = [*_vanished(case, references)]
            named = {item.id for item in case.sources(node, references)}
        most = _CRITERION if node.kind == "criterion" else _JUDGEMENT
        own = {each for part in case.parts[key] for each in entries.get(part, ())}
        look_at[key] = [*_look_at(case, node, named, own)][:most]
    return Advice(vanished, look_at)


def _vanished(case: Case, references: Sequence[str]) -> Iterator[str]:
    valid = [*case.entries, *case.readings]
    for reference in dict.fromkeys(references):
        if not case.known(reference):
            hint = nearest(reference, valid)
            shown = " ".join(reference.split())[:80]
            yield f"'{shown}' is not in the evidence any more. {hint}".rstrip()


def _look_at(case: Case, node: Node, named: set[str], entries: set[str]) -> Iterator[str]:
    """Worst readings first, with the entries that say most between them."""
    readings = [
        judged
        for key in case.linked[node.id]
        if (judged := case.readings[key]).signal in _SIGNALS
        and not judged.reading.where
        and key not in named
    ]
    readings.sort(key=lambda each: (_SIGNALS.index(str(each.signal)), each.reading.id))
    found = [
        case.entries[key] for key in entries - named if case.entries[key].direction in _DIRECTIONS
    ]
    found.sort(key=lambda each: (_DIRECTIONS.index(each.direction), each.id))
    bad = [each for each in readings if _SIGNALS.index(str(each.signal)) < 2]
    rest = [each for each in readings if each not in bad]
    weak = [each for each in found if each.direction == "weakness"]
    strong = [each for each in found if each.direction == "strength"]
    for pair in _in_turn(bad, weak):
        yield pair
    for pair in _in_turn(rest, strong):
        yield pair


def _in_turn(readings: Sequence[JudgedReading], entries: Sequence[RegisterEntry]) -> Iterator[str]:
    for index in range(max(len(readings), len(entries))):
        if index < len(readings):
            yield _reading(readings[index])
        if index < len(entries):
            yield _entry(entries[index])


def _reading(judged: JudgedReading) -> str:
    reading = judged.reading
    value = f"{reading.value or 0.0:.1f}".removesuffix(".0")
    unit = "%" if reading.unit == "percent" else f" {reading.unit.replace('-', ' ')}"
    return f"{reading.id} ({' '.join(reading.title.split())}: {value}{unit}, {judged.signal})"


def _entry(entry: RegisterEntry) -> str:
    """An entry by its topic and voice: its words stay where they are kept."""
    dated = f", {entry.date.isoformat()}" if entry.date else ""
    return f"{entry.id} ({entry.direction} on {entry.topic}, {entry.voice}{dated})"

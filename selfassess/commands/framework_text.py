"""A framework as text that can be read on a terminal from top to bottom."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from selfassess.judging.bands import band_text
from selfassess.loading.dump import plain

if TYPE_CHECKING:
    from selfassess.model.framework import Expectation, Framework, MeasureBand, Node, Rule, Scale
    from selfassess.model.framework_inspection import Due, Inspection
    from selfassess.model.framework_scoring import Aggregate

__all__ = ["framework_lines"]

_WIDTH = 100
_MARKS = {"unverified": " [unverified]", "official": " [official]", "ours": ""}


def framework_lines(framework: Framework) -> Iterator[str]:
    """Everything that a framework says, a line at a time.

    What was read in the source is marked ``[official]``, what was not, ``[unverified]``; all else
    is the writer's own.
    """
    marks = f"{framework.reference}, {framework.kind}, {framework.status}"
    yield f"{framework.title} ({marks}){_mark(framework.provenance)}"
    start, end = framework.in_force_from or "not stated", framework.in_force_to or "now"
    yield f"In force: {start} to {end}"
    if framework.subject:
        yield f"Inspected: {framework.subject}"
    source = framework.source
    publisher = f", {source.publisher}" if source.publisher else ""
    yield from _text(f"Source: {source.title}{publisher}{_mark(source.provenance)}", 0)
    for line in (source.url, source.licence, source.note):
        if line:
            yield from _text(line, 1)
    for note in framework.notes:
        yield from _text(f"Note: {note}", 0)
    yield from _head(framework)
    yield ""
    for node in framework.nodes:
        yield from _node(node, 0)
    yield from _rules(framework)
    yield from _bands(framework.bands)
    if framework.inspection is not None:
        yield from _inspection(framework.inspection)


def _head(framework: Framework) -> Iterator[str]:
    for scale in framework.scales:
        yield from _scale(scale)
    if framework.questions:
        yield "Questions:"
        for question in framework.questions:
            yield from _text(f"{question.id}: {question.text}", 1)
    if framework.responsible_bodies:
        yield "Responsible bodies:"
        for body in framework.responsible_bodies:
            yield f"  {body.id}: {body.title}"


def _scale(scale: Scale) -> Iterator[str]:
    yield f"Scale {scale.id}: " + " > ".join(level.title for level in scale.levels)
    for level in scale.levels:
        score = f" (counts {level.score:g})" if level.score is not None else ""
        if level.statement or score:
            yield from _text(f"{level.id}{score}: {level.statement}", 1)
        for then in level.then:
            months = f" after about {then.after_months} months" if then.after_months else ""
            yield from _text(f"then {then.what}{months}: {then.text}{_mark(then.provenance)}", 2)


def _node(node: Node, depth: int) -> Iterator[str]:
    marks: list[str] = [node.kind]
    if node.scale:
        marks.append(f"on {node.scale}")
    if node.practice:
        marks.append("practice")
    if node.cohort:
        marks.append(f"cohort {node.cohort}")
    if node.excluded:
        marks.append("left out of totals")
    kind = "" if marks == ["criterion"] else f" ({', '.join(marks)})"
    yield from _text(f"{node.id}  {node.title}{kind}{_mark(node.provenance)}", depth)
    below = depth + 1
    for descriptor in node.descriptors:
        yield from _text(
            f"{descriptor.level}: {descriptor.text}{_mark(descriptor.provenance)}", below
        )
    for name, values in (
        ("owns", node.owns),
        ("topics", node.topics),
        ("measures", node.measures),
        ("responsible", node.responsible),
        ("tags", node.tags),
    ):
        if values:
            yield from _text(f"{name}: {', '.join(values)}", below)
    if node.aggregate is not None:
        yield from _aggregate(node.aggregate, below)
    for expectation in node.expects:
        yield from _expectation(expectation, below)
    if node.note:
        yield from _text(f"note: {node.note}", below)
    for child in node.nodes:
        yield from _node(child, below)


def _expectation(expectation: Expectation, depth: int) -> Iterator[str]:
    parts = [
        "required" if expectation.required else "welcome",
        "from " + " or ".join(expectation.voices),
        f"at most {expectation.max_age_days} days old",
    ]
    if expectation.min_sample:
        parts.append(f"at least {expectation.min_sample} looked at")
    for name in ("measures", "topics"):
        if values := getattr(expectation, name):
            parts.append(f"{name} {', '.join(values)}")
    if expectation.method:
        parts.append(f"by {expectation.method}")
    mark = _mark(expectation.provenance)
    head = f"expects {expectation.id}: {expectation.title}{mark}"
    yield from _text(f"{head} ({'; '.join(parts)})", depth)


def _aggregate(aggregate: Aggregate, depth: int) -> Iterator[str]:
    of = f" of {', '.join(aggregate.of)}" if aggregate.of else ""
    out_of = f", out of {aggregate.out_of:g}" if aggregate.out_of is not None else ""
    yield from _text(f"total: {aggregate.by}{of}{out_of}{_mark(aggregate.provenance)}", depth)
    if aggregate.weights:
        weights = ", ".join(f"{name} {weight:g}" for name, weight in aggregate.weights.items())
        yield from _text(f"weights: {weights}", depth + 1)
    if aggregate.bands is not None:
        for step in aggregate.bands.ordered():
            to = f" to {step.to:g}" if step.to is not None else " and more"
            yield f"{'  ' * (depth + 1)}{step.from_:g}{to}: {step.level}"
        rounding = f"rounding: {aggregate.bands.round}"
        if aggregate.bands.round != "none":
            rounding += f" to {aggregate.bands.places} places"
        yield from _text(rounding + _mark(aggregate.bands.rounding_provenance), depth + 1)
    for note in (aggregate.note, aggregate.bands.note if aggregate.bands else ""):
        if note:
            yield from _text(f"note: {note}", depth + 1)


def _rules(framework: Framework) -> Iterator[str]:
    if framework.ceilings:
        yield from ("", "Rules (what evidence by itself refutes; nothing is ever awarded):")
    for rule in framework.ceilings:
        yield from _rule(rule)
    if framework.limiters:
        yield from ("", "Limiters (they act on grades that people gave or claimed):")
    for limiter in framework.limiters:
        effect = f"is {limiter.force}" if limiter.force else f"is at most {limiter.cap}"
        yield from _text(
            f"{limiter.id} ({limiter.strength}): where {limiter.node} is {limiter.at_most} or "
            f"lower, {limiter.target} {effect}. {limiter.because}{_mark(limiter.provenance)}",
            1,
        )


def _rule(rule: Rule) -> Iterator[str]:
    applies = (rule.applies_to,) if isinstance(rule.applies_to, str) else rule.applies_to
    effects = []
    if rule.at_most:
        effects.append(f"{', '.join(applies)} at most {rule.at_most}")
    if rule.flag:
        of = f" on {', '.join(applies)}" if applies and not rule.at_most else ""
        effects.append(f"flag {rule.flag}{of}")
    text = f"{rule.id}: {'; '.join(effects)}. {rule.because}{_mark(rule.provenance)}"
    yield from _text(text, 1)
    yield from _text(f"if {_condition(plain(rule.if_))}", 2)


def _condition(data: Any) -> str:
    """A condition as its keys and values, in words as near to the file's as one line allows."""
    if isinstance(data, dict):
        parts = []
        for key, value in data.items():
            if key in ("all", "any"):
                joint = " and " if key == "all" else " or "
                parts.append(joint.join(f"({_condition(each)})" for each in value))
            else:
                parts.append(f"{key.replace('_', ' ')} {_condition(value)}")
        return ", ".join(parts)
    if isinstance(data, list):
        return " or ".join(str(each) for each in data)
    return str(data).lower() if isinstance(data, bool) else str(data)


def _bands(bands: tuple[MeasureBand, ...]) -> Iterator[str]:
    if bands:
        yield from ("", "Bands in place of the measures' own:")
    for change in bands:
        for band in change.bands:
            where = ", ".join(f"{key} {value}" for key, value in band.where.items())
            scope = f" ({where})" if where else ""
            yield from _text(
                f"{change.measure}{scope}: {band_text(band) or 'no cut'} [{band.basis}]"
                f"{_mark(band.provenance)}",
                1,
            )


def _inspection(inspection: Inspection) -> Iterator[str]:
    yield from ("", "How an inspection is carried out:")
    cohort = inspection.cohort
    if cohort is not None:
        yield from _text(f"of whom: {cohort.title}{_mark(cohort.provenance)}", 1)
    if inspection.look_back_months is not None:
        yield f"  looks back: {inspection.look_back_months} months"
    for sample in inspection.samples:
        yield from _text(
            f"sample: {sample.at_least} to {sample.at_most} {sample.of}{_mark(sample.provenance)}",
            1,
        )
    for request in inspection.evidence_requests:
        due = f", due {_due(request.due)}" if request.due else ""
        yield from _text(
            f"asks for {request.id}: {request.title} ({request.kind}{due})"
            f"{_mark(request.provenance)}",
            1,
        )
        if request.columns:
            yield from _text(f"columns: {', '.join(request.columns)}", 2)
    for clock in inspection.clocks:
        unit = "" if clock.low is None else f", seen from {clock.low} to {clock.high}"
        yield from _text(
            f"clock {clock.id}: {clock.title}, {_due(clock.due)} ({clock.basis}{unit})"
            f"{_mark(clock.provenance)}",
            1,
        )
    for finding in inspection.finding_types:
        yield from _text(f"finding: {finding.title} ({finding.kind}){_mark(finding.provenance)}", 1)
    authority = inspection.principal_authority
    if authority is not None:
        who = authority.body or "the body named in the report"
        yield from _text(f"answers for all: {who} writes {authority.writes}", 1)


def _due(due: Due) -> str:
    amounts = (
        (due.working_days, "working days"),
        (due.weeks, "weeks"),
        (due.months, "months"),
    )
    amount = next((f"{number} {unit}" for number, unit in amounts if number is not None), "")
    return f"{amount} after {due.after.replace('-', ' ')}"


def _mark(provenance: str) -> str:
    return _MARKS.get(provenance, "")


def _text(text: str, depth: int) -> list[str]:
    indent = "  " * depth
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "    ",
        break_long_words=False,
        break_on_hyphens=False,
    )

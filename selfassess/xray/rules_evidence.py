"""Rules on the evidence that claims rest on: there, in date, of more than one voice."""

from __future__ import annotations

from collections.abc import Iterator

from selfassess.errors import nearest
from selfassess.model.evidence import Claim
from selfassess.model.framework import Node
from selfassess.xray.case import DATA, Case, Evidence
from selfassess.xray.prose import fingerprint, stems
from selfassess.xray.rule import Found, Rule

__all__ = ["RULES", "places"]

_LEADERS = "leaders"


def places(node: Node, claim: Claim) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every reference of a claim, with the keys that lead to it."""
    at = ("judgements", node.id)
    for index, reference in enumerate(claim.evidence):
        yield (*at, "evidence", index), reference
    for kind in ("strengths", "weaknesses"):
        for position, item in enumerate(claim.items(kind)):
            for index, reference in enumerate(item.evidence):
                yield (*at, kind, position, "evidence", index), reference


def _unknown(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        told: set[str] = set()
        for path, reference in places(node, claim):
            if case.known(reference) or reference in told:
                continue
            told.add(reference)
            valid = [*case.entries, *case.readings]
            yield Found(
                node.id,
                path,
                f"{node.title}: ‘{reference}’ is no entry of the register, no reading and no "
                "finding of this assessment.",
                reference,
                mend=nearest(reference, valid) if len(reference) > 1 else "",
            )


def _stale(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        told: set[str] = set()
        for path, reference in places(node, claim):
            for item in case.evidence(reference, node):
                if item.id in told:
                    continue
                told.add(item.id)
                text = _age(case, item)
                if text:
                    yield Found(
                        node.id, path, f"{node.title}: {text}", item.id, evidence=(item.id,)
                    )


def _age(case: Case, item: Evidence) -> str:
    if item.stale:
        return f"{item.title} was drawn on another day than it speaks of, so it is out of date."
    if item.date is None:
        return f"{item.title} has no date, so nobody can tell whether it still holds."
    age = (case.as_at - item.date).days
    if age > item.limit:
        return f"{item.title} is {age} days old; the framework looks back {item.limit}."
    return ""


def _one_voice(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        sources = case.sources(node, claim.references())
        voices = {item.voice for item in sources}
        if len(voices) != 1 or voices == {DATA}:
            continue
        voice = next(iter(voices))
        whose = "leaders themselves" if voice == _LEADERS else f"one voice alone ({voice})"
        yield Found(
            node.id,
            ("judgements", node.id, "evidence"),
            f"{node.title}: all that leaders’ view rests on comes from {whose}.",
            evidence=tuple(item.id for item in sources),
        )


def _figures_only(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        sources = case.sources(node, claim.references())
        if sources and all(item.voice == DATA for item in sources):
            yield Found(
                node.id,
                ("judgements", node.id, "evidence"),
                f"{node.title}: leaders’ view rests on figures alone.",
                evidence=tuple(item.id for item in sources),
            )


def _weakness_without_action(case: Case) -> Iterator[Found]:
    for node, claim in case.said():
        for index, item in enumerate(claim.items("weaknesses")):
            if _answered(case, node, item.text, case.sources(node, item.evidence)):
                continue
            short = " ".join(item.text.split()).rstrip(". ")
            yield Found(
                node.id,
                ("judgements", node.id, "weaknesses", index),
                f"{node.title}: no action of the plan answers the weakness ‘{short[:200]}’.",
                fingerprint(item.text),
                evidence=item.evidence,
            )


def _answered(case: Case, node: Node, text: str, sources: list[Evidence]) -> bool:
    """Whether an action names the weakness's evidence, or speaks of the same thing.

    The same thing: it shares a topic or a measure with the evidence; or, in the same judgement or
    below it, a word that is not common; or two such words anywhere.
    """
    ids = {item.id for item in sources}
    topics = {topic for item in sources for topic in item.topics}
    measures = {item.measure for item in sources if item.measure}
    weak = set(stems(text, case.words.common))
    own = _beside(case, node)
    for action, said in zip(case.plan, case.action_words, strict=True):
        why = {item.id for ref in action.why for item in case.evidence(ref, node)}
        if ids & why or topics & set(action.topics) or measures & set(action.success_measures):
            return True
        shared = weak & said
        near = {action.judgement, action.criterion} & own
        if len(shared) >= (1 if near else 2):
            return True
    return False


def _beside(case: Case, node: Node) -> set[str]:
    """The node, what is below it and the judgements above it."""
    above = {key for key, parts in case.parts.items() if node.id in parts}
    return {*case.parts[node.id], *above}


def _action_incomplete(case: Case) -> Iterator[Found]:
    for index, action in enumerate(case.plan):
        lacking = [
            name
            for name, there in (
                ("owner", bool(action.owner.strip())),
                ("due", action.due is not None),
                ("success_measures", bool(action.success_measures)),
            )
            if not there
        ]
        if not lacking:
            continue
        node = action.judgement or action.criterion or "plan"
        words = {"owner": "owner", "due": "date", "success_measures": "success measure"}
        yield Found(
            node,
            ("plan", index),
            f"Action {action.id} has no {' and no '.join(words[name] for name in lacking)}.",
            action.id,
        )


RULES = (
    Rule(
        "evidence-unknown",
        "error",
        "Each reference names something that there is",
        "Whoever follows the reference finds nothing.",
        "Correct the id, or take it away.",
        _unknown,
    ),
    Rule(
        "evidence-stale",
        "warning",
        "No claim rests on evidence out of date",
        "What was true then may not be true now; the framework says how far it looks back.",
        "Put newer evidence beside it, or say that this is how it was.",
        _stale,
    ),
    Rule(
        "one-voice",
        "warning",
        "Claims rest on more than one voice",
        "One voice can be mistaken; where two agree, an inspector has less to ask.",
        "Add what children, families, staff, partners, audits or data say to the same point.",
        _one_voice,
    ),
    Rule(
        "figures-only",
        "warning",
        "Claims rest on more than figures",
        "Figures show that something was done; hardly ever that it was done well, or what it "
        "changed.",
        "Add what an audit found in the work, or what children and families say of it.",
        _figures_only,
    ),
    Rule(
        "weakness-without-action",
        "error",
        "Each weakness leads to an action",
        "A weakness that is known and not acted on weighs heavier than the weakness itself.",
        "Add an action to the plan that names the weakness's evidence under 'why', or give the "
        "weakness the evidence that an action names.",
        _weakness_without_action,
    ),
    Rule(
        "action-incomplete",
        "warning",
        "Each action has an owner, a date and a success measure",
        "Without them nobody can tell later whether it was done and whether it helped.",
        "Fill in 'owner', 'due' and 'success_measures'.",
        _action_incomplete,
    ),
)

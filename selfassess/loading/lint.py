"""The content check: what is right in form, but thin, unused or without effect.

A remark is no error: the framework can be used. Each has an id, and stands no longer once the file
says in its list ``lint`` why it is right as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from selfassess.errors import Problem, nearest
from selfassess.loading.checks.framework import EXPECTED
from selfassess.loading.lint_rules import rule_remarks
from selfassess.loading.names import Names, Where
from selfassess.loading.source import KeyPath
from selfassess.model.framework import Framework, Node

__all__ = ["Remark", "lint", "remarks"]

_VOICES = 2


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One remark: its id, where it applies, what is the matter and what could be done."""

    id: str
    where: str
    message: str
    hint: str


def lint(
    framework: Framework,
    names: Names,
    *,
    where: Where | None = None,
    tag_sets: Mapping[str, Framework] | None = None,
) -> list[Problem]:
    """Check a framework's content; one problem for each remark that the file does not explain.

    Args:
        framework: a whole framework without errors.
        names: topics, measures and dimensions that exist.
        where: gives a place for (kind, id, path); without it, problems name the framework.
        tag_sets: frameworks whose nodes tags point to, by prefix.
    """
    place: Where = where or _Nowhere(framework)
    found = list(remarks(framework, names, place, tag_sets or {}))
    problems = [
        Problem(each.where, f"remark {each.id}: {each.message}", each.hint)
        for each in found
        if not any(fnmatchcase(each.id, note.id) for note in framework.lint)
    ]
    for index, note in enumerate(framework.lint):
        if not any(fnmatchcase(each.id, note.id) for each in found):
            known = {each.id for each in found}
            problems.append(
                Problem(
                    place("", "", ("lint", index, "id")),
                    f"remark stale:{note.id}: '{note.id}' is explained, but not remarked.",
                    nearest(note.id, known) or "Remove it from 'lint'.",
                )
            )
    return problems


def remarks(
    framework: Framework, names: Names, where: Where, tag_sets: Mapping[str, Framework]
) -> Iterator[Remark]:
    """Every remark, explained or not, in the framework's order."""
    for identifier, place, message, hint in (
        *_nodes(framework, where, tag_sets),
        *_unused(framework, where),
        *_clashes(framework, where),
        *_orphans(framework, names, where),
        *rule_remarks(framework, names, where),
    ):
        yield Remark(identifier, place, message, hint)


class _Nowhere:
    """Places of a framework that was not read from a file."""

    def __init__(self, framework: Framework) -> None:
        self.reference = framework.reference

    def __call__(self, kind: str, identifier: str, path: KeyPath = (), *, nth: int = 0) -> str:
        return f"{self.reference}, {identifier}" if identifier else self.reference


Found = Iterator[tuple[str, str, str, str]]


def _nodes(framework: Framework, where: Where, tag_sets: Mapping[str, Framework]) -> Found:
    """Descriptors, expectations, voices and criteria that a node should have."""

    def visit(node: Node, scale: str | None) -> Found:
        own = node.scale or scale
        place = where("node", node.id)
        if framework.tag_prefix is None:
            yield from _described(framework, node, own, place)
            if node.kind == "judgement" and not _parts(framework, node):
                yield (
                    f"no-criteria:{node.id}",
                    place,
                    f"no criterion stands below '{node.id}', so no evidence can support it.",
                    "Add criteria, or say in 'lint' why there are none.",
                )
        if node.kind == "criterion":
            yield from _evidence(node, place)
        for tag in node.tags:
            prefix, colon, name = tag.partition(":")
            target = tag_sets.get(prefix) if colon else None
            if target is None or name not in {each.id for each in target.walk()}:
                known = [f"{key}:{n.id}" for key, each in tag_sets.items() for n in each.walk()]
                yield (
                    f"dead-tag:{node.id}/{tag}",
                    place,
                    f"the tag '{tag}' of '{node.id}' points to nothing.",
                    nearest(tag, known) or "Install the framework that it points to.",
                )
        for child in node.nodes:
            yield from visit(child, own)

    for node in framework.nodes:
        yield from visit(node, None)


def _parts(framework: Framework, node: Node) -> bool:
    """Whether something below a judgement carries evidence or a score of its own."""
    below = [each for each in node.walk() if each is not node]
    return any(each.kind == "criterion" for each in below) or bool(framework.parts(node))


def _described(framework: Framework, node: Node, scale_id: str | None, place: str) -> Found:
    """A judgement describes each level that its scale says is described; a criterion at least one.

    A level with a statement of its own describes itself.
    """
    if node.kind == "group":
        return
    found = {descriptor.level for descriptor in node.descriptors}
    scale = framework.scale(scale_id)
    if scale is None:
        wanting = [EXPECTED] if node.kind == "criterion" and not found else []
    elif node.scale is None or node.kind == "criterion":
        wanting = [] if found else ["at least one level"]
    else:
        levels = scale.described or tuple(each.id for each in scale.levels if not each.statement)
        wanting = [level for level in levels if level not in found]
    computed = node.aggregate is not None and node.aggregate.by != "professional"
    if wanting and not computed:
        yield (
            f"no-descriptor:{node.id}",
            place,
            f"'{node.id}' does not say what it looks like at {', '.join(wanting)}.",
            "Add 'descriptors', or name the levels that are described in the scale's 'described'.",
        )


def _evidence(node: Node, place: str) -> Found:
    if not any(expectation.required for expectation in node.expects):
        yield (
            f"nothing-required:{node.id}",
            place,
            f"'{node.id}' requires no evidence, so it can never lack any.",
            "Make at least one expectation required.",
        )
    voices = {voice for expectation in node.expects for voice in expectation.voices}
    if len(voices) < _VOICES:
        yield (
            f"one-voice:{node.id}",
            place,
            f"'{node.id}' expects {len(voices)} voice; two have to agree before it is secure.",
            "Expect a second voice: practice, children, families, staff or partners.",
        )


def _unused(framework: Framework, where: Where) -> Found:
    scales = {node.scale for node in framework.walk()}
    for scale in framework.scales:
        if scale.id not in scales:
            yield (
                f"dead-scale:{scale.id}",
                where("scales", scale.id),
                f"no node has the scale '{scale.id}'.",
                "Remove it, or give it to a node.",
            )
    bodies = {body for node in framework.walk() for body in node.responsible}
    bodies |= {body for rule in framework.ceilings for body in rule.responsible}
    for body in framework.responsible_bodies:
        if body.id not in bodies:
            yield (
                f"dead-body:{body.id}",
                where("responsible_bodies", body.id),
                f"'{body.id}' is listed, but answers for no node and no rule.",
                "Name it in 'responsible', or remove it.",
            )


def _clashes(framework: Framework, where: Where) -> Found:
    """Ids that differ in capitals alone, and ids that mean two things in one file."""
    seen: dict[str, str] = {}
    for node in framework.walk():
        first = seen.setdefault(node.id.lower(), node.id)
        if first != node.id:
            yield (
                f"clash:{node.id}",
                where("node", node.id),
                f"'{node.id}' and '{first}' differ in capitals alone.",
                "Rename one: people and some file systems do not tell them apart.",
            )
    nodes = {node.id for node in framework.walk()}
    for rule in framework.ceilings:
        if rule.id in nodes:
            yield (
                f"clash:{rule.id}",
                where("ceilings", rule.id),
                f"a rule and a node are both called '{rule.id}'.",
                "Rename the rule.",
            )


def _orphans(framework: Framework, names: Names, where: Where) -> Found:
    """Topics and measures that the framework names and that reach no criterion."""
    criteria = [node for node in framework.walk() if node.kind == "criterion"]
    if not criteria:
        return
    topics = {topic for node in criteria for topic in node.topics}
    listed = {measure for node in criteria for measure in node.measures}
    for node in framework.walk():
        for topic in node.owns:
            if topic not in topics:
                yield (
                    f"orphan-topic:{topic}",
                    where("node", node.id, ("owns",)),
                    f"'{node.id}' owns the topic '{topic}', but no criterion speaks to it.",
                    "Add it to a criterion's topics, or take it out of 'owns'.",
                )
        for expectation in node.expects:
            for topic in expectation.topics:
                if topic not in node.topics:
                    yield (
                        f"orphan-topic:{node.id}/{topic}",
                        where("node", node.id, ("expects",)),
                        f"'{expectation.id}' of '{node.id}' asks for the topic '{topic}', which "
                        "does not reach the criterion.",
                        "Add the topic to the criterion.",
                    )
    named = {m: node.id for node in criteria for each in node.expects for m in each.measures}
    named |= {entry.measure: "" for entry in framework.bands}
    for measure, node_id in named.items():
        known = names.measures.get(measure)
        reaches = measure in listed or (known is not None and topics & set(known.topics))
        if not reaches:
            kind, owner = ("node", node_id) if node_id else ("bands", measure)
            yield (
                f"orphan-measure:{measure}",
                where(kind, owner),
                f"the measure '{measure}' is named here, but reaches no criterion.",
                "List it among a criterion's measures.",
            )

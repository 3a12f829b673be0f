"""Checks a whole framework: its ids, and the names and grades that its parts refer to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from selfassess.errors import Problem
from selfassess.loading.checks.bands import check_bands
from selfassess.loading.checks.rules import check_rules
from selfassess.loading.checks.scoring import check_scoring
from selfassess.loading.identifiers import is_id
from selfassess.loading.names import Names, Where, unknown
from selfassess.loading.source import KeyPath
from selfassess.model.framework import Framework, Node

if TYPE_CHECKING:
    from selfassess.loading.editions import Edition

__all__ = ["EXPECTED", "check_editions", "check_framework"]

EXPECTED = "expected"
"""The level of descriptors in a framework without grades: what is expected, and nothing else."""


def check_editions(editions: Iterable[Edition], names: Names) -> Iterator[Problem]:
    """Say what is wrong with whole editions.

    What an edition's changes break in the words of an earlier file is said at the later one; what
    was wrong in the earlier file to begin with is said there only.
    """
    found = [
        (edition, check_framework(edition.framework, names, edition.place)) for edition in editions
    ]
    first = {
        problem
        for edition, problems in found
        for problem in problems
        if problem.where.startswith(edition.documents[0].name)
    }
    for edition, problems in found:
        own = edition.documents[0]
        for problem in problems:
            if problem in first or problem.where.startswith(own.name):
                yield problem
            else:
                yield Problem(
                    own.place(("extends",)),
                    f"after this edition's changes, {problem.message.rstrip('.')} "
                    f"({problem.where}).",
                    problem.hint,
                )


def check_framework(framework: Framework, names: Names, where: Where) -> list[Problem]:
    """Say everything that is wrong with a whole framework.

    Args:
        framework: after its ``extends`` has been resolved.
        names: topics, measures and dimensions that exist.
        where: gives a place for (kind, id, path).
    """
    counts = Counter(node.id for node in framework.walk())
    # Which of two nodes of one id is meant cannot be told, so nothing is said of what names it.
    twice = [f"'{name}'" for name, count in counts.items() if count > 1]
    rules = (*check_rules(framework, names, where), *check_scoring(framework, names, where))
    return [
        *_head(framework, where),
        *_ids(framework, where),
        *_nodes(framework, names, where),
        *_ownership(framework, where),
        *_bands(framework, names, where),
        *(each for each in rules if not any(name in each.message for name in twice)),
    ]


def _head(framework: Framework, where: Where) -> Iterator[Problem]:
    for key in ("id", "edition"):
        value = getattr(framework, key)
        if not is_id(value):
            yield Problem(
                where("", "", (key,)),
                f"'{value}' cannot be the framework's {key}: letters, digits, '-', '.', '_' only.",
                "Write it as in ofsted-ilacs or 2026-04.",
            )
    start, end = framework.in_force_from, framework.in_force_to
    if start and end and end < start:
        yield Problem(
            where("", "", ("in_force_to",)),
            f"the edition ends on {end}, before it begins on {start}.",
            "Correct one of the two dates.",
        )
    judgements = framework.judgements()
    if not judgements:
        yield Problem(
            where("", "", ("nodes",)),
            "no node is a judgement, so there is nothing to assess.",
            "Give at least one node 'kind: judgement'; it need not have a scale.",
        )
    graded = [node for node in framework.walk() if node.scale is not None]
    if framework.kind == "graded" and judgements and not graded:
        yield Problem(
            where("", "", ("kind",)),
            "the framework is graded, but no node has a scale.",
            "Give judgements a 'scale', or write 'kind: narrative'.",
        )
    if framework.kind == "narrative" and graded:
        names = ", ".join(f"'{node.id}'" for node in graded)
        yield Problem(
            where("node", graded[0].id, ("scale",)),
            f"the framework is narrative and gives no grades, but a scale stands at {names}.",
            "Remove each 'scale', or write 'kind: graded'.",
        )


def _ids(framework: Framework, where: Where) -> Iterator[Problem]:
    lists: list[tuple[str, str, Iterable[str]]] = [
        ("node", "node", (node.id for node in framework.walk())),
        ("ceilings", "rule", (rule.id for rule in framework.ceilings)),
        ("scales", "scale", (scale.id for scale in framework.scales)),
        ("questions", "question", (question.id for question in framework.questions)),
        ("responsible_bodies", "body", (body.id for body in framework.responsible_bodies)),
    ]
    for kind, word, ids in lists:
        for identifier, count in Counter(ids).items():
            if not is_id(identifier):
                yield Problem(
                    where(kind, identifier, ("id",)),
                    f"'{identifier}' cannot be an id: letters, digits, '-', '.', '_' only.",
                    "Write it as in help-and-protection or HP-01.",
                )
            if count > 1:
                yield Problem(
                    where(kind, identifier, ("id",), nth=1),
                    f"the {word} id '{identifier}' stands {count} times.",
                    "Give each its own id; ids are never reused.",
                )
    for scale in framework.scales:
        yield from _scale(scale.id, [level.id for level in scale.levels], where)


def _scale(scale: str, levels: list[str], where: Where) -> Iterator[Problem]:
    if not levels:
        yield Problem(
            where("scales", scale, ("levels",)),
            f"the scale '{scale}' has no levels.",
            "List its grades, the highest first; for no grades leave 'scale' out of the nodes.",
        )
    for level, count in Counter(levels).items():
        if count > 1:
            second = [index for index, each in enumerate(levels) if each == level][1]
            yield Problem(
                where("scales", scale, ("levels", second, "id")),
                f"the level '{level}' stands {count} times in the scale '{scale}'.",
                "Give each level its own id.",
            )


def _nodes(framework: Framework, names: Names, where: Where) -> Iterator[Problem]:
    scales = {scale.id for scale in framework.scales}
    sound = all(node.scale is None or node.scale in scales for node in framework.walk())
    bodies = {body.id for body in framework.responsible_bodies}

    def visit(node: Node, scale: str | None, above: str) -> Iterator[Problem]:
        def at(*path: str | int) -> str:
            return where("node", node.id, path)

        if node.scale is not None and node.scale not in scales:
            yield unknown("scale", node.scale, scales, at("scale"))
        scale = node.scale if node.scale in scales else scale
        if node.kind != "criterion" and above == "criterion":
            yield Problem(
                at("kind"),
                f"'{node.id}' is a {node.kind} below a criterion.",
                "Below a criterion stand criteria only.",
            )
        for name in ("topics", "owns"):
            for index, topic in enumerate(getattr(node, name)):
                yield from names.topic(topic, at(name, index))
        for index, measure in enumerate(node.measures):
            yield from names.measure(measure, at("measures", index))
        for index, body in enumerate(node.responsible):
            if body not in bodies:
                yield unknown("responsible body", body, bodies, at("responsible", index))
        yield from _expectations(node, names, at)
        found = framework.scale(scale)
        levels = {level.id for level in found.levels} if found else {EXPECTED}
        for index, descriptor in enumerate(node.descriptors):
            if sound and descriptor.level not in levels:
                yield unknown("level", descriptor.level, levels, at("descriptors", index, "level"))
        for child in node.nodes:
            yield from visit(child, scale, node.kind)

    for node in framework.nodes:
        yield from visit(node, None, "")


def _expectations(node: Node, names: Names, at: Callable[..., str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, expectation in enumerate(node.expects):
        if expectation.id in seen:
            yield Problem(
                at("expects", index, "id"),
                f"'{node.id}' expects '{expectation.id}' twice.",
                "Give each expectation of a node its own id.",
            )
        seen.add(expectation.id)
        if not expectation.voices:
            yield Problem(
                at("expects", index, "voices"),
                f"the expectation '{expectation.id}' of '{node.id}' names no voice.",
                "Say whose voice would meet it, such as data or practice-audit.",
            )
        for position, topic in enumerate(expectation.topics):
            yield from names.topic(topic, at("expects", index, "topics", position))
        for position, measure in enumerate(expectation.measures):
            yield from names.measure(measure, at("expects", index, "measures", position))
        for key, value in (
            ("max_age_days", expectation.max_age_days),
            ("min_sample", expectation.min_sample),
        ):
            if value is not None and value < 1:
                yield Problem(
                    at("expects", index, key),
                    f"'{key}' of '{expectation.id}' is {value}; expected 1 or more.",
                    "Correct the number.",
                )


def _ownership(framework: Framework, where: Where) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for node in framework.walk():
        if node.owns and node.kind != "judgement":
            yield Problem(
                where("node", node.id, ("owns",)),
                f"'{node.id}' owns topics but is a {node.kind}; only judgements own topics.",
                "Move 'owns' to the judgement above it.",
            )
        for index, topic in enumerate(node.owns):
            first = owners.setdefault(topic, node.id)
            if first != node.id or topic in node.owns[:index]:
                yield Problem(
                    where("node", node.id, ("owns", index)),
                    f"the topic '{topic}' is owned by '{first}' already; one node owns a topic.",
                    "Remove it from one of the two.",
                )


def _bands(framework: Framework, names: Names, where: Where) -> Iterator[Problem]:
    for entry in framework.bands:
        yield from names.measure(entry.measure, where("bands", entry.measure, ("measure",)))
        place = partial(_in_bands, where, entry.measure)
        better, share = names.better(entry.measure), names.is_share(entry.measure)
        yield from check_bands(entry.bands, names, place, better, share=share)


def _in_bands(where: Where, measure: str, path: KeyPath) -> str:
    return where("bands", measure, ("bands", *path))

"""An inspection framework, as its YAML file says it. Nothing here knows a judgement by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Provenance, Source, Voice
from selfassess.model.framework_inspection import Body, Inspection
from selfassess.model.framework_rules import Condition, RegisterCondition, Rule
from selfassess.model.framework_scoring import Aggregate, Consequence, Limiter
from selfassess.model.measure import Band

__all__ = [
    "Condition",
    "Descriptor",
    "Expectation",
    "Framework",
    "Level",
    "LintNote",
    "MeasureBand",
    "Node",
    "Question",
    "RegisterCondition",
    "Rule",
    "Scale",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of a scale.

    Attributes:
        score: what it counts in a total.
        statement: the whole sentence that a report gives in place of a grade, paraphrased.
        then: what follows from it for the inspected body.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    score: float | None = None
    statement: str = ""
    then: tuple[Consequence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """An ordered list of grades, **highest first**.

    Attributes:
        described: levels that the framework describes, where it does not describe all.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    levels: tuple[Level, ...]
    described: tuple[str, ...] = ()

    def rank(self, grade: str) -> int:
        """0 for the lowest level, rising; KeyError for a grade that is not on the scale."""
        for index, level in enumerate(reversed(self.levels)):
            if level.id == grade:
                return index
        raise KeyError(grade)

    def level(self, grade: str) -> Level:
        """A level by id; KeyError for a grade that is not on the scale."""
        for level in self.levels:
            if level.id == grade:
                return level
        raise KeyError(grade)

    def scores(self) -> tuple[float, ...]:
        """What its levels count in a total, the highest level first; nothing where none counts."""
        return tuple(level.score for level in self.levels if level.score is not None)

    def title_of(self, grade: str) -> str:
        """The printed name of a grade."""
        return next(level.title for level in self.levels if level.id == grade)


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """What a node looks like at one level of its scale, paraphrased."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    level: str
    text: str
    provenance: Provenance = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """Evidence that a criterion should rest on.

    It is met by a current item linked to the criterion whose voice is one of `voices` and, where
    they are given, whose measure or topic is one of `measures` or `topics`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    voices: tuple[Voice, ...]
    method: str = ""
    measures: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    max_age_days: int = 365
    min_sample: int | None = None
    required: bool = True
    provenance: Provenance = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A judgement, a group of criteria or a criterion; ids are never reused.

    Attributes:
        kind: ``judgement`` nodes get ceiling, challenge and confidence; ``criterion`` nodes get a
            status; ``group`` nodes only order the page.
        scale: id of a scale, or nothing for a node that is not graded.
        practice: whether it judges practice with children (against leadership of it).
        owns: topics that are this node's own; a topic stands in one node's list at most.
        cohort: entries and readings with this ``where.cohort`` belong to this node.
        excluded: rated, but left out of any total.
        aggregate: how its grade comes from what people scored below; nothing for no total.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    kind: Literal["judgement", "group", "criterion"]
    scale: str | None = None
    practice: bool = False
    owns: tuple[str, ...] = ()
    cohort: str | None = None
    topics: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    expects: tuple[Expectation, ...] = ()
    descriptors: tuple[Descriptor, ...] = ()
    excluded: bool = False
    aggregate: Aggregate | None = None
    provenance: Provenance = "ours"
    note: str = ""
    nodes: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, in the file's order."""
        yield self
        for node in self.nodes:
            yield from node.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One of the questions that a self-evaluation answers for each judgement."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureBand:
    """A framework's or a workspace's own band for a measure, in place of the measure's."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    measure: str
    bands: tuple[Band, ...]
    who: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LintNote:
    """A remark of the content check that stands, and why.

    Attributes:
        id: the remark's id, ``one-voice:HP-04``; ``one-voice:*`` for all of a kind.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A dated rule book. Editions coexist; an assessment pins one.

    Attributes:
        id: the family, ``ofsted-ilacs``.
        edition: text, ``2026-04``; the reference is ``ofsted-ilacs@2026-04``.
        kind: ``graded``, or ``narrative``: findings and questions, no grade anywhere.
        extends: an edition that this one changes, ``ofsted-ilacs@2018``; resolved by the loader,
            so a loaded framework is always whole.
        limiters: grades on one node that limit another's; they act on claimed grades only.
        inspection: how inspections under it are carried out.
        tag_prefix: makes its node ids tags for other frameworks' nodes: with ``nf``, the tag
            ``nf:outcome-1`` points to its node ``outcome-1``.
        lint: remarks of the content check that stand, each with the reason.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    edition: str
    title: str
    kind: Literal["graded", "narrative"]
    status: Literal["in-force", "superseded", "draft"]
    source: Source
    in_force_from: dt.date | None = None
    in_force_to: dt.date | None = None
    wording: Literal["paraphrase"] = "paraphrase"
    subject: str = ""
    extends: str | None = None
    scales: tuple[Scale, ...] = ()
    questions: tuple[Question, ...] = ()
    responsible_bodies: tuple[Body, ...] = ()
    nodes: tuple[Node, ...]
    ceilings: tuple[Rule, ...] = ()
    limiters: tuple[Limiter, ...] = ()
    bands: tuple[MeasureBand, ...] = ()
    inspection: Inspection | None = None
    tag_prefix: str | None = None
    provenance: Provenance = "ours"
    notes: tuple[str, ...] = ()
    lint: tuple[LintNote, ...] = ()

    @property
    def reference(self) -> str:
        """``id@edition``."""
        return f"{self.id}@{self.edition}"

    def walk(self) -> Iterator[Node]:
        """Every node, parents before children, in the file's order."""
        for node in self.nodes:
            yield from node.walk()

    def judgements(self) -> tuple[Node, ...]:
        """Nodes of kind judgement, in order."""
        return tuple(node for node in self.walk() if node.kind == "judgement")

    def node(self, node_id: str) -> Node:
        """A node by id; KeyError for an unknown one."""
        for node in self.walk():
            if node.id == node_id:
                return node
        raise KeyError(node_id)

    def in_force(self, on: dt.date) -> bool:
        """Whether inspections on this day are carried out under this edition."""
        return (self.in_force_from is not None and self.in_force_from <= on) and (
            self.in_force_to is None or on <= self.in_force_to
        )

    def scale(self, scale_id: str | None) -> Scale | None:
        """A scale by id; None for None."""
        return next((scale for scale in self.scales if scale.id == scale_id), None)

    def parts(self, node: Node) -> tuple[Node, ...]:
        """The nodes whose grades make up a node's; nothing where it has no aggregate of parts."""
        aggregate = node.aggregate
        if aggregate is None or aggregate.by in ("professional", "share-of-cases"):
            return ()
        if aggregate.of:
            return tuple(each for each in self.walk() if each.id in aggregate.of)
        found: list[Node] = []
        waiting = list(node.nodes)
        while waiting:
            child = waiting.pop(0)
            if child.scale is None:
                waiting[:0] = child.nodes
            elif not child.excluded:
                found.append(child)
        return tuple(found)

    def practice_topics(self) -> frozenset[str]:
        """Topics owned by nodes that judge practice."""
        return frozenset(topic for node in self.walk() if node.practice for topic in node.owns)

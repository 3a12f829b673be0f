"""Which nodes and questions of one edition became which of another, as migrations declare it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from selfassess.model.framework import Framework
from selfassess.model.migration import Migration

__all__ = ["Heir", "Lineage", "lineage"]


@dataclass(frozen=True, slots=True)
class Heir:
    """What became of a node or question.

    Attributes:
        into: ids in the new edition that carry it on; empty where nothing does.
        how: ``split``, ``merged``, ``renamed`` or ``removed``.
        because: the file's sentence.
        editorial: whether what is said of it stands as it is.
    """

    into: tuple[str, ...]
    how: str
    because: str
    editorial: bool = False


@dataclass(frozen=True, slots=True)
class Lineage:
    """What migration files declare between two editions.

    Attributes:
        nodes, questions: what became of an id that did not simply stay.
        moved: the sentence for a node that moved.
        editorial: the sentence for (``node`` or ``question``, id) that was only worded anew.
    """

    nodes: Mapping[str, Heir] = field(default_factory=dict)
    questions: Mapping[str, Heir] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    editorial: Mapping[tuple[str, str], str] = field(default_factory=dict)


def lineage(migrations: Sequence[Migration], editions: Sequence[Framework]) -> Lineage:
    """What became of each id over one migration file, or over several that follow one another.

    Args:
        migrations: in the order of the editions; editions without a file between them are skipped.
        editions: every edition on the way, the first and the last included.
    """
    by_step = {(each.old, each.new): each for each in migrations}
    total = Lineage()
    for old, new in pairwise(editions):
        migration = by_step.get((old.reference, new.reference))
        total = _joined(total, _of(migration) if migration else Lineage(), new)
    return total


def _of(migration: Migration) -> Lineage:
    nodes: dict[str, Heir] = {}
    questions: dict[str, Heir] = {}
    for split in migration.split:
        nodes[split.node] = Heir(split.into, "split", split.because)
    for merged in migration.merged:
        for node in merged.nodes:
            nodes[node] = Heir((merged.into,), "merged", merged.because)
    for renamed in migration.renamed:
        heir = Heir((renamed.to,), "renamed", renamed.because, renamed.editorial)
        _note(nodes, questions, renamed.node, renamed.question, heir)
    for removed in migration.removed:
        heir = Heir((), "removed", removed.because)
        _note(nodes, questions, removed.node, removed.question, heir)
    editorial = {
        ("node", each.node) if each.node else ("question", each.question or ""): each.because
        for each in migration.editorial
    }
    moved = {each.node: each.because for each in migration.moved}
    return Lineage(nodes, questions, moved, editorial)


def _note(
    nodes: dict[str, Heir],
    questions: dict[str, Heir],
    node: str | None,
    question: str | None,
    heir: Heir,
) -> None:
    if node is not None:
        nodes[node] = heir
    elif question is not None:
        questions[question] = heir


def _joined(first: Lineage, then: Lineage, new: Framework) -> Lineage:
    """What became of each id over both; ids that are gone again lead nowhere."""
    nodes = {node.id for node in new.walk()}
    questions = {question.id for question in new.questions}
    return Lineage(
        _heirs(first.nodes, then.nodes, nodes),
        _heirs(first.questions, then.questions, questions),
        {**first.moved, **then.moved},
        {**first.editorial, **then.editorial},
    )


def _heirs(
    first: Mapping[str, Heir], then: Mapping[str, Heir], present: set[str]
) -> dict[str, Heir]:
    found = dict(then)
    for identifier, heir in first.items():
        later = [then[each] for each in heir.into if each in then]
        into = [
            target
            for each in heir.into
            for target in (then[each].into if each in then else (each,))
            if target in present
        ]
        because = " ".join(dict.fromkeys([heir.because, *(each.because for each in later)]))
        how = heir.how
        if heir.how == "renamed" and later:
            how = later[0].how
        editorial = heir.editorial and all(each.editorial for each in later)
        found[identifier] = replace(
            heir, into=tuple(dict.fromkeys(into)), how=how, because=because, editorial=editorial
        )
    return found

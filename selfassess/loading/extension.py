"""An edition that changes an earlier one: what its file may say.

``add`` comes first, then ``change`` (which may also move a node), then ``remove``; so a node can be
moved under a new one, and an old parent can go once its children have left. Touching an id that the
earlier edition does not have is an error, and so is adding one that it has: ids are never reused.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, Literal

from selfassess.errors import Problem
from selfassess.loading import shape
from selfassess.loading.parse import parse
from selfassess.loading.source import Document
from selfassess.model.common import STRICT, Provenance, Source
from selfassess.model.framework import Framework, LintNote, MeasureBand, Node, Question, Rule, Scale
from selfassess.model.framework_inspection import Body, Inspection
from selfassess.model.framework_scoring import Limiter

__all__ = [
    "SECTIONS",
    "Additions",
    "Changes",
    "Extension",
    "NewNode",
    "Removals",
    "partial",
]

SECTIONS: dict[str, tuple[type[Any], str]] = {
    "scales": (Scale, "id"),
    "questions": (Question, "id"),
    "responsible_bodies": (Body, "id"),
    "ceilings": (Rule, "id"),
    "limiters": (Limiter, "id"),
    "bands": (MeasureBand, "measure"),
}
"""Lists of a framework that an edition may change by id, with their items' class and id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNode:
    """A node to add, and where.

    Attributes:
        under: id of the parent; nothing for the top.
        after: id of the sibling that it follows; nothing for the last place.
        before: id of the sibling that it precedes.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    node: Node
    under: str | None = None
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What the edition adds; the new ones stand behind the old."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    nodes: tuple[NewNode, ...] = ()
    scales: tuple[Scale, ...] = ()
    questions: tuple[Question, ...] = ()
    responsible_bodies: tuple[Body, ...] = ()
    ceilings: tuple[Rule, ...] = ()
    limiters: tuple[Limiter, ...] = ()
    bands: tuple[MeasureBand, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the edition changes: for each id, the keys that differ. A list is replaced whole.

    A key with nothing after it takes the earlier value away. A node's ``under``, ``after`` and
    ``before`` move it with everything below it; ``under: top`` moves it to the top.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    nodes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    scales: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    questions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    responsible_bodies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    ceilings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    limiters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    bands: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removals:
    """Ids that the edition no longer has. A node goes with everything still below it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    nodes: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    responsible_bodies: tuple[str, ...] = ()
    ceilings: tuple[str, ...] = ()
    limiters: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A framework file that ``extends`` another: its own head, and what differs.

    Status and in-force dates are the edition's own and never taken over; of the rest of the head,
    what is not given stays as it was.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    edition: str
    extends: str
    status: Literal["in-force", "superseded", "draft"]
    title: str | None = None
    kind: Literal["graded", "narrative"] | None = None
    source: Source | None = None
    in_force_from: dt.date | None = None
    in_force_to: dt.date | None = None
    wording: Literal["paraphrase"] | None = None
    subject: str | None = None
    provenance: Provenance | None = None
    inspection: Inspection | None = None
    tag_prefix: str | None = None
    notes: tuple[str, ...] | None = None
    lint: tuple[LintNote, ...] | None = None
    add: Additions = field(default_factory=Additions)
    change: Changes = field(default_factory=Changes)
    remove: Removals = field(default_factory=Removals)


@cache
def partial(model: Any) -> Any:
    """A dataclass whose keys are those of `model`, all optional; a node's can also say where.

    The id cannot change, and a node's children are added and removed by their own ids.
    """
    hints: list[tuple[str, Any, Any]] = []
    left_out = {"id", "nodes"} if model is not MeasureBand else {"measure"}
    for name, annotation, _ in shape.fields(model).values():
        if name not in left_out:
            hints.append((name, annotation | None, field(default=None)))
    if model is Node:
        hints += [(n, str | None, field(default=None)) for n in ("under", "after", "before")]
    return dataclasses.make_dataclass(
        f"{model.__name__}Change",
        hints,
        frozen=True,
        kw_only=True,
        namespace={
            "__pydantic_config__": STRICT,
            "__doc__": f"Keys of a {model.__name__} to change.",
        },
    )


def check_changes(document: Document) -> tuple[Problem, ...]:
    """Validate the ``change`` section's entries, each as a part of its model."""
    problems: list[Problem] = []
    for section, identifier, model in _entries(document):
        parsed = parse(document, partial(model), at=("change", section, identifier))
        problems += parsed.problems
    return tuple(problems)


def misplaced(document: Document) -> dict[str, Problem]:
    """Say of keys that only a whole framework holds where they belong here; by their place."""
    known = shape.fields(Extension)
    found: dict[str, Problem] = {}
    for key in document.data:
        if key in shape.fields(Framework) and key not in known:
            where = document.place((key,), key=True)
            found[where] = Problem(
                where,
                f"'{key}' cannot stand here: a file that extends another says what differs.",
                f"Move what is new to 'add: {{{key}: …}}', and what differs to 'change:'.",
            )
    return found


def _entries(document: Document) -> list[tuple[str, str, Any]]:
    change = document.data.get("change") or {}
    models: dict[str, Any] = {"nodes": Node, **{name: cls for name, (cls, _) in SECTIONS.items()}}
    return [
        (section, identifier, model)
        for section, model in models.items()
        for identifier in change.get(section) or {}
    ]

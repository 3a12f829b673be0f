"""How a framework lies in a workbook: which sheets there are, and what each column holds.

The layout is read from the model itself, so a key that the model gains has its column at once. A
list of records is a sheet; a record inside a record is a few columns; records below records name
the one that they belong to. Of the two things that contain themselves, nodes say what they stand
under, and conditions which part of a rule's condition they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from selfassess.loading import shape
from selfassess.model.framework import Framework

__all__ = [
    "GUIDE",
    "HEAD",
    "LISTS",
    "PART",
    "UNDER",
    "Column",
    "SheetPlan",
    "header",
    "key_of",
    "normal",
    "plans",
]

GUIDE = "Read me"
HEAD = "About"
LISTS = "Lists"
UNDER = "under"
PART = "part"

_NAMES: dict[tuple[str, ...], tuple[str, str]] = {
    ("scales",): ("Scales", "scale"),
    ("scales", "levels"): ("Levels", "level"),
    ("scales", "levels", "then"): ("Consequences", ""),
    ("questions",): ("Questions", ""),
    ("responsible_bodies",): ("Bodies", ""),
    ("nodes",): ("Nodes", "node"),
    ("nodes", "expects"): ("Expectations", ""),
    ("nodes", "descriptors"): ("Descriptors", ""),
    ("nodes", "aggregate", "bands", "steps"): ("Score bands", ""),
    ("ceilings",): ("Rules", "rule"),
    ("ceilings", "if"): ("Conditions", ""),
    ("limiters",): ("Limiters", ""),
    ("bands",): ("Bands", "band of"),
    ("bands", "bands"): ("Band cuts", ""),
    ("inspection", "samples"): ("Samples", ""),
    ("inspection", "evidence_requests"): ("Evidence requests", ""),
    ("inspection", "clocks"): ("Clocks", ""),
    ("inspection", "finding_types"): ("Finding types", ""),
    ("lint",): ("Remarks", ""),
}
"""Sheets' titles, and the header of a column that names a row of theirs, by the way to the list."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or on the first sheet a line: one key of the record, or of a record inside it.

    Attributes:
        keys: the way from the row's record to the value.
        annotation: what the value may be.
        required: whether the record cannot be without it.
    """

    keys: tuple[str, ...]
    annotation: Any
    required: bool

    @property
    def header(self) -> str:
        """What stands at its head."""
        return header(self.keys)


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet: a list of records.

    Attributes:
        title: the sheet's name.
        path: keys on the way from the framework to the list; nothing for the framework itself.
        model: the records' class.
        parents: headers of the columns that name what a row belongs to, the outermost first.
        shape: ``head``: a line a key; ``list``; ``tree``: each row says what it stands under;
            ``parts``: each row says which part of a condition it is.
        own: the key within itself under which a tree's or a part's rows lie.
    """

    title: str
    path: tuple[str, ...]
    model: Any
    parents: tuple[str, ...]
    shape: Literal["head", "list", "tree", "parts"]
    columns: tuple[Column, ...]
    own: tuple[str, ...] = ()

    def headers(self) -> tuple[str, ...]:
        """The header row."""
        extra = {"tree": (UNDER,), "parts": (PART,)}.get(self.shape, ())
        columns = tuple(column.header for column in self.columns)
        if self.shape == "tree":
            return (columns[0], *extra, *columns[1:])
        return (*self.parents, *extra, *columns)


def header(keys: tuple[str, ...]) -> str:
    """A key as a header: ``max age days``, ``source / title``."""
    return " / ".join(key.replace("_", " ") for key in keys)


def normal(text: str) -> str:
    """A header without regard to case, spaces and underscores."""
    return re.sub(r"\s*([/.])\s*", "/", re.sub(r"[\s_]+", " ", text)).strip().lower()


def key_of(model: Any) -> str:
    """The key by which records of a class are named: ``id``, or the first there is."""
    known = shape.fields(model)
    return "id" if "id" in known else next(iter(known))


@cache
def plans() -> tuple[SheetPlan, ...]:
    """Every sheet but the guide and the lists, parents before what belongs to them."""
    found: list[SheetPlan] = []
    columns = tuple(_columns(Framework, (), (), (), found))
    head = SheetPlan(HEAD, (), Framework, (), "head", columns)
    order = list(_NAMES)
    rank = {path: index for index, path in enumerate(order)}
    return (head, *sorted(found, key=lambda plan: rank.get(plan.path, len(order))))


def _columns(
    model: Any,
    path: tuple[str, ...],
    keys: tuple[str, ...],
    parents: tuple[str, ...],
    found: list[SheetPlan],
) -> Iterator[Column]:
    """Columns of a record and of the records inside it; lists of records go to `found`."""
    for key, (_, annotation, required) in shape.fields(model).items():
        if not path and key == "extends":
            continue
        here = (*path, key)
        sort = shape.kind(annotation)
        inner = shape.options(annotation)[0]
        if sort == "record" and not _contains_itself(inner):
            for column in _columns(inner, here, (*keys, key), parents, found):
                yield Column(column.keys, column.annotation, column.required and required)
        elif sort == "record":
            _add(inner, here, parents, found, "parts")
        elif sort == "list" and shape.kind(shape.item(inner)) == "record":
            item = shape.item(inner)
            if item is model:
                continue
            _add(item, here, parents, found, "tree" if _contains_itself(item) else "list")
        else:
            yield Column((*keys, key), annotation, required)


def _add(
    model: Any,
    path: tuple[str, ...],
    parents: tuple[str, ...],
    found: list[SheetPlan],
    form: Literal["list", "tree", "parts"],
) -> None:
    title, word = _NAMES.get(path, (header(path[-2:])[:31].capitalize(), path[-1]))
    own = tuple(_selves(model))
    inside: list[SheetPlan] = []
    columns = [
        column
        for column in _columns(model, path, (), (*parents, word or title.lower()), inside)
        if column.keys[0] not in own
    ]
    key = key_of(model)
    columns.sort(key=lambda column: column.keys != (key,))
    found.append(SheetPlan(title, path, model, parents, form, tuple(columns), own))
    found += inside


def _selves(model: Any) -> Iterator[str]:
    for key, (_, annotation, _) in shape.fields(model).items():
        if shape.kind(annotation) == "list" and shape.item(shape.options(annotation)[0]) is model:
            yield key


def _contains_itself(model: Any) -> bool:
    return any(True for _ in _selves(model))

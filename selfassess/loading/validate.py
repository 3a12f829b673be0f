"""Data judged by a model: the value, or every fault in words, each at its place in the file.

pydantic validates; what it finds is said here again in words for a person who writes no Python.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from selfassess.errors import Problem
from selfassess.loading import shape
from selfassess.loading.conforming import conforms
from selfassess.loading.decode import build
from selfassess.loading.explain import explain, type_at, value_at
from selfassess.loading.source import Document, KeyPath

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["Fault", "given", "validated"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem, and where in the file it stands; nowhere where that is not known."""

    place: tuple[int, int] | tuple[()]
    problem: Problem


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(model)


def validated(
    document: Document, data: Any, model: type[T], at: KeyPath
) -> tuple[T | None, list[Fault]]:
    """The value that data make, or else every fault.

    Args:
        document: where they stand, for places.
        data: the part of the document to judge.
        model: a dataclass, or a type made of dataclasses.
        at: where in the document that part begins.
    """
    if conforms(data, model):
        return build(data, model), []
    from pydantic import ValidationError

    shown, text = data, json.dumps(data)
    if "null" in text:
        shown = given(data, model)
        text = json.dumps(shown)
    try:
        return _adapter(cast("Any", model)).validate_json(text, strict=True), []
    except ValidationError as error:
        return None, list(_faults(document, error, shown, model, at))


def given(data: Any, annotation: Any) -> Any:
    """Leave out keys with nothing after them, where the model knows the key."""
    found = shape.options(annotation)
    if isinstance(data, dict):
        for option in found:
            sort = shape.kind(option)
            if sort == "record":
                known = shape.fields(option)
                return {
                    key: given(value, known[key][1] if key in known else Any)
                    for key, value in data.items()
                    if value is not None or key not in known
                }
            if sort == "mapping":
                inner = shape.item(option)
                return {k: given(value, inner) for k, value in data.items() if value is not None}
    if isinstance(data, list):
        for option in found:
            if shape.kind(option) == "list":
                return [given(value, shape.item(option)) for value in data]
    return data


def _faults(document: Document, error: Any, data: Any, model: Any, at: KeyPath) -> Iterator[Fault]:
    """Say each error in words; of a union, only what its fitting member says, or one fault."""
    seen: set[KeyPath] = set()
    for found in error.errors(include_url=False):
        path, annotation, union = _follow(model, found["loc"])
        unknown_key = found["type"] in ("unexpected_keyword_argument", "extra_forbidden")
        if union is not None:
            whole = type_at(model, union.path)
            fitting = _fitting(value_at(data, union.path), whole)
            if fitting is None:
                path, annotation = union.path, whole
            elif fitting is not union.member:
                continue
        if path in seen and not unknown_key:
            continue
        seen.add(path)
        message, hint = explain(found["type"], path, annotation, model, data)
        if found["type"].startswith("missing") and at + path in document.keys:
            # The key stands there, with nothing after it, which counts as not given.
            unknown_key = True
            message = message.replace(" is missing; expected", " holds nothing; expected")
            hint = f"Write what it is behind '{path[-1]}:'."
        where = document.place(at + path, key=unknown_key)
        positions = document.keys if unknown_key else document.values
        place = positions.get(at + path) or document.values.get((at + path)[:-1]) or ()
        yield Fault(place, Problem(where, message, hint))


@dataclass(frozen=True, slots=True)
class _Union:
    """A union that an error lies in, and the member that the error is about."""

    path: KeyPath
    member: Any


def _follow(model: Any, loc: tuple[Any, ...]) -> tuple[KeyPath, Any, _Union | None]:
    """Turn pydantic's location into a path of the file, its type, and the innermost union met."""
    path: list[str | int] = []
    annotation: Any = model
    union: _Union | None = None
    for step in loc:
        sort = shape.kind(annotation)
        if sort == "union":
            annotation = _member(annotation, str(step))
            union = _Union(tuple(path), annotation)
            continue
        if step == "[key]" or sort in ("leaf", "choice"):
            break
        path.append(step)
        if sort == "record":
            known = shape.fields(shape.options(annotation)[0])
            annotation = known[step][1] if step in known else Any
        else:
            annotation = shape.item(annotation)
    return tuple(path), annotation, union


_LABELS = {"tuple[": "list", "list[": "list", "dict[": "mapping", "literal[": "choice"}


def _member(annotation: Any, label: str) -> Any:
    """The member of a union that pydantic's label names."""
    wanted = next((sort for prefix, sort in _LABELS.items() if label.startswith(prefix)), None)
    for option in shape.options(annotation):
        if shape.kind(option) == wanted or getattr(option, "__name__", "") == label:
            return option
    return shape.options(annotation)[0]


def _fitting(value: Any, annotation: Any) -> Any:
    """The member of a union that has the value's shape, where that is a list or keys; or None."""
    wanted: tuple[str, ...] = ()
    if isinstance(value, list):
        wanted = ("list",)
    elif isinstance(value, dict):
        wanted = ("record", "mapping")
    return next((o for o in shape.options(annotation) if shape.kind(o) in wanted), None)

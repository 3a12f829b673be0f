"""Turns plain data into a model, or says everything that is wrong with it, each fault at its place.

pydantic validates; what it finds is said here again in words for a person who writes no Python. A
key with nothing after it counts as not given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from selfassess.errors import EvidenceError, Problem, SelfAssessError
from selfassess.loading import shape
from selfassess.loading.explain import explain, type_at, value_at
from selfassess.loading.source import Document, KeyPath, read

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from pydantic import TypeAdapter

__all__ = ["Parsed", "load", "parse", "schema_problem"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """A model, or the problems that stand in its way; never both."""

    value: T | None
    problems: tuple[Problem, ...] = ()


def load(
    file: Path | Traversable,
    model: type[T],
    *,
    schema: str | None = None,
    name: str | None = None,
    error: type[SelfAssessError] = EvidenceError,
) -> T:
    """Read and parse a file, or raise `error` with every problem in it.

    Args:
        file: the file.
        model: a dataclass, or a type made of dataclasses such as ``tuple[Measure, ...]``.
        schema: what the key ``schema:`` has to say; that key is then not handed to the model.
        name: what messages call the file; its path if absent.
        error: the class of error to raise.
    """
    parsed = parse(read(file, name), model, schema=schema)
    if parsed.problems:
        raise error(problems=parsed.problems)
    return cast("T", parsed.value)


def parse(
    document: Document, model: type[T], *, schema: str | None = None, at: KeyPath = ()
) -> Parsed[T]:
    """Validate a document against a model; all problems at once, in the file's order.

    Args:
        document: as read by `selfassess.loading.source.read`.
        model: a dataclass, or a type made of dataclasses.
        schema: what the key ``schema:`` has to say; that key is then not handed to the model.
        at: where in the document the model begins.
    """
    if document.problems:
        return Parsed(None, document.problems)
    data = document.data
    for step in at:
        data = data[step]
    faults: list[_Fault] = []
    if schema is not None:
        fault = schema_problem(document, schema)
        if fault is not None:
            faults.append(_Fault((), fault))
        if isinstance(data, dict):
            data = {key: value for key, value in data.items() if key != "schema"}
    value, found = _validate(document, data, model, at)
    faults += found
    if faults:
        return Parsed(None, tuple(dict.fromkeys(fault.problem for fault in _in_order(faults))))
    return Parsed(value)


def schema_problem(document: Document, expected: str) -> Problem | None:
    """Say what is wrong with a document's ``schema:`` key, or nothing."""
    found = document.data.get("schema") if isinstance(document.data, dict) else None
    if found == expected:
        return None
    if found is None:
        return Problem(
            document.place(),
            f"the key 'schema' is missing; expected 'schema: {expected}'.",
            f"Write 'schema: {expected}' as the file's first line.",
        )
    kind, _, version = str(found).partition("@")
    wanted, _, known = expected.partition("@")
    if kind == wanted and version != known:
        return Problem(
            document.place(("schema",)),
            f"version '{version}' of '{kind}' is not known; this toolkit reads version {known}.",
            f"Update the toolkit, or rewrite the file as '{expected}'.",
        )
    return Problem(
        document.place(("schema",)),
        f"the file says it is '{found}'; expected '{expected}'.",
        "Check that this is the right file in the right place.",
    )


@dataclass(frozen=True, slots=True)
class _Fault:
    place: tuple[int, int] | tuple[()]
    problem: Problem


def _in_order(faults: list[_Fault]) -> list[_Fault]:
    return sorted(faults, key=lambda fault: (tuple(fault.place), fault.problem))


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(model)


def _validate(
    document: Document, data: Any, model: type[T], at: KeyPath
) -> tuple[T | None, list[_Fault]]:
    from pydantic import ValidationError

    given = _given(data, model)
    try:
        return _adapter(cast("Any", model)).validate_json(json.dumps(given), strict=True), []
    except ValidationError as error:
        return None, list(_faults(document, error, given, model, at))


def _given(data: Any, annotation: Any) -> Any:
    """Leave out keys with nothing after them, where the model knows the key."""
    found = shape.options(annotation)
    if isinstance(data, dict):
        for option in found:
            sort = shape.kind(option)
            if sort == "record":
                known = shape.fields(option)
                return {
                    key: _given(value, known[key][1] if key in known else Any)
                    for key, value in data.items()
                    if value is not None or key not in known
                }
            if sort == "mapping":
                inner = shape.item(option)
                return {k: _given(value, inner) for k, value in data.items() if value is not None}
    if isinstance(data, list):
        for option in found:
            if shape.kind(option) == "list":
                return [_given(value, shape.item(option)) for value in data]
    return data


def _faults(document: Document, error: Any, data: Any, model: Any, at: KeyPath) -> Iterator[_Fault]:
    """Say each error in words; branches of one union become one fault."""
    seen: set[KeyPath] = set()
    for found in error.errors(include_url=False, include_context=True):
        path, annotation, union = _follow(model, found["loc"], data)
        key_fault = found["type"] in ("unexpected_keyword_argument", "extra_forbidden")
        if union is not None and not key_fault:
            deeper = value_at(data, union)
            if not (isinstance(deeper, list) and len(path) > len(union)) or _no_list(found["loc"]):
                if isinstance(deeper, list) and any(
                    shape.kind(option) == "list" for option in shape.options(type_at(model, union))
                ):
                    continue
                path, annotation = union, type_at(model, union)
        if path in seen and not key_fault:
            continue
        seen.add(path)
        message, hint = explain(found["type"], path, annotation, model, data)
        where = document.place(at + path, key=key_fault)
        positions = document.keys if key_fault else document.values
        place = positions.get(at + path) or document.values.get((at + path)[:-1]) or ()
        yield _Fault(place, Problem(where, message, hint))


def _no_list(loc: tuple[Any, ...]) -> bool:
    return not any(isinstance(step, str) and step.startswith(("tuple[", "list[")) for step in loc)


def _follow(model: Any, loc: tuple[Any, ...], data: Any) -> tuple[KeyPath, Any, KeyPath | None]:
    """Turn pydantic's location into a path of the file, its type, and the innermost union met."""
    path: list[str | int] = []
    annotation: Any = model
    union: KeyPath | None = None
    for step in loc:
        sort = shape.kind(annotation)
        if sort == "union":
            union = tuple(path)
            annotation = _branch(annotation, str(step))
            continue
        if step == "[key]" or sort in ("leaf", "choice"):
            break
        path.append(step)
        if sort == "record":
            known = shape.fields(shape.options(annotation)[0])
            annotation = known[step][1] if step in known else Any
        else:
            annotation = shape.item(annotation)
    if shape.kind(annotation) == "union":
        union = tuple(path)
    return tuple(path), annotation, union


def _branch(annotation: Any, label: str) -> Any:
    """The member of a union that pydantic's label names."""
    prefixes = {"tuple[": "list", "list[": "list", "dict[": "mapping", "literal[": "choice"}
    wanted = next((sort for prefix, sort in prefixes.items() if label.startswith(prefix)), None)
    for option in shape.options(annotation):
        if shape.kind(option) == wanted or getattr(option, "__name__", "") == label:
            return option
    return shape.options(annotation)[0]

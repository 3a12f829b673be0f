"""Turns plain data into a model, or says everything that is wrong with it, each fault at its place.

pydantic validates; what it finds is said here again in words for a person who writes no Python. A
key with nothing after it counts as not given.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from selfassess.errors import EvidenceError, Problem, SelfAssessError
from selfassess.loading import shape
from selfassess.loading.cache import ParsedCache
from selfassess.loading.conforming import conforms
from selfassess.loading.decode import build, fingerprint
from selfassess.loading.explain import explain, type_at, value_at
from selfassess.loading.source import (
    MAX_BYTES,
    Document,
    KeyPath,
    display_name,
    quick_data,
    read,
    read_bytes,
)

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from pydantic import TypeAdapter

__all__ = ["Parsed", "load", "parse", "read_and_parse", "schema_problem"]

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
    cache: Callable[[str], ParsedCache] | None = None,
) -> T:
    """Read and parse a file, or raise `error` with every problem in it.

    Args:
        file: the file.
        model: a dataclass, or a type made of dataclasses such as ``tuple[Measure, ...]``.
        schema: what the key ``schema:`` has to say; that key is then not handed to the model.
        name: what messages call the file; its path if absent.
        error: the class of error to raise.
        cache: see `read_and_parse`.
    """
    _, parsed = read_and_parse(file, model, schema=schema, name=name, cache=cache)
    if parsed.problems:
        raise error(problems=parsed.problems)
    return cast("T", parsed.value)


def read_and_parse(
    file: Path | Traversable,
    model: type[T],
    *,
    schema: str | None = None,
    name: str | None = None,
    cache: Callable[[str], ParsedCache] | None = None,
) -> tuple[Document, Parsed[T]]:
    """Read and parse a file; with a cache, the document of a sound file has no places.

    Args:
        file: the file.
        model: a dataclass.
        schema: what the key ``schema:`` has to say.
        name: what messages call the file; its path if absent.
        cache: makes the cache, from a fingerprint of the model; None reads the file anew.
    """
    if cache is None:
        document = read(file, name)
        return document, parse(document, model, schema=schema)
    label = name or display_name(file)
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError:
        return read_and_parse(file, model, schema=schema, name=label)
    store = cache(fingerprint(model))
    data = store.get(content)
    if isinstance(data, dict) and (schema is None or data.get("schema") == schema):
        plain = {key: value for key, value in data.items() if schema is None or key != "schema"}
        # An entry that does not fit the model is as good as none.
        with contextlib.suppress(KeyError, TypeError, ValueError, IndexError, AttributeError):
            return Document(label, data), Parsed(build(plain, model))
    document = Document(label, quick_data(content))
    parsed = parse(document, model, schema=schema)
    if parsed.problems:
        # A fault needs its place, which the slower scanner alone gives.
        document = read_bytes(content, label)
        parsed = parse(document, model, schema=schema)
    if parsed.value is not None:
        store.put(content, document.data)
    return document, parsed


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
    if conforms(data, model):
        return build(data, model), []
    from pydantic import ValidationError

    given, text = data, json.dumps(data)
    if "null" in text:
        given = _given(data, model)
        text = json.dumps(given)
    try:
        return _adapter(cast("Any", model)).validate_json(text, strict=True), []
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
        yield _Fault(place, Problem(where, message, hint))


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

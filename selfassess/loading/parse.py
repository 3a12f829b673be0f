"""Turns plain data into a model, or says everything that is wrong with it, each fault at its place.

A key with nothing after it counts as not given.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from selfassess.errors import EvidenceError, Problem, SelfAssessError
from selfassess.loading.cache import ParsedCache
from selfassess.loading.decode import build, fingerprint
from selfassess.loading.source import (
    MAX_BYTES,
    Document,
    KeyPath,
    display_name,
    quick_data,
    read,
    read_bytes,
)
from selfassess.loading.validate import Fault, validated

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

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
    faults: list[Fault] = []
    if schema is not None:
        fault = schema_problem(document, schema)
        if fault is not None:
            faults.append(Fault((), fault))
        if isinstance(data, dict):
            data = {key: value for key, value in data.items() if key != "schema"}
    value, found = validated(document, data, model, at)
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


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (tuple(fault.place), fault.problem))

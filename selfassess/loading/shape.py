"""What a model allows where: its keys and types, read from the dataclasses themselves."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

__all__ = ["Kind", "choices", "describe", "fields", "item", "kind", "options", "yaml_name"]

Kind = Literal["record", "list", "mapping", "choice", "union", "leaf"]


def yaml_name(name: str) -> str:
    """The key of a field in YAML: ``if_`` is written ``if``."""
    return name.rstrip("_")


@cache
def fields(model: Any) -> dict[str, tuple[str, Any, bool]]:
    """Keys of a dataclass as they stand in YAML: field name, type, whether required."""
    hints = get_type_hints(model)
    return {
        yaml_name(field.name): (
            field.name,
            hints[field.name],
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(model)
    }


def options(annotation: Any) -> tuple[Any, ...]:
    """The types that a value may have, None left out: one, or several for a union."""
    if get_origin(annotation) in (Union, types.UnionType):
        return tuple(part for part in get_args(annotation) if part is not type(None))
    return (annotation,)


@cache
def kind(annotation: Any) -> Kind:
    """What sort of value a type means in YAML."""
    found = options(annotation)
    if len(found) != 1:
        return "union"
    only = found[0]
    origin = get_origin(only)
    if dataclasses.is_dataclass(only):
        return "record"
    if origin in (tuple, list, frozenset):
        return "list"
    if origin is Literal:
        return "choice"
    if only in (dict, Mapping) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return "mapping"
    return "leaf"


def choices(annotation: Any) -> tuple[str, ...]:
    """The words that a type allows, from every literal in it."""
    return tuple(
        str(word)
        for part in options(annotation)
        if get_origin(part) is Literal
        for word in get_args(part)
    )


def item(annotation: Any) -> Any:
    """The type of a list's items or of a mapping's values; Any where it says nothing."""
    arguments = [part for part in get_args(options(annotation)[0]) if part is not Ellipsis]
    return arguments[-1] if arguments else Any


_WORDS: dict[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dt.date: "a date as YYYY-MM-DD",
    dt.datetime: "a date and time as YYYY-MM-DD HH:MM",
    Any: "a value",
    object: "a value",
}


def describe(annotation: Any) -> str:
    """Say in plain words what a type expects."""
    parts = []
    for part in options(annotation):
        sort = kind(part)
        if sort == "list":
            inner = options(item(part))
            many = "text" if inner == (str,) else ""
            parts.append("a list of text" if many else "a list")
        elif sort == "choice":
            words = choices(part)
            parts.append(("one of " if len(words) > 1 else "") + ", ".join(words))
        elif sort in ("record", "mapping"):
            parts.append("keys with values")
        else:
            parts.append(_WORDS.get(part, "a value"))
    return " or ".join(dict.fromkeys(parts))

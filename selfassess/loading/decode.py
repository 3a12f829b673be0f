"""Builds models from data that were valid before; pydantic is not even imported.

Validation and its messages are `parse`'s business. Here a surprise is an exception, and the caller
reads the file anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from selfassess.loading import shape

__all__ = ["build", "fingerprint"]


def build(data: Any, annotation: Any) -> Any:
    """Build a value of the type; None for nothing."""
    make = _builder(annotation)
    return data if data is None or make is None else make(data)


Builder = Callable[[Any], Any]


def _builder(annotation: Any) -> Builder | None:
    """What makes a value of the type from data that are there; None where they are the value."""
    found = shape.options(annotation)
    return _plain_builder(found[0]) if len(found) == 1 else partial(_union, found, {})


def _plain_builder(option: Any) -> Builder | None:
    sort = shape.kind(option)
    if sort == "record":
        return partial(_record, option)
    if sort == "list":
        return partial(_list, _builder(shape.item(option)))
    if sort == "mapping":
        return partial(_mapping, _builder(shape.item(option)))
    if option is dt.date:
        return dt.date.fromisoformat
    return float if option is float else None


def _record(model: Any, data: Mapping[str, Any]) -> Any:
    known = _members(model)
    values = {}
    for key, value in data.items():
        name, make = known[key]
        if value is not None:
            values[name] = value if make is None else make(value)
    return model(**values)


@cache
def _members(model: Any) -> dict[str, tuple[str, Builder | None]]:
    """For a key, the field and what makes its value.

    Worked out once a model: a start builds some ten thousand values of some hundred types. By the
    model, as two unions of other orders count as the same type.
    """
    return {key: (name, _builder(inner)) for key, (name, inner, _) in shape.fields(model).items()}


def _list(make: Builder | None, data: Iterable[Any]) -> tuple[Any, ...]:
    if make is None:
        return tuple(data)
    return tuple([None if value is None else make(value) for value in data])


def _mapping(make: Builder | None, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value if make is None else make(value)
        for key, value in data.items()
        if value is not None
    }


def _union(options: Sequence[Any], known: dict[type[Any], Builder | None], data: Any) -> Any:
    """Build by the member that fits; what was found for one sort of data holds for the next."""
    sort = type(data)
    if sort not in known:
        known[sort] = _plain_builder(_option(data, options))
    make = known[sort]
    return data if make is None else make(data)


def fingerprint(*models: Any) -> str:
    """Hash what the models allow; it differs as soon as any key or type does."""
    seen: dict[Any, str] = {}
    for model in models:
        _collect(model, seen)
    return hashlib.sha256("\n".join(sorted(seen.values())).encode()).hexdigest()


def _option(data: Any, found: Sequence[Any]) -> Any:
    """The member of a union that fits the data."""
    wanted: tuple[str, ...] = ("leaf", "choice")
    if isinstance(data, (list, dict)):
        wanted = ("list",) if isinstance(data, list) else ("record", "mapping")
    fitting = [option for option in found if shape.kind(option) in wanted]
    for option in fitting:
        if option is type(data):
            return option
    numbers = [option for option in fitting if option is float and type(data) is int]
    return (numbers or [option for option in fitting if option not in (int, float)])[0]


def _collect(annotation: Any, seen: dict[Any, str]) -> None:
    for option in shape.options(annotation):
        sort = shape.kind(option)
        if sort == "record" and option not in seen:
            known = shape.fields(option)
            seen[option] = f"{option.__qualname__}: {sorted(known.items())!r}"
            for _, inner, _ in known.values():
                _collect(inner, seen)
        elif sort in ("list", "mapping"):
            _collect(shape.item(option), seen)

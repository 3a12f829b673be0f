"""Records that were written as JSON, made anew from it: dataclasses, tuples, lists, sets, dates."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, Union, get_args, get_origin, get_type_hints

__all__ = ["restored"]

Maker = Callable[[Any], Any]


def restored(data: Any, annotation: Any) -> Any:
    """A value of a type from its plain data, as JSON gives it back.

    Texts, numbers and truths are taken as they are: a whole number in a field for any number stays
    whole. A record that is made already stays. Keys of mappings are texts.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: the data are not of the type.
    """
    make = _maker(annotation)
    return data if make is None or data is None else make(data)


@cache
def _maker(annotation: Any) -> Maker | None:
    """What makes a value of the type; None where the plain data are the value."""
    several = get_origin(annotation) in (Union, types.UnionType)
    parts = [each for each in get_args(annotation) if each is not types.NoneType] * several
    if len(parts) > 1:
        return None
    only = parts[0] if parts else annotation
    origin, inner = get_origin(only), get_args(only)
    if isinstance(only, type) and dataclasses.is_dataclass(only):
        hints = get_type_hints(only)
        made = {name: make for name, hint in hints.items() if (make := _maker(hint)) is not None}
        return partial(_record, only, made)
    if origin is tuple and inner[-1] is not Ellipsis:
        makers = tuple(_maker(each) for each in inner)
        return tuple if not any(makers) else partial(_places, makers)
    if origin in (tuple, list, frozenset):
        return partial(_many, origin, _maker(inner[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        make = _maker(inner[1])
        return None if make is None else partial(_mapping, make)
    return dt.date.fromisoformat if only is dt.date else None


def _record(model: Any, makers: Mapping[str, Maker], data: Mapping[str, Any]) -> Any:
    if isinstance(data, model):
        return data
    values = dict(data)
    for name, make in makers.items():
        value = values.get(name)
        if value is not None:
            values[name] = make(value)
    return model(**values)


def _places(makers: tuple[Maker | None, ...], data: Any) -> tuple[Any, ...]:
    pairs = zip(makers, data, strict=True)
    return tuple(each if make is None or each is None else make(each) for make, each in pairs)


def _many(kind: Any, make: Maker | None, data: Any) -> Any:
    return kind(data) if make is None else kind([None if x is None else make(x) for x in data])


def _mapping(make: Maker, data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: None if value is None else make(value) for key, value in data.items()}

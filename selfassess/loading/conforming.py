"""Whether data are of a model, told without pydantic where that is plain.

Most files are sound, and to prepare pydantic for all models takes longer than to read them. Where
this says yes, pydantic says yes too and `build` makes the same value. Where it says no, nothing is
settled: pydantic judges, and says what is wrong.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, get_args, get_origin

from selfassess.loading import shape

__all__ = ["conforms"]

Test = Callable[[Any], bool]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def conforms(data: Any, annotation: Any) -> bool:
    """Whether data, as YAML gives them, are plainly of a type; a key with nothing is not given."""
    return _test(annotation)(data)


@cache
def _test(annotation: Any) -> Test:
    found = shape.options(annotation)
    if len(found) > 1:
        return partial(_one_alone, tuple(_test(each) for each in found))
    only = found[0]
    sort = shape.kind(only)
    if sort == "record":
        return partial(_record, only)
    if sort == "list":
        inner = get_args(only)
        plain = get_origin(only) is tuple and len(inner) == 2 and inner[1] is Ellipsis
        return partial(_list, _test(inner[0])) if plain else _never
    if sort == "mapping":
        keys = get_args(only)[:1]
        return partial(_mapping, _test(shape.item(only))) if keys == (str,) else _never
    if sort == "choice":
        return partial(_choice, frozenset((type(word), word) for word in get_args(only)))
    return _LEAVES.get(only, _never)


@cache
def _members(model: Any) -> tuple[dict[str, Test], frozenset[str]]:
    """The test of each key, and the keys that have to be there."""
    known = shape.fields(model)
    tests = {key: _test(inner) for key, (_, inner, _) in known.items()}
    return tests, frozenset(key for key, (_, _, required) in known.items() if required)


def _record(model: Any, data: Any) -> bool:
    if type(data) is not dict:
        return False
    tests, required = _members(model)
    missing = set(required)
    for key, value in data.items():
        test = tests.get(key)
        if test is None:
            return False
        if value is not None:
            if not test(value):
                return False
            missing.discard(key)
    return not missing


def _list(test: Test, data: Any) -> bool:
    return type(data) is list and all(map(test, data))


def _mapping(test: Test, data: Any) -> bool:
    return type(data) is dict and all(
        type(key) is str and (value is None or test(value)) for key, value in data.items()
    )


def _choice(words: frozenset[tuple[type[Any], Any]], data: Any) -> bool:
    return type(data) in (str, int, bool) and (type(data), data) in words


def _one_alone(tests: tuple[Test, ...], data: Any) -> bool:
    return sum(test(data) for test in tests) == 1


def _day(data: Any) -> bool:
    if type(data) is not str or not _DAY.fullmatch(data):
        return False
    try:
        dt.date.fromisoformat(data)
    except ValueError:
        return False
    return True


def _number(data: Any) -> bool:
    return type(data) in (int, float) and math.isfinite(data)


def _plain(data: Any) -> bool:
    """Whether it is what JSON has, all through."""
    if type(data) is dict:
        return all(type(key) is str and _plain(value) for key, value in data.items())
    if type(data) is list:
        return all(map(_plain, data))
    return data is None or type(data) in (str, bool) or _number(data)


def _never(_: Any) -> bool:
    return False


_LEAVES: Mapping[Any, Test] = {
    str: lambda data: type(data) is str,
    bool: lambda data: type(data) is bool,
    int: lambda data: type(data) is int,
    float: _number,
    dt.date: _day,
    Any: _plain,
}

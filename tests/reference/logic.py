"""Cells that may be blank (None) or unreadable (UNKNOWN), and conditions that hang on them.

A comparison with a blank is False. One with an unreadable cell is UNKNOWN, and stays so only where
the other parts of a condition do not settle it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any


class Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        raise TypeError("an unknown is neither true nor false")


UNKNOWN = Unknown()


def unknown(*values: Any) -> bool:
    return any(value is UNKNOWN for value in values)


def compared(how: Callable[[Any, Any], bool], a: Any, b: Any) -> Any:
    if unknown(a, b):
        return UNKNOWN
    return a is not None and b is not None and how(a, b)


def eq(a: Any, b: Any) -> Any:
    return compared(operator.eq, a, b)


def lt(a: Any, b: Any) -> Any:
    return compared(operator.lt, a, b)


def le(a: Any, b: Any) -> Any:
    return compared(operator.le, a, b)


def gt(a: Any, b: Any) -> Any:
    return compared(operator.gt, a, b)


def ge(a: Any, b: Any) -> Any:
    return compared(operator.ge, a, b)


def one_of(a: Any, options: Iterable[Any]) -> Any:
    return UNKNOWN if a is UNKNOWN else a in set(options)


def blank(a: Any) -> Any:
    return UNKNOWN if a is UNKNOWN else a is None


def no(a: Any) -> Any:
    return UNKNOWN if a is UNKNOWN else not a


def both(*parts: Any) -> Any:
    if any(part is False for part in parts):
        return False
    return UNKNOWN if unknown(*parts) else True


def either(*parts: Any) -> Any:
    if any(part is True for part in parts):
        return True
    return UNKNOWN if unknown(*parts) else False


def choose(test: Any, then: Any, other: Any) -> Any:
    return UNKNOWN if test is UNKNOWN else then if test else other


def first_of(*values: Any) -> Any:
    for value in values:
        if value is not None:
            return value
    return None


def apply(how: Callable[..., Any], *values: Any) -> Any:
    """A function of filled values; blank or unknown where one of them is."""
    if unknown(*values):
        return UNKNOWN
    return None if any(value is None for value in values) else how(*values)

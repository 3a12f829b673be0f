"""Data classes that cost a start little.

For each class the standard library writes and compiles six methods. Five of them (comparing,
hashing, printing, and refusing to be changed or robbed of a field) say the same for every class,
so that here they are written once. Of some three hundred classes that takes a thirtieth of a run.

A class made here is a data class in every other way: `dataclasses.fields`, `replace` and
`is_dataclass` take it, and to a type checker the decorator is the standard library's own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, **options):
        """Make a data class; takes what the standard library's decorator of this name takes.

        What is not frozen, or keeps its fields in a dictionary, is left to the standard library.
        """
        if not (frozen and slots) or options.keys() - {"kw_only"}:
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, **options)

        def made(plain):
            own = dataclasses.dataclass(
                plain, init=False, repr=False, eq=False, slots=True, **options
            )
            own.__init__ = _init(own)
            own.__compared__ = _compared(own)
            for name, method in _METHODS.items():
                if name not in vars(plain):
                    setattr(own, name, method)
            return own

        return made if cls is None else made(cls)


def _init(cls: Any) -> Callable[..., None]:
    """The one method that differs by class; it sets each field through its slot."""
    known: dict[str, Any] = {"MISSING": dataclasses.MISSING}
    positional, named, lines = ["self"], list[str](), ["pass"]
    for each in dataclasses.fields(cls):
        name = value = taken = each.name
        known[f"set_{name}"] = getattr(cls, name).__set__
        if each.default_factory is not dataclasses.MISSING:
            known[f"new_{name}"] = each.default_factory
            taken, value = f"{name}=MISSING", f"new_{name}() if {name} is MISSING else {name}"
        elif each.default is not dataclasses.MISSING:
            known[f"default_{name}"] = each.default
            taken = f"{name}=default_{name}"
        (named if each.kw_only else positional).append(taken)
        lines.append(f"set_{name}(self, {value})")
    takes = ", ".join([*positional, *(["*", *named] if named else [])])
    exec(f"def __init__({takes}):\n " + "\n ".join(lines), known)  # noqa: S102 - names of fields
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _compared(cls: Any) -> Callable[[Any], Any]:
    """What gives the values by which two of a class are compared."""
    names = [each.name for each in dataclasses.fields(cls) if each.compare]
    return attrgetter(*names) if names else lambda _: ()


class _Shared:
    """The methods that all classes have alike."""

    __compared__: Callable[[Any], Any]

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        values = self.__class__.__compared__
        return bool(values(self) == values(other))

    def __hash__(self) -> int:
        return hash(self.__class__.__compared__(self))

    def __repr__(self) -> str:
        shown = [each.name for each in _fields(self) if each.repr]
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{self.__class__.__qualname__}({values})"

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self) -> list[Any]:
        return [getattr(self, each.name) for each in _fields(self)]

    def __setstate__(self, state: list[Any]) -> None:
        for each, value in zip(_fields(self), state, strict=True):
            object.__setattr__(self, each.name, value)


_METHODS = {name: item for name, item in vars(_Shared).items() if callable(item)}


def _fields(of: Any) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(of)

"""What several nouns share: where a fact comes from, what a scope is, how YAML maps to a class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal

__all__ = [
    "MONTHS",
    "STRICT",
    "VOICES",
    "Provenance",
    "Scope",
    "Source",
    "Voice",
    "scope",
    "scope_text",
]

Provenance = Literal["official", "ours", "unverified"]
Voice = Literal[
    "data",
    "practice-audit",
    "child",
    "family",
    "staff",
    "partner",
    "inspector",
    "leaders",
    "learning-review",
]

VOICES: Mapping[str, str] = {
    "data": "Data",
    "practice-audit": "Practice audit",
    "child": "Children",
    "family": "Families",
    "staff": "Staff",
    "partner": "Partners",
    "inspector": "Inspectors",
    "leaders": "Leaders",
    "learning-review": "A learning review",
}
"""How a sentence begins that lets a voice speak."""
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Not `calendar.month_name`: that follows the machine's locale."""

Scope = tuple[tuple[str, str], ...]
"""A part of the whole, as sorted (dimension, value) pairs; ``()`` is the whole."""


def scope(pairs: Mapping[str, Any] | None) -> Scope:
    """Turn ``{"team": "north"}`` into a `Scope`: sorted, hashable, all text."""
    return tuple(sorted((str(key), str(value)) for key, value in (pairs or {}).items()))


@lru_cache(maxsize=4096)
def scope_text(where: Scope) -> str:
    """Write a scope as it stands in ids: ``[rag=amber,team=hub]``, or nothing for the whole."""
    return "[" + ",".join(f"{key}={value}" for key, value in where) + "]" if where else ""


def _yaml_name(name: str) -> str:
    """YAML keys that are Python keywords carry a trailing underscore here: ``from_``, ``if_``."""
    return name.rstrip("_")


STRICT: dict[str, Any] = {
    "extra": "forbid",
    "alias_generator": _yaml_name,
    "populate_by_name": True,
}
"""Set as ``__pydantic_config__`` on every class that is read from YAML: unknown keys are errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from and on what terms it may be used."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    title: str
    publisher: str = ""
    url: str = ""
    licence: str = ""
    date: str = ""
    provenance: Provenance = "ours"
    note: str = ""

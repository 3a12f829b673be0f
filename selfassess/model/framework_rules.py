"""Ceilings and flags: what evidence by itself refutes, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Provenance, Voice

__all__ = ["Condition", "RegisterCondition", "Rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCondition:
    """Register entries that a rule looks for (judging-rules 9.14)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    direction: Literal["strength", "weakness"]
    severity: Literal["minor", "moderate", "serious"] | None = None
    topics: tuple[str, ...] | Literal["own", "practice"] | None = None
    voices: tuple[Voice, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    uncontested: bool = False
    distinct_topics: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition, or a list of them under `all` or `any`. Exactly one kind is set.

    ``measure`` (+ where, signal, at_least, at_most) · ``register`` · ``node`` + ceiling_at_most ·
    ``missing`` (an expectation's id) · ``all`` / ``any``.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    measure: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    signal: str | tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    register: RegisterCondition | None = None
    distinct_topics: int | None = None
    node: str | None = None
    ceiling_at_most: str | None = None
    missing: str | None = None
    all_: tuple[Condition, ...] = ()
    any_: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A ceiling or a flag: data, never code.

    Attributes:
        applies_to: judgements that the rule caps or flags; nothing for a flag on topics alone.
        topics: what its finding is about; nothing for the topics of the evidence that bound.
        responsible: bodies that its finding is addressed to.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    if_: Condition
    because: str
    applies_to: str | tuple[str, ...] = ()
    at_most: str | None = None
    flag: str | None = None
    topics: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    provenance: Provenance = "ours"

"""The words that files share: topics, dimensions, and the local standards that measures read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Provenance, Source

__all__ = ["Basis", "Dimension", "Setting", "SettingValue", "Topic"]

Basis = Literal["statute", "guidance", "benchmark", "local", "proposed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One of the words by which criteria, measures, entries and findings meet."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """A declared key of scopes.

    Attributes:
        values: the values allowed; empty means open.
        inherits: whether a part takes the total's band.
        partitions: whether the parts add up to the whole.
        history: whether its values are periods: such figures are earlier figures of the wider
            scope, shown as its history, not parts of it that could fail on their own.
        titles: values in words, where the value itself is no word.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    values: tuple[str, ...] = ()
    inherits: bool = False
    partitions: bool = False
    history: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingValue:
    """A setting's value for some keys; no keys is the fallback."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    value: float | str | tuple[str, ...]
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A local standard, read with ``setting(name, keys)``; a workspace may change it.

    Attributes:
        keys: keys that an expression may give besides those that the values name.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    values: tuple[SettingValue, ...]
    keys: tuple[str, ...] = ()
    unit: str = ""
    basis: Basis = "proposed"
    source: Source | None = None
    provenance: Provenance = "ours"

    def known_keys(self) -> tuple[str, ...]:
        """Every key that an expression may give, by name."""
        return tuple(sorted({*self.keys, *(key for each in self.values for key in each.keys)}))

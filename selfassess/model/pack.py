"""A pack: a folder of data that the toolkit reads and never runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from selfassess.model.common import STRICT

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["API", "Manifest", "Pack"]

API = 1
"""The version of the pack format that this toolkit reads; packs that state another are refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What ``pack.yaml`` says."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    version: str
    api: int
    title: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack found: its manifest, its folder and the plugin that handed it over.

    YAML files anywhere below `root` state their kind in their first key, ``schema``:
    ``selfassess/framework@1`` (one framework), ``selfassess/migration@1`` (how one edition became
    the next), ``selfassess/measures@1`` (``measures:``),
    ``selfassess/tables@1`` (``tables:``, ``views:``), ``selfassess/words@1`` (``topics:``,
    ``dimensions:``, ``settings:``), ``selfassess/crosswalk@1`` (two frameworks compared) and
    ``selfassess/overlay@1`` (local changes to one), ``selfassess/comparators@1`` (published
    figures that readings are set beside) and ``selfassess/quality@1`` (``rules:``, faults that rows
    can have). A folder with ``template.yaml`` is a report template.
    """

    manifest: Manifest
    root: Traversable
    plugin: str

    @property
    def id(self) -> str:
        """The pack's id."""
        return self.manifest.id

"""What an edition's migration file declares: how nodes of one edition became those of the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from selfassess.model.common import STRICT

__all__ = [
    "Editorial",
    "Merged",
    "Migration",
    "Moved",
    "Removed",
    "Renamed",
    "Split",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A node that stands in another place now.

    Attributes:
        under: id of its new parent, or ``top``.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    node: str
    under: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A node whose content several nodes share now; it may be one of them."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    node: str
    into: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Nodes whose content one node holds now; it may be one of them."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    nodes: tuple[str, ...]
    into: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A node, or a question, that goes on under another id.

    Attributes:
        node: the node's earlier id; or `question`.
        to: the new id.
        editorial: whether only its name changed, so that answers stand as they are.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    to: str
    because: str
    node: str | None = None
    question: str | None = None
    editorial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A node, or a question, that is gone and that nothing replaces."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    because: str
    node: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Editorial:
    """A node, or a question, that is worded anew and means what it meant."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    because: str
    node: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """What became of nodes and questions between two editions of a framework.

    What it does not name is left to the comparison of the two editions. What it names has to agree
    with them.

    Attributes:
        framework: the family's id.
        from_, to: the editions.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    framework: str
    from_: str
    to: str
    moved: tuple[Moved, ...] = ()
    split: tuple[Split, ...] = ()
    merged: tuple[Merged, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    removed: tuple[Removed, ...] = ()
    editorial: tuple[Editorial, ...] = ()

    @property
    def old(self) -> str:
        """Reference of the earlier edition."""
        return f"{self.framework}@{self.from_}"

    @property
    def new(self) -> str:
        """Reference of the later edition."""
        return f"{self.framework}@{self.to}"

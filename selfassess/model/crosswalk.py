"""What two frameworks have in common, so that evidence on one speaks to the other.

Evidence and findings carry across. Grades never do: inspectorates mean different things by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Provenance, Source

__all__ = ["CrossLink", "Crosswalk", "Gap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossLink:
    """Two nodes that are about the same work.

    Attributes:
        from_, to: ids of a node of each framework.
        relation: ``same``; ``part-of``: what `from_` is about is a part of what `to` is about;
            ``overlaps``: each holds something that the other does not.
        rationale: why, in a sentence that a reader of both can check.
        confidence: how sure whoever drew the link is.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    from_: str
    to: str
    relation: Literal["same", "part-of", "overlaps"]
    rationale: str
    confidence: Literal["low", "medium", "high"]
    provenance: Provenance = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A node that the other framework has nothing for.

    Attributes:
        node: its id, in either framework.
        side: in which of the two, where both have a node of that id.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    node: str
    because: str
    side: Literal["from", "to"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk:
    """How the nodes of one framework's edition answer to those of another's; read both ways.

    Attributes:
        from_, to: references, ``ofsted-ilacs@2026-04``.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    from_: str
    to: str
    title: str = ""
    links: tuple[CrossLink, ...]
    gaps: tuple[Gap, ...] = ()
    source: Source | None = None
    provenance: Provenance = "ours"

    @property
    def id(self) -> str:
        """Both references."""
        return f"{self.from_} = {self.to}"

    def connects(self, one: str, other: str) -> bool:
        """Whether it is between these two, in either direction."""
        return {self.from_, self.to} == {one, other}

    def seen_from(self, reference: str) -> tuple[tuple[str, str, CrossLink], ...]:
        """Each link as (that framework's node, the other's node, link)."""
        if reference == self.from_:
            return tuple((link.from_, link.to, link) for link in self.links)
        return tuple((link.to, link.from_, link) for link in self.links)

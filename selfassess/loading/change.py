"""One difference between two editions of a framework."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["COMPATIBLE", "PERSON", "Change", "Effect", "Kind", "Subject"]

Kind = Literal[
    "added",
    "removed",
    "moved",
    "split",
    "merged",
    "renamed",
    "reworded",
    "rescaled",
    "changed",
]
Subject = Literal[
    "framework", "node", "question", "scale", "body", "ceiling", "limiter", "band", "inspection"
]
Effect = Literal["compatible", "needs a person"]
COMPATIBLE: Effect = "compatible"
PERSON: Effect = "needs a person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two editions, and whether a self-evaluation stands after it.

    Attributes:
        kind: what happened. ``changed`` is anything that no answer hangs on, such as which measures
            a criterion uses.
        subject: what it happened to.
        id: its id in the earlier edition; in the later one where it is new.
        into: ids in the later edition, for what was split, merged or renamed.
        effect: ``compatible`` where everything that leaders wrote stands as it is; ``needs a
            person`` where somebody has to look at it again.
        editorial: for what was reworded or renamed, whether its meaning stayed.
        declared: whether a migration file says so; otherwise it was worked out.
        sentence: what happened, in plain words.
    """

    kind: Kind
    subject: Subject
    id: str
    sentence: str
    effect: Effect = COMPATIBLE
    into: tuple[str, ...] = ()
    editorial: bool | None = None
    declared: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The change as JSON has it; keys that say nothing are left out."""
        found: dict[str, Any] = {
            "kind": self.kind,
            "subject": self.subject,
            "id": self.id,
            "effect": self.effect,
            "sentence": self.sentence,
            "declared": self.declared,
        }
        if self.into:
            found["into"] = list(self.into)
        if self.editorial is not None:
            found["editorial"] = self.editorial
        return found

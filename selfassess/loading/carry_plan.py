"""What becomes of a self-evaluation between two editions: a plan that data and text follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from selfassess.loading.change import Change

__all__ = ["Archived", "ClaimPlan", "Created", "StepPlan"]


@dataclass(slots=True)
class ClaimPlan:
    """What becomes of one claim.

    Attributes:
        node: its key in the file.
        to: its key afterwards.
        archived: why it goes to the archive; None where it stays.
        reconfirm: what is said of it that a person has to look at.
        was_graded: the grade that is taken away; None where the grade stays.
        answers, texts: whole new texts, by question or key.
        items: what lists gain.
        private: whether it may not stand in a public report any more.
        dropped: questions whose answers go to the archive, each with the reason.
        questions: questions that have another id, by their earlier one.
        filled: claims whose text and evidence came to it.
    """

    node: str
    to: str
    archived: str | None = None
    reconfirm: list[str] = field(default_factory=list)
    was_graded: str | None = None
    answers: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    items: dict[str, list[Any]] = field(default_factory=dict)
    private: bool = False
    dropped: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    filled: list[str] = field(default_factory=list)

    @property
    def touched(self) -> bool:
        """Whether its content changes, its key apart."""
        return bool(
            self.reconfirm
            or self.was_graded
            or self.answers
            or self.texts
            or self.items
            or self.private
            or self.dropped
            or self.questions
        )


@dataclass(slots=True)
class Created:
    """A claim that the file did not hold.

    Attributes:
        beside: the claim in whose place it stands; None for the end.
        from_: claims that it carries on; empty for a new judgement.
    """

    node: str
    title: str
    claim: dict[str, Any]
    beside: str | None = None
    from_: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Archived:
    """An item of the archive: a whole claim, or the answers to one question of a claim."""

    node: str
    title: str
    edition: str
    why: str
    question: str | None = None

    def head(self) -> dict[str, str]:
        """Its keys, all but the claim."""
        return {"node": self.node, "title": self.title, "from": self.edition, "why": self.why}


@dataclass(slots=True)
class StepPlan:
    """What becomes of a self-evaluation on the way from one edition to the next.

    Attributes:
        pointers: nodes that actions and register entries may name and that are called otherwise
            now; None for one that is gone.
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    claims: dict[str, ClaimPlan] = field(default_factory=dict)
    created: list[Created] = field(default_factory=list)
    archived: list[Archived] = field(default_factory=list)
    pointers: dict[str, str | None] = field(default_factory=dict)

    @property
    def restructures(self) -> bool:
        """Whether more changes in the file than names."""
        return bool(
            self.created or self.archived or any(plan.touched for plan in self.claims.values())
        )

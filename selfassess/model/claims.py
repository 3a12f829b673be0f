"""What people say: entries of the register, leaders' claims, and the actions that they plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Scope, Voice

__all__ = ["Claim", "ClaimItem", "PlannedAction", "RegisterEntry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """Evidence that is not a number (judging-rules 2).

    Attributes:
        public: whether its text may leave the council; `partner`: for safeguarding partners alone.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    topic: str
    direction: Literal["strength", "weakness", "fact", "plan"]
    voice: Voice
    text: str
    source: str = ""
    severity: Literal["minor", "moderate", "serious"] = "moderate"
    agreed_by: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    date: dt.date | None = None
    sample: int | None = None
    criterion: str | None = None
    judgement: str | None = None
    public: bool = False
    partner: bool = False
    published: bool = False

    @property
    def scope(self) -> Scope:
        """`where` as a scope."""
        return tuple(sorted((str(k), str(v)) for k, v in self.where.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimItem:
    """One strength or weakness with the evidence for it.

    Attributes:
        public: whether it may leave the council; nothing for what its claim says of itself.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    text: str
    evidence: tuple[str, ...] = ()
    public: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What leaders say of a judgement, or of one criterion.

    Attributes:
        strengths, weaknesses: a sentence each, or one with its own evidence.
        public: whether it may leave the council; `partner`: for safeguarding partners alone.
        reconfirm: why somebody has to look at it again, such as a new edition's other wording; a
            person takes each line away when it is done.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    grade: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    strengths: tuple[str | ClaimItem, ...] = ()
    weaknesses: tuple[str | ClaimItem, ...] = ()
    so_what: str = ""
    evidence: tuple[str, ...] = ()
    author: str = ""
    date: dt.date | None = None
    status: Literal["draft", "reviewed", "approved", "endorsed", "published"] = "draft"
    public: bool = False
    partner: bool = False
    reconfirm: tuple[str, ...] = ()

    def items(self, kind: Literal["strengths", "weaknesses"]) -> tuple[ClaimItem, ...]:
        """Its strengths or weaknesses, each as an item that says whether it may leave."""
        listed: tuple[str | ClaimItem, ...] = getattr(self, kind)
        found = [ClaimItem(text=each) if isinstance(each, str) else each for each in listed]
        return tuple(
            replace(each, public=self.public if each.public is None else each.public)
            for each in found
        )

    def references(self) -> tuple[str, ...]:
        """Every piece of evidence that it names, once each, its items' own included."""
        items = (*self.items("strengths"), *self.items("weaknesses"))
        named = [*self.evidence, *(each for item in items for each in item.evidence)]
        return tuple(dict.fromkeys(named))

    @property
    def blank(self) -> bool:
        """Whether it says nothing yet."""
        said = (self.grade, self.so_what, *self.answers.values(), *self.strengths, *self.weaknesses)
        return not any(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """An improvement action as the self-evaluation lists it.

    Attributes:
        responsible: bodies of the framework that have to act.
        tags: what it serves in another framework, such as ``nf:outcome-3``.
        public: whether it may leave the council; `partner`: for safeguarding partners alone.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    owner: str = ""
    responsible: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    due: dt.date | None = None
    why: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    criterion: str | None = None
    judgement: str | None = None
    success_measures: tuple[str, ...] = ()
    outcome: str = ""
    status: str = ""
    public: bool = False
    partner: bool = False

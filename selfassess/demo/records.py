"""What happens to a child in the demo, one class a kind of event; days are ordinals."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "Adoption",
    "Assessment",
    "Care",
    "Enquiry",
    "Leaver",
    "Need",
    "Protection",
    "Referral",
    "Visit",
]


@dataclass(slots=True)
class Referral:
    """A referral; `earlier` counts the child's others in the twelve months before it."""

    date: int
    source: str
    nfa: bool
    earlier: int


@dataclass(slots=True)
class Assessment:
    """A continuous assessment; open while `end` is None."""

    start: int
    end: int | None
    seen: bool
    support: bool | None


@dataclass(slots=True)
class Enquiry:
    """A section 47 enquiry; `unnecessary` is None while nobody has decided."""

    date: int
    unnecessary: bool | None
    conference: int | None
    plan: bool | None
    earlier_enquiries: int
    earlier_conferences: int


@dataclass(slots=True)
class Visit:
    """A visit, the day on which it was written up, and whether the child was seen alone."""

    date: int
    recorded: int | None
    alone: bool


@dataclass(slots=True)
class Need:
    """A child in need episode, from referral to closing, whatever plan runs inside it."""

    start: int
    code: str
    end: int | None = None
    reason: str | None = None
    visits: list[Visit] = field(default_factory=list)


@dataclass(slots=True)
class Protection:
    """A child protection plan."""

    start: int
    category: str
    latest: str
    earlier: int
    end: int | None = None
    emergency: bool = False
    review: int | None = None
    visits: list[Visit] = field(default_factory=list)


@dataclass(slots=True)
class Care:
    """A period of care."""

    start: int
    code: str
    end: int | None = None
    reason: str | None = None
    legal: str = ""
    legal_from: int = 0
    again: bool = False
    placement: str = ""
    provider: str = ""
    placed: int = 0
    placements: int = 1
    inside: bool = True
    other_council: bool = False
    postcode: str = ""
    urn: str = ""
    permanence: str | None = None
    review: int | None = None
    officer: int | None = None
    health: int | None = None
    dental: int | None = None
    missing: int = 0
    absent: int = 0
    offered: str | None = None
    accepted: str | None = None
    visits: list[Visit] = field(default_factory=list)


@dataclass(slots=True)
class Leaver:
    """A young person entitled to leaving care services now."""

    eligibility: str
    in_touch: str
    contact: int | None
    review: int | None
    accommodation: str | None
    suitable: str | None
    activity: str | None


@dataclass(slots=True)
class Adoption:
    """A child's way to adoption; each step is None until it is reached."""

    family: int
    entered: int
    decided: int
    order: int | None = None
    matched: int | None = None
    placed: int | None = None
    adopted: int | None = None
    reversed: int | None = None
    reason: str | None = None

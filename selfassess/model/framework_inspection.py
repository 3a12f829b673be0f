"""How an inspection is carried out: of whom, when, on what evidence, with what findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Provenance

__all__ = [
    "Anchor",
    "Body",
    "Clock",
    "Cohort",
    "Due",
    "EvidenceRequest",
    "FindingType",
    "Inspection",
    "PrincipalAuthority",
    "Sample",
]

Anchor = Literal["notice", "fieldwork-start", "fieldwork-end", "publication"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organisation that answers for criteria, findings or actions."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A time after an event of the inspection: exactly one of working days, weeks and months.

    Attributes:
        anchor_counts: whether the day of the event is day 1; otherwise the day after is.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    after: Anchor
    working_days: int | None = None
    weeks: int | None = None
    months: int | None = None
    anchor_counts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Something that is to happen, or is seen to happen, a time after an event.

    Attributes:
        basis: ``stated`` by the inspectorate, or ``observed`` in published reports.
        low, high: the span of what was observed, in the unit of `due`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    due: Due
    basis: Literal["stated", "observed"] = "stated"
    low: int | None = None
    high: int | None = None
    responsible: tuple[str, ...] = ()
    provenance: Provenance = "ours"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """The children or adults that an inspection is about; ages in whole years, both included."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    title: str
    unborn: bool = False
    from_age: int | None = None
    to_age: int | None = None
    provenance: Provenance = "ours"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How many of something inspectors look at."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    of: str
    at_least: int
    at_most: int
    provenance: Provenance = "ours"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequest:
    """Something that inspectors ask for.

    Attributes:
        columns: of a list, by name.
        cohort: whom a list holds, in words.
        look_back_months: how far back it reaches.
        responsible: bodies that supply it; none for all of them.
        tables: the tables that hold a list, so that it is seen whether it is there.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    kind: Literal["list", "document", "audit", "survey"]
    tables: tuple[str, ...] = ()
    cohort: str = ""
    look_back_months: int | None = None
    columns: tuple[str, ...] = ()
    due: Due | None = None
    responsible: tuple[str, ...] = ()
    provenance: Provenance = "ours"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingType:
    """A kind of finding that a report holds.

    Attributes:
        severity: 0 for praise or summary, rising with urgency.
        addressed: whether each finding of the type names the bodies that have to act.
        reply: id of the clock by which bodies answer it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    kind: Literal["headline", "priority-action", "improve", "strength", "recommendation"]
    severity: int = 0
    addressed: Literal["no", "may", "must"] = "no"
    reply: str | None = None
    provenance: Provenance = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipalAuthority:
    """The body that answers on behalf of all.

    Attributes:
        body: which one; nothing where it is named in each report.
        writes: what it writes.
        reply: id of the clock by which it does.
        overseen_by: bodies that oversee what was promised.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    body: str | None = None
    writes: str
    reply: str | None = None
    overseen_by: tuple[str, ...] = ()
    provenance: Provenance = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """How inspections under the framework are carried out, as far as it is known.

    Attributes:
        look_back_months: the time that inspectors mainly look at.
        calendar: the holidays by which working days are counted.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    cohort: Cohort | None = None
    look_back_months: int | None = None
    samples: tuple[Sample, ...] = ()
    evidence_requests: tuple[EvidenceRequest, ...] = ()
    clocks: tuple[Clock, ...] = ()
    calendar: Literal["england"] = "england"
    finding_types: tuple[FindingType, ...] = ()
    principal_authority: PrincipalAuthority | None = None

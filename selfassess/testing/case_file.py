"""A published case, as its file says it; every fault with its line, all at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from selfassess.errors import CaseError, Problem
from selfassess.model.common import STRICT, Voice

if TYPE_CHECKING:
    from selfassess.loading.source import Document

__all__ = [
    "GRADE",
    "Case",
    "CaseReading",
    "CaseSource",
    "Expect",
    "Inspection",
    "Range",
    "Statement",
    "read_case",
]

GRADE = "grade"
"""In ``must_not``: no grade anywhere in the output."""
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Plain = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The inspection, and the framework by which its facts are judged here."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    kind: str
    framework: str
    published: dt.date | str | int | None = None
    edition: str | int | None = None
    theme: str = ""
    area: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSource:
    """Where the facts were printed."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    title: str
    publisher: str = ""
    url: str = ""
    date: dt.date | str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A figure published as a range."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReading:
    """A published figure: one value, a trend (oldest first) or a range.

    Attributes:
        n: the base of a rate, where it was printed.
        from_, to: the period, where it was printed; else the figure is dated as-at.
        over: the time that a trend covers, in the source's words.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    measure: str
    value: Range | tuple[float, ...] | float
    unit: str = ""
    where: Mapping[str, Plain] = field(default_factory=dict)
    n: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    comparator: float | None = None
    from_: dt.date | None = None
    to: dt.date | None = None
    over: Plain = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A fact without a number, as a register entry would hold it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    topic: str
    direction: Literal["strength", "weakness", "fact", "plan"]
    voice: Voice
    text: str
    severity: Literal["minor", "moderate", "serious"] = "moderate"
    where: Mapping[str, Plain] = field(default_factory=dict)
    date: dt.date | None = None
    sample: int | None = None
    criterion: str | None = None
    judgement: str | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What an honest assessment of these facts must say."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    signals: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    topics_raised: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    ceiling_at_most: Mapping[str, str] = field(default_factory=dict)
    claim_challenged: tuple[str, ...] = ()
    priority_action_flag: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    secure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MustNot:
    """One thing that it must not say."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    say_secure: str | None = None
    ceiling_below: Mapping[str, str] = field(default_factory=dict)
    award: str | None = None
    count_as_weakness: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case.

    Attributes:
        outcome: what inspectors concluded. It is read so that a file can hold it; nothing computed
            looks at it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    case: str
    council: str
    inspection: Inspection
    as_at: dt.date
    sources: tuple[CaseSource, ...] = ()
    readings: tuple[CaseReading, ...] = ()
    statements: tuple[Statement, ...] = ()
    claim: Mapping[str, str] = field(default_factory=dict)
    outcome: Mapping[str, Any] = field(default_factory=dict)
    expect: Expect = field(default_factory=Expect)
    must_not: tuple[MustNot | str, ...] = ()
    note: str = ""


def read_case(path: Path) -> tuple[Case, Document]:
    """Read a case file, and keep its places.

    Raises:
        CaseError: with every fault in the file, each at its line.
    """
    from selfassess.loading.parse import read_and_parse

    document, parsed = read_and_parse(path, Case, name=path.name)
    case = parsed.value
    if case is None:
        raise CaseError(problems=parsed.problems)
    problems = []
    if not _KEBAB.fullmatch(case.case):
        place = document.place(("case",))
        message = f"'{case.case}' is no id; expected kebab-case."
        problems.append(Problem(place, message, "Write it as in northmere-2026."))
    problems += [
        Problem(
            document.place(("must_not", index)),
            f"must_not: '{item}' is not known.",
            f"Write {GRADE}, or a key and name.",
        )
        for index, item in enumerate(case.must_not)
        if isinstance(item, str) and item != GRADE
    ]
    if problems:
        raise CaseError(problems=problems)
    return case, document

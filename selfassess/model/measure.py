"""A measure, as its author writes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Provenance, Source, Voice
from selfassess.model.reading import Point, Reading, Status
from selfassess.model.words import Basis, Dimension, Setting, SettingValue, Topic

__all__ = [
    "Ask",
    "Band",
    "Basis",
    "Clock",
    "Computation",
    "Dimension",
    "Measure",
    "Noun",
    "Per",
    "Point",
    "PythonMeasure",
    "Ratio",
    "Reading",
    "Reference",
    "Setting",
    "SettingValue",
    "Signal",
    "Spread",
    "Status",
    "Topic",
    "Way",
]

Signal = Literal["strong", "secure", "attention", "concern", "critical", "context"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The cut points behind a signal, each written as words and numbers.

    A cut is ``at least N`` · ``at most N`` · ``over N`` · ``under N`` · ``outside LOW-HIGH``; N
    is a number or ``reference`` (see `Reference`). The worst level whose cut holds is the signal;
    failing that ``strong`` if its cut holds; failing that ``secure``, or ``context`` for a
    two-sided measure. A scope that no band speaks of has no signal but ``context``.

    Attributes:
        since, until: readings that speak of a date in this span, both ends included, are judged by
            this band; without them, readings of any date are.
        best: the best signal that the band gives: with ``context``, figures count against and
            never for (``secure`` and ``strong`` become ``context``).
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    basis: Basis
    vintage: int | str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    strong: str | None = None
    attention: str | None = None
    concern: str | None = None
    critical: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    best: Literal["context"] | None = None
    provenance: Provenance = "ours"
    source: Source | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What an inspector would ask when the measure is out of order, and where they would look."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    question: str
    look_at: str
    when: Literal["adverse", "low", "high", "improved"] = "adverse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A duty with a start, a limit and a stop; each row is met, late, overdue, not due or unknown.

    Attributes:
        limit: a number and a unit, ``45 working days``, or cases, ``4 hours if rag = 'red'``; the
            first case that holds is taken.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    start: str
    limit: str | tuple[str, ...]
    stop: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Per:
    """First a value for each holder of `key`, then an aggregate over the holders.

    Attributes:
        value: ``count``, or ``distinct``, ``sum``, ``mean``, ``min``, ``max``, ``any`` or
            ``all`` of an expression.
        also: further values of a holder, by name.
        filter: which holders count.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    key: str | tuple[str, ...]
    value: str = "count"
    also: Mapping[str, str] = field(default_factory=dict)
    filter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Computation:
    """How rows become a number. Expressions are the measure language, never SQL.

    ``docs/reference/measure-language.md`` explains every key.

    Attributes:
        let: names for expressions, usable in all others and in ``by``.
        date: the date a row belongs to; windows and periods go by it.
        empty: the value where no row is in scope, for an aggregate that would have none.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    from_: str | None = None
    let: Mapping[str, str] = field(default_factory=dict)
    date: str | None = None
    filter: str | None = None
    over: str | None = None
    at: str | None = None
    numerator: str | None = None
    value: str | None = None
    aggregate: str | None = None
    clock: Clock | None = None
    counts: Literal["due", "completed"] | None = None
    per: Per | None = None
    ratio: Ratio | None = None
    follow_up: str | None = None
    needs: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    empty: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One aggregate over another, each of its own table and filter, with one `over` and `at`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    of: Computation
    to: Computation


@dataclass(frozen=True, slots=True, kw_only=True)
class Way(Computation):
    """One of several ways to compute a measure; the first whose needs are met is used and named.

    Attributes:
        can_tell: what a figure counted this way can and cannot tell.
        best: as in `Band`: figures counted this way count against and never for.
        comparable: whether `same_as` holds for figures counted this way.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    can_tell: str = ""
    best: Literal["context"] | None = None
    comparable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A quantity that cuts refer to as ``reference``: computed, or `unknown` where it cannot be."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    title: str
    unknown: float
    compute: Computation | None = None
    times: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A word for what is counted, as it stands behind a number: one assessment, two assessments."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    one: str
    many: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How a measure with `per` is shown team by team.

    Attributes:
        holder: who holds.
        held: what they hold.
        over: measures that count the same holders past a limit, broken down in the same way.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    holder: Noun
    held: Noun
    over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Computation):
    """What to count, of what, by what; and how to read the result.

    Attributes:
        unit: the unit of the value: ``percent``, ``children``, ``working-days`` …
        units: other units that a published figure may come in without conversion.
        better: which way is good; ``two-sided`` measures are never secure.
        about: compliance, quality or impact; these are never averaged.
        voice: whose voice a reading is.
        tail: whether it looks at the worst case (maximum, oldest), not the whole.
        why: what it can tell, and what it cannot.
        ways: tried in order. Without any, the computing keys stand on the measure itself; a measure
            with neither takes published figures only.
        same_as: the published indicator that is counted in the same way.
        completed_as: the published indicator that is the same clock with ``counts: completed``;
            such a twin is worked out and compared, and shown beside, never judged.
        doubts: the voice that this measure checks: while a reading is at concern, that voice
            supports nothing secure and what rests on it has low confidence.
        counted: what the numerator counts, as a sentence names it; without it "cases".
        spread: how the holders' loads are shown team by team; only for a measure with `per`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    unit: str
    better: Literal["higher", "lower", "two-sided", "none"]
    about: Literal["compliance", "quality", "impact"]
    topics: tuple[str, ...]
    why: str
    units: tuple[str, ...] = ()
    voice: Voice = "data"
    tail: bool = False
    ways: tuple[Way, ...] = ()
    by: tuple[str | tuple[str, ...], ...] = ()
    dimensions: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    reference: Reference | None = None
    ask: tuple[Ask, ...] = ()
    same_as: str | None = None
    source: Source | None = None
    provenance: Provenance = "ours"
    aliases: tuple[str, ...] = ()
    doubts: Voice | None = None
    completed_as: str | None = None
    counted: Noun | None = None
    spread: Spread | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonMeasure:
    """The escape hatch: a measure whose readings a Python function computes.

    `compute` takes the warehouse port and the as-at date and returns readings; it does no other I/O
    and reads no clock.
    """

    measure: Measure
    compute: Callable[..., tuple[Reading, ...]]

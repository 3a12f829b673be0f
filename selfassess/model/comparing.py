"""Published figures that readings are set beside: what a pack brings, what a reader is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from selfassess.model.common import STRICT

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Comparator", "ComparatorKind", "ComparatorPoint", "ComparatorRelease", "Shipped"]

ComparatorKind = Literal["england", "region", "neighbours", "own-trend", "good-or-better"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparatorRelease:
    """A set of published tables in a pack (``selfassess/comparators@1``).

    Attributes:
        vintage: when the set was put together.
        files: the file of each table, relative to this one: ``indicators``,
            ``indicator_catalogue``, ``local_authorities``, ``statistical_neighbours``,
            ``ofsted_outcomes``, ``grade_separation``, ``sources``; CSV or Parquet.
        headline: the judgement area of ``grade_separation`` whose quartiles stand beside a reading.
        attribution: what the licence asks to be printed.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    publisher: str
    licence: str
    vintage: str
    files: Mapping[str, str]
    licence_url: str = ""
    attribution: str = ""
    headline: str = ""
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Shipped:
    """A release and the folder that its files lie in."""

    release: ComparatorRelease
    folder: Traversable


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparatorPoint:
    """One period of the council's own published trend; `status` says why there is no value."""

    period: str
    value: float | None
    status: str = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparator:
    """One published figure, or spread of figures, beside a reading. It moves no band.

    Attributes:
        value: the figure; the middle one of several; None where none is printed.
        low, high: the ends of a range, or the quartiles of good-or-better councils.
        n: how many councils (or, for a trend, periods) have a figure.
        withheld: how many have none: withheld, not available, unreliable or left out.
        period: of the figures, in words: ``year to 31 March 2025``.
        source: publication, publisher and licence.
        note: what a reader must know to read it rightly.
        points: the periods of a trend, oldest first.
        line: where councils judged good or better begin to be rare: the worst quartile of theirs,
            at England's level of the vintage. A place to look, not a standard.
        past_line: whether the reading lies beyond it; None without a line.
    """

    kind: ComparatorKind
    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    withheld: int = 0
    period: str = ""
    source: str = ""
    note: str = ""
    points: tuple[ComparatorPoint, ...] = ()
    line: float | None = None
    past_line: bool | None = None

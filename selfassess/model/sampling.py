"""Which children an inspector would look at, and why: reasons as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from selfassess.model.common import STRICT

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["OUTCOMES", "Pathway", "SampleReason", "SampleRows", "Sampling", "SamplingFile"]

OutcomeWord = Literal["counted", "failed", "late", "overdue", "not due", "unknown", "undated"]

OUTCOMES: Mapping[str, frozenset[str]] = {
    "counted": frozenset({"counted", "met"}),
    "failed": frozenset({"failed", "late", "overdue"}),
    "late": frozenset({"late"}),
    "overdue": frozenset({"overdue"}),
    "not due": frozenset({"not due"}),
    "unknown": frozenset({"unknown"}),
    "undated": frozenset({"undated"}),
}
"""Words for what became of a row, and what a drill-down calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRows:
    """Rows of children: those behind a measure, or those of a table that a condition picks.

    Attributes:
        measure: whose rows.
        outcome: what became of them: ``failed`` holds late and overdue ones too.
        where: which part of the measure.
        from_: a table or view, in place of a measure.
        filter: a condition of the measure language on its rows.
        at: ``as-at`` keeps the rows that are open then.
        over, date: rows within a window, and the date that it goes by; as for a measure.
        let: names for expressions.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    measure: str | None = None
    outcome: tuple[OutcomeWord, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    from_: str | None = None
    filter: str | None = None
    at: Literal["as-at"] | None = None
    over: str | None = None
    date: str | None = None
    let: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleReason:
    """Why an inspector would look at a child.

    Attributes:
        text: the reason, as a list prints it.
        weight: how much it weighs against others.
        rows: the rows that it holds for.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    text: str
    weight: Literal[1, 2, 3, 4, 5]
    rows: SampleRows


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """A kind of help or care that a sample should hold children of; a child is on the first."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    rows: SampleRows


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """A file of reasons.

    Attributes:
        child: the column that names a child, in every table that the file's rows come from.
        show: further columns of the list, by heading.
        pathways: in order: a child who is on several counts for the first.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    child: str = "child_id"
    show: Mapping[str, str] = field(default_factory=dict)
    pathways: tuple[Pathway, ...] = ()
    reasons: tuple[SampleReason, ...] = ()


@dataclass(frozen=True, slots=True)
class SamplingFile:
    """A file of reasons with its place, so that a fault in an expression can be shown there."""

    sampling: Sampling
    name: str
    path: Traversable

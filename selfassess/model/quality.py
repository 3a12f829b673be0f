"""Data quality as a contract: rules that rows can break, and what broken ones do to figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Provenance

__all__ = ["QualityResult", "QualityRule", "Weakened", "weakened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRule:
    """A fault that a row of a table can have.

    Attributes:
        if_: a condition of the measure language; a row for which it holds is at fault. Where it
            names ``each``, it is asked of every one of `columns` in turn, and a row is at fault if
            it holds for one of them.
        among: the rows that the fault is counted against; without it all of the table.
        columns: what a fault makes doubtful; a measure that uses one of them is weakened.
        why: what the fault does to figures.
        remedy: what to do about it in the case system.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    table: str
    if_: str
    columns: tuple[str, ...]
    severity: Literal["minor", "moderate", "serious"]
    among: str | None = None
    why: str
    remedy: str
    provenance: Provenance = "ours"


@dataclass(frozen=True, slots=True)
class Weakened:
    """A measure that rests on doubtful rows, and the share of rows that are."""

    measure: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityResult:
    """What a rule found.

    Attributes:
        status: ``ok``, or ``not-computable`` where the files lack what the rule asks for; `reason`
            says what.
        count: rows at fault; None where not computable.
        base: rows that it is counted against.
        by_column: for a rule asked of each column, the rows at fault by column.
        weakens: measures that use the columns at fault, the most weakened first.
    """

    rule: QualityRule
    status: Literal["ok", "not-computable"] = "ok"
    reason: str = ""
    count: int | None = None
    base: int | None = None
    by_column: Mapping[str, int] = field(default_factory=dict)
    weakens: tuple[Weakened, ...] = ()

    @property
    def share(self) -> float | None:
        """Rows at fault of those that could be; None where nothing could."""
        return self.count / self.base if self.count is not None and self.base else None


def weakened(results: Iterable[QualityResult]) -> dict[str, float]:
    """The largest share of doubtful rows that each measure rests on, by measure."""
    found: dict[str, float] = {}
    for result in results:
        for each in result.weakens:
            found[each.measure] = max(each.share, found.get(each.measure, 0.0))
    return found

"""A chart as its author declares it: what to draw of which measures, never how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT

__all__ = ["ChartSpec", "ChartStep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartStep:
    """One row, step or curve of a chart.

    Attributes:
        title: what it is called in the chart.
        measure: whose reading it shows.
        count: for a funnel, which number of the reading counts the step.
        where: the part that it shows; without it the whole.
        slowest: for a journey, the measure of the slowest tenth.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    title: str
    measure: str
    count: Literal["value", "numerator", "denominator"] = "value"
    where: Mapping[str, str] = field(default_factory=dict)
    slowest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """A chart of several readings, drawn where an assessment holds one of them.

    Attributes:
        kind: ``funnel`` counts of step after step; ``curve`` how many rows are done by each day;
            ``journey`` the middle value and the slowest tenth, step by step; ``shift`` shares, and
            how far a second view lay from the first.
        line: for a curve, a limit; `line_title` says whose.
        spread: for a shift, the measure whose rows say how far the first view lay above the
            second; `above`, `level` and `below` put that in words.
        note: what a reader must know so as not to misread it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    kind: Literal["funnel", "curve", "journey", "shift"]
    title: str
    steps: tuple[ChartStep, ...]
    line: float | None = None
    line_title: str = ""
    spread: str | None = None
    above: str = "the first is higher"
    level: str = "the same"
    below: str = "the first is lower"
    note: str = ""

    @property
    def measures(self) -> tuple[str, ...]:
        """Every measure that the chart shows."""
        named = [name for step in self.steps for name in (step.measure, step.slowest)]
        return tuple(dict.fromkeys(name for name in (*named, self.spread) if name))

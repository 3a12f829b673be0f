"""How grades and scores on parts of a framework become one for the whole: data, never code.

People give the scores. Nothing here is applied to evidence: a total of what people scored is no
finding of the tool, and a limiter acts on claimed grades only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Provenance

__all__ = ["Aggregate", "Consequence", "Limiter", "Rounding", "ScoreBand", "ScoreBands", "exact"]

Rounding = Literal["none", "half-up", "half-even", "down", "up"]


def exact(number: float) -> Fraction:
    """A number as it is written: 0.1 is a tenth."""
    return Fraction(repr(number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What follows for the inspected body from a level of a scale.

    Attributes:
        after_months: about how long after the inspection, where the inspectorate says so.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    what: Literal["inspection", "monitoring", "action-plan"]
    text: str
    after_months: int | None = None
    provenance: Provenance = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBand:
    """The totals that give one level, both ends included; without ``to``, up to the next band."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    level: str
    from_: float
    to: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBands:
    """Bands that cover every total there can be, once and without a gap.

    Attributes:
        round: what is done to a total before it is looked up: published edges are often whole
            numbers while totals are not, so a file has to say it. ``none`` asks for bands without
            ``to``, each reaching up to the next.
        places: decimal places that rounding keeps.
        steps: the bands, in any order.
        rounding_provenance: who decided the rounding; often ours where the edges are official.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    round: Rounding
    places: int = 0
    steps: tuple[ScoreBand, ...]
    provenance: Provenance = "ours"
    rounding_provenance: Provenance = "ours"
    note: str = ""

    def ordered(self) -> tuple[ScoreBand, ...]:
        """The bands, the lowest first."""
        return tuple(sorted(self.steps, key=lambda step: step.from_))

    def rounded(self, total: Fraction) -> Fraction:
        """A total, rounded as declared."""
        if self.round == "none":
            return total
        scaled = total * 10**self.places
        low = floor(scaled)
        rest = scaled - low
        if self.round == "down":
            whole = low
        elif self.round == "up":
            whole = ceil(scaled)
        elif rest != Fraction(1, 2):
            whole = low + (rest > Fraction(1, 2))
        else:
            whole = low + 1 if self.round == "half-up" else low + low % 2
        return Fraction(whole, 10**self.places)

    def find(self, total: Fraction) -> ScoreBand | None:
        """The band that a total falls into once it is rounded; None below the lowest."""
        value = self.rounded(total)
        fitting = [step for step in self.ordered() if exact(step.from_) <= value]
        return fitting[-1] if fitting else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """How a node's grade comes from what people scored on others.

    ``professional``: a person decides, nothing is computed. ``score-sum``, ``weighted-percent``:
    the levels' scores are added, or taken as a percentage of the most they could be, and looked up
    in ``bands``. ``lowest``: the lowest grade. ``share-of-cases``: the percentage of reviewed cases
    that were good enough, looked up in ``bands``. A node without an aggregate has no total.

    Attributes:
        of: ids of the nodes that count; without it, the nearest graded nodes below, those marked
            ``excluded`` left out.
        weights: by node id, 1 where it says nothing.
        out_of: the most that the parts can add up to, as the framework states it; checked against
            the parts when the file is read.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    by: Literal["professional", "weighted-percent", "score-sum", "lowest", "share-of-cases"]
    of: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    out_of: float | None = None
    bands: ScoreBands | None = None
    provenance: Provenance = "ours"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limiter:
    """A grade on one node that limits the grade of another.

    It acts on grades that people gave or claimed, never on ceilings that evidence set. ``hard`` is
    the framework's rule and is applied; ``soft`` is its advice and is only said.

    Attributes:
        node: the node that is looked at; the limiter holds where its grade is `at_most` or lower.
        target: the node that is limited.
        force: the grade that the target then has.
        cap: the highest grade that the target can then have. Exactly one of the two is given.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    node: str
    at_most: str
    target: str
    force: str | None = None
    cap: str | None = None
    strength: Literal["hard", "soft"]
    because: str
    provenance: Provenance = "ours"

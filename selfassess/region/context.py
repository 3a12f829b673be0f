"""What the region's template is given: text that is ready to print, and drawings."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.report.pack_head import PackContext, PackCover
from selfassess.report.parts import Phrase
from selfassess.report.parts_figures import Chart

__all__ = [
    "ApartRow",
    "ClaimRow",
    "CouncilRow",
    "FigureRow",
    "MeasureBlock",
    "QuestionGroup",
    "RegionContext",
    "WithheldRow",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilRow:
    """A council that takes part."""

    name: str
    as_at: str
    framework: str
    contribution: str
    quality: str
    lowered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A council's figure under a measure."""

    council: str
    value: str
    base: str
    signal: Phrase | None
    band: str
    beside: str
    strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureBlock:
    """A measure, side by side.

    Attributes:
        band: the band of all councils; nothing where they differ, or no figure is shown.
    """

    anchor: str
    title: str
    why: str
    sentence: str
    chart: Chart | None
    rows: tuple[FigureRow, ...]
    tested: bool
    band: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldRow:
    """A measure of which no figure is shown."""

    title: str
    who: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApartRow:
    """A measure that cannot be compared."""

    title: str
    why: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionGroup:
    """What a council is asked."""

    council: str
    items: tuple[str, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """What leaders claim of one judgement, beside the most that the evidence leaves standing."""

    council: str
    judgement: str
    claim: str
    ceiling: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionContext(PackContext):
    """The moderation pack.

    Attributes:
        framework: that of all councils; nothing where they differ.
    """

    cover: PackCover
    lead: tuple[str, ...]
    framework: str
    councils: tuple[CouncilRow, ...]
    notes: tuple[str, ...]
    measures: tuple[MeasureBlock, ...]
    withheld: tuple[WithheldRow, ...]
    apart: tuple[ApartRow, ...]
    questions: tuple[QuestionGroup, ...]
    claims: tuple[ClaimRow, ...]
    rules: tuple[str, ...]

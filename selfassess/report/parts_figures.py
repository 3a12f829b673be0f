"""The pieces that show figures: rows of readings, charts, comparisons, teams, voices.

Part of the contract of `selfassess.report.context`; every field carries its help text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from selfassess.report.parts import Phrase, Position, Priority, Reason, Reference, SourceRow

__all__ = [
    "Benchmarks",
    "Chart",
    "ComparedRow",
    "Disagreement",
    "Mark",
    "Overview",
    "ReadingGroup",
    "ReadingRow",
    "SpreadRow",
    "SpreadTable",
    "TeamLine",
    "Teams",
    "Triangulation",
    "VoicesOfCriterion",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """A reading as a row of an evidence table."""

    reference: Annotated[Reference, "Its short name, and where its provenance stands."]
    title: Annotated[str, "The measure."]
    scope: Annotated[str, "The part it speaks of, or nothing for the whole."]
    value: Annotated[str, "The value with its unit, or the reason there is none."]
    count: Annotated[str, "Numerator and denominator, or nothing."]
    notes: Annotated[tuple[str, ...], "Trend, unknown rows, comparators and cautions."]
    signal: Annotated[Phrase, "What it says against its band."]
    band: Annotated[str, "The band in words."]
    basis: Annotated[str, "What the band rests on."]
    when: Annotated[str, "As-at date or period."]
    source: Annotated[str, "Where it comes from."]
    way: Annotated[str, "The way it was computed, or nothing."]
    definition: Annotated[str, "Short hash of the measure's definition."]
    origins: Annotated[tuple[str, ...], "Its files, each with sheets and the start of its hash."]
    method: Annotated[str, "Id of the measure's row in the method chapter, or nothing."]
    under: Annotated[bool, "Whether it stands below its whole, which says what is the same."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingGroup:
    """Readings of one measure that come from the same place."""

    title: Annotated[str, "The measure."]
    source: Annotated[str, "Where they come from, where no file is known."]
    origins: Annotated[tuple[str, ...], "Their files, each with sheets and the start of its hash."]
    way: Annotated[str, "The way they were computed, or nothing."]
    method: Annotated[str, "Id of the measure's row in the method chapter, or nothing."]
    definition: Annotated[str, "Short hash of the measure's definition."]
    rows: Annotated[tuple[ReadingRow, ...], "The readings."]
    mixed: Annotated[bool, "Whether its readings are of several measures, to be named each."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A drawn thing in a chart, in chart units."""

    form: Annotated[
        str,
        "`bar`, `dot`, `ring`, `diamond`, `triangle`, `tick`, `dash`, `range`, `whisker`, "
        "`limit`, `curve` or `text`.",
    ]
    x: Annotated[float, "Left edge of a bar, range or whisker; else the centre."]
    y: Annotated[float, "Top edge of a bar or range; else the centre, or a label's base line."]
    width: Annotated[float, "Width, or radius of a dot."]
    height: Annotated[float, "Height; 0 where there is none."]
    label: Annotated[str, "Text beside it, or nothing."]
    strong: Annotated[bool, "Whether it is drawn dark: it lies past the line, or is the council."]
    path: Annotated[str, "The points of a curve, as an SVG path; else nothing."]
    side: Annotated[str, "Where the label stands: `above`, `right`, `left`, or nothing: at x."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart: geometry for the drawing, text and table for everyone."""

    kind: Annotated[str, "Its form, such as `histogram`, `strips`, `benchmark` or `funnel`."]
    number: Annotated[int, "Figure number."]
    anchor: Annotated[str, "Id of the figure."]
    title: Annotated[str, "The title."]
    alt: Annotated[str, "Text alternative made from the data: trend and values."]
    sentence: Annotated[str, "What the chart shows, in one sentence."]
    axis: Annotated[str, "What the horizontal axis counts, or nothing."]
    width: Annotated[float, "Width of the drawing."]
    height: Annotated[float, "Height of the drawing."]
    base: Annotated[float, "Where the axis lies; nothing is drawn there without ticks."]
    start: Annotated[float, "Where the axis begins."] = 24.0
    marks: Annotated[tuple[Mark, ...], "What is drawn, in order."]
    ticks: Annotated[tuple[Mark, ...], "Labels of the horizontal axis."]
    rows: Annotated[tuple[Mark, ...], "Labels of the rows, each with a thin line."]
    lines: Annotated[tuple[Mark, ...], "Vertical lines with labels, such as a limit."]
    key: Annotated[str, "What the marks mean, or nothing."]
    head: Annotated[tuple[str, ...], "Column headings of the data table."]
    table: Annotated[tuple[tuple[str, ...], ...], "Rows of the data table."]
    evidence: Annotated[tuple[Reference, ...], "The readings that it is drawn from."] = ()
    note: Annotated[str, "What a reader must know so as not to misread it, or nothing."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """A reading beside published figures."""

    reference: Annotated[Reference, "Its short name, and where its provenance stands."]
    title: Annotated[str, "The measure."]
    unit: Annotated[str, "Its unit; nothing for a percentage."]
    here: Annotated[str, "The council's own figure."]
    england: Annotated[str, "England's figure, or that there is none."]
    region: Annotated[str, "The region's figure, or that there is none."]
    neighbours: Annotated[str, "The middle one of the statistical neighbours, and their range."]
    counted: Annotated[str, "How many neighbours have a figure, and how many have none."]
    good: Annotated[str, "The middle and the quartiles of councils judged good or better."]
    line: Annotated[str, "The look-here line, and whether the figure lies past it, or nothing."]
    period: Annotated[str, "The period of the published figures."]
    lines: Annotated[tuple[str, ...], "The twin, the council's own trend, and every caution."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmarks:
    """Readings beside published figures. They move no band and no signal."""

    figures: Annotated[tuple[Chart, ...], "Strip charts; their table is `rows`."]
    rows: Annotated[tuple[ComparedRow, ...], "A row for each reading."]
    notes: Annotated[tuple[str, ...], "Cautions that several rows share."]
    region: Annotated[str, "The region's name; nothing beside the nation's figures alone."]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """A part of the service that is worse than the rest by more than chance would make."""

    reference: Annotated[Reference, "The reading of the whole."]
    title: Annotated[str, "What was measured."]
    text: Annotated[str, "The part against the rest, in one sentence."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadRow:
    """What the holders of one team or role carry."""

    scope: Annotated[str, "The team or role."]
    holders: Annotated[str, "How many hold."]
    held: Annotated[str, "How much they hold together."]
    median: Annotated[str, "The middle load."]
    maximum: Annotated[str, "The largest load."]
    over: Annotated[tuple[str, ...], "Limits that some are over, with how many."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadTable:
    """How a measure's holders are spread over teams and roles."""

    reference: Annotated[Reference, "The reading of the whole."]
    title: Annotated[str, "What was measured."]
    holder: Annotated[str, "Who holds."]
    held: Annotated[str, "What they hold."]
    rows: Annotated[tuple[SpreadRow, ...], "A row for each team and role."]
    sentence: Annotated[str, "How few carry a fifth of the work, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teams:
    """What averages hide: parts that differ, and loads that are uneven."""

    lines: Annotated[tuple[TeamLine, ...], "Parts that are worse by more than chance."]
    notes: Annotated[str, "What is not listed, and why; or nothing."]
    spreads: Annotated[tuple[SpreadTable, ...], "How loads are spread."]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicesOfCriterion:
    """What the voices say of one criterion."""

    id: Annotated[str, "The criterion's id."]
    title: Annotated[str, "What it expects."]
    says: Annotated[tuple[Phrase, ...], "Supports, weakens, mixed, neither or silent, by voice."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A criterion that one voice supports and another weakens."""

    text: Annotated[str, "Who says what, in one sentence."]
    evidence: Annotated[tuple[Reference, ...], "The first evidence of each voice."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangulation:
    """Whose evidence says what of a judgement's criteria."""

    voices: Annotated[tuple[str, ...], "The voices that speak, in the order of `says`."]
    rows: Annotated[tuple[VoicesOfCriterion, ...], "Criteria of which any voice speaks."]
    silent: Annotated[str, "Voices that speak of no criterion here, or nothing."]
    unheard: Annotated[str, "Ids of criteria of which no voice speaks, or nothing."]
    sentence: Annotated[str, "How far the voices agree, in one sentence."]
    disagreements: Annotated[tuple[Disagreement, ...], "Where they disagree."]
    more: Annotated[str, "What was left out for length, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Two pages for those who read no more."""

    graded: Annotated[bool, "Whether any judgement has a scale."]
    positions: Annotated[tuple[Position, ...], "Where each judgement stands."]
    positions_more: Annotated[str, "What was left out for length, or nothing."]
    reasons: Annotated[tuple[Reason, ...], "Why no higher grade is left standing."]
    reasons_more: Annotated[str, "What was left out for length, or nothing."]
    no_reasons: Annotated[str, "What to say where nothing binds."]
    priorities: Annotated[tuple[Priority, ...], "What to act on, most pressing first."]
    figures: Annotated[tuple[Chart, ...], "One picture, where there is room and data for it."]
    disagreements: Annotated[tuple[str, ...], "Where voices disagree, one sentence each."]
    basis: Annotated[tuple[str, ...], "What it rests on, one sentence each."]
    sources: Annotated[tuple[SourceRow, ...], "Where every number on the two pages comes from."]

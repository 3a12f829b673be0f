"""The pieces that a report's context is made of: rows, references, words with shapes.

Part of the contract of `selfassess.report.context`; every field carries its help text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from markupsafe import Markup

__all__ = [
    "Action",
    "Answer",
    "Benchmarks",
    "Chart",
    "ComparedRow",
    "CriteriaCount",
    "CriteriaGroup",
    "Criterion",
    "Disagreement",
    "Doubt",
    "Enquiry",
    "Entry",
    "Finding",
    "FindingGroup",
    "Gap",
    "Heading",
    "InputRow",
    "Ledger",
    "Line",
    "Mark",
    "Method",
    "Overview",
    "Phrase",
    "Point",
    "Points",
    "Position",
    "Priority",
    "Quality",
    "QualityRow",
    "ReadingGroup",
    "ReadingRow",
    "Reason",
    "Reference",
    "SheetRow",
    "SourceRow",
    "Triangulation",
    "Voice",
    "VoicesOfCriterion",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A word with a shape and a tone, so that no meaning rests on colour."""

    word: Annotated[str, "The word itself, such as `critical`."]
    shape: Annotated[str, "Shapes that say the same; decoration for assistive technology."]
    tone: Annotated[str, "A CSS class suffix: `good`, `fair`, `poor`, `worst`, `none` or `plain`."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A pointer to a piece of evidence."""

    label: Annotated[str, "The short name printed, such as `E12` or an entry's id."]
    anchor: Annotated[str, "Id of the element it leads to."]
    text: Annotated[str, "What it says, in one line: title, scope, value, signal."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the control block."""

    label: Annotated[str, "What it is."]
    values: Annotated[tuple[str, ...], "One or more lines of text."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaCount:
    """How a judgement's criteria stand."""

    shapes: Annotated[str, "One shape a criterion, in order; decoration for assistive technology."]
    words: Annotated[str, "The same counted in words."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where one judgement stands."""

    anchor: Annotated[str, "Id of its chapter."]
    title: Annotated[str, "The judgement."]
    graded: Annotated[bool, "False for a judgement without a scale: the next three are then None."]
    claim: Annotated[str | None, "The grade that leaders claim, in words."]
    ceiling: Annotated[str | None, "What the evidence leaves standing, in words."]
    challenge: Annotated[Phrase | None, "Claim against evidence; never `supported`."]
    challenge_note: Annotated[str, "Names of the criteria that the challenge turns on."]
    confidence: Annotated[Phrase, "How sure the evidence is."]
    criteria: Annotated[CriteriaCount, "How its criteria stand."]
    sentence: Annotated[str, "All of it as one or two sentences."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule that holds, and the evidence that made it hold."""

    text: Annotated[str, "Why it matters, in the framework's paraphrase."]
    effect: Annotated[str, "What it does, in words."]
    judgement: Annotated[str, "The judgement it binds."]
    evidence: Annotated[tuple[Reference, ...], "The evidence."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """One of the five things to act on."""

    headline: Annotated[str, "The finding's first sentence."]
    detail: Annotated[str, "The rest of it."]
    kind: Annotated[Phrase, "What kind of finding it is."]
    where: Annotated[str, "Judgements it bears on."]
    look_at: Annotated[str, "Where to look first."]
    evidence: Annotated[tuple[Reference, ...], "The evidence."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that the evidence says."""

    text: Annotated[str, "What it says."]
    evidence: Annotated[tuple[Reference, ...], "The evidence."]
    more: Annotated[str, "How much more evidence there is, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A short list of points under one heading."""

    heading: Annotated[str, "The heading."]
    items: Annotated[tuple[Point, ...], "The points."]
    empty: Annotated[str, "What to say where there are none."]
    more: Annotated[str, "What was left out for length, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one voice contributes to a judgement."""

    voice: Annotated[str, "Whose voice."]
    items: Annotated[str, "How many readings and entries."]
    sources: Annotated[str, "Where from."]
    newest: Annotated[str, "Date of the newest item."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An improvement action."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "What will be done."]
    owner: Annotated[str, "Who is responsible."]
    due: Annotated[str, "By when."]
    status: Annotated[str, "How far it is."]
    outcome: Annotated[str, "What will be different for children."]
    answers: Annotated[tuple[str, ...], "Findings it answers to."]
    moves: Annotated[tuple[str, ...], "Measures that must move, each with its present reading."]
    judgement: Annotated[str, "The judgement it belongs to."]
    colour: Annotated[Phrase | None, "Its colour, or None without a store."] = None
    rule: Annotated[str, "Why it has its colour, where its measures do not say so."] = ""
    impact: Annotated[str, "What it has changed for children, apart from its status."] = ""
    moved: Annotated[str, "Its first date, how often and why that was moved, or nothing."] = ""
    flags: Annotated[tuple[str, ...], "What a board has to know of it."] = ()
    evidence: Annotated[tuple[Reference, ...], "The readings that must move, without words."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question of the framework, leaders' answer, and the evidence beside it."""

    question: Annotated[str, "The question."]
    text: Annotated[Markup | None, "Leaders' answer as safe HTML, or None."]
    none_text: Annotated[str, "What to say where there is no answer."]
    points: Annotated[tuple[Points, ...], "What the evidence says, contradicts and cannot tell."]
    voices: Annotated[tuple[Voice, ...], "What the knowledge rests on."]
    rests_on: Annotated[str, "One sentence on voices, sources and confidence, or nothing."]
    actions: Annotated[tuple[Action, ...], "Actions planned for this judgement."]
    no_actions: Annotated[str, "What to say where none is planned, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion and its status."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "What it expects."]
    status: Annotated[Phrase, "Its status."]
    why: Annotated[str, "Why it has that status."]
    rests_on: Annotated[str, "Compliance, quality or impact, and whose voices."]
    missing: Annotated[tuple[str, ...], "Required evidence that is missing."]
    confidence: Annotated[Phrase, "How sure that is."]
    note: Annotated[str, "A caution on the wording's provenance, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaGroup:
    """Criteria that the framework puts under one heading."""

    title: Annotated[str, "The heading, or nothing."]
    criteria: Annotated[tuple[Criterion, ...], "The criteria."]


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
class Doubt:
    """A doubt that an inspector would start from."""

    headline: Annotated[str, "The doubt in one sentence."]
    detail: Annotated[str, "The rest of it."]
    kind: Annotated[Phrase, "What kind of finding it is."]
    evidence: Annotated[tuple[Reference, ...], "What prompts it."]
    ask: Annotated[str, "Whom to ask."]
    ready: Annotated[tuple[str, ...], "What to have ready."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """A line of enquiry sheet: one page for a judgement."""

    anchor: Annotated[str, "Id of the sheet."]
    title: Annotated[str, "The judgement."]
    position: Annotated[str, "Where it stands, in one or two sentences."]
    start: Annotated[str, "Where an inspector would start, in one sentence."]
    doubts: Annotated[tuple[Doubt, ...], "Doubts, the strongest first."]
    more: Annotated[str, "What was left out for length, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Two pages for those who read no more."""

    graded: Annotated[bool, "Whether any judgement has a scale."]
    positions: Annotated[tuple[Position, ...], "Where each judgement stands."]
    positions_more: Annotated[str, "What was left out for length, or nothing."]
    reasons: Annotated[tuple[Reason, ...], "What got in the way."]
    reasons_more: Annotated[str, "What was left out for length, or nothing."]
    no_reasons: Annotated[str, "What to say where nothing binds."]
    priorities: Annotated[tuple[Priority, ...], "What to act on, most pressing first."]
    figures: Annotated[tuple[Chart, ...], "One picture, where there is room and data for it."]
    disagreements: Annotated[tuple[str, ...], "Where voices disagree, one sentence each."]
    basis: Annotated[tuple[str, ...], "What it rests on, one sentence each."]
    sources: Annotated[tuple[SourceRow, ...], "Where every number on the two pages comes from."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """Where one number of the overview comes from."""

    label: Annotated[str, "The short name printed beside it."]
    anchor: Annotated[str, "Id of this row."]
    title: Annotated[str, "The measure and its scope, or whose words."]
    when: Annotated[str, "As-at date or period."]
    origins: Annotated[tuple[str, ...], "Its files, each with sheets and the start of its hash."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding."""

    id: Annotated[str, "Its stable id."]
    headline: Annotated[str, "What was found: the first sentence."]
    detail: Annotated[str, "The rest of it."]
    scope: Annotated[str, "The part it speaks of, or nothing."]
    criteria: Annotated[str, "Criteria it bears on."]
    responsible: Annotated[str, "Who has to act, where the framework says."]
    look_at: Annotated[str, "Where an inspector would look, or nothing."]
    evidence: Annotated[tuple[Reference, ...], "The evidence."]
    more: Annotated[str, "How much more evidence there is, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """Findings of one kind."""

    heading: Annotated[str, "The heading."]
    kind: Annotated[Phrase, "The kind."]
    intro: Annotated[str, "What the kind means."]
    items: Annotated[tuple[Finding, ...], "Findings on the whole service."]
    parts: Annotated[tuple[Finding, ...], "Findings on parts of it."]
    more: Annotated[str, "What was left out for length, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A register entry."""

    reference: Annotated[Reference, "Its id and its anchor."]
    text: Annotated[str, "What was seen or said."]
    direction: Annotated[Phrase, "Strength, weakness, fact or plan, with severity."]
    voice: Annotated[str, "Whose voice."]
    topic: Annotated[str, "The topic."]
    when: Annotated[str, "When."]
    source: Annotated[str, "Where it comes from, with sample size."]
    scope: Annotated[str, "The part it speaks of, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A source sheet in the row ledger."""

    file: Annotated[str, "The file, relative to the workspace."]
    first: Annotated[bool, "Whether to print the file: on its first sheet only."]
    sheet: Annotated[str, "The sheet."]
    table: Annotated[str, "What it was read as."]
    read: Annotated[str, "Rows read."]
    used: Annotated[str, "Rows used."]
    aside: Annotated[str, "Rows set aside."]
    unknown: Annotated[str, "Cells that could not be read."]
    reasons: Annotated[tuple[str, ...], "Why rows and cells were set aside, with counts."]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    """A source file."""

    file: Annotated[str, "The file, relative to the workspace."]
    sha256: Annotated[str, "Its hash, in full."]
    extract_date: Annotated[str, "When it was extracted."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every row of every source."""

    inputs: Annotated[tuple[InputRow, ...], "The source files."]
    sheets: Annotated[tuple[SheetRow, ...], "Their sheets; of many without rows none."]
    empty: Annotated[str, "Sheets without rows that the list leaves out, or nothing."]
    total: Annotated[SheetRow | None, "The sum, or None without sheets."]
    balanced: Annotated[str, "Whether rows read are rows used plus rows set aside, in words."]
    made: Annotated[tuple[str, ...], "Lists that no file held, and what they were made of."]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRow:
    """A rule of data quality that rows break."""

    title: Annotated[str, "What is at fault."]
    table: Annotated[str, "Id of the list."]
    severity: Annotated[str, "Minor, moderate or serious."]
    rows: Annotated[str, "Rows at fault of those that could be, with their share."]
    weakens: Annotated[str, "The measures that this makes doubtful, in words."]
    remedy: Annotated[str, "What to do about it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What the rules of data quality found."""

    told: Annotated[str, "How many rules were asked and broken, or nothing if none was asked."]
    rows: Annotated[tuple[QualityRow, ...], "Broken rules, the most serious first."]
    unasked: Annotated[tuple[str, ...], "Rules that the files could not answer, and why."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a measure is counted and judged."""

    measure: Annotated[str, "The measure's id."]
    title: Annotated[str, "Its title."]
    why: Annotated[str, "What it can and cannot tell."]
    direction: Annotated[str, "Which way is good, and the unit."]
    bands: Annotated[tuple[str, ...], "Every band with scope, basis, vintage and source."]
    anchor: Annotated[str, "Id of its row."]
    counted: Annotated[tuple[str, ...], "How it is counted, in the words of its definition."]
    definition: Annotated[str, "Short hash of the definition."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that could not be computed or read."""

    what: Annotated[str, "What."]
    why: Annotated[str, "Why not."]
    remedy: Annotated[str, "What to supply."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line of the contents."""

    anchor: Annotated[str, "Id of the element it leads to."]
    title: Annotated[str, "The heading."]

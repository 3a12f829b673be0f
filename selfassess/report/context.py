"""What a report template is given: one `ReportContext`, and nothing else.

Every field carries its help text. ``docs/reference/report-context.md`` is made from it, so these
classes are the promise to authors of templates: fields may be added, not renamed. All text is
ready to print (numbers formatted, characters the fonts lack replaced), so templates compute
nothing. `Markup` fields are safe HTML; every other string is escaped when printed.
"""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

__all__ = ["ReportContext", "reference"]


def _told(help_text: str) -> Any:
    return dataclasses.field(metadata={"help": help_text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A word with a shape and a tone, so that no meaning rests on colour."""

    word: str = _told("The word itself, such as `critical`.")
    shape: str = _told("One or more shapes that say the same; decoration for assistive technology.")
    tone: str = _told("A CSS class suffix: `good`, `fair`, `poor`, `worst`, `none` or `plain`.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A pointer to a piece of evidence."""

    label: str = _told("The short name printed, such as `E12` or an entry's id.")
    anchor: str = _told("Id of the element it leads to.")
    text: str = _told("What it says, in one line: title, scope, value, signal.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the control block."""

    label: str = _told("What it is.")
    values: tuple[str, ...] = _told("One or more lines of text.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first page."""

    title: str = _told("The document's title.")
    council: str = _told("Whose self-evaluation it is.")
    running: str = _told("A short running title for page headers.")
    framework: str = _told("The framework's title and edition.")
    as_at: str = _told("The as-at date in words.")
    as_at_note: str = _told("How the date came about: given, or worked out from the evidence.")
    audience: str = _told("For whom it was made.")
    purpose: tuple[str, ...] = _told("What the report is and what it is not, one sentence each.")
    control: tuple[Line, ...] = _told("The control block.")
    differences: tuple[str, ...] = _told("Plugins that differ from those the workspace pins.")
    sign_off: tuple[str, ...] = _told("Who signs, one blank line each.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaCount:
    """How a judgement's criteria stand."""

    shapes: str = _told("One shape a criterion, in order; decoration for assistive technology.")
    words: str = _told("The same counted in words.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where one judgement stands."""

    anchor: str = _told("Id of its chapter.")
    title: str = _told("The judgement.")
    graded: bool = _told("False for a judgement without a scale: the next three are then None.")
    claim: str | None = _told("The grade that leaders claim, in words.")
    ceiling: str | None = _told("What the evidence leaves standing, in words.")
    challenge: Phrase | None = _told("Claim against evidence; never `supported`.")
    challenge_note: str = _told("Names of the criteria that the challenge turns on.")
    confidence: Phrase = _told("How sure the evidence is.")
    criteria: CriteriaCount = _told("How its criteria stand.")
    sentence: str = _told("All of it as one or two sentences.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule that holds, and the evidence that made it hold."""

    text: str = _told("Why it matters, in the framework's paraphrase.")
    effect: str = _told("What it does, in words.")
    judgement: str = _told("The judgement it binds.")
    evidence: tuple[Reference, ...] = _told("The evidence.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """One of the five things to act on."""

    text: str = _told("The finding.")
    kind: Phrase = _told("What kind of finding it is.")
    where: str = _told("Judgements it bears on.")
    look_at: str = _told("Where to look first.")
    evidence: tuple[Reference, ...] = _told("The evidence.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The two pages for a director."""

    positions: tuple[Position, ...] = _told("One for each judgement.")
    graded: bool = _told("Whether any judgement has a scale.")
    intro: str = _told("How to read the table.")
    reasons: tuple[Reason, ...] = _told("What got in the way: the reasons that bind.")
    reasons_more: str = _told("How many more reasons the chapters hold, or nothing.")
    no_reasons: str = _told("What to say where nothing binds.")
    priorities: tuple[Priority, ...] = _told("The five things to act on, most pressing first.")
    basis: tuple[str, ...] = _told("What the report rests on, one sentence each.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that the evidence says."""

    text: str = _told("What it says.")
    evidence: tuple[Reference, ...] = _told("The evidence.")
    more: str = _told("How much more evidence there is, or nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A short list of points under one heading."""

    heading: str = _told("The heading.")
    items: tuple[Point, ...] = _told("The points.")
    empty: str = _told("What to say where there are none.")
    more: str = _told("What was left out for length, or nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one voice contributes to a judgement."""

    voice: str = _told("Whose voice.")
    items: str = _told("How many readings and entries.")
    sources: str = _told("Where from.")
    newest: str = _told("Date of the newest item.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An improvement action."""

    id: str = _told("Its id.")
    title: str = _told("What will be done.")
    owner: str = _told("Who is responsible.")
    due: str = _told("By when.")
    status: str = _told("How far it is.")
    outcome: str = _told("What will be different for children.")
    answers: tuple[str, ...] = _told("Findings it answers to.")
    moves: tuple[str, ...] = _told("Measures that must move, each with its present reading.")
    judgement: str = _told("The judgement it belongs to.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question of the framework, leaders' answer, and the evidence beside it."""

    question: str = _told("The question.")
    text: Markup | None = _told("Leaders' answer as safe HTML, or None.")
    none_text: str = _told("What to say where there is no answer.")
    points: tuple[Points, ...] = _told("What the evidence says, contradicts and cannot tell.")
    voices: tuple[Voice, ...] = _told("What the knowledge rests on.")
    rests_on: str = _told("One sentence on voices, sources and confidence, or nothing.")
    actions: tuple[Action, ...] = _told("Actions planned for this judgement.")
    no_actions: str = _told("What to say where none is planned, or nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion and its status."""

    id: str = _told("Its id.")
    title: str = _told("What it expects.")
    group: str = _told("The group it stands in, or nothing.")
    status: Phrase = _told("Its status.")
    why: str = _told("Why it has that status.")
    rests_on: str = _told("Compliance, quality or impact, and whose voices.")
    missing: tuple[str, ...] = _told("Required evidence that is missing.")
    confidence: Phrase = _told("How sure that is.")
    note: str = _told("A caution on the wording's provenance, or nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """A reading as a row of an evidence table."""

    reference: Reference = _told("Its short name, and where its provenance stands.")
    title: str = _told("The measure.")
    scope: str = _told("The part it speaks of, or nothing for the whole.")
    value: str = _told("The value with its unit, or the reason there is none.")
    count: str = _told("Numerator and denominator, or nothing.")
    notes: tuple[str, ...] = _told("Trend, unknown rows, comparators and cautions.")
    signal: Phrase = _told("What it says against its band.")
    band: str = _told("The band in words.")
    basis: str = _told("What the band rests on.")
    when: str = _told("As-at date or period.")
    source: str = _told("Where it comes from.")
    way: str = _told("The way it was computed, or nothing.")
    definition: str = _told("Short hash of the measure's definition.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A drawn thing in a chart, in chart units."""

    x: float = _told("Left edge, or centre of a dot.")
    y: float = _told("Top edge, or centre of a dot.")
    width: float = _told("Width, or radius of a dot.")
    height: float = _told("Height; 0 for a dot.")
    label: str = _told("Text beside it, or nothing.")
    strong: bool = _told("Whether it lies past the line and is drawn dark.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart: geometry for the drawing, text and table for everyone."""

    kind: str = _told("`histogram` or `strips`.")
    number: int = _told("Figure number.")
    anchor: str = _told("Id of the figure.")
    title: str = _told("The title.")
    alt: str = _told("Text alternative made from the data: trend and values.")
    sentence: str = _told("What the chart shows, in one sentence.")
    axis: str = _told("What the horizontal axis counts.")
    width: float = _told("Width of the drawing.")
    height: float = _told("Height of the drawing.")
    base: float = _told("Where the axis lies.")
    marks: tuple[Mark, ...] = _told("Bars or dots.")
    ticks: tuple[Mark, ...] = _told("Labels of the horizontal axis.")
    rows: tuple[Mark, ...] = _told("Labels of the rows, for strips.")
    lines: tuple[Mark, ...] = _told("Vertical lines with labels, such as a limit.")
    key: str = _told("What the dark marks mean, or nothing.")
    head: tuple[str, ...] = _told("Column headings of the data table.")
    table: tuple[tuple[str, ...], ...] = _told("Rows of the data table.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding."""

    id: str = _told("Its stable id.")
    text: str = _told("What was found.")
    scope: str = _told("The part it speaks of, or nothing.")
    criteria: str = _told("Criteria it bears on.")
    responsible: str = _told("Who has to act, where the framework says.")
    look_at: str = _told("Where an inspector would look, or nothing.")
    evidence: tuple[Reference, ...] = _told("The evidence.")
    more: str = _told("How much more evidence there is, or nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """Findings of one kind."""

    heading: str = _told("The heading.")
    kind: Phrase = _told("The kind.")
    intro: str = _told("What the kind means.")
    items: tuple[Finding, ...] = _told("Findings on the whole service.")
    parts: tuple[Finding, ...] = _told("Findings on parts of it.")
    more: str = _told("What was left out for length, or nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A judgement's chapter."""

    anchor: str = _told("Id of the chapter.")
    title: str = _told("The judgement.")
    running: str = _told("The title cut to fit a page header.")
    position: Position = _told("Where it stands.")
    reasons: tuple[Reason, ...] = _told("Rules that bind.")
    also: tuple[Reason, ...] = _told("Other rules that hold.")
    waived: tuple[str, ...] = _told("Rules that a named person set aside, one sentence each.")
    signed: str = _told("Author, date and status of leaders' view, or nothing.")
    answers: tuple[Answer, ...] = _told("The framework's questions.")
    strengths: tuple[Markup, ...] = _told("Strengths that leaders see, as safe HTML.")
    weaknesses: tuple[Markup, ...] = _told("Weaknesses that leaders see, as safe HTML.")
    so_what: Markup | None = _told("What it means for children, as safe HTML.")
    criteria: tuple[Criterion, ...] = _told("Criteria with status.")
    readings: tuple[ReadingRow, ...] = _told("The evidence table.")
    readings_note: str = _told("What the evidence table leaves out, or nothing.")
    charts: tuple[Chart, ...] = _told("Distribution charts.")
    charts_elsewhere: str = _told("Where charts of the same readings stand, or nothing.")
    findings: tuple[FindingGroup, ...] = _told("Findings by kind.")
    questions: tuple[Finding, ...] = _told("Questions an inspector would ask.")
    questions_more: str = _told("What was left out for length, or nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A register entry."""

    reference: Reference = _told("Its id and its anchor.")
    text: str = _told("What was seen or said.")
    direction: Phrase = _told("Strength, weakness, fact or plan, with severity.")
    voice: str = _told("Whose voice.")
    topic: str = _told("The topic.")
    when: str = _told("When.")
    source: str = _told("Where it comes from, with sample size.")
    scope: str = _told("The part it speaks of, or nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A source sheet in the row ledger."""

    file: str = _told("The file, relative to the workspace.")
    first: bool = _told("Whether it is the file's first sheet.")
    sheet: str = _told("The sheet.")
    table: str = _told("What it was read as.")
    read: str = _told("Rows read.")
    used: str = _told("Rows used.")
    aside: str = _told("Rows set aside.")
    unknown: str = _told("Cells that could not be read.")
    reasons: tuple[str, ...] = _told("Why rows and cells were set aside, with counts.")


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    """A source file."""

    file: str = _told("The file, relative to the workspace.")
    sha256: str = _told("Its hash, in full.")
    extract_date: str = _told("When it was extracted.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every row of every source."""

    inputs: tuple[InputRow, ...] = _told("The source files.")
    sheets: tuple[SheetRow, ...] = _told("Their sheets.")
    total: SheetRow | None = _told("The sum, or None without sheets.")
    balanced: str = _told("Whether rows read are rows used plus rows set aside, in words.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a measure is counted and judged."""

    measure: str = _told("The measure's id.")
    title: str = _told("Its title.")
    why: str = _told("What it can and cannot tell.")
    direction: str = _told("Which way is good, and the unit.")
    bands: tuple[str, ...] = _told("Every band with scope, basis, vintage and source.")
    definition: str = _told("Short hash of the definition.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that could not be computed or read."""

    what: str = _told("What.")
    why: str = _told("Why not.")
    remedy: str = _told("What to supply.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line of the contents."""

    anchor: str = _told("Id of the element it leads to.")
    title: str = _told("The heading.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContext:
    """Everything a report template is given, as `report`."""

    lang: str = _told("Language of the document, `en-GB`.")
    date: str = _told("The as-at date as `2026-03-31`, for metadata.")
    generator: str = _told("Name and version of the program.")
    cover: Cover = _told("The first page.")
    contents: tuple[Heading, ...] = _told("The chapters and appendices.")
    key: tuple[Line, ...] = _told("How to read the report: its words with their shapes.")
    summary: Summary = _told("The two pages for a director.")
    chapters: tuple[Chapter, ...] = _told("A chapter for each judgement.")
    plan: tuple[Action, ...] = _told("The improvement plan.")
    register: tuple[Entry, ...] = _told("The evidence register.")
    readings: tuple[ReadingRow, ...] = _told("Every reading this report refers to.")
    readings_note: str = _told("How many further readings the data file holds, or nothing.")
    ledger: Ledger = _told("The row ledger.")
    method: tuple[Method, ...] = _told("Every measure with its bands.")
    framework_notes: tuple[str, ...] = _told("Source, licence and notes of the framework.")
    gaps: tuple[Gap, ...] = _told("What could not be computed.")
    text_note: str = _told("What was replaced or shortened in the texts, or nothing.")


def reference() -> str:
    """Write the reference page of the context: every class, field, type and help text."""
    lines = [
        "# What a report template is given",
        "",
        "Made from `selfassess/report/context.py`; do not edit. The template receives one variable,",
        "`report`, a `ReportContext`. Fields may be added, not renamed.",
    ]
    seen: list[type[Any]] = []
    _collect(ReportContext, seen)
    for kind in seen:
        lines += ["", f"## {kind.__name__}", "", (kind.__doc__ or "").strip(), ""]
        lines += ["| Field | Type | What it is |", "|---|---|---|"]
        for field in dataclasses.fields(kind):
            shown = str(field.type).replace(" | ", " or ")
            lines.append(f"| `{field.name}` | `{shown}` | {field.metadata['help']} |")
    return "\n".join(lines) + "\n"


def _collect(kind: type[Any], seen: list[type[Any]]) -> None:
    if kind in seen:
        return
    seen.append(kind)
    for hint in typing.get_type_hints(kind).values():
        for part in (hint, *_arguments(hint)):
            if dataclasses.is_dataclass(part) and isinstance(part, type):
                _collect(part, seen)


def _arguments(hint: Any) -> list[Any]:
    found: list[Any] = []
    for part in typing.get_args(hint):
        found += [part, *_arguments(part)]
    return found

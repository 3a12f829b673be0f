"""The pieces that a report's context is made of: references, words with shapes, findings.

Part of the contract of `selfassess.report.context`; every field carries its help text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from markupsafe import Markup

__all__ = [
    "Action",
    "Answer",
    "CriteriaCount",
    "CriteriaGroup",
    "Criterion",
    "Doubt",
    "Enquiry",
    "Finding",
    "FindingGroup",
    "Heading",
    "Line",
    "Phrase",
    "Point",
    "Points",
    "Position",
    "Priority",
    "Reason",
    "Reference",
    "SourceRow",
    "Voice",
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
    counted: Annotated[tuple[Phrase, ...], "The same as `5 mixed`, with the shape of each."] = ()


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
    finding: Annotated[str, "Id of the finding that its flag makes, or nothing."] = ""
    place: Annotated[int, "Its number among the things to act on, or 0."] = 0
    more: Annotated[str, "How much more evidence there is, or nothing."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """One of the five things to act on."""

    headline: Annotated[str, "The finding's first sentence."]
    detail: Annotated[str, "The rest of it."]
    kind: Annotated[Phrase, "What kind of finding it is."]
    where: Annotated[str, "Judgements it bears on."]
    look_at: Annotated[str, "Where to look first."]
    evidence: Annotated[tuple[Reference, ...], "The evidence."]
    id: Annotated[str, "The finding's stable id."] = ""
    plan: Annotated[str, "Who works on it in the plan, or that nobody does; or nothing."] = ""
    more: Annotated[str, "How much more evidence there is, or nothing."] = ""
    moves: Annotated[str, "What its figure would have to do, or nothing."] = ""
    of_each: Annotated[str, "What holds for each of its kind, told with the first, or nothing."] = (
        ""
    )


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
    points: Annotated[tuple[Points, ...], "What evidence supports, contradicts and cannot tell."]
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
class Heading:
    """A line of the contents."""

    anchor: Annotated[str, "Id of the element it leads to."]
    title: Annotated[str, "The heading."]

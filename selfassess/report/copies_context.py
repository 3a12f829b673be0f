"""What the template of a partner or public copy is given.

Part of the contract of `selfassess.report.context`; every field carries its help text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from markupsafe import Markup

from selfassess.report.document_head import TitledHead
from selfassess.report.parts import Action, Answer, Phrase, Reference
from selfassess.report.parts_sources import Entry, Gap, Method

__all__ = ["CopyChapter", "CopyContext", "Figure", "Found"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as an audience is given it."""

    reference: Annotated[Reference, "Its short name and its place among all figures."]
    title: Annotated[str, "The measure."]
    scope: Annotated[str, "The part it speaks of, or nothing for the whole."]
    value: Annotated[str, "The value, `c` for a withheld one, or that there is none."]
    base: Annotated[str, "What it is a share of, rounded, or nothing."]
    signal: Annotated[Phrase, "What it says against its band."]
    band: Annotated[str, "The band in words, with its basis."]
    when: Annotated[str, "As-at date or period."]
    source: Annotated[str, "Where it comes from."]
    notes: Annotated[tuple[str, ...], "Why it is withheld, and which breakdowns are."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding that rests on shown figures or marked entries alone."""

    kind: Annotated[Phrase, "Strength or area for improvement."]
    text: Annotated[str, "What was found."]
    evidence: Annotated[tuple[Reference, ...], "The evidence."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyChapter:
    """A judgement in a copy: what leaders say of it, and what is shown of the evidence."""

    anchor: Annotated[str, "Id of the chapter."]
    title: Annotated[str, "The judgement."]
    running: Annotated[str, "The title cut to fit a page header."]
    claim: Annotated[str, "The grade that leaders claim, or nothing."]
    signed: Annotated[str, "Date and status of leaders' view, or nothing."]
    answers: Annotated[tuple[Answer, ...], "The framework's questions that are answered here."]
    strengths: Annotated[tuple[Markup, ...], "Strengths that leaders see, as safe HTML."]
    weaknesses: Annotated[tuple[Markup, ...], "Weaknesses that leaders see, as safe HTML."]
    so_what: Annotated[Markup | None, "What it means for children, as safe HTML."]
    findings: Annotated[tuple[Found, ...], "Findings."]
    figures: Annotated[tuple[Figure, ...], "Shown figures of the whole service."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyContext(TitledHead):
    """Everything that the template of a copy is given, as `report`."""

    loosened: Annotated[tuple[str, ...], "Guarded standards set lower locally."]
    rules: Annotated[tuple[str, ...], "What is withheld here and why, one sentence each."]
    signals: Annotated[tuple[Phrase, ...], "The words for signals with their shapes."]
    chapters: Annotated[tuple[CopyChapter, ...], "A chapter for each judgement."]
    plan: Annotated[tuple[Action, ...], "Actions of the plan that are marked for the audience."]
    register: Annotated[tuple[Entry, ...], "Register entries that are marked for the audience."]
    figures: Annotated[tuple[Figure, ...], "All figures, withheld ones among them."]
    gaps: Annotated[tuple[Gap, ...], "Measures without any figure."]
    method: Annotated[tuple[Method, ...], "Every measure with its bands."]
    framework_notes: Annotated[tuple[str, ...], "Source, licence and notes of the framework."]
    published: Annotated[tuple[str, ...], "Whose published figures stand beside these."]
    text_note: Annotated[str, "What was replaced in the texts, or nothing."]

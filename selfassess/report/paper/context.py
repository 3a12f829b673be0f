"""A committee's paper: the same assessment on a few pages, said the shorter the less room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from selfassess.report.document_head import TitledHead
from selfassess.report.parts import Action, Phrase, Reason, Reference, SourceRow
from selfassess.report.parts_sources import Entry

__all__ = ["ROOMS", "TIGHTEST", "PaperContext", "PaperFigure", "Room", "Standing", "VoiceSaid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one judgement stands."""

    title: Annotated[str, "The judgement."]
    claim: Annotated[str, "The grade that leaders claim, in words."]
    ceiling: Annotated[str, "What the evidence leaves standing, or nothing in a copy."]
    challenge: Annotated[Phrase | None, "Claim against evidence, or None."]
    criteria: Annotated[str, "How its criteria stand, in words; nothing in a copy."]
    confidence: Annotated[Phrase | None, "How sure the evidence is; None in a copy."]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSaid:
    """What one voice says."""

    voice: Annotated[str, "Whose voice."]
    entries: Annotated[tuple[Entry, ...], "What was seen or said, in its own words."]
    figures: Annotated[tuple[str, ...], "What readings in this voice say, one sentence each."]
    more: Annotated[str, "What was left out for length, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFigure:
    """A figure with what it is compared with."""

    reference: Annotated[Reference, "Its short name, and where its provenance stands."]
    title: Annotated[str, "The measure."]
    value: Annotated[str, "The value with its unit."]
    base: Annotated[str, "What it is a share of, or nothing."]
    signal: Annotated[Phrase, "What it says against its band."]
    band: Annotated[str, "The band in words, or nothing."]
    england: Annotated[str, "England's figure, or that there is none."]
    others: Annotated[str, "The region's and the neighbours' figures, or nothing."]
    when: Annotated[str, "As-at date or period."]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContext(TitledHead):
    """What `paper.html.j2` is given, as `report`; also made from partner and public copies."""

    manifest: Annotated[str, "SHA-256 of the manifest; nothing in a copy."]
    disclosed: Annotated[bool, "Whether it is a copy: then nothing is said of verdicts."]
    purpose: Annotated[tuple[str, ...], "What the paper is for, one sentence each."]
    asks: Annotated[tuple[str, ...], "What the committee is asked to do, one clause each."]
    graded: Annotated[bool, "Whether any judgement has a scale."]
    standings: Annotated[tuple[Standing, ...], "Where each judgement stands."]
    standings_more: Annotated[str, "What was left out for length, or nothing."]
    reasons: Annotated[tuple[Reason, ...], "Why no higher grade is left standing."]
    reasons_more: Annotated[str, "What was left out for length, or nothing."]
    no_reasons: Annotated[str, "What to say where nothing binds, or why nothing is said."]
    voices: Annotated[tuple[VoiceSaid, ...], "What children and others say, children first."]
    unheard: Annotated[str, "Who is not heard in the evidence, or nothing."]
    compared: Annotated[bool, "Whether any figure stands beside a published one."]
    figures: Annotated[tuple[PaperFigure, ...], "Figures, compared ones first."]
    figures_more: Annotated[str, "What was left out for length, or nothing."]
    plan: Annotated[tuple[Action, ...], "Actions of the plan, the most pressing first."]
    plan_more: Annotated[str, "What was left out for length, or nothing."]
    delivery: Annotated[str, "How far the actions are done, in one sentence, or nothing."]
    impact: Annotated[str, "What they have changed for children, in one sentence, or nothing."]
    risks: Annotated[tuple[str, ...], "What may go wrong, one sentence each."]
    no_risks: Annotated[str, "What to say where no risk is listed."]
    papers: Annotated[tuple[str, ...], "Background papers, one line each."]
    limits: Annotated[tuple[str, ...], "What the figures cannot tell, and what is withheld."]
    sources: Annotated[tuple[SourceRow, ...], "Where every number of the paper comes from."]
    text_note: Annotated[str, "What was replaced in the texts, or nothing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many of each there is room for, and how long a text may be."""

    text: int
    title: int
    standings: int
    reasons: int
    voices: int
    entries: int
    figures: int
    actions: int
    risks: int
    limits: int
    papers: int


def _room(text: int, title: int, *counts: int) -> Room:
    names = ("standings", "reasons", "voices", "entries", "figures", "actions", "risks", "limits")
    return Room(text=text, title=title, papers=6, **dict(zip(names, counts, strict=True)))


ROOMS = (
    _room(320, 160, 14, 8, 6, 3, 14, 12, 6, 10),
    _room(240, 140, 12, 6, 5, 3, 12, 10, 5, 9),
    _room(190, 120, 10, 5, 5, 2, 10, 8, 5, 8),
    _room(150, 100, 9, 4, 4, 2, 9, 7, 4, 7),
    _room(120, 80, 8, 4, 4, 1, 7, 6, 3, 6),
    _room(90, 70, 6, 3, 3, 1, 6, 4, 2, 5),
    _room(70, 60, 5, 2, 2, 1, 4, 3, 2, 4),
)
"""From the most to the least that is said."""
TIGHTEST = len(ROOMS) - 1
"""The last step: what it says fits four pages whatever the names."""

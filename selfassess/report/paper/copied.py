"""What a copy for partners or the public says in a committee's paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.report.copies import CopyEvidence, Figure, action_copied
from selfassess.report.paper.context import PaperFigure, Room, Standing, VoiceSaid
from selfassess.report.paper.parts import (
    HEARD,
    beside,
    chosen,
    framework_paper,
    published_papers,
    shortened,
    spoken,
    uncompared,
)
from selfassess.report.parts import Action, Reason, SourceRow
from selfassess.report.parts_sources import Entry
from selfassess.report.text import brief
from selfassess.report.words import (
    voice_words,
)

__all__ = ["CopiedPaper"]


class CopiedPaper:
    """What a copy for partners or the public says: no verdict, and figures as they are given."""

    disclosed = True
    no_risks = "Risks are not part of this copy: they would tell what it withholds."

    def __init__(self, assessment: Mapping[str, Any], room: Room) -> None:
        self.assessment = assessment
        self.room = room
        self.evidence = CopyEvidence(assessment)
        self.judgements = assessment.get("judgements") or ()
        self.audience = str(assessment["disclosure"]["title"])
        self.readings = {str(each["id"]): each for each in assessment.get("readings") or ()}

    def standings(self) -> tuple[Standing, ...]:
        """What leaders claim, judgement by judgement."""
        return tuple(
            Standing(
                title=brief(str(each.get("title") or each["id"]), self.room.title),
                claim=brief(str(each.get("claim_title") or each.get("claim") or ""), 80)
                or "not part of this copy",
                ceiling="",
                challenge=None,
                criteria="",
                confidence=None,
            )
            for each in self.judgements
        )

    def reasons(self) -> tuple[Reason, ...]:
        """Areas for improvement that rest on what is shown."""
        titles = {str(each["id"]): str(each.get("title") or each["id"]) for each in self.judgements}
        return tuple(
            Reason(
                text=brief(str(each["text"]), self.room.text),
                effect="To improve",
                judgement=brief(
                    "; ".join(titles.get(str(key), str(key)) for key in each["judgements"]),
                    self.room.title,
                ),
                evidence=self.evidence.of(each["evidence"])[:2],
            )
            for each in self.assessment.get("findings") or ()
            if each["kind"] == "improve"
        )

    def no_reasons(self) -> str:
        """Why nothing is said."""
        return (
            "This copy names no area for improvement: those that rest on withheld figures or on "
            "texts not marked for it are left out."
        )

    def entry(self, entry: Mapping[str, Any]) -> Entry:
        """A register entry."""
        return self.evidence.entry(entry)

    def said(self, reading: Mapping[str, Any]) -> str:
        """A reading in a sentence."""
        figure = self.evidence.figures[str(reading["id"])]
        return f"{brief(figure.title, 120)}: {figure.value}, {figure.signal.word}"

    def figures(self) -> tuple[PaperFigure, ...]:
        """Shown figures of the whole service."""
        shown = [
            (self.readings[key], figure)
            for key, figure in self.evidence.figures.items()
            if not figure.scope and self.readings[key]["status"] != "suppressed"
        ]
        order = chosen(shown, lambda pair: pair[0])
        return tuple(self._figure(reading, figure) for reading, figure in order)

    def _figure(self, reading: Mapping[str, Any], figure: Figure) -> PaperFigure:
        england, others = beside(reading)
        return PaperFigure(
            reference=figure.reference,
            title=brief(figure.title, self.room.title),
            value=figure.value,
            base=figure.base,
            signal=figure.signal,
            band=brief(figure.band, self.room.title),
            england=england,
            others=others,
            when=figure.when,
        )

    def plan(self) -> tuple[Action, ...]:
        """The actions that are marked for the audience."""
        return tuple(
            shortened(action_copied(each, self.evidence), self.room)
            for each in self.assessment.get("plan") or ()
        )

    def risks(self) -> list[str]:
        """None: a copy holds no verdict."""
        return []

    def asks(self) -> Iterable[str]:
        """What the committee is asked to do."""
        yield "note what leaders say of each judgement, and the figures beside it"
        yield "question leaders on the areas for improvement, and on what is not shown here"
        if missing := [voice for voice in HEARD if voice not in spoken(self.assessment)]:
            names = " and ".join(voice_words(voice) for voice in missing)
            yield f"ask what {names} say, which is not part of this copy"
        yield "say which actions it wants to hear of again, by their impact on children"

    def papers(self) -> list[str]:
        """What the paper rests on."""
        source = (self.assessment.get("framework") or {}).get("source") or {}
        found = [f"The self-evaluation of the same date, {self.audience.lower()}."]
        return found + framework_paper(source) + published_papers(self.assessment)

    def limits(self) -> list[str]:
        """What is withheld and why."""
        rules = [str(rule) for rule in self.assessment["disclosure"]["rules"]]
        return rules + uncompared(self.assessment)

    def sources(
        self,
        figures: Sequence[PaperFigure],
        reasons: Sequence[Reason],
        voices: Sequence[VoiceSaid],
    ) -> Iterable[SourceRow]:
        """Where each reference leads."""
        used = [figure.reference.anchor for figure in figures]
        used += [each.anchor for reason in reasons for each in reason.evidence]
        figure_of = {figure.reference.anchor: figure for figure in self.evidence.figures.values()}
        for anchor in dict.fromkeys(used):
            figure = figure_of.get(anchor)
            if figure is not None:
                title = f"{figure.title} ({figure.scope})" if figure.scope else figure.title
                yield SourceRow(
                    label=figure.reference.label,
                    anchor=anchor,
                    title=brief(title, 80),
                    when=figure.when,
                    origins=(brief(figure.source, 90),),
                )
        for entry in self._entries(voices, used):
            yield SourceRow(
                label=entry.reference.label,
                anchor=entry.reference.anchor,
                title=entry.voice,
                when=entry.when,
                origins=(brief(entry.source, 90),),
            )

    def _entries(self, voices: Sequence[VoiceSaid], used: Sequence[str]) -> Iterable[Entry]:
        """Entries that the page refers to: those that are quoted, and those that reasons name."""
        quoted = {entry.reference.anchor for voice in voices for entry in voice.entries}
        for each in self.assessment.get("register") or ():
            entry = self.evidence.entry(each)
            if entry.reference.anchor in quoted or entry.reference.anchor in used:
                yield entry

"""What the council's own assessment says in a committee's paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.report.actions import actions_of, unplanned_of
from selfassess.report.alike import without_ending
from selfassess.report.appendices import ledger_of
from selfassess.report.evidence import Evidence
from selfassess.report.origins import origins_of
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
from selfassess.report.parts import Action, Reason, Reference, SourceRow
from selfassess.report.parts_sources import Entry
from selfassess.report.positions import grade_titles, position_of, reasons_of
from selfassess.report.summary import APPENDIX, basis_of, no_reasons
from selfassess.report.text import brief
from selfassess.report.words import (
    count_of,
    plural,
    voice_words,
)

__all__ = ["OwnPaper"]

_URGENT = {"red": 0, "amber": 1, "none": 2, "green": 3, "blue": 4}


class OwnPaper:
    """What the council's own assessment says."""

    disclosed = False
    no_risks = (
        "The evidence names no risk that a person has to decide on. That may mean that there is "
        "too little evidence."
    )

    def __init__(self, assessment: Mapping[str, Any], room: Room) -> None:
        self.assessment = assessment
        self.room = room
        self.evidence = Evidence(assessment)
        self.judgements = assessment.get("judgements") or ()
        self.audience = f"audience: {assessment.get('audience') or 'internal'}"
        found = unplanned_of(assessment, self.evidence)
        self.unplanned = len(assessment.get("unplanned") or ()) if found else 0

    def standings(self) -> tuple[Standing, ...]:
        """Claim and ceiling, judgement by judgement."""
        found = []
        for index, judgement in enumerate(self.judgements, start=1):
            position = position_of(index, judgement)
            found.append(
                Standing(
                    title=brief(position.title, self.room.title),
                    claim=position.claim or "not graded",
                    ceiling=position.ceiling or "not graded",
                    challenge=position.challenge,
                    criteria=position.criteria.words,
                    confidence=position.confidence,
                )
            )
        return tuple(found)

    def reasons(self) -> tuple[Reason, ...]:
        """The rules that bind, with two pieces of evidence each."""
        grades = grade_titles(self.assessment)
        return tuple(
            replace(
                reason,
                text=brief(reason.text, self.room.text),
                judgement=brief(reason.judgement, self.room.title),
                evidence=tuple(
                    replace(each, text=brief(each.text, 140)) for each in reason.evidence[:2]
                ),
            )
            for judgement in self.judgements
            for reason in reasons_of(judgement, self.evidence, "because", grades)
        )

    def no_reasons(self) -> str:
        """What to say where no rule binds."""
        graded = any(each.get("scale") for each in self.judgements)
        return no_reasons(self.assessment, graded=graded)

    def entry(self, entry: Mapping[str, Any]) -> Entry:
        """A register entry."""
        return self.evidence.entry(str(entry["id"]))

    def said(self, reading: Mapping[str, Any]) -> str:
        """A reading in a sentence."""
        title = brief(str(reading.get("title") or reading["id"]), 120)
        return f"{title}: {self.evidence.value(reading)}, {self.evidence.signal(reading).word}"

    def figures(self) -> tuple[PaperFigure, ...]:
        """Whole readings: in turn one of the worst and one compared with published figures."""
        whole = [
            reading
            for reading in self.evidence.readings.values()
            if reading.get("value") is not None and not reading.get("where")
        ]
        return tuple(self._figure(reading) for reading in chosen(whole, lambda one: one))

    def _figure(self, reading: Mapping[str, Any]) -> PaperFigure:
        unit = str(reading.get("unit") or "")
        england, others = beside(reading)
        return PaperFigure(
            reference=Reference(
                label=self.evidence.label(str(reading["id"])),
                anchor=self.evidence.anchor(str(reading["id"])),
                text="",
            ),
            title=brief(str(reading.get("title") or reading["id"]), self.room.title),
            value=self.evidence.value(reading),
            base=count_of(
                reading.get("numerator"),
                reading.get("denominator"),
                unit
                if unit == "percent" or reading.get("value") != reading.get("numerator")
                else "count",
            ),
            signal=self.evidence.signal(reading),
            band=brief(str((reading.get("band") or {}).get("text") or ""), self.room.title),
            england=england,
            others=others,
            when=self.evidence.when(reading),
        )

    def plan(self) -> tuple[Action, ...]:
        """The actions, those in trouble first."""
        kept = list(self.assessment.get("plan") or ())
        actions = actions_of(self.assessment, self.evidence)
        order = sorted(range(len(actions)), key=lambda at: _urgency(kept[at], at))
        return tuple(shortened(actions[at], self.room) for at in order)

    def risks(self) -> list[str]:
        """Risks for a person to decide on; what nobody works on; what is late."""
        found = [
            brief(text, self.room.text)
            for text in without_ending(
                [
                    str(each.get("text") or "")
                    for each in self.assessment.get("findings") or ()
                    if each.get("kind") == "priority-action-risk"
                ]
            )[0]
        ]
        if self.unplanned:
            verb = "has" if self.unplanned == 1 else "have"
            weak = plural(self.unplanned, "weaknesses")
            them = "it" if self.unplanned == 1 else "them"
            found.append(f"{weak} that the evidence shows {verb} no action that works on {them}.")
        late = _flagged(self.assessment, "overdue")
        if late:
            found.append(f"{plural(late, 'actions')} of the plan {_be(late)} overdue.")
        hollow = _flagged(self.assessment, "delivered-without-impact")
        if hollow:
            found.append(
                f"{plural(hollow, 'actions')} {_be(hollow)} delivered, and nothing has changed "
                "for children yet."
            )
        return found

    def asks(self) -> Iterable[str]:
        """What the committee is asked to do."""
        yield "note where each judgement stands, and what the evidence does not let leaders claim"
        if any(judgement.get("because") for judgement in self.judgements):
            yield (
                "question leaders on what keeps a higher grade from standing, and by when it will "
                "no longer do so"
            )
        if missing := [voice for voice in HEARD if voice not in spoken(self.assessment)]:
            names = " and ".join(voice_words(voice) for voice in missing)
            yield f"ask why the evidence does not hold what {names} say"
        if self.unplanned:
            yield "ask for actions on the weaknesses that no action works on"
        yield "say which actions it wants to hear of again, by their impact on children"

    def papers(self) -> list[str]:
        """What the paper rests on."""
        source = (self.assessment.get("framework") or {}).get("source") or {}
        found = ["The full self-evaluation of the same date, with every reading and its source."]
        return found + framework_paper(source) + published_papers(self.assessment)

    def limits(self) -> list[str]:
        """What the data cannot tell."""
        told = basis_of(self.assessment, self.evidence, ledger_of(self.assessment))
        return [APPENDIX.sub("", line) for line in told] + uncompared(self.assessment)

    def sources(
        self,
        figures: Sequence[PaperFigure],
        reasons: Sequence[Reason],
        voices: Sequence[VoiceSaid],
    ) -> Iterable[SourceRow]:
        """A row for every reference on the page, so that each leads to where it comes from."""
        used = [figure.reference.anchor for figure in figures]
        used += [each.anchor for reason in reasons for each in reason.evidence]
        used += [entry.reference.anchor for voice in voices for entry in voice.entries]
        origins = origins_of(self.assessment)
        keys = (*self.evidence.readings, *self.evidence.entries)
        by_anchor = {self.evidence.anchor(key): key for key in keys}
        for anchor in dict.fromkeys(used):
            key = by_anchor[anchor]
            if key in self.evidence.readings:
                row = self.evidence.row(key)
                title = f"{row.title} ({row.scope})" if row.scope else row.title
                found, when = origins.of(self.evidence.readings[key]) or (row.source,), row.when
            else:
                entry = self.evidence.entry(key)
                title, found, when = entry.voice, (entry.source,), entry.when
            yield SourceRow(
                label=self.evidence.label(key),
                anchor=anchor,
                title=brief(title, 80),
                when=when,
                origins=tuple(brief(line, 90) for line in found[:1]),
            )


def _urgency(action: Mapping[str, Any], place: int) -> tuple[int, int, int]:
    late = "overdue" in (action.get("flags") or ())
    return (_URGENT.get(str(action.get("rag")), 2), 0 if late else 1, place)


def _flagged(assessment: Mapping[str, Any], flag: str) -> int:
    return sum(flag in (each.get("flags") or ()) for each in assessment.get("plan") or ())


def _be(count: int) -> str:
    return "is" if count == 1 else "are"

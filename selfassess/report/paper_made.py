"""From an assessment, the council's own or a copy for others, to a committee's paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.report.actions import actions_of, unplanned_of
from selfassess.report.appendices import ledger_of, published_of
from selfassess.report.copies import CopyEvidence, Figure, action_copied
from selfassess.report.cover import made_with
from selfassess.report.evidence import ADVERSE, Evidence
from selfassess.report.origins import origins_of
from selfassess.report.paper import ROOMS, PaperContext, PaperFigure, Room, Standing, VoiceSaid
from selfassess.report.parts import Action, Entry, Reason, Reference, SourceRow
from selfassess.report.positions import grade_titles, position_of, reasons_of
from selfassess.report.summary import basis_of, no_reasons
from selfassess.report.text import brief
from selfassess.report.words import (
    count_of,
    date_words,
    number,
    plural,
    value_words,
    voice_words,
)

__all__ = ["paper_of"]

_VOICES = ("child", "family", "staff", "partner", "practice-audit", "inspector")
_HEARD = ("child", "family")
"""Whose absence a committee has to be told of."""
_ASIDE = re.compile(r"\s*\([^()]*\)\.?\Z")
"""What stands in brackets at the end of a text."""
_APPENDIX = re.compile(r" \(Appendix [A-Z]\)")
_URGENT = {"red": 0, "amber": 1, "none": 2, "green": 3, "blue": 4}
_AGAINST = ("england", "region", "neighbours")
_PURPOSE = (
    "This paper tells the committee what the council’s leaders say of the service for children, "
    "what the evidence says beside that, and what is being done.",
    "It does not predict the outcome of an inspection.",
)


def paper_of(
    assessment: Mapping[str, Any], manifest: str, text_note: str, tightness: int = 0
) -> PaperContext:
    """Say the most important within a few pages.

    Args:
        assessment: the assessment or a copy of it, its texts already printable.
        manifest: the hash of what it was made from.
        text_note: what was replaced in the texts.
        tightness: 0 to `TIGHTEST`; each step says less.
    """
    room = ROOMS[min(tightness, len(ROOMS) - 1)]
    made = _Copied(assessment, room) if assessment.get("disclosure") else _Own(assessment, room)
    framework = assessment.get("framework") or {}
    council = brief(str((assessment.get("council") or {}).get("name") or "Unnamed council"), 160)
    as_at = date_words(assessment["as_at"])
    judgements = assessment.get("judgements") or ()
    reasons, plan, risks = made.reasons(), made.plan(), made.risks()
    voices = tuple(_voices(assessment, made, room))
    figures = made.figures()
    title = brief(str(framework.get("title") or framework.get("id") or ""), 160)
    return PaperContext(
        lang="en-GB",
        date=str(assessment["as_at"]),
        generator=made_with(assessment),
        title="Self-evaluation: paper for the scrutiny committee",
        council=council,
        running=f"{brief(council, 60)} · Scrutiny committee · as at {as_at}",
        framework=f"{title}, edition {framework.get('edition')}",
        as_at=as_at,
        audience=made.audience,
        manifest=manifest if not made.disclosed else "",
        disclosed=made.disclosed,
        purpose=_PURPOSE,
        asks=tuple(made.asks()),
        graded=any(each.get("scale") for each in judgements),
        standings=made.standings()[: room.standings],
        standings_more=_more(len(judgements) - room.standings, "judgements"),
        reasons=reasons[: room.reasons],
        reasons_more=_more(len(reasons) - room.reasons, "reasons"),
        no_reasons=made.no_reasons(),
        voices=voices,
        unheard=_unheard(assessment),
        compared=any(each.england or each.others for each in figures),
        figures=figures[: room.figures],
        figures_more=_more(len(figures) - room.figures, "figures"),
        plan=plan[: room.actions],
        plan_more=_more(len(plan) - room.actions, "actions"),
        delivery=_delivery(assessment.get("plan") or ()),
        impact=_impact(assessment.get("plan") or ()),
        risks=tuple(risks[: room.risks])
        + ((_more(len(risks) - room.risks, "risks"),) if len(risks) > room.risks else ()),
        no_risks=made.no_risks,
        papers=tuple(brief(line, 240) for line in made.papers()[: room.papers]),
        limits=tuple(brief(line, max(room.text, 200)) for line in made.limits()[: room.limits]),
        sources=tuple(made.sources(figures[: room.figures], reasons[: room.reasons], voices)),
        text_note=text_note,
    )


class _Own:
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
        """Whole readings: compared ones first, then those out of order, the worst first."""
        whole = [
            reading
            for reading in self.evidence.readings.values()
            if reading.get("value") is not None and not reading.get("where")
        ]
        whole.sort(key=_weight)
        return tuple(self._figure(reading) for reading in whole)

    def _figure(self, reading: Mapping[str, Any]) -> PaperFigure:
        unit = str(reading.get("unit") or "")
        england, others = _beside(reading)
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
                unit if unit == "percent" else "count",
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
        return tuple(_shortened(actions[at], self.room) for at in order)

    def risks(self) -> list[str]:
        """Risks for a person to decide on; what nobody works on; what is late."""
        found = [
            brief(str(each.get("text") or ""), self.room.text)
            for each in self.assessment.get("findings") or ()
            if each.get("kind") == "priority-action-risk"
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
            yield "question leaders on what got in the way, and by when it will no longer do so"
        if missing := [voice for voice in _HEARD if voice not in _spoken(self.assessment)]:
            names = " and ".join(voice_words(voice) for voice in missing)
            yield f"ask why the evidence does not hold what {names} say"
        if self.unplanned:
            yield "ask for actions on the weaknesses that no action works on"
        yield "say which actions it wants to hear of again, by their impact on children"

    def papers(self) -> list[str]:
        """What the paper rests on."""
        source = (self.assessment.get("framework") or {}).get("source") or {}
        found = ["The full self-evaluation of the same date, with every reading and its source."]
        return found + _framework_paper(source) + _published(self.assessment)

    def limits(self) -> list[str]:
        """What the data cannot tell."""
        told = basis_of(self.assessment, self.evidence, ledger_of(self.assessment))
        return [_APPENDIX.sub("", line) for line in told] + _uncompared(self.assessment)

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


class _Copied:
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
        shown.sort(key=lambda pair: _weight(pair[0]))
        return tuple(self._figure(reading, figure) for reading, figure in shown)

    def _figure(self, reading: Mapping[str, Any], figure: Figure) -> PaperFigure:
        england, others = _beside(reading)
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
            _shortened(action_copied(each, self.evidence), self.room)
            for each in self.assessment.get("plan") or ()
        )

    def risks(self) -> list[str]:
        """None: a copy holds no verdict."""
        return []

    def asks(self) -> Iterable[str]:
        """What the committee is asked to do."""
        yield "note what leaders say of each judgement, and the figures beside it"
        yield "question leaders on the areas for improvement, and on what is not shown here"
        if missing := [voice for voice in _HEARD if voice not in _spoken(self.assessment)]:
            names = " and ".join(voice_words(voice) for voice in missing)
            yield f"ask what {names} say, which is not part of this copy"
        yield "say which actions it wants to hear of again, by their impact on children"

    def papers(self) -> list[str]:
        """What the paper rests on."""
        source = (self.assessment.get("framework") or {}).get("source") or {}
        found = [f"The self-evaluation of the same date, {self.audience.lower()}."]
        return found + _framework_paper(source) + _published(self.assessment)

    def limits(self) -> list[str]:
        """What is withheld and why."""
        rules = [str(rule) for rule in self.assessment["disclosure"]["rules"]]
        return rules + _uncompared(self.assessment)

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


def _weight(reading: Mapping[str, Any]) -> tuple[int, int]:
    signal = reading.get("signal")
    worst = ADVERSE.index(signal) if signal in ADVERSE else len(ADVERSE) + (signal is None)
    return (0 if _compared(reading) else 1, worst)


def _beside(reading: Mapping[str, Any]) -> tuple[str, str]:
    """England's figure, and the region's and neighbours'."""
    unit = str(reading.get("unit") or "")
    found: dict[str, str] = {}
    for each in reading.get("comparators") or ():
        if each.get("value") is not None and each.get("kind") in _AGAINST:
            period = brief(str(each.get("period") or ""), 30)
            label = {"neighbours": "neighbours’ middle"}.get(
                str(each["kind"]), brief(str(each.get("label") or ""), 30)
            )
            shown = value_words(float(each["value"]), unit)
            found[str(each["kind"])] = (
                f"{shown} ({period})" if each["kind"] == "england" else f"{label} {shown}"
            )
    rest = [found[kind] for kind in ("region", "neighbours") if kind in found]
    return found.get("england", ""), "; ".join(rest)


def _voices(assessment: Mapping[str, Any], made: _Own | _Copied, room: Room) -> Iterable[VoiceSaid]:
    """What people say, in their own words first; children before all others."""
    entries: dict[str, list[Mapping[str, Any]]] = {}
    readings: dict[str, list[Mapping[str, Any]]] = {}
    for each in assessment.get("register") or ():
        entries.setdefault(str(each.get("voice")), []).append(each)
    for each in assessment.get("readings") or ():
        if each.get("value") is not None and not each.get("where"):
            readings.setdefault(str(each.get("voice")), []).append(each)
    spoken = [voice for voice in _VOICES if entries.get(voice) or readings.get(voice)]
    for voice in spoken[: room.voices]:
        told = sorted(entries.get(voice, ()), key=lambda each: each["direction"] != "weakness")
        counted = sorted(readings.get(voice, ()), key=_weight)
        rest = max(0, len(told) - room.entries)
        yield VoiceSaid(
            voice=voice_words(voice),
            entries=tuple(
                replace(entry, text=brief(entry.text, room.text), source=brief(entry.source, 80))
                for entry in map(made.entry, told[: room.entries])
            ),
            figures=tuple(made.said(each) for each in counted[: room.entries]),
            more=_more(rest, "entries"),
        )


def _spoken(assessment: Mapping[str, Any]) -> set[str]:
    found = {str(each.get("voice")) for each in assessment.get("register") or ()}
    return found | {
        str(each.get("voice"))
        for each in assessment.get("readings") or ()
        if each.get("value") is not None
    }


def _unheard(assessment: Mapping[str, Any]) -> str:
    spoken = _spoken(assessment)
    names = [voice_words(voice) for voice in _HEARD if voice not in spoken]
    return f"Nothing here is in the words of {' or '.join(names)}." if names else ""


def _shortened(action: Action, room: Room) -> Action:
    return replace(
        action,
        title=brief(action.title, room.title),
        owner=brief(action.owner, 60),
        outcome=brief(action.outcome, room.text),
        impact=action.impact.removeprefix("Impact: "),
        moves=tuple(brief(_ASIDE.sub("", line), room.text) for line in action.moves[:2]),
        flags=tuple(brief(line, room.text) for line in action.flags[:2]),
        rule=brief(action.rule, room.text),
        moved=brief(action.moved, room.text),
    )


def _urgency(action: Mapping[str, Any], place: int) -> tuple[int, int, int]:
    late = "overdue" in (action.get("flags") or ())
    return (_URGENT.get(str(action.get("rag")), 2), 0 if late else 1, place)


def _flagged(assessment: Mapping[str, Any], flag: str) -> int:
    return sum(flag in (each.get("flags") or ()) for each in assessment.get("plan") or ())


def _delivery(plan: Sequence[Mapping[str, Any]]) -> str:
    if not plan or not all("delivery" in each for each in plan):
        return ""
    done = sum(str(each["delivery"]) in ("delivered", "embedded") for each in plan)
    late = sum("overdue" in (each.get("flags") or ()) for each in plan)
    return f"Delivery: {number(done)} of {plural(len(plan), 'actions')} delivered, {late} overdue."


def _impact(plan: Sequence[Mapping[str, Any]]) -> str:
    if not plan or not all("impact" in each for each in plan):
        return ""
    counts: dict[str, int] = {}
    for each in plan:
        word = str(each["impact"]).replace("-", " ")
        counts[word] = counts.get(word, 0) + 1
    return "Impact: " + ", ".join(f"{word} {count}" for word, count in sorted(counts.items())) + "."


def _framework_paper(source: Mapping[str, Any]) -> list[str]:
    words = [str(source.get(key) or "") for key in ("publisher", "title", "url")]
    return [": ".join(filter(None, words[:2])) + (f", {words[2]}" if words[2] else "")] * any(words)


def _compared(reading: Mapping[str, Any]) -> bool:
    return any(
        each.get("value") is not None and each.get("kind") in _AGAINST
        for each in reading.get("comparators") or ()
    )


def _published(assessment: Mapping[str, Any]) -> list[str]:
    """Whose published figures stand beside these."""
    any_compared = any(_compared(each) for each in assessment.get("readings") or ())
    return list(published_of(assessment)) if any_compared else []


def _uncompared(assessment: Mapping[str, Any]) -> list[str]:
    if any(_compared(each) for each in assessment.get("readings") or ()):
        return []
    return ["No figure here is set beside a published one."]


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _more(rest: int, noun: str) -> str:
    return f"{plural(rest, f'further {noun}')} in the full self-evaluation." if rest > 0 else ""

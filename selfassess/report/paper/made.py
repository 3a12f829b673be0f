"""From an assessment, the council's own or a copy for others, to a committee's paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.report.cover import made_with
from selfassess.report.notes import ADVERSE
from selfassess.report.paper.context import ROOMS, PaperContext, PaperFigure, Room, VoiceSaid
from selfassess.report.paper.copied import CopiedPaper
from selfassess.report.paper.own import OwnPaper
from selfassess.report.paper.parts import (
    HEARD,
    spoken,
    weight,
)
from selfassess.report.text import brief
from selfassess.report.words import (
    SIGNAL,
    date_words,
    number,
    plural,
    voice_words,
)

__all__ = ["paper_of"]

_VOICES = ("child", "family", "staff", "partner", "practice-audit", "inspector")
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
    made = (
        CopiedPaper(assessment, room)
        if assessment.get("disclosure")
        else OwnPaper(assessment, room)
    )
    framework = assessment.get("framework") or {}
    council = brief(str((assessment.get("council") or {}).get("name") or "Unnamed council"), 160)
    as_at = date_words(assessment["as_at"])
    judgements = assessment.get("judgements") or ()
    reasons, plan, risks = made.reasons(), made.plan(), made.risks()
    voices = tuple(_voices(assessment, made, room))
    figures = made.figures()
    shown = tuple(sorted(figures[: room.figures], key=_worst))
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
        compared=any(each.england or each.others for each in shown),
        figures=shown,
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
        sources=tuple(made.sources(shown, reasons[: room.reasons], voices)),
        text_note=text_note,
    )


def _voices(
    assessment: Mapping[str, Any], made: OwnPaper | CopiedPaper, room: Room
) -> Iterable[VoiceSaid]:
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
        counted = sorted(readings.get(voice, ()), key=weight)
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


def _unheard(assessment: Mapping[str, Any]) -> str:
    heard = spoken(assessment)
    names = [voice_words(voice) for voice in HEARD if voice not in heard]
    return f"Nothing here is in the words of {' or '.join(names)}." if names else ""


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


def _worst(figure: PaperFigure) -> int:
    """The worst first; those in order, and those that no band speaks of, as they come."""
    words = [SIGNAL[key].word for key in ADVERSE]
    return words.index(figure.signal.word) if figure.signal.word in words else len(words)


def _more(rest: int, noun: str) -> str:
    return f"{plural(rest, f'further {noun}')} in the full self-evaluation." if rest > 0 else ""

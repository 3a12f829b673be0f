"""The overview: two pages from the same assessment, said the shorter the less room there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selfassess.report.appendices import ledger_of
from selfassess.report.benchmarks import compared_chart
from selfassess.report.charts.declared import declared_charts
from selfassess.report.evidence import Evidence
from selfassess.report.origins import origins_of
from selfassess.report.parts import Position, Priority, Reason, Reference, SourceRow
from selfassess.report.parts_figures import Chart, Overview
from selfassess.report.positions import grade_titles, position_of, reasons_of
from selfassess.report.priorities import priorities_of
from selfassess.report.summary import APPENDIX, basis_of, no_reasons, placed
from selfassess.report.text import brief
from selfassess.report.triangulation import triangulation_of
from selfassess.report.words import plural

__all__ = ["TIGHTEST", "overview_of"]


_MOST_ROWS = 3
_PLANNED = 200
"""Room for texts from which on it is said who works on a thing, and what must move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """How many of each, and how long."""

    positions: int
    reasons: int
    priorities: int
    disagreements: int
    basis: int
    text: int
    references: int
    origins: int
    figure: bool


def _room(text: int, *, figure: bool = False, **counts: int) -> _Room:
    most = {"positions": 10, "reasons": 5, "priorities": 5, "disagreements": 3, "basis": 6}
    most |= {"references": 2 if text >= 200 else 1, "origins": 2 if text >= 300 else 1}
    return _Room(text=text, figure=figure, **{**most, **counts})


_ROOMS = (
    _room(420, figure=True),
    _room(300, figure=True),
    _room(200, figure=True, reasons=4, basis=4),
    _room(300),
    _room(200, reasons=4, disagreements=2, basis=4),
    _room(140, positions=8, reasons=3, disagreements=1, basis=3),
    _room(100, positions=6, reasons=2, priorities=4, disagreements=0, basis=2),
    _room(70, positions=4, reasons=1, priorities=3, disagreements=0, basis=1),
)
TIGHTEST = len(_ROOMS) - 1
"""The last step: what it says fits two pages whatever the names."""


def overview_of(assessment: Mapping[str, Any], tightness: int = 0) -> Overview:
    """Say the most important within two pages.

    Args:
        assessment: the assessment, its texts already printable.
        tightness: 0 to `TIGHTEST`; each step says less.
    """
    room = _ROOMS[min(tightness, TIGHTEST)]
    evidence = Evidence(assessment)
    judgements = assessment.get("judgements") or ()
    graded = any(judgement.get("scale") for judgement in judgements)
    positions = [
        _position(position_of(index, judgement), room)
        for index, judgement in enumerate(judgements, start=1)
    ]
    grades = grade_titles(assessment)
    reasons = [
        _reason(reason, room)
        for judgement in judgements
        for reason in reasons_of(judgement, evidence, "because", grades)
    ]
    priorities = tuple(
        _priority(item, room) for item in priorities_of(assessment, evidence, room.priorities)
    )
    places = {item.id: place for place, item in enumerate(priorities, start=1)}
    shown = placed(reasons[: room.reasons], places)
    told = list(_disagreements(judgements, evidence, room))
    used = [ref for reason in shown if not reason.place for ref in reason.evidence]
    used += [reference for item in priorities for reference in item.evidence]
    figures = tuple(_figures(assessment, evidence)) if room.figure else ()
    used += [reference for figure in figures for reference in figure.evidence]
    return Overview(
        graded=graded,
        positions=tuple(positions[: room.positions]),
        positions_more=_more(len(positions) - room.positions, "judgements"),
        reasons=shown,
        reasons_more=_more(len(reasons) - room.reasons, "reasons"),
        no_reasons=no_reasons(assessment, graded=graded),
        priorities=priorities,
        figures=figures,
        disagreements=tuple(told),
        basis=tuple(
            brief(APPENDIX.sub("", line), max(room.text, 160))
            for line in basis_of(assessment, evidence, ledger_of(assessment))[: room.basis]
        ),
        sources=tuple(_sources(used, assessment, evidence, room)),
    )


def _figures(assessment: Mapping[str, Any], evidence: Evidence) -> Iterable[Chart]:
    """One picture: figures beside published ones, else the first chart that the packs declare."""
    found = compared_chart([*evidence.readings], evidence, _MOST_ROWS)
    if found is None:
        declared = declared_charts(assessment.get("charts") or (), evidence, 1)
        found = declared[0] if declared else None
    if found is not None:
        yield replace(found, note="")


def _position(position: Position, room: _Room) -> Position:
    return replace(position, title=brief(position.title, max(60, room.text // 2)))


def _reason(reason: Reason, room: _Room) -> Reason:
    return replace(
        reason,
        text=brief(reason.text, room.text),
        judgement=brief(reason.judgement, 80),
        evidence=_references(reason.evidence, room),
        more="",
    )


def _priority(item: Priority, room: _Room) -> Priority:
    return replace(
        item,
        headline=brief(item.headline, max(room.text, 90)),
        detail=brief(item.detail, room.text),
        where=brief(item.where, 120),
        look_at=brief(item.look_at, 120),
        evidence=_references(item.evidence, room),
        plan=brief(item.plan, 160) if room.text >= _PLANNED else "",
        moves=item.moves if room.text >= _PLANNED else "",
        of_each=brief(item.of_each, room.text),
    )


def _references(references: Sequence[Reference], room: _Room) -> tuple[Reference, ...]:
    return tuple(
        replace(each, text=brief(each.text, 110)) for each in references[: room.references]
    )


def _disagreements(
    judgements: Sequence[Mapping[str, Any]], evidence: Evidence, room: _Room
) -> Iterable[str]:
    found = [
        each.text
        for judgement in judgements
        if (said := triangulation_of(judgement, evidence))
        for each in said.disagreements
    ]
    yield from (brief(text, 160) for text in found[: room.disagreements])


def _more(rest: int, noun: str) -> str:
    return f"{plural(rest, f'further {noun}')} in the full report." if rest > 0 else ""


def _sources(
    references: Sequence[Reference],
    assessment: Mapping[str, Any],
    evidence: Evidence,
    room: _Room,
) -> Iterable[SourceRow]:
    """A row for every reference on the two pages, so that each leads to where it comes from."""
    origins = origins_of(assessment)
    by_anchor = {evidence.anchor(key): key for key in (*evidence.readings, *evidence.entries)}
    for anchor, label in dict.fromkeys((each.anchor, each.label) for each in references):
        key = by_anchor[anchor]
        if key in evidence.readings:
            row = evidence.row(key)
            title = f"{row.title} ({row.scope})" if row.scope else row.title
            found = origins.of(evidence.readings[key]) or (row.source,)
            when = row.when
        else:
            entry = evidence.entry(key)
            title, found, when = entry.voice, (entry.source,), entry.when
        yield SourceRow(
            label=label,
            anchor=anchor,
            title=brief(title, 90),
            when=when,
            origins=tuple(brief(line, 100) for line in found[: room.origins]),
        )

"""Tails and teams in a chapter: who differs by more than chance, and how work is spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import SpreadRow, SpreadTable, TeamLine, Teams
from selfassess.report.text import brief
from selfassess.report.words import number, plural, value_words

__all__ = ["teams_of"]

_MOST = 12
"""Sentences of one chapter; the rest are counted."""


def teams_of(ids: Sequence[str], evidence: Evidence, told: set[str]) -> Teams | None:
    """What a chapter says of teams; None where it has nothing to say.

    Args:
        ids: the chapter's readings.
        evidence: the assessment's.
        told: readings of which an earlier chapter spoke; those spoken of here are added.
    """
    whole = [evidence.readings[key] for key in ids if key not in told]
    whole = [reading for reading in whole if not reading.get("where")]
    lines: list[TeamLine] = []
    quiet = 0
    for reading in whole:
        weak = reading.get("weakest") or ()
        beyond = [each for each in weak if each.get("beyond_chance")]
        quiet += bool(weak) and not beyond
        for each in beyond:
            lines.append(
                TeamLine(
                    reference=evidence.reading_reference(str(reading["id"])),
                    title=brief(str(reading.get("title") or ""), 160),
                    text=brief(str(each.get("text") or ""), 320),
                )
            )
    spreads = [
        _spread(reading, evidence)
        for reading in whole
        if (reading.get("spread") or {}).get("groups")
    ]
    if not lines and not spreads and not quiet:
        return None
    told |= {str(reading["id"]) for reading in whole}
    more = len(lines) - _MOST
    notes = []
    if more > 0:
        further = plural(more, "further differences")
        notes.append(f"{further} of this kind stand in assessment.json.")
    if quiet:
        notes.append(
            f"For {plural(quiet, 'measures')} more, the weakest part differs from the rest by no "
            "more than chance could make, or its base is under ten."
        )
    return Teams(lines=tuple(lines[:_MOST]), notes=" ".join(notes), spreads=tuple(spreads))


def _spread(reading: Mapping[str, Any], evidence: Evidence) -> SpreadTable:
    spread, unit = reading["spread"], str(reading.get("unit") or "")
    concentration = spread.get("concentration") or {}
    return SpreadTable(
        reference=evidence.reading_reference(str(reading["id"])),
        title=brief(str(reading.get("title") or ""), 160),
        holder=brief(str(spread["holder"]).capitalize(), 40),
        held=brief(str(spread["held"]).capitalize(), 40),
        rows=tuple(_row(group, unit, evidence) for group in spread["groups"]),
        sentence=brief(str(concentration.get("text") or ""), 320),
    )


def _row(group: Mapping[str, Any], unit: str, evidence: Evidence) -> SpreadRow:
    over = [
        f"{each['title']}: {number(each['holders'])}"
        + (f" of {number(each['of'])}" if each.get("of") is not None else "")
        for each in group.get("over") or ()
        if each.get("holders")
    ]
    return SpreadRow(
        scope=evidence.scopes.words(group.get("where") or {}, 120),
        holders=number(group["holders"]),
        held=number(group["held"]),
        median=value_words(group["median"], unit),
        maximum=value_words(group["maximum"], unit),
        over=tuple(brief(each, 160) for each in over),
    )

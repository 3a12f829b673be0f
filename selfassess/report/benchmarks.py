"""Readings beside published figures: a strip chart, a sentence and a table; never a grade."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.report.charts.benchmark import strip_chart
from selfassess.report.compared import LOOK_HERE, Compared, compared_of, points_of, short
from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import Benchmarks, Chart, ComparedRow
from selfassess.report.steps import references_of
from selfassess.report.text import brief
from selfassess.report.words import number

__all__ = ["benchmarks_of", "compared_chart", "is_compared"]

_MOST_ROWS = 12
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_YEAR = re.compile(r"\A(.*?)\s*(\d{4})\Z")


def is_compared(reading: Mapping[str, Any]) -> bool:
    """Whether a reading, or its twin over completed work, stands beside a published figure."""
    return compared_of(str(reading["id"]), reading) is not None


def benchmarks_of(ids: Sequence[str], evidence: Evidence, start: int) -> Benchmarks | None:
    """Set readings beside published figures; None where none is compared.

    Args:
        ids: readings, in order.
        evidence: where they stand.
        start: the first figure number.
    """
    rows = [row for key in ids if (row := compared_of(key, evidence.readings[key]))]
    if not rows:
        return None
    shared = _shared(rows)
    parts = [rows[at : at + _MOST_ROWS] for at in range(0, len(rows), _MOST_ROWS)]
    return Benchmarks(
        figures=tuple(strip_chart(part, start + index) for index, part in enumerate(parts)),
        rows=tuple(_compared(row, evidence, shared) for row in rows),
        region=_region(rows),
        notes=shared,
    )


def compared_chart(ids: Sequence[str], evidence: Evidence, most: int) -> Chart | None:
    """A strip chart of the readings that stand out most beside published figures.

    Past the look-here line comes first, then outside the neighbours' range, then what is worse than
    England's figure: two pages must not show only what looks well.
    """
    rows = [row for key in ids if (row := compared_of(key, evidence.readings[key]))]
    rows.sort(
        key=lambda row: (
            not row.past_line(),
            row.side() == "within",
            row.beside_england(str(evidence.readings[row.key].get("better") or "")),
        )
    )
    if not rows:
        return None
    chart = strip_chart(rows[:most], 1)
    return replace(chart, evidence=references_of([row.key for row in rows[:most]], evidence))


def _region(rows: Sequence[Compared]) -> str:
    if not any("region" in row.comparators for row in rows):
        return ""
    names = {str((row.comparators.get("region") or {}).get("label") or "") for row in rows} - {""}
    return brief(names.pop(), 40) if len(names) == 1 else "Region"


def _compared(row: Compared, evidence: Evidence, shared: Sequence[str]) -> ComparedRow:
    given = row.comparators
    near, good = given.get("neighbours") or {}, given.get("good-or-better") or {}
    common = [note.partition(": ")[2] for note in shared]
    periods = dict.fromkeys(
        str(given[kind].get("period") or "")
        for kind in ("england", "region", "neighbours")
        if kind in given
    )
    return ComparedRow(
        reference=evidence.reading_reference(row.key),
        title=brief(row.title, 200),
        unit="" if row.unit == "percent" else brief(row.unit.replace("-", " "), 40),
        here=short(row.value, row.unit),
        england=_figure_of(given.get("england"), row.unit),
        region=_figure_of(given.get("region"), row.unit),
        neighbours=_ranged(near, row.unit),
        counted=_counted(near),
        good=_ranged(good, row.unit) if good.get("value") is not None else _why_none(good),
        line=_line(row),
        period=brief("; ".join(filter(None, periods)), 160),
        lines=tuple(_lines(row, common)),
    )


def _why_none(good: Mapping[str, Any]) -> str:
    return brief(str(good.get("note") or ""), 240) or "no figure"


def _line(row: Compared) -> str:
    """The look-here line in words; which side is beyond it follows from the quartile it lies on."""
    if row.line is None:
        return ""
    good = row.comparators["good-or-better"]
    way = "over" if good.get("high") is not None and row.line >= float(good["high"]) else "under"
    text = f"{LOOK_HERE} if {way} {short(row.line, row.unit)}"
    return f"{text}: it is" if row.past_line() else text


def _figure_of(item: Mapping[str, Any] | None, unit: str) -> str:
    if not item or item.get("value") is None:
        return "no figure"
    return short(float(item["value"]), unit)


def _ranged(item: Mapping[str, Any], unit: str) -> str:
    if item.get("value") is None:
        return "no figure"
    text = short(float(item["value"]), unit)
    if item.get("low") is not None and item.get("high") is not None:
        text += f" ({short(float(item['low']), unit)} to {short(float(item['high']), unit)})"
    return text


def _counted(near: Mapping[str, Any]) -> str:
    if not near:
        return ""
    without = int(near.get("withheld") or 0)
    tail = f", {number(without)} without a figure" if without else ""
    return f"{number(int(near.get('n') or 0))} neighbours{tail}"


def _lines(row: Compared, common: Iterable[str]) -> Iterable[str]:
    """What stands below the table: the twin, the own trend, and cautions that not all share."""
    if row.told:
        yield brief(row.told, 300)
    if points := points_of(row):
        yield _trend(points, row.unit)
    for each in row.comparators.values():
        own = [part for part in _cautions(each) if part not in common]
        if own:
            yield f"{brief(str(each.get('label') or each.get('kind')), 60)}: {' '.join(own)}"


def _cautions(item: Mapping[str, Any]) -> list[str]:
    """The sentences of a comparator's note; what its own cell says already is left out."""
    if item.get("kind") == "good-or-better" and item.get("value") is None:
        return []
    parts = _SENTENCE.split(brief(str(item.get("note") or ""), 400))
    known = LOOK_HERE if item.get("line") is not None else None
    return [part for part in parts if part and not (known and known in part.lower())]


def _shared(rows: Sequence[Compared]) -> tuple[str, ...]:
    """Cautions that several readings share, to be said once."""
    found = Counter(
        (str(each.get("label") or each.get("kind")), part)
        for row in rows
        for each in row.comparators.values()
        for part in dict.fromkeys(_cautions(each))
    )
    return tuple(
        f"{brief(label, 60)}: {part}" for (label, part), count in found.items() if count > 1
    )


def _trend(points: Sequence[Mapping[str, Any]], unit: str) -> str:
    found = [_YEAR.match(str(point.get("period") or "")) for point in points]
    prefixes = {match[1] for match in found if match}
    alike = all(found) and len(prefixes) == 1
    parts = []
    for point, match in zip(points, found, strict=True):
        value = point.get("value")
        when = match[2] if alike and match else str(point.get("period") or "")
        parts.append(f"{when} {'no figure' if value is None else short(float(value), unit)}")
    lead = f", {prefixes.pop()}" if alike and prefixes != {""} else ""
    return brief(f"Own published figures{lead}: {', '.join(parts)}.", 500)

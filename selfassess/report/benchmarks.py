"""Readings beside published figures: a strip chart, a sentence and a table; never a grade."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selfassess.report.drawing import WIDTH, Axis, at, mark, wrapped
from selfassess.report.evidence import Evidence
from selfassess.report.parts import Benchmarks, Chart, ComparedRow, Mark
from selfassess.report.steps import references_of
from selfassess.report.text import brief
from selfassess.report.words import number, plural, value_words

__all__ = ["LOOK_HERE", "benchmarks_of", "compared_chart", "is_compared"]

LOOK_HERE = "look here"
"""The name of the line of good-or-better councils: a question, neither a band nor a grade."""

_MOST_ROWS = 12
_ROW = 46.0
_TOP = 34.0
_LABELS, _STRIP, _TREND = (24.0, 190.0), (236.0, 462.0), (520.0, 586.0)
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_YEAR = re.compile(r"\A(.*?)\s*(\d{4})\Z")
_KEY = (
    "◆ this council, ▲ England, ○ the region; the pale bar is the range of the statistical "
    "neighbours, the stroke in it their middle one. Every strip has its own scale, with its ends "
    "beside it."
)
_KEY_LINE = (
    " The broken line says look here: a quarter of the councils judged good or better lie beyond "
    "it too."
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A figure with what it is compared with."""

    key: str
    title: str
    unit: str
    value: float
    comparators: Mapping[str, Mapping[str, Any]]
    told: str

    @property
    def numbers(self) -> list[float]:
        """Everything that must lie on the strip."""
        found = [self.value]
        for kind in ("england", "region", "neighbours", "good-or-better"):
            item = self.comparators.get(kind) or {}
            keys = ("value", "line") if kind == "good-or-better" else ("value", "low", "high")
            found += [float(item[key]) for key in keys if item.get(key) is not None]
        return found

    @property
    def line(self) -> float | None:
        line = (self.comparators.get("good-or-better") or {}).get("line")
        return None if line is None else float(line)

    def side(self) -> str:
        """Where the figure lies against the range of the neighbours; nothing without one."""
        item = self.comparators.get("neighbours") or {}
        if item.get("low") is None or item.get("high") is None:
            return ""
        if self.value < item["low"]:
            return "below"
        return "above" if self.value > item["high"] else "within"

    def past_line(self) -> bool:
        return bool((self.comparators.get("good-or-better") or {}).get("past_line"))


def is_compared(reading: Mapping[str, Any]) -> bool:
    """Whether a reading, or its twin over completed work, stands beside a published figure."""
    return _row(str(reading["id"]), reading) is not None


def benchmarks_of(ids: Sequence[str], evidence: Evidence, start: int) -> Benchmarks | None:
    """Set readings beside published figures; None where none is compared.

    Args:
        ids: readings, in order.
        evidence: where they stand.
        start: the first figure number.
    """
    rows = [row for key in ids if (row := _row(key, evidence.readings[key]))]
    if not rows:
        return None
    shared = _shared(rows)
    parts = [rows[at : at + _MOST_ROWS] for at in range(0, len(rows), _MOST_ROWS)]
    return Benchmarks(
        figures=tuple(_figure(part, start + index) for index, part in enumerate(parts)),
        rows=tuple(_compared(row, evidence, shared) for row in rows),
        region=_region(rows),
        notes=shared,
    )


def compared_chart(ids: Sequence[str], evidence: Evidence, most: int) -> Chart | None:
    """A strip chart of the readings that stand out most beside published figures.

    Past the look-here line comes first, then outside the neighbours' range, then the order given.
    """
    rows = [row for key in ids if (row := _row(key, evidence.readings[key]))]
    rows.sort(key=lambda row: (not row.past_line(), row.side() == "within"))
    if not rows:
        return None
    chart = _figure(rows[:most], 1)
    return replace(chart, evidence=references_of([row.key for row in rows[:most]], evidence))


def _row(key: str, reading: Mapping[str, Any]) -> _Row | None:
    twin = reading.get("twin") or {}
    item = twin if twin.get("comparators") else reading
    found = {
        str(each.get("kind")): each
        for each in item.get("comparators") or ()
        if isinstance(each, Mapping)
    }
    shown = any(
        each.get("value") is not None for kind, each in found.items() if kind != "good-or-better"
    )
    if item.get("value") is None or not shown:
        return None
    title = str(reading.get("title") or reading.get("measure") or key)
    return _Row(
        key=key,
        title=f"{title}, completed work only" if item is twin else title,
        unit=str(item.get("unit") or reading.get("unit") or ""),
        value=float(item["value"]),
        comparators=found,
        told=str(twin.get("text") or "") if item is twin else "",
    )


def _region(rows: Sequence[_Row]) -> str:
    names = {str((row.comparators.get("region") or {}).get("label") or "") for row in rows} - {""}
    return brief(names.pop(), 40) if len(names) == 1 else "Region"


def _figure(rows: Sequence[_Row], figure: int) -> Chart:
    marks: list[Mark] = [
        at(_STRIP[0] + (_STRIP[1] - _STRIP[0]) / 2, 14, "beside published figures"),
        at((_TREND[0] + _TREND[1]) / 2 + 8, 14, "own published figures"),
    ]
    for index, row in enumerate(rows):
        marks += _strip(row, _TOP + _ROW * index + _ROW / 2)
    sentence = _sentence(rows)
    lined = any(row.line is not None for row in rows)
    return Chart(
        kind="benchmark",
        number=figure,
        anchor=f"figure-{figure}",
        title="Beside published figures",
        alt=f"Strip chart, one row for each of {plural(len(rows), 'readings')}. {sentence}",
        sentence=sentence,
        axis="",
        width=WIDTH,
        height=_TOP + _ROW * len(rows) + 6,
        base=0.0,
        marks=tuple(marks),
        ticks=(),
        rows=(),
        lines=(),
        key=_KEY + (_KEY_LINE if lined else ""),
        head=(),
        table=(),
    )


def _strip(row: _Row, y: float) -> Iterable[Mark]:
    low, high = min(row.numbers), max(row.numbers)
    room = (high - low or abs(high) or 1.0) * 0.06
    axis = Axis(low - room, high + room, *_STRIP)
    lines = wrapped(row.title, _LABELS[1] - _LABELS[0])
    for index, text in enumerate(lines):
        top = y + 4 - 7 * (len(lines) - 1) + 14 * index
        yield mark("text", _LABELS[1], top, label=text, side="left")
    yield mark("whisker", _STRIP[0], y, _STRIP[1] - _STRIP[0])
    yield mark("text", _STRIP[0] - 6, y + 4, label=_short(low, row.unit), side="left")
    yield mark("text", _STRIP[1] + 6, y + 4, label=_short(high, row.unit), side="right")
    near = row.comparators.get("neighbours") or {}
    if near.get("low") is not None and near.get("high") is not None:
        left = axis.place(float(near["low"]))
        yield mark("range", left, y - 6, axis.place(float(near["high"])) - left, 12)
    if near.get("value") is not None:
        yield mark("tick", axis.place(float(near["value"])), y, 2.4, 14, strong=True)
    if row.line is not None:
        yield mark("dash", axis.place(row.line), y, 1.2, 26, strong=True)
    for kind, form in (("region", "ring"), ("england", "triangle")):
        item = row.comparators.get(kind) or {}
        if item.get("value") is not None:
            yield mark(form, axis.place(float(item["value"])), y, 4.2)
    yield mark(
        "diamond",
        axis.place(row.value),
        y,
        5.4,
        label=value_words(row.value, row.unit) if row.unit == "percent" else number(row.value),
        strong=True,
        side="above",
    )
    yield from _own(row, y)


def _own(row: _Row, y: float) -> Iterable[Mark]:
    """The council's own published figures as a small curve, broken where there is no figure."""
    points = [point.get("value") for point in _points(row)]
    known = [float(value) for value in points if value is not None]
    if not known:
        return
    low, high = min(known), max(known)
    across = Axis(0, max(len(points) - 1, 1), *_TREND)
    up = Axis(low, high, y + 9, y - 9) if high > low else Axis(low - 1, low + 1, y + 9, y - 9)
    path, pen = "", "M"
    last = (0.0, 0.0, 0.0)
    for index, value in enumerate(points):
        if value is None:
            pen = "M"
            continue
        x, height = across.place(index), up.place(float(value))
        # A lone point between gaps would not show as a line, so it gets a short stroke.
        path += f"{pen}{x} {height}" + (f"h{0.1}" if pen == "M" else "")
        pen, last = "L", (x, height, float(value))
    yield mark("curve", _TREND[0], y, path=path)
    yield mark("dot", last[0], last[1], 2.6, label=_short(last[2], row.unit), side="right")


def _points(row: _Row) -> list[Mapping[str, Any]]:
    return list((row.comparators.get("own-trend") or {}).get("points") or ())


def _short(value: float, unit: str) -> str:
    return f"{number(value, 'percent')}%" if unit == "percent" else number(round(value, 2))


def _sentence(rows: Sequence[_Row]) -> str:
    if len(rows) == 1:
        return _alone(rows[0])
    parts = []
    ranged = [row for row in rows if row.side()]
    if ranged:
        within = sum(row.side() == "within" for row in ranged)
        verb = "lies" if within == 1 else "lie"
        parts.append(
            f"Of {plural(len(ranged), 'figures')}, {number(within)} {verb} within the range of the "
            "statistical neighbours"
        )
        for side in ("above", "below"):
            if named := [_named(row) for row in ranged if row.side() == side]:
                parts[-1] += f"; {side} it: {', '.join(named)}"
    if past := [_named(row) for row in rows if row.past_line()]:
        parts.append(f"Past the {LOOK_HERE} line: {', '.join(past)}")
    elif any(row.line is not None for row in rows):
        parts.append(f"None lies past its {LOOK_HERE} line")
    return ". ".join(parts) + "." if parts else "England's figures are beside ours."


def _named(row: _Row) -> str:
    return f"{brief(row.title, 90)} ({_short(row.value, row.unit)})"


def _alone(row: _Row) -> str:
    england = (row.comparators.get("england") or {}).get("value")
    near = row.comparators.get("neighbours") or {}
    text = f"{brief(row.title, 120)}: {_short(row.value, row.unit)}"
    if england is not None:
        text += f", beside {_short(float(england), row.unit)} in England"
    if row.side():
        text += (
            f"; {row.side()} the range of the statistical neighbours, "
            f"{_short(float(near['low']), row.unit)} to {_short(float(near['high']), row.unit)}"
        )
    if row.line is not None:
        text += f"; {'past' if row.past_line() else 'not past'} the {LOOK_HERE} line"
    return text + "."


def _compared(row: _Row, evidence: Evidence, shared: Sequence[str]) -> ComparedRow:
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
        here=_short(row.value, row.unit),
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


def _line(row: _Row) -> str:
    """The look-here line in words; which side is beyond it follows from the quartile it lies on."""
    if row.line is None:
        return ""
    good = row.comparators["good-or-better"]
    way = "over" if good.get("high") is not None and row.line >= float(good["high"]) else "under"
    text = f"{LOOK_HERE} if {way} {_short(row.line, row.unit)}"
    return f"{text}: it is" if row.past_line() else text


def _figure_of(item: Mapping[str, Any] | None, unit: str) -> str:
    if not item or item.get("value") is None:
        return "no figure"
    return _short(float(item["value"]), unit)


def _ranged(item: Mapping[str, Any], unit: str) -> str:
    if item.get("value") is None:
        return "no figure"
    text = _short(float(item["value"]), unit)
    if item.get("low") is not None and item.get("high") is not None:
        text += f" ({_short(float(item['low']), unit)} to {_short(float(item['high']), unit)})"
    return text


def _counted(near: Mapping[str, Any]) -> str:
    if not near:
        return ""
    without = int(near.get("withheld") or 0)
    tail = f", {number(without)} without a figure" if without else ""
    return f"{number(int(near.get('n') or 0))} neighbours{tail}"


def _lines(row: _Row, common: Iterable[str]) -> Iterable[str]:
    """What stands below the table: the twin, the own trend, and cautions that not all share."""
    if row.told:
        yield brief(row.told, 300)
    if points := _points(row):
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


def _shared(rows: Sequence[_Row]) -> tuple[str, ...]:
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
    short = all(found) and len(prefixes) == 1
    parts = []
    for point, match in zip(points, found, strict=True):
        value = point.get("value")
        when = match[2] if short and match else str(point.get("period") or "")
        parts.append(f"{when} {'no figure' if value is None else _short(float(value), unit)}")
    lead = f", {prefixes.pop()}" if short and prefixes != {""} else ""
    return brief(f"Own published figures{lead}: {', '.join(parts)}.", 500)

"""Charts of how a measure's holders are spread: geometry, a sentence and a table from the data."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selfassess.report.drawing import LEFT, RIGHT, ROW, WIDTH, at, mark, step_of, wrapped
from selfassess.report.evidence import Evidence
from selfassess.report.parts import Chart, Reference
from selfassess.report.text import brief
from selfassess.report.words import number

__all__ = ["spread_charts"]

_LEFT, _RIGHT = LEFT, RIGHT
_ROW, _NAME = ROW, 186.0
_LINES = re.compile(r"\b(attention|concern|critical)\s+(?:over|at least)\s+(\d+(?:\.\d+)?)")
_MOST_ROWS = 20

Holders = list[tuple[float, int]]


@dataclass(frozen=True, slots=True)
class _Spread:
    """A distribution, its summary and its limit."""

    holders: Holders
    limit: float | None
    level: str

    @property
    def count(self) -> int:
        return sum(many for _, many in self.holders)

    @property
    def past(self) -> int:
        limit = self.limit
        return sum(many for value, many in self.holders if limit is not None and value > limit)

    @property
    def lowest(self) -> float:
        return self.holders[0][0]

    @property
    def highest(self) -> float:
        return self.holders[-1][0]

    @property
    def middle(self) -> float:
        """The lower median: a value that some holder has."""
        half, seen = (self.count + 1) // 2, 0
        for value, many in self.holders:
            seen += many
            if seen >= half:
                return value
        return self.highest


def spread_charts(
    readings: Sequence[Mapping[str, Any]], evidence: Evidence, start: int
) -> tuple[Chart, ...]:
    """Draw a chart of the spread for each unit that holders are measured in, and one for its parts.

    Args:
        readings: readings that carry a distribution, in order.
        evidence: where they stand, and words for their parts.
        start: the first figure number.
    """
    charts: list[Chart] = []
    drawn: set[str] = set()
    # The largest single figure first: its bands say how much is too much for one holder.
    for reading in sorted(readings, key=lambda reading: not reading.get("tail")):
        if reading.get("where"):
            continue
        spread = _spread(reading)
        unit = str(reading.get("unit") or "")
        if unit in drawn or not _speaks_of_holders(reading, spread):
            continue
        drawn.add(unit)
        charts.append(_histogram(reading, spread, evidence, start + len(charts)))
        for key, parts in _parts(reading, readings).items():
            charts.append(_strips(reading, spread, key, parts, evidence, start + len(charts)))
    return tuple(charts)


def _speaks_of_holders(reading: Mapping[str, Any], spread: _Spread) -> bool:
    """Whether the value, and so its bands, is in what each holder has: not a share or a count."""
    value = reading.get("value")
    if value is None or reading.get("unit") == "percent" or len(spread.holders) < 2:
        return False
    return spread.lowest <= float(value) <= spread.highest


def _spread(reading: Mapping[str, Any], limit: tuple[float | None, str] | None = None) -> _Spread:
    pairs: dict[float, int] = {}
    for value, many in reading.get("distribution") or ():
        pairs[float(value)] = pairs.get(float(value), 0) + int(many)
    return _Spread(sorted(pairs.items()), *(limit or _limit(reading)))


def _limit(reading: Mapping[str, Any]) -> tuple[float | None, str]:
    """The strictest cut that the band names and that some holder is past, else the first."""
    cuts = [
        (float(cut), level)
        for level, cut in _LINES.findall(str((reading.get("band") or {}).get("text") or ""))
    ]
    highest = max((float(value) for value, _ in reading.get("distribution") or ()), default=0.0)
    cuts.sort()
    passed = [cut for cut in cuts if cut[0] < highest]
    if passed:
        return passed[-1]
    return cuts[0] if cuts else (None, "")


def _parts(
    whole: Mapping[str, Any], readings: Sequence[Mapping[str, Any]]
) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for reading in readings:
        where = reading.get("where") or {}
        if reading.get("measure") == whole.get("measure") and len(where) == 1:
            found.setdefault(next(iter(where)), []).append(reading)
    return {key: parts for key, parts in sorted(found.items()) if len(parts) > 1}


def _histogram(
    reading: Mapping[str, Any], spread: _Spread, evidence: Evidence, figure: int
) -> Chart:
    step = step_of((spread.highest - min(spread.lowest, 0)) / 14)
    whole = all(value == int(value) for value, _ in spread.holders)
    # A bin is open below and closed above and an edge lies on the limit, so that those over it
    # never share a bin with those on it.
    origin = (spread.limit or 0.0) % step

    def place(value: float) -> int:
        return math.ceil(round((value - origin) / step, 9)) - 1

    first, last = place(spread.lowest), place(spread.highest)
    bins = [0] * (last - first + 1)
    for value, many in spread.holders:
        bins[place(value) - first] += many
    top, base = 30.0, 160.0
    wide = (_RIGHT - _LEFT) / len(bins)
    tallest = max(bins)
    marks, ticks, table = [], [], []
    for index, many in enumerate(bins):
        low = round(origin + (first + index) * step, 9)
        tall = round((base - top) * many / tallest, 1)
        left = round(_LEFT + index * wide + 1, 1)
        past = spread.limit is not None and low >= spread.limit
        marks.append(
            mark(
                "bar",
                left,
                base - tall,
                wide - 2,
                tall,
                label=str(many) if many else "",
                strong=past,
                side="above",
            )
        )
        name = _bin_name(low, step, whole)
        ticks.append(at(left + wide / 2 - 1, base + 16, name))
        table.append((name if whole else name.replace("–", " to "), number(many)))
    lines = []
    if spread.limit is not None and first <= place(spread.limit) < last:
        x = _LEFT + (place(spread.limit) + 1 - first) * wide
        lines.append(at(x, top - 14, f"{spread.level} over {number(spread.limit)}"))
    unit = str(reading.get("unit") or "value").replace("-", " ")
    title = brief(str(reading.get("title") or reading.get("measure")), 140)
    sentence = _sentence(spread)
    return Chart(
        kind="histogram",
        number=figure,
        anchor=f"figure-{figure}",
        title=f"{title}: how it is spread",
        alt=f"Bar chart. {title}, spread over {spread.count} holders. {sentence}",
        sentence=sentence,
        axis=f"{unit} each; bars count holders{'' if whole else ', upper ends included'}",
        width=WIDTH,
        height=200.0,
        base=base,
        marks=tuple(marks),
        ticks=tuple(ticks),
        rows=(),
        lines=tuple(lines),
        key=_key(spread, "bars"),
        evidence=_reference(reading, evidence),
        head=(f"{unit} each", "holders"),
        table=tuple(table),
    )


def _strips(
    reading: Mapping[str, Any],
    whole: _Spread,
    key: str,
    parts: list[Mapping[str, Any]],
    evidence: Evidence,
    figure: int,
) -> Chart:
    limit = (whole.limit, whole.level)
    rows = [
        (evidence.scopes.value(key, part["where"][key]), _spread(part, limit)) for part in parts
    ]
    rows = sorted(
        (row for row in rows if row[1].holders), key=lambda row: (-row[1].highest, row[0])
    )
    left_out = max(0, len(rows) - _MOST_ROWS)
    rows = rows[:_MOST_ROWS]
    step = step_of(max(spread.highest for _, spread in rows) / 6)
    end = math.ceil(max(spread.highest for _, spread in rows) / step + 0.01) * step
    left, right, top = _LEFT + _NAME, _RIGHT - 40, 30.0
    base = top + _ROW * len(rows)

    def place(value: float) -> float:
        return round(left + (right - left) * value / end, 1)

    marks, names, table = [], [], []
    for index, (name, spread) in enumerate(rows):
        y = top + _ROW * index + _ROW / 2
        names.append(at(_LEFT + _NAME - 12, y + 4, wrapped(name, _NAME - 12, 1)[0]))
        for value, many in spread.holders:
            last = value == spread.highest
            marks.append(
                mark(
                    "dot",
                    place(value),
                    y,
                    3.4 + 1.4 * math.sqrt(many - 1),
                    label=number(value) if last else "",
                    strong=spread.limit is not None and value > spread.limit,
                    side="right",
                )
            )
        figures = [spread.count, spread.lowest, spread.middle, spread.highest]
        past = [number(spread.past)] if spread.limit is not None else []
        table.append((brief(name, 80), *(number(figure) for figure in figures), *past))
    ticks = [
        at(place(step * index), base + 16, number(step * index))
        for index in range(int(end / step) + 1)
    ]
    lines = []
    if whole.limit is not None and whole.limit < end:
        text = f"{whole.level} over {number(whole.limit)}"
        lines.append(at(place(whole.limit), top - 14, text))
    worst, best = rows[0], min(rows, key=lambda row: (row[1].highest, row[0]))
    dimension = evidence.scopes.title(key)
    title = brief(str(reading.get("title") or reading.get("measure")), 140)
    sentence = (
        f"The highest single figure is {number(worst[1].highest)}, in {brief(worst[0], 60)}; "
        f"the lowest maximum is {number(best[1].highest)}, in {brief(best[0], 60)}."
    )
    if left_out:
        sentence += f" {left_out} more with lower maxima are not drawn."
    unit = str(reading.get("unit") or "value").replace("-", " ")
    heads = (dimension, "holders", "lowest", "middle", "highest")
    return Chart(
        kind="strips",
        number=figure,
        anchor=f"figure-{figure}",
        title=f"{title}: by {dimension}",
        alt=f"Dot chart, one row for each {dimension}, one dot for each figure held. {sentence}",
        sentence=sentence,
        axis=f"{unit} each; a larger dot is several holders with the same number",
        width=WIDTH,
        height=base + 40,
        base=base,
        marks=tuple(marks),
        ticks=tuple(ticks),
        rows=tuple(names),
        lines=tuple(lines),
        key=_key(whole, "dots"),
        start=left,
        evidence=_reference(reading, evidence),
        head=(*heads, f"over {number(whole.limit)}") if whole.limit is not None else heads,
        table=tuple(table),
    )


def _reference(reading: Mapping[str, Any], evidence: Evidence) -> tuple[Reference, ...]:
    key = str(reading.get("id"))
    return (replace(evidence.reading_reference(key), text=""),) if key in evidence.readings else ()


def _sentence(spread: _Spread) -> str:
    count = spread.count
    text = (
        f"{number(count)} holders have between {number(spread.lowest)} and "
        f"{number(spread.highest)} each; half of them have {number(spread.middle)} or fewer"
    )
    if spread.limit is None:
        return text + "."
    share = number(100 * spread.past / count, "percent")
    if not spread.past:
        return f"{text}; none has more than {number(spread.limit)}."
    verb = "has" if spread.past == 1 else "have"
    return f"{text}; {number(spread.past)} ({share}%) {verb} more than {number(spread.limit)}."


def _key(spread: _Spread, what: str) -> str:
    if spread.limit is None or not spread.past:
        return ""
    return f"Dark {what} lie past the line: {spread.level}, over {number(spread.limit)}."


def _bin_name(low: float, step: float, whole: bool) -> str:
    bottom, top = max(low, 0.0), low + step
    if whole:
        bottom, top = max(math.floor(low) + 1, 0), math.floor(top)
    return number(bottom) if bottom == top else f"{number(bottom)}–{number(top)}"

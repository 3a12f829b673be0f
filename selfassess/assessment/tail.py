"""Beside each reading: its spread over teams, its weakest parts, its gap to the next band.

Nothing here is judged, and nothing judges by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.analysis.loads import concentration, loads_of
from selfassess.analysis.rates import Part, weakest
from selfassess.analysis.tail_words import (
    CASES,
    concentration_text,
    group_text,
    weak_text,
)
from selfassess.assessment.gap import Gaps, counts_of, is_share
from selfassess.assessment.parts import number
from selfassess.model.assessment import JudgedReading
from selfassess.model.common import scope_text
from selfassess.model.measure import Dimension, Measure, Reading

__all__ = ["Tails"]

NOT_RECORDED = "not-recorded"


class Tails:
    """What stands beside readings: made once for an assessment, asked for each reading.

    Args:
        readings: all of them, judged.
        measures: by id.
        dimensions: by id; parts of the service are those that take the whole's band, add up to it
            and are no periods.
    """

    def __init__(
        self,
        readings: Sequence[JudgedReading],
        measures: Mapping[str, Measure],
        dimensions: Mapping[str, Dimension],
    ) -> None:
        self._measures = measures
        self._dimensions = dimensions
        self._by_id = {item.reading.id: item.reading for item in readings}
        self._parts: dict[str, list[Reading]] = {}
        for item in readings:
            if len(item.reading.where) == 1:
                self._parts.setdefault(item.reading.measure, []).append(item.reading)
        self._gaps = Gaps()

    def beside(self, item: JudgedReading) -> dict[str, Any]:
        """The keys ``spread``, ``weakest`` and ``gap`` of a reading."""
        measure = self._measures.get(item.reading.measure)
        if measure is None:
            return {"spread": None, "weakest": [], "gap": None}
        whole = not item.reading.where
        return {
            "spread": self._spread(item.reading, measure) if whole else None,
            "weakest": self._weakest(item.reading, measure) if whole else [],
            "gap": None if self._history(item.reading) else self._gaps.of(item, measure),
        }

    # tails

    def _spread(self, whole: Reading, measure: Measure) -> dict[str, Any] | None:
        spread = measure.spread
        if spread is None or not whole.distribution:
            return None
        found = concentration(whole.loads or whole.distribution)
        groups = [
            self._group(part, measure)
            for part in self._parts.get(measure.id, ())
            if part.distribution and not self._history(part)
        ]
        order = [*measure.by, *sorted(self._dimensions)]
        groups.sort(key=lambda group: [(order.index(k), v) for k, v in group["where"].items()])
        return {
            "holder": spread.holder.many,
            "held": spread.held.many,
            "groups": groups,
            "concentration": {
                "holders": found.holders,
                "of": found.of,
                "held": number(float(found.held)),
                "total": number(float(found.total)),
                "even": found.even,
                "share": number(float(found.share)),
                "text": concentration_text(found, spread.holder, spread.held),
            }
            if found
            else None,
        }

    def _group(self, part: Reading, measure: Measure) -> dict[str, Any]:
        spread = measure.spread
        shown = loads_of(part.distribution)
        loads = loads_of(part.loads or part.distribution)
        assert spread is not None  # noqa: S101 - the caller looked
        assert shown is not None  # noqa: S101 - the part has holders
        assert loads is not None  # noqa: S101 - the same holders
        over: list[dict[str, Any]] = []
        for name in spread.over:
            found = self._by_id.get(name + scope_text(part.where))
            if found is None or found.numerator is None or found.published:
                continue
            of = found.denominator
            over.append(
                {
                    "measure": name,
                    "title": found.title,
                    "holders": number(found.numerator),
                    "of": number(of),
                    "share": number(found.numerator / of) if of else None,
                }
            )
        limits = [(each["title"], each["holders"], each["of"]) for each in over]
        return {
            "where": dict(part.where),
            "holders": loads.holders,
            "held": number(float(loads.held)),
            "maximum": number(float(shown.maximum)),
            "median": number(float(shown.median)),
            "over": over,
            "text": group_text(
                self._label(part), loads, shown, measure.unit, limits, spread.holder, spread.held
            ),
        }

    # teams

    def _weakest(self, whole: Reading, measure: Measure) -> list[dict[str, Any]]:
        if measure.better not in ("higher", "lower") or not is_share(measure):
            return []
        by_dimension: dict[str, list[Reading]] = {}
        for part in self._parts.get(measure.id, ()):
            (key, _label) = part.where[0]
            dimension = self._dimensions.get(key)
            if dimension is None or not dimension.inherits or not dimension.partitions:
                continue
            if not dimension.history and part.published == whole.published and counts_of(part):
                by_dimension.setdefault(key, []).append(part)
        found: list[dict[str, Any]] = []
        for key in sorted(by_dimension):
            found += self._weakest_of(by_dimension[key], measure)
        return found

    def _weakest_of(self, parts: Iterable[Reading], measure: Measure) -> Iterable[dict[str, Any]]:
        named: dict[str, Reading] = {}
        looked_at: list[Part] = []
        others: list[Part] = []
        for part in parts:
            counts = counts_of(part)
            assert counts  # noqa: S101 - the caller looked
            named[part.id] = part
            nameless = part.where[0][1] == NOT_RECORDED
            (others if nameless else looked_at).append(Part(part.id, *counts))
        for weak in weakest(looked_at, higher_is_better=measure.better == "higher", others=others):
            part = named[weak.part.name]
            yield {
                "where": dict(part.where),
                "value": number(part.value),
                "numerator": weak.part.numerator,
                "denominator": weak.part.denominator,
                "low": number(100 * weak.low),
                "high": number(100 * weak.high),
                "rest": {
                    "numerator": weak.rest.numerator,
                    "denominator": weak.rest.denominator,
                    "value": number(float(100 * weak.rest.rate)),
                },
                "compared": weak.compared,
                "beyond_chance": weak.beyond_chance,
                "text": weak_text(weak, self._label(part), measure.counted or CASES),
            }

    # words

    def _label(self, part: Reading) -> str:
        """A part's name with what it is a part by: ``North (team)``."""
        ((key, label),) = part.where
        dimension = self._dimensions.get(key)
        word = dimension.titles.get(label, label) if dimension else label
        if label == NOT_RECORDED:
            word = "Not recorded"
        return f"{word} ({dimension.title.lower() if dimension else key})"

    def _history(self, part: Reading) -> bool:
        found = [self._dimensions.get(key) for key, _ in part.where]
        return any(each is None or each.history for each in found)

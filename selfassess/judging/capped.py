"""Parts that count against and never for: what a whole may claim when it is partly made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from selfassess.judging.signals import FAVOURABLE
from selfassess.model.assessment import JudgedReading
from selfassess.model.measure import Measure

__all__ = ["without_capped_praise"]


def without_capped_praise(
    judged: Sequence[JudgedReading], measures: Mapping[str, Measure]
) -> list[JudgedReading]:
    """Let a computed whole read well only if its uncapped parts do so by themselves.

    Audits that nobody moderated are an example: theirs is a band with ``best: context``, and a
    whole made of moderated and unmoderated ones is as good as the moderated alone, or context.
    Adverse signals of the whole stand.
    """
    by_measure: dict[str, list[JudgedReading]] = {}
    for one in judged:
        by_measure.setdefault(one.reading.measure, []).append(one)
    return [
        _tempered(one, measures[one.reading.measure], by_measure[one.reading.measure])
        for one in judged
    ]


def _tempered(
    one: JudgedReading, measure: Measure, others: Sequence[JudgedReading]
) -> JudgedReading:
    capped = [dict(b.where) for b in measure.bands if b.best == "context" and b.where]
    keys = {key for where in capped for key in where}
    where = dict(one.reading.where)
    favourable = one.signal in FAVOURABLE or one.rule_signal in FAVOURABLE
    if not keys or keys & where.keys() or one.reading.published or not favourable:
        return one

    def uncapped_part(other: JudgedReading) -> bool:
        scope = dict(other.reading.where)
        return (
            scope.keys() == where.keys() | keys
            and where.items() <= scope.items()
            and not any(band.items() <= scope.items() for band in capped)
        )

    parts = [other for other in others if uncapped_part(other)]
    if parts and all(part.signal in FAVOURABLE for part in parts):
        return one
    return replace(
        one,
        signal="context" if one.signal in FAVOURABLE else one.signal,
        rule_signal="context" if one.rule_signal in FAVOURABLE else one.rule_signal,
    )

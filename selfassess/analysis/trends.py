"""A series with its natural limits, its special causes, and one plain sentence on it.

Nothing is smoothed and no season is taken out: what is printed is what was counted. Where two years
of months are there, the note sets the last month beside the same month a year before.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Literal

from selfassess.analysis.trend_words import (
    label_words,
    many,
    nouns,
    shown,
    sides,
)
from selfassess.analysis.xmr import LEAST_POINTS, Chart, Met, chart
from selfassess.model.trend import Fired, Series, Trend, TrendPoint

__all__ = ["Better", "trend_of"]

Better = Literal["higher", "lower", "two-sided", "none"]
_TWO_YEARS = 24
_MILLION = 10**6
_RANK = {"shift": 3, "drift": 2, "outside": 1, "near-limit": 0}
"""Of rules that end at one point, the one that says most of when something changed."""


def trend_of(
    series: Series, *, unit: str, better: Better = "none", floor: int | None = None
) -> Trend:
    """Say of a series what chance explains and what it does not.

    Args:
        series: at least two points.
        unit: the measure's; for ``percent`` limits stay within 0 and 100.
        better: which way is good, for the sentence alone.
        floor: the least that the measure can be, such as 0 for a count.
    """
    values = [_exact(point.value) for point in series.points]
    found = None if series.overlapping else _charted(values)
    low, high = (0, 100) if unit == "percent" else (floor, None)
    text = _sentence(found, series, unit, better) if found else _unjudged(series, values)
    notes = [series.note, _season(series, unit) if found else ""]
    return Trend(
        period=series.period,
        origin=series.origin,
        points=series.points,
        centre=_rounded(found.centre) if found else None,
        lower=_rounded(_within(found.lower, low, high)) if found else None,
        upper=_rounded(_within(found.upper, low, high)) if found else None,
        rules=tuple(_fired(met, series.points) for met in found.rules) if found else (),
        text=text,
        note=" ".join(note for note in notes if note),
    )


def _exact(value: float | None) -> int | None:
    """A value as it is printed, in millionths: whoever has the points can check the limits."""
    return None if value is None else round(value * _MILLION)


def _charted(values: Sequence[int | None]) -> Chart | None:
    found = chart(values)
    if found is None:
        return None
    return Chart(
        found.centre / _MILLION, found.lower / _MILLION, found.upper / _MILLION, found.rules
    )


def _within(value: Fraction, low: int | None, high: int | None) -> Fraction:
    if low is not None:
        value = max(value, Fraction(low))
    return value if high is None else min(value, Fraction(high))


def _rounded(value: Fraction) -> float:
    """Six places, half-even; whole numbers stay integers."""
    if value.denominator == 1:
        return value.numerator
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal("0.000001"), rounding=ROUND_HALF_EVEN))


def _fired(met: Met, points: Sequence[TrendPoint]) -> Fired:
    labels = tuple(points[index].label for index in met.at)
    return Fired(rule=met.rule, side=met.side, first=labels[0], last=labels[-1], points=labels)


def _unjudged(series: Series, values: Sequence[int | None]) -> str:
    held = sum(value is not None for value in values)
    noun = nouns(series.period)
    if series.overlapping:
        return (
            "Each point counts rows that the one before it counted too, so they move together "
            "and nothing can be said of a change."
        )
    if held < LEAST_POINTS:
        return (
            f"{many(held, noun, capital=True)} {'is' if held == 1 else 'are'} too few to tell a "
            f"change from chance: {many(LEAST_POINTS, noun, named=False)} are needed."
        )
    return f"Gaps leave too few neighbouring {noun[1]} to tell a change from chance."


def _sentence(found: Chart, series: Series, unit: str, better: Better) -> str:
    points, noun = series.points, nouns(series.period)
    values = [point.value for point in points if point.value is not None]
    mean = shown(_rounded(found.centre), unit)
    if not found.rules:
        if found.lower == found.upper:
            return f"Every one of the {many(len(values), noun)} reads {mean}."
        return (
            f"Ordinary variation only: the {many(len(values), noun)} vary around {mean}, and none "
            "gives a sign that something changed."
        )
    met = max(found.rules, key=lambda each: (each.at[-1], _RANK[each.rule], -each.at[0]))
    names = [label_words(points[index].label, series.period) for index in met.at]
    first, last = names[0], names[-1]
    on = "on" if series.period == "run" else "in"
    # Points on the mean, or equal to the one before, neither add to a run nor end it.
    whole = met.at[-1] - met.at[0] + 1 == len(met.at)
    match met.rule:
        case "shift":
            count = many(len(met.at), noun, capital=True)
            other = "below" if met.side == "above" else "above"
            run = f"running {met.side} the mean of {mean}"
            if not whole:
                run = f"{met.side} the mean of {mean} and none {other}"
            turned = met.at[-1] + 1
            if met.at[0] > 0 or turned >= len(points):
                when, way = first, sides(met.side, better)
            else:
                when = label_words(points[turned].label, series.period)
                way = sides(other, better)
            return f"{count} {run}, from {first} to {last}: something changed{way} {on} {when}."
        case "drift":
            count = many(len(met.at), noun, capital=True)
            word, name = ("higher", "rise") if met.side == "rising" else ("lower", "fall")
            way = sides("above" if met.side == "rising" else "below", better)
            run = f"running each {word} than the one before"
            if not whole:
                run = f"each {word} than the last, equal ones apart"
            return (
                f"{count} {run}, from {first} to {last}: a steady {name}{way}, which chance alone "
                "seldom brings."
            )
        case "outside":
            limit = found.upper if met.side == "above" else found.lower
            value = shown(points[met.at[0]].value or 0, unit)
            return (
                f"{on.capitalize()} {first} it was {value}, {met.side} the natural limit of "
                f"{shown(_rounded(limit), unit)}: something out of the ordinary happened then."
            )
        case _:
            limit = found.upper if met.side == "above" else found.lower
            word = "upper" if met.side == "above" else "lower"
            count = many(len(met.at), noun, capital=True)
            return (
                f"{count} close together, {' and '.join(names[-2:])} the last of them, lie near "
                f"the {word} natural limit of {shown(_rounded(limit), unit)}: chance alone seldom "
                "brings that."
                if len(names) > 2
                else f"{count} close together, {first} and {last}, lie near the {word} natural "
                f"limit of {shown(_rounded(limit), unit)}: chance alone seldom brings that."
            )


def _season(series: Series, unit: str) -> str:
    """That seasons stand in the figures; with two years, the month beside its month a year ago."""
    if series.period == "run":
        return ""
    plain = "Seasons are not taken out."
    held = {point.label: point for point in series.points if point.value is not None}
    if series.period != "month" or len(held) < _TWO_YEARS:
        return plain
    last = list(held.values())[-1]
    year, month = last.label.split("-")
    before = held.get(f"{int(year) - 1:04d}-{month}")
    if before is None:
        return plain
    now, then = (
        f"{label_words(point.label, 'month')} {shown(point.value or 0, unit)}"
        for point in (last, before)
    )
    return f"{plain} A year apart: {then}, {now}."

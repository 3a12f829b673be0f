"""How a trend looks in ``assessment.json``."""

from __future__ import annotations

from typing import Any

from selfassess.assessment.parts import date, number
from selfassess.model.trend import Trend

__all__ = ["trend"]


def trend(item: Trend | None) -> dict[str, Any] | None:
    """A series with its limits, the rules that it meets, and the sentence on it."""
    if item is None:
        return None
    return {
        "period": item.period,
        "from": item.origin,
        "points": [
            {
                "label": point.label,
                "from": date(point.start),
                "to": date(point.end) if point.start else None,
                "at": None if point.start else date(point.end),
                "value": number(point.value),
                "numerator": number(point.numerator),
                "denominator": number(point.denominator),
                "status": point.status,
            }
            for point in item.points
        ],
        "centre": number(item.centre),
        "lower": number(item.lower),
        "upper": number(item.upper),
        "rules": [
            {
                "rule": each.rule,
                "side": each.side,
                "from": each.first,
                "to": each.last,
                "points": list(each.points),
            }
            for each in item.rules
        ],
        "text": item.text,
        "note": item.note,
    }

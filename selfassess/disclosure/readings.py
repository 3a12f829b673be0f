"""Readings as they leave: what is known to be safe is written anew, all else is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selfassess.disclosure.cells import Decision
from selfassess.disclosure.figures import PERCENT, coarse_count, coarse_value

__all__ = ["MARK", "OWN_RECORDS", "disclosed_readings", "emptied"]

MARK = "c"
"""What stands for a withheld figure, as in the statistics of the Department for Education."""
OWN_RECORDS = "the council's own records"
_REASON = {
    "small number": "withheld (c): a number from one to five, or one that could lead to it",
    "one person's figure": "withheld (c): it would be one person's own figure",
}
_STATUS = {
    "missing": "no evidence was supplied",
    "not-computable": "the evidence does not allow it to be counted",
    "error": "it could not be counted",
    "stale": "the extract does not fit the date",
}
_SAME = ("id", "measure", "definition", "way", "title", "unit", "about", "voice", "why", "better")
_COMPARATOR = (
    "kind",
    "label",
    "value",
    "low",
    "high",
    "n",
    "withheld",
    "period",
    "source",
    "note",
    "line",
    "past_line",
)


def disclosed_readings(
    assessment: Mapping[str, Any], decision: Decision, aggregates: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The readings that leave: all wholes, and the parts of breakdowns that are shown."""
    found = []
    for reading in assessment["readings"]:
        if reading["where"] and reading["id"] not in decision.shown:
            continue
        shown = reading["id"] in decision.shown
        found.append(_reading(reading, decision, aggregates.get(reading["measure"], ""), shown))
    return found


def emptied(item: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of an item with nothing in them: what is not known to be safe leaves as nothing."""
    return {
        key: [] if isinstance(value, list) else "" if isinstance(value, str) else None
        for key, value in item.items()
    }


def _reading(
    reading: Mapping[str, Any], decision: Decision, aggregate: str, shown: bool
) -> dict[str, Any]:
    base = reading.get("denominator")
    published = bool(reading.get("published"))
    because = decision.because.get(reading["id"])
    status = "suppressed" if because else reading["status"]
    reason = _REASON[because] if because else _STATUS.get(status)
    withheld = [] if reading["where"] else decision.breakdowns.get(reading["measure"], [])
    # Of a dashboard's earlier figures nothing but a rate without base can be given: what stands
    # behind the others is not known.
    bare = shown and published and base is None and reading["unit"] in PERCENT
    return {
        **emptied(reading),
        **{key: reading.get(key) for key in _SAME},
        "where": {str(key): str(value) for key, value in reading["where"].items()},
        "from": reading.get("from"),
        "to": reading.get("to"),
        "at": reading.get("at"),
        "value": coarse_value(reading, aggregate) if shown else None,
        "numerator": None,
        "denominator": coarse_count(base) if shown and base is not None else None,
        "status": status,
        "reason": reason,
        "signal": reading.get("signal") if shown else None,
        "topics": list(reading.get("topics") or ()),
        "source": str(reading.get("source") or "") if published else OWN_RECORDS,
        "cited": str(reading.get("cited") or "") if published else "",
        "published": published,
        "band": _band(reading.get("band")),
        "local_band": bool(reading.get("local_band")),
        "comparators": [_comparator(each) for each in reading.get("comparators") or ()],
        "confidence": None,
        "series": [_point(each) for each in reading.get("series") or ()] if bare else [],
        "new": False,
        "worsening": False,
        "low": None,
        "high": None,
        "unknown": None,
        "not_due": None,
        "distribution": [],
        "reference": None,
        "comparator": reading.get("comparator") if shown and published else None,
        "can_tell": str(reading.get("can_tell") or ""),
        "tail": bool(reading.get("tail")),
        "twin": None,
        "withheld": [", ".join(keys) for keys in withheld],
    }


def _point(point: Mapping[str, Any]) -> dict[str, Any]:
    value = point.get("value")
    return {
        "value": None if value is None else coarse_value({"value": value, "unit": "percent"}, ""),
        "from": point.get("from"),
        "to": point.get("to"),
    }


def _band(band: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if band is None else {key: band.get(key) for key in ("basis", "vintage", "text")}


def _comparator(item: Mapping[str, Any]) -> dict[str, Any]:
    """Published statistics: anybody has them already."""
    points = [
        {key: point.get(key) for key in ("period", "value", "status")}
        for point in item.get("points") or ()
    ]
    return {**{key: item.get(key) for key in _COMPARATOR}, "points": points}

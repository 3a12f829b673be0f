"""Measures side by side: only what is counted alike, in the region's order, without ranks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

from selfassess.disclosure.figures import PERCENT
from selfassess.region.chance import Shown, Verdict, verdicts
from selfassess.region.words import figure_words

__all__ = ["Disclosed", "compared"]

_COUNTED = ("ok", "suppressed", "small-base")

Key = tuple[str, str]
"""A definition's hash and a unit: what has to agree."""


class Disclosed(NamedTuple):
    """A council's assessment as disclosed."""

    council: str
    data: Mapping[str, Any]


def compared(
    councils: Sequence[Disclosed], wanted: Sequence[str] = ()
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Every measure that two councils or more count alike, and every one that they do not.

    Args:
        councils: in the region's order.
        wanted: ids of measures; all of them if none is named.

    Returns:
        The comparisons, and the measures that cannot be compared with who counts them how.
    """
    readings = {
        each.council: {item["measure"]: item for item in each.data["readings"] if not item["where"]}
        for each in councils
    }
    methods = _methods(councils)
    every = [name for each in councils for name in readings[each.council]]
    names = [name for name in dict.fromkeys(every) if not wanted or name in wanted]
    if wanted:
        names.sort(key=list(wanted).index)
    side_by_side: list[dict[str, Any]] = []
    apart: list[dict[str, Any]] = []
    for name in names:
        found = {council: own[name] for council, own in readings.items() if name in own}
        groups: dict[Key, list[str]] = defaultdict(list)
        for council, reading in found.items():
            if reading["status"] in _COUNTED:
                groups[_key(reading)].append(council)
        method = methods.get(name, {})
        missing = [
            {"council": each.council, "why": _why(found.get(each.council))}
            for each in councils
            if (found.get(each.council) or {}).get("status") not in _COUNTED
        ]
        alike = {key: group for key, group in groups.items() if len(group) > 1}
        for key in alike:
            side_by_side.append(_comparison(name, key, groups, found, method, missing))
        if not alike:
            apart.append(_apart(name, groups, found, missing))
    return side_by_side, apart


def _methods(councils: Iterable[Disclosed]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for each in councils:
        for item in each.data.get("method") or ():
            found.setdefault(str(item.get("measure")), item)
    return found


def _key(reading: Mapping[str, Any]) -> Key:
    return str(reading.get("definition") or ""), str(reading.get("unit") or "")


def _why(reading: Mapping[str, Any] | None) -> str:
    if reading is None:
        return "its contribution does not know the measure"
    return str(reading.get("reason") or "no figure")


def _comparison(
    name: str,
    key: Key,
    groups: Mapping[Key, Sequence[str]],
    found: Mapping[str, Mapping[str, Any]],
    method: Mapping[str, Any],
    missing: list[dict[str, str]],
) -> dict[str, Any]:
    members = {council: found[council] for council in groups[key]}
    first = next(iter(members.values()))
    values = [float(each["value"]) for each in members.values() if each.get("value") is not None]
    beside = {each.council: each for each in verdicts(_shares(members, method))}
    unit = key[1]
    return {
        "measure": name,
        "definition": key[0],
        "unit": unit,
        "title": str(first.get("title") or name),
        "why": str(first.get("why") or method.get("why") or ""),
        "can_tell": str(first.get("can_tell") or method.get("can_tell") or ""),
        "better": str(first.get("better") or "none"),
        "councils": [
            _row(council, each, beside.get(council), unit) for council, each in members.items()
        ],
        "known": len(values),
        "low": min(values, default=None),
        "middle": _middle(values),
        "high": max(values, default=None),
        "missing": missing,
        "differently": _differently(key, groups, found),
    }


def _middle(values: Sequence[float]) -> float | None:
    """The middle of three figures or more, as fine as disclosure gives any."""
    if len(values) < 3:
        return None
    middle = median(values)
    return round(middle, 1 if abs(middle) >= 1 else 2)


def _row(
    council: str, reading: Mapping[str, Any], verdict: Verdict | None, unit: str
) -> dict[str, Any]:
    band = reading.get("band") or {}
    return {
        "council": council,
        "value": reading.get("value"),
        "base": reading.get("denominator"),
        "withheld": reading.get("value") is None,
        "signal": reading.get("signal"),
        "band": {part: band.get(part) for part in ("basis", "vintage", "text")} if band else None,
        "local_band": bool(reading.get("local_band")),
        "from": reading.get("from"),
        "to": reading.get("to"),
        "at": reading.get("at"),
        "beside": _beside(verdict, unit),
    }


def _beside(verdict: Verdict | None, unit: str) -> dict[str, Any] | None:
    if verdict is None:
        return None
    rest = round(verdict.rest, 1)
    end = "more than chance" if verdict.beyond_chance else "could be chance"
    return {
        "rest": rest,
        "beyond_chance": verdict.beyond_chance,
        "higher": verdict.higher,
        "compared": verdict.compared,
        "text": f"the others together {figure_words(rest, unit)}: {end}",
    }


def _shares(members: Mapping[str, Mapping[str, Any]], method: Mapping[str, Any]) -> list[Shown]:
    """Shares that can be put to the test: of countable things, with a base, all of them given."""
    if method.get("aggregate") != "share":
        return []
    return [
        Shown(council, float(each["value"]), int(each["denominator"]))
        for council, each in members.items()
        if each.get("unit") in PERCENT
        and each.get("value") is not None
        and each.get("denominator")
        and 0 <= float(each["value"]) <= 100
    ]


def _differently(
    key: Key, groups: Mapping[Key, Sequence[str]], found: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, str]]:
    return [
        {
            "council": council,
            "definition": other[0],
            "unit": other[1],
            "way": str(found[council].get("way") or ""),
        }
        for other, group in groups.items()
        if other != key
        for council in group
    ]


def _apart(
    name: str,
    groups: Mapping[Key, Sequence[str]],
    found: Mapping[str, Mapping[str, Any]],
    missing: list[dict[str, str]],
) -> dict[str, Any]:
    title = next((str(each["title"]) for each in found.values() if each.get("title")), name)
    if not groups:
        why = "no council can count it"
    elif len(groups) == 1:
        why = "one council alone counts it"
    else:
        why = "counted differently in each council"
    return {
        "measure": name,
        "title": title,
        "why": why,
        "differently": _differently(("", "no unit"), groups, found),
        "missing": missing,
    }

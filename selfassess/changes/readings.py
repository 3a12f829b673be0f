"""Readings that moved, and whether by more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.changes.chance import natural_limits, newcombe

__all__ = ["moved"]

_FEWEST = 10
_SIGNALS = ("strong", "secure", "attention", "concern", "critical")

Reading = Mapping[str, Any]


def moved(
    old: Sequence[Reading], new: Sequence[Reading], aggregates: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What readings did: ``moved``, ``incomparable``, ``gained``, ``lost`` and counts.

    A part of a whole (a team, an age) is listed only where its signal changed or where it moved by
    more than chance: parts are many, and most move a little. Those not listed are counted, and so
    are readings of which only the counts behind an equal value differ.

    Args:
        old: the earlier readings.
        new: the later ones.
        aggregates: how each measure is worked out; a percentage that is no share of cases, such as
            a load by a capacity, cannot be tested as one.
    """
    before = {str(each["id"]): each for each in old}
    found: list[dict[str, Any]] = []
    incomparable: list[dict[str, Any]] = []
    unchanged = left_out = tested = beyond = 0
    for reading in new:
        earlier = before.get(str(reading["id"]))
        if earlier is None:
            continue
        if reading.get("value") is None or earlier.get("value") is None:
            continue
        reason = _why_not(earlier, reading)
        if reason:
            if not reading.get("where"):
                incomparable.append({**_head(reading), "why": reason})
            continue
        if _said(earlier) == _said(reading):
            same = _counts(earlier) == _counts(reading)
            unchanged += same
            left_out += not same
            continue
        kind = (aggregates or {}).get(str(reading.get("measure")), "")
        item = _item(earlier, reading, share=kind in ("", "share"))
        tested += item["beyond_chance"] is not None
        beyond += item["beyond_chance"] is True
        telling = item["beyond_chance"] is True or _turned(item)
        if reading.get("where") and not telling:
            left_out += 1
            continue
        found.append(item)
    after = {str(each["id"]): each for each in new}
    return {
        "moved": found,
        "incomparable": incomparable,
        "gained": [_head(r) for r in new if _appears(before.get(str(r["id"])), r)],
        "lost": [_head(r) for r in old if _appears(after.get(str(r["id"])), r)],
        "unchanged": unchanged,
        "left_out": left_out,
        "tested": tested,
        "beyond_chance": beyond,
    }


def _turned(item: Mapping[str, Any]) -> bool:
    """Whether a signal became another; a first or a last one is a matter of the base."""
    one, other = item["old_signal"], item["new_signal"]
    return one in _SIGNALS and other in _SIGNALS and one != other


def _appears(other: Reading | None, reading: Reading) -> bool:
    """Whether a whole reading has a figure that the other assessment does not have."""
    has = reading.get("value") is not None and not reading.get("where")
    return has and (other is None or other.get("value") is None)


def _head(reading: Reading) -> dict[str, Any]:
    return {
        "id": str(reading["id"]),
        "title": str(reading.get("title") or reading.get("measure") or reading["id"]),
        "where": dict(reading.get("where") or {}),
    }


def _said(reading: Reading) -> tuple[Any, ...]:
    return reading.get("value"), reading.get("signal")


def _counts(reading: Reading) -> tuple[Any, ...]:
    return reading.get("numerator"), reading.get("denominator")


def _why_not(old: Reading, new: Reading) -> str:
    """Why two readings cannot be set side by side; nothing where they can."""
    if old.get("unit") != new.get("unit"):
        return f"it was given in {old.get('unit')} and is given in {new.get('unit')} now"
    if old.get("way") != new.get("way"):
        return f"it was counted in another way ({old.get('way')}, now {new.get('way')})"
    if bool(old.get("published")) != bool(new.get("published")):
        return "one of the two is a published figure, the other was counted from rows"
    one, other = old.get("definition"), new.get("definition")
    if one and other and one != other:
        return "its definition changed, so the two count different things"
    return ""


def _item(old: Reading, new: Reading, *, share: bool) -> dict[str, Any]:
    change = _round(float(new["value"]) - float(old["value"]))
    test, low, high, beyond, told = _tested(old, new, share=share)
    return {
        **_head(new),
        "measure": new.get("measure"),
        "unit": new.get("unit"),
        "old": old["value"],
        "new": new["value"],
        "old_count": _count(old),
        "new_count": _count(new),
        "old_at": old.get("at") or old.get("to"),
        "new_at": new.get("at") or new.get("to"),
        "change": change,
        "direction": _direction(new, change),
        "old_signal": old.get("signal"),
        "new_signal": new.get("signal"),
        "test": test,
        "low": low,
        "high": high,
        "beyond_chance": beyond,
        "text": told,
    }


def _count(reading: Reading) -> list[Any] | None:
    if reading.get("denominator") is None:
        return None
    return [reading.get("numerator"), reading["denominator"]]


def _direction(reading: Reading, change: float) -> str:
    """Better, worse, or merely other: by what the measure says is better."""
    better = reading.get("better")
    if not change or better not in ("higher", "lower"):
        return "moved" if change else "same"
    return "better" if (change > 0) == (better == "higher") else "worse"


def _tested(
    old: Reading, new: Reading, *, share: bool
) -> tuple[str | None, float | None, float | None, bool | None, str]:
    """The test used, its interval, its answer and what to say; no answer where nothing can test."""
    first, second = (_share(old), _share(new)) if share else (None, None)
    if first is not None and second is not None:
        if min(first[1], second[1]) < _FEWEST:
            return None, None, None, None, f"Too few cases to tell (fewer than {_FEWEST})."
        _, low, high = newcombe(first, second)
        beyond = low > 0 or high < 0
        low, high = _round(100 * low), _round(100 * high)
        ends = f"{low:+.1f} and {high:+.1f} points".replace("-", "−")
        span = f"the change lies between {ends}, 95 times of 100"
        text = f"More than chance: {span}." if beyond else f"Chance alone could explain it: {span}."
        if _overlapping(old, new):
            text += " The two periods overlap, so the same cases may stand in both."
        return "newcombe", low, high, beyond, text
    earlier = [float(p["value"]) for p in (new.get("series") or ())[:-1] if p["value"] is not None]
    limits = natural_limits(earlier)
    if limits is not None:
        beyond = not limits.low <= float(new["value"]) <= limits.high
        text = "Outside" if beyond else "Within"
        text += f" the limits of routine variation of its {limits.points} earlier values."
        return "xmr", _round(limits.low), _round(limits.high), beyond, text
    if share and new.get("unit") == "percent":
        return None, None, None, None, "The counts behind it are not known: not tested."
    return None, None, None, None, "Not a share of cases: no test of chance."


def _share(reading: Reading) -> tuple[float, float] | None:
    """Successes and trials, where the value is a share of one by the other."""
    top, base, value = reading.get("numerator"), reading.get("denominator"), reading["value"]
    if reading.get("unit") != "percent" or top is None or not base or not 0 <= top <= base:
        return None
    whole = float(top).is_integer() and float(base).is_integer()
    if not whole or abs(100 * top / base - float(value)) > 0.5:
        return None
    return float(top), float(base)


def _overlapping(old: Reading, new: Reading) -> bool:
    end, start = old.get("to") or old.get("at"), new.get("from")
    return bool(end and start and str(start) <= str(end))


def _round(value: float) -> float:
    found = round(value, 6)
    return 0.0 if found == 0 else found

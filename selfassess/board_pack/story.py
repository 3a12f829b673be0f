"""What got better or worse for children between two boards: readings and impact, never delivery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from selfassess.plan.progress import Progress, direction, progress, shortfall, value_text
from selfassess.plan.record import Action, Plan
from selfassess.plan.record_parts import Reading, SuccessMeasure

__all__ = ["RULE", "WAYS", "Told", "Way", "story"]

Way = Literal["worse", "better", "steady", "unknown"]
WAYS: tuple[Way, ...] = ("worse", "better", "steady", "unknown")
"""The worst first: that is what a board has to see."""
RULE = (
    "Better and worse compare the last reading up to the last board, or the baseline where there "
    "was none, with the last one since; a change within a measure’s tolerance is no change. What "
    "was delivered says nothing here."
)
_RANK: Mapping[str, int] = {
    "reversed": -1,
    "not-due": 0,
    "none-yet": 0,
    "emerging": 1,
    "sustained": 2,
}
_SAYS: Mapping[str, Way] = {"better": "better", "same": "steady", "worse": "worse"}

Name = Callable[[SuccessMeasure], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of an action in one direction.

    Attributes:
        weight: how much of the way from baseline to target the largest change is; for the order.
    """

    action: str
    way: Way
    texts: tuple[str, ...]
    weight: float = 0.0


def story(
    plan: Plan, before: Plan, start: dt.date, end: dt.date, name: Name
) -> dict[Way, tuple[Told, ...]]:
    """What changed for children after one day and up to another.

    Args:
        plan: folded up to the later day.
        before: folded up to the earlier one; tells where impact stood then.
        start: the last board.
        end: the day of the pack.
        name: what a success measure is called.

    Returns:
        By direction, the largest change first. Drafts and actions that ended tell nothing.
    """
    found: dict[Way, list[Told]] = {way: [] for way in WAYS}
    for action in plan.actions.values():
        if action.ended or action.delivery == "draft":
            continue
        parts = [_impact(action, before.actions.get(action.id), start)]
        parts += [_measure(action, each, start, end, name) for each in action.success]
        if not action.success and action.open:
            parts.append(("unknown", "No success measure is named, so nothing tells.", 0.0))
        told = [each for each in parts if each is not None]
        # Of what stayed as it was, the figure says more than the word.
        told.sort(key=lambda each: each[0] == "steady" and each is parts[0])
        for way in WAYS:
            here = [(text, weight) for one, text, weight in told if one == way]
            if here:
                found[way].append(
                    Told(
                        action=action.id,
                        way=way,
                        texts=tuple(text for text, _ in here),
                        weight=max(weight for _, weight in here),
                    )
                )
    return {
        way: tuple(sorted(items, key=lambda each: -each.weight)) for way, items in found.items()
    }


Part = tuple[Way, str, float]


def _impact(action: Action, before: Action | None, start: dt.date) -> Part | None:
    """Impact that moved since: said by a person, on evidence."""
    then = before.impact if before else "not-due"
    now = action.impact
    if then == now:
        return None
    way: Way = "steady"
    if _RANK[now] != _RANK[then]:
        way = "better" if _RANK[now] > _RANK[then] else "worse"
    reason = f": {action.impact_reason}" if action.impact_reason else ""
    text = f"Impact went from {_words(then)} to {_words(now)}{reason}"
    return way, _ended(text), 2.0 if way != "steady" else 0.0


def _measure(
    action: Action, measure: SuccessMeasure, start: dt.date, end: dt.date, name: Name
) -> Part:
    """One success measure, between the last reading before and the last one since."""
    called = name(measure)
    now = progress(action, measure, end)
    if now.reading is None or now.reading.date <= start:
        last = f", last on {now.reading.date}" if now.reading else ""
        return "unknown", f"{called}: not read since the last board{last}.", 0.0
    if now.reading.status != "ok":
        why = now.reading.status.replace("-", " ")
        return "unknown", f"{called}: could not be read on {now.reading.date} ({why}).", 0.0
    if now.reading.value is None:
        return _said(called, now.reading, measure)
    return _counted(action, now, now.reading.value, start, called)


def _said(called: str, reading: Reading, measure: SuccessMeasure) -> Part:
    words = {"better": "better", "same": "no different", "worse": "worse"}[reading.says or "same"]
    told = f" “{reading.text}”" if reading.text else ""
    text = f"{called}: {measure.voice or 'a voice'} said {words} on {reading.date}.{told}"
    return _SAYS[reading.says or "same"], text, 1.0


def _counted(action: Action, now: Progress, value: float, start: dt.date, called: str) -> Part:
    measure, unit = now.measure, now.measure.unit
    assert now.reading is not None  # noqa: S101  the caller looked
    then = _last(action, measure, start)
    old = then.value if then else measure.baseline
    day = then.date if then else measure.baseline_date
    short = unit if unit == "percent" else ""
    limits = []
    if now.expected is not None:
        limits.append(f"{value_text(now.expected, short)} expected")
    if measure.target is not None:
        limits.append(f"target {value_text(measure.target, short)}")
    shown = f"{value_text(value, unit)} on {now.reading.date}"
    shown += f" ({', '.join(limits)})" if limits else ""
    if old is None:
        return "unknown", f"{called}: first read, {shown}.", 0.0
    when = f" on {day}" if day else " at the start"
    text = f"{called}: {value_text(old, unit)}{when}, {shown}"
    source = ""
    if then is not None and then.source and now.reading.source not in ("", then.source):
        source = f"; read from {then.source}, then from {now.reading.source}"
    gain = _gain(measure, old, value)
    if gain is None:
        return "unknown", f"{text}; nobody said which way is better{source}.", 0.0
    weight = abs(gain) / (_span(measure) or max(abs(old), abs(value)) or 1.0)
    if abs(gain) > measure.tolerance + 1e-9:
        if now.was_met and now.target_met is False:
            text += "; its target had been reached"
        return ("better" if gain > 0 else "worse"), f"{text}{source}.", weight
    if measure.baseline is not None and then is not None:
        since = _gain(measure, measure.baseline, value)
        if since is not None and since < -measure.tolerance - 1e-9:
            text += f"; worse than at the start ({value_text(measure.baseline, unit)})"
            return "steady", f"{text}{source}.", 1.0
    return "steady", f"{text}{source}.", weight


def _last(action: Action, measure: SuccessMeasure, day: dt.date) -> Reading | None:
    """The last usable reading up to a day."""
    usable: Iterable[Reading] = (
        each
        for each in action.readings
        if each.measure == measure.id
        and each.date <= day
        and each.status == "ok"
        and each.value is not None
    )
    return max(usable, key=lambda each: (each.date, each.source == "assessment"), default=None)


def _gain(measure: SuccessMeasure, old: float, new: float) -> float | None:
    """How much better, in the measure's unit; negative for worse; None where nobody said."""
    better = direction(measure)
    if better is None or (better == "two-sided" and measure.target is None):
        return None
    if better == "two-sided":
        assert measure.target is not None  # noqa: S101  looked at above
        return abs(old - measure.target) - abs(new - measure.target)
    return shortfall(measure, old, new)


def _span(measure: SuccessMeasure) -> float:
    if measure.baseline is None or measure.target is None:
        return 0.0
    return abs(measure.target - measure.baseline)


def _words(state: str) -> str:
    return state.replace("-", " ")


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

"""Colours, from the distance to the trajectory, each with the sentence that gives it.

Green: behind by no more than the tolerance. Amber: by no more than a further share of the way from
baseline to target. Red: by more, or fallen back after the target had been reached, or found to be
reversed. Blue: done, and evidence dated later shows that it worked. No colour where nothing current
was read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from selfassess.model.plan import COLOURS, Colour, Legend, PlanSettings
from selfassess.plan.progress import Progress, gap_text, limit_text, value_text
from selfassess.plan.record import Action
from selfassess.plan.record_parts import Override

__all__ = ["ActionColour", "colour_of", "legend", "measure_colour", "untested"]

_LEGEND: tuple[Legend, ...] = (
    Legend(
        colour="blue",
        label="Blue",
        means="closed: delivered, and evidence dated later shows that it worked",
    ),
    Legend(colour="green", label="Green", means="on its trajectory, within the tolerance"),
    Legend(colour="amber", label="Amber", means="behind its trajectory"),
    Legend(colour="red", label="Red", means="far behind its trajectory, or fallen back"),
    Legend(colour="none", label="No colour", means="nothing current was read, so nothing is known"),
)
_WORST: tuple[Colour, ...] = ("red", "amber", "none", "green")
_SAYS: dict[str, tuple[Colour, str]] = {
    "better": ("green", "better"),
    "same": ("amber", "no different"),
    "worse": ("red", "worse"),
}


def legend(settings: PlanSettings) -> dict[Colour, Legend]:
    """What each colour is called and means here; what the council leaves out keeps our words."""
    own = {each.colour: each for each in settings.legend}
    ours = {each.colour: each for each in _LEGEND}
    return {colour: own.get(colour, ours[colour]) for colour in COLOURS}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionColour:
    """A colour, how it came about, and what the rule alone would give."""

    shown: Colour
    label: str
    rule: str
    by_rule: Colour
    override: Override | None


def colour_of(
    action: Action,
    come: Sequence[Progress],
    evidence: Sequence[str],
    as_at: dt.date,
    settings: PlanSettings,
) -> ActionColour:
    """An action's colour on a day: the worst of its measures, unless a person set another."""
    words = legend(settings)
    by_rule, rule = _by_rule(action, come, evidence, as_at, settings)
    shown, override = by_rule, None
    text = f"{words[by_rule].label}: {rule}"
    given = action.override
    if given is not None and given.until >= as_at:
        if given.colour == "blue" and not evidence:
            text += f" Blue, set by {given.by}, is left aside: it has no evidence after delivery."
        else:
            shown, override = given.colour, given
            text = (
                f"{words[shown].label}: set by {given.by} until {given.until}: "
                f"{given.reason.rstrip('.')}. The rule gives {words[by_rule].label.lower()}: {rule}"
            )
    return ActionColour(
        shown=shown, label=words[shown].label, rule=text, by_rule=by_rule, override=override
    )


def _by_rule(
    action: Action,
    come: Sequence[Progress],
    evidence: Sequence[str],
    as_at: dt.date,
    settings: PlanSettings,
) -> tuple[Colour, str]:
    if action.ended:
        return "none", f"{action.delivery}: {action.delivery_reason}"
    if not come:
        return "none", "no success measure is named, so nothing tells whether it works."
    if action.impact == "reversed":
        return "red", f"its impact was found to be gone: {action.impact_reason}"
    found = [measure_colour(each, settings) for each in come]
    worst = next(colour for colour in _WORST if colour in [each for each, _ in found])
    done = action.closed or (settings.blue == "sustained" and action.impact == "sustained")
    if action.closed and action.retest is not None and untested(come, action.retest, as_at):
        return "none", f"closed, to be tested again on {action.retest}, and not read since."
    if worst == "green" and done and evidence and settings.blue != "never":
        assured = f", closed on {action.closed_at:%Y-%m-%d}" if action.closed_at else ""
        return "blue", f"delivered{assured}; shown by {evidence[-1]}."
    return worst, " ".join(text for colour, text in found if colour == worst)


def untested(come: Sequence[Progress], retest: dt.date, as_at: dt.date) -> bool:
    """Whether the day for testing again has come and no measure was read since."""
    return retest <= as_at and all(
        each.reading is None or each.reading.date < retest for each in come
    )


def measure_colour(each: Progress, settings: PlanSettings) -> tuple[Colour, str]:
    """A success measure's colour and its sentence, with the limits it was held against."""
    measure, reading = each.measure, each.reading
    if reading is None:
        return "none", f"{measure.id} has never been read."
    if each.overdue:
        return "none", (
            f"{measure.id} was last read on {reading.date} and was to be read by "
            f"{measure.next_reading}."
        )
    if reading.status != "ok":
        return "none", f"{measure.id} could not be read on {reading.date} ({reading.status})."
    if reading.value is None:
        colour, word = _SAYS[reading.says or "same"]
        return colour, f"{measure.id}: {measure.voice or 'a voice'} said on {reading.date}: {word}."
    if each.distance is None or each.expected is None:
        why = "its trajectory has not begun" if measure.target is not None else "it has no target"
        return "none", f"{measure.id} reads {value_text(reading.value, measure.unit)}; {why}."
    return _by_distance(each, each.distance, each.expected, settings)


def _by_distance(
    each: Progress, distance: float, wanted: float, settings: PlanSettings
) -> tuple[Colour, str]:
    measure, reading = each.measure, each.reading
    assert reading is not None  # noqa: S101  the caller looked
    assert reading.value is not None  # noqa: S101
    unit = "points" if measure.unit == "percent" else measure.unit
    span = None
    if measure.baseline is not None and measure.target is not None:
        span = abs(measure.target - measure.baseline)
    edge = measure.tolerance + (settings.amber_share * span if span else 0.0)
    where = "on it" if abs(distance) < 1e-9 else "behind" if distance > 0 else "ahead"
    behind = gap_text(abs(distance), (measure.tolerance, edge), unit)
    gap = "" if where == "on it" else f"{behind} "
    said = (
        f"{measure.id} reads {value_text(reading.value, measure.unit)} on {reading.date}, "
        f"{value_text(wanted, measure.unit)} expected: {gap}{where}"
    )
    limits = f"green to {limit_text(measure.tolerance)} behind"
    if span:
        share = f"{limit_text(settings.amber_share * 100)}% of the way"
        limits += f", amber to {limit_text(edge)}, which is the tolerance and {share}"
    if each.was_met and each.target_met is False:
        return "red", f"{said}, after its target had been reached."
    colour: Colour = "red"
    if distance <= measure.tolerance + 1e-9:
        colour = "green"
    elif distance <= edge + 1e-9:
        colour = "amber"
    return colour, f"{said} ({limits})."

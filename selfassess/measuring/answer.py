"""One measure's readings: the first way that the evidence supports, in total and broken down."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from selfassess.measuring.computing import is_computed, ways
from selfassess.measuring.figures import SMALL_BASE, Figure, rounded
from selfassess.measuring.labels import NOT_RECORDED
from selfassess.measuring.periods import clipped
from selfassess.measuring.reckoned import Reckoned, Series, reckoned
from selfassess.measuring.session import Session
from selfassess.measuring.windows import parse_window
from selfassess.model.common import Scope
from selfassess.model.measure import Measure, Point, Reading, Status, Way

__all__ = ["answer"]


def answer(
    measure: Measure, session: Session, definition: str, *, series: bool = True
) -> tuple[Reading, ...]:
    """Every reading of a measure that rows can give; the total comes first.

    Args:
        measure: what to compute.
        session: the evidence.
        definition: the measure's hash.
        series: whether to tell figures by month as well, where the lists reach back.

    Raises:
        MeasureError: an expression is at fault.
    """
    if not is_computed(measure):
        return (
            _none(
                measure, "missing", "takes published figures only, and none was given", definition
            ),
        )
    lacking: list[str] = []
    for way in ways(measure):
        found = reckoned(way, measure, session, series=series)
        if isinstance(found, list):
            reason = "; ".join(found)
            lacking.append(f"{way.name}: {reason}" if way.name else reason)
            continue
        references = _references(measure, session)
        return _readings(measure, way, found, session, definition, references)
    reason = ". ".join(lacking)
    return (_none(measure, "not-computable", reason, definition),)


def _none(measure: Measure, status: Status, reason: str, definition: str) -> Reading:
    return Reading(
        measure=measure.id,
        title=measure.title,
        unit=measure.unit,
        status=status,
        reason=reason,
        definition=definition,
    )


def _references(measure: Measure, session: Session) -> Mapping[Scope, float]:
    """The computed quantity that cuts refer to, by scope; a scope without one is left out."""
    reference = measure.reference
    if reference is None or reference.compute is None:
        return {}
    found = reckoned(reference.compute, measure, session)
    if isinstance(found, list):
        return {}
    values: dict[Scope, float] = {}
    for where, series in found.by_scope.items():
        last = series[list(series)[-1]]
        # A tenth of nothing is no yardstick: with it any figure, 0 included, would reach the cut.
        if last.exact and not last.uncertain:
            values[where] = rounded(last.exact * Fraction(str(reference.times)))
    return values


def _readings(
    measure: Measure,
    way: Way,
    found: Reckoned,
    session: Session,
    definition: str,
    references: Mapping[Scope, float],
) -> tuple[Reading, ...]:
    supply = session.supply
    stale = supply.stale(found.uses)
    without = supply.left_out(found.rests_on)
    source = ", ".join(supply.files(found.rests_on))
    tables = supply.tables(found.rests_on)
    empty_table = not supply.rows(found.relation)
    start, end = _period(way, session.evidence.as_at)
    readings = []
    alone = _only_unrecorded(found.by_scope)
    for where, series in sorted(found.by_scope.items()):
        if where and all(name in alone for name, _ in where):
            continue
        last = series[list(series)[-1]]
        value, status, reason = _judged(last, measure, way)
        notes = [reason] if reason else []
        if last.uncertain:
            notes = [f"{reason}: {', '.join(supply.unreadable(found.uses))}"]
        if status == "not-computable" and last.empty and empty_table:
            notes = [f"{session.relations[found.relation].title} is there and holds no rows"]
        if status in ("ok", "small-base") and stale:
            status = "stale"
            notes.append("; ".join(stale))
        if last.undated:
            notes.append(f"{last.undated} rows left out: a date is blank or out of order")
        if without:
            notes.append("without " + ", ".join(without))
        first, until = clipped(where, start, end)
        readings.append(
            Reading(
                measure=measure.id,
                title=measure.title,
                unit=measure.unit,
                where=where,
                value=value,
                numerator=_maybe(last.numerator),
                denominator=_maybe(last.denominator),
                status=status,
                reason="; ".join(notes) or None,
                start=first,
                end=until,
                way=way.name or None,
                source=source,
                series=_points(series, measure, way),
                unknown=last.unknown + last.undated,
                not_due=last.not_due,
                distribution=last.distribution,
                loads=last.loads,
                profile=last.profile,
                tables=tables,
                definition=definition,
                reference=references.get(where),
                can_tell=way.can_tell,
                by_month=found.by_month.get(where),
            )
        )
    return tuple(readings)


def _only_unrecorded(by_scope: Mapping[Scope, Series]) -> set[str]:
    """Dimensions that no row records: breaking down by them says nothing."""
    seen: dict[str, set[str]] = defaultdict(set)
    for where in by_scope:
        for name, label in where:
            seen[name].add(label)
    return {name for name, values in seen.items() if values == {NOT_RECORDED}}


def _judged(found: Figure, measure: Measure, way: Way) -> tuple[float | None, Status, str]:
    """The value, its status and why."""
    if found.uncertain:
        share = f"{found.unknown} of {found.rows} rows"
        return None, "not-computable", f"{share} hang on cells that could not be read"
    if found.exact is None:
        if way.empty is not None and found.rows == found.not_due == 0:
            return rounded(Fraction(str(way.empty))), "ok", ""
        if found.not_due and found.not_due == found.rows:
            return None, "not-computable", "no row in scope is due yet"
        return None, "not-computable", "no rows in scope"
    rate = measure.unit == "percent"
    value = rounded(found.exact * (100 if rate else 1))
    if rate and found.denominator is not None and found.denominator < SMALL_BASE:
        base = rounded(found.denominator)
        return value, "small-base", f"a base of {base} is too small for a rate"
    return value, "ok", ""


def _maybe(value: Fraction | None) -> float | None:
    return None if value is None else rounded(value)


def _points(series: Series, measure: Measure, way: Way) -> tuple[Point, ...]:
    if list(series) == [None] or series[list(series)[-1]].exact is None:
        return ()
    found = []
    for day, each in series.items():
        value, _, _ = _judged(each, measure, way)
        if value is not None:
            found.append(
                Point(
                    value=value,
                    end=day,
                    numerator=_maybe(each.numerator),
                    denominator=_maybe(each.denominator),
                )
            )
    return tuple(found)


def _period(way: Way, as_at: dt.date) -> tuple[dt.date | None, dt.date]:
    """The days that a reading speaks of; a snapshot has only the last."""
    if way.over is None or way.at in ("month ends", "quarter ends"):
        return None, as_at
    window = parse_window(way.over)
    if window.start.unit == "working days":
        return None, as_at
    until = window.end.before(as_at) if window.end else as_at
    return window.start.before(as_at) + dt.timedelta(days=1), until

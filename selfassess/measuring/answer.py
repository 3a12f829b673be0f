"""One measure's readings: the first way that the evidence supports, in total and broken down."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from selfassess.measuring.compiled import Compiled
from selfassess.measuring.computing import aggregate_of, is_computed, part, ways
from selfassess.measuring.figures import SMALL_BASE, Figure, Line, figure, rounded
from selfassess.measuring.labels import NOT_RECORDED
from selfassess.measuring.month_ends import month_ends
from selfassess.measuring.periods import clipped
from selfassess.measuring.series import series_by_scope, sets_by_month, told_by_month, whole
from selfassess.measuring.session import Session
from selfassess.measuring.windows import ends, parse_window
from selfassess.model import trend
from selfassess.model.common import Scope
from selfassess.model.measure import Computation, Measure, Point, Reading, Status, Way

__all__ = ["answer", "labels"]

Series = dict[dt.date | None, Figure]


@dataclass(frozen=True, slots=True)
class _Answers:
    """Figures by scope, oldest point first, with what they rest on."""

    by_scope: Mapping[Scope, Series]
    uses: frozenset[tuple[str, str]]
    rests_on: frozenset[str]
    relation: str
    by_month: Mapping[Scope, trend.Series] = field(default_factory=dict)


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
        found = _try(way, measure, session, series=series)
        if isinstance(found, list):
            reason = "; ".join(found)
            lacking.append(f"{way.name}: {reason}" if way.name else reason)
            continue
        references = _references(measure, session)
        return _readings(measure, way, found, session, definition, references)
    reason = ". ".join(lacking)
    return (_none(measure, "not-computable", reason, definition),)


def labels(measure: Measure) -> tuple[tuple[str, ...], ...]:
    """The breakdowns of a measure, each as the dimensions that it nests."""
    return tuple((item,) if isinstance(item, str) else tuple(item) for item in measure.by)


def _none(measure: Measure, status: Status, reason: str, definition: str) -> Reading:
    return Reading(
        measure=measure.id,
        title=measure.title,
        unit=measure.unit,
        status=status,
        reason=reason,
        definition=definition,
    )


def _try(
    computation: Computation, measure: Measure, session: Session, *, series: bool = False
) -> _Answers | list[str]:
    """Figures, or what they lack."""
    sets = labels(measure)
    if computation.ratio is not None:
        pieces = [
            _try_plain(part(computation, piece), sets, session, computation.needs)
            for piece in (computation.ratio.of, computation.ratio.to)
        ]
        of, to = pieces
        if isinstance(of, list) or isinstance(to, list):
            wanting = [word for each in pieces if isinstance(each, list) for word in each]
            return list(dict.fromkeys(wanting))
        nothing = figure([], *aggregate_of(computation.ratio.of), computation.ratio.of)
        return _divided(of, to, nothing)
    return _try_plain(computation, sets, session, {}, unit=measure.unit if series else None)


def _try_plain(
    computation: Computation,
    sets: tuple[tuple[str, ...], ...],
    session: Session,
    more: Mapping[str, str | tuple[str, ...]],
    unit: str | None = None,
) -> _Answers | list[str]:
    names = tuple(dict.fromkeys(name for each in sets for name in each))
    compiled = session.compile(computation, names, series=unit is not None, placed=False)
    lacking = session.supply.missing(
        compiled.rests_on, compiled.uses, {**more, **computation.needs}
    )
    if lacking:
        return lacking
    usable = {
        name
        for name in compiled.dimensions
        if not session.supply.missing(*compiled.by_use[name], {})
    }
    chosen = [each for each in sets if set(each) <= usable]
    months = compiled.months
    by_month = sets_by_month(months, chosen, compiled) if months else ()
    rows = session.tally(compiled.tally_sql(chosen, by_month))
    found: dict[Scope, trend.Series] = {}
    if months and unit is not None:
        rows, monthly = told_by_month(rows, compiled)
        found = series_by_scope(monthly, months, compiled, computation, unit)
    elif unit is not None and computation.at == "as-at":
        stock = month_ends(computation, compiled.uses, compiled.rests_on, session, unit)
        found = {(): stock} if stock else {}
    return _Answers(
        by_scope=_figures(rows, compiled, computation, _last_end(computation, session)),
        uses=compiled.uses,
        rests_on=compiled.rests_on,
        relation=compiled.relation,
        by_month=found,
    )


def _last_end(computation: Computation, session: Session) -> dt.date | None:
    """The last of the ends that a series looks at; None for a single figure."""
    if computation.over is None or computation.at in (None, "as-at"):
        return None
    return ends(computation.at, parse_window(computation.over), session.evidence.as_at)[-1]


def _figures(
    rows: Iterable[tuple[object, ...]],
    compiled: Compiled,
    computation: Computation,
    last: dt.date | None,
) -> dict[Scope, Series]:
    width = len(compiled.dimensions)
    groups: dict[Scope, dict[dt.date | None, list[Line]]] = defaultdict(lambda: defaultdict(list))
    groups[()][last] = []
    scopes: dict[tuple[object, ...], Scope] = {}
    for row in rows:
        parts = row[:width]
        where = scopes.get(parts)
        if where is None:
            pairs = zip(compiled.dimensions, parts, strict=True)
            where = tuple(sorted((name, str(label)) for name, label in pairs if label is not None))
            scopes[parts] = where
        line = _line(row, compiled)
        groups[where][line.point].append(line)
    if last is not None:
        # Who had rows at earlier ends and has none now has no figure now, not the earlier one.
        for series in groups.values():
            series.setdefault(last, [])
    return {
        where: {
            point: figure(
                lines, compiled.aggregate, compiled.percentile, computation, profiled=not where
            )
            for point, lines in sorted(series.items(), key=lambda pair: str(pair[0]))
        }
        for where, series in groups.items()
    }


def _line(row: tuple[object, ...], compiled: Compiled) -> Line:
    """What a row of a count says, its labels apart; see `Compiled.tally_sql` for its columns."""
    at = len(compiled.dimensions)
    point = row[at] if compiled.points else None
    assert point is None or isinstance(point, dt.date)  # noqa: S101 - the calendar's column
    at += compiled.points
    value = None if compiled.aggregate == "distinct" else row[at + 1]
    load = row[at + 2] if compiled.adjusted else None
    return Line(whole(row[at]), value, whole(row[-2]), whole(row[-1]), point, load)


def _divided(of: _Answers, to: _Answers, nothing: Figure) -> _Answers:
    """One over the other; a part that has no row above has none of it, where none is a number."""
    found: dict[Scope, Series] = {}
    for where, below in to.by_scope.items():
        above = of.by_scope.get(where, {})
        found[where] = {
            point: _quotient(above.get(point, nothing), base)
            for point, base in below.items()
            if point in above or nothing.exact is not None
        }
    return _Answers(
        by_scope={where: series for where, series in found.items() if series},
        uses=of.uses | to.uses,
        rests_on=of.rests_on | to.rests_on,
        relation=of.relation,
    )


def _quotient(of: Figure, to: Figure) -> Figure:
    exact = of.exact / to.exact if of.exact is not None and to.exact else None
    return Figure(
        exact=exact,
        numerator=of.exact,
        denominator=to.exact,
        unknown=max(of.unknown, to.unknown),
        undated=max(of.undated, to.undated),
        not_due=max(of.not_due, to.not_due),
        rows=max(of.rows, to.rows),
        uncertain=of.uncertain or to.uncertain,
        empty=exact is None,
    )


def _references(measure: Measure, session: Session) -> Mapping[Scope, float]:
    """The computed quantity that cuts refer to, by scope; a scope without one is left out."""
    reference = measure.reference
    if reference is None or reference.compute is None:
        return {}
    found = _try(reference.compute, measure, session)
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
    found: _Answers,
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

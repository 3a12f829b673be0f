"""A computation's figures by scope, or what the evidence lacks for them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from selfassess.measuring.compiled import Compiled
from selfassess.measuring.computing import aggregate_of, part
from selfassess.measuring.figures import Figure, Line, figure
from selfassess.measuring.month_ends import month_ends
from selfassess.measuring.series import series_by_scope, sets_by_month, told_by_month, whole
from selfassess.measuring.session import Session
from selfassess.measuring.windows import ends, parse_window
from selfassess.model import trend
from selfassess.model.common import Scope
from selfassess.model.measure import Computation, Measure

__all__ = ["Reckoned", "Series", "labels", "reckoned"]

Series = dict[dt.date | None, Figure]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Figures by scope, oldest point first, with what they rest on."""

    by_scope: Mapping[Scope, Series]
    uses: frozenset[tuple[str, str]]
    rests_on: frozenset[str]
    relation: str
    by_month: Mapping[Scope, trend.Series] = field(default_factory=dict)


def labels(measure: Measure) -> tuple[tuple[str, ...], ...]:
    """The breakdowns of a measure, each as the dimensions that it nests."""
    return tuple((item,) if isinstance(item, str) else tuple(item) for item in measure.by)


def reckoned(
    computation: Computation, measure: Measure, session: Session, *, series: bool = False
) -> Reckoned | list[str]:
    """Figures, or what they lack.

    Args:
        computation: one of the ways of the measure, or what its cuts refer to.
        measure: for its breakdowns and its unit.
        session: the evidence.
        series: whether to tell figures by month as well, where the lists reach back.
    """
    sets = labels(measure)
    if computation.ratio is not None:
        pieces = [
            _plain(part(computation, piece), sets, session, computation.needs)
            for piece in (computation.ratio.of, computation.ratio.to)
        ]
        of, to = pieces
        if isinstance(of, list) or isinstance(to, list):
            wanting = [word for each in pieces if isinstance(each, list) for word in each]
            return list(dict.fromkeys(wanting))
        nothing = figure([], *aggregate_of(computation.ratio.of), computation.ratio.of)
        return _divided(of, to, nothing)
    return _plain(computation, sets, session, {}, unit=measure.unit if series else None)


def _plain(
    computation: Computation,
    sets: tuple[tuple[str, ...], ...],
    session: Session,
    more: Mapping[str, str | tuple[str, ...]],
    unit: str | None = None,
) -> Reckoned | list[str]:
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
    return Reckoned(
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


def _divided(of: Reckoned, to: Reckoned, nothing: Figure) -> Reckoned:
    """One over the other; a part that has no row above has none of it, where none is a number."""
    found: dict[Scope, Series] = {}
    for where, below in to.by_scope.items():
        above = of.by_scope.get(where, {})
        found[where] = {
            point: _quotient(above.get(point, nothing), base)
            for point, base in below.items()
            if point in above or nothing.exact is not None
        }
    return Reckoned(
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

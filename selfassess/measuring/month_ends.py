"""What was open at the ends of past months, where today's list can tell it.

A list that was drawn today says who is open now. It says who was open in spring only if it keeps
what was closed since, and if what is asked of a row hangs on dates: a team, a role or a status is
that of today, whatever the month.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from selfassess.measuring.figures import rounded
from selfassess.measuring.periods import period_of
from selfassess.measuring.series import RULE, Reckoner, Told, whole
from selfassess.measuring.windows import months_before
from selfassess.model.measure import Computation
from selfassess.model.trend import Series, TrendPoint

if TYPE_CHECKING:
    from selfassess.measuring.session import Session

__all__ = ["month_ends"]

_MONTH = 31
"""Rows that stay open longer stand in one month end after another: the points move together."""
_MOST = 24
"""Every month end asks the whole list once more."""


def month_ends(
    computation: Computation,
    uses: Iterable[tuple[str, str]],
    rests_on: Iterable[str],
    session: Session,
    unit: str,
) -> Series | None:
    """The series of a stock at month ends; None where the lists do not hold twelve of them.

    Args:
        computation: a figure of the as-at date.
        uses: every table and column that it names.
        rests_on: every table.
        session: the evidence.
        unit: the measure's.
    """
    if computation.per is not None or computation.over is not None:
        return None
    as_at = session.evidence.as_at
    reach = _reach(computation, uses, rests_on, session)
    if reach is None:
        return None
    count = sum(1 for n in range(_MOST) if _end_before(as_at, n) >= reach)
    if count < RULE:
        return None
    over = f"last {count} months"
    stock = dataclasses.replace(computation, at="month ends", over=over, needs={})
    compiled = session.compile(stock, (), placed=False)
    told: dict[dt.date, list[Told]] = {}
    for row in session.query(compiled.tally_sql(())):
        day, outcome, *value, lines, rows = row
        if isinstance(day, dt.date):
            told.setdefault(day, []).append(
                (whole(outcome), value[0] if value else None, whole(lines), whole(rows))
            )
    reckoner = Reckoner(compiled, stock, unit)
    points = []
    for n in range(count - 1, -1, -1):
        day = _end_before(as_at, n)
        label = f"{day:%Y-%m}"
        span = period_of("month", label)
        assert span is not None  # noqa: S101 - a month's own label
        found = reckoner.point(label, span, told.get(day, ()))
        if found.value is None and not told.get(day) and computation.empty is not None:
            found = TrendPoint(label=label, value=rounded(Fraction(str(computation.empty))))
        points.append(dataclasses.replace(found, start=None, end=day))
    stay = session.supply.stay(computation.from_ or "")
    return Series(
        period="month",
        origin="rows",
        points=tuple(points),
        overlapping=stay is None or stay > _MONTH,
        note="Each month is what was open at its end.",
    )


def _reach(
    computation: Computation,
    uses: Iterable[tuple[str, str]],
    rests_on: Iterable[str],
    session: Session,
) -> dt.date | None:
    """Since when every list tells of past days as it does of today."""
    relations = session.relations
    keys = set(relations[computation.from_].key) if computation.from_ else set()
    for name, column in uses:
        relation = relations[name]
        kind = relation.columns[column]
        dated = kind.kind in ("date", "datetime") or (kind.kind == "text" and not kind.loose)
        if not dated and column not in keys:
            return None
        state = session.supply.state(name)
        if state is not None and column in state.spec.state_columns:
            return None
    found: list[dt.date] = []
    for name in rests_on:
        relation = relations[name]
        reach = session.supply.reach(name)
        if relation.view or relation.closed_when is not None or reach is None:
            return None
        found.append(reach)
    return max(found, default=None)


def _end_before(as_at: dt.date, months: int) -> dt.date:
    """The last month end up to the day, or one so many months before it."""
    end = as_at
    if as_at.day != calendar.monthrange(as_at.year, as_at.month)[1]:
        end = as_at.replace(day=1) - dt.timedelta(days=1)
    return months_before(end, months)

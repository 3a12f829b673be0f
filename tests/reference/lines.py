"""What becomes of a row: the lines that add up to answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reference import days
from reference.answer import FAILED, IN_DOUBT, LATE, MET, NOT_DUE, OVERDUE, UNDATED, Line, Place
from reference.logic import UNKNOWN, ge, unknown

PLACE = "_place"
"""Where a row keeps its file and row number."""
Row = Mapping[str, Any]


def judged(scope: Any, met: Any, row: Row, *, value: Any = None, **labels: Any) -> Iterator[Line]:
    """One line of a row: out of scope, met, failed, or in doubt."""
    if scope is False:
        return
    outcome = IN_DOUBT if scope is UNKNOWN or met is UNKNOWN else MET if met else FAILED
    yield Line(outcome, value, labels, (row[PLACE],))


def valued(scope: Any, value: Any, row: Row, **labels: Any) -> Iterator[Line]:
    """One line of a row that brings a value; a blank is left out and counted as undated."""
    if scope is False:
        return
    outcome = MET
    if scope is UNKNOWN or value is UNKNOWN:
        outcome = IN_DOUBT
    elif value is None:
        outcome = UNDATED
    yield Line(outcome, value, labels, (row[PLACE],))


def outcome_of_clock(
    start: Any, stop: Any, taken: Any, running: Any, limit: Any, at: dt.date
) -> str:
    """A duty with a start, a limit and a stop: met, late, overdue, not due, undated or unknown."""
    if unknown(start, stop, limit):
        return IN_DOUBT
    if start is None or limit is None:
        return UNDATED
    if stop is not None and days.day(stop) <= at:
        return UNDATED if taken < 0 else MET if taken <= limit else LATE
    return OVERDUE if running > limit else NOT_DUE


def clocked(scope: Any, outcome: str, row: Row, **labels: Any) -> Iterator[Line]:
    if scope is not False:
        yield Line(IN_DOUBT if scope is UNKNOWN else outcome, None, labels, (row[PLACE],))


def followed(
    scope: Any, passed: Any, least: int, met: Any, row: Row, **labels: Any
) -> Iterator[Line]:
    """A line of a row that is followed up: due only once the whole time has passed."""
    ripe = ge(passed, least)
    if scope is not False and scope is not UNKNOWN and ripe is not True:
        outcome = IN_DOUBT if ripe is UNKNOWN else UNDATED if passed is None else NOT_DUE
        yield Line(outcome, None, labels, (row[PLACE],))
    else:
        yield from judged(scope, met, row, **labels)


def placed(rows: Iterable[Row]) -> tuple[Place, ...]:
    return tuple(row[PLACE] for row in rows)

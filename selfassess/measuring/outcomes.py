"""What becomes of a row: met, late, overdue, not due, unknown, undated. As numbers in SQL.

0 failed · 1 met, or counted · 2 not due · 3 unknown (a cell that decides it could not be read) ·
4 undated or blank · 5 late · 6 overdue
"""

from __future__ import annotations

from collections.abc import Sequence

from selfassess.errors import MeasureError
from selfassess.measuring.frames import Frame
from selfassess.measuring.language import LanguageError, parse, parse_limit, reading
from selfassess.measuring.pieces import (
    All,
    Any_,
    Condition,
    Opposite,
    Value,
    doubtful,
    no,
    yes,
)
from selfassess.measuring.spans import FACTORS, span
from selfassess.measuring.syntax import Limit
from selfassess.measuring.translate import compare, condition, date, is_blank, number
from selfassess.measuring.windows import Span
from selfassess.model.measure import Clock

__all__ = ["FAILED", "OUTCOMES", "clock_outcome", "limits_of", "outcome_case", "ripeness"]

OUTCOMES = {
    0: "failed",
    1: "met",
    2: "not due",
    3: "unknown",
    4: "undated",
    5: "late",
    6: "overdue",
}
FAILED = frozenset({0, 5, 6})


def outcome_case(met: Condition) -> str:
    """Whether a condition is met, as an outcome."""
    if not doubtful(met):
        return f"CASE WHEN {yes(met)} THEN 1 ELSE 0 END"
    return f"CASE WHEN {yes(met)} THEN 1 WHEN {no(met)} THEN 0 ELSE 3 END"


def limits_of(clock: Clock) -> list[Limit]:
    """Read a clock's limit, one case or several.

    Raises:
        LanguageError: a case is at fault.
        MeasureError: a case can never be reached.
    """
    texts = [clock.limit] if isinstance(clock.limit, str) else list(clock.limit)
    found = []
    for place, text in zip(_limit_names(clock), texts, strict=True):
        with reading(place):
            found.append(parse_limit(text))
    if not found:
        raise MeasureError("a clock needs a limit.")
    for each in found[:-1]:
        if each.when is None:
            raise MeasureError(
                "a limit without a condition stands last: later ones are never reached."
            )
    return found


def _limit_names(clock: Clock) -> list[str]:
    """What each case of a clock's limit is called in errors."""
    if isinstance(clock.limit, str):
        return ["clock.limit"]
    return [f"clock.limit {number}" for number in range(1, len(clock.limit) + 1)]


def clock_outcome(
    clock: Clock, limits: Sequence[Limit], completed: bool, frame: Frame
) -> tuple[str, Condition | None]:
    """A clock's outcome for a row, and the condition for the row to be in scope.

    Raises:
        LanguageError: start, stop or a case is at fault.
    """
    with reading("clock.start"):
        start = date(parse(clock.start), frame)
    with reading("clock.stop"):
        stop = date(parse(clock.stop), frame)
    now = Value(frame.shared.moment.d, "date", filled=True, moment=True)
    stopped = All((Opposite(is_blank(stop)), compare("<=", stop, now)))
    doubts = [f"WHEN {doubt} THEN 3" for doubt in dict.fromkeys(start.doubts + stop.doubts)]
    cases = []
    tests = []
    for place, limit in zip(_limit_names(clock), limits, strict=True):
        with reading(place):
            inner = _within(limit, start, stop, now, stopped, frame)
        if limit.when is None:
            cases.append(f"ELSE {inner}")
            break
        with reading(place):
            test = condition(limit.when, frame)
        tests.append(test)
        cases.append(f"WHEN {yes(test)} THEN {inner}")
        if doubtful(test):
            cases.append(f"WHEN CASE WHEN {no(test)} THEN 1 ELSE 0 END = 0 THEN 3")
    decided = cases[0][5:] if len(cases) == 1 and not tests else f"CASE {' '.join(cases)} END"
    blank = f"WHEN {start.sql} IS NULL THEN 4" if not start.filled else ""
    head = " ".join(part for part in (*doubts, blank) if part)
    outcome = f"CASE {head} ELSE {decided} END" if head else decided
    scope: Condition | None = Any_(tuple(tests)) if limits[-1].when is not None else None
    if completed:
        scope = All((scope, stopped)) if scope is not None else stopped
    return outcome, scope


def _within(
    limit: Limit, start: Value, stop: Value, now: Value, stopped: Condition, frame: Frame
) -> str:
    most = number(limit.value, frame)
    allowed = f"{most.sql} * {FACTORS[limit.unit]}"
    if limit.unit in ("hours", "working hours") and "datetime" not in (start.kind, stop.kind):
        raise LanguageError(
            limit.value.at,
            f"{limit.unit} need dates with a time; both are plain dates.",
            "Count days.",
        )
    taken, running = span(frame, start, stop, limit.unit), span(frame, start, now, limit.unit)
    unknown = "".join(f"WHEN {doubt} THEN 3 " for doubt in most.doubts)
    blank = "" if most.filled else f"WHEN {most.sql} IS NULL THEN 4 "
    return (
        f"CASE {unknown}{blank}WHEN {yes(stopped)} THEN "
        f"CASE WHEN {taken} < 0 THEN 4 WHEN {taken} <= {allowed} THEN 1 "
        f"WHEN {taken} > {allowed} THEN 5 ELSE 4 END "
        f"WHEN {running} > {allowed} THEN 6 WHEN {running} <= {allowed} THEN 2 ELSE 4 END"
    )


def ripeness(follow_up: Span, frame: Frame, outcome: str) -> str:
    """The outcome, or not due where the time to follow a row up has not fully passed.

    Raises:
        MeasureError: the rows have no date.
    """
    if frame.date is None:
        raise MeasureError("the rows have no date to follow up from.", hint="Say date: …")
    own = date(frame.date, frame)
    now = Value(frame.shared.moment.d, "date", filled=True, moment=True)
    passed = span(frame, own, now, follow_up.unit)
    least = follow_up.number * FACTORS[follow_up.unit]
    unknown = "".join(f"WHEN {doubt} THEN 3 " for doubt in own.doubts)
    cases = f"WHEN {passed} >= {least} THEN {outcome} WHEN {passed} < {least} THEN 2 ELSE 4"
    return f"CASE {unknown}{cases} END"

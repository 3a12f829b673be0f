"""The functions of the measure language that reckon with dates."""

from __future__ import annotations

from collections.abc import Callable

from selfassess.measuring.arguments import count_arguments
from selfassess.measuring.frames import Frame
from selfassess.measuring.pieces import Value
from selfassess.measuring.spans import minutes_between, span, working_minutes_between
from selfassess.measuring.syntax import Call, Path
from selfassess.measuring.tokens import LanguageError
from selfassess.measuring.translate import date, number

__all__ = ["age", "between", "day", "hours", "working_hours"]


def _two_dates(node: Call, frame: Frame) -> tuple[Value, Value]:
    return date(node.arguments[0], frame), date(node.arguments[1], frame)


def between(unit: str) -> Callable[[Call, Frame], Value]:
    """The translator of the time between two dates, in a unit."""

    def translated(node: Call, frame: Frame) -> Value:
        count_arguments(node, 2)
        start, stop = _two_dates(node, frame)
        sql = span(frame, start, stop, unit)
        if unit == "months":
            sql = f"(CAST({sql} AS DOUBLE) / 31.0)"
        return Value(sql, "number", doubts=start.doubts + stop.doubts)

    return translated


def hours(node: Call, frame: Frame) -> Value:
    """Hours by the clock between two times."""
    count_arguments(node, 2)
    start, stop = _two_dates(node, frame)
    sql = f"(CAST({minutes_between(frame, start, stop)} AS DOUBLE) / 60.0)"
    return Value(sql, "number", doubts=start.doubts + stop.doubts)


def working_hours(node: Call, frame: Frame) -> Value:
    """Hours between two times on working days, within a day's beginning and end."""
    count_arguments(node, 2, 4)
    if len(node.arguments) == 3:
        raise LanguageError(
            node.at, "working_hours takes the day's beginning and its end, or neither."
        )
    start, stop = _two_dates(node, frame)
    day = [number(part, frame).sql for part in node.arguments[2:]] or ["9", "17"]
    sql = working_minutes_between(frame, start, stop, day[0], day[1])
    return Value(f"(CAST({sql} AS DOUBLE) / 60.0)", "number", doubts=start.doubts + stop.doubts)


def day(node: Call, frame: Frame) -> Value:
    """The day of a time."""
    count_arguments(node, 1)
    found = date(node.arguments[0], frame)
    return Value(frame.day(found), "date", doubts=found.doubts, moment=found.moment)


def age(node: Call, frame: Frame) -> Value:
    """Whole years from birth to a date."""
    count_arguments(node, 1, 2)
    if len(node.arguments) == 1:
        born_name = frame.relation.born
        if born_name is None:
            raise LanguageError(
                node.at,
                f"{frame.relation.title} declares no date of birth (born).",
                "Write age(column, at).",
            )
        born = date(Path((born_name,), node.at), frame)
        at = date(node.arguments[0], frame)
    else:
        born, at = _two_dates(node, frame)
    years = f"({frame.calendar(at, 'y')} - {frame.calendar(born, 'y')}"
    early = f"{frame.calendar(born, 'md')} > {frame.calendar(at, 'md')}"
    sql = f"{years} - CASE WHEN {early} THEN 1 ELSE 0 END)"
    return Value(sql, "number", doubts=born.doubts + at.doubts)

"""Breakdown labels: a dimension as SQL text."""

from __future__ import annotations

from selfassess.errors import MeasureError
from selfassess.measuring.frames import Frame
from selfassess.measuring.pieces import Condition, Value, yes
from selfassess.measuring.syntax import Path
from selfassess.measuring.translate import date, translate

__all__ = ["NOT_RECORDED", "PERIODS", "label_of"]

PERIODS = {"month": "month", "quarter": "quarter", "year": "fy"}
"""Dimensions that are periods of the rows' date, and the calendar's columns for them."""
NOT_RECORDED = "not-recorded"
"""The label of rows that do not say; the parts still add up to the whole."""


def label_of(name: str, frame: Frame) -> str | None:
    """A dimension as SQL text; None where nothing here is called so."""
    plain = name.replace("-", "_")
    found: Value | Condition | None = None
    for each in dict.fromkeys((name, plain)):
        if each in frame.lets or frame.column(each) is not None:
            found = translate(Path((each,)), frame)
            break
    if found is None:
        if name not in PERIODS or frame.date is None or frame.only_names:
            return None
        day = date(frame.date, frame)
        period = f"COALESCE({frame.calendar(day, PERIODS[name])}, '{NOT_RECORDED}')"
        if day.doubts:
            # Whether a clock still runs may hang on the cell: such a row is of no period.
            return f"CASE WHEN {' OR '.join(day.doubts)} THEN '{NOT_RECORDED}' ELSE {period} END"
        return period
    if not isinstance(found, Value):
        return f"CASE WHEN {yes(found)} THEN 'yes' ELSE 'no' END"
    if found.kind in ("date", "datetime"):
        raise MeasureError(f"'{name}' is a date.", hint="Break down by month, quarter or year.")
    sql = f"CAST({found.sql} AS VARCHAR)" if found.kind == "number" else found.sql
    return f"COALESCE({sql}, '{NOT_RECORDED}')"

"""When something of an inspection is due, counted from notice, fieldwork or publication."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable

from selfassess.model.framework_inspection import Due

__all__ = ["due_on"]


def due_on(due: Due, event: dt.date, working_day: Callable[[dt.date], bool]) -> dt.date:
    """The day on which something is due.

    Args:
        due: exactly one of working days, weeks and months after an event.
        event: the day of the event that `due` names.
        working_day: whether a day is neither weekend nor holiday.

    Returns:
        The last day of the span. Of working days the first is the event's own day where the
        framework counts it and it is a working day, else the next working day; 0 is the event's
        day. A month ends on the same day of the month, or the month's last if it is shorter.
    """
    if due.weeks is not None:
        return event + dt.timedelta(weeks=due.weeks)
    if due.months is not None:
        months = event.month - 1 + due.months
        year, month = event.year + months // 12, months % 12 + 1
        return dt.date(year, month, min(event.day, calendar.monthrange(year, month)[1]))
    left = due.working_days or 0
    day = event
    if left and due.anchor_counts and working_day(day):
        left -= 1
    while left:
        day += dt.timedelta(days=1)
        left -= working_day(day)
    return day

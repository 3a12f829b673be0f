"""Windows of time: ``last 6 months``, ``12 to 6 months ago``, ``month ends``; pure date arithmetic.

as_at is the end of its day. A window is (as_at − n, as_at]: the first day is out, the last is in.
Months are whole: stepping back from the last day of a month lands on the last day of a month.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from selfassess.errors import MeasureError

__all__ = [
    "AT",
    "Span",
    "Window",
    "ends",
    "months_before",
    "parse_span",
    "parse_window",
]

Unit = Literal["days", "working days", "weeks", "months"]
AT = ("as-at", "month ends", "quarter ends")

_UNIT = r"(working days?|days?|weeks?|months?)"
_SPAN = re.compile(rf"(\d{{1,4}}) {_UNIT}")
_LAST = re.compile(rf"last (\d{{1,4}}) {_UNIT}")
_AGO = re.compile(rf"(\d{{1,4}}) to (\d{{1,4}}) {_UNIT} ago")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: so many units."""

    number: int
    unit: Unit

    def before(self, day: dt.date) -> dt.date:
        """The day so long before `day`. Working days have no answer without the calendar table.

        Raises:
            ValueError: the span counts working days.
        """
        if self.unit == "months":
            return months_before(day, self.number)
        if self.unit == "working days":
            raise ValueError("working days are counted by the calendar table")
        return day - dt.timedelta(days=self.number * (7 if self.unit == "weeks" else 1))

    def __str__(self) -> str:
        unit = self.unit[:-1] if self.number == 1 else self.unit
        return f"{self.number} {unit}"


@dataclass(frozen=True, slots=True)
class Window:
    """(as_at − start, as_at − end]; no `end`: up to as_at."""

    start: Span
    end: Span | None = None


def parse_span(text: str) -> Span:
    """Read ``6 months``, ``28 days``, ``10 working days`` or ``4 weeks``.

    Raises:
        MeasureError: it is none of these.
    """
    match = _SPAN.fullmatch(" ".join(text.split()))
    if match is None:
        raise MeasureError(
            f"'{text}' is no length of time.",
            hint="Write 6 months, 28 days, 10 working days or 4 weeks.",
        )
    return Span(int(match[1]), _unit(match[2]))


def parse_window(text: str) -> Window:
    """Read ``last 6 months`` or ``12 to 6 months ago``.

    Raises:
        MeasureError: it is neither, or it ends before it starts.
    """
    words = " ".join(text.split())
    if match := _LAST.fullmatch(words):
        if not int(match[1]):
            raise MeasureError(f"'{text}' holds no day.", hint="Write 1 or more.")
        return Window(Span(int(match[1]), _unit(match[2])))
    if match := _AGO.fullmatch(words):
        start, end = int(match[1]), int(match[2])
        if start <= end:
            raise MeasureError(
                f"'{text}' ends before it starts.", hint=f"Write {end} to {start} {match[3]} ago."
            )
        return Window(Span(start, _unit(match[3])), Span(end, _unit(match[3])))
    raise MeasureError(f"'{text}' is no window.", hint="Write last 6 months or 12 to 6 months ago.")


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier; from the last of a month, the last of a month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    last = calendar.monthrange(year, month)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month, last if at_end else min(day.day, last))


def ends(kind: str, window: Window, as_at: dt.date) -> tuple[dt.date, ...]:
    """The month or quarter ends in a window, and as_at itself, oldest first."""
    after = window.start.before(as_at)
    until = window.end.before(as_at) if window.end else as_at
    step = 3 if kind == "quarter ends" else 1
    found = set() if window.end else {as_at}
    month = dt.date(until.year, until.month, 1)
    while month > after.replace(day=1) - dt.timedelta(days=1):
        last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        if after < last <= until and last.month % step == 0:
            found.add(last)
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return tuple(sorted(found))


def _unit(word: str) -> Unit:
    plural = word if word.endswith("s") else f"{word}s"
    for unit in ("days", "working days", "weeks", "months"):
        if plural == unit:
            return unit
    raise AssertionError(word)

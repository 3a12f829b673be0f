"""Which rows a computation is about: its moment, its date, its filter and its window."""

from __future__ import annotations

import datetime as dt

from selfassess.errors import MeasureError, Problem
from selfassess.measuring.attempts import Attempts
from selfassess.measuring.frames import Frame, Moment, Shared, Within
from selfassess.measuring.months import Months
from selfassess.measuring.pieces import Any_, Atom, Condition, Value, both, doubtful, no, yes
from selfassess.measuring.relations import Relation
from selfassess.measuring.syntax import Binary, Call, Expression, Path
from selfassess.measuring.translate import date
from selfassess.measuring.windows import AT, Window, ends
from selfassess.model.measure import Computation

__all__ = ["Choosing", "not_out", "scoped"]


class Choosing:
    """The rows that are let in.

    Attributes:
        monthly: columns that say a row's month, for a series; empty without one.
    """

    def __init__(
        self, computation: Computation, shared: Shared, tried: Attempts, months: Months | None
    ) -> None:
        self.c = computation
        self.shared = shared
        self.tried = tried
        self.months = months
        self.monthly: list[str] = []

    def moment(self, window: Window | None) -> None:
        """Say at which ends the rows are looked at, where there are several."""
        kind = self.c.at
        if kind is None or kind == "as-at":
            return
        if kind not in AT:
            self.tried.problems.append(
                Problem("at", f"'{kind}' is no moment.", "Write " + ", ".join(AT))
            )
            return
        if window is None or window.start.unit == "working days":
            problem = Problem("at", f"{kind} need a window.", "Write over: last 12 months.")
            self.tried.problems.append(problem)
            return
        days = ", ".join(f"DATE '{d.isoformat()}'" for d in ends(kind, window, self.shared.as_at))
        self.shared.points = f"JOIN calendar AS w ON w.d IN ({days})"
        self.shared.moment = Moment.of("w")

    def date(self, relation: Relation, frame: Frame) -> Expression | None:
        """The date that windows go by: the one declared, that of the clock, or the event's."""
        if self.c.date is not None:
            node = self.tried.parsed("date", self.c.date)
            if node is not None:
                node_ = node
                self.tried.attempt("date", lambda: date(node_, frame), None)
            return node
        if self.c.clock is not None:
            stop = self.tried.parsed("clock.stop", self.c.clock.stop)
            now = Path(("as_at",))
            return None if stop is None else Call("if", (Binary("<=", stop, now), stop, now))
        return Path((relation.event,)) if relation.event else None

    def scope(self, frame: Frame, window: Window | None) -> Condition | None:
        """What a row has to meet: the filter, to be open at the moment, to lie in the window."""
        parts: list[Condition | None] = []
        if self.c.filter is not None:
            parts.append(self.tried.condition("filter", self.c.filter, frame))
        now = Value(self.shared.moment.d, "date", filled=True, moment=True)
        if self.c.at is not None:
            from selfassess.measuring.lookups import open_condition

            parts.append(self.tried.attempt("at", lambda: open_condition(frame, now), None))
        if window is not None and not self.shared.points:
            inside = self.tried.attempt("over", lambda: self._inside(frame, window), None)
            if inside is not None and self.months is not None:
                inside = self._along(frame, inside, self.months)
            parts.append(inside)
        return both(*parts)

    def within(self, relation: Relation, frame: Frame, window: Window | None) -> Within | None:
        """The days of the window and of a series' months, where the rows' date is a column."""
        node = frame.date
        if window is None or window.start.unit == "working days" or self.shared.points:
            return None
        if not isinstance(node, Path) or len(node.parts) > 1:
            return None
        if node.parts[0] in frame.lets or node.parts[0] not in relation.columns:
            return None
        day = frame.read("b", relation, node.parts[0])
        if day.doubts or day.kind not in ("date", "datetime"):
            return None
        after, until = self._days(window)
        if self.months is not None:
            after = min(after, self.months.since - dt.timedelta(days=1))
            until = max(until, self.months.until)
        sql = f"{frame.day(day)} > DATE '{after}' AND {frame.day(day)} <= DATE '{until}'"
        return Within(relation.id, node.parts[0], sql, after, until)

    def _days(self, window: Window) -> tuple[dt.date, dt.date]:
        """The last day before a window, and its last."""
        as_at = self.shared.as_at
        return window.start.before(as_at), window.end.before(as_at) if window.end else as_at

    def _along(self, frame: Frame, inside: Condition, months: Months) -> Condition:
        """Let in the rows of the months of a series too, each with its month.

        Work with a deadline counts in the month in which it began: by the month in which it was
        done, a month's figure would leave out what is still overdue from it.
        """
        node = frame.date
        if self.c.clock is not None and self.c.date is None and self.c.counts != "completed":
            node = self.tried.parsed("clock.start", self.c.clock.start)
        if node is None:
            return inside
        day = date(node, frame)
        sql = frame.day(day)
        during = f"({sql} >= DATE '{months.since}' AND {sql} <= DATE '{months.until}')"
        month = f"COALESCE({frame.calendar(day, 'month')}, '-')"
        self.monthly = [f"CASE WHEN {during} THEN {month} ELSE '-' END AS t"]
        if not months.wide:
            return inside
        self.monthly.append(f"CASE WHEN {not_out(inside)} THEN 1 ELSE 0 END AS i")
        return Any_((inside, Atom(during)))

    def _inside(self, frame: Frame, window: Window) -> Condition:
        if frame.date is None:
            raise MeasureError(
                "the rows have no date.", hint="Say which date the window goes by: date: …"
            )
        day = date(frame.date, frame)
        if window.start.unit == "working days":
            done, now = frame.calendar(day, "wd"), self.shared.moment.wd
            last = window.end.number if window.end else 0
            sql = f"{done} > {now} - {window.start.number} AND {done} <= {now} - {last}"
            upto = f"{frame.day(day)} <= {self.shared.moment.d}"
            return Atom(f"({sql} AND {upto})", day.doubts)
        after, until = self._days(window)
        sql = frame.day(day)
        return Atom(
            f"({sql} > DATE '{after.isoformat()}' AND {sql} <= DATE '{until.isoformat()}')",
            day.doubts,
        )


def scoped(scope: Condition | None, outcome: str) -> str:
    """The outcome, or unknown where it is not known whether the row is in scope."""
    if scope is None or not doubtful(scope):
        return outcome
    return f"CASE WHEN {yes(scope)} THEN {outcome} ELSE 3 END"


def not_out(scope: Condition) -> str:
    """Every row that is in scope or may be."""
    return f"CASE WHEN {no(scope)} THEN 0 ELSE 1 END = 1" if doubtful(scope) else yes(scope)

"""A computation to one query, in the one portable shape that every measure compiles to.

Named queries (looks into other tables) come first, then ``r``: one line a row in scope, with its
breakdown labels, its outcome and its value. Holders, where there are any, follow as ``s``. The last
step counts lines by label, outcome and value in one ``GROUPING SETS`` query; everything beyond
counting is done in Python on whole numbers. Leaving the last step out answers *which rows?*
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from selfassess.errors import MeasureError, Problem
from selfassess.measuring.compiled import Compiled
from selfassess.measuring.computing import Aggregate, aggregate_of
from selfassess.measuring.frames import Frame, Moment, Shared, Within
from selfassess.measuring.labels import NOT_RECORDED, label_of
from selfassess.measuring.language import LanguageError, parse
from selfassess.measuring.months import Months
from selfassess.measuring.outcomes import clock_outcome, limits_of, outcome_case, ripeness
from selfassess.measuring.per import Holders
from selfassess.measuring.pieces import (
    Any_,
    Atom,
    Condition,
    Value,
    both,
    column,
    doubtful,
    met,
    no,
    yes,
)
from selfassess.measuring.relations import Relation
from selfassess.measuring.syntax import Binary, Call, Expression, Limit, Path, names_in
from selfassess.measuring.translate import condition, date, value
from selfassess.measuring.windows import AT, Window, ends, parse_span, parse_window
from selfassess.model.measure import Computation

__all__ = ["compile_computation"]

T = TypeVar("T")


class _Compiler:
    def __init__(
        self, computation: Computation, shared: Shared, by: Sequence[str], months: Months | None
    ) -> None:
        self.c = computation
        self.shared = shared
        self.by = by
        self.months = months
        self.monthly: list[str] = []
        self.problems: list[Problem] = []

    # reading expressions: every fault is kept, and compiling goes on

    def attempt(self, where: str, do: Callable[[], T], otherwise: T) -> T:
        try:
            return do()
        except LanguageError as error:
            key = error.text or where
            place = f"{key}, column {error.column}" if error.column else key
            self.problems.append(Problem(place, error.message, error.hint))
        except MeasureError as error:
            self.problems.append(Problem(where, error.message, error.hint))
        return otherwise

    def parsed(self, where: str, text: str) -> Expression | None:
        return self.attempt(where, lambda: parse(text), None)

    def condition(self, where: str, text: str, frame: Frame) -> Condition:
        always: Condition = Atom("1 = 1", firm=True)
        return self.attempt(where, lambda: condition(parse(text), frame), always)

    def value(self, where: str, text: str, frame: Frame) -> Value:
        return self.attempt(where, lambda: value(parse(text), frame), Value("0", "number"))

    # compiling

    def run(self) -> Compiled:
        relation = self._relation()
        count: tuple[Aggregate, int] = ("count", 0)
        kind = self.attempt("aggregate", lambda: aggregate_of(self.c), count)
        lets = self._lets()
        frame = Frame(self.shared, relation, "b", lets=lets, looks_up=True)
        window = self.attempt("over", lambda: parse_window(self.c.over or "last 1 days"), None)
        window = window if self.c.over else None
        self._moment(window)
        frame.date = self._date(relation, frame)
        self.shared.within = self._within(relation, frame, window)
        scope = self._scope(frame, window)
        if self.c.per is None:
            compiled = self._rows(frame, scope, kind)
        else:
            compiled = self._holders(frame, scope, kind)
        if self.problems:
            raise MeasureError(problems=self.problems)
        return compiled

    def _relation(self) -> Relation:
        name = self.c.from_
        if name is None:
            raise MeasureError(problems=[Problem("from", "no table or view is named.")])
        relation = self.shared.relations.get(name)
        if relation is None:
            problem = Problem(
                "from", f"'{name}' is no table or view.", self.shared.relations.hint(name)
            )
            raise MeasureError(problems=[problem])
        self.shared.rests_on.add(name)
        return relation

    def _lets(self) -> Mapping[str, Expression]:
        found = {name: self.parsed(f"let {name}", text) for name, text in self.c.let.items()}
        return {name: node for name, node in found.items() if node is not None}

    def _moment(self, window: Window | None) -> None:
        kind = self.c.at
        if kind is None or kind == "as-at":
            return
        if kind not in AT:
            self.problems.append(Problem("at", f"'{kind}' is no moment.", "Write " + ", ".join(AT)))
            return
        if window is None or window.start.unit == "working days":
            problem = Problem("at", f"{kind} need a window.", "Write over: last 12 months.")
            self.problems.append(problem)
            return
        days = ", ".join(f"DATE '{d.isoformat()}'" for d in ends(kind, window, self.shared.as_at))
        self.shared.points = f"JOIN calendar AS w ON w.d IN ({days})"
        self.shared.moment = Moment.of("w")

    def _date(self, relation: Relation, frame: Frame) -> Expression | None:
        if self.c.date is not None:
            node = self.parsed("date", self.c.date)
            if node is not None:
                node_ = node
                self.attempt("date", lambda: date(node_, frame), None)
            return node
        if self.c.clock is not None:
            stop = self.parsed("clock.stop", self.c.clock.stop)
            now = Path(("as_at",))
            return None if stop is None else Call("if", (Binary("<=", stop, now), stop, now))
        return Path((relation.event,)) if relation.event else None

    def _scope(self, frame: Frame, window: Window | None) -> Condition | None:
        parts: list[Condition | None] = []
        if self.c.filter is not None:
            parts.append(self.condition("filter", self.c.filter, frame))
        now = Value(self.shared.moment.d, "date", filled=True, moment=True)
        if self.c.at is not None:
            from selfassess.measuring.lookups import open_condition

            parts.append(self.attempt("at", lambda: open_condition(frame, now), None))
        if window is not None and not self.shared.points:
            inside = self.attempt("over", lambda: self._inside(frame, window), None)
            if inside is not None and self.months is not None:
                inside = self._along(frame, inside, self.months)
            parts.append(inside)
        return both(*parts)

    def _within(self, relation: Relation, frame: Frame, window: Window | None) -> Within | None:
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
            node = self.parsed("clock.start", self.c.clock.start)
        if node is None:
            return inside
        day = date(node, frame)
        sql = frame.day(day)
        during = f"({sql} >= DATE '{months.since}' AND {sql} <= DATE '{months.until}')"
        month = f"COALESCE({frame.calendar(day, 'month')}, '-')"
        self.monthly = [f"CASE WHEN {during} THEN {month} ELSE '-' END AS t"]
        if not months.wide:
            return inside
        self.monthly.append(f"CASE WHEN {_not_out(inside)} THEN 1 ELSE 0 END AS i")
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

    def _outcome(self, frame: Frame, kind: Aggregate) -> tuple[str, str, Condition | None]:
        """A row's outcome, its value, and what else must hold for it to be in scope."""
        if self.c.clock is not None:
            clock = self.c.clock
            nothing: tuple[str, Condition | None] = ("1", None)
            completed = self.c.counts == "completed"
            limits: list[Limit] = self.attempt("clock.limit", lambda: limits_of(clock), [])
            found = (
                self.attempt(
                    "clock", lambda: clock_outcome(clock, limits, completed, frame), nothing
                )
                if limits
                else nothing
            )
            return found[0], "CAST(NULL AS BIGINT)", found[1]
        if self.c.numerator is not None:
            holds = self.condition("numerator", self.c.numerator, frame)
            return outcome_case(holds), "CAST(NULL AS BIGINT)", None
        if kind == "count":
            return "1", "CAST(NULL AS BIGINT)", None
        found_value = self.value("value", self.c.value or "value", frame)
        if kind != "distinct" and found_value.kind != "number" and self.c.value is not None:
            problem = Problem("value", f"a {found_value.kind} cannot be used in this aggregate.")
            self.problems.append(problem)
        cases = [f"WHEN {doubt} THEN 3" for doubt in found_value.doubts]
        if not found_value.filled:
            cases.append(f"WHEN {found_value.sql} IS NULL THEN 4")
        sql = f"CASE {' '.join(cases)} ELSE 1 END" if cases else "1"
        return sql, met(found_value) if kind == "distinct" else found_value.sql, None

    def _rows(self, frame: Frame, scope: Condition | None, kind: tuple[Aggregate, int]) -> Compiled:
        outcome, shown, more = self._outcome(frame, kind[0])
        scope = both(scope, more)
        outcome = self._ripe(frame, outcome)
        labels = self._labels(frame)
        picked = [
            "b.row_id AS row_id",
            "b.source_sheet AS source_sheet",
            "b.source_row AS source_row",
            *(f"{column('b', key)} AS k{i + 1}" for i, key in enumerate(frame.relation.key)),
            *(f"{sql} AS g{i + 1}" for i, sql in enumerate(labels.values())),
            f"{_scoped(scope, outcome)} AS o",
            f"{shown} AS v",
            "1 AS n",
            *(["w.d AS p"] if self.shared.points else []),
            *self.monthly,
        ]
        self._lines("r", picked, frame, scope)
        compiled = self._compiled(frame, kind, "r", tuple(labels), ())
        compiled.monthly, compiled.wide = bool(self.monthly), len(self.monthly) > 1
        return compiled

    def _holders(
        self, frame: Frame, scope: Condition | None, kind: tuple[Aggregate, int]
    ) -> Compiled:
        assert self.c.per is not None  # noqa: S101 - the caller looked
        holders = Holders(self.c.per, frame, self.attempt, self._deciding())
        rows_outcome = self._ripe(frame, holders.row_outcome())
        scope = both(scope, holders.has_key())
        picked = [
            "b.row_id AS row_id",
            "b.source_sheet AS source_sheet",
            "b.source_row AS source_row",
            *(f"{column('b', key)} AS k{i + 1}" for i, key in enumerate(frame.relation.key)),
            *holders.row_columns(),
            f"{_scoped(scope, rows_outcome)} AS o",
            *(["w.d AS p"] if self.shared.points else []),
        ]
        self._lines("r", picked, frame, scope)
        self.shared.ctes.append(("h", holders.group_sql(bool(self.shared.points))))
        upper = holders.frame(self.shared)
        chosen = (
            self.condition("per.filter", self.c.per.filter, upper) if self.c.per.filter else None
        )
        outcome, shown, _ = self._outcome(upper, kind[0])
        load = upper.names["value"]
        own_load = ""
        if isinstance(load, Value) and load.kind == "number":
            if kind[0] in ("share", "count"):
                shown = load.sql
            elif kind[0] != "distinct" and shown != load.sql:
                own_load = load.sql
        labels = self._labels(upper)
        points = bool(self.shared.points)
        own = [f"h.h{i + 1} AS h{i + 1}" for i in range(len(holders.keys))]
        picked = [
            *own,
            *(f"{sql} AS g{i + 1}" for i, sql in enumerate(labels.values())),
            f"{_scoped(chosen, outcome)} AS o",
            f"{shown} AS v",
            "h.n AS n",
            *(["h.p AS p"] if points else []),
            *([f"{own_load} AS own"] if own_load else []),
        ]
        # A row whose holder could not be read belongs to nobody: it counts as unknown.
        lost = [
            *("NULL" for _ in own),
            *(f"'{NOT_RECORDED}'" for _ in labels),
            "o",
            "NULL",
            "1",
            *(["p"] if points else []),
            *(["NULL"] if own_load else []),
        ]
        where = f" WHERE {_not_out(chosen)}" if chosen is not None else ""
        joins = "".join(f" {join}" for join in upper.joins)
        if points:
            joins = " JOIN calendar AS w ON w.d = h.p" + joins
        self.shared.ctes.append(
            (
                "s",
                f"SELECT {', '.join(picked)} FROM h AS h{joins}{where} "
                f"UNION ALL SELECT {', '.join(lost)} FROM r WHERE o <> 1",
            )
        )
        compiled = self._compiled(frame, kind, "s", tuple(labels), holders.keys)
        compiled.adjusted = bool(own_load)
        return compiled

    def _deciding(self) -> frozenset[str]:
        """What of a holder the figure hangs on; the rest serves breakdowns alone."""
        assert self.c.per is not None  # noqa: S101 - the caller looked
        texts = [self.c.value, self.c.numerator, self.c.per.filter, *self.c.let.values()]
        nodes = [self.parsed("per", text) for text in texts if text]
        return frozenset({"value", *(name for node in nodes if node for name in names_in(node))})

    def _ripe(self, frame: Frame, outcome: str) -> str:
        if self.c.follow_up is None:
            return outcome
        text = self.c.follow_up
        return self.attempt(
            "follow_up", lambda: ripeness(parse_span(text), frame, outcome), outcome
        )

    def _lines(self, name: str, picked: list[str], frame: Frame, scope: Condition | None) -> None:
        source = f'"{frame.relation.id}" AS b'
        if frame.earlier:
            joins = "".join(f" {join}" for join in frame.earlier_joins)
            sql = f'SELECT t.*, {", ".join(frame.earlier)} FROM "{frame.relation.id}" AS t{joins}'
            self.shared.ctes.append(("e", sql + self._not_too_old(frame)))
            source = "e AS b"
        joins = "".join(f" {join}" for join in [self.shared.points, *frame.joins] if join)
        where = f" WHERE {_not_out(scope)}" if scope is not None else ""
        self.shared.ctes.append((name, f"SELECT {', '.join(picked)} FROM {source}{joins}{where}"))

    def _not_too_old(self, frame: Frame) -> str:
        """What leaves rows out that are too old for any row of the window to be decided by them."""
        within = self.shared.within
        reaches = [reach for reach in frame.reaches if reach is not None]
        if within is None or len(reaches) < len(frame.reaches):
            return ""
        day = frame.day(frame.read("t", frame.relation, within.column))
        return f" WHERE {day} > DATE '{within.after - dt.timedelta(days=max(reaches))}'"

    def _labels(self, frame: Frame) -> dict[str, str]:
        """Each dimension that means something here, as SQL text."""
        found = {}
        self.by_use: dict[str, tuple[frozenset[str], frozenset[tuple[str, str]]]] = {}
        for name in self.by:
            before, rested = set(self.shared.uses), set(self.shared.rests_on)
            self.shared.uses.clear()
            self.shared.rests_on.clear()
            sql = self.attempt(f"by {name}", lambda name=name: label_of(name, frame), None)  # type: ignore[misc]
            if sql is not None:
                found[name] = sql
                self.by_use[name] = frozenset(self.shared.rests_on), frozenset(self.shared.uses)
            self.shared.uses.clear()
            self.shared.uses |= before
            self.shared.rests_on.clear()
            self.shared.rests_on |= rested
        return found

    def _bound(self, frame: Frame) -> Within | None:
        """The days beyond which the relation's rows are of no use: nothing looks back or over."""
        if frame.earlier or frame.relation.id in self.shared.looked:
            return None
        return self.shared.within

    def _read(self, frame: Frame) -> frozenset[str] | None:
        """The columns of the relation that are read, if it is for their rows alone; else None."""
        shared, name = self.shared, frame.relation.id
        if name in shared.looked or name in shared.linked:
            return None
        return frozenset({*frame.relation.key, *(c for of, c in shared.read if of == name)})

    def _compiled(
        self,
        frame: Frame,
        kind: tuple[Aggregate, int],
        lines: str,
        dimensions: tuple[str, ...],
        holders: tuple[str, ...],
    ) -> Compiled:
        return Compiled(
            aggregate=kind[0],
            percentile=kind[1],
            ctes=list(self.shared.ctes),
            lines=lines,
            dimensions=dimensions,
            points=bool(self.shared.points),
            keys=frame.relation.key,
            holders=holders,
            relation=frame.relation.id,
            within=self._bound(frame),
            read=self._read(frame),
            uses=frozenset(self.shared.uses),
            rests_on=frozenset(self.shared.rests_on),
            by_use=self.by_use,
        )


def _scoped(scope: Condition | None, outcome: str) -> str:
    """The outcome, or unknown where it is not known whether the row is in scope."""
    if scope is None or not doubtful(scope):
        return outcome
    return f"CASE WHEN {yes(scope)} THEN {outcome} ELSE 3 END"


def _not_out(scope: Condition) -> str:
    """Every row that is in scope or may be."""
    return f"CASE WHEN {no(scope)} THEN 0 ELSE 1 END = 1" if doubtful(scope) else yes(scope)


def compile_computation(
    computation: Computation,
    shared: Shared,
    by: Sequence[str] = (),
    months: Months | None = None,
) -> Compiled:
    """Compile a computation other than a ratio.

    Args:
        computation: what to compile.
        shared: fresh ground.
        by: the dimensions that lines are labelled with.
        months: those of a series, whose rows are let in as well, each with its month.

    Raises:
        MeasureError: every fault of its expressions, each with its key and column.
    """
    return _Compiler(computation, shared, by, months).run()

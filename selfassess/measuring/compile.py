"""A computation to one query, in the one portable shape that every measure compiles to.

Named queries (looks into other tables) come first, then ``r``: one line a row in scope, with its
breakdown labels, its outcome and its value. Holders, where there are any, follow as ``s``. The last
step counts lines by label, outcome and value in one ``GROUPING SETS`` query; everything beyond
counting is done in Python on whole numbers. Leaving the last step out answers *which rows?*
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from selfassess.errors import MeasureError, Problem
from selfassess.measuring.attempts import Attempts
from selfassess.measuring.choosing import Choosing, not_out, scoped
from selfassess.measuring.compiled import Compiled
from selfassess.measuring.computing import Aggregate, aggregate_of
from selfassess.measuring.frames import Frame, Shared, Within
from selfassess.measuring.labels import NOT_RECORDED, label_of
from selfassess.measuring.months import Months
from selfassess.measuring.outcomes import clock_outcome, limits_of, outcome_case, ripeness
from selfassess.measuring.per import Holders
from selfassess.measuring.pieces import (
    Condition,
    Value,
    both,
    column,
    met,
)
from selfassess.measuring.relations import Relation
from selfassess.measuring.syntax import Expression, Limit, names_in
from selfassess.measuring.windows import parse_span, parse_window
from selfassess.model.measure import Computation

__all__ = ["compile_computation"]


class _Compiler:
    def __init__(
        self, computation: Computation, shared: Shared, by: Sequence[str], months: Months | None
    ) -> None:
        self.c = computation
        self.shared = shared
        self.by = by
        self.tried = Attempts()
        self.choosing = Choosing(computation, shared, self.tried, months)

    def run(self) -> Compiled:
        relation = self._relation()
        count: tuple[Aggregate, int] = ("count", 0)
        kind = self.tried.attempt("aggregate", lambda: aggregate_of(self.c), count)
        lets = self._lets()
        frame = Frame(self.shared, relation, "b", lets=lets, looks_up=True)
        window = self.tried.attempt(
            "over", lambda: parse_window(self.c.over or "last 1 days"), None
        )
        window = window if self.c.over else None
        choosing = self.choosing
        choosing.moment(window)
        frame.date = choosing.date(relation, frame)
        self.shared.within = choosing.within(relation, frame, window)
        scope = choosing.scope(frame, window)
        if self.c.per is None:
            compiled = self._rows(frame, scope, kind)
        else:
            compiled = self._holders(frame, scope, kind)
        if self.tried.problems:
            raise MeasureError(problems=self.tried.problems)
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
        found = {name: self.tried.parsed(f"let {name}", text) for name, text in self.c.let.items()}
        return {name: node for name, node in found.items() if node is not None}

    def _outcome(self, frame: Frame, kind: Aggregate) -> tuple[str, str, Condition | None]:
        """A row's outcome, its value, and what else must hold for it to be in scope."""
        if self.c.clock is not None:
            clock = self.c.clock
            nothing: tuple[str, Condition | None] = ("1", None)
            completed = self.c.counts == "completed"
            limits: list[Limit] = self.tried.attempt("clock.limit", lambda: limits_of(clock), [])
            found = (
                self.tried.attempt(
                    "clock", lambda: clock_outcome(clock, limits, completed, frame), nothing
                )
                if limits
                else nothing
            )
            return found[0], "CAST(NULL AS BIGINT)", found[1]
        if self.c.numerator is not None:
            holds = self.tried.condition("numerator", self.c.numerator, frame)
            return outcome_case(holds), "CAST(NULL AS BIGINT)", None
        if kind == "count":
            return "1", "CAST(NULL AS BIGINT)", None
        found_value = self.tried.value("value", self.c.value or "value", frame)
        if kind != "distinct" and found_value.kind != "number" and self.c.value is not None:
            problem = Problem("value", f"a {found_value.kind} cannot be used in this aggregate.")
            self.tried.problems.append(problem)
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
            f"{scoped(scope, outcome)} AS o",
            f"{shown} AS v",
            "1 AS n",
            *(["w.d AS p"] if self.shared.points else []),
            *self.choosing.monthly,
        ]
        self._lines("r", picked, frame, scope)
        compiled = self._compiled(frame, kind, "r", tuple(labels), ())
        compiled.monthly, compiled.wide = (
            bool(self.choosing.monthly),
            len(self.choosing.monthly) > 1,
        )
        return compiled

    def _holders(
        self, frame: Frame, scope: Condition | None, kind: tuple[Aggregate, int]
    ) -> Compiled:
        assert self.c.per is not None  # noqa: S101 - the caller looked
        holders = Holders(self.c.per, frame, self.tried.attempt, self._deciding())
        rows_outcome = self._ripe(frame, holders.row_outcome())
        scope = both(scope, holders.has_key())
        rows_outcome = scoped(scope, rows_outcome)
        picked = [
            "b.row_id AS row_id",
            "b.source_sheet AS source_sheet",
            "b.source_row AS source_row",
            *(f"{column('b', key)} AS k{i + 1}" for i, key in enumerate(frame.relation.key)),
            *holders.row_columns(),
            f"{rows_outcome} AS o",
            *(["w.d AS p"] if self.shared.points else []),
        ]
        self._lines("r", picked, frame, scope)
        self.shared.ctes.append(("h", holders.group_sql(bool(self.shared.points))))
        upper = holders.frame(self.shared)
        chosen = (
            self.tried.condition("per.filter", self.c.per.filter, upper)
            if self.c.per.filter
            else None
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
            f"{scoped(chosen, outcome)} AS o",
            f"{shown} AS v",
            "h.n AS n",
            *(["h.p AS p"] if points else []),
            *([f"{own_load} AS own"] if own_load else []),
        ]
        # A row whose holder could not be read belongs to nobody: it counts as unknown.
        lost = ""
        if rows_outcome != "1":
            blank = [
                *("NULL" for _ in own),
                *(f"'{NOT_RECORDED}'" for _ in labels),
                "o",
                "NULL",
                "1",
                *(["p"] if points else []),
                *(["NULL"] if own_load else []),
            ]
            lost = f" UNION ALL SELECT {', '.join(blank)} FROM r WHERE o <> 1"
        where = f" WHERE {not_out(chosen)}" if chosen is not None else ""
        joins = "".join(f" {join}" for join in upper.joins)
        if points:
            joins = " JOIN calendar AS w ON w.d = h.p" + joins
        self.shared.ctes.append(
            (
                "s",
                f"SELECT {', '.join(picked)} FROM h AS h{joins}{where}{lost}",
            )
        )
        compiled = self._compiled(frame, kind, "s", tuple(labels), holders.keys)
        compiled.adjusted = bool(own_load)
        return compiled

    def _deciding(self) -> frozenset[str]:
        """What of a holder the figure hangs on; the rest serves breakdowns alone."""
        assert self.c.per is not None  # noqa: S101 - the caller looked
        texts = [self.c.value, self.c.numerator, self.c.per.filter, *self.c.let.values()]
        nodes = [self.tried.parsed("per", text) for text in texts if text]
        return frozenset({"value", *(name for node in nodes if node for name in names_in(node))})

    def _ripe(self, frame: Frame, outcome: str) -> str:
        if self.c.follow_up is None:
            return outcome
        text = self.c.follow_up
        return self.tried.attempt(
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
        where = f" WHERE {not_out(scope)}" if scope is not None else ""
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
            sql = self.tried.attempt(f"by {name}", lambda name=name: label_of(name, frame), None)  # type: ignore[misc]
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
            linked=frozenset(self.shared.linked),
            by_use=self.by_use,
        )


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

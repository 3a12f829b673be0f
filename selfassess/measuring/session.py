"""One run over one body of evidence: compiles what it can answer, makes views as needed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from selfassess.errors import MeasureError, Problem
from selfassess.measuring.compile_cache import CompileCache
from selfassess.measuring.compiled import Compiled
from selfassess.measuring.frames import Moment, Shared, Within
from selfassess.measuring.months import months_for
from selfassess.measuring.pieces import quoted
from selfassess.measuring.relations import Doubts, Relation, Relations
from selfassess.measuring.supply import MANY, Supply
from selfassess.measuring.view_sql import ViewQuery, view_query
from selfassess.measuring.views import check_supplies, view_relation
from selfassess.model.evidence import TableSpec, View
from selfassess.model.measure import Computation, Measure, Setting

if TYPE_CHECKING:
    from selfassess.evidence.state import Evidence
    from selfassess.loading.cache import ParsedCache

__all__ = ["Session", "relations_of", "shared_for"]

_ANY_DAY = dt.date(2000, 1, 1)
"""A view's types do not depend on the day, so any will do."""


def shared_for(
    relations: Relations,
    settings: Mapping[str, Setting],
    as_at: dt.date,
    doubts: Doubts,
    working_days: int | None = None,
) -> Shared:
    """Fresh ground for one compilation."""
    return Shared(relations, settings, as_at, doubts, Moment.fixed(as_at, working_days))


def relations_of(
    tables: Mapping[str, TableSpec],
    views: Mapping[str, View],
    settings: Mapping[str, Setting],
) -> tuple[Relations, list[Problem]]:
    """Tables and views as expressions see them, and what is wrong with the views."""
    relations = Relations(tables)
    problems: list[Problem] = []
    waiting = dict(views)
    supplied = {view.supplies for view in views.values() if view.supplies}
    faults: dict[str, Sequence[Problem]] = {}
    while waiting:
        before = len(waiting)
        for view in list(waiting.values()):
            if any(source.table in waiting for source in view.union):
                continue
            if view.id in relations:
                del waiting[view.id]
                problems.append(Problem(f"view {view.id}", "a table has the same id."))
                continue
            try:
                shared = shared_for(relations, settings, _ANY_DAY, lambda _relation, _name: False)
                relation = view_relation(view, shared)
                check_supplies(view, relation, tables, supplied)
                relations.add(relation)
            except MeasureError as error:
                # It may look into a view that is not there yet: then it has another turn.
                faults[view.id] = error.problems
                continue
            del waiting[view.id]
        if len(waiting) == before:
            break
    if waiting and not faults.keys() & waiting.keys():
        names = ", ".join(sorted(waiting))
        problems.append(Problem(f"view {names}", "these views draw on one another in a circle."))
    for name in waiting:
        problems += [
            dataclasses.replace(each, where=f"view {name}: {each.where}")
            for each in faults.get(name, ())
        ]
    return relations, problems


def _as_asked(
    tables: Mapping[str, TableSpec], views: Mapping[str, View], settings: Mapping[str, Setting]
) -> Relations:
    """Tables and views, each view understood when it is first named: most runs need few."""
    relations = Relations(tables)

    def understood(view: View) -> Relation:
        shared = shared_for(relations, settings, _ANY_DAY, lambda _relation, _name: False)
        return view_relation(view, shared)

    for view in views.values():
        relations.later(view.id, partial(understood, view))
    return relations


class Session:
    """Compiles and asks; a view becomes a table the first time it is needed.

    Raises:
        MeasureError: a view is at fault (checked before, when packs are loaded).
    """

    def __init__(
        self,
        evidence: Evidence,
        tables: Mapping[str, TableSpec],
        views: Mapping[str, View],
        settings: Mapping[str, Setting],
        measures: Iterable[Measure] = (),
        store: ParsedCache | None = None,
    ) -> None:
        """Make ready.

        Args:
            evidence: what was read.
            tables: declared.
            views: declared.
            settings: local standards.
            measures: those that will be asked; a view that one of them alone names is made within
                its query, with what it needs and no more.
            store: where what these definitions compile to is kept; None keeps nothing.
        """
        self.evidence = evidence
        self.settings = settings
        self._views = views
        self.relations = _as_asked(tables, views, settings)
        self.supply = Supply(evidence, self.relations)
        self._once = _named_once(views, measures)
        self._queries: dict[str, ViewQuery] = {}
        self._made: dict[str, frozenset[str]] = {}
        self._tallies: dict[str, list[tuple[object, ...]]] = {}
        day = f"DATE '{evidence.as_at.isoformat()}'"
        found = evidence.warehouse.query(f"SELECT MAX(z.wd) FROM calendar AS z WHERE z.d = {day}")
        self._working_days: int | None = found[0][0]
        ground = f"{evidence.as_at} {self._working_days} {sorted(settings.items())!r}"
        self._cache = CompileCache(store, ground)

    def shared(self) -> Shared:
        """Fresh ground for one compilation on this evidence."""
        as_at = self.evidence.as_at
        return shared_for(self.relations, self.settings, as_at, self._doubts, self._working_days)

    def compile(
        self,
        computation: Computation,
        by: Sequence[str],
        *,
        series: bool = False,
        placed: bool = True,
    ) -> Compiled:
        """Compile a computation for this evidence.

        Args:
            computation: what to compile.
            by: the dimensions that lines are labelled with.
            series: whether lines also carry their month, where the evidence allows it.
            placed: whether it matters where in the files a line stands; not if they are counted.

        Raises:
            MeasureError: an expression is at fault.
        """
        relation = self.relations.get(computation.from_ or "")
        months = None
        if series and relation is not None:
            months = months_for(computation, relation, self.supply, self.evidence.as_at)
        compiled = self._cache.compile(computation, self.shared(), by, months)
        compiled.months = months if compiled.monthly else None
        # So many are quicker added up than counted once more.
        compiled.many = self.supply.rows(compiled.relation) >= MANY
        wanted = {*compiled.rests_on, *computation.needs, *compiled.linked}
        if self._within(compiled.relation) and compiled.relation not in computation.needs:
            read = None if placed else compiled.read
            query = self._query_of(compiled.relation, compiled.within, read)
            compiled.ctes.insert(0, (quoted(compiled.relation), query.sql))
            wanted.discard(compiled.relation)
        self.make_all(wanted)
        return compiled

    def uses(self, computation: Computation) -> frozenset[tuple[str, str]]:
        """Every (table, column) that a computation names, but for breakdowns."""
        return self._cache.compile(computation, self.shared(), (), None).uses

    def keep(self) -> None:
        """Keep for the next run what was compiled."""
        self._cache.keep()

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the warehouse."""
        return self.evidence.warehouse.query(sql)

    def tally(self, sql: str) -> list[tuple[object, ...]]:
        """Ask for a count of lines, once: measures that differ in what they make of it share it."""
        if sql not in self._tallies:
            self._tallies[sql] = self.query(sql)
        return self._tallies[sql]

    def make_all(self, names: Iterable[str]) -> None:
        """Make those of the names that are views."""
        for name in sorted(names):
            if name in self._views:
                self.make(name)

    def make(self, name: str) -> frozenset[str]:
        """Make a view into a table, once; its columns that hold unknown values."""
        if name in self._made:
            return self._made[name]
        query = self._query_of(name)
        warehouse = self.evidence.warehouse
        warehouse.create_table_as(name, query.sql)
        unsure = sorted(query.unsure)
        unknown: set[str] = set()
        if unsure:
            flags = ", ".join(f'MAX("{column}__unknown")' for column in unsure)
            highest = warehouse.query(f'SELECT {flags} FROM "{name}"')[0]
            unknown = {column for column, flag in zip(unsure, highest, strict=True) if flag == 1}
        self._made[name] = frozenset(unknown)
        return self._made[name]

    def _query_of(
        self, name: str, within: Within | None = None, read: Collection[str] | None = None
    ) -> ViewQuery:
        """What makes a view, with all that it draws on made; see `view_query` for the others."""
        whole = within is None and read is None
        if name in self._queries and whole:
            return self._queries[name]
        shared = self.shared()
        supply = self.supply
        query = view_query(
            self._views[name],
            self.relations[name],
            shared,
            supply.present,
            supply.lacks,
            within=within,
            read=read,
        )
        self.make_all({*query.drawn, *shared.rests_on, *shared.linked})
        if whole:
            self._queries[name] = query
        return query

    def _within(self, name: str) -> bool:
        """Whether a view is made within the query that asks for it."""
        return name in self._once and name not in self._made

    def _doubts(self, relation: Relation, column: str) -> bool:
        if not relation.view:
            state = self.supply.state(relation.id)
            return state is not None and state.unknown.get(column, 0) > 0
        if relation.id not in self._made and column not in self._query_of(relation.id).unsure:
            # Seen without making it: nothing that it draws on leaves the column in doubt.
            return False
        return self._within(relation.id) or column in self.make(relation.id)


def _named_once(views: Iterable[str], measures: Iterable[Measure]) -> frozenset[str]:
    """Views that one measure alone names: nobody else would ask for the table."""
    texts = [repr(measure) for measure in measures]
    return frozenset(name for name in views if sum(name in text for text in texts) == 1)

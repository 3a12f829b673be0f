"""The query that makes a view: sources united, then made one row an entity where it says so."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from selfassess.measuring.frames import Frame, Shared, Within
from selfassess.measuring.grouping import alike, grouped
from selfassess.measuring.language import parse
from selfassess.measuring.pieces import (
    Atom,
    Condition,
    Kind,
    both,
    doubt_of,
    doubtful,
    flag,
    never,
    no,
    quoted,
    told,
    yes,
)
from selfassess.measuring.relations import ColumnType, Relation
from selfassess.measuring.syntax import names_in
from selfassess.measuring.translate import condition
from selfassess.measuring.views import joined_type, source_scope, source_value
from selfassess.model.evidence import View, ViewSource

__all__ = ["Lacks", "ViewQuery", "view_query"]

Lacks = Callable[[Relation, str], bool]
"""Whether the files of a table that was supplied lack a column."""

_SQL_TYPES: Mapping[Kind, str] = {
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "number": "DOUBLE",
    "text": "VARCHAR",
    "code": "VARCHAR",
}


@dataclass(frozen=True, slots=True)
class ViewQuery:
    """What makes a view.

    Attributes:
        named: the queries that come first, by name.
        select: the query that gives its rows.
        unsure: columns that may be unknown in some rows; the others never are.
        drawn: the tables and earlier views that its rows come from.
    """

    named: tuple[tuple[str, str], ...]
    select: str
    unsure: frozenset[str]
    drawn: frozenset[str]

    @property
    def sql(self) -> str:
        """All of it as one query."""
        return f"WITH {', '.join(f'{name} AS ({sql})' for name, sql in self.named)} {self.select}"


def view_query(
    view: View,
    relation: Relation,
    shared: Shared,
    present: Callable[[str], bool],
    lacks: Lacks,
    unsaid: Collection[tuple[int, str]] = (),
    within: Within | None = None,
    read: Collection[str] | None = None,
) -> ViewQuery:
    """The queries that make a view, of the sources that were supplied.

    Args:
        view: its declaration, found sound by `view_relation`.
        relation: what `view_relation` gave.
        shared: names, settings, as-at date; its doubts say which cells may be unknown.
        present: whether a table or an earlier view was supplied.
        lacks: columns that a supplied table's files do not hold; unknown in this view.
        unsaid: columns, by the number of the source, that it should give and cannot; unknown there.
        within: the days of the rows that will be used; others are left out.
        read: the columns that will be read, where it does not matter which of an entity's rows
            comes first; None: all, and each row tells where its first stands.
    """
    if read is not None:
        view, relation = _narrowed(view, relation, read)
    types = _united_types(view, relation, shared)
    unions = []
    unread: set[str] = set()
    drawn: set[str] = set()
    ctes: list[tuple[str, str]] = []
    if within and view.per and within.column not in view.per:
        # Rows of other days may belong to an entity of these.
        within = None
    for index, source in enumerate(view.union):
        if present(source.table):
            shared.ctes.clear()
            without = {name for number, name in unsaid if number == index}
            found = _source_sql(view, source, index, types, shared, lacks, without, within)
            if found is None:
                continue
            unions.append(found[0])
            unread |= found[1]
            drawn.add(source.table)
            ctes += shared.ctes
    shared.ctes.clear()
    if not unions:
        unions = [_empty(types)]
    ctes.append(("u", " UNION ALL ".join(unions)))
    united = dataclasses.replace(relation, columns=types)
    # What no source leaves in doubt needs none below: that is most columns, and half the SQL.
    shared = dataclasses.replace(shared, doubts=lambda _relation, name: name in unread)
    unsure = frozenset(unread)
    if view.per and {*relation.columns} <= {*view.per} and read is not None:
        select = alike(view, united)
    elif view.per:
        select, unsure = grouped(view, relation, united, shared, ctes)
    else:
        select = _ungrouped(view)
    return ViewQuery(tuple(ctes), select, unsure, frozenset(drawn))


def _narrowed(view: View, relation: Relation, read: Collection[str]) -> tuple[View, Relation]:
    """The view with the columns that are read, and with those that they come about by."""
    kept = {*read, *view.key, *view.per}
    if view.per and not kept <= {*view.per}:
        # What comes first hangs on the order, and what is brought together on what it names.
        kept |= {name for name in (view.rank, view.newest) if name}
        waiting = [*kept]
        while waiting:
            text = view.combine.get(waiting.pop())
            more = {*names_in(parse(text))} - kept if text else set()
            kept |= more
            waiting += more
    columns = {name: kind for name, kind in relation.columns.items() if name in kept}
    return (
        dataclasses.replace(view, columns=tuple(name for name in view.columns if name in kept)),
        dataclasses.replace(relation, columns=columns),
    )


def _united_types(view: View, relation: Relation, shared: Shared) -> dict[str, ColumnType]:
    """Types before `combine`."""
    types: dict[str, ColumnType] = {}
    for source in view.union:
        of = shared.relations[source.table]
        frame = Frame(shared, of, "b", looks_up=True)
        for name in view.columns:
            found = source_value(source, name, of, frame)
            if found is not None:
                types[name] = joined_type(types.get(name), found, name)
    shared.ctes.clear()
    return {name: types[name] for name in relation.columns if name in types}


def _source_sql(
    view: View,
    source: ViewSource,
    index: int,
    types: Mapping[str, ColumnType],
    shared: Shared,
    lacks: Lacks,
    without: Collection[str],
    within: Within | None,
) -> tuple[str, set[str]] | None:
    """The rows of a source, and which of its columns may be unknown; None if it has no rows."""
    relation = shared.relations[source.table]

    def missing(of: Relation, name: str) -> bool:
        return not of.view and lacks(of, name)

    known, ground = shared.doubts, shared
    shared = dataclasses.replace(
        shared, doubts=lambda of, name: missing(of, name) or known(of, name), uses=set()
    )
    frame = _Lacking(shared, relation, "b", missing)
    scope = both(source_scope(source, frame, shared), _days(source, relation, frame, within))
    if scope is not None and never(scope):
        return None
    picked = [
        f"{index} AS src",
        "b.row_id AS row_id",
        "b.source_sheet AS source_sheet",
        "b.source_row AS source_row",
    ]
    doubted = set(without)
    for name, kind in types.items():
        found = None if name in without else source_value(source, name, relation, frame)
        sql_type = _SQL_TYPES[kind.kind]
        if found is None:
            picked += told(name, f"CAST(NULL AS {sql_type})", str(int(name in without)))
            continue
        doubts = found.doubts
        if name == view.event and source.filter:
            # Whether there was such an event hangs on the filter's cells as well.
            doubts += doubt_of(condition(parse(source.filter), frame))
        if doubts:
            doubted.add(name)
        picked += told(name, found.sql, flag(doubts))
    where = ""
    if scope is not None:
        certain = (
            yes(scope) if not doubtful(scope) else f"CASE WHEN {no(scope)} THEN 0 ELSE 1 END = 1"
        )
        where = f" WHERE {certain}"
    # Looks of the next source are called otherwise.
    ground.counter = shared.counter
    joins = "".join(f" {join}" for join in frame.joins)
    return f"SELECT {', '.join(picked)} FROM {quoted(source.table)} AS b{joins}{where}", doubted


def _days(
    source: ViewSource, relation: Relation, frame: Frame, within: Within | None
) -> Condition | None:
    """Whether a source's row lies within the days; None where that is not asked or not known."""
    if within is None:
        return None
    found = source_value(source, within.column, relation, frame)
    if found is None:
        return Atom("1 = 0", firm=True)
    if found.doubts:
        return None
    day = frame.day(found)
    return Atom(f"({day} > DATE '{within.after}' AND {day} <= DATE '{within.until}')")


class _Lacking(Frame):
    """A frame in which a column that the files lack is unknown in every row."""

    def __init__(self, shared: Shared, relation: Relation, alias: str, lacks: Lacks) -> None:
        super().__init__(shared, relation, alias, looks_up=True)
        self._lacks = lacks

    def doubts(self, alias: str, relation: Relation, name: str) -> tuple[str, ...]:
        if self._lacks(relation, name):
            return ("1 = 1",)
        return super().doubts(alias, relation, name)


def _empty(types: Mapping[str, ColumnType]) -> str:
    picked = ["0 AS src", "0 AS row_id", "0 AS source_sheet", "0 AS source_row"]
    for name, kind in types.items():
        picked += told(name, f"CAST(NULL AS {_SQL_TYPES[kind.kind]})", "0")
    return f"SELECT {', '.join(picked)} FROM calendar AS z WHERE 1 = 0"


def _ungrouped(view: View) -> str:
    names = [part for name in view.columns for part in (quoted(name), quoted(name + "__unknown"))]
    return (
        "SELECT ROW_NUMBER() OVER (ORDER BY u.src, u.row_id) AS row_id, "
        f"u.source_sheet AS source_sheet, u.source_row AS source_row, "
        f"{', '.join('u.' + name + ' AS ' + name for name in names)} FROM u AS u"
    )

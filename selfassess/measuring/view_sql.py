"""The query that makes a view: sources united, then made one row an entity where it says so."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping

from selfassess.measuring.frames import Frame, Shared
from selfassess.measuring.grouping import grouped
from selfassess.measuring.language import parse
from selfassess.measuring.pieces import (
    Kind,
    doubt_of,
    doubtful,
    flag,
    no,
    quoted,
    told,
    yes,
)
from selfassess.measuring.relations import ColumnType, Relation
from selfassess.measuring.translate import condition
from selfassess.measuring.views import joined_type, source_scope, source_value
from selfassess.model.evidence import View, ViewSource

__all__ = ["Lacks", "compile_view", "view_parts"]

Lacks = Callable[[Relation, str], bool]
"""Whether the files of a table that was supplied lack a column."""

_SQL_TYPES: Mapping[Kind, str] = {
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "number": "DOUBLE",
    "text": "VARCHAR",
    "code": "VARCHAR",
}


def compile_view(
    view: View, relation: Relation, shared: Shared, present: Callable[[str], bool], lacks: Lacks
) -> str:
    """The query that makes a view, of the sources that were supplied; see `view_parts`."""
    named, select = view_parts(view, relation, shared, present, lacks)
    return f"WITH {', '.join(f'{name} AS ({sql})' for name, sql in named)} {select}"


def view_parts(
    view: View,
    relation: Relation,
    shared: Shared,
    present: Callable[[str], bool],
    lacks: Lacks,
    unsaid: Collection[tuple[int, str]] = (),
) -> tuple[list[tuple[str, str]], str]:
    """The named queries that make a view, and the one that gives its rows.

    Args:
        view: its declaration, found sound by `view_relation`.
        relation: what `view_relation` gave.
        shared: names, settings, as-at date; its doubts say which cells may be unknown.
        present: whether a table or an earlier view was supplied.
        lacks: columns that a supplied table's files do not hold; unknown in this view.
        unsaid: columns, by the number of the source, that it should give and cannot; unknown there.
    """
    types = _united_types(view, relation, shared)
    unions = []
    unread: set[str] = set()
    ctes: list[tuple[str, str]] = []
    for index, source in enumerate(view.union):
        if present(source.table):
            shared.ctes.clear()
            without = {name for number, name in unsaid if number == index}
            sql, doubted = _source_sql(view, source, index, types, shared, lacks, without)
            unions.append(sql)
            unread |= doubted
            ctes += shared.ctes
    shared.ctes.clear()
    if not unions:
        unions = [_empty(types)]
    ctes.append(("u", " UNION ALL ".join(unions)))
    united = dataclasses.replace(relation, columns=types)
    # What no source leaves in doubt needs none below: that is most columns, and half the SQL.
    shared = dataclasses.replace(shared, doubts=lambda _relation, name: name in unread)
    select = grouped(view, relation, united, shared, ctes) if view.per else _ungrouped(view)
    return ctes, select


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
    without: Collection[str] = (),
) -> tuple[str, set[str]]:
    """The rows of a source, and which of its columns may be unknown in some of them."""
    relation = shared.relations[source.table]

    def missing(of: Relation, name: str) -> bool:
        return not of.view and lacks(of, name)

    known = shared.doubts
    shared = dataclasses.replace(
        shared, doubts=lambda of, name: missing(of, name) or known(of, name), uses=set()
    )
    frame = _Lacking(shared, relation, "b", missing)
    scope = source_scope(source, frame, shared)
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
    joins = "".join(f" {join}" for join in frame.joins)
    return f"SELECT {', '.join(picked)} FROM {quoted(source.table)} AS b{joins}{where}", doubted


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

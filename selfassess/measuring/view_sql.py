"""The query that makes a view: sources united, put in order, made one row an entity."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from selfassess.measuring.frames import Frame, Shared
from selfassess.measuring.language import parse
from selfassess.measuring.pieces import (
    Kind,
    Opposite,
    both,
    column,
    doubt_of,
    doubtful,
    literal_text,
    loosened,
    no,
    yes,
)
from selfassess.measuring.relations import ColumnType, Relation
from selfassess.measuring.syntax import Call, Expression, Path
from selfassess.measuring.translate import condition, is_blank, value
from selfassess.measuring.views import joined_type, read_combine, source_scope, source_value
from selfassess.model.evidence import View, ViewSource

__all__ = ["SQL_TYPES", "Lacks", "compile_view", "view_parts"]

Lacks = Callable[[Relation, str], bool]
"""Whether the files of a table that was supplied lack a column."""

SQL_TYPES: Mapping[Kind, str] = {
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "number": "DOUBLE",
    "text": "VARCHAR",
    "code": "VARCHAR",
}


@dataclass(slots=True)
class _Combine:
    """How one column of the view comes about.

    Attributes:
        inner: what each united row carries for it.
        value, unknown: aggregates over an entity's rows.
        alone, doubted: the same of an entity that has one row only.
        places: the place of the first entry that counts, where the column takes the first.
    """

    inner: list[str]
    value: str
    unknown: str
    alone: str
    doubted: str
    places: tuple[str, ...] = ()


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
    select = _grouped(view, relation, united, shared, ctes) if view.per else _ungrouped(view)
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
        sql_type = SQL_TYPES[kind.kind]
        if found is None:
            flag = int(name in without)
            picked += [
                f"CAST(NULL AS {sql_type}) AS {_q(name)}",
                f"{flag} AS {_q(name + '__unknown')}",
            ]
            continue
        doubts = found.doubts
        if name == view.event and source.filter:
            # Whether there was such an event hangs on the filter's cells as well.
            doubts += doubt_of(condition(parse(source.filter), frame))
        if doubts:
            doubted.add(name)
        unknown = _flag(doubts)
        picked += [f"{found.sql} AS {_q(name)}", f"{unknown} AS {_q(name + '__unknown')}"]
    where = ""
    if scope is not None:
        certain = (
            yes(scope) if not doubtful(scope) else f"CASE WHEN {no(scope)} THEN 0 ELSE 1 END = 1"
        )
        where = f" WHERE {certain}"
    joins = "".join(f" {join}" for join in frame.joins)
    return f"SELECT {', '.join(picked)} FROM {_q(source.table)} AS b{joins}{where}", doubted


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
        picked.append(f"CAST(NULL AS {SQL_TYPES[kind.kind]}) AS {_q(name)}")
        picked.append(f"0 AS {_q(name + '__unknown')}")
    return f"SELECT {', '.join(picked)} FROM calendar AS z WHERE 1 = 0"


def _ungrouped(view: View) -> str:
    names = [part for name in view.columns for part in (_q(name), _q(name + "__unknown"))]
    return (
        "SELECT ROW_NUMBER() OVER (ORDER BY u.src, u.row_id) AS row_id, "
        f"u.source_sheet AS source_sheet, u.source_row AS source_row, "
        f"{', '.join('u.' + name + ' AS ' + name for name in names)} FROM u AS u"
    )


def _grouped(
    view: View,
    relation: Relation,
    united: Relation,
    shared: Shared,
    ctes: list[tuple[str, str]],
) -> str:
    def entity(alias: str, name: str) -> str:
        """A column that tells entities apart, in one of the queries below."""
        loose = name in united.columns and united.columns[name].loose
        return loosened(column(alias, name)) if loose else column(alias, name)

    per = ", ".join(entity("u", name) for name in view.per)
    rank = ""
    if view.rank:
        cases = [
            f"WHEN u.{_q(view.rank)} = {literal_text(word)} THEN {i}"
            for i, word in enumerate(view.first_of)
        ]
        rank = f"CASE {' '.join(cases)} ELSE {len(cases)} END, "
    newest = ""
    if view.newest:
        day = f"u.{_q(view.newest)}"
        newest = f"CASE WHEN {day} IS NULL THEN 1 ELSE 0 END, {day} DESC, "
    over = f"OVER (PARTITION BY {per} ORDER BY {rank}{newest}u.src, u.row_id)"
    ctes.append(
        (
            "o",
            f"SELECT u.*, ROW_NUMBER() {over} AS nth, LEAD(u.src) {over} AS more FROM u AS u",
        )
    )
    frame = Frame(shared, united, "o", source="u")
    inner = [column("o", name) for name in view.per]
    places: list[str] = []
    outer: list[str] = []
    single: list[str] = []
    for index, name in enumerate(relation.columns):
        if name in view.per:
            inner.append(f"o.{_q(name + '__unknown')} AS f{index}")
            shown = (
                f"MIN(x.{_q(name)})" if entity("x", name) != f"x.{_q(name)}" else f"x.{_q(name)}"
            )
            outer += [f"{shown} AS {_q(name)}", f"MAX(x.f{index}) AS {_q(name + '__unknown')}"]
            single += [f"x.{_q(name)} AS {_q(name)}", f"x.f{index} AS {_q(name + '__unknown')}"]
            continue
        node = (
            parse(view.combine[name]) if name in view.combine else Call("first", (Path((name,)),))
        )
        part = _combine(index, node, frame)
        inner += part.inner
        places += part.places
        outer += [f"{part.value} AS {_q(name)}", f"{part.unknown} AS {_q(name + '__unknown')}"]
        single += [f"{part.alone} AS {_q(name)}", f"{part.doubted} AS {_q(name + '__unknown')}"]
    joins = "".join(f" {join}" for join in frame.joins)
    # Every source counts its rows for itself: together with the source's place they are unique.
    inner += [f"o.row_id * {len(view.union)} + o.src AS rid"]
    inner += ["o.nth AS nth", "CASE WHEN o.nth = 1 AND o.more IS NULL THEN 1 ELSE 0 END AS alone"]
    inner += ["o.source_sheet AS source_sheet", "o.source_row AS source_row"]
    ctes.append(("x", f"SELECT {', '.join(inner)} FROM o AS o{joins}"))
    by = ", ".join(entity("x", name) for name in view.per)
    # Most entities have one row: nothing need be brought together there.
    several = "WHERE x.alone = 0"
    # Where the first entry of each column stands: found once for all columns, then joined back.
    keys = [f"{entity('x', name)} AS y{i}" for i, name in enumerate(view.per)]
    ctes.append(("y", f"SELECT {', '.join([*keys, *places])} FROM x AS x {several} GROUP BY {by}"))
    on = " AND ".join(
        f"{_never_null(entity('x', name), name, view)} = {_never_null(f'y.y{i}', name, view)}"
        for i, name in enumerate(view.per)
    )
    return (
        "SELECT x.rid AS row_id, x.source_sheet AS source_sheet, x.source_row AS source_row, "
        f"{', '.join(single)} FROM x AS x WHERE x.alone = 1 UNION ALL "
        "SELECT MAX(CASE WHEN x.nth = 1 THEN x.rid END) AS row_id, "
        "MAX(CASE WHEN x.nth = 1 THEN x.source_sheet END) AS source_sheet, "
        "MAX(CASE WHEN x.nth = 1 THEN x.source_row END) AS source_row, "
        f"{', '.join(outer)} FROM x AS x JOIN y AS y ON {on} {several} GROUP BY {by}"
    )


def _never_null(sql: str, name: str, view: View) -> str:
    """A column as it is joined to itself: an entity's key is always there, others may be blank."""
    return sql if name in view.key else f"COALESCE(CAST({sql} AS VARCHAR), '')"


def _combine(index: int, node: Expression, frame: Frame) -> _Combine:
    kind, inside, where = read_combine(node)
    chosen = condition(where, frame) if where is not None else None
    e, k, d = f"e{index}", f"k{index}", f"d{index}"
    if kind in ("any", "all"):
        assert inside is not None  # noqa: S101 - `read_combine` saw to it
        test = condition(inside, frame)
        sql = yes(test) if kind == "any" else f"CASE WHEN {no(test)} THEN 0 ELSE 1 END = 1"
        inner = [f"CASE WHEN {sql} THEN 1 ELSE 0 END AS {e}", f"{_flag(doubt_of(test))} AS {d}"]
        grouped = f"{'MAX' if kind == 'any' else 'MIN'}(x.{e})"
        open_ = "0" if kind == "any" else "1"
        unknown, doubted = (
            f"{grouped} = {open_} AND MAX(x.{d}) = 1",
            f"x.{e} = {open_} AND x.{d} = 1",
        )
        return _Combine(
            inner,
            f"CASE WHEN {grouped} = 1 THEN 'yes' ELSE 'no' END",
            _flag((unknown,) if doubtful(test) else ()),
            f"CASE WHEN x.{e} = 1 THEN 'yes' ELSE 'no' END",
            _flag((doubted,) if doubtful(test) else ()),
        )
    if inside is None:
        return _Combine([], "COUNT(*)", "0", "1", "0")
    found = value(inside, frame)
    doubts = [*found.doubts, *(doubt_of(chosen) if chosen is not None else ())]
    usable = both(Opposite(is_blank(found)), chosen)
    assert usable is not None  # noqa: S101 - its first part is there
    inner = [f"{found.sql} AS {e}", f"{_flag(tuple(doubts))} AS {d}"]
    if kind == "first":
        inner.append(f"CASE WHEN {yes(usable)} THEN o.nth END AS {k}")
        return _Combine(
            inner,
            f"MAX(CASE WHEN x.nth = y.{k} THEN x.{e} END)",
            _flag((f"MAX(y.{k}) IS NULL AND MAX(x.{d}) = 1",) if doubts else ()),
            f"CASE WHEN x.{k} = 1 THEN x.{e} END",
            _flag((f"x.{k} IS NULL AND x.{d} = 1",) if doubts else ()),
            (f"MIN(x.{k}) AS {k}",),
        )
    inner.append(f"CASE WHEN {yes(usable)} THEN 1 ELSE 0 END AS {k}")
    if kind == "count":
        return _Combine(inner, f"SUM(x.{k})", f"MAX(x.{d})", f"x.{k}", f"x.{d}")
    kept = f"CASE WHEN x.{k} = 1 THEN x.{e} END"
    return _Combine(inner, f"{kind.upper()}({kept})", f"MAX(x.{d})", kept, f"x.{d}")


def _flag(doubts: tuple[str, ...]) -> str:
    return f"CASE WHEN {' OR '.join(doubts)} THEN 1 ELSE 0 END" if doubts else "0"


def _q(name: str) -> str:
    return f'"{name}"'

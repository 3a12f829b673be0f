"""Makes one row an entity of a view's united rows: they are put in order, then combined."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.evidence.cells import literal
from selfassess.measuring.frames import Frame, Shared
from selfassess.measuring.language import parse
from selfassess.measuring.pieces import (
    Opposite,
    both,
    column,
    doubt_of,
    doubtful,
    flag,
    loosened,
    no,
    quoted,
    told,
    yes,
)
from selfassess.measuring.relations import Relation
from selfassess.measuring.syntax import Call, Expression, Path
from selfassess.measuring.translate import condition, is_blank, value
from selfassess.measuring.views import read_combine
from selfassess.model.evidence import View

__all__ = ["alike", "grouped"]


@dataclass(slots=True)
class _Combine:
    """How one column of the view comes about.

    Attributes:
        inner: what each united row carries for it.
        value, unknown: aggregates over an entity's rows.
        alone, doubted: the same of an entity that has one row only.
        places: the place of the first entry that counts, where the column takes the first.
        unsure: whether the column may be unknown.
    """

    inner: list[str]
    value: str
    unknown: str
    alone: str
    doubted: str
    places: tuple[str, ...] = ()
    unsure: bool = False


def grouped(
    view: View,
    relation: Relation,
    united: Relation,
    shared: Shared,
    ctes: list[tuple[str, str]],
) -> tuple[str, frozenset[str]]:
    """The query that makes one row an entity of a view's united rows; columns that may be unknown.

    Args:
        view: its declaration.
        relation: what `view_relation` gave.
        united: the same with the columns as the sources give them, called ``u``.
        shared: names and settings; its doubts say which of those columns may be unknown.
        ctes: the named queries before it; those that it needs are put after them.
    """

    def entity(alias: str, name: str) -> str:
        return _entity(alias, name, united)

    per = ", ".join(entity("u", name) for name in view.per)
    rank = ""
    if view.rank:
        cases = [
            f"WHEN u.{quoted(view.rank)} = {literal(word)} THEN {i}"
            for i, word in enumerate(view.first_of)
        ]
        rank = f"CASE {' '.join(cases)} ELSE {len(cases)} END, "
    newest = ""
    if view.newest:
        day = f"u.{quoted(view.newest)}"
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
    unsure: set[str] = set()
    for index, name in enumerate(relation.columns):
        if name in view.per:
            inner.append(f"o.{quoted(name + '__unknown')} AS f{index}")
            own = column("x", name)
            shown = own if entity("x", name) == own else f"MIN({own})"
            outer += told(name, shown, f"MAX(x.f{index})")
            single += told(name, own, f"x.f{index}")
            if shared.doubts(united, name):
                unsure.add(name)
            continue
        node = (
            parse(view.combine[name]) if name in view.combine else Call("first", (Path((name,)),))
        )
        part = _combine(index, node, frame)
        inner += part.inner
        places += part.places
        outer += told(name, part.value, part.unknown)
        single += told(name, part.alone, part.doubted)
        if part.unsure:
            unsure.add(name)
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
    select = (
        "SELECT x.rid AS row_id, x.source_sheet AS source_sheet, x.source_row AS source_row, "
        f"{', '.join(single)} FROM x AS x WHERE x.alone = 1 UNION ALL "
        "SELECT MAX(CASE WHEN x.nth = 1 THEN x.rid END) AS row_id, "
        "MAX(CASE WHEN x.nth = 1 THEN x.source_sheet END) AS source_sheet, "
        "MAX(CASE WHEN x.nth = 1 THEN x.source_row END) AS source_row, "
        f"{', '.join(outer)} FROM x AS x JOIN y AS y ON {on} {several} GROUP BY {by}"
    )
    return select, frozenset(unsure)


def alike(view: View, united: Relation) -> str:
    """The query that makes one row an entity where nothing is read but what tells entities apart.

    A row is told by any of its entity's rows: which one comes first is of no matter.

    Args:
        view: its declaration.
        united: its columns as the sources give them, called ``u``.
    """
    shown = [
        f"MIN(u.row_id * {len(view.union)} + u.src) AS row_id",
        "MIN(u.source_sheet) AS source_sheet",
        "MIN(u.source_row) AS source_row",
    ]
    for name in view.per:
        own = column("u", name)
        same = _entity("u", name, united) == own
        shown += told(name, own if same else f"MIN({own})", f"MAX(u.{quoted(name + '__unknown')})")
    by = ", ".join(_entity("u", name, united) for name in view.per)
    return f"SELECT {', '.join(shown)} FROM u AS u GROUP BY {by}"


def _entity(alias: str, name: str, united: Relation) -> str:
    """A column that tells entities apart, as it is compared."""
    loose = name in united.columns and united.columns[name].loose
    return loosened(column(alias, name)) if loose else column(alias, name)


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
        inner = [f"CASE WHEN {sql} THEN 1 ELSE 0 END AS {e}", f"{flag(doubt_of(test))} AS {d}"]
        grouped = f"{'MAX' if kind == 'any' else 'MIN'}(x.{e})"
        open_ = "0" if kind == "any" else "1"
        unknown, doubted = (
            f"{grouped} = {open_} AND MAX(x.{d}) = 1",
            f"x.{e} = {open_} AND x.{d} = 1",
        )
        return _Combine(
            inner,
            f"CASE WHEN {grouped} = 1 THEN 'yes' ELSE 'no' END",
            flag((unknown,) if doubtful(test) else ()),
            f"CASE WHEN x.{e} = 1 THEN 'yes' ELSE 'no' END",
            flag((doubted,) if doubtful(test) else ()),
            unsure=doubtful(test),
        )
    if inside is None:
        return _Combine([], "COUNT(*)", "0", "1", "0")
    found = value(inside, frame)
    doubts = [*found.doubts, *(doubt_of(chosen) if chosen is not None else ())]
    usable = both(Opposite(is_blank(found)), chosen)
    assert usable is not None  # noqa: S101 - its first part is there
    inner = [f"{found.sql} AS {e}", f"{flag(tuple(doubts))} AS {d}"]
    if kind == "first":
        inner.append(f"CASE WHEN {yes(usable)} THEN o.nth END AS {k}")
        return _Combine(
            inner,
            f"MAX(CASE WHEN x.nth = y.{k} THEN x.{e} END)",
            flag((f"MAX(y.{k}) IS NULL AND MAX(x.{d}) = 1",) if doubts else ()),
            f"CASE WHEN x.{k} = 1 THEN x.{e} END",
            flag((f"x.{k} IS NULL AND x.{d} = 1",) if doubts else ()),
            (f"MIN(x.{k}) AS {k}",),
            unsure=bool(doubts),
        )
    inner.append(f"CASE WHEN {yes(usable)} THEN 1 ELSE 0 END AS {k}")
    if kind == "count":
        counted = f"SUM(x.{k})", f"MAX(x.{d})", f"x.{k}", f"x.{d}"
        return _Combine(inner, *counted, unsure=bool(doubts))
    kept = f"CASE WHEN x.{k} = 1 THEN x.{e} END"
    of_all = f"{kind.upper()}({kept})"
    return _Combine(inner, of_all, f"MAX(x.{d})", kept, f"x.{d}", unsure=bool(doubts))

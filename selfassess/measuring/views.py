"""Views as expressions see them: columns, with types that come from the tables they unite."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping

from selfassess.errors import MeasureError, Problem, nearest
from selfassess.measuring.frames import Frame, Shared
from selfassess.measuring.language import LanguageError, parse
from selfassess.measuring.pieces import (
    Condition,
    Kind,
    Value,
    both,
)
from selfassess.measuring.relations import ColumnType, Relation, relation_of
from selfassess.measuring.syntax import Call, Expression, Path, Rows
from selfassess.measuring.translate import condition, value
from selfassess.model.evidence import TableSpec, View, ViewSource

__all__ = [
    "check_supplies",
    "joined_type",
    "read_combine",
    "source_scope",
    "source_value",
    "view_relation",
]

_COMBINE = ("first", "min", "max", "sum", "count", "any", "all")
_YES_NO = frozenset({"yes", "no"})


def view_relation(view: View, shared: Shared) -> Relation:
    """A view as expressions see it: its columns' types come from its sources.

    Raises:
        MeasureError: every fault of the view's declaration.
    """
    problems: list[Problem] = []
    types: dict[str, ColumnType] = {}
    draws_on: dict[str, set[tuple[str, str]]] = {name: set() for name in view.columns}
    rows_draw_on: set[tuple[str, str]] = set()
    opens_on: set[tuple[str, str]] = set()
    tables: list[str] = []
    for index, source in enumerate(view.union):
        where = f"union {index + 1} ({source.table})"
        relation = shared.relations.get(source.table)
        if relation is None:
            hint = shared.relations.hint(source.table)
            problems.append(Problem(where, f"'{source.table}' is no table or earlier view.", hint))
            continue
        tables += [table for table in relation.tables if table not in tables]
        for name in source.columns:
            if name not in view.columns:
                hint = nearest(name, view.columns)
                problems.append(Problem(where, f"'{name}' is no column of the view.", hint))
        shared.uses.clear()
        frame = Frame(shared, relation, "b", looks_up=True)
        try:
            source_scope(source, frame, shared)
        except LanguageError as error:
            problems.append(_problem(f"{where} filter", error))
        rows_draw_on |= _drawn(shared)
        opens_on |= relation.opens_on
        if source.open and relation.opened:
            shared.uses.clear()
            source_scope(dataclasses.replace(source, filter=None), frame, shared)
            opens_on |= _drawn(shared)
        for name in view.columns:
            shared.uses.clear()
            try:
                found = source_value(source, name, relation, frame)
            except LanguageError as error:
                problems.append(_problem(f"{where} {name}", error))
                continue
            if found is None:
                continue
            draws_on[name] |= _drawn(shared)
            try:
                types[name] = joined_type(types.get(name), found, name)
            except MeasureError as error:
                problems.append(Problem(where, error.message))
    shared.uses.clear()
    types = {name: types[name] for name in view.columns if name in types}
    problems += _declared(view, types)
    united = Relation(
        id=view.id,
        title=view.title,
        columns=types,
        key=view.key,
        entity=view.entity,
        event=view.event,
        opened=view.opened,
        closed=view.closed,
        view=True,
        links={link.name: link for link in view.links},
        draws_on={name: frozenset(draws_on[name] | rows_draw_on) for name in types},
        tables=tuple(tables),
        opens_on=frozenset(opens_on),
    )
    if problems:
        raise MeasureError(problems=problems)
    columns = dict(types)
    frame = Frame(shared, united, "o")
    for name, text in view.combine.items():
        shared.uses.clear()
        try:
            kind, inside, _ = read_combine(parse(text))
            if kind in ("any", "all"):
                assert inside is not None  # noqa: S101 - `read_combine` saw to it
                condition(inside, frame)
                columns[name] = ColumnType("code", name, _YES_NO)
            elif inside is None:
                columns[name] = ColumnType("number", name)
            else:
                found = value(inside, frame)
                columns[name] = ColumnType(found.kind, name, found.codes, found.loose)
        except LanguageError as error:
            problems.append(_problem(f"combine {name}", error))
        for _, used in shared.uses:
            draws_on[name] |= draws_on.get(used, set()) | rows_draw_on
    shared.uses.clear()
    if problems:
        raise MeasureError(problems=problems)
    return dataclasses.replace(
        united,
        columns=columns,
        draws_on={name: frozenset(draws_on[name] | rows_draw_on) for name in columns},
    )


def check_supplies(
    view: View, relation: Relation, tables: Mapping[str, TableSpec], supplied: Collection[str]
) -> None:
    """See that a view can stand for the table that it supplies, if it supplies one.

    Args:
        view: its declaration.
        relation: what `view_relation` gave.
        tables: the declared tables.
        supplied: the tables that any view supplies.

    Raises:
        MeasureError: every fault.
    """
    if view.supplies is None:
        return
    spec = tables.get(view.supplies)
    if spec is None:
        hint = nearest(view.supplies, tables)
        raise MeasureError(
            problems=[Problem("supplies", f"'{view.supplies}' is no declared table.", hint)]
        )
    problems: list[Problem] = []
    drawn = {table for pairs in relation.draws_on.values() for table, _ in pairs}
    for table in sorted({*drawn, *relation.tables}.intersection(supplied)):
        text = f"draws on '{table}', which a view supplies; draw on what that view draws on."
        problems.append(Problem("union", text))
    theirs = relation_of(spec).columns
    for name, found in relation.columns.items():
        where = f"columns {name}"
        if name not in theirs:
            hint = nearest(name, theirs)
            problems.append(Problem(where, f"'{name}' is no column of {spec.title}.", hint))
            continue
        wanted = theirs[name]
        if _sort(found.kind) != _sort(wanted.kind):
            text = f"is a {found.kind} here and a {wanted.kind} in {spec.title}."
            problems.append(Problem(where, text))
        elif wanted.codes and (strange := sorted((found.codes or frozenset()) - wanted.codes)):
            text = f"'{strange[0]}' is no code of that column of {spec.title}."
            problems.append(Problem(where, text, nearest(strange[0], wanted.codes)))
    for name in spec.key:
        if name not in relation.columns:
            problems.append(Problem("columns", f"'{name}', the key of {spec.title}, is wanting."))
    if problems:
        raise MeasureError(problems=problems)


def _sort(kind: Kind) -> str:
    return {"datetime": "date", "code": "text"}.get(kind, kind)


def _declared(view: View, types: Mapping[str, ColumnType]) -> list[Problem]:
    problems = []
    for name in view.columns:
        if name not in types and name not in view.combine:
            problems.append(Problem(f"columns {name}", "no source has such a column."))
    named = {"key": view.key, "per": view.per, "combine": tuple(view.combine)}
    for part in ("event", "opened", "closed", "newest"):
        name = getattr(view, part)
        named[part] = (name,) if name else ()
    for part, names in named.items():
        for name in names:
            if name not in view.columns:
                hint = nearest(name, view.columns)
                problems.append(Problem(part, f"'{name}' is no column of the view.", hint))
    if view.rank is not None and view.rank not in types:
        problems.append(
            Problem("rank", f"'{view.rank}' is no column of the view.", nearest(view.rank, types))
        )
    if bool(view.rank) != bool(view.first_of):
        problems.append(Problem("rank", "rank and first_of belong together."))
    return problems


def source_value(source: ViewSource, name: str, relation: Relation, frame: Frame) -> Value | None:
    """What stands for a view's column in one source; None where the source leaves it blank."""
    text = source.columns.get(name)
    if text is not None:
        return value(parse(text), frame)
    found = frame.column(name)
    return found if isinstance(found, Value) else None


def joined_type(earlier: ColumnType | None, found: Value, name: str) -> ColumnType:
    """A column's type after one more source.

    Raises:
        MeasureError: the sources differ.
    """
    kind = found.kind
    codes = frozenset({found.literal}) if found.literal is not None else found.codes
    if kind == "text" and codes:
        kind = "code"
    if earlier is None:
        return ColumnType(kind, name, codes, found.loose)
    text = {"text", "code"}
    if earlier.kind != kind and not {earlier.kind, kind} <= text:
        raise MeasureError(f"'{name}' is a {kind} here and a {earlier.kind} in an earlier source.")
    if earlier.codes and codes:
        return ColumnType("code", name, earlier.codes | codes)
    both_ = kind if kind not in text else "text"
    return ColumnType(both_, name, None, earlier.loose or found.loose)


def source_scope(source: ViewSource, frame: Frame, shared: Shared) -> Condition | None:
    """Which rows of a source are drawn; None for all."""
    from selfassess.measuring.lookups import open_condition

    now = Value(shared.moment.d, "date", filled=True, moment=True)
    opened = open_condition(frame, now) if source.open else None
    chosen = condition(parse(source.filter), frame) if source.filter else None
    return both(opened, chosen)


def read_combine(node: Expression) -> tuple[str, Expression | None, Expression | None]:
    """An aggregate over the rows of an entity: what it is, of what, of which rows."""
    if isinstance(node, Path) and node.parts == ("count",):
        return "count", None, None
    if isinstance(node, Call) and node.name in _COMBINE and len(node.arguments) == 1:
        inside = node.arguments[0]
        if isinstance(inside, Rows):
            return node.name, inside.path, inside.where
        return node.name, inside, None
    names = ", ".join(_COMBINE)
    raise LanguageError(node.at, f"how rows become one was expected: {names}.")


def _drawn(shared: Shared) -> set[tuple[str, str]]:
    """What was named since `uses` was last cleared, down to the tables."""
    found: set[tuple[str, str]] = set()
    for table, name in shared.uses:
        found |= shared.relations[table].draws_on.get(name, frozenset())
    return found


def _problem(where: str, error: LanguageError) -> Problem:
    return Problem(f"{where}, column {error.column}", error.message, error.hint)

"""Looking beyond the row: its predecessor, other tables' rows of the same entity.

Each becomes a named query of its own with one line a row, so that joining it multiplies nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from selfassess.errors import nearest
from selfassess.measuring.frames import Frame, Within, same
from selfassess.measuring.language import LanguageError
from selfassess.measuring.pieces import (
    All,
    Any_,
    Atom,
    Condition,
    Kind,
    Opposite,
    Value,
    both,
    column,
    doubt_of,
    no,
    yes,
)
from selfassess.measuring.relations import Relation
from selfassess.measuring.spans import FACTORS, span
from selfassess.measuring.syntax import (
    Binary,
    Call,
    Duration,
    Expression,
    Negative,
    Number,
    Path,
    Rows,
    write,
)
from selfassess.measuring.translate import compare, condition, date, is_blank, number, value

__all__ = ["any_rows", "count_rows", "latest", "open_condition", "open_in", "previous"]

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_ANY: dict[tuple[str, float], bool] = {(">", 0): True, (">=", 1): True, ("!=", 0): True}
_ANY |= {("=", 0): False, ("<", 1): False, ("<=", 0): False}
"""Comparisons of a count that ask whether there is any row (True) or none (False)."""


def previous(node: Call, frame: Frame) -> Value:
    """A value of the same entity's row before this one, in order of the measure's date."""
    if not frame.looks_up or frame.date is None:
        raise LanguageError(node.at, "'previous' needs rows with a date; it has no meaning here.")
    inner = Frame(frame.shared, frame.relation, "t", lets=frame.lets)
    found = value(node.arguments[0], inner)
    day = date(frame.date, inner)
    keys = ", ".join(column("t", key) for key in frame.relation.key)
    name = frame.shared.alias("earlier_")
    order = f"CASE WHEN {day.sql} IS NULL THEN 1 ELSE 0 END, {day.sql}, t.row_id"
    over = f"OVER (PARTITION BY {keys} ORDER BY {order})"
    frame.earlier.append(f"LAG({found.sql}) {over} AS {name}")
    doubts: tuple[str, ...] = ()
    if found.doubts:
        test = " OR ".join(found.doubts)
        frame.earlier.append(f"LAG(CASE WHEN {test} THEN 1 ELSE 0 END) {over} AS {name}_u")
        doubts = (f"COALESCE({frame.alias}.{name}_u, 0) = 1",)
    frame.earlier_joins += inner.joins
    return Value(f"{frame.alias}.{name}", found.kind, found.codes, doubts=doubts, loose=found.loose)


def latest(node: Call, frame: Frame) -> Value:
    """The last date of another table's rows of the same entity, up to as_at."""
    look = _Look(node, node.arguments[0], frame)
    day = look.date() if len(look.path.parts) == 2 else None
    if day is None:
        name = look.other.id
        raise LanguageError(node.at, f"a date of {name} was expected, as latest({name}.date).")
    upto = compare("<=", day, look.as_at())
    keep = both(upto, look.filter())
    assert keep is not None  # noqa: S101 - `upto` is there
    return look.join(keep, f"MAX({{case}}{day.sql} END)", f"MAX({day.sql})", day.kind)


def count_rows(node: Call, frame: Frame) -> Value:
    """How many rows of the same entity, of a time around the row's date or of any."""
    look, keep = _counted(node, frame)
    found = look.join(keep, "SUM({case}1 ELSE 0 END)", "COUNT(*)", "number")
    return Value(f"COALESCE({found.sql}, 0)", "number", doubts=found.doubts, filled=True)


def any_rows(node: Binary, frame: Frame) -> Condition | None:
    """``count(…) >= 1`` and its like without counting: one row will do.

    None where the comparison asks for more than that, or where a cell that decides whether a row
    counts could not be read: then how many are certain must be known.
    """
    call, operator, figure = node.left, node.operator, node.right
    if isinstance(figure, Call):
        call, operator, figure = figure, _TURNED.get(operator, ""), call
    if not isinstance(call, Call) or call.name != "count" or not isinstance(figure, Number):
        return None
    wanted = _ANY.get((operator, figure.value))
    if wanted is None or not 1 <= len(call.arguments) <= 3 or call.named:
        return None
    text = f"any {write(call)}"
    if text not in frame.seen:
        look, keep = _counted(call, frame)
        if doubt_of(keep):
            return None
        frame.seen[text] = look.exists(keep)
    found = frame.seen[text]
    assert not isinstance(found, Value)  # noqa: S101 - `exists` gave it
    return found if wanted else Opposite(found)


def _counted(node: Call, frame: Frame) -> tuple[_Look, Condition]:
    """The look that a count needs, and which of the rows found there count."""
    look = _Look(node, node.arguments[0], frame)
    day = look.date()
    parts: list[Condition] = []
    if day is not None:
        parts.append(compare("<=", day, look.as_at()))
    bounds = node.arguments[1:]
    if day is not None and frame.date is not None and [*map(_is_nothing, bounds)] == [True, True]:
        # Rows of the same day meet by it: an engine joins by what is equal, and tries all else.
        own = date(frame.date, look.outer)
        same_day = f"{look.inner.day(day)} = {look.outer.day(own)}"
        parts.append(Atom(same_day, own.doubts + day.doubts))
    elif bounds:
        if day is None:
            raise LanguageError(
                node.at,
                f"{look.other.title} has no event date.",
                "Name the date: count(table.column, …).",
            )
        if frame.date is None:
            raise LanguageError(node.at, "the rows have no date to count from; say `date`.")
        own = date(frame.date, look.outer)
        doubts = own.doubts + day.doubts
        _, unit = _offset(bounds[0], look.outer)
        if unit in ("days", "months") and isinstance(_plain(bounds[0]), Number):
            # Not before the row itself, nor before the window: said of the days themselves, it
            # spares most of the pairs.
            parts.append(Atom(f"{frame.day(day)} >= {frame.day(own)}", doubts))
            if (within := look.within()) and not day.doubts:
                parts.append(Atom(f"{frame.day(day)} > {within.after}"))
        for bound, operator in zip(bounds, (">=", "<="), strict=False):
            figure, unit = _offset(bound, look.outer)
            if operator == ">=" and figure.sql == "0" and unit == "days":
                continue
            apart = span(look.inner, own, day, unit)
            parts.append(Atom(f"{apart} {operator} {figure.sql} * {FACTORS[unit]}", doubts))
    return look, both(*parts, look.filter()) or Atom("1 = 1", firm=True)


def open_in(node: Call, frame: Frame) -> Condition:
    """Whether the same entity has a row of another table that is open at a date."""
    look = _Look(node, node.arguments[0], frame)
    if len(look.path.parts) > 1:
        raise LanguageError(look.path.at, "open_in takes a table, not a column of one.")
    at = date(node.arguments[1], look.outer)
    keep = both(open_condition(look.inner, at, node.at), look.filter())
    assert keep is not None  # noqa: S101 - a table that opens always has a condition
    if not doubt_of(keep):
        return look.exists(keep)
    found = look.join(keep, "SUM({case}1 ELSE 0 END)", "COUNT(*)", "number")
    # A row that is open for certain settles it, whatever else could not be read.
    doubts = tuple(f"({doubt} AND COALESCE({found.sql}, 0) = 0)" for doubt in found.doubts)
    return Atom(f"COALESCE({found.sql}, 0) > 0", doubts, firm=True)


def open_condition(frame: Frame, at: Value, place: int = 0) -> Condition:
    """Whether a row of the frame's table is open at a date: opened by then and not closed.

    A row without an opening date counts as opened: leaving an open child out hides them.

    Raises:
        LanguageError: the table does not say when a row opens.
    """
    relation = frame.relation
    if relation.opened is None:
        raise LanguageError(place, f"{relation.title} does not say when a row is opened.")
    opened = frame.read(frame.alias, relation, relation.opened)
    parts: list[Condition] = [Any_((is_blank(opened), compare("<=", opened, at)))]
    if relation.closed:
        # A list that may leave the closing date out and does so holds open rows alone.
        need = not relation.columns[relation.closed].optional
        closed = frame.read(frame.alias, relation, relation.closed, need=need)
        parts.append(Any_((is_blank(closed), compare(">", closed, at))))
    if relation.closed_when:
        from selfassess.measuring.language import parse

        plain = Frame(frame.shared, relation, frame.alias)
        parts.append(Opposite(condition(parse(relation.closed_when), plain)))
        frame.joins += plain.joins
    return All(tuple(parts))


def _plain(bound: Expression) -> Expression:
    return bound.value if isinstance(bound, Duration) else bound


def _is_nothing(node: Expression) -> bool:
    """Whether a bound is no day at all."""
    return isinstance(node, Number) and node.value == 0


def _offset(node: Expression, frame: Frame) -> tuple[Value, str]:
    if isinstance(node, Negative) and isinstance(node.part, Duration):
        node = Duration(Negative(node.part.value, node.at), node.part.unit, node.at)
    if isinstance(node, Duration):
        return number(node.value, frame), node.unit
    if not isinstance(node, Number | Negative | Call | Path):
        raise LanguageError(node.at, "a number of days was expected, or 10 working days.")
    return number(node, frame), "days"


class _Look:
    """A query over the row's table and another one, grouped by row."""

    def __init__(self, node: Call, argument: Expression, frame: Frame) -> None:
        if not frame.looks_up:
            raise LanguageError(
                node.at, f"'{node.name}' looks into another table; it has no meaning here."
            )
        self.where = argument.where if isinstance(argument, Rows) else None
        path = argument.path if isinstance(argument, Rows) else argument
        if not isinstance(path, Path) or len(path.parts) > 2:
            raise LanguageError(
                argument.at, f"{node.name} takes a table, as {node.name}(visits …)."
            )
        shared = frame.shared
        other = shared.relations.get(path.parts[0])
        if other is None:
            raise LanguageError(
                path.at,
                f"'{path.parts[0]}' is no table or view.",
                nearest(path.parts[0], shared.relations),
            )
        self.node, self.path, self.frame, self.other = node, path, frame, other
        self.outer = Frame(shared, frame.relation, "b", lets=frame.lets)
        self.inner = Frame(shared, other, "t", row=self.outer)
        shared.rests_on.add(other.id)
        shared.looked.add(other.id)
        self.keys = self._keys(frame.relation, other)

    def _keys(self, mine: Relation, other: Relation) -> list[str]:
        found = []
        # Rows of one entity meet by its key, whatever either table calls it.
        alike = other.entity == mine.entity and len(other.key) == len(mine.key)
        for position, key in enumerate(mine.key):
            theirs = other.key[position] if alike and key not in other.columns else key
            if theirs not in other.columns:
                raise LanguageError(
                    self.path.at,
                    f"{other.title} has no '{key}', by which {mine.title} knows its rows.",
                )
            found.append(same(self.outer.read("b", mine, key), "t", other, theirs))
            self.frame.shared.uses.add((other.id, theirs))
        return found

    def as_at(self) -> Value:
        return Value(self.frame.shared.moment.d, "date", filled=True, moment=True)

    def date(self) -> Value | None:
        """The date of the other table's rows: the column named, or its event date."""
        if len(self.path.parts) == 2:
            return date(Path((self.path.parts[1],), self.path.at), self.inner)
        if self.other.event is None:
            return None
        return self.inner.read("t", self.other, self.other.event)

    def filter(self) -> Condition | None:
        return condition(self.where, self.inner) if self.where is not None else None

    def within(self) -> Within | None:
        """The days within which all rows lie whose lines will be used, where that is known."""
        found = self.frame.shared.within
        return found if found and found.relation == self.frame.relation.id else None

    def join(self, keep: Condition, aggregate: str, plain: str, kind: Kind) -> Value:
        """Put the query before the rows and join its line for each row.

        Args:
            keep: which of the other rows count.
            aggregate: what is wanted of them, where some may and some may not count.
            plain: the same where it is known of each.
            kind: what that is.
        """
        doubts = doubt_of(keep)
        if doubts:
            plain = aggregate.format(case=f"CASE WHEN {yes(keep)} THEN ")
        picked = [f"{plain} AS v"]
        if doubts:
            picked.append(f"MAX(CASE WHEN {' OR '.join(doubts)} THEN 1 ELSE 0 END) AS u")
            where = f"CASE WHEN {no(keep)} THEN 0 ELSE 1 END = 1"
        else:
            where = yes(keep)
        alias = self._put(picked, where)
        found = tuple([f"COALESCE({alias}.u, 0) = 1"] if doubts else [])
        return Value(f"{alias}.v", kind, doubts=found)

    def exists(self, keep: Condition) -> Condition:
        """Whether one of the other rows counts, where that is known of each."""
        alias = self._put([], yes(keep))
        return Atom(f"{alias}.rid IS NOT NULL", firm=True)

    def _put(self, picked: Sequence[str], where: str) -> str:
        """Put a line for each row that finds any before the rows, and join it; its alias.

        Args:
            picked: what its line says beside whose it is.
            where: which pairs of rows are looked at.
        """
        shared = self.frame.shared
        name, alias = shared.alias("look"), shared.alias("q")
        by = {"rid": "b.row_id"}
        on = [f"{alias}.rid = {self.frame.alias}.row_id"]
        joins = ""
        if shared.points:
            joins = f" {shared.points}"
            by["at"] = "w.d"
            on.append(f"{alias}.at = w.d")
        if within := self.within():
            where = f"{within.sql} AND {where}"
        shown = ", ".join([*(f"{sql} AS {short}" for short, sql in by.items()), *picked])
        source = f'"{self.frame.relation.id}" AS b{joins} JOIN "{self.other.id}" AS t'
        once, grouped = ("", f" GROUP BY {', '.join(by.values())}") if picked else ("DISTINCT ", "")
        sql = (
            f"SELECT {once}{shown} FROM {source} ON {' AND '.join(self.keys)} "
            f"{' '.join([*self.outer.joins, *self.inner.joins])} WHERE {where}{grouped}"
        )
        shared.ctes.append((name, sql))
        self.frame.joins.append(f"LEFT JOIN {name} AS {alias} ON {' AND '.join(on)}")
        return alias

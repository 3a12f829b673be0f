"""Looking beyond the row: its predecessor, other tables' rows of the same entity.

Each look becomes a named query of its own with one line a row (see `looks`), so that joining it
multiplies nothing.
"""

from __future__ import annotations

from selfassess.measuring.frames import Frame
from selfassess.measuring.language import LanguageError
from selfassess.measuring.looks import Look
from selfassess.measuring.pieces import (
    All,
    Any_,
    Atom,
    Condition,
    Opposite,
    Value,
    both,
    column,
    doubt_of,
)
from selfassess.measuring.spans import FACTORS, span
from selfassess.measuring.syntax import (
    Binary,
    Call,
    Duration,
    Expression,
    Negative,
    Number,
    Path,
    write,
)
from selfassess.measuring.translate import compare, condition, date, is_blank, number, value

__all__ = [
    "any_rows",
    "count_rows",
    "days_back",
    "latest",
    "open_condition",
    "open_in",
    "previous",
]

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_ANY: dict[tuple[str, float], bool] = {(">", 0): True, (">=", 1): True, ("!=", 0): True}
_ANY |= {("=", 0): False, ("<", 1): False, ("<=", 0): False}
"""Comparisons of a count that ask whether there is any row (True) or none (False)."""
_LONGEST = 36_500


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


def days_back(node: Binary, frame: Frame) -> int | None:
    """N, where a comparison is ``days(previous(day), day) <= N`` and day the rows' date.

    A row before that is older than N days decides it as no row does.
    """
    match node:
        case Binary(
            operator="<=" | "<",
            left=Call(name="days", arguments=(Call(name="previous", arguments=(before,)), day)),
            right=Number(value=int(most)),
        ) if before == day == frame.date and most <= _LONGEST:
            return most
    return None


def latest(node: Call, frame: Frame) -> Value:
    """The last date of another table's rows of the same entity, up to as_at."""
    look = Look(node, node.arguments[0], frame)
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


def _counted(node: Call, frame: Frame) -> tuple[Look, Condition]:
    """The look that a count needs, and which of the rows found there count."""
    look = Look(node, node.arguments[0], frame)
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
                parts.append(Atom(f"{frame.day(day)} > DATE '{within.after}'"))
        for bound, operator in zip(bounds, (">=", "<="), strict=False):
            figure, unit = _offset(bound, look.outer)
            if operator == ">=" and figure.sql == "0" and unit == "days":
                continue
            apart = span(look.inner, own, day, unit)
            parts.append(Atom(f"{apart} {operator} {figure.sql} * {FACTORS[unit]}", doubts))
    return look, both(*parts, look.filter()) or Atom("1 = 1", firm=True)


def open_in(node: Call, frame: Frame) -> Condition:
    """Whether the same entity has a row of another table that is open at a date."""
    look = Look(node, node.arguments[0], frame)
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

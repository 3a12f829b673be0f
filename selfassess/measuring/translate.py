"""Expressions to SQL, checked by type on the way."""

from __future__ import annotations

from selfassess.errors import nearest
from selfassess.evidence.cells import literal
from selfassess.measuring.frames import Frame
from selfassess.measuring.language import LanguageError, reading
from selfassess.measuring.pieces import (
    All,
    Any_,
    Atom,
    Condition,
    Opposite,
    Value,
    loosened,
    passes_blank,
)
from selfassess.measuring.syntax import (
    Answer,
    Band,
    Binary,
    Call,
    Duration,
    Expression,
    In,
    Logic,
    Negative,
    Not,
    Number,
    Path,
    Rows,
    Text,
)

__all__ = ["compare", "condition", "is_blank", "translate", "value"]

_LARGEST = 10**12
_SHOWN = 40
"""So many codes are named where none is near what was written."""


def condition(node: Expression, frame: Frame) -> Condition:
    """Translate what must be a condition.

    Raises:
        LanguageError: it is a value, or at fault in itself.
    """
    found = translate(node, frame)
    if isinstance(found, Value) and found.codes and "yes" in found.codes:
        return Atom(f"{found.sql} = 'yes'", found.doubts)
    if isinstance(found, Value):
        raise LanguageError(
            node.at,
            f"a {found.kind} stands where a condition should.",
            "Compare it with something.",
        )
    return found


def value(node: Expression, frame: Frame) -> Value:
    """Translate what must be a value.

    Raises:
        LanguageError: it is a condition, or at fault in itself.
    """
    found = translate(node, frame)
    if not isinstance(found, Value):
        raise LanguageError(node.at, "a condition stands where a value should.")
    return found


def number(node: Expression, frame: Frame) -> Value:
    """Translate what must be a number."""
    found = value(node, frame)
    if found.kind != "number":
        raise LanguageError(node.at, f"a {found.kind} stands where a number should.")
    return found


def date(node: Expression, frame: Frame) -> Value:
    """Translate what must be a date or a datetime."""
    found = value(node, frame)
    if found.kind not in ("date", "datetime"):
        raise LanguageError(node.at, f"a {found.kind} stands where a date should.")
    return found


def translate(node: Expression, frame: Frame) -> Value | Condition:
    """Translate an expression in a frame.

    Raises:
        LanguageError: a name is unknown or a type does not fit.
    """
    match node:
        case Number(value=figure):
            if figure > _LARGEST:
                raise LanguageError(node.at, "a number this large has no use here.")
            return Value(repr(figure), "number", filled=True)
        case Text(value=text):
            return Value(literal(text), "text", filled=True, literal=text)
        case Answer(value=answer):
            return Atom("1 = 1" if answer else "1 = 0", firm=True)
        case Path():
            return _name(node, frame)
        case Negative(part=part):
            found = number(part, frame)
            return Value(f"(0 - {found.sql})", "number", doubts=found.doubts, filled=found.filled)
        case Binary(operator=operator):
            return _arithmetic(node, frame) if operator in "+-*/" else _comparison(node, frame)
        case Logic(operator=operator, parts=parts):
            conditions = tuple(condition(part, frame) for part in parts)
            return All(conditions) if operator == "and" else Any_(conditions)
        case Not(part=part):
            return _opposite(condition(part, frame), node)
        case In():
            return _in(node, frame)
        case Call():
            from selfassess.measuring.functions import call

            return call(node, frame)
        case Band() | Duration() | Rows():
            what = {Band: "a band", Duration: "a length of time", Rows: "rows in [ ]"}[type(node)]
            raise LanguageError(node.at, f"{what} has no meaning here.")


def _name(path: Path, frame: Frame) -> Value | Condition:
    name, *rest = path.parts
    if len(rest) > 1:
        raise LanguageError(path.at, "a path has two parts at most: a link and a column.")
    if rest and name == "row":
        if frame.row is None:
            raise LanguageError(path.at, "'row' has a meaning only inside [ ].")
        return translate(Path((rest[0],), path.at), frame.row)
    if rest:
        alias, target = frame.link(path)
        if rest[0] not in target.columns:
            raise LanguageError(
                path.at,
                f"'{rest[0]}' is nothing that {target.title} has.",
                nearest(rest[0], target.columns),
            )
        link = frame.relation.links[name]
        doubts = [frame.column(here) for here in link.on]
        found = frame.read(alias, target, rest[0])
        extra = tuple(d for v in doubts if isinstance(v, Value) for d in v.doubts)
        return Value(
            found.sql, found.kind, found.codes, doubts=(*extra, *found.doubts), loose=found.loose
        )
    if name == "as_at":
        return Value(frame.shared.moment.d, "date", filled=True, moment=True)
    # Inside a `let` its own name is the column's: {team: first_of(team, 'none')}.
    if name in frame.lets and name not in frame.names and name not in frame.open_lets:
        return _let(name, frame)
    found_name = frame.column(name, path.at)
    if found_name is None and name in frame.open_lets:
        raise LanguageError(path.at, f"'{name}' is defined by itself.")
    if found_name is None:
        raise frame.unknown_name(path, name, frame.known_names())
    return found_name


def _let(name: str, frame: Frame) -> Value | Condition:
    frame.open_lets.append(name)
    try:
        with reading(f"let {name}"):
            return translate(frame.lets[name], frame)
    finally:
        frame.open_lets.pop()


def _arithmetic(node: Binary, frame: Frame) -> Value:
    left, right = number(node.left, frame), number(node.right, frame)
    doubts = left.doubts + right.doubts
    if node.operator == "/":
        sql = (
            f"CASE WHEN {right.sql} = 0 THEN NULL ELSE CAST({left.sql} AS DOUBLE) / {right.sql} END"
        )
        return Value(sql, "number", doubts=doubts)
    sql = f"({left.sql} {node.operator} {right.sql})"
    return Value(sql, "number", doubts=doubts, filled=left.filled and right.filled)


def _comparison(node: Binary, frame: Frame) -> Condition:
    from selfassess.measuring.lookups import any_rows, days_back

    if (found := any_rows(node, frame)) is not None:
        return found
    around, frame.reach = frame.reach, days_back(node, frame)
    try:
        left, right = _operands(node.left, node.right, frame)
    finally:
        frame.reach = around
    if node.operator == "!=":
        return Opposite(compare("=", left, right, node.at))
    return compare(node.operator, left, right, node.at)


def _operands(first: Expression, second: Expression, frame: Frame) -> tuple[Value, Value]:
    """Both sides; ``yes`` and ``no`` beside a code or text are read as such."""

    def side(node: Expression, other: Expression) -> Value:
        if isinstance(node, Answer) and not isinstance(other, Answer):
            word = "yes" if node.value else "no"
            return Value(literal(word), "text", filled=True, literal=word)
        return value(node, frame)

    return side(first, second), side(second, first)


def compare(operator: str, left: Value, right: Value, at: int = 0) -> Atom:
    """A comparison of two values, or the fault that they cannot be compared.

    Raises:
        LanguageError: their types differ, or a code is none that the column declares.
    """
    sides = {_sort(left), _sort(right)}
    if len(sides) > 1 or "patterns" in sides:
        raise LanguageError(
            at,
            f"a {left.kind} cannot be compared with a {right.kind}.",
            _unlike(sides),
        )
    if sides == {"text"} and operator != "=":
        raise LanguageError(at, "texts and codes have no order.", "Use = or !=.")
    _check_code(left, right, at)
    _check_code(right, left, at)
    mixed = left.kind != right.kind and "datetime" in (left.kind, right.kind)
    typed = left.loose and right.loose
    a, b = (
        Frame.day(side) if mixed else loosened(side.sql) if typed else side.sql
        for side in (left, right)
    )
    return Atom(
        f"{a} {operator} {b}",
        left.doubts + right.doubts,
        firm=left.filled and right.filled,
        ordered=operator != "=" and not (left.filled and right.filled),
    )


def _unlike(sorts: set[str]) -> str:
    """The next step where two values are of different sorts."""
    if "patterns" in sorts:
        return "Ask matches(x, name of the setting)."
    if sorts == {"date", "number"}:
        return "Count the time between two dates: days(a, b), months(a, b)."
    if "date" in sorts:
        return "A date is compared with a date: a column, or as_at."
    return "Texts and codes stand in quotes, numbers without."


def _sort(found: Value) -> str:
    return {"datetime": "date", "code": "text"}.get(found.kind, found.kind)


def _check_code(coded: Value, word: Value, at: int) -> None:
    if coded.codes and word.literal is not None and word.literal not in coded.codes:
        raise LanguageError(
            at,
            f"'{word.literal}' is no code of that column.",
            nearest(word.literal, coded.codes) or _codes(coded.codes),
        )


def _codes(codes: frozenset[str]) -> str:
    shown = sorted(codes)
    return f"Its codes: {', '.join(shown[:_SHOWN])}{', …' if len(shown) > _SHOWN else ''}."


def _opposite(part: Condition, node: Not) -> Condition:
    if passes_blank(part):
        raise LanguageError(
            node.at,
            "'not' over <, <=, > or >= would let blanks pass.",
            "Turn the comparison round, or add 'not blank(…)'.",
        )
    return Opposite(part)


def _in(node: In, frame: Frame) -> Condition:
    pairs = [_operands(node.value, option, frame) for option in node.options]
    atoms = tuple(
        compare("=", left, right, option.at)
        for (left, right), option in zip(pairs, node.options, strict=True)
    )
    found: Condition = Any_(atoms)
    if len(pairs) > 1 and all(right.literal is not None for _, right in pairs):
        # The left side may be long: it stands once.
        left = pairs[0][0]
        words = ", ".join(right.sql for _, right in pairs)
        found = Atom(f"{left.sql} IN ({words})", left.doubts, firm=left.filled)
    return Opposite(found) if node.negated else found


def is_blank(found: Value | Condition) -> Condition:
    """Whether a value is known to hold nothing; a condition never is blank."""
    if not isinstance(found, Value):
        return Atom("1 = 0", firm=True)
    return Atom(f"{found.sql} IS NULL", found.doubts, firm=True)

"""What an expression of the measure language is made of, and how it is written out again.

Every node keeps the column (1-based) where it began, which plays no part in equality: two texts
that mean the same are the same tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = [
    "Answer",
    "Band",
    "Binary",
    "Call",
    "Duration",
    "Expression",
    "In",
    "Limit",
    "Logic",
    "Negative",
    "Not",
    "Number",
    "Path",
    "Rows",
    "Text",
    "children",
    "names_in",
    "write",
    "write_limit",
]

DURATIONS = ("days", "working days", "weeks", "months")
UNITS = (*DURATIONS, "hours", "working hours")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; whole ones stay integers."""

    value: int | float
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A text or a code, without its quotes."""

    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """``yes`` or ``no``."""

    value: bool
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Path:
    """A name, or a name reached through a link: ``worker.role``."""

    parts: tuple[str, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic or a comparison of two values."""

    operator: str
    left: Expression
    right: Expression
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Logic:
    """``and`` or ``or`` over two or more conditions."""

    operator: str
    parts: tuple[Expression, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: Expression
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with its sign turned."""

    part: Expression
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class In:
    """Whether a value is one of several."""

    value: Expression
    options: tuple[Expression, ...]
    negated: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Band:
    """One label of ``band(x, 0-4, 5+)``; no `high` for the last."""

    low: int | float
    high: int | float | None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Duration:
    """A number with a unit inside a call: ``10 working days``."""

    value: Expression
    unit: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of another table, or a column of them, kept by a filter: ``visits.date [alone]``."""

    path: Path
    where: Expression
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function with arguments, some of them named."""

    name: str
    arguments: tuple[Expression, ...] = ()
    named: tuple[tuple[str, Expression], ...] = ()
    at: int = field(default=0, compare=False)


Expression = (
    Number
    | Text
    | Answer
    | Path
    | Binary
    | Logic
    | Not
    | Negative
    | In
    | Band
    | Duration
    | Rows
    | Call
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One case of a clock's limit: so many units, if a condition holds."""

    value: Expression
    unit: str
    when: Expression | None = None


def names_in(node: Expression) -> Iterator[str]:
    """The names that an expression begins with: columns, links, lets, holders' values."""
    if isinstance(node, Path):
        yield node.parts[0]
    for each in children(node):
        yield from names_in(each)


def children(node: Expression) -> Iterator[Expression]:
    """The parts of a node, in the order written."""
    match node:
        case Binary():
            yield node.left
            yield node.right
        case Logic():
            yield from node.parts
        case Not() | Negative():
            yield node.part
        case In():
            yield node.value
            yield from node.options
        case Duration():
            yield node.value
        case Rows():
            yield node.path
            yield node.where
        case Call():
            yield from node.arguments
            for _, argument in node.named:
                yield argument
        case _:
            return


_LEVELS = {"or": 1, "and": 2, "+": 5, "-": 5, "*": 6, "/": 6}
_NOT, _COMPARE, _UNARY, _PRIMARY = 3, 4, 7, 8


def _level(node: Expression) -> int:
    match node:
        case Binary(operator=operator) | Logic(operator=operator):
            return _LEVELS.get(operator, _COMPARE)
        case Not():
            return _NOT
        case In():
            return _COMPARE
        case Negative():
            return _UNARY
        case _:
            return _PRIMARY


def write(node: Expression) -> str:
    """Write an expression so that reading it gives the same tree."""
    match node:
        case Number(value=value):
            return _number(value)
        case Text(value=value):
            return "'" + value.replace("'", "''") + "'"
        case Answer(value=value):
            return "yes" if value else "no"
        case Path(parts=parts):
            return ".".join(parts)
        case Binary(operator=operator):
            level = _level(node)
            low = level + 1 if level == _COMPARE else level
            return f"{_inside(node.left, low)} {operator} {_inside(node.right, level + 1)}"
        case Logic(operator=operator):
            return f" {operator} ".join(_inside(part, _level(node) + 1) for part in node.parts)
        case Not(part=part):
            return f"not {_inside(part, _NOT)}"
        case Negative(part=part):
            return f"-{_inside(part, _UNARY)}"
        case In():
            options = ", ".join(_inside(option, _LEVELS["+"]) for option in node.options)
            word = "not in" if node.negated else "in"
            return f"{_inside(node.value, _COMPARE + 1)} {word} ({options})"
        case Band(low=low_end, high=high):
            return f"{_number(low_end)}+" if high is None else f"{_number(low_end)}-{_number(high)}"
        case Duration(value=value, unit=unit):
            return f"{_inside(value, _LEVELS['+'])} {unit}"
        case Rows(path=path, where=where):
            return f"{write(path)} [{write(where)}]"
        case Call():
            inside = [write(argument) for argument in node.arguments]
            inside += [f"{name}: {write(argument)}" for name, argument in node.named]
            return f"{node.name}({', '.join(inside)})"


def write_limit(limit: Limit) -> str:
    """Write one case of a clock's limit."""
    text = f"{_inside(limit.value, _LEVELS['+'])} {limit.unit}"
    return text if limit.when is None else f"{text} if {write(limit.when)}"


def _inside(node: Expression, level: int) -> str:
    text = write(node)
    return f"({text})" if _level(node) < level else text


def _number(value: int | float) -> str:
    if isinstance(value, int):
        return str(value)
    text = f"{value:.12f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text

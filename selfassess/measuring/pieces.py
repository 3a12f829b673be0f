"""Pieces of SQL with their meaning: values that may be blank, conditions that may be unknown.

Only the portable core of SQL is written here and in the modules that use this one; see
`selfassess.measuring.sql` for the list, which a test holds every compiled measure to.

A condition is told apart in three: it holds (`yes`), it does not (`no`), or a cell that decides it
could not be read. SQL's own NULL cannot say that: a blank cell is NULL as well, and is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "All",
    "Any_",
    "Atom",
    "Condition",
    "Kind",
    "Opposite",
    "Value",
    "both",
    "column",
    "doubt_of",
    "doubtful",
    "flag",
    "loosened",
    "met",
    "never",
    "no",
    "passes_blank",
    "quoted",
    "told",
    "yes",
]

Kind = Literal["date", "datetime", "number", "text", "code", "patterns"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value as SQL.

    Attributes:
        codes: the codes that it may hold, for a coded column.
        doubts: conditions (never NULL) under any of which it is unknown.
        filled: whether it is never blank.
        moment: whether it is the as-at date, whose calendar is known.
        literal: the text itself, for a text as written.
        loose: a text that people type: compared across tables without regard to case and spaces.
        patterns: for a setting that is a list of patterns.
    """

    sql: str
    kind: Kind
    codes: frozenset[str] | None = None
    doubts: tuple[str, ...] = ()
    filled: bool = False
    moment: bool = False
    literal: str | None = None
    loose: bool = False
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Atom:
    """A condition as SQL.

    Attributes:
        firm: whether the SQL is never NULL.
        ordered: whether it puts in order what may be blank: its opposite would let blanks pass.
    """

    sql: str
    doubts: tuple[str, ...] = ()
    firm: bool = False
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Holds where every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 - `Any` is typing's
    """Holds where one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """Holds where the part does not."""

    part: Condition


Condition = Atom | All | Any_ | Opposite


def doubtful(condition: Condition) -> bool:
    """Whether an unreadable cell may leave the condition open."""
    match condition:
        case Atom(doubts=doubts):
            return bool(doubts)
        case All(parts=parts) | Any_(parts=parts):
            return any(doubtful(part) for part in parts)
        case Opposite(part=part):
            return doubtful(part)


def yes(condition: Condition) -> str:
    """SQL that is true where the condition holds for certain; it may be NULL where not."""
    match condition:
        case Atom(sql=sql, doubts=doubts):
            return f"({sql} AND NOT {_any(doubts)})" if doubts else sql
        case All(parts=parts):
            return _joined("AND", [yes(part) for part in parts])
        case Any_(parts=parts):
            return _joined("OR", [yes(part) for part in parts])
        case Opposite(part=part):
            return no(part)


def no(condition: Condition) -> str:
    """SQL that is true where the condition does not hold, for certain."""
    if not doubtful(condition) and not isinstance(condition, Atom | Opposite):
        return f"CASE WHEN {yes(condition)} THEN 0 ELSE 1 END = 1"
    match condition:
        case Atom(sql=sql, doubts=doubts, firm=firm):
            plain = f"NOT ({sql})" if firm else f"CASE WHEN {sql} THEN 0 ELSE 1 END = 1"
            return f"({plain} AND NOT {_any(doubts)})" if doubts else plain
        case All(parts=parts):
            return _joined("OR", [no(part) for part in parts])
        case Any_(parts=parts):
            return _joined("AND", [no(part) for part in parts])
        case Opposite(part=part):
            return yes(part)


def never(condition: Condition) -> bool:
    """Whether a condition is known to hold for no row, without looking at any."""
    match condition:
        case Atom(sql=sql, doubts=doubts):
            return sql == "1 = 0" and not doubts
        case All(parts=parts):
            return any(never(part) for part in parts)
        case Any_(parts=parts):
            return all(never(part) for part in parts)
        case Opposite():
            return False


def doubt_of(condition: Condition) -> tuple[str, ...]:
    """The conditions (never NULL) under which a condition stays open; nothing if it never does."""
    if not doubtful(condition):
        return ()
    return (f"CASE WHEN {yes(condition)} THEN 0 WHEN {no(condition)} THEN 0 ELSE 1 END = 1",)


def passes_blank(condition: Condition) -> bool:
    """Whether the opposite would hold for a blank put in order, as in ``not a > b``."""
    match condition:
        case Atom(ordered=ordered):
            return ordered
        case All(parts=parts) | Any_(parts=parts):
            return any(passes_blank(part) for part in parts)
        case Opposite():
            return False


def both(*conditions: Condition | None) -> Condition | None:
    """All of the conditions there are; None if there are none."""
    found = tuple(condition for condition in conditions if condition is not None)
    return found[0] if len(found) == 1 else All(found) if found else None


def column(alias: str, name: str) -> str:
    """A declared column; quoted, since ``end`` and its like are words of SQL."""
    return f"{alias}.{quoted(name)}"


def quoted(name: str) -> str:
    """A declared name as SQL takes it."""
    return f'"{name}"'


def met(value: Value) -> str:
    """A value as it is grouped and counted: typed texts without regard to case and outer spaces."""
    return loosened(value.sql) if value.loose else value.sql


def loosened(sql: str) -> str:
    """A typed text as it meets others: names are spelled ``Ann`` here and ``ann`` there."""
    return f"LOWER(TRIM({sql}))"


def flag(doubts: Sequence[str]) -> str:
    """1 where any of the doubts holds, else 0."""
    return f"CASE WHEN {' OR '.join(doubts)} THEN 1 ELSE 0 END" if doubts else "0"


def told(name: str, sql: str, unknown: str) -> list[str]:
    """A column of a view and its companion, which is 1 where the column is unknown."""
    return [f"{sql} AS {quoted(name)}", f"{unknown} AS {quoted(name + '__unknown')}"]


def _any(doubts: tuple[str, ...]) -> str:
    unique = tuple(dict.fromkeys(doubts))
    return "(" + " OR ".join(unique) + ")"


def _joined(word: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else "(" + f" {word} ".join(parts) + ")"

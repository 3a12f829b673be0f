"""Reads a computation's expressions: every fault is kept, and compiling goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from selfassess.errors import MeasureError, Problem
from selfassess.measuring.frames import Frame
from selfassess.measuring.language import LanguageError, parse
from selfassess.measuring.pieces import Atom, Condition, Value
from selfassess.measuring.syntax import Expression
from selfassess.measuring.translate import condition, value

__all__ = ["Attempts"]

T = TypeVar("T")


class Attempts:
    """What was tried, and the faults that were met."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def attempt(self, where: str, do: Callable[[], T], otherwise: T) -> T:
        """What is done, or `otherwise` where an expression is at fault; `where` names the key."""
        try:
            return do()
        except LanguageError as error:
            key = error.text or where
            place = f"{key}, column {error.column}" if error.column else key
            self.problems.append(Problem(place, error.message, error.hint))
        except MeasureError as error:
            self.problems.append(Problem(where, error.message, error.hint))
        return otherwise

    def parsed(self, where: str, text: str) -> Expression | None:
        """The expression under a key; None where it is at fault."""
        return self.attempt(where, lambda: parse(text), None)

    def condition(self, where: str, text: str, frame: Frame) -> Condition:
        """The condition under a key; one that always holds where it is at fault."""
        always: Condition = Atom("1 = 1", firm=True)
        return self.attempt(where, lambda: condition(parse(text), frame), always)

    def value(self, where: str, text: str, frame: Frame) -> Value:
        """The value under a key; a number where it is at fault."""
        return self.attempt(where, lambda: value(parse(text), frame), Value("0", "number"))

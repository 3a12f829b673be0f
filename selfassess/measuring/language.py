"""Reads expressions of the measure language: a recursive-descent parser over their tokens.

The grammar is small and is the project's own, so that a fault is told in its own words, with the
column where it stands. It is printed in ``docs/reference/measure-language.md``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NoReturn

from selfassess.measuring.syntax import (
    DURATIONS,
    UNITS,
    Answer,
    Band,
    Binary,
    Call,
    Duration,
    Expression,
    In,
    Limit,
    Logic,
    Negative,
    Not,
    Number,
    Path,
    Rows,
    Text,
)
from selfassess.measuring.tokens import LanguageError, Token, reading, tokens

__all__ = ["LanguageError", "parse", "parse_limit", "reading"]

DEEPEST = 60
"""How deep brackets may nest: no sane measure comes near, a deeper one would end the stack."""

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_WORDS = frozenset({"and", "or", "not", "in", "yes", "no"})


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read one expression.

    Raises:
        LanguageError: it is not one.
    """
    reader = _Reader(text)
    found = reader.expression()
    reader.finish()
    return found


def parse_limit(text: str) -> Limit:
    """Read one case of a clock's limit: ``45 working days``, ``4 hours if rag = 'red'``.

    Raises:
        LanguageError: it is not one.
    """
    reader = _Reader(text)
    value = reader.sum()
    unit = reader.unit(UNITS)
    if unit is None:
        reader.fail(f"a unit was expected: {', '.join(UNITS)}")
    when = reader.expression() if reader.take("name", "if") else None
    reader.finish()
    return Limit(value, unit, when)


class _Reader:
    """One pass over the tokens, one token ahead."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.position = 0
        self.depth = 0

    # tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def next(self) -> Token:
        token = self.token
        self.position += token.kind != "end"
        return token

    def is_(self, kind: str, text: str | None = None, ahead: int = 0) -> bool:
        index = min(self.position + ahead, len(self.tokens) - 1)
        token = self.tokens[index]
        return token.kind == kind and (text is None or token.text == text)

    def take(self, kind: str, text: str | None = None) -> Token | None:
        return self.next() if self.is_(kind, text) else None

    def need(self, mark: str) -> None:
        if not self.take("mark", mark):
            self.fail(f"'{mark}' was expected")

    def fail(self, expected: str) -> NoReturn:
        token = self.token
        found = f"'{token.text}' was found" if token.kind != "end" else "the text ends"
        hint = ""
        if token.text == "=" and self.position and self.tokens[self.position - 1].text == "=":
            hint = "One equals sign compares."
        elif token.kind == "name" and token.text.lower() in _WORDS - {token.text}:
            hint = f"Write '{token.text.lower()}', in small letters."
        raise LanguageError(token.at, f"{found} where {expected}.", hint)

    def finish(self) -> None:
        if self.token.kind != "end":
            self.fail("the expression should end, or an operator follow")

    # grammar, loosest first

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise LanguageError(self.token.at, f"brackets nest deeper than {DEEPEST}.")
        found = self._logic("or")
        self.depth -= 1
        return found

    def _logic(self, word: str) -> Expression:
        at = self.token.at
        parts = [self._logic("and") if word == "or" else self._not()]
        while self.take("name", word):
            parts.append(self._logic("and") if word == "or" else self._not())
        return parts[0] if len(parts) == 1 else Logic(word, tuple(parts), at)

    def _not(self) -> Expression:
        ats = []
        while token := self.take("name", "not"):
            ats.append(token.at)
            if len(ats) > DEEPEST:
                raise LanguageError(token.at, f"'not' repeats more than {DEEPEST} times.")
        found = self._comparison()
        for at in reversed(ats):
            found = Not(found, at)
        return found

    def _comparison(self) -> Expression:
        left = self.sum()
        token = self.token
        if token.kind == "mark" and token.text in _COMPARISONS:
            self.next()
            return Binary(token.text, left, self.sum(), token.at)
        negated = self.is_("name", "not") and self.is_("name", "in", 1)
        if negated:
            self.next()
        if self.take("name", "in"):
            self.need("(")
            options = [self.sum()]
            while self.take("mark", ","):
                options.append(self.sum())
            self.need(")")
            return In(left, tuple(options), negated, token.at)
        return left

    def sum(self) -> Expression:
        found = self._product()
        while self.token.kind == "mark" and self.token.text in ("+", "-"):
            token = self.next()
            found = Binary(token.text, found, self._product(), token.at)
        return found

    def _product(self) -> Expression:
        found = self._unary()
        while self.token.kind == "mark" and self.token.text in ("*", "/"):
            token = self.next()
            found = Binary(token.text, found, self._unary(), token.at)
        return found

    def _unary(self) -> Expression:
        ats = []
        while token := self.take("mark", "-"):
            ats.append(token.at)
            if len(ats) > DEEPEST:
                raise LanguageError(token.at, f"'-' repeats more than {DEEPEST} times.")
        found = self._primary()
        for at in reversed(ats):
            found = Negative(found, at)
        return found

    def _primary(self) -> Expression:
        token = self.token
        if token.kind == "number":
            self.next()
            return Number(_number(token.text), token.at)
        if token.kind == "text":
            self.next()
            quote = token.text[0]
            return Text(token.text[1:-1].replace(quote * 2, quote), token.at)
        if self.take("mark", "("):
            found = self.expression()
            self.need(")")
            return found
        if token.kind == "name" and token.text in ("yes", "no"):
            self.next()
            return Answer(token.text == "yes", token.at)
        if token.kind == "name" and (token.text not in _WORDS):
            if self.is_("mark", "(", 1):
                return self._call()
            return self._path()
        return self.fail("a value was expected")

    def _path(self) -> Path:
        token = self.next()
        parts = [token.text]
        while self.take("mark", "."):
            part = self.take("name")
            if part is None:
                self.fail("a column's name was expected")
            parts.append(part.text)
        return Path(tuple(parts), token.at)

    def _call(self) -> Call:
        token = self.next()
        self.need("(")
        arguments: list[Expression] = []
        named: list[tuple[str, Expression]] = []
        while not self.is_("mark", ")"):
            if self.is_("name") and self.is_("mark", ":", 1):
                name = self.next().text
                self.next()
                named.append((name, self.expression()))
            elif named:
                self.fail("a named argument was expected, as others before it are named")
            else:
                arguments.append(self._argument())
            if not self.take("mark", ","):
                break
        self.need(")")
        return Call(token.text, tuple(arguments), tuple(named), token.at)

    def _argument(self) -> Expression:
        if band := self._band():
            return band
        at = self.token.at
        found = self.expression()
        if isinstance(found, Path) and self.take("mark", "["):
            where = self.expression()
            self.need("]")
            return Rows(found, where, at)
        unit = self.unit(DURATIONS)
        return found if unit is None else Duration(found, unit, at)

    def _band(self) -> Band | None:
        low, mark, high = (self.position + step for step in range(3))
        kinds = [(t.kind, t.text) for t in self.tokens[low : low + 4]]
        if (
            len(kinds) < 3
            or kinds[0][0] != "number"
            or kinds[1] not in (("mark", "-"), ("mark", "+"))
        ):
            return None
        tokens = self.tokens
        touching = tokens[mark].at == tokens[low].at + len(tokens[low].text)
        closes = (("mark", ","), ("mark", ")"))
        if kinds[1][1] == "+" and kinds[2] in closes:
            self.position += 2
            return Band(_number(tokens[low].text), None, tokens[low].at)
        if kinds[1][1] == "-" and kinds[2][0] == "number" and touching and kinds[3] in closes:
            self.position += 3
            return Band(_number(tokens[low].text), _number(tokens[high].text), tokens[low].at)
        return None

    def unit(self, allowed: tuple[str, ...]) -> str | None:
        """Take a unit, in one word or two; singular will do."""
        if not self.is_("name"):
            return None
        first = _plural(self.token.text)
        if first == "workings":
            both = f"working {_plural(self.tokens[self.position + 1].text)}"
            if both in allowed:
                self.position += 2
                return both
        if first in allowed:
            self.position += 1
            return first
        return None


def _plural(word: str) -> str:
    return word if word.endswith("s") else f"{word}s"


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)

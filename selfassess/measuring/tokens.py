"""An expression's text as tokens, and what is said where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from selfassess.errors import MeasureError

__all__ = ["LanguageError", "Token", "reading", "tokens"]

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)
      | (?P<text>'(?:[^']|'')*'|"(?:[^"]|"")*")
      | (?P<mark><=|>=|!=|[-+*/=<>()\[\],.:])""",
    re.VERBOSE,
)
_STRAIGHT = "Write straight quotes: 'text'."
_INSTEAD = {
    **dict.fromkeys("!'\"", "Texts stand in quotes; the equals sign is single."),
    **dict.fromkeys("‘’‚‛“”„‟«»`´", _STRAIGHT),
    **dict.fromkeys("&|", "Write 'and' or 'or'."),
    **dict.fromkeys("–—−", "A minus is the sign '-'."),
    **dict.fromkeys("≤≥≠", "Write <=, >= or !=."),
    "%": "Write the number alone.",
    ";": "One expression stands here, and nothing after it.",
}
"""What to write in place of signs that people try."""


class LanguageError(MeasureError):
    """An expression is at fault; `column` (1-based) says where.

    `text` names the text that the column counts in, where that is not the one being read: a name
    that `let` gives, a part of a clock.
    """

    def __init__(self, column: int, message: str, hint: str = "", text: str = "") -> None:
        super().__init__(message, hint=hint)
        self.column = column
        self.text = text


@contextmanager
def reading(text: str) -> Iterator[None]:
    """Say of faults met inside that they stand in this text; the innermost has the last word."""
    try:
        yield
    except LanguageError as error:
        error.text = error.text or text
        raise


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text, and the column where it begins."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens; the last one is its end.

    Raises:
        LanguageError: a sign has no meaning, or a text is not closed.
    """
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise LanguageError(
                at + 1,
                f"'{text[at]}' has no meaning here."
                if text[at] not in "'\""
                else "a text is not closed.",
                _INSTEAD.get(text[at], ""),
            )
        if match.lastgroup != "space":
            found.append(Token(str(match.lastgroup), match[0], at + 1))
        at = match.end()
    found.append(Token("end", "", len(text) + 1))
    return found

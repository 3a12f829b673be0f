"""Finds the place of a fault in a file down to a character inside an expression."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfassess.loading.explain import value_at
from selfassess.loading.source import MAX_BYTES, Document, KeyPath, read, read_text

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Pinpoint"]

_BLOCK = "|>"
_QUOTES = "'\""


class Pinpoint:
    """A YAML file, read once more for its places: what came from the cache has none.

    Args:
        file: the file.
        name: what messages call it.
    """

    def __init__(self, file: Path | Traversable, name: str) -> None:
        self._text = ""
        try:
            with file.open("rb") as stream:
                self._text = stream.read(MAX_BYTES).decode("utf-8-sig").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError):
            self.document: Document = read(file, name)
        else:
            self.document = read_text(self._text, name)

    def value(self, path: KeyPath) -> Any:
        """What stands at a path; None where nothing does."""
        return value_at(self.document.data, path)

    def inside(self, path: KeyPath, column: int) -> str | None:
        """Write ``file:line:column`` of a column of the text that stands at a path.

        Args:
            path: where the text begins; it may go on over several lines, quoted or as a block.
            column: 1-based; one past the end is what should have followed.

        Returns:
            None where the file says the text in another way: by an alias, an anchor or an escape.
        """
        found, start = self.value(path), self.document.values.get(path)
        if not isinstance(found, str) or start is None:
            return None
        lines = self._text.split("\n")
        at = sum(len(line) + 1 for line in lines[: start[0] - 1]) + start[1] - 1
        reached = self._walk(at, found, column - 1)
        if reached is None:
            return None
        before = self._text[:reached]
        line = before.count("\n") + 1
        return f"{self.document.name}:{line}:{reached - (before.rfind(chr(10)) + 1) + 1}"

    def _walk(self, at: int, found: str, count: int) -> int | None:
        """The offset of a character of a text; blanks are skipped, for YAML folds them."""
        text, quote = self._text, ""
        if text[at : at + 1] in tuple(_BLOCK):
            at = text.find("\n", at) + 1
        elif text[at : at + 1] in tuple(_QUOTES):
            quote, at = text[at], at + 1
        if at <= 0 and found[:1] != text[:1]:
            return None
        for index, sign in enumerate(found[: count + 1]):
            if sign.isspace():
                continue
            while text[at : at + 1].isspace():
                at += 1
            if text[at : at + 1] != sign:
                return None
            if index == count:
                return at
            at += 2 if sign == quote else 1
        return at

"""A YAML file as text with a map of it, so that a few places can change and no other byte does.

Writing a file anew from its data would lose what people put into it: comments, blank lines, how
texts are folded and quoted. Here a file's events say where each value begins and ends, and edits
are made in the text itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "Edit",
    "Piece",
    "apply",
    "dump",
    "end_of_line",
    "line_end",
    "line_start",
    "quoted",
    "tree",
]

Edit = tuple[int, int, str]
"""Replace the text from one index to another."""

_NULL = re.compile(r"(?:~|null|Null|NULL)?\Z")
# YAML refuses these inside a double-quoted text although JSON leaves them as they are.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_KEEPS = re.compile(r"[|>][0-9]?\+")


@dataclass(slots=True)
class Piece:
    """A value or a key, and where it stands in the text.

    Attributes:
        kind: ``map``, ``list``, ``text`` or ``alias``.
        start, end: from its first character to behind its last that is not blank.
        column: where its first character stands; for a map in block style, where its keys do.
        flow: whether it is a map or list in brackets.
        style: how a text is quoted; None for plain text.
        value: the text; the name of an alias.
    """

    kind: str
    start: int
    end: int
    column: int
    flow: bool = False
    style: str | None = None
    value: str = ""
    anchored: bool = False
    pairs: list[tuple[Piece, Piece]] = field(default_factory=list)
    items: list[Piece] = field(default_factory=list)

    def __bool__(self) -> bool:
        return True

    @property
    def empty(self) -> bool:
        """Whether nothing, or the word null, stands there."""
        return self.kind == "text" and self.style is None and bool(_NULL.match(self.value))

    def pair(self, key: str) -> tuple[Piece, Piece] | None:
        """A key and its value, where this is a map that has it."""
        return next((pair for pair in self.pairs if pair[0].value == key), None)

    def get(self, key: str) -> Piece | None:
        """The value of a key, where this is a map that has it."""
        found = self.pair(key)
        return found[1] if found else None

    def keys(self) -> list[str]:
        """The keys of a map, in order."""
        return [key.value for key, _ in self.pairs]

    def walk(self) -> Iterator[Piece]:
        """This value and every one in it."""
        yield self
        for _, value in self.pairs:
            yield from value.walk()
        for item in self.items:
            yield from item.walk()

    def last(self) -> Piece:
        """The text with which it ends."""
        if self.flow or self.kind in ("text", "alias"):
            return self
        children = [value for _, value in self.pairs] or self.items
        return children[-1].last() if children else self


def tree(text: str) -> Piece:
    """Map a file that was read without a fault before."""
    from ruamel.yaml import YAML

    top = Piece("list", 0, len(text), 0)
    stack: list[Piece] = [top]
    waiting: list[Piece | None] = [None]
    for event in YAML(typ="safe", pure=True).parse(text):
        kind = type(event).__name__
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            done = stack.pop()
            waiting.pop()
            children = [value for _, value in done.pairs] or done.items
            done.end = event.end_mark.index if done.flow else done.start
            if not done.flow and children:
                done.end = children[-1].end
            continue
        if kind not in ("ScalarEvent", "AliasEvent", "MappingStartEvent", "SequenceStartEvent"):
            continue
        parent, key = stack[-1], waiting[-1]
        piece = _piece(event, kind, text)
        if parent.kind == "list":
            parent.items.append(piece)
        elif key is None:
            waiting[-1] = piece
        else:
            if kind == "ScalarEvent" and event.start_mark.index == event.end_mark.index:
                piece.start = piece.end = _behind_colon(text, key.end, piece.start)
            parent.pairs.append((key, piece))
            waiting[-1] = None
        if piece.kind in ("map", "list"):
            stack.append(piece)
            waiting.append(None)
    return top.items[0]


def _piece(event: Any, kind: str, text: str) -> Piece:
    start, end = event.start_mark.index, event.end_mark.index
    column = event.start_mark.column
    anchored = bool(getattr(event, "anchor", None)) and kind != "AliasEvent"
    if kind == "AliasEvent":
        return Piece("alias", start, end, column, value=event.anchor)
    if kind == "ScalarEvent":
        end = start + len(text[start:end].rstrip())
        style = event.style or None
        return Piece("text", start, end, column, False, style, event.value, anchored)
    sort = "map" if kind == "MappingStartEvent" else "list"
    return Piece(sort, start, end, column, bool(event.flow_style), anchored=anchored)


def _behind_colon(text: str, start: int, end: int) -> int:
    """Where a value that is not there would begin: behind its key's colon, if there is one."""
    found = re.compile(r"\s*:").match(text, start, max(end, start))
    return found.end() if found else start


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Make edits; those at the same place in the order given. They may not overlap."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def line_start(text: str, index: int) -> int:
    """Where the line of a character begins."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """Where the next line begins."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def end_of_line(text: str, piece: Piece) -> int:
    """Where the line behind a value begins; blank lines that belong to a text are part of it."""
    last = piece.last()
    end = line_end(text, last.end)
    if last.style in ("|", ">") and _KEEPS.match(text, last.start):
        while end < len(text) and not text[end : line_end(text, end)].strip():
            end = line_end(text, end)
    return end


def quoted(text: str) -> str:
    """A text between double quotes, whatever characters it holds."""
    escaped = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", escaped)


def dump(data: Any) -> str:
    """Data on one line, in brackets and quotes."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{quoted(k)}: {dump(v)}" for k, v in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(dump(item) for item in data) + "]"
    return quoted(data) if isinstance(data, str) else json.dumps(data)

"""Writes texts into ``self-evaluation.yaml`` in the places of others; no comment is lost."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from typing import Any

from selfassess.claims.edited_data import change_data, without_empty
from selfassess.claims.placing import Item, Text
from selfassess.errors import EvidenceError
from selfassess.loading.source import read_text
from selfassess.loading.unfold import unfold, without_aliases
from selfassess.loading.yaml_text import (
    Edit,
    Piece,
    apply,
    end_of_line,
    line_end,
    line_start,
    quoted,
    tree,
)
from selfassess.loading.yaml_write import claim_lines, name, text_value
from selfassess.model.framework import Framework

__all__ = ["edited"]

_WIDE = 96
_COMMENT_BEHIND = re.compile(r"[ \t]+#[^\r\n]*")
_HEADER_COMMENT = re.compile(r"[|>][^\s#]*([ \t]+#[^\r\n]*)")
_CALM = frozenset("&*!|>%@`\"'#-?:,[]{}~ ")


def edited(text: str, changes: Sequence[Text | Item], framework: Framework) -> str:
    """The file with every change made.

    Args:
        text: the file, read without a fault.
        changes: in order; items of one list that go come before those that are new, the last first.
        framework: for the titles above claims that are new in the file.

    Raises:
        EvidenceError: the file could not be changed without changing something else.
    """
    data = read_text(text).data
    wanted = copy.deepcopy(data)
    for change in changes:
        change_data(wanted, change)
    if not changes:
        return text
    if _shares(tree(text), {change.node for change in changes}):
        text = without_aliases(text, data)
    for calm in (True, False):
        new = text
        for change in changes:
            new = _Editing(new, framework, change, calm=calm).result()
        found = read_text(new)
        if not found.problems and without_empty(found.data) == without_empty(wanted):
            return new
    raise EvidenceError(
        "self-evaluation.yaml is written in a way that the form's texts do not fit into, so "
        "nothing was changed.",
        hint="Copy the texts by hand, or write each claim on lines of its own.",
    )


def _shares(root: Piece, nodes: set[str]) -> bool:
    """Whether a claim that changes has a part in common with another, by an anchor and an alias."""
    judgements = root.get("judgements")
    if judgements is None:
        return False
    touched = [value for key, value in judgements.pairs if key.value in nodes]
    pieces = [piece for value in touched for piece in value.walk()]
    return judgements.kind == "alias" or any(
        piece.kind == "alias" or piece.anchored for piece in pieces
    )


class _Editing:
    """One change of the file's text; not `calm`, every text stands in quotes."""

    def __init__(
        self, text: str, framework: Framework, change: Text | Item, *, calm: bool = True
    ) -> None:
        self.calm = calm
        self.eol = "\r\n" if "\r\n" in text else "\n"
        self.change = change
        self.framework = framework
        self.text = unfold(text, self._touched, self.eol)

    def result(self) -> str:
        """The text with the change made."""
        root = tree(self.text)
        judgements = root.get("judgements")
        claim = judgements.pair(self.change.node) if judgements is not None else None
        if claim is None or not claim[1].pairs:
            return self._new_claim(root, judgements, claim)
        holder = claim[1]
        if isinstance(self.change, Item):
            return self._item(holder, self.change)
        field = self.change.field
        if field.startswith("answers."):
            field = field.removeprefix("answers.")
            answers = holder.get("answers")
            if answers is None or not answers.pairs:
                space = " " * holder.column
                line = f"{space}  {name(field)}: {self._value(self.change.text, holder.column + 2)}"
                return self._key(holder, "answers", answers, [line])
            holder = answers
        there = holder.get(field)
        if there is not None:
            return apply(self.text, [self._replaced(there, self.change.text, holder.column)])
        value = self._value(self.change.text, holder.column)
        return self._added(holder, f"{' ' * holder.column}{name(field)}: {value}")

    def _touched(self, root: Piece) -> Iterator[Piece | None]:
        """Maps and lists that must not stand in brackets."""
        yield root
        judgements = root.get("judgements")
        yield judgements
        claim = judgements.get(self.change.node) if judgements is not None else None
        yield claim
        if claim is None:
            return
        if isinstance(self.change, Item):
            yield claim.get(self.change.field)
        elif self.change.field.startswith("answers."):
            yield claim.get("answers")

    def _new_claim(
        self, root: Piece, judgements: Piece | None, claim: tuple[Piece, Piece] | None
    ) -> str:
        """A claim for a node of which the file says nothing."""
        change = self.change
        said: dict[str, Any] = {}
        if isinstance(change, Item):
            said[change.field] = [change.text]
        elif change.field.startswith("answers."):
            said["answers"] = {change.field.removeprefix("answers."): change.text}
        else:
            said[change.field] = change.text
        title = self.framework.node(change.node).title
        if claim is not None:
            column = claim[0].column
            lines = claim_lines(change.node, title, said, column, self.eol)[2:]
            return self._filled(claim[0], claim[1], lines)
        if judgements is not None and judgements.pairs:
            column = judgements.pairs[0][0].column
            last = max((value for _, value in judgements.pairs), key=lambda piece: piece.end)
            key = judgements.pairs[-1][0]
            at = (
                end_of_line(self.text, last) if last.end > key.end else line_end(self.text, key.end)
            )
            return self._lines_at(at, claim_lines(change.node, title, said, column, self.eol))
        lines = claim_lines(change.node, title, said, root.column + 2, self.eol)
        pair = root.pair("judgements")
        if pair is not None:
            return self._filled(pair[0], pair[1], lines)
        at = end_of_line(self.text, root)
        return self._lines_at(at, [f"{' ' * root.column}judgements:", *lines])

    def _key(self, holder: Piece, key: str, there: Piece | None, lines: list[str]) -> str:
        """Lines behind a key that has nothing, or that is not there yet."""
        pair = holder.pair(key)
        if pair is not None and there is not None:
            return self._filled(pair[0], there, lines)
        return self._added(holder, f"{' ' * holder.column}{key}:", *lines)

    def _filled(self, key: Piece, value: Piece, lines: Sequence[str]) -> str:
        """Lines in place of nothing, or of empty brackets, behind a key."""
        edits: list[Edit] = []
        if value.end > value.start:
            start = value.start
            while self.text[start - 1] in " \t":
                start -= 1
            edits.append((start, value.end, ""))
        at = line_end(self.text, max(key.end, value.end))
        return apply(self.text, [*edits, self._edit(at, lines)])

    def _added(self, holder: Piece, *lines: str) -> str:
        """Lines behind the last one of a map or list."""
        last = holder.pairs[-1] if holder.pairs else None
        value = last[1] if last else holder.items[-1]
        key_end = last[0].end if last else value.start
        at = end_of_line(self.text, value) if value.end > key_end else line_end(self.text, key_end)
        return self._lines_at(at, lines)

    def _lines_at(self, at: int, lines: Sequence[str]) -> str:
        return apply(self.text, [self._edit(at, lines)])

    def _edit(self, at: int, lines: Sequence[str]) -> Edit:
        start = self.eol if at and self.text[at - 1] != "\n" else ""
        return at, at, start + "".join(line + self.eol for line in lines)

    def _item(self, claim: Piece, change: Item) -> str:
        listed = claim.get(change.field)
        if listed is None or not listed.items:
            line = f"{' ' * (claim.column + 2)}- {self._value(change.text or '', claim.column + 2)}"
            return self._key(claim, change.field, listed, [line])
        if change.index is None:
            dash = listed.column
            return self._added(listed, f"{' ' * dash}- {self._value(change.text or '', dash)}")
        item = listed.items[change.index]
        if change.text is None:
            return self._without(claim, listed, item)
        inner = item.get("text") if item.kind == "map" else item
        if inner is None:
            return self.text
        column = item.column if item.kind == "map" else listed.column
        if item.flow:
            return apply(self.text, [(inner.start, inner.end, quoted(change.text))])
        return apply(self.text, [self._replaced(inner, change.text, column)])

    def _without(self, claim: Piece, listed: Piece, item: Piece) -> str:
        """A list without an item; comments on its lines stay, on lines of their own."""
        end = end_of_line(self.text, item)
        space = " " * listed.column
        kept = "".join(f"{space}{each}{self.eol}" for each in self._comments(item, end))
        pair = claim.pair(self.change.field)
        if len(listed.items) > 1 or pair is None:
            return apply(self.text, [(line_start(self.text, item.start), end, kept)])
        above = line_start(self.text, item.start)
        edits: list[Edit] = [(pair[0].end + 1, pair[0].end + 1, " []"), (above, end, kept)]
        return apply(self.text, edits)

    def _comments(self, item: Piece, end: int) -> list[str]:
        """Comments behind the parts of an item, and those between them."""
        found: list[tuple[int, str]] = []
        inside: list[tuple[int, int]] = []
        for piece in item.walk():
            if piece.kind != "text":
                continue
            inside.append((line_end(self.text, piece.start), piece.end))
            header = _HEADER_COMMENT.match(self.text, piece.start)
            if header and piece.style in ("|", ">"):
                found.append((header.start(1), header[1].strip()))
            elif behind := _COMMENT_BEHIND.match(self.text, piece.end):
                found.append((behind.start(), behind[0].strip()))
        at = line_start(self.text, item.start)
        while at < end:
            line = self.text[at : line_end(self.text, at)].strip()
            if line.startswith("#") and not any(a <= at < b for a, b in inside):
                found.append((at, line))
            at = line_end(self.text, at)
        return [each for _, each in sorted(found)]

    def _replaced(self, piece: Piece, new: str, column: int) -> Edit:
        """A text in the place of one; a comment on its first line stays there."""
        end = piece.end
        if piece.style in ("|", ">"):
            end = len(self.text[: end_of_line(self.text, piece)].rstrip("\r\n"))
            found = _HEADER_COMMENT.match(self.text, piece.start)
            comment = found[1] if found else ""
        else:
            behind = _COMMENT_BEHIND.match(self.text, piece.end)
            comment = behind[0] if behind else ""
            end += len(comment)
        space = "" if self.text[piece.start - 1] in " \t" else " "
        first, *rest = self._value(new, column).split(self.eol)
        return piece.start, end, space + self.eol.join([first + comment, *rest])

    def _value(self, text: str, column: int) -> str:
        """A text behind a key or dash in a column: short ones plain or quoted, long ones folded."""
        if not self.calm:
            return quoted(text)
        one_line = "\n" not in text and text == " ".join(text.split()) and text.isprintable()
        if one_line and len(text) > _WIDE - column and text[0] not in " \t":
            return self.eol.join([">-", *_folded(text, column + 2)])
        plain = one_line and text and text[0] not in _CALM and text[0].isalpha()
        if plain and ": " not in text and " #" not in text and not text.endswith(":"):
            return text if len(text.split()) > 1 else quoted(text)
        return text_value(text, column, self.eol)


def _folded(text: str, column: int) -> list[str]:
    """A text in lines that are read as one."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and column + len(line) + 1 + len(word) > _WIDE:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [" " * column + each for each in (*lines, line)]

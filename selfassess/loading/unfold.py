"""Opens brackets: turns maps and lists of a YAML text from flow style into lines of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from selfassess.loading.yaml_text import Edit, Piece, apply, dump, tree

__all__ = ["shifted", "unfold", "without_aliases"]

_ANCHOR = re.compile(r"&[^\s,\[\]{}]+[ \t]*")
_COMMENT = re.compile(r"#[^\r\n]*")


def unfold(text: str, wanted: Callable[[Piece], Iterable[Piece | None]], eol: str) -> str:
    """Open every bracket that `wanted` names, outermost first.

    Args:
        text: the file.
        wanted: names, from the file's map, maps and lists that have to stand on lines of their own;
            it may name ones that do so already, or None.
        eol: how lines end.
    """
    while True:
        root = tree(text)
        flow = [piece for piece in wanted(root) if piece is not None and piece.flow]
        outer = [
            piece
            for piece in flow
            if not any(
                o is not piece and o.start <= piece.start and piece.end <= o.end for o in flow
            )
        ]
        if not outer:
            return text
        text = apply(text, [_opened(text, piece, root, eol) for piece in outer])


def shifted(text: str, by: int) -> str:
    """Text whose lines but the first stand further to the right; blank ones stay as they are."""
    first, *rest = text.splitlines(keepends=True) or [""]
    return first + "".join(" " * by + line if line.strip() else line for line in rest)


def without_aliases(text: str, data: Any) -> str:
    """Write aliases out where they stand, and take the anchors away.

    Args:
        text: the file.
        data: what it says, aliases followed.
    """
    root = tree(text)
    if not any(piece.kind == "alias" for piece in root.walk()):
        return text
    edits: list[Edit] = []
    _write_out(text, root, data, edits)
    return apply(text, edits)


def _write_out(text: str, piece: Piece, data: Any, edits: list[Edit]) -> None:
    if piece.kind == "alias":
        edits.append((piece.start, piece.end, dump(data)))
        return
    if piece.anchored:
        found = _ANCHOR.match(text, piece.start)
        if found is not None:
            edits.append((found.start(), found.end(), ""))
    for key, value in piece.pairs:
        if key.anchored and (found := _ANCHOR.match(text, key.start)) is not None:
            edits.append((found.start(), found.end(), ""))
        _write_out(text, value, data[key.value], edits)
    for index, item in enumerate(piece.items):
        _write_out(text, item, data[index], edits)


def _opened(text: str, piece: Piece, root: Piece, eol: str) -> Edit:
    """A map or list in brackets, on lines of its own; comments between its entries stay there."""
    column = 0 if piece is root else _column_of_key(piece, root) + 2
    space = " " * column
    lines: list[str] = []
    at = piece.start + 1
    entries: list[tuple[Piece | None, Piece]] = [(None, item) for item in piece.items]
    entries = entries or [(key, value) for key, value in piece.pairs]
    for key, value in entries:
        begin = (key or value).start
        gap = text[at:begin] + (text[key.end : value.start] if key else "")
        lines += [space + comment for comment in _COMMENT.findall(gap)]
        name = f"{text[key.start : key.end]}:" if key else "-"
        content = shifted(text[value.start : value.end], column + 2)
        lines.append(f"{space}{name} {content}".rstrip())
        at = value.end
    lines += [space + comment for comment in _COMMENT.findall(text[at : piece.end - 1])]
    if piece is root:
        return piece.start, piece.end, eol.join(lines)
    start = piece.start
    while start and text[start - 1] in " \t":
        start -= 1
    return start, piece.end, "".join(eol + line for line in lines)


def _holds(one: Piece, other: Piece) -> bool:
    return one.start <= other.start and other.end <= one.end


def _column_of_key(piece: Piece, holder: Piece) -> int:
    for key, value in holder.pairs:
        if value is piece:
            return key.column
        if _holds(value, piece):
            return _column_of_key(piece, value)
    for item in holder.items:
        if _holds(item, piece):
            return _column_of_key(piece, item)
    return holder.column

"""Where the parts of a self-evaluation begin and end in its text, their comments included."""

from __future__ import annotations

import re

from selfassess.loading.carry_plan import Archived
from selfassess.loading.unfold import shifted
from selfassess.loading.yaml_text import Piece, end_of_line, line_end, line_start, quoted
from selfassess.loading.yaml_write import name

__all__ = [
    "Written",
    "archive_entry",
    "comments_above",
    "document_end",
    "keeps_blank_lines",
    "owned_end",
]

Written = tuple[str, str, int]
"""A claim as it stood: the comments above it, its text from its key on, its column."""


def comments_above(text: str, key: Piece, *, first: bool) -> int:
    """Where comments begin that stand directly above a key and are in line with it."""
    start = line_start(text, key.start)
    while start:
        above = line_start(text, start - 1)
        line = text[above:start]
        if not line.lstrip(" ").startswith("#") or line.index("#") != key.column:
            break
        start = above
    # A comment above the first claim may speak of all of them; it stays.
    return line_start(text, key.start) if first else start


def owned_end(text: str, column: int, value: Piece) -> int:
    """Where an entry ends: with its last comment that is indented more than itself."""
    end = end_of_line(text, value)
    at = end
    while at < len(text):
        following = line_end(text, at)
        line = text[at:following]
        if line.strip():
            if not line.lstrip(" \t").startswith("#") or line.index("#") <= column:
                break
            end = following
        at = following
    return end


def document_end(text: str, root: Piece) -> int:
    """The end of the file, or of its document where a line says so."""
    after = end_of_line(text, root)
    found = re.compile(r"^\.\.\.\s*$", re.MULTILINE).search(text, after)
    return found.start() if found else len(text)


def keeps_blank_lines(text: str, root: Piece) -> bool:
    """Whether a blank line could become part of a text: some text keeps those behind it."""
    return any(
        piece.style in ("|", ">") and "+" in text[piece.start : piece.start + 3]
        for piece in root.walk()
    )


def archive_entry(item: Archived, said: Written, dash: int, eol: str) -> str:
    """An item of the archive, with the claim as it was written.

    Args:
        item: what is archived.
        said: the claim's text.
        dash: the column of the item's dash.
        eol: how lines end.
    """
    above, written, column = said
    lines = [" " * dash + line.strip() for line in above.splitlines()]
    head = [
        f"{word}: {name(words) if word != 'why' else quoted(words)}"
        for word, words in item.head().items()
    ]
    lines += [" " * dash + "- " + head[0], *(" " * (dash + 2) + each for each in head[1:])]
    start = "".join(line + eol for line in lines)
    inner = dash + 2
    if item.question is None:
        body = " " * inner + "claim" + shifted(written, max(0, inner - column))
    else:
        by = max(0, inner + 4 - column)
        body = f"{' ' * inner}claim:{eol}{' ' * (inner + 2)}answers:{eol}"
        body += " " * (column + by) + shifted(written, by)
    return start + body + ("" if body.endswith("\n") else eol)

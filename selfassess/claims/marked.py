"""Lines of a YAML file that we wrote and may take away again: comments that begin with ``#:``."""

from __future__ import annotations

import re

from selfassess.loading.yaml_text import Piece, line_end, line_start, tree

__all__ = ["MARK", "without_marked"]

MARK = "#:"
"""Begins a comment line that the tool owns. People's own comments begin otherwise."""
_MARKED = re.compile(r"[ \t]*#:(?:[ \t].*)?\Z")


def without_marked(text: str) -> str:
    """A file's text without our lines; every other byte stays.

    A line that looks like ours inside a text that somebody wrote is no comment, and stays.
    """
    if MARK not in text:
        return text
    inside = _inside_texts(text)
    kept: list[str] = []
    at = 0
    while at < len(text):
        end = line_end(text, at)
        line = text[at:end]
        if at not in inside and _MARKED.match(line.rstrip("\r\n")):
            if end == len(text) and not line.endswith("\n") and kept:
                kept[-1] = kept[-1].removesuffix("\n").removesuffix("\r")
        else:
            kept.append(line)
        at = end
    return "".join(kept)


def _inside_texts(text: str) -> set[int]:
    """Where those lines begin that continue a text of several lines."""
    found: set[int] = set()
    for piece in _texts(tree(text)):
        at = line_end(text, piece.start)
        while at <= line_start(text, max(piece.start, piece.end - 1)) and at < len(text):
            found.add(at)
            at = line_end(text, at)
    return found


def _texts(piece: Piece) -> list[Piece]:
    found = []
    for each in piece.walk():
        if each.kind == "text":
            found.append(each)
        found += [key for key, _ in each.pairs]
    return found

"""Writes new lines of YAML: names, texts, lists and whole claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from selfassess.loading.yaml_text import dump, quoted

__all__ = ["claim_lines", "list_lines", "name", "text_value"]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*(?:@[A-Za-z0-9.-]+)?\Z")
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[a-z]+)?\Z")
_RESERVED = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_NOT_IN_BLOCKS = re.compile(
    "[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def name(text: str, style: str | None = None) -> str:
    """A short text, quoted in the style given if it can be, and plain where that is safe."""
    simple = _PLAIN.match(text) or _DATED.match(text)
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if style is None and simple and text.casefold() not in _RESERVED:
        return text
    return quoted(text)


def text_value(text: str, column: int, eol: str) -> str:
    """A text behind a key that stands in `column`: in quotes, or in lines of its own."""
    lines = text.split("\n")
    hard = (
        "\n" not in text.rstrip("\n")
        or text.endswith("\n\n")
        or _NOT_IN_BLOCKS.search(text)
        or not lines[0].strip()
        or any(line != line.rstrip() or line.startswith("\t") for line in lines)
        or lines[0].startswith(" ")
    )
    if hard:
        return quoted(text)
    space = " " * (column + 2)
    ending = "" if text.endswith("\n") else "-"
    body = [space + line if line else "" for line in text.removesuffix("\n").split("\n")]
    return eol.join([f"|{ending}", *body])


def list_lines(items: Iterable[Any], column: int) -> list[str]:
    """A list, an item a line."""
    return [f"{' ' * column}- {dump(item)}" for item in items]


def claim_lines(
    node: str, title: str, claim: Mapping[str, Any], column: int, eol: str
) -> list[str]:
    """A claim that is new in the file, below a comment that names its node."""
    space, inner = " " * column, column + 2
    lines = [f"{space}# {' '.join(title.split())}", f"{space}{name(node)}:"]
    for key, value in claim.items():
        start = f"{' ' * inner}{key}:"
        if isinstance(value, Mapping):
            lines.append(start)
            lines += [
                f"{' ' * (inner + 2)}{name(question)}: {text_value(text, inner + 2, eol)}"
                for question, text in value.items()
            ]
        elif isinstance(value, list):
            lines += [start, *list_lines(value, inner + 2)]
        elif isinstance(value, bool):
            lines.append(f"{start} {str(value).lower()}")
        elif value is None:
            lines.append(start)
        else:
            lines.append(f"{start} {text_value(value, inner, eol)}")
    return lines

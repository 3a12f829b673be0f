"""Small pieces of YAML and Markdown that are safe whatever the words in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from textwrap import wrap

from selfassess.loading.yaml_text import quoted

__all__ = ["comment", "key", "markdown_table"]

_PLAIN = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
_RESERVED = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))


def key(text: str) -> str:
    """The text as a YAML key: bare where it is a plain name, else between quotes."""
    return text if _PLAIN.fullmatch(text) and text not in _RESERVED else quoted(text)


def comment(text: str, *, indent: int = 0, width: int = 100) -> str:
    """The text as comment lines: ``# `` and words, wrapped."""
    start = " " * indent + "# "
    return "\n".join(
        wrap(" ".join(text.split()), width=width, initial_indent=start, subsequent_indent=start)
    )


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; bars and line ends in cells cannot break it."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")

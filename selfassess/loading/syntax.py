"""Says in plain words why a file is not valid YAML."""

from __future__ import annotations

from typing import Any

from selfassess.errors import Problem

__all__ = ["syntax_problem"]

_REMEDIES = (
    (
        "mapping values are not allowed",
        "a colon stands where it cannot: the line is indented wrongly, or the text holds ': '.",
        "Line the key up with its neighbours, or put the text in quotes.",
    ),
    (
        "expected <block end>",
        "the indentation does not fit the lines above.",
        "Line the key or the '-' up with its neighbours.",
    ),
    (
        "could not find expected ':'",
        "a key without a colon, or text whose next line is indented too little.",
        "Write 'key: value', or indent the text's second line.",
    ),
    (
        "expected ',' or",
        "this bracket is not closed, or a comma is missing between two of its entries.",
        "Close the bracket, or add the comma.",
    ),
    (
        "expected the node content",
        "a value is missing here, between brackets or commas.",
        "Remove the surplus comma, or add the value.",
    ),
    (
        "unexpected end of stream",
        "the quotes that open here are not closed.",
        "Close the quotes.",
    ),
    (
        "while scanning an alias",
        "a '*' begins a name that is not an alias.",
        "Put the text in quotes.",
    ),
)


_OPENED = ("quoted scalar", "flow sequence", "flow mapping")
"""What ruamel.yaml says of something that is not closed; the place meant is where it was opened."""


def syntax_problem(error: Any, text: str, name: str) -> Problem:
    """Say in plain words what ruamel.yaml found."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = str(getattr(error, "context", "") or "")
    if any(sign in context for sign in _OPENED) and getattr(error, "context_mark", None):
        mark = error.context_mark
    said = " ".join(
        str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", "")) if part
    )
    if mark is None:
        position = getattr(error, "position", 0) or 0
        line = text.count("\n", 0, position) + 1
        column = position - (text.rfind("\n", 0, position) + 1) + 1
        return Problem(
            f"{name}:{line}:{column}",
            "a control character stands here that text files may not hold.",
            "Delete the character, or type the line again.",
        )
    where = f"{name}:{mark.line + 1}:{mark.column + 1}"
    lines = text.splitlines()
    current = lines[mark.line] if mark.line < len(lines) else ""
    indentation = current[: len(current) - len(current.lstrip())]
    if "\t" in indentation or current[mark.column :].startswith("\t"):
        return Problem(
            where, "a tab is used for indentation.", "Use spaces: two for each level, never tabs."
        )
    for sign, message, hint in _REMEDIES:
        if sign in said:
            return Problem(where, message, hint)
    return Problem(
        where, f"this is not valid YAML ({said}).", "Check quotes, brackets and indentation here."
    )

"""What an id may look like, and what the names must be that the measure language speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from selfassess.errors import Problem

__all__ = ["id_problems", "is_id", "name_problems"]

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\Z")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*\Z")
_WORDS = frozenset({"and", "or", "not", "in", "yes", "no", "as_at", "row", "each"})
"""Words of the measure language."""
_OWN_COLUMNS = frozenset({"row_id", "source_sheet", "source_row", "unknown_cells"})
_OWN_TABLES = frozenset({"calendar"})
LONGEST = 120
"""The most signs of an id."""
_SIGNS = "letters, digits, '-', '.', '_' only"


def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return _ID.match(text) is not None


def id_problems(kind: str, text: str, where: str) -> Iterator[Problem]:
    """Nothing, or that a text cannot be the id of a thing of this kind."""
    if len(text) > LONGEST:
        said = f"the id '{_short(text)}' of a {kind} is {len(text)} signs long."
        yield Problem(
            where, said, f"Keep to {LONGEST}: ids stand in outputs and on the command line."
        )
    elif not is_id(text):
        yield Problem(where, f"'{_short(text)}' cannot be the id of a {kind}: {_SIGNS}.", _so(text))


def name_problems(
    kind: str, text: str, where: str, *, before: Collection[str] = ()
) -> Iterator[Problem]:
    """Nothing, or why expressions could not speak of a table or a column of this name.

    Args:
        kind: ``table``, ``view`` or ``column``.
        text: the name.
        where: its place.
        before: names of other things of the kind, which may not differ by case alone.
    """
    if _NAME.match(text) is None:
        yield Problem(
            where,
            f"'{_short(text)}' cannot be the name of a {kind}: a letter first, then letters, "
            "digits and '_'.",
            _so(text, "_"),
        )
    elif text.casefold() in _WORDS:
        yield Problem(
            where,
            f"'{text}' cannot be the name of a {kind}: it is a word of the measure language.",
            f"Give it another name, such as '{text}_given'.",
        )
    elif text in (_OWN_COLUMNS if kind == "column" else _OWN_TABLES) or "__" in text:
        yield Problem(
            where,
            f"'{text}' cannot be the name of a {kind}: the toolkit keeps such names to itself.",
            "Give it another name.",
        )
    else:
        for other in before:
            if other != text and other.casefold() == text.casefold():
                yield Problem(
                    where,
                    f"'{text}' and '{other}' differ by case alone, which an engine cannot tell.",
                    "Give one of the two another name.",
                )


def _so(text: str, joint: str = "-") -> str:
    """The next step: the text made into a name, where something is left of it."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    made = joint.join(words)[:40].rstrip(joint)
    if joint == "_":
        made = made.lstrip("0123456789_")
    return f"Write '{made}'." if made else "Write it in plain letters and digits."


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"

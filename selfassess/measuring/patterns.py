"""Whether a text fits one of a list's patterns, as SQL; a star stands for anything."""

from __future__ import annotations

from collections.abc import Sequence

from selfassess.evidence.cells import literal

__all__ = ["fits"]


def fits(text: str, patterns: Sequence[str]) -> str:
    """Whether a text fits one of the patterns; those without a star stand in a list together."""
    clean = [" ".join(pattern.lower().split()) for pattern in patterns]
    words = ", ".join(literal(each) for each in clean if "*" not in each)
    tests = [_like(text, each) for each in clean if "*" in each]
    return " OR ".join([*tests, *([f"{text} IN ({words})"] if words else [])])


def _like(text: str, pattern: str) -> str:
    escaped = pattern.replace("!", "!!").replace("%", "!%").replace("_", "!_").replace("*", "%")
    # Where no other is named, some engines take a backslash for the sign that escapes.
    tail = " ESCAPE '!'" if "!" in escaped or "\\" in escaped else ""
    return f"{text} LIKE {literal(escaped)}{tail}"

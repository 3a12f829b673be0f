"""Marks in a sheet's XML, found by a letter that hardly stands there but in them.

Between the tags of a list there are capitals, numbers and few small letters. A single letter is
looked for thirty times faster than a mark that begins with a sign of which the file is full.
"""

from __future__ import annotations

__all__ = ["places_of"]

_MANY = 500
"""In a piece of a megabyte; with more, looking for the mark itself is cheaper."""


def places_of(letter: bytes, text: bytes) -> list[int] | None:
    """Where a letter stands in a text; None where it stands in many places."""
    found: list[int] = []
    at = text.find(letter)
    while at >= 0:
        if len(found) == _MANY:
            return None
        found.append(at)
        at = text.find(letter, at + 1)
    return found

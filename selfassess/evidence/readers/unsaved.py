"""Formulas without a result: a program wrote them, and no spreadsheet has reckoned them since.

The library underneath gives such cells as nothing, as if they were blank. A formula whose result is
an empty text is blank indeed, and carries the mark of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selfassess.evidence.readers.letters import places_of

__all__ = ["Unsaved"]

_LONGEST_CELL = 65_536
_ENDING = re.compile(rb"(?:</f>|<f\b[^<>]*/>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>")
_CELL = re.compile(rb"<c\b([^>]*)>")
_TEXT = re.compile(rb"\bt\s*=\s*[\"'](?:str|s|inlineStr)[\"']")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3}[0-9]{1,7})[\"']")


class Unsaved:
    """Looks through a sheet's XML, piece by piece.

    Attributes:
        places: where such cells stand, as the sheet says it (``G12``); a cell that does not say
            where it stands is not told of.
    """

    def __init__(self) -> None:
        self.places: set[str] = set()
        self._tail = b""

    def take(self, piece: bytes) -> None:
        """Look at the next piece."""
        # Few sheets hold a formula at all.
        if _has_formula(piece) or b"<f" in self._tail + piece[:1]:
            text = self._tail + piece
            for ending in _endings(text):
                cell = _CELL.match(text, text.rfind(b"<c", 0, ending))
                place = _PLACE.search(cell[1]) if cell and not _TEXT.search(cell[1]) else None
                if place:
                    self.places.add(place[1].decode())
        # A cell that the end of a piece cuts in two is looked at again with the next one.
        start = piece.rfind(b"<c")
        tail = piece[start:] if start >= 0 else self._tail + piece
        self._tail = tail[-_LONGEST_CELL:]


def _has_formula(text: bytes) -> bool:
    places = places_of(b"f", text)
    if places is None:
        return b"<f" in text
    return any(text.startswith(b"<f", at - 1) for at in places if at)


def _endings(text: bytes) -> Iterator[int]:
    """Where formulas end that nothing follows in their cell."""
    places = places_of(b"f", text)
    if places is None:
        yield from (found.start() for found in _ENDING.finditer(text))
        return
    for at in places:
        start = text.rfind(b"<", max(at - 2, 0), at)
        if start >= 0 and _ENDING.match(text, start):
            yield start

"""Which code of a set a written value means: ``b) Female``, ``Female`` and ``F`` are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from selfassess.model.evidence import Code

__all__ = ["code_finder"]

_LETTER = re.compile(r"^\(?[a-z]{1,2}\d?\)\s*", re.IGNORECASE)
_LOOSE_LETTER = re.compile(r"^[a-z]{1,2}\s*[.:–—-]\s+", re.IGNORECASE)
_BREAK = re.compile(r"\s*(?::|;|=|\s[-–—]|[-–—]\s)\s*")
_QUOTES = str.maketrans("", "", "'\"`´‘’‚‛“”„‟")


def _plain(text: str) -> str:
    """Case, spaces, quotes and punctuation do not count."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return re.sub(r"[\W_]+", " ", folded).strip()


def code_finder(codes: Sequence[Code]) -> Callable[[str], str | None]:
    """Make a function that says which code a written value means, or None.

    Tried in order: the value without a letter prefix as a whole, against ids, titles and other
    spellings; then what stands before a colon or dash (``N1 - Abuse or neglect``), and the first
    word (``N1 Abuse``), against ids and short spellings. A spelling that two codes share names
    none.
    """
    whole: dict[str, str | None] = {}
    short: dict[str, str] = {}
    for code in codes:
        for spelling in {_plain(text) for text in (code.id, code.title, *code.also)}:
            known = whole.setdefault(spelling, code.id)
            if known != code.id:
                whole[spelling] = None
            if len(spelling) <= 4:
                short[spelling] = code.id
    # An id always means itself, whatever else is spelt like it.
    for code in codes:
        whole[_plain(code.id)] = code.id
        if len(_plain(code.id)) <= 4:
            short[_plain(code.id)] = code.id

    def find(text: str) -> str | None:
        # A lone letter with a bracket is no prefix of anything: it stays as it is.
        bare = _LETTER.sub("", text) or text
        for candidate in (bare, re.sub(r"^(\d+)\.0+$", r"\1", bare), text):
            if found := whole.get(_plain(candidate)):
                return found
        head, *tail = _BREAK.split(bare, maxsplit=1)
        named = short.get(_plain(head))
        if tail and len(head) <= 3 and (named is None or _plain(named) != _plain(head)):
            # "3 - Good": a number or short spelling gives way to the word that stands beside it.
            named = whole.get(_plain(tail[0])) or named
        if named:
            return named
        first = _plain(bare).split(" ", 1)[0]
        if any(letter.isdigit() for letter in first) and (found := short.get(first)):
            return found
        loose = _LOOSE_LETTER.sub("", bare)
        return whole.get(_plain(loose)) if loose != bare else None

    return find

"""Tells an editorial change of wording from a substantive one, by a rule that a person can follow.

Two texts say the same where they hold the same words in the same order, with case, punctuation,
spacing and the articles *a*, *an* and *the* put aside. Signs that carry meaning (``%``, ``<``,
``>``, ``+``, ``=``, ``£``) count as words. Anything else is substantive, unless the migration file
of an edition declares it editorial.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["same_words", "words"]

_WORD = re.compile(r"[^\W_]+|[%<>+=£]")
_APOSTROPHE = re.compile("(?<=\\w)['\u2019](?=\\w)")
_ARTICLES = frozenset(("a", "an", "the"))


def words(text: str) -> tuple[str, ...]:
    """The words that count in a comparison, in order."""
    plain = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text).casefold())
    return tuple(word for word in _WORD.findall(plain) if word not in _ARTICLES)


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ editorially at most."""
    return words(one) == words(other)

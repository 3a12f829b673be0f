"""Texts as sentences, clauses and words. Everything here takes time in proportion to the text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["Finder", "Hit", "clause", "fingerprint", "flat", "sentences", "stems", "word_count"]

_MARKS = re.compile(r"[*_`#>]+|!?\[|\]\([^)\s]{0,500}\)")
_SPACE = re.compile(r"\s+")
_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=\S)|\n\s*\n|\n\s*(?:[-*+]|\d+[.)])\s+")
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_BREAK = re.compile(
    r"[,;:()–—]|(?<!\w)(?:but|though|although|while|whilst|whereas|however|and yet)(?!\w)"
)
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ors",
    "ers",
    "ies",
    "ied",
    "ion",
    "ely",
    "ed",
    "er",
    "or",
    "es",
    "ly",
    "e",
    "s",
    "y",
)
_SHORTEST = 4
_LONGEST_SENTENCE = 2_000
_LONGEST_TEXT = 100_000


def flat(text: str) -> str:
    """A text without the marks of Markdown, straight apostrophes, small letters, single spaces."""
    plain = _MARKS.sub(" ", text).replace("’", "'").replace("‘", "'")
    return _SPACE.sub(" ", plain).strip().casefold()


def sentences(text: str) -> list[tuple[str, str]]:
    """The sentences of a text, each as it is written and `flat`.

    A text longer than any answer is cut off, and so is a sentence without an end.
    """
    parts = (_SPACE.sub(" ", part or "").strip() for part in _END.split(text[:_LONGEST_TEXT]))
    found = (part[:_LONGEST_SENTENCE] for part in parts)
    return [(part, flat(part)) for part in found if part]


def word_count(text: str) -> int:
    """How many words a text has."""
    return sum(1 for _ in _WORD.finditer(text))


def stems(text: str, common: frozenset[str]) -> dict[str, str]:
    """The words of a text that are not common, by their stem: crude, but always the same."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(flat(text)):
        word = match[0]
        if word in common or len(word) < _SHORTEST or word.isdigit():
            continue
        found.setdefault(_stem(word), word)
    return found


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


def fingerprint(text: str) -> str:
    """A short name for a text that outlives a change of its place, its spacing and its capitals."""
    return hashlib.sha256(flat(text).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found, and where it stands in the flat text."""

    word: str
    start: int
    end: int


class Finder:
    """Finds any of some words or phrases, the longest first, never a part of a longer word."""

    def __init__(self, words: Iterable[str]) -> None:
        ordered = sorted(set(words), key=lambda word: (-len(word), word))
        whole = [re.escape(word) for word in ordered if not word.startswith("-")]
        endings = [rf"\w*{re.escape(word[1:])}" for word in ordered if word.startswith("-")]
        joined = "|".join((*whole, *endings))
        self._pattern = re.compile(rf"(?<![\w'-])(?:{joined})(?![\w-])") if joined else None

    def hits(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Every word found between two places of a flat text."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text, start, len(text) if end is None else end):
            yield Hit(match[0], match.start(), match.end())

    def first(self, text: str, start: int = 0, end: int | None = None) -> Hit | None:
        """The first word found, if there is one."""
        return next(self.hits(text, start, end), None)


def clause(text: str, hit: Hit) -> tuple[int, int]:
    """Where the clause begins and ends that a word stands in."""
    start, end = 0, len(text)
    for match in _BREAK.finditer(text):
        if match.end() <= hit.start:
            start = match.end()
        elif match.start() >= hit.end:
            end = match.start()
            break
    return start, end

"""What a text says to be in order: an assertion and its subject, neither negated nor intended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selfassess.model.xray import Assertion, Subject
from selfassess.xray.case import Words
from selfassess.xray.prose import Hit, clause, sentences

__all__ = ["Statement", "statements"]

_BEFORE = 5
_BEHIND = 4
_WORD = re.compile(r"\S+")
_JOINT = re.compile(r"[\s,/&]*(?:and|or|,|/|&)\s*(?:\w+\s)?\s*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that says of a subject that it is in order.

    Attributes:
        word: the word that says so, as in the text.
        hedged: whether it speaks of most rather than of all.
        sentence: the sentence as written.
    """

    assertion: Assertion
    subject: Subject
    word: str
    hedged: bool
    sentence: str


def statements(text: str, words: Words) -> Iterator[Statement]:
    """Everything that a text says to be in order, sentence by sentence."""
    by_word: dict[str, list[Assertion]] = {}
    for assertion in words.lexicon.assertions:
        for word in assertion.words:
            by_word.setdefault(word, []).append(assertion)
    of_word: dict[str, list[Subject]] = {}
    for subject in words.lexicon.subjects:
        for word in subject.words:
            of_word.setdefault(word, []).append(subject)
    for written, text_flat in sentences(text):
        for hit in words.assertion.hits(text_flat):
            start, end = clause(text_flat, hit)
            if _turned(text_flat, hit, start, end, words):
                continue
            hedged = words.hedge.first(text_flat, start, hit.start) is not None
            for mention in _subjects(text_flat, hit, words):
                for subject in of_word[mention.word]:
                    for assertion in by_word[hit.word]:
                        yield Statement(assertion, subject, hit.word, hedged, written)


def _turned(text: str, hit: Hit, start: int, end: int, words: Words) -> bool:
    """Whether the word is negated, or speaks of what is to come."""
    if words.intention.first(text, start, hit.start) is not None:
        return True
    before = [start + m.start() for m in _WORD.finditer(text[start : hit.start])]
    first = before[-_BEFORE] if len(before) >= _BEFORE else start
    behind = [hit.end + m.end() for m in _WORD.finditer(text[hit.end : end])]
    last = behind[_BEHIND - 1] if len(behind) >= _BEHIND else end
    return _negated(text, first, hit.start, words) or (
        " and " not in text[hit.end : last] and _negated(text, hit.end, last, words)
    )


def _negated(text: str, start: int, end: int, words: Words) -> bool:
    spared = [(h.start, h.end) for h in words.not_negation.hits(text, start, end)]
    return any(
        not any(a <= found.start and found.end <= b for a, b in spared)
        for found in words.negation.hits(text, start, end)
    )


def _subjects(text: str, hit: Hit, words: Words) -> list[Hit]:
    """What the word speaks of: the nearest mention before it and its list, or else one behind."""
    mentions = [m for m in words.subject.hits(text) if m.end <= hit.start or m.start >= hit.end]
    before = [m for m in mentions if m.end <= hit.start]
    if not before:
        return mentions[:1]
    found = [before.pop()]
    while before:
        between = text[before[-1].end : found[-1].start]
        if not _JOINT.fullmatch(between):
            break
        found.append(before.pop())
    return found

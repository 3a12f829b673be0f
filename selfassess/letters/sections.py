"""Finds the sections of a letter whose points must be acted on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selfassess.letters.pdf import Line, body_size
from selfassess.model.letters import LetterBody, LetterSection

__all__ = ["Found", "find_sections", "normal", "says"]

_HEADING = 110
"""Longer lines are sentences, however they are set."""
_MORE_WORDS = 9
"""Words that a heading may have beyond those that it is known by."""


@dataclass(frozen=True, slots=True)
class Found:
    """A section of a letter.

    Attributes:
        set_apart: whether the heading is larger or bolder than the text.
        body: the id of the body that a sub-heading names; None where none does.
    """

    section: LetterSection
    heading: str
    lines: tuple[Line, ...]
    set_apart: bool
    body: str | None = None


def normal(text: str) -> str:
    """Text for comparison: small letters, words apart by one space, no punctuation, no genitive."""
    plain = re.sub(r"'s?\b", "", text.replace("\u2019", "'").casefold())
    return " ".join(re.findall(r"[^\W_]+", plain))


def says(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase as whole words."""
    return f" {normal(phrase)} " in f" {normal(text)} "


def find_sections(
    lines: Sequence[Line], sections: Sequence[LetterSection], bodies: Iterable[LetterBody] = ()
) -> list[Found]:
    """The sections of a letter, in its order.

    A section ends at the next heading of any kind, but for one that only names a responsible body:
    that starts a part of the same section.
    """
    size, known = body_size(lines), tuple(bodies)
    heavy = sum(len(line.text) for line in lines if line.bold) > sum(
        len(line.text) for line in lines if not line.bold
    )
    found: list[Found] = []
    section: LetterSection | None = None
    body: str | None = None
    kept: list[Line] = []
    heading, apart, index = "", False, 0

    def close() -> None:
        if section is not None and (kept or body is None):
            found.append(Found(section, heading, tuple(kept), apart, body))

    while index < len(lines):
        styled = _is_heading(lines[index], size, heavy)
        text, after = _whole_heading(lines, index, styled)
        bullet = lines[index].bullet
        opened = None if bullet else _opened(text, sections, exact=not styled)
        if opened is not None:
            close()
            section, heading, kept, apart, body = opened, text, [], styled, None
        elif styled and section is not None:
            named = _only_names(text, known)
            close()
            kept = []
            if named is None:
                section = None
            body = named
        elif section is not None:
            kept.append(lines[index])
            after = index + 1
        else:
            after = index + 1
        index = after
    close()
    return found


def _is_heading(line: Line, size: float, heavy: bool) -> bool:
    if line.bullet or len(line.text) > _HEADING or not any(c.isalpha() for c in line.text):
        return False
    return line.size > size * 1.08 or (line.bold and not heavy and line.size > size * 0.92)


def _whole_heading(lines: Sequence[Line], index: int, styled: bool) -> tuple[str, int]:
    """A heading's text with its further lines, and the index of the line after it."""
    text, last = lines[index].text, lines[index]
    index += 1
    while styled and index < len(lines):
        line = lines[index]
        same = (line.page, line.size, line.bold) == (last.page, last.size, last.bold)
        near = line.top - last.bottom < 0.6 * line.size
        if line.bullet or not (same and near) or text.endswith(("?", ".")):
            break
        text, last = f"{text} {line.text}", line
        index += 1
    return text, index


def _opened(text: str, sections: Sequence[LetterSection], *, exact: bool) -> LetterSection | None:
    words = normal(re.sub(r"^\W*\d+[.)]?\s+", "", text))
    for section in sections:
        for each in section.headings:
            phrase = normal(each)
            if words == phrase:
                return section
            more = len(words.split()) - len(phrase.split())
            if not exact and words.startswith(f"{phrase} ") and more <= _MORE_WORDS:
                return section
    return None


def _only_names(text: str, bodies: Iterable[LetterBody]) -> str | None:
    """The body that a sub-heading names and says nothing beside."""
    words = set(normal(text).split()) - {"the", "and", "of", "for", "s"}
    for body in bodies:
        for each in body.words:
            if words and words <= set(normal(each).split()):
                return body.id
    return None

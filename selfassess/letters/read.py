"""Reads a published letter or report: what must improve, and by when an answer is due."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from selfassess.errors import EvidenceError
from selfassess.letters.dates import alone, answer_due, span
from selfassess.letters.pdf import Line, read_lines
from selfassess.letters.points import points_of
from selfassess.letters.sections import find_sections, says
from selfassess.model.letters import Letter, LetterForm

__all__ = ["read_letter"]

_FIRST_PAGES = 2
"""Pages that say what a letter is, whose it is and when the visit was."""


def read_letter(path: Path, forms: Sequence[LetterForm]) -> Letter:
    """Read a letter; nothing leaves the machine, and no model guesses.

    Args:
        path: of the PDF.
        forms: the kinds of letter that packs bring.

    Raises:
        EvidenceError: the file cannot be read, holds no text, or none of its headings begins a
            section with points to act on.
    """
    pages, lines = read_lines(path)
    start = " ".join(line.text for line in lines if line.page <= _FIRST_PAGES)
    form, doubts = _recognised(start, forms)
    found = find_sections(lines, form.sections, form.bodies)
    points = tuple(point for section in found for point in points_of(section, form))
    if not points:
        searched = ", ".join(f"'{each}'" for part in form.sections for each in part.headings)
        raise EvidenceError(
            f"{path.name}: no section with points to act on was found in its {pages} pages.",
            hint=f"Looked for headings that begin with {searched}.",
        )
    subject = _subject(lines, form)
    if subject is None:
        doubts.append("It does not say plainly whose letter it is.")
    visited = span(start)
    if visited is None:
        doubts.append("The days of the visit were not found.")
    published = _published(lines)
    due = answer_due(" ".join(line.text for line in lines), form)
    answer = any(point.kind in form.statement_for for point in points)
    if answer and due is None:
        doubts.append("It names no day by which an answer is due.")
    return Letter(
        name=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        pages=pages,
        form=form.id or None,
        title=form.title,
        subject=subject,
        visited=visited,
        published=published,
        statement_due=due,
        statement_working_days=form.statement_working_days,
        points=points,
        doubts=tuple(doubts),
    )


def _recognised(start: str, forms: Sequence[LetterForm]) -> tuple[LetterForm, list[str]]:
    """The form that most phrases of the first pages speak for, or all forms in one."""
    scored = [(sum(says(start, phrase) for phrase in form.recognise), form) for form in forms]
    best = max(scored, key=lambda each: each[0], default=(0, None))
    if best[1] is not None and best[0]:
        return best[1], []
    anything = LetterForm(
        id="",
        title="An inspection letter",
        recognise=(),
        subject=tuple(phrase for form in forms for phrase in form.subject),
        sections=tuple(dict.fromkeys(section for form in forms for section in form.sections)),
        tags={words: tag for form in forms for words, tag in form.tags.items()},
        tag_mark=tuple(dict.fromkeys(mark for form in forms for mark in form.tag_mark)),
        bodies=tuple({body.id: body for form in forms for body in form.bodies}.values()),
        statement=tuple(dict.fromkeys(phrase for form in forms for phrase in form.statement)),
    )
    known = ", ".join(form.title for form in forms)
    return anything, [f"It is none of the kinds of letter that are known ({known})."]


def _subject(lines: Sequence[Line], form: LetterForm) -> str | None:
    """Whose letter it is: what stands at ``{subject}`` in the first phrase that fits."""
    first = [line.text for line in lines if line.page <= _FIRST_PAGES]
    for phrase in form.subject:
        before, _, after = phrase.partition("{subject}")
        tail = rf"\s+{_words(after)}\b" if after.strip() else r"\s*$"
        pattern = re.compile(rf"\b{_words(before)}\s+(.{{2,60}}?){tail}", re.IGNORECASE)
        for index, text in enumerate(first):
            for candidate in (text, " ".join(first[index : index + 2])):
                if match := pattern.search(candidate):
                    return match[1].strip(" ,.;:")
    return None


def _words(phrase: str) -> str:
    """A pattern for a phrase: any run of spaces, either apostrophe."""
    escaped = re.escape(phrase.strip()).replace(r"\ ", r"\s+")
    return re.sub("['\u2019]", "['\u2019]?", escaped)


def _published(lines: Sequence[Line]) -> dt.date | None:
    """The date that stands alone on the first page, as at the head of a letter."""
    for line in lines:
        if line.page == 1 and (day := alone(line.text)):
            return day
    return None

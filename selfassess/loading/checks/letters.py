"""Checks forms of letters: each can be recognised, and its placeholders are ones that are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from selfassess.errors import Problem
from selfassess.loading.source import Document, KeyPath

if TYPE_CHECKING:
    from selfassess.loading.packs import LettersFile

__all__ = ["check_letters"]

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def check_letters(file: LettersFile, document: Document) -> Iterator[Problem]:
    """Say what is wrong with a file of forms; a form with such a fault would match nothing."""
    for index, form in enumerate(file.forms):
        at: KeyPath = ("forms", index)
        for key, what in (
            ("recognise", "no phrase to recognise it by"),
            ("sections", "no section"),
        ):
            if not getattr(form, key):
                yield _empty(document.place((*at, key)), form.id, what)
        for number, section in enumerate(form.sections):
            if not section.headings:
                where = document.place((*at, "sections", number, "headings"))
                yield _empty(where, form.id, "a section without a heading")
        for number, phrase in enumerate(form.subject):
            where = document.place((*at, "subject", number))
            yield from _placeholders(phrase, "subject", where, needed=True)
        for words in form.tags:
            where = document.place((*at, "tags", words), key=True)
            yield from _placeholders(words, "n", where, needed="{n}" in form.tags[words])


def _empty(place: str, form: str, what: str) -> Problem:
    return Problem(place, f"the form '{form}' has {what}, so it takes nothing.", "Add one.")


def _placeholders(text: str, known: str, place: str, *, needed: bool) -> Iterator[Problem]:
    """Placeholders of `text` that are not read, or its one that is missing."""
    found = _PLACEHOLDER.findall(text)
    wrong = [name for name in found if name != known]
    for name in wrong:
        message = f"'{{{name}}}' stands for nothing here; expected '{{{known}}}'."
        yield Problem(place, message, "Correct the name between the braces.")
    if needed and not wrong and found != [known]:
        message = f"'{{{known}}}' stands {len(found)} times in it; expected once."
        yield Problem(place, message, f"Write {{{known}}} where the name or number stands.")

"""Checks the words of consistency checks: what they name exists, and each can be found."""

from __future__ import annotations

from collections.abc import Iterator

from selfassess.errors import Problem
from selfassess.loading.names import Names
from selfassess.loading.source import Document, KeyPath
from selfassess.model.xray import Lexicon

__all__ = ["check_lexicon"]

_LISTS = (
    "negations",
    "not_negations",
    "intentions",
    "hedges",
    "placeholders",
    "activities",
    "results",
    "effects",
    "common",
)


def check_lexicon(lexicon: Lexicon, document: Document, names: Names) -> Iterator[Problem]:
    """Say what is wrong with a lexicon."""
    for section in ("assertions", "subjects"):
        seen: set[str] = set()
        for index, item in enumerate(getattr(lexicon, section)):
            at: KeyPath = (section, index)
            if item.id in seen:
                message = f"the id '{item.id}' is used twice in '{section}'."
                yield Problem(document.place((*at, "id")), message, "Give each an id of its own.")
            seen.add(item.id)
            yield from _words(document, (*at, "words"), item.words)
            for position, name in enumerate(item.measures):
                place = document.place((*at, "measures", position))
                yield from _measure(names, name, place)
    for index, subject in enumerate(lexicon.subjects):
        for position, topic in enumerate(subject.topics):
            place = document.place(("subjects", index, "topics", position))
            yield from names.topic(topic, place)
        if not subject.topics and not subject.measures:
            yield Problem(
                document.place(("subjects", index)),
                f"the subject '{subject.id}' names neither topic nor measure.",
                "Add 'topics: […]': without it nothing can contradict what is said of it.",
            )
    for section in _LISTS:
        yield from _words(document, (section,), getattr(lexicon, section))


def _words(document: Document, path: KeyPath, words: tuple[str, ...]) -> Iterator[Problem]:
    for position, word in enumerate(words):
        if not word.strip() or word != " ".join(word.split()).casefold():
            yield Problem(
                document.place((*path, position)),
                f"'{word[:40]}' can never be found: texts are compared in small letters, with "
                "single spaces.",
                f"Write '{' '.join(word.split()).casefold()[:40]}'."
                if word.strip()
                else "Take it away.",
            )


def _measure(names: Names, name: str, place: str) -> Iterator[Problem]:
    if not name.endswith("*"):
        yield from names.measure(name, place)
    elif names.complete and not any(each.startswith(name[:-1]) for each in names.measures):
        yield Problem(
            place,
            f"no plugin brings a measure that begins with '{name[:-1]}'.",
            "`selfassess measures list` shows what there is.",
        )

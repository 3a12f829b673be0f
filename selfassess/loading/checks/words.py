"""Checks the words that files share, and the ids by which measures and rules are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from selfassess.errors import Problem
from selfassess.loading.identifiers import id_problems
from selfassess.loading.kinds import LISTS
from selfassess.loading.source import Document
from selfassess.model.measure import Dimension, Setting

if TYPE_CHECKING:
    from selfassess.loading.packs import WordsFile

__all__ = ["check_ids", "check_words"]

_CALLED = {section: kind for section, kind in LISTS.items() if section not in ("tables", "views")}
"""The lists whose things are called by an id; tables and views are called by a name."""


def check_ids(value: object, document: Document) -> Iterator[Problem]:
    """Say which ids of the things in a file cannot be ids."""
    for section, kind in _CALLED.items():
        for index, item in enumerate(getattr(value, section, ())):
            yield from id_problems(kind, item.id, document.place((section, index, "id")))


def check_words(file: WordsFile, document: Document) -> Iterator[Problem]:
    """Say what is wrong with dimensions and settings."""
    for index, dimension in enumerate(file.dimensions):
        yield from _dimension(dimension, index, document)
    for index, setting in enumerate(file.settings):
        yield from _setting(setting, index, document)


def _dimension(dimension: Dimension, index: int, document: Document) -> Iterator[Problem]:
    for position, value in enumerate(dimension.values):
        if value in dimension.values[:position]:
            yield Problem(
                document.place(("dimensions", index, "values", position)),
                f"the dimension '{dimension.id}' lists the value '{value}' twice.",
                "Keep one of the two.",
            )


def _setting(setting: Setting, index: int, document: Document) -> Iterator[Problem]:
    if not setting.values:
        yield Problem(
            document.place(("settings", index, "values")),
            f"the setting '{setting.id}' has no value.",
            "Give one at least: 'values: [{value: …}]'.",
        )
    seen: list[Mapping[str, str]] = []
    for position, value in enumerate(setting.values):
        if value.keys in seen:
            said = ", ".join(f"{key}: {each}" for key, each in value.keys.items()) or "no keys"
            yield Problem(
                document.place(("settings", index, "values", position)),
                f"the setting '{setting.id}' has two values for {said}.",
                "Keep one of the two.",
            )
        seen.append(value.keys)
    kinds = {_sort(value.value) for value in setting.values}
    if len(kinds) > 1:
        yield Problem(
            document.place(("settings", index, "values")),
            f"the values of the setting '{setting.id}' are of several kinds: "
            + ", ".join(sorted(kinds))
            + ".",
            "Write all of them as numbers, as texts or as lists of texts.",
        )


def _sort(value: object) -> str:
    if isinstance(value, str):
        return "text"
    return "number" if isinstance(value, (int, float)) else "list"

"""Scopes in words: ``team: North, plan: child protection``, by the assessment's dimensions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from selfassess.report.text import brief

__all__ = ["Scopes"]


class Scopes:
    """Words for the parts of a whole.

    Args:
        dimensions: the assessment's own, with words for values that are none themselves.
    """

    def __init__(self, dimensions: Iterable[Mapping[str, Any]] = ()) -> None:
        self._found = {str(each["id"]): each for each in dimensions}

    def title(self, key: str) -> str:
        """A dimension in words, in lower case."""
        title = str((self._found.get(key) or {}).get("title") or key.replace("-", " "))
        return brief(title[:1].lower() + title[1:], 80)

    def value(self, key: str, value: Any) -> str:
        """A value in words; as it stands where there are none."""
        values = (self._found.get(key) or {}).get("values") or {}
        return brief(str(values.get(str(value)) or value), 80)

    def words(self, where: Mapping[str, Any], limit: int = 160) -> str:
        """A scope in words; nothing for the whole."""
        parts = (f"{self.title(key)}: {self.value(key, where[key])}" for key in sorted(where))
        return brief(", ".join(parts), limit)

    def said(self, text: str, where: Mapping[str, Any]) -> bool:
        """Whether a text names every value of a scope, so that it need not be printed beside it."""
        return all(
            any(_named(text, word) for word in (str(value), self.value(key, value)))
            for key, value in where.items()
        )


def _named(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None

"""What an action answers and serves, in words where the plan keeps ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["in_words"]

_READING = re.compile(r"reading:([^\[]+)(?:\[(.*)\])?")


def in_words(
    item: Mapping[str, Any],
    titles: Mapping[str, str],
    words: Mapping[str, Mapping[str, str]],
    parts: Mapping[str, str],
) -> dict[str, list[str]]:
    """`answers` and `serves` of an action; an id that nothing names stays as it is.

    Args:
        item: the action as an assessment shows it.
        titles: what measures are called.
        words: values of scopes in words, by dimension.
        parts: what judgements, criteria, topics and tags are called.
    """
    serves = [item["judgement"], item["criterion"], *item["topics"], *item["tags"]]
    named = [parts.get(str(each), str(each)) for each in serves if each]
    return {
        "answers": [_answer(str(each), titles, words) for each in item["why"]],
        "serves": [*dict.fromkeys(named)],
    }


def _answer(name: str, titles: Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> str:
    found = _READING.fullmatch(name)
    if found is None or found[1] not in titles:
        return name
    if not found[2]:
        return titles[found[1]]
    pairs = [pair.strip().partition("=") for pair in found[2].split(",")]
    scope = ", ".join(words.get(key, {}).get(value, value or key) for key, _, value in pairs)
    return f"{titles[found[1]]} ({scope})"

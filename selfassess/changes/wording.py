"""What changed in a text, in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

__all__ = ["text_change"]

_MOST = 3_000
_SHOWN = 24


def text_change(old: str, new: str) -> dict[str, object] | None:
    """Words added and taken away, with their first few; None where only spacing differs."""
    before, after = old.split(), new.split()
    if before == after:
        return None
    if len(before) > _MOST or len(after) > _MOST:
        # Word by word would take too long: what each has more of says enough.
        added = [*(Counter(after) - Counter(before)).elements()]
        taken = [*(Counter(before) - Counter(after)).elements()]
    else:
        added, taken = [], []
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for kind, start, end, at, to in matcher.get_opcodes():
            if kind in ("replace", "delete"):
                taken += before[start:end]
            if kind in ("replace", "insert"):
                added += after[at:to]
    return {
        "words_added": len(added),
        "words_taken": len(taken),
        "added": _shown(added),
        "taken": _shown(taken),
    }


def _shown(words: Sequence[str]) -> str:
    text = " ".join(words[:_SHOWN])
    return f"{text} …" if len(words) > _SHOWN else text

"""What a claim says together with what came to it from claims whose nodes were split or merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["LISTS", "Total", "has_content"]

LISTS = ("strengths", "weaknesses", "evidence")
"""Keys of a claim that hold lists, which are carried item by item."""
_TEXTS = ("so_what", "author")
_SAYS_NOTHING = frozenset(("status", "public", "partner", "date", "reconfirm"))


def has_content(claim: Mapping[str, Any]) -> bool:
    """Whether anything was said."""
    for key, value in claim.items():
        if key == "answers":
            if any(text and str(text).strip() for text in (value or {}).values()):
                return True
        elif key not in _SAYS_NOTHING and value:
            return True
    return False


class Total:
    """What a claim says together with what came to it."""

    def __init__(self, own: Mapping[str, Any], questions: Mapping[str, str]) -> None:
        answers = own.get("answers") or {}
        self.own = own
        self.said = {questions.get(q, q): text or "" for q, text in answers.items()}
        self.answers: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.items: dict[str, list[Any]] = {}
        self.public = True

    def add(self, claim: Mapping[str, Any], asked: Callable[[str], str | None]) -> None:
        """Add what another claim says; what is said already is not said twice."""
        for question, text in (claim.get("answers") or {}).items():
            name = asked(question)
            if name is not None and text and text.strip():
                before = self.answers.get(name, self.said.get(name, ""))
                if (joined := _joined(before, text)) != before:
                    self.answers[name] = joined
        for key in _TEXTS:
            text = claim.get(key)
            before = self.texts.get(key, self.own.get(key) or "")
            if text and (joined := _joined(before, text, key)) != before:
                self.texts[key] = joined
        for key in LISTS:
            there = [*(self.own.get(key) or []), *self.items.get(key, [])]
            # Items may be sentences or, with their own evidence, keys with values.
            for item in claim.get(key) or []:
                if item not in there:
                    there.append(item)
                    self.items.setdefault(key, []).append(item)
        self.public = self.public and bool(claim.get("public"))

    def claim(self) -> dict[str, Any]:
        """The whole, as a claim of its own."""
        found: dict[str, Any] = {}
        if self.answers:
            found["answers"] = self.answers
        found.update(self.items)
        found.update(self.texts)
        if self.public:
            found["public"] = True
        return found


def _joined(before: str, text: str, key: str = "") -> str:
    if not before.strip():
        return text
    between = ", " if key == "author" else "\n\n"
    if text.strip() in [part.strip() for part in (before, *before.split(between))]:
        return before
    return before.rstrip("\n") + between + text.lstrip("\n")

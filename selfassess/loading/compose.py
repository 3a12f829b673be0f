"""Puts a YAML file's events together into plain data, within bounds, with every place kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite
from typing import Any

from selfassess.errors import Problem

__all__ = ["MAX_DEPTH", "MAX_NODES", "Composer", "KeyPath"]

MAX_DEPTH = 40
MAX_NODES = 400_000

KeyPath = tuple[str | int, ...]
"""The way to a value: keys and list positions, ``("nodes", 0, "title")``."""

_NULL = re.compile(r"(?:~|null|Null|NULL)?\Z")
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled."""

    value: Any
    path: KeyPath
    anchor: str | None
    key: str | None = None


class Composer:
    """Puts events together without recursion, so that nesting cannot exhaust the stack.

    Args:
        name: how problems call the file.
        places: whether the places of values and keys are wanted.
    """

    def __init__(self, name: str, *, places: bool = True) -> None:
        self.name = name
        self.places = places
        self.root: object | None = None
        self.result: Any = None
        self.values: dict[KeyPath, tuple[int, int]] = {}
        self.keys: dict[KeyPath, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Any, KeyPath, int]] = {}
        self.nodes = 0

    def take(self, event: Any) -> bool:
        """Take the next event; False says that reading on is pointless."""
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            if self.root is not None:
                return self._fail(
                    event,
                    "a second document begins here ('---').",
                    "Keep one document in a file: remove the line '---' or split the file.",
                )
            self.root = self
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            done = self.stack.pop()
            if done.anchor:
                self.anchors[done.anchor] = (done.value, done.path, self.nodes)
        elif kind in ("ScalarEvent", "AliasEvent", "MappingStartEvent", "SequenceStartEvent"):
            return self._node(event, kind)
        return True

    def _node(self, event: Any, kind: str) -> bool:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            return self._too_many(event)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            return self._key(event, kind, top)
        path: KeyPath = ()
        if self.places:
            if top is not None:
                path = (*top.path, top.key if top.key is not None else len(top.value))
            self.values[path] = (event.start_mark.line + 1, event.start_mark.column + 1)
        tag = str(getattr(event, "tag", None) or "")
        if tag and not (kind == "ScalarEvent" and tag == "!"):
            self.problems.append(self._tag_problem(event, tag))
        if kind == "AliasEvent":
            return self._alias(event, path)
        if kind == "ScalarEvent":
            value = _scalar(event)
            self._put(value)
            if event.anchor:
                self.anchors[event.anchor] = (value, path, self.nodes)
            return True
        value = {} if kind == "MappingStartEvent" else []
        self._put(value)
        self.stack.append(_Open(value, path, event.anchor))
        if len(self.stack) > MAX_DEPTH:
            return self._fail(
                event,
                f"more than {MAX_DEPTH} levels of nesting.",
                "Check the indentation and the brackets; no file of this kind is so deep.",
            )
        return True

    def _key(self, event: Any, kind: str, top: _Open) -> bool:
        if kind != "ScalarEvent":
            return self._fail(
                event, "a key must be text; found a list, a mapping or an alias.", "Write a name."
            )
        key = str(event.value)
        path = (*top.path, key) if self.places else ()
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if key in top.value:
            first = self.keys.get(path, place)
            self.problems.append(
                Problem(
                    f"{self.name}:{place[0]}:{place[1]}",
                    f"the key '{key}' stands here for the second time; the first is on line "
                    f"{first[0]}.",
                    "Keep one of the two.",
                )
            )
        if self.places:
            self.keys.setdefault(path, place)
        top.key = key
        return True

    def _put(self, value: Any) -> None:
        if not self.stack:
            self.result = value
            return
        top = self.stack[-1]
        if isinstance(top.value, dict):
            top.value[top.key] = value
            top.key = None
        else:
            top.value.append(value)

    def _alias(self, event: Any, path: KeyPath) -> bool:
        if event.anchor not in self.anchors:
            return self._fail(
                event,
                f"the alias '*{event.anchor}' stands for nothing that ends before it.",
                f"Mark the text that is meant with '&{event.anchor}', or write it out here.",
            )
        value, _, _ = self.anchors[event.anchor]
        copy, size = _copy(value, MAX_NODES - self.nodes)
        self.nodes += size
        if self.nodes > MAX_NODES:
            return self._too_many(event)
        self._put(copy)
        return True

    def _too_many(self, event: Any) -> bool:
        return self._fail(
            event,
            f"the file unfolds to more than {MAX_NODES:,} values, its aliases written out.",
            "Remove the aliases ('*name') that repeat one another.",
        )

    def _tag_problem(self, event: Any, tag: str) -> Problem:
        shown = tag.replace("tag:yaml.org,2002:", "!!")
        return Problem(
            f"{self.name}:{event.start_mark.line + 1}:{event.start_mark.column + 1}",
            f"the tag '{shown}' is not read: files hold data only, and nothing in them is run.",
            "Remove the tag and write the value as plain text.",
        )

    def _fail(self, event: Any, message: str, hint: str) -> bool:
        mark = event.start_mark
        where = f"{self.name}:{mark.line + 1}:{mark.column + 1}"
        self.problems.append(Problem(where, message, hint))
        return False


def _copy(value: Any, room: int) -> tuple[Any, int]:
    """Write an alias out, so that no two places share a value; stops where there is no room."""
    if room <= 0:
        return value, 1
    if isinstance(value, (dict, list)):
        size = 1
        items = value.items() if isinstance(value, dict) else enumerate(value)
        copied: dict[Any, Any] = {}
        for key, item in items:
            copied[key], part = _copy(item, room - size)
            size += part
            if size > room:
                break
        return (copied if isinstance(value, dict) else list(copied.values())), size
    return value, 1


def _scalar(event: Any) -> Any:
    text = str(event.value)
    if event.style in ("'", '"', "|", ">") or not event.implicit[0]:
        return text
    if _NULL.match(text):
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if len(text) <= 18 and _INT.match(text):
        return int(text)
    if len(text) <= 30 and not text.lstrip("+-").isdigit() and _FLOAT.match(text):
        number = float(text)
        return number if isfinite(number) else text
    return text

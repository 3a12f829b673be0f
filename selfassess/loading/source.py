"""Reads a YAML file into plain data, and remembers the line and column of every key and value.

ruamel.yaml scans the file; the data are put together here, from its events, because a file may come
from anyone: nesting, aliases and size are bounded, every tag is refused, and all faults of one kind
are found in one go. Text stays text: ``yes`` and ``no`` are no truth values (YAML 1.2), ``007`` and
``2026-04-01`` are not touched. What is a date, the model decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfassess.errors import Problem
from selfassess.loading.syntax import syntax_problem

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "Document", "KeyPath", "read", "read_text"]

MAX_BYTES = 4_000_000
MAX_DEPTH = 40
MAX_NODES = 400_000

KeyPath = tuple[str | int, ...]
"""The way to a value: keys and list positions, ``("nodes", 0, "title")``."""

_NULL = re.compile(r"(?:~|null|Null|NULL)?\Z")
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain data, with places.

    Attributes:
        name: what messages call the file.
        data: text, numbers, truth values, None, lists and mappings with text keys; None where the
            file could not be read (then `problems` says why).
        problems: what is wrong with the file as YAML.
        values, keys: (line, column) of values and of the keys of mappings, 1-based. Both are empty
            for a document that comes from a cache.
    """

    name: str
    data: Any
    problems: tuple[Problem, ...] = ()
    values: Mapping[KeyPath, tuple[int, int]] = field(default_factory=dict)
    keys: Mapping[KeyPath, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: KeyPath = (), *, key: bool = False) -> str:
        """Write ``file:line:column`` of a value or its key; if absent, of what would hold it."""
        if key and path in self.keys:
            return self._at(self.keys[path])
        for length in range(len(path), -1, -1):
            if path[:length] in self.values:
                return self._at(self.values[path[:length]])
        return self.name

    def has(self, path: KeyPath) -> bool:
        """Whether this file itself holds the value."""
        return path in self.values

    def _at(self, place: tuple[int, int]) -> str:
        return f"{self.name}:{place[0]}:{place[1]}"


def read(file: Path | Traversable, name: str | None = None) -> Document:
    """Read a file; a fault is a problem of the document, never an exception.

    Args:
        file: a path, or a file inside an installed package.
        name: what messages call the file; its path if absent.
    """
    label = name or display_name(file)
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        return _broken(label, f"the file cannot be read: {reason.lower()}.", "Check the path.")
    return read_bytes(content, label)


def read_bytes(content: bytes, name: str) -> Document:
    """Read the bytes of a file."""
    if len(content) > MAX_BYTES:
        return _broken(
            name,
            f"the file is larger than {MAX_BYTES // 1_000_000} MB; no file of this kind is.",
            "Split it, or check that it is the right file.",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        return _broken(
            f"{name}:{line}:{column}",
            "the file is not UTF-8 text: this character cannot be read.",
            "Save the file with the encoding UTF-8 (in Notepad: Save as, Encoding).",
            name=name,
        )
    return read_text(text, name)


def read_text(text: str, name: str = "text") -> Document:
    """Read YAML from text."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    composer = _Composer(name)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if not composer.take(event):
                break
    except YAMLError as error:
        composer.problems.append(syntax_problem(error, text, name))
    if not composer.problems and composer.root is None:
        return _broken(
            f"{name}:1:1",
            "the file is empty: it holds no keys.",
            "Write the file's first key, or copy the starter file again.",
            name=name,
        )
    if composer.problems:
        return Document(name, None, tuple(sorted(set(composer.problems))), composer.values)
    return Document(name, composer.result, (), composer.values, composer.keys)


def display_name(file: Path | Traversable) -> str:
    """Name a file as its user would: relative to the current folder where it lies below it."""
    if not isinstance(file, Path):
        return str(file)
    try:
        return file.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(file)


def _broken(where: str, message: str, hint: str, name: str = "") -> Document:
    return Document(name or where, None, (Problem(where, message, hint),))


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled."""

    value: Any
    path: KeyPath
    anchor: str | None
    key: str | None = None
    skip: bool = False


class _Composer:
    """Puts events together without recursion, so that nesting cannot exhaust the stack."""

    def __init__(self, name: str) -> None:
        self.name = name
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
        path = (*top.path, key)
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if key in top.value:
            first = self.keys[path]
            self.problems.append(
                Problem(
                    f"{self.name}:{place[0]}:{place[1]}",
                    f"the key '{key}' stands here for the second time; the first is on line "
                    f"{first[0]}.",
                    "Keep one of the two.",
                )
            )
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
        return float(text)
    return text

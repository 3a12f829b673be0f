"""Reads a YAML file into plain data, and remembers the line and column of every key and value.

ruamel.yaml scans the file; the data are put together here, from its events, because a file may come
from anyone: nesting, aliases and size are bounded, every tag is refused, and all faults of one kind
are found in one go. Text stays text: ``yes`` and ``no`` are no truth values (YAML 1.2), ``007`` and
``2026-04-01`` are not touched. What is a date, the model decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfassess.errors import Problem
from selfassess.loading.compose import MAX_DEPTH, MAX_NODES, Composer, KeyPath
from selfassess.loading.syntax import syntax_problem

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "Document",
    "KeyPath",
    "quick_data",
    "read",
    "read_text",
]

MAX_BYTES = 4_000_000


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

    composer = Composer(name)
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


def quick_data(content: bytes) -> Any:
    """The data of a sound file, read by ruamel.yaml's scanner in C, without places.

    It takes a tenth of the time. It knows YAML 1.1 alone, so it may refuse what `read_bytes` reads;
    where it takes a file, the data are the same.

    Returns:
        None where the scanner is not installed or finds anything to say about the file: then
        `read_bytes` has the last word.
    """
    if find_spec("_ruamel_yaml") is None:
        return None
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    # Before version 1.2 these ended a line; a directive may ask for another version still.
    if len(content) > MAX_BYTES or any(
        sign in text for sign in ("\x85", "\u2028", "\u2029", "%YAML")
    ):
        return None
    composer = Composer("", places=False)
    try:
        for event in YAML(typ="safe").parse(text):
            # Of a tag '!' alone the two scanners make different things.
            if getattr(event, "tag", None) or not composer.take(event):
                return None
    except YAMLError:
        return None
    return None if composer.problems else composer.result


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

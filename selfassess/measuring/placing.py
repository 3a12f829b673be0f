"""Shows a fault of an expression where its author wrote it: ``file:line:column``, and a remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from selfassess.errors import Problem
from selfassess.loading.pinpoint import Pinpoint
from selfassess.loading.source import KeyPath

if TYPE_CHECKING:
    from selfassess.loading.library import Library

__all__ = ["LANGUAGE", "Places", "placed"]

LANGUAGE = "docs/reference/measure-language.md lists what may stand here."
"""The next step where nothing nearer can be said."""

_COLUMN = re.compile(r", column (\d+)\Z")
_NAMED = re.compile(r"'([^']+)'")
_NUMBER = re.compile(r"(\d+)(?: \([^)]*\))?(?= |\Z)")


class Places:
    """Where the things of a library are written; each file is read once, when first asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._files: dict[str, Pinpoint] = {}

    def put(self, kind: str, identifier: str, problem: Problem) -> Problem:
        """A fault of a thing with its place in the file.

        Args:
            kind: as in `Library.origins`.
            identifier: the thing's id.
            problem: `where` names keys of the thing: ``way history: numerator, column 7``.

        Returns:
            The problem with pack, id and key for its place where no file declares the thing.
        """
        declared = self._library.declared.get((kind, identifier))
        if declared is None:
            pack = self._library.origins.get((kind, identifier), "")
            head = f"{pack}: {identifier}" if pack else identifier
            where = f"{head}: {problem.where}" if problem.where else head
            return Problem(where, problem.message, problem.hint)
        if declared.name not in self._files:
            self._files[declared.name] = Pinpoint(declared.file, declared.name)
        base: KeyPath = (declared.section, declared.index)
        return placed(self._files[declared.name], base, f"{kind} '{identifier}'", problem)

    def view(self, problem: Problem) -> Problem:
        """A fault of a view, which `where` begins with: ``view pairs: union 1 (cin) filter``."""
        head, _, rest = problem.where.removeprefix("view ").partition(": ")
        first = head.partition(", ")[0]
        return self.put("view", first, Problem(rest, problem.message, problem.hint))


def placed(file: Pinpoint, base: KeyPath, thing: str, problem: Problem) -> Problem:
    """A fault with its place in a file.

    Args:
        file: where it is.
        base: where the thing that it belongs to begins.
        thing: what to call that in the message.
        problem: `where` names keys below `base`, the outermost first.
    """
    column = _COLUMN.search(problem.where)
    words = problem.where[: column.start()] if column else problem.where
    path = _path(file, base, words)
    said = ", ".join((thing, *words.split(": "))) if words else thing
    message = f"{said}: {problem.message}"
    hint = problem.hint or LANGUAGE
    if column:
        exact = file.inside(path, int(column[1]))
        if exact is not None:
            return Problem(exact, message, hint)
        message = f"{said}, column {column[1]} of the expression: {problem.message}"
        return Problem(file.document.place(path), message, hint)
    named = _NAMED.search(problem.message)
    if named is not None:
        path = _item(file, path, named[1])
    key = named is not None and path[-1] == named[1]
    return Problem(file.document.place(path, key=key), message, hint)


def _path(file: Pinpoint, base: KeyPath, words: str) -> KeyPath:
    """Where words such as ``way history: let limit`` lead.

    A way and the side of a ratio take what they lack from what they stand in, so the key is looked
    for there next.
    """
    inner = [base]
    rest = words
    for name in _ways(file.value(base)):
        head = f"way {name}"
        if words == head or words.startswith(f"{head}: "):
            position = [*_ways(file.value(base))].index(name)
            inner.append((*base, "ways", position))
            rest = words[len(head) + 2 :]
    *heads, last = rest.split(": ")
    for head in heads:
        found, _ = _walked(file.value(inner[-1]), head)
        if head == "reference":
            found = ("reference", "compute")
        inner.append((*inner[-1], *found))
    for start in reversed(inner):
        found, over = _walked(file.value(start), last)
        if found and not over:
            return (*start, *found)
    found, _ = _walked(file.value(inner[-1]), last)
    return (*inner[-1], *found)


def _ways(measure: Any) -> list[str]:
    ways = measure.get("ways") if isinstance(measure, dict) else None
    return [str(way.get("name")) for way in ways or () if isinstance(way, dict)]


def _walked(data: Any, words: str) -> tuple[KeyPath, str]:
    """Follow words into data as far as they lead: the path, and what is left of the words."""
    path: list[str | int] = []
    while words:
        step, used = _step(data, words)
        if step is None:
            break
        path += step
        for part in step:
            data = data[part]
        words = words[used:].lstrip(" .")
    return tuple(path), words


def _step(data: Any, words: str) -> tuple[list[str | int] | None, int]:
    if isinstance(data, dict):
        keys = [key for key in data if words == key or words.startswith((f"{key} ", f"{key}."))]
        if keys:
            key = max(keys, key=len)
            return [key], len(key)
        if isinstance(data.get("columns"), dict) and words in data["columns"]:
            return ["columns", words], len(words)
    if isinstance(data, list):
        number = _NUMBER.match(words)
        if number and 1 <= int(number[1]) <= len(data):
            return [int(number[1]) - 1], len(number[0])
        for index, item in enumerate(data):
            if item == words or (isinstance(item, list) and words in item):
                return [index], len(words)
    return None, 0


def _item(file: Pinpoint, path: KeyPath, name: str) -> KeyPath:
    """The item or key below a path that a message names; the path itself where there is none."""
    found = file.value(path)
    if isinstance(found, dict) and name in found:
        return (*path, name)
    if isinstance(found, list):
        for index, item in reversed(list(enumerate(found))):
            if item == name or (isinstance(item, dict) and item.get("name") == name):
                return (*path, index)
            if isinstance(item, list) and name in item:
                return (*path, index, item.index(name))
    return path

"""Files that are kept in memory, for whoever reads a folder."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from os import PathLike
from typing import Any

__all__ = ["MemoryFile", "MemoryFolder"]


class MemoryFile(Traversable):
    """A file with its content."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        self._content = content

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    def is_file(self) -> bool:
        """Yes."""
        return True

    def is_dir(self) -> bool:
        """No."""
        return False

    def iterdir(self) -> Iterator[Traversable]:
        """Nothing lies in it."""
        return iter(())

    def joinpath(self, *descendants: str | PathLike[str]) -> Traversable:
        """Nothing lies below it."""
        return MemoryFolder(str(descendants[-1]), None) if descendants else self

    def __truediv__(self, child: str | PathLike[str]) -> Traversable:
        return self.joinpath(child)

    def read_bytes(self) -> bytes:
        """Its content."""
        return self._content

    def read_text(self, encoding: str | None = None) -> str:
        """Its content as text."""
        return self._content.decode(encoding or "utf-8")

    def open(self, mode: str = "r", *_: Any, **options: Any) -> Any:
        """Its content as a stream."""
        stream = io.BytesIO(self._content)
        return stream if "b" in mode else io.TextIOWrapper(stream, **options)


class MemoryFolder(Traversable):
    """A folder with its entries by name; or, with None, a path at which nothing lies."""

    def __init__(self, name: str, entries: Mapping[str, Traversable] | None) -> None:
        self._name = name
        self._entries = entries

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    def is_file(self) -> bool:
        """No."""
        return False

    def is_dir(self) -> bool:
        """Whether it lies there."""
        return self._entries is not None

    def iterdir(self) -> Iterator[Traversable]:
        """Its entries."""
        return iter((self._entries or {}).values())

    def joinpath(self, *descendants: str | PathLike[str]) -> Traversable:
        """What lies below."""
        found: Traversable = self
        for part in descendants:
            if isinstance(found, MemoryFolder):
                entries = found._entries or {}
                found = entries.get(str(part), MemoryFolder(str(part), None))
            else:
                found = found.joinpath(part)
        return found

    def __truediv__(self, child: str | PathLike[str]) -> Traversable:
        return self.joinpath(child)

    def read_bytes(self) -> bytes:
        """No file: refused."""
        raise FileNotFoundError(self._name)

    def read_text(self, encoding: str | None = None) -> str:
        """No file: refused."""
        raise FileNotFoundError(self._name)

    def open(self, mode: str = "r", *_: Any, **__: Any) -> Any:
        """No file: refused."""
        raise FileNotFoundError(self._name)

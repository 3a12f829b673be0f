"""Remembers by their content that definitions were found sound, so as not to check them anew.

Every file, Python measure and module that has a say is part of the key: after any edit, of a pack
or of the toolkit itself, everything is checked again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Container, Iterable, Iterator
from functools import cache
from pathlib import Path

from selfassess.loading.cache import ParsedCache

__all__ = ["Verdict"]

_JUDGES = ("analysis", "assessing", "evidence", "loading", "measuring", "model")
"""The packages whose code decides what is sound, and what comes of it."""


class Verdict:
    """Whether these definitions were sound when they were last checked.

    Args:
        folder: where verdicts are kept; None keeps none, and nothing then counts as checked.
        contents: what was read, each with its name and hash, in order.

    Attributes:
        key: a hash of all definitions and of the code that reads them; empty where none is kept.
    """

    def __init__(self, folder: Path | None = None, contents: Iterable[str] = ()) -> None:
        self._folder = folder
        self.key = ""
        if folder is not None:
            self.key = hashlib.sha256("\n".join([_code(), *contents]).encode()).hexdigest()

    @property
    def _path(self) -> Path | None:
        return None if self._folder is None else self._folder / f"{self.key}.sound"

    @property
    def sound(self) -> bool:
        """Whether no check needs to be made; a folder that cannot be read knows nothing."""
        try:
            return self._path is not None and self._path.is_file()
        except OSError:
            return False

    def room(self, name: str) -> ParsedCache | None:
        """Where to keep what was worked out from these definitions; None where nothing is kept.

        Args:
            name: what the entry is called; there is one only, which the next replaces.
        """
        return ParsedCache(self._folder, self.key, name) if self._folder else None

    def keep(self) -> None:
        """Note that every check was passed; a folder that cannot be written does no harm."""
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.touch()


@cache
def _code() -> str:
    """Size and time of each module that has a say; of those that all share, too."""
    here = Path(__file__).parent.parent
    return "\n".join(sorted(_modules(here, _JUDGES)))


def _modules(folder: Path, within: Container[str] | None = None) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                stat = entry.stat()
                yield f"{folder.name}/{entry.name} {stat.st_size} {stat.st_mtime_ns}"
            elif entry.name in within if within else entry.is_dir() and entry.name != "__pycache__":
                yield from _modules(folder / entry.name)

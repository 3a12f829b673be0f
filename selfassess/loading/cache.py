"""Keeps what was read from a valid file, by content, so that a warm start reads no YAML.

An entry is JSON, never code. It holds a hash of the file's bytes and of the models that judged it,
so a changed file or a changed model never meets an old entry. Whatever goes wrong with
the folder, the file itself is read: a cache can be slow, never wrong.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

import orjson

__all__ = ["ParsedCache", "cache_folder"]

FORMAT = "2"


def cache_folder() -> Path | None:
    """The user's folder for what need not be worked out twice.

    The variable ``SELFASSESS_CACHE`` names another; if it is empty, nothing is kept.
    """
    named = os.environ.get("SELFASSESS_CACHE")
    if named is not None:
        return Path(named) if named else None
    from platformdirs import user_cache_path

    return user_cache_path("selfassess", appauthor=False)


class ParsedCache:
    """Plain data of files that were valid, in a folder; off where there is no folder.

    Args:
        folder: made when first needed; None for no cache.
        models: a fingerprint of the models, part of every key.
        name: what the entry is called where there is to be one only, which the next replaces.
    """

    def __init__(self, folder: Path | None, models: str, name: str = "") -> None:
        self._folder = folder
        self._salt = f"{FORMAT}\n{models}\n".encode()
        self._name = name

    def get(self, content: bytes) -> Any:
        """Plain data of a file with this content, or None."""
        if self._folder is None:
            return None
        key = self._key(content)
        try:
            entry = orjson.loads(self._path(key).read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(entry, dict) or entry.get("key") != key:
            return None
        return entry.get("data")

    def put(self, content: bytes, data: Any) -> None:
        """Keep the data of a valid file; a folder that cannot be written turns the cache off.

        Records are kept by their fields, sets as lists in order.
        """
        if self._folder is None:
            return
        key = self._key(content)
        path = self._path(key)
        try:
            entry = orjson.dumps(
                {"key": key, "data": data}, default=sorted, option=orjson.OPT_NON_STR_KEYS
            )
        except TypeError:
            # Whole numbers beyond 64 bits: such a file is read each time.
            return
        part: str | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
            with os.fdopen(handle, "wb") as stream:
                stream.write(entry)
            Path(part).replace(path)
        except OSError:
            self._folder = None
            if part is not None:
                with contextlib.suppress(OSError):
                    Path(part).unlink()

    def _key(self, content: bytes) -> str:
        return hashlib.sha256(self._salt + content).hexdigest()

    def _path(self, key: str) -> Path:
        assert self._folder is not None  # noqa: S101 - callers have checked
        return self._folder / f"{self._name or key}.json"

"""Keeps what was read from a valid file, by content, so that a warm start reads no YAML.

An entry is JSON, never code. It is found by a hash of the file's bytes and of the models that
judged it, so a changed file or a changed model never meets an old entry. Whatever goes wrong with
the folder, the file itself is read: a cache can be slow, never wrong.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

__all__ = ["ParsedCache"]

FORMAT = "1"


class ParsedCache:
    """Plain data of files that were valid, in a folder; off where there is no folder.

    Args:
        folder: made when first needed; None for no cache.
        models: a fingerprint of the models, part of every key.
    """

    def __init__(self, folder: Path | None, models: str) -> None:
        self._folder = folder
        self._salt = f"{FORMAT}\n{models}\n".encode()

    def get(self, content: bytes) -> Any:
        """Plain data of a file with this content, or None."""
        if self._folder is None:
            return None
        try:
            entry = json.loads(self._path(content).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(entry, dict) or entry.get("size") != len(content):
            return None
        return entry.get("data")

    def put(self, content: bytes, data: Any) -> None:
        """Keep the data of a valid file; a folder that cannot be written turns the cache off."""
        if self._folder is None:
            return
        path = self._path(content)
        part: str | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump({"size": len(content), "data": data}, stream, separators=(",", ":"))
            Path(part).replace(path)
        except OSError:
            self._folder = None
            if part is not None:
                with contextlib.suppress(OSError):
                    Path(part).unlink()

    def _path(self, content: bytes) -> Path:
        assert self._folder is not None  # noqa: S101 - callers have checked
        return self._folder / f"{hashlib.sha256(self._salt + content).hexdigest()}.json"

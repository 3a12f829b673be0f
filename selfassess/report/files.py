"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from selfassess.errors import ReportError

__all__ = ["replace_file"]


def replace_file(path: Path, content: bytes) -> None:
    """Write beside the target, then put it in its place, so that no half file is ever seen.

    Raises:
        ReportError: where the folder cannot be written to, or another program holds the file open.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
    except OSError as error:
        _drop(beside)
        raise ReportError(
            f"{path.parent}: cannot write here: {error.strerror or error}.",
            hint="Choose a folder that you may write to, with room on its disk.",
        ) from error
    try:
        beside.replace(path)
    except PermissionError as error:
        _drop(beside)
        raise ReportError(
            f"{path}: the file cannot be replaced; another program may hold it open.",
            hint="Close it there, then run the command again.",
        ) from error
    except OSError as error:
        _drop(beside)
        raise ReportError(
            f"{path}: cannot be written: {error.strerror or error}.",
            hint="Check that the disk has room and that the path is a file.",
        ) from error


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()

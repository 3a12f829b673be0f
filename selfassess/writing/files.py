"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from selfassess.errors import ReportError

__all__ = ["check_free", "free_path", "replace_file", "write_folder"]

_WAITS = (0.05, 0.1, 0.2, 0.4)
"""Seconds between attempts to put a file in its place."""


def check_free(paths: Iterable[Path]) -> None:
    """Refuse to begin long work whose files could not be put in their place at its end.

    A file that a reader holds open on Windows cannot be renamed; renamed to what it is called
    already, any other stays as it is.

    Raises:
        ReportError: naming every file that is held.
    """
    held = []
    for path in paths:
        try:
            _patiently(path.replace, path)
        except PermissionError:
            held.append(str(path))
        except OSError:
            continue  # not there yet, or told of when it is written
    if held:
        one = len(held) == 1
        raise ReportError(
            f"{', '.join(held)}: open in another program, so that {'it' if one else 'they'} cannot "
            "be replaced. Nothing was written.",
            hint=f"Close {'it' if one else 'them'} there, then run the command again.",
        )


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
        _patiently(beside.replace, path)
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


def free_path(path: Path) -> Path:
    """The path, or the first with a number behind it that is not taken."""
    found, number = path, 2
    while found.exists():
        found = path.with_name(f"{path.name}-{number}")
        number += 1
    return found


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Make a folder that is whole or not there at all.

    Args:
        folder: where; it must not be there yet.
        contents: each file's content, by its path in the folder.

    Raises:
        ReportError: it cannot be made.
    """
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    for name, content in contents.items():
        replace_file(part / name, content)
    try:
        _patiently(part.rename, folder)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise ReportError(
            f"{folder}: cannot be made: {error.strerror or error}.",
            hint="Close programs that hold files of the folder open, and try again.",
        ) from error


def _patiently(move: Callable[[Path], object], target: Path) -> None:
    """Move a file or folder; on Windows a scanner may hold what was just written for a moment.

    Raises:
        OSError: it is still refused after three quarters of a second.
    """
    for seconds in _WAITS:
        try:
            move(target)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    move(target)


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()

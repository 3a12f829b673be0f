"""Says whether a snapshot is what it was when it was sealed, and which file is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from selfassess.errors import Problem
from selfassess.snapshots.bundle import MANIFEST, SEAL, Snapshot
from selfassess.snapshots.sign import SIGNATURES, check_signatures

__all__ = ["verify_snapshot"]


def verify_snapshot(snapshot: Snapshot) -> tuple[Problem, ...]:
    """Every file that is changed, missing or was added; nothing for a snapshot that is whole."""
    return tuple(_problems(snapshot))


def _problems(snapshot: Snapshot) -> Iterator[Problem]:
    name, folder = snapshot.id, snapshot.folder
    if not snapshot.intact:
        yield Problem(
            f"{name}/{SEAL}",
            "was changed: its hash is not the one that the folder is named after.",
            "Restore the folder from a backup, or make a new snapshot.",
        )
    for path, (size, digest) in sorted(snapshot.files.items()):
        file = folder / path
        if not file.is_file():
            yield Problem(f"{name}/{path}", "is missing.", "Restore it from a backup.")
            continue
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            found = f"{len(content)} bytes where {size} were sealed"
            same = "as long as it was, but with other content"
            yield Problem(
                f"{name}/{path}",
                f"was changed: {found if len(content) != size else same}.",
                "Restore it from a backup; a snapshot is never edited.",
            )
        elif path == MANIFEST and digest != snapshot.manifest:
            yield Problem(f"{name}/{path}", "is not the manifest that the seal names.")
    known = {*snapshot.files, SEAL, SIGNATURES}
    for file in sorted(_files(folder)):
        path = file.relative_to(folder).as_posix()
        if path not in known:
            yield Problem(f"{name}/{path}", "was added after the seal.", "Move it elsewhere.")
    yield from check_signatures(snapshot)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())

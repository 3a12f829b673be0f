"""Writes a workspace's files anew, keeps the ones that were there, and puts them back."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from selfassess.errors import EvidenceError, ReportError, UsageError
from selfassess.writing.files import free_path, replace_file

__all__ = ["Rewritten", "put_back", "write_files"]

_MANIFEST = "upgrade.json"
_SCHEMA = "selfassess/upgrade@1"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file of a workspace, by its path in it, before and after."""

    name: str
    old: bytes
    new: bytes


def write_files(root: Path, files: Sequence[Rewritten], old: str, new: str) -> Path:
    """Keep each file as it was, then put the new one in its place; returns the folder of the old.

    Args:
        root: the workspace.
        files: what to write; the one that names the edition reached stands first, so that an
            interrupted upgrade can be undone like a whole one.
        old: the edition that the workspace leaves.
        new: the edition that it comes to.

    Raises:
        ReportError: a file cannot be written. Those that were written before it are put back.
    """
    folder = free_path(root / "history" / f"upgrade-{_safe(old)}-to-{_safe(new)}")
    manifest = {
        "schema": _SCHEMA,
        "from": old,
        "to": new,
        "files": [{"path": file.name, "sha256": _hash(file.new)} for file in files],
    }
    for file in files:
        replace_file(folder / file.name, file.old)
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    replace_file(folder / _MANIFEST, text.encode("utf-8"))
    done: list[Rewritten] = []
    try:
        for file in files:
            replace_file(root / file.name, file.new)
            done.append(file)
    except ReportError:
        for file in done:
            with contextlib.suppress(ReportError):
                replace_file(root / file.name, file.old)
        _remove(folder, [file.name for file in files])
        raise
    return folder


def put_back(root: Path, edition: str) -> tuple[str, list[str], list[Path]]:
    """Undo the upgrade that led to an edition.

    Files that were edited since are kept in the upgrade's folder before the old ones come back.

    Args:
        root: the workspace.
        edition: the edition that the workspace is at.

    Returns:
        The edition that it is at again, the files put back, and edited ones that were kept.

    Raises:
        UsageError: no upgrade to that edition is kept.
        EvidenceError: what was kept is not whole.
    """
    found = [
        (folder, manifest)
        for folder in sorted((root / "history").glob("upgrade-*"))
        if (manifest := _manifest(folder)) and manifest["to"] == edition
    ]
    if not found:
        raise UsageError(
            f"{root}: no upgrade to {edition} is kept in history/, so there is none to undo.",
            hint="Each upgrade keeps the earlier files in a folder history/upgrade-….",
        )
    folder, manifest = max(found, key=lambda pair: (len(pair[0].name), pair[0].name))
    names = [(str(each["path"]), str(each["sha256"])) for each in manifest["files"]]
    missing = [name for name, _ in names if not (folder / name).is_file()]
    if missing:
        raise EvidenceError(
            f"{folder}: {', '.join(missing)} is not there any more, so nothing was put back.",
            hint="Restore it from your own backup.",
        )
    kept: list[Path] = []
    for name, digest in names:
        current = root / name
        if current.is_file() and _hash(current.read_bytes()) != digest:
            kept.append(free_path(folder / f"{name}.edited"))
            replace_file(kept[-1], current.read_bytes())
    for name, _ in names:
        replace_file(root / name, (folder / name).read_bytes())
    _remove(folder, [name for name, _ in names])
    return str(manifest["from"]), [name for name, _ in names], kept


def _manifest(folder: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or found.get("schema") != _SCHEMA:
        return None
    names = [str(each.get("path", "")) for each in found.get("files", ())]
    return found if all(_inside(name) for name in names) else None


def _inside(name: str) -> bool:
    """Whether a path stays in the folder that it is relative to, on any system."""
    paths = (PurePosixPath(name), PureWindowsPath(name))
    return bool(name) and not any(p.anchor or ".." in p.parts for p in paths)


def _remove(folder: Path, names: Sequence[str]) -> None:
    """Remove the files that we put into a folder, and what is empty then."""
    for name in (*names, _MANIFEST):
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        with contextlib.suppress(OSError):
            path.rmdir()
    with contextlib.suppress(OSError):
        folder.rmdir()


def _safe(edition: str) -> str:
    return re.sub(r"[^\w.-]", "_", edition)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

"""Finds the pack that a file lies in, and the framework files beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import cast

from selfassess.loading.kinds import FRAMEWORK
from selfassess.loading.packs import PackFile, read_document, yaml_files
from selfassess.loading.source import display_name
from selfassess.model.pack import API, Manifest, Pack

__all__ = ["frameworks_beside", "own_packs", "read_alone"]


def own_packs(files: Iterable[Path]) -> tuple[Path, ...]:
    """The folders of the packs that files lie in, each once."""
    found: dict[Path, None] = {}
    for file in files:
        for folder in file.resolve().parents:
            if (folder / "pack.yaml").is_file():
                found[_shown(folder)] = None
                break
    return tuple(found)


def frameworks_beside(files: Iterable[Path], known: Collection[str] = ()) -> Iterator[PackFile]:
    """The sound framework files of the packs that files lie in, but for these files.

    Args:
        files: files that are checked by themselves.
        known: names of files that are installed, and so need not be read.
    """
    named = {file.resolve() for file in files}
    for pack in own_packs(named):
        for _, file in yaml_files(pack):
            path = cast("Path", file)
            if path.resolve() in named or display_name(path) in known:
                continue
            found = read_alone(path)
            if found.schema == FRAMEWORK and found.value is not None:
                yield found


def read_alone(path: Path) -> PackFile:
    """Read a file of a pack by itself."""
    manifest = Manifest(id="", version="", api=API, title="", licence="")
    return read_document(path, Pack(manifest=manifest, root=path.parent, plugin=""), path.parent)


def _shown(folder: Path) -> Path:
    """A folder as its user would name it: from the current folder, where it lies below."""
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder

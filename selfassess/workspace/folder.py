"""A council's folder: its settings and which files are evidence."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import EvidenceError, PluginError, Problem, nearest
from selfassess.model.workspace import WorkspaceFile

if TYPE_CHECKING:
    from selfassess.evidence import SourceFile
    from selfassess.loading.cache import ParsedCache

__all__ = ["CONFIG", "Workspace", "kept", "load_workspace"]

CONFIG = "selfassess.yaml"
PACK = "pack.yaml"
SELF_EVALUATION = "self-evaluation.yaml"
REGISTER = "evidence/register.yaml"
OUT = "out"
CACHE = ".cache"

_NO_LISTS = re.compile(
    r"\.(bmp|css|doc[mx]?|eml|gif|ini|jpe?g|lnk|md|msg|od[pt]|pdf|png|pptx?|rtf|svg|tiff?|url|ya?ml)"
)
"""Endings of files that nobody keeps a list in: documents, pictures, shortcuts, settings."""

_SAVE = "Open it in Excel and save it as an Excel workbook (.xlsx)."
_UNPACK = "Unpack it, and put the workbook or CSV files that are in it here."
_EXPORT = "Export each list from it as CSV or as an Excel workbook."
_REMEDIES = {
    **dict.fromkeys((".xlsb", ".xlt", ".xltx", ".xltm", ".xml", ".htm", ".html", ".mht"), _SAVE),
    **dict.fromkeys((".zip", ".7z", ".rar", ".gz", ".tar"), _UNPACK),
    **dict.fromkeys((".mdb", ".accdb", ".numbers", ".json", ".sav", ".dbf", ".rpt"), _EXPORT),
    ".txt": "If it holds a list, rename it to .csv; notes are better kept outside evidence/.",
    "": "Give it the ending of its kind, such as .xlsx or .csv.",
}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with a ``selfassess.yaml``; every path in it is relative to `root`.

    Attributes:
        keeps: whether what was read from valid files is kept in `cache`.
    """

    root: Path
    config: WorkspaceFile
    keeps: bool = False

    @property
    def out(self) -> Path:
        """Where outputs go."""
        return self.root / OUT

    @property
    def cache(self) -> Path | None:
        """Where parsed files are kept: not in the user's folder, for these are the council's."""
        return self.out / CACHE if self.keeps else None

    @property
    def history(self) -> Path:
        """Where earlier assessments are kept."""
        return self.root / "history"

    @property
    def self_evaluation(self) -> Path:
        """Leaders' claims and plan."""
        return self.root / SELF_EVALUATION

    @property
    def register(self) -> Path:
        """Evidence that is not a number."""
        return self.root / REGISTER

    def pack_folders(self) -> tuple[Path, ...]:
        """Packs that the workspace lists, as folders.

        Raises:
            PluginError: one of them is no pack, or is listed twice; all of them at once.
        """
        folders = tuple(self.root / path for path in self.config.packs)
        if len(set(folders)) < len(folders) or not all((f / PACK).is_file() for f in folders):
            raise PluginError(problems=tuple(_no_packs(self.root, self.config.packs)))
        return folders

    def unread_files(self, takes: Callable[[str], bool]) -> tuple[Problem, ...]:
        """Files among the evidence that may hold lists and that no reader takes, and what to do.

        Args:
            takes: as for `source_files`.
        """
        found = []
        for name, path, _ in self._evidence():
            suffix = path.suffix.lower()
            if not takes(suffix) and not _NO_LISTS.fullmatch(suffix):
                kind = f"that end in {suffix}" if suffix else "without an ending"
                message = f"not read: files {kind} cannot be. Nothing in it is counted."
                hint = _REMEDIES.get(suffix, f"{_EXPORT} If it holds none, move it elsewhere.")
                found.append(Problem(where=name, message=message, hint=hint))
        return tuple(found)

    def source_files(self, takes: Callable[[str], bool]) -> tuple[SourceFile, ...]:
        """The files of evidence, in order of name.

        Args:
            takes: whether a reader takes a file ending (lower case, with the dot).

        Raises:
            EvidenceError: a listed file does not exist.
        """
        from selfassess.evidence import SourceFile

        dates = {entry.path: entry.extract_date for entry in self.config.sources}
        problems = []
        for name in dates:
            if not (self.root / name).exists():
                present = [self._name(path) for path in _files(self.root / "evidence")]
                problems.append(
                    Problem(
                        where=CONFIG,
                        message=f"sources names '{name}', which is not there.",
                        hint=nearest(name, present) or "Put the file there or correct the path.",
                    )
                )
        if problems:
            raise EvidenceError(problems=problems)
        return tuple(
            SourceFile(path=path, name=name, extract_date=date)
            for name, path, date in self._evidence()
            if takes(path.suffix.lower())
        )

    def _evidence(self) -> Iterator[tuple[str, Path, dt.date | None]]:
        """Every file of the folders and files that are evidence, in order of name.

        What names a file more closely has the last word on the day on which it was drawn.
        """
        sources = sorted(self.config.sources, key=lambda entry: len(Path(entry.path).parts))
        dates = {self.root / entry.path: entry.extract_date for entry in sources}
        found: dict[str, tuple[Path, dt.date | None]] = {}
        for root, date in (dates or {self.root / "evidence": None}).items():
            for path in _files(root) if root.is_dir() else [root] * root.exists():
                name = self._name(path)
                earlier = found[name][1] if name in found else None
                found[name] = path, date or earlier
        for name in sorted(found):
            yield name, *found[name]

    def _name(self, path: Path) -> str:
        """A file as the ledger calls it; one that lies elsewhere by all of its path."""
        return (path.relative_to(self.root) if path.is_relative_to(self.root) else path).as_posix()


def _no_packs(root: Path, packs: Sequence[str]) -> Iterator[Problem]:
    from selfassess.loading.source import read

    document = read(root / CONFIG, CONFIG)
    near = {
        (Path(path).parent / folder.parent.name).as_posix()
        for path in packs
        for folder in (root / path).parent.glob(f"*/{PACK}")
    }
    for index, path in enumerate(packs):
        folder, where = root / path, document.place(("packs", index))
        if path in packs[:index]:
            yield Problem(where, f"the pack '{path}' is listed twice.", "Keep one of the two.")
        elif folder.is_file():
            hint = "Name the folder that holds the pack.yaml, relative to this file."
            yield Problem(where, f"'{path}' is a file, not a folder.", hint)
        elif not folder.is_dir():
            hint = nearest(path, near) or "Write the path as it is from this file's folder."
            yield Problem(where, f"there is no folder '{path}'.", hint)
        elif not (folder / PACK).is_file():
            yield Problem(
                where,
                f"the folder '{path}' is no pack: no {PACK} found in it.",
                nearest(path, near) or "A pack.yaml says id, version, api: 1, title and licence.",
            )


def _files(root: Path) -> Iterator[Path]:
    """Files below a folder, without hidden ones and the lock files that Excel leaves.

    Raises:
        EvidenceError: a folder may not be looked into; what lies in it would be missed silently.
    """

    def refuse(error: OSError) -> None:
        raise EvidenceError(
            f"{error.filename}: the folder cannot be read ({error.strerror}).",
            hint="See that you may read it, or move it out of evidence/.",
        )

    # A root that is not there is told of where it is named.
    for folder, _, names in os.walk(root, onerror=refuse) if root.is_dir() else ():
        for path in (Path(folder, name) for name in names):
            if path.is_file() and not path.name.startswith((".", "~$")):
                yield path


def load_workspace(folder: Path, *, keep: bool = False) -> Workspace:
    """Read a workspace's settings.

    Args:
        folder: the workspace.
        keep: whether what is read from its valid files may be kept in it, for the next time.

    Raises:
        EvidenceError: there is no ``selfassess.yaml``, or it has faults (all of them at once).
    """
    from selfassess.loading.parse import load

    path = folder / CONFIG
    if not path.is_file():
        raise EvidenceError(
            f"{folder}: no {CONFIG} found, so this is not a workspace.",
            hint="Name the workspace's folder, or make one: "
            "selfassess init FOLDER --council NAME --framework ofsted-ilacs",
        )
    config = load(
        path,
        WorkspaceFile,
        schema="selfassess/workspace@1",
        name=CONFIG,
        error=EvidenceError,
        cache=kept(folder / OUT / CACHE if keep else None, CONFIG),
    )
    return Workspace(root=folder, config=config, keeps=keep)


def kept(folder: Path | None, name: str) -> Callable[[str], ParsedCache] | None:
    """The entry of a workspace's file in its cache, for `read_and_parse`."""
    from selfassess.loading.cache import ParsedCache

    return None if folder is None else lambda models: ParsedCache(folder, models, name)

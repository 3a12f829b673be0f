"""A council's folder: its settings and which files are evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import EvidenceError, Problem, nearest
from selfassess.model.workspace import WorkspaceFile

if TYPE_CHECKING:
    from selfassess.evidence import SourceFile
    from selfassess.loading.cache import ParsedCache

__all__ = ["CONFIG", "Workspace", "kept", "load_workspace"]

CONFIG = "selfassess.yaml"
SELF_EVALUATION = "self-evaluation.yaml"
REGISTER = "evidence/register.yaml"
OUT = "out"
CACHE = ".cache"


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
        """Packs that the workspace lists, as folders."""
        return tuple(self.root / path for path in self.config.packs)

    def source_files(self, takes: Callable[[str], bool]) -> tuple[SourceFile, ...]:
        """The files of evidence, in order of name.

        Args:
            takes: whether a reader takes a file ending (lower case, with the dot).

        Raises:
            EvidenceError: a listed file does not exist or no reader takes it; or there is no file.
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
        roots = [self.root / name for name in dates] or [self.root / "evidence"]
        found: dict[str, SourceFile] = {}
        for root in roots:
            for path in _files(root) if root.is_dir() else [root]:
                if not takes(path.suffix.lower()):
                    continue
                name = self._name(path)
                date = next((d for key, d in dates.items() if d and name.startswith(key)), None)
                found[name] = SourceFile(path=path, name=name, extract_date=date)
        return tuple(found[name] for name in sorted(found))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _files(root: Path) -> Iterator[Path]:
    """Files below a folder, without hidden ones and the lock files that Excel leaves."""
    for path in sorted(root.rglob("*")):
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

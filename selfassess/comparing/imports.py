"""Takes a newer release into a workspace: checked with all that is held, then copied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from selfassess.comparing.intake import read_table
from selfassess.comparing.load import FOLDER, imported_files, load_benchmarks
from selfassess.errors import EvidenceError
from selfassess.model.comparing import Shipped

__all__ = ["Taken", "import_release"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was imported, and into which file."""

    table: str
    rows: int
    path: Path
    replaced: bool


def import_release(file: Path, workspace: Path, shipped: Iterable[Shipped]) -> Taken:
    """Check a file against everything held, and keep a copy in the workspace.

    Band edges stay where their measures put them: an import moves comparators alone. A file of the
    same name is replaced.

    Args:
        file: CSV in the shape of one of the tables.
        workspace: the folder of the workspace.
        shipped: the releases of the packs.

    Raises:
        EvidenceError: the file, alone or beside what is held, is at fault; nothing is changed.
    """
    if file.is_dir():
        raise EvidenceError(f"{file}: it is a folder.", hint="Name the CSV file in it.")
    if not file.is_file():
        raise EvidenceError(f"{file}: there is no such file.", hint="Check the path.")
    target = workspace / FOLDER / f"{file.stem}.csv"
    # Read once under its own name first, so that messages name the file that was given.
    table = read_table(file, file.name, keep=lambda _: False)
    held = [each for each in imported_files(workspace) if each.name != target.name]
    load_benchmarks(shipped, [*held, file])
    content = file.read_bytes()
    replaced = target.exists()
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(content)
    return Taken(table=table.shape.name, rows=table.total, path=target, replaced=replaced)

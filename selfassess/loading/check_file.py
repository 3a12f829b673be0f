"""Checks framework files on their own, before they are part of a pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from selfassess.errors import Problem
from selfassess.loading.check import check_editions
from selfassess.loading.editions import resolve
from selfassess.loading.library import FRAMEWORK, Library
from selfassess.loading.names import Names
from selfassess.loading.packs import PackFile, in_file_order, read_document
from selfassess.loading.parse import schema_problem
from selfassess.model.pack import API, Manifest, Pack

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["check_file", "check_files"]


def check_file(path: Path, library: Library | None = None) -> list[Problem]:
    """Everything that is wrong with a framework file, in its order; nothing if it is sound."""
    return list(check_files([path], library))


def check_files(paths: Sequence[Path], library: Library | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with framework files, which may extend one another.

    Args:
        paths: the files.
        library: what is installed: topics, measures, dimensions and the editions that a file may
            extend. Without one, names of topics, measures and dimensions are taken on trust.
    """
    files: list[PackFile] = []
    problems: list[Problem] = []
    for path in paths:
        file = _read(path)
        wrong = None if file.document.problems else schema_problem(file.document, FRAMEWORK)
        if wrong is not None:
            problems.append(wrong)
            continue
        problems += file.problems
        files.append(file)
    problems += _twice(files)
    editions, found = resolve(files, library.editions if library else None)
    problems += found
    names = library.names() if library else Names(complete=False)
    own = {file.document.name for file in files}
    checked = [edition for edition in editions.values() if edition.documents[0].name in own]
    problems += check_editions(checked, names)
    return in_file_order(problems)


def _twice(files: Sequence[PackFile]) -> Iterator[Problem]:
    """Files that hold the same edition."""
    first: dict[str, str] = {}
    for file in files:
        if file.value is None:
            continue
        reference = f"{file.value.id}@{file.value.edition}"
        place = file.document.place(("edition",))
        if first.setdefault(reference, place) != place:
            yield Problem(
                place,
                f"this is '{reference}' again: another file holds it ({first[reference]}).",
                "Give one of the two another edition, or check one at a time.",
            )


def _read(path: Path) -> PackFile:
    manifest = Manifest(id="", version="", api=API, title="", licence="")
    folder = cast("Traversable", path.parent)
    return read_document(path, Pack(manifest=manifest, root=folder, plugin=""), folder)

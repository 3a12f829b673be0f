"""Checks framework files on their own, before they are part of a pack; crosswalks, overlays too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import Problem
from selfassess.loading.beside import frameworks_beside, read_alone
from selfassess.loading.checks.crosswalk import check_crosswalk
from selfassess.loading.checks.framework import check_editions
from selfassess.loading.checks.overlay import check_overlay
from selfassess.loading.editions import Edition, resolve
from selfassess.loading.kinds import CROSSWALK, FRAMEWORK, OVERLAY
from selfassess.loading.library import Library
from selfassess.loading.lint import lint
from selfassess.loading.names import Names
from selfassess.loading.packs import PackFile, in_file_order
from selfassess.loading.parse import schema_problem
from selfassess.model.crosswalk import Crosswalk
from selfassess.model.overlay import Overlay

if TYPE_CHECKING:
    pass

__all__ = ["check_file", "check_files", "remarks_on"]


def check_file(path: Path, library: Library | None = None) -> list[Problem]:
    """Everything that is wrong with a framework file, in its order; nothing if it is sound."""
    return list(check_files([path], library))


def check_files(paths: Sequence[Path], library: Library | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with framework files, which may extend one another.

    Args:
        paths: the files; crosswalks and overlays are checked too, against the frameworks among
            the files, those of the pack that they lie in, and those that are installed.
        library: what is installed: topics, measures, dimensions and the editions that a file may
            extend. Without one, names of topics, measures and dimensions are taken on trust.
    """
    files: list[PackFile] = []
    problems: list[Problem] = []
    for path in paths:
        file = read_alone(path)
        known = bool(file.document.problems) or file.schema in (CROSSWALK, OVERLAY)
        wrong = None if known else schema_problem(file.document, FRAMEWORK)
        if wrong is not None:
            problems.append(wrong)
            continue
        problems += file.problems
        files.append(file)
    frameworks = [file for file in files if file.schema == FRAMEWORK]
    beside = [*frameworks_beside(paths, _installed(library))]
    problems += _twice([*beside, *frameworks])
    editions, found = resolve([*frameworks, *beside], library.editions if library else None)
    named = tuple(f"{file.document.name}:" for file in files)
    problems += [problem for problem in found if problem.where.startswith(named)]
    names = library.names() if library else Names(complete=False)
    problems += check_editions(_own(editions, files), names)
    problems += _others(files, editions, library, names)
    return in_file_order(problems)


def remarks_on(paths: Sequence[Path], library: Library) -> tuple[Problem, ...]:
    """What the content check remarks on sound framework files; files of other kinds have none."""
    files = [read_alone(path) for path in paths]
    frameworks = [file for file in files if file.schema == FRAMEWORK]
    editions, _ = resolve(
        [*frameworks, *frameworks_beside(paths, _installed(library))], library.editions
    )
    known = [*library.frameworks.values(), *(edition.framework for edition in editions.values())]
    tag_sets = {each.tag_prefix: each for each in known if each.tag_prefix}
    return tuple(
        problem
        for edition in _own(editions, files)
        for problem in lint(
            edition.framework, library.names(), where=edition.place, tag_sets=tag_sets
        )
    )


def _installed(library: Library | None) -> set[str]:
    """The names of the framework files that a library was made of."""
    editions = library.editions.values() if library else ()
    return {edition.documents[0].name for edition in editions}


def _own(editions: Mapping[str, Edition], files: Sequence[PackFile]) -> list[Edition]:
    """The editions that the files themselves hold."""
    names = {file.document.name for file in files}
    return [edition for edition in editions.values() if edition.documents[0].name in names]


def _others(
    files: Sequence[PackFile],
    editions: Mapping[str, Edition],
    library: Library | None,
    names: Names,
) -> Iterator[Problem]:
    """What is wrong with crosswalks and overlays; without a library only their form is known."""
    if library is None:
        return
    frameworks = dict(library.frameworks)
    frameworks |= {reference: edition.framework for reference, edition in editions.items()}
    for file in files:
        if isinstance(file.value, Crosswalk):
            yield from check_crosswalk(file.value, file.document, frameworks)
        elif isinstance(file.value, Overlay):
            yield from check_overlay(file.value, frameworks.values(), names, file.document.place)


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

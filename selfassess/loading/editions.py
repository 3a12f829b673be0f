"""Makes every edition whole: follows ``extends`` to its beginning and applies each step in turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from selfassess.errors import Problem, nearest
from selfassess.loading.decode import build
from selfassess.loading.extend import extend
from selfassess.loading.extension import SECTIONS, Extension
from selfassess.loading.packs import PackFile
from selfassess.loading.source import Document, KeyPath
from selfassess.model.framework import Framework

__all__ = ["Edition", "resolve"]

Index = Mapping[tuple[str, str], tuple[KeyPath, ...]]


@dataclass(frozen=True, slots=True)
class Edition:
    """A whole framework and the files that it was put together from.

    Attributes:
        pack: id of the pack that brought it.
        documents: its own file first, then the one that it extends, and so on.
        extension: what its own file says, where it extends another.
    """

    framework: Framework
    pack: str
    documents: tuple[Document, ...]
    extension: Extension | None = None
    indexes: tuple[Index, ...] = field(default=(), repr=False)

    def place(self, kind: str, identifier: str, path: KeyPath = (), *, nth: int = 0) -> str:
        """Where a thing of the framework is written: in its own file, or in one that it extends.

        Args:
            kind: ``node``, a list's name such as ``ceilings``, or nothing for the head.
            identifier: its id; nothing for the head.
            path: the way from the thing to the value meant.
            nth: which one, where the id stands twice.
        """
        for document, index in zip(self.documents, self.indexes, strict=True):
            for found in index.get((kind, identifier), ())[nth:]:
                if not path or document.has((*found, *path[:1])):
                    return document.place((*found, *path))
        for document, index in zip(self.documents, self.indexes, strict=True):
            for found in index.get((kind, identifier), ()):
                return document.place(found)
        return self.documents[0].place(path)


def resolve(
    files: Sequence[PackFile], installed: Mapping[str, Edition] | None = None
) -> tuple[dict[str, Edition], list[Problem]]:
    """Make every framework file's edition whole, by reference; say which cannot be.

    Args:
        files: framework files, read.
        installed: whole editions that the files may extend besides one another.
    """
    by_reference: dict[str, PackFile] = {}
    for file in files:
        if file.value is not None:
            by_reference.setdefault(f"{file.value.id}@{file.value.edition}", file)
    unread = {
        f"{file.document.data['id']}@{file.document.data['edition']}"
        for file in files
        if file.value is None
        and isinstance(file.document.data, dict)
        and {"id", "edition"} <= file.document.data.keys()
    }
    found = {key: e for key, e in (installed or {}).items() if key not in by_reference}
    problems: list[Problem] = []
    failed: set[str] = set(unread)
    for reference in by_reference:
        _resolve(reference, by_reference, found, failed, problems, ())
    return {
        reference: found[reference] for reference in by_reference if reference in found
    }, problems


def _resolve(
    reference: str,
    files: Mapping[str, PackFile],
    found: dict[str, Edition],
    failed: set[str],
    problems: list[Problem],
    trail: tuple[str, ...],
) -> None:
    if reference in found or reference in failed:
        return
    file = files[reference]
    index = _index(file.document)
    if isinstance(file.value, Framework):
        found[reference] = Edition(file.value, file.pack.id, (file.document,), None, (index,))
        return
    extension: Extension = file.value
    where = file.document.place(("extends",))
    if extension.extends in (*trail, reference):
        circle = " extends ".join((*trail, reference, extension.extends))
        problems.append(
            Problem(
                where,
                f"the editions extend one another in a circle: {circle}.",
                "Let the earliest edition stand on its own, without 'extends'.",
            )
        )
        failed.update((*trail, reference))
        return
    known = {*files, *found}
    if extension.extends not in known | failed:
        problems.append(
            Problem(
                where,
                f"'{extension.extends}' is not installed, so this edition cannot extend it.",
                nearest(extension.extends, known - {reference})
                or "Write it as id@edition; `selfassess frameworks list` shows what there is.",
            )
        )
        failed.add(reference)
        return
    if extension.extends in files:
        _resolve(extension.extends, files, found, failed, problems, (*trail, reference))
    base = found.get(extension.extends)
    if base is None:
        failed.add(reference)
        return
    framework, step_problems = extend(base.framework, extension, file.document, build)
    problems += step_problems
    if step_problems:
        failed.add(reference)
        return
    found[reference] = Edition(
        framework,
        file.pack.id,
        (file.document, *base.documents),
        extension,
        (index, *base.indexes),
    )


def _index(document: Document) -> Index:
    """Where each node and each item of a list stands in a file, by kind and id."""
    found: dict[tuple[str, str], tuple[KeyPath, ...]] = {}

    def note(kind: str, identifier: object, path: KeyPath) -> None:
        key = (kind, str(identifier))
        found[key] = (*found.get(key, ()), path)

    def nodes(data: object, path: KeyPath) -> None:
        for index, node in enumerate(data if isinstance(data, list) else ()):
            note("node", node["id"], (*path, index))
            nodes(node.get("nodes"), (*path, index, "nodes"))

    def lists(data: Mapping[str, list[dict[str, object]]], path: KeyPath) -> None:
        for section, (_, key) in SECTIONS.items():
            for index, item in enumerate(data.get(section) or ()):
                note(section, item[key], (*path, section, index))

    data = document.data
    note("", "", ())
    nodes(data.get("nodes"), ("nodes",))
    lists(data, ())
    added = data.get("add") or {}
    lists(added, ("add",))
    for position, new in enumerate(added.get("nodes") or ()):
        path: KeyPath = ("add", "nodes", position, "node")
        note("node", new["node"]["id"], path)
        nodes(new["node"].get("nodes"), (*path, "nodes"))
    for section, changes in (data.get("change") or {}).items():
        for identifier in changes or {}:
            kind = "node" if section == "nodes" else section
            note(kind, identifier, ("change", section, identifier))
    return found

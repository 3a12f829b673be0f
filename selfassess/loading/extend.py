"""Applies an edition's changes to the edition that it extends; says which cannot be applied."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from selfassess.errors import Problem, nearest
from selfassess.loading import shape
from selfassess.loading.extension import SECTIONS, Extension
from selfassess.loading.source import Document, KeyPath
from selfassess.model.framework import Framework, Node

__all__ = ["extend"]


_KEPT = (
    "title",
    "kind",
    "source",
    "wording",
    "subject",
    "inspection",
    "tag_prefix",
    "provenance",
    "notes",
    "lint",
)
"""Keys of the head that stay as they were where a file does not give them."""


def extend(
    base: Framework,
    extension: Extension,
    document: Document,
    build: Callable[[Any, Any], Any],
) -> tuple[Framework, tuple[Problem, ...]]:
    """Apply an edition's changes to the edition that it extends.

    Args:
        base: the earlier edition, whole.
        extension: the file's content.
        document: the file, for places and for which keys a change names.
        build: turns valid data into a value of a type (`selfassess.loading.decode.build`).

    Returns:
        The whole later edition, and what could not be applied.
    """
    step = _Step(extension, document, build)
    head: dict[str, Any] = {
        name: value for name in _KEPT if (value := getattr(extension, name)) is not None
    }
    lists: dict[str, Any] = {section: step.items(base, section) for section in SECTIONS}
    framework = replace(
        base,
        id=extension.id,
        edition=extension.edition,
        extends=extension.extends,
        status=extension.status,
        in_force_from=extension.in_force_from,
        in_force_to=extension.in_force_to,
        nodes=step.nodes(base),
        **lists,
        **head,
    )
    return framework, tuple(step.problems)


class _Step:
    """One edition's changes being applied; collects what is wrong with them."""

    def __init__(
        self, extension: Extension, document: Document, build: Callable[[Any, Any], Any]
    ) -> None:
        self.extension = extension
        self.document = document
        self.build = build
        self.problems: list[Problem] = []

    def items(self, base: Framework, section: str) -> tuple[Any, ...]:
        """One list of the framework after its additions, changes and removals."""
        model, key = SECTIONS[section]
        found = {getattr(item, key): item for item in getattr(base, section)}
        for index, item in enumerate(getattr(self.extension.add, section)):
            identifier = getattr(item, key)
            if identifier in found:
                self._taken(identifier, ("add", section, index, key))
            found[identifier] = item
        for identifier in getattr(self.extension.change, section):
            path: KeyPath = ("change", section, identifier)
            if identifier in found:
                found[identifier] = self._changed(found[identifier], model, path)
            else:
                self._unknown(identifier, found, path, key=True)
        for index, identifier in enumerate(getattr(self.extension.remove, section)):
            if found.pop(identifier, None) is None:
                self._unknown(identifier, found, ("remove", section, index))
        return tuple(found.values())

    def nodes(self, base: Framework) -> tuple[Node, ...]:
        """The tree after its additions, moves, changes and removals."""
        tree = _Tree(base.nodes)
        for index, new in enumerate(self.extension.add.nodes):
            path: KeyPath = ("add", "nodes", index)
            taken = [node.id for node in new.node.walk() if node.id in tree.found]
            for identifier in taken:
                self._taken(identifier, (*path, "node"))
            if not taken:
                self._place(tree, new.node.id, new.under, new.after, new.before, path, new.node)
        for identifier in self.extension.change.nodes:
            path = ("change", "nodes", identifier)
            if identifier not in tree.found:
                self._unknown(identifier, tree.found, path, key=True)
                continue
            given = self._data(path)
            tree.found[identifier] = self._changed(tree.found[identifier], Node, path)
            if given.keys() & {"under", "after", "before"}:
                under = given.get("under", tree.parent(identifier))
                target = None if under == "top" else under
                self._place(tree, identifier, target, given.get("after"), given.get("before"), path)
        for index, identifier in enumerate(self.extension.remove.nodes):
            if identifier in tree.found:
                tree.remove(identifier)
            else:
                self._unknown(identifier, tree.found, ("remove", "nodes", index))
        return tree.whole()

    def _place(
        self,
        tree: _Tree,
        identifier: str,
        under: str | None,
        after: str | None,
        before: str | None,
        path: KeyPath,
        new: Node | None = None,
    ) -> None:
        if under is not None and under not in tree.found:
            self._unknown(under, tree.found, (*path, "under"))
            return
        if under is not None and new is None and under in tree.below(identifier):
            self.problems.append(
                Problem(
                    self.document.place((*path, "under")),
                    f"'{identifier}' cannot be moved under '{under}', which lies below it.",
                    "Name a node outside it.",
                )
            )
            return
        siblings = [child for child in tree.children[under] if child != identifier]
        for name, sibling in (("after", after), ("before", before)):
            if sibling is not None and sibling not in siblings:
                self._unknown(sibling, siblings, (*path, name))
                return
        if new is not None:
            tree.take(new)
        else:
            tree.children[tree.parent(identifier)].remove(identifier)
        position = len(siblings)
        if after is not None:
            position = siblings.index(after) + 1
        elif before is not None:
            position = siblings.index(before)
        tree.children[under].insert(position, identifier)

    def _changed(self, item: Any, model: Any, path: KeyPath) -> Any:
        given = self._data(path)
        values: dict[str, Any] = {}
        defaults = {f.name: f for f in dataclasses.fields(model)}
        for key, value in given.items():
            if key in ("under", "after", "before") and model is Node:
                continue
            name, annotation, required = shape.fields(model)[key]
            if value is not None:
                values[name] = self.build(value, annotation)
            elif required:
                self.problems.append(
                    Problem(
                        self.document.place((*path, key)),
                        f"'{key}' cannot be taken away: every '{path[-1]}' needs one.",
                        "Write its new value, or leave the key out.",
                    )
                )
            else:
                plain = defaults[name]
                if plain.default is not dataclasses.MISSING:
                    values[name] = plain.default
                elif plain.default_factory is not dataclasses.MISSING:
                    values[name] = plain.default_factory()
        return replace(item, **values)

    def _data(self, path: KeyPath) -> dict[str, Any]:
        data = self.document.data
        for step in path:
            data = data[step]
        return dict(data or {})

    def _taken(self, identifier: str, path: KeyPath) -> None:
        self.problems.append(
            Problem(
                self.document.place(path),
                f"'{identifier}' is added, but '{self.extension.extends}' has it already.",
                "Move it to 'change', or give the new one an id of its own: ids are never reused.",
            )
        )

    def _unknown(self, identifier: str, known: Any, path: KeyPath, *, key: bool = False) -> None:
        action = "removed" if path[0] == "remove" else "changed" if key else "named"
        self.problems.append(
            Problem(
                self.document.place(path, key=key),
                f"'{identifier}' is {action} here, but '{self.extension.extends}' has none such.",
                nearest(identifier, known) or "Check the id in the earlier edition.",
            )
        )


class _Tree:
    """A tree of nodes that can be rearranged: nodes by id, and each one's children in order."""

    def __init__(self, nodes: tuple[Node, ...]) -> None:
        self.found: dict[str, Node] = {}
        self.children: dict[str | None, list[str]] = {None: [node.id for node in nodes]}
        for node in nodes:
            self.take(node)

    def take(self, node: Node) -> None:
        """Take a node and everything below it."""
        for each in node.walk():
            self.children[each.id] = [child.id for child in each.nodes]
            self.found[each.id] = replace(each, nodes=())

    def parent(self, identifier: str) -> str | None:
        """The id of a node's parent; None at the top."""
        return next(parent for parent, ids in self.children.items() if identifier in ids)

    def below(self, identifier: str) -> set[str]:
        """A node's id and those of everything below it."""
        found = {identifier}
        for child in self.children[identifier]:
            found |= self.below(child)
        return found

    def remove(self, identifier: str) -> None:
        """Take a node out, with everything below it."""
        self.children[self.parent(identifier)].remove(identifier)
        for each in self.below(identifier):
            del self.found[each]
            del self.children[each]

    def whole(self, parent: str | None = None) -> tuple[Node, ...]:
        """The nodes under a parent, with everything below them."""
        return tuple(
            replace(self.found[each], nodes=self.whole(each)) for each in self.children[parent]
        )

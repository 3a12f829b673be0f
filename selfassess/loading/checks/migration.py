"""Checks a migration file against the two editions it speaks of: what it declares has to be so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from selfassess.errors import Problem, nearest
from selfassess.loading.compare import parents, reworded
from selfassess.loading.source import Document, KeyPath
from selfassess.model.framework import Framework
from selfassess.model.migration import Editorial, Migration, Removed, Renamed

__all__ = ["check_migration"]

_TOP = "top"

Item = TypeVar("Item", Renamed, Removed, Editorial)


def check_migration(
    migration: Migration, document: Document, frameworks: Mapping[str, Framework]
) -> list[Problem]:
    """Everything that a migration file says and that the editions do not bear out.

    Args:
        migration: the file's content.
        document: the file, for places.
        frameworks: whole editions by reference.
    """
    problems = []
    families = {framework.id for framework in frameworks.values()}
    if migration.framework not in families:
        said = f"no framework '{migration.framework}' is installed."
        hint = nearest(migration.framework, families, few=True)
        return [Problem(document.place(("framework",)), said, hint)]
    if migration.from_ == migration.to:
        said = f"'from' and 'to' are one edition, '{migration.to}'."
        return [Problem(document.place(("to",)), said, "Name the later edition.")]
    for key, reference in (("from", migration.old), ("to", migration.new)):
        if reference not in frameworks:
            editions = [f.edition for f in frameworks.values() if f.id == migration.framework]
            problems.append(
                Problem(
                    document.place((key,)),
                    f"'{reference}' is not installed.",
                    nearest(reference.partition("@")[2], editions),
                )
            )
    if problems:
        return problems
    check = _Check(document, frameworks[migration.old], frameworks[migration.new])
    problems += check.moved(migration)
    problems += check.split(migration)
    problems += check.merged(migration)
    problems += check.renamed(migration)
    problems += check.removed(migration)
    problems += check.editorial(migration)
    problems += check.twice(migration)
    return problems


class _Check:
    """The two editions, as sets of ids."""

    def __init__(self, document: Document, old: Framework, new: Framework) -> None:
        self.document = document
        self.old, self.new = old, new
        self.ids = {
            "node": ({n.id for n in old.walk()}, {n.id for n in new.walk()}),
            "question": ({q.id for q in old.questions}, {q.id for q in new.questions}),
        }

    def moved(self, migration: Migration) -> Iterator[Problem]:
        before, after = parents(self.old), parents(self.new)
        names = {each.node: each.to for each in migration.renamed if each.node}
        for index, item in enumerate(migration.moved):
            path: KeyPath = ("moved", index)
            wrong = [*self._in_old("node", item.node, (*path, "node"))] or [
                *self._in_new("node", item.node, (*path, "node"))
            ]
            yield from wrong
            if wrong:
                continue
            now = after[item.node] or _TOP
            was = before[item.node] or _TOP
            if names.get(was, was) == now:
                yield self._fault(
                    (*path, "node"),
                    f"'{item.node}' did not move: it stands under '{now}' in both editions.",
                    "Take the entry away.",
                )
            elif item.under != now:
                yield self._fault(
                    (*path, "under"),
                    f"'{item.node}' stands under '{now}' in {self.new.reference}, not under "
                    f"'{item.under}'.",
                    f"Write 'under: {now}'.",
                )

    def split(self, migration: Migration) -> Iterator[Problem]:
        for index, item in enumerate(migration.split):
            path: KeyPath = ("split", index)
            yield from self._in_old("node", item.node, (*path, "node"))
            for position, target in enumerate(item.into):
                yield from self._in_new("node", target, (*path, "into", position))
            if len(set(item.into)) < 2:
                yield self._fault(
                    (*path, "into"),
                    f"'{item.node}' is split into fewer than two nodes.",
                    "Name each node that shares its content, or use 'renamed' or 'removed'.",
                )
            if item.node not in item.into:
                yield from self._gone("node", item.node, (*path, "node"))

    def merged(self, migration: Migration) -> Iterator[Problem]:
        for index, item in enumerate(migration.merged):
            path: KeyPath = ("merged", index)
            yield from self._in_new("node", item.into, (*path, "into"))
            for position, node in enumerate(item.nodes):
                place = (*path, "nodes", position)
                yield from self._in_old("node", node, place)
                if node != item.into:
                    yield from self._gone("node", node, place)
            if len(set(item.nodes)) < 2:
                yield self._fault(
                    (*path, "nodes"),
                    f"fewer than two nodes are merged into '{item.into}'.",
                    "Name each node whose content it holds now, or use 'renamed'.",
                )

    def renamed(self, migration: Migration) -> Iterator[Problem]:
        def check(item: Renamed, kind: str, identifier: str, path: KeyPath) -> Iterator[Problem]:
            yield from self._in_old(kind, identifier, (*path, kind))
            yield from self._gone(kind, identifier, (*path, kind))
            yield from self._in_new(kind, item.to, (*path, "to"))
            if item.to in self.ids[kind][0]:
                yield self._fault(
                    (*path, "to"),
                    f"'{item.to}' is in {self.old.reference} already, so nothing can be renamed "
                    "to it.",
                    "Declare it as 'merged', or correct the id.",
                )

        yield from self._each("renamed", migration.renamed, check)

    def removed(self, migration: Migration) -> Iterator[Problem]:
        def check(_: Removed, kind: str, identifier: str, path: KeyPath) -> Iterator[Problem]:
            yield from self._in_old(kind, identifier, (*path, kind))
            yield from self._gone(kind, identifier, (*path, kind))

        yield from self._each("removed", migration.removed, check)

    def editorial(self, migration: Migration) -> Iterator[Problem]:
        def check(_: Editorial, kind: str, identifier: str, path: KeyPath) -> Iterator[Problem]:
            wrong = [*self._in_old(kind, identifier, (*path, kind))] or [
                *self._in_new(kind, identifier, (*path, kind))
            ]
            yield from wrong
            if not wrong and not reworded(self.old, self.new, kind, identifier):
                yield self._fault(
                    (*path, kind),
                    f"'{identifier}' is worded alike in both editions.",
                    "Take the entry away.",
                )

        yield from self._each("editorial", migration.editorial, check)

    def twice(self, migration: Migration) -> Iterator[Problem]:
        """Nodes that are said to have gone in two ways."""
        seen: dict[tuple[str, str], str] = {}
        gone: list[tuple[str, str | None, KeyPath]] = [
            ("node", each.node, ("split", i, "node")) for i, each in enumerate(migration.split)
        ]
        gone += [
            ("node", node, ("merged", i, "nodes", j))
            for i, each in enumerate(migration.merged)
            for j, node in enumerate(each.nodes)
        ]
        several: tuple[tuple[str, tuple[Renamed | Removed, ...]], ...] = (
            ("renamed", migration.renamed),
            ("removed", migration.removed),
        )
        for section, items in several:
            for i, item in enumerate(items):
                gone.append(("node", item.node, (section, i, "node")))
                gone.append(("question", item.question, (section, i, "question")))
        for kind, identifier, path in gone:
            if identifier is None:
                continue
            first = seen.setdefault((kind, identifier), str(path[0]))
            if first != path[0]:
                yield self._fault(
                    path,
                    f"'{identifier}' is declared as '{first}' above and as '{path[0]}' here.",
                    "Keep one of the two.",
                )

    def _each(
        self,
        section: str,
        items: Sequence[Item],
        check: Callable[[Item, str, str, KeyPath], Iterator[Problem]],
    ) -> Iterator[Problem]:
        """Check entries that name a node or a question, one of the two."""
        for index, item in enumerate(items):
            path: KeyPath = (section, index)
            named = [
                (kind, name)
                for kind, name in (("node", item.node), ("question", item.question))
                if name is not None
            ]
            if len(named) == 1:
                yield from check(item, *named[0], path)
            else:
                said = "this entry names neither a node nor a question, or both."
                yield self._fault(path, said, "Name one of them.")

    def _in_old(self, kind: str, identifier: str, path: KeyPath) -> Iterator[Problem]:
        if identifier not in self.ids[kind][0]:
            yield self._absent(kind, identifier, self.old, self.ids[kind][0], path)

    def _in_new(self, kind: str, identifier: str, path: KeyPath) -> Iterator[Problem]:
        if identifier not in self.ids[kind][1]:
            yield self._absent(kind, identifier, self.new, self.ids[kind][1], path)

    def _gone(self, kind: str, identifier: str, path: KeyPath) -> Iterator[Problem]:
        if identifier in self.ids[kind][1]:
            yield self._fault(
                path,
                f"'{identifier}' is still in {self.new.reference}.",
                "Take the entry away, or remove it from that edition.",
            )

    def _absent(
        self, kind: str, identifier: str, edition: Framework, valid: Iterable[str], path: KeyPath
    ) -> Problem:
        hint = nearest(identifier, valid) or (
            f"`selfassess frameworks show {edition.reference}` shows what there is."
        )
        return self._fault(path, f"'{identifier}' is no {kind} of {edition.reference}.", hint)

    def _fault(self, path: KeyPath, message: str, hint: str) -> Problem:
        return Problem(self.document.place(path), message, hint)

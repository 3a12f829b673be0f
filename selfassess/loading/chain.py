"""Finds the way from one edition of a framework to another."""

from __future__ import annotations

from collections import deque

from selfassess.errors import UsageError
from selfassess.loading.library import Library
from selfassess.loading.lineage import Lineage, lineage
from selfassess.model.framework import Framework

__all__ = ["chain", "declared_between"]


def chain(library: Library, old: Framework, new: Framework) -> tuple[Framework, ...]:
    """Every edition from one to another, both included.

    Editions follow one another where one extends the other or a migration file lies between them.
    Where nothing links the two, the step is made in one go.

    Raises:
        UsageError: the two are of different families or kinds, or the way leads backwards.
    """
    if old.id != new.id:
        raise UsageError(
            f"{old.reference} and {new.reference} are two families of inspection, not two editions "
            "of one: what is said under one does not answer the other.",
            hint=f"`selfassess frameworks list` shows the editions of {old.id}.",
        )
    if old.kind != new.kind:
        raise UsageError(
            f"{old.reference} is {old.kind} and {new.reference} is {new.kind}: grades that leaders "
            "gave under one have no place in the other.",
            hint="Set up a new workspace for it: selfassess init",
        )
    found = _way(library, old.reference, new.reference)
    if found is None and (_way(library, new.reference, old.reference) or _later(old, new)):
        raise UsageError(
            f"{new.reference} is an earlier edition than {old.reference}.",
            hint="`selfassess frameworks upgrade --undo` takes the last upgrade back.",
        )
    steps = found or [old.reference, new.reference]
    return tuple(library.frameworks[each] for each in dict.fromkeys(steps))


def declared_between(library: Library, editions: tuple[Framework, ...]) -> Lineage:
    """What migration files say of the whole way."""
    return lineage(list(library.migrations.values()), editions)


def _later(one: Framework, other: Framework) -> bool:
    """Whether the first came into force after the second."""
    if one.in_force_from is None or other.in_force_from is None:
        return False
    return one.in_force_from > other.in_force_from


def _way(library: Library, start: str, end: str) -> list[str] | None:
    """The shortest way; None where there is none."""
    following: dict[str, list[str]] = {}
    for reference, framework in library.frameworks.items():
        if framework.extends is not None:
            following.setdefault(framework.extends, []).append(reference)
    for one, other in library.migrations:
        following.setdefault(one, []).append(other)
    waiting = deque([[start]])
    seen = {start}
    while waiting:
        way = waiting.popleft()
        if way[-1] == end:
            return way
        for each in sorted(following.get(way[-1], ())):
            if each not in seen and each.partition("@")[0] == start.partition("@")[0]:
                seen.add(each)
                waiting.append([*way, each])
    return None

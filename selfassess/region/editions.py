"""Whether contributions may stand side by side: editions of one framework, days near each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from selfassess.errors import EvidenceError, Problem
from selfassess.region.contributions import Contribution
from selfassess.report.words import date_words, plural

if TYPE_CHECKING:
    from selfassess.model.migration import Migration

__all__ = ["DAYS_APART", "edition_notes", "latest", "notes_on_days"]

DAYS_APART = 92
"""As-at dates further apart than a quarter are said."""

Migrations = Mapping[tuple[str, str], "Migration"]


def latest(found: Sequence[Contribution]) -> tuple[tuple[Contribution, ...], list[str]]:
    """One contribution for each council, the latest, and what was left aside."""
    kept: dict[str, Contribution] = {}
    for each in found:
        name = _identity(each, found)
        if name not in kept or kept[name].as_at < each.as_at:
            kept[name] = each
    chosen = tuple(each for each in found if kept[_identity(each, found)] is each)
    return chosen, [
        f"{each.council} contributed more than once: {each.file}, as at "
        f"{date_words(each.as_at)}, is left aside for a later one."
        for each in found
        if each not in chosen
    ]


def _identity(one: Contribution, found: Sequence[Contribution]) -> str:
    """The first contribution of the same council, by its code or its name."""
    for each in found:
        if each.council.casefold() == one.council.casefold() or (
            one.code and each.code == one.code
        ):
            return each.file
    return one.file


def notes_on_days(found: Sequence[Contribution]) -> list[str]:
    """What to say where as-at dates lie apart."""
    days = [dt.date.fromisoformat(each.as_at) for each in found]
    apart = (max(days) - min(days)).days
    if apart <= DAYS_APART:
        return []
    return [
        f"The as-at dates lie {plural(apart, 'days')} apart, from {date_words(min(days))} to "
        f"{date_words(max(days))}: a difference may be one of time."
    ]


def edition_notes(found: Sequence[Contribution], migrations: Migrations) -> list[str]:
    """What two editions have in common, where there are two.

    Raises:
        EvidenceError: there are two that no migration map joins, or two frameworks.
    """
    editions = list(dict.fromkeys(each.edition for each in found))
    if len(editions) == 1:
        return []
    problems: list[Problem] = []
    notes: list[str] = []
    first = found[0]
    for edition in editions[1:]:
        other = next(each for each in found if each.edition == edition)
        steps = _steps(first.edition, edition, migrations)
        if steps is None:
            problems.append(
                Problem(
                    other.place("framework"),
                    f"is assessed against {edition}; {first.file} against {first.edition}. "
                    "No migration map joins them.",
                    "Assess all councils against one edition: selfassess frameworks upgrade.",
                )
            )
        else:
            notes.append(_overlap(first, other, steps))
    if problems:
        raise EvidenceError(problems=problems)
    return notes


def _steps(one: str, other: str, migrations: Migrations) -> list[Migration] | None:
    """The migration files between two editions, whichever is the later."""
    for start, goal in ((one, other), (other, one)):
        ways = [[start]]
        while ways:
            way = ways.pop(0)
            if way[-1] == goal:
                return [migrations[step] for step in pairwise(way)]
            ways += [[*way, new] for old, new in migrations if old == way[-1] and new not in way]
    return None


def _overlap(one: Contribution, other: Contribution, steps: Sequence[Migration]) -> str:
    old, new = (one, other) if steps[0].old == one.edition else (other, one)
    before, after = _criteria(old), _criteria(new)
    heirs = {each: {each} for each in before}
    for step in steps:
        into: dict[str, set[str]] = {}
        for split in step.split:
            into[split.node] = set(split.into)
        for merged in step.merged:
            into.update({node: {merged.into} for node in merged.nodes})
        for renamed in step.renamed:
            if renamed.node:
                into[renamed.node] = {renamed.to}
        heirs = {
            each: {heir for node in nodes for heir in into.get(node, {node})}
            for each, nodes in heirs.items()
        }
    carried = sum(bool(nodes & after) for nodes in heirs.values())
    return (
        f"Two editions stand side by side: {old.edition} and {new.edition}. By the migration map, "
        f"{carried} of the earlier one’s {plural(len(before), 'criteria')} are carried on in the "
        "later. Figures are compared by how they are counted, not by edition; signals rest on "
        "each edition’s bands."
    )


def _criteria(found: Contribution) -> set[str]:
    return {
        str(criterion.get("id"))
        for item in found.data["judgements"]
        for criterion in item.get("criteria") or ()
    }

"""Compares what no answer of a self-evaluation hangs on: rules, bands, expected evidence."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from selfassess.loading.change import Change, Subject
from selfassess.model.framework import Framework, Node

__all__ = ["list_changes", "node_details"]

_LISTS: tuple[tuple[str, Subject, str, str], ...] = (
    ("ceilings", "ceiling", "id", "rule"),
    ("limiters", "limiter", "id", "limit"),
    ("bands", "band", "measure", "band of a measure"),
    ("responsible_bodies", "body", "id", "responsible body"),
)
_PLAIN = {
    "measures": "measures used",
    "topics": "topics",
    "owns": "topics of its own",
    "tags": "tags",
    "responsible": "responsible bodies",
    "cohort": "cohort",
    "practice": "what it judges, practice or leadership",
    "kind": "what kind of node it is",
    "excluded": "whether it counts in totals",
    "aggregate": "how its total is made",
    "note": "note",
    "provenance": "where its wording comes from",
}


def node_details(was: Node, now: Node) -> list[str]:
    """What of a node differs beside its wording, place and scale, in plain words."""
    found = []
    before = {each.id: each for each in was.expects}
    after = {each.id: each for each in now.expects}
    if before != after:
        found.append(f"expected evidence ({_difference(before, after)})")
    for name, words in _PLAIN.items():
        old, new = getattr(was, name), getattr(now, name)
        if old == new:
            continue
        if isinstance(old, tuple) and set(old) != set(new):
            words += f" ({_difference(dict.fromkeys(old), dict.fromkeys(new))})"
        found.append(words)
    return found


def list_changes(old: Framework, new: Framework) -> Iterator[Change]:
    """Changes of ceilings, limits, bands, responsible bodies and how inspections go."""
    for name, subject, key, noun in _LISTS:
        before = {getattr(item, key): item for item in getattr(old, name)}
        after = {getattr(item, key): item for item in getattr(new, name)}
        for identifier in before:
            if identifier not in after:
                yield _change("removed", subject, identifier, f"This {noun} is gone.")
            elif before[identifier] != after[identifier]:
                keys = ", ".join(_keys(before[identifier], after[identifier]))
                sentence = f"This {noun} differs in {keys}."
                yield _change("changed", subject, identifier, sentence)
        for identifier in after:
            if identifier not in before:
                because = getattr(after[identifier], "because", "")
                sentence = f"New {noun}" + (f": {' '.join(because.split())}" if because else ".")
                yield _change("added", subject, identifier, sentence)
    if old.inspection != new.inspection:
        sentence = "How inspections are carried out is described differently."
        yield _change("changed", "inspection", new.id, sentence)


def _change(kind: Any, subject: Subject, identifier: str, sentence: str) -> Change:
    return Change(kind=kind, subject=subject, id=identifier, sentence=sentence)


def _keys(was: Any, now: Any) -> list[str]:
    """Keys of the file in which two things of one class differ."""
    names = [field.name for field in dataclasses.fields(was)]
    return [f"'{n.rstrip('_')}'" for n in names if getattr(was, n) != getattr(now, n)]


def _difference(before: dict[str, Any], after: dict[str, Any]) -> str:
    parts = [
        ("new: ", [each for each in after if each not in before]),
        ("gone: ", [each for each in before if each not in after]),
        ("changed: ", [e for e in before if e in after and before[e] != after[e]]),
    ]
    return "; ".join(label + _joined(ids) for label, ids in parts if ids) or "another order"


def _joined(ids: Iterable[str]) -> str:
    return ", ".join(ids)

"""A framework's records as the rows of each sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selfassess.loading import shape
from selfassess.loading.sheet.cells import cell_text
from selfassess.loading.sheet.layout import SheetPlan, key_of, plans
from selfassess.model.framework import Framework

__all__ = ["rows_of", "value_of"]


def rows_of(plan: SheetPlan, framework: Framework) -> Iterator[list[str]]:
    """The rows of a sheet, as texts in the order of its headers."""
    for parents, extra, record in _records(plan, framework):
        cells = [cell_text(value_of(record, c.keys), c.annotation) for c in plan.columns]
        if plan.shape == "tree":
            yield [cells[0], extra, *cells[1:]]
        else:
            yield [*parents, *([extra] if plan.shape == "parts" else []), *cells]


def _records(plan: SheetPlan, framework: Framework) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    """Records with the ids of what they belong to, and with what they stand under or which part."""
    found: list[tuple[tuple[str, ...], str, Any]] = [((), "", framework)]
    listed = False
    for index, key in enumerate(plan.path):
        further = []
        lists = False
        own = plan.own if index == len(plan.path) - 1 else _trees()
        for parents, _, record in found:
            ids = (*parents, str(_get(record, _key(record)))) if listed else parents
            value = _get(record, key)
            lists = lists or isinstance(value, tuple)
            further += [(ids, extra, item) for extra, item in _unfolded(value, own)]
        listed, found = lists, further
    yield from found


def _trees() -> tuple[str, ...]:
    """Keys under which records of the same class lie below one another."""
    return tuple(key for plan in plans() if plan.shape == "tree" for key in plan.own)


def _unfolded(value: Any, own: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The records of a list, each tree or condition among them laid out flat."""
    if value is None:
        return
    if not isinstance(value, tuple):
        yield from _parts(value, own, "")
        return
    for item in value:
        yield from _tree(item, own, "")


def _tree(item: Any, own: tuple[str, ...], under: str) -> Iterator[tuple[str, Any]]:
    yield under, item
    for key in own:
        for child in _get(item, key) or ():
            yield from _tree(child, own, _get(item, _key(item)))


def _parts(item: Any, own: tuple[str, ...], part: str) -> Iterator[tuple[str, Any]]:
    yield part, item
    for key in own:
        for number, child in enumerate(_get(item, key) or (), start=1):
            yield from _parts(child, own, f"{part} / {key} {number}".removeprefix(" / "))


def value_of(record: Any, keys: tuple[str, ...]) -> Any:
    """The value at the end of a way of keys; None where a record on it is absent."""
    for key in keys:
        record = None if record is None else _get(record, key)
    return record


def _get(record: Any, key: str) -> Any:
    """A record's value by its key in files; None where its class has no such key."""
    model: Any = type(record)
    known = shape.fields(model)
    return getattr(record, known[key][0]) if key in known else None


def _key(record: Any) -> str:
    model: Any = type(record)
    return key_of(model)

"""Which local standards a measure reads, by itself and through the views that it draws on."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping

from selfassess.model.evidence import View
from selfassess.model.measure import Measure, Setting

__all__ = ["settings_of"]

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*")
_ASKED = re.compile(rf"\bsetting\(\s*({_WORD.pattern})|\bmatches\([^()]*,\s*({_WORD.pattern})\s*\)")


def settings_of(
    measure: Measure, views: Mapping[str, View], settings: Mapping[str, Setting]
) -> tuple[Setting, ...]:
    """The settings that a measure reads, by id.

    Args:
        measure: a measure whose expressions were checked.
        views: every view; those that the measure names are looked through as well.
        settings: every setting.
    """
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [*_texts(measure)]
    while waiting:
        text = waiting.pop()
        found |= {first or second for first, second in _ASKED.findall(text)}
        for name in set(_WORD.findall(text)) & views.keys() - seen:
            seen.add(name)
            waiting += _texts(views[name])
    return tuple(settings[name] for name in sorted(found & settings.keys()))


def _texts(thing: object) -> Iterator[str]:
    """Every text below a thing, whatever key holds it."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        for each in thing.values():
            yield from _texts(each)
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _texts(each)
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        prose = {"title", "why", "note", "can_tell", "description"}
        for field in dataclasses.fields(thing):
            if field.name not in prose:
                yield from _texts(getattr(thing, field.name))

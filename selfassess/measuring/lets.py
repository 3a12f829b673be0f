"""Checks names that a computation gives to expressions and then does not use.

What is used is checked where it is used. A name that nothing uses is no fault, but what it stands
for has to make sense all the same: it is likely that somebody is about to use it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from selfassess.errors import Problem
from selfassess.measuring.frames import Frame
from selfassess.measuring.language import LanguageError, parse
from selfassess.measuring.relations import Relations
from selfassess.measuring.session import shared_for
from selfassess.measuring.syntax import Path
from selfassess.measuring.translate import translate
from selfassess.model.measure import Computation, Setting

__all__ = ["idle_lets", "is_read", "overgrown"]

DEEPEST = 40
"""So many lets may stand for one another in turn: each is compiled inside the one before."""
LARGEST = 5_000
"""So many names may an expression hold once its lets are written out."""
_DAY = dt.date(2025, 3, 31)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*")


def is_read(text: str) -> bool:
    """Whether a text is an expression, whatever its names mean."""
    try:
        parse(text)
    except LanguageError:
        return False
    return True


def idle_lets(
    computation: Computation,
    by: Iterable[str],
    relations: Relations,
    settings: Mapping[str, Setting],
    head: str,
) -> Iterator[Problem]:
    """Say what is wrong with the lets that nothing uses.

    Args:
        computation: one that is sound but for them; with `per` they may speak of holders.
        by: its breakdowns.
        relations: tables and views.
        settings: local standards.
        head: what stands before the key in the place of a problem.
    """
    relation = relations.get(computation.from_ or "")
    idle = [name for name in computation.let if name not in _used(computation, by)]
    if relation is None or not idle or computation.per is not None:
        return
    lets = {name: parse(text) for name, text in computation.let.items()}
    for name in idle:
        shared = shared_for(relations, settings, _DAY, lambda _relation, _name: False)
        frame = Frame(shared, relation, "b", lets=lets, looks_up=True)
        frame.date = Path((relation.event,)) if relation.event else None
        try:
            translate(Path((name,)), frame)
        except LanguageError as error:
            key = error.text or f"let {name}"
            yield Problem(f"{head}{key}, column {error.column}", error.message, error.hint)


def overgrown(computation: Computation, head: str) -> Iterator[Problem]:
    """Say which lets stand for one another so often that no engine could be asked.

    Args:
        computation: the computation, before it is compiled.
        head: what stands before the key in the place of a problem.
    """
    grown: dict[str, tuple[int, int]] = {}
    for name in computation.let:
        size, depth = _grown(name, computation.let, grown, ())
        if size > LARGEST or depth > DEEPEST:
            how = f"{depth} deep" if depth > DEEPEST else f"to {size:,} names"
            yield Problem(
                f"{head}let {name}",
                f"lets stand for one another {how}, written out.",
                f"Keep to {DEEPEST} and {LARGEST:,}: make a view, or write the text shorter.",
            )
            return


def _grown(
    name: str,
    lets: Mapping[str, str],
    grown: dict[str, tuple[int, int]],
    within: tuple[str, ...],
) -> tuple[int, int]:
    """How many names a let holds, written out, and how deep lets stand for one another in it."""
    if name in grown:
        return grown[name]
    if name not in lets or name in within:
        return 1, 0
    if len(within) > DEEPEST:
        return 1, 1
    parts = [_grown(each, lets, grown, (*within, name)) for each in _NAME.findall(lets[name])]
    found = 1 + sum(size for size, _ in parts), 1 + max((depth for _, depth in parts), default=0)
    grown[name] = found
    return found


def _used(computation: Computation, by: Iterable[str]) -> set[str]:
    """The lets that the other keys name, and those that these name in turn."""
    clock = computation.clock
    texts = [computation.date, computation.filter, computation.numerator, computation.value]
    if clock is not None:
        limits = (clock.limit,) if isinstance(clock.limit, str) else clock.limit
        texts += [clock.start, clock.stop, *limits]
    found: set[str] = set()
    waiting = {name for text in texts if text for name in _NAME.findall(text)} | set(by)
    while waiting:
        name = waiting.pop()
        if name in computation.let and name not in found:
            found.add(name)
            waiting |= set(_NAME.findall(computation.let[name]))
    return found

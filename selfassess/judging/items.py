"""Items: readings and register entries on one footing, each with what it counts for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from selfassess.judging.scopes import other_agency
from selfassess.judging.signals import ADVERSE, FAVOURABLE, needs_base
from selfassess.judging.tree import Links, Tree
from selfassess.model.assessment import JudgedReading
from selfassess.model.common import Scope
from selfassess.model.evidence import RegisterEntry
from selfassess.model.framework import Expectation
from selfassess.model.measure import Dimension, Measure

__all__ = [
    "EXPERIENCE",
    "LEADERS",
    "PRACTICE",
    "Item",
    "Lean",
    "agreeing",
    "contested",
    "different_sources",
    "entry_items",
    "reading_items",
    "serious",
]

PRACTICE: frozenset[str] = frozenset({"practice-audit", "inspector", "learning-review"})
"""Voices of those who looked at the work itself."""
EXPERIENCE: frozenset[str] = frozenset({"child", "family"})
LEADERS = "leaders"
DATA = "data"
DEFAULT_AGE_DAYS = 365
NAMES_FOR_SERIOUS = 2

Lean = Literal["adverse", "attention", "favourable", "neutral"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A reading or an entry, and what it counts for.

    Attributes:
        lean: which way it counts; minor weaknesses are ``adverse`` here, and count only from three.
        current: in date, and not overtaken by later evidence on its point.
        critical: a critical reading that is no tail figure.
        base: known base of a rate; None where unknown or not needed (`needs_base` says which).
    """

    id: str
    topics: tuple[str, ...]
    where: Scope
    voice: str
    source: str
    date: dt.date | None
    current: bool
    lean: Lean
    links: Links
    minor: bool = False
    serious: bool = False
    critical: bool = False
    tail: bool = False
    base: float | None = None
    needs_base: bool = False
    judged: JudgedReading | None = None
    entry: RegisterEntry | None = None

    @property
    def claim_only(self) -> bool:
        """Leaders' praise: a claim, not evidence."""
        return self.voice == LEADERS and self.lean == "favourable"

    @property
    def new(self) -> bool:
        """A reading whose better level is not known to have been held."""
        return self.judged is not None and self.judged.new

    @property
    def measure(self) -> str | None:
        """The measure of a reading."""
        return self.judged.reading.measure if self.judged else None

    @property
    def counts(self) -> bool:
        """Whether it may be used at all: current, and neither neutral nor mere praise."""
        return self.current and self.lean != "neutral" and not self.claim_only


def different_sources(items: Iterable[Item]) -> bool:
    """Whether some two items differ in voice or in source."""
    return len({(item.voice, item.source) for item in items}) > 1


def agreeing(items: Iterable[Item], lean: Lean) -> Mapping[str, frozenset[str]]:
    """Voices that agree, by topic: those of items that lean the same way on it."""
    found: dict[str, set[str]] = {}
    for item in items:
        if item.lean == lean:
            for topic in item.topics:
                found.setdefault(topic, set()).add(item.voice)
    return {topic: frozenset(voices) for topic, voices in found.items()}


def serious(entry: RegisterEntry) -> bool:
    """Serious, and either two people agreed or an inspectorate published it."""
    return entry.severity == "serious" and (
        entry.published or len(set(entry.agreed_by)) >= NAMES_FOR_SERIOUS
    )


def contested(entry: RegisterEntry, items: Iterable[Item]) -> bool:
    """Whether a current strength stands on the same topic, whole or of equal scope.

    Leaders alone contest nothing.
    """
    return any(
        item.entry is not None
        and item.entry.direction == "strength"
        and item.current
        and item.voice != LEADERS
        and item.entry.topic == entry.topic
        and item.where in ((), entry.scope)
        for item in items
    )


def entry_items(register: Sequence[RegisterEntry], tree: Tree, as_at: dt.date) -> tuple[Item, ...]:
    """Items of the register, in order of id."""
    found = []
    for entry in sorted(register, key=lambda entry: entry.id):
        links = tree.link(
            (entry.topic,), entry.scope, criterion=entry.criterion, judgement=entry.judgement
        )
        limit = _max_age(tree, links, entry.voice, (entry.topic,), None)
        current = in_date(entry.date, as_at, limit) and not _overtaken(entry, register, as_at)
        weakness = entry.direction == "weakness"
        lean: Lean = (
            "adverse" if weakness else "favourable" if entry.direction == "strength" else "neutral"
        )
        found.append(
            Item(
                id=entry.id,
                topics=(entry.topic,),
                where=entry.scope,
                voice=entry.voice,
                source=entry.source,
                date=entry.date,
                current=current,
                lean=lean,
                links=links,
                minor=weakness and entry.severity == "minor",
                serious=weakness and serious(entry),
                base=entry.sample,
                entry=entry,
            )
        )
    return tuple(found)


def reading_items(
    judged: Iterable[JudgedReading],
    tree: Tree,
    measures: Mapping[str, Measure],
    dimensions: Mapping[str, Dimension],
    as_at: dt.date,
) -> tuple[Item, ...]:
    """Items of readings; those of an earlier period of a wider scope are history, no items."""
    found = []
    limits: dict[tuple[object, ...], int] = {}
    for one in judged:
        reading = one.reading
        if any(key in dimensions and dimensions[key].history for key, _ in reading.where):
            continue
        measure = measures[reading.measure]
        links = tree.link(one.topics, reading.where, measure=reading.measure)
        asked = (links.criteria, one.voice, one.topics, reading.measure)
        if asked not in limits:
            limits[asked] = _max_age(tree, links, one.voice, one.topics, reading.measure)
        limit = limits[asked]
        found.append(
            Item(
                id=reading.id,
                topics=one.topics,
                where=reading.where,
                voice=one.voice,
                source=reading.source,
                date=reading.end,
                current=in_date(reading.end, as_at, limit) and reading.status != "stale",
                lean=_lean(one.signal),
                links=links,
                critical=one.signal == "critical" and not one.tail,
                tail=one.tail,
                base=reading.denominator if needs_base(measure) else None,
                needs_base=needs_base(measure),
                judged=one,
            )
        )
    return tuple(found)


def _lean(signal: str | None) -> Lean:
    if signal in ADVERSE:
        return "adverse"
    if signal in FAVOURABLE:
        return "favourable"
    return "attention" if signal == "attention" else "neutral"


def in_date(date: dt.date | None, as_at: dt.date, days: int) -> bool:
    """Whether a date lies within some days before as-at; an unknown date does."""
    return date is None or 0 <= (as_at - date).days <= days


def _overtaken(entry: RegisterEntry, register: Iterable[RegisterEntry], as_at: dt.date) -> bool:
    """Whether somebody other than leaders later saw the same point in good order."""
    if entry.direction != "weakness" or entry.date is None:
        return False
    return any(
        later.direction == "strength"
        and later.voice != LEADERS
        and later.topic == entry.topic
        and later.scope == entry.scope
        and later.date is not None
        and entry.date < later.date <= as_at
        for later in register
    )


def serves(
    expectation: Expectation, voice: str, topics: tuple[str, ...], measure: str | None
) -> bool:
    """Whether an item is of the kind that an expectation asks for."""
    if voice not in expectation.voices:
        return False
    if not expectation.measures and not expectation.topics:
        return True
    return measure in expectation.measures or bool(set(topics) & set(expectation.topics))


def _max_age(
    tree: Tree, links: Links, voice: str, topics: tuple[str, ...], measure: str | None
) -> int:
    """The longest age that an expectation which the item serves allows; a year without one."""
    ages = [
        expectation.max_age_days
        for name in links.criteria
        for expectation in tree.places[name].node.expects
        if serves(expectation, voice, topics, measure)
    ]
    return max(ages, default=DEFAULT_AGE_DAYS)


def bodies_of(where: Scope) -> tuple[str, ...]:
    """The other agency that a scope names, as a list of responsible bodies."""
    agency = other_agency(where)
    return (agency,) if agency else ()

"""The docket: everything that is to be judged, laid out once and asked many times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from selfassess.judging.items import (
    EXPERIENCE,
    LEADERS,
    PRACTICE,
    Item,
    agreeing,
    entry_items,
    in_date,
    reading_items,
    serves,
)
from selfassess.judging.scopes import part_of_whole
from selfassess.judging.signals import ADVERSE, NO_FIGURE
from selfassess.judging.tree import Place, Tree
from selfassess.model.assessment import JudgedReading
from selfassess.model.evidence import RegisterEntry
from selfassess.model.framework import Expectation, Framework
from selfassess.model.measure import Dimension, Measure, Topic

__all__ = ["Docket", "Group"]

MINORS = 3
"""Minor weaknesses count from this many on."""


class Group:
    """Items that are judged together: those of a criterion, or of a topic.

    Args:
        items: current and other items that belong here, foreign bodies' left out.
        cohorts: cohorts that narrow nothing here.
        doubted: voices that support nothing now.
    """

    def __init__(
        self, items: Iterable[Item], cohorts: tuple[str, ...], doubted: frozenset[str]
    ) -> None:
        self.items = tuple(items)
        self._cohorts = cohorts
        self._doubted = doubted

    def whole(self, item: Item) -> bool:
        """Whether an item speaks of all that is judged here."""
        return not part_of_whole(item.where, self._cohorts)

    @cached_property
    def used(self) -> tuple[Item, ...]:
        """Items that count one way or the other; a part's success does not."""
        return tuple(
            item
            for item in self.items
            if item.counts and (item.lean != "favourable" or self.whole(item))
        )

    @cached_property
    def adverse(self) -> tuple[Item, ...]:
        """Concern, critical and weaknesses; minor ones from three."""
        found = [item for item in self.used if item.lean == "adverse"]
        enough = sum(item.minor for item in found) >= MINORS
        return tuple(item for item in found if enough or not item.minor)

    @cached_property
    def favourable(self) -> tuple[Item, ...]:
        """What supports: whole scope, held, and from a voice that is not in doubt."""
        return tuple(
            item
            for item in self.used
            if item.lean == "favourable" and not item.new and item.voice not in self._doubted
        )

    @cached_property
    def attention(self) -> tuple[Item, ...]:
        """Readings at attention."""
        return tuple(item for item in self.used if item.lean == "attention")

    @cached_property
    def voices(self) -> tuple[str, ...]:
        """Voices heard, sorted."""
        return tuple(sorted({item.voice for item in self.used}))

    @cached_property
    def answered(self) -> tuple[Item, ...]:
        """Favourable practice or experience that stands against the adverse items.

        It speaks of the whole, or of the very part that one of them speaks of.
        """
        parts = {item.where for item in self.adverse}
        return tuple(
            item
            for item in self.items
            if item.counts
            and item.lean == "favourable"
            and not item.new
            and item.voice in PRACTICE | EXPERIENCE
            and item.voice not in self._doubted
            and (self.whole(item) or item.where in parts)
        )

    @cached_property
    def agreed_voices(self) -> frozenset[str]:
        """Voices that agree on one topic, one of them of practice, children or families."""
        best: frozenset[str] = frozenset()
        for voices in agreeing(self.favourable, "favourable").values():
            if len(voices) >= 2 and voices & (PRACTICE | EXPERIENCE) and len(voices) > len(best):
                best = voices
        return best

    @cached_property
    def tail_known(self) -> bool:
        """Whether a tail figure of the whole has a signal."""
        return any(
            item.tail and item.current and item.judged and item.judged.signal and self.whole(item)
            for item in self.items
        )


class Docket:
    """All items of an assessment, by criterion and by topic."""

    def __init__(
        self,
        *,
        framework: Framework,
        judged: Sequence[JudgedReading],
        register: Sequence[RegisterEntry],
        measures: Mapping[str, Measure],
        topics: Mapping[str, Topic],
        dimensions: Mapping[str, Dimension],
        as_at: dt.date,
        weakened: Mapping[str, float] | None = None,
    ) -> None:
        self.framework = framework
        self.judged = tuple(judged)
        self.register = tuple(register)
        self.measures = measures
        self.topics = topics
        self.dimensions = dimensions
        self.as_at = as_at
        self.weakened = weakened or {}
        self.tree = Tree(framework, measures)
        self.readings = reading_items(judged, self.tree, measures, dimensions, as_at)
        self.entries = entry_items(register, self.tree, as_at)
        self.items = (*self.readings, *self.entries)

    @cached_property
    def doubted(self) -> frozenset[str]:
        """Voices that a measure of them now puts in doubt."""
        return frozenset(
            voice
            for item in self.readings
            if item.current
            and item.judged
            and item.judged.signal in ADVERSE
            and (voice := self.measures[item.judged.reading.measure].doubts)
        )

    @cached_property
    def by_criterion(self) -> Mapping[str, Group]:
        """Items of each criterion that are the judged bodies' own."""
        places = {place.node.id: place for place in self.tree.criteria}
        own: dict[str, list[Item]] = {name: [] for name in places}
        for item in self.items:
            for name in dict.fromkeys(item.links.criteria):
                if name in own and self.tree.answers_for(item.where, places[name].responsible):
                    own[name].append(item)
        return {
            name: Group(items, self.tree.cohorts_of(name), self.doubted)
            for name, items in own.items()
        }

    @cached_property
    def by_topic(self) -> Mapping[str, Group]:
        """Items of each topic, empty ones too."""
        own: dict[str, list[Item]] = {topic: [] for topic in self.topics}
        for item in self.items:
            if self.tree.answers_for(item.where, self.tree.bodies):
                for topic in dict.fromkeys(item.topics):
                    if topic in own:
                        own[topic].append(item)
        return {
            topic: Group(items, self.tree.cohorts_of_topic(topic), self.doubted)
            for topic, items in own.items()
        }

    def tail_meant(self, place: Place) -> bool:
        """Whether a criterion means loads, queues or gaps.

        It does if it lists a tail measure, or, listing none at all, has such a measure's first
        topic.
        """
        node = place.node
        if node.measures:
            return any(self.measures[m].tail for m in node.measures if m in self.measures)
        return any(self.tail_topic(topic) for topic in node.topics)

    def tail_topic(self, topic: str) -> bool:
        """Whether a topic is the first that some tail measure speaks to."""
        return topic in self._tail_topics

    @cached_property
    def _tail_topics(self) -> frozenset[str]:
        return frozenset(m.topics[0] for m in self.measures.values() if m.tail and m.topics)

    def missing(self, place: Place) -> tuple[Expectation, ...]:
        """Required expectations of a criterion that no current item meets."""
        group = self.by_criterion[place.node.id]
        return tuple(
            expectation
            for expectation in place.node.expects
            if expectation.required
            and not any(self._meets(expectation, item) for item in group.items)
        )

    def _meets(self, expectation: Expectation, item: Item) -> bool:
        if not item.current or not in_date(item.date, self.as_at, expectation.max_age_days):
            return False
        if item.judged and (item.judged.signal is None or item.judged.reading.status in NO_FIGURE):
            return False
        if item.entry and item.entry.direction in ("fact", "plan"):
            return False
        if not serves(expectation, item.voice, item.topics, item.measure):
            return False
        known = item.base is not None and expectation.min_sample is not None
        return not known or item.base >= expectation.min_sample  # type: ignore[operator]

    def leaders_alone(self, item: Item) -> bool:
        """Whether nobody but leaders (and the figures) speaks for what an item praises."""
        return item.voice == LEADERS and not self.backed(item, item.topics)

    def backed(self, item: Item, topics: Iterable[str]) -> bool:
        """Whether a voice beside data and leaders agrees with a favourable item on a topic.

        It must speak of the whole or of the item's own scope.
        """
        wanted = set(topics)
        return any(
            other.where in ((), item.where) and not wanted.isdisjoint(other.topics)
            for other in self._backers
        )

    @cached_property
    def _backers(self) -> tuple[Item, ...]:
        """Favourable items of voices beside data and leaders: few, and asked for many times."""
        return tuple(
            item
            for item in self.items
            if item.current
            and item.lean == "favourable"
            and not item.new
            and item.voice not in (LEADERS, "data")
            and item.voice not in self.doubted
        )

"""What an assessment holds, by id, and what the names in a case mean in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from selfassess.errors import CaseError, nearest
from selfassess.model.framework import Framework

__all__ = ["Found"]


class Found:
    """The content of an ``assessment.json``, indexed, with the framework it was judged under."""

    def __init__(self, assessment: Mapping[str, Any], framework: Framework) -> None:
        self.framework = framework
        self.findings: list[dict[str, Any]] = assessment["findings"]
        self.readings: dict[str, dict[str, Any]] = {
            reading["id"]: reading for reading in assessment["readings"]
        }
        self.topics: dict[str, dict[str, Any]] = {
            topic["id"]: topic for topic in assessment["topics"]
        }
        self.judgements: dict[str, dict[str, Any]] = {
            item["id"]: item for item in assessment["judgements"]
        }
        self.criteria = {
            criterion["id"]: criterion
            for judgement in assessment["judgements"]
            for criterion in judgement["criteria"]
        }
        self.entries = {entry["id"]: entry for entry in assessment["register"]}

    def about(self, topic: str, kinds: set[str]) -> list[dict[str, Any]]:
        """Findings of some kinds on a topic."""
        self.topic(topic)
        return [f for f in self.findings if f["kind"] in kinds and topic in f["topics"]]

    def cited_topics(self, finding: Mapping[str, Any]) -> set[str]:
        """Topics of the readings that a finding cites."""
        return {
            topic
            for name in finding["evidence"]
            if name in self.readings
            for topic in self.readings[name]["topics"]
        }

    def _evidence_topics(self, name: str) -> set[str]:
        if name in self.readings:
            return set(self.readings[name]["topics"])
        return {self.entries[name]["topic"]} if name in self.entries else set()

    def rests_on(self, finding: Mapping[str, Any], topics: tuple[str, ...]) -> bool:
        """Whether every piece of a finding's evidence is on one of the topics."""
        wanted = set(topics)
        if not wanted & set(finding["topics"]):
            return False
        return all(self._evidence_topics(name) & wanted for name in finding["evidence"])

    def only_in(self, finding: Mapping[str, Any], nodes: tuple[str, ...]) -> bool:
        """Whether all that a finding is linked to is one of the nodes or lies below one."""
        linked = {*finding["judgements"], *finding["criteria"]}
        below = {inner.id for name in nodes for inner in self.framework.node(name).walk()}
        return bool(linked & set(nodes)) and linked <= below

    @cached_property
    def _titles(self) -> list[str]:
        titles = {reading["title"] for reading in self.readings.values()}
        titles |= {criterion["title"] for criterion in self.criteria.values()}
        return sorted(titles, key=len, reverse=True)

    def own_words(self, text: str) -> str:
        """A text without words in quotation marks and without titles of figures and criteria."""
        text = re.sub("“[^”]*”", " ", text)
        for title in self._titles:
            text = text.replace(title, " ")
        return text

    @cached_property
    def _groups(self) -> Mapping[str, tuple[str, ...]]:
        groups: dict[str, tuple[str, ...]] = {}
        for topic in self.topics.values():
            groups[topic["group"]] = (*groups.get(topic["group"], ()), topic["id"])
        return groups

    def resolve(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The nodes and topics that a name means: all that it is the name of."""
        nodes = tuple(node.id for node in self.framework.walk() if node.id == name)
        topics = dict.fromkeys(self._groups.get(name, ()))
        if name in self.topics:
            topics[name] = None
        if not nodes and not topics:
            valid = {*self.topics, *self._groups, *(n.id for n in self.framework.walk())}
            raise CaseError(
                f"'{name}' is no node of {self.framework.reference}, no topic, no topic group.",
                hint=nearest(name, valid),
            )
        return nodes, tuple(topics)

    def topic(self, name: str) -> str:
        """A topic's name, if it is one.

        Raises:
            CaseError: there is none; names the nearest.
        """
        if name not in self.topics:
            raise CaseError(f"'{name}' is no topic.", hint=nearest(name, self.topics))
        return name

    def judgement(self, name: str) -> dict[str, Any]:
        """A judgement by its node.

        Raises:
            CaseError: there is none; names the nearest.
        """
        if name not in self.judgements:
            raise CaseError(
                f"'{name}' is no judgement of {self.framework.reference}.",
                hint=nearest(name, self.judgements),
            )
        return self.judgements[name]

    def rank(self, node: str, grade: str) -> int:
        """How high a grade stands on its node's scale, from 0 for the lowest.

        Raises:
            CaseError: the node has no such grade.
        """
        scale = self.framework.scale(self.framework.node(node).scale)
        try:
            if scale is not None:
                return scale.rank(grade)
        except KeyError:
            pass
        raise CaseError(
            f"'{grade}' is no grade of {node} in {self.framework.reference}.",
            hint=nearest(grade, [level.id for level in scale.levels] if scale else []),
        )

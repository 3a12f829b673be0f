"""Judges a case's expectations from an ``assessment.json`` alone, as the cases' README says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selfassess.errors import CaseError, nearest
from selfassess.model.common import scope, scope_text
from selfassess.model.framework import Framework
from selfassess.testing.case_file import Case, MustNot

__all__ = ["Check", "check_case"]

RAISING = frozenset({"improve", "priority-action-risk", "question"})
SECURE_CHALLENGES = frozenset({"not contradicted", "below the evidence"})
MISSING = "missing:"
"""Begins the id of every question for evidence that is not there."""


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation, whether it was met, and what was found."""

    expectation: str
    met: bool
    found: str


def check_case(
    case: Case, assessment: Mapping[str, Any], framework: Framework
) -> tuple[Check, ...]:
    """Judge every expectation of a case.

    Args:
        case: its `expect` and `must_not` only; its outcome is never looked at.
        assessment: the content of ``assessment.json``.
        framework: for the order of grades.
    """
    return tuple(_Bar(case, assessment, framework).checks())


class _Bar:
    """The assessment, indexed, and the case's expectations set against it."""

    def __init__(self, case: Case, assessment: Mapping[str, Any], framework: Framework) -> None:
        self._case = case
        self._framework = framework
        self._findings: list[dict[str, Any]] = assessment["findings"]
        self._readings: dict[str, dict[str, Any]] = {
            reading["id"]: reading for reading in assessment["readings"]
        }
        self._topics: dict[str, dict[str, Any]] = {
            topic["id"]: topic for topic in assessment["topics"]
        }
        self._judgements: dict[str, dict[str, Any]] = {
            item["id"]: item for item in assessment["judgements"]
        }
        self._criteria = {
            criterion["id"]: criterion
            for judgement in assessment["judgements"]
            for criterion in judgement["criteria"]
        }
        self._entries = {entry["id"]: entry for entry in assessment["register"]}

    def checks(self) -> Iterator[Check]:
        expect = self._case.expect
        for key, levels in expect.signals.items():
            yield self._signal(key, levels)
        for topic in expect.topics_raised:
            yield self._raised(self._topic(topic))
        for topic in expect.strengths:
            found = self._of(topic, {"strength"})
            yield _check(f"strengths: {self._topic(topic)}", bool(found), _ids(found))
        for node, grade in expect.ceiling_at_most.items():
            yield self._at_most(node, grade)
        for node in expect.claim_challenged:
            challenge = self._judgement(node)["challenge"]
            yield _check(f"claim_challenged: {node}", challenge == "above the evidence", challenge)
        for name in expect.priority_action_flag:
            yield self._flag(name)
        for topic in expect.quiet:
            yield self._quiet(self._topic(topic))
        for topic in expect.secure:
            status = self._topics[self._topic(topic)]["status"]
            yield _check(f"secure: {topic}", status == "secure", status)
        for item in self._case.must_not:
            yield from [self._no_grade()] if isinstance(item, str) else self._must_not(item)

    # what must be said

    def _signal(self, key: str, levels: tuple[str | None, ...]) -> Check:
        reading = self._readings.get(_reading_id(key))
        found = "no such reading" if reading is None else reading["signal"]
        wanted = ", ".join(level or "none" for level in levels)
        return _check(
            f"signals: {key} in {wanted}",
            found in levels,
            found,
        )

    def _raised(self, topic: str) -> Check:
        found = [
            finding
            for finding in self._findings
            if finding["kind"] in RAISING
            and (topic in finding["topics"] or topic in self._cited_topics(finding))
        ]
        return _check(f"topics_raised: {topic}", bool(found), _ids(found))

    def _at_most(self, node: str, grade: str) -> Check:
        ceiling = self._judgement(node)["ceiling"]
        met = ceiling is not None and self._rank(node, ceiling) <= self._rank(node, grade)
        return _check(f"ceiling_at_most: {node}: {grade}", met, ceiling)

    def _flag(self, name: str) -> Check:
        """On a judgement where the name is one; on a topic otherwise."""
        flags = [f for f in self._findings if f["kind"] == "priority-action-risk"]
        if name in self._judgements:
            found = [f for f in flags if name in f["judgements"]]
        else:
            topic = self._topic(name)
            found = [f for f in flags if topic in f["topics"]]
        return _check(f"priority_action_flag: {name}", bool(found), _ids(found))

    def _quiet(self, topic: str) -> Check:
        loud = [
            finding
            for finding in self._of(topic, {"improve", "question"})
            if finding["kind"] == "improve" or not finding["id"].startswith(MISSING)
        ]
        return _check(f"quiet: {topic}", not loud, _ids(loud) or "quiet")

    # what must not be said

    def _no_grade(self) -> Check:
        keys = ("scale", "ceiling", "ceiling_after_waivers", "claim")
        found = [
            f"{judgement['id']} has a {key}"
            for judgement in self._judgements.values()
            for key in keys
            if judgement.get(key) is not None
        ]
        return _check("must_not: grade", not found, ", ".join(found) or "no grade")

    def _must_not(self, item: MustNot) -> Iterator[Check]:
        if item.say_secure is not None:
            yield self._not_secure(item.say_secure)
        for node, grade in item.ceiling_below.items():
            ceiling = self._judgement(node)["ceiling"]
            met = ceiling is None or self._rank(node, ceiling) >= self._rank(node, grade)
            yield _check(f"must_not: ceiling_below: {node}: {grade}", met, ceiling)
        if item.award is not None:
            yield self._not_awarded(item.award)
        if item.count_as_weakness is not None:
            yield self._no_weakness(item.count_as_weakness)

    def _not_secure(self, name: str) -> Check:
        nodes, topics = self._resolve(name)
        found = []
        for node in nodes:
            if node in self._judgements:
                if self._judgements[node]["challenge"] in SECURE_CHALLENGES:
                    found.append(f"{node}: {self._judgements[node]['challenge']}")
            elif node in self._criteria and self._criteria[node]["status"] == "secure":
                found.append(f"criterion {node}: secure")
        found += [f"topic {t}: secure" for t in topics if self._topics[t]["status"] == "secure"]
        return _check(f"must_not: say_secure: {name}", not found, ", ".join(found) or "not stated")

    def _not_awarded(self, grade: str) -> Check:
        """The tool's own words: ceilings and findings, without what they quote."""
        titles = {
            level.title
            for scale in self._framework.scales
            for level in scale.levels
            if level.id == grade
        }
        if not titles and not any(self._framework.scales):
            titles = {grade}
        if not titles:
            grades = {level.id for scale in self._framework.scales for level in scale.levels}
            raise CaseError(f"award: '{grade}' is no grade.", hint=nearest(grade, grades))
        found = [
            judgement["id"]
            for judgement in self._judgements.values()
            if grade in (judgement["ceiling"], judgement["ceiling_after_waivers"])
            or any(grade == reason["at_most"] for reason in judgement["because"])
        ]
        words = re.compile("|".join(rf"\b{re.escape(w)}\b" for w in (*titles, grade)), re.I)
        found += [f["id"] for f in self._findings if words.search(self._own_words(f["text"]))]
        return _check(f"must_not: award: {grade}", not found, ", ".join(found) or "not awarded")

    def _no_weakness(self, name: str) -> Check:
        nodes, topics = self._resolve(name)
        found = [
            finding["id"]
            for finding in self._findings
            if finding["kind"] == "improve"
            and (self._rests_on(finding, topics) or self._only_in(finding, nodes))
        ]
        label = f"must_not: count_as_weakness: {name}"
        return _check(label, not found, ", ".join(found) or "not counted")

    # what names mean

    def _of(self, topic: str, kinds: set[str]) -> list[dict[str, Any]]:
        self._topic(topic)
        return [f for f in self._findings if f["kind"] in kinds and topic in f["topics"]]

    def _cited_topics(self, finding: Mapping[str, Any]) -> set[str]:
        return {
            topic
            for name in finding["evidence"]
            if name in self._readings
            for topic in self._readings[name]["topics"]
        }

    def _evidence_topics(self, name: str) -> set[str]:
        if name in self._readings:
            return set(self._readings[name]["topics"])
        return {self._entries[name]["topic"]} if name in self._entries else set()

    def _rests_on(self, finding: Mapping[str, Any], topics: tuple[str, ...]) -> bool:
        """Whether every piece of a finding's evidence is on one of the topics."""
        wanted = set(topics)
        if not wanted & set(finding["topics"]):
            return False
        return all(self._evidence_topics(name) & wanted for name in finding["evidence"])

    def _only_in(self, finding: Mapping[str, Any], nodes: tuple[str, ...]) -> bool:
        linked = {*finding["judgements"], *finding["criteria"]}
        below = {inner.id for name in nodes for inner in self._framework.node(name).walk()}
        return bool(linked & set(nodes)) and linked <= below

    @cached_property
    def _titles(self) -> list[str]:
        titles = {reading["title"] for reading in self._readings.values()}
        titles |= {criterion["title"] for criterion in self._criteria.values()}
        return sorted(titles, key=len, reverse=True)

    def _own_words(self, text: str) -> str:
        text = re.sub("“[^”]*”", " ", text)
        for title in self._titles:
            text = text.replace(title, " ")
        return text

    @cached_property
    def _groups(self) -> Mapping[str, tuple[str, ...]]:
        groups: dict[str, tuple[str, ...]] = {}
        for topic in self._topics.values():
            groups[topic["group"]] = (*groups.get(topic["group"], ()), topic["id"])
        return groups

    def _resolve(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The nodes and topics that a name means: all that it is the name of."""
        nodes = tuple(node.id for node in self._framework.walk() if node.id == name)
        topics = dict.fromkeys(self._groups.get(name, ()))
        if name in self._topics:
            topics[name] = None
        if not nodes and not topics:
            valid = {*self._topics, *self._groups, *(n.id for n in self._framework.walk())}
            raise CaseError(
                f"'{name}' is no node of {self._framework.reference}, no topic, no topic group.",
                hint=nearest(name, valid),
            )
        return nodes, tuple(topics)

    def _topic(self, name: str) -> str:
        if name not in self._topics:
            raise CaseError(f"'{name}' is no topic.", hint=nearest(name, self._topics))
        return name

    def _judgement(self, name: str) -> dict[str, Any]:
        if name not in self._judgements:
            raise CaseError(
                f"'{name}' is no judgement of {self._framework.reference}.",
                hint=nearest(name, self._judgements),
            )
        return self._judgements[name]

    def _rank(self, node: str, grade: str) -> int:
        scale = self._framework.scale(self._framework.node(node).scale)
        try:
            if scale is not None:
                return scale.rank(grade)
        except KeyError:
            pass
        raise CaseError(
            f"'{grade}' is no grade of {node} in {self._framework.reference}.",
            hint=nearest(grade, [level.id for level in scale.levels] if scale else []),
        )


def _check(expectation: str, met: bool, found: object) -> Check:
    return Check(expectation, met, "none" if found in (None, "") else str(found))


def _ids(findings: list[dict[str, Any]]) -> str:
    return ", ".join(finding["id"] for finding in findings)


def _reading_id(key: str) -> str:
    """``measure[k=v, …]`` as readings are named: keys sorted, no spaces."""
    measure, _, rest = key.strip().partition("[")
    pairs = (part.partition("=") for part in rest.rstrip("] ").split(",") if part.strip())
    return measure.strip() + scope_text(scope({k.strip(): v.strip() for k, _, v in pairs}))

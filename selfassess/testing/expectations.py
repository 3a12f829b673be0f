"""Judges a case's expectations from an ``assessment.json`` alone, as the cases' README says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selfassess.errors import CaseError, nearest
from selfassess.model.common import scope, scope_text
from selfassess.model.framework import Framework
from selfassess.testing.case_file import Case, MustNot
from selfassess.testing.found import Found

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
    return tuple(_Bar(case, Found(assessment, framework)).checks())


class _Bar:
    """The case's expectations, set against what was found."""

    def __init__(self, case: Case, found: Found) -> None:
        self._case = case
        self._in = found

    def checks(self) -> Iterator[Check]:
        expect = self._case.expect
        for key, levels in expect.signals.items():
            yield self._signal(key, levels)
        for topic in expect.topics_raised:
            yield self._raised(self._in.topic(topic))
        for topic in expect.strengths:
            found = self._in.about(topic, {"strength"})
            yield _check(f"strengths: {self._in.topic(topic)}", bool(found), _ids(found))
        for node, grade in expect.ceiling_at_most.items():
            yield self._at_most(node, grade)
        for node in expect.claim_challenged:
            challenge = self._in.judgement(node)["challenge"]
            yield _check(f"claim_challenged: {node}", challenge == "above the evidence", challenge)
        for name in expect.priority_action_flag:
            yield self._flag(name)
        for topic in expect.quiet:
            yield self._quiet(self._in.topic(topic))
        for topic in expect.secure:
            status = self._in.topics[self._in.topic(topic)]["status"]
            yield _check(f"secure: {topic}", status == "secure", status)
        for item in self._case.must_not:
            yield from [self._no_grade()] if isinstance(item, str) else self._must_not(item)

    # what must be said

    def _signal(self, key: str, levels: tuple[str | None, ...]) -> Check:
        reading = self._in.readings.get(_reading_id(key))
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
            for finding in self._in.findings
            if finding["kind"] in RAISING
            and (topic in finding["topics"] or topic in self._in.cited_topics(finding))
        ]
        return _check(f"topics_raised: {topic}", bool(found), _ids(found))

    def _at_most(self, node: str, grade: str) -> Check:
        ceiling = self._in.judgement(node)["ceiling"]
        met = ceiling is not None and self._in.rank(node, ceiling) <= self._in.rank(node, grade)
        return _check(f"ceiling_at_most: {node}: {grade}", met, ceiling)

    def _flag(self, name: str) -> Check:
        """On a judgement where the name is one; on a topic otherwise."""
        flags = [f for f in self._in.findings if f["kind"] == "priority-action-risk"]
        if name in self._in.judgements:
            found = [f for f in flags if name in f["judgements"]]
        else:
            topic = self._in.topic(name)
            found = [f for f in flags if topic in f["topics"]]
        return _check(f"priority_action_flag: {name}", bool(found), _ids(found))

    def _quiet(self, topic: str) -> Check:
        loud = [
            finding
            for finding in self._in.about(topic, {"improve", "question"})
            if finding["kind"] == "improve" or not finding["id"].startswith(MISSING)
        ]
        return _check(f"quiet: {topic}", not loud, _ids(loud) or "quiet")

    # what must not be said

    def _no_grade(self) -> Check:
        keys = ("scale", "ceiling", "ceiling_after_waivers", "claim")
        found = [
            f"{judgement['id']} has a {key}"
            for judgement in self._in.judgements.values()
            for key in keys
            if judgement.get(key) is not None
        ]
        return _check("must_not: grade", not found, ", ".join(found) or "no grade")

    def _must_not(self, item: MustNot) -> Iterator[Check]:
        if item.say_secure is not None:
            yield self._not_secure(item.say_secure)
        for node, grade in item.ceiling_below.items():
            ceiling = self._in.judgement(node)["ceiling"]
            met = ceiling is None or self._in.rank(node, ceiling) >= self._in.rank(node, grade)
            yield _check(f"must_not: ceiling_below: {node}: {grade}", met, ceiling)
        if item.award is not None:
            yield self._not_awarded(item.award)
        if item.count_as_weakness is not None:
            yield self._no_weakness(item.count_as_weakness)

    def _not_secure(self, name: str) -> Check:
        nodes, topics = self._in.resolve(name)
        found = []
        for node in nodes:
            if node in self._in.judgements:
                if self._in.judgements[node]["challenge"] in SECURE_CHALLENGES:
                    found.append(f"{node}: {self._in.judgements[node]['challenge']}")
            elif node in self._in.criteria and self._in.criteria[node]["status"] == "secure":
                found.append(f"criterion {node}: secure")
        found += [f"topic {t}: secure" for t in topics if self._in.topics[t]["status"] == "secure"]
        return _check(f"must_not: say_secure: {name}", not found, ", ".join(found) or "not stated")

    def _not_awarded(self, grade: str) -> Check:
        """The tool's own words: ceilings and findings, without what they quote."""
        titles = {
            level.title
            for scale in self._in.framework.scales
            for level in scale.levels
            if level.id == grade
        }
        if not titles and not any(self._in.framework.scales):
            titles = {grade}
        if not titles:
            grades = {level.id for scale in self._in.framework.scales for level in scale.levels}
            raise CaseError(f"award: '{grade}' is no grade.", hint=nearest(grade, grades))
        found = [
            judgement["id"]
            for judgement in self._in.judgements.values()
            if grade in (judgement["ceiling"], judgement["ceiling_after_waivers"])
            or any(grade == reason["at_most"] for reason in judgement["because"])
        ]
        words = re.compile("|".join(rf"\b{re.escape(w)}\b" for w in (*titles, grade)), re.I)
        found += [f["id"] for f in self._in.findings if words.search(self._in.own_words(f["text"]))]
        return _check(f"must_not: award: {grade}", not found, ", ".join(found) or "not awarded")

    def _no_weakness(self, name: str) -> Check:
        nodes, topics = self._in.resolve(name)
        found = [
            finding["id"]
            for finding in self._in.findings
            if finding["kind"] == "improve"
            and (self._in.rests_on(finding, topics) or self._in.only_in(finding, nodes))
        ]
        label = f"must_not: count_as_weakness: {name}"
        return _check(label, not found, ", ".join(found) or "not counted")


def _check(expectation: str, met: bool, found: object) -> Check:
    return Check(expectation, met, "none" if found in (None, "") else str(found))


def _ids(findings: list[dict[str, Any]]) -> str:
    return ", ".join(finding["id"] for finding in findings)


def _reading_id(key: str) -> str:
    """``measure[k=v, …]`` as readings are named: keys sorted, no spaces."""
    measure, _, rest = key.strip().partition("[")
    pairs = (part.partition("=") for part in rest.rstrip("] ").split(",") if part.strip())
    return measure.strip() + scope_text(scope({k.strip(): v.strip() for k, _, v in pairs}))

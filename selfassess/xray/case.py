"""Everything that consistency checks look at, indexed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from selfassess.model.assessment import Finding, JudgedReading, JudgementResult, Outcome
from selfassess.model.evidence import Claim, PlannedAction, RegisterEntry
from selfassess.model.framework import Expectation, Framework, Node
from selfassess.model.measure import Topic
from selfassess.model.xray import Lexicon, Limits
from selfassess.xray.prose import Finder, stems

__all__ = ["Case", "Evidence", "Words", "joined"]

DATA = "data"
_KINDS = ("reading:", "entry:")
_DEFAULT_DAYS = 365


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence that a claim names.

    Attributes:
        id: of the reading or the entry.
        limit: how many days old it may be, by the framework.
    """

    id: str
    title: str
    voice: str
    topics: tuple[str, ...]
    date: dt.date | None
    limit: int
    measure: str | None = None
    stale: bool = False


class Words:
    """A lexicon ready to be looked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.common = frozenset(lexicon.common)
        self.placeholders = frozenset(lexicon.placeholders)
        self.assertion = Finder(word for each in lexicon.assertions for word in each.words)
        self.subject = Finder(word for each in lexicon.subjects for word in each.words)
        self.negation = Finder(lexicon.negations)
        self.not_negation = Finder(lexicon.not_negations)
        self.intention = Finder(lexicon.intentions)
        self.hedge = Finder(lexicon.hedges)
        self.activity = Finder(lexicon.activities)
        self.result = Finder((*lexicon.results, *lexicon.effects))
        self.effect = Finder(lexicon.effects)

    def says_nothing(self, text: str) -> bool:
        """Whether a flat text is empty, or only holds a place."""
        bare = text.strip(" .!")
        return not bare or text in self.placeholders or bare in self.placeholders


@dataclass(frozen=True)
class Case:
    """A self-evaluation and what it is checked against."""

    framework: Framework
    claims: Mapping[str, Claim]
    plan: Sequence[PlannedAction]
    outcome: Outcome
    register: Sequence[RegisterEntry]
    topics: Mapping[str, Topic]
    as_at: dt.date
    lexicon: Lexicon = field(default_factory=lambda: Lexicon(id="none"))

    @cached_property
    def words(self) -> Words:
        """The lexicon, ready to be looked for."""
        return Words(self.lexicon)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every node by id, in the framework's order."""
        return {node.id: node for node in self.framework.walk()}

    @cached_property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """Ids of each node and of all below it."""
        return {key: tuple(each.id for each in node.walk()) for key, node in self.nodes.items()}

    @cached_property
    def readings(self) -> dict[str, JudgedReading]:
        """Readings by id."""
        return {each.reading.id: each for each in self.outcome.readings}

    @cached_property
    def entries(self) -> dict[str, RegisterEntry]:
        """Register entries by id."""
        return {entry.id: entry for entry in self.register}

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """Findings by id."""
        return {finding.id: finding for finding in self.outcome.findings}

    @cached_property
    def judgements(self) -> dict[str, JudgementResult]:
        """Judged judgements by id."""
        return {each.id: each for each in self.outcome.judgements}

    @cached_property
    def linked(self) -> dict[str, frozenset[str]]:
        """Ids of the readings that bear on each node and on what is below it."""
        own = {
            criterion.id: frozenset(criterion.signals)
            for judgement in self.outcome.judgements
            for criterion in judgement.criteria
        }
        return {
            key: frozenset().union(*(own.get(part, frozenset()) for part in parts))
            for key, parts in self.parts.items()
        }

    @cached_property
    def action_words(self) -> list[frozenset[str]]:
        """Stems of the words of each action and of its topics, common ones left out."""
        found = []
        for action in self.plan:
            titles = [self.topics[topic].title for topic in action.topics if topic in self.topics]
            words = " ".join((action.title, action.outcome, *titles))
            found.append(frozenset(stems(words, self.words.common)))
        return found

    def said(self) -> Iterator[tuple[Node, Claim]]:
        """Nodes of which something is said, in the framework's order."""
        for key, node in self.nodes.items():
            claim = self.claims.get(key)
            if claim is not None and not claim.blank:
                yield node, claim

    def evidence(self, reference: str, node: Node) -> tuple[Evidence, ...]:
        """What a reference names: a reading, an entry, or what a finding rests on; or nothing."""
        key = reference.strip()
        for kind in _KINDS:
            key = key.removeprefix(kind)
        if key in self.entries:
            return (self._entry(self.entries[key], node),)
        if key in self.readings:
            return (self._reading(self.readings[key], node),)
        finding = self.findings.get(reference.strip())
        if finding is not None:
            return tuple(
                found
                for each in finding.evidence
                if each in self.entries or each in self.readings
                for found in self.evidence(each, node)
            )
        return ()

    def known(self, reference: str) -> bool:
        """Whether a reference names something that there is."""
        key = reference.strip()
        if key in self.findings:
            return True
        for kind in _KINDS:
            key = key.removeprefix(kind)
        return key in self.entries or key in self.readings

    def sources(self, node: Node, references: Iterable[str]) -> list[Evidence]:
        """All that some references name, once each."""
        found = {each.id: each for ref in references for each in self.evidence(ref, node)}
        return list(found.values())

    def _entry(self, entry: RegisterEntry, node: Node) -> Evidence:
        limit = self._limit(node, entry.voice, (entry.topic,), None)
        title = f"{entry.id} ({entry.source})" if entry.source else entry.id
        return Evidence(entry.id, title, entry.voice, (entry.topic,), entry.date, limit)

    def _reading(self, judged: JudgedReading, node: Node) -> Evidence:
        reading = judged.reading
        return Evidence(
            id=reading.id,
            title=reading.title,
            voice=judged.voice,
            topics=judged.topics,
            date=reading.end,
            limit=self._limit(node, judged.voice, judged.topics, reading.measure),
            measure=reading.measure,
            stale=reading.status == "stale",
        )

    def _limit(self, node: Node, voice: str, topics: tuple[str, ...], measure: str | None) -> int:
        """The longest age that an expectation allows which asks for such evidence; or a year."""
        asked: list[Expectation] = [e for part in node.walk() for e in part.expects]
        ages = [
            each.max_age_days
            for each in asked
            if voice in each.voices
            and (
                (not each.measures and not each.topics)
                or measure in each.measures
                or set(topics) & set(each.topics)
            )
        ]
        return max(ages, default=_DEFAULT_DAYS)


def joined(lexicons: Iterable[Lexicon]) -> Lexicon:
    """Several packs' lexicons as one; a limit of a later one takes the place of an earlier's."""
    found = list(lexicons)
    limits: dict[str, int] = {}
    for each in found:
        for name in Limits.__slots__:
            value = getattr(each.limits, name)
            if value is not None:
                limits[name] = value

    def all_of(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for each in found for word in getattr(each, name)))

    return Lexicon(
        id="+".join(each.id for each in found) or "none",
        assertions=tuple(item for each in found for item in each.assertions),
        subjects=tuple(item for each in found for item in each.subjects),
        negations=all_of("negations"),
        not_negations=all_of("not_negations"),
        intentions=all_of("intentions"),
        hedges=all_of("hedges"),
        placeholders=all_of("placeholders"),
        activities=all_of("activities"),
        results=all_of("results"),
        effects=all_of("effects"),
        common=all_of("common"),
        limits=Limits(**limits),
    )

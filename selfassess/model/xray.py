"""Consistency checks as contracts: the words they look for, what they find, what is waived."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT
from selfassess.model.measure import Signal

__all__ = [
    "Assertion",
    "Lexicon",
    "Limits",
    "Severity",
    "Subject",
    "XrayFinding",
    "XrayWaiver",
]

Severity = Literal["error", "warning", "remark"]
"""``error`` would stop an inspector; ``warning`` weakens the text; ``remark`` is a thought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """Words that say something is in order, and what would say otherwise.

    Attributes:
        words: words or phrases in small letters, each form spelt out.
        measures: measures that can contradict them, by id or with ``*`` at the end; nothing for
            every measure of the subject.
        signals: signals of such a measure's reading that contradict them.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    words: tuple[str, ...]
    measures: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ("concern", "critical")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a sentence speaks of: its words, and the topics or measures that they mean."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    words: tuple[str, ...]
    topics: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long texts may be and how old claims; none of it is anybody's rule but ours.

    Attributes:
        answer_least, answer_most: words of one answer.
        whole_most: words of the whole self-evaluation.
        figures_most: figures in an answer that says nothing of children.
        claim_days: age of a claim.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    answer_least: int | None = None
    answer_most: int | None = None
    whole_most: int | None = None
    figures_most: int | None = None
    claim_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words that consistency checks look for. Several packs' lexicons add up.

    Attributes:
        negations: words that turn an assertion round; ``-n't`` for a word's ending.
        not_negations: phrases with such a word that turn nothing round, such as ``not only``.
        intentions: words that speak of what is to come.
        hedges: words that speak of most, not of all.
        placeholders: texts that stand where an answer should.
        activities: words of things done.
        results: words that tell what came of them.
        effects: words that speak of children and their lives.
        common: words too frequent to show that two texts speak of one thing.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str = ""
    assertions: tuple[Assertion, ...] = ()
    subjects: tuple[Subject, ...] = ()
    negations: tuple[str, ...] = ()
    not_negations: tuple[str, ...] = ()
    intentions: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class XrayWaiver:
    """A check set aside as a false alarm, until a date, by a named person.

    Attributes:
        finding: a finding's id, or ``rule@node`` for every one of a rule at a node.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    finding: str
    who: str
    why: str
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class XrayFinding:
    """One inconsistency of the self-evaluation.

    Attributes:
        id: ``rule@node/detail``; no date, no place in a list, so that it outlives other edits.
        path: the keys that lead to the text in ``self-evaluation.yaml``.
        text: what is the matter.
        why: why it matters.
        mend: the next step.
        evidence: ids of readings and entries that it rests on.
        waived: the waiver that holds for it.
    """

    id: str
    rule: str
    severity: Severity
    node: str
    path: tuple[str | int, ...]
    text: str
    why: str
    mend: str
    evidence: tuple[str, ...] = ()
    waived: XrayWaiver | None = None

    @property
    def where(self) -> str:
        """The path as text: ``judgements.care.weaknesses[1]``."""
        text = ""
        for step in self.path:
            text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
        return text

"""What judging says: one immutable result. ``selfassess.assessment`` writes it as JSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from selfassess.model.common import Scope
from selfassess.model.evidence import Claim
from selfassess.model.measure import Band, Reading, Signal

__all__ = [
    "Because",
    "Challenge",
    "Confidence",
    "CriterionResult",
    "Finding",
    "JudgedReading",
    "JudgementResult",
    "Outcome",
    "TopicResult",
    "Waiver",
]

Challenge = Literal[
    "not contradicted", "above the evidence", "below the evidence", "not enough evidence"
]
Confidence = Literal["none", "low", "medium", "high"]
NodeStatus = Literal["weak", "mixed", "secure", "not enough evidence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedReading:
    """A reading with what its bands say.

    Attributes:
        signal: by the strictest authority on colour: workspace, framework, measure; None where
            there is no figure to judge.
        rule_signal: by the framework's or the measure's band only; what ceilings see.
        new: better by a tenth or a quarter, held less than six months: supports nothing yet.
        worsening: worse by as much.
        baseline: the earlier value that the last one was compared with; None without a series.
        baseline_date: its day, where that is known.
        band: ``{"basis", "vintage", "text"}`` of the band used, or None.
        judged_by: the band itself.
    """

    reading: Reading
    signal: Signal | None
    rule_signal: Signal | None
    about: str
    voice: str
    topics: tuple[str, ...]
    tail: bool = False
    new: bool = False
    worsening: bool = False
    baseline: float | None = None
    baseline_date: dt.date | None = None
    band: dict[str, str | int | None] | None = None
    local_band: bool = False
    confidence: Confidence = "none"
    judged_by: Band | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding an id (judging-rules 9.23); `evidence` holds reading ids and entry ids."""

    id: str
    kind: Literal["strength", "improve", "priority-action-risk", "question"]
    text: str
    topics: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    where: Scope = ()
    look_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """A rule that holds, with the evidence that made it hold."""

    rule: str
    text: str
    readings: tuple[str, ...] = ()
    register: tuple[str, ...] = ()
    at_most: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicResult:
    """A topic's status and findings."""

    id: str
    status: NodeStatus
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """A criterion's status, what it rests on and how sure that is."""

    id: str
    title: str
    status: NodeStatus
    confidence: Confidence
    signals: dict[str, str]
    entries: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A ceiling rule that a named person sets aside until a date; both ceilings are printed."""

    rule: str
    who: str
    why: str
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementResult:
    """A judgement: ceiling, challenge and confidence; never a grade of our own."""

    id: str
    title: str
    scale: str | None
    ceiling: str | None
    because: tuple[Because, ...]
    also: tuple[Because, ...]
    claim: Claim | None
    challenge: Challenge | None
    confidence: Confidence
    criteria: tuple[CriterionResult, ...]
    ceiling_after_waivers: str | None = None
    waived: tuple[Waiver, ...] = ()
    challenge_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that judging says, in framework order, then by id."""

    readings: tuple[JudgedReading, ...]
    topics: tuple[TopicResult, ...]
    judgements: tuple[JudgementResult, ...]
    findings: tuple[Finding, ...]

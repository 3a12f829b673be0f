"""A small framework, a sound self-evaluation of it, and short ways to spoil it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.loading.parse import load
from selfassess.model.assessment import (
    Because,
    CriterionResult,
    Finding,
    JudgedReading,
    JudgementResult,
    Outcome,
)
from selfassess.model.common import Source, scope
from selfassess.model.evidence import Claim, ClaimItem, PlannedAction, RegisterEntry
from selfassess.model.framework import Expectation, Framework, Level, Node, Question, Scale
from selfassess.model.measure import Reading, Topic
from selfassess.model.xray import Lexicon
from selfassess.xray.case import Case
from selfassess.xray.examine import examine

AS_AT = dt.date(2026, 3, 31)
LEXICON = Path(__file__).parents[3] / "frameworks" / "xray-words.yaml"

FRAMEWORK = Framework(
    id="test",
    edition="1",
    title="Test",
    kind="graded",
    status="in-force",
    source=Source(title="Ours"),
    scales=(
        Scale(
            id="three",
            title="Three",
            levels=(
                Level(id="good", title="Good"),
                Level(id="fair", title="Fair"),
                Level(id="poor", title="Poor"),
            ),
        ),
    ),
    questions=(
        Question(id="what", text="What do you know?"),
        Question(id="how", text="How do you know it?"),
        Question(id="next", text="What will you do?"),
    ),
    nodes=(
        Node(
            id="help",
            title="Help",
            kind="judgement",
            scale="three",
            nodes=(
                Node(
                    id="H-1",
                    title="Children are seen",
                    kind="criterion",
                    topics=("seeing-children", "caseloads", "assessment", "audit"),
                    expects=(
                        Expectation(
                            id="a", title="Audit", voices=("practice-audit",), max_age_days=100
                        ),
                    ),
                ),
            ),
        ),
    ),
)
TOPICS = {
    name: Topic(id=name, title=name.replace("-", " "), group="g")
    for name in ("seeing-children", "caseloads", "assessment", "audit", "front-door")
}
REGISTER = (
    RegisterEntry(
        id="E-1",
        topic="seeing-children",
        direction="weakness",
        voice="practice-audit",
        text="Visits were late.",
        source="Audit",
        date=dt.date(2026, 2, 1),
    ),
    RegisterEntry(
        id="E-2",
        topic="seeing-children",
        direction="strength",
        voice="child",
        text="My worker comes.",
        source="Survey",
        date=dt.date(2026, 3, 1),
    ),
)
CLAIM = Claim(
    grade="fair",
    answers={
        "what": "We know from their own words that most children trust the worker who visits them.",
        "how": "From audits of practice, a survey of children in February and our monthly figures.",
        "next": "We will bring every protection visit back on time and listen to children again.",
    },
    strengths=("Children say that their worker listens.",),
    weaknesses=(ClaimItem(text="Protection visits are late.", evidence=("E-1",)),),
    so_what="Children feel safer because they know who comes.",
    evidence=("E-1", "E-2"),
    author="Assistant director",
    date=dt.date(2026, 3, 20),
    status="reviewed",
)
PLAN = (
    PlannedAction(
        id="A-1",
        title="Bring protection visits back on time",
        owner="Service manager",
        due=dt.date(2026, 9, 30),
        why=("E-1",),
        judgement="help",
        success_measures=("timeliness.cp-visit",),
    ),
)


def judged(measure: str, signal: str | None, topics: tuple[str, ...], *, where=None, **more):
    reading = Reading(
        measure=measure,
        title=f"Title of {measure}",
        unit=more.pop("unit", "percent"),
        where=scope(where),
        value=more.pop("value", 60.0),
        end=more.pop("end", AS_AT),
        **more,
    )
    return JudgedReading(
        reading=reading,
        signal=signal,
        rule_signal=signal,
        about="compliance",
        voice="data",
        topics=topics,
    )


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load(LEXICON, Lexicon, schema="selfassess/xray@1")


@pytest.fixture
def check(lexicon):
    """Run all rules on the sound self-evaluation, changed as the test says."""

    def run(
        *,
        claim=None,
        readings=(),
        register=REGISTER,
        plan=PLAN,
        ceiling=None,
        challenge=None,
        claims=None,
        waivers=(),
        findings=(),
        as_at=AS_AT,
        limits=None,
        linked=None,
        **changes,
    ):
        said = replace(claim or CLAIM, **changes)
        signals = {each.reading.id: each.signal or "" for each in readings}
        if linked is not None:
            signals = {key: value for key, value in signals.items() if key in linked}
        outcome = Outcome(
            readings=tuple(readings),
            topics=(),
            judgements=(
                JudgementResult(
                    id="help",
                    title="Help",
                    scale="three",
                    ceiling=ceiling,
                    because=(Because(rule="r", text="A child waits.", register=("E-1",)),)
                    if ceiling
                    else (),
                    also=(),
                    claim=said,
                    challenge=challenge,
                    confidence="low",
                    criteria=(
                        CriterionResult(
                            id="H-1",
                            title="Children are seen",
                            status="mixed",
                            confidence="low",
                            signals=signals,
                        ),
                    ),
                ),
            ),
            findings=tuple(findings),
        )
        case = Case(
            framework=FRAMEWORK,
            claims={"help": said} if claims is None else claims,
            plan=plan,
            outcome=outcome,
            register=register,
            topics=TOPICS,
            as_at=as_at,
            lexicon=lexicon if limits is None else replace(lexicon, limits=limits),
        )
        return examine(case, waivers)

    return run


@pytest.fixture
def rules(check):
    """The ids of the rules that find something, once each, in order."""
    return lambda **changes: list(dict.fromkeys(each.rule for each in check(**changes)))


def a_finding(id_: str, evidence: tuple[str, ...]) -> Finding:
    return Finding(id=id_, kind="improve", text="t", evidence=evidence)

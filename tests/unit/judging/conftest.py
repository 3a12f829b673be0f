"""A small framework and a few measures, made up for these tests, and short ways to feed them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from selfassess.judging.judge import judge
from selfassess.model.common import Source, scope
from selfassess.model.evidence import Claim, RegisterEntry
from selfassess.model.framework import (
    Condition,
    Expectation,
    Framework,
    Level,
    Node,
    RegisterCondition,
    Rule,
    Scale,
)
from selfassess.model.measure import Ask, Band, Dimension, Measure, Point, Reading, Reference, Topic

AS_AT = dt.date(2026, 3, 31)

TOPICS = ("loads", "queue", "visits", "plans", "beds", "health", "boss", "audits")


def measure(id_, topics, *, better="lower", unit="children", about="compliance", **more):
    bands = more.pop("bands", ())
    return Measure(
        id=id_,
        title=f"Title of {id_}",
        unit=unit,
        better=better,
        about=about,
        topics=tuple(topics),
        why="",
        bands=tuple(bands),
        **more,
    )


def band(basis="proposed", where=None, **cuts):
    return Band(basis=basis, where=where or {}, **cuts)


MEASURES = (
    measure(
        "t.load",
        ["loads"],
        bands=[
            band(strong="at most 12", attention="over 18", concern="over 25", critical="over 30")
        ],
    ),
    measure(
        "t.max",
        ["loads"],
        tail=True,
        bands=[band(attention="over 18", concern="over 25", critical="over 30")],
        ask=(Ask(question="Who holds most?", look_at="list of loads"),),
    ),
    measure(
        "t.turnover",
        ["loads", "boss"],
        unit="percent",
        bands=[band("benchmark", strong="at most 9.5", attention="over 15", concern="over 19.5")],
    ),
    measure(
        "t.seen",
        ["visits"],
        better="higher",
        unit="percent",
        bands=[
            band(attention="under 90", concern="under 80"),
            band(where={"plan": "cp"}, attention="under 95", concern="under 85"),
        ],
        ask=(
            Ask(question="Who is unseen?", look_at="visit log"),
            Ask(question="Practice, or counting?", look_at="weekly run", when="improved"),
        ),
    ),
    measure(
        "t.closed",
        ["queue"],
        better="two-sided",
        unit="percent",
        bands=[band(attention="outside 20-60", concern="outside 10-80")],
        ask=(
            Ask(question="A shut door?", look_at="repeats", when="low"),
            Ask(question="Closed too soon?", look_at="closing records", when="high"),
        ),
    ),
    measure(
        "t.waiting",
        ["queue"],
        reference=Reference(title="a usual day", unknown=50),
        bands=[band(attention="over 0", concern="at least reference")],
    ),
    measure(
        "t.alone",
        ["plans"],
        bands=[
            band(attention="over 0", concern="at least 10"),
            band(where={"plan": "cp"}, critical="over 0"),
        ],
    ),
    measure(
        "t.watched", ["plans"], better="higher", unit="percent", bands=[band(concern="under 100")]
    ),
    measure("t.rate", ["beds"], better="none", unit="percent"),
    measure("t.moved", ["beds"], better="two-sided", unit="percent"),
    measure(
        "t.grades",
        ["audits"],
        better="higher",
        unit="percent",
        about="quality",
        voice="practice-audit",
        bands=[band(attention="under 70", concern="under 50")],
    ),
    measure(
        "t.drift",
        ["audits"],
        better="lower",
        unit="points",
        about="quality",
        aggregate="mean",
        doubts="practice-audit",
        bands=[band(attention="outside -0.15-0.15", concern="outside -0.30-0.30")],
    ),
)

DIMENSIONS = {
    d.id: d
    for d in (
        Dimension(id="team", title="Team", inherits=True, partitions=True),
        Dimension(id="plan", title="Plan"),
        Dimension(id="cohort", title="Cohort"),
        Dimension(id="agency", title="Agency"),
        Dimension(id="quarter", title="Quarter", inherits=True, history=True),
    )
}

SCALE = Scale(
    id="four",
    title="Four steps",
    levels=tuple(Level(id=i, title=i.title()) for i in ("top", "fine", "fair", "poor")),
)


def criterion(id_, *topics, **more):
    return Node(id=id_, title=f"Title of {id_}", kind="criterion", topics=topics, **more)


FRAMEWORK = Framework(
    id="test",
    edition="1",
    title="Test",
    kind="graded",
    status="in-force",
    source=Source(title="made up"),
    scales=(SCALE,),
    nodes=(
        Node(
            id="help",
            title="Help",
            kind="judgement",
            scale="four",
            practice=True,
            owns=("loads", "queue", "visits", "plans"),
            nodes=(
                criterion("H-1", "loads"),
                criterion("H-2", "queue"),
                criterion("H-3", "visits"),
                criterion("H-4", "plans", "health"),
            ),
        ),
        Node(
            id="care",
            title="Care",
            kind="judgement",
            scale="four",
            practice=True,
            owns=("beds", "health"),
            cohort="care",
            nodes=(criterion("C-1", "beds"), criterion("C-2", "plans", "health")),
        ),
        Node(
            id="lead",
            title="Lead",
            kind="judgement",
            scale="four",
            owns=("boss", "audits"),
            nodes=(criterion("L-1", "boss"), criterion("L-2", "audits")),
        ),
    ),
    ceilings=(
        Rule(
            id="at-risk",
            if_=Condition(
                register=RegisterCondition(direction="weakness", severity="serious", topics="own")
            ),
            applies_to=("help", "care"),
            at_most="fair",
            flag="priority-action-risk",
            because="Seen at risk.",
        ),
        Rule(
            id="alone",
            if_=Condition(measure="t.alone", where={"plan": "cp"}, signal="critical", at_least=3),
            applies_to="help",
            at_most="fair",
            flag="priority-action-risk",
            because="Nobody sees them.",
        ),
        Rule(
            id="unwatched",
            if_=Condition(
                all_=(
                    Condition(measure="t.alone", signal=("concern", "critical")),
                    Condition(measure="t.watched", signal="concern"),
                )
            ),
            applies_to="help",
            at_most="fair",
            because="Nobody watches.",
        ),
        Rule(
            id="asleep",
            if_=Condition(
                all_=(
                    Condition(
                        register=RegisterCondition(
                            direction="weakness", severity="serious", topics="practice"
                        )
                    ),
                    Condition(register=RegisterCondition(direction="weakness", topics=("boss",))),
                )
            ),
            applies_to="lead",
            at_most="fair",
            because="Slow leaders.",
        ),
        Rule(
            id="several",
            if_=Condition(
                register=RegisterCondition(
                    direction="weakness",
                    voices=("inspector", "practice-audit"),
                    topics="own",
                    uncontested=True,
                ),
                distinct_topics=3,
            ),
            applies_to=("help", "care"),
            at_most="fine",
            because="Several.",
        ),
    ),
)


class Bench:
    """Feeds the small framework and asks what it says."""

    as_at = AS_AT
    framework = FRAMEWORK
    scale = SCALE
    measures = {m.id: m for m in MEASURES}  # noqa: RUF012
    dimensions = DIMENSIONS

    def __init__(self):
        self._entries = 0

    def reading(
        self,
        measure_id,
        value,
        *,
        where=None,
        n=None,
        source="figures.csv",
        end=AS_AT,
        series=(),
        **more,
    ):
        known = self.measures[measure_id]
        points = tuple(
            Point(value=item[0], end=item[1]) if isinstance(item, tuple) else Point(value=item)
            for item in series
        )
        if points:
            value = points[-1].value
            end = points[-1].end
        return Reading(
            measure=measure_id,
            title=known.title,
            unit=known.unit,
            where=scope(where),
            value=value,
            denominator=n,
            source=source,
            end=end,
            series=points,
            **more,
        )

    def entry(
        self, topic, direction, voice, *, id=None, where=None, date=AS_AT, published=True, **more
    ):
        self._entries += 1
        return RegisterEntry(
            id=id or f"E{self._entries}",
            topic=topic,
            direction=direction,
            voice=voice,
            text=more.pop("text", f"{topic} {direction}"),
            where=where or {},
            date=date,
            published=published,
            **more,
        )

    def judge(self, *evidence, claims=None, framework=None, **more):
        return Said(
            judge(
                framework=framework or self.framework,
                readings=[e for e in evidence if isinstance(e, Reading)],
                register=[e for e in evidence if isinstance(e, RegisterEntry)],
                claims={k: Claim(grade=v) for k, v in (claims or {}).items()},
                measures=more.pop("measures", self.measures),
                topics={t: Topic(id=t, title=t, group="g") for t in TOPICS},
                dimensions=self.dimensions,
                as_at=AS_AT,
                **more,
            )
        )

    def with_nodes(self, *nodes, ceilings=(), **more):
        return replace(self.framework, nodes=nodes, ceilings=ceilings, **more)

    criterion = staticmethod(criterion)
    band = staticmethod(band)
    measure = staticmethod(measure)
    expectation = staticmethod(
        lambda id_, *voices, **more: Expectation(
            id=id_, title=f"Title {id_}", voices=voices, **more
        )
    )


class Said:
    """An outcome, asked by id."""

    def __init__(self, outcome):
        self.outcome = outcome

    def reading(self, id_):
        return next(r for r in self.outcome.readings if r.reading.id == id_)

    def signal(self, id_):
        return self.reading(id_).signal

    def topic(self, id_):
        return next(t for t in self.outcome.topics if t.id == id_)

    def status(self, id_):
        found = [c.status for j in self.outcome.judgements for c in j.criteria if c.id == id_]
        return found[0] if found else self.topic(id_).status

    def criterion(self, id_):
        return next(c for j in self.outcome.judgements for c in j.criteria if c.id == id_)

    def judgement(self, id_):
        return next(j for j in self.outcome.judgements if j.id == id_)

    def ceiling(self, id_):
        return self.judgement(id_).ceiling

    def rules(self, id_):
        return [b.rule for b in self.judgement(id_).because]

    def finding(self, id_):
        return next((f for f in self.outcome.findings if f.id == id_), None)

    def kind(self, id_):
        found = self.finding(id_)
        return found.kind if found else None

    def kinds(self, topic, missing=False):
        return sorted(
            f.kind
            for f in self.outcome.findings
            if topic in f.topics and (missing or not f.id.startswith("missing:"))
        )


@pytest.fixture
def bench():
    return Bench()

"""A small assessment, a small framework and a way to ask one expectation of them."""

from __future__ import annotations

import datetime as dt

import pytest

from selfassess.model.common import Source
from selfassess.model.framework import Framework, Level, Node, Scale
from selfassess.testing.case_file import Case, Expect, Inspection


def node(id_, kind, *nodes, **more):
    return Node(id=id_, title=id_.title(), kind=kind, nodes=nodes, **more)


SCALE = Scale(
    id="s",
    title="S",
    levels=tuple(
        Level(id=i, title=i.title()) for i in ("outstanding", "good", "fair", "inadequate")
    ),
)
FRAMEWORK = Framework(
    id="f",
    edition="1",
    title="F",
    kind="graded",
    status="in-force",
    source=Source(title="t"),
    scales=(SCALE,),
    nodes=(
        node("help", "judgement", node("H-1", "criterion"), scale="s"),
        node("care", "judgement", node("C-1", "criterion"), scale="s"),
    ),
)


def finding(id_, kind, *topics, **more):
    base = {
        "judgements": ["help"],
        "criteria": ["H-1"],
        "evidence": [],
        "text": "",
        "responsible": [],
    }
    return {"id": id_, "kind": kind, "topics": list(topics), **base, **more}


@pytest.fixture
def assessment():
    def judgement(id_, criterion, **more):
        return {
            "id": id_,
            "scale": "s",
            "ceiling": None,
            "ceiling_after_waivers": None,
            "because": [],
            "claim": None,
            "challenge": None,
            "criteria": [{"id": criterion, "title": "Criterion", "status": "not enough evidence"}],
            **more,
        }

    groups = {"visits": "front", "loads": "front", "beds": "care", "plans": "care"}
    return {
        "readings": [
            {
                "id": "t.load[role=asye,team=north]",
                "signal": "concern",
                "topics": ["loads", "plans"],
                "title": "Loads",
            },
            {"id": "t.few", "signal": None, "topics": ["visits"], "title": "Few"},
        ],
        "topics": [
            {"id": t, "group": g, "status": "not enough evidence"} for t, g in groups.items()
        ],
        "register": [{"id": "E1", "topic": "visits"}, {"id": "E2", "topic": "beds"}],
        "judgements": [judgement("help", "H-1"), judgement("care", "C-1")],
        "findings": [],
    }


@pytest.fixture
def framework():
    return FRAMEWORK


@pytest.fixture
def make_finding():
    return finding


@pytest.fixture
def make_case():
    def build(must_not=(), **expect):
        return Case(
            case="somewhere-2020",
            council="Somewhere",
            as_at=dt.date(2020, 1, 31),
            inspection=Inspection(kind="ilacs", framework="f"),
            expect=Expect(**expect),
            must_not=must_not,
        )

    return build

"""A small framework and what the evidence says of it."""

from __future__ import annotations

import pytest

from selfassess.claims.sync import Advice
from selfassess.model.common import Source
from selfassess.model.framework import Framework, Level, Node, Question, Scale

FRAMEWORK = Framework(
    id="test",
    edition="1",
    title="Test",
    kind="graded",
    status="in-force",
    source=Source(title="Ours"),
    scales=(
        Scale(
            id="two",
            title="Two",
            levels=(Level(id="good", title="Good"), Level(id="poor", title="Poor")),
        ),
    ),
    questions=(Question(id="what", text="What do you know?"), Question(id="how", text="How?")),
    nodes=(
        Node(
            id="help",
            title="Help",
            kind="judgement",
            scale="two",
            nodes=(
                Node(
                    id="group",
                    title="Group",
                    kind="group",
                    nodes=(Node(id="H-1", title="Seen", kind="criterion"),),
                ),
                Node(id="H-2", title="Heard", kind="criterion"),
            ),
        ),
        Node(
            id="care",
            title="Care",
            kind="judgement",
            nodes=(
                Node(id="C-1", title="Home", kind="criterion"),
                Node(
                    id="leavers",
                    title="Leavers",
                    kind="judgement",
                    nodes=(Node(id="L-1", title="Work", kind="criterion"),),
                ),
            ),
        ),
    ),
)
ADVICE = Advice(
    vanished={"help": ["'E-9' is not in the evidence any more."]},
    look_at={"help": ["m.visits: Visits, 60%, concern"], "H-1": ["E-2: weakness"]},
)


@pytest.fixture
def framework() -> Framework:
    return FRAMEWORK


@pytest.fixture
def advice() -> Advice:
    return ADVICE

"""Entries cross from one framework to another by links; beyond those, by their topic."""

from __future__ import annotations

import pytest

from selfassess.judging.crosswalk import carry
from selfassess.model.common import Source
from selfassess.model.crosswalk import CrossLink, Crosswalk
from selfassess.model.evidence import RegisterEntry
from selfassess.model.framework import Framework, Node


def node(name: str, kind: str, topics: str = "", *nodes: Node) -> Node:
    return Node(id=name, title=name, kind=kind, topics=tuple(topics.split()), nodes=nodes)  # type: ignore[arg-type]


def framework(name: str, *nodes: Node) -> Framework:
    return Framework(
        id=name,
        edition="1",
        title=name,
        kind="narrative",
        status="draft",
        source=Source(title="A document"),
        nodes=nodes,
    )


HERE = framework(
    "here",
    node("J1", "judgement", "", node("A", "criterion", "hub"), node("B", "criterion", "plans")),
    node("J2", "judgement", "", node("C", "criterion", "hub")),
)
THERE = framework(
    "there",
    node("K", "judgement", "", node("X", "criterion", "hub plans"), node("Y", "criterion", "hub")),
)


def link(one: str, other: str, relation: str = "same") -> CrossLink:
    return CrossLink(
        from_=one,
        to=other,
        relation=relation,  # type: ignore[arg-type]
        rationale="",
        confidence="high",
    )


def crosswalk(*links: CrossLink) -> Crosswalk:
    return Crosswalk(from_="there@1", to="here@1", links=links)


def entry(criterion: str | None, topic: str = "hub", judgement: str | None = None) -> RegisterEntry:
    return RegisterEntry(
        id="E-1",
        topic=topic,
        direction="weakness",
        voice="practice-audit",
        text="Something was seen.",
        criterion=criterion,
        judgement=judgement,
    )


def carried(given: RegisterEntry, *links: CrossLink) -> tuple[str | None, str | None]:
    found = carry([given], HERE, [(THERE, crosswalk(*links) if links else None)])
    assert len(found) == 1
    return found[0].criterion, found[0].judgement


NOWHERE = (None, None)


@pytest.mark.parametrize(
    ("links", "topic", "expected"),
    [
        # the node of the one link, whatever the topic, where the two are the same
        ([link("X", "A")], "hub", ("A", None)),
        ([link("X", "A")], "beds", ("A", None)),
        # a part's evidence is evidence on the whole
        ([link("X", "A", "part-of")], "beds", ("A", None)),
        # where they only overlap, it is if the node speaks of the entry's topic
        ([link("X", "A", "overlaps")], "hub", ("A", None)),
        ([link("X", "A", "overlaps")], "beds", NOWHERE),
        # of several, those that speak of the topic; of these, the closest
        ([link("X", "A", "part-of"), link("X", "B", "part-of")], "plans", ("B", None)),
        ([link("X", "A", "overlaps"), link("X", "C")], "hub", ("C", None)),
        # of several alike, what all lie under; nothing where they lie apart
        ([link("X", "A"), link("X", "B")], "beds", (None, "J1")),
        ([link("X", "A"), link("X", "C")], "hub", NOWHERE),
        # a link to a judgement
        ([link("X", "J2")], "hub", (None, "J2")),
        # no link, or no crosswalk
        ([link("Y", "A")], "hub", NOWHERE),
        ([], "hub", NOWHERE),
    ],
)
def test_an_entry_on_their_criterion(
    links: list[CrossLink], topic: str, expected: tuple[str | None, str | None]
) -> None:
    assert carried(entry("X", topic), *links) == expected


def test_what_is_known_of_a_whole_says_nothing_of_a_part_on_another_topic() -> None:
    """The link is read backwards: theirs holds ours."""
    backwards = Crosswalk(from_="here@1", to="there@1", links=(link("A", "X", "part-of"),))
    for topic, expected in (("hub", "A"), ("plans", None)):
        found = carry([entry("X", topic)], HERE, [(THERE, backwards)])
        assert found[0].criterion == expected


def test_an_entry_on_their_judgement_follows_its_links() -> None:
    assert carried(entry(None, judgement="K"), link("K", "J2")) == (None, "J2")
    assert carried(entry(None, judgement="K"), link("X", "A")) == NOWHERE


def test_an_entry_that_names_ours_or_nothing_is_left_alone() -> None:
    for given in (entry("A"), entry(None), entry("A", judgement="J2")):
        assert carry([given], HERE, [(THERE, crosswalk(link("X", "C")))]) == (given,)


def test_a_name_of_ours_beside_one_of_theirs_stands() -> None:
    assert carried(entry("X", judgement="J2"), link("X", "A")) == (None, "J2")


def test_nothing_but_the_place_changes() -> None:
    found = carry([entry("X")], HERE, [(THERE, crosswalk(link("X", "A")))])[0]
    assert (found.id, found.topic, found.text, found.direction) == (
        "E-1",
        "hub",
        "Something was seen.",
        "weakness",
    )

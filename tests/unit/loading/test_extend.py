"""An edition says what differs; the framework that comes out is whole."""

from __future__ import annotations

import pytest

from selfassess.errors import FrameworkError
from selfassess.loading.library import load_library
from selfassess.model.framework import Framework, Node

from .conftest import ALL, MakePack

HEAD = """\
schema: selfassess/framework@1
id: small
edition: "2"
extends: small@1
status: in-force
"""


@pytest.fixture
def edition(make_pack: MakePack):  # type: ignore[no-untyped-def]
    def make(text: str, head: str = HEAD) -> Framework:
        files = {**ALL, "frameworks/later.yaml": head + text}
        return load_library([make_pack(files)]).framework("small", "2")

    return make


def tree(nodes: tuple[Node, ...]) -> list[object]:
    return [[node.id, *tree(node.nodes)] if node.nodes else node.id for node in nodes]


def test_an_edition_without_changes_is_the_earlier_one_but_for_its_head(edition, make_pack) -> None:  # type: ignore[no-untyped-def]
    later = edition("")
    earlier = load_library([make_pack(ALL)]).framework("small", "1")
    assert (later.edition, later.extends, later.reference) == ("2", "small@1", "small@2")
    assert later.nodes == earlier.nodes
    assert later.scales == earlier.scales
    assert later.title == earlier.title
    assert later.source == earlier.source


def test_dates_in_force_are_never_taken_over(edition) -> None:  # type: ignore[no-untyped-def]
    assert edition("").in_force_from is None
    assert str(edition("in_force_from: 2026-01-01\n").in_force_from) == "2026-01-01"


def test_the_head_is_overridden(edition) -> None:  # type: ignore[no-untyped-def]
    later = edition("title: Another title\nsource: {title: B}\nnotes: [x]\nsubject: who\n")
    assert later.title == "Another title"
    assert later.source.title == "B"
    assert later.notes == ("x",)
    assert later.subject == "who"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("under: practice", ["A", "B", "N"]),
        ("under: practice\n      after: A", ["A", "N", "B"]),
        ("under: practice\n      before: A", ["N", "A", "B"]),
    ],
)
def test_a_node_is_added_in_its_place(where: str, expected: list[str], edition) -> None:  # type: ignore[no-untyped-def]
    later = edition(
        f"add:\n  nodes:\n    - {where}\n      node: {{id: N, title: New, kind: criterion}}\n"
    )
    assert tree(later.node("practice").nodes) == expected


def test_a_node_is_added_at_the_top(edition) -> None:  # type: ignore[no-untyped-def]
    later = edition(
        "add:\n  nodes:\n    - after: practice\n      node: {id: N, title: New, kind: judgement}\n"
    )
    assert tree(later.nodes) == [["practice", "A", "B"], "N", "leading"]


def test_a_node_changes_only_what_is_said(edition) -> None:  # type: ignore[no-untyped-def]
    later = edition("change:\n  nodes:\n    A: {title: Changed}\n")
    assert later.node("A").title == "Changed"
    assert later.node("A").topics == ("plans",)
    assert tree(later.nodes) == [["practice", "A", "B"], "leading"]


def test_a_key_with_nothing_after_it_takes_the_value_away(edition) -> None:  # type: ignore[no-untyped-def]
    later = edition(
        "change:\n  nodes:\n    practice: {note: , scale: , owns: }\n    A: {measures: }\n"
        "    leading: {scale: two}\n"
    )
    assert later.node("practice").note == ""
    assert later.node("practice").scale is None
    assert later.node("practice").owns == ()
    assert later.node("A").measures == ()


def test_a_node_moves_with_all_below_it(edition) -> None:  # type: ignore[no-untyped-def]
    later = edition("change:\n  nodes:\n    practice: {under: leading}\n")
    assert tree(later.nodes) == [["leading", ["practice", "A", "B"]]]


def test_a_node_moves_to_the_top_or_among_its_siblings(edition) -> None:  # type: ignore[no-untyped-def]
    later = edition(
        "change:\n  nodes:\n    B: {before: A}\n    leading: {under: top, before: practice}\n"
    )
    assert tree(later.nodes) == ["leading", ["practice", "B", "A"]]


def test_an_old_parent_can_go_once_its_children_have_left(edition) -> None:  # type: ignore[no-untyped-def]
    later = edition(
        "add:\n  nodes:\n    - node: {id: new, title: New, kind: judgement, scale: two}\n"
        "change:\n  nodes:\n    A: {under: new}\n    B: {under: new}\n"
        "remove:\n  nodes: [practice]\n"
    )
    assert tree(later.nodes) == ["leading", ["new", "A", "B"]]


def test_a_removed_node_takes_what_is_below_with_it(edition) -> None:  # type: ignore[no-untyped-def]
    later = edition("remove:\n  nodes: [A]\n")
    assert tree(later.nodes) == [["practice", "B"], "leading"]


def test_lists_are_added_to_changed_and_shortened(edition) -> None:  # type: ignore[no-untyped-def]
    later = edition(
        "add:\n"
        "  questions: [{id: how, text: How?}]\n"
        "  scales: [{id: one, title: One, levels: [{id: met, title: Met}]}]\n"
        "  ceilings:\n"
        "    - id: r\n"
        "      if: {measure: visits.on-time, signal: critical}\n"
        "      applies_to: practice\n"
        "      flag: priority-action-risk\n"
        "      because: x\n"
        "change:\n"
        "  questions: {what: {text: What now?}}\n"
        "  scales: {two: {title: Both}}\n"
    )
    assert [(q.id, q.text) for q in later.questions] == [("what", "What now?"), ("how", "How?")]
    assert [scale.title for scale in later.scales] == ["Both", "One"]
    assert [rule.id for rule in later.ceilings] == ["r"]
    assert edition("remove:\n  questions: [what]\n").questions == ()


def test_a_chain_of_editions(make_pack: MakePack) -> None:
    files = {
        **ALL,
        # named so that the last edition is read first
        "frameworks/a.yaml": HEAD.replace('"2"', '"3"').replace("small@1", "small@2")
        + "change:\n  nodes:\n    N: {title: Renamed}\n",
        "frameworks/b.yaml": HEAD
        + "add:\n  nodes:\n    - node: {id: N, title: New, kind: judgement}\n",
    }
    library = load_library([make_pack(files)])
    assert library.framework("small", "2").node("N").title == "New"
    assert library.framework("small", "3").node("N").title == "Renamed"
    edition = library.editions["small@3"]
    assert edition.place("node", "N", ("title",)).endswith("a.yaml:8:16")
    assert "b.yaml" in edition.place("node", "N", ("kind",))
    assert "small.yaml" in edition.place("node", "A", ("title",))


def test_a_circle_of_several_editions_is_said_once(make_pack: MakePack) -> None:
    files = {
        "a.yaml": HEAD.replace("small@1", "small@3"),
        "b.yaml": HEAD.replace('"2"', '"3"').replace("small@1", "small@2"),
    }
    with pytest.raises(FrameworkError) as caught:
        load_library([make_pack(files)])
    assert len(caught.value.problems) == 1
    assert "circle" in caught.value.problems[0].message


def test_a_broken_earlier_edition_is_the_only_one_named(make_pack: MakePack) -> None:
    files = {
        **ALL,
        "frameworks/small.yaml": ALL["frameworks/small.yaml"].replace(
            "kind: graded", "kind: grade"
        ),
        "frameworks/later.yaml": HEAD,
    }
    with pytest.raises(FrameworkError) as caught:
        load_library([make_pack(files)])
    assert len(caught.value.problems) == 1
    assert "small.yaml" in caught.value.problems[0].where


def test_several_wrong_changes_are_all_said(make_pack: MakePack) -> None:
    files = {
        **ALL,
        "frameworks/later.yaml": HEAD
        + "change:\n  nodes:\n    X: {title: a}\n    A: {under: Y}\n    B: {after: Z}\n"
        + "  questions: {why: {text: Why?}}\n"
        + "remove:\n  scales: [three]\n  nodes: [W]\n",
    }
    with pytest.raises(FrameworkError) as caught:
        load_library([make_pack(files)])
    said = [problem.message.split("'")[1] for problem in caught.value.problems]
    assert said == ["X", "Y", "Z", "why", "three", "W"]

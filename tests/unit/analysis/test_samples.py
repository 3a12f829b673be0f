"""Ranking and drawing: heaviest first, pathways in turn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from selfassess.analysis.samples import Looked, drawn, ranked


def looked(child: str, pathway: int, *weights: int) -> Looked:
    return Looked(child, pathway, {f"r{i}": weight for i, weight in enumerate(weights)})


def test_weight_then_number_then_heaviest_then_pathway_then_id() -> None:
    children = [
        looked("f", 0, 2, 2),
        looked("e", 1, 2, 2),
        looked("d", 0, 3, 1),
        looked("c", 0, 4),
        looked("b", 0, 2, 1, 1),
        looked("a", 0, 5),
        looked("g", 0, 2, 2),
    ]
    assert [each.child for each in ranked(children)] == ["a", "b", "d", "f", "g", "e", "c"]


def test_no_reason_no_place() -> None:
    assert ranked([looked("a", 0)]) == []


def test_pathways_take_turns() -> None:
    """Four in need outweigh all others; still both of the others come in."""
    children = [
        *(looked(f"n{i}", 2, 5, 5) for i in range(4)),
        looked("care", 0, 1),
        looked("leaver", 4, 2),
    ]
    assert [each.child for each in drawn(children, 3)] == ["n0", "leaver", "care"]
    assert [each.child for each in drawn(children, 4)] == ["n0", "n1", "leaver", "care"]
    # Fewer places than pathways: those with the heaviest child.
    assert [each.child for each in drawn(children, 2)] == ["n0", "leaver"]


def test_all_without_a_limit() -> None:
    children = [looked("a", 0, 1), looked("b", 1, 2)]
    assert [each.child for each in drawn(children)] == ["b", "a"]
    assert [each.child for each in drawn(children, 9)] == ["b", "a"]


children_ = st.lists(
    st.tuples(st.integers(0, 4), st.lists(st.integers(1, 5), min_size=1, max_size=4)), max_size=40
).map(lambda drawn_: [looked(f"{i:03}", p, *w) for i, (p, w) in enumerate(drawn_)])


@given(children_, st.integers(1, 45), st.randoms())
def test_every_pathway_as_far_as_it_goes(children: list[Looked], most: int, random: object) -> None:
    found = drawn(children, most)
    assert len(found) == min(most, len(children))
    shuffled = list(children)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert drawn(shuffled, most) == found
    pathways = {each.pathway for each in children}
    if most >= len(pathways):
        assert {each.pathway for each in found} == pathways
    # No pathway has two more than another that still had children to give.
    for one in pathways:
        for other in pathways:
            mine = sum(each.pathway == one for each in found)
            theirs = sum(each.pathway == other for each in found)
            left = sum(each.pathway == other for each in children) - theirs
            assert mine <= theirs + 1 or left == 0

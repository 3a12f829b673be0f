"""An integer program over everything published leaves each withheld count three values."""

from __future__ import annotations

import pytest
from councils import assessment, council, reading
from intruder import Intruder

from selfassess.disclosure import disclose, published_record

MOST_CELLS = 30
"""Withheld counts looked at in one council, evenly over all of them."""


def _least(intruder: Intruder) -> int:
    intruder.check_truth()
    hidden = list(intruder.hidden())
    step = -(-len(hidden) // MOST_CELLS) or 1
    return min((intruder.possible(*each) for each in hidden[::step]), default=3)


@pytest.mark.parametrize("seed", range(8))
def test_every_withheld_count_keeps_three_values(seed: int) -> None:
    own = council(seed, children=60 + 25 * seed)
    assert _least(Intruder([(own, disclose(own, "public"))])) == 3


@pytest.mark.parametrize("seed", range(100, 103))
def test_two_versions_tell_no_more(seed: int) -> None:
    first = council(seed, children=90)
    copy = disclose(first, "public")
    second = council(seed, children=90, later=True)
    later = disclose(second, "public", [published_record(copy)])
    assert _least(Intruder([(first, copy), (second, later)])) == 3


def test_the_program_finds_what_plain_suppression_gives_away() -> None:
    """A breakdown with one cell taken out and its total left: the program must say one value."""
    parts = [("A", 3, 20), ("B", 12, 30), ("C", 20, 40)]
    own = assessment(
        [
            reading("m", {}, 35, 90),
            *(reading("m", {"team": name}, top, base) for name, top, base in parts),
        ]
    )
    copy = disclose(own, "public")
    intruder = Intruder([(own, copy)])
    assert _least(intruder) == 3
    for each in own["readings"]:
        if each["id"] != "m[team=A]":
            intruder.know({(0, each["id"], "N"): 1}, each["numerator"], each["numerator"])
    assert intruder.possible(None, (0, "m[team=A]", "N"), 3) == 1

"""More than chance: worked out by hand, rounding counted against a difference."""

from __future__ import annotations

import pytest

from selfassess.analysis.rates import Part, difference
from selfassess.region.chance import Shown, verdicts


def test_two_councils_make_one_comparison() -> None:
    # 50% and 80% of 200: standard errors of about 3.5 and 2.8 points, 30 points apart.
    one, other = verdicts([Shown("a", 50, 200), Shown("b", 80, 200)])
    assert (one.compared, one.rest, one.higher, one.beyond_chance) == (1, 80, False, True)
    assert (other.compared, other.rest, other.higher, other.beyond_chance) == (1, 50, True, True)


def test_three_councils_make_three_comparisons_each_beside_the_other_two() -> None:
    found = verdicts([Shown("a", 50, 100), Shown("b", 80, 100), Shown("c", 60, 300)])
    assert [each.compared for each in found] == [3, 3, 3]
    assert found[0].rest == pytest.approx((80 * 100 + 60 * 300) / 400)


def test_close_shares_could_be_chance() -> None:
    assert not any(
        each.beyond_chance for each in verdicts([Shown("a", 78, 90), Shown("b", 80, 90)])
    )


def test_nothing_is_tested_on_a_base_under_ten() -> None:
    assert verdicts([Shown("a", 0, 0), Shown("b", 80, 100)]) == ()
    found = verdicts([Shown("a", 0, 0), Shown("b", 80, 100), Shown("c", 81, 100)])
    assert [each.council for each in found] == ["b", "c"]


def test_rounding_is_counted_against_a_difference() -> None:
    """A shown base of 20 may be 15, and 5% of it as much as 5.5%."""
    shown = [Shown("a", 5, 20), Shown("b", 40, 20)]
    # With the figures as shown (1 and 8 of 20) the difference is beyond chance.
    low, high = difference(Part("a", 1, 20), Part("b", 8, 20))
    assert high < 0
    assert low < high
    assert not any(each.beyond_chance for each in verdicts(shown))


@pytest.mark.parametrize("value", [0, 100])
def test_nothing_and_all_are_exact(value: float) -> None:
    (one, _) = verdicts([Shown("a", value, 400), Shown("b", 50, 400)])
    assert one.beyond_chance
    assert one.higher == (value == 100)


def test_equal_shares_never_differ() -> None:
    found = verdicts([Shown("a", 60, 100_000), Shown("b", 60, 100_000)])
    assert not any(each.beyond_chance for each in found)

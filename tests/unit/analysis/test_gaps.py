"""Gaps to the next band: the fewest cases, against trying every number."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.analysis.gaps import Edge, Gap, counted_gap, level_of, measured_gap, share_gap

RANK = {"strong": 0, "secure": 1, "context": 1, "attention": 2, "concern": 3, "critical": 4}


def edges(**cuts: str) -> tuple[Edge, ...]:
    found = []
    for level, text in cuts.items():
        *words, number = text.split()
        low, _, high = number.partition("-")
        name = " ".join(words)
        found.append(Edge(level, name, Fraction(low), Fraction(high) if high else None))
    return tuple(found)


TIMELY = edges(strong="at least 91.4", attention="under 82.2", concern="under 78.5")
OVER = edges(attention="over 10", concern="over 25")
TWO = edges(attention="outside 16.9-21.8", concern="over 26")
WAITING = edges(attention="over 0", concern="at least 10")


def told(gap: Gap | None) -> tuple[str, float | None, float] | None:
    if gap is None:
        return None
    return gap.level, None if gap.needed is None else float(gap.needed), float(gap.edge)


def test_by_hand() -> None:
    # 300 of 400 is 75 per cent; 78.5 per cent of 400 is 314: 14 more.
    assert told(share_gap(300, 400, TIMELY)) == ("attention", 14, 78.5)
    # 320 is 80; 82.2 per cent is 328.8: 329, so 9 more.
    assert told(share_gap(320, 400, TIMELY)) == ("secure", 9, 82.2)
    # 350 is 87.5, secure; 91.4 per cent is 365.6: 366, so 16 more for strong.
    assert told(share_gap(350, 400, TIMELY)) == ("strong", 16, 91.4)
    assert share_gap(370, 400, TIMELY) is None


def test_an_edge_that_is_met_exactly_is_enough() -> None:
    # 85 per cent of 20 is 17 exactly: on the edge counts as reached.
    assert told(share_gap(16, 20, edges(attention="under 85"))) == ("secure", 1, 85)


def test_lower_is_better_takes_fewer() -> None:
    # 12 of 40 is 30; a quarter is 10: 2 fewer. 10 of 40 to a tenth is 4: 6 fewer.
    assert told(share_gap(12, 40, OVER)) == ("attention", -2, 25)
    assert told(share_gap(10, 40, OVER)) == ("secure", -6, 10)
    assert share_gap(4, 40, OVER) is None


def test_two_sided_both_ways() -> None:
    # Of 200: 30 per cent is 60; 26 is 52: 8 fewer. 25 per cent: 21.8 is 43.6: 43, so 7 fewer.
    assert told(share_gap(60, 200, TWO, "context")) == ("attention", -8, 26)
    assert told(share_gap(50, 200, TWO, "context")) == ("context", -7, 21.8)
    # 15 per cent is 30; 16.9 is 33.8: 4 more.
    assert told(share_gap(30, 200, TWO, "context")) == ("context", 4, 16.9)
    assert share_gap(40, 200, TWO, "context") is None


def test_steps_too_coarse_for_a_narrow_range() -> None:
    # Of 12, steps are 8.3 per cent apart: none lies within 17 to 24.
    narrow = edges(attention="outside 17-24")
    assert told(share_gap(1, 12, narrow, "context")) == ("context", None, 17)


def test_more_than_all_cannot_be() -> None:
    assert told(share_gap(5, 12, edges(attention="at most 100"))) == ("secure", None, 100)


def test_counts() -> None:
    # 12 waiting: below 10 is 9, so 3 fewer; the edge itself still is a concern.
    gap = counted_gap(12, WAITING)
    assert told(gap) == ("attention", -3, 10)
    assert gap is not None
    assert gap.exact is False
    gap = counted_gap(9, WAITING)
    assert told(gap) == ("secure", -9, 0)
    assert gap is not None
    assert gap.exact is True
    assert counted_gap(0, WAITING) is None


def test_figures_in_their_own_unit() -> None:
    rows = edges(attention="over 18", concern="over 25", critical="over 30")
    assert told(measured_gap(Fraction("31.5"), rows)) == ("concern", -1.5, 30)
    assert told(measured_gap(Fraction(30), rows)) == ("attention", -5, 25)
    assert measured_gap(Fraction(18), rows) is None


@pytest.mark.parametrize("find", [lambda: share_gap(1, 2, ()), lambda: counted_gap(3, ())])
def test_no_band_no_gap(find: object) -> None:
    assert find() is None  # type: ignore[operator]


one_sided = st.tuples(
    st.sampled_from(["attention", "concern", "critical", "strong"]),
    st.sampled_from(["at least", "at most", "over", "under"]),
    st.integers(0, 1_000).map(lambda n: Fraction(n, 10)),
).map(lambda t: Edge(*t))
ranges = st.tuples(
    st.sampled_from(["attention", "concern"]), st.integers(0, 1000), st.integers(0, 1000)
).map(lambda t: Edge(t[0], "outside", Fraction(min(t[1:]), 10), Fraction(max(t[1:]), 10)))
bands = st.lists(st.one_of(one_sided, ranges), max_size=4).map(tuple)


@given(st.integers(1, 120), st.data(), bands)
def test_fewest_by_trying_all(
    denominator: int, data: st.DataObject, band: tuple[Edge, ...]
) -> None:
    numerator = data.draw(st.integers(0, denominator))

    def rank(count: int) -> int:
        return RANK[level_of(Fraction(100 * count, denominator), band, "secure")]

    better = [k for k in range(denominator + 1) if rank(k) < rank(numerator)]
    found = share_gap(numerator, denominator, band)
    if not better:
        assert found is None or found.needed is None
        return
    fewest = min(abs(k - numerator) for k in better)
    assert found is not None
    assert found.needed is not None
    assert abs(found.needed) == fewest
    assert rank(numerator + int(found.needed)) < rank(numerator)
    assert found.level == level_of(
        Fraction(100 * (numerator + int(found.needed)), denominator), band, "secure"
    )


@given(st.integers(0, 150), bands)
def test_fewest_counted_by_trying_all(count: int, band: tuple[Edge, ...]) -> None:
    def rank(k: int) -> int:
        return RANK[level_of(Fraction(k), band, "secure")]

    better = [k for k in range(400) if rank(k) < rank(count)]
    found = counted_gap(count, band)
    if better:
        assert found is not None
        assert found.needed is not None
        assert abs(found.needed) == min(abs(k - count) for k in better)
    else:
        assert found is None or found.needed is None

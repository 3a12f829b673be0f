"""Cuts, the choice of a band, levels (judging-rules 1 Level, 9.8, 9.9)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.judging.bands import band_text, choose_band, level, parse_cut
from selfassess.model.common import scope
from selfassess.model.measure import Band, Dimension

DIMENSIONS = {
    "team": Dimension(id="team", title="Team", inherits=True),
    "plan": Dimension(id="plan", title="Plan"),
    "role": Dimension(id="role", title="Role"),
}
DAY = dt.date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "past", "not_past"),
    [
        ("over 18", 18.01, 18),
        ("under 90", 89.99, 90),
        ("at least 10", 10, 9.99),
        ("at most 14.0", 14, 14.01),
        ("outside 20-60", 19.9, 20),
        ("outside 20-60", 60.1, 60),
        ("outside -0.15-0.15", -0.2, -0.15),
        ("outside -0.15 to 0.15", 0.16, 0.15),
        ("  over   18 ", 19, 18),
    ],
)
def test_rule_9_9_a_value_on_a_cut_takes_the_better_side(text, past, not_past):
    assert parse_cut(text).holds(past)
    assert not parse_cut(text).holds(not_past)


@pytest.mark.parametrize(
    "text", ["", "18", "above 18", "over", "over x", "outside 60", "outside 60-20"]
)
def test_a_cut_in_other_words_is_an_error_that_names_the_words(text):
    with pytest.raises(ValueError, match=r"at least N|higher number"):
        parse_cut(text)


@given(
    st.sampled_from(["at least", "at most", "over", "under"]),
    st.decimals(-1000, 1000, places=2),
    st.floats(-2000, 2000),
)
def test_every_cut_says_what_it_asks_and_asks_the_opposite(words, edge, value):
    cut = parse_cut(f"{words} {edge}")
    assert cut.holds(value) != parse_cut(cut.asks()).holds(value)
    assert parse_cut(cut.text()).holds(value) == cut.holds(value)


def test_reference_stands_for_a_quantity_that_is_known_later():
    cut = parse_cut("at least reference")
    assert cut.holds(50, 50)
    assert not cut.holds(49, 50)
    assert not cut.holds(50)  # without the quantity nothing can be said
    assert cut.text(50) == "at least 50"


TOTAL = Band(basis="proposed", attention="over 1")
CP = Band(basis="proposed", where={"plan": "cp"}, attention="over 2")
CP_NORTH = Band(basis="proposed", where={"plan": "cp", "team": "north"}, attention="over 3")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, TOTAL),
        ({"team": "north"}, TOTAL),  # inherits
        ({"plan": "cp"}, CP),  # named
        ({"plan": "cin"}, None),  # neither inherits nor named
        ({"plan": "cp", "team": "south"}, CP),
        ({"plan": "cp", "team": "north"}, CP_NORTH),  # shares most keys
        ({"colour": "red"}, None),  # undeclared: nothing is inherited along it
    ],
)
def test_rule_9_8_a_band_speaks_of_what_it_names_or_parts_inherit(where, expected):
    assert choose_band((TOTAL, CP, CP_NORTH), scope(where), DIMENSIONS, DAY) is expected


def test_a_band_speaks_of_dates_in_its_span_only():
    old = Band(basis="benchmark", attention="outside 35-47", until=dt.date(2021, 12, 31))
    new = Band(basis="benchmark", attention="outside 27-38", since=dt.date(2022, 1, 1))
    for date, expected in (
        (dt.date(2021, 12, 31), old),
        (dt.date(2022, 1, 1), new),
    ):
        assert choose_band((old, new), (), DIMENSIONS, date) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(12, "strong"), (12.5, "secure"), (18.5, "attention"), (26, "concern"), (31, "critical")],
)
def test_level_is_the_worst_cut_that_holds_else_strong_else_secure(value, expected):
    band = Band(
        basis="proposed",
        strong="at most 12",
        attention="over 18",
        concern="over 25",
        critical="over 30",
    )
    assert level(band, value, "lower") == expected


@pytest.mark.parametrize(
    ("band", "better", "value", "expected"),
    [
        (Band(basis="proposed", attention="outside 20-60"), "two-sided", 40, "context"),
        (Band(basis="proposed", attention="outside 20-60"), "two-sided", 61, "attention"),
        (Band(basis="proposed"), "lower", 99, "context"),  # no cut: no figure is good or bad
        (Band(basis="proposed", attention="over 5", best="context"), "lower", 1, "context"),
        (Band(basis="proposed", attention="over 5", best="context"), "lower", 6, "attention"),
    ],
)
def test_context_is_neither_good_nor_bad(band, better, value, expected):
    assert level(band, value, better) == expected


def test_band_text_names_levels_in_order():
    band = Band(
        basis="proposed", strong="at most 12", concern="at least reference", attention="over 18"
    )
    assert band_text(band, 50) == "strong at most 12; attention over 18; concern at least 50"

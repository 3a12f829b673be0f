"""Contrast as WCAG reckons it, by hand where that can be done."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.report.colours import WHITE, contrast, darkened, is_colour, paled

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_pure_red_by_hand() -> None:
    # Its luminance is the weight of red alone: (1 + .05) / (.2126 + .05).
    assert contrast("#ff0000", "#ffffff") == pytest.approx(1.05 / 0.2626)


def test_a_dark_part_is_linear() -> None:
    # #0a0a0a: 10/255 is below the bend, so the luminance is 10/255/12.92.
    assert contrast("#0a0a0a", "#000000") == pytest.approx((10 / 255 / 12.92 + 0.05) / 0.05)


@pytest.mark.parametrize("text", ["12436d", "#12436", "#12436g", "red", "#12436d;", "#12436d\n"])
def test_what_is_no_colour(text: str) -> None:
    assert not is_colour(text)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways(one: str, other: str) -> None:
    assert 1 <= contrast(one, other) <= 21.000001
    assert contrast(one, other) == contrast(other, one)


@given(COLOURS)
def test_the_shade_that_is_named_passes(colour: str) -> None:
    shade = darkened(colour, WHITE, 4.5)
    assert is_colour(shade)
    assert contrast(shade, WHITE) >= 4.5
    if contrast(colour, WHITE) >= 4.5:
        assert shade == colour


@given(COLOURS.filter(lambda colour: contrast(colour, WHITE) >= 4.5))
def test_the_light_shade_differs_without_colour(colour: str) -> None:
    assert contrast(colour, paled(colour)) >= 3
    assert contrast("#0b0c0c", paled(colour)) >= 4.5

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from selfassess.report.words import (
    CHALLENGE,
    CONFIDENCE,
    KIND,
    SIGNAL,
    STATUS,
    count_of,
    date_words,
    number,
    period_words,
    phrase,
    plural,
    value_words,
    voice_words,
)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (73.4, "percent", "73.4%"),
        (70, "percent", "70.0%"),
        (1, "children", "1 child"),
        (14, "children", "14 children"),
        (1, "working-days", "1 working day"),
        (1234, "contacts", "1,234 contacts"),
        (16.25, "children", "16.2 children"),
        (0.421, "score", "0.42"),
        (-0.421, "score", "−0.42"),
        (15.2, "cases-per-worker", "15.2 cases per worker"),
        (2.5, "percentage-points", "2.5 points"),
        (0.46, "percentage-points", "0.5 points"),
        (-0.46, "points", "−0.5 points"),
        (-0.04, "points", "0 points"),
        (1.04, "points", "1 point"),
        (0.46, "index", "0.46"),
        (0.004, "score", "0.004"),
        (0.04, "percent", "0.04%"),
        (0, "percent", "0.0%"),
        (3, "", "3"),
        (1, "enquiries", "1 enquiry"),
    ],
)
def test_values_carry_their_unit(value: float, unit: str, words: str) -> None:
    assert value_words(value, unit) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((138, 188, "percent"), "138 of 188"),
        ((1066, 63, "children"), "1,066 ÷ 63"),
        ((None, 24, "score"), "base 24"),
        ((5, 49, "count"), "of 49"),
        ((5, None, "percent"), ""),
        ((None, None, "percent"), ""),
    ],
)
def test_counts_say_how_they_make_the_value(given: tuple[Any, Any, str], words: str) -> None:
    assert count_of(*given) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2025-04-01", "2026-03-31", "Apr 2025 – Mar 2026"),
        ("2024-02-01", "2024-02-29", "Feb 2024"),
        ("2025-04-02", "2026-03-31", "2 Apr 2025 – 31 Mar 2026"),
        (None, "2026-03-31", "31 Mar 2026"),
    ],
)
def test_periods(start: str | None, end: str, words: str) -> None:
    assert period_words(start, end) == words


def test_dates_do_not_depend_on_the_locale() -> None:
    assert date_words("2026-03-31") == "31 March 2026"
    assert date_words(dt.date(2026, 5, 1), short=True) == "1 May 2026"
    assert date_words("spring 2026") == "spring 2026"
    assert date_words(None) == ""


def test_small_words() -> None:
    assert plural(1, "register entries") == "1 register entry"
    assert plural(2, "files") == "2 files"
    assert number(2_000_000) == "2,000,000"
    assert voice_words("child") == "children"
    assert voice_words("new-voice") == "new voice"


@pytest.mark.parametrize("table", [SIGNAL, STATUS, CHALLENGE, CONFIDENCE, KIND])
def test_no_two_words_of_a_table_share_colour_and_shape(table: dict[str, Any]) -> None:
    told = [one for one in table.values() if one.tone != "none"]
    assert len({one.shape for one in told}) == len(told)
    assert all(one.word and one.shape for one in table.values())


def test_unknown_and_absent_words_have_no_tone() -> None:
    assert phrase(SIGNAL, "brand-new").word == "brand new"
    assert phrase(SIGNAL, None).word == "no figure"
    assert phrase(SIGNAL, "brand-new").tone == phrase(SIGNAL, None).tone == "none"


def test_the_report_never_says_supported() -> None:
    assert "supported" not in " ".join(one.word for one in CHALLENGE.values())

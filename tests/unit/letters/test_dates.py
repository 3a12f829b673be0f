"""Dates as letters write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.letters.dates import alone, answer_due, span
from selfassess.model.letters import LetterForm

D = dt.date
FORM = LetterForm(id="f", title="F", recognise=(), sections=(), statement=("statement of action",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Inspection dates: 14 to 25 October 2024", (D(2024, 10, 14), D(2024, 10, 25))),
        ("on 5 and 6 March 2025.", (D(2025, 3, 5), D(2025, 3, 6))),
        ("from 30 September 2024 to 4 October 2024", (D(2024, 9, 30), D(2024, 10, 4))),
        ("28 November to 2 December 2022", (D(2022, 11, 28), D(2022, 12, 2))),
        ("9 December to 13 January 2023", (D(2022, 12, 9), D(2023, 1, 13))),
        ("Monday 3\u20137 March 2025", (D(2025, 3, 3), D(2025, 3, 7))),
        ("the 1st and 2nd June 2025", (D(2025, 6, 1), D(2025, 6, 2))),
        ("30 and 31 February 2025", None),
        ("published on 5 March 2025", None),
        ("between 4 January 2021 and 4 January 2024", None),
    ],
)
def test_span(text: str, expected: tuple[D, D] | None) -> None:
    assert span(text) == expected


@given(st.dates(D(2018, 1, 1), D(2030, 1, 1)), st.integers(0, 60))
def test_any_span_is_read_back(start: D, days: int) -> None:
    end = start + dt.timedelta(days=days)
    text = f"{start.day} {start:%B} {start.year} to {end.day} {end:%B} {end.year}"
    assert span(f"visited from {text} by two") == (start, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 March 2025", D(2025, 3, 5)),
        ("Published: 5 March 2025", D(2025, 3, 5)),
        ("We met on 5 March 2025", None),
        ("31 April 2025", None),
    ],
)
def test_alone(text: str, expected: D | None) -> None:
    assert alone(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Send the statement of action by 5 March 2025. Thanks.", D(2025, 3, 5)),
        ("It owes a statement of action. It should come no later than 5 May 2025.", D(2025, 5, 5)),
        ("A statement of action is due. We left. Reply by 5 March 2025.", None),
        ("Reply by 5 March 2025.", None),
    ],
)
def test_answer_due(text: str, expected: D | None) -> None:
    assert answer_due(text, FORM) == expected

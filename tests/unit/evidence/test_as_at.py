"""The day to measure at, where nobody has said it."""

from __future__ import annotations

import datetime as dt

import pytest

from selfassess.errors import EvidenceError
from selfassess.evidence.as_at import infer

from .conftest import headers, row

D = dt.date


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ({}, None),
        ({"a": []}, None),
        ({"a": [D(2026, 3, 1), D(2026, 3, 20)]}, D(2026, 3, 20)),
        ({"a": [D(2026, 3, 31)], "b": [D(2026, 3, 20)]}, D(2026, 3, 31)),
        # 31 days ahead of the next list is the limit.
        ({"a": [D(2026, 3, 31)], "b": [D(2026, 2, 28)]}, D(2026, 3, 31)),
        ({"a": [D(2026, 4, 1)], "b": [D(2026, 2, 28)]}, D(2026, 2, 28)),
        # A slip of the keyboard; the list's other dates still count.
        ({"a": [D(2062, 3, 1), D(2026, 3, 25)], "b": [D(2026, 3, 20)]}, D(2026, 3, 25)),
        # Two slips in two lists, far from one another.
        (
            {"a": [D(2040, 1, 1), D(2026, 3, 2)], "b": [D(2031, 1, 1)], "c": [D(2026, 3, 1)]},
            D(2026, 3, 2),
        ),
    ],
)
def test_the_rule(lists, expected) -> None:
    assert infer(lists) == expected


def _lists(**dates):
    return {
        "a": [headers("contacts"), row("contacts", child_id=1, contact_date=D(2026, 3, 10))],
        "b": [
            headers("section_47"),
            row("section_47", child_id=1, strategy_date=D(2026, 3, 20), **dates),
        ],
    }


def test_births_and_booked_conferences_do_not_count(workbook, read) -> None:
    path = workbook(_lists(icpc_date=D(2026, 4, 9), date_of_birth=D(2026, 7, 1)))
    evidence = read(path, as_at=None)
    assert (evidence.as_at, evidence.as_at_inferred) == (D(2026, 3, 20), True)


def test_a_given_date_is_taken(workbook, read) -> None:
    evidence = read(workbook(_lists()), as_at=D(2026, 3, 15))
    assert (evidence.as_at, evidence.as_at_inferred) == (D(2026, 3, 15), False)
    assert evidence.tables["section_47"].rows == 0


def test_published_figures_alone_speak_of_their_last_day(tmp_path, read) -> None:
    path = tmp_path / "readings.csv"
    path.write_text(
        "measure,value,from,to,source\na.b,1,2025-04-01,2026-03-31,us\na.c,2,,2025-12-31,us\n",
        encoding="utf-8",
    )
    assert read(path, as_at=None).as_at == D(2026, 3, 31)


def test_without_any_date_one_is_asked_for(tmp_path, read) -> None:
    path = tmp_path / "readings.csv"
    path.write_text("measure,value,source\na.b,1,us\n", encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        read(path, as_at=None)
    assert "--as-at" in caught.value.hint

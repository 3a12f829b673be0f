"""The day to measure at, where nobody has said it."""

from __future__ import annotations

import datetime as dt

import pytest

from selfassess.errors import EvidenceError
from selfassess.evidence.as_at import doubts, infer

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


WEEKS = [D(2026, 3, 31) - dt.timedelta(weeks=n) for n in range(30)]


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        ({"a": WEEKS, "b": WEEKS}, ""),
        ({"a": [D(2030, 1, 1), *WEEKS], "b": [D(2030, 1, 5), *WEEKS]}, "than 2 dates of theirs"),
        ({"a": [D(2030, 1, 1), *WEEKS], "b": [D(2030, 1, 1), *WEEKS]}, "only one date of theirs"),
        # So many dates are no slip, nor is one of so few.
        ({"a": [*(D(2030, 1, n) for n in (1, 2, 3, 4)), *WEEKS], "b": [D(2030, 1, 4)]}, ""),
        ({"a": [D(2030, 1, 1), *WEEKS[:5]], "b": [D(2030, 1, 1)]}, ""),
    ],
)
def test_a_day_that_slips_may_have_set_is_told_of(lists, told: str) -> None:
    day = infer(lists)
    problems = doubts(day, lists, inferred=True)
    assert [told in str(p) and "31/03/2026" in str(p) for p in problems] == [True] * bool(told)


@pytest.mark.parametrize(
    ("day", "told"),
    [(D(2026, 7, 1), False), (D(2026, 7, 2), True), (D(2026, 1, 1), False)],
)
def test_a_day_long_after_the_lists_is_told_of(day: dt.date, told: bool) -> None:
    problems = doubts(day, {"a": WEEKS}, inferred=False)
    assert len(problems) == told
    if told:
        assert "93 days after the latest date of the lists, 31/03/2026" in problems[0].message
        assert "2026-03-31" in problems[0].hint


def test_of_few_dates_nothing_is_said() -> None:
    assert doubts(D(2030, 1, 1), {"a": WEEKS[:9]}, inferred=False) == []
    assert doubts(D(2030, 1, 1), {"a": WEEKS[:10]}, inferred=False) != []


def test_a_day_before_most_rows_is_told_of(workbook, read) -> None:
    days = [row("contacts", child_id=n, contact_date=D(2026, 3, n)) for n in range(1, 6)]
    path = workbook({"a": [headers("contacts"), *days]})
    assert read(path, as_at=D(2026, 3, 3)).problems == ()
    (problem,) = read(path, as_at=D(2026, 3, 2)).problems
    assert problem.message.startswith("3 rows lie after 02/03/2026 and are set aside; 2 rows")
    assert "as_at" in problem.hint


def _lists(**dates):
    return {
        "a": [headers("contacts"), row("contacts", child_id=1, contact_date=D(2026, 3, 10))],
        "b": [
            headers("section_47"),
            row("section_47", child_id=1, strategy_date=D(2026, 3, 20), **dates),
        ],
    }


@pytest.mark.parametrize(
    ("last", "day", "told"),
    [
        (D(2026, 3, 27), D(2026, 6, 27), False),  # 92 days
        (D(2026, 3, 27), D(2026, 6, 28), True),
        (D(2026, 3, 27), D(2025, 1, 1), False),
    ],
)
def test_a_stated_day_is_held_against_the_latest_of_all_lists(
    workbook, read, last: dt.date, day: dt.date, told: bool
) -> None:
    # The first list alone would lie long before that day.
    days = [last - dt.timedelta(weeks=n) for n in range(12)]
    contacts = [row("contacts", child_id=n, contact_date=d) for n, d in enumerate(days)]
    old = [row("referrals", child_id=1, referral_date=D(2024, 1, 8))]
    path = workbook(
        {
            "1": [headers("referrals"), *old],
            "2": [headers("contacts"), *contacts],
        }
    )
    problems = [p for p in read(path, as_at=day).problems if "after the latest date" in p.message]
    assert bool(problems) is told


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

"""Aggregates, clocks, holders, ratios, ways and the statuses of readings, worked out by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

World = Any

# 31 March 2026 is a Tuesday; Easter is 3 and 6 April.
ASSESSMENTS = """
child_id | start_date | authorised | team
1        | 2026-01-05 | 2026-03-09 | North
2        | 2026-01-05 | 2026-03-10 | North
3        | 2026-01-05 |            | South
4        | 2026-03-02 |            | South
5        |            | 2026-03-02 | South
6        | 2026-03-05 | 2026-03-04 | South
7        | #          | 2026-03-04 | South
8        | 2026-03-01 | 2026-05-01 | South
"""
CLOCK = {
    "from": "assessments",
    "clock": {"start": "start_date", "limit": "45 working days", "stop": "authorised"},
}


@pytest.fixture
def assessments(world: World) -> World:
    return world.table("assessments", ASSESSMENTS)


def test_a_clock_tells_six_outcomes_apart(assessments: World) -> None:
    rows = assessments.rows(**CLOCK).rows
    assert [row[0] for row in rows] == [
        "met",  # 45 working days: 5 January to 9 March
        "late",  # one more
        "overdue",
        "not due",
        "undated",
        "undated",  # stopped before it started
        "unknown",
        "not due",  # stopped after as_at: still running
    ]


def test_a_clock_counts_what_is_due(assessments: World) -> None:
    reading = assessments.read(**CLOCK)
    assert (reading.numerator, reading.denominator) == (1, 3)
    assert (reading.not_due, reading.unknown) == (2, 3)
    # One row in eight hangs on an unreadable start: over a twentieth.
    assert (reading.value, reading.status) == (None, "not-computable")
    assert "'The start date' of Assessments (1 cells)" in reading.reason


def test_a_clock_may_count_completed_work_only(world: World) -> None:
    world.table("assessments", "\n".join(ASSESSMENTS.strip().splitlines()[:5]))
    due, completed = world.read(**CLOCK), world.read(**CLOCK, counts="completed")
    assert (due.numerator, due.denominator, due.not_due) == (1, 3, 1)
    assert (completed.numerator, completed.denominator, completed.not_due) == (1, 2, 0)
    assert completed.value == 50


def test_a_running_clock_is_dated_at_as_at(world: World) -> None:
    world.table(
        "assessments",
        """
        child_id | start_date | authorised
        1        | 2025-01-05 | 2025-02-01
        2        | 2025-01-05 | 2026-03-01
        3        | 2025-01-05 |
        """,
    )
    rows = world.rows(**CLOCK, over="last 6 months").rows
    assert [(row[3], row[0]) for row in rows] == [(3, "late"), (4, "overdue")]


def test_a_limit_may_have_cases(world: World) -> None:
    world.table(
        "contacts_hub",
        """
        contact_id | rag   | received         | decided
        1          | red   | 2026-03-30 09:00 | 2026-03-30 13:00
        2          | red   | 2026-03-30 09:00 | 2026-03-30 13:01
        3          | amber | 2026-03-30 09:00 | 2026-03-30 13:01
        4          | red   | 2026-03-31 21:00 |
        5          | red   | 2026-03-31 19:00 |
        6          | amber | 2026-03-31 19:00 |
        7          | green | 2026-03-01 19:00 |
        8          |       | 2026-03-01 19:00 |
        """,
    )
    clock = {
        "start": "received",
        "limit": ["4 hours if rag = 'red'", "24 hours if rag = 'amber'"],
        "stop": "decided",
    }
    rows = world.rows(**{"from": "contacts_hub", "clock": clock}).rows
    # The day ends at midnight: three hours and five have passed.
    assert [row[0] for row in rows] == ["met", "late", "met", "not due", "overdue", "not due"]
    readings = world.readings(**{"from": "contacts_hub", "clock": clock, "by": ["rag"]})
    assert readings[("rag", "red"),].denominator == 3
    assert (("rag", "green"),) not in readings


def test_a_limit_in_months_ends_with_a_short_month(world: World) -> None:
    world.table(
        "assessments",
        """
        child_id | start_date | authorised
        1        | 2025-11-30 | 2026-02-28
        2        | 2025-11-30 | 2026-03-01
        3        | 2025-12-31 |
        4        | 2025-12-30 |
        """,
    )
    clock = {"start": "start_date", "limit": "3 months", "stop": "authorised"}
    rows = world.rows(**{"from": "assessments", "clock": clock}).rows
    assert [row[0] for row in rows] == ["met", "late", "not due", "overdue"]


def test_a_limit_may_be_a_setting(world: World) -> None:
    world.table(
        "cin", "child_id|start_date|status\n1|2026-03-20|cp\n2|2026-03-01|care\n3|2026-03-01|cin"
    )
    clock = {
        "start": "start_date",
        "limit": "setting(plan-days, plan: status) days",
        "stop": "closed",
    }
    world.table(
        "cin",
        "child_id|start_date|status|closed\n1|2026-03-20|cp|\n2|2026-03-01|care|\n3|2026-03-01|cin|",
    )
    rows = world.rows(**{"from": "cin", "clock": clock}).rows
    assert [row[0] for row in rows] == ["overdue", "not due", "undated"]


REFERRALS = """
child_id | referral_date | earlier | team  | nfa
1        | 2025-09-30    | 4       | North | yes
2        | 2025-10-01    | 1       | North | no
3        | 2026-01-15    | 2       | South | yes
3        | 2026-03-31    | 3       | South | no
4        |               | 9       | South | no
5        | 2026-02-01    |         | South | no
"""


@pytest.fixture
def referrals(world: World) -> World:
    return world.table("referrals", REFERRALS)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ({"aggregate": "count"}, 4),
        ({"aggregate": "count", "numerator": "nfa"}, 1),
        ({"aggregate": "distinct", "value": "child_id"}, 3),
        ({"aggregate": "sum", "value": "earlier"}, 6),
        ({"aggregate": "mean", "value": "earlier"}, 2),
        ({"aggregate": "max", "value": "earlier"}, 3),
        ({"aggregate": "min", "value": "earlier"}, 1),
        ({"aggregate": "p50", "value": "earlier"}, 2),
        ({"aggregate": "p90", "value": "earlier"}, 2.8),
        ({"aggregate": "mean", "value": "earlier / 7"}, 0.285714),
    ],
)
def test_aggregates_over_a_window(referrals: World, keys: dict[str, str], value: float) -> None:
    reading = referrals.read(**{"from": "referrals", "over": "last 6 months", "unit": "x", **keys})
    assert reading.value == value
    assert (reading.start, reading.end) == (dt.date(2025, 10, 1), dt.date(2026, 3, 31))
    assert reading.unknown == ("value" in keys and keys["value"] != "child_id")


def test_windows_leave_out_the_first_day_and_blank_dates(referrals: World) -> None:
    count = {"from": "referrals", "aggregate": "count", "unit": "x"}
    assert referrals.read(**count).value == 6
    assert referrals.read(**count, over="last 6 months").value == 4
    assert referrals.read(**count, over="last 7 months").value == 5
    assert referrals.read(**count, over="12 to 6 months ago").value == 1
    assert referrals.read(**count, over="last 1 days").value == 1
    # 1 February is a Sunday with 42 working days after it.
    assert referrals.read(**count, over="last 42 working days").value == 1
    assert referrals.read(**count, over="last 43 working days").value == 2


def test_the_as_at_day_is_in_the_window_to_its_end(world: World) -> None:
    world.table("contacts_hub", "contact_id | received\n1 | 2026-03-31 17:00\n2 | 2026-04-01 00:00")
    keys = {"from": "contacts_hub", "aggregate": "count", "unit": "x"}
    assert world.read(**keys, over="last 1 working day").value == 1
    assert world.read(**keys, over="last 1 month").value == 1


def test_a_share_of_nothing_is_not_zero(referrals: World) -> None:
    keys = {"from": "referrals", "filter": "team = 'West'"}
    reading = referrals.read(**keys, numerator="nfa")
    assert (reading.value, reading.status, reading.reason) == (
        None,
        "not-computable",
        "no rows in scope",
    )
    assert referrals.read(**keys, aggregate="count", unit="x").value == 0
    largest = {"aggregate": "max", "value": "earlier", "unit": "x"}
    assert referrals.read(**keys, **largest).status == "not-computable"
    assert referrals.read(**keys, **largest, empty=0).value == 0


def test_a_table_without_rows_says_so(world: World) -> None:
    world.table("referrals", "child_id | referral_date | nfa")
    reading = world.read(**{"from": "referrals", "numerator": "nfa"})
    assert reading.reason == "Referrals is there and holds no rows"
    assert world.read(**{"from": "referrals", "aggregate": "count", "unit": "x"}).value == 0


def test_a_table_or_column_that_is_missing_is_named(world: World) -> None:
    reading = world.read(**{"from": "referrals", "numerator": "nfa"})
    assert (reading.status, reading.reason) == ("not-computable", "Referrals: not supplied")
    world.table("referrals", "child_id | referral_date\n1 | 2026-01-01")
    reading = world.read(**{"from": "referrals", "numerator": "nfa", "by": ["team"]})
    assert reading.reason == "Referrals: column 'The nfa' is missing"
    # A breakdown by a column that is not there is left out, and the others stand.
    keys = {"from": "referrals", "aggregate": "count", "unit": "x"}
    assert list(world.readings(**keys, by=["team"])) == [()]
    readings = world.readings(**keys, by=["team", "quarter", ["team", "month"]])
    assert list(readings) == [(), (("quarter", "2025-26 Q4"),)]


def test_small_bases_are_marked_for_rates_alone(referrals: World) -> None:
    reading = referrals.read(**{"from": "referrals", "numerator": "nfa"})
    assert (reading.value, reading.status) == (33.333333, "small-base")
    reading = referrals.read(
        **{"from": "referrals", "numerator": "nfa", "aggregate": "count", "unit": "x"}
    )
    assert (reading.value, reading.denominator, reading.status) == (2, 6, "ok")


@pytest.mark.parametrize(("unreadable", "status"), [(1, "ok"), (2, "not-computable")])
def test_a_twentieth_may_be_unknown(world: World, unreadable: int, status: str) -> None:
    rows = [f"{n} | 2026-01-01 | {'#' if n < unreadable else 'yes'}" for n in range(20)]
    world.table("referrals", "child_id | referral_date | nfa\n" + "\n".join(rows))
    reading = world.read(**{"from": "referrals", "numerator": "nfa"})
    assert (reading.status, reading.unknown) == (status, unreadable)
    if status == "ok":
        assert (reading.numerator, reading.denominator, reading.value) == (19, 19, 100)


def test_breakdowns_add_up_and_nest(referrals: World) -> None:
    readings = referrals.readings(
        **{
            "from": "referrals",
            "aggregate": "count",
            "unit": "x",
            "by": ["team", "quarter", ["team", "nfa"], "fast"],
            "let": {"fast": "earlier <= 1"},
        }
    )
    assert {str(where): reading.value for where, reading in readings.items()} == {
        "()": 6,
        "(('fast', 'no'),)": 5,
        "(('fast', 'yes'),)": 1,
        "(('nfa', 'no'), ('team', 'North'))": 1,
        "(('nfa', 'no'), ('team', 'South'))": 3,
        "(('nfa', 'yes'), ('team', 'North'))": 1,
        "(('nfa', 'yes'), ('team', 'South'))": 1,
        "(('quarter', '2025-26 Q2'),)": 1,
        "(('quarter', '2025-26 Q3'),)": 1,
        "(('quarter', '2025-26 Q4'),)": 3,
        "(('quarter', 'not-recorded'),)": 1,
        "(('team', 'North'),)": 2,
        "(('team', 'South'),)": 4,
    }
    quarter = readings[("quarter", "2025-26 Q3"),]
    assert (quarter.start, quarter.end) == (dt.date(2025, 10, 1), dt.date(2025, 12, 31))


HOLDINGS = """
child_id | start_date | closed | status | team  | worker
1        | 2026-01-01 |        | cin    | North | Ann
2        | 2026-01-01 |        | cp     | North | Ann
2        | 2026-02-01 |        | cp     | North | Ann
3        | 2026-01-01 |        | cp     | South | Ann
4        | 2026-01-01 |        | cin    | South | Bo
5        | 2026-01-01 |        | cin    | South |
"""
WORKERS = """
worker | team  | role          | fte | start
Ann    | North | asye          | 0.5 | 2020-01-01
Bo     | South | social-worker | 1   | 2020-01-01
Cy     | South | social-worker | 1   | 2020-01-01
"""


@pytest.fixture
def holdings(world: World) -> World:
    world.tables["cin"] = dataclasses.replace(
        world.tables["cin"], links=world.tables["referrals"].links
    )
    return world.table("cin", HOLDINGS).table("workers", WORKERS)


PER = {"from": "cin", "per": {"key": "worker", "value": "distinct(child_id)"}, "unit": "children"}


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ({"aggregate": "max"}, 3),
        ({"aggregate": "mean"}, 2),
        ({"aggregate": "p50"}, 2),
        ({"aggregate": "p90"}, 2.8),
        ({"aggregate": "sum"}, 4),
        ({"aggregate": "count"}, 2),
        ({"aggregate": "count", "numerator": "value > 1"}, 1),
        ({"aggregate": "max", "value": "value / worker.fte"}, 6),
        ({"aggregate": "share", "numerator": "value > setting(limit, role: worker.role)"}, 0.5),
        ({"aggregate": "sum", "value": "worker.fte"}, 1.5),
        ({"aggregate": "distinct", "value": "worker"}, 2),
    ],
)
def test_holders(holdings: World, keys: dict[str, str], value: float) -> None:
    reading = holdings.read(**PER, **keys)
    assert reading.value == value
    if keys.get("value") is None:
        assert reading.distribution == ((1, 1), (3, 1))


def test_holders_have_further_values_and_a_filter(holdings: World) -> None:
    per = {
        "key": "worker",
        "value": "count",
        "also": {
            "team": "max(team)",
            "protects": "any(status = 'cp')",
            "all_cp": "all(status = 'cp')",
        },
    }
    keys = {"from": "cin", "unit": "x", "aggregate": "max"}
    assert holdings.read(**keys, per=per).value == 4
    assert holdings.read(**keys, per={**per, "filter": "not protects"}).value == 1
    assert holdings.read(**keys, per={**per, "filter": "protects and not all_cp"}).value == 4
    readings = holdings.readings(**keys, per=per, by=["team"])
    assert readings[("team", "South"),].value == 4
    assert (("team", "North"),) not in readings


def test_holders_by_their_link(holdings: World) -> None:
    readings = holdings.readings(
        **PER, aggregate="max", by=["role"], let={"role": "first_of(worker.role, 'social-worker')"}
    )
    assert {where: reading.value for where, reading in readings.items()} == {
        (): 3,
        (("role", "asye"),): 3,
        (("role", "social-worker"),): 1,
    }


def test_a_holder_that_cannot_be_read_leaves_rows_unknown(holdings: World) -> None:
    text = HOLDINGS + "\n".join(f"{n} | 2026-01-01 | | cin | South | Cy" for n in range(6, 26))
    holdings.table("cin", text + "\n26 | 2026-01-01 | | cin | South | #")
    reading = holdings.read(**PER, aggregate="max")
    assert (reading.value, reading.unknown, reading.status) == (20, 1, "ok")
    holdings.table("cin", text + "\n26|2026-01-01||cin|South|#\n27|2026-01-01||cin|South|#")
    reading = holdings.read(**PER, aggregate="max")
    assert (reading.value, reading.status) == (None, "not-computable")


def test_a_ratio_has_two_sides(holdings: World) -> None:
    ratio = {
        "of": {
            "from": "cin",
            "filter": "not blank(worker)",
            "aggregate": "distinct",
            "value": "child_id",
        },
        "to": {
            "from": "cin",
            "per": {"key": "worker"},
            "aggregate": "sum",
            "value": "worker.fte",
        },
    }
    reading = holdings.read(ratio=ratio, unit="children per worker")
    assert (reading.value, reading.numerator, reading.denominator) == (2.666667, 4, 1.5)
    of = {"from": "cin", "aggregate": "count"}
    to = {"from": "workers", "aggregate": "sum", "value": "fte"}
    readings = holdings.readings(ratio={"of": of, "to": to}, unit="x", by=["team"])
    assert {where: r.value for where, r in readings.items()} == {
        (): 2.4,
        (("team", "North"),): 6,
        (("team", "South"),): 1.5,
    }


def test_a_ratio_to_nothing_is_not_computable(holdings: World) -> None:
    of = {"from": "cin", "aggregate": "count"}
    to = {"from": "workers", "filter": "team = 'West'", "aggregate": "sum", "value": "fte"}
    assert holdings.read(ratio={"of": of, "to": to}, unit="x").status == "not-computable"


def test_rows_open_at_a_date(world: World) -> None:
    world.table(
        "cin",
        """
        child_id | start_date | closed     | status
        1        | 2026-03-31 |            | cin
        2        | 2026-04-01 |            | cin
        3        | 2026-01-01 | 2026-03-31 | cin
        4        | 2026-01-01 | 2026-04-01 | cin
        5        | 2026-01-01 |            | closed
        6        |            |            |
        """,
    )
    rows = world.rows(**{"from": "cin", "at": "as-at", "aggregate": "count"}).rows
    assert [row[4] for row in rows] == ["1", "4", "6"]


def test_a_closing_date_may_be_left_out_only_where_it_is_optional(world: World) -> None:
    rows = "child_id | start_date | status\n1 | 2026-01-01 | cin"
    keys = {"from": "cin", "at": "as-at", "aggregate": "count", "unit": "x"}
    reading = world.table("cin", rows).read(**keys)
    assert reading.reason == "Children in need: column 'The closed' is missing"
    columns = [
        dataclasses.replace(column, optional=column.name == "closed")
        for column in world.tables["cin"].columns
    ]
    world.tables["cin"] = dataclasses.replace(world.tables["cin"], columns=tuple(columns))
    assert world.table("cin", rows).read(**keys).value == 1


def test_month_ends_make_a_series(world: World) -> None:
    world.table(
        "cp",
        """
        child_id | start_date | closed     | team
        1        | 2026-01-15 |            | North
        2        | 2026-01-31 | 2026-02-28 | South
        3        | 2026-03-31 |            | North
        """,
    )
    keys = {"from": "cp", "at": "month ends", "over": "last 4 months", "unit": "x", "by": ["team"]}
    readings = world.readings(**keys, aggregate="count")
    whole = readings[()]
    assert [(point.end.isoformat(), point.value) for point in whole.series] == [
        ("2026-01-31", 2),
        ("2026-02-28", 1),
        ("2026-03-31", 2),
    ]
    assert whole.value == 2
    older = world.read(**keys, numerator="days(start_date, as_at) > 20", aggregate="count")
    assert [point.value for point in older.series] == [0, 1, 1]


def test_follow_up_leaves_unripe_rows_out(world: World) -> None:
    world.table(
        "cin",
        """
        child_id | start_date | closed     | status
        1        | 2025-01-01 | 2025-09-30 | closed
        2        | 2025-01-01 | 2025-10-01 | closed
        3        | 2025-01-01 | 2025-09-30 | closed
        """,
    )
    world.table("referrals", "child_id | referral_date\n1 | 2026-03-29\n3 | 2026-04-20")
    keys = {"from": "cin", "date": "closed", "follow_up": "6 months"}
    found = world.rows(**keys, numerator="count(referrals, 0, 6 months) >= 1")
    assert [row[0] for row in found.rows] == ["met", "not due", "failed"]
    reading = world.read(**keys, numerator="count(referrals, 0, 6 months) >= 1")
    assert (reading.numerator, reading.denominator, reading.not_due) == (1, 2, 1)


WAYS = {
    "from": "referrals",
    "ways": [
        {
            "name": "history",
            "needs": {"referrals": "24 months"},
            "over": "last 12 months",
            "numerator": "days(previous(referral_date), referral_date) <= 365",
            "can_tell": "Looks back.",
        },
        {"name": "column", "over": "last 6 months", "numerator": "earlier >= 1"},
    ],
}


def test_the_first_way_that_the_evidence_supports(world: World) -> None:
    world.table(
        "referrals", "child_id | referral_date | earlier\n1 | 2026-01-01 | 1\n1 | 2025-08-01 | 0"
    )
    reading = world.read(**WAYS)
    assert (reading.way, reading.numerator, reading.denominator, reading.can_tell) == (
        "column",
        1,
        1,
        "",
    )
    world.table(
        "referrals", "child_id | referral_date\n1 | 2024-03-01 \n1 | 2025-08-01\n1|2026-01-01"
    )
    reading = world.read(**WAYS)
    assert (reading.way, reading.numerator, reading.denominator) == ("history", 1, 2)
    assert reading.can_tell == "Looks back."
    world.table("referrals", "child_id | referral_date\n1 | 2026-01-01")
    assert world.read(**WAYS).reason == (
        "history: Referrals: 24 months of history are needed, and the list begins 2026-01-01. "
        "column: Referrals: column 'The earlier' is missing"
    )


def test_needs_may_name_columns_and_presence(world: World) -> None:
    world.table("referrals", "child_id | referral_date\n1 | 2026-01-01")
    keys = {"from": "referrals", "aggregate": "count", "unit": "x"}
    assert (
        world.read(**keys, needs={"referrals": ["nfa"]}).reason
        == "Referrals: column 'The nfa' is missing"
    )
    assert world.read(**keys, needs={"workers": "present"}).reason == "Workers: not supplied"


def test_a_needed_column_that_nobody_filled_says_nothing(world: World) -> None:
    world.table("referrals", "child_id | referral_date | nfa | team\n1 | 2026-01-01 | | #")
    keys = {"from": "referrals", "aggregate": "count", "unit": "x"}
    reading = world.read(**keys, needs={"referrals": ["nfa"]})
    assert reading.reason == "Referrals: column 'The nfa' is empty"
    assert world.read(**keys, needs={"referrals": ["child_id"]}).value == 1


@pytest.mark.parametrize(
    ("drawn", "condition", "status"),
    [
        ("2026-04-07", "team = 'North'", "ok"),
        ("2026-04-08", "team = 'North'", "stale"),
        ("2026-03-23", "team = 'North'", "stale"),
        ("2026-04-08", "nfa", "ok"),
    ],
)
def test_what_a_list_says_of_today_goes_stale(
    world: World, drawn: str, condition: str, status: str
) -> None:
    rows = "\n".join(f"{n} | 2026-01-01 | yes | North" for n in range(12))
    world.extracts["referrals"] = dt.date.fromisoformat(drawn)
    world.table("referrals", "child_id | referral_date | nfa | team\n" + rows)
    reading = world.read(**{"from": "referrals", "numerator": condition})
    assert (reading.status, reading.value) == (status, 100)


def test_a_reference_is_computed_for_each_scope(referrals: World) -> None:
    readings = referrals.readings(
        **{
            "from": "referrals",
            "numerator": "nfa",
            "aggregate": "count",
            "unit": "x",
            "by": ["team"],
            "reference": {
                "title": "A tenth of all",
                "unknown": 50,
                "times": 0.1,
                "compute": {"from": "referrals", "aggregate": "count"},
            },
        }
    )
    assert {where: reading.reference for where, reading in readings.items()} == {
        (): 0.6,
        (("team", "North"),): 0.2,
        (("team", "South"),): 0.4,
    }


def test_readings_name_their_files_and_definition(referrals: World) -> None:
    keys = {"from": "referrals", "numerator": "open_in(cp, as_at)"}
    referrals.table("cp", "child_id | start_date | closed\n1 | 2026-01-01 |")
    reading = referrals.read(**keys)
    assert reading.source == "evidence/cp.csv, evidence/referrals.csv"
    other = referrals.read(**{**keys, "numerator": "open_in(cp, referral_date)"})
    assert reading.definition != other.definition
    assert reading.definition == referrals.read(**keys).definition


def test_a_measure_without_computation_is_missing(world: World) -> None:
    reading = world.read()
    assert (reading.status, reading.value) == ("missing", None)
    assert "published" in reading.reason


def test_a_look_ends_where_the_window_does_and_not_before(world: World) -> None:
    # 1 March 2026, the first day of the window, is a Sunday: no working day after the Saturday.
    world.table("referrals", "child_id | referral_date\n1 | 2026-03-01\n2 | 2026-03-02")
    world.table(
        "visits", "child_id | date\n1 | 2026-02-28\n1 | 2026-03-01\n2 | 2026-02-28\n2 | 2026-03-03"
    )
    keys = {"from": "referrals", "over": "last 1 months", "aggregate": "sum", "unit": "visits"}
    assert world.read(**keys, value="count(visits, 0, 5)").value == 2
    assert world.read(**keys, value="count(visits, 0 working days, 5)").value == 3
    assert world.read(**keys, value="count(visits, -2, 5)").value == 4
    assert world.read(**keys, value="count(visits)").value == 4

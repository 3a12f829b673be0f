# ruff: noqa: E501 - tables read better in one line
"""What is asked with fewer passes over the rows gives the same answers, worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from selfassess.measuring import session as sessions
from selfassess.measuring import supply
from selfassess.measuring.answer import answer
from selfassess.measuring.session import Session

World = Any

# Visits of each child: 1 has two at once, 2 one of the day itself, 3 one too late and one without a
# day, 4 none, 5 one of the day before. Child 2 comes twice; one row has no day of its own.
PLANS = """
child_id | start_date | team
1        | 2026-01-01 | North
2        | 2026-01-10 | North
2        | 2026-03-01 | South
3        | 2026-01-01 | South
4        | 2026-01-01 | South
5        | 2026-01-10 | South
1        |            | North
"""
VISITS = """
child_id | date       | kind
1        | 2026-01-03 | cp
1        | 2026-01-03 | cin
2        | 2026-01-10 | cp
3        | 2026-01-12 | cp
3        |            | cp
5        | 2026-01-09 | cp
"""


def outcomes(world: World, condition: str) -> list[object]:
    found = world.rows(**{"from": "cp", "numerator": condition})
    return [row[0] for row in found.rows]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("count(visits, 0, 10) >= 1", "yes yes no no no no no"),
        ("count(visits, 0, 10) > 0", "yes yes no no no no no"),
        ("count(visits, 0, 10) != 0", "yes yes no no no no no"),
        ("0 < count(visits, 0, 10)", "yes yes no no no no no"),
        ("1 <= count(visits, 0, 10)", "yes yes no no no no no"),
        ("count(visits, 0, 10) = 0", "no no yes yes yes yes yes"),
        ("0 = count(visits, 0, 10)", "no no yes yes yes yes yes"),
        ("count(visits, 0, 10) < 1", "no no yes yes yes yes yes"),
        ("not count(visits, 0, 10) >= 1", "no no yes yes yes yes yes"),
        # More than one is counted: two visits of one day are two.
        ("count(visits, 0, 10) >= 2", "yes no no no no no no"),
        ("count(visits, 0, 10) = 1", "no yes no no no no no"),
        # Without bounds every visit with a day up to as_at counts, whatever the row's own day.
        ("count(visits) >= 1", "yes yes yes yes no yes yes"),
        ("count(visits [kind = 'cin']) >= 1", "yes no no no no no yes"),
        # The same look twice, once for any and once for how many.
        ("count(visits, 0, 10) >= 1 and count(visits, 0, 10) <= 1", "no yes no no no no no"),
    ],
)
def test_one_row_will_do_where_any_is_asked(world: World, condition: str, expected: str) -> None:
    world.table("cp", PLANS).table("visits", VISITS)
    words = {"yes": "met", "no": "failed"}
    assert outcomes(world, condition) == [words[each] for each in expected.split()]


def test_any_is_asked_without_counting(world: World) -> None:
    world.table("cp", PLANS).table("visits", VISITS)
    plain = compiled(world, numerator="count(visits, 0, 10) >= 1")
    assert "SELECT DISTINCT b.row_id" in plain
    assert "COUNT(*) AS v" not in plain
    assert "COUNT(*) AS v" in compiled(world, numerator="count(visits, 0, 10) >= 2")


def compiled(world: World, **keys: Any) -> str:
    measure = world.measure(**{"from": "cp", **keys})
    session = sessions.Session(world.evidence(), world.tables, world.views, world.settings)
    return str(session.compile(measure, ()).tally_sql([]))


def test_a_visit_that_could_not_be_read_leaves_open_whether_there_was_any(world: World) -> None:
    world.table("cp", PLANS)
    world.table(
        "visits",
        """
        child_id | date       | kind
        1        | #          | cp
        2        | 2026-01-11 | cp
        2        | #          | cp
        3        | 2026-01-12 | cp
        """,
    )
    found = outcomes(world, "count(visits, 0, 10) >= 1")
    # As before, when all were counted: an unreadable day leaves the count open.
    assert found == ["unknown", "unknown", "unknown", "failed", "failed", "failed", "unknown"]


def test_open_in_asks_for_any_row(world: World) -> None:
    world.table("referrals", "child_id | referral_date\n1 | 2026-01-05\n2 | 2026-01-05")
    world.table(
        "cp",
        """
        child_id | start_date | closed
        1        | 2026-01-01 |
        1        | 2025-12-01 | 2026-02-01
        2        | 2026-02-01 |
        """,
    )
    keys = {"from": "referrals", "numerator": "open_in(cp, referral_date)"}
    assert [row[0] for row in world.rows(**keys).rows] == ["met", "failed"]


# What `previous` need not find

EARLIER = """
child_id | referral_date | nfa
1        | 2024-03-01    | no
1        | 2025-04-01    | no
2        | 2024-04-02    | yes
2        | 2025-04-02    | no
3        | 2025-04-01    | no
3        | 2025-04-01    | no
4        | 2020-01-01    | no
4        | 2026-01-01    | no
5        |               | no
5        | 2026-01-01    | no
6        | 2024-04-01    | no
6        | 2025-04-01    | no
"""
BACK = "days(previous(referral_date), referral_date)"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        # Of 1, 2, 3, 3, 4, 5, 6 in the year: 396, 365, none, 0, 2192, none and 365 days after.
        (f"{BACK} <= 365", "no yes no yes no no yes"),
        (f"{BACK} < 365", "no no no yes no no no"),
        (f"{BACK} < 366", "no yes no yes no no yes"),
        (f"{BACK} <= 396", "yes yes no yes no no yes"),
        (f"{BACK} > 365", "yes no no no yes no no"),
        (f"not blank(previous(referral_date)) and {BACK} <= 365", "no yes no yes no no yes"),
        # Another question needs the older rows, whichever is asked first.
        (f"{BACK} <= 365 or previous(nfa) = 'no'", "yes yes no yes yes no yes"),
        (f"blank(previous(referral_date)) or {BACK} <= 365", "no yes yes yes no yes yes"),
        (f"{BACK} <= 365 or blank(previous(referral_date))", "no yes yes yes no yes yes"),
        (f"{BACK} <= 1 or {BACK} <= 396", "yes yes no yes no no yes"),
    ],
)
def test_the_row_before_counts_however_old_where_that_matters(
    world: World, condition: str, expected: str
) -> None:
    world.table("referrals", EARLIER)
    keys = {"from": "referrals", "over": "last 12 months", "numerator": condition}
    words = {"yes": "met", "no": "failed"}
    found = world.rows(**keys)
    assert [row[0] for row in found.rows] == [words[each] for each in expected.split()]


def test_rows_too_old_to_matter_are_not_sorted(world: World) -> None:
    world.table("referrals", EARLIER)
    keys: dict[str, Any] = {"from": "referrals", "over": "last 12 months"}
    bound = "AS t WHERE t.\"referral_date\" > DATE '2024-03-31'"
    assert bound in compiled(world, **keys, numerator=f"{BACK} <= 365")
    assert "AS t WHERE" not in compiled(world, **keys, numerator=f"{BACK} > 365")
    assert "AS t WHERE" not in compiled(world, **{**keys, "over": None}, numerator=f"{BACK} <= 365")


# Views within the query of the one measure that names them

ENDED: dict[str, Any] = {
    "id": "ended",
    "title": "Ended",
    "entity": "child",
    "key": ["child_id"],
    "event": "day",
    "union": [
        {"table": "cin", "filter": "not blank(closed)", "columns": {"day": "closed"}},
        {"table": "cp", "filter": "not blank(closed)", "columns": {"day": "closed"}},
    ],
    "columns": ["child_id", "day", "team"],
    "per": ["child_id", "day"],
}
CIN = """
child_id | start_date | closed     | status | team
1        | 2025-01-01 | 2025-12-01 | closed | North
2        | 2025-01-01 | 2025-03-31 | closed | North
3        | 2025-01-01 | 2026-02-01 | closed |
5        | 2025-01-01 |            | cin    | North
"""
CP = """
child_id | start_date | closed     | team
1        | 2025-01-01 | 2025-12-01 | South
3        | 2025-01-01 | 2026-02-01 | South
4        | 2025-01-01 | 2025-04-01 | South
"""
YEAR: dict[str, Any] = {"from": "ended", "over": "last 12 months", "aggregate": "count", "by": ["team"], "unit": "children"}  # fmt: skip


@pytest.fixture
def ended(world: World) -> World:
    return world.view(**ENDED).table("cin", CIN).table("cp", CP)


def named_by(world: World, *measures: Any) -> Session:
    return Session(world.evidence(), world.tables, world.views, world.settings, measures)


def figures(world: World, measure: Any, *others: Any) -> dict[Any, tuple[Any, ...]]:
    """What each scope of a measure reads, with others that will be asked as well."""
    found = answer(measure, named_by(world, measure, *others), "")
    return {each.where: (each.value, each.numerator, each.unknown) for each in found}


def made(monkeypatch: pytest.MonkeyPatch, world: World) -> list[str]:
    """The names of the tables that are made from now on."""
    names: list[str] = []
    warehouse = world.evidence().warehouse
    keep = warehouse.create_table_as

    def kept(name: str, sql: str) -> None:
        names.append(name)
        keep(name, sql)

    monkeypatch.setattr(type(warehouse), "create_table_as", lambda _, *given: kept(*given))
    return names


def test_a_view_that_one_measure_names_is_no_table(
    ended: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = made(monkeypatch, ended)
    one, other = ended.measure(**YEAR), ended.measure(**YEAR, id="another")
    within = figures(ended, one)
    assert names == []
    # 1 and 3 ended twice on one day and count once, each with the first team; 2 a year ago.
    assert within[()][0] == 3
    assert within[("team", "North"),][0] == 1
    assert within[("team", "South"),][0] == 2
    assert figures(ended, one, other) == within
    assert names == ["ended"]


def test_a_view_within_a_query_ends_where_the_measure_does(ended: World) -> None:
    sql = named_by(ended, ended.measure(**YEAR)).compile(ended.measure(**YEAR), ()).tally_sql([])
    assert sql.count("> DATE '2025-03-31'") > 2, "each source is bounded, not the rows alone"


def test_an_entity_is_not_cut_by_days_that_its_rows_differ_in(world: World) -> None:
    first: dict[str, Any] = {**ENDED, "per": ["child_id"], "combine": {"day": "min(day)"}}
    world.view(**first).table("cin", CIN)
    world.table("cp", "child_id | start_date | closed\n2 | 2025-06-01 | 2026-01-01")
    measure = world.measure(**YEAR)
    # Child 2 ended first before the year, however it ended again within it.
    assert figures(world, measure)[()][0] == 2


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("days(previous(day), day) < 300", 1),
        ("count(ended, -300, -1) >= 1", 1),
        ("count(ended) >= 2", 1),
    ],
)
def test_what_looks_back_sees_days_before_the_window(
    world: World, condition: str, expected: int
) -> None:
    world.view(**ENDED)
    world.table(
        "cin",
        """
        child_id | start_date | closed     | status
        1        | 2025-01-01 | 2025-03-01 | closed
        1        | 2025-04-01 | 2025-12-01 | closed
        2        | 2025-01-01 | 2025-12-01 | closed
        """,
    )
    measure = world.measure(**{**YEAR, "aggregate": "share", "numerator": condition, "by": []})
    found = answer(measure, named_by(world, measure), "")[0]
    assert (found.numerator, found.denominator) == (expected, 2)


def test_rows_of_a_view_within_a_query_say_where_they_stand(ended: World) -> None:
    found = ended.rows(**YEAR)
    assert [row[1:5] for row in found.rows] == [
        ("evidence/cin.csv", "cin", 2, "1"),
        ("evidence/cin.csv", "cin", 4, "3"),
        ("evidence/cp.csv", "cp", 4, "4"),
    ]


def test_an_unreadable_cell_of_a_view_within_a_query_is_unknown(world: World) -> None:
    world.view(**ENDED).table("cin", CIN.replace("2026-02-01", "#"))
    world.table("cp", "child_id | start_date | closed")
    measure = world.measure(**YEAR)
    # 3 has an ending that cannot be read: it may lie within the year.
    assert figures(world, measure)[()] == figures(world, measure, world.measure(**YEAR, id="b"))[()]
    assert figures(world, measure)[()][2] == 1


PAIRS: dict[str, Any] = {
    "id": "pairs",
    "title": "Pairs",
    "entity": "child",
    "key": ["child_id"],
    "union": [
        {"table": "cp", "filter": "not unknown(worker) and not blank(worker)"},
        {"table": "everyone", "filter": "unknown(worker)"},
    ],
    "columns": ["child_id", "worker"],
    "per": ["child_id", "worker"],
}
EVERYONE: dict[str, Any] = {
    "id": "everyone",
    "title": "Everyone",
    "entity": "child",
    "key": ["child_id"],
    "union": [{"table": "cp"}, {"table": "cin"}],
    "columns": ["child_id", "worker"],
    "per": ["child_id"],
}


@pytest.mark.parametrize(("worker", "tables", "unknown"), [("Bo", [], 0), ("#", ["everyone"], 1)])
def test_a_view_of_which_no_row_can_be_drawn_is_not_made(
    world: World, monkeypatch: pytest.MonkeyPatch, worker: str, tables: list[str], unknown: int
) -> None:
    world.view(**EVERYONE).view(**PAIRS)
    world.table(
        "cp", f"child_id | start_date | worker\n1 | 2026-01-01 | Ann\n2 | 2026-01-01 | {worker}"
    )
    world.table("cin", "child_id | start_date | worker")
    names = made(monkeypatch, world)
    measure = world.measure(**{"from": "pairs", "aggregate": "distinct", "value": "worker"})
    found = answer(measure, named_by(world, measure), "")[0]
    assert names == tables
    assert found.unknown == unknown


def test_two_sources_of_a_view_may_each_look_into_another_table(world: World) -> None:
    looking = [
        {"table": table, "filter": f"count(visits) {than}", "columns": {"day": "start_date"}}
        for table, than in (("cin", ">= 2"), ("cp", ">= 1"))
    ]
    view = {**ENDED, "union": looking, "per": []}
    world.view(**view).table("cin", CIN).table("cp", CP)
    world.table("visits", "child_id | date\n1 | 2026-01-01\n1 | 2026-01-02\n4 | 2026-01-01")
    measure = world.measure(**{"from": "ended", "aggregate": "count", "unit": "rows"})
    # In cin child 1 has two visits; in cp children 1 and 4 have any.
    assert figures(world, measure)[()][0] == 3


# Counts that are added up

LATER = """
child_id | start_date | authorised | team  | born
1        | 2025-11-03 | 2025-11-10 | North | 2010-01-01
2        | 2025-11-04 | 2026-03-02 | North | 2012-01-01
3        | 2025-12-01 | 2025-12-30 | South | 2014-01-01
4        | 2026-03-20 |            | South | 2016-01-01
5        | 2025-12-02 | 2025-12-31 |       |
6        | #          | 2025-12-31 | South |
7        | 2025-01-02 | 2025-02-03 | South |
"""


@pytest.mark.parametrize(
    "keys",
    [
        {"clock": {"start": "start_date", "limit": "45 working days", "stop": "authorised"}, "over": "last 6 months"},
        {"date": "start_date", "numerator": "not blank(authorised)", "over": "last 24 months"},
        {"aggregate": "p50", "value": "days(start_date, authorised)", "date": "authorised", "over": "last 6 months"},
        {"aggregate": "mean", "value": "days(start_date, authorised)"},
        {"aggregate": "distinct", "value": "child_id"},
        {"aggregate": "count", "at": "month ends", "over": "last 3 months"},
        {"aggregate": "p90", "per": {"key": "team", "value": "count"}, "let": {"fast": "team"}},
        {"aggregate": "max", "per": {"key": "team", "value": "count", "also": {"nfa": "min(team)"}}, "value": "value / 2"},
        {"ratio": {"of": {"from": "assessments", "aggregate": "count"}, "to": {"from": "assessments", "aggregate": "count"}}},
    ],
)  # fmt: skip
@pytest.mark.parametrize("by", [[], ["team"], ["team", "month", ["team", "quarter"]], ["month"]])
def test_counts_that_are_added_up_are_those_counted(
    new_world: Callable[[], World],
    monkeypatch: pytest.MonkeyPatch,
    keys: dict[str, Any],
    by: list[Any],
) -> None:
    source = {} if "ratio" in keys else {"from": "assessments"}
    if "at" in keys or "per" in keys or "ratio" in keys:
        by = [each for each in by if each == "team"]
    if "per" in keys:
        by = []

    def asked() -> object:
        world = new_world().table("assessments", LATER)
        measure = world.measure(**source, **keys, by=by)
        return answer(measure, named_by(world, measure), "")

    counted = asked()
    monkeypatch.setattr(sessions, "MANY", 1)
    assert asked() == counted


# Holders and long lists


@pytest.mark.parametrize(("worker", "asked", "unknown"), [("Bo", 0, 0), ("#", 1, 1)])
def test_rows_of_nobody_are_looked_for_where_a_holder_may_be_unread(
    world: World, worker: str, asked: int, unknown: int
) -> None:
    rows = f"1 | 2026-01-01 | Ann\n2 | 2026-01-01 | ann\n3 | 2026-01-01 | {worker}"
    world.table("cp", f"child_id | start_date | worker\n{rows}")
    per: dict[str, Any] = {"per": {"key": "worker", "value": "count"}, "aggregate": "max"}
    assert compiled(world, **per).count("o <> 1") == asked
    assert world.readings(**{"from": "cp", **per})[()].unknown == unknown


@pytest.mark.parametrize(("many", "together"), [(1_000_000, True), (2, False)])
def test_how_far_a_long_list_reaches_is_asked_by_itself_and_only_if_needed(
    new_world: Callable[[], World], monkeypatch: pytest.MonkeyPatch, many: int, together: bool
) -> None:
    monkeypatch.setattr(supply, "MANY", many)
    world = new_world().table("visits", VISITS)
    world.table("referrals", "child_id | referral_date\n1 | 2026-01-05")
    asked: list[str] = []
    warehouse = world.evidence().warehouse
    ask = warehouse.query
    monkeypatch.setattr(type(warehouse), "query", lambda _, sql: asked.append(sql) or ask(sql))
    session = named_by(world)
    asked.clear()
    assert session.supply.reach("visits") == dt.date(2026, 1, 3)
    assert ['"referrals"' in sql for sql in asked] == [together]
    assert session.supply.reach("referrals") == dt.date(2026, 1, 5)
    assert len(asked) == (1 if together else 2)

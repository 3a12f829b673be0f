"""The SQL: nothing but the allowed nodes, and every promised dialect can read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import sqlglot
from sqlglot.errors import ErrorLevel

from selfassess.errors import MeasureError
from selfassess.evidence.dialect import in_dialect
from selfassess.loading.library import Library, load_library
from selfassess.measuring.compile import compile_computation
from selfassess.measuring.computing import is_computed
from selfassess.measuring.months import Months
from selfassess.measuring.session import relations_of, shared_for
from selfassess.measuring.sql import ALLOWED, DIALECTS, compiled_sql, view_sql
from selfassess.registry import Registry

World = Any

TIMED = {
    "start": "received",
    "limit": ["4 hours if rag = 'red'", "8 working hours"],
    "stop": "decided",
}
EVERYTHING: list[dict[str, Any]] = [
    {"from": "contacts_hub", "clock": TIMED, "by": ["rag", "month", ["rag", "month"]]},
    {
        "from": "referrals",
        "over": "last 6 months",
        "filter": "matches(team, nobody) or not matches(first_of(worker, team), duty)",
        "numerator": "days(previous(referral_date), referral_date) <= 365 and nfa != 'no'",
        "follow_up": "3 months",
        "by": ["team", "age"],
        "let": {"age": "band(days(referral_date, as_at) / 2, 0-30, 31+)"},
    },
    {
        "from": "referrals",
        "per": {
            "key": ["worker", "team"],
            "value": "distinct(child_id)",
            "also": {"x": "any(nfa)"},
        },
        "aggregate": "p90",
        "value": "value / worker.fte + setting(limit, role: worker.role)",
        "by": ["role", "team"],
        "let": {"role": "worker.role"},
    },
    {
        "from": "cp",
        "at": "quarter ends",
        "over": "last 12 months",
        "numerator": "months(latest(visits.date [kind = 'cp']), as_at) <= 1 or unknown(team)"
        " or count(visits [alone], -3 months, 5 working days) - 1 in (1, 2)"
        " or open_in(care, start_date)",
    },
    {
        "from": "assessments",
        "aggregate": "distinct",
        "value": "child_id",
        "by": ["team"],
        "filter": "age(as_at) >= 5",
    },
]


@cache
def shipped() -> Library:
    return load_library(Registry.load(()).packs)


@cache
def shipped_sql() -> tuple[tuple[str, str], ...]:
    return tuple(all_shipped())


def all_shipped() -> Iterator[tuple[str, str]]:
    library = shipped()
    words = {"tables": library.tables, "views": library.views, "settings": library.settings}
    for measure in library.measures.values():
        if is_computed(measure):
            yield measure.id, compiled_sql(measure, "duckdb", **words)
    relations, problems = relations_of(**words)
    assert not problems
    for view in library.views.values():
        yield view.id, view_sql(view, relations, library.settings)
        if view.supplies:
            spec = library.tables[view.supplies]
            made = view_sql(view, relations, library.settings, supplies=spec)
            yield f"{view.id}, as {spec.id}", made


def everything_sql(world: World) -> Iterator[tuple[str, str]]:
    for index, keys in enumerate(EVERYTHING):
        measure = world.measure(**keys)
        words = {"tables": world.tables, "views": world.views, "settings": world.settings}
        yield str(index), compiled_sql(measure, "duckdb", **words)


@cache
def trees(sql: str) -> tuple[sqlglot.exp.Expression, ...]:
    return tuple(tree for tree in sqlglot.parse(sql, read="duckdb") if tree is not None)


def nodes(sql: str) -> set[str]:
    found = set()
    for tree in trees(sql):
        found |= {type(node).__name__ for node in tree.walk()}
        if any(group.args.get("all") for group in tree.find_all(sqlglot.exp.Group)):
            found.add("GroupByAll")
    return found


def test_only_allowed_nodes(world: World) -> None:
    used: set[str] = set()
    for name, sql in [*shipped_sql(), *everything_sql(world)]:
        found = nodes(sql)
        assert found <= ALLOWED, f"{name}: {sorted(found - ALLOWED)}"
        used |= found
    assert used == ALLOWED, "a node is allowed that nothing uses"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a FROM t GROUP BY ALL",
        "SELECT a + INTERVAL 1 DAY FROM t",
        "SELECT QUANTILE_CONT(a, 0.5) FROM t",
        "SELECT COUNT(*) FILTER (WHERE a) FROM t",
        "SELECT DATE_DIFF('day', a, b) FROM t",
    ],
)
def test_what_translates_silently_wrong_is_not_allowed(sql: str) -> None:
    assert nodes(sql) - ALLOWED


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_reads_its_own(world: World, dialect: str) -> None:
    for name, sql in [*shipped_sql(), *everything_sql(world)]:
        for tree in trees(sql):
            written = tree.sql(dialect, unsupported_level=ErrorLevel.RAISE)
            again = sqlglot.parse_one(written, read=dialect)
            assert isinstance(again, sqlglot.exp.Query), name


MONTHLY = {
    "from": "assessments",
    "clock": {"start": "start_date", "limit": "45 working days", "stop": "authorised"},
    "over": "last 6 months",
}


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("wide", [False, True])
def test_lines_told_by_month_keep_to_the_allowed_nodes(
    world: World, wide: bool, many: bool
) -> None:
    relations, _ = relations_of(world.tables, world.views, world.settings)
    shared = shared_for(relations, world.settings, world.as_at, lambda _relation, _name: True)
    since = dt.date(2024, 1, 1) if wide else dt.date(2025, 10, 1)
    months = Months(since, dt.date(2026, 3, 31), wide, since)
    compiled = compile_computation(world.measure(**MONTHLY), shared, ("team",), months)
    compiled.many = many
    sql = compiled.tally_sql([("team",)], [(), ("team",)])
    assert ("UNION ALL" in sql) is many
    assert nodes(sql) <= ALLOWED
    for dialect in DIALECTS:
        for tree in trees(sql):
            written = tree.sql(dialect, unsupported_level=ErrorLevel.RAISE)
            assert isinstance(sqlglot.parse_one(written, read=dialect), sqlglot.exp.Query)


def test_sql_is_written_for_a_dialect() -> None:
    written = in_dialect('SELECT b."end" AS a FROM "workers" AS b', "tsql")
    assert "[end]" in written


def test_an_unknown_dialect_is_named(world: World) -> None:
    with pytest.raises(MeasureError, match="klingon"):
        in_dialect("SELECT 1 AS x", "klingon")


def test_a_published_measure_has_no_sql(world: World) -> None:
    with pytest.raises(MeasureError, match="published figures only"):
        compiled_sql(world.measure(), "duckdb", tables={}, views={}, settings={})


def test_no_sqlglot_is_needed_to_run() -> None:
    import subprocess
    import sys

    code = (
        "import sys, selfassess.measuring.run, selfassess.measuring.check, "
        "selfassess.measuring.drilldown; print('sqlglot' in sys.modules, 'duckdb' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False"]

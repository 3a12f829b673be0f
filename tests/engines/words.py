# ruff: noqa: E501 - tables and measures read better in one line
"""Rows full of what engines differ over, and measures that use every word of the language."""

from __future__ import annotations

from typing import Any

__all__ = ["MEASURES", "OPEN", "TABLES"]

TABLES = {
    "referrals": r"""
        child_id | referral_date | nfa | earlier | team       | worker
        1        | 2026-01-05    | no  | 0       | North      | Ann Ash
        1        | 2026-02-05    | yes | 3       | north      | ann ash
        1        |               | no  | 1       | O'Brien    | Éva Ó Sé
        2        | 2026-01-30    | yes | 2       | South      | duty worker
        2        | 2026-01-30    |     | -4      | Duty\desk  | éva ó sé
        3        | 2026-02-28    |     |         |            |
        4        | 2026-03-31    | no  | 1       | #          | #
        5        | 2024-02-29    | #   | 9007199254740993 | south | 100%_sure
        6        | 2025-03-31    | no  | 7       | NULL       | TBC
        é        | 2026-03-02    | yes | 2       | Ünder      | BO Birch
        E        | #             | no  | 2       | ünder      | Bo birch
    """,
    "assessments": """
        child_id | start_date | authorised | team  | worker  | born
        1        | 2026-01-05 | 2026-02-02 | North | Ann Ash | 2010-02-28
        2        | 2025-11-30 | 2026-02-28 | South | Bo Birch | 2008-02-29
        3        | 2026-02-27 |            | South | Cy      | 2026-03-31
        4        | 2025-12-24 |            |       | Cy      |
        5        | 2026-03-30 | 2026-03-01 | North | #       | #
        6        | 2026-03-31 | 2026-04-07 | North | Ann Ash | 2000-01-01
        7        |            | 2026-03-30 | North | Ann Ash | 2020-04-01
        8        | 2026-01-02 | #          | South | Bo Birch | 2015-03-31
    """,
    "cin": r"""
        child_id | start_date | closed     | status     | team      | worker
        1        | 2026-01-01 |            | cin        | North     | Ann Ash
        2        | 2026-02-01 |            | cp         | North     | Unallocated
        3        | 2026-01-01 |            | closed     | North     | Ann Ash
        4        | 2026-01-01 | 2026-03-31 | cin        | North     | ANN ASH
        5        | 2026-01-01 |            | cin        | North     | #
        6        | 2026-01-01 |            | assessment | Duty team |
        7        | 2026-01-01 |            | #          | North     | Bo Birch
        8        | 2025-06-01 | 2026-02-01 | odd one    | North     | #
        9        |            |            | care       | South     | bo birch
    """,
    "cp": """
        child_id | start_date | closed     | last_visit | team  | worker
        2        | 2026-03-01 |            | 2026-03-20 | South | Bo Birch
        5        | 2026-01-15 |            | 2026-03-02 | South |
        8        | 2025-04-30 | 2025-10-31 |            | South | Cy
        8        | 2026-01-01 |            | #          | South | Cy
    """,
    "care": """
        child_id | start_date | closed     | team
        8        | 2026-03-01 |            | East
        3        | 2024-05-31 | 2026-01-31 | East
    """,
    "visits": """
        child_id | kind | date       | alone
        2        | cp   | 2026-03-02 | yes
        2        | cp   | 2026-03-16 | no
        2        | cin  | 2026-04-02 | yes
        5        | cp   | #          | yes
        8        | #    | 2026-03-20 |
        1        | care | 2026-01-19 | no
    """,
    "workers": """
        worker   | team  | role          | fte  | start      | end
        ann ash  | North | asye          | 0.5  | 2025-01-01 |
        Ann Ash  | South | manager       | 1    | 2024-01-01 | 2025-12-31
        Bo Birch | South | social-worker | 0.1  | 2024-01-01 |
        éva ó sé | South |               | 0    |            |
        Cy       | West  | #             | 0.3  | 2026-01-01 |
    """,
    "contacts_hub": """
        contact_id | child_id | rag   | received         | decided
        a          | 1        | red   | 2026-03-27 16:30 | 2026-03-30 09:30
        b          | 1        | red   | 2026-03-27 16:30 | 2026-03-30 14:00
        c          | 2        | amber | 2026-03-29 01:30 | 2026-03-30 01:30
        d          | 2        | amber | 2026-03-31 00:00 |
        e          |          | green | 2026-03-02 09:00 |
        f          | 3        |       |                  | 2026-03-30 09:30
        g          | 3        | #     | 2026-03-30 09:00 | 2026-03-30 08:00
        h          | 3        | green | #                | 2026-03-31 23:59
    """,
    "audits": """
        audit_id | team  | date       | auditor | moderator
        a        | North | 2026-01-10 | 3       | 3
        b        | North | 2026-02-10 | 2.5     | 3
        c        | South | 2026-03-10 | 0.1     |
        d        | South | 2025-07-10 | 0.2     | 1
        e        |       | 2026-03-30 | #       | 1
    """,
}  # fmt: skip

OPEN: dict[str, Any] = {
    "id": "open_children",
    "title": "Open children",
    "entity": "child",
    "key": ["child_id"],
    "union": [
        {"table": "care", "open": True, "columns": {"plan": "'care'", "since": "start_date"}},
        {"table": "cp", "open": True, "columns": {"plan": "'cp'", "since": "start_date"}},
        {"table": "cin", "open": True, "columns": {"plan": "status", "since": "start_date"}},
    ],
    "columns": ["child_id", "plan", "team", "worker", "duty", "since", "rows", "latest"],
    "per": ["child_id"],
    "rank": "plan",
    "first_of": ["care", "cp", "cin", "assessment"],
    "combine": {
        "worker": "first(worker [not matches(worker, nobody)])",
        "duty": "any(matches(team, duty))",
        "since": "min(since)",
        "rows": "count",
        "latest": "max(latest)",
    },
    "links": [{"name": "worker", "table": "workers", "on": {"worker": "worker"}}],
}
for _source in OPEN["union"]:
    _source["columns"]["latest"] = "start_date"

R: dict[str, Any] = {"from": "referrals"}
COUNTED: dict[str, Any] = {"aggregate": "count", "unit": "rows"}


def when(text: str, **keys: Any) -> dict[str, Any]:
    return {**R, "numerator": text, "by": ["team", "nfa"], **keys}


def valued(text: str, aggregate: str, **keys: Any) -> dict[str, Any]:
    return {**R, "value": text, "aggregate": aggregate, "unit": "number", "by": ["team"], **keys}


TIMED = {"start": "received", "stop": "decided"}
ASSESSED = {"from": "assessments", "by": ["team", "month", "quarter", "year"]}
OF_WORKERS: dict[str, Any] = {
    "from": "open_children",
    "by": ["role", "team"],
    "let": {"role": "worker.role"},
    "unit": "number",
}

MEASURES: list[dict[str, Any]] = [
    # comparisons, blanks, arithmetic
    when("earlier >= 1 and earlier != 2 or nfa = no"),
    when("not (earlier in (0, 1)) and team != 'North'"),
    when("earlier not in (2, 3) or not nfa"),
    when("first_of(earlier, 7) * 2 - 1 > 3"),
    when("4 / earlier > 1.3 or blank(1 / earlier)"),
    when("earlier * 0.1 = 0.3 or earlier / 3 > 0.6666666"),
    when("unknown(team) or unlisted(nfa) or blank(worker)"),
    when("if(earlier > 1, 'many', 'few') = 'few' and if(nfa, team) != 'x'"),
    when("team in ('NULL', 'Ünder', 'south')"),
    when("matches(team, duty) or matches(worker, nobody) or matches(worker, signs)"),
    when("matches(first_of(worker, team), nobody)"),
    when("worker.role = 'asye' or worker.fte < 0.2 or worker.team = team"),
    when("earlier > setting(limit, role: worker.role)", filter="not blank(worker)"),
    when("previous(referral_date) < referral_date and days(previous(referral_date), referral_date) <= 365"),
    when("previous(worker) = worker or previous(nfa) = yes"),
    when("count(visits, -3 months, 5 working days) > 0 or count(visits [kind = 'cp']) - 1 in (0, 1)"),
    when("latest(visits.date [kind = 'cp' and date >= row.referral_date]) >= referral_date"),
    when("open_in(cp, referral_date) or open_in(cin [worker = row.worker], as_at)"),
    when("months(referral_date, as_at) <= 1 or weeks > 3", let={"weeks": "days(referral_date, as_at) / 7"}),
    when("working_days(referral_date, as_at) <= 21", over="last 21 working days"),
    when("earlier > 0", over="12 to 1 months ago", follow_up="3 months"),
    when("earlier > 0", over="last 8 weeks", by=["month", "quarter", "year", ["team", "month"]]),
    {**R, **COUNTED, "by": ["team", "age"], "let": {"age": "band(days(referral_date, as_at) / 2, 0-30, 31-90, 91+)"}},
    # aggregates of a value
    *(valued("earlier", each) for each in ("sum", "mean", "min", "max", "p50", "p90")),
    valued("worker", "distinct"),
    valued("working_days(referral_date, as_at) / 3", "p37"),
    valued("months(referral_date, as_at)", "mean"),
    valued("hours(received, decided)", "mean", **{"from": "contacts_hub", "by": ["rag"]}),
    valued("working_hours(received, decided, 8, 18)", "max", **{"from": "contacts_hub", "by": ["rag"]}),
    valued("auditor * 1.1 + moderator", "sum", **{"from": "audits"}),
    valued("age(start_date) + age(born, as_at)", "max", **ASSESSED),
    # clocks
    {**ASSESSED, "clock": {"start": "start_date", "limit": "45 working days", "stop": "authorised"}},
    {**ASSESSED, "clock": {"start": "start_date", "limit": "2 months", "stop": "authorised"}, "counts": "completed"},
    {**ASSESSED, "clock": {"start": "start_date", "limit": "4 weeks", "stop": "authorised"}, "over": "last 6 months"},
    {**ASSESSED, "clock": {"start": "start_date", "limit": "setting(plan-days, plan: 'cp') days", "stop": "authorised"}},
    {"from": "contacts_hub", "clock": {**TIMED, "limit": ["4 hours if rag = 'red'", "24 hours if rag = 'amber'", "8 working hours"]}, "by": ["rag", "month"]},
    {"from": "contacts_hub", "numerator": "day(received) = day(decided) or received < decided", "by": ["rag"]},
    # stocks and series
    {"from": "cin", **COUNTED, "at": "as-at", "by": ["team"]},
    {"from": "cin", "numerator": "days(start_date, as_at) > 30", "at": "month ends", "over": "last 6 months", "by": ["team"]},
    {"from": "cp", "numerator": "months(latest(visits.date), as_at) <= 1 or open_in(care, as_at)", "at": "quarter ends", "over": "last 12 months"},
    # views and holders
    {"from": "open_children", **COUNTED, "numerator": "plan = 'cp' or duty", "by": ["plan", "team"]},
    {"from": "open_children", **COUNTED, "numerator": "rows > 1 and since < latest", "by": ["plan"]},
    *({**OF_WORKERS, "per": {"key": "worker", "value": each}, "aggregate": "max"} for each in ("count", "distinct(child_id)", "sum(rows)", "mean(rows)", "min(rows)", "max(rows)")),
    {**OF_WORKERS, "per": {"key": "worker", "value": "count", "also": {"high": "any(plan = 'cp')", "low": "all(plan = 'cin')"}}, "numerator": "high or not low", "unit": "percent"},
    {**OF_WORKERS, "per": {"key": ["worker", "team"], "value": "count", "filter": "value > 0"}, "aggregate": "p90", "value": "value / worker.fte"},
    {**OF_WORKERS, "per": {"key": "worker", "value": "count", "also": {"team": "max(team)"}}, "aggregate": "mean", "value": "value * 1.2"},
    {**R, "per": {"key": "worker", "value": "sum(earlier)"}, "aggregate": "share", "numerator": "value > setting(limit, role: worker.role)"},
    {"ratio": {"of": {"from": "referrals", "aggregate": "count"}, "to": {"from": "assessments", "aggregate": "distinct", "value": "child_id"}}, "by": ["team"], "unit": "rate"},
]  # fmt: skip

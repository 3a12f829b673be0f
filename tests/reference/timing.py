"""Assessments, conferences, reviews, visits and records in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from reference import days
from reference.answer import Line, Tally
from reference.council import Council, NotComputableError
from reference.lines import clocked, judged, outcome_of_clock, valued
from reference.logic import UNKNOWN, blank, both, choose, either, eq, ge, gt, le, no, one_of
from reference.registry import COUNT, SHARE, measure


def _stop_or_now(stop: Any, at: dt.date) -> Any:
    if stop is UNKNOWN:
        return UNKNOWN
    return days.day(stop) if stop is not None and days.day(stop) <= at else at


def _in_working_days(
    c: Council, row: Any, start: Any, stop: Any, limit: int, scope: Any, **labels: Any
) -> Iterator[Line]:
    """A duty in working days, dated at its end or, while it runs, now; over six months."""
    date = _stop_or_now(stop, c.as_at)
    outcome = outcome_of_clock(
        start,
        stop,
        days.working_days(start, stop),
        days.working_days(start, c.as_at),
        limit,
        c.as_at,
    )
    yield from clocked(
        both(scope, days.within(date, c.as_at, 6)), outcome, row,
        quarter=days.quarter(date), **labels,
    )  # fmt: skip


@measure("timeliness.assessment-45wd", SHARE, by=["team", "quarter"])
def assessment_45wd(c: Council) -> Iterator[Line]:
    for row in c.rows("assessments", "start_date", "authorised_date"):
        yield from _in_working_days(
            c, row, row["start_date"], row["authorised_date"], 45, True, team=row.get("team")
        )


@measure("timeliness.assessment-open-over-45wd", COUNT, by=["team"])
def assessment_open(c: Council) -> Iterator[Line]:
    for row, open_ in c.opened("assessments", c.as_at):
        late = gt(days.working_days(row["start_date"], c.as_at), 45)
        yield from judged(open_, late, row, team=row.get("team"))


def _assessment_days(c: Council) -> Iterator[Line]:
    for row in c.rows("assessments", "start_date", "authorised_date"):
        start, stop = row["start_date"], row["authorised_date"]
        scope = both(ge(stop, start), days.within(stop, c.as_at, 6))
        yield from valued(
            scope, days.working_days(start, stop), row,
            team=row.get("team"), quarter=days.quarter(stop),
        )  # fmt: skip


@measure("timeliness.assessment-days", Tally("p50"), by=["team", "quarter"])
def assessment_days(c: Council) -> Iterator[Line]:
    yield from _assessment_days(c)


@measure("timeliness.assessment-days-p90", Tally("p90"), by=["team", "quarter"])
def assessment_days_p90(c: Council) -> Iterator[Line]:
    yield from _assessment_days(c)


@measure("timeliness.icpc-15wd", SHARE, by=["team", "quarter"])
def icpc_15wd(c: Council) -> Iterator[Line]:
    for row in c.rows("section_47", "strategy_date", "icpc_date", "icpc_unnecessary"):
        needed = either(eq(row["icpc_unnecessary"], "no"), no(blank(row["icpc_date"])))
        yield from _in_working_days(
            c, row, row["strategy_date"], row["icpc_date"], c.setting("conference-working-days"),
            needed, team=row.get("team"),
        )  # fmt: skip


def _conference_days(c: Council) -> Iterator[Line]:
    for row in c.rows("section_47", "strategy_date", "icpc_date"):
        start, stop = row["strategy_date"], row["icpc_date"]
        scope = both(ge(stop, start), days.within(stop, c.as_at, 6))
        yield from valued(
            scope, days.working_days(start, stop), row,
            team=row.get("team"), quarter=days.quarter(stop),
        )  # fmt: skip


@measure("timeliness.icpc-days", Tally("p50"), by=["team", "quarter"])
def icpc_days(c: Council) -> Iterator[Line]:
    yield from _conference_days(c)


@measure("timeliness.icpc-days-p90", Tally("p90"), by=["team", "quarter"])
def icpc_days_p90(c: Council) -> Iterator[Line]:
    yield from _conference_days(c)


@measure("timeliness.cp-review", SHARE, by=["team"])
def cp_review(c: Council) -> Iterator[Line]:
    c.need_filled("cp", "last_review_date")
    for row, open_ in c.opened("cp", c.as_at):
        start, last = row["plan_start_date"], row["last_review_date"]
        due = both(
            open_,
            gt(days.months(start, c.as_at), days.in_months(3)),
            either(blank(last), le(last, c.as_at)),
        )
        met = both(gt(last, start), le(days.months(last, c.as_at), days.in_months(6)))
        yield from judged(due, met, row, team=row.get("team"))


@measure("timeliness.care-review", SHARE, by=["team"])
def care_review(c: Council) -> Iterator[Line]:
    c.need_filled("care", "last_review_date")
    for row, open_ in c.opened("care", c.as_at):
        start, last = row["start_date"], row["last_review_date"]
        first = le(days.working_days(start, last), 20)
        gap = choose(first, days.in_months(3), days.in_months(6))
        due = both(
            open_,
            either(both(blank(last), gt(days.working_days(start, c.as_at), 20)), le(last, c.as_at)),
        )
        met = both(ge(last, start), le(days.months(last, c.as_at), gap))
        yield from judged(due, met, row, team=row.get("team"))


# visits


def _visits(c: Council, kind: str, months: int) -> bool:
    """Whether there is a list of visits that holds such visits, from so long ago on."""
    if "visits" not in c.columns:
        return False
    dates = [
        visit["date"]
        for visit in c.rows("visits", "kind", "date")
        if visit["kind"] in (kind, UNKNOWN) and isinstance(visit["date"], dt.date)
    ]
    return bool(dates) and min(dates) <= days.back(c.as_at, months) + dt.timedelta(days=31)


def _months_of(kind: str) -> Callable[[Council], bool]:
    return lambda c: _visits(c, kind, 6)


@measure("timeliness.cp-visit", SHARE, by=["team"], series=_months_of("cp"))
def cp_visit(c: Council, at: dt.date | None = None) -> Iterator[Line]:
    limit = c.setting("visit-working-days", plan="cp")
    every = _visits(c, "cp", 1)
    if not every:
        c.need_filled("cp", "last_visit_date")
    now = at or c.as_at
    for row, open_ in c.opened("cp", now):
        on_plan = gt(days.working_days(row["plan_start_date"], now), limit)
        if not every:
            seen = row["last_visit_date"]
            due = either(both(blank(seen), on_plan), le(seen, now))
        else:
            seen = _last_visit(c, row, "cp", now)
            due = either(on_plan, no(blank(seen)))
        met = le(days.working_days(seen, now), limit)
        yield from judged(both(open_, due), met, row, team=row.get("team"))


def _last_visit(c: Council, row: Any, kind: str, at: dt.date) -> Any:
    return c.latest(
        "visits", "date", "child_id", row["child_id"], at, lambda visit: eq(visit["kind"], kind)
    )


@measure("timeliness.cin-visit", SHARE, by=["team"])
def cin_visit(c: Council) -> Iterator[Line]:
    limit = c.setting("visit-working-days", plan="cin")
    every = _visits(c, "cin", 1)
    if not every:
        c.need_filled("cin", "last_seen_date")
    for row, open_ in c.opened("cin", c.as_at, "case_status"):
        on_plan = gt(days.working_days(row["start_date"], c.as_at), limit)
        if every:
            seen = _last_visit(c, row, "cin", c.as_at)
            due = either(on_plan, no(blank(seen)))
        else:
            seen = row["last_seen_date"]
            due = either(both(blank(seen), on_plan), le(seen, c.as_at))
        met = le(days.working_days(seen, c.as_at), limit)
        scope = both(open_, eq(row["case_status"], "cin"), due)
        yield from judged(scope, met, row, team=row.get("team"))


@measure("timeliness.care-visit", SHARE, by=["team"], series=_months_of("care"))
def care_visit(c: Council, at: dt.date | None = None) -> Iterator[Line]:
    now = at or c.as_at
    every = _visits(c, "care", 1)
    if not every:
        c.need_filled("care", "last_visit_date")
    for row, open_ in c.opened("care", now, "placement_start_date", "placement_type"):
        placed = row["placement_start_date"]
        seen = _last_visit(c, row, "care", now) if every else row["last_visit_date"]
        since = ge(seen, placed)
        due = either(gt(days.days(placed, now), 7), since)
        if not every:
            due = both(due, either(blank(seen), le(seen, now)))
        to_18 = both(
            gt(days.months(placed, now), days.in_months(12)),
            one_of(row["placement_type"], ("U1", "U4")),
        )
        recent = either(
            le(days.days(seen, now), 42),
            both(to_18, le(days.months(seen, now), days.in_months(3))),
        )
        yield from judged(both(open_, due), both(since, recent), row, team=row.get("team"))


@measure("timeliness.s47-seen-promptly", SHARE, by=["team", "quarter"])
def s47_seen(c: Council) -> Iterator[Line]:
    c.need("visits", "kind", "date")
    if not _visits(c, "section-47", 1):
        raise NotComputableError("section 47 visits")
    limit = c.setting("section-47-seen-working-days")
    for row in c.rows("section_47", "strategy_date"):
        start = row["strategy_date"]

        def prompt(visit: Any, start: Any = start) -> Any:
            after = days.working_days(start, visit["date"])
            # On a weekend no working day has passed, yet a visit before the start is none.
            return both(
                eq(visit["kind"], "section-47"), ge(after, 0), le(after, limit),
                ge(days.days(start, visit["date"]), 0),
            )  # fmt: skip

        seen = ge(c.count("visits", row["child_id"], prompt), 1)
        due = either(gt(days.working_days(start, c.as_at), limit), seen)
        yield from judged(
            both(days.within(start, c.as_at, 6), due), seen, row,
            team=row.get("team"), quarter=days.quarter(start),
        )  # fmt: skip


@measure("timeliness.child-seen-in-assessment", SHARE, by=["team", "quarter"])
def child_seen(c: Council) -> Iterator[Line]:
    for row in c.rows("assessments", "authorised_date", "seen"):
        ended = row["authorised_date"]
        scope = both(days.within(ended, c.as_at, 6), one_of(row["seen"], ("yes", "no")))
        yield from judged(
            scope, eq(row["seen"], "yes"), row, team=row.get("team"), quarter=days.quarter(ended)
        )


@measure("timeliness.recording-delay", SHARE, by=["kind", "quarter"])
def recording_delay(c: Council) -> Iterator[Line]:
    for row in c.rows("visits", "date", "recorded"):
        yield from _in_working_days(
            c, row, row["date"], row["recorded"], c.setting("recording-working-days"), True,
            kind=row["kind"],
        )  # fmt: skip


def _recording_days(c: Council) -> Iterator[Line]:
    for row in c.rows("visits", "date", "recorded"):
        scope = both(ge(row["recorded"], row["date"]), days.within(row["recorded"], c.as_at, 6))
        yield from valued(
            scope, days.working_days(row["date"], row["recorded"]), row,
            kind=row["kind"], quarter=days.quarter(row["recorded"]),
        )  # fmt: skip


@measure("timeliness.recording-delay-days", Tally("p50"), by=["kind", "quarter"])
def recording_days(c: Council) -> Iterator[Line]:
    yield from _recording_days(c)


@measure("timeliness.recording-delay-days-p90", Tally("p90"), by=["kind", "quarter"])
def recording_days_p90(c: Council) -> Iterator[Line]:
    yield from _recording_days(c)

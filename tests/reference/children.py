"""Children in care, on protection plans, missing, and care leavers, as they stand now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reference import days
from reference.answer import Line
from reference.council import Council
from reference.lines import clocked, judged, outcome_of_clock
from reference.logic import (
    UNKNOWN,
    blank,
    both,
    choose,
    either,
    eq,
    ge,
    le,
    lt,
    no,
    one_of,
)
from reference.registry import SHARE, measure


def _now(
    name: str, table: str, met: Callable[[Council, Any], Any],
    scope: Callable[[Council, Any], Any] = lambda c, row: True,
    columns: tuple[str, ...] = (), filled: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Declare a share of the rows that are open now, by team."""

    @measure(name, SHARE, by=["team"])
    def asked(c: Council) -> Iterator[Line]:
        if filled:
            c.need_filled(table, *filled)
        for row, open_ in c.opened(table, c.as_at, *columns, *filled):
            yield from judged(both(open_, scope(c, row)), met(c, row), row, team=row.get("team"))


_now(
    "care.placements-3plus", "care", lambda c, row: ge(row["placements_last_12m"], 3),
    lambda c, row: no(blank(row["placements_last_12m"])), columns=("placements_last_12m",),
)  # fmt: skip
_now(
    "care.missing-episodes", "care", lambda c, row: ge(row["missing_last_12m"], 1),
    lambda c, row: no(blank(row["missing_last_12m"])), columns=("missing_last_12m",),
)  # fmt: skip
_now(
    "care.placed-out-of-area", "care", lambda c, row: eq(row["placement_location"], "out"),
    lambda c, row: one_of(row["placement_location"], ("in", "out")),
    filled=("placement_location",),
)  # fmt: skip
_now(
    "care.permanence-plan", "care", lambda c, row: no(blank(row["permanence_plan"])),
    filled=("permanence_plan",),
)  # fmt: skip


def _long_in_care(c: Council, row: Any, months: int) -> Any:
    return ge(days.months(row["start_date"], c.as_at), days.in_months(months))


_now(
    "care.long-term-stability", "care",
    lambda c, row: ge(days.months(row["placement_start_date"], c.as_at), days.in_months(24)),
    lambda c, row: both(
        lt(days.age(row["date_of_birth"], c.as_at), 16)
        if row["date_of_birth"] is not UNKNOWN
        else UNKNOWN,
        _long_in_care(c, row, 30),
    ),
    columns=("date_of_birth",), filled=("placement_start_date",),
)  # fmt: skip


def _checked(column: str, within: Callable[[Council, Any], Any]) -> dict[str, Any]:
    """Of a year or more in care, the share whose last check is in date."""
    return {
        "scope": lambda c, row: both(
            _long_in_care(c, row, 12), either(blank(row[column]), le(row[column], c.as_at))
        ),
        "met": lambda c, row: le(days.months(row[column], c.as_at), within(c, row)),
        "filled": (column,),
    }


def _health_limit(c: Council, row: Any) -> Any:
    """Twice a year under five, once from five; whose birth is blank, as from five."""
    young = lt(days.age(row["date_of_birth"], c.as_at), 5)
    return choose(young, days.in_months(6), days.in_months(12))


_now(
    "care.health-assessment", "care", columns=("date_of_birth",),
    **_checked("last_health_assessment_date", _health_limit),
)  # fmt: skip
_now(
    "care.dental-check",
    "care",
    **_checked("last_dental_check_date", lambda c, row: days.in_months(12)),
)
_now(
    "plans.cp-over-2-years",
    "cp",
    lambda c, row: ge(days.months(row["plan_start_date"], c.as_at), days.in_months(24)),
)
_now(
    "plans.cp-seen-alone", "cp", lambda c, row: eq(row["seen_alone"], "yes"),
    lambda c, row: both(
        le(row["last_visit_date"], c.as_at), one_of(row["seen_alone"], ("yes", "no"))
    ),
    columns=("last_visit_date", "seen_alone"),
)  # fmt: skip


# missing


@measure("timeliness.return-interview-offered", SHARE, by=["team", "quarter"])
def interview_offered(c: Council) -> Iterator[Line]:
    if c.has("missing_episodes", "offered"):
        for row in c.rows("missing_episodes"):
            scope = both(
                days.within(row["found"], c.as_at, 6), one_of(row["offered"], ("yes", "no"))
            )
            yield from judged(
                scope, eq(row["offered"], "yes"), row,
                team=row.get("team"), quarter=days.quarter(row["found"]),
            )  # fmt: skip
        return
    asked = "return_interview_offered"
    for row, open_ in c.opened("care", c.as_at, "missing_last_12m", asked):
        scope = both(open_, ge(row["missing_last_12m"], 1), one_of(row[asked], ("yes", "no")))
        yield from judged(
            scope, eq(row[asked], "yes"), row,
            team=row.get("team"), quarter=days.quarter(row["start_date"]),
        )  # fmt: skip


@measure("timeliness.return-interview-72h", SHARE, by=["team", "quarter"])
def interview_72h(c: Council) -> Iterator[Line]:
    for row in c.rows("missing_episodes", "found", "interviewed", "accepted"):
        found, held = row["found"], row["interviewed"]
        stop = UNKNOWN if held is UNKNOWN else c.as_at
        if held is not None and held is not UNKNOWN and days.day(held) <= c.as_at:
            stop = days.day(held)
        clock = both(days.timed(found), True if held is None else days.timed(held))
        if found is None:
            clock = False
        if clock is True:
            limit = 72 * 60
            taken = days.minutes(found, held)
            running = days.minutes(found, days.end_of(c.as_at))
        else:
            limit = 3
            taken, running = days.days(found, held), days.days(found, c.as_at)
        outcome = outcome_of_clock(found, held, taken, running, limit, c.as_at)
        scope = both(no(eq(row["accepted"], "no")), days.within(stop, c.as_at, 6))
        yield from clocked(scope, outcome, row, team=row.get("team"), quarter=days.quarter(stop))


# care leavers


def _age(c: Council, row: Any) -> Any:
    years = days.age(row["date_of_birth"], c.as_at)
    if years is UNKNOWN or years is None or years < 17:
        return None
    return "17-18" if years < 19 else "19-21" if years < 22 else "22+"


def _leavers(
    name: str, met: Callable[[Council, Any], Any], scope: Callable[[Council, Any], Any],
    columns: tuple[str, ...] = (), filled: tuple[str, ...] = (),
) -> None:  # fmt: skip
    @measure(name, SHARE, by=["age", "team"])
    def asked(c: Council) -> Iterator[Line]:
        if filled:
            c.need_filled("care_leavers", *filled)
        for row in c.rows("care_leavers", "date_of_birth", *columns, *filled):
            labels = {"age": _age(c, row), "team": row.get("team")}
            yield from judged(scope(c, row), met(c, row), row, **labels)


def _left_care(row: Any) -> Any:
    return no(eq(row["eligibility"], "eligible"))


def _alive(row: Any) -> Any:
    return no(eq(row["in_touch"], "died"))


IN_WORK_OR_SCHOOL = tuple(f"{how}{what}" for how in "FP" for what in range(1, 6))

_leavers(
    "leavers.in-touch", lambda c, row: eq(row["in_touch"], "yes"),
    lambda c, row: both(_left_care(row), one_of(row["in_touch"], ("yes", "no"))),
    columns=("eligibility", "in_touch"),
)  # fmt: skip
_leavers(
    "leavers.suitable-accommodation", lambda c, row: eq(row["suitability"], "suitable"),
    lambda c, row: both(_left_care(row), _alive(row)), columns=("eligibility", "in_touch"),
    filled=("suitability",),
)  # fmt: skip
_leavers(
    "leavers.eet", lambda c, row: one_of(row["activity"], IN_WORK_OR_SCHOOL),
    lambda c, row: both(_left_care(row), _alive(row)), columns=("eligibility", "in_touch"),
    filled=("activity",),
)  # fmt: skip
_leavers(
    "leavers.pathway-plan-review",
    lambda c, row: le(days.months(row["pathway_review_date"], c.as_at), days.in_months(6)),
    lambda c, row: both(
        _alive(row),
        either(blank(row["pathway_review_date"]), le(row["pathway_review_date"], c.as_at)),
    ),
    columns=("in_touch",), filled=("pathway_review_date",),
)  # fmt: skip
_leavers(
    "leavers.adviser", lambda c, row: no(blank(row["personal_adviser"])),
    lambda c, row: _alive(row), columns=("in_touch",), filled=("personal_adviser",),
)  # fmt: skip

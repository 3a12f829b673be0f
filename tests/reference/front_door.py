"""The front door, plans begun again, and threshold decisions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from reference import days
from reference.answer import Line, Tally
from reference.council import Council, NotComputableError
from reference.lines import PLACE, clocked, followed, judged, outcome_of_clock, valued
from reference.logic import (
    UNKNOWN,
    blank,
    both,
    either,
    eq,
    ge,
    gt,
    le,
    no,
    one_of,
)
from reference.registry import COUNT, SHARE, measure

YES_NO = ("yes", "no")


@measure("thresholds.hub-timeliness", SHARE, by=["rag", "source", "quarter", ("rag", "source")])
def hub_timeliness(c: Council) -> Iterator[Line]:
    for row in c.rows("contacts_hub", "received", "decided", "rag"):
        received, decided, rag = row["received"], row["decided"], row["rag"]
        hours = c.setting("hub-limit-hours", rag=rag)
        limit = hours if hours is UNKNOWN or hours is None else hours * 60
        stop = _stopped(decided, c.as_at)
        scope = both(
            either(days.timed(received), False) if received is not None else False,
            either(blank(decided), days.timed(decided)) if decided is not None else True,
            one_of(rag, ("red", "amber", "green")),
            days.within(stop, c.as_at, 6),
        )
        taken = days.minutes(received, decided)
        running = days.minutes(received, days.end_of(c.as_at))
        outcome = outcome_of_clock(received, decided, taken, running, limit, c.as_at)
        yield from clocked(
            scope, outcome, row, rag=rag, source=row.get("source"), quarter=days.quarter(stop)
        )


def _stopped(stop: object, at: dt.date) -> object:
    """The day a clock stopped; while it runs, the as-at date."""
    if stop is UNKNOWN:
        return UNKNOWN
    day = days.day(stop)
    return day if day is not None and day <= at else at


@measure("thresholds.decision-1wd", SHARE, by=["rag", "source", "quarter"])
def decision_1wd(c: Council) -> Iterator[Line]:
    for row in c.rows("contacts_hub", "received", "decided"):
        received, decided = row["received"], row["decided"]
        stop = _stopped(decided, c.as_at)
        outcome = outcome_of_clock(
            received, decided, days.working_days(received, decided),
            days.working_days(received, c.as_at), 1, c.as_at,
        )  # fmt: skip
        yield from clocked(
            days.within(stop, c.as_at, 6), outcome, row,
            rag=row.get("rag"), source=row["source"], quarter=days.quarter(stop),
        )  # fmt: skip


def _decision_days(c: Council) -> Iterator[Line]:
    for row in c.rows("contacts_hub", "received", "decided"):
        received, decided = row["received"], row["decided"]
        scope = both(ge(decided, received), days.within(decided, c.as_at, 6))
        yield from valued(
            scope, days.working_days(received, decided), row,
            rag=row.get("rag"), source=row["source"], quarter=days.quarter(decided),
        )  # fmt: skip


@measure("thresholds.decision-days", Tally("p50"), by=["rag", "source", "quarter"])
def decision_days(c: Council) -> Iterator[Line]:
    yield from _decision_days(c)


@measure("thresholds.decision-days-p90", Tally("p90"), by=["rag", "source", "quarter"])
def decision_days_p90(c: Council) -> Iterator[Line]:
    yield from _decision_days(c)


@measure("thresholds.undecided-contacts", COUNT, by=["rag", "source"])
def undecided(c: Council) -> Iterator[Line]:
    for row, open_ in c.opened("contacts_hub", c.as_at):
        waited = days.working_days(row["received"], c.as_at)
        yield from judged(open_, gt(waited, 1), row, rag=row.get("rag"), source=row["source"])


@measure("thresholds.oldest-undecided", Tally("max", empty=0), by=["rag", "source"])
def oldest_undecided(c: Council) -> Iterator[Line]:
    for row, open_ in c.opened("contacts_hub", c.as_at):
        waited = days.working_days(row["received"], c.as_at)
        yield from valued(open_, waited, row, rag=row.get("rag"), source=row["source"])


@measure("thresholds.contact-nfa", SHARE, by=["source", "quarter"])
def contact_nfa(c: Council) -> Iterator[Line]:
    for row in c.rows("contacts_hub", "decided", "outcome"):
        decided, outcome = row["decided"], row["outcome"]
        scope = both(no(blank(decided)), no(blank(outcome)), days.within(decided, c.as_at, 6))
        met = c.matches(outcome, "contact-nfa-outcomes")
        yield from judged(scope, met, row, source=row["source"], quarter=days.quarter(decided))


@measure("thresholds.conversion", SHARE, by=["source", "quarter"])
def conversion(c: Council) -> Iterator[Line]:
    for row in c.rows("contacts", "contact_date"):
        came = row["contact_date"]
        referred = c.count(
            "referrals", row["child_id"],
            lambda other, came=came: both(
                ge(days.days(came, other["referral_date"]), 0),
                le(days.working_days(came, other["referral_date"]), 10),
            ),
        )  # fmt: skip
        yield from followed(
            days.within(came, c.as_at, 6), days.working_days(came, c.as_at), 10,
            ge(referred, 1), row, source=row.get("contact_source"), quarter=days.quarter(came),
        )  # fmt: skip


def _between(value: object, low: int, high: int) -> object:
    return both(ge(value, low), le(value, high))


@measure("thresholds.repeat-contacts", COUNT)
def repeat_contacts(c: Council) -> Iterator[Line]:
    contacts = defaultdict(list)
    for row in c.rows("contacts", "contact_date"):
        referred = c.count("referrals", row["child_id"], lambda other: True)
        scope = both(days.within(row["contact_date"], c.as_at, 12), eq(referred, 0))
        if scope is UNKNOWN:
            yield Line("unknown", places=(row[PLACE],))
        elif scope:
            contacts[row["child_id"]].append(row[PLACE])
    for places in contacts.values():
        yield Line("met" if len(places) >= 3 else "failed", len(places), {}, tuple(places))


@measure("thresholds.referral-nfa", SHARE, by=["source", "team", "quarter"])
def referral_nfa(c: Council) -> Iterator[Line]:
    for row in c.rows("referrals", "referral_date", "nfa"):
        scope = both(days.within(row["referral_date"], c.as_at, 6), one_of(row["nfa"], YES_NO))
        yield from judged(scope, eq(row["nfa"], "yes"), row, **_of_referral(row))


def _of_referral(row: dict[str, object]) -> dict[str, object]:
    return {
        "source": row.get("referral_source"),
        "team": row.get("team"),
        "quarter": days.quarter(row["referral_date"]),
    }


@measure("thresholds.re-referral-12m", SHARE, by=["source", "team", "quarter"])
def re_referral(c: Council) -> Iterator[Line]:
    rows = c.rows("referrals", "referral_date")
    dates = [row["referral_date"] for row in rows]
    known = [date for date in dates if date is not None and date is not UNKNOWN]
    if known and min(known) <= days.back(c.as_at, 24) + dt.timedelta(days=31):
        before = _before(rows)
        for index, row in enumerate(rows):
            again = le(days.days(before.get(index), row["referral_date"]), 365)
            scope = days.within(row["referral_date"], c.as_at, 12)
            yield from judged(scope, again, row, **_of_referral(row))
        return
    c.need("referrals", "referrals_last_12m")
    for row in rows:
        earlier = row["referrals_last_12m"]
        scope = both(days.within(row["referral_date"], c.as_at, 6), no(blank(earlier)))
        yield from judged(scope, ge(earlier, 1), row, **_of_referral(row))


def _before(rows: list[dict[str, object]]) -> dict[int, object]:
    """For each row the date of the same child's row before it; those without a date stand last."""
    of_child = defaultdict(list)
    for index, row in enumerate(rows):
        of_child[row["child_id"]].append(index)
    found = {}
    for indexes in of_child.values():

        def order(index: int) -> tuple[bool, dt.date, int]:
            date = rows[index]["referral_date"]
            undated = date is None or date is UNKNOWN
            return undated, dt.date.min if undated else date, index

        indexes.sort(key=order)
        for earlier, later in pairwise(indexes):
            found[later] = rows[earlier]["referral_date"]
    return found


@measure("thresholds.assessment-nfa", SHARE, by=["team", "quarter"])
def assessment_nfa(c: Council) -> Iterator[Line]:
    for row in c.rows("assessments", "authorised_date", "requires_support"):
        ended, support = row["authorised_date"], row["requires_support"]
        scope = both(days.within(ended, c.as_at, 6), one_of(support, YES_NO))
        yield from judged(
            scope, eq(support, "no"), row, team=row.get("team"), quarter=days.quarter(ended)
        )


@measure("thresholds.s47-to-conference", SHARE, by=["team", "quarter"])
def s47_to_conference(c: Council) -> Iterator[Line]:
    for row in c.rows("section_47", "strategy_date", "icpc_date", "icpc_unnecessary"):
        held = le(row["icpc_date"], c.as_at)
        ended = either(held, eq(row["icpc_unnecessary"], "yes"))
        scope = both(days.within(row["strategy_date"], c.as_at, 6), ended)
        yield from judged(
            scope, held, row, team=row.get("team"), quarter=days.quarter(row["strategy_date"])
        )


@measure("thresholds.s47-unresolved", COUNT, by=["team"])
def s47_unresolved(c: Council) -> Iterator[Line]:
    for row, open_ in c.opened("section_47", c.as_at, "icpc_date", "icpc_unnecessary"):
        waiting = both(
            either(blank(row["icpc_date"]), gt(row["icpc_date"], c.as_at)),
            no(eq(row["icpc_unnecessary"], "yes")),
        )
        late = gt(days.working_days(row["strategy_date"], c.as_at), 15)
        yield from judged(both(open_, waiting), late, row, team=row.get("team"))


@measure("thresholds.step-up-after-nfa", SHARE, by=["team", "quarter"])
def step_up_after_nfa(c: Council) -> Iterator[Line]:
    for row in c.rows("referrals", "referral_date", "nfa"):
        came = row["referral_date"]
        enquiries = c.count(
            "section_47", row["child_id"],
            lambda other, came=came: _between(days.days(came, other["strategy_date"]), 0, 90),
        )  # fmt: skip
        scope = both(days.within(came, c.as_at, 6), eq(row["nfa"], "yes"))
        yield from followed(
            scope, days.days(came, c.as_at), 90, ge(enquiries, 1), row,
            team=row.get("team"), quarter=days.quarter(came),
        )  # fmt: skip


@measure("thresholds.step-down", SHARE, by=["team", "quarter"])
def step_down(c: Council) -> Iterator[Line]:
    c.need("cin", "start_date", "closure_date", "case_status")
    c.need("care", "start_date", "end_date")
    for row in c.rows("cp", "plan_start_date", "plan_end_date"):
        child, ended = row["child_id"], row["plan_end_date"]
        still = both(
            c.open_in("cin", child, c.as_at),
            no(c.open_in("care", child, c.as_at)),
            no(c.open_in("cp", child, c.as_at)),
        )
        scope = days.within(ended, c.as_at, 6)
        yield from judged(scope, still, row, team=row.get("team"), quarter=days.quarter(ended))


@measure("thresholds.step-down-bounce", SHARE, by=["team", "quarter"])
def step_down_bounce(c: Council) -> Iterator[Line]:
    if "cin" not in c.columns and "cp" not in c.columns:
        raise NotComputableError("step downs")
    dates = [row["referral_date"] for row in c.rows("referrals", "referral_date")]
    known = [date for date in dates if date is not None and date is not UNKNOWN]
    if not known or min(known) > days.back(c.as_at, 12) + dt.timedelta(days=31):
        raise NotComputableError("referrals")
    ends = defaultdict(list)
    unsure = set()
    for row in c.tables.get("cin", ()):
        gone = one_of(row.get("closure_reason", UNKNOWN), ("RC1", "RC2", "RC5", "RC6"))
        ended = row.get("closure_date", UNKNOWN)
        if both(le(ended, c.as_at), no(gone)) is not False:
            ends[row["child_id"], ended].append(row)
            if gone is UNKNOWN:
                unsure.add((row["child_id"], ended))
    for row in c.tables.get("cp", ()):
        ended = row.get("plan_end_date", UNKNOWN)
        if le(ended, c.as_at) is not False:
            ends[row["child_id"], ended].append(row)
    for (child, ended), rows in ends.items():
        back = c.count(
            "referrals", child,
            lambda other, ended=ended: both(
                ge(days.days(ended, other["referral_date"]), 1),
                le(days.months(ended, other["referral_date"]), days.in_months(6)),
            ),
        )  # fmt: skip
        teams = [row.get("team", UNKNOWN) for row in rows]
        team = next((team for team in teams if team is not None and team is not UNKNOWN), None)
        sure = UNKNOWN if (child, ended) in unsure else ended
        scope = both(days.within(ended, c.as_at, 12), UNKNOWN if sure is UNKNOWN else True)
        yield from followed(
            scope, days.months(ended, c.as_at), days.in_months(6),
            ge(back, 1), rows[0], team=team, quarter=days.quarter(sure),
        )  # fmt: skip


@measure("thresholds.repeat-plan", SHARE, by=["team", "quarter"])
def repeat_plan(c: Council) -> Iterator[Line]:
    for row in c.rows("cp", "plan_start_date", "previous_plans"):
        began, earlier = row["plan_start_date"], row["previous_plans"]
        scope = both(days.within(began, c.as_at, 6), no(blank(earlier)))
        yield from judged(
            scope, ge(earlier, 1), row, team=row.get("team"), quarter=days.quarter(began)
        )


@measure("thresholds.audit-right", SHARE, by=["source", "team", "theme", "quarter"])
def audit_right(c: Council) -> Iterator[Line]:
    for row in c.rows("threshold_audits", "date", "right"):
        scope = both(days.within(row["date"], c.as_at, 12), one_of(row["right"], YES_NO))
        yield from judged(
            scope, eq(row["right"], "yes"), row, source=row.get("source"), team=row.get("team"),
            theme=row.get("theme"), quarter=days.quarter(row["date"]),
        )  # fmt: skip

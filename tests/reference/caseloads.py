"""Loads of workers, children without one, waits for one, and the workforce."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from reference import days
from reference.answer import IN_DOUBT, Line, Tally
from reference.council import SOCIAL_WORK, Council, same_name
from reference.lines import PLACE, clocked, judged, outcome_of_clock, placed, valued
from reference.logic import (
    UNKNOWN,
    blank,
    both,
    choose,
    either,
    eq,
    ge,
    gt,
    le,
    lt,
    no,
    one_of,
)
from reference.registry import COUNT, SHARE, measure

SUM, DISTINCT = Tally("sum"), Tally("distinct")


class Holder:
    """A named worker with the children they hold; their hours and role, as far as known."""

    def __init__(self, c: Council, rows: list[dict[str, Any]], *, months_known: bool) -> None:
        self.rows = rows
        name = rows[0]["worker"]
        self.children = len({row["child_id"] for row in rows})
        self.on_list = c.worker(name)
        self.fte = c.of_worker(name, "fte")
        self.team = c.of_worker(name, "team")
        role = c.of_worker(name, "role")
        self.role = "social-worker" if role is None else role
        if months_known:
            began = c.of_worker(name, "asye_from")
            begun = le(began, c.as_at)
            early = lt(days.months(began, c.as_at), days.in_months(6))
            self.role = choose(
                both(begun, early), "asye-1-6", choose(begun, "asye-7-12", self.role)
            )

    @property
    def load(self) -> Any:
        """Children for each full-time equivalent; without hours, for the person."""
        if self.fte is UNKNOWN:
            return UNKNOWN
        return self.children / self.fte if self.fte and self.fte > 0 else self.children

    @property
    def places(self) -> tuple[Any, ...]:
        return placed(self.rows)


def _grouped(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["worker"] is not UNKNOWN and row["worker"] is not None:
            found[same_name(row["worker"])].append(row)
    yield from found.values()


def _lost(rows: list[dict[str, Any]]) -> Iterator[Line]:
    """Children whose worker could not be read: nobody's load, and said so."""
    for row in rows:
        if row["worker"] is UNKNOWN:
            yield Line(IN_DOUBT, places=(row[PLACE],))


def _way(c: Council, *, by_month: bool = True) -> str:
    if by_month and c.has("workers", "asye_from"):
        return "months"
    return "roles" if "workers" in c.columns else "named"


def _loads(c: Council, *, by_month: bool = True) -> Iterator[tuple[Holder, Any, dict[str, Any]]]:
    """Each holder with their load and labels, in the way that the evidence allows."""
    way = _way(c, by_month=by_month)
    for rows in _grouped(c.holdings):
        holder = Holder(c, rows, months_known=way == "months")
        if way == "named":
            teams = [row["team"] for row in rows if isinstance(row["team"], str)]
            team = min(teams, default=None)
            yield holder, holder.children, {"team": team}
        else:
            yield holder, holder.load, {"team": holder.team, "role": holder.role}


def _tail(c: Council, *, by_month: bool = True) -> Iterator[Line]:
    for holder, load, labels in _loads(c, by_month=by_month):
        outcome = IN_DOUBT if load is UNKNOWN else "met"
        yield Line(outcome, load, labels, holder.places)
    yield from _lost(c.holdings)


@measure("caseloads.maximum", Tally("max"), by=["team", "role"])
def maximum(c: Council) -> Iterator[Line]:
    yield from _tail(c)


@measure("caseloads.p90", Tally("p90"), by=["team", "role"])
def p90(c: Council) -> Iterator[Line]:
    yield from _tail(c)


def _over(c: Council, limit: int) -> Iterator[Line]:
    for line in _tail(c, by_month=False):
        if line.outcome == "met" and not line.value > limit:
            yield Line("failed", line.value, line.labels, line.places)
        else:
            yield line


@measure("caseloads.over-25", COUNT, by=["team"])
def over_25(c: Council) -> Iterator[Line]:
    yield from _over(c, 25)


@measure("caseloads.over-30", COUNT, by=["team"])
def over_30(c: Council) -> Iterator[Line]:
    yield from _over(c, 30)


@measure("caseloads.over-limit", SHARE, by=["team", "role"])
def over_limit(c: Council) -> Iterator[Line]:
    c.need("workers", "fte", "role", "team")
    for holder, load, labels in _loads(c):
        limit = c.setting("caseload-limit", role=holder.role)
        if limit is None:
            continue
        over = gt(load, limit)
        outcome = IN_DOUBT if over is UNKNOWN else "met" if over else "failed"
        yield Line(outcome, load, labels, holder.places)
    yield from _lost(c.holdings)


@measure("caseloads.asye-breaches", COUNT, by=["team"])
def asye_breaches(c: Council) -> Iterator[Line]:
    c.need("workers", "fte", "role", "team")
    for holder, load, labels in _loads(c):
        new = one_of(holder.role, ("asye", "asye-1-6", "asye-7-12"))
        if new is False:
            continue
        over = gt(load, c.setting("caseload-limit", role=holder.role))
        doubt = new is UNKNOWN or over is UNKNOWN
        outcome = IN_DOUBT if doubt else "met" if over else "failed"
        yield Line(outcome, load, labels, holder.places)
    yield from _lost(c.holdings)


@measure("caseloads.average", COUNT, by=["team"], below=SUM)
def average(c: Council) -> tuple[Any, ...]:
    if "workers" not in c.columns:
        rows = c.holdings
        of = [
            Line(
                IN_DOUBT if row["worker"] is UNKNOWN else "met", None, {"team": row["team"]},
                (row[PLACE],),
            )
            for row in rows
        ]  # fmt: skip
        return of, _one_each(rows), DISTINCT

    def practising(row: dict[str, Any]) -> Any:
        return no(one_of(c.of_worker(row["worker"], "role"), NO_SOCIAL_WORKERS))

    return _with_hours(c, lambda row: None, practising), _hours(c, lambda holder: 1, practising)


NO_SOCIAL_WORKERS = ("personal-adviser", "family-support", "iro", "student")


def _one_each(rows: list[dict[str, Any]]) -> list[Line]:
    """Each worker once in every team where they hold a child: counted by different names."""
    return [
        Line(
            IN_DOUBT if row["worker"] is UNKNOWN else "met", same_name(row["worker"]),
            {"team": row["team"]}, (row[PLACE],),
        )
        for row in rows
    ]  # fmt: skip


def _anybody(row: dict[str, Any]) -> Any:
    return True


def _with_hours(c: Council, value: Any, who: Any = _anybody) -> list[Line]:
    found = []
    for row in c.holdings:
        working = both(gt(c.of_worker(row["worker"], "fte"), 0), who(row))
        labels = {"team": c.of_worker(row["worker"], "team")}
        found += valued(working, value(row) if value(row) is not None else 1, row, **labels)
    return found


def _hours(c: Council, times: Any, who: Any = _anybody) -> list[Line]:
    found = []
    for rows in _grouped(c.holdings):
        holder = Holder(c, rows, months_known=False)
        working = both(gt(holder.fte, 0), who(rows[0]))
        if working is UNKNOWN:
            # Whose hours cannot be read is nobody's time: each of their children is in doubt.
            found += [Line(IN_DOUBT, places=(row[PLACE],)) for row in rows]
        elif working:
            factor = times(holder)
            outcome = IN_DOUBT if factor is UNKNOWN else "met"
            value = None if factor is UNKNOWN else holder.fte * factor
            found.append(Line(outcome, value, {"team": holder.team}, holder.places))
    return found + list(_lost(c.holdings))


@measure("caseloads.weighted-load", SUM, by=["team"], below=SUM, percent=True)
def weighted_load(c: Council) -> tuple[list[Line], list[Line]]:
    c.need("workers", "fte", "role", "team")
    of = []
    for row in c.holdings:
        working = gt(c.of_worker(row["worker"], "fte"), 0)
        points = c.setting("case-weight", plan=row["plan"])
        of += valued(working, points, row, team=c.of_worker(row["worker"], "team"))

    def capacity(holder: Holder) -> Any:
        role = c.of_worker(holder.rows[0]["worker"], "role")
        return c.setting("case-capacity", role=role)

    return of, _hours(c, capacity)


@measure("caseloads.iro-average", DISTINCT, below=SUM)
def iro_average(c: Council) -> tuple[list[Line], list[Line]]:
    c.need("workers", "fte", "role")
    of, held = [], []
    for row, open_ in c.opened("allocations", c.as_at, "worker"):
        name = row["worker"]
        reviewing = both(
            eq(c.of_worker(name, "role"), "iro"), gt(c.of_worker(name, "fte"), 0), open_
        )
        of += valued(reviewing, row["child_id"], row)
        if reviewing is UNKNOWN and name is not None:
            held.append(Line(IN_DOUBT, places=(row[PLACE],)))
    kept = [
        row
        for row, open_ in c.opened("allocations", c.as_at)
        if both(
            open_,
            eq(c.of_worker(row["worker"], "role"), "iro"),
            gt(c.of_worker(row["worker"], "fte"), 0),
        )
        is True
    ]
    for rows in _grouped(kept):
        held.append(Line("met", c.of_worker(rows[0]["worker"], "fte"), {}, placed(rows)))
    return of, held


# children without a worker


@measure("caseloads.unallocated", COUNT, by=["plan", "team"])
def unallocated(c: Council) -> Iterator[Line]:
    for child in c.open_children:
        yield from judged(
            True, blank(child["worker"]), child, plan=child["plan"], team=child["team"]
        )


@measure("caseloads.duty-held", COUNT, by=["plan", "team"])
def duty_held(c: Council) -> Iterator[Line]:
    for child in c.open_children:
        on_duty = both(
            blank(child["person"]), either(no(blank(child["worker"])), child["duty_team"])
        )
        yield from judged(True, on_duty, child, plan=child["plan"], team=child["team"])


@measure("caseloads.unallocated-safeguards", SHARE, by=["plan"])
def unallocated_safeguards(c: Council) -> Iterator[Line]:
    c.need("case_notes", "author_role", "date")
    c.need("visits", "date")
    for child in c.open_children:
        scope = blank(child["worker"])
        if scope is False:
            continue
        who = child["child_id"]
        reviewed = c.latest(
            "case_notes", "date", "child_id", who, c.as_at,
            lambda note: eq(note["author_role"], "manager"),
        )  # fmt: skip
        seen = c.latest("visits", "date", "child_id", who, c.as_at)
        limit = c.setting("unallocated-review-days")
        met = both(le(days.days(reviewed, c.as_at), limit), le(days.days(seen, c.as_at), 28))
        yield from judged(scope, met, child, plan=child["plan"])


@measure("caseloads.allocation-delay", SHARE, by=["plan", "quarter"])
def allocation_delay(c: Council) -> Iterator[Line]:
    for row in c.rows("allocations", "allocated", "plan"):
        start, stop = row["decided"], row["allocated"]
        date = stop if stop is UNKNOWN else stop if stop and stop <= c.as_at else c.as_at
        outcome = outcome_of_clock(
            start,
            stop,
            days.working_days(start, stop),
            days.working_days(start, c.as_at),
            1,
            c.as_at,
        )
        yield from clocked(
            days.within(date, c.as_at, 6), outcome, row,
            plan=row["plan"], quarter=days.quarter(date),
        )  # fmt: skip


@measure("caseloads.allocation-delay-days", Tally("p50"), by=["plan", "quarter"])
def allocation_delay_days(c: Council) -> Iterator[Line]:
    for row in c.rows("allocations", "allocated", "plan"):
        start, stop = row["decided"], row["allocated"]
        scope = both(ge(stop, start), days.within(stop, c.as_at, 6))
        yield from valued(
            scope, days.working_days(start, stop), row, plan=row["plan"], quarter=days.quarter(stop)
        )


@measure("caseloads.allocation-ageing", DISTINCT, by=["plan"])
def allocation_ageing(c: Council) -> Iterator[Line]:
    for row, open_ in c.opened("allocations", c.as_at, "allocated", "plan"):
        waiting = either(blank(row["allocated"]), gt(row["allocated"], c.as_at))
        long = gt(days.working_days(row["decided"], c.as_at), 10)
        yield from valued(both(open_, waiting, long), row["child_id"], row, plan=row["plan"])


def _person(c: Council, name: Any) -> Any:
    """Whether an entry names somebody, neither nobody nor a tray."""
    return both(
        no(blank(name)),
        no(c.matches(name, "unallocated-workers")),
        no(c.matches(name, "duty-workers")),
    )


@measure("caseloads.worker-changes", COUNT, below=DISTINCT)
def worker_changes(c: Council) -> tuple[list[Line], list[Line]]:
    rows = c.rows("allocations", "worker", "ended")
    of_child = defaultdict(list)
    for index, row in enumerate(rows):
        if _person(c, row["worker"]) is not False:
            of_child[row["child_id"]].append((index, row))

    def order(pair: tuple[int, dict[str, Any]]) -> Any:
        date = pair[1]["decided"]
        there = date is not None and date is not UNKNOWN
        return not there, date.toordinal() if there else 0, pair[0]

    of = []
    for named in of_child.values():
        named.sort(key=order)
        before = None
        for _, row in named:
            mine, theirs = same_name(row["worker"]), same_name(before)
            changed = both(
                lt(days.months(row["decided"], c.as_at), days.in_months(12)),
                no(blank(theirs)),
                no(eq(mine, theirs)),
            )
            of += judged(changed, True, row)
            before = row["worker"]
    to = []
    for row in rows:
        recent = either(
            blank(row["ended"]), lt(days.months(row["ended"], c.as_at), days.in_months(12))
        )
        if _person(c, row["worker"]) is not False:
            to += valued(recent, row["child_id"], row)
    return of, to


# the workforce


def _summed(rows: list[Any], value: str, scope: Any) -> list[Line]:
    found: list[Line] = []
    for row in rows:
        found += valued(scope(row), row[value], row, team=row["team"])
    return found


def _social_worker(row: Any) -> Any:
    return one_of(row["role"], SOCIAL_WORK)


@measure("caseloads.vacancy-rate", SUM, by=["team"], below=SUM, percent=True)
def vacancy_rate(c: Council) -> tuple[list[Line], list[Line]]:
    rows = c.rows("posts", "vacant_from")
    vacant = _summed(
        rows, "fte", lambda row: both(_social_worker(row), le(row["vacant_from"], c.as_at))
    )
    return vacant, _summed(rows, "fte", _social_worker)


@measure("caseloads.agency-rate", SUM, by=["team"], below=SUM, percent=True)
def agency_rate(c: Council) -> tuple[list[Line], list[Line]]:
    open_ = {id(row): found for row, found in c.opened("workers", c.as_at)}
    rows = [row for row in c.rows("workers") if id(row) in open_]

    def there(row: Any) -> Any:
        return both(open_[id(row)], _social_worker(row))

    agency = _summed(rows, "fte", lambda row: both(there(row), eq(row["agency"], "yes")))
    return agency, _summed(rows, "fte", there)


@measure("caseloads.turnover-rate", SUM, by=["team"], below=SUM, percent=True)
def turnover_rate(c: Council) -> tuple[list[Line], list[Line]]:
    rows = c.rows("workers", "end")

    def permanent(row: Any) -> Any:
        return both(_social_worker(row), eq(row["agency"], "no"))

    left = _summed(
        rows, "fte",
        lambda row: both(
            permanent(row), le(row["end"], c.as_at),
            lt(days.months(row["end"], c.as_at), days.in_months(12)),
        ),
    )  # fmt: skip
    stayed = _summed(
        rows, "fte",
        lambda row: both(
            permanent(row), le(row["start"], c.as_at),
            either(blank(row["end"]), gt(row["end"], c.as_at)),
        ),
    )  # fmt: skip
    return left, stayed


@measure("caseloads.absence-rate", SUM, by=["team"], below=SUM, percent=True)
def absence_rate(c: Council) -> tuple[list[Line], list[Line]]:
    rows = c.rows("attendance")

    def counts(row: Any) -> Any:
        return both(_social_worker(row), days.within(row["month_end"], c.as_at, 12))

    return _summed(rows, "days_lost", counts), _summed(rows, "days_due", counts)

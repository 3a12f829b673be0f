"""The compiler against a plain reading of the rules in Python, on small random histories."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.evidence.calendar import working_days

AS_AT = dt.date(2026, 3, 31)
dates = st.dates(dt.date(2025, 3, 1), dt.date(2026, 4, 10))
maybe = st.none() | dates
children = st.sampled_from("1234")
few = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
UNKNOWN = "#"


def text(headers: str, rows: list[tuple[object, ...]]) -> str:
    lines = ["|".join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\n".join([headers, *lines])


def rate(met: int, failed: int) -> float | None:
    return None if not met + failed else float(round(Fraction(100 * met, met + failed), 6))


@few
@given(rows=st.lists(st.tuples(children, maybe, maybe), max_size=12), limit=st.integers(0, 60))
def test_clock(new_world: Callable[[], Any], rows: list[Any], limit: int) -> None:
    world = new_world().table("assessments", text("child_id|start_date|authorised", rows))
    clock = {"start": "start_date", "limit": f"{limit} working days", "stop": "authorised"}
    reading = world.read(**{"from": "assessments", "clock": clock, "over": "last 6 months"})
    met = failed = not_due = undated = 0
    for _, start, stop in rows:
        done = stop if stop is not None and stop <= AS_AT else None
        if not dt.date(2025, 9, 30) < (done or AS_AT) <= AS_AT:
            continue
        if start is None or (done and working_days(start, done) < 0):
            undated += 1
        elif done:
            met, failed = (
                (met + 1, failed) if working_days(start, done) <= limit else (met, failed + 1)
            )
        elif working_days(start, AS_AT) > limit:
            failed += 1
        else:
            not_due += 1
    assert (reading.numerator, reading.denominator) == (met, met + failed)
    assert (reading.not_due, reading.unknown) == (not_due, undated)
    assert reading.value == rate(met, failed)


@few
@given(rows=st.lists(st.tuples(children, maybe), max_size=12), within=st.integers(0, 400))
def test_previous(new_world: Callable[[], Any], rows: list[Any], within: int) -> None:
    world = new_world().table("referrals", text("child_id|referral_date", rows))
    condition = f"days(previous(referral_date), referral_date) <= {within}"
    reading = world.read(**{"from": "referrals", "over": "last 6 months", "numerator": condition})
    met = total = 0
    for index, (child, day) in enumerate(rows):
        if day is None or not dt.date(2025, 9, 30) < day <= AS_AT:
            continue
        total += 1
        earlier = [
            (other, place)
            for place, (name, other) in enumerate(rows)
            if name == child and other is not None and (other, place) < (day, index)
        ]
        met += bool(earlier) and (day - max(earlier)[0]).days <= within
    assert (reading.numerator, reading.denominator) == (met, total)


@few
@given(
    referrals=st.lists(st.tuples(children, dates), max_size=8),
    visits=st.lists(
        st.tuples(children, maybe, st.sampled_from(["cp", "cin", UNKNOWN])), max_size=8
    ),
    start=st.integers(-40, 40),
    length=st.integers(0, 60),
)
def test_count_in_a_window(
    new_world: Callable[[], Any], referrals: list[Any], visits: list[Any], start: int, length: int
) -> None:
    world = new_world().table("referrals", text("child_id|referral_date", referrals))
    world.table("visits", text("child_id|date|kind", visits))
    condition = f"count(visits [kind = 'cp'], {start}, {start + length}) >= 1"
    found = world.rows(**{"from": "referrals", "numerator": condition})
    expected = []
    for child, day in referrals:
        near = [
            kind
            for name, when, kind in visits
            if name == child and when is not None and when <= AS_AT
            and start <= (when - day).days <= start + length
        ]  # fmt: skip
        unknown = UNKNOWN in near
        expected.append("unknown" if unknown else "met" if "cp" in near else "failed")
    by_row = {row[3]: row[0] for row in found.rows}
    assert [by_row[place + 2] for place in range(len(referrals))] == expected


@few
@given(
    rows=st.lists(st.tuples(children, st.sampled_from(["Ann", "Bo", "Cy", None])), max_size=14),
    percent=st.integers(1, 99),
)
def test_loads(new_world: Callable[[], Any], rows: list[Any], percent: int) -> None:
    world = new_world().table("cp", text("child_id|worker", rows))
    keys = {"from": "cp", "per": {"key": "worker", "value": "distinct(child_id)"}, "unit": "x"}
    held: dict[str, set[str]] = {}
    for child, worker in rows:
        if worker is not None:
            held.setdefault(worker, set()).add(child)
    loads = sorted(len(found) for found in held.values())
    largest = world.read(**keys, aggregate="max")
    high = world.read(**keys, aggregate=f"p{percent}")
    if not loads:
        assert (largest.value, high.value) == (None, None)
        return
    rank = Fraction((len(loads) - 1) * percent, 100)
    low = int(rank)
    above = loads[min(low + 1, len(loads) - 1)]
    assert largest.value == loads[-1]
    assert high.value == float(round(loads[low] + (above - loads[low]) * (rank - low), 6))
    assert largest.distribution == tuple((load, loads.count(load)) for load in sorted(set(loads)))
    ratio = {
        "of": {
            "from": "cp",
            "filter": "not blank(worker)",
            "aggregate": "distinct",
            "value": "child_id",
        },
        "to": {
            "from": "cp",
            "filter": "not blank(worker)",
            "aggregate": "distinct",
            "value": "worker",
        },
    }
    shared = world.read(ratio=ratio, unit="x")
    children_held = set().union(*held.values())
    assert shared.value == float(round(Fraction(len(children_held), len(held)), 6))


NAMES = ["Ann", "tbc", "", UNKNOWN]


@few
@given(
    lists=st.fixed_dictionaries(
        {
            table: st.lists(st.tuples(children, maybe, maybe, st.sampled_from(NAMES)), max_size=5)
            for table in ("care", "cp", "cin")
        }
    )
)
def test_plans_and_workers_of_open_children(
    new_world: Callable[[], Any], lists: dict[str, list[Any]]
) -> None:
    world = new_world()
    order = ("care", "cp", "cin")
    for table in order:
        world.table(table, text("child_id|start_date|closed|worker", lists[table]))
    world.view(
        id="open_children",
        title="Open",
        entity="child",
        key=["child_id"],
        union=[{"table": t, "open": True, "columns": {"plan": f"'{t}'"}} for t in reversed(order)],
        columns=["child_id", "plan", "worker"],
        per=["child_id"],
        rank="plan",
        first_of=list(order),
        combine={"worker": "first(worker [not matches(worker, nobody)])"},
    )
    # The view needs no status column of list 6 here.
    world.tables["cin"] = dataclasses.replace(world.tables["cin"], closed_when=None)
    plans: dict[str, str] = {}
    cells: dict[str, list[str]] = {}
    for table in order:
        for child, start, stop, worker in lists[table]:
            if (start is None or start <= AS_AT) and (stop is None or stop > AS_AT):
                plans.setdefault(child, table)
                cells.setdefault(child, []).append(worker)
    readings = world.readings(
        **{"from": "open_children", "aggregate": "count", "unit": "x", "by": ["plan"],
           "numerator": "blank(worker)"}
    )  # fmt: skip
    for plan in (None, *set(plans.values())):
        here = [found for child, found in cells.items() if plan in (None, plans[child])]
        blank = sum("Ann" not in found and UNKNOWN not in found for found in here)
        unknown = sum("Ann" not in found and UNKNOWN in found for found in here)
        reading = readings[() if plan is None else (("plan", plan),)]
        assert (reading.numerator, reading.unknown) == (blank, unknown)
        assert reading.denominator == len(here) - unknown
        assert (reading.status == "not-computable") == (unknown > 0.05 * len(here))

"""What staff do with the children they hold: visits, reviews; one team runs late."""

from __future__ import annotations

from random import Random

from selfassess.demo.days import TODAY, age_at, months_back, on_working
from selfassess.demo.people import Child, Household
from selfassess.demo.records import Care, Need, Protection, Visit
from selfassess.demo.workforce import LATE_TEAM, OVERLOADED_TEAM, Staff

__all__ = ["SINCE", "practise"]

SINCE = months_back(6)
"""Visits, supervision and list 1 are drawn for six months, as most councils can draw them."""

CP_EVERY, CIN_EVERY, CARE_EVERY = (9, 13), (17, 27), (26, 41)
LATE_CP, LATE_CIN, LATE_CARE = (19, 33), (34, 60), (46, 80)


def practise(rng: Random, families: list[Household], staff: Staff) -> None:
    """Settle what the pathways left open, then visit and review every child."""
    waiting = {child.id for child in (*staff.unallocated, *staff.duty)}
    for family in families:
        for child in family.children:
            unseen = child.id in waiting
            for plan in child.plans:
                _visits(rng, child, plan, CP_EVERY, LATE_CP, unseen=unseen)
                _conference(rng, plan)
            for care in child.care:
                _visits(rng, child, care, CARE_EVERY, LATE_CARE, unseen=unseen)
                _clip(care)
            for need in child.needs:
                _visits(rng, child, need, CIN_EVERY, LATE_CIN, unseen=unseen)
                need.visits = [visit for visit in need.visits if not _elsewhere(child, visit.date)]


def _elsewhere(child: Child, day: int) -> bool:
    """Whether the child was on a protection plan or in care: those visits are listed there."""
    spans: list[Protection | Care] = [*child.plans, *child.care]
    return any(span.start <= day <= (span.end or TODAY) for span in spans)


def _visits(
    rng: Random,
    child: Child,
    span: Need | Protection | Care,
    usual: tuple[int, int],
    late: tuple[int, int],
    *,
    unseen: bool,
) -> None:
    """Visits over the last six months of the span; at least the last one is always known."""
    start, end = span.start, span.end
    last = TODAY if end is None else end
    in_late_team = child.team == LATE_TEAM
    slow_to_write = child.team in (LATE_TEAM, OVERLOADED_TEAM)
    if unseen:
        last = max(start + 2, last - rng.randrange(24, 40))
    visits = span.visits
    if last <= SINCE:
        # Of spans that ended before, only the last visit is on any list.
        day = max(start, last - rng.randrange(usual[1]))
        visits.append(Visit(day, day + 1, alone=rng.random() < 0.8))
        return
    day = on_working(start + rng.randrange(1, 6))
    if day <= SINCE:
        day = on_working(SINCE - rng.randrange(usual[0]) - 1)
    while day <= last:
        delay = int(rng.expovariate(1 / 5.5)) if slow_to_write else int(rng.expovariate(1 / 1.5))
        recorded = day + delay
        age = age_at(child.born, day) if child.born <= day else 0
        alone = age >= 3 and rng.random() < (0.62 if in_late_team else 0.86)
        visits.append(Visit(day, recorded if recorded <= TODAY else None, alone))
        slow = rng.random() < (0.55 if in_late_team else 0.05)
        day = on_working(day + rng.randrange(*(late if slow else usual)))


def _conference(rng: Random, plan: Protection) -> None:
    """The latest review conference: within three months of the first, then within six."""
    start, end = plan.start, plan.end
    last = TODAY if end is None else end
    first = start + (rng.randrange(68, 90) if rng.random() < 0.92 else rng.randrange(95, 130))
    day, latest = on_working(first), None
    while day <= last:
        latest = day
        gap = rng.randrange(140, 180) if rng.random() < 0.93 else rng.randrange(188, 230)
        day = on_working(day + gap)
    plan.review = latest


def _clip(care: Care) -> None:
    """Nothing is dated after the child left care."""
    if care.end is None:
        return
    for name in ("review", "officer", "health", "dental", "placed", "legal_from"):
        day = getattr(care, name)
        if day is not None and day > care.end:
            setattr(care, name, care.end)

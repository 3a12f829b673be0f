"""From contact to closing: how an invented family moves through help and protection."""

from __future__ import annotations

from random import Random

from selfassess.demo.care import enter_care
from selfassess.demo.days import TODAY, add_working, on_working
from selfassess.demo.people import Child, Household, Identities, pick
from selfassess.demo.records import Assessment, Enquiry, Need, Protection, Referral

__all__ = ["HISTORY", "SOURCES", "contact_household", "early_help_household", "referred_household"]

HISTORY = TODAY - 4 * 365
"""Families are referred from here on, so that by the as-at date the service is in full swing."""

SOURCES = (
    ("a) 1A: Individual", 5),
    ("b) 1B: Individual", 3),
    ("e) 2A: Schools", 20),
    ("f) 2B: Education services", 3),
    ("g) 3A: Health services", 6),
    ("h) 3B: Health services", 5),
    ("i) 3C: Health services", 3),
    ("m) 4: Housing", 3),
    ("n) 5A: LA services", 8),
    ("p) 5C: LA services", 4),
    ("q) 6: Police", 29),
    ("r) 7: Other legal agency", 3),
    ("s) 8: Other", 4),
    ("t) 9: Anonymous", 4),
)
NEEDS = (
    ("N1 - Abuse or neglect", 56),
    ("N2 - Child's disability or illness", 9),
    ("N3 - Parental disability or illness", 3),
    ("N4 - Family in acute stress", 10),
    ("N5 - Family dysfunction", 14),
    ("N6 - Socially unacceptable behaviour", 3),
    ("N7 - Low income", 1),
    ("N8 - Absent parenting", 3),
)
ABUSE = (
    ("a) Neglect", 50),
    ("d) Emotional abuse", 36),
    ("b) Physical abuse", 8),
    ("c) Sexual abuse", 4),
    ("e) Multiple/not recommended", 2),
)
HELPERS = (
    ("Early Help Locality North", 30),
    ("Early Help Locality South", 30),
    ("Primary school", 22),
    ("Secondary school", 9),
    ("Health visiting service", 9),
)
ENDED = "RC7 - Services ceased for any other reason"
NO_ACTION = "RC8 - Case closed after assessment, no further action"
EARLY_HELP = "RC9 - Case closed after assessment, referred to early help"
MOVED = "RC5 - Transferred to services of another local authority"
GROWN = "RC6 - Transferred to adult social care services"


def contact_household(rng: Random, ids: Identities) -> Household:
    """A family about whom somebody contacts the council once or a few times, and no more."""
    first = min(TODAY, on_working(TODAY - rng.randrange(183)))
    family = ids.household(rng, first)
    for _ in range(pick(rng, ((1, 78), (2, 15), (3, 5), (4, 2)))):
        day = on_working(first + (rng.randrange(120) if family.children[0].contacts else 0))
        if day <= TODAY:
            source = pick(rng, SOURCES)
            for child in family.children:
                child.contacts.append((day, source))
    return family


def early_help_household(rng: Random, ids: Identities) -> Household:
    """A family that receives early help and nothing beyond."""
    first = TODAY - rng.randrange(300)
    family = ids.household(rng, first, oldest=14)
    _early_help(rng, family.children, first)
    return family


def _early_help(rng: Random, children: list[Child], day: int) -> None:
    start = on_working(day)
    end = start + 14 + int(rng.expovariate(1 / 45))
    helper = pick(rng, HELPERS)
    if start <= TODAY:
        for child in children:
            child.early_help.append((start, end if end <= TODAY else None, helper))


def referred_household(rng: Random, ids: Identities) -> Household:
    """A family that is referred, perhaps again after closing, perhaps more than twice."""
    day = on_working(HISTORY + rng.randrange(TODAY - HISTORY + 1))
    family = ids.household(rng, day)
    if rng.random() < 0.23:
        for child in family.children:
            if child.born < day - 3 * 365:
                child.earlier_plans = 1
    while day <= TODAY:
        closed = _episode(rng, family.children, day)
        if closed is None or rng.random() > 0.39:
            break
        day = on_working(closed + 6 + int(rng.expovariate(1 / 130)))
    return family


def _recent(days: list[int], day: int) -> int:
    return sum(day - 365 <= earlier < day for earlier in days)


def _episode(rng: Random, family: list[Child], day: int) -> int | None:
    """One referral and what follows; returns the day of closing, None while it is open."""
    children = [
        child
        for child in family
        if child.grown > day + 60 and child.born < day and rng.random() < 0.93
    ] or [child for child in family if child.grown > day + 60 and child.born < day][:1]
    if not children:
        return None
    source, nfa = pick(rng, SOURCES), rng.random() < 0.065
    for child in children:
        child.contacts.append((day, source))
        earlier = _recent([referral.date for referral in child.referrals], day)
        child.referrals.append(Referral(day, source, nfa, earlier))
    if nfa:
        return day
    return _assess(rng, children, day)


def _assess(rng: Random, children: list[Child], day: int) -> int | None:
    code = pick(rng, NEEDS)
    for child in children:
        child.needs.append(Need(day, code))
    start = on_working(day + rng.choice((0, 0, 1, 1, 2)))
    if start > TODAY:
        return None
    late = rng.random() > 0.862
    length = 46 + int(rng.expovariate(1 / 11)) if late else int(rng.triangular(8, 45.9, 38))
    end = add_working(start, length)
    plan_from = _enquire(rng, children, on_working(start + rng.randrange(9)), 0.33)
    support = plan_from is not None or rng.random() < 0.65
    if plan_from is not None:
        end = min(end, max(start, on_working(plan_from)))
    done = end <= TODAY
    for child in children:
        seen = rng.random() < 0.955
        child.assessments.append(
            Assessment(start, end if done else None, seen, support if done else None)
        )
    if plan_from is not None:
        return _protect(rng, children, plan_from)
    if not done:
        return None
    if not support:
        down = rng.random() < 0.3
        if down:
            _early_help(rng, children, end + 5)
        return _close(children, end, EARLY_HELP if down else NO_ACTION)
    return _support(rng, children, end)


def _young(children: list[Child], day: int) -> list[Child]:
    """Those who are not about to turn eighteen."""
    return [child for child in children if child.grown > day + 5]


def _enquire(rng: Random, children: list[Child], day: int, chance: float) -> int | None:
    """Perhaps a section 47 enquiry; returns the day on which a protection plan starts."""
    if rng.random() > chance or day > TODAY:
        return None
    held = rng.random() < 0.345
    wait = (
        int(rng.triangular(6, 15.9, 14)) if rng.random() < 0.83 else 16 + int(rng.expovariate(0.2))
    )
    conference = add_working(day, wait)
    decided = add_working(day, rng.randrange(3, 12)) <= TODAY
    plan = rng.random() < 0.87
    reached = held and conference <= TODAY
    for child in _young(children, day):
        earlier = [enquiry for enquiry in child.enquiries if day - 365 <= enquiry.date < day]
        child.enquiries.append(
            Enquiry(
                day,
                (not held) if decided else None,
                conference if reached else None,
                plan if reached else None,
                len(earlier),
                sum(enquiry.conference is not None for enquiry in earlier),
            )
        )
    return conference if reached and plan else None


def _support(rng: Random, children: list[Child], day: int) -> int | None:
    """A child in need plan, which may turn into protection or care."""
    end = on_working(day + 30 + int(rng.expovariate(1 / 190)))
    turn = rng.random()
    if turn < 0.10:
        halfway = on_working(day + rng.randrange(10, max(12, end - day)))
        plan_from = _enquire(rng, children, halfway, 1.0)
        if plan_from is not None:
            return _protect(rng, children, plan_from)
        end = max(end, halfway + 30)
    elif turn < 0.155:
        return _care(rng, children, on_working(day + rng.randrange(5, 120)), end)
    if end > TODAY:
        return None
    reason = MOVED if rng.random() < 0.06 else ENDED
    if reason == ENDED and rng.random() < 0.45:
        _early_help(rng, children, end + 3)
    return _close(children, end, reason)


def _protect(rng: Random, children: list[Child], day: int) -> int | None:
    """A protection plan, then a step down, or care, or closing."""
    category = pick(rng, ABUSE)
    latest = category if rng.random() < 0.88 else pick(rng, ABUSE)
    end = on_working(day + 80 + int(rng.gammavariate(2.2, 105)))
    emergency = rng.random() < 0.03
    for child in _young(children, day):
        earlier = child.earlier_plans + len(child.plans)
        plan = Protection(day, category, latest, earlier, emergency=emergency)
        if end <= TODAY:
            plan.end = min(end, child.grown)
        elif child.grown <= TODAY:
            plan.end = child.grown
        child.plans.append(plan)
    if rng.random() < 0.17:
        entry = on_working(day + rng.randrange(20, end - day))
        if entry <= TODAY:
            for child in _young(children, day):
                child.plans[-1].end = min(entry, child.plans[-1].end or entry)
            return _care(rng, children, entry, entry)
    if end > TODAY:
        return _close([child for child in children if child.grown <= TODAY], TODAY, GROWN)
    closing = on_working(end + 25 + int(rng.expovariate(1 / 70)))
    if rng.random() < 0.12:
        closing = end
    return None if closing > TODAY else _close(children, closing, ENDED)


def _care(rng: Random, children: list[Child], day: int, end: int) -> int | None:
    """Children come into care on the day, unless it lies ahead."""
    if day > TODAY:
        return None if end > TODAY else _close(children, end, ENDED)
    closings = [enter_care(rng, child, day) for child in _young(children, day)]
    if not closings:
        return _close(children, day, GROWN)
    return None if None in closings else max(closing for closing in closings if closing)


def _close(children: list[Child], day: int, reason: str) -> int | None:
    """Close what is open: at the eighteenth birthday where that comes first."""
    for child in children:
        need = child.needs[-1]
        if need.end is None:
            need.end, need.reason = day, reason
            if child.grown < day:
                need.end, need.reason = max(child.grown, need.start), GROWN
    return day

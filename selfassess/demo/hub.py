"""The front door: contacts through the hub, and the queue that nobody has decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from selfassess.demo.days import TODAY, add_working, iso, on_working, working_between
from selfassess.demo.people import Household, pick
from selfassess.demo.practice import SINCE

__all__ = ["TURNED", "HubContact", "earlier_contacts", "hub_contacts", "hub_rows"]

COLOURS = (("red", 8), ("amber", 30), ("green", 44), ("blue", 18))
LIMIT_HOURS = {"red": 4, "amber": 24, "green": 72, "blue": 72}
IN_TIME = {"red": 0.96, "amber": 0.84, "green": 0.91, "blue": 0.95}
IN_TIME_BEFORE = {"red": 0.99, "amber": 0.975, "green": 0.985, "blue": 0.99}
BEGUN = dt.date(2025, 7, 1).toordinal()
"""The hub keeps its contacts from here on: long enough to see a change from chance."""
TURNED = dt.date(2026, 2, 1)
"""From this month on the hub decides later than before: the planted change."""
OUTCOMES = (
    ("Information and advice", 34),
    ("Early help", 20),
    ("No further action", 38),
    ("Signposted to another service", 8),
)
OPENS, CLOSES = 8 * 60, 19 * 60
"""The hub's working day in minutes after midnight."""
OLDEST = 27
"""Working days that the oldest undecided contact has waited."""


@dataclass(slots=True)
class HubContact:
    """A contact about one child; `undecided` ones are the planted queue."""

    child: int
    source: str
    day: int
    referred: bool
    undecided: bool = False


def hub_contacts(rng: Random, families: list[Household]) -> list[HubContact]:
    """Contacts of the last six months, some of which are still waiting for a decision."""
    contacts = [
        HubContact(
            child.id,
            source.split(": ", 1)[-1],
            day,
            any(0 <= referral.date - day <= 3 for referral in child.referrals),
        )
        for family in families
        for child in family.children
        for day, source in child.contacts
        if SINCE < day <= TODAY
    ]
    contacts.sort(key=lambda contact: (contact.day, contact.child))
    _plant_queue(rng, contacts)
    return contacts


def earlier_contacts(
    rng: Random, families: list[Household], later: list[HubContact]
) -> list[HubContact]:
    """Contacts before those of the lists, as many a month, about children whom a list names."""
    children = [child for family in families for child in family.children]
    contacts = [
        HubContact(child.id, source.split(": ", 1)[-1], day, referred=True)
        for child in children
        for day, source in child.contacts
        if BEGUN <= day <= SINCE and any(0 <= r.date - day <= 3 for r in child.referrals)
    ]
    known = [
        child
        for child in children
        if any(day > SINCE for day, _ in child.contacts)
        or any(referral.date >= BEGUN for referral in child.referrals)
    ]
    sources = [contact.source for contact in later]
    days = [day for day in range(BEGUN, SINCE + 1) if on_working(day) == day]
    wanted = len(later) * working_between(BEGUN, SINCE) // max(1, working_between(SINCE, TODAY))
    for _ in range(max(0, wanted - len(contacts)) if known and sources else 0):
        child, day = rng.choice(known), rng.choice(days)
        if child.born < day < child.grown:
            contacts.append(HubContact(child.id, rng.choice(sources), day, referred=False))
    contacts.sort(key=lambda contact: (contact.day, contact.child))
    return contacts


def _plant_queue(rng: Random, contacts: list[HubContact]) -> None:
    """Leave more than a day's arrivals undecided, the oldest of them for over five weeks."""
    first = add_working(TODAY, -OLDEST)
    waiting = [c for c in contacts if first <= c.day < add_working(TODAY, -2) and not c.referred]
    a_day = len(contacts) / max(1, working_between(SINCE, TODAY))
    wanted = min(len(waiting), max(24, int(1.6 * a_day)))
    if not waiting:
        return
    waiting[0].undecided = True
    for contact in rng.sample(waiting[1:], wanted - 1):
        contact.undecided = True


def hub_rows(
    rng: Random, contacts: list[HubContact], first: int = 1
) -> Iterator[tuple[object, ...]]:
    """One row a contact, numbered on: when it came, in which colour, when decided and how."""
    for number, contact in enumerate(contacts, start=first):
        colour = pick(rng, COLOURS)
        if contact.undecided:
            colour = rng.choice(("amber", "green", "green", "blue"))
        minutes = rng.randrange(OPENS, CLOSES - 60)
        received = _moment(contact.day, minutes)
        decided = _decided(rng, contact, colour, minutes)
        outcome = "" if not decided else "Referral" if contact.referred else pick(rng, OUTCOMES)
        row = (f"HUB-{number:06d}", contact.child, contact.source, colour, received)
        yield (*row, decided, outcome)


def _decided(rng: Random, contact: HubContact, colour: str, minutes: int) -> str:
    """The moment of decision: in the working day mostly, red work at any hour."""
    if contact.undecided:
        return ""
    limit = LIMIT_HOURS[colour] * 60
    in_time = IN_TIME if contact.day >= TURNED.toordinal() else IN_TIME_BEFORE
    late = rng.random() > in_time[colour]
    taken = (
        limit + 20 + int(rng.expovariate(1 / 600)) if late else int(limit * rng.uniform(0.1, 0.9))
    )
    day, minute = divmod(minutes + taken, 24 * 60)
    day += contact.day
    in_hours = on_working(day) == day and OPENS <= minute < CLOSES
    if not in_hours and colour != "red":
        if late:
            day, minute = on_working(day + 1), rng.randrange(OPENS, CLOSES)
        else:
            day, minute = contact.day, rng.randrange(minutes + 10, CLOSES)
    if day > TODAY:
        # Only what came today or the working day before may wait: the queue is planted.
        if not contact.referred and working_between(contact.day, TODAY) <= 1:
            return ""
        day, minute = contact.day, minutes + 10
    return _moment(day, minute)


def _moment(day: int, minute: int) -> str:
    return f"{iso(day)} {minute // 60:02d}:{minute % 60:02d}"

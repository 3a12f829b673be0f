"""The front door: contacts through the hub, and the queue that nobody has decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from selfassess.demo.days import TODAY, add_working, iso, on_working, working_between
from selfassess.demo.people import Household, pick
from selfassess.demo.practice import SINCE

__all__ = ["HubContact", "hub_contacts", "hub_rows"]

COLOURS = (("red", 8), ("amber", 30), ("green", 44), ("blue", 18))
LIMIT_HOURS = {"red": 4, "amber": 24, "green": 72, "blue": 72}
IN_TIME = {"red": 0.96, "amber": 0.84, "green": 0.91, "blue": 0.95}
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


def hub_rows(rng: Random, contacts: list[HubContact]) -> Iterator[tuple[object, ...]]:
    """One row a contact: when it came, in which colour, when it was decided and how."""
    for number, contact in enumerate(contacts, start=1):
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
    late = rng.random() > IN_TIME[colour]
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

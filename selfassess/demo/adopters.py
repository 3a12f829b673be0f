"""List 11: households that have been in touch with the adoption agency in the last year."""

from __future__ import annotations

from random import Random

from selfassess.demo.days import TODAY, on_working
from selfassess.demo.lists import Row
from selfassess.demo.people import ETHNICITIES, pick

__all__ = ["adopter_rows"]

STEPS = ((20, 60), (45, 75), (5, 40), (90, 130), (1, 10), (10, 30), (30, 240), (20, 80))
"""Least and most days between enquiry, the stages, application, approval, match and placement."""


def adopter_rows(rng: Random, count: int, families: list[str | int | None]) -> list[Row]:
    """So many adopters, in pairs mostly; some belong to the adopted children's families.

    Args:
        rng: where chance comes from.
        count: how many rows.
        families: family identifiers of the children on list 10.
    """
    rows: list[Row] = []
    number = 8_000_000 + rng.randrange(900_000)
    waiting = list(families)
    while len(rows) < count:
        family = waiting.pop() if waiting and rng.random() < 0.5 else number + 500_000
        enquiry = on_working(TODAY - rng.randrange(10, 700))
        days: list[int | None] = []
        day = enquiry
        for least, most in STEPS:
            day = on_working(day + rng.randrange(least, most))
            days.append(day if day <= TODAY else None)
        left = None
        if days[-1] is None and rng.random() < 0.15:
            reached = max([enquiry, *(day for day in days if day is not None)])
            left = min(TODAY, reached + rng.randrange(1, 60))
        placed = days[7]
        order = None
        if placed is not None and TODAY - placed > 150:
            order = on_working(placed + 140)
        early = "Yes" if rng.random() < 0.2 else "No"
        ethnicity = pick(rng, ETHNICITIES)
        for sex in ("a) Male", "b) Female")[: 2 if rng.random() < 0.8 else 1]:
            if len(rows) == count:
                break
            number += rng.randrange(3, 40)
            children = 1 if placed is not None else None
            who = (
                number,
                family,
                sex,
                ethnicity,
                "a) Yes" if rng.random() < 0.03 else "b) No",
                early,
            )
            reason = None if left is None else rng.choice(("1 withdrew", "2 on hold"))
            rows.append((*who, enquiry, *days, children, order, left, reason))
    return rows

"""Invented children, siblings in households, and invented names for staff."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from selfassess.demo.days import birthday
from selfassess.demo.records import (
    Adoption,
    Assessment,
    Care,
    Enquiry,
    Leaver,
    Need,
    Protection,
    Referral,
)

__all__ = ["Child", "Household", "Identities", "pick", "staff_names"]

SEXES = (("a) Male", 513), ("b) Female", 483), ("c) Not stated/recorded", 4))
ETHNICITIES = (
    ("a) WBRI", 640),
    ("b) WIRI", 6),
    ("c) WIRT", 4),
    ("d) WOTH", 52),
    ("e) WROM", 8),
    ("f) MWBC", 34),
    ("g) MWBA", 16),
    ("h) MWAS", 22),
    ("i) MOTH", 25),
    ("j) AIND", 18),
    ("k) APKN", 44),
    ("l) ABAN", 20),
    ("m) AOTH", 17),
    ("n) BCRB", 20),
    ("o) BAFR", 38),
    ("p) BOTH", 9),
    ("q) CHNE", 3),
    ("r) OOTH", 18),
    ("t) NOBT", 6),
)
FIRST = [
    "Amara",
    "Bethan",
    "Callum",
    "Devika",
    "Esme",
    "Farouk",
    "Greta",
    "Hamish",
    "Ines",
    "Jarek",
    "Kezia",
    "Lorcan",
    "Maren",
    "Nikhil",
    "Odette",
    "Piers",
    "Quilla",
    "Rohan",
    "Sunniva",
    "Tobin",
    "Ursula",
    "Vikram",
    "Wendeline",
    "Xanthe",
    "Yusuf",
    "Zelda",
    "Anselm",
    "Briony",
    "Cosmo",
    "Dilys",
]
LAST = [
    "Abernook",
    "Birchwell",
    "Copperfold",
    "Dunmarrow",
    "Elmsbrook",
    "Fennimoor",
    "Garrowby",
    "Hazelden",
    "Inglecroft",
    "Juniperly",
    "Kestrelton",
    "Larkhollow",
    "Marshwick",
    "Nettlefold",
    "Oakhanger",
    "Pinkerley",
    "Quillstone",
    "Rookwood",
    "Sandermere",
    "Thistlewaite",
    "Umberley",
    "Vantage",
    "Willowmere",
    "Yarrowdale",
    "Zennorby",
]


def pick(rng: Random, weighted: tuple[tuple[Any, int], ...]) -> Any:
    """One value, drawn by its weight."""
    return rng.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]


@dataclass(slots=True)
class Child:
    """One child and everything that happened; days are ordinals."""

    id: int
    sex: str
    ethnicity: str
    born: int
    disabled: bool
    unaccompanied: bool = False
    earlier_plans: int = 0
    contacts: list[tuple[int, str]] = field(default_factory=list)
    early_help: list[tuple[int, int | None, str]] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    plans: list[Protection] = field(default_factory=list)
    care: list[Care] = field(default_factory=list)
    leaver: Leaver | None = None
    adoption: Adoption | None = None
    team: str = ""
    worker: str = ""

    @property
    def grown(self) -> int:
        """The day of the eighteenth birthday."""
        return birthday(self.born, 18)


@dataclass(slots=True)
class Household:
    """Children who live together; one worker holds them all."""

    children: list[Child]


class Identities:
    """Hands out child ids that look arbitrary and never repeat.

    Ids come from steps through a range in strides that share no factor with its length.
    """

    RANGE = 8_999_993
    STRIDE = 3_571_429

    def __init__(self, rng: Random) -> None:
        self._next = rng.randrange(self.RANGE)

    def take(self) -> int:
        """The next id: a number of seven digits."""
        self._next = (self._next + self.STRIDE) % self.RANGE
        return 1_000_000 + self._next

    def household(self, rng: Random, day: int, *, youngest: int = 0, oldest: int = 16) -> Household:
        """A household of one to five siblings, the youngest of these ages on the day given."""
        size = pick(rng, ((1, 46), (2, 30), (3, 15), (4, 6), (5, 3)))
        ethnicity = pick(rng, ETHNICITIES)
        age = rng.uniform(youngest, oldest) if youngest else oldest * rng.random() ** 1.3
        children: list[Child] = []
        for _ in range(size):
            born = day - int(age * 365.25) - 20
            if birthday(born, 18) <= day + 60 and children:
                break
            children.append(
                Child(
                    id=self.take(),
                    sex=pick(rng, SEXES),
                    ethnicity=ethnicity,
                    born=born,
                    disabled=rng.random() < 0.11,
                )
            )
            age += rng.uniform(1.0, 3.6)
        return Household(children)


def staff_names(rng: Random) -> Iterator[str]:
    """Invented names, none twice; a number follows once the plain ones are used up."""
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    rng.shuffle(names)
    yield from names
    number = 2
    while True:
        yield from (f"{name} {number}" for name in names)
        number += 1

"""Care, leaving care and adoption in the demo."""

from __future__ import annotations

from random import Random

from selfassess.demo.days import TODAY, age_at, birthday, months_back, on_working
from selfassess.demo.people import Child, Household, Identities, pick
from selfassess.demo.records import Adoption, Care, Leaver, Need

__all__ = ["add_adoptions", "add_leavers", "care_household", "enter_care", "leaver_household"]

LEGAL = (
    ("C1: Interim care order", 20),
    ("C2: Full care order", 52),
    ("E1: Placement order", 6),
    ("V2: Section 20", 20),
    ("L2: Emergency protection order", 2),
)
PLACEMENTS = (
    ("a) U1: Foster placement - relatives - long term", 6),
    ("c) U3: Foster placement - relatives - not long term or FFA", 9),
    ("d) U4: Foster placement - long term", 26),
    ("f) U6: Foster placement - not FFA", 31),
    ("k) P1: Placed with own parents", 6),
    ("n) H5: Residential accommodation", 8),
    ("p) K2: Children's home", 12),
    ("o) K1: Secure children's home", 1),
    ("s) R3: Family centre", 1),
)
PROVIDERS = (
    ("b) PR1 - Own provision", 48),
    ("e) PR4 - Private provision", 44),
    ("f) PR5 - Voluntary/third sector", 8),
)
PERMANENCE = (
    ("a) Return to family", 16),
    ("b) Adoption", 8),
    ("c) SGO/CAO", 14),
    ("d) Supported living in the community", 8),
    ("e) Long-term residential placement", 8),
    ("f) Long-term fostering", 40),
    ("g) Other", 6),
)
ABUSE_OR_NEGLECT = "N1 - Abuse or neglect"
ABSENT = "N8 - Absent parenting"
HOME = "e) E4A: Returned home to live with parents"
GUARDIAN = "k) E47: Special guardianship order"
INDEPENDENT = "m) E5: Moved into independent living"
ADOPTED = "a) E11: Adopted"


def enter_care(rng: Random, child: Child, day: int) -> int | None:
    """Take the child into care on the day; returns the day of leaving and closing, or None."""
    again = any(care.end is not None and day - care.end < 365 for care in child.care)
    code = ABSENT if child.unaccompanied else ABUSE_OR_NEGLECT
    care = Care(day, code, again=again)
    child.care.append(care)
    need = child.needs[-1] if child.needs else Need(day, code)
    if not child.needs:
        child.needs.append(need)
    need.end, need.reason = None, None
    leave = on_working(day + 12 + int(rng.expovariate(1 / 900)))
    last = min(leave, child.grown)
    if last <= TODAY:
        care.end = last
        care.reason = INDEPENDENT if last == child.grown else rng.choice((HOME, HOME, GUARDIAN))
        need.end = last
        need.reason = "RC7 - Services ceased for any other reason"
    _live_in_care(rng, child, care)
    return care.end


def _live_in_care(rng: Random, child: Child, care: Care) -> None:
    """Fill in orders, placements, reviews and health up to the end, or to today."""
    last = care.end or TODAY
    length = last - care.start
    care.legal = "V2: Section 20" if child.unaccompanied else pick(rng, LEGAL)
    moved_on = int(length * rng.random() * 0.5)
    care.legal_from = care.start + (moved_on if length > 60 and "C2" in care.legal else 0)
    care.placement = pick(rng, PLACEMENTS)
    if "H5" in care.placement and age_at(child.born, last) < 16:
        care.placement = "f) U6: Foster placement - not FFA"
    care.provider = pick(rng, PROVIDERS)
    year = min(length, 365)
    care.placements = pick(rng, ((1, 66), (2, 24), (3, 7), (4, 2), (5, 1))) if length > 40 else 1
    care.placed = last - int(year * rng.random() * 0.8) if care.placements > 1 else care.start
    if care.placements == 1 and length > 900 and rng.random() < 0.35:
        care.placed = care.start + int((length - 365) * rng.random())
    care.inside = rng.random() < 0.68
    care.other_council = not care.inside and rng.random() < 0.85
    care.postcode = f"ZZ{rng.randrange(1, 20)} {rng.randrange(1, 10)}{rng.choice('ABDEFGHJ')}X"
    if "K2" in care.placement or "H5" in care.placement:
        care.urn = f"SC{rng.randrange(900000, 999999)}"
    if length > 110 and rng.random() < 0.93:
        care.permanence = pick(rng, PERMANENCE)
    if length > 28:
        gap = rng.randrange(0, 178) if rng.random() < 0.94 else rng.randrange(190, 260)
        care.review = on_working(max(care.start + 18, last - gap) - 2)
        care.officer = max(care.review - rng.randrange(2, 25), care.start)
    if length > 35:
        limit = 178 if age_at(child.born, last) < 5 else 360
        gap = rng.randrange(0, limit) if rng.random() < 0.9 else limit + rng.randrange(20, 120)
        care.health = max(care.start + 12, last - gap)
    if length > 60 and age_at(child.born, last) >= 2 and rng.random() < 0.95:
        gap = rng.randrange(0, 360) if rng.random() < 0.86 else 370 + rng.randrange(180)
        care.dental = max(care.start + 20, last - gap)
    if age_at(child.born, last) >= 11 and rng.random() < 0.17:
        care.missing = pick(rng, ((1, 50), (2, 22), (3, 12), (5, 10), (9, 6)))
        care.offered = "a) Yes" if rng.random() < 0.9 else "b) No"
        if care.offered == "a) Yes":
            care.accepted = "a) Yes" if rng.random() < 0.68 else "b) No"
    if rng.random() < 0.03:
        care.absent = rng.randrange(1, 4)


def care_household(rng: Random, ids: Identities) -> Household:
    """Children who came into care years ago and are there still, or left in the last months."""
    years = rng.uniform(1.0, 9.0)
    day = on_working(TODAY - int(years * 365))
    family = ids.household(rng, day, oldest=12)
    alone = rng.random() < 0.07
    if alone:
        day = on_working(TODAY - rng.randrange(20, 700))
        family = ids.household(rng, day, youngest=15, oldest=17)
        del family.children[1:]
        family.children[0].sex = "a) Male"
        family.children[0].unaccompanied = True
    kept = []
    for child in family.children:
        if child.grown <= months_back(6) + 5:
            continue
        kept.append(child)
        need = Need(day - (0 if alone else rng.randrange(30, 200)), ABUSE_OR_NEGLECT)
        need.start = max(need.start, child.born + 1)
        care = Care(day, ABSENT if alone else ABUSE_OR_NEGLECT)
        if child.grown <= TODAY or rng.random() < 0.05:
            care.end = child.grown if child.grown <= TODAY else TODAY - rng.randrange(1, 180)
            care.end = max(care.end, day + 5)
            care.reason = INDEPENDENT if care.end == child.grown else rng.choice((HOME, GUARDIAN))
            need.end, need.reason = care.end, "RC7 - Services ceased for any other reason"
        child.needs.append(need)
        child.care.append(care)
        _live_in_care(rng, child, care)
    family.children = kept
    return family


def leaver_household(rng: Random, ids: Identities) -> Household:
    """A young person of 18 to 24 who left care."""
    born = TODAY - int((18 + 6.9 * rng.random() ** 1.6) * 365.25)
    family = ids.household(rng, birthday(born, 10))
    child = family.children[0]
    del family.children[1:]
    child.born = born
    child.unaccompanied = rng.random() < 0.16
    child.leaver = _leaver(rng, child)
    return family


def add_leavers(rng: Random, family: Household) -> None:
    """Those of the family who left care at eighteen are entitled to leaving care services."""
    for child in family.children:
        if child.leaver is None and any(care.end == child.grown for care in child.care):
            child.leaver = _leaver(rng, child)


def _leaver(rng: Random, child: Child) -> Leaver:
    touch = pick(rng, (("a) Yes", 955), ("b) No", 25), ("d) Refu", 12), ("e) NREQ", 8)))
    reached = touch == "a) Yes"
    recent = rng.randrange(2, 55) if rng.random() < 0.92 else rng.randrange(60, 120)
    review = rng.randrange(3, 178) if rng.random() < 0.88 else rng.randrange(190, 320)
    activity: tuple[tuple[str, int], ...] = (
        ("F1: Full time in higher education", 6),
        ("F2: Full time in education other than higher", 20),
        ("F4: Full time apprenticeship", 5),
        ("F5: Full time in employment", 20),
        ("P5: Part time in employment", 9),
        ("G4: Not in education, employment or training - illness or disability", 12),
        ("G5: Not in education, employment or training - other", 22),
        ("G6: Not in education, employment or training - pregnancy or parenting", 6),
    )
    homes = (
        ("U: Independent living", 42),
        ("D: Semi-independent, transitional accommodation", 18),
        ("V: Emergency accommodation", 1),
        ("Z: With former foster carers", 13),
        ("B: With parents or relatives", 14),
        ("E: Supported lodgings", 6),
        ("Y: Other accommodation", 3),
        ("X: In custody", 2),
        ("W: Bed and breakfast", 1),
    )
    home = pick(rng, homes) if reached else None
    poor = home is not None and home[0] in "VXW"
    fit = (
        None if home is None else "b) Unsuitable" if poor or rng.random() < 0.05 else "a) Suitable"
    )
    return Leaver(
        "b) Former relevant child" if rng.random() < 0.9 else "c) Qualifying care leaver",
        touch,
        TODAY - recent if reached else TODAY - recent - 90,
        TODAY - review,
        home,
        fit,
        pick(rng, activity) if reached else None,
    )


def add_adoptions(rng: Random, family: Household, identity: int) -> None:
    """Some of the youngest children in care are on the way to adoption, or are adopted."""
    for child in family.children:
        care = child.care[-1] if child.care else None
        if care is None or care.end is not None or age_at(child.born, care.start) > 4:
            continue
        if not 200 <= TODAY - care.start < 1000 or rng.random() > 0.5:
            continue
        decided = on_working(max(care.start + 90, TODAY - rng.randrange(20, 340)))
        way = Adoption(identity, care.start, decided)
        steps = [decided]
        for least, most in ((20, 90), (30, 140), (14, 60)):
            steps.append(on_working(steps[-1] + rng.randrange(least, most)))
        order, matched, placed = (day if day <= TODAY else None for day in steps[1:])
        way.order, way.matched, way.placed = order, matched, placed
        if placed is None and order is not None and TODAY - order > 40 and rng.random() < 0.15:
            way.reversed, way.reason, way.matched = TODAY - rng.randrange(1, 30), "RD2", None
        child.adoption = way
        care.permanence = "b) Adoption"
        if order is not None:
            care.legal, care.legal_from = "E1: Placement order", order
        if placed is not None:
            care.placement = "j) A6: Placed for adoption with placement order"
            care.placed, care.placements = placed, 2
            leaving = on_working(placed + 90 + rng.randrange(60))
            if leaving <= TODAY:
                way.adopted, care.end, care.reason = leaving, leaving, ADOPTED
                child.needs[-1].end, child.needs[-1].reason = leaving, "RC1 - Adopted"

"""Each child's rows on the eleven lists, within the months that each list covers."""

from __future__ import annotations

from collections.abc import Iterator

from selfassess.demo.days import TODAY, age_at, months_back
from selfassess.demo.lists import Row
from selfassess.demo.people import Child
from selfassess.demo.records import Care, Need, Protection
from selfassess.demo.workforce import state

__all__ = ["COVER", "rows_of"]

COVER = {"flow": months_back(6), "history": months_back(24), "year": months_back(12)}
"""Lists 3, 5, 6 and 7 hold 24 months, so that measures can look back; 1, 2, 4 and 8 hold six."""

STATUS = {
    "care": "a) Looked after child",
    "cp": "b) Child Protection plan",
    "cin": "c) Child in need plan",
    "assessment": "d) Open assessment",
}


def yes(value: bool | None, *, letters: bool = True) -> str | None:
    """A yes or no as the lists write it; None stays blank."""
    if value is None:
        return None
    return ("a) Yes" if value else "b) No") if letters else ("Yes" if value else "No")


def rows_of(child: Child) -> Iterator[tuple[int, Row]]:
    """Every row of the child, with the number of the list that it belongs to."""
    core: Row = (child.id, child.sex, child.ethnicity, child.born, age_at(child.born, TODAY))
    held: Row = (child.team or None, child.worker or None)
    for day, source in child.contacts:
        if COVER["flow"] < day <= TODAY:
            yield 1, (*core, day, source)
    for start, end, helper in child.early_help:
        if end is None or end > COVER["flow"]:
            yield 2, (*core, start, end, helper)
    for referral in child.referrals:
        if referral.date > COVER["history"]:
            facts = (referral.date, referral.source, yes(referral.nfa), referral.earlier)
            yield 3, (*core, *facts, *held)
    yield from _enquiries(child, core, held)
    yield from _open_work(child, core, held)
    yield from _leaving(child, core, held)


def _enquiries(child: Child, core: Row, held: Row) -> Iterator[tuple[int, Row]]:
    disabled = yes(child.disabled)
    for one in child.assessments:
        if one.end is None or one.end > COVER["flow"]:
            answers = (one.start, yes(one.seen, letters=False), one.end, yes(one.support))
            yield 4, (*core, disabled, *answers, *held)
    for other in child.enquiries:
        if other.date > COVER["history"]:
            needless, plan = yes(other.unnecessary, letters=False), yes(other.plan, letters=False)
            counts = (other.earlier_enquiries, other.earlier_conferences)
            answer = (other.date, needless, other.conference, plan, *counts)
            yield 5, (*core, disabled, *answer, *held)


def _open_work(child: Child, core: Row, held: Row) -> Iterator[tuple[int, Row]]:
    disabled, now = yes(child.disabled), state(child)
    spans: list[Need | Protection | Care] = [*child.needs, *child.plans, *child.care]
    seen = [visit.date for span in spans for visit in span.visits]
    for need in child.needs:
        if need.end is None or need.end > COVER["history"]:
            until = TODAY if need.end is None else need.end
            last = max((day for day in seen if need.start <= day <= until), default=None)
            status = "e) Closed episode" if need.end is not None else STATUS[now]
            facts = (need.start, need.code, last, need.end, need.reason, status)
            yield 6, (*core, disabled, *facts, *held)
    for plan in child.plans:
        if plan.end is None or plan.end > COVER["history"]:
            visit = plan.visits[-1] if plan.visits else None
            seen_last = (visit.date, yes(visit.alone)) if visit else (None, None)
            abuse = (plan.start, plan.category, plan.latest)
            rest = (plan.review, plan.end, yes(plan.emergency), plan.earlier)
            yield 7, (*core, disabled, *abuse, *seen_last, *rest, *held)
    for care in child.care:
        if care.end is None or care.end > COVER["flow"]:
            yield 8, (*core, *_care(child, care), *held)


def _leaving(child: Child, core: Row, held: Row) -> Iterator[tuple[int, Row]]:
    disabled = yes(child.disabled)
    leaver, way = child.leaver, child.adoption
    if leaver is not None:
        lives = (leaver.accommodation, leaver.suitable, leaver.activity)
        facts = (leaver.eligibility, leaver.review, leaver.in_touch, leaver.contact, *lives)
        who = (yes(child.unaccompanied), disabled, *held, child.worker or None)
        yield 9, (str(child.id), *core[1:], *who, *facts)
    if way is not None:
        steps = (way.entered, way.decided, way.order, way.matched, way.placed, way.adopted)
        yield (
            10,
            (child.id, way.family, *core[1:], disabled, *steps, way.reversed, way.reason, None),
        )


def _care(child: Child, care: Care) -> Row:
    return (
        yes(child.unaccompanied and TODAY - care.start < 365),
        yes(child.disabled),
        care.start,
        care.code,
        yes(care.again),
        care.legal_from,
        care.legal,
        care.review,
        care.visits[-1].date if care.visits else None,
        care.permanence,
        care.officer,
        care.health,
        care.dental,
        care.placements,
        care.end,
        care.reason,
        care.placed,
        care.placement,
        care.provider,
        care.postcode,
        care.urn or None,
        "In" if care.inside else "Out",
        "Otherborough" if care.other_council else "Exampleshire",
        care.missing,
        care.absent,
        care.offered,
        care.accepted,
    )

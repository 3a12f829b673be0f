"""Supervision, managers' entries, audits and what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reference import days
from reference.answer import Line, Tally
from reference.council import Council
from reference.lines import followed, judged, valued
from reference.logic import UNKNOWN, blank, both, either, eq, first_of, ge, gt, le, lt, no, one_of
from reference.registry import SHARE, measure

GRADES = ("inadequate", "requires-improvement", "good", "outstanding")


@measure("oversight.staff-supervision", SHARE, by=["team", "role"])
def staff_supervision(c: Council) -> Iterator[Line]:
    c.need("supervision", "date")
    apart = c.has("supervision", "child_id")
    for row, open_ in c.opened("workers", c.as_at):
        served = days.days(row["start"], c.as_at)
        new = le(served, c.setting("new-staff-days"))
        limit = UNKNOWN if new is UNKNOWN else c.setting(
            "staff-supervision-days", **({"new": "yes"} if new else {})
        )  # fmt: skip
        last = c.latest(
            "supervision", "date", "worker", row["worker"], c.as_at,
            lambda session: blank(session["child_id"]) if apart else True,
        )  # fmt: skip
        due = both(open_, either(gt(served, limit), no(blank(last))))
        met = le(days.days(last, c.as_at), limit)
        yield from judged(due, met, row, team=row["team"], role=row["role"])


def _looked_at(c: Council, last: Any, child: dict[str, Any]) -> Iterator[Line]:
    """Days in which a manager looks at a child: fewer where nobody is named.

    Where that cannot be read, it is asked both ways and counts only if both agree.
    """
    sooner = c.setting("unallocated-review-days")
    usual = c.setting("oversight-days", plan=child["plan"])
    limits = {None: [sooner], UNKNOWN: [sooner, usual]}.get(child["worker"], [usual])
    answers = []
    for limit in limits:
        recent = le(days.days(last, c.as_at), limit)
        due = either(gt(days.days(child["start"], c.as_at), limit), recent)
        answers.append((due, recent))
    dues, recents = ({id(each): each for each in part} for part in zip(*answers, strict=True))
    due = answers[0][0] if len(dues) == 1 else UNKNOWN
    met = answers[0][1] if len(recents) == 1 else UNKNOWN
    yield from judged(due, met, child, plan=child["plan"], team=child["team"])


@measure("oversight.case-supervision", SHARE, by=["plan", "team"])
def case_supervision(c: Council) -> Iterator[Line]:
    c.need("supervision", "date", "child_id")
    for child in c.open_children:
        last = c.latest("supervision", "date", "child_id", child["child_id"], c.as_at)
        yield from _looked_at(c, last, child)


def _entry(c: Council, child: dict[str, Any]) -> Any:
    return c.latest(
        "case_notes", "date", "child_id", child["child_id"], c.as_at,
        lambda note: eq(note["author_role"], "manager"),
    )  # fmt: skip


@measure("oversight.recent-entry", SHARE, by=["plan", "team"])
def recent_entry(c: Council) -> Iterator[Line]:
    c.need("case_notes", "date", "author_role")
    for child in c.open_children:
        yield from _looked_at(c, _entry(c, child), child)


@measure("oversight.longest-gap", Tally("max"), by=["plan", "team"])
def longest_gap(c: Council) -> Iterator[Line]:
    c.need("case_notes", "date", "author_role")
    for child in c.open_children:
        since = first_of(_entry(c, child), child["start"])
        yield from valued(
            True, days.days(since, c.as_at), child, plan=child["plan"], team=child["team"]
        )


@measure("oversight.allocation-direction", SHARE, by=["plan", "quarter"])
def allocation_direction(c: Council) -> Iterator[Line]:
    c.need("case_notes", "recorded", "kind")
    for row in c.rows("allocations", "allocated", "plan"):
        named = row["allocated"]

        def directs(note: Any, named: Any = named) -> Any:
            apart = days.working_days(named, note["recorded"])
            return both(eq(note["kind"], "allocation-direction"), ge(apart, -5), le(apart, 1))

        found = c.count("case_notes", row["child_id"], directs, "recorded")
        yield from followed(
            days.within(named, c.as_at, 6), days.working_days(named, c.as_at), 1, ge(found, 1), row,
            plan=row["plan"], quarter=days.quarter(named),
        )  # fmt: skip


@measure("oversight.rationale", SHARE, by=["team", "theme", "quarter"])
def rationale(c: Council) -> Iterator[Line]:
    parts = ("decision", "reason", "action", "dated", "owner")
    for row in c.rows("entry_audits", *parts):
        whole = both(*(eq(row[part], "yes") for part in parts))
        yield from judged(
            days.within(row["date"], c.as_at, 12), whole, row,
            team=row.get("team"), theme=row.get("theme"), quarter=days.quarter(row["date"]),
        )  # fmt: skip


@measure("oversight.follow-through", SHARE, by=["quarter"])
def follow_through(c: Council) -> Iterator[Line]:
    for row in c.rows("actions", "done"):
        done = either(le(row["done"], row["due"]), le(row.get("redated"), row["due"]))
        scope = both(eq(row["kind"], "supervision"), days.within(row["due"], c.as_at, 6))
        yield from judged(scope, done, row, quarter=days.quarter(row["due"]))


@measure("oversight.audit-actions-on-time", SHARE, by=["quarter"])
def audit_actions(c: Council) -> Iterator[Line]:
    for row in c.rows("actions", "done"):
        scope = both(eq(row["kind"], "audit"), days.within(row["due"], c.as_at, 6))
        yield from judged(scope, le(row["done"], row["due"]), row, quarter=days.quarter(row["due"]))


# audits


def _audits(c: Council, *columns: str) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    """Audits of the last twelve months, with what they are broken down by."""
    for row in c.rows("audits", *columns):
        scope = days.within(row["date"], c.as_at, 12)
        yield row, scope, {
            "team": row["team"], "theme": row.get("theme"), "quarter": days.quarter(row["date"])
        }  # fmt: skip


def _graded(c: Council, wanted: tuple[str, ...]) -> Iterator[Line]:
    held = c.has("audits", "moderator_grade")
    for row, scope, labels in _audits(c):
        grade = row["auditor_grade"]
        moderated: Any = "no"
        if held:
            grade = first_of(row["moderator_grade"], grade)
            unmoderated = blank(row["moderator_grade"])
            moderated = UNKNOWN if unmoderated is UNKNOWN else "no" if unmoderated else "yes"
        yield from judged(
            both(scope, one_of(grade, GRADES)), one_of(grade, wanted), row,
            moderated=moderated, **labels,
        )  # fmt: skip


@measure("oversight.audit-good", SHARE, by=["moderated", "team", "theme", "quarter"])
def audit_good(c: Council) -> Iterator[Line]:
    yield from _graded(c, ("good", "outstanding"))


@measure("oversight.audit-inadequate", SHARE, by=["moderated", "team", "theme", "quarter"])
def audit_inadequate(c: Council) -> Iterator[Line]:
    yield from _graded(c, ("inadequate",))


@measure("oversight.moderation-coverage", SHARE, by=["team", "theme", "quarter"])
def moderation_coverage(c: Council) -> Iterator[Line]:
    for row, scope, labels in _audits(c, "moderator_grade"):
        yield from judged(scope, no(blank(row["moderator_grade"])), row, **labels)


def _pairs(c: Council) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    for row, scope, labels in _audits(c, "moderator_grade"):
        yield (
            row,
            both(scope, no(blank(row["auditor_grade"])), no(blank(row["moderator_grade"]))),
            labels,
        )


def _points(grade: Any) -> Any:
    if grade is UNKNOWN:
        return UNKNOWN
    return GRADES.index(grade) + 1 if grade in GRADES else None


def _drift(row: Any) -> Any:
    ours, theirs = _points(row["auditor_grade"]), _points(row["moderator_grade"])
    if UNKNOWN in (ours, theirs):
        return UNKNOWN
    return None if None in (ours, theirs) else ours - theirs


@measure("oversight.audit-agreement", SHARE, by=["team", "theme", "quarter"])
def audit_agreement(c: Council) -> Iterator[Line]:
    for row, scope, labels in _pairs(c):
        yield from judged(scope, eq(row["auditor_grade"], row["moderator_grade"]), row, **labels)


@measure("oversight.audit-drift", Tally("mean"), by=["team", "theme", "quarter"])
def audit_drift(c: Council) -> Iterator[Line]:
    for row, scope, labels in _pairs(c):
        yield from valued(scope, _drift(row), row, **labels)


@measure("oversight.audit-downgrades", SHARE, by=["team", "theme", "quarter"])
def audit_downgrades(c: Council) -> Iterator[Line]:
    for row, scope, labels in _pairs(c):
        lower = lt(_points(row["moderator_grade"]), _points(row["auditor_grade"]))
        yield from judged(scope, lower, row, **labels)

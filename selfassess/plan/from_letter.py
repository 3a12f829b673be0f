"""Actions proposed from a published inspection letter; what is unsure is marked for a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selfassess.model.letters import Letter, LetterPoint
from selfassess.plan.drafting import Author, add, next_id
from selfassess.plan.events import Draft
from selfassess.plan.record import Plan

__all__ = ["LetterProposal", "Statement", "letter_id", "proposals", "propose", "statement_of"]

_TITLE = 160
"""Characters of a title; the whole of a point stands in the action's first comment."""


@dataclass(frozen=True, slots=True)
class Statement:
    """By when an answer to the letter is due, and how that is known."""

    due: dt.date | None
    basis: str


@dataclass(frozen=True, slots=True)
class LetterProposal:
    """A draft of an action that answers a point of a letter.

    Attributes:
        recommendation: the id by which actions point to it.
        remark: what is written beside the draft: the point in full, its page, what is unsure.
        doubts: what a person should look at; none where all is plain.
        planned: the action that answers it already, if there is one.
    """

    recommendation: str
    kind: str
    title: str
    text: str
    page: int | None
    tags: tuple[str, ...]
    responsible: tuple[str, ...]
    due: dt.date | None
    remark: str
    doubts: tuple[str, ...]
    planned: str | None


def letter_id(letter: Letter) -> str:
    """A name for a letter that stays the same when it is downloaded again."""
    subject = re.sub(r"[^a-z0-9]+", "-", (letter.subject or "").casefold()).strip("-")
    day = letter.visited[1] if letter.visited else letter.published
    parts = [part for part in (subject, day.isoformat() if day else "") if part]
    return "letter:" + ("-".join(parts) if len(parts) == 2 else letter.sha256[:12])


def statement_of(
    letter: Letter,
    published: dt.date | None,
    add_working_days: Callable[[dt.date, int], dt.date],
    working_days: int | None = None,
) -> Statement | None:
    """When the statement of action is due; None where the letter asks for none.

    Args:
        letter: as read.
        published: the day of publication, if a person gave it; else the letter's own date.
        add_working_days: the day that lies so many working days after another.
        working_days: the council's own span; the form's if left out.
    """
    if not any(point.kind == "priority-action" for point in letter.points):
        return None
    if letter.statement_due:
        return Statement(letter.statement_due, "the day that the letter names")
    days = working_days or letter.statement_working_days
    day = published or letter.published
    if days is None:
        return Statement(None, "neither the letter nor its kind says when")
    if day is None:
        return Statement(
            None, f"{days} working days after publication, a day that the letter does not give"
        )
    return Statement(add_working_days(day, days), f"{days} working days after {day.isoformat()}")


def proposals(
    letter: Letter, plan: Plan, statement: Statement | None
) -> tuple[LetterProposal, ...]:
    """One proposal a point, and one for the statement of action where the letter asks for one."""
    base = letter_id(letter)
    answered = {why: action.id for action in plan.actions.values() for why in action.why}
    found = [
        _proposal(f"{base}#{number}", point, answered)
        for number, point in enumerate(letter.points, 1)
    ]
    if statement is not None:
        name = f"{base}#statement"
        count = sum(point.kind == "priority-action" for point in letter.points)
        points = "1 priority action" if count == 1 else f"{count} priority actions"
        doubts = () if statement.due else (f"No due date: {statement.basis}.",)
        found.insert(
            0,
            LetterProposal(
                recommendation=name,
                kind="statement",
                title="Send the statement of action that answers the letter",
                text=f"It answers {points} of the letter.",
                page=None,
                tags=(),
                responsible=(),
                due=statement.due,
                remark=f"It answers {points} of the letter. Due: {statement.basis}.",
                doubts=doubts,
                planned=answered.get(name),
            ),
        )
    return tuple(found)


def _proposal(name: str, point: LetterPoint, answered: dict[str, str]) -> LetterProposal:
    said = f"{point.lead} {point.text}".strip()
    remark = f"The letter says, on page {point.page} under '{point.heading}': {said}"
    if point.doubts:
        remark += "\n\nTo be looked at by a person: " + " ".join(point.doubts)
    words = "Priority action" if point.kind == "priority-action" else "Improve"
    return LetterProposal(
        recommendation=name,
        kind=point.kind,
        title=f"{words}: {_short(point.text)}",
        text=said,
        page=point.page,
        tags=point.tags,
        responsible=point.bodies,
        due=None,
        remark=remark,
        doubts=point.doubts,
        planned=answered.get(name),
    )


def propose(
    plan: Plan,
    author: Author,
    letter: Letter,
    found: Sequence[LetterProposal],
    tags: Callable[[str], bool] = lambda _: True,
) -> tuple[Draft, ...]:
    """Events that add what the plan does not hold yet as drafts, each with its remark.

    Args:
        plan: as it stands.
        author: who adds them.
        letter: that they come from.
        found: the proposals.
        tags: whether a tag is known here; others stay in the remark.
    """
    drafts: list[Draft] = []
    taken: list[str] = []
    came_from = letter.title + (f", {letter.subject}" if letter.subject else "")
    day = letter.visited[1] if letter.visited else letter.published
    for each in found:
        if each.planned:
            continue
        name = next_id(plan, taken)
        taken.append(name)
        fields = {
            "title": each.title,
            "why": [each.recommendation],
            "came_from": came_from,
            "came_from_date": day,
            "tags": [tag for tag in each.tags if tags(tag)],
            "responsible": list(each.responsible),
            "due": each.due,
        }
        drafts += add(plan, author, fields, id_=name)
        unknown = [tag for tag in each.tags if not tags(tag)]
        remark = each.remark + (f"\n\nTags not known here: {', '.join(unknown)}" if unknown else "")
        drafts.append(author.draft(name, "commented", remark, part="C1"))
    return tuple(drafts)


def _short(text: str) -> str:
    """The first sentence, or as many whole words of it as a title has room for."""
    first = re.split(r"(?<=[.!?;])\s", text, maxsplit=1)[0].rstrip(".;")
    if len(first) <= _TITLE:
        return first
    return first[:_TITLE].rsplit(" ", 1)[0].rstrip(",;") + " …"

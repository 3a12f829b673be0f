"""What has to be true before an action may pass: each gate says what is missing and what to do."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping

from selfassess.errors import PlanError
from selfassess.plan.progress import on_target
from selfassess.plan.record import Action
from selfassess.plan.record_parts import Reading

__all__ = [
    "DELIVERY_GATES",
    "IMPACT_GATES",
    "assurance_that_holds",
    "check_assured",
    "check_closing",
    "impact_evidence",
    "same_person",
]


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, however they are spaced or cased."""
    return bool(one.strip()) and _name(one) == _name(other)


def _name(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def impact_evidence(action: Action, after: dt.datetime | None = None) -> tuple[str, ...]:
    """What shows that the action changed something: references, and readings that are on target.

    Args:
        action: whose evidence.
        after: only what is dated later than this day.
    """
    found = [(each.date, each.ref) for each in action.evidence if each.shows == "impact"] + [
        (each.date, _reading_words(action, each)) for each in on_target(action)
    ]
    return tuple(ref for day, ref in sorted(found) if after is None or day > after.date())


def _reading_words(action: Action, reading: Reading) -> str:
    """A reading as a reference: of what, when."""
    measure = next(each for each in action.success if each.id == reading.measure)
    return f"{measure.measure or measure.text} read on {reading.date}"


def _agreed(action: Action, at: dt.datetime) -> None:
    missing = [
        word for word, held in (("an owner", action.owner), ("a due date", action.due)) if not held
    ]
    if missing:
        raise PlanError(
            f"{action.id}: cannot be agreed without {' and '.join(missing)}.",
            hint=f"selfassess plan update {action.id} --owner NAME --due DATE",
        )


def _delivered(action: Action, at: dt.datetime) -> None:
    waiting = [each.id for each in action.milestones if each.waiting]
    if waiting:
        raise PlanError(
            f"{action.id}: not delivered while milestone {', '.join(waiting)} is open.",
            hint="Mark it done, or drop it with a reason: selfassess plan milestone --help",
        )


def _embedded(action: Action, at: dt.datetime) -> None:
    delivered = action.delivered_at
    later = [e for e in action.evidence if delivered and e.date > delivered.date()]
    if not later and not impact_evidence(action, delivered):
        raise PlanError(
            f"{action.id}: embedded says that the change holds without being pushed, and nothing "
            "dated after delivery shows that.",
            hint=f"selfassess plan evidence {action.id} REF --date DATE",
        )


def _due(action: Action, at: dt.datetime) -> None:
    if action.delivery == "draft":
        raise PlanError(
            f"{action.id}: a draft cannot have an impact yet.",
            hint=f"selfassess plan status {action.id} agreed",
        )


def _emerging(action: Action, at: dt.datetime) -> None:
    since = action.reopened[-1] if action.reopened else None
    if not impact_evidence(action, since):
        later = f" dated after it was reopened ({since.date()})" if since else ""
        raise PlanError(
            f"{action.id}: no impact without evidence: no reading on target and no reference to "
            f"evidence of impact{later}.",
            hint=f"selfassess plan evidence {action.id} REF --shows impact --date DATE",
        )


def _sustained(action: Action, at: dt.datetime) -> None:
    _after_delivery(action, "be sustained")


def _after_delivery(action: Action, what: str) -> None:
    if action.delivery not in ("delivered", "embedded"):
        raise PlanError(
            f"{action.id}: cannot {what} while delivery is {action.delivery}.",
            hint="Impact is that of what was delivered: first delivered, then evidence, then this.",
        )
    if not impact_evidence(action, action.delivered_at):
        when = action.delivered_at.date() if action.delivered_at else "delivery"
        raise PlanError(
            f"{action.id}: cannot {what}: no evidence of impact is dated after its delivery "
            f"({when}).",
            hint=f"selfassess plan evidence {action.id} REF --shows impact --date DATE",
        )


def check_assured(action: Action, by: str) -> None:
    """Refuse assurance by who owns or delivers the action, and before there is something to see.

    Raises:
        PlanError: says who may assure, or what is missing.
    """
    for role, name in (("owner", action.owner), ("delivery lead", action.lead)):
        if same_person(by, name):
            raise PlanError(
                f"{action.id}: {by} is its {role} and cannot assure it.",
                hint="Somebody else has to look: selfassess plan assure … --by NAME",
            )
    if action.assurer and not same_person(by, action.assurer):
        raise PlanError(
            f"{action.id}: {action.assurer} is named as its assurer, not {by}.",
            hint=f"selfassess plan update {action.id} --assurer NAME changes that.",
        )
    _after_delivery(action, "be assured")


def assurance_that_holds(action: Action) -> str | None:
    """Who assured the action after its last delivery and neither owns nor delivers it; or None."""
    for said in reversed(action.assurances):
        if action.delivered_at is None or said.at < action.delivered_at:
            continue
        if not same_person(said.by, action.owner) and not same_person(said.by, action.lead):
            return said.by
    return None


def check_closing(action: Action, at: dt.datetime, retest: dt.date | None) -> None:
    """Refuse closing before impact is evidenced, assured by somebody else and due for a re-test.

    Raises:
        PlanError: the first gate that stands in the way.
    """
    _after_delivery(action, "be closed")
    if action.impact != "sustained":
        raise PlanError(
            f"{action.id}: cannot be closed while impact is {action.impact}.",
            hint="An action closes on sustained impact; delivery alone changes no child's life.",
        )
    if assurance_that_holds(action) is None:
        raise PlanError(
            f"{action.id}: cannot be closed before somebody other than its owner"
            f"{' and its delivery lead' if action.lead else ''} has assured its impact.",
            hint=f"selfassess plan assure {action.id} --by NAME --statement TEXT",
        )
    if retest is None or retest <= at.date():
        raise PlanError(
            f"{action.id}: cannot be closed without a date, later than today, for testing again "
            "whether the change still holds.",
            hint=f"selfassess plan close {action.id} --retest DATE",
        )


Gate = Callable[[Action, dt.datetime], None]
DELIVERY_GATES: Mapping[str, Gate] = {
    "agreed": _agreed,
    "delivered": _delivered,
    "embedded": _embedded,
}
IMPACT_GATES: Mapping[str, Gate] = {
    "none-yet": _due,
    "emerging": _emerging,
    "sustained": _sustained,
}

"""What is missing or out of date in an assessment, and who answers for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selfassess.model.framework import Framework, Node
from selfassess.ready.requests import NOBODY
from selfassess.report.words import date_words

__all__ = ["Gap", "gaps_by_owner", "stale"]

OLD_ENTRY, OLD_CLAIM, OLD_EXTRACT = 365, 183, 31
"""Days after which a register entry, a claim, and an extract or the as-at date are shown as old.

Ours.
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something to be brought, mended or answered before inspectors ask.

    Attributes:
        where: the judgement or criterion that it concerns, by title.
        what: what is missing.
        remedy: what to do.
    """

    owner: str
    where: str
    what: str
    remedy: str


def gaps_by_owner(
    assessment: Mapping[str, Any], framework: Framework, owners: Mapping[str, str]
) -> tuple[Gap, ...]:
    """Everything that is missing, by who answers for it; what nobody answers for comes last.

    A node's owner is the one that the workspace names for it or for a node above it, else the
    author of the claim on its judgement.

    Args:
        assessment: the content of an assessment.json.
        framework: its framework.
        owners: who answers for a node, by its id.
    """
    asked = _Owners(assessment, framework, owners)
    found = [
        *_measures(assessment, framework, asked),
        *_expected(assessment, asked),
        *_inconsistent(assessment, asked),
        *_overdue(assessment),
    ]
    return tuple(sorted(found, key=lambda gap: (gap.owner == NOBODY, gap.owner.casefold())))


def stale(assessment: Mapping[str, Any], day: dt.date) -> tuple[tuple[str, str], ...]:
    """What is too old to be shown without a word on it: what it is, and how old.

    Args:
        assessment: the content of an assessment.json.
        day: the day of the call.
    """
    found: list[tuple[str, str]] = []
    measured = _date(assessment.get("as_at"))
    if measured and (day - measured).days > OLD_EXTRACT:
        found.append(("Every figure of the lists", _age("as at", measured, day)))
    for item in assessment.get("inputs") or ():
        drawn = _date(item.get("extract_date"))
        if drawn and (day - drawn).days > OLD_EXTRACT:
            found.append((str(item["path"]), _age("drawn", drawn, day)))
    found += [
        (str(reading.get("title")), str(reading.get("reason") or "its list is older than the rest"))
        for reading in assessment.get("readings") or ()
        if reading.get("status") == "stale" and not reading.get("where")
    ]
    for entry in assessment.get("register") or ():
        dated = _date(entry.get("date"))
        if dated and (day - dated).days > OLD_ENTRY:
            found.append((f"Register entry {entry['id']}", _age("of", dated, day)))
    for judgement in assessment.get("judgements") or ():
        written = _date((judgement.get("claim_detail") or {}).get("date"))
        if written and (day - written).days > OLD_CLAIM:
            found.append((f"Claim on {judgement['title']}", _age("written", written, day)))
    return tuple(found)


class _Owners:
    """Who answers for a node: named for it or above it, or the author of the judgement's claim."""

    def __init__(
        self, assessment: Mapping[str, Any], framework: Framework, owners: Mapping[str, str]
    ) -> None:
        self._found: dict[str, tuple[str, str]] = {}
        authors = {
            str(judgement["id"]): str((judgement.get("claim_detail") or {}).get("author") or "")
            for judgement in assessment.get("judgements") or ()
        }
        for node in framework.nodes:
            self._walk(node, "", authors, owners)

    def _walk(
        self, node: Node, above: str, authors: Mapping[str, str], owners: Mapping[str, str]
    ) -> None:
        owner = owners.get(node.id) or above or authors.get(node.id, "")
        self._found[node.id] = (owner or NOBODY, node.title)
        for child in node.nodes:
            self._walk(child, owner, authors, owners)

    def of(self, node: str) -> tuple[str, str]:
        """The owner of a node and the node's title."""
        return self._found.get(node, (NOBODY, node))


def _measures(
    assessment: Mapping[str, Any], framework: Framework, owners: _Owners
) -> Iterator[Gap]:
    users: dict[str, str] = {}
    for node in framework.walk():
        for measure in node.measures:
            users.setdefault(measure, node.id)
    for gap in assessment.get("gaps") or ():
        owner, where = owners.of(users.get(str(gap.get("measure")), ""))
        what = f"{gap.get('what')}: {gap.get('why')}"
        yield Gap(owner, where, what, str(gap.get("remedy") or ""))


def _expected(assessment: Mapping[str, Any], owners: _Owners) -> Iterator[Gap]:
    for judgement in assessment.get("judgements") or ():
        for criterion in judgement.get("criteria") or ():
            owner, where = owners.of(str(criterion["id"]))
            for missing in criterion.get("missing") or ():
                remedy = "Add an entry to register.yaml, or the list that shows it."
                yield Gap(owner, where, f"No evidence: {missing}", remedy)


def _inconsistent(assessment: Mapping[str, Any], owners: _Owners) -> Iterator[Gap]:
    for finding in assessment.get("xray") or ():
        if not finding.get("waived"):
            owner, where = owners.of(str(finding.get("node") or ""))
            yield Gap(owner, where, str(finding.get("text")), str(finding.get("mend") or ""))


def _overdue(assessment: Mapping[str, Any]) -> Iterator[Gap]:
    as_at = str(assessment.get("as_at") or "")
    for action in assessment.get("plan") or ():
        due, status = str(action.get("due") or ""), str(action.get("status") or "")
        if due and due < as_at and status not in ("done", "closed", "cancelled", "superseded"):
            owner = str(action.get("owner") or "") or NOBODY
            what = f"Action {action['id']} was due on {due}: {action.get('title')}"
            yield Gap(owner, "Improvement plan", what, "Say what holds it up, and the new date.")


def _age(word: str, then: dt.date, day: dt.date) -> str:
    return f"{word} {date_words(then)}, {(day - then).days} days before the call"


def _date(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None

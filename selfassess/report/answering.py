"""Which actions of the plan work on a finding, and who owns them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from selfassess.report.text import brief
from selfassess.report.words import date_words

__all__ = ["Answering", "names_of"]

_ENDED = ("cancelled", "superseded")
_MOST = 2
_PART = re.compile(r"\[[^\]]*\]$")
_NONE = "No action of the plan works on it: it needs an owner, a day and a measure."


class Answering:
    """The plan, asked what it does about a finding.

    Args:
        assessment: the assessment, its texts already printable.
    """

    def __init__(self, assessment: Mapping[str, Any]) -> None:
        self._plan = [
            action
            for action in assessment.get("plan") or ()
            if action.get("status") not in _ENDED and action.get("delivery") not in _ENDED
        ]
        self._unplanned = {str(name) for name in assessment.get("unplanned") or ()}

    def words(self, finding: Mapping[str, Any]) -> str:
        """Who works on a finding, until when and how it stands; or that nobody does."""
        names = set(names_of(finding))
        found = [each for each in self._plan if names & set(map(str, each.get("why") or ()))]
        if not found:
            # Where there is no plan at all, that is said once, of all.
            return _NONE if self._plan and str(finding["id"]) in self._unplanned else ""
        told = "; ".join(_action(each) for each in found[:_MOST])
        rest = len(found) - _MOST
        return f"In the plan: {told}{f' and {rest} more' if rest > 0 else ''}."


def names_of(finding: Mapping[str, Any]) -> Iterable[str]:
    """Everything that an action may name as its reason: the finding, its evidence, their wholes."""
    for name in (str(finding["id"]), *map(str, finding.get("evidence") or ())):
        for each in (name, _PART.sub("", name)):
            yield from (each, f"reading:{each}", f"entry:{each}")


def _action(action: Mapping[str, Any]) -> str:
    parts = [brief(str(action.get("owner") or ""), 80) or "no owner named"]
    if action.get("closed"):
        parts.append(f"closed {date_words(action['closed'], short=True)}")
    else:
        due = date_words(action.get("due"), short=True)
        parts.append(f"due {due}" if due else "no date set")
    if action.get("rag_label"):
        parts.append(brief(str(action["rag_label"]), 40).lower())
    return f"{brief(str(action['id']), 40)} ({'; '.join(parts)})"

"""What people wrote, as far as it is marked for an audience; nothing is public by default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["disclosed_claim", "disclosed_plan", "disclosed_register", "is_open"]

_ENTRY = (
    "id",
    "topic",
    "direction",
    "voice",
    "severity",
    "date",
    "sample",
    "source",
    "text",
    "criterion",
    "judgement",
)
_ACTION = (
    "id",
    "title",
    "due",
    "judgement",
    "criterion",
    "outcome",
    "status",
    "delivery",
    "delivered",
    "impact",
    "closed",
    "retest",
    "due_baseline",
    "drift",
)


def is_open(item: Mapping[str, Any], audience: str) -> bool:
    """Whether an item is marked for an audience; what is public, partners may read too."""
    return bool(item.get("public")) or (audience == "partner" and bool(item.get("partner")))


def disclosed_register(assessment: Mapping[str, Any], audience: str) -> list[dict[str, Any]]:
    """Register entries that are marked."""
    return [
        {
            **{key: entry.get(key) for key in _ENTRY},
            # A sample of one to five is a small number like any other.
            "sample": _sample(entry.get("sample")),
            "where": {str(key): str(value) for key, value in (entry.get("where") or {}).items()},
            "public": bool(entry.get("public")),
        }
        for entry in assessment.get("register") or ()
        if is_open(entry, audience)
    ]


def _sample(sample: Any) -> int | None:
    return sample if isinstance(sample, int) and sample > 5 else None


def disclosed_plan(
    assessment: Mapping[str, Any], audience: str, known: Iterable[str]
) -> list[dict[str, Any]]:
    """Planned actions that are marked, with those of their reasons that are shown."""
    shown = set(known)
    return [
        {
            **{key: action.get(key) for key in _ACTION},
            "owner": str(action.get("owner") or "") if audience == "partner" else "",
            "why": [name for name in action.get("why") or () if name in shown],
            "success_measures": list(action.get("success_measures") or ()),
            "reopened": list(action.get("reopened") or ()),
            "moved": len(action.get("moves") or ()),
            "success": _goals(action, shown),
        }
        for action in assessment.get("plan") or ()
        if is_open(action, audience)
    ]


def _goals(action: Mapping[str, Any], shown: Iterable[str]) -> list[dict[str, Any]]:
    """What is to be reached, and by when: targets are public, what was read and where it began not.

    Values stand in the readings, where the rules for small numbers have seen them.
    """
    return [
        {"reading": each["reading"], "target": each["target"], "target_date": each["target_date"]}
        for each in action.get("success") or ()
        if each.get("reading") in shown
    ]


def disclosed_claim(
    claim: Mapping[str, Any] | None, audience: str, known: Iterable[str]
) -> dict[str, Any] | None:
    """What of leaders' view of a judgement or criterion is marked; None where nothing is.

    A claim that waits to be confirmed again, as after a change of edition, may hold texts that were
    carried to it from others, so it is nobody's word yet and stays.
    """
    if not claim or claim.get("reconfirm"):
        return None
    shown = set(known)
    opened = is_open(claim, audience)
    detail: dict[str, Any] = {
        "answers": dict(claim.get("answers") or {}) if opened else {},
        "strengths": _points(claim, "strength", audience),
        "weaknesses": _points(claim, "weakness", audience),
        "so_what": str(claim.get("so_what") or "") if opened else "",
    }
    if not opened and not any(detail.values()):
        return None
    return detail | {
        "strength_items": [],
        "weakness_items": [],
        "evidence": [name for name in claim.get("evidence") or () if name in shown],
        "author": str(claim.get("author") or "") if opened and audience == "partner" else "",
        "date": claim.get("date"),
        "status": claim.get("status"),
        "public": bool(claim.get("public")),
        "partner": False,
        "reconfirm": [],
    }


def _points(claim: Mapping[str, Any], kind: str, audience: str) -> list[str]:
    """Strengths or weaknesses that leave; each may differ from its claim."""
    partner = audience == "partner" and bool(claim.get("partner"))
    items = claim.get(f"{kind}_items")
    if items is None:
        plural = "strengths" if kind == "strength" else "weaknesses"
        return [str(text) for text in claim.get(plural) or ()] if is_open(claim, audience) else []
    return [str(item["text"]) for item in items if item.get("public") or partner]

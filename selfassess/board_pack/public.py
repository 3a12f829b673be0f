"""The public twin as plain data: from the disclosed assessment alone, and nothing behind it.

It names nobody and gives no remark, risk or reason: those were written for the service. What was
achieved is told from the figures that are shown; where a figure is withheld, nothing is told of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from selfassess.board_pack.collect import SCHEMA
from selfassess.errors import ReportError

__all__ = ["public_data", "read_disclosed"]

_IMPACT_WAY = {
    "sustained": "better",
    "emerging": "better",
    "reversed": "worse",
    "none-yet": "steady",
}
_IMPACT_TEXT = {
    "sustained": "The change for children has held.",
    "emerging": "A change for children begins to show.",
    "reversed": "What had become better has gone back.",
    "none-yet": "No change for children shows yet.",
    "not-due": "It is too early to look for a change.",
}
_HINT = "Make it first: selfassess run --audience public"


def read_disclosed(out: Path) -> dict[str, Any]:
    """The public copy of a workspace, as long as it is not older than the council's own.

    Args:
        out: the workspace's folder of outputs.

    Raises:
        ReportError: there is none, it is no public copy, or the council's own is newer.
    """
    path, own = out / "public" / "assessment.json", out / "assessment.json"
    if not path.is_file():
        raise ReportError(f"{path}: no public copy was made yet.", hint=_HINT)
    found = _read(path)
    disclosure = found.get("disclosure")
    if found.get("audience") != "public" or not isinstance(disclosure, dict):
        raise ReportError(f"{path}: is not a public copy.", hint=_HINT)
    if own.is_file():
        ours = _read(own)
        older = str(found.get("as_at")) < str(ours.get("as_at"))
        if older or path.stat().st_mtime_ns < own.stat().st_mtime_ns:
            raise ReportError(
                f"{path}: is older than the council's own assessment, which speaks of "
                f"{ours.get('as_at')}.",
                hint="Make the public copy anew: selfassess run --audience public",
            )
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReportError(f"{path}: cannot be read as an assessment.", hint=_HINT) from error
    if not isinstance(found, dict):
        raise ReportError(f"{path}: holds no JSON object.", hint=_HINT)
    return found


def public_data(disclosed: Mapping[str, Any], since: str | None = None) -> dict[str, Any]:
    """The public twin's ``board.json``.

    Args:
        disclosed: what disclosure made for the public.
        since: a day; what was delivered, closed or reopened later is told as a change.
    """
    readings = {str(each["id"]): each for each in disclosed.get("readings") or ()}
    actions = [_action(each, readings) for each in disclosed.get("plan") or ()]
    told: dict[str, list[dict[str, Any]]] = {"worse": [], "better": [], "steady": [], "unknown": []}
    for action in actions:
        if action["delivery"] in ("draft", "cancelled", "superseded"):
            continue
        way = _IMPACT_WAY.get(str(action["impact"]), "unknown")
        texts = [_IMPACT_TEXT.get(str(action["impact"]), "Nothing is said of its impact.")]
        texts += [each["text"] for each in action["success"]]
        told[way].append({"action": action["id"], "way": way, "texts": texts, "weight": 0.0})
    return {
        "schema": SCHEMA,
        "audience": "public",
        "council": dict(disclosed["council"]),
        "as_at": disclosed["as_at"],
        "since": since,
        "since_basis": "as asked for" if since else None,
        "made_with": dict(disclosed["made_with"]),
        "plan_sha256": "",
        "legend": [],
        "limits": {},
        "story": told,
        "asks": [],
        "exceptions": [],
        "actions": actions,
        "risks": [],
        "decisions": [],
        "changes": _changes(actions, since) if since else {},
        "disclosure": {
            "title": disclosed["disclosure"]["title"],
            "mark": disclosed["disclosure"]["mark"],
            "rules": [
                *disclosed["disclosure"]["rules"],
                "Only actions marked as public are listed. People, remarks, risks and reasons are "
                "left out, and so is where a measure started from.",
            ],
        },
    }


def _action(action: Mapping[str, Any], readings: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    delivery = str(action.get("delivery") or action.get("status") or "")
    return {
        "id": str(action["id"]),
        "title": str(action.get("title") or ""),
        "outcome": str(action.get("outcome") or ""),
        "due": action.get("due"),
        "due_baseline": action.get("due_baseline"),
        "moved": int(action.get("moved") or 0),
        "drift": int(action.get("drift") or 0),
        "delivery": delivery,
        "delivered": action.get("delivered"),
        "impact": action.get("impact"),
        "closed": action.get("closed"),
        "retest": action.get("retest"),
        "reopened": list(action.get("reopened") or ()),
        "success": [
            _success(each, readings[str(each["reading"])])
            for each in action.get("success") or ()
            if str(each.get("reading")) in readings
        ],
    }


def _success(success: Mapping[str, Any], reading: Mapping[str, Any]) -> dict[str, Any]:
    target, unit = success.get("target"), str(reading.get("unit") or "")
    value = reading["value"] if reading["status"] == "ok" else None
    where = ", ".join(str(part) for part in (reading.get("where") or {}).values())
    title = f"{reading['title']}{f' ({where})' if where else ''}"
    goal = "no target is set"
    if target is not None:
        by = f" by {success['target_date']}" if success.get("target_date") else ""
        goal = f"target {_value(target, unit)}{by}"
    if value is None:
        withheld = reading["status"] == "suppressed"
        text = f"{title}: {'the figure is withheld' if withheld else 'there is no figure'}; {goal}."
    else:
        state = ", not reached" if _short(float(value), target, reading.get("better")) else ""
        text = f"{title}: {_value(value, unit)}; {goal}{state}."
    return {
        "title": title,
        "unit": unit,
        "value": value,
        "withheld": reading["status"] == "suppressed",
        "target": target,
        "target_date": success.get("target_date"),
        "text": text,
    }


def _short(value: float, target: Any, better: Any) -> bool:
    """Whether the figure as shown is short of its target.

    The contrary is never said: shown figures are rounded, and one that was rounded up to its target
    has not reached it.
    """
    if target is None or better not in ("higher", "lower"):
        return False
    return value < float(target) if better == "higher" else value > float(target)


def _value(value: Any, unit: str) -> str:
    return f"{value}%" if unit in ("percent", "%") else f"{value} {unit.replace('-', ' ')}".strip()


def _changes(actions: Iterable[Mapping[str, Any]], since: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"moved": [], "closed": [], "reopened": []}
    for action in actions:
        days = (
            ("moved", "delivered", action["delivered"]),
            ("closed", "closed", action["closed"]),
            *(("reopened", "reopened: its impact has gone", day) for day in action["reopened"]),
        )
        for kind, text, day in days:
            if day and str(day) > since:
                found[kind].append(
                    {
                        "action": action["id"],
                        "title": action["title"],
                        "text": text,
                        "reason": "",
                        "by": "",
                        "at": day,
                    }
                )
    return found

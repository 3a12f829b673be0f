"""From the council's own assessment to the one for an audience, by an allow-list.

Every part is written anew from keys known to be safe; a key that nobody has thought about here
leaves with nothing in it, or not at all. ``docs/explanation/disclosure.md`` gives the reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.disclosure.cells import decide
from selfassess.disclosure.figures import LEAST_BASE, ROUND_TO, SMALL
from selfassess.disclosure.findings import disclosed_findings
from selfassess.disclosure.readings import MARK, disclosed_readings, emptied
from selfassess.disclosure.texts import (
    disclosed_claim,
    disclosed_plan,
    disclosed_register,
    is_open,
)
from selfassess.errors import ReportError, UsageError, nearest

__all__ = ["AUDIENCES", "disclose"]

AUDIENCES = ("partner", "public")
_FRAMEWORK = ("id", "edition", "title", "kind", "status", "subject", "source", "questions", "notes")
_METHOD = ("measure", "title", "why", "can_tell", "way", "unit", "better", "definition")
_BAND = ("where", "basis", "vintage", "text", "provenance", "source")
_TITLES = {"partner": "For partners", "public": "For the public"}


def disclose(
    assessment: Mapping[str, Any], audience: str, earlier: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Make the assessment that an audience is given.

    Args:
        assessment: the council's own, as ``assessment.json`` holds it.
        audience: ``partner`` or ``public``.
        earlier: versions that left before, as `published_record` kept them.

    Returns:
        Plain data of the same schema; the argument is not changed.

    Raises:
        UsageError: there is no such audience.
        ReportError: the assessment is an audience's copy already.
    """
    if audience not in AUDIENCES:
        raise UsageError(
            f"'{audience}' is no audience that a copy is made for.",
            hint=nearest(audience, AUDIENCES) or f"Choose from {', '.join(AUDIENCES)}.",
        )
    own = assessment.get("audience")
    if own != "internal":
        raise ReportError(
            f"assessment.json was made for the audience {own!r}; copies are made from the "
            "council's own.",
            hint="Name the assessment.json that `selfassess run` writes to out/.",
        )
    aggregates = {
        str(item["measure"]): str(item.get("aggregate") or "")
        for item in assessment.get("method") or ()
    }
    decision = decide(assessment["readings"], aggregates, earlier)
    readings = disclosed_readings(assessment, decision, aggregates)
    register = disclosed_register(assessment, audience)
    findings = disclosed_findings(assessment, readings, register, aggregates)
    known = {
        *(reading["id"] for reading in readings),
        *(entry["id"] for entry in register),
        *(finding["id"] for finding in findings),
    }
    signals = {reading["id"]: reading["signal"] for reading in readings if reading["signal"]}
    withheld = sum(reading["status"] == "suppressed" for reading in readings)
    return {
        **emptied(assessment),
        "schema": assessment["schema"],
        "council": {key: assessment["council"].get(key) for key in ("name", "code")},
        "as_at": assessment["as_at"],
        "as_at_inferred": bool(assessment.get("as_at_inferred")),
        "audience": audience,
        "made_with": dict(assessment["made_with"]),
        "disclosure": {
            "audience": audience,
            "title": _TITLES[audience],
            "mark": MARK,
            "rounded_to": ROUND_TO,
            "suppressed": withheld,
            "rules": _rules(audience, withheld),
        },
        "framework": {key: assessment["framework"].get(key) for key in _FRAMEWORK},
        "plugins": [
            {"name": item["name"], "version": item["version"]} for item in assessment["plugins"]
        ],
        "plugin_differences": [],
        "inputs": [],
        "readings": readings,
        "topics": _topics(assessment, findings),
        "register": register,
        "judgements": [
            _judgement(each, audience, known, signals, findings)
            for each in assessment.get("judgements") or ()
        ],
        "totals": [],
        "findings": findings,
        "plan": disclosed_plan(assessment, audience, known),
        "comparators": _comparators(assessment.get("comparators")),
        "gaps": _gaps(readings),
        "quality": [],
        "method": [_method(item) for item in assessment.get("method") or ()],
        "loosened": _loosened(assessment),
        "dimensions": _dimensions(assessment, readings),
        "charts": [],
        "crosswalks": [],
    }


def _rules(audience: str, withheld: int) -> list[str]:
    marked = "marked as public" if audience == "public" else "marked as public or for partners"
    figures = "1 figure is" if withheld == 1 else f"{withheld} figures are"
    return [
        f"Counts from 1 to {SMALL}, and figures that would lead to one, are withheld and shown as "
        f"{MARK}; here, {figures}. A withheld figure is not nothing: nothing is shown as 0.",
        f"Rates on fewer than {LEAST_BASE} are withheld, and so are greatest and longest values, "
        "each of which is one person's figure.",
        f"Counts and bases are rounded to the nearest {ROUND_TO}; shares are given in whole per "
        "cent, on a base of 1,000 or more with one decimal. Signals go by the figures before "
        "rounding.",
        "A breakdown is shown with all its parts or not at all, so that no part can be worked out "
        "from the others.",
        f"Of what people wrote, this copy holds what is {marked}.",
        "What the council's own copy concludes from all of the evidence together (ceilings, the "
        "standing of criteria, questions, risks for a person to decide on) is left out here, for "
        "it rests on what is withheld as well. That nothing is said does not mean that nothing "
        "was found.",
    ]


def _topics(
    assessment: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    return [
        {
            "id": topic["id"],
            "title": topic.get("title"),
            "group": topic.get("group"),
            "status": None,
            "findings": [found["id"] for found in findings if topic["id"] in found["topics"]],
        }
        for topic in assessment.get("topics") or ()
    ]


def _judgement(
    item: Mapping[str, Any],
    audience: str,
    known: set[str],
    signals: Mapping[str, str],
    findings: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    detail = item.get("claim_detail")
    opened = detail is not None and is_open(detail, audience) and not detail.get("reconfirm")
    return {
        "id": item["id"],
        "title": item["title"],
        "scale": item.get("scale"),
        "ceiling": None,
        "ceiling_title": None,
        "because": [],
        "also": [],
        "waived": [],
        "ceiling_after_waivers": None,
        "ceiling_after_waivers_title": None,
        "claim": item.get("claim") if opened else None,
        "claim_title": item.get("claim_title") if opened else None,
        "claim_detail": disclosed_claim(detail, audience, known),
        "challenge": None,
        "challenge_names": [],
        "confidence": None,
        "criteria": [
            {
                "id": criterion["id"],
                "title": criterion["title"],
                "group": criterion.get("group"),
                "status": None,
                "why": "",
                "signals": {
                    name: signals[name]
                    for name in criterion.get("signals") or ()
                    if name in signals
                },
                "entries": [name for name in criterion.get("entries") or () if name in known],
                "findings": [
                    found["id"] for found in findings if criterion["id"] in found["criteria"]
                ],
                "rests_on": [],
                "voices": [],
                "missing": [],
                "confidence": None,
                "provenance": criterion.get("provenance"),
                "claim_detail": disclosed_claim(criterion.get("claim_detail"), audience, known),
            }
            for criterion in item.get("criteria") or ()
        ],
    }


def _comparators(found: Mapping[str, Any] | None) -> dict[str, Any]:
    found = found or {}
    return {
        "council": found.get("council"),
        "note": str(found.get("note") or ""),
        "releases": list(found.get("releases") or ()),
        "imported": [],
    }


def _gaps(readings: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Measures without any figure, in general words: the council's own may name files and rows."""
    return [
        {
            "what": reading["title"],
            "measure": reading["measure"],
            "why": reading["reason"] or "no figure",
            "remedy": "",
        }
        for reading in readings
        if reading["value"] is None and not reading["where"] and reading["status"] != "suppressed"
    ]


def _method(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{key: item.get(key) for key in _METHOD},
        "aggregate": str(item.get("aggregate") or ""),
        "counted": {str(key): str(text) for key, text in (item.get("counted") or {}).items()},
        "bands": [{key: band.get(key) for key in _BAND} for band in item.get("bands") or ()],
        "local": [],
    }


def _loosened(assessment: Mapping[str, Any]) -> list[dict[str, str]]:
    """Standards set lower locally are said to everybody; by whom and why is the council's own."""
    return [
        {
            "what": str(item["what"]),
            "from": str(item["from"]),
            "to": str(item["to"]),
            "who": "the council",
            "why": "the reason is on record there",
        }
        for item in assessment.get("loosened") or ()
    ]


def _dimensions(
    assessment: Mapping[str, Any], readings: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Words for the parts that are shown, and for no others."""
    shown: dict[str, set[str]] = {}
    for reading in readings:
        for key, value in reading["where"].items():
            shown.setdefault(key, set()).add(value)
    return [
        {
            "id": item["id"],
            "title": item["title"],
            "values": {
                value: words
                for value, words in (item.get("values") or {}).items()
                if value in shown[item["id"]]
            },
        }
        for item in assessment.get("dimensions") or ()
        if item["id"] in shown
    ]

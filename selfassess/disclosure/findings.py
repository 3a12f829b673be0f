"""Findings of an audience, made anew from what it is shown.

The findings of the council itself cannot be handed on: whether there is one, of which kind, and
what it says beside its own figure depends on other evidence, withheld figures and private entries
among it. What is said here follows from shown figures and marked entries alone, so it tells nothing
more than they do. Only shortfalls are said of figures: that nothing speaks against a good one,
nobody could say without what is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selfassess.disclosure.figures import COUNTS, PERCENT
from selfassess.model.common import VOICES

__all__ = ["disclosed_findings"]

ADVERSE = ("concern", "critical")


def disclosed_findings(
    assessment: Mapping[str, Any],
    readings: Sequence[Mapping[str, Any]],
    register: Sequence[Mapping[str, Any]],
    aggregates: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Findings in the order in which the assessment has them, then by id."""
    own = {finding["id"]: finding for finding in assessment.get("findings") or ()}
    links = _links(assessment)
    made = [*_of_readings(readings, links, aggregates), *_of_entries(register, own, links)]
    order = {name: place for place, name in enumerate(own)}
    return sorted(made, key=lambda found: (order.get(found["id"], len(order)), found["id"]))


def _of_readings(
    readings: Sequence[Mapping[str, Any]],
    links: Mapping[str, tuple[list[str], list[str]]],
    aggregates: Mapping[str, str],
) -> Iterable[dict[str, Any]]:
    worse = {r["measure"] for r in readings if not r["where"] and r["signal"] in ADVERSE}
    for reading in readings:
        if reading["signal"] not in ADVERSE or reading["status"] != "ok":
            continue
        if reading["where"] and reading["measure"] in worse:
            continue  # the whole says so already
        band = reading["band"] or {}
        if reading["better"] not in ("higher", "lower") or band.get("basis") == "benchmark":
            continue  # being unlike others asks a question, and says nothing yet
        criteria, judgements = links.get(reading["id"], ([], []))
        yield _finding(
            f"reading:{reading['id']}",
            "improve",
            _sentence(reading, counted=aggregates.get(reading["measure"], "") in COUNTS),
            reading["topics"],
            criteria,
            judgements,
            reading["id"],
            reading["where"],
        )


def _of_entries(
    register: Sequence[Mapping[str, Any]],
    own: Mapping[str, Mapping[str, Any]],
    links: Mapping[str, tuple[list[str], list[str]]],
) -> Iterable[dict[str, Any]]:
    for entry in register:
        name = f"entry:{entry['id']}"
        if name not in own or entry["direction"] not in ("strength", "weakness"):
            continue
        if entry["direction"] == "strength" and own[name]["kind"] != "strength":
            continue  # old, or leaders' word alone
        criteria, judgements = links.get(entry["id"], ([], []))
        yield _finding(
            name,
            "strength" if entry["direction"] == "strength" else "improve",
            _said(entry),
            [entry["topic"]],
            criteria,
            judgements or list(own[name].get("judgements") or ()),
            entry["id"],
            entry["where"],
        )


def _finding(
    name: str,
    kind: str,
    text: str,
    topics: Iterable[str],
    criteria: list[str],
    judgements: list[str],
    evidence: str,
    where: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "id": name,
        "kind": kind,
        "text": text,
        "topics": list(topics),
        "criteria": criteria,
        "judgements": judgements,
        "responsible": [],
        "evidence": [evidence],
        "where": dict(where),
        "look_at": "",
    }


def _links(assessment: Mapping[str, Any]) -> dict[str, tuple[list[str], list[str]]]:
    """Criteria and judgements that a reading or an entry belongs to."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for judgement in assessment.get("judgements") or ():
        for criterion in judgement.get("criteria") or ():
            for name in (*(criterion.get("signals") or {}), *(criterion.get("entries") or ())):
                criteria, judgements = found.setdefault(name, ([], []))
                criteria.append(criterion["id"])
                if judgement["id"] not in judgements:
                    judgements.append(judgement["id"])
    return found


def _sentence(reading: Mapping[str, Any], *, counted: bool) -> str:
    scope = ", ".join(f"{key} {value}" for key, value in sorted(reading["where"].items()))
    unit = reading["unit"]
    value = f"{'about ' if counted and reading['value'] else ''}{reading['value']:,}"
    text = f"{reading['title']}{f' ({scope})' if scope else ''}: "
    text += f"{value}%" if unit in PERCENT else f"{value} {unit.replace('-', ' ')}"
    if reading["denominator"]:
        text += f", of about {reading['denominator']:,}"
    band = reading["band"]
    return f"{text}." if not band else f"{text}. The band ({band['basis']}): {band['text']}."


def _said(entry: Mapping[str, Any]) -> str:
    scope = ", ".join(f"{key} {value}" for key, value in sorted(entry["where"].items()))
    sample = f"sample of {entry['sample']}" if entry["sample"] else ""
    details = ", ".join(part for part in (scope, sample, entry["date"]) if part)
    said = str(entry["text"]).strip().rstrip(".")
    voice = VOICES.get(entry["voice"], str(entry["voice"]))
    return f"{voice}: “{said}”{f' ({details})' if details else ''}."

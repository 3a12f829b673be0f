"""Findings of one measure told as one: the widest first, its parts named with it.

A figure that is out of order in eight teams is one thing to look into, not eight. Nothing is left
out: each part stands with its value and base, and every finding of its own in ``assessment.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from selfassess.report.evidence import Evidence
from selfassess.report.text import headline
from selfassess.report.words import count_of, number

__all__ = ["by_measure", "same_figure", "without_ending"]

_NAMED = 12
_FIGURE = "reading:"
_ENDS = ". "


def by_measure(
    findings: Sequence[Mapping[str, Any]], evidence: Evidence
) -> list[Mapping[str, Any]]:
    """Findings of which those of one kind, measure and question stand together.

    Each group stands where its first finding stood.
    """
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for finding in findings:
        groups.setdefault(_key(finding, evidence), []).append(finding)
    return [
        group[0] if len(group) == 1 else _together(group, evidence) for group in groups.values()
    ]


def _key(finding: Mapping[str, Any], evidence: Evidence) -> tuple[str, ...]:
    reading = evidence.readings.get(_reading(finding))
    if reading is None or reading.get("published"):
        return (str(finding["id"]),)
    kind, measure = str(finding.get("kind")), str(reading.get("measure"))
    return kind, measure, str(finding.get("look_at") or "")


def _reading(finding: Mapping[str, Any]) -> str:
    name = str(finding["id"])
    return name.removeprefix(_FIGURE) if name.startswith(_FIGURE) else ""


def _together(group: Sequence[Mapping[str, Any]], evidence: Evidence) -> Mapping[str, Any]:
    widest = min(group, key=lambda each: len(each.get("where") or {}))
    whole = not widest.get("where")
    parts = [_reading(each) for each in group if each is not widest or not whole]
    named = parts_words(parts, evidence, _reading(widest) if whole else "")
    text = str(widest.get("text") or "")
    if whole:
        said, dot, asks = text.rpartition(_ENDS)
        text = f"{said}{dot}Further off: {named}. {asks}" if dot and named else text
    else:
        title = str(evidence.readings[_reading(widest)].get("title") or "")
        text = f"{title}, in parts: {named}. {headline(text)[1]}"
    folded: dict[str, Any] = {**widest, "text": text}
    for key in ("evidence", "criteria", "topics", "judgements", "responsible"):
        folded[key] = list(dict.fromkeys(one for each in group for one in each.get(key) or ()))
    # The figures themselves before what only stands beside them.
    own = [_reading(each) for each in group]
    folded["evidence"] = list(dict.fromkeys([*own, *folded["evidence"]]))
    return folded


def parts_words(parts: Iterable[str], evidence: Evidence, whole: str) -> str:
    """Parts with their values and bases, by what they are parts of: ``team: North 12% (3 of 25)``.

    A part that holds all that the `whole` holds says nothing further.
    """
    told = [key for key in parts if not (whole and same_figure(key, whole, evidence))]
    rest = len(told) - _NAMED
    listed = []
    for titles, keys in groupby(told[:_NAMED], key=lambda key: _titles(key, evidence)):
        listed.append(f"{titles}: {', '.join(_part(key, evidence) for key in keys)}")
    more = f"; {number(rest)} more" if rest > 0 else ""
    return "; ".join(listed) + more


def _titles(key: str, evidence: Evidence) -> str:
    where = evidence.readings[key].get("where") or {}
    return " and ".join(evidence.scopes.title(name) for name in sorted(where))


def _part(key: str, evidence: Evidence) -> str:
    reading = evidence.readings[key]
    where = reading.get("where") or {}
    words = " and ".join(evidence.scopes.value(name, where[name]) for name in sorted(where))
    unit = str(reading.get("unit") or "")
    base = count_of(
        reading.get("numerator"), reading.get("denominator"), unit if unit == "percent" else "count"
    )
    return f"{words} {evidence.value(reading)}{f' ({base})' if base else ''}"


def same_figure(key: str, whole: str, evidence: Evidence) -> bool:
    """Whether a part is all there is of the whole: the same value on the same base."""
    part, wider = evidence.readings[key], evidence.readings[whole]
    return part.get("denominator") is not None and all(
        part.get(name) == wider.get(name) for name in ("value", "numerator", "denominator")
    )


def without_ending(texts: Sequence[str]) -> tuple[list[str], str]:
    """Texts without the sentences that all of them end with, and those sentences; two or more."""
    if len(texts) < 2:
        return list(texts), ""
    split = [text.split(_ENDS) for text in texts]
    most = min(len(sentences) for sentences in split) - 1
    shared = 0
    while shared < most and len({sentences[-shared - 1] for sentences in split}) == 1:
        shared += 1
    if not shared:
        return list(texts), ""
    ending = _ENDS.join(split[0][-shared:])
    return [f"{_ENDS.join(sentences[:-shared])}." for sentences in split], ending

"""Says once what would be said of one thing after another with nothing to tell them apart.

A council with hardly any rows has a question for every criterion and a gap for every measure, each
for the same reason. Nothing is left out: what is folded is named, and every item of its own stands
in ``assessment.json``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.report.parts_sources import Gap, SheetRow

__all__ = ["FEW", "counted_measures", "folded_gaps", "folded_questions", "folded_sheets"]

FEW = 2
"""So many things of the same kind are folded; a single one is told as it is."""
NAMED = 8
"""So many criteria are named; of more, the number is."""
_MISSING = "missing:"
"""How ids of questions begin that nothing but the lack of evidence prompts."""
_ASKS = ". "


def folded_questions(
    questions: Sequence[Mapping[str, Any]], counted: Collection[str]
) -> list[Mapping[str, Any]]:
    """Questions of which those that rest on no evidence at all stand together, where many do.

    Args:
        questions: findings of the kind ``question``.
        counted: ids of evidence that says something: readings with a figure, register entries.
    """
    bare: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for question in questions:
        if _bare(question, counted):
            bare.setdefault(_alike(question), []).append(question)
    told: list[Mapping[str, Any]] = []
    for question in questions:
        group = bare.get(_alike(question), []) if _bare(question, counted) else []
        if len(group) < FEW:
            told.append(question)
        elif question is group[0]:
            told.append(_together(group))
    return told


def _bare(question: Mapping[str, Any], counted: Collection[str]) -> bool:
    evidence = question.get("evidence") or ()
    return str(question["id"]).startswith(_MISSING) and not any(key in counted for key in evidence)


def _alike(question: Mapping[str, Any]) -> tuple[str, str]:
    """Where one would look, and what one would ask."""
    asks = str(question.get("text") or "").rpartition(_ASKS)[2]
    return str(question.get("look_at") or ""), asks


def _together(group: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    first = group[0]
    criteria = list(
        dict.fromkeys(str(name) for each in group for name in each.get("criteria") or ())
    )
    named = f" of {len(criteria)} criteria" if len(criteria) > NAMED else ""
    if 0 < len(criteria) <= NAMED:
        named = f" of {', '.join(criteria)}"
    asks = _alike(first)[1]
    text = (
        f"Nothing current on {len(group)} things that are expected{named}; Appendix D names them. "
        f"{asks}"
    )
    return {**first, "text": text, "criteria": criteria, "evidence": []}


def counted_measures(assessment: Mapping[str, Any]) -> frozenset[str]:
    """Measures with a figure for anything."""
    return frozenset(
        str(reading.get("measure"))
        for reading in assessment.get("readings") or ()
        if reading.get("value") is not None
    )


def folded_gaps(gaps: Sequence[tuple[Gap, str]]) -> tuple[Gap, ...]:
    """Gaps of which those with the same reason and remedy are one.

    Args:
        gaps: each with the measure that it is of, which its remedy may name.
    """
    groups: dict[tuple[str, str], list[tuple[Gap, str]]] = {}
    for gap, measure in gaps:
        remedy = gap.remedy.replace(measure, "\0") if measure else gap.remedy
        groups.setdefault((gap.why, remedy), []).append((gap, measure))
    told: list[Gap] = []
    for (why, remedy), group in groups.items():
        if len(group) < FEW:
            told += [gap for gap, _ in group]
            continue
        measures = ", ".join(measure for _, measure in group)
        what = "; ".join(gap.what for gap, _ in group)
        told.append(Gap(what=what, why=why, remedy=remedy.replace("\0", measures)))
    return tuple(told)


def folded_sheets(sheets: Sequence[SheetRow]) -> tuple[tuple[SheetRow, ...], str]:
    """Sheets with anything in them, and the names of those with nothing, where many are so."""
    empty = [row for row in sheets if row.read == row.unknown == "0" and not row.reasons]
    if len(empty) < FEW:
        return tuple(sheets), ""
    kept: list[SheetRow] = []
    for row in sheets:
        if row not in empty:
            alone = not any(each.file == row.file for each in kept)
            headed = any(each.first for each in sheets if each.file == row.file)
            kept.append(replace(row, first=alone and headed))
    names = []
    for file in dict.fromkeys(row.file for row in empty):
        held = [row.sheet for row in empty if row.file == file]
        whole = len(held) == sum(row.file == file for row in sheets)
        names.append(file if whole else f"{file} › {', '.join(held)}")
    return tuple(kept), "; ".join(names)

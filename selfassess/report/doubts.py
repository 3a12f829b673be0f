"""Data quality in the report: which faults rows have, and which figures they make doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selfassess.report.parts_sources import Quality, QualityRow
from selfassess.report.text import brief
from selfassess.report.words import number

__all__ = ["quality_of"]

DOUBTFUL = 0.05
"""Above this share of rows a figure is less sure: judging takes a step of confidence from it."""
NAMED = 4
_ORDER = ("serious", "moderate", "minor")


def quality_of(assessment: Mapping[str, Any]) -> Quality:
    """Say what the rules of data quality found; nothing where none was asked."""
    rules = assessment.get("quality") or ()
    titles = {
        str(method["measure"]): str(method.get("title") or method["measure"])
        for method in assessment.get("method") or ()
    }
    broken = [rule for rule in rules if rule.get("count")]
    broken.sort(key=lambda rule: (_rank(rule), -float(rule.get("share") or 0), str(rule["id"])))
    told = f"{number(len(rules))} rules were asked of the lists; rows break {number(len(broken))}."
    if broken:
        told += " selfassess rows --quality lists the rows of each."
    return Quality(
        told=told if rules else "",
        rows=tuple(_row(rule, titles) for rule in broken),
        unasked=tuple(
            f"{brief(str(rule.get('title') or rule['id']), 160)}. "
            f"{brief(str(rule.get('reason') or ''), 200)}."
            for rule in rules
            if rule.get("status") == "not-computable"
        ),
    )


def _rank(rule: Mapping[str, Any]) -> int:
    severity = rule.get("severity")
    return _ORDER.index(severity) if severity in _ORDER else len(_ORDER)


def _row(rule: Mapping[str, Any], titles: Mapping[str, str]) -> QualityRow:
    share = float(rule.get("share") or 0)
    return QualityRow(
        title=brief(str(rule.get("title") or rule["id"]), 160),
        table=brief(str(rule.get("table") or ""), 80),
        severity=brief(str(rule.get("severity") or ""), 40),
        rows=f"{number(rule['count'])} of {number(rule.get('base') or 0)} ({_percent(share)})",
        weakens=_weakens(rule, titles),
        remedy=brief(str(rule.get("remedy") or ""), 300),
    )


def _weakens(rule: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """Measures that lose a step of confidence by name; how many are touched less."""
    touched = rule.get("weakens") or ()
    doubtful = [each for each in touched if float(each["share"]) > DOUBTFUL]
    named = [brief(titles.get(each["measure"], each["measure"]), 90) for each in doubtful[:NAMED]]
    if more := len(doubtful) - len(named):
        named.append(f"{number(more)} more")
    if less := len(touched) - len(doubtful):
        measures = "1 figure" if less == 1 else f"{number(less)} figures"
        named.append(f"{measures} by 5% of rows or less")
    return "; ".join(named) or "no figure here"


def _percent(share: float) -> str:
    percent = share * 100
    return "under 0.1%" if 0 < percent < 0.1 else f"{number(round(percent, 1), 'percent')}%"

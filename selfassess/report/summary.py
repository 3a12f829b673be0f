"""The two pages for a director: where judgements stand, why no higher grade stands, what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.report.checks import checks_sentence
from selfassess.report.context import Summary
from selfassess.report.evidence import Evidence
from selfassess.report.parts import Position, Reason
from selfassess.report.parts_sources import Ledger
from selfassess.report.plan_words import plan_words
from selfassess.report.positions import grade_titles, reasons_of
from selfassess.report.priorities import priorities_of
from selfassess.report.strengths import strengths_of
from selfassess.report.text import brief
from selfassess.report.words import number, plural

__all__ = ["APPENDIX", "basis_of", "no_reasons", "placed", "summary_of"]

APPENDIX = re.compile(r" \(Appendix [A-Z]\)")
"""How a sentence points to an appendix, which documents beside the report do not have."""
_MOST_REASONS = 8
_MOST_STRENGTHS = 3


def summary_of(
    assessment: Mapping[str, Any],
    evidence: Evidence,
    positions: Sequence[Position],
    ledger: Ledger,
    *,
    graded: bool,
) -> Summary:
    """Sum up an assessment."""
    judgements = assessment.get("judgements") or ()
    intro = (
        "Each row sets the grade that leaders claim beside the highest grade that the evidence "
        "leaves standing, and counts how the criteria stand."
        if graded
        else "Each row counts how the criteria stand."
    )
    grades = grade_titles(assessment)
    reasons = [
        reason
        for judgement in judgements
        for reason in reasons_of(judgement, evidence, "because", grades)
    ]
    rest = len(reasons) - _MOST_REASONS
    priorities = priorities_of(assessment, evidence)
    places = {item.id: place for place, item in enumerate(priorities, start=1)}
    strengths = strengths_of(assessment, evidence)
    return Summary(
        positions=tuple(positions),
        graded=graded,
        intro=intro,
        reasons=placed(reasons[:_MOST_REASONS], places),
        reasons_more=f"{plural(rest, 'reasons')} more in the chapters." if rest > 0 else "",
        no_reasons=no_reasons(assessment, graded=graded),
        priorities=priorities,
        strengths=strengths[:_MOST_STRENGTHS],
        strengths_more=(
            f"{plural(len(strengths) - _MOST_STRENGTHS, 'topics')} more in the chapters."
            if len(strengths) > _MOST_STRENGTHS
            else ""
        ),
        plan=tuple(plan_words(assessment)),
        basis=tuple(basis_of(assessment, evidence, ledger)),
    )


def placed(reasons: Sequence[Reason], places: Mapping[str, int]) -> tuple[Reason, ...]:
    """Reasons with their places among the things to act on; of one judgement in that order."""
    told = [replace(reason, place=places.get(reason.finding, 0)) for reason in reasons]
    order = list(dict.fromkeys((reason.judgement, reason.effect) for reason in told))
    last = len(places) + 1
    told.sort(key=lambda one: (order.index((one.judgement, one.effect)), one.place or last))
    return tuple(told)


def no_reasons(assessment: Mapping[str, Any], *, graded: bool) -> str:
    """What to say where no reason binds; flags, which bind no grade, are told of all the same."""
    kinds = [finding.get("kind") for finding in assessment.get("findings") or ()]
    risks = kinds.count("priority-action-risk")
    if risks:
        verb = "is" if risks == 1 else "are"
        return (
            f"{plural(risks, 'risks')} {verb} for a person to decide on, first in the list below."
        )
    if graded:
        return "No rule of the framework binds: nothing here refutes a grade, nor proves one."
    return "No rule of the framework holds."


def basis_of(assessment: Mapping[str, Any], evidence: Evidence, ledger: Ledger) -> list[str]:
    """What a document rests on, one sentence each."""
    with_figure = [r for r in evidence.readings.values() if r.get("value") is not None]
    files = sum(
        any(sheet.get("rows_used") for sheet in source.get("sheets") or ())
        for source in assessment.get("inputs") or ()
    )
    told = [
        f"{plural(len(with_figure), 'readings')} from {plural(files, 'files')} with rows, and "
        f"{plural(len(evidence.entries), 'register entries')}."
    ]
    if ledger.total:
        told.append(
            f"{ledger.balanced} Cells that could not be read: {ledger.total.unknown} (Appendix B)."
        )
    met = len(assessment.get("warnings") or ())
    if met:
        things = plural(met, "things")
        told.append(f"Reading met {things} that may make figures wrong (Appendix B).")
    gaps = assessment.get("gaps") or ()
    if gaps:
        told.append(f"{plural(len(gaps), 'things')} could not be computed (Appendix D).")
    lacking = sum(
        criterion.get("status") == "not enough evidence"
        for judgement in assessment.get("judgements") or ()
        for criterion in judgement.get("criteria") or ()
    )
    total = sum(
        len(judgement.get("criteria") or ()) for judgement in assessment.get("judgements") or ()
    )
    if total:
        verb = "does" if lacking == 1 else "do"
        told.append(
            f"{number(lacking)} of {number(total)} criteria {verb} not have enough evidence."
        )
    if sentence := checks_sentence(assessment):
        told.append(sentence)
    for each in assessment.get("totals") or ():
        text = brief(str(each["text"]), 400)
        told.append(f"The framework’s own rules on the grades that leaders claim: {text}")
    return told

"""From tables to every answer: the whole of the reference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from reference import caseloads, children, front_door, oversight, timing
from reference.answer import Answer, Where, answer_of, by_scope, plain, ratio, told_apart
from reference.council import Council, NotComputableError
from reference.days import month_ends
from reference.registry import QUESTIONS, Question

__all__ = ["QUESTIONS", "answers", "caseloads", "children", "front_door", "oversight", "timing"]

Answers = dict[tuple[str, Where], Answer]


def answers(tables: Mapping[str, Sequence[Mapping[str, Any]]], as_at: dt.date) -> Answers:
    """Every measure's answer, in total and for each part, from tables as lists of dicts.

    Args:
        tables: by id; see `reference.council.Council`.
        as_at: the day of the questions, its end.
    """
    council = Council(tables, as_at)
    found: Answers = {}
    for name, question in QUESTIONS.items():
        try:
            by_scope = _asked(question, council)
        except NotComputableError:
            by_scope = {(): Answer(None, computable=False)}
        found.update({(name, where): answer for where, answer in by_scope.items()})
    return found


def _asked(question: Question, council: Council) -> dict[Where, Answer]:
    if question.below is not None:
        of, to, *own = question.ask(council)
        below = own[0] if own else question.below
        return ratio(of, to, question.by, question.tally, below, percent=question.percent)
    if question.series is None or not question.series(council):
        return plain(question.ask(council), question.by, question.tally)
    points = {
        day: by_scope(question.ask(council, day), question.by)
        for day in month_ends(council.as_at, 6)
    }
    scopes = told_apart(dict.fromkeys(where for found in points.values() for where in found))
    found = {}
    for where in scopes:
        series = {
            day: answer_of(lines.get(where, []), question.tally) for day, lines in points.items()
        }
        values = {day: each.value for day, each in series.items() if each.value is not None}
        found[where] = replace(series[council.as_at], series=values)
    return found

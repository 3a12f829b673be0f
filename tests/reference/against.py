"""What the tool tells, set against what the reference says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from reference.answer import MET, Answer
from reference.engine import QUESTIONS, Answers
from selfassess.measuring.drilldown import DrillDown
from selfassess.model.measure import Reading

__all__ = ["differences", "rows_of", "told", "wanted"]


def told(found: Reading) -> tuple[Any, ...]:
    figures = (found.value, found.numerator, found.denominator)
    return (
        *(None if f is None else round(float(f), 6) for f in figures),
        found.not_due,
        found.unknown,
    )


def wanted(answer: Answer) -> tuple[Any, ...]:
    undone = answer.unknown + answer.undated
    return answer.value, answer.numerator, answer.denominator, answer.not_due, undone


def differences(readings: Mapping[Any, Reading], expected: Answers) -> list[str]:
    """Where readings by (measure, scope) are not those expected."""
    ours = {key: each for key, each in readings.items() if key[0] in QUESTIONS}
    found = [
        f"{key}: only {'expected' if key in expected else 'read'}"
        for key in sorted(set(ours) ^ set(expected))
    ]
    for key, answer in expected.items():
        reading = ours.get(key)
        if reading is None:
            continue
        if (reading.status == "not-computable") == answer.computable:
            found.append(f"{key}: {reading.status}, {reading.reason}")
        elif answer.computable and told(reading) != pytest.approx(wanted(answer), abs=2e-6):
            found.append(f"{key}: {told(reading)}, expected {wanted(answer)}, way {reading.way}")
        elif answer.computable and answer.series:
            series = {point.end: round(float(point.value), 6) for point in reading.series}
            if series != pytest.approx(answer.series):
                found.append(f"{key}: {series}, expected {answer.series}")
    return found


def rows_of(found: DrillDown, sheets: bool = False) -> Counter[tuple[str, str, tuple[Any, ...]]]:
    """(side, outcome, place) of each row listed, as the reference says it.

    Args:
        found: the list.
        sheets: whether places name sheets, too.
    """
    side = found.key_columns[0] == "side"
    return Counter(
        (
            str(row[4]) if side else "",
            MET if row[0] == "counted" else str(row[0]),
            (str(row[1]), *([row[2]] if sheets else []), int(str(row[3]))),
        )
        for row in found.rows
    )

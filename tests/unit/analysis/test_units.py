"""Units in words, of one and of many."""

from __future__ import annotations

import pytest

from selfassess.analysis.units import unit_words


@pytest.mark.parametrize(
    ("unit", "many", "one"),
    [
        ("children", "children", "child"),
        ("working-days", "working days", "working day"),
        ("enquiries", "enquiries", "enquiry"),
        ("children per worker", "children per worker", "child per worker"),
        ("percentage points", "percentage points", "percentage point"),
        ("illness", "illness", "illness"),
        ("", "", ""),
    ],
)
def test_one_and_many(unit: str, many: str, one: str) -> None:
    assert unit_words(unit) == many
    assert unit_words(unit, one=True) == one

"""The whole catalogue, asked of every engine: readings, series, breakdowns, rules and rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engines.councils import Council
from selfassess.loading.library import Library
from selfassess.measuring.computing import is_computed

Engine = Any

COUNCILS = ("whole", "wanting", "cases", "demo")


@pytest.mark.parametrize("name", COUNCILS)
def test_every_answer_is_that_of_a_run_over_the_files(
    engine: Engine, name: str, councils: Callable[[str], Council]
) -> None:
    if name not in ("whole", "cases") and not engine.thorough:
        pytest.skip("one council with every list, and the cases, are enough for a slow engine")
    assert engine.differences(councils(name)) == []


def test_every_computed_measure_is_asked(
    engine: Engine, library: Library, councils: Callable[[str], Council]
) -> None:
    computed = {name for name, each in library.measures.items() if is_computed(each)}
    asked = engine.asked(councils("whole")) | engine.asked(councils("cases"))
    assert computed - asked == set()

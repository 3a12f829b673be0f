"""Every function and keyword of the measure language, on rows full of what engines differ over.

What each means is worked out by hand in tests/unit/measuring, on DuckDB; here every engine has to
say the same. What they were seen to differ over is worked out by hand at the end.
SELFASSESS_ENGINE=postgresql (or spark) runs the tests of that folder on another engine as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from worlds import World, engine

from engines.answers import between
from engines.words import MEASURES, OPEN, TABLES
from selfassess.evidence.calendar import carry
from selfassess.evidence.warehouse import Warehouse
from selfassess.loading.library import Library
from selfassess.measuring.computing import AGGREGATES
from selfassess.measuring.drilldown import DrillDown, drill_down
from selfassess.measuring.functions import FUNCTIONS
from selfassess.measuring.outcomes import OUTCOMES
from selfassess.measuring.per import GROUPS
from selfassess.measuring.run import measure_evidence, prepare
from selfassess.measuring.spans import FACTORS
from selfassess.measuring.windows import AT
from selfassess.model.measure import Reading

ENGINES = ("duckdb", "postgresql", "spark")


def written() -> str:
    """Every measure's own words."""
    return "\n".join(str(each) for each in MEASURES) + str(OPEN)


@cache
def library_of() -> Library:
    world = given(World())
    measures = [world.measure(**{**each, "id": f"m{n}"}) for n, each in enumerate(MEASURES)]
    return world.library(*measures)


def given(world: World) -> World:
    world.view(**OPEN)
    sign = {"id": "signs", "title": "Signs", "values": [{"value": ["100%_*", "duty\\*", "éva*"]}]}
    world.setting(**sign)
    for name, text in TABLES.items():
        world.table(name, text)
    return world


Answers = tuple[dict[Any, Reading], dict[str, DrillDown]]


def asked(warehouse: Warehouse, step: int = 1) -> Answers:
    library = library_of()
    evidence = given(World(warehouse=warehouse)).evidence()
    readings = {
        (each.measure, each.where): each for each in measure_evidence(library, evidence).readings
    }
    session = prepare(library, evidence)
    measures = list(library.measures.values())[::step]
    return readings, {each.id: drill_down(each, session) for each in measures}


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_says_the_same(name: str, warehouses: Callable[[str], Warehouse]) -> None:
    warehouse = warehouses(name)
    carry(engine(), warehouse)
    step = 3 if name == "spark" else 1
    ours, theirs = asked(engine(), step), asked(warehouse, step)
    found = [*between("reading", ours[0], theirs[0]), *between("rows", ours[1], theirs[1])]
    assert found == []


def test_every_outcome_comes_about() -> None:
    _, rows = asked(engine())
    assert {str(row[0]) for each in rows.values() for row in each.rows} >= set(OUTCOMES.values())


@pytest.mark.parametrize("word", sorted(FUNCTIONS))
def test_every_function_is_among_them(word: str) -> None:
    assert re.search(rf"\b{word}\(", written())


@pytest.mark.parametrize(
    "word",
    [
        *(each for each in AGGREGATES if each != "share"),
        *(f"{each}(" for each in GROUPS if each != "count"),
        *AT,
        *FACTORS,
        "per", "also", "follow_up", "ratio", "counts", "clock", "ago", "rank", "let", "filter",
    ],
)  # fmt: skip
def test_every_keyword_is_among_them(word: str) -> None:
    assert word in written()


# what engines were seen to differ over, worked out by hand

REFERRALS = r"""
    child_id | referral_date | earlier | team      | worker
    1        | 2026-01-31    | 1       | Duty\desk | Bo Birch
    2        | 2026-02-28    | 2       | Dutydesk  | BO BIRCH
    3        | 2026-03-31    | 4       | éducation | Éva Ó Sé
    4        | 2026-03-31    |         | Zebra     | éva ó sé
"""


@pytest.fixture(params=ENGINES)
def world(request: pytest.FixtureRequest, warehouses: Callable[[str], Warehouse]) -> World:
    """Rows to ask of, on each engine."""
    warehouse = warehouses(request.param)
    carry(engine(), warehouse)
    made = World(warehouse=warehouse).table("referrals", REFERRALS)
    made.setting(id="desk", title="Desk", values=[{"value": ["duty\\*", "ÉDUC*"]}])
    return made


def values(world: World, column: str, **keys: Any) -> list[object]:
    found = world.rows(**{"from": "referrals", **keys})
    place = 4 + found.key_columns.index(column)
    return [row[place] for row in found.rows]


def names(world: World, key: str, name: str) -> dict[str, object]:
    """How many rows each holder has, by its name."""
    per = {"key": key, "value": "count", "also": {"team": name}}
    measure = {"from": "referrals", "per": per, "aggregate": "max", "unit": "rows", "by": ["team"]}
    return {where[0][1]: each.value for where, each in world.readings(**measure).items() if where}


def test_capitals_come_first_and_letters_of_all_alphabets_meet(world: World) -> None:
    """Two holders, each called by the least of its spellings; a database may sort otherwise."""
    assert names(world, "worker", "min(worker)") == {"BO BIRCH": 2, "Éva Ó Sé": 2}


def test_the_last_by_name_is_the_last_by_its_bytes(world: World) -> None:
    """In a dictionary é stands before Z."""
    assert names(world, "referral_date", "max(team)") == {
        "Duty\\desk": 1,
        "Dutydesk": 1,
        "éducation": 2,
    }


def test_numbers_with_a_point_are_exact(world: World) -> None:
    found = values(world, "value", aggregate="sum", value="earlier * 1.50", unit="points")
    assert found == [Decimal("1.5"), 3, 6, None]
    assert [str(each) for each in found] == ["1.5", "3", "6", "None"]


def test_quotients_have_all_their_digits(world: World) -> None:
    """Two months and a day less than a month, and one to three, of 31 days each."""
    found = values(world, "value", aggregate="sum", value="months(referral_date, as_at)", unit="x")
    assert found == [62 / 31, 34 / 31, 0.0, 0.0]
    thirds = values(world, "value", aggregate="sum", value="earlier / 3", unit="points")
    assert thirds == [1 / 3, 2 / 3, 4 / 3, None]


def test_a_backslash_in_a_pattern_is_a_backslash(world: World) -> None:
    found = world.rows(**{"from": "referrals", "numerator": "matches(team, desk)"})
    assert [row[0] for row in found.rows] == ["met", "failed", "met", "failed"]

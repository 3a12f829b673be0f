"""What a percentile or a mean is made of, and which tables: hand-worked."""

from __future__ import annotations

from typing import Any

import pytest

from selfassess.measuring.session import Session

DAYS = {
    "from": "assessments",
    "filter": "not blank(authorised)",
    "value": "days(start_date, authorised)",
    "by": ["team"],
    "unit": "days",
}
# Two of 4 days, one of 9; the fourth is open.
FOUR = """
child_id | start_date | authorised | team
1        | 2026-01-01 | 2026-01-05 | north
2        | 2026-01-01 | 2026-01-05 | south
3        | 2026-01-01 | 2026-01-10 | south
4        | 2026-03-30 |            | south
"""


@pytest.mark.parametrize("aggregate", ["p50", "mean"])
def test_a_profile_counts_rows_by_value_for_the_whole_alone(world: Any, aggregate: str) -> None:
    world.table("assessments", FOUR)
    readings = world.run(world.measure(**DAYS, aggregate=aggregate)).readings
    whole = next(each for each in readings if not each.where)
    assert whole.profile == ((4, 2), (9, 1))
    assert sum(rows for _, rows in whole.profile) == whole.denominator
    assert all(each.profile == () for each in readings if each.where)
    assert {each.tables for each in readings} == {("assessments",)}


def test_what_differs_only_in_its_aggregate_is_counted_once(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.table("assessments", FOUR)
    asked: list[str] = []
    query = Session.query

    def told(session: Session, sql: str) -> list[tuple[object, ...]]:
        asked.append(sql)
        return query(session, sql)

    monkeypatch.setattr(Session, "query", told)
    measures = [world.measure(**DAYS, id=f"a.{name}", aggregate=name) for name in ("p50", "mean")]
    readings = {each.id: each.value for each in world.run(*measures).readings}
    assert readings["a.p50"] == 4
    assert readings["a.mean"] == pytest.approx(17 / 3)
    tallies = [sql for sql in asked if "GROUPING SETS" in sql]
    assert len(tallies) == len(set(tallies)) == 1


def test_counts_and_loads_have_none(world: Any) -> None:
    world.table("assessments", FOUR)
    count = world.measure(**{"from": "assessments", "aggregate": "count"})
    load = world.measure(**{"from": "assessments", "per": {"key": "team"}, "aggregate": "mean"})
    for measure in (count, load):
        assert all(each.profile == () for each in world.run(measure).readings)


def test_very_many_values_make_no_profile(world: Any) -> None:
    rows = "".join(
        f"{n} | 2020-01-01 | {2020 + n // 360}-{n % 12 + 1:02}-{n % 28 + 1:02} | a\n"
        for n in range(2000)
    )
    world.table("assessments", "child_id | start_date | authorised | team\n" + rows)
    (whole,) = [
        each
        for each in world.run(world.measure(**DAYS, aggregate="p50")).readings
        if not each.where
    ]
    assert len({(2020 + n // 360, n % 12, n % 28) for n in range(2000)}) > 500
    assert whole.profile == ()
    assert whole.value is not None

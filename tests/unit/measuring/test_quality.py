"""Rules of data quality: what they count, what they list, what they weaken, what they refuse."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from selfassess.errors import MeasureError
from selfassess.measuring.check import problems_of
from selfassess.measuring.quality import quality_rows
from selfassess.measuring.run import measure_evidence, prepare
from selfassess.model.quality import QualityResult, QualityRule, Weakened, weakened

CP = """
    child_id | start_date | closed     | last_visit | worker
    a        | 2026-01-05 |            | 2026-01-04 | w
    b        | 2026-01-05 |            | 2026-04-02 | w
    c        | 2026-01-05 | 2026-02-01 | 2026-01-09 |
    d        | 2026-01-05 | 2026-01-02 |            | w
    e        | #          |            | 2026-03-01 | w
"""


def rule(**keys: Any) -> QualityRule:
    given = {
        "id": "rule",
        "title": "A fault",
        "table": "cp",
        "if_": "each < start_date",
        "columns": ("last_visit", "closed"),
        "severity": "moderate",
        "why": "Because.",
        "remedy": "Mend it.",
    }
    return QualityRule(**{**given, **keys})


def asked(world: Any, *measures: Any, **keys: Any) -> QualityResult:
    library = dataclasses.replace(world.library(*measures), quality={"rule": rule(**keys)})
    assert not problems_of(library)
    (found,) = measure_evidence(library, world.evidence()).quality
    return found


def test_each_stands_for_every_column(world: Any) -> None:
    found = asked(world.table("cp", CP))
    assert (found.count, found.base, found.share) == (2, 5, 0.4)
    assert dict(found.by_column) == {"last_visit": 1, "closed": 1}


def test_a_cell_that_could_not_be_read_is_no_fault(world: Any) -> None:
    found = asked(world.table("cp", CP), if_="blank(each)", columns=("start_date",))
    assert (found.count, found.base) == (0, 5)


def test_among_says_what_it_is_counted_against(world: Any) -> None:
    found = asked(world.table("cp", CP), among="blank(closed)", columns=("last_visit",))
    assert (found.count, found.base) == (1, 3)
    everything = asked(world, among="blank(closed)", if_="blank(worker)", columns=("worker",))
    assert (everything.count, everything.base, everything.share) == (0, 3, 0)


def test_a_rule_without_each_is_asked_once(world: Any) -> None:
    found = asked(world.table("cp", CP), if_="last_visit > as_at or blank(worker)")
    assert (found.count, dict(found.by_column)) == (2, {})


def test_no_rows_to_be_at_fault_make_no_share(world: Any) -> None:
    found = asked(world.table("cp", CP), among="start_date > as_at")
    assert (found.count, found.base, found.share) == (0, 0, None)


def test_a_column_that_the_files_lack_is_left_out(world: Any) -> None:
    world.table("cp", "child_id | start_date | last_visit\na | 2026-01-05 | 2026-01-04")
    found = asked(world)
    assert (found.status, found.count, dict(found.by_column)) == ("ok", 1, {"last_visit": 1})


def test_a_rule_that_the_files_cannot_answer_says_what_is_missing(world: Any) -> None:
    world.table("cp", "child_id | start_date\na | 2026-01-05")
    found = asked(world)
    assert (found.status, found.count, found.share) == ("not-computable", None, None)
    assert "column 'The last visit' is missing" in found.reason
    without = asked(world, if_="not open_in(cin, as_at)", columns=("child_id",))
    assert without.reason == "Children in need: not supplied"
    lacking = asked(world, among="blank(closed)", if_="blank(each)", columns=("start_date",))
    assert "column 'The closed' is missing" in lacking.reason


def test_rules_of_a_table_that_was_not_supplied_are_not_asked(world: Any) -> None:
    library = dataclasses.replace(world.library(), quality={"rule": rule()})
    assert measure_evidence(library, world.evidence()).quality == ()


def test_codes_outside_the_set(world: Any) -> None:
    world.table("cin", "child_id | status\na | cin\nb | cni\nc |\nd | #")
    found = asked(world, table="cin", if_="unlisted(each)", columns=("status",))
    assert (found.count, found.base) == (1, 4)


def test_the_rows_at_fault_are_listed_by_place(world: Any) -> None:
    world.table("cp", CP)
    session = prepare(world.library(), world.evidence())
    found = quality_rows(rule(), session)
    assert found.key_columns == ("child_id",)
    assert found.rows == (
        ("at fault", "evidence/cp.csv", "cp", 2, "a"),
        ("at fault", "evidence/cp.csv", "cp", 5, "d"),
    )
    with pytest.raises(MeasureError, match="Visits was not supplied"):
        quality_rows(rule(table="visits", if_="blank(date)", columns=("date",)), session)


READ = CP.replace("#         ", "2026-01-05")
SEEN = {"from": "cp", "at": "as-at", "numerator": "last_visit >= start_date"}


def test_a_measure_is_weakened_by_faults_in_the_columns_it_uses(world: Any) -> None:
    world.table("cp", READ)
    seen = world.measure(id="a.seen", **SEEN)
    held = world.measure(id="a.held", **{**SEEN, "numerator": "worker = 'w'"})
    by_visit = asked(world, seen, held, columns=("last_visit",))
    assert by_visit.weakens == (Weakened("a.seen", 0.2),)
    # Both measures ask whether a plan is open, so both use its end.
    by_end = asked(world, seen, held, columns=("closed",))
    assert by_end.weakens == (Weakened("a.held", 0.2), Weakened("a.seen", 0.2))
    assert asked(world, seen, if_="blank(worker)", columns=("worker",)).weakens == ()


def test_of_several_columns_the_worst_that_is_used_counts(world: Any) -> None:
    world.table("cp", READ)
    held = world.measure(id="a.held", **{**SEEN, "numerator": "worker = 'w'"})
    found = asked(world, held, if_="blank(each)", columns=("closed", "worker", "last_visit"))
    assert dict(found.by_column) == {"closed": 3, "worker": 1, "last_visit": 1}
    assert found.weakens == (Weakened("a.held", 0.6),)


def test_a_view_passes_its_tables_faults_on(world: Any) -> None:
    world.table("cp", READ)
    world.view(
        id="open",
        title="Open",
        entity="child",
        key=["child_id"],
        columns=["child_id", "worker"],
        union=[{"table": "cp"}],
    )
    measure = world.measure(
        id="a.count",
        **{"from": "open"},
        unit="children",
        numerator="worker = 'w'",
        aggregate="count",
    )
    found = asked(world, measure, if_="blank(each)", columns=("worker",))
    assert found.weakens == (Weakened("a.count", 0.2),)


def test_a_figure_that_is_not_there_cannot_be_weakened(world: Any) -> None:
    world.table("cp", "child_id | start_date | last_visit\na | 2026-01-05 | 2026-01-04")
    nothing = world.measure(id="a.seen", **{**SEEN, "filter": "start_date > as_at"})
    assert asked(world, nothing, columns=("last_visit",)).weakens == ()


def test_the_worst_rule_speaks_for_a_measure() -> None:
    results = [
        QualityResult(rule=rule(), weakens=(Weakened("a", 0.1), Weakened("b", 0.3))),
        QualityResult(rule=rule(), weakens=(Weakened("a", 0.2),)),
    ]
    assert weakened(results) == {"a": 0.2, "b": 0.3}


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"if_": "each < start_dat"}, "rule: if, column 8: 'start_dat' is nothing"),
        ({"if_": "each < 5"}, "cannot be compared"),
        ({"if_": "each <"}, "rule: if"),
        ({"if_": "days(start_date, closed)"}, "stands where a condition should"),
        ({"among": "nonsense"}, "rule: among, column 1: 'nonsense'"),
        ({"table": "plans"}, "'plans' is no table"),
        ({"columns": ("lastvisit",)}, "'lastvisit' is no column"),
        ({"if_": "unlisted(worker)"}, "no set of codes"),
        ({"if_": "previous(closed) > start_date"}, "'previous' has no meaning in a rule"),
        ({"if_": "open_in(missing, as_at)"}, "'missing' is no table"),
    ],
)
def test_a_faulty_rule_is_told_with_its_place(world: Any, keys: Any, told: str) -> None:
    library = dataclasses.replace(world.library(), quality={"rule": rule(**keys)})
    assert told in "\n".join(map(str, problems_of(library)))

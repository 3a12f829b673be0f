"""Each comparator against figures worked out by hand; a rule's breach beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from selfassess.comparing import Benchmarks, compare
from selfassess.comparing.compare import comparators_of
from selfassess.model.comparing import Comparator
from selfassess.model.measure import Clock, Measure, Reading, Way

from .conftest import council, figure, neighbour, separation

AS_AT = dt.date(2025, 9, 30)


def measure(**more: Any) -> Measure:
    keys = {"same_as": "on-time", **more}
    return Measure(
        id="x.on-time",
        title="Work on time",
        unit="percent",
        better="higher",
        about="compliance",
        topics=("t",),
        why="w",
        **keys,
    )


def reading(value: float | None = 75, **more: Any) -> Reading:
    return Reading(measure="x.on-time", title="Work on time", unit="percent", value=value, **more)


def shown(
    benchmarks: Benchmarks, value: float | None = 75, as_at: dt.date | None = AS_AT
) -> dict[str, Comparator]:
    ashby = benchmarks.council("901")
    assert ashby is not None
    found = comparators_of("on-time", value, benchmarks, ashby, as_at)
    return {each.kind: each for each in found}


def attached(benchmarks: Benchmarks, read: Reading, definition: Measure) -> tuple[Comparator, ...]:
    found = compare([read], {definition.id: definition}, benchmarks, "E06000901", AS_AT)
    return found.by_reading.get(read.id, ())


def test_all_five_stand_beside_a_reading(load: Any, tables: Any) -> None:
    found = attached(load(tables), reading(), measure())
    assert [each.kind for each in found] == [
        "england",
        "region",
        "neighbours",
        "own-trend",
        "good-or-better",
    ]


def test_england_and_region_are_of_the_latest_period_that_had_ended(load: Any, tables: Any) -> None:
    found = shown(load(tables))
    assert (found["england"].value, found["england"].period) == (80, "year to 31 March 2025")
    assert (found["region"].label, found["region"].value) == ("Midshire", 78)
    early = shown(load(tables), as_at=dt.date(2025, 3, 30))
    assert (early["england"].value, early["england"].period) == (79, "year to 31 March 2024")
    assert early["region"].value is None
    assert "not in the release" in early["region"].note


def test_a_period_ends_on_the_as_at_date_itself(load: Any, tables: Any) -> None:
    assert shown(load(tables), as_at=dt.date(2025, 3, 31))["england"].value == 80


def test_neighbours_give_middle_and_range_and_the_withheld_are_counted_not_zero(
    load: Any, tables: Any
) -> None:
    found = shown(load(tables))["neighbours"]
    assert (found.value, found.low, found.high) == (75, 60, 90)  # (60 + 90) / 2
    assert (found.n, found.withheld) == (2, 1)
    assert "1 withheld to protect children" in found.note


def test_where_over_a_third_of_neighbours_is_withheld_the_middle_is_doubted(
    load: Any, tables: Any
) -> None:
    assert "may mislead" not in shown(load(tables))["neighbours"].note
    tables["indicators"] = [row for row in tables["indicators"] if row["la_name"] != "Cedar"]
    assert "may mislead" in shown(load(tables))["neighbours"].note


def test_neighbours_without_any_figure_have_no_middle(load: Any, tables: Any) -> None:
    for row in tables["indicators"]:
        if row["la_name"] in ("Birch", "Cedar"):
            row.update(value=None, status="u")
    found = shown(load(tables))["neighbours"]
    assert (found.value, found.low, found.high, found.n, found.withheld) == (None, None, None, 0, 3)


def test_the_list_of_neighbours_is_the_latest_by_then_else_the_earliest(
    load: Any, tables: Any
) -> None:
    tables["statistical_neighbours"] += [
        neighbour("Ashby", 1, "Cedar", date="2025-10"),
        neighbour("Ashby", 1, "Dale", date="2021-04", closeness="not-close"),
    ]
    benchmarks = load(tables)
    assert "List of 2025-05" in shown(benchmarks)["neighbours"].note
    assert shown(benchmarks, as_at=dt.date(2025, 10, 1))["neighbours"].value == 90
    before = shown(benchmarks, as_at=dt.date(2020, 1, 1))["neighbours"]
    assert "List of 2021-04" in before.note
    assert "1 of the 1 are not close" in before.note


def test_the_own_trend_keeps_gaps_and_stops_at_the_period(load: Any, tables: Any) -> None:
    found = shown(load(tables))["own-trend"]
    assert [(p.value, p.status) for p in found.points] == [
        (70, "value"),
        (None, "c"),
        (74, "value"),
    ]
    assert (found.value, found.n, found.withheld) == (74, 2, 1)
    early = shown(load(tables), as_at=dt.date(2024, 12, 31))["own-trend"]
    assert [point.value for point in early.points] == [70, None]
    assert early.value is None


def test_a_shared_workforce_return_is_counted_once(load: Any, tables: Any) -> None:
    for row in tables["indicators"]:
        if row["la_name"] in ("Birch", "Cedar"):
            row.update(value=60, numerator=6, denominator=10, flag="joint-return")
    tables["indicators"] = [row for row in tables["indicators"] if row["la_name"] != "Dale"]
    tables["indicators"].append(figure("Dale", 2025, 90))
    found = shown(load(tables))["neighbours"]
    assert (found.value, found.n) == (75, 2)  # 60 once and 90; twice, the middle would be 60
    assert "counted once" in found.note


def test_a_return_shared_with_the_council_itself_is_no_neighbours(load: Any, tables: Any) -> None:
    for row in tables["indicators"]:
        if row["la_name"] in ("Ashby", "Birch") and row["year_end"] == 2025:
            row.update(value=60, flag="joint-return")
    found = shown(load(tables))
    assert (found["neighbours"].value, found["neighbours"].n) == (90, 1)
    assert "covers this council and another" in found["own-trend"].note


def test_an_implausible_zero_is_left_out(load: Any, tables: Any) -> None:
    for row in tables["indicators"]:
        if row["la_name"] == "Birch" or (row["la_name"], row["year_end"]) == ("Ashby", 2023):
            row.update(value=0, flag="implausible-zero")
    found = shown(load(tables))
    assert (found["neighbours"].value, found["neighbours"].low) == (90, 90)
    assert found["neighbours"].withheld == 2
    assert found["own-trend"].points[0].value is None
    assert found["own-trend"].points[0].status == "implausible-zero"


def test_a_true_zero_counts(load: Any, tables: Any) -> None:
    for row in tables["indicators"]:
        if row["la_name"] == "Birch":
            row.update(value=0)
    assert shown(load(tables))["neighbours"].low == 0


def test_good_or_better_quartiles_stand_at_englands_level_of_the_vintage(
    load: Any, tables: Any
) -> None:
    found = shown(load(tables))["good-or-better"]
    assert (found.low, found.value, found.high) == (76, 81, 86)  # 80 - 4, 80 + 1, 80 + 6
    assert (found.line, found.n) == (76, 20)
    assert "a question, not a finding" in found.note


@pytest.mark.parametrize(
    ("value", "past"), [(75.9, True), (76, False), (76.1, False), (None, None)]
)
def test_the_line_is_crossed_beyond_it_not_on_it(
    load: Any, tables: Any, value: float | None, past: bool | None
) -> None:
    assert shown(load(tables), value)["good-or-better"].past_line is past


def test_where_lower_is_better_the_upper_quartile_is_the_line(load: Any, tables: Any) -> None:
    tables["grade_separation"] = [
        separation(polarity="lower-better", edge_at_latest_england=86)  # 80 + 6
    ]
    benchmarks = load(tables)
    found = shown(benchmarks, 87)["good-or-better"]
    assert (found.low, found.high, found.line, found.past_line) == (76, 86, 86, True)
    assert shown(benchmarks, 86)["good-or-better"].past_line is False


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("none", "does not separate grades"),
        ("too-few", "too few inspections"),
        ("signal-opposite", "runs against its better end"),
        ("weak-context", "is context, not practice"),
    ],
)
def test_what_does_not_separate_grades_says_so_and_has_no_figure(
    load: Any, tables: Any, verdict: str, said: str
) -> None:
    tables["grade_separation"] = [separation(verdict=verdict)]
    found = shown(load(tables))["good-or-better"]
    assert (found.value, found.low, found.high, found.line) == (None, None, None, None)
    assert found.past_line is None
    assert said in found.note
    assert "no weight" in found.note


def test_a_weak_verdict_shows_quartiles_and_no_line(load: Any, tables: Any) -> None:
    tables["grade_separation"] = [separation(verdict="weak")]
    found = shown(load(tables), 10)["good-or-better"]
    assert (found.value, found.line, found.past_line) == (81, None, None)
    assert "only weakly" in found.note


def test_a_figure_without_a_better_end_has_no_line_though_grades_differ(
    load: Any, tables: Any
) -> None:
    tables["grade_separation"] = [separation(polarity="neutral", edge_at_latest_england="")]
    found = shown(load(tables))["good-or-better"]
    assert (found.value, found.line) == (None, None)
    assert "demand or recording, not practice" in found.note


def test_only_the_headline_area_is_shown_and_others_are_named(load: Any, tables: Any) -> None:
    tables["grade_separation"] = [
        separation(verdict="none"),
        separation(judgement_area="part"),
    ]
    assert "It does for: part." in shown(load(tables))["good-or-better"].note


@pytest.mark.parametrize(
    ("as_at", "apart"),
    [(dt.date(2027, 3, 31), False), (dt.date(2027, 4, 1), True), (dt.date(2023, 1, 1), False)],
)
def test_figures_over_two_years_from_the_evidence_say_so(
    load: Any, tables: Any, as_at: dt.date, apart: bool
) -> None:
    found = shown(load(tables), as_at=as_at)
    assert ("Over two years apart" in found["england"].note) is apart


def test_evidence_older_than_every_figure_takes_the_nearest_and_says_so(
    load: Any, tables: Any
) -> None:
    found = shown(load(tables), as_at=dt.date(2023, 9, 30))
    assert found["england"].period == "year to 31 March 2024"
    assert "newer than the evidence" in found["england"].note
    far = shown(load(tables), as_at=dt.date(2020, 1, 1))["england"]
    assert "Over two years apart" in far.note


@pytest.mark.parametrize(
    ("read", "definition"),
    [
        (reading(), measure(same_as=None)),
        (reading(where=(("team", "north"),)), measure()),
        (reading(None), measure()),
        (reading(way="named"), measure(ways=(Way(name="named", comparable=False),))),
        (reading(), measure(clock=Clock(start="a", limit="1 days", stop="b"))),
        (reading(), measure(clock=Clock(start="a", limit="1 days", stop="b"), counts="due")),
        (
            reading(way="w"),
            measure(ways=(Way(name="w"),), clock=Clock(start="a", limit="1 days", stop="b")),
        ),
    ],
    ids=["not the same", "a part", "no figure", "another way", "clock", "due", "way's clock"],
)
def test_what_is_not_counted_in_the_same_way_takes_no_comparator(
    load: Any, tables: Any, read: Reading, definition: Measure
) -> None:
    assert attached(load(tables), read, definition) == ()


@pytest.mark.parametrize(
    ("read", "definition"),
    [
        (reading(way="other"), measure(ways=(Way(name="other"),))),
        (
            reading(),
            measure(clock=Clock(start="a", limit="1 days", stop="b"), counts="completed"),
        ),
    ],
    ids=["comparable way", "completed work"],
)
def test_what_is_counted_in_the_same_way_takes_comparators(
    load: Any, tables: Any, read: Reading, definition: Measure
) -> None:
    assert len(attached(load(tables), read, definition)) == 5


def test_a_twin_over_completed_work_is_compared_in_place_of_its_reading(
    load: Any, tables: Any
) -> None:
    due = measure(
        same_as=None,
        clock=Clock(start="a", limit="1 days", stop="b"),
        completed_as="on-time",
    )
    found = compare(
        [reading(60)], {due.id: due}, load(tables), "901", AS_AT, {"x.on-time": reading(70)}
    )
    assert found.by_reading == {}
    twin = found.twins["x.on-time"]
    assert twin.reading.value == 70
    assert {each.kind: each.past_line for each in twin.comparators}["good-or-better"] is True


@pytest.mark.parametrize("code", [None, "", "  ", "E99999999", "Ashby"])
def test_an_unknown_council_runs_without_comparators_and_says_so(
    load: Any, tables: Any, code: str | None
) -> None:
    found = compare([reading()], {"x.on-time": measure()}, load(tables), code, AS_AT)
    assert found.by_reading == {}
    assert found.council is None
    assert "nothing is compared with published figures" in found.note


@pytest.mark.parametrize("code", [None, "901", "E99999999"])
def test_the_nation_alone_needs_no_council(load: Any, tables: Any, code: str | None) -> None:
    measures = {"x.on-time": measure()}
    found = compare([reading()], measures, load(tables), code, AS_AT, national=True)
    own = compare([reading()], measures, load(tables), "901", AS_AT)
    assert found.council is None
    assert [each.kind for each in found.by_reading["x.on-time"]] == ["england", "good-or-better"]
    whole = {each.kind: each for each in own.by_reading["x.on-time"]}
    assert all(whole[each.kind] == each for each in found.by_reading["x.on-time"])
    assert "England's figures alone" in found.note


@pytest.mark.parametrize("code", ["901", "E06000901", " e06000901 ", "E10000001", "E10000002"])
def test_a_council_is_known_by_its_number_and_by_every_code_it_had(
    load: Any, tables: Any, code: str
) -> None:
    tables["local_authorities"][0]["other_la_codes"] = "E10000001 E10000002"
    found = compare([reading()], {"x.on-time": measure()}, load(tables), code, AS_AT)
    assert found.council is not None
    assert found.council.name == "Ashby"


def test_an_abolished_council_is_said_to_be_gone(load: Any, tables: Any) -> None:
    tables["local_authorities"][0] = council("Ashby", status="abolished", abolished_on="2024-03-31")
    found = compare([reading()], {"x.on-time": measure()}, load(tables), "901", AS_AT)
    assert "abolished on 2024-03-31" in found.note
    assert found.by_reading


def test_an_indicator_that_nothing_holds_is_named(load: Any, tables: Any) -> None:
    found = compare([reading()], {"x.on-time": measure(same_as="else")}, load(tables), "901", AS_AT)
    assert found.by_reading == {}
    assert "else" in found.note


def test_without_any_release_nothing_is_compared() -> None:
    found = compare([reading()], {"x.on-time": measure()}, Benchmarks(), "901", AS_AT)
    assert "No published figures are installed" in found.note

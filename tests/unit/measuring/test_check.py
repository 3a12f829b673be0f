# ruff: noqa: E501 - tables and cases read better in one line
"""Checking: every fault at once, each with its key, its column and the nearest name."""

from __future__ import annotations

from typing import Any

import pytest

from selfassess.errors import MeasureError
from selfassess.measuring.check import check_measures

World = Any

PLAIN = {"from": "referrals", "numerator": "nfa"}


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ({"from": "referals", "numerator": "nfa"}, "from: 'referals' is no table or view."),
        ({**PLAIN, "numerator": "nfaa"}, "numerator, column 1: 'nfaa' is nothing that Referrals has."),
        ({**PLAIN, "numerator": "nfa = 'maybe'"}, "column 5: 'maybe' is no code of that column."),
        ({**PLAIN, "numerator": "earlier"}, "a number stands where a condition should."),
        ({**PLAIN, "numerator": "earlier = 'x'"}, "a number cannot be compared with a text."),
        ({**PLAIN, "numerator": "team > 'x'"}, "texts and codes have no order."),
        ({**PLAIN, "numerator": "referral_date = 5"}, "a date cannot be compared with a number."),
        ({**PLAIN, "numerator": "team + 1 = 2"}, "a text stands where a number should."),
        ({**PLAIN, "numerator": "not earlier > 1"}, "would let blanks pass."),
        ({**PLAIN, "numerator": "not (nfa and earlier > 1)"}, "would let blanks pass."),
        ({**PLAIN, "numerator": "(nfa) = 1"}, "numerator, column 7: a code cannot be compared"),
        ({**PLAIN, "numerator": "days(team, as_at) > 1"}, "a text stands where a date should."),
        ({**PLAIN, "numerator": "days(as_at) > 1"}, "days takes 2 arguments; 1 were given."),
        ({**PLAIN, "numerator": "dayz(as_at, as_at) > 1"}, "'dayz' is no function."),
        ({**PLAIN, "numerator": "sum(earlier) > 1"}, "Aggregates stand in `aggregate`"),
        ({**PLAIN, "numerator": "days(a: as_at) = 1"}, "days takes no named arguments."),
        ({**PLAIN, "numerator": "wroker.role = 'asye'"}, "'wroker' is nothing that Referrals has."),
        ({**PLAIN, "numerator": "worker.rule = 'asye'"}, "'rule' is nothing that Workers has."),
        ({**PLAIN, "numerator": "a.b.c = 1"}, "a path has two parts at most"),
        ({**PLAIN, "numerator": "row.team = 'x'"}, "'row' has a meaning only inside [ ]."),
        ({**PLAIN, "numerator": "setting(limits) > 1"}, "'limits' is no setting."),
        ({**PLAIN, "numerator": "setting(limit, rule: team) > 1"}, "has no key 'rule'."),
        ({**PLAIN, "numerator": "setting(plan-days) > 1"}, "has no value without plan."),
        ({**PLAIN, "numerator": "setting(limit, role: earlier) > 1"}, "is a text; a number was given."),
        ({**PLAIN, "numerator": "setting(nobody) = 'x'"}, "a patterns cannot be compared"),
        ({**PLAIN, "numerator": "matches(team, numbers)"}, "is no list of patterns."),
        ({**PLAIN, "numerator": "matches(earlier, nobody)"}, "a number matches no patterns"),
        ({**PLAIN, "numerator": "band(earlier, 5-9, 0-4) = 'x'"}, "bands go upwards"),
        ({**PLAIN, "numerator": "band(earlier, 5+, 9+) = 'x'"}, "an open band stands last."),
        ({**PLAIN, "numerator": "band(earlier, 5) = 'x'"}, "a band was expected"),
        ({**PLAIN, "numerator": "first_of(team, earlier) = 'x'"}, "differ in type: text, number."),
        ({**PLAIN, "numerator": "latest(visits) = as_at"}, "a date of visits was expected"),
        ({**PLAIN, "numerator": "latest(vists.date) = as_at"}, "'vists' is no table or view."),
        ({**PLAIN, "numerator": "count(visits [kind = 'xx']) = 1"}, "'xx' is no code"),
        ({**PLAIN, "numerator": "count(workers) = 1"}, "Workers has no 'child_id'"),
        ({**PLAIN, "numerator": "count(visits [count(cp) = 1]) = 1"}, "it has no meaning here."),
        ({**PLAIN, "numerator": "count(visits, 'x') = 1"}, "a number of days was expected"),
        ({**PLAIN, "numerator": "open_in(referrals, as_at)"}, "does not say when a row is opened."),
        ({**PLAIN, "numerator": "blank(10 days)"}, "numerator, column 7: a length of time"),
        ({**PLAIN, "numerator": "previous(previous(team)) = 'x'"}, "'previous' needs rows"),
        ({**PLAIN, "numerator": "earlier = 99999999999999"}, "has no use here."),
        ({**PLAIN, "let": {"x": "x + 1"}, "numerator": "x = 1"}, "'x' is defined by itself."),
        ({**PLAIN, "let": {"x": "1 +"}}, "let x, column 4"),
        ({**PLAIN, "filter": "days(referral_date"}, "filter, column 19: the text ends"),
        ({**PLAIN, "date": "team"}, "date, column 1: a text stands where a date should."),
        ({**PLAIN, "over": "last moth"}, "over: 'last moth' is no window."),
        ({**PLAIN, "at": "as-at"}, "does not say when a row is opened."),
        ({"from": "cp", "at": "month end", "aggregate": "count"}, "'month end' is no moment."),
        ({"from": "cp", "at": "month ends", "aggregate": "count"}, "month ends need a window."),
        ({"from": "workers", "aggregate": "count", "over": "last 6 months"}, "over: the rows have no date."),
        ({**PLAIN, "follow_up": "soon"}, "follow_up: 'soon' is no length of time."),
        ({"from": "referrals"}, "nothing says what to compute."),
        ({**PLAIN, "aggregate": "median"}, "'median' is no aggregate."),
        ({**PLAIN, "aggregate": "mean"}, "aggregate: mean needs a value."),
        ({"from": "referrals", "aggregate": "mean", "value": "team"}, "a text cannot be used"),
        ({**PLAIN, "value": "earlier"}, "aggregate: share takes no value."),
        ({**PLAIN, "counts": "due"}, "counts belongs to a clock"),
        (
            {"from": "cp", "clock": {"start": "start_date", "limit": "5", "stop": "closed"}},
            "clock.limit, column 2: the text ends where a unit was expected",
        ),
        (
            {"from": "cp", "clock": {"start": "start_date", "limit": "5 hours", "stop": "closed"}},
            "hours need dates with a time",
        ),
        (
            {"from": "cp", "clock": {"start": "start_date", "limit": ["5 days", "6 days"], "stop": "closed"}},
            "a limit without a condition stands last",
        ),
        ({**PLAIN, "clock": {"start": "referral_date", "limit": "5 days", "stop": "as_at"}}, "keep one"),
        ({**PLAIN, "per": {"key": "worker", "value": "most(earlier)"}}, "an aggregate of rows was expected"),
        ({**PLAIN, "per": {"key": "workr"}}, "per.key: 'workr' is nothing that Referrals has."),
        ({"from": "referrals", "per": {"key": "team"}, "aggregate": "max", "value": "worker.fte"},
         "link 'worker' needs 'worker', which is not among the keys of `per`."),
        ({"from": "referrals", "per": {"key": "team"}, "aggregate": "count", "numerator": "nfa"},
         "'nfa' is nothing that a holder has."),
        ({**PLAIN, "by": ["tem"]}, "by: 'tem' is no dimension."),
        ({**PLAIN, "by": ["rag"]}, "by: no way has a column, a let or a period called 'rag'."),
        ({"by": ["team"]}, "by: only computed measures are broken down."),
        ({**PLAIN, "dimensions": ["tem"]}, "dimensions: 'tem' is no dimension."),
        ({**PLAIN, "topics": ["topc"]}, "topics: 'topc' is no topic."),
        ({**PLAIN, "bands": [{"basis": "local", "where": {"tem": "x"}}]}, "bands 1 where: 'tem'"),
        ({**PLAIN, "needs": {"referals": "present"}}, "needs referals: 'referals' is no table"),
        ({**PLAIN, "needs": {"referrals": ["nfaa"]}}, "needs referrals: 'nfaa' is no column of it."),
        ({**PLAIN, "needs": {"referrals": "much"}}, "needs referrals: 'much' is no length of time."),
        ({**PLAIN, "needs": {"workers": "6 months"}}, "no event date to measure a history by."),
        ({"ways": [{"name": "a", **PLAIN}, {"name": "a", **PLAIN}]}, "two ways are called 'a'."),
        ({"ways": [{"name": "a", "from": "referrals", "numerator": "x"}]}, "way a: numerator, column 1"),
        ({"ratio": {"of": PLAIN, "to": {"from": "x", "aggregate": "count"}}}, "ratio.to: from: 'x' is no"),
        ({"numerator": "yes", "ratio": {"of": PLAIN, "to": PLAIN}}, "belongs to `of` or `to`"),
        (
            {**PLAIN, "reference": {"title": "x", "unknown": 1, "compute": {"from": "cp"}}},
            "reference: aggregate: nothing says what to compute.",
        ),
    ],
)  # fmt: skip
def test_faults(world: World, keys: dict[str, Any], fault: str) -> None:
    faults = world.faults(**keys)
    assert any(fault in each for each in faults), faults
    assert all(each.startswith("a.measure: ") for each in faults)


def test_every_fault_is_told_at_once(world: World) -> None:
    first = world.measure(
        **{**PLAIN, "numerator": "nfaa", "filter": "tem = 'x'", "over": "last week"}
    )
    second = world.measure(id="b.measure", **{**PLAIN, "numerator": "("})
    with pytest.raises(MeasureError) as caught:
        check_measures(world.library(first, second))
    assert [problem.where for problem in caught.value.problems] == [
        "a.measure: over",
        "a.measure: filter, column 1",
        "a.measure: numerator, column 1",
        "b.measure: numerator, column 2",
    ]
    assert "team" in caught.value.problems[1].hint


def test_sound_measures_pass(world: World) -> None:
    check_measures(world.library(world.measure(**PLAIN), world.measure(id="b.measure")))


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        (
            {**PLAIN, "let": {"late": "days(referral_date,"}, "numerator": "late > 3 and late < 9"},
            "let late, column 20: the text ends where a value was expected",
        ),
        (
            {**PLAIN, "let": {"idle": "nothere + 1"}},
            "let idle, column 1: 'nothere' is nothing that",
        ),
        (
            {**PLAIN, "let": {"a": "b + 1", "b": "nothere + 1"}, "filter": "a > 1"},
            "let b, column 1",
        ),
        ({**PLAIN, "by": ["temm"]}, "by: 'temm' is no dimension."),
        ({**PLAIN, "unit": "Percent"}, "unit: 'Percent' is no unit."),
        ({**PLAIN, "unit": "%"}, "unit: '%' is no unit."),
        ({**PLAIN, "unit": "percentage"}, "unit: 'percentage' is no unit."),
    ],
)
def test_a_fault_is_told_once(world: World, keys: dict[str, Any], fault: str) -> None:
    (said,) = world.faults(**keys)
    assert fault in said


def test_a_let_that_nothing_uses_may_be_a_condition(world: World) -> None:
    check_measures(world.library(world.measure(**PLAIN, let={"idle": "earlier > 1", "x": "idle"})))


@pytest.mark.parametrize("unit", ["working days", "working-days", "plans", "children per worker"])
def test_units_are_the_authors_words(world: World, unit: str) -> None:
    check_measures(world.library(world.measure(**PLAIN, unit=unit)))


@pytest.mark.parametrize(
    ("numerator", "hint"),
    [
        ("referral_date < 5", "Count the time between two dates: days(a, b), months(a, b)."),
        ("team = 5", "Texts and codes stand in quotes, numbers without."),
        ("referral_date = '2026-01-01'", "A date is compared with a date: a column, or as_at."),
        ("team = setting(nobody)", "Ask matches(x, name of the setting)."),
        ("nfa = 'perhaps'", "Valid: "),
    ],
)
def test_what_cannot_be_compared_has_a_remedy(world: World, numerator: str, hint: str) -> None:
    with pytest.raises(MeasureError) as caught:
        check_measures(world.library(world.measure(**{**PLAIN, "numerator": numerator})))
    (problem,) = caught.value.problems
    assert problem.hint.startswith(hint)


def chain(links: int, text: str) -> dict[str, str]:
    return {**{f"l{n}": text.replace("next", f"l{n + 1}") for n in range(links)}, f"l{links}": "1"}


@pytest.mark.parametrize(
    ("let", "said"),
    [
        (chain(600, "next + 1"), "let l0: lets stand for one another 4"),
        (chain(25, "next + next"), "let l0: lets stand for one another to 67,108,863 names"),
    ],
)
def test_lets_that_no_engine_could_be_asked(world: World, let: dict[str, str], said: str) -> None:
    """Written out, one would end Python's stack and the other would never end."""
    (fault,) = world.faults(**{**PLAIN, "let": let, "numerator": "l0 > 1"})
    assert said in fault


def test_lets_within_reason_pass(world: World) -> None:
    let = chain(20, "next + 1")
    check_measures(world.library(world.measure(**{**PLAIN, "let": let, "numerator": "l0 > 1"})))


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ({**PLAIN, "over": "last 0 months"}, "over: 'last 0 months' holds no day."),
        (
            {"from": "referrals", "per": {"key": []}, "aggregate": "count"},
            "per.key: no column says who",
        ),
        (
            {"from": "cp", "clock": {"start": "start_date", "limit": "-5 days", "stop": "closed"}},
            "a limit below nothing can never be met.",
        ),
    ],
)
def test_what_could_hold_nothing(world: World, keys: dict[str, Any], fault: str) -> None:
    assert any(fault in each for each in world.faults(**keys))


@pytest.mark.parametrize(
    ("numerator", "hint"),
    [
        ("team = \u2018x\u2019", "Write straight quotes"),
        ("nfa && nfa", "Write 'and' or 'or'."),
        ("nfa AND nfa", "Write 'and', in small letters."),
        ("earlier \u2265 2", "Write <=, >= or !=."),
        ("earlier \u2013 1 = 2", "A minus is the sign '-'."),
        ("nfa; nfa", "One expression stands here"),
    ],
)
def test_signs_that_people_try_have_a_remedy(world: World, numerator: str, hint: str) -> None:
    with pytest.raises(MeasureError) as caught:
        check_measures(world.library(world.measure(**{**PLAIN, "numerator": numerator})))
    assert hint in caught.value.problems[0].hint

"""Confidence and challenge: section 6 and rules 9.20 to 9.22."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from selfassess.judging.challenge import challenge_of
from selfassess.judging.confidence import of_judgement
from selfassess.model.assessment import CriterionResult


def ago(bench, days):
    return bench.as_at - dt.timedelta(days=days)


def criterion(bench, *evidence, **more):
    return bench.judge(*evidence, **more).criterion("H-3").confidence


@pytest.mark.parametrize(
    ("age", "expected"), [(35, "high"), (36, "medium"), (95, "medium"), (96, "low"), (None, "low")]
)
def test_rule_9_20_by_the_age_of_the_newest_item(bench, age, expected):
    date = None if age is None else ago(bench, age)
    voices = ("inspector", "family")
    evidence = [bench.entry("visits", "strength", voice, date=date) for voice in voices]
    assert criterion(bench, *evidence) == expected


def test_rule_9_20_none_without_a_usable_item(bench):
    assert criterion(bench) == "none"
    assert criterion(bench, bench.entry("visits", "strength", "leaders")) == "none"
    assert criterion(bench, bench.entry("visits", "fact", "data")) == "none"


def test_rule_9_20_high_needs_two_voices_that_agree_and_every_base(bench):
    inspector = bench.entry("visits", "strength", "inspector")
    assert criterion(bench, inspector) == "medium"
    assert criterion(bench, inspector, bench.reading("t.seen", 95, n=30)) == "high"
    assert criterion(bench, inspector, bench.reading("t.seen", 95)) == "medium"  # base unknown
    assert criterion(bench, inspector, bench.reading("t.seen", 95, n=29)) == "low"
    assert (
        criterion(bench, inspector, bench.entry("visits", "strength", "family", sample=29)) == "low"
    )


def test_rule_9_20_low_where_items_on_one_topic_conflict(bench):
    both = [
        bench.entry("visits", d, v) for d, v in (("strength", "inspector"), ("weakness", "family"))
    ]
    assert criterion(bench, *both) == "low"


def test_rule_9_20_low_where_audits_are_used_while_they_are_in_doubt(bench):
    audit = bench.entry("visits", "strength", "practice-audit")
    assert criterion(bench, audit) == "medium"
    assert criterion(bench, audit, bench.reading("t.drift", 0.31, n=50)) == "low"
    assert criterion(bench, audit, bench.reading("t.drift", 0.29, n=50)) == "medium"


def test_rule_9_20_unreadable_rows_take_a_step(bench):
    inspector = bench.entry("visits", "strength", "inspector")
    assert criterion(bench, inspector, bench.reading("t.seen", 95, n=95, unknown=5)) == "high"
    assert criterion(bench, inspector, bench.reading("t.seen", 95, n=94, unknown=6)) == "medium"


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("high medium low", "medium"),
        ("high high medium low", "medium"),  # the lower of two middles
        ("high low", "low"),
        ("none none high", "none"),
        ("", "none"),
    ],
)
def test_rule_9_21_median_the_lower_of_two_middles(levels, expected):
    assert of_judgement([(level, True) for level in levels.split()]) == expected


@pytest.mark.parametrize(("covered", "expected"), [(3, "high"), (2, "medium")])
def test_rule_9_21_a_step_down_under_three_in_five_with_required_evidence(covered, expected):
    assert of_judgement([("high", index < covered) for index in range(5)]) == expected


def full(bench, *topics, voices=("inspector", "family")):
    return [bench.entry(t, "strength", v) for t in topics for v in voices]


@pytest.fixture
def plain(bench):
    """Five criteria on topics without tail measures, so that two voices make each secure."""
    topics = ("visits", "plans", "beds", "health", "boss")
    nodes = tuple(bench.criterion(f"Q-{t}", t) for t in topics)
    return bench.with_nodes(
        replace(bench.framework.nodes[0], nodes=nodes, owns=topics),
        ceilings=bench.framework.ceilings,
    )


ALL = ("visits", "plans", "beds", "health", "boss")


@pytest.mark.parametrize(
    ("topics", "claim", "expected"),
    [
        (ALL, None, None),
        (ALL, "top", "not contradicted"),
        (ALL, "fine", "not contradicted"),  # one level below what stands
        (ALL, "fair", "below the evidence"),  # two levels
        (ALL[:3], "top", "not contradicted"),  # three in five
        (ALL[:2], "top", "not enough evidence"),
        (ALL[:2], "poor", "not enough evidence"),
    ],
)
def test_rule_9_22_challenge(bench, plain, topics, claim, expected):
    claims = {"help": claim} if claim else {}
    said = bench.judge(*full(bench, *topics), claims=claims, framework=plain)
    assert said.judgement("help").challenge == expected


def test_rule_9_22_above_a_ceiling_comes_first(bench, plain):
    serious = bench.entry("visits", "weakness", "inspector", severity="serious")
    for claim, expected in (("fine", "above the evidence"), ("fair", "not enough evidence")):
        said = bench.judge(*full(bench, *ALL), serious, claims={"help": claim}, framework=plain)
        assert said.judgement("help").challenge == expected


def test_rule_9_22_any_weak_is_not_enough_and_weak_and_empty_criteria_are_named(bench, plain):
    bad = [bench.entry("visits", "weakness", voice) for voice in ("data", "partner")]
    rest = full(bench, "plans", "beds", "health")
    judgement = bench.judge(*bad, *rest, claims={"help": "fine"}, framework=plain).judgement("help")
    assert judgement.challenge == "not enough evidence"
    assert judgement.challenge_names == ("Q-visits", "Q-boss")


def test_rule_9_22_below_needs_most_criteria_secure(bench, plain):
    mixed = [bench.entry(t, "weakness", "data") for t in ("visits", "plans", "beds")]
    said = bench.judge(*full(bench, *ALL), *mixed, claims={"help": "fair"}, framework=plain)
    assert said.judgement("help").challenge == "not contradicted"


def test_rule_9_22_two_voices_leaders_praise_is_none(bench, plain):
    said = bench.judge(
        *full(bench, *ALL, voices=("inspector", "leaders")), claims={"help": "top"}, framework=plain
    )
    assert said.judgement("help").challenge == "not enough evidence"


def test_challenge_of_a_node_without_scale_is_none(bench):
    node = replace(bench.framework.nodes[0], scale=None)
    said = bench.judge(framework=bench.with_nodes(node), claims={"help": "fine"})
    assert said.judgement("help").challenge is None


def test_section_6_reading_confidence(bench):
    def level(*others, **more):
        return (
            bench.judge(bench.reading("t.seen", 95, **more), *others).reading("t.seen").confidence
        )

    inspector = bench.entry("visits", "strength", "inspector")
    assert level(n=50) == "medium"  # one source
    assert level(inspector, n=50) == "high"
    assert level(inspector, n=50, end=ago(bench, 36)) == "medium"
    assert level(inspector, n=50, end=ago(bench, 96)) == "low"
    assert level(inspector, n=50, end=None) == "low"
    assert level(inspector, n=29) == "low"
    assert level(inspector) == "medium"
    assert level(inspector, n=9) == "none"


def criteria(*rows):
    """Rows of status and number of voices, as criteria."""
    return [
        CriterionResult(
            id=f"C{index}",
            title="",
            status=status,
            confidence="none",
            signals={},
            voices=tuple("abc"[:voices]),
        )
        for index, (status, voices) in enumerate(rows)
    ]


SECURE, EMPTY, MIXED = ("secure", 2), ("not enough evidence", 1), ("mixed", 2)


@pytest.mark.parametrize(
    ("rows", "claim", "expected"),
    [
        ([SECURE] * 3 + [EMPTY] * 2, "top", "not contradicted"),  # exactly 60%
        ([SECURE] * 3 + [EMPTY] * 3, "top", "not enough evidence"),
        ([SECURE] * 59 + [EMPTY] * 41, "top", "not enough evidence"),
        ([], "top", "not enough evidence"),
        ([SECURE] * 2 + [MIXED] * 2, "fair", "not contradicted"),  # half are not most
        ([SECURE] * 3 + [MIXED] * 2, "fair", "below the evidence"),
        ([SECURE] * 5, "poor", "below the evidence"),
    ],
)
def test_rule_9_22_lines_are_exact(bench, rows, claim, expected):
    assert challenge_of(claim, bench.scale, None, criteria(*rows))[0] == expected


@pytest.mark.parametrize(
    ("ceiling", "claim", "expected"),
    [
        ("fine", "top", "above the evidence"),
        ("fine", "fine", "not contradicted"),
        ("fine", "fair", "not contradicted"),
        ("fine", "poor", "below the evidence"),
    ],
)
def test_rule_9_22_below_what_stands(bench, ceiling, claim, expected):
    assert challenge_of(claim, bench.scale, ceiling, criteria(*[SECURE] * 5))[0] == expected


@pytest.mark.parametrize(("covered", "of", "expected"), [(3, 5, "high"), (59, 100, "medium")])
def test_rule_9_21_lines_are_exact(covered, of, expected):
    assert of_judgement([("high", index < covered) for index in range(of)]) == expected


def test_section_6_reading_confidence_lines_are_exact(bench):
    inspector = bench.entry("visits", "strength", "inspector")

    def level(days, **more):
        reading = bench.reading("t.seen", 95, n=50, end=ago(bench, days), **more)
        return bench.judge(reading, inspector).reading("t.seen").confidence

    assert [level(days) for days in (35, 36, 95, 96)] == ["high", "medium", "medium", "low"]
    assert level(0, status="stale") == "low"
    loads = bench.judge(bench.reading("t.load", 10), bench.entry("loads", "strength", "inspector"))
    assert loads.reading("t.load").confidence == "high"  # a load needs no base


def test_rule_9_20_adverse_voices_that_agree_are_no_conflict(bench):
    both = [bench.entry("visits", "weakness", voice) for voice in ("inspector", "family")]
    assert criterion(bench, *both) == "high"
    apart = [bench.entry("plans", "weakness", "family"), bench.entry("health", "strength", "child")]
    assert bench.judge(*apart).criterion("H-4").confidence == "medium"

"""Ceilings: section 5 and rules 9.14 to 9.19."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from selfassess.model.assessment import Waiver
from selfassess.model.framework import Condition, RegisterCondition, Rule


def rule(condition, applies_to="help", **more):
    more.setdefault("at_most", None if "flag" in more else "fair")
    return Rule(id="r", if_=condition, applies_to=applies_to, because="b", **more)


def holds(bench, condition, *evidence):
    framework = replace(bench.framework, ceilings=(rule(condition),))
    return bench.judge(*evidence, framework=framework).ceiling("help") == "fair"


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([("t.alone", 3, {"plan": "cp"})], True),
        ([("t.alone", 2, {"plan": "cp"})], False),  # one or two: check that day, no ceiling
        ([("t.alone", 30, {})], False),  # concern, not critical; another scope
        (
            [("t.alone", 2, {"plan": "cp"}), ("t.alone", 30, {})],
            False,
        ),  # no one reading has all parts
        ([("t.alone", 3, {"plan": "cp", "team": "north"})], True),  # at least those pairs
        ([("t.alone", 3, {"plan": "cp", "agency": "police"})], False),
    ],
)
def test_rule_9_14_every_part_of_a_measure_condition_holds_for_one_reading(
    bench, readings, expected
):
    said = bench.judge(*(bench.reading(m, v, where=w) for m, v, w in readings))
    assert (said.ceiling("help") == "fair") is expected


@pytest.mark.parametrize(
    ("signal", "value", "expected"),
    [
        ("concern", 26, True),
        ("concern", 31, False),
        (("concern", "critical"), 31, True),
        ((), 1, True),
    ],
)
def test_rule_9_14_signal_is_membership_not_or_worse(bench, signal, value, expected):
    condition = Condition(measure="t.load", signal=signal)
    assert holds(bench, condition, bench.reading("t.load", value)) is expected


@pytest.mark.parametrize(("value", "expected"), [(4, False), (5, True), (7, True), (8, False)])
def test_rule_9_14_at_least_and_at_most_are_values(bench, value, expected):
    condition = Condition(measure="t.load", at_least=5, at_most=7)
    assert holds(bench, condition, bench.reading("t.load", value)) is expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, True),
        ({"direction": "strength"}, False),
        ({"severity": "serious"}, False),
        ({"severity": "moderate"}, True),
        ({"topics": ("loads",)}, False),
        ({"topics": ("visits", "loads")}, True),
        ({"topics": "own"}, True),
        ({"topics": "practice"}, True),
        ({"voices": ("family",)}, False),
        ({"voices": ("family", "inspector")}, True),
        ({"where": {"team": "north"}}, False),
        ({"distinct_topics": 2}, False),
    ],
)
def test_rule_9_14_register_condition(bench, more, expected):
    condition = RegisterCondition(**{"direction": "weakness", **more})
    entry = bench.entry("visits", "weakness", "inspector")
    assert holds(bench, Condition(register=condition), entry) is expected


def test_rule_9_14_distinct_topics_counts_topics_not_entries(bench):
    condition = Condition(register=RegisterCondition(direction="weakness", distinct_topics=2))
    one = [bench.entry("visits", "weakness", "inspector") for _ in range(2)]
    assert not holds(bench, condition, *one)
    assert holds(bench, condition, *one, bench.entry("loads", "weakness", "inspector"))


def test_rule_9_14_all_and_any(bench):
    a, b = Condition(measure="t.load", at_least=5), Condition(measure="t.max", at_least=5)
    first = bench.reading("t.load", 6)
    both = (first, bench.reading("t.max", 6))
    assert not holds(bench, Condition(all_=(a, b)), first)
    assert holds(bench, Condition(all_=(a, b)), *both)
    assert holds(bench, Condition(any_=(a, b)), first)
    assert not holds(bench, Condition(any_=(a, b)))


def test_rule_9_14_missing_is_a_flag(bench):
    node = bench.criterion("A", "visits", expects=(bench.expectation("seen", "family"),))
    framework = bench.with_nodes(
        replace(bench.framework.nodes[0], nodes=(node,)),
        ceilings=(rule(Condition(missing="seen"), flag="priority-action-risk"),),
    )
    said = bench.judge(framework=framework)
    assert said.kind("rule:r@help") == "priority-action-risk"
    assert said.ceiling("help") is None
    said = bench.judge(bench.entry("visits", "strength", "family"), framework=framework)
    assert said.finding("rule:r@help") is None


def test_rule_9_15_without_where_any_scope_but_another_agency_s(bench):
    condition = Condition(measure="t.alone", at_least=1)
    for where, expected in (
        ({}, True),
        ({"team": "north"}, True),
        ({"agency": "council"}, True),
        ({"agency": "police"}, False),
    ):
        assert holds(bench, condition, bench.reading("t.alone", 2, where=where)) is expected
    named = Condition(measure="t.alone", where={"agency": "police"}, at_least=1)
    assert holds(bench, named, bench.reading("t.alone", 2, where={"agency": "police"}))


def test_rule_9_16_small_stale_and_old_items_never_bind(bench):
    condition = Condition(measure="t.watched", at_most=50)
    assert holds(bench, condition, bench.reading("t.watched", 40, n=10))
    assert not holds(bench, condition, bench.reading("t.watched", 40, n=9))
    assert not holds(bench, condition, bench.reading("t.watched", 40, n=50, status="stale"))
    old = bench.as_at - dt.timedelta(days=366)
    assert not holds(bench, condition, bench.reading("t.watched", 40, n=50, end=old))
    entry = Condition(register=RegisterCondition(direction="weakness"))
    assert not holds(bench, entry, bench.entry("visits", "weakness", "inspector", date=old))


def test_rule_9_16_a_rule_never_sees_a_claim(bench):
    serious = bench.entry("visits", "weakness", "inspector", severity="serious")
    ceilings = {
        grade: bench.judge(serious, claims={"help": grade}).ceiling("help")
        for grade in ("top", "fine", "fair", "poor")
    }
    assert set(ceilings.values()) == {"fair"}


def test_rule_9_17_lowest_wins_all_reasons_at_that_level_the_others_beside(bench):
    weak = [bench.entry(t, "weakness", "inspector") for t in ("visits", "loads", "queue")]
    serious = bench.entry("plans", "weakness", "inspector", severity="serious", id="S")
    alone = bench.reading("t.alone", 4, where={"plan": "cp"})
    judgement = bench.judge(*weak, serious, alone).judgement("help")
    assert judgement.ceiling == "fair"
    assert [b.rule for b in judgement.because] == ["at-risk", "alone"]
    assert [b.rule for b in judgement.also] == ["several"]
    assert judgement.because[0].register == ("S",)
    assert judgement.because[1].readings == ("t.alone[plan=cp]",)


def test_rule_9_17_null_where_no_rule_holds(bench):
    said = bench.judge(bench.reading("t.load", 40), bench.reading("t.turnover", 50, n=90))
    assert said.ceiling("help") is None  # loads and turnover set no ceiling
    assert said.ceiling("lead") is None


def test_section_5_a_practice_ceiling_alone_never_caps_leaders(bench):
    said = bench.judge(bench.entry("visits", "weakness", "inspector", severity="serious"))
    assert said.ceiling("help") == "fair"
    assert said.ceiling("lead") is None


def test_rule_9_17_no_roll_up_unless_a_node_rule_says_so_children_first(bench):
    serious = bench.entry("beds", "weakness", "inspector", severity="serious")
    parent = replace(bench.framework.nodes[2], id="all", nodes=bench.framework.nodes[:2], owns=())
    rules = bench.framework.ceilings
    without = bench.with_nodes(parent, ceilings=rules)
    assert bench.judge(serious, framework=without).ceiling("all") is None
    up = rule(Condition(node="care", ceiling_at_most="fair"), "all", at_most="fine")
    said = bench.judge(serious, framework=bench.with_nodes(parent, ceilings=(up, *rules)))
    assert said.ceiling("all") == "fine"
    assert said.judgement("all").because[0].register == (serious.id,)
    low = rule(Condition(node="care", ceiling_at_most="poor"), "all", at_most="fine")
    said = bench.judge(serious, framework=bench.with_nodes(parent, ceilings=(low, *rules)))
    assert said.ceiling("all") is None


def test_rule_9_18_a_circle_that_was_not_refused_ends(bench):
    rules = (
        rule(Condition(node="care", ceiling_at_most="fair"), "help"),
        replace(rule(Condition(node="help", ceiling_at_most="fair"), "care"), id="q"),
    )
    said = bench.judge(framework=replace(bench.framework, ceilings=rules))
    assert said.ceiling("help") is None


def waiver(rule_id, until):
    return Waiver(rule=rule_id, who="A. Director", why="checked", until=until)


def test_rule_9_19_a_waiver_prints_both_and_the_challenge_uses_the_stricter(bench):
    serious = bench.entry("visits", "weakness", "inspector", severity="serious")
    said = bench.judge(serious, claims={"help": "fine"}, waivers=(waiver("at-risk", bench.as_at),))
    judgement = said.judgement("help")
    assert (judgement.ceiling, judgement.ceiling_after_waivers) == ("fair", None)
    assert [w.rule for w in judgement.waived] == ["at-risk"]
    assert judgement.challenge == "above the evidence"
    assert said.kind("rule:at-risk@help") == "priority-action-risk"  # the risk stays


def test_rule_9_19_a_waiver_ends(bench):
    serious = bench.entry("visits", "weakness", "inspector", severity="serious")
    over = waiver("at-risk", bench.as_at - dt.timedelta(days=1))
    judgement = bench.judge(serious, waivers=(over,)).judgement("help")
    assert (judgement.ceiling_after_waivers, judgement.waived) == ("fair", ())


def test_section_5_widespread_binds_the_cohort_named(bench):
    def widespread(name, node, **where):
        condition = RegisterCondition(
            direction="weakness", severity="serious", topics=("audits",), where=where
        )
        return replace(rule(Condition(register=condition), node), id=name)

    framework = replace(
        bench.framework,
        ceilings=(widespread("w", "help"), widespread("w-care", "care", cohort="care")),
    )

    def ceilings(**where):
        entry = bench.entry("audits", "weakness", "practice-audit", severity="serious", where=where)
        said = bench.judge(entry, framework=framework)
        return said.ceiling("help"), said.ceiling("care")

    assert ceilings() == ("fair", None)
    assert ceilings(cohort="care") == (None, "fair")


# narrative frameworks


def narrative(bench, **more):
    nodes = tuple(replace(node, scale=None) for node in bench.framework.nodes[:1])
    serious = RegisterCondition(direction="weakness", severity="serious", topics="practice")
    flag = Rule(
        id="risk", if_=Condition(register=serious), because="b", flag="priority-action-risk", **more
    )
    return replace(
        bench.with_nodes(nodes[0], ceilings=(flag,)),
        kind="narrative",
        scales=(),
        responsible_bodies=tuple(
            type(bench.scale.levels[0])(id=i, title=i) for i in ("council", "police")
        ),
    )


def test_section_5_narrative_flags_go_by_topic_and_responsible_body(bench):
    entries = [
        bench.entry("visits", "weakness", "inspector", severity="serious"),
        bench.entry(
            "queue", "weakness", "inspector", severity="serious", where={"agency": "police"}
        ),
    ]
    said = bench.judge(*entries, framework=narrative(bench))
    flag = said.finding("rule:risk@help")
    assert flag.kind == "priority-action-risk"
    assert flag.topics == ("visits", "queue")
    assert flag.responsible == ("council", "police")
    judgement = said.judgement("help")
    assert (judgement.scale, judgement.ceiling, judgement.challenge) == (None, None, None)
    assert judgement.because == ()


def test_a_flag_s_own_topics_and_bodies_come_first(bench):
    entry = bench.entry("visits", "weakness", "inspector", severity="serious")
    framework = narrative(bench, topics=("queue",), responsible=("police",))
    flag = bench.judge(entry, framework=framework).finding("rule:risk@help")
    assert (flag.topics, flag.responsible) == (("queue",), ("police",))


def test_where_bodies_are_judged_together_each_answers_for_its_criteria(bench):
    framework = narrative(bench)
    help_ = framework.nodes[0]
    nodes = (
        bench.criterion("A", "visits", responsible=("council",)),
        bench.criterion("B", "visits", responsible=("council", "police")),
    )
    framework = replace(framework, nodes=(replace(help_, nodes=nodes),))
    police = bench.entry("visits", "weakness", "inspector", where={"agency": "police"})
    said = bench.judge(police, framework=framework)
    assert said.status("A") == "not enough evidence"
    assert said.status("B") == "mixed"
    assert said.finding(f"entry:{police.id}").responsible == ("police",)


def test_rule_9_17_a_flag_without_a_grade_stands_beside(bench):
    flag = rule(Condition(measure="t.load", at_least=1), flag="priority-action-risk")
    framework = replace(bench.framework, ceilings=(flag,))
    waivers = (waiver("r", bench.as_at),)
    said = bench.judge(bench.reading("t.load", 2), framework=framework, waivers=waivers)
    judgement = said.judgement("help")
    assert (judgement.ceiling, judgement.because) == (None, ())
    assert [b.rule for b in judgement.also] == ["r"]
    assert judgement.waived == ()  # there is no ceiling to set aside


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, (True, True, True)),
        ({"where": {"cohort": "care"}}, (False, True, True)),
        ({"judgement": "care"}, (False, True, True)),
        ({"criterion": "C-1"}, (False, True, True)),
        ({"criterion": "H-1"}, (True, False, True)),
    ],
)
def test_rule_9_2_practice_nodes_see_what_is_theirs_others_see_all(bench, more, expected):
    condition = Condition(register=RegisterCondition(direction="weakness", topics=("audits",)))
    nodes = ("help", "care", "lead")
    framework = replace(bench.framework, ceilings=(rule(condition, nodes),))
    said = bench.judge(bench.entry("audits", "weakness", "inspector", **more), framework=framework)
    assert tuple(said.ceiling(node) == "fair" for node in nodes) == expected


def test_rule_9_2_a_cohort_s_reading_binds_that_cohort_s_node(bench):
    framework = replace(
        bench.framework,
        ceilings=(rule(Condition(measure="t.alone", at_least=1), ("help", "care")),),
    )
    reading = bench.reading("t.alone", 5, where={"cohort": "care"})
    said = bench.judge(reading, framework=framework)
    assert (said.ceiling("help"), said.ceiling("care")) == (None, "fair")


@pytest.mark.parametrize("status", ["suppressed", "error", "not-computable", "missing"])
def test_rule_9_16_what_is_no_figure_never_binds(bench, status):
    condition = Condition(measure="t.load", at_least=1)
    assert not holds(bench, condition, bench.reading("t.load", 40, status=status))


@pytest.mark.parametrize(
    ("severity", "published", "counts_as"),
    [
        ("minor", True, "minor"),
        ("moderate", True, "moderate"),
        ("serious", True, "serious"),
        ("serious", False, "moderate"),
    ],
)
def test_rule_9_6_the_severity_that_rules_see(bench, severity, published, counts_as):
    entry = bench.entry("visits", "weakness", "inspector", severity=severity, published=published)
    for wanted in ("minor", "moderate", "serious"):
        condition = RegisterCondition(direction="weakness", severity=wanted)
        assert holds(bench, Condition(register=condition), entry) is (wanted == counts_as)

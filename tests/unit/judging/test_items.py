"""Evidence: section 2 and rules 9.1 to 9.7 through the whole of judging."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest


def days_before(as_at, days):
    return as_at - dt.timedelta(days=days)


def test_rule_9_1_a_reading_s_voice_is_its_measure_s(bench):
    said = bench.judge(bench.reading("t.seen", 95, n=50), bench.reading("t.grades", 60, n=50))
    assert said.reading("t.seen").voice == "data"
    assert said.reading("t.grades").voice == "practice-audit"


def test_rule_9_2_an_item_belongs_to_what_it_names(bench):
    said = bench.judge(
        bench.entry("loads", "weakness", "inspector", id="named", criterion="L-1"),
        bench.entry("plans", "weakness", "inspector", id="of-care", judgement="care"),
        bench.entry("loads", "weakness", "inspector", id="shared"),
    )
    assert said.finding("entry:named").criteria == ("L-1",)
    assert said.finding("entry:named").judgements == ("lead",)
    assert said.finding("entry:of-care").judgements == ("care",)
    assert said.finding("entry:of-care").criteria == ("C-2",)
    assert said.finding("entry:shared").criteria == ("H-1",)


def test_rule_9_2_else_to_each_criterion_that_lists_its_measure_else_by_topic(bench):
    def nodes(**listing):
        return bench.with_nodes(
            replace(
                bench.framework.nodes[0],
                nodes=(bench.criterion("A", "loads"), bench.criterion("B", "queue", **listing)),
            )
        )

    reading = bench.reading("t.load", 40)
    shared = bench.judge(reading, framework=nodes())
    assert shared.finding("reading:t.load").criteria == ("A",)
    listed = bench.judge(reading, framework=nodes(measures=("t.load",)))
    assert listed.finding("reading:t.load").criteria == ("B",)


def test_rule_9_2_a_cohort_keeps_an_item_to_nodes_of_that_cohort(bench):
    said = bench.judge(
        bench.entry("plans", "weakness", "inspector", id="all"),
        bench.entry("plans", "weakness", "inspector", id="care", where={"cohort": "care"}),
    )
    assert said.finding("entry:all").criteria == ("H-4", "C-2")
    assert said.finding("entry:care").criteria == ("C-2",)
    assert said.finding("entry:care").judgements == ("care",)


def test_section_2_a_cohort_moves_an_entry_to_that_cohort_s_judgement(bench):
    def serious(**where):
        return bench.entry("visits", "weakness", "inspector", severity="serious", where=where)

    assert bench.judge(serious()).ceiling("help") == "fair"
    assert bench.judge(serious()).ceiling("care") is None
    moved = bench.judge(serious(cohort="care"))
    assert moved.ceiling("help") is None
    assert moved.ceiling("care") == "fair"


def test_rule_9_2_another_agency_is_responsible_for_its_own(bench):
    said = bench.judge(
        bench.entry("visits", "weakness", "inspector", id="p", where={"agency": "police"}),
        bench.entry("visits", "weakness", "inspector", id="c", where={"agency": "council"}),
    )
    assert said.finding("entry:p").responsible == ("police",)
    assert said.finding("entry:c").responsible == ()


def test_section_1_another_agency_s_figure_is_that_agency_s(bench):
    said = bench.judge(
        bench.entry(
            "visits", "weakness", "inspector", severity="serious", where={"agency": "police"}
        )
    )
    assert said.status("H-3") == "not enough evidence"
    assert said.status("visits") == "not enough evidence"
    assert said.kind("entry:E1") == "improve"


def test_rule_9_3_own_is_the_node_s_list_and_practice_all_practice_nodes(bench):
    serious = bench.entry("boss", "weakness", "inspector", severity="serious")
    assert bench.judge(serious).ceiling("help") is None
    other = bench.entry("beds", "weakness", "inspector", severity="serious")
    late = bench.entry("boss", "weakness", "inspector")
    said = bench.judge(other, late)
    assert (said.ceiling("help"), said.ceiling("care"), said.ceiling("lead")) == (
        None,
        "fair",
        "fair",
    )
    assert bench.judge(serious, late).ceiling("lead") is None  # boss is no practice topic


@pytest.mark.parametrize(("age", "kind"), [(365, "improve"), (366, "question"), (-1, "question")])
def test_rule_9_4_current_for_a_year(bench, age, kind):
    entry = bench.entry("visits", "weakness", "inspector", date=days_before(bench.as_at, age))
    said = bench.judge(entry)
    assert said.kind("entry:E1") == kind
    expected = "mixed" if kind == "improve" else "not enough evidence"
    assert said.status("visits") == expected


def test_rule_9_4_the_expectation_s_maximum_age_where_there_is_one(bench):
    criterion = bench.criterion(
        "A", "visits", expects=(bench.expectation("e", "inspector", max_age_days=100),)
    )
    framework = bench.with_nodes(replace(bench.framework.nodes[0], nodes=(criterion,)))
    for age, status in ((100, "mixed"), (101, "not enough evidence")):
        entry = bench.entry("visits", "weakness", "inspector", date=days_before(bench.as_at, age))
        assert bench.judge(entry, framework=framework).status("A") == status


@pytest.mark.parametrize(
    ("later", "kind"),
    [
        ({"voice": "inspector"}, "question"),
        ({"voice": "leaders"}, "improve"),
        ({"voice": "inspector", "topic": "loads"}, "improve"),
        ({"voice": "inspector", "where": {"team": "north"}}, "improve"),
        ({"voice": "inspector", "age": 50}, "improve"),  # not later
        ({"voice": "inspector", "direction": "weakness"}, "improve"),
    ],
)
def test_rule_9_4_until_a_later_favourable_entry_on_its_point(bench, later, kind):
    entry = bench.entry(
        "visits", "weakness", "inspector", date=days_before(bench.as_at, 50), id="old"
    )
    other = bench.entry(
        later.get("topic", "visits"),
        later.get("direction", "strength"),
        later["voice"],
        date=days_before(bench.as_at, later.get("age", 10)),
        where=later.get("where"),
    )
    assert bench.judge(entry, other).kind("entry:old") == kind


def test_rule_9_4_undated_is_current_with_low_confidence(bench):
    said = bench.judge(bench.entry("visits", "weakness", "inspector", date=None))
    assert said.kind("entry:E1") == "improve"
    assert said.criterion("H-3").confidence == "low"


def test_rule_9_4_an_old_reading_is_a_question_and_nothing_else(bench):
    old = bench.reading("t.alone", 9, where={"plan": "cp"}, end=days_before(bench.as_at, 366))
    said = bench.judge(old)
    assert said.kind("reading:t.alone[plan=cp]") == "question"
    assert said.status("plans") == "not enough evidence"
    assert said.ceiling("help") is None


@pytest.mark.parametrize(
    ("strength", "contested"),
    [
        ({}, True),
        ({"where": {"team": "north"}}, True),
        ({"where": {"team": "south"}}, False),
        ({"voice": "leaders"}, False),
        ({"topic": "queue"}, False),
        ({"age": 400}, False),
    ],
)
def test_rule_9_5_contested(bench, strength, contested):
    weak = [
        bench.entry(
            topic, "weakness", "inspector", where={"team": "north"} if topic == "visits" else None
        )
        for topic in ("visits", "loads", "queue")
    ]
    other = bench.entry(
        strength.get("topic", "visits"),
        "strength",
        strength.get("voice", "partner"),
        where=strength.get("where"),
        date=days_before(bench.as_at, strength.get("age", 0)),
    )
    expected = None if contested or strength.get("topic") else "fine"
    assert bench.judge(*weak, other).ceiling("help") == expected


@pytest.mark.parametrize(
    ("more", "weak"),
    [
        ({"published": False}, False),
        ({"published": False, "agreed_by": ("A",)}, False),
        ({"published": False, "agreed_by": ("A", "A")}, False),
        ({"published": False, "agreed_by": ("A", "B")}, True),
        ({"published": True}, True),
    ],
)
def test_rule_9_6_serious_needs_two_names_unless_published(bench, more, weak):
    said = bench.judge(
        bench.entry("visits", "weakness", "practice-audit", severity="serious", **more)
    )
    assert said.status("H-3") == ("weak" if weak else "mixed")
    assert said.ceiling("help") == ("fair" if weak else None)
    asked = said.finding("missing:H-3/agreement-for-E1")
    assert (asked is None) is weak


def test_rule_9_6_nothing_infers_severity(bench):
    entry = bench.entry(
        "visits", "weakness", "inspector", text="Serious, critical, dangerous failures."
    )
    assert bench.judge(entry).ceiling("help") is None


def test_section_2_facts_and_plans_count_neither_way(bench):
    said = bench.judge(
        bench.entry("visits", "fact", "inspector"), bench.entry("visits", "plan", "leaders")
    )
    assert said.status("visits") == "not enough evidence"
    assert said.kind("entry:E1") is None
    assert said.kinds("visits") == []
    assert said.criterion("H-3").confidence == "none"


def test_section_2_leaders_praise_is_a_claim_their_admission_evidence(bench):
    praise = bench.judge(bench.entry("visits", "strength", "leaders"))
    assert praise.kind("entry:E1") == "question"
    assert praise.criterion("H-3").voices == ()
    admission = bench.judge(bench.entry("visits", "weakness", "leaders"))
    assert admission.kind("entry:E2") == "improve"
    assert admission.status("visits") == "mixed"

"""Findings: sections 3, 7 and 8, rules 9.23 and 9.24."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from selfassess.model.measure import Dimension


@pytest.mark.parametrize(
    "voice", ["inspector", "practice-audit", "learning-review", "data", "leaders"]
)
def test_section_3_first_hand_weakness_is_improve(bench, voice):
    assert bench.judge(bench.entry("visits", "weakness", voice)).kind("entry:E1") == "improve"


@pytest.mark.parametrize("voice", ["child", "family", "staff", "partner"])
def test_section_3_other_weakness_is_a_question_until_something_agrees(bench, voice):
    def kind(*others, **more):
        entry = bench.entry("visits", "weakness", voice, id="w", **more)
        return bench.judge(entry, *others).kind("entry:w")

    assert kind() == "question"
    assert kind(sample=9) == "question"
    assert kind(sample=10) == "improve"
    assert kind(bench.entry("visits", "weakness", voice)) == "question"  # the same voice
    assert kind(bench.entry("visits", "weakness", "leaders")) == "improve"
    assert kind(bench.entry("loads", "weakness", "leaders")) == "question"  # another topic
    assert kind(bench.reading("t.seen", 70, n=50)) == "improve"
    assert kind(bench.reading("t.seen", 85, n=50)) == "question"  # attention is not adverse


def test_section_3_strength_even_if_contested_with_its_scope(bench):
    strength = bench.entry("visits", "strength", "partner", where={"team": "north"})
    said = bench.judge(strength, bench.entry("visits", "weakness", "inspector"))
    finding = said.finding("entry:E1")
    assert finding.kind == "strength"
    assert finding.where == (("team", "north"),)
    assert "team north" in finding.text
    assert "Contested" in finding.text


def test_section_3_leaders_alone_is_a_question(bench):
    praise = bench.entry("visits", "strength", "leaders", id="p")
    alone = bench.judge(praise, bench.reading("t.seen", 96, n=50))  # figures do not say so either
    assert alone.kind("entry:p") == "question"
    assert alone.finding("entry:p").text.endswith("Who else says so?")
    assert alone.finding("entry:p").look_at == "audit, families"
    assert (
        bench.judge(praise, bench.entry("visits", "strength", "family")).kind("entry:p")
        == "strength"
    )


def test_section_3_attention_is_a_question_with_its_number_and_the_line(bench):
    finding = bench.judge(bench.reading("t.seen", 85, n=40, numerator=34)).finding("reading:t.seen")
    assert finding.kind == "question"
    assert finding.text == (
        "Title of t.seen: 85%, 34 of 40. The band (proposed) asks at least 90%. Who is unseen?"
    )
    assert finding.look_at == "visit log"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (17, "17%"),
        (68.5185, "68.5%"),
        (63.97, "64.0%"),  # not whole, and printed so
        (64, "64%"),
        (89.9, "89.9%"),
        (99.98, "99.98%"),
        (100, "100%"),
        (0.02, "0.02%"),
    ],
)
def test_percentages_have_one_decimal_unless_that_would_hide_something(bench, value, text):
    finding = bench.judge(bench.reading("t.watched", value, n=50)).finding("reading:t.watched")
    assert finding is None if value == 100 else f": {text}, on a base of 50." in finding.text


def test_a_count_names_what_it_is_of(bench):
    reading = bench.reading("t.waiting", 3, numerator=3, n=412)
    finding = bench.judge(reading).finding("reading:t.waiting")
    assert finding.text.startswith(
        "Title of t.waiting: 3 children, of 412. The band (proposed) asks for none."
    )


def test_section_3_concern_by_another_band_is_improve(bench):
    finding = bench.judge(bench.reading("t.seen", 17)).finding("reading:t.seen")
    assert finding.kind == "improve"
    assert finding.text == (
        "Title of t.seen: 17%, base not stated. The band (proposed) asks at least 90%; under 80% "
        "is the concern line. Who is unseen?"
    )


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (None, "question"),
        (("reading", "t.load", 26), "improve"),
        (("reading", "t.load", 20), "question"),
        (("entry", "boss", "weakness"), "improve"),
        (("entry", "visits", "weakness"), "question"),
    ],
)
def test_section_3_concern_by_a_benchmark_asks_unless_other_adverse_evidence_shares_the_topic(
    bench, other, kind
):
    evidence = [bench.reading("t.turnover", 25, n=50)]
    if other and other[0] == "reading":
        evidence.append(bench.reading(other[1], other[2]))
    elif other:
        evidence.append(bench.entry(other[1], other[2], "inspector"))
    assert bench.judge(*evidence).kind("reading:t.turnover") == kind


def test_section_3_concern_by_a_benchmark_is_not_borne_out_by_its_own_parts(bench):
    said = bench.judge(
        bench.reading("t.turnover", 25, n=50),
        bench.reading("t.turnover", 30, n=50, where={"team": "north"}),
    )
    assert said.kind("reading:t.turnover") == "question"


def test_section_3_concern_on_a_two_sided_band_asks(bench):
    odd = bench.reading("t.closed", 5, n=50)
    assert bench.judge(odd).kind("reading:t.closed") == "question"
    both = bench.judge(odd, bench.entry("queue", "weakness", "inspector"))
    assert both.kind("reading:t.closed") == "improve"


def test_section_3_secure_is_in_place_and_a_strength_only_with_another_voice(bench):
    seen = bench.reading("t.seen", 96, n=50)

    def kind(*others, reading=seen):
        return bench.judge(reading, *others).kind(f"reading:{reading.id}")

    def said(voice, direction="strength"):
        return bench.entry("visits", direction, voice)

    assert kind() is None
    assert kind(said("leaders")) is None
    assert kind(said("data")) is None
    assert kind(said("family")) == "strength"
    assert kind(said("family"), said("inspector", "weakness")) is None
    part = bench.reading("t.seen", 99, n=50, where={"team": "north"})
    assert kind(said("family"), reading=part) is None


def test_section_3_context_and_no_figure_ask_nothing(bench):
    said = bench.judge(
        bench.reading("t.rate", 30, n=50),
        bench.reading("t.closed", 40, n=50),
        bench.reading("t.seen", None, status="missing"),
        bench.reading("t.watched", 5, n=6),
    )
    assert said.outcome.findings == ()


def test_section_1_a_part_s_failing_is_a_finding_on_it(bench):
    said = bench.judge(
        bench.reading("t.seen", 95, n=90),
        bench.reading("t.seen", 60, n=30, where={"team": "north"}),
    )
    finding = said.finding("reading:t.seen[team=north]")
    assert finding.kind == "improve"
    assert finding.where == (("team", "north"),)
    assert "(team north): 60%" in finding.text


def parts(bench, values, measure="t.seen", **more):
    return [
        bench.reading(measure, value, n=30, where={"team": team}, **more)
        for team, value in values.items()
    ]


def test_a_part_no_worse_than_the_whole_is_told_with_it(bench):
    said = bench.judge(
        bench.reading("t.seen", 70, n=90), *parts(bench, {"east": 61, "north": 85, "west": 75})
    )
    (finding,) = said.outcome.findings
    assert finding.id == "reading:t.seen"
    assert finding.evidence == (
        "t.seen",
        "t.seen[team=east]",
        "t.seen[team=north]",
        "t.seen[team=west]",
    )
    assert "Among its parts: team east 61%, team west 75% and team north 85%." in finding.text


@pytest.mark.parametrize(
    ("whole", "part", "own"),
    [
        (70, 60, True),  # ten points further off
        (70, 61, False),
        (85, 79, True),  # a worse level
        (95, 85, True),  # the whole is in order
    ],
)
def test_a_part_further_off_than_the_whole_speaks_for_itself(bench, whole, part, own):
    said = bench.judge(bench.reading("t.seen", whole, n=90), *parts(bench, {"east": part}))
    assert (said.finding("reading:t.seen[team=east]") is not None) is own


@pytest.mark.parametrize(("part", "own"), [(25, True), (24.9, False), (19, False)])
def test_parts_of_counts_and_loads_compare_by_a_quarter(bench, part, own):
    said = bench.judge(bench.reading("t.load", 20), *parts(bench, {"east": part}, "t.load"))
    assert (said.finding("reading:t.load[team=east]") is not None) is own


def test_a_published_part_and_another_agency_s_speak_for_themselves(bench):
    whole = bench.reading("t.seen", 70, n=90)
    said = bench.judge(whole, *parts(bench, {"east": 70}, published=True))
    assert said.finding("reading:t.seen[team=east]") is not None
    bench.dimensions = {
        **bench.dimensions,
        "agency": Dimension(id="agency", title="A", inherits=True),
    }
    said = bench.judge(whole, bench.reading("t.seen", 70, n=30, where={"agency": "police"}))
    assert said.finding("reading:t.seen[agency=police]").responsible == ("police",)


def test_a_part_that_is_all_of_the_whole_is_not_named_beside_it(bench):
    whole = bench.reading("t.seen", 82, n=90, numerator=74)
    alone = bench.reading("t.seen", 82, n=90, numerator=74, where={"team": "only"})
    finding = bench.judge(whole, alone).finding("reading:t.seen")
    assert "Among its parts" not in finding.text
    assert len(finding.evidence) == 2


def test_a_percentage_shows_on_which_side_of_a_cut_it_lies(bench):
    near = bench.judge(bench.reading("t.seen", 89.96, n=50)).finding("reading:t.seen")
    assert ": 89.96%, on a base of 50. The band (proposed) asks at least 90%." in near.text


def test_more_than_three_parts_are_counted_not_named(bench):
    many = {name: 80 + index for index, name in enumerate("abcde")}
    finding = bench.judge(bench.reading("t.seen", 82, n=90), *parts(bench, many)).finding(
        "reading:t.seen"
    )
    assert "Among its parts: team a 80%, team b 81%, team c 82% and 2 more." in finding.text
    assert len(finding.evidence) == 6


def test_section_7_sharp_improvement_asks_whether_practice_changed(bench):
    finding = bench.judge(bench.reading("t.seen", None, series=(80, 95), n=50)).finding(
        "reading:t.seen"
    )
    assert finding.kind == "question"
    assert ", from 80% earlier." in finding.text  # the series has no days
    assert finding.text.endswith("Practice, or counting?")
    assert finding.look_at == "weekly run"


def test_a_trend_names_the_day_that_it_is_compared_with(bench):
    series = ((70, dt.date(2024, 12, 31)), (80, dt.date(2025, 3, 31)), (95, dt.date(2026, 3, 31)))
    finding = bench.judge(bench.reading("t.seen", None, series=series, n=50)).finding(
        "reading:t.seen"
    )
    assert ": 95%, on a base of 50, from 80% on 31 March 2025." in finding.text


@pytest.mark.parametrize(("value", "look_at"), [(15, "repeats"), (70, "closing records")])
def test_section_7_the_question_fits_the_side(bench, value, look_at):
    finding = bench.judge(bench.reading("t.closed", value, n=50)).finding("reading:t.closed")
    assert finding.look_at == look_at


def test_section_7_a_fair_average_beside_a_bad_worst_case(bench):
    tail = bench.reading("t.max", 28)
    assert "hide" not in bench.judge(tail).finding("reading:t.max").text
    mean = replace(bench.measures["t.load"], unit="children per worker")
    bench.measures = {**bench.measures, "t.load": mean}
    said = bench.judge(tail, bench.reading("t.load", 11), measures=bench.measures)
    assert "Title of t.load looks fair beside it" in said.finding("reading:t.max").text


def missing_bench(bench, *expects, **more):
    node = bench.criterion("A", "visits", expects=expects, **more)
    return bench.with_nodes(replace(bench.framework.nodes[0], nodes=(node,)))


def test_section_3_required_evidence_missing_is_a_question(bench):
    framework = missing_bench(
        bench,
        bench.expectation("sample", "practice-audit", method="a sample of visits"),
        bench.expectation("heard", "child", "family"),
        bench.expectation("extra", "partner", required=False),
    )
    said = bench.judge(framework=framework)
    assert [f.id for f in said.outcome.findings] == ["missing:A/heard", "missing:A/sample"]
    heard = said.finding("missing:A/heard")
    assert heard.kind == "question"
    assert heard.text.endswith("What would children say?")
    assert heard.look_at == "advocacy, complaints"
    assert said.finding("missing:A/sample").look_at == "a sample of visits"
    full = bench.judge(
        bench.entry("visits", "weakness", "practice-audit"),
        bench.entry("visits", "strength", "child"),
        framework=framework,
    )
    assert [f.id for f in full.outcome.findings if f.id.startswith("missing")] == []


def test_section_7_figure_missing_asks_why_it_is_not_counted(bench):
    framework = missing_bench(
        bench,
        bench.expectation("timely", "data", measures=("t.seen",)),
        measures=("t.seen", "t.waiting", "t.max"),
    )
    said = bench.judge(
        bench.reading("t.seen", None, status="not-computable", reason="no list of visits"),
        bench.reading("t.waiting", None, status="missing", reason="no list of contacts"),
        bench.reading("t.max", 12),
        framework=framework,
    )
    timely = said.finding("missing:A/timely")
    assert "no list of visits" in timely.text
    assert timely.evidence == ("t.seen",)
    figures = said.finding("missing:A/figures")
    assert "Title of t.waiting (no list of contacts)" in figures.text
    assert "t.seen" not in figures.text
    assert figures.look_at == "forms, extract"


def test_section_7_plan_without_measure(bench):
    said = bench.judge(bench.entry("visits", "plan", "leaders", text="New rota."))
    finding = said.finding("missing:H-3/measure-for-E1")
    assert finding.kind == "question"
    assert finding.text.endswith("What will differ for children, and when?")


def test_quiet_where_all_is_in_order(bench):
    said = bench.judge(
        bench.reading("t.seen", 96, n=50),
        bench.reading("t.load", 17),
        bench.entry("visits", "fact", "data"),
    )
    assert said.kinds("visits") == []
    assert said.kinds("loads") == []


def test_conflict_asks_where_different_sources_disagree_on_one_point(bench):
    def conflict(*evidence):
        found = [f for f in bench.judge(*evidence).outcome.findings if f.id.startswith("conflict:")]
        return found[0].id if found else None

    good = bench.entry("visits", "strength", "family")
    bad = bench.entry("visits", "weakness", "inspector")
    assert conflict(good, bad) == "conflict:visits"
    assert conflict(bench.reading("t.seen", 96, n=50), bad) == "conflict:visits"
    assert conflict(bad, bench.entry("visits", "strength", "inspector")) is None  # one source
    assert conflict(bad, bench.entry("visits", "strength", "leaders")) is None
    north = {"team": "north"}
    assert conflict(bench.entry("visits", "strength", "family", where=north), bad) is None
    both = [
        bench.entry("visits", d, v, where=north)
        for d, v in (("strength", "child"), ("weakness", "data"))
    ]
    assert conflict(*both) == "conflict:visits[team=north]"
    figures = [bench.reading("t.load", 40), bench.reading("t.turnover", 5, n=50, source="hr.csv")]
    assert conflict(*figures) is None  # they measure different things


def test_rule_9_23_ids_hold_neither_kind_nor_value_nor_date(bench):
    def ids(value, date):
        said = bench.judge(
            bench.reading("t.seen", value, n=50, where={"team": "a", "plan": "cp"}, end=date),
            bench.entry("visits", "weakness", "inspector", id="W", date=date),
        )
        return [f.id for f in said.outcome.findings]

    expected = ["entry:W", "reading:t.seen[plan=cp,team=a]"]
    assert ids(70, bench.as_at) == expected
    assert (
        ids(94, bench.as_at - dt.timedelta(days=40)) == expected
    )  # a question now, the same finding


def test_rule_9_23_one_finding_an_id(bench):
    entry = bench.entry("plans", "weakness", "inspector", id="W")
    said = bench.judge(entry, bench.reading("t.alone", 4, where={"plan": "cp"}))
    ids = [f.id for f in said.outcome.findings]
    assert len(ids) == len(set(ids))
    assert said.finding("entry:W").criteria == ("H-4", "C-2")
    assert said.finding("entry:W").judgements == ("help", "care")


def test_rule_9_24_framework_order_then_id(bench):
    evidence = [
        bench.entry("boss", "weakness", "inspector", id="A"),
        bench.entry("beds", "weakness", "inspector", id="B"),
        bench.entry("visits", "weakness", "inspector", id="D"),
        bench.entry("visits", "weakness", "inspector", id="C"),
        bench.entry("loads", "weakness", "inspector", id="E"),
    ]
    expected = ["entry:E", "entry:C", "entry:D", "entry:B", "entry:A"]
    assert [f.id for f in bench.judge(*evidence).outcome.findings] == expected
    assert [f.id for f in bench.judge(*reversed(evidence)).outcome.findings] == expected


def test_rule_9_24_readings_and_topics_go_in_framework_order_too(bench):
    readings = [
        bench.reading("t.rate", 5, n=50),
        bench.reading("t.seen", 95, n=50, where={"team": "b"}),
        bench.reading("t.seen", 95, n=50, where={"team": "a"}),
        bench.reading("t.load", 10),
    ]
    outcome = bench.judge(*readings).outcome
    assert [r.reading.id for r in outcome.readings] == [
        "t.load",
        "t.seen[team=a]",
        "t.seen[team=b]",
        "t.rate",
    ]
    assert [t.id for t in outcome.topics] == [
        "loads",
        "plans",
        "queue",
        "visits",
        "beds",
        "health",
        "audits",
        "boss",
    ]


def test_judging_is_a_pure_function(bench):
    evidence = (
        bench.entry("visits", "weakness", "inspector", severity="serious"),
        bench.entry("plans", "strength", "child"),
        bench.reading("t.load", 40),
        bench.reading("t.alone", 4, where={"plan": "cp"}),
    )
    assert bench.judge(*evidence).outcome == bench.judge(*reversed(evidence)).outcome


def test_findings_never_speak_of_a_grade(bench):
    said = bench.judge(
        bench.entry("visits", "weakness", "inspector", severity="serious", published=False),
        bench.entry("loads", "weakness", "inspector", severity="serious"),
        bench.reading("t.alone", 4, where={"plan": "cp"}),
        bench.reading("t.load", 40),
        claims={"help": "top"},
    )
    words = {
        word.strip(".,:;?()“”").lower() for f in said.outcome.findings for word in f.text.split()
    }
    assert not words & {"top", "fine", "fair", "poor", "inadequate", "grade", "outstanding"}


def test_flags_say_what_was_seen_and_who_decides(bench):
    said = bench.judge(bench.reading("t.alone", 4, where={"plan": "cp"}))
    flag = said.finding("rule:alone@help")
    assert flag.kind == "priority-action-risk"
    assert flag.judgements == ("help",)
    assert flag.topics == ("plans",)
    assert "(plan cp): 4 children" in flag.text
    assert "for a person to decide" in flag.text


def test_a_flag_says_what_was_seen_first_and_each_measure_once(bench):
    teams = [{"plan": "cp", "team": f"t{n}"} for n in range(5)]
    readings = [bench.reading("t.alone", 4, where={"plan": "cp"})]
    readings += [bench.reading("t.alone", 3 + n, where=where) for n, where in enumerate(teams)]
    flag = bench.judge(*readings).finding("rule:alone@help")
    assert flag.text.startswith("Title of t.alone (plan cp): 4 children")  # the widest of them
    assert "And 5 more. Nobody sees them. Children may be at risk: " in flag.text
    assert len(flag.evidence) == 6
    assert flag.text.count("children") == 1  # its parts would say the same again


def test_an_old_entry_asks_whether_it_is_still_so(bench):
    old = bench.entry("visits", "strength", "inspector", date=dt.date(2024, 1, 1))
    finding = bench.judge(old).finding("entry:E1")
    assert finding.kind == "question"
    assert "1 January 2024" in finding.text


@pytest.mark.parametrize(
    ("reading", "met"),
    [
        ({"value": 95, "n": 50}, True),
        ({"value": 10, "n": 50}, True),  # bad news is evidence too
        ({"value": 95, "n": 9}, False),
        ({"value": 95, "n": 30}, True),
        ({"value": 95, "n": 29}, False),
        ({"value": 95}, True),  # an unknown base is not known to be too small
        ({"value": None, "status": "missing"}, False),
        ({"value": 95, "n": 50, "status": "error"}, False),
        ({"value": 95, "n": 50, "age": 100}, True),
        ({"value": 95, "n": 50, "age": 101}, False),
    ],
)
def test_required_evidence_is_met_by_a_figure_in_date_on_a_base(bench, reading, met):
    framework = missing_bench(
        bench,
        bench.expectation("e", "data", measures=("t.seen",), max_age_days=100, min_sample=30),
        bench.expectation("other", "data", measures=("t.max",), max_age_days=900, required=False),
    )
    age = reading.pop("age", 0)
    end = bench.as_at - dt.timedelta(days=age)
    said = bench.judge(bench.reading("t.seen", end=end, **reading), framework=framework)
    assert (said.finding("missing:A/e") is None) is met


def test_required_evidence_is_met_by_context_but_not_by_facts_plans_or_praise_from_elsewhere(bench):
    framework = missing_bench(bench, bench.expectation("e", "data"))

    def met(*evidence):
        return bench.judge(*evidence, framework=framework).finding("missing:A/e") is None

    assert met(bench.entry("visits", "weakness", "data"))
    assert not met(bench.entry("visits", "fact", "data"))
    assert not met(bench.entry("visits", "plan", "data"))
    assert not met(bench.entry("visits", "strength", "leaders"))
    context = missing_bench(bench, bench.expectation("e", "data"), measures=("t.rate",))
    said = bench.judge(bench.reading("t.rate", 40, n=50), framework=context)
    assert said.finding("missing:A/e") is None


@pytest.mark.parametrize(
    ("other", "backed"),
    [
        ({}, True),
        ({"voice": "data"}, False),
        ({"topic": "loads"}, False),
        ({"direction": "weakness"}, False),
        ({"where": {"team": "north"}}, True),  # the part that leaders praise
        ({"where": {"team": "south"}}, False),
        ({"age": 400}, False),
    ],
)
def test_section_3_who_backs_leaders_praise(bench, other, backed):
    praise = bench.entry("visits", "strength", "leaders", id="p", where={"team": "north"})
    date = bench.as_at - dt.timedelta(days=other.get("age", 0))
    entry = bench.entry(
        other.get("topic", "visits"),
        other.get("direction", "strength"),
        other.get("voice", "family"),
        where=other.get("where"),
        date=date,
    )
    assert bench.judge(praise, entry).kind("entry:p") == ("strength" if backed else "question")


def test_section_3_doubted_audits_and_new_figures_back_nothing(bench):
    praise = bench.entry("audits", "strength", "leaders", id="p")
    audit = bench.entry("audits", "strength", "practice-audit")
    assert bench.judge(praise, audit).kind("entry:p") == "strength"
    drift = bench.reading("t.drift", 0.4, n=50)
    assert bench.judge(praise, audit, drift).kind("entry:p") == "question"
    new = bench.reading("t.grades", None, n=50, series=(60, 80))
    assert bench.judge(praise, new).kind("entry:p") == "question"
    assert bench.judge(praise, bench.reading("t.grades", 80, n=50)).kind("entry:p") == "strength"


def test_section_3_a_strength_in_data_stands_by_itself(bench):
    assert bench.judge(bench.entry("visits", "strength", "data")).kind("entry:E1") == "strength"

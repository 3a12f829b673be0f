"""Status of criteria and topics: section 4 and rule 9.12."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest


def entries(bench, *rows):
    """Rows of ``topic | direction | voice | more`` as entries."""
    found = []
    for row in rows:
        topic, direction, voice, *more = (cell.strip() for cell in row.split("|"))
        extra = {}
        for cell in more:
            key, _, value = cell.partition("=")
            extra[key] = {"team": value} if key == "where" else value
        found.append(bench.entry(topic, direction, voice, **extra))
    return found


WEAK, MIXED, SECURE, NONE = "weak", "mixed", "secure", "not enough evidence"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], NONE),
        # 1. weak
        (["visits|weakness|inspector|severity=serious"], WEAK),
        (["visits|weakness|inspector|severity=serious", "visits|strength|child"], WEAK),
        (["visits|weakness|inspector|severity=serious|where=north"], WEAK),
        (["visits|weakness|inspector", "visits|weakness|family"], WEAK),
        (["visits|weakness|inspector|source=a", "visits|weakness|inspector|source=b"], WEAK),
        # 2. mixed
        (["visits|weakness|inspector"], MIXED),
        (["visits|weakness|inspector", "visits|weakness|inspector"], MIXED),  # one source
        (["visits|weakness|inspector", "visits|weakness|data", "visits|strength|child"], MIXED),
        (["visits|weakness|inspector", "visits|weakness|data", "visits|strength|partner"], WEAK),
        (
            [
                "visits|weakness|inspector",
                "visits|weakness|data",
                "visits|strength|child|where=north",
            ],
            WEAK,
        ),
        (["visits|weakness|inspector|where=north"], MIXED),  # a part's failing is not lost
        # minor: from three
        (["visits|weakness|inspector|severity=minor"], NONE),
        (["visits|weakness|inspector|severity=minor", "visits|weakness|data|severity=minor"], NONE),
        (["visits|weakness|data|severity=minor"] * 3, MIXED),
        # 3. secure
        (["visits|strength|inspector", "visits|strength|child"], SECURE),
        (["visits|strength|inspector", "visits|strength|partner"], SECURE),
        (
            ["visits|strength|partner", "visits|strength|staff"],
            NONE,
        ),  # none of practice or children
        (["visits|strength|inspector", "visits|strength|leaders"], NONE),  # praise is no voice
        (["visits|strength|inspector", "visits|strength|inspector"], NONE),  # one voice
        (
            ["visits|strength|inspector", "visits|strength|child|where=north"],
            NONE,
        ),  # a part lifts nothing
    ],
)
def test_section_4_steps_over_entries(bench, rows, expected):
    said = bench.judge(*entries(bench, *rows))
    assert said.status("visits") == expected
    assert said.status("H-3") == expected


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([("t.load", 40)], WEAK),  # critical, and no tail figure
        ([("t.max", 40)], MIXED),  # one case
        ([("t.load", 20)], NONE),
        ([("t.load", 26)], MIXED),
        ([("t.load", 26), ("t.max", 40)], MIXED),  # one voice, one file
        ([("t.load", 10)], NONE),  # one good figure is not enough
        ([("t.load", 40, {"team": "north"}), ("t.load", 10)], WEAK),
        ([("t.max", 40, {"team": "north"}), ("t.load", 10)], MIXED),
    ],
)
def test_section_4_steps_over_readings(bench, readings, expected):
    evidence = [bench.reading(m, v, where=w[0] if w else None) for m, v, *w in readings]
    assert bench.judge(*evidence).status("loads") == expected


def test_rule_9_1_two_files_are_different_sources(bench):
    readings = [bench.reading("t.load", 26), bench.reading("t.turnover", 25, n=50, source="hr.csv")]
    assert bench.judge(*readings).status("loads") == WEAK


def test_section_4_secure_needs_a_tail_figure_where_loads_are_meant(bench):
    voices = entries(bench, "loads|strength|inspector")
    average = bench.reading("t.load", 10)
    assert bench.judge(average, *voices).status("loads") == NONE
    assert bench.judge(average, bench.reading("t.max", 15), *voices).status("loads") == SECURE
    team = bench.reading("t.max", 15, where={"team": "north"})
    assert bench.judge(average, team, *voices).status("loads") == NONE


def test_section_4_secure_bears_one_attention_none_worsening_none_new(bench):
    voices = entries(bench, "loads|strength|inspector", "loads|strength|child")
    tail = bench.reading("t.max", 15)
    one = bench.reading("t.load", 20)
    two = bench.reading("t.turnover", 16, n=50)
    assert bench.judge(tail, one, *voices).status("loads") == SECURE
    assert bench.judge(tail, one, two, *voices).status("loads") == NONE
    worse = bench.reading("t.load", None, series=(14, 18))
    assert bench.judge(tail, worse, *voices).status("loads") == NONE
    new = bench.reading("t.load", None, series=(24, 14))
    assert bench.judge(tail, new, *voices).status("loads") == NONE


def test_section_4_secure_needs_voices_on_one_topic(bench):
    both = entries(bench, "plans|strength|inspector", "health|strength|child")
    assert bench.judge(*both).status("H-4") == NONE
    same = entries(bench, "plans|strength|inspector", "plans|strength|child")
    assert bench.judge(*same).status("H-4") == SECURE


def test_section_4_secure_needs_the_required_evidence_in_date(bench):
    def framework(**more):
        node = bench.criterion("A", "visits", expects=(bench.expectation("e", "family", **more),))
        return bench.with_nodes(replace(bench.framework.nodes[0], nodes=(node,)))

    voices = entries(bench, "visits|strength|inspector", "visits|strength|child")
    said = bench.judge(*voices, framework=framework())
    assert said.status("A") == NONE
    assert said.criterion("A").missing == ("e",)
    assert said.status("visits") == SECURE  # 9.12: a topic leaves required evidence out
    assert bench.judge(*voices, framework=framework(required=False)).status("A") == SECURE
    family = bench.entry("visits", "strength", "family", sample=4)
    assert bench.judge(*voices, family, framework=framework()).status("A") == SECURE
    assert bench.judge(*voices, family, framework=framework(min_sample=5)).status("A") == NONE
    assert bench.judge(*voices, family, framework=framework(topics=("loads",))).status("A") == NONE


def test_rule_9_12_only_context_is_not_enough(bench):
    said = bench.judge(bench.reading("t.rate", 30, n=50), bench.entry("beds", "fact", "data"))
    assert said.status("beds") == NONE
    assert said.status("C-1") == NONE


def test_section_1_two_sided_is_never_secure(bench):
    voices = entries(bench, "queue|strength|inspector")
    assert bench.judge(bench.reading("t.closed", 40, n=50), *voices).status("queue") == NONE


def test_section_6_doubted_audits_support_nothing_secure(bench):
    family = bench.entry("audits", "strength", "family")
    audit = bench.entry("audits", "strength", "practice-audit")
    assert bench.judge(audit, family).status("audits") == SECURE
    optimistic = bench.measure(
        "t.optimism",
        ["boss"],
        unit="points",
        doubts="practice-audit",
        bands=[bench.band(concern="over 0.3")],
    )
    measures = {**bench.measures, "t.optimism": optimistic}
    bench.measures = measures
    drift = bench.reading("t.optimism", 0.4)
    said = bench.judge(audit, family, drift, measures=measures)
    assert said.status("audits") == NONE
    assert said.criterion("L-2").confidence == "low"


def test_section_8_families_experience_over_records(bench):
    said = bench.judge(
        bench.reading("t.seen", 96, n=50), bench.entry("visits", "weakness", "family")
    )
    assert said.status("visits") == MIXED


def test_section_4_says_what_it_rests_on(bench):
    said = bench.judge(
        bench.reading("t.seen", 96, n=50),
        bench.entry("visits", "strength", "practice-audit"),
        bench.entry("visits", "strength", "child"),
    )
    assert said.criterion("H-3").rests_on == ("compliance", "quality", "impact")


def test_history_is_no_part_that_fails(bench):
    old = bench.reading("t.seen", 10, n=50, where={"quarter": "2025-26 Q1"})
    said = bench.judge(bench.reading("t.seen", 96, n=50), old)
    assert said.signal("t.seen[quarter=2025-26 Q1]") == "concern"
    assert said.finding("reading:t.seen[quarter=2025-26 Q1]") is None
    assert said.status("visits") == NONE


def test_judgements_get_no_status(bench):
    judgement = bench.judge().judgement("help")
    assert not hasattr(judgement, "status")
    assert judgement.ceiling is None


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (["visits|weakness|inspector|severity=serious"], "a serious weakness stands"),
        (["visits|weakness|inspector"], "one adverse item stands"),
        (["visits|weakness|inspector"] * 2, "adverse items stand"),
        (
            ["visits|weakness|data", "visits|strength|child"],
            "one adverse item stands, with evidence against",
        ),
        (["visits|strength|child", "visits|strength|inspector"], "voices agree: child, inspector"),
        ([], "no evidence that counts either way"),
    ],
)
def test_a_status_says_why(bench, rows, why):
    assert bench.judge(*entries(bench, *rows)).criterion("H-3").why == why


@pytest.mark.parametrize(
    ("voice", "expected"),
    [
        ("data", ("compliance",)),
        ("inspector", ("quality",)),
        ("family", ("impact",)),
        ("staff", ()),
    ],
)
def test_section_4_what_an_entry_makes_a_status_rest_on(bench, voice, expected):
    said = bench.judge(bench.entry("visits", "weakness", voice))
    assert said.criterion("H-3").rests_on == expected


ADVERSE = ["visits|weakness|data", "visits|weakness|partner"]
NORTH = [f"{row}|where=north" for row in ADVERSE]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([*ADVERSE, "visits|strength|inspector"], MIXED),
        ([*NORTH, "visits|strength|inspector"], MIXED),  # of the whole
        ([*NORTH, "visits|strength|inspector|where=north"], MIXED),  # of that very part
        ([*NORTH, "visits|strength|inspector|where=south"], WEAK),
        ([*ADVERSE, "visits|strength|staff"], WEAK),
    ],
)
def test_section_4_weak_needs_nothing_from_practice_or_children_against_it(bench, rows, expected):
    assert bench.judge(*entries(bench, *rows)).status("visits") == expected


def test_section_4_what_is_old_new_or_in_doubt_is_nothing_against(bench):
    old = bench.entry("visits", "strength", "inspector", date=bench.as_at - dt.timedelta(days=400))
    assert bench.judge(*entries(bench, *ADVERSE), old).status("visits") == WEAK
    bad = [bench.entry("audits", "weakness", voice) for voice in ("data", "partner")]
    audit = bench.entry("audits", "strength", "practice-audit")
    assert bench.judge(*bad, audit).status("audits") == MIXED
    drift = bench.reading("t.drift", 0.4, n=50)
    assert bench.judge(*bad, audit, drift).status("audits") == WEAK
    held = bench.reading("t.grades", 80, n=50)
    assert bench.judge(*bad, held).status("audits") == MIXED
    new = bench.reading("t.grades", None, n=50, series=(60, 80))
    assert bench.judge(*bad, new).status("audits") == WEAK


def test_what_is_out_of_date_neither_lifts_nor_doubts(bench):
    old = bench.as_at - dt.timedelta(days=400)
    voices = entries(bench, "loads|strength|inspector", "loads|strength|child")
    assert bench.judge(*voices, bench.reading("t.max", 15, end=old)).status("loads") == NONE
    unread = bench.reading("t.max", None, status="missing")
    assert bench.judge(*voices, unread).status("loads") == NONE
    audit = bench.entry("visits", "strength", "practice-audit")
    drift = bench.reading("t.drift", 0.4, n=50, end=old)
    assert bench.judge(audit, drift).criterion("H-3").confidence == "medium"

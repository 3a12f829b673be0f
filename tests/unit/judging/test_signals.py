"""Signals: section 1 and rules 9.8 to 9.10, through the whole of judging."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from selfassess.model.framework import MeasureBand
from selfassess.model.measure import Way


def day(text):
    return dt.date.fromisoformat(text)


def test_section_1_level_is_unrounded(bench):
    assert bench.judge(bench.reading("t.seen", 89.996, n=50)).signal("t.seen") == "attention"
    assert bench.judge(bench.reading("t.seen", 90, n=50)).signal("t.seen") == "secure"


def test_section_1_no_band_is_context(bench):
    assert bench.judge(bench.reading("t.rate", 99, n=50)).signal("t.rate") == "context"


def test_section_1_a_comparator_never_replaces_the_band(bench):
    said = bench.judge(bench.reading("t.load", 20, comparator=40))
    assert said.signal("t.load") == "attention"
    assert "published beside it: 40 children" in said.finding("reading:t.load").text


def test_rule_9_8_a_part_without_a_band_of_its_own_is_context(bench):
    said = bench.judge(
        bench.reading("t.load", 40, where={"team": "north"}),
        bench.reading("t.load", 40, where={"plan": "cp"}),
    )
    assert said.signal("t.load[team=north]") == "critical"
    assert said.signal("t.load[plan=cp]") == "context"


def test_rule_9_8_workspace_over_framework_over_measure(bench):
    def bands(cut):
        return MeasureBand(measure="t.load", bands=(bench.band(concern=cut),))

    framework = replace(bench.framework, bands=(bands("over 5"),))
    reading = bench.reading("t.load", 10)
    assert bench.judge(reading).signal("t.load") == "strong"
    by_framework = bench.judge(reading, framework=framework)
    assert by_framework.signal("t.load") == "concern"
    local = bench.judge(reading, framework=framework, local_bands=(bands("over 50"),))
    assert local.signal("t.load") == "secure"
    assert local.reading("t.load").local_band
    assert not by_framework.reading("t.load").local_band


def test_rule_9_16_the_signal_that_rules_see_is_never_the_workspace_s(bench):
    loose = MeasureBand(
        measure="t.alone", bands=(bench.band(where={"plan": "cp"}, concern="over 99"),)
    )
    said = bench.judge(bench.reading("t.alone", 5, where={"plan": "cp"}), local_bands=(loose,))
    reading = said.reading("t.alone[plan=cp]")
    assert (reading.signal, reading.rule_signal) == ("secure", "critical")
    assert said.ceiling("help") == "fair"
    strict = MeasureBand(measure="t.alone", bands=(bench.band(critical="over 0"),))
    said = bench.judge(
        bench.reading("t.alone", 5), bench.reading("t.watched", 50, n=20), local_bands=(strict,)
    )
    assert said.signal("t.alone") == "critical"
    assert said.ceiling("help") is None


@pytest.mark.parametrize(
    ("reference", "value", "signal"),
    [
        (None, 49, "attention"),
        (None, 50, "concern"),
        (20.0, 19, "attention"),
        (20.0, 20, "concern"),
    ],
)
def test_section_1_a_reference_that_is_not_known_takes_its_stand_in(
    bench, reference, value, signal
):
    said = bench.judge(bench.reading("t.waiting", value, reference=reference))
    assert said.signal("t.waiting") == signal
    stated = f"at least {50 if reference is None else 20} is the concern line"
    assert (stated in said.finding("reading:t.waiting").text) is (signal == "concern")


# trends


@pytest.mark.parametrize(
    ("measure", "series", "signal", "worsening", "new"),
    [
        ("t.seen", (98, 92), "secure", False, False),  # six points: too few to matter
        ("t.seen", (100, 90), "attention", True, False),  # ten points worse
        ("t.seen", (82, 92), "secure", False, True),  # ten points better
        ("t.seen", (60, 70), "concern", False, True),  # better, and still a concern
        ("t.load", (12, 15), "attention", True, False),  # a quarter more
        ("t.load", (12, 14.9), "secure", False, False),
        ("t.load", (20, 15), "secure", False, True),  # a quarter less
        ("t.load", (0, 0), "strong", False, False),
        ("t.load", (0, 1), "attention", True, False),
        ("t.load", (20, 31), "critical", True, False),  # worse, but the level says more
        ("t.closed", (50, 25), "context", False, False),  # both inside the range
        ("t.closed", (60, 71), "attention", True, False),
        ("t.moved", (30, 40), "attention", True, False),  # no range: a move either way asks
        ("t.moved", (40, 30), "attention", True, False),
        ("t.moved", (40, 31), "context", False, False),
        ("t.rate", (10, 90), "context", False, False),  # no better side, no range
        ("t.drift", (0.1, -0.1), "secure", False, False),  # either side of nought
    ],
)
def test_rule_9_10_trend(bench, measure, series, signal, worsening, new):
    reading = bench.judge(bench.reading(measure, None, series=series, n=50)).reading(measure)
    assert (reading.signal, reading.worsening, reading.new) == (signal, worsening, new)


def test_rule_9_10_compares_with_the_latest_value_at_least_a_year_earlier(bench):
    series = [
        (60, day("2024-01-31")),
        (95, day("2025-03-31")),  # this one: exactly twelve months
        (70, day("2025-04-01")),
        (92, day("2026-03-31")),
    ]
    reading = bench.judge(bench.reading("t.seen", None, series=series, n=50)).reading("t.seen")
    assert reading.baseline == 95
    assert not reading.new
    assert not reading.worsening


def test_rule_9_10_else_with_the_first(bench):
    series = [(95, day("2025-10-01")), (70, day("2025-12-01")), (92, day("2026-03-31"))]
    assert (
        bench.judge(bench.reading("t.seen", None, series=series, n=50)).reading("t.seen").baseline
        == 95
    )


@pytest.mark.parametrize(
    ("reached", "new"),
    [("2025-09-30", False), ("2025-10-01", True)],
)
def test_rule_9_10_new_until_the_better_level_is_held_six_months(bench, reached, new):
    series = [(70, day("2024-12-31")), (91, day(reached)), (92, day("2026-03-31"))]
    reading = bench.judge(bench.reading("t.seen", None, series=series, n=50)).reading("t.seen")
    assert reading.new is new


def test_section_1_a_range_is_read_at_its_worse_end(bench):
    def signal(measure, low, high):
        reading = bench.reading(measure, (low + high) / 2, low=low, high=high, n=50)
        judged = bench.judge(reading).reading(measure)
        return judged.signal, judged.reading.value

    assert signal("t.load", 14, 26) == ("concern", 26)
    assert signal("t.seen", 75, 99) == ("concern", 75)
    assert signal("t.closed", 5, 70) == ("concern", 5)  # the end further out
    assert signal("t.closed", 25, 95) == ("concern", 95)
    said = bench.judge(bench.reading("t.load", 26, low=14, high=26))
    assert "14 to 26 children, in the middle 20, read at 26" in said.finding("reading:t.load").text


# bases


@pytest.mark.parametrize(
    ("measure", "n", "signal"),
    [
        ("t.seen", 9, None),
        ("t.seen", 10, "concern"),
        ("t.seen", None, "concern"),
        ("t.drift", 9, None),  # a mean of pairs
        ("t.load", 4, "critical"),  # a load needs no base
        ("t.max", 1, "critical"),
        ("t.waiting", 3, "attention"),
    ],
)
def test_section_1_small_base(bench, measure, n, signal):
    value = {"t.waiting": 1}.get(measure, 50)
    assert bench.judge(bench.reading(measure, value, n=n)).signal(measure) == signal


@pytest.mark.parametrize(
    ("n", "expected"), [(10, "low"), (29, "low"), (30, "medium"), (None, "medium")]
)
def test_section_1_small_base_lowers_confidence(bench, n, expected):
    said = bench.judge(
        bench.reading("t.seen", 95, n=n), bench.entry("visits", "strength", "inspector")
    )
    reading = said.reading("t.seen")
    assert reading.confidence == ("high" if n == 30 else expected)


@pytest.mark.parametrize(
    "status", ["missing", "not-computable", "suppressed", "error", "small-base"]
)
def test_section_1_no_figure_no_signal(bench, status):
    said = bench.judge(bench.reading("t.seen", 12.0, status=status, n=50))
    assert said.signal("t.seen") is None
    assert said.status("visits") == "not enough evidence"


# audits


def grades(bench, **way):
    known = replace(
        bench.measures["t.grades"],
        ways=(Way(name="moderated"), Way(name="unmoderated", best="context")),
    )
    bands = (*known.bands, bench.band(where={"moderated": "yes"}, attention="under 70"))
    capped = bench.band(where={"moderated": "no"}, attention="under 70", best="context")
    return {**bench.measures, "t.grades": replace(known, bands=(*bands, capped))}


@pytest.mark.parametrize(
    ("way", "where", "value", "signal"),
    [
        ("unmoderated", {}, 80, "context"),
        ("unmoderated", {}, 60, "attention"),
        ("unmoderated", {}, 40, "concern"),
        (None, {}, 80, "context"),  # published, and nobody says that it was moderated
        (None, {"moderated": "yes"}, 80, "secure"),
        (None, {"moderated": "no"}, 80, "context"),
    ],
)
def test_section_1_unmoderated_audit_counts_against_never_for(bench, way, where, value, signal):
    reading = bench.reading("t.grades", value, n=50, where=where, way=way)
    said = bench.judge(reading, measures=grades(bench))
    assert said.signal(reading.id) == signal


@pytest.mark.parametrize(
    ("moderated", "base", "whole", "signal"),
    [
        (80, 20, 80, "secure"),  # the moderated ones are good by themselves
        (50, 20, 80, "context"),  # unmoderated ones lift the whole: it proves nothing good
        (80, 9, 80, "context"),  # too few were moderated to say
        (None, 0, 80, "context"),  # which were moderated is not known
        (80, 20, 60, "attention"),  # what is adverse of the whole stands
    ],
)
def test_section_1_a_whole_is_as_good_as_its_moderated_part(bench, moderated, base, whole, signal):
    evidence = [bench.reading("t.grades", whole, n=60, way="moderated")]
    if moderated is not None:
        scope = {"moderated": "yes"}
        part = bench.reading("t.grades", moderated, n=base, where=scope, way="moderated")
        evidence.append(part)
    said = bench.judge(*evidence, measures=grades(bench))
    assert said.signal("t.grades") == signal

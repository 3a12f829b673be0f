"""Rule 9.20: a quality rule over 5% of a used reading's rows takes one step of confidence."""

from __future__ import annotations

import pytest


@pytest.fixture
def level(bench):
    """Confidence of a reading and of its criterion, with two voices that agree."""

    def found(weakened=None, **more):
        reading = bench.reading("t.seen", 95, n=50, **more)
        inspector = bench.entry("visits", "strength", "inspector")
        said = bench.judge(reading, inspector, weakened=weakened or {})
        return said.reading("t.seen").confidence, said.criterion("H-3").confidence

    return found


def test_sound_rows_keep_their_confidence(level):
    assert level() == ("high", "high")


@pytest.mark.parametrize(("share", "expected"), [(0.05, "high"), (0.0501, "medium"), (1, "medium")])
def test_the_line_is_exact_and_the_step_is_one(level, share, expected):
    assert level({"t.seen": share}) == (expected, expected)


def test_another_measures_rows_are_its_own_affair(level):
    assert level({"t.load": 0.5}) == ("high", "high")


def test_unreadable_and_doubtful_rows_together_take_one_step(level):
    assert level({"t.seen": 0.5}, unknown=10) == ("medium", "medium")


def test_what_was_published_rests_on_no_rows_of_ours(level):
    assert level({"t.seen": 0.5}, published=True) == ("high", "high")


def test_evidence_keeps_at_least_low(bench):
    reading = bench.reading("t.seen", 95, n=20)
    said = bench.judge(reading, weakened={"t.seen": 0.5})
    assert said.reading("t.seen").confidence == "low"
    assert said.criterion("H-3").confidence == "low"


def test_only_confidence_moves(bench):
    reading = bench.reading("t.seen", 70, n=50)
    plain, weak = (bench.judge(reading, weakened=each) for each in ({}, {"t.seen": 0.5}))
    assert weak.signal("t.seen") == plain.signal("t.seen") == "concern"
    assert weak.status("H-3") == plain.status("H-3")
    assert [f.id for f in weak.outcome.findings] == [f.id for f in plain.outcome.findings]

"""Two assessments side by side: every kind of change, and the pairs that are refused."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.changes.compare import compare
from selfassess.changes.nodes import Nodes
from selfassess.changes.wording import text_change
from selfassess.errors import UsageError

from .conftest import assessment, reading


def test_the_same_twice_is_no_change() -> None:
    found = compare(assessment(), assessment())
    assert found["nothing"]
    assert found["text"] == "Nothing changed."
    assert found["overlap"]["text"] == (
        "Both were made under the same edition: all criteria are comparable."
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"council": {"name": "Otherton", "code": "E2"}}, "different councils"),
        ({"council": {"name": "Testshire", "code": "E2"}}, "different councils"),
        ({"framework": {"id": "other", "edition": "1"}}, "different frameworks"),
        ({"as_at": "2026-03-30"}, "wrong order"),
        ({"schema": "selfassess/plan@1"}, "expected 'selfassess/assessment@1'"),
        ({"as_at": None}, "'as_at' is missing"),
        ({"framework": "test"}, "'framework' is missing or malformed"),
        ({"readings": [{"value": 1}]}, "cannot be compared"),
        ({"judgements": "none"}, "cannot be compared"),
    ],
)
def test_pairs_that_are_refused(changes, words) -> None:
    with pytest.raises(UsageError, match=words) as raised:
        compare(assessment(), assessment(**changes))
    assert raised.value.hint


def test_a_councils_name_may_be_spelt_anew() -> None:
    other = assessment(council={"name": "  TESTSHIRE ", "code": "E1"})
    assert compare(assessment(), other)["nothing"]


def moved(old, new, **more):
    found = compare(assessment(readings=[old], **more), assessment(readings=[new], **more))
    return found["readings"]


def test_a_share_that_moved_more_than_chance() -> None:
    """48 of 80 to 56 of 70 is Newcombe's first example: 5.24 to 33.39 points."""
    new = reading(value=80.0, numerator=56, denominator=70, signal="attention")
    (item,) = moved(reading(), new)["moved"]
    assert (item["change"], item["direction"], item["beyond_chance"]) == (20.0, "better", True)
    assert item["low"] == pytest.approx(5.24, abs=0.01)
    assert item["high"] == pytest.approx(33.39, abs=0.01)
    assert item["text"].startswith("More than chance: the change lies between +5.2 and +33.4")
    assert "overlap" in item["text"]


def test_a_share_that_chance_could_have_moved() -> None:
    new = reading(
        value=65.0, numerator=52, denominator=80, **{"from": "2026-04-01", "to": "2026-06-30"}
    )
    found = moved(reading(), new)
    (item,) = found["moved"]
    assert item["beyond_chance"] is False
    assert item["text"].startswith("Chance alone could explain it")
    assert "−" in item["text"]
    assert "overlap" not in item["text"]
    assert (found["tested"], found["beyond_chance"]) == (1, 0)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({"numerator": None}, {"numerator": None}, "counts behind it are not known"),
        ({"value": 50.0, "numerator": 4, "denominator": 8}, {}, "Too few cases"),
        ({"unit": "children"}, {"unit": "children"}, "Not a share"),
        ({"numerator": 48.5, "denominator": 80.8}, {}, "counts behind it are not known"),
    ],
)
def test_what_cannot_be_tested_is_said(old, new, words) -> None:
    changed = {"value": 90.0, "numerator": 72, "denominator": 80} | new
    (item,) = moved(reading(**old), reading(**changed))["moved"]
    assert item["beyond_chance"] is None
    assert words in item["text"]


def test_a_ratio_in_percent_is_no_share() -> None:
    method = [{"measure": "m.share", "aggregate": "ratio"}]
    new = reading(value=80.0, numerator=56, denominator=70)
    (item,) = moved(reading(), new, method=method)["moved"]
    assert (item["beyond_chance"], item["text"]) == (
        None,
        "Not a share of cases: no test of chance.",
    )


@pytest.mark.parametrize(("value", "beyond"), [(20, False), (21, True)])
def test_a_count_with_a_long_series_is_set_against_its_own_variation(value, beyond) -> None:
    """Eight values 14 and 16 in turn: natural limits 9.68 and 20.32."""
    earlier = [{"value": each, "from": None, "to": None} for each in (14, 16) * 4]
    series = [*earlier, {"value": value, "from": None, "to": None}]
    count = {"unit": "children", "numerator": None, "denominator": None}
    new = reading(value=value, series=series, **count)
    (item,) = moved(reading(value=16, **count), new)["moved"]
    assert (item["test"], item["beyond_chance"]) == ("xmr", beyond)
    assert "8 earlier values" in item["text"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"definition": "d2"}, "definition changed"),
        ({"way": "column"}, "counted in another way"),
        ({"unit": "children"}, "given in children now"),
        ({"published": True}, "published figure"),
    ],
)
def test_what_cannot_be_compared_is_said(changes, words) -> None:
    found = moved(reading(), reading(value=90.0, **changes))
    assert found["moved"] == []
    assert words in found["incomparable"][0]["why"]


def test_directions() -> None:
    for better, value, direction in (
        ("higher", 50.0, "worse"),
        ("lower", 50.0, "better"),
        ("two-sided", 50.0, "moved"),
        ("higher", 60.0, "same"),
    ):
        new = reading(value=value, better=better, signal="attention", numerator=None)
        (item,) = moved(reading(), new)["moved"]
        assert item["direction"] == direction


def test_parts_are_listed_where_they_tell_something() -> None:
    part = reading("m.share[team=west]", where={"team": "west"})
    little = {**part, "value": 61.25, "numerator": 49}
    assert moved(part, little)["moved"] == []
    assert moved(part, little)["left_out"] == 1
    turned = {**little, "signal": "attention"}
    assert len(moved(part, turned)["moved"]) == 1
    first_signal = moved({**part, "signal": None}, little)
    assert first_signal["moved"] == []
    much = {**part, "value": 80.0, "numerator": 56, "denominator": 70}
    assert len(moved(part, much)["moved"]) == 1


def test_readings_that_came_and_went() -> None:
    none = reading(value=None, status="missing")
    assert [each["id"] for each in moved(none, reading())["gained"]] == ["m.share"]
    assert [each["id"] for each in moved(reading(), none)["lost"]] == ["m.share"]
    found = compare(assessment(), assessment(readings=[]))["readings"]
    assert [each["id"] for each in found["lost"]] == ["m.share"]


def test_counts_that_differ_behind_an_equal_value_are_not_nothing() -> None:
    new = reading(numerator=24, denominator=40)
    found = compare(assessment(), assessment(readings=[new]))
    assert found["readings"]["moved"] == []
    assert not found["nothing"]


def test_findings_by_their_ids(later) -> None:
    later["findings"] = [
        {"id": "entry:E-1", "kind": "question", "text": "Still late?"},
        {"id": "reading:m.share", "kind": "improve", "text": "Low."},
        {"id": "rule:waiting@help", "kind": "priority-action-risk", "text": "More wait."},
    ]
    found = compare(assessment(), later)
    assert [each["id"] for each in found["findings"]["new"]] == ["reading:m.share"]
    assert [each["id"] for each in found["findings"]["resolved"]] == ["missing:H-1/audit"]
    assert [(e["id"], e["old_kind"], e["kind"]) for e in found["findings"]["changed"]] == [
        ("entry:E-1", "improve", "question")
    ]
    assert [each["id"] for each in found["expired"]] == ["E-1"]


def test_claims(later) -> None:
    judgement = later["judgements"][0]
    judgement |= {"claim": "fair", "claim_title": "Fair"}
    said = judgement["claim_detail"]
    said["answers"]["what"] = "We know that some visits are late."
    said["strengths"] = ["Children are  heard.", "Homes are stable."]
    said["status"] = "approved"
    said["so_what"] = "They  feel safe."
    found = {each["field"]: each for each in compare(assessment(), later)["claims"]}
    assert set(found) == {"grade", "status", "answers.what", "strengths"}
    assert found["grade"]["text"] == "The grade claimed moved from Good to Fair."
    assert found["answers.what"]["text"] == "2 words added, 3 taken away."
    assert found["answers.what"]["new"] == "some late."
    assert found["strengths"]["new"] == "Homes are stable."
    assert found["status"]["text"] == "Its status was draft and is approved."


def test_a_claim_on_a_criterion(later) -> None:
    later["judgements"][0]["criteria"][0]["claim_detail"] = {"strengths": ["Seen."], "answers": {}}
    (item,) = compare(assessment(), later)["claims"]
    assert (item["node"], item["field"], item["text"]) == ("H-1", "strengths", "1 new.")


def test_ceilings_and_statuses(later) -> None:
    judgement = later["judgements"][0]
    judgement |= {"ceiling": None, "ceiling_title": None, "challenge": "not contradicted"}
    judgement["criteria"][0]["status"] = "weak"
    told = [(e["node"], e["what"], e["text"]) for e in compare(assessment(), later)["statuses"]]
    assert told == [
        ("help", "ceiling", "What the evidence leaves standing: Fair before, no limit now."),
        (
            "help",
            "challenge",
            "Claim against evidence: above the evidence before, not contradicted now.",
        ),
        ("H-1", "status", "mixed before, weak now: one adverse item."),
    ]


def test_evidence_that_expired(later) -> None:
    later["register"] = []
    later["xray"] = [
        {
            "id": "x",
            "rule": "evidence-stale",
            "text": "A survey is 400 days old.",
            "evidence": ["E-7"],
        }
    ]
    later["readings"] = [reading(status="stale")]
    found = compare(assessment(), later)["expired"]
    assert [each["id"] for each in found] == ["E-7", "m.share", "E-1"]


def test_the_plan(later) -> None:
    later["plan"] = [
        {"id": "A-1", "title": "Visit", "status": "started", "due": "2026-12-31"},
        {"id": "A-2", "title": "Listen"},
    ]
    told = [(each["id"], each["text"]) for each in compare(assessment(), later)["plan"]]
    assert told == [
        (
            "A-1",
            "Its status was planned and is started; its date was 2026-09-30 and is 2026-12-31.",
        ),
        ("A-2", "New in the plan."),
    ]
    assert compare(later, assessment(as_at="2026-07-01"))["plan"][-1]["text"] == (
        "No longer in the plan."
    )


NODES = Nodes(
    into={"H-1": ("N-1", "N-2"), "H-2": ("N-3",)},
    reworded=frozenset({"H-4"}),
)


def edition_two() -> dict:
    found = assessment(as_at="2026-06-30", framework={"id": "test", "edition": "2"})
    found["judgements"][0]["criteria"] = [
        {"id": each, "title": each, "status": "secure", "why": "ok"}
        for each in ("N-1", "N-2", "N-3", "H-3", "H-4", "N-9")
    ]
    found["findings"] = [
        {"id": "missing:N-2/audit", "kind": "question", "text": "No audit?"},
        {"id": "rule:waiting@help", "kind": "priority-action-risk", "text": "Waiting."},
        {"id": "entry:E-1", "kind": "improve", "text": "Late."},
    ]
    return found


def test_across_editions_the_overlap_is_told() -> None:
    old = assessment()
    old["judgements"][0]["criteria"] += [
        {"id": each, "title": each, "status": "weak", "why": "bad"} for each in ("H-3", "H-4")
    ]
    found = compare(old, edition_two(), NODES)
    assert found["overlap"]["comparable"] == 2  # H-2 as N-3, and H-3
    assert found["overlap"]["lost"] == ["H-1", "H-4"]
    assert found["overlap"]["text"] == (
        "2 of 4 criteria of test@1 are comparable with test@2; 4 of its 6 have no counterpart "
        "before."
    )
    assert [each["node"] for each in found["statuses"]] == ["H-3"]
    assert not found["nothing"]


def test_across_editions_findings_move_with_their_node() -> None:
    found = compare(assessment(), edition_two(), NODES)["findings"]
    assert found["new"] == []
    assert found["resolved"] == []
    gone = compare(assessment(), edition_two(), Nodes(into={"H-1": ()}))["findings"]
    assert [each["id"] for each in gone["no_longer_asked"]] == ["missing:H-1/audit"]
    assert [each["id"] for each in gone["new"]] == ["missing:N-2/audit"]


def test_two_criteria_that_became_one_are_not_compared() -> None:
    nodes = Nodes(into={"H-1": ("N-1",), "H-2": ("N-1",)})
    assert compare(assessment(), edition_two(), nodes)["overlap"]["comparable"] == 0


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
def test_words_added_and_taken_account_for_the_difference(old, new) -> None:
    found = text_change(" ".join(old), "  ".join(new))
    if found is None:
        assert old == new
    else:
        assert found["words_added"] - found["words_taken"] == len(new) - len(old)


def test_very_long_texts_are_compared_all_the_same() -> None:
    found = text_change("a b " * 4_000, "a b " * 4_000 + "c")
    assert found == {"words_added": 1, "words_taken": 0, "added": "c", "taken": ""}


def test_nothing_is_changed_in_what_is_compared() -> None:
    old, new = assessment(), edition_two()
    before = copy.deepcopy((old, new))
    compare(old, new, NODES)
    assert (old, new) == before


def test_a_council_is_the_same_by_code_or_else_by_name() -> None:
    named = {"name": "Testshire", "code": "E1"}
    for other in ({"name": " testshire "}, {"name": "Testshire Council", "code": "E1"}):
        assert compare(assessment(council=other), assessment(council=named))["nothing"]
    with pytest.raises(UsageError, match=r"'Testshire' \(E1\) and 'Testshire' \(E2\)"):
        compare(assessment(council=named), assessment(council={**named, "code": "E2"}))

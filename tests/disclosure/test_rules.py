"""Each rule of disclosure, with a case that it withholds and one that it lets through."""

from __future__ import annotations

import copy as copies
import json
from typing import Any

import pytest
from councils import assessment, reading
from hypothesis import given
from hypothesis import strategies as st

from selfassess.disclosure import disclose, published_record
from selfassess.disclosure.figures import coarse_count, coarse_value, withheld_because
from selfassess.errors import ReportError, UsageError


def shown(own: dict[str, Any], earlier: Any = (), audience: str = "public") -> dict[str, Any]:
    return {each["id"]: each for each in disclose(own, audience, earlier)["readings"]}


@pytest.mark.parametrize(
    ("top", "base", "leaves"),
    [
        (0, 40, True),
        (1, 40, False),
        (5, 40, False),
        (6, 40, True),
        (34, 40, True),
        (35, 40, False),
        (39, 40, False),
        (40, 40, True),
        (0, 9, False),
        (0, 10, True),
    ],
)
def test_a_share_leaves_with_neither_its_count_nor_its_rest_small(
    top: int, base: int, leaves: bool
) -> None:
    found = shown(assessment([reading("m", {}, top, base)]))["m"]
    assert (found["value"] is not None) is leaves
    assert found["status"] == ("ok" if leaves else "suppressed")
    assert found["numerator"] is None
    if not leaves:
        assert found["denominator"] is found["signal"] is None
        assert "withheld (c)" in found["reason"]


def test_nothing_is_shown_as_nothing_and_withheld_is_not_nothing() -> None:
    found = shown(assessment([reading("a", {}, 0, 40), reading("b", {}, 3, 40)]))
    assert found["a"]["value"] == 0
    assert found["b"]["value"] is None


@pytest.mark.parametrize(
    ("value", "aggregate", "base", "leaves"),
    [
        (155, "max", None, False),
        (31, "p50", 12, True),
        (31, "p50", 11, False),
        (47, "p90", 60, True),
        (47, "p90", 59, False),
        (27, "", None, False),
        (14, "count", None, True),
        (5, "count", None, False),
    ],
)
def test_one_persons_figure_stays(
    value: float, aggregate: str, base: int | None, leaves: bool
) -> None:
    own = reading("m", {}, None, base, value=value, unit="days", signal="concern", status="ok")
    found = shown(assessment([own], aggregates={"m": aggregate}))["m"]
    assert (found["value"] is not None) is leaves
    assert (found["signal"] is not None) is leaves


def test_a_breakdown_leaves_whole_or_not_at_all() -> None:
    parts = [reading("m", {"team": t}, n, 30) for t, n in zip("ABC", (3, 12, 15), strict=True)]
    found = shown(assessment([reading("m", {}, 30, 90), *parts]))
    assert list(found) == ["m"]
    assert found["m"]["withheld"] == ["team"]
    parts[0] = reading("m", {"team": "A"}, 6, 30)
    found = shown(assessment([reading("m", {}, 33, 90), *parts]))
    assert len(found) == 4
    assert found["m"]["withheld"] == []


def test_children_in_no_part_are_a_part() -> None:
    parts = [reading("m", {"team": t}, 10, 30) for t in "AB"]
    assert list(shown(assessment([reading("m", {}, 24, 64), *parts]))) == ["m"]
    assert len(shown(assessment([reading("m", {}, 20, 60), *parts]))) == 3


def test_a_nested_breakdown_stays_with_the_one_it_lies_in() -> None:
    one = [reading("m", {"team": "A"}, 10, 30), reading("m", {"team": "B"}, 24, 28)]
    two = [
        reading("m", {"rag": "red", "team": team}, 10, 25) for team in "AB"
    ]  # safe by themselves
    found = shown(assessment([reading("m", {}, 34, 58), *one, *two]))
    assert list(found) == ["m"]
    assert found["m"]["withheld"] == ["team", "rag, team"]


def test_a_total_goes_where_its_parts_have_no_room() -> None:
    """Five of 39 in the one part, and a sixth who is in none: only those two can change."""
    parts = [reading("m", {"team": "A"}, 5, 20), reading("m", {"team": "B"}, 1, 20)]
    found = shown(assessment([reading("m", {}, 6, 40), *parts]))
    assert found["m"]["value"] == 15
    parts = [reading("m", {"team": "A"}, 5, 39)]
    assert shown(assessment([reading("m", {}, 6, 40), *parts]))["m"]["status"] == "suppressed"


def test_what_was_withheld_once_stays_withheld() -> None:
    first = assessment([reading("m", {}, 5, 40)])
    before = [published_record(disclose(first, "public"))]
    corrected = assessment([reading("m", {}, 7, 40)])
    assert shown(corrected)["m"]["value"] == 18
    assert shown(corrected, before)["m"]["status"] == "suppressed"
    a_year_on = assessment([reading("m", {}, 7, 40, at="2027-03-31")], "2027-03-31")
    assert shown(a_year_on, before)["m"]["value"] == 18


def test_unknown_keys_leave_empty() -> None:
    own = assessment([reading("m", {}, 20, 40, secret={"n": 3}, list_=[1], text="3 of 40")])
    own["elsewhere"] = {"n": 3}
    found = disclose(own, "public")
    assert found["elsewhere"] is None
    assert [found["readings"][0][key] for key in ("secret", "list_", "text")] == [None, [], ""]


def test_the_argument_is_not_changed_and_order_does_not_matter() -> None:
    own = assessment([reading("m", {}, 20, 40), reading("m", {"team": "A"}, 20, 40)])
    before = copies.deepcopy(own)
    one = disclose(own, "public")
    assert own == before
    own["readings"].reverse()
    again = disclose(own, "public")
    assert {r["id"]: r for r in one["readings"]} == {r["id"]: r for r in again["readings"]}


def test_no_name_of_a_file_leaves() -> None:
    text = json.dumps(disclose(assessment([reading("m", {}, 20, 40)]), "public"))
    assert "J Smith" not in text
    assert "sha256" not in text


def test_only_the_councils_own_is_copied() -> None:
    copy = disclose(assessment([reading("m", {}, 20, 40)]), "partner")
    with pytest.raises(ReportError):
        disclose(copy, "public")
    with pytest.raises(UsageError):
        disclose(assessment([]), "publik")


@given(st.integers(6, 100_000), st.integers(0, 100_000))
def test_coarse_figures_hide_the_count(top: int, rest: int) -> None:
    base = top + rest
    found = {"value": round(100 * top / base, 6), "numerator": top, "denominator": base}
    found["unit"] = "percent"
    value = coarse_value(found, "share")
    assert abs(value - found["value"]) <= (0.1 if base >= 1000 else 1)
    assert (value == 100) == (rest == 0)
    assert value > 0
    assert coarse_count(base) % 10 == 0
    assert abs(coarse_count(base) - base) <= 5


@given(st.integers(0, 60), st.integers(0, 60))
def test_what_leaves_has_no_small_count(top: int, rest: int) -> None:
    base = top + rest
    value = 100 * top / base if base else 0.0
    found = {"value": value, "numerator": top, "denominator": base, "unit": "percent"}
    if withheld_because(found, "share") is None:
        assert base >= 10
        assert top == 0 or top > 5
        assert rest == 0 or rest > 5


def texts(**claim: Any) -> dict[str, Any]:
    own = assessment([])
    entry = {"topic": "plans", "direction": "weakness", "voice": "child", "severity": "minor"}
    entry |= {"where": {}, "date": None, "sample": 4, "source": "S", "text": "T"}
    own["register"] = [
        {**entry, "id": "P", "public": True, "partner": False},
        {**entry, "id": "Q", "public": False, "partner": True},
        {**entry, "id": "R", "public": False, "partner": False},
    ]
    action = {"title": "T", "owner": "O", "due": None, "why": ["R"], "success_measures": []}
    own["plan"] = [{**action, "id": "A", "public": True}, {**action, "id": "B", "public": False}]
    own["judgements"] = [
        {
            "id": "J",
            "title": "J",
            "scale": "s",
            "ceiling": "low",
            "because": [{"text": "secret"}],
            "claim": "good",
            "claim_title": "Good",
            "claim_detail": {
                "answers": {"q": "A"},
                "so_what": "S",
                "evidence": ["P", "R"],
                **claim,
            },
            "criteria": [{"id": "C", "title": "C", "status": "weak", "signals": {}, "entries": []}],
        }
    ]
    return own


def test_entries_leave_where_they_are_marked() -> None:
    public, partner = disclose(texts(), "public"), disclose(texts(), "partner")
    assert [each["id"] for each in public["register"]] == ["P"]
    assert [each["id"] for each in partner["register"]] == ["P", "Q"]
    assert public["register"][0]["sample"] is None
    assert [each["id"] for each in public["plan"]] == ["A"]
    assert public["plan"][0]["why"] == []
    assert (public["plan"][0]["owner"], partner["plan"][0]["owner"]) == ("", "O")


def test_a_claim_leaves_where_it_is_marked_and_confirmed() -> None:
    assert disclose(texts(), "public")["judgements"][0]["claim_detail"] is None
    found = disclose(texts(public=True), "public")["judgements"][0]
    assert found["claim"] == "good"
    assert found["claim_detail"]["answers"] == {"q": "A"}
    assert found["claim_detail"]["evidence"] == ["P"]
    assert found["ceiling"] is None
    assert found["because"] == []
    assert found["criteria"][0]["status"] is None
    waiting = texts(public=True, reconfirm=["text of another node was added"])
    assert disclose(waiting, "public")["judgements"][0]["claim_detail"] is None
    assert disclose(texts(partner=True), "public")["judgements"][0]["claim"] is None
    assert disclose(texts(partner=True), "partner")["judgements"][0]["claim"] == "good"


def test_a_weakness_may_leave_alone() -> None:
    items = [{"text": "one", "public": True}, {"text": "two", "public": False}]
    found = disclose(texts(weakness_items=items), "public")["judgements"][0]
    assert found["claim"] is None
    assert found["claim_detail"]["weaknesses"] == ["one"]
    assert found["claim_detail"]["answers"] == {}

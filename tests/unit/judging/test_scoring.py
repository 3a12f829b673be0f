"""Totals, bands and limiters, against sums done by hand."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.errors import EvidenceError
from selfassess.judging.scoring import Cases, Total, score
from selfassess.model.common import Source
from selfassess.model.framework import Framework, Level, Node, Scale
from selfassess.model.framework_scoring import Aggregate, Limiter, ScoreBand, ScoreBands

POINTS = Scale(
    id="points",
    title="Points",
    levels=(
        Level(id="four", title="Four", score=4),
        Level(id="three", title="Three", score=3),
        Level(id="two", title="Two", score=2),
        Level(id="one", title="One", score=1),
    ),
)
RATINGS = Scale(
    id="ratings",
    title="Ratings",
    levels=(
        Level(id="top", title="Top"),
        Level(id="good", title="Good"),
        Level(id="fair", title="Fair"),
        Level(id="poor", title="Poor"),
    ),
)


def steps(*bands: tuple[str, float, float | None]) -> tuple[ScoreBand, ...]:
    return tuple(ScoreBand(level=level, from_=low, to=high) for level, low, high in bands)


def percent(how: str = "half-up", **more: object) -> Aggregate:
    bands = ScoreBands(
        round=how,  # type: ignore[arg-type]
        steps=steps(("top", 88, 100), ("good", 63, 87), ("fair", 39, 62), ("poor", 25, 38)),
    )
    return Aggregate(by="weighted-percent", bands=bands, **more)  # type: ignore[arg-type]


def leaf(node_id: str, **more: object) -> Node:
    given = {"title": node_id.upper(), "kind": "judgement", "scale": "points", **more}
    return Node(id=node_id, **given)  # type: ignore[arg-type]


def framework(*nodes: Node, limiters: tuple[Limiter, ...] = (), kind: str = "graded") -> Framework:
    return Framework(
        id="made-up",
        edition="1",
        title="Made up",
        kind=kind,  # type: ignore[arg-type]
        status="draft",
        source=Source(title="made up"),
        scales=(POINTS, RATINGS),
        nodes=nodes,
        limiters=limiters,
        in_force_from=dt.date(2026, 1, 1),
    )


def whole(aggregate: Aggregate, *leaves: Node) -> Framework:
    return framework(
        Node(
            id="all",
            title="All",
            kind="judgement",
            scale="ratings",
            aggregate=aggregate,
            nodes=leaves,
        )
    )


def total(found: tuple[Total, ...], node: str = "all") -> Total:
    return next(each for each in found if each.node == node)


NINE = tuple(leaf(f"s{number}") for number in range(1, 10))


def nine(*scores: int) -> dict[str, str]:
    words = {1: "one", 2: "two", 3: "three", 4: "four"}
    return {f"s{number}": words[value] for number, value in enumerate(scores, 1)}


# percentage of a sum


def test_percent_of_the_most_that_can_be_scored() -> None:
    # 3+3+3+2+3+2+3+2+3 = 24 of 36 = 66.67 per cent
    found = total(score(whole(percent(), *NINE), nine(3, 3, 3, 2, 3, 2, 3, 2, 3)))
    assert found.grade == "good"
    assert found.value == 66.666667
    assert found.rounded == 67
    assert found.out_of == 36
    assert "24 of 36, 66.7%" in found.text


@pytest.mark.parametrize(
    ("how", "grade", "counted"),
    [("half-up", "fair", 39), ("half-even", "fair", 39), ("up", "fair", 39), ("down", "poor", 38)],
)
def test_fourteen_of_thirty_six_falls_between_bands_and_rounding_decides(
    how: str, grade: str, counted: int
) -> None:
    # 1 seven times, 3 and 4: 14 of 36 = 38.89 per cent; bands end at 38 and begin at 39
    found = total(score(whole(percent(how), *NINE), nine(1, 1, 1, 1, 1, 1, 1, 3, 4)))
    assert (found.grade, found.rounded, found.value) == (grade, counted, 38.888889)
    assert "lies between two bands" in found.text
    assert f"counts as {counted}%" in found.text


def test_a_total_inside_a_band_is_not_said_to_lie_between_two() -> None:
    found = total(score(whole(percent(), *NINE), nine(1, 1, 1, 1, 1, 1, 2, 2, 3)))
    assert found.value == 36.111111  # 13 of 36
    assert "between two bands" not in found.text
    assert "(rounded to the nearest, halves up)" in found.text


def test_weights_count() -> None:
    # a counts three times: (3*4 + 1) of (3*4 + 4) = 13 of 16 = 81.25 per cent; unweighted 62.5
    two = (leaf("a"), leaf("b"))
    grades = {"a": "four", "b": "one"}
    weighted = total(score(whole(percent(weights={"a": 3}), *two), grades))
    assert (weighted.value, weighted.grade) == (81.25, "good")
    assert total(score(whole(percent(), *two), grades)).value == 62.5


def test_half_up_and_half_even_differ_on_halves_alone() -> None:
    # 5 of 8 = 62.5: halves up 63, good; halves to even 62, fair
    two = (leaf("a"), leaf("b"))
    grades = {"a": "four", "b": "one"}
    assert total(score(whole(percent("half-up"), *two), grades)).grade == "good"
    assert total(score(whole(percent("half-even"), *two), grades)).grade == "fair"


def test_without_a_score_there_is_no_total_and_it_says_whose_is_missing() -> None:
    grades = nine(3, 3, 3, 3, 3, 3, 3, 3, 3)
    del grades["s4"]
    found = total(score(whole(percent(), *NINE), grades))
    assert (found.grade, found.value, found.missing) == (None, None, ("s4",))
    assert found.text.startswith("No total: 1 of 9 parts has no score (“S4”).")


def test_a_node_that_is_excluded_is_rated_and_not_counted() -> None:
    parts = (leaf("a"), leaf("b"), leaf("extra", excluded=True))
    found = total(score(whole(percent(), *parts), {"a": "three", "b": "three", "extra": "one"}))
    assert (found.out_of, found.value, found.excluded) == (8, 75, ("extra",))
    assert "“EXTRA” is rated but not counted." in found.text
    # and nobody needs to have rated it
    assert total(score(whole(percent(), *parts), {"a": "three", "b": "three"})).grade == "good"


def test_parts_are_found_below_nodes_without_a_scale() -> None:
    group = Node(id="theme", title="Theme", kind="group", nodes=(leaf("a"), leaf("b")))
    found = total(score(whole(percent(), group), {"a": "two", "b": "two"}))
    assert [part.node for part in found.parts] == ["a", "b"]
    assert found.value == 50


# sums


def test_a_sum_with_bands() -> None:
    bands = ScoreBands(
        round="none",
        steps=steps(("top", 7, None), ("good", 5, None), ("fair", 3, None), ("poor", 0, None)),
    )
    aggregate = Aggregate(by="score-sum", bands=bands)
    made = whole(aggregate, leaf("a"), leaf("b"))
    assert total(score(made, {"a": "three", "b": "two"})).grade == "good"
    assert total(score(made, {"a": "three", "b": "four"})).grade == "top"
    found = total(score(made, {"a": "one", "b": "one"}))
    assert (found.grade, found.value) == ("poor", 2)
    assert found.text == "The scores add up to 2 of 8. The band 0 to under 3 is Poor."


def test_a_total_of_totals() -> None:
    inner = Node(
        id="inner",
        title="Inner",
        kind="judgement",
        scale="points",
        aggregate=Aggregate(by="lowest"),
        nodes=(leaf("a"), leaf("b")),
    )
    made = whole(percent(), inner, leaf("c"))
    found = score(made, {"a": "four", "b": "two", "c": "four"})
    assert total(found, "inner").grade == "two"
    assert total(found).value == 75  # 2 + 4 of 8


# lowest


def test_the_lowest_part_counts_and_is_named() -> None:
    parts = tuple(leaf(name, scale="ratings") for name in ("a", "b", "c"))
    made = whole(Aggregate(by="lowest"), *parts)
    found = total(score(made, {"a": "top", "b": "fair", "c": "good"}))
    assert found.grade == "fair"
    assert found.text == "The lowest part counts: “B” sets it at Fair."
    assert total(score(made, {"a": "poor", "b": "fair"})).grade is None


# share of cases

SHARE = Aggregate(
    by="share-of-cases",
    bands=ScoreBands(
        round="half-up",
        steps=steps(("top", 80, 100), ("good", 65, 79), ("fair", 50, 64), ("poor", 0, 49)),
    ),
)


def test_share_of_cases() -> None:
    found = total(score(whole(SHARE), {}, {"all": Cases(sufficient=13, insufficient=7)}))
    assert (found.value, found.grade) == (65, "good")
    assert found.text.startswith("13 of 20 cases were good enough, 65%.")
    # 29 of 45 = 64.44: fair
    found = total(score(whole(SHARE), {}, {"all": Cases(sufficient=29, insufficient=16)}))
    assert (found.value, found.grade) == (64.444444, "fair")


def test_unknown_cases_are_neither_good_enough_nor_not() -> None:
    # 13 of 20 known; with 4 unknown it lies between 13 of 24 (54) and 17 of 24 (71)
    cases = {"all": Cases(sufficient=13, insufficient=7, unknown=4)}
    found = total(score(whole(SHARE), {}, cases))
    assert found.value == 65
    assert "4 cases could not be judged; depending on them it would be Fair to Good." in found.text
    cases = {"all": Cases(sufficient=18, insufficient=2, unknown=1)}
    assert "could not change the band" in total(score(whole(SHARE), {}, cases)).text


@pytest.mark.parametrize("cases", [{}, {"all": Cases(sufficient=0, insufficient=0, unknown=9)}])
def test_no_known_case_no_share(cases: dict[str, Cases]) -> None:
    found = total(score(whole(SHARE), {}, cases))
    assert (found.grade, found.value) == (None, None)


def test_without_cases_the_grade_that_a_person_gave_stands() -> None:
    found = total(score(whole(SHARE), {"all": "fair"}))
    assert (found.grade, found.value, found.missing) == ("fair", None, ())
    assert found.text == "A person gave this grade: Fair. No cases were counted."


def test_a_total_stands_before_a_grade_that_people_gave_and_both_are_named() -> None:
    cases = {"all": Cases(sufficient=18, insufficient=2)}
    found = total(score(whole(SHARE), {"all": "good"}, cases))
    assert found.grade == "top"
    assert found.text.endswith("The band 80 to 100% is Top. The grade that people gave is Good.")
    same = total(score(whole(SHARE), {"all": "top"}, cases))
    assert "people gave" not in same.text


def test_a_total_below_the_lowest_band_has_no_grade() -> None:
    bands = ScoreBands(round="none", steps=steps(("good", 5, None), ("fair", 3, None)))
    found = total(score(whole(Aggregate(by="score-sum", bands=bands), leaf("a")), {"a": "two"}))
    assert (found.grade, found.value) == (None, 2)
    assert "below the lowest band" in found.text


# limiters


def limited(*limiters: Limiter) -> Framework:
    three = [
        Node(id=name, title=name.upper(), kind="judgement", scale="ratings")
        for name in ("all", "safe", "led")
    ]
    return framework(*three, limiters=limiters)


FORCE = Limiter(
    id="unsafe",
    node="safe",
    at_most="poor",
    target="all",
    force="poor",
    strength="hard",
    because="Safety first.",
)
CAP = Limiter(
    id="badly-led",
    node="led",
    at_most="poor",
    target="all",
    cap="fair",
    strength="hard",
    because="Leaders matter.",
)
ADVICE = Limiter(
    id="likely",
    node="led",
    at_most="poor",
    target="all",
    force="poor",
    strength="soft",
    because="Likely.",
)


def test_a_hard_limiter_forces() -> None:
    found = total(score(limited(FORCE), {"all": "good", "safe": "poor", "led": "good"}))
    assert (found.before, found.grade, found.limited_by) == ("good", "poor", ("unsafe",))
    assert "Because “SAFE” is Poor, “ALL” is Poor. Safety first." in found.text


def test_a_forced_grade_needs_no_other() -> None:
    found = total(score(limited(FORCE), {"safe": "poor"}))
    assert (found.before, found.grade) == (None, "poor")


def test_a_hard_cap_lowers_and_never_raises() -> None:
    grades = {"all": "top", "safe": "good", "led": "poor"}
    assert total(score(limited(FORCE, CAP), grades)).grade == "fair"
    assert total(score(limited(FORCE, CAP), {**grades, "all": "poor"})).grade == "poor"
    assert total(score(limited(CAP), {"led": "poor"})).grade is None


def test_force_beats_cap() -> None:
    grades = {"all": "top", "safe": "poor", "led": "poor"}
    found = total(score(limited(FORCE, CAP), grades))
    assert (found.grade, found.limited_by) == ("poor", ("unsafe", "badly-led"))


def test_a_soft_limiter_is_said_and_changes_nothing() -> None:
    found = total(score(limited(ADVICE), {"all": "good", "safe": "good", "led": "poor"}))
    assert (found.grade, found.limited_by, found.advised) == ("good", (), ("likely",))
    assert "a person decides" in found.text


def test_a_limiter_on_a_grade_that_is_not_met_does_not_hold() -> None:
    found = total(score(limited(FORCE, CAP), {"all": "good", "safe": "fair", "led": "fair"}))
    assert (found.grade, found.limited_by, found.undecided) == ("good", (), ())


def test_a_node_without_a_grade_holds_no_limiter_and_is_named() -> None:
    found = total(score(limited(FORCE), {"all": "good"}))
    assert (found.grade, found.limited_by, found.undecided) == ("good", (), ("unsafe",))
    assert "“SAFE” has no grade yet, and could limit “ALL”." in found.text


def test_at_most_takes_in_lower_grades() -> None:
    wide = Limiter(
        id="wide",
        node="safe",
        at_most="fair",
        target="all",
        cap="fair",
        strength="hard",
        because="Safety.",
    )
    for grade, expected in (("poor", "fair"), ("fair", "fair"), ("good", "top")):
        assert total(score(limited(wide), {"all": "top", "safe": grade})).grade == expected
    assert "Fair or lower" in total(score(limited(wide), {"all": "top", "safe": "poor"})).text


# the rest


def test_a_narrative_framework_has_no_grade_whatever_is_claimed() -> None:
    made = framework(Node(id="all", title="All", kind="judgement"), kind="narrative")
    assert score(made, {"all": "top", "nowhere": "x"}) == ()


def test_nothing_is_scored_where_no_rule_says_how() -> None:
    assert score(framework(leaf("a")), {"a": "four"}) == ()


@pytest.mark.parametrize(
    ("grades", "message"),
    [({"a": "five"}, "'five' is not a grade"), ({"aa": "four"}, "'aa'")],
)
def test_a_grade_that_cannot_be_is_refused(grades: dict[str, str], message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        score(whole(percent(), leaf("a")), grades)


@given(st.lists(st.integers(1, 4), min_size=9, max_size=9))
def test_every_total_has_exactly_one_grade_and_it_rises_with_the_sum(scores: list[int]) -> None:
    found = total(score(whole(percent(), *NINE), nine(*scores)))
    assert found.grade is not None
    better = [min(4, value + 1) for value in scores]
    higher = total(score(whole(percent(), *NINE), nine(*better)))
    assert RATINGS.rank(str(higher.grade)) >= RATINGS.rank(str(found.grade))


@given(
    st.fractions(-100, 100),
    st.sampled_from(["half-up", "half-even", "down", "up"]),
    st.integers(0, 2),
)
def test_rounding_moves_a_number_by_less_than_a_step(
    value: Fraction, how: str, places: int
) -> None:
    bands = ScoreBands(round=how, places=places, steps=())  # type: ignore[arg-type]
    unit = Fraction(1, 10**places)
    found = bands.rounded(value)
    assert found % unit == 0
    assert abs(found - value) < unit
    if how == "half-even":
        assert found == round(value, places)
    if how == "down":
        assert found <= value

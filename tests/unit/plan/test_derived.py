"""What follows from an action on a day: small cases, worked by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from selfassess.model.plan import Legend, PlanSettings
from selfassess.plan import drafting
from selfassess.plan.derived import Derived, derive
from selfassess.plan.fold import fold
from selfassess.plan.progress import expected, progress, value_text
from selfassess.plan.record_parts import Point, SuccessMeasure

from .conftest import Book, counted

D = dt.date
SETTINGS = PlanSettings()


def seen(book: Book, day: dt.date, name: str = "A-01", **settings: Any) -> Derived:
    plan = fold(book.events, day)
    return derive(plan.actions[name], plan, day, replace(SETTINGS, **settings))


# ------------------------------------------------------------------------------ trajectory


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (D(2026, 3, 31), None),  # before it begins
        (D(2026, 4, 1), 60),
        (D(2026, 5, 1), 70),  # 30 of 90 days: a third of the way
        (D(2026, 5, 31), 80),
        (D(2026, 6, 30), 90),
        (D(2027, 1, 1), 90),  # behind its end the target stands
    ],
)
def test_between_baseline_and_target_the_way_is_straight(
    day: dt.date, wanted: float | None
) -> None:
    assert expected(counted(), day, D(2026, 6, 30)) == wanted


def test_points_bend_the_way() -> None:
    slow = counted(trajectory=(Point(date=D(2026, 5, 31), value=66.0),))
    assert expected(slow, D(2026, 5, 1), D(2026, 6, 30)) == 63  # half of 60 to 66
    assert expected(slow, D(2026, 6, 15), D(2026, 6, 30)) == 78  # half of 66 to 90


def test_moving_the_due_date_does_not_bend_the_way(book: Book) -> None:
    book.add().do(drafting.move_date, "A-01", D(2026, 12, 31), "later").on(5, 1)
    book.read(D(2026, 5, 1), 61)
    (come,) = seen(book, D(2026, 5, 1)).progress
    assert (come.expected, come.distance) == (70, 9)


@pytest.mark.parametrize(
    ("baseline", "target", "better", "value", "distance"),
    [
        (60.0, 90.0, None, 85.0, 5),  # higher is better
        (42.0, 20.0, None, 25.0, 5),  # lower is better
        (20.0, 20.0, None, 25.0, 5),  # held, from above
        (20.0, 20.0, None, 15.0, 5),  # held, from below
        (None, 10.0, "lower", 15.0, 5),
        (None, 10.0, "higher", 15.0, -5),
        (None, 10.0, None, 15.0, None),  # nothing says which way
    ],
)
def test_distance_is_how_far_behind(
    book: Book,
    baseline: float | None,
    target: float,
    better: Any,
    value: float,
    distance: float | None,
) -> None:
    book.add(success=[counted(baseline=baseline, target=target, better=better)])
    book.on(7, 1).read(D(2026, 7, 1), value)
    (come,) = seen(book, D(2026, 7, 1)).progress
    assert come.distance == distance


def test_of_several_readings_the_latest_by_the_day_counts(book: Book) -> None:
    book.add().on(6, 1).read(D(2026, 5, 1), 61).read(D(2026, 6, 1), 65)
    action = book["A-01"]
    measure = action.success[0]
    for day, value in ((D(2026, 4, 30), None), (D(2026, 5, 31), 61), (D(2026, 6, 1), 65)):
        found = progress(action, measure, day).reading
        assert (found.value if found else None) == value


# ---------------------------------------------------------------------------------- colours


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        (95, "green"),
        (90, "green"),
        (88, "green"),  # 2 behind: the tolerance
        (87.9, "amber"),
        (80.5, "amber"),  # 9.5 behind: the tolerance and a quarter of 30
        (80.4, "red"),
        (0, "red"),
    ],
)
def test_the_colour_is_the_distance_to_the_trajectory(
    book: Book, value: float, colour: str
) -> None:
    book.add().on(7, 1).read(D(2026, 7, 1), value)
    known = seen(book, D(2026, 7, 1))
    assert known.colour == known.by_rule == colour
    assert "90% expected" in known.rule
    assert "green to 2 behind, amber to 9.5" in known.rule


@pytest.mark.parametrize(
    ("tolerance", "value", "colour", "said"),
    [
        (0.05, 89.95, "green", "0.05 points behind (green to 0.05 behind, amber to 7.55,"),
        (0.05, 82.44, "red", "7.6 points behind (green to 0.05 behind, amber to 7.55,"),
        (0.05, 82.451, "amber", "7.5 points behind (green to 0.05 behind, amber to 7.55,"),
        (2, 61.111, "red", "28.9 points behind (green to 2 behind, amber to 9.5,"),
        (0.004, 89.99, "amber", "0.01 points behind (green to 0.004 behind, amber to 7.504,"),
        (0, 89.9, "amber", "0.1 points behind (green to 0 behind, amber to 7.5,"),
    ],
)
def test_limits_are_printed_as_finely_as_they_are_held(
    book: Book, tolerance: float, value: float, colour: str, said: str
) -> None:
    """Whoever compares the printed numbers comes to the printed colour."""
    book.add(success=[counted(tolerance=tolerance)]).on(7, 1).read(D(2026, 7, 1), value)
    known = seen(book, D(2026, 7, 1))
    assert known.colour == colour
    assert said in known.rule


def test_the_share_of_amber_is_printed_as_it_is(book: Book) -> None:
    book.add().on(7, 1).read(D(2026, 7, 1), 87)
    known = seen(book, D(2026, 7, 1), amber_share=0.125)
    assert "amber to 5.75, which is the tolerance and 12.5% of the way" in known.rule


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (62.54, "percent", "62.5%"),
        (70, "percent", "70%"),
        (0.46, "index", "0.46 index"),
        (0.04, "percent", "0.04%"),
        (0.0, "percent", "0%"),
        (100, "contacts", "100 contacts"),
        (16.25, "working-days", "16.2 working days"),
    ],
)
def test_a_value_is_not_printed_as_another(value: float, unit: str, text: str) -> None:
    assert value_text(value, unit) == text


def test_the_share_of_amber_is_the_council_s(book: Book) -> None:
    book.add().on(7, 1).read(D(2026, 7, 1), 87)
    assert seen(book, D(2026, 7, 1), amber_share=0.0).colour == "red"
    assert seen(book, D(2026, 7, 1), amber_share=0.1).colour == "amber"  # 3 behind, to 5


def test_without_a_current_reading_there_is_no_colour(book: Book) -> None:
    late = counted(next_reading=D(2026, 5, 31))
    book.add(success=[late])
    assert "never been read" in seen(book, D(2026, 4, 2)).rule
    book.on(5, 1).read(D(2026, 5, 1), 90)
    assert seen(book, D(2026, 5, 31)).colour == "green"
    known = seen(book, D(2026, 6, 1))  # a day after it was to be read
    assert (known.colour, known.label) == ("none", "No colour")
    assert "was to be read by 2026-05-31" in known.rule


def test_one_unread_measure_takes_green_away_but_not_red(book: Book) -> None:
    book.add(success=[counted(), counted(measure="visits.alone")]).on(7, 1)
    book.read(D(2026, 7, 1), 90)
    assert seen(book, D(2026, 7, 1)).colour == "none"
    book.read(D(2026, 7, 1), 10)
    assert seen(book, D(2026, 7, 1)).colour == "red"


def test_the_worst_measure_gives_the_colour(book: Book) -> None:
    book.add(success=[counted(), counted(measure="visits.alone")]).on(7, 1)
    book.read(D(2026, 7, 1), 90).read(D(2026, 7, 1), 85, part="S2")
    assert seen(book, D(2026, 7, 1)).colour == "amber"


@pytest.mark.parametrize(
    ("says", "colour"), [("better", "green"), ("same", "amber"), ("worse", "red")]
)
def test_a_voice_gives_a_colour(book: Book, says: str, colour: str) -> None:
    book.add(success=[SuccessMeasure(text="Safer?", voice="child")])
    book.do(drafting.read_measure, "A-01", "S1", date=D(2026, 4, 1), says=says)
    assert seen(book, D(2026, 4, 2)).colour == colour


def test_being_delivered_gives_no_colour_of_its_own(book: Book) -> None:
    book.delivered().read(D(2026, 6, 1), 60)
    known = seen(book, D(2026, 6, 2))
    assert (known.colour, known.without_impact) == ("red", True)
    assert "delivered-without-impact" in known.flags


def test_blue_is_closed_with_evidence_and_on_target(book: Book) -> None:
    book.closed().read(D(2026, 7, 1), 91)
    assert seen(book, D(2026, 7, 2)).colour == "blue"
    assert seen(book, D(2026, 7, 2), blue="never").colour == "green"
    book.on(8, 1).read(D(2026, 8, 1), 85)
    assert seen(book, D(2026, 8, 2)).colour == "red", "it had reached its target and fell back"
    assert seen(book, D(2026, 8, 2)).fell_back == ("S1",)


def test_blue_can_come_with_sustained_impact(book: Book) -> None:
    book.sustained().read(D(2026, 7, 1), 91)
    assert seen(book, D(2026, 7, 2)).colour == "green"
    assert seen(book, D(2026, 7, 2), blue="sustained").colour == "blue"


def test_a_closed_action_loses_its_colour_when_nobody_tests_it_again(book: Book) -> None:
    book.closed().read(D(2026, 7, 1), 91)  # to be tested again on 1 October
    assert seen(book, D(2026, 9, 30)).colour == "blue"
    due = seen(book, D(2026, 10, 1))
    assert (due.colour, due.retest_due) == ("none", True)
    book.on(10, 2).read(D(2026, 10, 2), 92)
    again = seen(book, D(2026, 10, 2))
    assert (again.colour, again.retest_due) == ("blue", False)


def test_a_colour_by_hand_shows_who_why_until_when_and_the_rule_s(book: Book) -> None:
    book.add().read(D(2026, 4, 1), 10)
    book.do(drafting.override, "A-01", "green", "the figure is wrong", D(2026, 5, 1), by="Una")
    known = seen(book, D(2026, 5, 1))
    assert (known.colour, known.by_rule) == ("green", "red")
    assert "set by Una until 2026-05-01: the figure is wrong" in known.rule
    assert "The rule gives red" in known.rule
    assert seen(book, D(2026, 5, 2)).colour == "red", "it has expired"
    book.on(4, 3).do(drafting.end_override, "A-01")
    assert seen(book, D(2026, 4, 3)).colour == "red"


def test_blue_by_hand_falls_with_its_evidence(book: Book) -> None:
    book.closed().read(D(2026, 7, 1), 91)
    book = Book().sustained().read(D(2026, 7, 1), 91)
    book.do(drafting.override, "A-01", "blue", "done", D(2027, 1, 1))
    assert seen(book, D(2026, 7, 2)).colour == "blue"
    book.do(drafting.assure, "A-01", "Read.", by="Una")
    book.do(drafting.close, "A-01", D(2026, 10, 1)).on(8, 1).impact("reversed")
    known = seen(book, D(2026, 8, 2))
    assert known.colour == "red", "reversed, whatever the last reading was"
    assert "left aside" in known.rule


def test_the_legend_is_the_council_s(book: Book) -> None:
    book.add().on(7, 1).read(D(2026, 7, 1), 90)
    own = (Legend(colour="green", label="On course", means="within reach"),)
    known = seen(book, D(2026, 7, 1), legend=own)
    assert known.label == "On course"
    assert known.rule.startswith("On course: ")


# ------------------------------------------------------------------------------------ flags


@pytest.mark.parametrize(
    ("day", "days"),
    [(D(2026, 6, 29), 0), (D(2026, 6, 30), 0), (D(2026, 7, 1), 1), (D(2026, 7, 30), 30)],
)
def test_overdue_begins_on_the_day_after(book: Book, day: dt.date, days: int) -> None:
    book.add()
    assert seen(book, day).overdue_days == days
    assert ("overdue" in seen(book, day).flags) == bool(days)


def test_what_is_delivered_closed_or_ended_is_not_overdue(book: Book) -> None:
    book.closed("A-01").on(7, 2).add("A-02").delivery("cancelled", name="A-02")
    for name in ("A-01", "A-02"):
        assert seen(book, D(2027, 1, 1), name).overdue_days == 0


def test_slipping_is_a_later_date_or_a_late_milestone(book: Book) -> None:
    book.add("A-01").add("A-02").do(drafting.add_milestone, "A-02", "Rota", D(2026, 4, 15))
    assert seen(book, D(2026, 4, 15), "A-02").slipping == ""
    assert "milestone M1 is overdue" in seen(book, D(2026, 4, 16), "A-02").slipping
    assert seen(book, D(2026, 4, 16), "A-01").slipping == ""
    book.do(drafting.move_date, "A-01", D(2026, 7, 10), "ill")
    known = seen(book, D(2026, 7, 1), "A-01")
    assert (known.slipping, known.drift) == ("due 10 days later than first agreed", 10)
    assert seen(book, D(2026, 7, 11), "A-01").slipping == "", "it is overdue now"


def test_moves_and_drift_are_counted_from_the_first_date(book: Book) -> None:
    book.add()  # 30 June
    for month, day in ((7, 31), (7, 15), (9, 28)):
        book.do(drafting.move_date, "A-01", D(2026, month, day), "x")
    known = seen(book, D(2026, 4, 2))
    assert (known.moves, known.drift) == (3, 90)  # 30 June to 28 September
    assert "repeatedly-moved" in known.flags
    assert "repeatedly-moved" not in seen(book, D(2026, 4, 2), moved_often=4).flags


def test_stale_is_what_no_person_touched(book: Book) -> None:
    book.add().on(5, 1).read(D(2026, 5, 1), 61)  # a reading is no person's doing
    assert seen(book, D(2026, 5, 6)).quiet_days == 35
    assert "stale" not in seen(book, D(2026, 5, 6)).flags
    assert "stale" in seen(book, D(2026, 5, 7)).flags
    assert "stale" not in seen(book, D(2026, 5, 7), stale_days=36).flags


@pytest.mark.parametrize(
    ("success", "why"),
    [
        ([], "no success measure"),
        ([counted(target=None)], "no target"),
        ([counted()], "never been read"),
    ],
)
def test_unmeasured(book: Book, success: list[SuccessMeasure], why: str) -> None:
    (said,) = seen(book.add(success=success), D(2026, 4, 2)).unmeasured
    assert why in said


def test_a_reading_makes_it_measured_until_the_next_is_due(book: Book) -> None:
    book.add(success=[counted(next_reading=D(2026, 5, 1))]).read(D(2026, 4, 1), 61)
    assert seen(book, D(2026, 5, 1)).unmeasured == ()
    assert "was to be read by" in seen(book, D(2026, 5, 2)).unmeasured[0]


def test_a_reading_that_failed_is_none(book: Book) -> None:
    book.add()
    book.do(
        drafting.read_measure,
        "A-01",
        "S1",
        date=D(2026, 4, 1),
        status="not-computable",
        source="assessment",
    )
    known = seen(book, D(2026, 4, 2))
    assert known.colour == "none"
    assert "could not be read" in known.unmeasured[0]


def test_blocked_by_names_what_is_not_delivered(book: Book) -> None:
    book.add("A-01").add("A-02").add("A-03", depends_on=["A-01", "A-02"])
    assert seen(book, D(2026, 4, 2), "A-03").blocked_by == ("A-01", "A-02")
    book.delivery("cancelled", name="A-01").delivery(
        "agreed", "in-progress", "delivered", name="A-02"
    )
    assert seen(book, D(2026, 4, 2), "A-03").blocked_by == ()


def test_the_day_is_an_argument(book: Book) -> None:
    book.add().on(5, 1).do(drafting.move_date, "A-01", D(2026, 9, 30), "x")
    assert seen(book, D(2026, 4, 30)).moves == 0
    assert seen(book, D(2026, 5, 1)).moves == 1

"""Folding, the chain of digests, and what an assessment's hash depends on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from selfassess.errors import PlanError
from selfassess.model.plan import PlanSettings
from selfassess.plan import drafting
from selfassess.plan.apply import KINDS
from selfassess.plan.drafting import Author
from selfassess.plan.events import content_hash, digest_of, line, parse_at, plain
from selfassess.plan.feed import Figure, record, with_figures
from selfassess.plan.fold import fold
from selfassess.plan.since import last_board, since
from selfassess.plan.together import Together

from .conftest import Book, counted

D = dt.date


def test_folding_gives_what_was_built(book: Book) -> None:
    book.closed("A-02").on(8, 1).add("A-10").add("A-1")
    plan = fold(book.events)
    assert plan.actions == book.plan.actions
    assert list(plan.actions) == ["A-1", "A-02", "A-10"]
    assert plan.seq == len(book.events)


def test_numbers_and_versions_have_no_gaps(book: Book) -> None:
    book.add("A-01").add("A-02").read(D(2026, 4, 1), 61).do(drafting.comment, "A-01", "x")
    assert [event.seq for event in book.events] == [1, 2, 3, 4]
    assert [event.version for event in book.events if event.action == "A-01"] == [1, 1, 2]
    assert book["A-01"].version == 2, "a reading is no change by a person"


def test_a_day_s_plan_knows_nothing_later(book: Book) -> None:
    book.add().on(5, 1).do(drafting.comment, "A-01", "May")
    assert fold(book.events, D(2026, 4, 30)).actions["A-01"].comments == ()
    assert fold(book.events, D(2026, 3, 31)).actions == {}


def test_any_edit_of_the_past_changes_the_digest(book: Book) -> None:
    book.add().do(drafting.comment, "A-01", "one").do(drafting.comment, "A-01", "two")
    digest = digest_of(book.events)
    for index, event in enumerate(book.events):
        for changed in (
            replace(event, by="Eve"),
            replace(event, at=event.at + dt.timedelta(seconds=1)),
            replace(event, reason="other"),
        ):
            events = [*book.events[:index], changed, *book.events[index + 1 :]]
            assert digest_of(events) != digest
    assert digest_of(book.events[:-1]) != digest


def test_a_line_is_one_line(book: Book) -> None:
    book.add().do(drafting.comment, "A-01", "one\ntwo\u2028three")
    assert len(line(book.events[-1]).split("\n")) == 1


def test_an_unknown_event_is_named(book: Book) -> None:
    book.add()
    with pytest.raises(PlanError, match="Event 2 of the plan"):
        fold([*book.events, replace(book.events[0], seq=2, kind="dance")])
    with pytest.raises(PlanError, match="Event 1 of the plan"):
        fold([replace(book.events[0], kind="commented")])


@pytest.mark.parametrize("text", ["2026-04-01T09:00:00+01:00", "2026-04-01T09:00:00Z", "April"])
def test_times_are_local(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  two kinds of message
        parse_at(text)


def test_every_kind_is_used_by_somebody(book: Book) -> None:
    """A kind that no command can make would be dead."""
    from pathlib import Path

    import selfassess.plan.drafting as made

    source = Path(made.__file__).read_text(encoding="utf-8")
    for kind in KINDS:
        moved = kind.endswith("-moved") and '-moved"' in source
        assert f'"{kind}"' in source or moved, kind


# ------------------------------------------------------------------------- what a run records


FIGURE = {"visits.on-time": Figure(value=72.5, status="ok", unit="percent")}
DAY = D(2026, 5, 31)


def fed(book: Book, figures: dict[str, Figure], day: dt.date = DAY) -> int:
    before = len(book.events)
    book.together.do(lambda plan: record(plan, figures, day))
    return len(book.events) - before


def test_a_run_records_each_measure_once(book: Book) -> None:
    book.add(success=[counted(), counted(where={"team": "North"})])
    figures = {**FIGURE, "visits.on-time[team=North]": Figure(value=50.0, status="ok")}
    assert fed(book, figures) == 2
    assert fed(book, figures) == 0, "a second run adds nothing"
    assert [(r.measure, r.value) for r in book["A-01"].readings] == [("S1", 72.5), ("S2", 50)]


def test_corrected_evidence_is_recorded_beside_the_first(book: Book) -> None:
    book.add()
    fed(book, FIGURE)
    assert fed(book, {"visits.on-time": Figure(value=70.0, status="ok")}) == 1
    (reading,) = book["A-01"].readings
    assert reading.value == 70
    assert [e.to["value"] for e in book.events if e.kind == "reading"] == [72.5, 70]


@pytest.mark.parametrize(
    ("figures", "status"),
    [
        ({}, "missing"),
        ({"visits.on-time": Figure(value=80.0, status="small-base")}, "small-base"),
        ({"visits.on-time": Figure(value=None, status="not-computable")}, "not-computable"),
    ],
)
def test_what_cannot_be_read_is_recorded_as_that(
    book: Book, figures: dict[str, Figure], status: str
) -> None:
    book.add()
    assert fed(book, figures) == 1
    (reading,) = book["A-01"].readings
    assert (reading.value, reading.status) == (None, status)


def test_later_runs_of_earlier_days_find_their_place(book: Book) -> None:
    book.add()
    fed(book, FIGURE, D(2026, 6, 30))
    fed(book, FIGURE, D(2026, 5, 31))
    assert [r.date.month for r in book["A-01"].readings] == [5, 6]


def test_actions_that_had_not_begun_or_have_ended_are_not_fed(book: Book) -> None:
    book.on(6, 1).add("A-01").on(6, 2).add("A-02").delivery("cancelled", name="A-02")
    assert fed(book, FIGURE, D(2026, 5, 31)) == 0
    assert fed(book, FIGURE, D(2026, 6, 30)) == 1


def test_an_assessment_is_the_same_before_and_after_it_was_recorded(book: Book) -> None:
    book.add().on(4, 5).read(D(2026, 4, 5), 61)
    before = with_figures(fold(book.events, DAY), FIGURE, DAY)
    hashed = content_hash(book.events, DAY)
    fed(book, FIGURE)
    assert with_figures(fold(book.events, DAY), FIGURE, DAY).actions == before.actions
    assert content_hash(book.events, DAY) == hashed


def test_the_hash_sees_every_other_event_up_to_the_day(book: Book) -> None:
    book.add()
    hashed = content_hash(book.events, DAY)
    book.on(6, 1).do(drafting.comment, "A-01", "later")
    assert content_hash(book.events, DAY) == hashed
    assert content_hash(book.events, D(2026, 6, 1)) != hashed
    earlier = Book().add().do(drafting.comment, "A-01", "in time")
    assert content_hash(earlier.events, DAY) != hashed
    fed(book, FIGURE, D(2026, 4, 30))  # what an earlier day's run recorded is history
    assert content_hash(book.events, DAY) != hashed


# ------------------------------------------------------------------------ since the last board


def test_since_the_last_board(book: Book) -> None:
    book.closed("A-01").on(7, 2).add("A-02").add("A-03").add("A-05")
    book.do(drafting.decide, "Go on.", board=D(2026, 7, 2))
    book.on(7, 20).add("A-04").delivery("agreed", name="A-02", reason="")
    book.on(8, 1).do(drafting.move_date, "A-02", D(2026, 9, 30), "ill")
    book.do(drafting.move_date, "A-03", D(2026, 6, 1), "sooner")
    book.delivery("cancelled", name="A-05", reason="no money").impact("reversed", name="A-01")
    told = since(book.events, D(2026, 7, 2), D(2026, 8, 1), PlanSettings())
    assert [each.action for each in told.new] == ["A-04"]
    assert [(each.action, each.text) for each in told.moved] == [
        ("A-02", "delivery: draft to agreed"),
        ("A-01", "impact: sustained to reversed"),
    ]
    slipped = {each.action: each.text for each in told.slipped}
    assert slipped["A-02"] == "due date put off by 92 days, from 2026-06-30 to 2026-09-30"
    assert slipped["A-04"] == "became overdue: due 2026-06-30"
    assert [each.action for each in told.reopened] == ["A-01"]
    assert [(each.action, each.reason) for each in told.ended] == [("A-05", "no money")]
    assert told.closed == ()
    assert told.decisions == ()
    before = since(book.events, D(2026, 6, 1), D(2026, 7, 2), PlanSettings())
    assert [each.action for each in before.closed] == ["A-01"]
    assert [each.text for each in before.decisions] == ["Go on."]
    assert last_board(fold(book.events), D(2026, 8, 1)) == D(2026, 7, 2)
    assert last_board(fold(book.events), D(2026, 7, 2)) is None


def test_together_leaves_nothing_of_what_was_refused(book: Book) -> None:
    book.add()
    together = Together(book.plan)
    author = Author("Ann", book.at)
    with pytest.raises(PlanError):
        together.do(lambda plan: drafting.move_delivery(plan, author, "A-01", "embedded"))
    assert together.drafts == []
    assert plain(together.plan.actions["A-01"]) == plain(book["A-01"])

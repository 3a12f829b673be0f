"""How a measure is counted, as the method appendix says it."""

from __future__ import annotations

from dataclasses import replace

from selfassess.assessment.drawn import counted
from selfassess.model.measure import Clock, Computation, Measure, Per, Ratio, Way

SEEN = Measure(
    id="m.seen",
    title="Seen",
    unit="percent",
    better="higher",
    about="compliance",
    topics=(),
    why="",
    from_="visits",
    numerator="alone",
    over="last 6 months",
    follow_up="90 days",
    let={"team": "worker.team"},
)


def test_a_share_says_all_that_it_hangs_on() -> None:
    assert counted(SEEN, None) == {
        "from": "visits",
        "over": "last 6 months",
        "follow_up": "90 days",
        "numerator": "alone",
        "let team": "worker.team",
    }


def test_the_way_that_was_used_is_told_and_no_other() -> None:
    ways = (Way(name="list", numerator="seen_alone"), Way(name="log", from_="log", over="all"))
    measure = replace(SEEN, ways=ways)
    assert counted(measure, "list")["numerator"] == "seen_alone"
    assert counted(measure, "log")["from"] == "log"
    assert counted(measure, "log")["over"] == "all"


def test_a_clock_says_whether_only_completed_work_counts() -> None:
    clock = Clock(start="begun", limit=("4 hours if rag = 'red'", "24 hours"), stop="done")
    measure = replace(SEEN, numerator=None, clock=clock)
    told = "from begun, within 4 hours if rag = 'red'; 24 hours, until done"
    assert counted(measure, None)["clock"] == told
    assert "counts" not in counted(measure, None)
    assert counted(replace(measure, counts="completed"), None)["counts"] == "completed"


def test_both_sides_of_a_ratio_are_told() -> None:
    ratio = Ratio(
        of=Computation(from_="posts", filter="vacant <= as_at", value="fte", aggregate="sum"),
        to=Computation(from_="posts", value="fte", aggregate="sum"),
    )
    measure = replace(SEEN, from_=None, numerator=None, follow_up=None, ratio=ratio)
    found = counted(measure, None)
    assert found["of"] == "from posts, filter vacant <= as_at, value fte, aggregate sum"
    assert found["to"] == "from posts, value fte, aggregate sum"


def test_holders_say_which_of_them_count() -> None:
    per = Per(key="worker", value="distinct(child_id)", filter="value > 0", also={"team": "max(t)"})
    found = counted(replace(SEEN, per=per), None)
    assert found["per"] == "distinct(child_id) for each worker, where value > 0"
    assert found["let team"] == "max(t)"

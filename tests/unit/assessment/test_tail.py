"""What stands beside a reading: spread, weakest parts, gap; each rule with a case against it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from selfassess.assessment.tail import Tails
from selfassess.judging.signals import Authorities, judge_reading
from selfassess.model.measure import (
    Band,
    Computation,
    Dimension,
    Measure,
    Noun,
    Ratio,
    Reading,
    Spread,
    Way,
)

AS_AT = dt.date(2026, 3, 31)
DIMENSIONS = {
    "team": Dimension(id="team", title="Team", inherits=True, partitions=True),
    "source": Dimension(
        id="source",
        title="Source",
        inherits=True,
        partitions=True,
        titles={"police": "Police"},
    ),
    "quarter": Dimension(
        id="quarter", title="Quarter", inherits=True, partitions=True, history=True
    ),
    "role": Dimension(id="role", title="Role", partitions=True),
}
ON_TIME = Measure(
    id="m.on-time",
    title="Assessments on time",
    unit="percent",
    better="higher",
    about="compliance",
    topics=(),
    why="",
    numerator="late = 'no'",
    counted=Noun(one="assessment on time", many="assessments on time"),
    bands=(Band(basis="proposed", strong="at least 95", attention="under 85", concern="under 70"),),
)


def share(met: int, of: int, measure: Measure = ON_TIME, **where: str) -> Reading:
    return Reading(
        measure=measure.id,
        title=measure.title,
        unit="percent",
        where=tuple(sorted(where.items())),
        value=round(100 * met / of, 6),
        numerator=met,
        denominator=of,
        status="ok" if of >= 10 else "small-base",
        end=AS_AT,
    )


def beside(
    *readings: Reading, measures: dict[str, Measure] | None = None, of: int = 0
) -> dict[str, Any]:
    found = measures or {ON_TIME.id: ON_TIME}
    judged = [
        judge_reading(each, found[each.measure], Authorities.of((), ()), DIMENSIONS, AS_AT)[0]
        for each in readings
    ]
    return Tails(judged, found, DIMENSIONS).beside(judged[of])


# gap


def test_gap_of_a_share() -> None:
    # 320 of 400 is 80 per cent; 85 per cent is 340: 20 more.
    assert beside(share(320, 400))["gap"] == {
        "signal": "secure",
        "edge": 85,
        "needed": 20,
        "direction": "more",
        "unit": "assessments on time",
        "text": "20 more assessments on time, of the same 400, would reach 85%.",
    }


def test_one_is_singular_and_cases_the_default() -> None:
    assert beside(share(339, 400))["gap"]["text"].startswith("1 more assessment on time, of")
    plain = replace(ON_TIME, counted=None)
    gap = beside(share(339, 400), measures={plain.id: plain})["gap"]
    assert gap["text"] == "1 more case, of the same 400, would reach 85%."


@pytest.mark.parametrize(
    "reading",
    [
        share(390, 400),  # strong: there is no better level
        share(4, 9),  # a small base has no signal
        share(320, 400, quarter="2025-26 Q1"),  # a past period cannot be mended
        replace(share(320, 400), value=None, status="not-computable"),
    ],
)
def test_no_gap(reading: Reading) -> None:
    assert beside(reading)["gap"] is None


def test_no_band_no_gap() -> None:
    plain = replace(ON_TIME, bands=())
    assert beside(share(320, 400), measures={plain.id: plain})["gap"] is None


def test_part_of_the_service_has_its_gap() -> None:
    gap = beside(share(400, 500), share(8, 20, team="North"), of=1)["gap"]
    assert (gap["signal"], gap["needed"]) == ("attention", 6)


def test_two_sided_says_no_secure() -> None:
    odd = replace(
        ON_TIME,
        better="two-sided",
        counted=Noun(one="repeat referral", many="repeat referrals"),
        bands=(
            Band(
                basis="benchmark",
                strong="at most 1",
                attention="outside 16.9-21.8",
                concern="over 26",
            ),
        ),
    )
    low = beside(share(30, 200), measures={odd.id: odd})["gap"]
    assert (low["signal"], low["needed"], low["direction"]) == ("context", 4, "more")
    assert low["text"] == (
        "4 more repeat referrals, of the same 200, would bring it within 16.9 to 21.8%."
    )
    high = beside(share(50, 200), measures={odd.id: odd})["gap"]
    assert (high["signal"], high["needed"], high["direction"]) == ("context", 7, "fewer")


def test_never_for_reaches_context_at_best() -> None:
    capped = replace(ON_TIME, bands=(replace(ON_TIME.bands[0], best="context"),), provenance="ours")
    gap = beside(share(320, 400), measures={capped.id: capped})["gap"]
    assert (gap["signal"], gap["needed"]) == ("context", 20)
    assert beside(share(345, 400), measures={capped.id: capped})["gap"] is None


def test_published_without_counts_in_points() -> None:
    reading = replace(share(320, 400), numerator=None, denominator=None, published=True)
    gap = beside(reading)["gap"]
    assert (gap["needed"], gap["unit"]) == (5, "percentage points")
    assert gap["text"] == "It would have to rise by 5 percentage points, to 85%."


def test_counts_that_do_not_make_the_value_are_no_counts() -> None:
    gap = beside(replace(share(320, 400), value=75.0))["gap"]
    assert gap["unit"] == "percentage points"


def test_a_ratio_of_sums_is_no_share() -> None:
    rate = replace(
        ON_TIME,
        numerator=None,
        better="lower",
        ratio=Ratio(of=Computation(), to=Computation()),
        bands=(Band(basis="proposed", attention="over 18.1"),),
    )
    found = beside(
        share(20, 100), share(15, 50, team="a"), share(5, 50, team="b"), measures={rate.id: rate}
    )
    assert found["gap"]["unit"] == "percentage points"
    assert found["weakest"] == []


def test_counts_fall_in_whole_children() -> None:
    waiting = Measure(
        id="m.waiting",
        title="Waiting",
        unit="children",
        better="lower",
        about="compliance",
        topics=(),
        why="",
        aggregate="count",
        bands=(Band(basis="proposed", attention="over 0", concern="at least reference"),),
    )
    reading = Reading(
        measure="m.waiting", title="Waiting", unit="children", value=12, reference=9.1, end=AS_AT
    )
    gap = beside(reading, measures={waiting.id: waiting})["gap"]
    assert (gap["signal"], gap["needed"], gap["edge"]) == ("attention", 3, 9.1)
    assert gap["text"] == "3 fewer children would bring it below 9.1."


# weakest


def test_weakest_teams_and_the_rest() -> None:
    found = beside(
        share(385, 500),
        share(40, 80, team="North"),
        share(300, 320, team="South"),
        share(36, 50, team="East"),
        share(5, 9, team="West"),
        share(4, 41, team="not-recorded"),
        share(1, 50, quarter="2025-26 Q4"),
        share(1, 50, role="senior"),
    )["weakest"]
    assert [each["where"] for each in found] == [
        {"team": "North"},
        {"team": "East"},
        {"team": "West"},
    ]
    north, east, west = found
    assert north["rest"] == {"numerator": 345, "denominator": 420, "value": 82.142857}
    assert (north["numerator"], north["denominator"], north["value"]) == (40, 80, 50)
    assert north["compared"] == 3
    assert north["beyond_chance"] is True
    # Wilson, 95 per cent, of 40 of 80: even, so 50 ± 100z/2 · sqrt(1/80 + z²/4·80²)… / (1 + z²/80)
    assert (north["low"], north["high"]) == (
        pytest.approx(39.29, abs=0.01),
        pytest.approx(60.71, abs=0.01),
    )
    assert east["beyond_chance"] is False
    assert west["beyond_chance"] is None
    assert west["text"].endswith(
        "its base is under 10, too small to say whether the difference is real."
    )
    assert north["text"] == (
        "North (team): 40 of 80 assessments on time (50%), elsewhere 345 of 420 (82.1%); "
        "that is more than chance would make, even of the weakest of 3."
    )


def test_each_dimension_of_the_service_has_its_own() -> None:
    found = beside(
        share(60, 100),
        share(20, 50, team="a"),
        share(40, 50, team="b"),
        share(10, 50, source="police"),
        share(50, 50, source="school"),
    )["weakest"]
    assert [each["text"].partition(":")[0] for each in found] == ["Police (source)", "a (team)"]


def test_parts_speak_for_themselves_only_beside_the_whole() -> None:
    readings = (share(60, 100), share(20, 50, team="a"), share(40, 50, team="b"))
    part = beside(*readings, of=1)
    assert part["weakest"] == []
    assert part["spread"] is None


def test_two_sided_has_no_weakest() -> None:
    odd = replace(ON_TIME, better="two-sided")
    found = beside(
        share(60, 100), share(20, 50, team="a"), share(40, 50, team="b"), measures={odd.id: odd}
    )
    assert found["weakest"] == []


# spread

LOADS = Measure(
    id="m.largest",
    title="Largest caseload",
    unit="children",
    better="lower",
    about="compliance",
    topics=(),
    why="",
    aggregate="max",
    tail=True,
    by=("team", "role"),
    bands=(Band(basis="proposed", attention="over 18", concern="over 25"),),
    spread=Spread(
        holder=Noun(one="worker", many="workers"),
        held=Noun(one="child", many="children"),
        over=("m.over", "m.nothing"),
    ),
)
OVER = replace(
    ON_TIME, id="m.over", title="Workers over the limit", better="lower", bands=(), counted=None
)


def largest(distribution: tuple[tuple[float, int], ...], **where: str) -> Reading:
    return Reading(
        measure=LOADS.id,
        title=LOADS.title,
        unit="children",
        where=tuple(where.items()),
        value=max(value for value, _ in distribution),
        distribution=distribution,
        end=AS_AT,
    )


def test_spread_by_team_and_role() -> None:
    whole = replace(
        largest(((10, 3), (20, 2), (40, 1))), loads=((10, 3), (20, 3))
    )  # the forty are twenty children of a worker on half time
    found = beside(
        whole,
        largest(((10, 1), (20, 2)), team="North"),
        replace(largest(((10, 2), (40, 1)), team="South"), loads=((10, 2), (20, 1))),
        largest(((10, 3), (20, 2), (40, 1)), role="social-worker"),
        largest(((40, 1),), quarter="2025-26 Q4"),
        share(1, 3, OVER, team="South"),
        measures={LOADS.id: LOADS, OVER.id: OVER},
    )
    spread = found["spread"]
    assert [group["where"] for group in spread["groups"]] == [
        {"team": "North"},
        {"team": "South"},
        {"role": "social-worker"},
    ]
    south = spread["groups"][1]
    assert (south["holders"], south["held"], south["median"], south["maximum"]) == (3, 40, 10, 40)
    assert south["over"] == [
        {
            "measure": "m.over",
            "title": "Workers over the limit",
            "holders": 1,
            "of": 3,
            "share": 0.333333,
        }
    ]
    assert south["text"] == (
        "South (team): 3 workers with 40 children; middle 10, largest 40 children; "
        "workers over the limit: 1 of 3."
    )
    assert spread["groups"][0]["over"] == []
    # 90 children: a fifth is 18; one worker with 20 is enough.
    assert spread["concentration"]["text"] == (
        "1 worker of 6 (16.7%) holds 20 of 90 children, over a fifth of the work; shared evenly, "
        "a fifth would take 2."
    )
    assert found["gap"]["text"] == "It would have to fall by 15 children, to 25 children."


def test_gap_of_the_largest_tells_of_others_there() -> None:
    gap = beside(largest(((10, 3), (26, 2), (30, 1))), measures={LOADS.id: LOADS})["gap"]
    assert gap["text"] == (
        "It would have to fall by 5 children, to 25 children. 3 workers lie past that."
    )


def test_no_spread_unless_declared() -> None:
    plain = replace(LOADS, spread=None)
    assert beside(largest(((10, 6),)), measures={plain.id: plain})["spread"] is None


def test_published_figure_has_no_spread() -> None:
    reading = replace(largest(((10, 6),)), distribution=(), published=True)
    assert beside(reading, measures={LOADS.id: LOADS})["spread"] is None


def test_ways_with_a_ratio_are_no_share() -> None:
    ways = replace(ON_TIME, ways=(Way(name="a", ratio=Ratio(of=Computation(), to=Computation())),))
    assert beside(share(320, 400), measures={ways.id: ways})["gap"]["unit"] == "percentage points"

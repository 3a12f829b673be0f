"""The demo council written as the dataset gives the readings that its lists give."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from selfassess.evidence import Evidence
from selfassess.toolkit import Toolkit
from ssd import from_lists
from ssd.conftest import DEMO_AS_AT, Readings, readings, workspace

DIFFERENT = {
    "care.placed-out-of-area": "the dataset holds the distance of a placement, not the boundary",
    "timeliness.return-interview-offered": "the dataset holds every episode, the list the last",
    "caseloads.asye-breaches": "the dataset holds hours and job titles of workers",
    "caseloads.over-limit": "the dataset holds hours and job titles of workers",
    "caseloads.weighted-load": "the dataset holds hours and job titles of workers",
    "caseloads.worker-changes": "the dataset holds who held a child before",
}
"""Measures that the dataset answers otherwise than the eleven lists, and why."""
WITH_HOURS = {
    "caseloads.average",
    "caseloads.maximum",
    "caseloads.p90",
    "caseloads.over-25",
    "caseloads.over-30",
}
"""Measures with a further breakdown, by role: every worker of the council written here works full
time, so that the figures of both are the same."""
ONLY_WITH_THE_DATASET = {
    "caseloads.asye-breaches",
    "caseloads.over-limit",
    "caseloads.weighted-load",
    "caseloads.worker-changes",
}


def figures(found: Readings, place: Any) -> Any:
    reading = found.get(place)
    if reading is None or reading.value is None:
        return None
    return reading.value, reading.numerator, reading.denominator, reading.unknown


def test_every_list_but_the_adopters_is_made(by_lists: Evidence, by_dataset: Evidence) -> None:
    made = {name for name, state in by_dataset.tables.items() if state.made_of}
    listed = {name for name, state in by_lists.tables.items() if state.present}
    assert listed - made == {"adopters"}
    assert made - listed == {"allocations", "missing_episodes", "visits", "workers"}
    assert not by_dataset.problems


def test_readings_are_equal_or_differ_for_a_reason(both: tuple[Readings, Readings]) -> None:
    lists, dataset = both
    differ = set()
    for place in lists.keys() | dataset.keys():
        measure, where = place
        if measure in WITH_HOURS and "role" in dict(where):
            continue
        if figures(lists, place) != figures(dataset, place):
            differ.add(measure)
    assert differ == set(DIFFERENT)
    computed = [place for place in lists if figures(lists, place)]
    assert len(computed) > 200


def test_what_only_the_dataset_answers(both: tuple[Readings, Readings]) -> None:
    lists, dataset = both
    totals = [place for place in dataset if not place[1]]
    gained = {place[0] for place in totals if figures(dataset, place) and not figures(lists, place)}
    lost = {place[0] for place in totals if figures(lists, place) and not figures(dataset, place)}
    assert gained == ONLY_WITH_THE_DATASET
    assert lost == {"care.placed-out-of-area"}


def six_months(lists: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The lists as guidance asks for them: six months of what happened, and what is open."""
    since = dt.date(2026, 3, 31)

    def late(row: Any, opened: str, closed: str | None = None) -> bool:
        return row[opened] > since or (
            closed is not None and not (row[closed] or DEMO_AS_AT) <= since
        )

    kept = dict(lists)
    kept["contacts"] = [row for row in lists["contacts"] if late(row, "contact_date")]
    kept["referrals"] = [row for row in lists["referrals"] if late(row, "referral_date")]
    kept["cin"] = [row for row in lists["cin"] if late(row, "start_date", "closure_date")]
    return kept


def test_the_history_that_it_holds_lets_the_history_ways_speak(
    toolkit: Toolkit, folder: Path, lists: Any, both: tuple[Readings, Readings]
) -> None:
    older = dict(lists)
    first = lists["referrals"][0]
    # A referral of three years ago: the list of referrals goes back far enough to look back in.
    older["referrals"] = [{**first, "referral_date": dt.date(2023, 9, 1)}, *lists["referrals"]]
    from_lists.write(folder / "years" / "evidence", from_lists.written(older, DEMO_AS_AT))
    write_lists(folder / "six-months" / "evidence", six_months(lists), toolkit)
    found = {}
    for name in ("six-months", "years"):
        evidence = toolkit.read(workspace(folder / name), as_at=DEMO_AS_AT)
        found[name] = readings(toolkit, evidence)
    short, long = found["six-months"], found["years"]
    again, bounce = ("thresholds.re-referral-12m", ()), ("thresholds.step-down-bounce", ())
    assert (short[again].way, long[again].way) == ("column", "history")
    assert short[bounce].status == "not-computable"
    assert long[bounce].status == "ok"
    # The demo's own lists go back further than guidance asks: they are the judge of both.
    assert figures(long, bounce) == figures(both[0], bounce)
    assert figures(long, again) == figures(both[0], again)


def write_lists(folder: Path, lists: dict[str, list[dict[str, Any]]], toolkit: Toolkit) -> None:
    """Lists as CSV files, under their official headers."""
    for name, found in lists.items():
        columns = toolkit.library.tables[name].columns
        heads = {column.name: column.headers[0] for column in columns}
        renamed = [
            {heads[cell]: value for cell, value in row.items() if cell in heads} for row in found
        ]
        from_lists.write(folder, {name: renamed})

"""Readings beside published figures: hand-worked sentences, gaps that stay gaps, no grade."""

from __future__ import annotations

import re
from typing import Any

import pytest

from selfassess.report.benchmarks import benchmarks_of, compared_chart, is_compared
from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import Benchmarks


def item(kind: str, value: float | None, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "label": kind.title(), "value": value, "period": "2025", **more}


def reading(value: float | None, *comparators: dict[str, Any], **more: Any) -> dict[str, Any]:
    name = more.pop("id", "m")
    return {
        "id": name,
        "measure": name,
        "title": more.pop("title", "Done in time"),
        "unit": "percent",
        "value": value,
        "where": {},
        "comparators": list(comparators),
        **more,
    }


def made(*readings: dict[str, Any]) -> Benchmarks | None:
    evidence = Evidence({"readings": readings})
    return benchmarks_of([each["id"] for each in readings], evidence, 3)


NEAR = item("neighbours", 85, low=75, high=90, n=8, withheld=2, note="List of 2025.")
ENGLAND = item("england", 82.4)


def test_one_figure_is_told_in_one_sentence() -> None:
    found = made(reading(70, ENGLAND, NEAR))
    assert found is not None
    (chart,) = found.figures
    assert chart.number == 3
    assert chart.sentence == (
        "Done in time: 70.0%, beside 82.4% in England; below the range of the statistical "
        "neighbours, 75.0% to 90.0%."
    )
    assert chart.sentence in chart.alt


def test_several_figures_are_counted_in_and_out_of_the_range() -> None:
    line = item("good-or-better", 80, low=70, high=88, line=70, past_line=True, n=190)
    found = made(
        reading(70, ENGLAND, NEAR, line, id="a", title="Late"),
        reading(95, ENGLAND, NEAR, id="b", title="High"),
        reading(90, ENGLAND, NEAR, id="c", title="On the edge"),
    )
    assert found is not None
    assert found.figures[0].sentence == (
        "Of 3 figures, 1 lies within the range of the statistical neighbours; above it: High "
        "(95.0%); below it: Late (70.0%). Past the “look here” line: Late (70.0%)."
    )


def test_the_line_is_named_and_is_neither_band_nor_grade() -> None:
    line = item("good-or-better", 80, low=70, high=88, line=88, past_line=False, n=190)
    found = made(reading(75, ENGLAND, line))
    assert found is not None
    assert found.rows[0].line == "look here if over 88.0%"
    assert [mark.form for mark in found.figures[0].marks].count("dash") == 1
    assert "question" not in found.rows[0].good
    under = made(reading(65, ENGLAND, line | {"line": 70, "past_line": True}))
    assert under is not None
    assert under.rows[0].line == "look here if under 70.0%: it is"


def test_a_figure_that_separates_nothing_says_so_instead() -> None:
    note = "This figure does not separate grades. It is given no weight and no line."
    found = made(reading(75, ENGLAND, item("good-or-better", None, note=note)))
    assert found is not None
    assert found.rows[0].good == note
    assert found.rows[0].line == ""
    assert "dash" not in [mark.form for mark in found.figures[0].marks]


def test_neighbours_without_a_figure_are_counted() -> None:
    found = made(reading(75, ENGLAND, NEAR))
    assert found is not None
    assert found.rows[0].neighbours == "85.0% (75.0% to 90.0%)"
    assert found.rows[0].counted == "8 neighbours, 2 without a figure"
    assert found.rows[0].region == "no figure"


def test_a_withheld_year_is_a_gap_and_never_zero() -> None:
    points = [
        {"period": "year to 31 March 2022", "value": 10},
        {"period": "year to 31 March 2023", "value": 12},
        {"period": "year to 31 March 2024", "value": None},
        {"period": "year to 31 March 2025", "value": 14},
    ]
    found = made(reading(75, ENGLAND, item("own-trend", 14, points=points)))
    assert found is not None
    assert found.rows[0].lines == (
        "Own published figures, year to 31 March: 2022 10.0%, 2023 12.0%, 2024 no figure, "
        "2025 14.0%.",
    )
    (curve,) = [mark for mark in found.figures[0].marks if mark.form == "curve"]
    assert re.sub(r"[\d. ]", "", curve.path) == "MhLMh"  # two years, a gap, one year


@pytest.mark.parametrize("values", [[None], [0], [5, 5], [0, 100], list(range(40))])
def test_a_trend_of_any_length_stays_inside_the_drawing(values: list[float | None]) -> None:
    points = [{"period": str(2000 + index), "value": v} for index, v in enumerate(values)]
    found = made(reading(0, item("england", 0), item("own-trend", None, points=points)))
    assert found is not None
    for mark in found.figures[0].marks:
        assert 0 <= mark.x <= 640
        assert 0 <= mark.y <= found.figures[0].height


def test_the_twin_is_compared_where_the_reading_is_not() -> None:
    twin = {"value": 90, "unit": "percent", "comparators": [ENGLAND], "text": "Completed only."}
    found = made(reading(70, twin=twin))
    assert found is not None
    assert found.rows[0].title == "Done in time, completed work only"
    assert found.rows[0].here == "90.0%"
    assert found.rows[0].lines[0] == "Completed only."


def test_cautions_that_rows_share_are_said_once() -> None:
    own = NEAR | {"note": "3 withheld. List of 2025."}
    found = made(reading(80, ENGLAND, NEAR, id="a"), reading(80, ENGLAND, own, id="b"))
    assert found is not None
    assert found.notes == ("Neighbours: List of 2025.",)
    assert found.rows[0].lines == ()
    assert found.rows[1].lines == ("Neighbours: 3 withheld.",)


@pytest.mark.parametrize(
    "case",
    [
        reading(None, ENGLAND),
        reading(70),
        reading(70, item("england", None)),
        reading(70, item("good-or-better", 80, low=70, high=88)),
        reading(70, twin={"value": None, "comparators": [ENGLAND]}),
    ],
)
def test_without_a_figure_on_both_sides_nothing_is_compared(case: dict[str, Any]) -> None:
    assert not is_compared(case)
    assert made(case) is None


def test_more_rows_than_fit_become_more_figures() -> None:
    found = made(*(reading(70, ENGLAND, id=f"m{index}") for index in range(13)))
    assert found is not None
    assert [chart.number for chart in found.figures] == [3, 4]
    assert len(found.rows) == 13


def test_a_chart_of_a_few_takes_what_stands_out() -> None:
    line = item("good-or-better", 80, low=70, high=88, line=70, past_line=True)
    cases = [
        reading(80, ENGLAND, NEAR, id="inside"),
        reading(95, ENGLAND, NEAR, id="outside"),
        reading(80, ENGLAND, NEAR, line, id="past"),
    ]
    evidence = Evidence({"readings": cases})
    chart = compared_chart([each["id"] for each in cases], evidence, 2)
    assert chart is not None
    assert [one.label for one in chart.evidence] == ["E3", "E2"]

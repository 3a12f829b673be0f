from __future__ import annotations

from typing import Any

import pytest

from selfassess.report.charts.spread import spread_charts as draw
from selfassess.report.evidence import Evidence
from selfassess.report.parts_figures import Chart


def spread(
    pairs: list[list[float]], where: dict[str, str] | None = None, band: str = "", **more: Any
) -> dict[str, Any]:
    return {
        "id": f"load{where or ''}",
        "measure": "load",
        "title": "Load",
        "unit": "children",
        "where": where or {},
        "band": {"text": band},
        "distribution": pairs,
        "value": pairs[-1][0],
        **more,
    }


def spread_charts(readings: list[dict[str, Any]], start: int) -> tuple[Chart, ...]:
    found = [{"topics": [], **reading} for reading in readings]
    return draw(found, Evidence({"readings": found}), start)


def test_a_histogram_counts_every_holder_once() -> None:
    # 10, 10, 20, 26, 27: five holders; over 25 are two.
    (chart,) = spread_charts(
        [spread([[10, 2], [20, 1], [26, 1], [27, 1]], band="concern over 25")], 3
    )
    assert chart.number == 3
    assert sum(int(row[1]) for row in chart.table) == 5
    assert chart.sentence == (
        "5 holders have between 10 and 27 each; half of them have 20 or fewer; "
        "2 (40.0%) have more than 25."
    )
    assert chart.sentence in chart.alt
    assert chart.head == ("children each", "holders")


def test_a_holder_on_the_limit_is_not_past_it() -> None:
    (chart,) = spread_charts([spread([[5, 1], [25, 3], [26, 1]], band="concern over 25")], 1)
    dark = {row[0]: mark.strong for row, mark in zip(chart.table, chart.marks, strict=True)}
    counts = dict(chart.table)
    assert sum(int(counts[name]) for name, strong in dark.items() if strong) == 1


def test_bins_are_named_by_whole_numbers_where_the_data_are_whole() -> None:
    (whole,) = spread_charts([spread([[1, 1], [2, 1], [3, 1]])], 1)
    (split,) = spread_charts([spread([[1.5, 1], [2, 1], [3, 1]])], 1)
    assert [row[0] for row in whole.table] == ["1", "2", "3"]
    assert [row[0] for row in split.table] == ["1 to 2", "2 to 3"]
    assert [tick.label for tick in split.ticks] == ["1–2", "2–3"]


def test_zero_is_a_load_too() -> None:
    (chart,) = spread_charts([spread([[0, 4], [1, 1]])], 1)
    assert chart.table == (("0", "4"), ("1", "1"))


def test_the_limit_is_the_strictest_cut_that_somebody_is_past() -> None:
    text = "attention over 18, concern over 25, critical over 30"
    (far,) = spread_charts([spread([[10, 1], [47, 1]], band=text)], 1)
    (near,) = spread_charts([spread([[10, 1], [12, 1]], band=text)], 1)
    assert far.lines[0].label == "critical over 30"
    assert "more than 18" in near.sentence
    assert near.lines == ()  # it lies right of everything drawn


def test_without_a_cut_nothing_is_dark() -> None:
    (chart,) = spread_charts([spread([[10, 1], [47, 1]], band="outside 16.9-21.8")], 1)
    assert chart.lines == ()
    assert chart.key == ""
    assert not any(mark.strong for mark in chart.marks)


def test_parts_become_strips_worst_first() -> None:
    parts = [
        spread([[9, 1], [40, 1]], {"team": "Hidden"}),
        spread([[16, 2], [17, 1]], {"team": "Even"}),
    ]
    whole = spread([[9, 1], [16, 2], [17, 1], [40, 1]], band="concern over 25")
    histogram, strips = spread_charts([whole, *parts], 1)
    assert (histogram.kind, strips.kind) == ("histogram", "strips")
    assert [row.label for row in strips.rows] == ["Hidden", "Even"]
    assert strips.table == (
        ("Hidden", "2", "9", "9", "40", "1"),
        ("Even", "3", "16", "16", "17", "0"),
    )
    assert strips.sentence == (
        "The highest single figure is 40, in Hidden; the lowest maximum is 17, in Even."
    )
    assert sum(mark.strong for mark in strips.marks) == 1


def test_parts_are_drawn_against_every_limit_of_the_band() -> None:
    band = "attention over 18, concern over 25, critical over 30"
    whole = spread([[9, 1], [16, 2], [42, 1]], band=band)
    parts = [
        spread([[9, 1], [42, 1]], {"team": "Hidden"}),
        spread([[16, 1], [17, 1]], {"team": "Even"}),
    ]
    strips = spread_charts([whole, *parts], 1)[1]
    assert [line.label for line in strips.lines] == ["critical over 30"]
    others = [mark for mark in strips.marks if mark.form == "dash"]
    labels = [mark for mark in strips.marks if mark.form == "text"]
    assert [mark.label for mark in labels] == ["concern over 25", "attention over 18"]
    assert len({mark.y for mark in (*labels, *strips.lines)}) == 3
    assert [mark.x for mark in others] == sorted([mark.x for mark in others], reverse=True)
    assert all(mark.x < strips.lines[0].x for mark in others)
    # The label of 17 would lie across the limit at 18, that of 42 is free.
    sides = {mark.label: mark.side for mark in strips.marks if mark.form == "dot" and mark.label}
    assert sides == {"42": "right", "17": "above"}


def test_one_unit_is_drawn_once_from_the_largest_figure() -> None:
    average = spread([[1, 1], [9, 1]], measure="average", title="Average", value=5)
    largest = spread([[1, 1], [9, 1]], measure="largest", title="Largest", tail=True)
    found = spread_charts([average, largest], 1)
    assert [chart.title for chart in found] == ["Largest: how it is spread"]


@pytest.mark.parametrize(
    "reading",
    [
        spread([[3, 9]]),  # all alike
        spread([[5, 1], [42, 1]], value=1),  # a count of holders: its band is not about loads
        spread([[5, 1], [42, 1]], value=18, unit="percent"),
        spread([[5, 1], [42, 1]], value=None),
        spread([[5, 1], [42, 1]], {"team": "a"}),
    ],
)
def test_what_says_nothing_of_a_holder_is_not_drawn(reading: dict[str, Any]) -> None:
    assert spread_charts([reading], 1) == ()


def test_nobody_past_the_limit_is_said_in_words() -> None:
    (chart,) = spread_charts([spread([[1, 1], [5, 1]], band="concern over 25")], 1)
    assert chart.sentence.endswith("none has more than 25.")
    assert chart.key == ""


def test_many_parts_are_cut_and_said() -> None:
    parts = [spread([[1, 1], [index + 2, 1]], {"team": f"t{index:02}"}) for index in range(25)]
    charts = spread_charts([spread([[1, 1], [99, 1]]), *parts], 1)
    assert len(charts[1].rows) == 20
    assert "5 more with lower maxima are not drawn" in charts[1].sentence


@pytest.mark.parametrize("highest", [2, 9, 30, 99, 140, 1000, 123456])
def test_everything_drawn_lies_inside_the_drawing(highest: int) -> None:
    parts = [spread([[1, 1], [highest, 3]], {"team": name}) for name in "ab"]
    for chart in spread_charts([spread([[0, 1], [highest, 1]], band="concern over 1"), *parts], 1):
        for mark in (*chart.marks, *chart.ticks, *chart.lines):
            assert 0 <= mark.x <= chart.width
            assert 0 <= mark.y <= chart.height
        assert len(chart.ticks) <= 20

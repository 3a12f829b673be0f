"""The XmR chart: what is drawn, what the table and the text alternative say."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.analysis.trends import trend_of
from selfassess.assessment.trend import trend as as_json
from selfassess.model.trend import Series, TrendPoint
from selfassess.report.charts.trend import label_of, trend_charts
from selfassess.report.evidence import Evidence
from selfassess.report.trends import trends_of

LEVELS = [90, 92, 90, 92, 90, 92, 90, 92, 84, 82, 84, 82, 84, 82, 84, 82]


def months(count: int) -> list[str]:
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(2025 * 12 + 3, 2025 * 12 + 3 + count)]


def reading(values: list[Any], key: str = "m", unit: str = "percent", **keys: Any) -> Any:
    points = tuple(
        TrendPoint(label=label, value=value)
        for label, value in zip(months(len(values)), values, strict=True)
    )
    series = Series(period="month", origin="rows", points=points)
    return {
        "id": key,
        "measure": "m",
        "title": "A measure",
        "unit": unit,
        "value": 80,
        "signal": "attention",
        "where": {},
        "trend": as_json(trend_of(series, unit=unit)),
        **keys,
    }


def charts(*readings: Any, drawn: dict[str, str] | None = None) -> Any:
    evidence = Evidence({"readings": list(readings)})
    return trend_charts([each["id"] for each in readings], evidence, 1, drawn or {})


def forms(chart: Any, form: str) -> list[Any]:
    return [mark for mark in chart.marks if mark.form == form]


def test_special_points_differ_in_shape_and_in_tone() -> None:
    (chart,), more = charts(reading([*LEVELS[:4], 91, *LEVELS[4:8], 86, 88, 86, 88, 86, 88]))
    special = {label for rule in reading(LEVELS)["trend"]["rules"] for label in rule["points"]}
    assert len(special) == 16
    assert more == ""
    assert chart.kind == "xmr"
    (chart,), _ = charts(reading(LEVELS))
    assert (len(forms(chart, "diamond")), len(forms(chart, "dot"))) == (16, 0)
    assert all(mark.strong for mark in forms(chart, "diamond"))
    (calm,), _ = charts(reading([80, 82] * 7))
    assert (len(forms(calm, "diamond")), len(forms(calm, "dot"))) == (0, 14)
    assert len(forms(calm, "limit")) == 2


def test_a_gap_breaks_the_line() -> None:
    values = [*LEVELS[:6], None, *LEVELS[6:]]
    (chart,), _ = charts(reading(values))
    (line,) = forms(chart, "curve")
    assert line.path.count("M") == 2
    assert line.path.count("L") == 14


def test_the_table_holds_every_value_by_year_and_month() -> None:
    (chart,), _ = charts(reading(LEVELS))
    assert chart.head[:2] == ("%", "Jan")
    year, *cells = chart.table[0]
    assert year == "2025"
    assert cells == ["–", "–", "–", *(f"◆ {value}.0" for value in LEVELS[:9])]
    assert [row[0] for row in chart.table] == ["2025", "2026"]


def test_the_text_alternative_says_what_is_drawn() -> None:
    (chart,), _ = charts(reading(LEVELS))
    assert "Line chart of 16 months, April 2025 to July 2026." in chart.alt
    assert "something changed in December 2025" in chart.alt
    assert "Mean 87.0%" in chart.alt
    assert "natural limits" in chart.alt


def test_only_what_changed_or_is_adverse_is_drawn() -> None:
    calm, moved = [80, 82] * 7, LEVELS
    north = {"where": {"team": "north"}}
    assert len(charts(reading(calm))[0]) == 1
    assert charts(reading(calm, signal="secure"))[0] == ()
    assert len(charts(reading(moved, signal="secure"))[0]) == 1
    assert charts(reading(moved, signal="secure", **north))[0] == ()
    assert charts(reading(calm, **north))[0] == ()
    assert len(charts(reading(moved, **north))[0]) == 1
    assert charts(reading(moved[:5]))[0] == ()
    assert charts(reading(moved), drawn={"m": "Another chapter"})[0] == ()


def test_a_few_charts_a_chapter_those_that_changed_first() -> None:
    calm = [reading([80, 82] * 7, key=f"a{n}") for n in range(3)]
    moved = [reading(LEVELS, key=f"b{n}", signal="secure") for n in range(3)]
    drawn, more = charts(*calm, *moved)
    names = [chart.evidence[0].label for chart in drawn]
    assert names == ["E4", "E5", "E6", "E1"]
    assert more == "2 further trends stand in Appendix A."
    assert [bool(chart.key) for chart in drawn] == [True, False, False, False]


values = st.lists(
    st.one_of(st.none(), st.floats(-1e6, 1e6).map(lambda v: round(v, 6))), min_size=12, max_size=36
)


@given(values=values, unit=st.sampled_from(["percent", "children", "points"]))
def test_everything_stays_inside_the_drawing(values: list[Any], unit: str) -> None:
    if unit == "percent":
        values = [None if value is None else abs(value) % 100 for value in values]
    one = reading(values, unit=unit)
    for chart in charts(one)[0]:
        for mark in chart.marks:
            assert -0.1 <= mark.y <= chart.height, mark
            assert 0 <= mark.x <= chart.width, mark
    found = trends_of(Evidence({"readings": [one]}))
    followed = sum(value is not None for value in values) > 2
    judged = one["trend"] is not None and one["trend"]["centre"] is not None
    assert len(found.rows) == (followed and judged)
    assert bool(found.short) == (followed and not judged)


def test_names_of_lines_that_lie_on_one_another_stand_apart_inside_the_drawing() -> None:
    """Nothing but noughts: mean and limits lie on the axis."""
    (chart,), _ = charts(reading([0] * 12, unit="percent"))
    names = [mark for mark in chart.marks if mark.side == "right"]
    assert [mark.label for mark in names] == ["upper 0.0%", "mean 0.0%", "lower 0.0%"]
    assert [below.y - above.y for above, below in pairwise(names)] == [13, 13]
    assert all(mark.y < chart.height for mark in names)


@pytest.mark.parametrize(
    ("label", "period", "long", "short"),
    [
        ("2026-03", "month", "March 2026", "Mar 26"),
        ("2025-26 Q4", "quarter", "Q4 of 2025-26", "Q4 25-26"),
        ("2026-03-31", "run", "31 March 2026", "31 Mar 26"),
        ("2 of 5", "run", "2 of 5", "2 of 5"),
        ("2026-99", "month", "2026-99", "2026-99"),
    ],
)
def test_labels(label: str, period: str, long: str, short: str) -> None:
    assert label_of(label, period) == long
    assert label_of(label, period, short=True) == short


def test_the_appendix_lists_wholes_and_parts_that_changed() -> None:
    part = {"where": {"team": "north"}}
    found = trends_of(
        Evidence(
            {
                "readings": [
                    reading(LEVELS, key="a"),
                    reading([80, 82, 81], key="b"),
                    reading([80, 82] * 7, key="c", **part),
                    reading(LEVELS, key="d", **part),
                    {**reading(LEVELS, key="e"), "trend": None},
                ]
            }
        )
    )
    assert [(row.scope, row.special, row.mean) for row in found.rows] == [
        ("", True, "87.0%"),
        ("team: north", True, "87.0%"),
    ]
    assert found.short == "No rule can be applied to: E2 A measure (3 months, 80.0% to 81.0%)."
    assert found.told.startswith("2 readings of the whole can be followed over time. 1 of them has")
    assert trends_of(Evidence({"readings": []})).told == ""

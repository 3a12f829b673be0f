"""Published figures, as readings.csv holds them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.evidence.published import COLUMNS, parse_figures

HEAD = "measure,value,unit,numerator,denominator,where,from,to,source,published,comparator"


def parse(**texts: str):
    cells = [texts.get(name, {"measure": "a.b", "source": "us"}.get(name, "")) for name in COLUMNS]
    columns = {name: n for n, name in enumerate(COLUMNS)}
    return parse_figures([(7, cells)], columns, file="readings.csv")


def one(**texts: str):
    figures = parse(**texts)
    assert not figures.problems
    (figure,) = figures.rows
    return figure


def test_a_single_figure() -> None:
    figure = one(
        value="17",
        unit="percent",
        numerator="17",
        denominator="100",
        where="team=north; rag=red",
        **{"from": "2025-04-01"},
        to="31/03/2026",
        published="Ofsted, 10 May 2026",
        comparator="22.5",
    )
    assert (figure.measure, figure.value, figure.unit) == ("a.b", 17, "percent")
    assert (figure.numerator, figure.denominator, figure.comparator) == (17, 100, 22.5)
    assert figure.where == (("rag", "red"), ("team", "north"))
    assert (figure.start, figure.end) == (dt.date(2025, 4, 1), dt.date(2026, 3, 31))
    assert figure.place == "readings.csv:7"
    assert (figure.source, figure.cited) == ("us", "Ofsted, 10 May 2026")
    assert (figure.series, figure.low, figure.high) == ((), None, None)


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0), ("1,234", 1234), ("28.9", 28.9), ("-0.5", -0.5), (".5", 0.5)]
)
def test_numbers(text: str, value: float) -> None:
    assert one(value=text).value == value


def test_a_percent_sign_is_a_unit_where_none_is_named() -> None:
    assert (one(value="17%").value, one(value="17%").unit) == (17, "percent")
    assert one(value="17%", unit="children").unit == "children"


def test_a_series_is_read_oldest_first() -> None:
    figure = one(value="28.9; 73")
    assert (figure.series, figure.value) == ((28.9, 73.0), 73.0)


@pytest.mark.parametrize("text", ["14..22", "14 .. 22", "14–22", "14 to 22"])
def test_a_range(text: str) -> None:
    figure = one(value=text)
    assert (figure.low, figure.high, figure.value, figure.series) == (14, 22, None, ())


@pytest.mark.parametrize(
    ("texts", "column"),
    [
        ({"value": ""}, "value"),
        ({"value": "many"}, "value"),
        ({"value": "<5"}, "value"),
        ({"value": "22..14"}, "value"),
        ({"value": "1;x"}, "value"),
        ({"value": "nan"}, "value"),
        ({"value": "1e400"}, "value"),
        ({"value": "1", "measure": ""}, "measure"),
        ({"value": "1", "numerator": "some"}, "numerator"),
        ({"value": "1", "where": "north"}, "where"),
        ({"value": "1", "where": "team=a;team=b"}, "where"),
        ({"value": "1", "to": "soon"}, "to"),
        ({"value": "1", "from": "2026-01-02", "to": "2026-01-01"}, "to"),
    ],
)
def test_a_fault_names_its_line_and_column(texts: dict[str, str], column: str) -> None:
    figures = parse(**texts)
    assert not figures.rows
    assert figures.aside == [(7, "cannot be read")]
    (problem,) = figures.problems
    assert problem.where == f"readings.csv:7:{COLUMNS.index(column) + 1}"
    assert f"'{column}'" in problem.message


@given(st.text(max_size=20))
def test_any_value_is_a_figure_or_a_fault(text: str) -> None:
    figures = parse(value=text)
    assert len(figures.rows) + len(figures.problems) == 1


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5))
def test_a_series_reads_back(values: list[int]) -> None:
    figure = one(value=" ; ".join(map(str, values)))
    assert figure.value == values[-1]
    assert figure.series == (tuple(values) if len(values) > 1 else ())


def test_a_file_of_figures_stands_in_the_ledger(tmp_path: Path, read) -> None:
    path = tmp_path / "readings.csv"
    path.write_text(f"{HEAD}\na.b,17,percent,,,,,,us,,\n\na.c,x,,,,,,,us,,\n", encoding="utf-8")
    evidence = read(path)
    (sheet,) = evidence.ledger
    assert (sheet.table, sheet.rows_read, sheet.rows_used) == ("readings", 3, 1)
    assert sheet.reasons == {"blank row": 1, "cannot be read": 1}
    assert [f.measure for f in evidence.published] == ["a.b"]
    (problem,) = evidence.problems
    assert problem.where == "readings.csv:4:2"

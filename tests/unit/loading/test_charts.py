"""Charts are read from packs, and every name and key in them is checked."""

from __future__ import annotations

import re

import pytest

from selfassess.errors import PluginError
from selfassess.loading.library import load_library

from .conftest import ALL, MakePack

KEYS = "better: lower, about: compliance, topics: [visits], why: How long."
MEASURES = f"""\
schema: selfassess/measures@1
measures:
  - {{id: days.middle, title: Days, unit: working-days, {KEYS}}}
  - {{id: days.slowest, title: Days, unit: working-days, {KEYS}}}
  - {{id: share.done, title: Done, unit: percent, {KEYS}}}
"""
CHARTS = """\
schema: selfassess/charts@1
charts:
  - id: way
    kind: journey
    title: How long it takes
    steps:
      - {title: Visit, measure: days.middle, slowest: days.slowest}
      - {title: Record, measure: days.middle}
"""


def files(charts: str = CHARTS) -> dict[str, str]:
    return {**ALL, "days.yaml": MEASURES, "charts.yaml": charts}


def test_charts_are_found_by_id_with_their_pack(make_pack: MakePack) -> None:
    library = load_library([make_pack(files())])
    chart = library.charts["way"]
    assert chart.measures == ("days.middle", "days.slowest")
    assert library.origins["chart", "way"] == "one"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("measure: days.middle}", "measure: day.middle}", r"charts.yaml:8:\d+: .*'day.middle'"),
        ("slowest: days.slowest", "slowest: days.slow", r"charts.yaml:7:\d+: .*'days.slow'"),
        ("slowest: days.slowest", "slowest: share.done", r"charts.yaml:7:\d+: .*in percent"),
        ("kind: journey", "kind: pie", r"charts.yaml:4:\d+: .*pie"),
        ("kind: journey", "kind: funnel", r"charts.yaml:7:\d+: 'slowest' has no meaning in a fun"),
        ("kind: journey", "kind: shift", r"charts.yaml:4:\d+: the shift 'way' lacks 'spread'"),
        ("    title: How", "    line: 4\n    title: How", r"charts.yaml:5:\d+: 'line' has no mean"),
        (
            "    title: How",
            "    spread: days.middle\n    title: How",
            r"charts.yaml:5:\d+: 'spread' has no meaning",
        ),
        ("{title: Record,", "{title: Record, count: numerator,", r"charts.yaml:8:\d+: 'count' has"),
        ("    title: How long it takes\n", "", r"charts.yaml:3:\d+: .*title"),
    ],
)
def test_a_fault_is_told_with_its_place(
    make_pack: MakePack, before: str, after: str, told: str
) -> None:
    text = CHARTS.replace(before, after)
    assert text != CHARTS
    with pytest.raises(PluginError) as caught:
        load_library([make_pack(files(text))])
    assert re.search(told, str(caught.value)), str(caught.value)


def test_a_funnel_needs_two_steps(make_pack: MakePack) -> None:
    text = CHARTS.replace("kind: journey", "kind: funnel").replace(", slowest: days.slowest", "")
    text = text.replace("      - {title: Record, measure: days.middle}\n", "")
    with pytest.raises(PluginError, match=r"charts.yaml:7:\d+: the funnel 'way' has 1 steps"):
        load_library([make_pack(files(text))])


def test_dimensions_take_their_words_from_coded_columns_and_their_own(
    make_pack: MakePack,
) -> None:
    words = """\
schema: selfassess/words@1
dimensions:
  - {id: kind, title: Kind, titles: {b: bee}}
"""
    table = """\
schema: selfassess/tables@1
tables:
  - id: things
    title: Things
    entity: thing
    key: [thing]
    columns:
      - {name: thing, headers: [thing], type: id}
      - name: kind
        headers: [kind]
        type: code
        codes: [{id: a, title: Aye}, {id: b, title: Bea}]
"""
    plain = make_pack({"words.yaml": words, "things.yaml": table})
    assert load_library([plain]).dimensions["kind"].titles == {"a": "Aye", "b": "bee"}


def test_a_column_that_a_measure_calls_by_the_dimensions_name_brings_its_words(
    make_pack: MakePack,
) -> None:
    words = (
        "schema: selfassess/words@1\ndimensions: [{id: kind, title: Kind}]\n"
        "topics: [{id: t, title: T, group: g}]\n"
    )
    table = (
        "schema: selfassess/tables@1\ntables:\n  - {id: things, title: Things, entity: thing, "
        "key: [thing], columns: [{name: thing, headers: [thing], type: id}, {name: sort, "
        "headers: [sort], type: code, codes: [{id: a, title: Aye}]}]}\n"
    )
    measure = (
        "schema: selfassess/measures@1\nmeasures:\n  - {id: a.count, title: Count, unit: count, "
        "better: none, about: quality, topics: [t], why: It counts., from: things, "
        "aggregate: count, let: {kind: sort}, by: [kind]}\n"
    )
    files = {"words.yaml": words, "things.yaml": table, "count.yaml": measure}
    assert load_library([make_pack(files)]).dimensions["kind"].titles == {"a": "Aye"}

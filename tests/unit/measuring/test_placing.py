# ruff: noqa: E501 - files and cases read better in one line
"""A fault in a pack's file is shown where its author wrote it; ``¦`` marks the place in a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.errors import MeasureError
from selfassess.loading.library import load_library
from selfassess.loading.pinpoint import Pinpoint
from selfassess.measuring.check import check_measures
from selfassess.registry import read_pack

WORDS = """\
schema: selfassess/words@1
topics: [{id: plans, title: Plans, group: practice}]
dimensions: [{id: team, title: Team}, {id: kind, title: Kind}]
settings: [{id: visit-days, title: Days, values: [{value: 10}]}]
"""
TABLES = """\
schema: selfassess/tables@1
tables:
  - id: visits
    title: Visits
    entity: child
    key: [child_id]
    event: date
    opened: date
    closed: ended
    closed_when: kind = 'old'
    columns:
      - {name: child_id, headers: [Child id], type: id}
      - {name: date, headers: [Date], type: date}
      - {name: ended, headers: [Ended], type: date}
      - {name: team, headers: [Team], type: text}
      - {name: kind, headers: [Kind], type: code, codes: [{id: old, title: Old}, {id: new, title: New}]}
views:
  - id: seen
    title: Seen
    entity: child
    key: [child_id]
    columns: [child_id, day]
    union:
      - {table: visits, filter: kind = 'new', columns: {day: date}}
    per: [child_id]
    combine:
      day: max(day)
"""
HEAD = "title: A, unit: percent, better: higher, about: compliance, topics: [plans], why: Because."


def measures(text: str) -> str:
    """A file of one measure, with these keys."""
    body = "".join(f"    {line}\n" for line in text.strip("\n").split("\n"))
    heads = "".join(f"    {each}\n" for each in HEAD.replace(", ", "\n").split("\n"))
    return f"schema: selfassess/measures@1\nmeasures:\n  - id: a.measure\n{heads}{body}"


def faults(tmp_path: Path, **files: str) -> tuple[list[str], dict[str, str]]:
    """What is said of a pack's files, and the place that each file marks."""
    root = tmp_path / "pack"
    root.mkdir()
    manifest = "id: one\nversion: '1'\napi: 1\ntitle: A pack\nlicence: MIT\n"
    texts = {"words": WORDS, "tables": TABLES, **files}
    marked = {}
    for name, text in {"pack": manifest, **texts}.items():
        path = root / f"{name}.yaml"
        before, mark, _ = text.partition("¦")
        if mark:
            line = before.count("\n") + 1
            marked[name] = f"{path}:{line}:{len(before) - before.rfind(chr(10))}"
        path.write_text(text.replace("¦", ""), encoding="utf-8")
    library = load_library([read_pack(root, plugin="one")])
    try:
        check_measures(library)
    except MeasureError as error:
        return [str(problem) for problem in error.problems], marked
    return [], marked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("from: ¦visit\nnumerator: blank(team)", "from: 'visit' is no table or view.\n    Did you"),
        ("from: visits\nnumerator: ¦teem = 'x'", "numerator: 'teem' is nothing that Visits has."),
        ("from: visits\nnumerator: \"not blank(¦teem)\"", "'teem' is nothing that Visits has."),
        ("from: visits\nnumerator: 'kind = ''new'' or ¦teem = 1'", "'teem' is nothing"),
        ("from: visits\nnumerator: blank(team)\n  or ¦teem = 'x'", "'teem' is nothing"),
        ("from: visits\nnumerator: >-\n  blank(team)\n  or ¦teem = 'x'", "'teem' is nothing"),
        ("from: visits\nnumerator: |  # a word\n    blank(team) or\n    ¦teem = 'x'", "'teem' is"),
        ("from: visits\nnumerator: blank(team¦", "the text ends"),
        ("from: visits\nlet: {far: 'days(¦dat, as_at)'}\nnumerator: far > 1", "let far: 'dat' is"),
        ("from: visits\nnumerator: blank(team)\nover: ¦last moth", "over: 'last moth' is no window"),
        ("from: visits\nnumerator: blank(team)\nby: [kind, ¦tem]", "by: 'tem' is no dimension."),
        ("from: visits\nnumerator: blank(team)\nby: [[kind, ¦tem]]", "by: 'tem' is no dimension."),
        (
            "from: visits\nlet: {far: 'days(¦dat, as_at)'}\nways:\n  - {name: a, numerator: far > 1}\n"
            "  - {name: b, numerator: far > 2}",
            "way a, let far: 'dat' is",
        ),
        ("from: visits\nnumerator: blank(team)\nneeds: {¦visit: present}", "'visit' is no table"),
        ("from: visits\nnumerator: blank(team)\nneeds: {visits: [¦tem]}", "'tem' is no column of it"),
        (
            "from: visits\nclock: {start: date, limit: 5 days, stop: ¦ends}",
            "clock.stop: 'ends' is nothing that Visits has.",
        ),
        (
            "from: visits\nclock:\n  start: date\n  stop: ended\n  limit:\n    - 5 days if kind = 'new'\n    - 6 ¦dogs",
            "a unit was expected",
        ),
        (
            "ways:\n  - name: one\n    from: visits\n    numerator: blank(team)\n"
            "  - name: 'two: by hand'\n    from: visits\n    numerator: blank(¦teem)",
            "way two, by hand, numerator: 'teem' is nothing",
        ),
        (
            "filter: ¦teem = 'x'\nways:\n  - name: one\n    from: visits\n    numerator: blank(team)",
            "way one, filter: 'teem' is nothing",
        ),
        (
            "ratio:\n  of: {from: visits, aggregate: count}\n"
            "  to: {from: visits, aggregate: count, filter: ¦teem = 'x'}",
            "ratio.to, filter: 'teem' is nothing",
        ),
        (
            "over: ¦last moth\nratio:\n  of: {from: visits, aggregate: count}\n"
            "  to: {from: seen, aggregate: count, date: day, over: last 6 months}",
            "ratio.of, over: 'last moth' is no window",
        ),
        (
            "from: visits\nper: {key: child_id, value: count, also: {x: max(¦dat)}}\naggregate: max",
            "per.also x: 'dat' is nothing",
        ),
        (
            "from: visits\nnumerator: blank(team)\nreference:\n  title: R\n  unknown: 1\n"
            "  compute: {from: visits, numerator: ¦teem = 'x'}",
            "reference, numerator: 'teem' is nothing",
        ),
    ],
)  # fmt: skip
def test_a_measures_fault(tmp_path: Path, text: str, told: str) -> None:
    found, marked = faults(tmp_path, measures=measures(text))
    near = [each for each in found if each.startswith(marked["measures"] + ": measure 'a.measure'")]
    assert near, found
    assert any(told in each for each in near), near
    assert all("\n    " in each for each in found), "each says what to do next"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("closed_when: kind", "closed_when: ¦kin", "table 'visits', closed_when: 'kin' is nothing"),
        ("filter: kind = 'new'", "filter: kind ¦= 'nwe'", "view 'seen', union 1 (visits) filter"),
        ("{day: date}", "{day: ¦dat}", "view 'seen', union 1 (visits) day: 'dat' is nothing"),
        ("max(day)", "max(¦dy)", "view 'seen', combine day: 'dy' is nothing"),
        ("combine:\n      day: ", "combine:\n      ¦dy: ", "view 'seen', combine: 'dy' is no column"),
    ],
)  # fmt: skip
def test_a_tables_or_views_fault_is_told_once(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    text = TABLES.replace(before, after)
    assert text != TABLES
    more = measures("from: seen\ndate: day\nover: last 12 months\nnumerator: blank(day)\n")
    if "closed_when" in after:
        more = measures("from: visits\nat: as-at\nnumerator: blank(team)\n")
    found, marked = faults(tmp_path, tables=text, measures=more)
    (only,) = found
    assert only.startswith(f"{marked['tables']}: {told}")


def test_a_quality_rules_fault(tmp_path: Path) -> None:
    rule = """\
schema: selfassess/quality@1
rules:
  - id: no-team
    title: No team
    table: visits
    among: kind ¦= 'nwe'
    if: blank(team)
    columns: [team]
    severity: minor
    why: w
    remedy: r
"""
    found, marked = faults(tmp_path, rules=rule)
    (only,) = found
    assert only.startswith(f"{marked['rules']}: quality rule 'no-team', among: 'nwe' is no code")


def test_faults_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = measures("from: visits\nnumerator: teem = 1\nover: last moth\nfilter: teem = 2")
    found, _ = faults(tmp_path, measures=text)
    lines = [int(each.split("measures.yaml:")[1].split(":")[0]) for each in found]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_the_place_is_the_same_when_the_file_came_from_the_cache(tmp_path: Path) -> None:
    text = measures("from: visits\nnumerator: teem = 1")
    found, _ = faults(tmp_path, measures=text)
    pack = read_pack(tmp_path / "pack", plugin="one")
    for _ in range(2):
        library = load_library([pack], cache=tmp_path / "cache")
        with pytest.raises(MeasureError) as caught:
            check_measures(library)
        assert [str(problem) for problem in caught.value.problems] == found


@pytest.mark.parametrize(
    ("text", "column", "place"),
    [
        ("a: &x kind = 1\n", 3, None),  # the mark of an anchor stands before the text
        ('a: "kind\\t= 1"\n', 6, None),  # an escape
        ("a: kind = 1\r\n", 6, "f.yaml:1:9"),
        ("\ufeffa: kind\n", 1, "f.yaml:1:4"),
        ("x: 1\na:\n  kind\n\n  = 1\n", 6, "f.yaml:5:3"),
        ("a: kind\n", 5, "f.yaml:1:8"),
        ("a: 5\n", 1, None),
        ("b: 5\n", 1, None),
    ],
)  # fmt: skip
def test_columns_of_texts(tmp_path: Path, text: str, column: int, place: str | None) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(text.encode())
    assert Pinpoint(path, "f.yaml").inside(("a",), column) == place

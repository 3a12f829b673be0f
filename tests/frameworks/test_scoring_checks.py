"""Faults in totals, bands, limiters and inspections: each one message at the right line."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.loading.checks.files import check_files
from selfassess.loading.library import Library

SOUND = """\
schema: selfassess/framework@1
id: made-up
edition: "1"
title: Made up
kind: graded
status: draft
source: {title: Made up}
scales:
  - id: points
    title: Points
    levels:
      - {id: three, title: Three, score: 3}
      - {id: two, title: Two, score: 2}
      - {id: one, title: One, score: 1}
  - id: ratings
    title: Ratings
    described: [fine]
    levels:
      - {id: fine, title: Fine}
      - {id: fair, title: Fair}
      - {id: poor, title: Poor}
responsible_bodies:
  - {id: council, title: Council}
nodes:
  - id: whole
    title: Whole
    kind: judgement
    scale: ratings
    responsible: [council]
    aggregate:
      by: weighted-percent
      out_of: 6
      bands:
        round: half-up
        steps:
          - {level: fine, from: 80, to: 100}
          - {level: fair, from: 50, to: 79}
          - {level: poor, from: 33, to: 49}
    nodes:
      - {id: a, title: A, kind: judgement, scale: points}
      - {id: b, title: B, kind: judgement, scale: points}
      - {id: x, title: X, kind: judgement, scale: points, excluded: true}
  - {id: safe, title: Safe, kind: judgement, scale: ratings}
limiters:
  - {id: cap, node: safe, at_most: poor, target: whole, cap: fair, strength: hard, because: Safety.}
inspection:
  cohort: {title: Children, from_age: 10, to_age: 17}
  samples:
    - {of: children, at_least: 5, at_most: 7}
  evidence_requests:
    - {id: names, title: Names, kind: list, columns: [id, date], due: {after: notice, weeks: 1}}
  clocks:
    - {id: letter, title: Letter, due: {after: publication, months: 2}, responsible: [council]}
  finding_types:
    - {id: improve, title: Improve, kind: improve, reply: letter}
  principal_authority: {writes: A statement, reply: letter, overseen_by: [council]}
"""


def problems(text: str, folder: Path, library: Library) -> list[tuple[str, str]]:
    """Each problem as the line that it names and what it says."""
    path = folder / "made-up.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    lines = text.splitlines()
    found = []
    for problem in check_files([path], library):
        line = int(problem.where.rsplit(":", 2)[1])
        assert problem.hint, problem
        found.append((lines[line - 1], problem.message))
    return found


def test_the_text_without_a_fault_is_sound(tmp_path: Path, installed: Library) -> None:
    assert problems(SOUND, tmp_path, installed) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        # scales
        ("{id: two, title: Two, score: 2}", "{id: two, title: Two}", "three", "score to some"),
        ("score: 2}", "score: 3}", "three", "do not fall"),
        ("described: [fine]", "described: [fien]", "fien", "no level called 'fien'"),
        # parts
        ("out_of: 6", "out_of: 9", "out_of", "can add up to 6"),
        ("      out_of: 6\n", "      of: [a, c]\n", "of: [a, c]", "no node called 'c'"),
        ("      out_of: 6\n", "      of: [a, x]\n", "of: [a, x]", "marked 'excluded'"),
        ("      out_of: 6\n", "      weights: {x: 2}\n", "weights", "no part called 'x'"),
        ("      out_of: 6\n", "      weights: {a: 0}\n", "weights", "the weight 0"),
        ("    scale: ratings\n    resp", "    resp", "by: weighted", "no scale"),
        ("title: A, kind: judgement, scale: points", "title: A, kind: judgement, scale: ratings",
         "by: weighted", "scores of 'a'"),
        # bands
        ("from: 50, to: 79", "from: 51, to: 79", "from: 51", "between 49 and 51"),
        ("from: 50, to: 79", "from: 49, to: 79", "from: 49", "overlap at 49"),
        ("from: 50, to: 79", "from: 50, to: 49", "to: 49", "ends at 49, before it begins"),
        ("round: half-up", "round: none", "from: 50", "between 49 and 50"),
        ("from: 33, to: 49", "from: 34, to: 49", "from: 34", "can have is 33.33, below"),
        ("from: 80, to: 100", "from: 80, to: 99", "to: 99", "can have is 100, above"),
        ("from: 80, to: 100", "from: 80.5, to: 100", "80.5", "more decimal places"),
        ("{level: fair, from: 50, to: 79}", "{level: fiar, from: 50, to: 79}", "fiar", "'fiar'"),
        ("level: fine, from: 80", "level: fair, from: 80", "level: fair", "gives fine"),
        # limiters
        ("node: safe", "node: sfae", "node: sfae", "no node called 'sfae'"),
        ("at_most: poor", "at_most: bad", "at_most: bad", "called 'bad'"),
        ("cap: fair", "cap: fine", "cap: fine", "limits nothing"),
        ("cap: fair", "cap: fair, force: poor", "id: cap", "either 'force' or 'cap'"),
        ("cap: fair, ", "", "id: cap", "either 'force' or 'cap'"),
        ("node: safe, at_most: poor, target: whole", "node: whole, at_most: poor, target: whole",
         "id: whole", "whole waits for whole"),
        ("target: whole", "target: whoel", "whoel", "no node called 'whoel'"),
        ("cap: fair", "cap: far", "cap: far", "called 'far'"),
        ("  - {id: safe, title: Safe, kind: judgement, scale: ratings}",
         "  - {id: safe, title: Safe, kind: judgement}", "id: cap", "which has no scale"),
        ("strength: hard, because: Safety.}\n",
         "strength: hard, because: Safety.}\n  - {id: cap, node: safe, at_most: poor, "
         "target: whole, cap: fair, strength: soft, because: Twice.}\n", "id: cap", "stands 2"),
        # inspection
        ("limiters:\n", "tag_prefix: 'n f'\nlimiters:\n", "n f", "before a tag"),
        ("{writes: A", "{body: police, writes: A", "police", "body called 'police'"),
        ("to_age: 17", "to_age: 9", "to_age: 9", "ends at 9"),
        ("at_most: 7", "at_most: 4", "at_most: 4", "ends at 4"),
        ("weeks: 1", "weeks: 1, months: 1", "weeks: 1", "exactly one"),
        ("{after: publication, months: 2}", "{after: publication}", "publication", "exactly one"),
        ("columns: [id, date]", "columns: [id, id]", "columns", "'id' of 'names' stands 2"),
        ("kind: list", "kind: document", "kind: document", "only a list has columns"),
        ("improve, reply: letter", "improve, reply: later", "later", "no clock called 'later'"),
        ("overseen_by: [council]", "overseen_by: [police]", "police", "body called 'police'"),
        ("months: 2}", "months: 2}, low: 1", "id: letter", "but is 'stated'"),
    ],
)  # fmt: skip
def test_one_fault(
    old: str, new: str, line: str, message: str, tmp_path: Path, installed: Library
) -> None:
    assert SOUND.count(old) >= 1
    found = problems(SOUND.replace(old, new, 1), tmp_path, installed)
    said = [(text, what) for text, what in found if message in what]
    assert said, found
    assert line in said[0][0]


def test_a_narrative_framework_has_neither_totals_nor_limiters(
    tmp_path: Path, installed: Library
) -> None:
    text = SOUND.replace("kind: graded", "kind: narrative")
    said = " ".join(message for _, message in problems(text, tmp_path, installed))
    assert "'whole' has an aggregate, but the framework is narrative" in said
    assert "the limiter 'cap' limits a grade, but the framework is narrative" in said


def test_keys_that_say_nothing_for_the_way_are_refused(tmp_path: Path, installed: Library) -> None:
    text = SOUND.replace("by: weighted-percent", "by: professional")
    said = [message for _, message in problems(text, tmp_path, installed)]
    assert {message.split("'")[1] for message in said} == {"out_of", "bands"}


def test_the_lowest_of_different_scales_is_refused(tmp_path: Path, installed: Library) -> None:
    start, end = SOUND.index("      by: weighted"), SOUND.index("    nodes:\n      - {id: a")
    text = SOUND[:start] + "      by: lowest\n" + SOUND[end:]
    said = [message for _, message in problems(text, tmp_path, installed)]
    assert len(said) == 2
    assert all("another scale" in message for message in said)


def test_nothing_to_count(tmp_path: Path, installed: Library) -> None:
    text = SOUND.replace("kind: judgement, scale: points", "kind: judgement")
    text = text.replace("      out_of: 6\n", "")
    said = [message for _, message in problems(text, tmp_path, installed)]
    assert "nothing counts in 'whole': no node below it has a scale." in said


def test_bands_are_needed_where_a_total_is_computed(tmp_path: Path, installed: Library) -> None:
    start, end = SOUND.index("      bands:"), SOUND.index("    nodes:\n      - {id: a")
    said = problems(SOUND[:start] + SOUND[end:], tmp_path, installed)
    assert [message for _, message in said] == [
        "'whole' is computed by 'weighted-percent', but has no bands."
    ]


def test_half_open_bands_leave_no_gap(tmp_path: Path, installed: Library) -> None:
    text = SOUND.replace("round: half-up", "round: none")
    for old, new in (("from: 80, to: 100", "from: 80"), ("from: 50, to: 79", "from: 50"),
                     ("from: 33, to: 49", "from: 33")):  # fmt: skip
        text = text.replace(old, new)
    assert problems(text, tmp_path, installed) == []

"""Reasons to look at a child are read from packs, and every name in them is checked."""

from __future__ import annotations

import re

import pytest

from selfassess.errors import PluginError
from selfassess.loading.library import load_library

from .conftest import ALL, MakePack

REASONS = """\
schema: selfassess/sampling@1
child: child_id
show: {Kind: kind}
pathways:
  - id: visited
    title: Visited
    rows: {from: visits}
reasons:
  - id: late
    text: Visited late
    weight: 3
    rows:
      measure: visits.on-time
      outcome: [late, overdue]
  - id: undated
    text: No date
    weight: 1
    rows:
      from: visits
      filter: blank(date)
"""


def test_files_are_kept_whole_with_their_ids(make_pack: MakePack) -> None:
    library = load_library([make_pack({**ALL, "sampling.yaml": REASONS})])
    (file,) = library.sampling.values()
    assert [reason.id for reason in file.sampling.reasons] == ["late", "undated"]
    assert file.sampling.reasons[0].rows.outcome == ("late", "overdue")
    assert file.path.is_file()
    assert library.origins["sampling reason", "late"] == "one"
    assert library.origins["pathway", "visited"] == "one"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "visits.on-time",
            "visits.on-tim",
            r"sampling.yaml:13:16: .*'visits.on-tim'[\s\S]*on-time",
        ),
        ("[late, overdue]", "[lat]", r"sampling.yaml:14:\d+: .*'lat'"),
        ("      outcome: [late, overdue]\n", "", r"sampling.yaml:13:7: 'outcome' is missing"),
        (
            "      outcome: [late, overdue]\n",
            "      outcome: [late]\n      where: {team: a}\n",
            r"sampling.yaml:15:21: .*breakdown of 'visits.on-time'.*'team'",
        ),
        (
            "[late, overdue]\n",
            "[late, overdue]\n      filter: blank(date)\n",
            r"sampling.yaml:15:15: 'filter' belongs to rows of a table",
        ),
        (
            "      measure: visits.on-time\n",
            "      measure: visits.on-time\n      from: visits\n",
            r"sampling.yaml:13:7: rows name both",
        ),
        ("      from: visits\n", "", r"sampling.yaml:19:7: rows name neither"),
        (
            "      from: visits\n",
            "      from: visit\n",
            r"sampling.yaml:19:13: .*'visit'[\s\S]*visits",
        ),
        (
            "      from: visits\n",
            "      from: visits\n      outcome: [late]\n",
            r"sampling.yaml:20:16: 'outcome' belongs to a measure",
        ),
        (
            "child: child_id",
            "child: person",
            r"sampling.yaml:7:18: 'visits' has no column 'person'",
        ),
        ("weight: 3", "weight: 9", r"sampling.yaml:11:13: .*1, 2, 3, 4, 5"),
        ("    text: No date\n", "", r"sampling.yaml:15:\d+: .*text"),
        ("show:", "shown:", r"sampling.yaml:3:1: .*'shown'[\s\S]*show"),
        ("  - id: undated", "  - id: late", r"sampling reason 'late'.*exists already"),
    ],
)
def test_a_fault_is_told_with_its_place(
    make_pack: MakePack, before: str, after: str, told: str
) -> None:
    text = REASONS.replace(before, after)
    assert text != REASONS
    with pytest.raises(PluginError) as caught:
        load_library([make_pack({**ALL, "sampling.yaml": text})])
    assert re.search(told, str(caught.value)), str(caught.value)


def test_an_empty_file_says_so(make_pack: MakePack) -> None:
    with pytest.raises(PluginError, match="neither reasons nor pathways"):
        load_library([make_pack({**ALL, "sampling.yaml": "schema: selfassess/sampling@1\n"})])


def test_views_hold_children_too(make_pack: MakePack) -> None:
    text = REASONS.replace("      from: visits\n", "      from: seen\n")
    assert load_library([make_pack({**ALL, "sampling.yaml": text})]).sampling

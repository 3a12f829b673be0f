"""Rules of data quality are read from packs, and every name in them is checked."""

from __future__ import annotations

import re

import pytest

from selfassess.errors import PluginError
from selfassess.loading.library import load_library

from .conftest import ALL, MakePack

RULES = """\
schema: selfassess/quality@1
rules:
  - id: visits-future
    title: Visit to come
    table: visits
    among: not blank(date)
    if: each > as_at
    columns: [date]
    severity: moderate
    why: It reads as done.
    remedy: Correct the date.
"""


def test_rules_are_found_by_id_with_their_pack(make_pack: MakePack) -> None:
    library = load_library([make_pack({**ALL, "quality.yaml": RULES})])
    (rule,) = library.quality.values()
    assert (rule.id, rule.if_, rule.among) == ("visits-future", "each > as_at", "not blank(date)")
    assert library.origins["quality rule", "visits-future"] == "one"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("table: visits", "table: visit", r"quality.yaml:5:12: .*'visit'[\s\S]*visits"),
        ("[date]", "[dat]", r"quality.yaml:8:15: .*'dat'[\s\S]*date"),
        ("[date]", "[]", r"quality.yaml:8:14: .*names no column"),
        ("severity: moderate", "severity: grave", r"quality.yaml:9:\d+: .*moderate"),
        ("    remedy: Correct the date.\n", "", r"quality.yaml:3:\d+: .*remedy"),
        ("among:", "amongst:", r"quality.yaml:6:\d+: .*amongst"),
    ],
)
def test_a_fault_is_told_with_its_place(
    make_pack: MakePack, before: str, after: str, told: str
) -> None:
    text = RULES.replace(before, after)
    assert text != RULES
    with pytest.raises(PluginError) as caught:
        load_library([make_pack({**ALL, "quality.yaml": text})])
    assert re.search(told, str(caught.value)), str(caught.value)


def test_two_rules_of_one_id_are_refused(make_pack: MakePack) -> None:
    with pytest.raises(PluginError, match="'visits-future' of pack 'two' exists already"):
        load_library(
            [make_pack({**ALL, "q.yaml": RULES}), make_pack({"q.yaml": RULES}, pack_id="two")]
        )

"""Two editions compared: each kind of change once, on small frameworks written here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from selfassess.errors import FrameworkError, PluginError
from selfassess.loading.change import Change
from selfassess.loading.compare import diff
from selfassess.loading.library import Library, load_library
from selfassess.loading.wording import same_words

from .conftest import WORDS, MakePack

HEAD = """\
schema: selfassess/framework@1
id: small
title: A small framework
kind: graded
status: draft
source: {{title: A document}}
edition: "{edition}"
"""
OLD = (
    HEAD.format(edition="1")
    + """
scales:
  - {id: two, title: Two, levels: [{id: fine, title: Fine}, {id: poor, title: Poor}]}
questions:
  - {id: what, text: What do you know?}
  - {id: how, text: How do you know it?}
nodes:
  - id: practice
    title: Practice
    kind: judgement
    scale: two
    nodes:
      - {id: A, title: Children are seen, kind: criterion, topics: [plans]}
      - {id: B, title: Plans are good, kind: criterion, topics: [plans]}
      - {id: C, title: Visits are in time, kind: criterion, topics: [plans]}
  - {id: leading, title: Leading, kind: judgement, scale: two}
"""
)


def changed(old: str, *replacements: tuple[str, str]) -> str:
    text = old.replace('edition: "1"', 'edition: "2"')
    for before, after in replacements:
        assert before in text
        text = text.replace(before, after)
    return text


def load(make_pack: MakePack, new: str, migration: str = "") -> Library:
    files = {"words.yaml": WORDS, "one.yaml": OLD, "two.yaml": new}
    if migration:
        head = 'schema: selfassess/migration@1\nframework: small\nfrom: "1"\nto: "2"\n'
        files["migration.yaml"] = head + migration
    return load_library([make_pack(files)])


def changes(make_pack: MakePack, new: str, migration: str = "") -> dict[tuple[str, str], Change]:
    library = load(make_pack, new, migration)
    declared = library.migrations.get(("small@1", "small@2"))
    found = diff(library.frameworks["small@1"], library.frameworks["small@2"], declared)
    assert len({(c.kind, c.id) for c in found}) == len(found)
    return {(change.kind, change.id): change for change in found}


def test_the_same_edition_twice_differs_in_nothing(make_pack: MakePack) -> None:
    assert changes(make_pack, changed(OLD)) == {}


@pytest.mark.parametrize(
    ("replacement", "kind", "identifier", "effect"),
    [
        (("title: Leading,", "title: Leaders,"), "reworded", "leading", "needs a person"),
        (("title: Leading,", "title: 'The LEADING.',"), "reworded", "leading", "compatible"),
        (("      - {id: B, title: Plans are good, kind: criterion, topics: [plans]}\n", ""),
         "removed", "B", "needs a person"),
        (("  - {id: leading", "  - {id: D, title: New, kind: criterion}\n  - {id: leading"),
         "added", "D", "compatible"),
        (("  - {id: leading", "  - {id: D, title: New, kind: judgement}\n  - {id: leading"),
         "added", "D", "needs a person"),
        (("{id: poor, title: Poor}", "{id: fair, title: Fair}, {id: poor, title: Poor}"),
         "rescaled", "leading", "needs a person"),
        (("title: Leading, kind: judgement, scale: two", "title: Leading, kind: judgement"),
         "rescaled", "leading", "needs a person"),
        (("text: How do you know it?", "text: How do you"), "reworded", "how", "needs a person"),
        (("text: How do you know it?", "text: how do you know it"),
         "reworded", "how", "compatible"),
        (("  - {id: how, text: How do you know it?}\n", ""), "removed", "how", "needs a person"),
        (("  - {id: how", "  - {id: why, text: Why?}\n  - {id: how"),
         "added", "why", "needs a person"),
        (("criterion, topics: [plans]}\n      - {id: B", "criterion, topics: []}\n      - {id: B"),
         "changed", "A", "compatible"),
    ],
)  # fmt: skip
def test_a_change_is_named_and_classed(
    make_pack: MakePack, replacement: tuple[str, str], kind: str, identifier: str, effect: str
) -> None:
    found = changes(make_pack, changed(OLD, replacement))
    assert found[kind, identifier].effect == effect
    assert found[kind, identifier].sentence.endswith((".", "?"))
    assert not found[kind, identifier].declared


def test_moved_is_another_parent(make_pack: MakePack) -> None:
    line = "      - {id: B, title: Plans are good, kind: criterion, topics: [plans]}\n"
    new = changed(OLD, (line, "")) + line.replace("      -", "  -")
    found = changes(make_pack, new)
    assert set(found) == {("moved", "B")}
    assert found["moved", "B"].sentence == "Moved from under 'practice' to the top."
    assert found["moved", "B"].effect == "needs a person"


def test_another_order_is_no_change(make_pack: MakePack) -> None:
    line = "      - {id: B, title: Plans are good, kind: criterion, topics: [plans]}\n"
    other = "      - {id: A, title: Children are seen, kind: criterion, topics: [plans]}\n"
    assert changes(make_pack, changed(OLD, (other + line, line + other))) == {}


SPLIT = (
    "      - {id: B, title: Plans are good, kind: criterion, topics: [plans]}\n",
    "      - {id: B1, title: Plans, kind: criterion, topics: [plans]}\n"
    "      - {id: B2, title: Good, kind: criterion, topics: [plans]}\n",
)


def test_split_merged_and_renamed_are_declared(make_pack: MakePack) -> None:
    new = changed(
        OLD,
        SPLIT,
        ("id: leading, title: Leading", "id: leaders, title: Leading"),
        ("id: A,", "id: AC,"),
    ).replace("      - {id: C, title: Visits are in time, kind: criterion, topics: [plans]}\n", "")
    undeclared = changes(make_pack, new)
    assert ("removed", "B") in undeclared
    assert ("added", "B1") in undeclared
    migration = """
split: [{node: B, into: [B1, B2], because: Two things were one.}]
merged: [{nodes: [A, C], into: AC, because: One thing was two.}]
renamed: [{node: leading, to: leaders, editorial: true, because: A better name.}]
"""
    found = changes(make_pack, new, migration)
    assert set(found) == {("split", "B"), ("merged", "A"), ("merged", "C"), ("renamed", "leading")}
    assert found["split", "B"].into == ("B1", "B2")
    assert found["merged", "A"].into == ("AC",)
    assert found["renamed", "leading"].effect == "compatible"
    assert all(change.declared for change in found.values())


def test_what_lies_below_a_renamed_node_did_not_move(make_pack: MakePack) -> None:
    new = changed(OLD, ("id: practice", "id: doing"))
    migration = "renamed: [{node: practice, to: doing, because: Another word.}]\n"
    found = changes(make_pack, new, migration)
    assert set(found) == {("renamed", "practice")}
    assert found["renamed", "practice"].effect == "needs a person"


def test_a_file_can_declare_a_wording_editorial(make_pack: MakePack) -> None:
    new = changed(OLD, ("title: Leading,", "title: Leadership,"))
    found = changes(make_pack, new, "editorial: [{node: leading, because: It means the same.}]\n")
    assert found["reworded", "leading"].effect == "compatible"
    assert found["reworded", "leading"].sentence == "It means the same."


@pytest.mark.parametrize(
    ("migration", "place", "said"),
    [
        ("removed: [{node: leading, because: x}]", ":5:18", "'leading' is still in small@2."),
        ("removed: [{node: leadin, because: x}]", ":5:18", "'leadin' is no node of small@1."),
        ("split: [{node: B, into: [B1], because: x}]", ":5:25", "fewer than two nodes"),
        ("split: [{node: B, into: [B1, B3], because: x}]", ":5:30", "'B3' is no node of small@2."),
        ("split: [{node: A, into: [B1, B2], because: x}]", ":5:16", "'A' is still in small@2."),
        ("renamed: [{node: B, to: A, because: x}]", ":5:25", "'A' is in small@1 already"),
        ("moved: [{node: A, under: practice, because: x}]", ":5:16", "'A' did not move"),
        ("moved: [{node: C, under: practice, because: x}]", ":5:26", "stands under 'top'"),
        ("editorial: [{node: A, because: x}]", ":5:20", "worded alike in both editions"),
        ("removed: [{because: x}]", ":5:11", "neither a node nor a question"),
        ("removed: [{question: hows, because: x}]", ":5:22", "'hows' is no question of small@1."),
        ("merged: [{nodes: [B], into: B1, because: x}]", ":5:18", "fewer than two nodes"),
        ("removed: [{node: B, because: x}]\nsplit: [{node: B, into: [B1, B2], because: x}]",
         ":5:18", "declared as 'split' above and as 'removed' here"),
    ],
)  # fmt: skip
def test_a_declaration_that_is_not_so_is_an_error_at_its_place(
    make_pack: MakePack, migration: str, place: str, said: str
) -> None:
    line = "      - {id: C, title: Visits are in time, kind: criterion, topics: [plans]}\n"
    new = changed(OLD, SPLIT, (line, "")) + line.replace("      -", "  -")
    with pytest.raises(FrameworkError) as caught:
        load(make_pack, new, migration)
    (problem,) = caught.value.problems
    assert problem.where.endswith("migration.yaml" + place)
    assert said in problem.message
    assert problem.hint


def test_an_edition_that_is_not_there(make_pack: MakePack) -> None:
    head = 'schema: selfassess/migration@1\nframework: small\nfrom: "1"\nto: "3"\n'
    pack = make_pack({"words.yaml": WORDS, "one.yaml": OLD, "migration.yaml": head})
    with pytest.raises(FrameworkError, match=r"migration.yaml:4:5: 'small@3' is not installed"):
        load_library([pack])


def test_two_files_for_one_step_clash(make_pack: MakePack) -> None:
    head = 'schema: selfassess/migration@1\nframework: small\nfrom: "1"\nto: "2"\n'
    new = changed(OLD)
    files = {"words.yaml": WORDS, "one.yaml": OLD, "two.yaml": new, "m.yaml": head, "n.yaml": head}
    with pytest.raises(PluginError, match="exists already"):
        load_library([make_pack(files)])


def test_migrations_come_from_the_cache_too(make_pack: MakePack, tmp_path: Path) -> None:
    head = 'schema: selfassess/migration@1\nframework: small\nfrom: "1"\nto: "2"\n'
    pack = make_pack(
        {"words.yaml": WORDS, "one.yaml": OLD, "two.yaml": changed(OLD), "m.yaml": head}
    )
    cold, warm = (load_library([pack], cache=tmp_path / "cache") for _ in range(2))
    assert cold.migrations == warm.migrations != {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The care leavers' homes", "care-leavers’ homes", True),
        ("20% of visits", "20 of visits", False),
        ("leaders tell staff", "staff tell leaders", False),
        ("is not safe", "is safe", False),
        ("within 10 days", "within 15 days", False),
        ("Café", "Cafe\u0301", True),
    ],
)
def test_wording(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same


def test_a_change_as_json() -> None:
    change = Change(kind="split", subject="node", id="B", into=("B1",), sentence="x")
    found: dict[str, Any] = change.as_dict()
    assert found["into"] == ["B1"]
    assert "editorial" not in found

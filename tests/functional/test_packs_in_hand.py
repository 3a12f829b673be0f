"""A pack that is being written: shown and checked from its folder, every fault at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import call

from selfassess.errors import FrameworkError, MeasureError, PluginError
from selfassess.loading.pack_schema import pack_schema

PACK = {
    "pack.yaml": "id: ours\nversion: '1'\napi: 1\ntitle: Ours\nlicence: MIT\n",
    "words.yaml": (
        "schema: selfassess/words@1\n"
        "topics: [{id: mentoring, title: Mentoring, group: help}]\n"
        "settings: [{id: mentor-days, title: To a mentor, unit: days, values: [{value: 14}]}]\n"
    ),
    "tables.yaml": """\
schema: selfassess/tables@1
tables:
  - id: mentors
    title: Mentors
    entity: child
    key: [child_id]
    event: started
    files: [mentors.csv]
    columns:
      - {name: child_id, headers: [child_id], type: id, required: true, personal: true}
      - {name: started, headers: [started], type: date, required: true}
      - {name: met, headers: [met], type: date}
""",
    "measures.yaml": """\
schema: selfassess/measures@1
measures:
  - id: ours.mentors-met
    title: Mentors who met the child in time
    from: mentors
    numerator: days(started, met) <= setting(mentor-days)
    unit: percent
    better: higher
    about: quality
    topics: [mentoring]
    why: Says whether they met.
""",
    "framework.yaml": """\
schema: selfassess/framework@1
id: ours-review
edition: "1"
title: Our review
kind: narrative
status: draft
source: {title: Ours}
nodes:
  - id: help
    title: Help
    kind: judgement
    owns: [mentoring]
    nodes:
      - {id: H-1, title: Met, kind: criterion, topics: [mentoring], measures: [ours.mentors-met]}
""",
    "later.yaml": """\
schema: selfassess/framework@1
id: ours-review
edition: "2"
extends: ours-review@1
status: draft
change: {nodes: {H-1: {title: Mentors who stay}}}
""",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    for name, text in PACK.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def change(pack: Path, name: str, old: str, new: str) -> None:
    path = pack / name
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_pack_is_checked_by_its_folder(pack: Path) -> None:
    done = call("plugins", "check", pack)
    assert done.exit_code == 0, done.output
    assert "sound: 2 frameworks, 1 measure, 1 setting, 1 table, 1 topic" in done.output


def test_a_folder_is_checked_in_place_of_what_is_installed() -> None:
    folder = Path(__file__).parents[2] / "plugins" / "thresholds"
    done = call("plugins", "check", folder)
    assert done.exit_code == 0, done.exception
    assert "19 measures" in done.output


def test_two_folders_of_one_id_are_refused(pack: Path) -> None:
    other = pack.parent / "other"
    other.mkdir()
    (other / "pack.yaml").write_text(PACK["pack.yaml"], encoding="utf-8")
    assert isinstance(call("plugins", "check", pack, other).exception, PluginError)


@pytest.mark.parametrize("where", ["pack", "workspace"])
def test_what_a_pack_brings_is_shown(pack: Path, where: str) -> None:
    folder = pack
    if where == "workspace":
        folder = pack.parent
        (folder / "selfassess.yaml").write_text(
            "schema: selfassess/workspace@1\ncouncil: {name: X}\nframework: ours-review\n"
            "packs: [pack]\n",
            encoding="utf-8",
        )
    shown = call("measures", "show", "ours.mentors-met", "--workspace", folder)
    assert "Reads the setting mentor-days (To a mentor): 14 (days)" in shown.output
    assert "ours.mentors-met" in call("measures", "list", "--workspace", folder).output
    assert (
        '"mentors" AS b'
        in call("measures", "sql", "ours.mentors-met", "--workspace", folder).output
    )
    assert "mentoring" in call("measures", "words", "--workspace", folder).output
    assert "ours-review@2" in call("frameworks", "list", "--workspace", folder).output
    assert (
        "Mentors who stay"
        in call("frameworks", "show", "ours-review@2", "--workspace", folder).output
    )
    assert call("frameworks", "diff", "ours-review@1", "2", "--workspace", folder).exit_code == 0
    assert "ours  " in call("plugins", "list", "--workspace", folder).output


def test_settings_that_views_read_are_named() -> None:
    """The measure itself names none: the view that it draws on does."""
    done = call("measures", "show", "caseloads.unallocated")
    assert "Reads the setting unallocated-workers" in done.output


def test_a_framework_may_name_what_its_own_pack_brings(pack: Path) -> None:
    done = call("frameworks", "check", pack / "framework.yaml")
    assert done.exit_code == 0, done.output
    change(pack, "framework.yaml", "ours.mentors-met", "ours.mentor-met")
    failed = call("frameworks", "check", pack / "framework.yaml")
    assert isinstance(failed.exception, FrameworkError)
    (problem,) = failed.exception.problems
    assert problem.where.endswith("framework.yaml:14:80")
    assert problem.hint == "Did you mean 'ours.mentors-met'?"


def test_an_edition_may_extend_one_of_its_own_pack(pack: Path) -> None:
    assert call("frameworks", "check", pack / "later.yaml").exit_code == 0
    change(pack, "later.yaml", "H-1", "H-2")
    failed = call("frameworks", "check", pack / "later.yaml")
    assert isinstance(failed.exception, FrameworkError)
    assert "later.yaml:6:18" in failed.exception.problems[0].where


def test_an_edition_that_the_pack_has_already(pack: Path) -> None:
    (pack / "again.yaml").write_text(PACK["framework.yaml"], encoding="utf-8")
    failed = call("frameworks", "check", pack / "again.yaml")
    assert isinstance(failed.exception, FrameworkError)
    assert "this is 'ours-review@1' again: another file holds it" in str(failed.exception)


def test_faults_of_all_kinds_are_told_at_once(pack: Path) -> None:
    change(pack, "measures.yaml", "from: mentors", "from: mentor")
    change(pack, "framework.yaml", "owns: [mentoring]", "owns: [mentorin]")
    change(pack, "later.yaml", "status: draft", "status: drafted")
    failed = call("plugins", "check", pack)
    assert isinstance(failed.exception, FrameworkError)
    assert [each.where.rpartition("/")[2] for each in failed.exception.problems] == [
        "framework.yaml:12:12",
        "later.yaml:5:9",
        "measures.yaml:5:11",
    ]


def test_where_names_are_unsure_expressions_wait(pack: Path) -> None:
    change(pack, "tables.yaml", "event: started", "event: begun")
    change(pack, "measures.yaml", "days(started", "days(begun")
    failed = call("plugins", "check", pack)
    assert isinstance(failed.exception, PluginError)
    assert [each.where.rpartition("/")[2] for each in failed.exception.problems] == [
        "tables.yaml:7:12"
    ]


def test_measures_alone_at_fault(pack: Path) -> None:
    change(
        pack, "measures.yaml", "topics: [mentoring]", "topics: [mentor]\n    bands: [{basis: x}]"
    )
    failed = call("plugins", "check", pack)
    assert isinstance(failed.exception, MeasureError)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("same_as: re-referral-12", "'re-referral-12' is no published indicator"),
        ("same_as: caseload-per-fte", "'caseload-per-fte' is published in "),
        ("completed_as: assessment-45wd", "only a clock can be counted again"),
    ],
)
def test_published_indicators_that_are_not_counted_in_the_same_way(
    pack: Path, line: str, said: str
) -> None:
    file = pack / "measures.yaml"
    text = file.read_text(encoding="utf-8").replace("    unit:", f"    {line}\n    unit:")
    file.write_text(text, encoding="utf-8")
    place = 1 + text.splitlines().index(f"    {line}")
    error = call("plugins", "check", pack).exception
    assert isinstance(error, MeasureError)
    (problem,) = error.problems
    assert f"measures.yaml:{place}:" in problem.where
    assert said in problem.message


def test_a_figure_is_not_compared_twice(pack: Path) -> None:
    file = pack / "measures.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "    numerator: days(started, met) <= setting(mentor-days)\n",
        "    clock: {start: started, limit: 14 days, stop: met}\n"
        "    same_as: icpc-15wd\n    completed_as: icpc-15wd\n",
    )
    file.write_text(text, encoding="utf-8")
    error = call("plugins", "check", pack).exception
    assert isinstance(error, MeasureError)
    assert "or its twin is; not both" in error.problems[0].message
    file.write_text(text.replace("    same_as: icpc-15wd\n", ""), encoding="utf-8")
    assert call("plugins", "check", pack).exit_code == 0


def test_the_schema_of_pack_files_is_printed() -> None:
    done = call("plugins", "schema")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == pack_schema()

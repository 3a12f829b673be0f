"""What is no contribution is refused, with its place and the next step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from selfassess.disclosure import disclose
from selfassess.errors import EvidenceError
from selfassess.model.migration import Migration, Renamed
from selfassess.region import read_contributions, region_data
from selfassess.region.contributions import left_out
from selfassess.region.settings import RegionFile

from .conftest import Make, assessment, data_of, reading


def pair(**second: Any) -> list[dict[str, Any]]:
    return [assessment("Ashby", reading()), {**assessment("Brook", reading()), **second}]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "selfassess/assessment@2"}, r"c1\.json:2:2: is of the schema selfassess/a"),
        ({"schema": "other/thing@1"}, r"c1\.json:2:2: is no assessment"),
        ({"council": {"name": ""}}, r"c1\.json:3:2: names no council"),
        ({"council": None}, r"c1\.json:3:2: names no council"),
        ({"as_at": "soon"}, r"c1\.json:\d+:2: has no as-at date"),
        ({"framework": {}}, "names no framework"),
        ({"audience": "everybody"}, "is for no audience"),
        ({"readings": {}}, "has no list of readings"),
        ({"readings": [{"id": 1}]}, "parts are not all there or of another kind"),
        ({"readings": [reading(), reading()]}, "twice"),
        ({"audience": "partner"}, "is no partner copy"),
        ({"council": {"name": "ashby"}}, "here a second time"),
        ({"framework": {"id": "frame", "edition": "2023", "title": "F"}}, "No migration map"),
        ({"framework": {"id": "other", "edition": "2026", "title": "F"}}, "No migration map"),
        ({"method": [{}]}, "is not a whole assessment"),
    ],
)
def test_refused(region: Make, change: dict[str, Any], message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        data_of(region(*pair(**change)))


def test_an_edited_copy_is_no_copy(region: Make) -> None:
    copy = disclose(assessment("Brook", reading()), "partner")
    copy["readings"][0]["denominator"] = 7
    with pytest.raises(EvidenceError, match="holds a count that no copy gives"):
        data_of(region(assessment("Ashby", reading()), copy))


def test_a_partner_copy_does_not_go_to_the_public(region: Make) -> None:
    copy = disclose(assessment("Brook", reading()), "partner")
    with pytest.raises(EvidenceError, match="copy for partners"):
        data_of(region(assessment("Ashby", reading()), copy), audience="public")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"bad\.json:1:1: is no JSON"),
        (b'{\n "a": }', r"bad\.json:2:7: is no JSON"),
        (b"[]", r"bad\.json:1:1: holds no JSON object"),
        (b'{"a": NaN}', "NaN"),
        (b"[" * 100_000, "nesting|is no JSON"),
        (b'{\n"\xff"}', r"bad\.json:2:2: the file is not UTF-8"),
    ],
)
def test_broken_files(region: Make, content: bytes, message: str) -> None:
    folder = region(*pair())
    (folder / "bad.json").write_bytes(content)
    with pytest.raises(EvidenceError, match=message):
        data_of(folder)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("schema: selfassess/region@2\n", r"region\.yaml:1:9"),
        ("schema: selfassess/region@1\nnmae: X\n", r"region\.yaml:2:1"),
        ("schema: selfassess/region@1\nname: ' '\n", "empty name"),
        ("schema: selfassess/region@1\naudience: all\n", r"region\.yaml:2:11"),
        (
            "schema: selfassess/region@1\ncouncils:\n  - {name: A, file: c3.json}\n",
            r"region\.yaml:3:21: there is no 'c3\.json'",
        ),
        (
            "schema: selfassess/region@1\ncouncils:\n  - {name: A, file: ../x.json}\n",
            "no file within the region",
        ),
        (
            "schema: selfassess/region@1\ncouncils:\n"
            "  - {name: A, file: c0.json}\n  - {name: B, file: c0.json}\n",
            "here a second time",
        ),
        (
            "schema: selfassess/region@1\nmeasures: [visits.on-tme]\n",
            r"region\.yaml:2:12: no contribution(?s:.*)'visits\.on-time'",
        ),
    ],
)
def test_settings(region: Make, settings: str, message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        data_of(region(*pair(), settings=settings))


def test_one_contribution_is_no_region(region: Make, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="1 contribution found"):
        data_of(region(assessment("Ashby", reading())))
    with pytest.raises(EvidenceError, match="no such folder"):
        data_of(tmp_path / "nowhere")


def test_a_council_folder_that_was_never_run(region: Make) -> None:
    folder = region(*pair())
    (folder / "north").mkdir()
    (folder / "north" / "selfassess.yaml").write_text("schema: x", encoding="utf-8")
    with pytest.raises(EvidenceError, match="selfassess run"):
        data_of(folder)


def test_days_apart_are_said_from_93_on(region: Make) -> None:
    # 30 June to 30 September are 92 days, 29 June to it 93.
    assert data_of(region(*pair(as_at="2026-06-30")))["notes"] == []
    (note,) = data_of(region(*pair(as_at="2026-06-29")))["notes"]
    assert "93 days apart" in note


def test_a_council_at_two_dates_counts_once_by_the_later(region: Make) -> None:
    older = assessment("Brook", reading(top=10), as_at="2026-08-31")
    data = data_of(region(*pair(), older))
    assert [each["as_at"] for each in data["councils"]] == ["2026-09-30", "2026-09-30"]
    assert "left aside" in data["notes"][0]


def test_editions_that_a_migration_map_joins(region: Make) -> None:
    def judged(*names: str) -> list[dict[str, Any]]:
        return [{"id": "j", "title": "J", "criteria": [{"id": n, "title": n} for n in names]}]

    old = assessment("Ashby", reading(), judgements=judged("same", "before", "gone"))
    old["framework"] = {"id": "frame", "edition": "2023", "title": "F"}
    new = assessment("Brook", reading(), judgements=judged("same", "after"))
    migration = Migration(
        framework="frame",
        from_="2023",
        to="2026",
        renamed=(Renamed(node="before", to="after", because="Worded anew"),),
    )
    data = data_of(region(old, new), migrations={(migration.old, migration.new): migration})
    assert "2 of the earlier one’s 3 criteria are carried on" in data["notes"][0]
    assert json.dumps(data)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"value": 250.0}, "no share"),
        ({"value": -1.0}, "no share"),
        ({"numerator": 101}, "more than its whole"),
        ({"denominator": -100}, "less than nothing"),
        ({"value": float("inf")}, "a number that is none"),
        ({"value": 1e300, "unit": "days"}, "a number that is none"),
    ],
)
def test_figures_that_no_run_gives(region: Make, more: dict[str, Any], said: str) -> None:
    """One such figure would stretch the range that all councils are shown in."""
    folder = region(*pair(), assessment("Combe", reading(**more)))
    # JSON's own way to say so, which Python reads without a word.
    text = (folder / "c2.json").read_text(encoding="utf-8").replace("Infinity", "1e999")
    (folder / "c2.json").write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError, match=rf"c2\.json:\d+:\d+: holds a reading .*{said}"):
        data_of(folder)


def test_what_the_settings_do_not_name_is_told_of(region: Make) -> None:
    folder = region(
        *pair(),
        assessment("Combe", reading()),
        settings="schema: selfassess/region@1\ncouncils:\n"
        "  - {name: A, file: c0.json}\n  - {name: B, file: east}\n",
    )
    (folder / "east" / "out").mkdir(parents=True)
    (folder / "c1.json").rename(folder / "east" / "out" / "assessment.json")
    settings, _ = read_contributions(folder)
    assert left_out(folder, settings) == ["c2.json"]
    (folder / "region.yaml").unlink()
    assert left_out(folder, read_contributions(folder)[0]) == []


def test_a_measure_that_nobody_counts_where_councils_come_from_a_warehouse(region: Make) -> None:
    """Their settings are checked before anybody is assessed, so this can only be seen later."""
    settings, found = read_contributions(region(*pair()))
    wanted = RegionFile(measures=("visits.on-tme",))
    with pytest.raises(EvidenceError, match=r"no council counts(?s:.*)'visits\.on-time'"):
        region_data(wanted, found, migrations={})
    assert region_data(settings, found, migrations={})[0]["measures"]

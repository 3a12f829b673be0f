"""What the consultants' pages tell people to write is sound, and names every key there is."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
from command_line import call

from selfassess.model import evidence, measure, pack, quality
from selfassess.model.common import Source

DOCS = Path(__file__).parents[2] / "docs"


def blocks(page: str) -> list[str]:
    """The YAML blocks of a page."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The pack of the page, each block in the file that its first line names."""
    folder = tmp_path / "my-pack"
    folder.mkdir()
    for text in blocks("how-to/add-a-measure.md"):
        named = re.match(r"# ([a-z-]+\.yaml)", text)
        if named:
            (folder / named[1]).write_text(text, encoding="utf-8")
    return folder


def test_the_pack_of_the_page_is_sound(folder: Path) -> None:
    done = call("plugins", "check", folder)
    assert done.exit_code == 0, done.exception
    assert "2 measures, 1 quality rule, 1 setting, 1 table, 1 topic" in done.output
    shown = call("measures", "show", "ours.mentors-met", "--workspace", folder)
    assert "Reads the setting mentor-days" in shown.output
    assert (
        '"referrals"'
        in call("measures", "sql", "ours.referrals-families", "--workspace", folder).output
    )


def test_the_table_of_the_page_is_counted_as_by_hand(folder: Path, tmp_path: Path) -> None:
    """Of three due children one was met on the 14th day, one on the 15th, one not at all."""
    council = tmp_path / "council"
    (council / "evidence").mkdir(parents=True)
    (council / "selfassess.yaml").write_text(
        "schema: selfassess/workspace@1\ncouncil: {name: X}\nframework: ofsted-ilacs\n"
        "as_at: 2026-03-31\npacks: [../my-pack]\n",
        encoding="utf-8",
    )
    (council / "evidence" / "mentors.csv").write_text(
        "Child id,Start date,First met,Status\n"
        "1,2026-02-01,2026-02-15,Open\n2,2026-02-01,2026-02-16,o\n3,2026-02-01,,current\n"
        "4,2026-03-30,,Open\n5,2026-02-01,2026-01-31,Ended\n",
        encoding="utf-8",
    )
    rows = call("rows", "ours.mentors-met", council).output.splitlines()[1:]
    outcomes = [line.split("\t")[0] for line in rows]
    assert sorted(outcomes) == ["late", "met", "not due", "overdue", "undated"]
    broken = call("rows", "--quality", "mentor-met-before-start", council).output
    assert len(broken.splitlines()) == 2
    assert "\t5" in broken


def test_the_settings_of_the_page_are_taken(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "readings.csv").write_text(
        "measure,value,unit,source,to\ncaseloads.average,15,children,Dashboard,2026-03-31\n",
        encoding="utf-8",
    )
    head = "schema: selfassess/workspace@1\ncouncil: {name: X}\nframework: ofsted-ilacs\n"
    text = head + "".join(blocks("how-to/set-your-own-standards.md"))
    (tmp_path / "selfassess.yaml").write_text(text, encoding="utf-8")
    done = call("check", tmp_path)
    assert done.exit_code == 0, done.exception


def test_the_case_of_the_page_is_met(tmp_path: Path) -> None:
    (text,) = blocks("how-to/test-with-cases.md")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    done = call("cases", tmp_path)
    assert done.exit_code == 0, done.output
    assert "5 of 5 expectations met" in done.output


@pytest.mark.parametrize(
    "model",
    [
        measure.Measure,
        measure.Way,
        measure.Band,
        measure.Ask,
        measure.Reference,
        measure.Spread,
        measure.Noun,
        measure.Topic,
        measure.Dimension,
        measure.Setting,
        measure.SettingValue,
        evidence.TableSpec,
        evidence.Column,
        evidence.Code,
        evidence.Link,
        evidence.View,
        evidence.ViewSource,
        quality.QualityRule,
        pack.Manifest,
        Source,
    ],
)
def test_the_reference_names_every_key(model: Any) -> None:
    page = (DOCS / "reference" / "pack-files.md").read_text(encoding="utf-8")
    page = re.sub(r"```.*?```", "", page, flags=re.DOTALL)
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", page))))
    keys = {field.name.rstrip("_") for field in dataclasses.fields(model)}
    assert not keys - named

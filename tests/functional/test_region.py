"""Two small councils, assessed and set side by side from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from command_line import selfassess

import selfassess as package
from selfassess.demo import write_demo


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One council's own assessment in its folder, another's copy for partners as a file."""
    folder = tmp_path_factory.mktemp("region")
    write_demo(folder / "north", rows=1_000, seed=5)
    other = tmp_path_factory.mktemp("south") / "south"
    write_demo(other, rows=1_000, seed=6)
    assert selfassess("run", folder / "north", "--format", "json").returncode == 0
    done = selfassess("run", other, "--format", "json", "--audience", "partner", "--confirm-text")
    assert done.returncode == 0, done.stderr
    copy = other / "out" / "partner" / "assessment.json"
    (folder / "south.json").write_bytes(copy.read_bytes())
    (folder / "region.yaml").write_text(
        "schema: selfassess/region@1\nname: Two Shores\ncouncils:\n"
        "  - {name: Northshore, file: north}\n  - {name: Southshore, file: south.json}\n",
        encoding="utf-8",
    )
    return folder


def test_a_pack_from_a_folder_and_a_copy(region: Path) -> None:
    done = selfassess("region", region)
    assert done.returncode == 0, done.stderr
    out = region / "out"
    data = json.loads((out / "region.json").read_text(encoding="utf-8"))
    schema = Path(package.__file__).parent / "region.schema.json"
    jsonschema.validate(data, json.loads(schema.read_text(encoding="utf-8")))
    assert [each["name"] for each in data["councils"]] == ["Northshore", "Southshore"]
    assert [each["contribution"] for each in data["councils"]] == ["internal", "partner"]
    assert data["measures"]
    for item in data["measures"]:
        for row in item["councils"]:
            assert row["base"] is None or row["base"] % 10 == 0
    book = openpyxl.load_workbook(out / "moderation-pack.xlsx", read_only=True)
    assert book.sheetnames == ["About", "Councils", "Side by side", "Questions", "Not compared"]
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert selfassess("region", region).returncode == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_claims_are_refused_beside_a_copy(region: Path) -> None:
    done = selfassess("region", region, "--audience", "internal", "--with-claims")
    assert done.returncode == 2
    assert "south.json is a copy for others" in done.stderr


def test_a_folder_without_contributions(tmp_path: Path) -> None:
    done = selfassess("region", tmp_path)
    assert done.returncode == 11
    assert "no contributions found" in done.stderr

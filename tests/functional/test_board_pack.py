"""The demo council's packs tell what really happened: four stories, and the public twin."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from command_line import selfassess

from selfassess.demo import write_demo

AS_AT = "2026-09-30"


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("board") / "demo"
    write_demo(folder)
    done = selfassess("run", folder, "--format", "json")
    assert done.returncode == 0, done.stderr
    return folder


def pack(council: Path, *options: str) -> dict[str, Any]:
    """The data that a pack was made from, out of its PDF."""
    done = selfassess("board-pack", council, *options)
    assert done.returncode == 0, done.stderr
    path = Path(done.stdout.splitlines()[0].removeprefix("wrote "))
    assert path.with_suffix(".xlsx").is_file()
    with pikepdf.open(path) as pdf:
        found: dict[str, Any] = json.loads(pdf.attachments["board.json"].get_file().read_bytes())
    return found


def told(data: dict[str, Any], way: str) -> dict[str, str]:
    return {each["action"]: " ".join(each["texts"]) for each in data["story"][way]}


def asked(data: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["action"], each["kind"]) for each in data["asks"]}


@pytest.fixture(scope="module")
def half_year(council: Path) -> dict[str, Any]:
    return pack(council, "--as-at", AS_AT, "--since", "2026-04-16")


def test_delivered_without_impact(half_year: dict[str, Any]) -> None:
    assert "A-09" in told(half_year, "steady")
    assert "A-09" not in told(half_year, "better")
    assert ("A-09", "without-impact") in asked(half_year)


def test_slipped_three_times(half_year: dict[str, Any]) -> None:
    assert ("A-05", "moved") in asked(half_year)
    assert "A-05" in told(half_year, "worse")
    slipped = [each for each in half_year["changes"]["slipped"] if each["action"] == "A-05"]
    assert len(slipped) == 3
    (line,) = [each for each in half_year["exceptions"] if each["action"] == "A-05"]
    assert line["cause"] == "A third of posts in the team are vacant since August."


def test_sustained(half_year: dict[str, Any]) -> None:
    assert "Impact went from not due to sustained." in told(half_year, "better")["A-10"]
    assert "A-10" not in {each["action"] for each in half_year["exceptions"]}
    assert "A-10" in {each["action"] for each in half_year["changes"]["closed"]}


def test_reversed(half_year: dict[str, Any]) -> None:
    assert "reversed: The audit of August" in told(half_year, "worse")["A-04"]
    assert ("A-04", "reversed") in asked(half_year)
    assert "A-04" in {each["action"] for each in half_year["changes"]["reopened"]}
    (line,) = [each for each in half_year["exceptions"] if each["action"] == "A-04"]
    assert line["recovery"] == "Two workers move over from Safeguarding East in October."


def test_a_board_before_saw_it_sustained(council: Path) -> None:
    data = pack(council, "--as-at", "2026-09-16")
    assert data["since"] == "2026-07-16"
    assert "to sustained" in told(data, "better")["A-04"]
    assert "2026-09-24" not in json.dumps(data)


def test_the_public_twin_comes_from_the_copy_alone(council: Path) -> None:
    done = selfassess("board-pack", council, "--audience", "public")
    assert done.returncode == 14
    assert "no public copy was made yet" in done.stderr
    run = ("run", council, "--audience", "public", "--format", "json", "--confirm-text")
    assert selfassess(*run).returncode == 0
    data = pack(council, "--audience", "public", "--since", "2026-04-16")
    assert {each["id"] for each in data["actions"]} == {"A-01", "A-04", "A-09", "A-10"}
    assert set(told(data, "worse")) == {"A-04"}
    assert set(told(data, "better")) == {"A-10"}
    assert set(told(data, "steady")) == {"A-09"}
    everything = json.dumps(data)
    for private in ("Service manager", "vacan", "scrutineer", "A-05"):
        assert private not in everything


def test_what_cannot_be_is_said(council: Path, tmp_path: Path) -> None:
    early = selfassess("board-pack", council, "--as-at", "2026-01-01")
    assert early.returncode == 17
    assert "Nothing had happened to the plan" in early.stderr
    late = selfassess("board-pack", council, "--as-at", AS_AT, "--since", AS_AT)
    assert late.returncode == 17
    none = tmp_path / "none"
    assert selfassess("init", none, "--council", "A", "--framework", "ofsted-ilacs").returncode == 0
    empty = selfassess("board-pack", none)
    assert empty.returncode == 17
    assert "no improvement plan is kept here yet" in empty.stderr

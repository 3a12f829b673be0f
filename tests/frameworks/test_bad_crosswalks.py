"""Each faulty crosswalk and overlay holds one fault and gives one clear message with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from selfassess.loading.checks.files import check_files
from selfassess.loading.library import Library, load_library
from selfassess.registry import read_pack

FIXTURES = Path(__file__).parents[1] / "fixtures"
FILES = [
    path
    for folder in ("bad_crosswalks", "bad_overlays")
    for path in sorted((FIXTURES / folder).glob("*.yaml"))
    if path.stem not in ("sound", "other")
]


@pytest.fixture(scope="module")
def small() -> Library:
    return load_library([read_pack(FIXTURES / "bad_frameworks" / "library", plugin="test")])


def frameworks(tmp_path: Path) -> list[Path]:
    """The two frameworks; the first with a judgement whose id the second has too."""
    text = (FIXTURES / "bad_frameworks" / "sound.yaml").read_text(encoding="utf-8")
    first = tmp_path / "first.yaml"
    shared = "nodes:\n  - {id: shared, title: Shared, kind: judgement}\n"
    first.write_text(text.replace("nodes:\n", shared, 1), encoding="utf-8")
    return [first, FIXTURES / "bad_crosswalks" / "other.yaml"]


@pytest.mark.parametrize("folder", ["bad_crosswalks", "bad_overlays"])
def test_the_sound_file_is_sound(folder: str, small: Library, tmp_path: Path) -> None:
    sound = FIXTURES / folder / "sound.yaml"
    assert check_files([*frameworks(tmp_path), sound], small) == ()


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}-{path.stem}" for path in FILES])
def test_one_fault_one_message(
    path: Path,
    small: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    snapshot: SnapshotAssertion,
) -> None:
    monkeypatch.chdir(path.parent)
    problems = check_files([*frameworks(tmp_path), Path(path.name)], small)
    assert len(problems) == 1
    assert re.match(rf"{re.escape(path.name)}:\d+:\d+\Z", problems[0].where)
    assert problems[0].hint
    assert str(problems[0]) == snapshot

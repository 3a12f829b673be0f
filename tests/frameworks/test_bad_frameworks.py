"""Each file in ``fixtures/bad_frameworks`` holds one fault and gives one clear message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from selfassess.loading.checks.files import check_files
from selfassess.loading.library import Library, load_library
from selfassess.registry import read_pack

FOLDER = Path(__file__).parents[1] / "fixtures" / "bad_frameworks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "sound")


@pytest.fixture(scope="module")
def small() -> Library:
    return load_library([read_pack(FOLDER / "library", plugin="test")])


def test_the_folder_is_not_empty() -> None:
    assert len(NAMES) >= 30


def test_the_sound_file_is_sound(small: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    assert check_files([Path("sound.yaml")], small) == ()


@pytest.mark.parametrize("name", NAMES)
def test_one_fault_one_message(
    name: str, small: Library, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    monkeypatch.chdir(FOLDER)
    files = [Path(f"{name}.yaml")]
    if b"\nextends: " in files[0].read_bytes():
        files.append(Path("sound.yaml"))
    problems = check_files(files, small)
    assert len(problems) == 1
    assert re.match(rf"{re.escape(name)}\.yaml:\d+:\d+\Z", problems[0].where)
    assert problems[0].hint
    assert str(problems[0]) == snapshot


@pytest.mark.parametrize("name", NAMES)
def test_no_message_speaks_of_the_program(
    name: str, small: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader writes no Python: words of the libraries underneath must not come through."""
    monkeypatch.chdir(FOLDER)
    for problem in check_files([Path(f"{name}.yaml")], small):
        text = f"{problem.message} {problem.hint}".lower()
        for word in (
            "pydantic",
            "tuple",
            "dict",
            "dataclass",
            "ruamel",
            "string",
            "scalar",
        ):
            assert not re.search(rf"\b{word}\b", text)

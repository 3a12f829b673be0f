"""Framework files checked on their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.loading.checks.files import check_file, check_files
from selfassess.loading.library import load_library

from .conftest import ALL, FRAMEWORK, MakePack


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("mine.yaml")
    path.write_text(FRAMEWORK.replace("id: small", "id: mine"), encoding="utf-8")
    return path


def test_without_a_library_names_are_taken_on_trust(file: Path) -> None:
    assert check_file(file) == []
    file.write_text(FRAMEWORK.replace("scale: two", "scale: tow"), encoding="utf-8")
    assert [problem.where for problem in check_file(file)] == ["mine.yaml:17:12"]


def test_with_a_library_names_are_checked(file: Path, make_pack: MakePack) -> None:
    library = load_library([make_pack(ALL)])
    assert check_file(file, library) == []
    file.write_text(FRAMEWORK.replace("topics: [plans], m", "topics: [p], m"), encoding="utf-8")
    assert "no topic called 'p'" in check_file(file, library)[0].message


def test_a_file_may_extend_an_installed_edition(file: Path, make_pack: MakePack) -> None:
    library = load_library([make_pack(ALL)])
    head = "schema: selfassess/framework@1\nid: small\nedition: next\n"
    text = head + "extends: small@1\nstatus: draft\n"
    file.write_text(text, encoding="utf-8")
    assert check_file(file, library) == []
    file.write_text(text + "remove:\n  nodes: [C]\n", encoding="utf-8")
    assert "'C' is removed here" in check_file(file, library)[0].message


def test_an_installed_file_can_be_checked_again(make_pack: MakePack, tmp_path: Path) -> None:
    library = load_library([make_pack(ALL)])
    assert check_file(tmp_path / "one" / "frameworks" / "small.yaml", library) == []


def test_another_kind_of_file_is_refused(file: Path) -> None:
    file.write_text(ALL["words.yaml"], encoding="utf-8")
    (problem,) = check_file(file)
    assert "the file says it is 'selfassess/words@1'" in problem.message


def test_the_same_edition_in_two_files(file: Path) -> None:
    copy = Path("copy.yaml")
    copy.write_bytes(file.read_bytes())
    (problem,) = check_files([file, copy])
    assert problem.where == "copy.yaml:3:10"
    assert "mine.yaml:3:10" in problem.message


def test_a_missing_file(tmp_path: Path) -> None:
    assert "cannot be read" in check_file(tmp_path / "none.yaml")[0].message

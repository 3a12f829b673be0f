"""What was found sound is not checked anew, and whatever was edited is."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.errors import SelfAssessError
from selfassess.loading import verdict
from selfassess.loading.checks import together
from selfassess.loading.verdict import Verdict
from selfassess.measuring import check
from selfassess.toolkit import Toolkit

MANIFEST = "id: own\nversion: '1'\napi: 1\nlicence: MIT\ntitle: Own\n"
MEASURE = """schema: selfassess/measures@1
measures:
  - id: own.referrals
    title: Referrals
    unit: count
    from: referrals
    aggregate: count
    filter: {filter}
    about: compliance
    better: none
    why: Tried here.
    topics: [{topic}]
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def pack(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SELFASSESS_CACHE", str(cache))
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    write(folder, "team = 'North'")
    return folder


def write(folder: Path, condition: str) -> None:
    text = MEASURE.format(filter=condition, topic="thresholds")
    (folder / "measures.yaml").write_text(text, encoding="utf-8")


def test_a_second_start_checks_nothing(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Toolkit.load([pack])

    def never(*_: object, **__: object) -> None:
        raise AssertionError("checked again")

    monkeypatch.setattr(check, "check_measures", never)
    monkeypatch.setattr(together, "check_together", never)
    toolkit = Toolkit.load([pack])
    assert toolkit.library.measures["own.referrals"].filter == "team = 'North'"


def test_an_edit_is_taken_up_and_checked(pack: Path) -> None:
    Toolkit.load([pack])
    write(pack, "team = 'South'")
    assert Toolkit.load([pack]).library.measures["own.referrals"].filter == "team = 'South'"
    write(pack, "tame = 'South'")
    with pytest.raises(SelfAssessError) as found:
        Toolkit.load([pack])
    assert "'tame'" in str(found.value.problems)
    # A fault is never remembered as anything else.
    with pytest.raises(SelfAssessError):
        Toolkit.load([pack])


def test_a_fault_between_files_is_found_after_an_edit(pack: Path) -> None:
    Toolkit.load([pack])
    text = MEASURE.format(filter="team = 'North'", topic="no-such-topic")
    (pack / "measures.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SelfAssessError):
        Toolkit.load([pack])


def test_other_code_judges_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Verdict(tmp_path, ["a"]).keep()
    assert Verdict(tmp_path, ["a"]).sound
    assert not Verdict(tmp_path, ["b"]).sound
    monkeypatch.setattr(verdict, "_code", lambda: "other")
    assert not Verdict(tmp_path, ["a"]).sound


def test_without_a_folder_nothing_counts_as_checked(tmp_path: Path) -> None:
    none = Verdict()
    none.keep()
    assert not none.sound
    lost = Verdict(tmp_path / "file" / "below", ["a"])
    lost.keep()
    assert not lost.sound


def test_a_cache_that_may_not_be_read_is_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Verdict(tmp_path, ["a"])
    found.keep()
    assert found.sound

    def refused(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", refused)
    assert not found.sound


def test_modules_of_inner_packages_have_a_say() -> None:
    named = {line.split(" ", 1)[0] for line in verdict._code().splitlines()}
    assert {"loading/library.py", "checks/together.py", "measuring/compile.py"} <= named

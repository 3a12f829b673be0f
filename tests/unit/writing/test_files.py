"""Files are written whole or not at all, and patiently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from selfassess.errors import ReportError
from selfassess.writing.files import check_free, replace_file


def test_a_file_held_open_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")

    def held(*_: Any) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(ReportError, match="another program may hold it open") as error:
        replace_file(target, b"new")
    assert "Close it" in error.value.hint
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_a_file_that_a_scanner_holds_for_a_moment_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, refused = Path.replace, []

    def at_the_third_attempt(path: Path, target: Path) -> Path:
        if len(refused) < 2:
            refused.append(target)
            raise PermissionError(13, "in use")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", at_the_third_attempt)
    replace_file(tmp_path / "report.pdf", b"new")
    assert (tmp_path / "report.pdf").read_bytes() == b"new"
    assert len(refused) == 2


def test_files_held_open_are_found_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free, held, absent = (tmp_path / name for name in ("a.json", "report.pdf", "b.csv"))
    free.write_bytes(b"free")
    held.write_bytes(b"held")
    check_free([free, held, absent])
    replace = Path.replace

    def only_free(path: Path, target: Path) -> Path:
        if path == held:
            raise PermissionError(13, "in use")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", only_free)
    check_free([free, absent])
    with pytest.raises(ReportError, match=r"report\.pdf: open in another program") as error:
        check_free([free, held, absent])
    assert "a.json" not in str(error.value)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.json": b"free",
        "report.pdf": b"held",
    }


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(ReportError, match=r"report\.pdf"):
        replace_file(tmp_path / "report.pdf", b"new")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ReportError, match="cannot write here"):
        replace_file(tmp_path / "file" / "report.pdf", b"new")

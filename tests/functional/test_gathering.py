"""An unchanged workspace is not read again, and whatever figures hang on has it read."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import call
from openpyxl import load_workbook

from selfassess.assessing import gathering
from selfassess.demo import write_demo
from selfassess.evidence import Evidence
from selfassess.measuring.run import Measured
from selfassess.model.evidence import Sheet
from selfassess.model.measure import PythonMeasure
from selfassess.registry import Registry
from selfassess.toolkit import Toolkit

OUTPUTS = ("assessment.json", "ledger.csv", "quality.csv")


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council beside which England is shown, with an oddity for the ledger."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, rows=200)
    # The plan's store takes notes of every run, so no two runs would be alike.
    (folder / "plan.db").unlink()
    with (folder / "evidence" / "actions.csv").open("a", encoding="utf-8") as stream:
        stream.write("no-date,x,not a date\n")
    return folder


@pytest.fixture
def workspace(council: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SELFASSESS_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "council"
    shutil.copytree(council, folder)
    return folder


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Grows by one each time that rows are read."""
    found: list[Path] = []
    real = gathering.read_workspace

    def read(registry: Any, library: Any, workspace: Any, **more: Any) -> Any:
        found.append(workspace.root)
        return real(registry, library, workspace, **more)

    monkeypatch.setattr(gathering, "read_workspace", read)
    return found


def run(folder: Path, *more: str) -> dict[str, bytes]:
    result = call("run", folder, "--format", "json", *more)
    assert result.exit_code == 0, result.output
    return {name: (folder / "out" / name).read_bytes() for name in OUTPUTS}


def anew(folder: Path, *more: str) -> dict[str, bytes]:
    """What a run gives that keeps nothing and finds nothing kept."""
    other = folder.with_name("anew")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns("out"))
    return run(other, *more)


def test_an_unchanged_workspace_is_not_read_again(workspace: Path, reads: list[Path]) -> None:
    first = run(workspace)
    assert run(workspace) == first
    assert reads == [workspace]
    assert first == anew(workspace)
    readings = json.loads(first["assessment.json"])["readings"]
    assert any(each["twin"] for each in readings), "twins are kept, too"


def test_other_commands_take_it_too(workspace: Path, reads: list[Path]) -> None:
    run(workspace)
    assert call("claims", "sync", workspace).exit_code == 0
    call("xray", workspace)
    assert len(reads) == 1


def test_what_leaders_say_is_read_each_time(workspace: Path, reads: list[Path]) -> None:
    run(workspace)
    path = workspace / "self-evaluation.yaml"
    text = path.read_text(encoding="utf-8")
    assert "grade: good" in text
    path.write_text(text.replace("grade: good", "grade: outstanding", 1), encoding="utf-8")
    assert run(workspace) == anew(workspace)
    assert reads.count(workspace) == 1


def add_row(folder: Path) -> None:
    path = folder / "evidence" / "supervision.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[-1]]), encoding="utf-8")


def change_cell(folder: Path) -> None:
    path = next((folder / "evidence").glob("*.xlsx"))
    book = load_workbook(path)
    sheet = book.worksheets[3]
    sheet.cell(sheet.max_row, 3).value = "no date at all"
    book.save(path)


def take_away(folder: Path) -> None:
    (folder / "evidence" / "audits.csv").unlink()


def rename(folder: Path) -> None:
    path = folder / "evidence" / "audits.csv"
    path.rename(path.with_name("audits of this year.csv"))


def unreadable(folder: Path) -> None:
    (folder / "evidence" / "old.zip").write_bytes(b"PK")


def setting(folder: Path) -> None:
    path = folder / "selfassess.yaml"
    text = path.read_text(encoding="utf-8")
    changed = "{id: caseload-limit, values: [{value: 3}], who: The director, why: Tried}"
    path.write_text(f"{text}\nsettings: [{changed}]\n", encoding="utf-8")


def pack(folder: Path) -> None:
    path = folder / "selfassess.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\npacks: [own]\n", encoding="utf-8")
    own = folder / "own"
    own.mkdir()
    (own / "pack.yaml").write_text(
        "id: own\nversion: '1'\napi: 1\nlicence: MIT\ntitle: Own\n", encoding="utf-8"
    )
    (own / "measures.yaml").write_text(
        "schema: selfassess/measures@1\nmeasures:\n"
        "  - {id: own.plans, title: Plans, unit: count, from: cp, aggregate: count,\n"
        "     about: compliance, better: none, why: Tried here., topics: [thresholds]}\n",
        encoding="utf-8",
    )


CHANGES = [add_row, change_cell, take_away, rename, unreadable, setting, pack]


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
def test_a_change_has_it_read(
    workspace: Path, reads: list[Path], change: Callable[[Path], None]
) -> None:
    first = run(workspace)
    change(workspace)
    second = run(workspace)
    assert second != first
    assert reads.count(workspace) == 2
    assert second == anew(workspace)


def test_another_day_has_it_read(workspace: Path, reads: list[Path]) -> None:
    first = run(workspace)
    day = json.loads(first["assessment.json"])["as_at"]
    earlier = f"{day[:8]}{int(day[8:]) - 1:02}"
    assert run(workspace, "--as-at", earlier) == anew(workspace, "--as-at", earlier) != first
    assert run(workspace) == first
    assert reads.count(workspace) == 3


def test_rows_are_read_where_they_are_asked_for(workspace: Path, reads: list[Path]) -> None:
    run(workspace, "--sample")
    sample = (workspace / "out" / "sample.csv").read_bytes()
    (workspace / "out" / "sample.csv").unlink()
    run(workspace)
    assert len(reads) == 1
    run(workspace, "--sample")
    assert (workspace / "out" / "sample.csv").read_bytes() == sample
    assert len(reads) == 2


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", "less"])
def test_a_spoilt_entry_has_it_read(
    workspace: Path, reads: list[Path], content: bytes | str
) -> None:
    first = run(workspace)
    entry = workspace / "out" / ".cache" / "measured.json"
    if isinstance(content, str):
        found = json.loads(entry.read_bytes())
        del found["data"]["readings"]
        content = json.dumps(found).encode()
    entry.write_bytes(content)
    assert run(workspace) == first
    assert reads == [workspace, workspace]


def test_nothing_is_kept_where_nothing_is_to_be(
    workspace: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SELFASSESS_CACHE", "")
    assert run(workspace) == run(workspace)
    assert len(reads) == 2
    assert not (workspace / "out" / ".cache").exists()


def test_a_file_that_changes_meanwhile_is_not_taken_for_the_earlier_one(
    workspace: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = gathering.read_workspace

    def read(*given: Any, **more: Any) -> Any:
        add_row(workspace)
        return real(*given, **more)

    monkeypatch.setattr(gathering, "read_workspace", read)
    run(workspace)
    assert not (workspace / "out" / ".cache" / "measured.json").exists()
    monkeypatch.setattr(gathering, "read_workspace", real)
    assert run(workspace) == anew(workspace)


def test_nobody_is_named_in_what_is_kept(workspace: Path) -> None:
    """Neither ids nor days of birth; of the first few children of each list."""
    run(workspace)
    kept = (workspace / "out" / ".cache" / "measured.json").read_text(encoding="utf-8")
    book = load_workbook(next((workspace / "evidence").glob("*.xlsx")), read_only=True)
    looked = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2, max_row=40, max_col=1, values_only=True):
            if row and row[0] and re.fullmatch(r"\w*\d{4,}\w*", str(row[0])):
                looked += 1
                assert not re.search(rf"(?<!\w){re.escape(str(row[0]))}(?!\w)", kept)
    assert looked > 100


def test_the_day_that_lists_were_drawn_on_counts(workspace: Path, reads: list[Path]) -> None:
    run(workspace)
    path = workspace / "selfassess.yaml"
    text = path.read_text(encoding="utf-8")
    assert "extract_date: 2026-09-30" in text
    path.write_text(text.replace("extract_date: 2026-09-30", "extract_date: 2026-09-10"))
    assert run(workspace) == anew(workspace)
    assert reads.count(workspace) == 2


class Reader:
    """A stranger's, which may change without a word."""

    suffixes = (".list",)

    def read(self, path: Path) -> Iterator[Sheet]:
        raise AssertionError(path)


@pytest.mark.parametrize("brings", ["readers", "python_measures"])
def test_with_a_strangers_code_everything_is_read(
    workspace: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch, brings: str
) -> None:
    run(workspace)
    real = getattr(Registry, brings)
    measure = Toolkit.load(cache=False).library.measures["caseloads.unallocated"]
    own = PythonMeasure(
        measure=dataclasses.replace(measure, id="own.measure"), compute=lambda *_: ()
    )
    more = (Reader(),) if brings == "readers" else (own,)
    monkeypatch.setattr(Registry, brings, lambda self: (*real(self), *more))
    run(workspace)
    run(workspace)
    assert len(reads) == 3


def test_no_field_is_forgotten() -> None:
    """A field that is new has to be kept, or to be left out knowingly."""
    kept = {*gathering._EVIDENCE, "tables"}
    # The warehouse stands for itself; published figures are asked while measuring alone.
    assert {each.name for each in dataclasses.fields(Evidence)} - kept == {"warehouse", "published"}
    assert {each.name for each in dataclasses.fields(Measured)} == {
        "readings",
        "problems",
        "quality",
    }

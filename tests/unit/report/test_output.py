from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from selfassess.errors import ReportError
from selfassess.report import output
from selfassess.report.output import load_assessment, render
from selfassess.report.pdf import MissingLibraryError

Make = Callable[[str], dict[str, Any]]


@pytest.fixture
def source(tmp_path: Path, assessment: Make) -> Path:
    path = tmp_path / "in.json"
    path.write_text(json.dumps(assessment("sparse")), encoding="utf-8")
    return path


def test_files_are_named_in_the_order_asked_for(
    source: Path, template: Path, tmp_path: Path
) -> None:
    told: list[str] = []
    out = tmp_path / "new" / "out"
    made = render(source, out, ["html", "json"], {"default": template}, progress=told.append)
    assert made == [out / "report.html", out / "assessment.json"]
    assert made[1].read_bytes() == source.read_bytes()
    assert made[0].read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert sorted(path.name for path in out.iterdir()) == ["assessment.json", "report.html"]
    assert told == ["Writing the page"]


def test_the_source_may_be_the_target(source: Path, template: Path, tmp_path: Path) -> None:
    target = source.rename(tmp_path / "assessment.json")
    before = target.stat().st_mtime_ns
    assert render(target, tmp_path, ["json"], {"default": template}) == [target]
    assert target.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", r"in\.json:1:2: not JSON"),
        (b"[]", "no JSON object"),
        (b'"\xff"', "not UTF-8 text at byte 1"),
    ],
)
def test_a_broken_file_is_placed(source: Path, content: bytes, told: str) -> None:
    source.write_bytes(content)
    with pytest.raises(ReportError, match=told):
        load_assessment(source)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="cannot be read") as error:
        load_assessment(tmp_path / "gone.json")
    assert "selfassess run" in error.value.hint


def test_unknown_formats_and_templates_suggest_a_known_one(
    source: Path, template: Path, tmp_path: Path
) -> None:
    with pytest.raises(ReportError, match="'hmtl' is unknown") as error:
        render(source, tmp_path, ["hmtl"], {"default": template})
    assert "'html'" in error.value.hint
    with pytest.raises(ReportError, match="'defualt' is not installed") as error:
        render(source, tmp_path, ["html"], {"default": template}, template="defualt")
    assert "'default'" in error.value.hint


def test_a_bad_date_is_named(
    source: Path, template: Path, tmp_path: Path, assessment: Make
) -> None:
    source.write_text(json.dumps(assessment("sparse") | {"as_at": "spring"}), encoding="utf-8")
    with pytest.raises(ReportError, match="as_at is 'spring'"):
        render(source, tmp_path, ["pdf"], {"default": template})


def test_without_the_libraries_page_and_data_are_still_written(
    source: Path, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*_: Any, **__: Any) -> None:
        raise MissingLibraryError("The PDF cannot be made.", hint="Install Pango.")

    monkeypatch.setattr(output, "write_pdf", lacking)
    out = tmp_path / "out"
    with pytest.raises(
        MissingLibraryError, match=r"Still written: .*report\.html.*assessment\.json"
    ) as error:
        render(source, out, ["pdf", "json"], {"default": template})
    assert error.value.hint == "Install Pango."
    assert sorted(path.name for path in out.iterdir()) == ["assessment.json", "report.html"]


def test_formats_and_templates_are_looked_up_without_loading_the_report() -> None:
    asked = (
        "import sys; import selfassess.report.forms; print('selfassess.report.html' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"

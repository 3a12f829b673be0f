"""The command line: exit codes, refusals, messages."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from command_line import selfassess

from selfassess import cli

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo council, assessed once, in a folder with a space in its name."""
    folder = tmp_path_factory.mktemp("a council") / "demo council"
    done = selfassess("demo", folder, "--rows", "1200", cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_demo_ends_in_a_report(demo: Path) -> None:
    out = demo / "out"
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert "<html" in (out / "report.html").read_text(encoding="utf-8")
    assessment = json.loads((out / "assessment.json").read_text(encoding="utf-8"))
    schema = json.loads(
        (ROOT / "selfassess" / "assessment.schema.json").read_text(encoding="utf-8")
    )
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
        assessment
    )


def test_every_row_read_was_used_or_set_aside_with_a_reason(demo: Path) -> None:
    assessment = json.loads((demo / "out" / "assessment.json").read_text(encoding="utf-8"))
    sheets = [sheet for item in assessment["inputs"] for sheet in item["sheets"]]
    assert len(sheets) >= 11
    for sheet in sheets:
        assert sheet["rows_read"] == sheet["rows_used"] + sheet["rows_set_aside"]


def test_the_same_inputs_give_the_same_bytes(demo: Path) -> None:
    first = {name: (demo / "out" / name).read_bytes() for name in ("assessment.json", "report.pdf")}
    done = selfassess("run", demo, cwd=demo)
    assert done.returncode == 0, done.stderr
    for name, content in first.items():
        assert (demo / "out" / name).read_bytes() == content, name


def test_rows_behind_a_reading_add_up_to_it(demo: Path, tmp_path: Path) -> None:
    assessment = json.loads((demo / "out" / "assessment.json").read_text(encoding="utf-8"))
    reading = next(r for r in assessment["readings"] if r["id"] == "timeliness.assessment-45wd")
    target = tmp_path / "rows.csv"
    done = selfassess("rows", "timeliness.assessment-45wd", demo, "--csv", target, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = target.read_text(encoding="utf-8-sig").splitlines()[1:]
    outcomes = [line.split(",", 1)[0] for line in lines]
    assert outcomes.count("met") == reading["numerator"]
    counted = [word for word in outcomes if word in ("met", "late", "overdue")]
    assert len(counted) == reading["denominator"]
    assert outcomes.count("not due") == reading["not_due"]


@pytest.mark.parametrize("audience", ["partner", "public"])
def test_copies_for_others_stand_apart_from_the_councils_own(demo: Path, audience: str) -> None:
    own = (demo / "out" / "assessment.json").read_bytes()
    done = selfassess("run", demo, "--audience", audience, "--format", "json", cwd=demo)
    assert done.returncode == 0, done.stderr
    copy = json.loads((demo / "out" / audience / "assessment.json").read_text(encoding="utf-8"))
    schema = (ROOT / "selfassess" / "assessment.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(copy, json.loads(schema))
    assert copy["disclosure"]["suppressed"] > 0
    assert not (demo / "out" / audience / "ledger.csv").exists()
    assert (demo / "out" / "assessment.json").read_bytes() == own


def test_a_folder_that_is_no_workspace_says_what_to_do(tmp_path: Path) -> None:
    done = selfassess("run", tmp_path, cwd=tmp_path)
    assert done.returncode == 11
    assert "selfassess init" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_framework_names_the_nearest(tmp_path: Path) -> None:
    done = selfassess(
        "init", tmp_path / "new", "--council", "X", "--framework", "ofsted-ilac", cwd=tmp_path
    )
    assert done.returncode == 10
    assert "ofsted-ilacs" in done.stderr


def test_an_unknown_measure_names_the_nearest(demo: Path) -> None:
    done = selfassess("rows", "caseloads.unalocated", demo, cwd=demo)
    assert done.returncode == 13
    assert "caseloads.unallocated" in done.stderr


def test_init_then_run_on_no_evidence_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    done = selfassess(
        "init", folder, "--council", "St. O'Neill: \"the\" Shire", "--framework", "ofsted-ilacs",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    again = selfassess(
        "init", folder, "--council", "X", "--framework", "ofsted-ilacs", cwd=tmp_path
    )
    assert again.returncode == 2
    done = selfassess("run", folder, cwd=tmp_path)
    assert done.returncode == 11, done.stdout + done.stderr


def test_strict_refuses_what_was_set_aside(demo: Path) -> None:
    done = selfassess("run", demo, "--strict", "--format", "json", cwd=demo)
    assert done.returncode == 11
    assert "set aside" in done.stderr


def test_every_command_has_help(tmp_path: Path) -> None:
    for command in (
        "demo", "init", "check", "run", "rows", "render", "frameworks", "measures", "plugins",
        "cases",
    ):  # fmt: skip
        done = selfassess(command, "--help", cwd=tmp_path)
        assert done.returncode == 0
        assert "Usage:" in done.stdout


def test_a_place_without_rights_is_no_unexpected_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(13, "Permission denied", "a folder")

    monkeypatch.setattr(cli, "cli", refused)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert told.startswith("Error: a folder: Permission denied.")
    assert "that you may read and write it" in told

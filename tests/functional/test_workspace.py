"""A workspace's own settings reach the assessment: pins, waivers, local standards and bands."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import call

from selfassess.cli import cli
from selfassess.errors import EvidenceError, MeasureError, ReportError
from selfassess.toolkit import Toolkit
from selfassess.workspace import load_workspace

HEAD = """schema: selfassess/workspace@1
council: {name: Testshire}
framework: ofsted-ilacs
edition: "2026-04"
as_at: 2026-06-30
"""
READINGS = (
    "measure,value,unit,where,to,source\n"
    "caseloads.unallocated,4,children,plan=cp,2026-06-30,Weekly report\n"
    "oversight.staff-supervision,92,percent,,2026-06-30,Weekly report\n"
)


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return Toolkit.load(cache=False)


@pytest.fixture
def workspace(tmp_path: Path):
    """Write a workspace with two published figures and hand back its folder."""

    def write(settings: str = "", self_evaluation: str = "", register: str = "") -> Path:
        (tmp_path / "evidence").mkdir(exist_ok=True)
        (tmp_path / "selfassess.yaml").write_text(HEAD + settings, encoding="utf-8")
        (tmp_path / "evidence" / "readings.csv").write_text(READINGS, encoding="utf-8")
        if self_evaluation:
            (tmp_path / "self-evaluation.yaml").write_text(self_evaluation, encoding="utf-8")
        if register:
            (tmp_path / "evidence" / "register.yaml").write_text(register, encoding="utf-8")
        return tmp_path

    return write


def assess(toolkit: Toolkit, folder: Path) -> dict:
    return toolkit.assess(load_workspace(folder)).as_dict()


def judgement(result: dict, name: str) -> dict:
    return next(item for item in result["judgements"] if item["id"] == name)


def test_a_pinned_version_that_differs_is_said(toolkit, workspace) -> None:
    result = assess(toolkit, workspace('plugins: {caseloads: "0.0.9", no-such: "1.0"}\n'))
    said = " ".join(result["plugin_differences"])
    assert "caseloads: set up with 0.0.9" in said
    assert "no-such: set up with 1.0, run with none" in said


def test_a_waiver_prints_both_ceilings_and_the_challenge_takes_the_stricter(
    toolkit, workspace
) -> None:
    claim = (
        "schema: selfassess/self-evaluation@1\nframework: ofsted-ilacs@2026-04\n"
        "judgements: {help-and-protection: {grade: good}}\n"
    )
    waiver = (
        "waivers:\n  - {rule: protection-children-unallocated, who: A Director, "
        "why: counted twice, until: 2026-12-31}\n"
    )
    found = judgement(assess(toolkit, workspace(waiver, claim)), "help-and-protection")
    assert found["ceiling"] == "requires-improvement"
    assert found["ceiling_after_waivers"] is None
    assert [item["who"] for item in found["waived"]] == ["A Director"]
    assert found["challenge"] == "above the evidence"

    lapsed = waiver.replace("2026-12-31", "2026-06-29")
    found = judgement(assess(toolkit, workspace(lapsed, claim)), "help-and-protection")
    assert found["waived"] == []


def test_a_local_band_changes_colour_and_never_a_ceiling(toolkit, workspace) -> None:
    band = (
        "bands:\n  - measure: caseloads.unallocated\n    who: A Director\n    why: our policy\n"
        "    bands: [{basis: local, where: {plan: cp}, attention: over 10}]\n"
    )
    result = assess(toolkit, workspace(band))
    reading = next(r for r in result["readings"] if r["id"] == "caseloads.unallocated[plan=cp]")
    assert reading["signal"] == "secure"
    assert reading["local_band"] is True
    assert judgement(result, "help-and-protection")["ceiling"] == "requires-improvement"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"settings": "bands: [{measure: caseloads.unalocated, bands: []}]\n"}, "caseloads.una"),
        ({"settings": "settings: [{id: no-such, values: [], who: a, why: b}]\n"}, "no-such"),
        (
            {
                "self_evaluation": "schema: selfassess/self-evaluation@1\n"
                "framework: ofsted-ilacs@2026-04\njudgements: {help: {grade: good}}\n"
            },
            "help-and-protection",
        ),
        (
            {
                "self_evaluation": "schema: selfassess/self-evaluation@1\n"
                "framework: ofsted-ilacs@2026-04\njudgements: {leaders: {grade: great}}\n"
            },
            "'great' is no grade",
        ),
        (
            {
                "register": "schema: selfassess/register@1\nentries:\n"
                "  - {id: a, topic: thresolds, direction: weakness, voice: data, text: t}\n"
                "  - {id: a, topic: thresholds, direction: weakness, voice: data, text: t}\n"
            },
            "'thresholds'",
        ),
    ],
    ids=["band", "setting", "node", "grade", "register"],
)
def test_a_wrong_name_is_refused_with_the_nearest(toolkit, workspace, files, words) -> None:
    with pytest.raises(EvidenceError) as caught:
        assess(toolkit, workspace(**files))
    assert words in str(caught.value)
    assert caught.value.exit_code == 11


def test_no_input_to_the_assessment_but_the_workspace(toolkit, workspace) -> None:
    """Two runs agree to the byte, and nothing in them names a folder of this machine."""
    folder = workspace()
    first = toolkit.assess(load_workspace(folder)).as_json()
    assert toolkit.assess(load_workspace(folder)).as_json() == first
    assert str(folder) not in first.decode()
    assert json.loads(first)["as_at"] == "2026-06-30"


def test_check_refuses_a_published_figure_that_a_run_would_refuse(workspace) -> None:
    folder = workspace()
    readings = folder / "evidence" / "readings.csv"
    readings.write_text(READINGS.replace("staff-supervision", "staff-supervison"), encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", str(folder)])
    assert isinstance(done.exception, MeasureError)
    told = str(done.exception)
    assert "evidence/readings.csv:3: 'oversight.staff-supervison' is no measure." in told
    assert "'oversight.staff-supervision'" in told


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Annex A.xlsb", "save it as an Excel workbook"),
        ("list6.txt", "rename it to .csv"),
        ("lists.zip", "Unpack it"),
        ("visits.qvd", "Export each list"),
        ("visits", "ending of its kind"),
    ],
)
def test_a_file_that_no_reader_takes_is_told_of(toolkit, workspace, name, remedy) -> None:
    folder = workspace()
    (folder / "evidence" / name).write_bytes(b"rows")
    for harmless in ("policy.pdf", "notes.docx", "~$Annex A.xlsb", ".~lock.x#", "desktop.ini"):
        (folder / "evidence" / harmless).write_bytes(b"")
    (warning,) = assess(toolkit, folder)["warnings"]
    assert warning["where"] == f"evidence/{name}"
    assert "Nothing in it is counted" in warning["text"]
    assert remedy in warning["remedy"]


def test_a_file_that_no_reader_takes_is_told_of_where_nothing_else_is(workspace) -> None:
    folder = workspace()
    (folder / "evidence" / "readings.csv").rename(folder / "evidence" / "Annex A.xlsb")
    result = call("check", folder)
    assert isinstance(result.exception, EvidenceError)
    assert "evidence/Annex A.xlsb: not read" in str(result.exception)
    (folder / "evidence" / "visits.csv").write_text("child_id,kind,date\n", encoding="utf-8")
    result = call("check", folder)
    assert "evidence/Annex A.xlsb: not read" in str(result.exception)


def test_a_named_file_that_no_reader_takes_is_told_of(toolkit, workspace) -> None:
    folder = workspace("sources: [{path: evidence/readings.csv}, {path: a.xlsb}]\n")
    (folder / "a.xlsb").write_bytes(b"rows")
    (warning,) = assess(toolkit, folder)["warnings"]
    assert warning["where"] == "a.xlsb"


def test_an_assessment_without_warnings_has_no_key_for_them(toolkit, workspace) -> None:
    assert "warnings" not in assess(toolkit, workspace())


def test_a_report_that_a_reader_holds_open_stops_a_run_before_its_work(
    workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace()
    held = folder / "out" / "report.html"
    held.parent.mkdir()
    held.write_text("last time", encoding="utf-8")
    replace = Path.replace

    def all_but_held(path: Path, target: Path) -> Path:
        if held in (path, target):
            raise PermissionError(13, "in use")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", all_but_held)
    result = call("run", folder, "--format", "json,html")
    assert isinstance(result.exception, ReportError)
    assert "report.html: open in another program" in str(result.exception)
    assert [path.name for path in held.parent.iterdir() if path.is_file()] == ["report.html"]
    # What does not need it is written.
    assert call("run", folder, "--format", "json").exit_code == 0


def drawn(folder: Path) -> dict[str, str]:
    files = load_workspace(folder).source_files(lambda suffix: suffix == ".csv")
    return {file.name: str(file.extract_date) for file in files}


def test_a_source_may_be_named_in_many_ways(workspace, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "visits.csv").write_text("child_id,kind,date\n", encoding="utf-8")
    settings = (
        "sources:\n"
        "  - {path: ./evidence/readings.csv, extract_date: 2026-07-01}\n"
        f"  - {{path: '{share}', extract_date: 2026-07-02}}\n"
    )
    found = drawn(workspace(settings))
    assert found["evidence/readings.csv"] == "2026-07-01"
    assert (
        found[(tmp_path / "share" / "visits.csv").relative_to(tmp_path).as_posix()] == "2026-07-02"
    )


def test_a_source_may_lie_on_a_share(
    toolkit, workspace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    share = tmp_path_factory.mktemp("share")
    (share / "readings.csv").write_text(READINGS, encoding="utf-8")
    folder = workspace(f"sources: [{{path: '{share.as_posix()}', extract_date: 2026-07-02}}]\n")
    assert drawn(folder) == {f"{share.as_posix()}/readings.csv": "2026-07-02"}
    (read,) = assess(toolkit, folder)["inputs"]
    assert read["path"] == f"{share.as_posix()}/readings.csv"


@pytest.mark.parametrize("turned", [False, True])
def test_what_names_a_file_more_closely_says_when_it_was_drawn(workspace, turned: bool) -> None:
    entries = [
        "{path: evidence, extract_date: 2026-07-01}",
        "{path: evidence/readings.csv, extract_date: 2026-07-05}",
        "{path: evidence/a, extract_date: 2026-07-09}",
    ]
    folder = workspace(f"sources: [{', '.join(entries[::-1] if turned else entries)}]\n")
    (folder / "evidence" / "a").mkdir()
    (folder / "evidence" / "audits.csv").write_text("x\n", encoding="utf-8")
    assert drawn(folder) == {
        "evidence/audits.csv": "2026-07-01",
        "evidence/readings.csv": "2026-07-05",
    }


def test_a_folder_that_may_not_be_read_is_not_passed_over(
    workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace()
    shut = folder / "evidence" / "old"
    shut.mkdir()
    look = os.scandir

    def refused(path: str) -> object:
        if Path(path) == shut:
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(EvidenceError, match="old: the folder cannot be read"):
        load_workspace(folder).source_files(bool)

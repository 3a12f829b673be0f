"""``frameworks new, check, show, schema, sheet, from-sheet`` as a person uses them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from command_line import selfassess

from selfassess.loading.library import Library, load_library
from selfassess.loading.parse import load
from selfassess.loading.schema import framework_schema
from selfassess.model.framework import Framework
from selfassess.registry import Registry

BAD = Path(__file__).parents[1] / "fixtures" / "bad_frameworks"
NARRATIVE = "ofsted-jtai-front-door"


def frameworks(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return selfassess("frameworks", *args, cwd=cwd)


@pytest.fixture(scope="module")
def installed() -> Library:
    return load_library(Registry.load().packs)


@pytest.mark.parametrize("kind", ["graded", "narrative"])
def test_a_starter_is_sound_and_leaves_nothing_to_remark(kind: str, tmp_path: Path) -> None:
    done = frameworks("new", "county-check", "--title", "Ours: 1", "--kind", kind, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "county-check.yaml"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    prefix, _, schema = first.partition("$schema=")
    assert prefix == "# yaml-language-server: "
    assert json.loads((tmp_path / schema).read_text(encoding="utf-8")) == framework_schema()
    assert frameworks("check", path, "--strict", cwd=tmp_path).returncode == 0
    found = load(path, Framework, schema="selfassess/framework@1")
    assert (found.id, found.title, found.kind) == ("county-check", "Ours: 1", kind)


def test_a_starter_writes_over_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine", encoding="utf-8")
    (tmp_path / "framework.schema.json").write_text("mine too", encoding="utf-8")
    done = frameworks("new", "mine", cwd=tmp_path)
    assert done.returncode == 2
    assert "exists already" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"
    assert frameworks("new", "mine", "other.yaml", cwd=tmp_path).returncode == 0
    assert (tmp_path / "framework.schema.json").read_text(encoding="utf-8") == "mine too"


def test_an_id_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    done = frameworks("new", "our check", cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot be a framework's id" in done.stderr
    assert not list(tmp_path.iterdir())


def test_remarks_follow_sound_and_fail_when_asked_to(tmp_path: Path) -> None:
    frameworks("new", "thin", cwd=tmp_path)
    path = tmp_path / "thin.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("voices: [child]", "voices: [practice-audit]"), encoding="utf-8")
    done = frameworks("check", path, cwd=tmp_path)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0].endswith("thin.yaml: sound")
    assert "remark one-voice:C-01" in lines[1]
    done = frameworks("check", path, "--strict", cwd=tmp_path)
    assert done.returncode == 10
    assert "remark one-voice:C-01" in done.stderr


def test_faults_come_before_remarks(tmp_path: Path) -> None:
    done = frameworks("check", BAD / "unknown-key.yaml", cwd=tmp_path)
    assert done.returncode == 10
    assert "sound" not in done.stdout
    assert "remark" not in done.stderr


def test_the_schema_is_the_one_that_ships(tmp_path: Path) -> None:
    done = frameworks("schema", cwd=tmp_path)
    assert json.loads(done.stdout) == framework_schema()


def test_resolved_is_a_file_that_reads_back(installed: Library, tmp_path: Path) -> None:
    done = frameworks("show", "ofsted-ilacs@2018", "--resolved", cwd=tmp_path)
    whole = tmp_path / "whole.yaml"
    whole.write_text(done.stdout, encoding="utf-8")
    expected = installed.framework("ofsted-ilacs", "2018")
    assert load(whole, Framework, schema="selfassess/framework@1") == expected
    later = frameworks("show", "ofsted-ilacs", "--edition", "2023", "--resolved", cwd=tmp_path)
    whole.write_text(later.stdout, encoding="utf-8")
    expected = replace(installed.framework("ofsted-ilacs", "2023"), extends=None)
    assert load(whole, Framework, schema="selfassess/framework@1") == expected


def test_show_tells_all_that_a_framework_says(installed: Library, tmp_path: Path) -> None:
    for reference in ("ofsted-ilacs", NARRATIVE, "cqc-local-authority-assessment@2023"):
        shown = " ".join(frameworks("show", reference, cwd=tmp_path).stdout.split())
        framework = installed.framework(reference)
        told = [framework.title, framework.reference, framework.source.title]
        for node in framework.walk():
            told += [f"{node.id} {node.title}", *node.topics, *node.measures]
            told += [descriptor.text for descriptor in node.descriptors]
            told += [expectation.title for expectation in node.expects]
        told += [text for rule in framework.ceilings for text in (rule.id, rule.because)]
        told += [limiter.because for limiter in framework.limiters]
        if framework.inspection:
            told += [clock.title for clock in framework.inspection.clocks]
            told += [request.title for request in framework.inspection.evidence_requests]
        for text in told:
            assert " ".join(text.split()) in shown, text
        marks = {node.provenance for node in framework.walk()}
        assert ("[unverified]" in shown) >= ("unverified" in marks)


def test_a_workbook_goes_out_and_comes_back(installed: Library, tmp_path: Path) -> None:
    done = frameworks("sheet", NARRATIVE, "--out", "front door.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert frameworks("sheet", NARRATIVE, "--out", "front door.xlsx", cwd=tmp_path).returncode == 2
    done = frameworks("from-sheet", "front door.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "front door.yaml"
    found = load(path, Framework, schema="selfassess/framework@1")
    assert found == installed.framework(NARRATIVE)
    assert frameworks("check", path, cwd=tmp_path).returncode == 0


def test_a_faulty_workbook_writes_nothing(tmp_path: Path) -> None:
    frameworks("sheet", NARRATIVE, "--out", "x.xlsx", cwd=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    book["Nodes"]["D3"] = "criterium"
    book.save(tmp_path / "x.xlsx")
    done = frameworks("from-sheet", "x.xlsx", cwd=tmp_path)
    assert done.returncode == 10
    assert "Nodes!D3" in done.stderr
    assert "Did you mean 'criterion'?" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x.xlsx"]

"""What leaves in files: nothing that disclosure did not pass, in any corner of any format."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from collect import numbers_in, said_in_json, texts_of
from intruder import Intruder

from selfassess.cli import cli
from selfassess.demo import write_demo

FORMATS = "pdf,html,docx,md"
_COUNTED = re.compile(
    r"\b\d{4}-\d\d-\d\d(?:T[\d:]+Z?)?|\bE\d+\b|Page \d+ of \d+|figure-\d+|D:\d+Z?"
    r"|\b\d+(?:\.\d+){2,}\b"
)
"""Dates, references, pages and versions of programs."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("council") / "ws"
    runner = CliRunner()
    write_demo(folder, rows=900, seed=1)
    register = folder / "evidence" / "register.yaml"
    text = register.read_text(encoding="utf-8")
    register.write_text(
        text.replace("- id: E-001\n", "- id: E-001\n    public: true\n"), encoding="utf-8"
    )
    own = runner.invoke(cli, ["run", str(folder), "--format", "json"])
    assert own.exit_code == 0, own.output
    ran = runner.invoke(
        cli, ["run", str(folder), "--audience", "public", "--format", FORMATS, "--confirm-text"]
    )
    assert ran.exit_code == 0, ran.output
    return folder


@pytest.fixture(scope="module")
def own(workspace: Path) -> dict:
    return json.loads((workspace / "out" / "assessment.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def copy(workspace: Path) -> dict:
    path = workspace / "out" / "public" / "assessment.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_no_format_says_a_number_that_the_disclosed_data_does_not_hold(
    workspace: Path, copy: dict
) -> None:
    allowed = {number for text in said_in_json(copy) for number in numbers_in(text)}
    # Dates are said in words; figures, pages, headings and lists are numbered.
    plain = {str(n) for n in range(100)} | {number.lstrip("0") for number in allowed}
    strange: dict[str, set[str]] = {}
    for where, text in texts_of(workspace / "out" / "public"):
        text = _COUNTED.sub(" ", text)
        more = {n for n in numbers_in(text) if n not in allowed and n not in plain}
        if more:
            strange.setdefault(where, set()).update(more)
    assert not strange


def test_the_attachment_is_the_disclosed_data(workspace: Path, copy: dict) -> None:
    attached = [
        text for where, text in texts_of(workspace / "out" / "public") if "attachment" in where
    ]
    assert [json.loads(text) for text in attached] == [copy]


def test_nothing_private_stands_anywhere(workspace: Path, own: dict) -> None:
    """File names, hashes, private entries and claims, and the names of workers."""
    workers = (workspace / "evidence" / "workers.csv").read_text(encoding="utf-8").splitlines()
    private = {line.split(",")[0] for line in workers[1:]}
    private |= {each["sha256"] for each in own["inputs"]} | {"annex-a.xlsx"}
    private |= {each["text"] for each in own["register"] if not each["public"]}
    for judgement in own["judgements"]:
        private |= set((judgement["claim_detail"] or {}).get("weaknesses") or ())
    private.discard("")
    for where, text in texts_of(workspace / "out" / "public"):
        found = [each for each in private if each in text]
        assert not found, where


def test_a_public_entry_stands_there(workspace: Path, own: dict) -> None:
    entry = next(each for each in own["register"] if each["id"] == "E-001")
    page = (workspace / "out" / "public" / "report.html").read_text(encoding="utf-8")
    assert entry["text"].strip()[:60] in page


def test_the_copy_draws_no_conclusion(workspace: Path) -> None:
    text = " ".join(text for _, text in texts_of(workspace / "out" / "public"))
    for sentence in ("nothing here refutes", "leaves standing", "not enough evidence"):
        assert sentence not in text


def test_the_intruder_finds_nothing(own: dict, copy: dict) -> None:
    intruder = Intruder([(own, copy)])
    intruder.check_truth()
    hidden = list(intruder.hidden())
    assert len(hidden) > 50
    for each in hidden[:: len(hidden) // 25]:
        assert intruder.possible(*each) == 3, each


def test_a_second_run_says_the_same(workspace: Path, copy: dict) -> None:
    ran = CliRunner().invoke(
        cli, ["run", str(workspace), "--audience", "public", "--format", "json", "--confirm-text"]
    )
    assert ran.exit_code == 0
    path = workspace / "out" / "public" / "assessment.json"
    assert json.loads(path.read_text(encoding="utf-8")) == copy
    assert len(list((workspace / "published" / "public").iterdir())) == 1

"""Case files, the workspaces written from them, and the run over a folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from selfassess.errors import CaseError, FrameworkError
from selfassess.testing.case_file import Range, read_case
from selfassess.testing.case_workspace import write_workspace
from selfassess.testing.cases import run_cases

CASE = """\
case: somewhere-2020
council: Somewhere
inspection: {kind: ilacs, published: 2020-03-01, framework: f, edition: "1"}
as_at: 2020-01-31
sources:
  - {title: "A report", publisher: P, date: 2020-03}
  - {title: "A paper"}
readings:
  - {measure: t.load, value: 17, n: 40, comparator: 22.5}
  - measure: t.load
    value: [40, 100]
    unit: percent
    where: {team: north, rag: red}
    over: "seven months"
  - {measure: t.load, value: {low: 14, high: 22.5}, where: {shared: yes}}
statements:
  - topic: visits
    direction: weakness
    severity: serious
    voice: inspector
    where: {cohort: care}
    text: "Seen late."
claim: {help: good}
outcome: {overall: inadequate, anything: [1, 2]}
expect:
  topics_raised: [visits]
must_not:
  - grade
  - {say_secure: help}
"""


@pytest.fixture
def folder(tmp_path):
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "somewhere.yaml").write_text(CASE, encoding="utf-8")
    return cases


def test_a_case_file_is_read_whole(folder):
    case, _ = read_case(folder / "somewhere.yaml")
    assert case.readings[1].value == (40, 100)
    assert case.readings[2].value == Range(low=14, high=22.5)
    assert case.must_not[0] == "grade"
    assert case.must_not[1].say_secure == "help"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("as_at: 2020-01-31", "as_at: soon", ":4:"),
        ("council: Somewhere", "counsel: Somewhere", ":2:"),
        ("voice: inspector", "voice: inspektor", ":20:"),
        ("  topics_raised", "  topic_raised", ":26:3:"),
        ("{say_secure: help}", "{say_sure: help}", ":29:"),
        ("  - grade", "  - grades", "must_not"),
        ("{low: 14, high: 22.5}", "{low: 14, hight: 22.5}", ":15:"),
    ],
)
def test_a_fault_in_a_case_file_is_named_with_its_line(folder, old, new, place):
    path = folder / "somewhere.yaml"
    path.write_text(CASE.replace(old, new), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read_case(path)
    assert "somewhere.yaml" in str(caught.value)
    assert place in str(caught.value)


def test_an_id_that_is_no_kebab_case_is_refused(folder):
    path = folder / "somewhere.yaml"
    path.write_text(CASE.replace("somewhere-2020", "../elsewhere"), encoding="utf-8")
    with pytest.raises(CaseError, match="kebab-case"):
        read_case(path)


def test_a_case_becomes_a_workspace_without_its_outcome(folder, framework, tmp_path):
    from ruamel.yaml import YAML

    case, _ = read_case(folder / "somewhere.yaml")
    root = write_workspace(case, framework, tmp_path / "ws")
    yaml = YAML(typ="safe")

    def read(name):
        return yaml.load((root / name).read_text(encoding="utf-8"))

    assert read("selfassess.yaml")["edition"] == "1"
    assert str(read("selfassess.yaml")["as_at"]) == "2020-01-31"
    assert read("self-evaluation.yaml")["judgements"] == {"help": {"grade": "good"}}
    (entry,) = read("evidence/register.yaml")["entries"]
    assert (entry["published"], str(entry["date"]), entry["source"]) == (
        True,
        "2020-01-31",
        "A report; A paper",
    )
    assert entry["where"] == {"cohort": "care"}
    with (root / "evidence/readings.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["value"] for row in rows] == ["17", "40; 100", "14..22.5"]
    assert [row["where"] for row in rows] == ["", "team=north; rag=red", "shared=yes"]
    assert [row["denominator"] for row in rows] == ["40", "", ""]
    assert {row["to"] for row in rows} == {"2020-01-31"}
    everything = "".join(p.read_text(encoding="utf-8") for p in root.rglob("*") if p.is_file())
    assert "inadequate" not in everything


class Stub:
    """Stands for the toolkit: one framework, one answer."""

    def __init__(self, framework, answer):
        self._framework, self._answer = framework, answer
        self.library = SimpleNamespace(
            framework=self.framework,
            measures={"t.load": SimpleNamespace(id="t.load", aliases=(), unit="percent", units=())},
            topics={"visits": None},
            dimensions={
                "team": SimpleNamespace(values=()),
                "rag": SimpleNamespace(values=("red", "green")),
                "shared": SimpleNamespace(values=("yes", "no")),
                "cohort": SimpleNamespace(values=()),
            },
        )
        self.seen = []

    def framework(self, name, edition):
        if (name, edition) not in (("f", "1"), ("f", None)):
            raise FrameworkError(f"'{name}@{edition}' is not installed.")
        return self._framework

    def assess(self, workspace):
        self.seen.append({p.name for p in Path(workspace.root).rglob("*")})
        return SimpleNamespace(
            as_dict=lambda: self._answer, as_json=lambda: json.dumps(self._answer).encode()
        )


@pytest.fixture
def stub(framework, assessment):
    return Stub(framework, assessment)


def test_a_folder_of_cases_is_run_and_told(folder, stub, tmp_path):
    result = run_cases(folder, stub, keep=tmp_path / "keep")
    told = result.as_dict()["cases"]
    assert [c["case"] for c in told] == ["somewhere-2020"]
    assert [e["met"] for e in told[0]["expectations"]] == [False, False, True]
    assert (result.missed, result.total) == (2, 3)
    lines = list(result.lines())
    assert lines[0] == "somewhere-2020: 1 of 3 met"
    assert lines[1].split() == ["MISSED", "topics_raised:", "visits", "none"]
    assert lines[-1] == "1 case, 1 of 3 expectations met"
    kept = tmp_path / "keep" / "somewhere-2020" / "assessment.json"
    assert json.loads(kept.read_text(encoding="utf-8"))["findings"] == []
    assert {"readings.csv", "register.yaml", "selfassess.yaml"} <= stub.seen[0]


def test_what_inspectors_concluded_changes_nothing(folder, stub):
    first = run_cases(folder, stub).as_dict()
    changed = CASE.replace("overall: inadequate", "overall: outstanding")
    (folder / "somewhere.yaml").write_text(changed, encoding="utf-8")
    assert run_cases(folder, stub).as_dict() == first


def test_a_wrong_name_is_told_where_it_is_written(folder, stub):
    """All of them at once, and none in a file that nobody wrote."""
    text = CASE
    for old, new in (
        ("t.load, value: 17", "t.laod, value: 17"),
        ("unit: percent", "unit: parsecs"),
        ("rag: red", "rag: rde"),
        ("{shared: yes}", "{shred: yes}"),
        ("topic: visits", "topic: visit"),
        ("help: good", "help: goof"),
        ("topics_raised: [visits]", "topics_raised: [visits, x]\n  signals: {'t.lod': [critcal]}"),
        ("{say_secure: help}", "{ceiling_below: {hlp: good}}"),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "somewhere.yaml").write_text(text, encoding="utf-8")
    (case,) = run_cases(folder, stub).cases
    (check,) = case.checks
    places = [line.split(":")[1:3] for line in check.found.splitlines() if ".yaml:" in line]
    assert places == [
        ["9", "15"],  # t.laod
        ["12", "11"],  # parsecs
        ["13", "31"],  # rde
        ["15", "61"],  # shred
        ["17", "12"],  # visit
        ["23", "15"],  # goof
        ["26", "27"],  # x
        ["27", "13"],  # t.lod
        ["27", "23"],  # critcal
        ["30", "22"],
    ]
    shown = "\n".join(run_cases(folder, stub).lines())
    assert "Did you mean 't.load'?" in shown
    assert "Did you mean 'critical'?" in shown


def test_one_file_can_be_run_alone(folder, stub):
    (folder / "other.yaml").write_text("case: [", encoding="utf-8")
    (case,) = run_cases(folder / "somewhere.yaml", stub).cases
    assert case.case == "somewhere-2020"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('edition: "1"', 'edition: "9"', "not installed"),
        ("topics_raised: [visits]", "topics_raised: [visit]", "Did you mean 'visits'?"),
        ("voice: inspector", "voice: inspektor", "inspektor"),
    ],
)
def test_a_case_that_cannot_be_run_is_missed_and_the_others_run(folder, stub, old, new, found):
    broken = CASE.replace("somewhere-2020", "broken-2020").replace(old, new)
    (folder / "broken.yaml").write_text(broken, encoding="utf-8")
    first, second = run_cases(folder, stub).cases
    assert first.checks[0].expectation == "the case can be run"
    assert not first.checks[0].met
    assert found in first.checks[0].found
    assert len(second.checks) == 3


def test_an_empty_folder_and_a_case_twice_are_errors(folder, stub, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(CaseError, match="no case files"):
        run_cases(empty, stub)
    (folder / "twice.yaml").write_text(CASE, encoding="utf-8")
    with pytest.raises(CaseError, match="in another file"):
        run_cases(folder, stub)

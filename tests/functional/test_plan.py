"""The improvement plan by command line: six months of a council's work, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from selfassess.cli import cli
from selfassess.errors import PlanError, SelfAssessError, UsageError

SETTINGS = """schema: selfassess/workspace@1
council: {{name: Testshire}}
framework: ofsted-ilacs
edition: "2026-04"
{more}
"""
VISITS, CARE, HUB, SUPERVISION = (
    "timeliness.cp-visit",
    "timeliness.care-visit",
    "thresholds.decision-1wd",
    "oversight.staff-supervision",
)


class Council:
    """A council without lists: it types its figures each month and runs the toolkit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.day = "2026-04-01"
        (folder / "evidence").mkdir()
        self.settings()

    def settings(self, more: str = "") -> None:
        text = SETTINGS.format(more=more)
        (self.folder / "selfassess.yaml").write_text(text, encoding="utf-8")

    def month(self, day: str, **figures: float) -> dict[str, Any]:
        """The figures of a month end, a run, and its assessment."""
        named = {"visits": VISITS, "care": CARE, "hub": HUB, "supervision": SUPERVISION}
        rows = [
            f"{named[key]},{value},percent,{day},Monthly report" for key, value in figures.items()
        ]
        text = "\n".join(["measure,value,unit,to,source", *rows, ""])
        (self.folder / "evidence" / "readings.csv").write_text(text, encoding="utf-8")
        self.call("run", str(self.folder), "--as-at", day, "--format", "json")
        return self.assessment()

    def assessment(self) -> dict[str, Any]:
        text = (self.folder / "out" / "assessment.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
        return found

    def call(self, *args: str) -> str:
        done = CliRunner().invoke(cli, args, standalone_mode=False, catch_exceptions=False)
        return done.stdout

    def plan(self, command: str, *args: str, on: str = "", by: str = "Ann") -> str:
        """A `plan` command; one that writes says who and when."""
        more = ["--dir", str(self.folder)]
        if on:
            more += ["--at", on, "--by", by]
        return self.call("plan", command, *args, *more)

    def read(self, command: str, *args: str) -> Any:
        return json.loads(self.plan(command, *args, "--json"))

    def action(self, name: str, day: str) -> dict[str, Any]:
        found: dict[str, Any] = self.read("show", name, "--as-at", day)
        return found


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Council:
    for name in ("USER", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    return Council(tmp_path)


def test_six_months_of_a_plan(council: Council) -> None:
    """Delivered without impact, slipping three times, sustained, and reversed."""
    found = council.month("2026-03-31", visits=70, care=80, hub=80, supervision=60)
    weak = {f["id"] for f in found["findings"] if f["kind"] in ("improve", "priority-action-risk")}
    assert {f"reading:{m}" for m in (VISITS, CARE, HUB, SUPERVISION)} <= weak
    assert set(found["unplanned"]) == weak

    council.plan("from-findings", "--dry-run")
    assert not (council.folder / "plan.db").exists(), "a look writes nothing"
    council.plan("from-findings", on="2026-04-01")
    drafts = council.read("list", "--as-at", "2026-04-01")["actions"]
    assert {why for each in drafts for why in each["why"]} == weak
    assert "has an action already" in council.plan("from-findings", on="2026-04-02")
    by_measure = {each["success"][0]["measure"]: each["id"] for each in drafts if each["success"]}
    visits, care, hub, late = (by_measure[m] for m in (VISITS, CARE, HUB, SUPERVISION))

    for name, measure, start in ((visits, VISITS, 70), (care, CARE, 80), (hub, HUB, 80)):
        council.plan("update", name, "--owner", "Olu", "--lead", "Lee", "--assurer", "Una",
                     "--due", "2026-06-30", on="2026-04-03")  # fmt: skip
        spec = f"{measure}; baseline={start}@2026-03-31; target=95@2026-06-30; tolerance=1"
        council.plan("success", name, "--change", "S1", "--spec", spec, "--reason", "target set",
                     on="2026-04-03")  # fmt: skip
    council.plan("update", late, "--owner", "Olu", "--due", "2026-05-31", on="2026-04-03")
    for name in (visits, care, hub, late):
        for state in ("agreed", "in-progress"):
            council.plan("status", name, state, on="2026-04-06")
    council.plan("decide", "Go on.", "--board", "2026-04-30", on="2026-04-30")

    council.month("2026-04-30", visits=80, care=86, hub=81, supervision=60)
    # 80 of a way from 70 to 95 over 91 days, after 30: 78.24 expected.
    seen = council.action(visits, "2026-04-30")["success"][0]
    assert (seen["value"], round(seen["expected"], 2), seen["rag"]) == (80, 78.24, "green")
    council.plan("move-date", late, "2026-06-30", "--reason", "ill", on="2026-05-20")
    council.month("2026-05-31", visits=95, care=92, hub=80, supervision=61)
    for name in (visits, care, hub):
        council.plan("status", name, "delivered", on="2026-06-02")
    council.plan("move-date", late, "2026-07-31", "--reason", "leave", on="2026-06-25")

    council.month("2026-06-30", visits=96, care=95, hub=80, supervision=59)
    for name in (visits, care, hub):
        council.plan("impact", name, "none-yet", on="2026-07-01")
    for name in (visits, care):
        for state in ("emerging", "sustained"):
            council.plan("impact", name, state, on="2026-07-02")
    with pytest.raises(PlanError, match="no impact without evidence"):
        council.plan("impact", hub, "emerging", on="2026-07-02")
    for name in (visits, care):
        council.plan("assure", name, "--statement", "Read ten.", on="2026-07-06", by="Una")
        council.plan("close", name, "--retest", "2026-10-31", on="2026-07-07")
    with pytest.raises(PlanError, match="cannot be closed"):
        council.plan("close", hub, "--retest", "2026-10-31", on="2026-07-07")

    council.plan("move-date", late, "2026-12-18", "--reason", "vacant posts", on="2026-07-20")
    council.month("2026-07-31", visits=94, care=96, hub=79, supervision=58)
    council.month("2026-08-31", visits=75, care=96, hub=80, supervision=57)
    assert council.action(visits, "2026-08-31")["flags"] == ["fell-back"], "before anybody says so"
    council.plan("impact", visits, "reversed", "--reason", "late again", on="2026-09-05", by="Una")
    found = council.month("2026-09-30", visits=60, care=97, hub=80, supervision=57)

    actions = {each["id"]: each for each in found["plan"]}
    assert (actions[hub]["delivery"], actions[hub]["impact"]) == ("delivered", "none-yet")
    assert actions[hub]["rag"] == "red"
    assert "delivered-without-impact" in actions[hub]["flags"]
    assert [move["reason"] for move in actions[late]["moves"]] == ["ill", "leave", "vacant posts"]
    assert (actions[late]["due_baseline"], actions[late]["drift"]) == ("2026-05-31", 201)
    assert "repeatedly-moved" in actions[late]["flags"]
    assert (actions[care]["status"], actions[care]["rag"]) == ("closed", "blue")
    assert (actions[visits]["delivery"], actions[visits]["impact"]) == ("in-progress", "reversed")
    assert actions[visits]["reopened"] == ["2026-09-05"]
    assert actions[visits]["rag"] == "red"
    # A closed action works on nothing any more; the others still answer their weaknesses.
    assert not set(found["unplanned"]) & {f"reading:{m}" for m in (VISITS, HUB, SUPERVISION)}
    told = council.plan("list", "--since", "last-board", "--as-at", "2026-09-30")
    assert "Reopened: 1" in told
    assert "Closed: 2" in told


def test_delivered_turns_no_judgement_green(council: Council) -> None:
    before = council.month("2026-03-31", visits=70, hub=80)
    council.plan("from-findings", on="2026-04-01")
    for action in council.read("list", "--as-at", "2026-04-02")["actions"]:
        name = action["id"]
        council.plan("update", name, "--owner", "Olu", "--due", "2026-06-30", on="2026-04-02")
        for state in ("agreed", "in-progress", "delivered"):
            council.plan("status", name, state, on="2026-04-02")
    after = council.month("2026-03-31", visits=70, hub=80)
    for key in ("judgements", "findings", "topics", "readings"):
        assert after[key] == before[key]


def test_a_second_run_gives_the_same_bytes_and_records_nothing(council: Council) -> None:
    council.month("2026-03-31", visits=70)
    council.plan("from-findings", on="2026-03-31")
    council.month("2026-03-31", visits=70)
    first = (council.folder / "out" / "assessment.json").read_bytes()
    count = len(council.read("history"))
    council.month("2026-03-31", visits=70)
    assert (council.folder / "out" / "assessment.json").read_bytes() == first
    assert len(council.read("history")) == count
    council.plan("comment", "A-01", "later", on="2026-05-01")
    council.month("2026-03-31", visits=70)
    assert (council.folder / "out" / "assessment.json").read_bytes() == first, "it came later"


def test_the_plan_is_an_input_with_its_hash(council: Council) -> None:
    council.month("2026-03-31", visits=70)
    council.plan("add", "One", on="2026-03-01")
    one = council.month("2026-03-31", visits=70)["inputs"][-1]
    council.plan("comment", "A-01", "more", on="2026-03-02")
    other = council.month("2026-03-31", visits=70)["inputs"][-1]
    assert one["path"] == other["path"] == "plan.db"
    assert one["sha256"] != other["sha256"]


def test_two_plans_that_differ_stop_a_run(council: Council) -> None:
    council.month("2026-03-31", visits=70)
    page = council.folder / "self-evaluation.yaml"
    listed = (
        "schema: selfassess/self-evaluation@1\nframework: ofsted-ilacs@2026-04\n"
        "plan:\n  - {id: A-01, title: Visit on time, owner: Olu, due: 2026-06-30}\n"
    )
    page.write_text(listed, encoding="utf-8")
    shown = council.plan("import", str(page))
    assert "A-01       Visit on time" in shown
    assert not (council.folder / "plan.db").exists()
    council.plan("import", str(page), "--apply", on="2026-03-01")
    found = council.month("2026-03-31", visits=70)
    assert [each["id"] for each in found["plan"]] == ["A-01"]
    council.plan("update", "A-01", "--owner", "Bob", on="2026-03-02")
    with pytest.raises(PlanError, match="owner is 'Olu' in the list, 'Bob' in the plan"):
        council.month("2026-03-31", visits=70)
    page.write_text(listed.split("plan:")[0], encoding="utf-8")
    council.month("2026-03-31", visits=70)


def test_files_out_and_in(council: Council, tmp_path: Path) -> None:
    council.plan("add", "One", "--due", "2026-06-30", on="2026-03-01")
    council.plan("comment", "A-01", "=1+1", on="2026-03-02")
    out = council.folder / "plan.yaml"
    council.plan("export", str(out))
    first = out.read_bytes()
    (council.folder / "plan.db").unlink()
    assert "2 changes; nothing was written" in council.plan("import", str(out))
    council.plan("import", str(out), "--apply", on="2026-03-03")
    council.plan("export", str(out))
    assert out.read_bytes() == first

    import openpyxl

    sheet = council.folder / "plan.xlsx"
    council.plan("export", str(sheet), "--as-at", "2026-03-03")
    book = openpyxl.load_workbook(sheet)
    book["Actions"]["E2"] = "Olu"
    book.save(sheet)
    assert "A-01       Owner: '' to 'Olu'" in council.plan("import", str(sheet))
    assert council.action("A-01", "2026-03-04")["owner"] == ""
    council.plan("import", str(sheet), "--apply", on="2026-03-04")
    assert council.action("A-01", "2026-03-04")["owner"] == "Olu"
    with pytest.raises(PlanError, match="A-01 was changed since"):
        council.plan("import", str(sheet), "--apply", on="2026-03-05")


@pytest.mark.parametrize(
    ("args", "code", "match"),
    [
        (("show", "A-1"), 17, "Did you mean 'A-01'"),
        (("status", "A-01", "done", "--by", "Ann"), 17, "no state of delivery"),
        (("status", "A-01", "delivered", "--by", "Ann"), 17, "from draft to delivered"),
        (("comment", "A-01", "x"), 2, "--by NAME"),
        (("add", "T", "--judgement", "help", "--by", "Ann"), 17, "help-and-protection"),
        (("add", "T", "--criterion", "nope", "--by", "Ann"), 17, "Nearest of "),
        (("add", "T", "--criterion", "lead-01", "--by", "Ann"), 17, "Did you mean 'LEAD-01'?"),
        (("add", "T", "--judgement", "Care Leavers", "--by", "Ann"), 17, "'care-leavers'"),
        (("add", "T", "--success", "timeliness.cp-vist", "--by", "Ann"), 17, VISITS),
        (("add", "T", "--success", f"{VISITS}; where=tema=N", "--by", "Ann"), 17, "'team'"),
        (("add", "T", "--tag", "nf:outcome-33", "--by", "Ann"), 17, "outcome-3"),
        (("add", "T", "--tag", "nff:x", "--by", "Ann"), 17, "no tag set"),
        (("add", "T", "--topic", "visit", "--by", "Ann"), 17, "no topic"),
        (("update", "A-01", "--owner", "B", "--by", "Ann", "--if-version", "7"), 17, "had 7"),
        (("list", "--flag", "late"), 2, "--flag"),
        (("list", "--since", "last-board"), 2, "No board"),
        (("export", "plan.pdf"), 2, ".yaml or .xlsx"),
        (("import", "none.yaml"), 2, "no such file"),
        (("milestone", "A-01", "--by", "Ann"), 2, "Give one of"),
        (("colour", "A-01", "green", "--by", "Ann"), 2, "--until"),
        (("from-findings", "--by", "Ann"), 17, "no assessment can be read"),
    ],
)
def test_what_is_refused_says_what_to_do(
    council: Council, args: tuple[str, ...], code: int, match: str
) -> None:
    council.plan("add", "One", on="2026-03-01")
    with pytest.raises(SelfAssessError) as error:
        council.call("plan", *args, "--dir", str(council.folder))
    assert error.value.exit_code == code
    assert match in str(error.value)


def test_a_body_is_checked_where_the_framework_names_some(council: Council) -> None:
    council.call("plan", "add", "T", str(council.folder), "--responsible", "anybody", "--by", "Ann")
    config = council.folder / "selfassess.yaml"
    text = config.read_text(encoding="utf-8").replace("ofsted-ilacs", "ofsted-area-send")
    lines = [line for line in text.split("\n") if not line.startswith("edition")]
    config.write_text("\n".join(lines), encoding="utf-8")
    council.call("plan", "add", "T", str(council.folder), "--responsible", "icb", "--by", "Ann")
    with pytest.raises(
        PlanError, match="'icbb' is no responsible body of ofsted-area-send"
    ) as error:
        council.call("plan", "update", "A-01", str(council.folder), "--responsible", "icbb",
                     "--by", "Ann")  # fmt: skip
    assert error.value.hint == "Did you mean 'icb'?"


@pytest.mark.parametrize("at", ["yesterday", "2026-03-01T10:00+01:00", "2026-13-01"])
def test_times_are_local(council: Council, at: str) -> None:
    from click import UsageError

    with pytest.raises(UsageError, match="not a local time"):
        council.plan("add", "One", on=at)


def test_no_plan_yet(council: Council) -> None:
    for command in (("list",), ("show", "A-01"), ("history",), ("export", "x.yaml")):
        with pytest.raises(PlanError, match="no improvement plan is kept here yet"):
            council.plan(*command)
    assert not (council.folder / "plan.db").exists()


def test_a_shared_database_that_is_away_is_told_without_its_password(council: Council) -> None:
    pytest.importorskip("psycopg")
    council.settings("plan: {store: 'postgresql+psycopg://me:secret@127.0.0.1:1/plan'}")
    with pytest.raises(PlanError, match="the database answered") as error:
        council.plan("list")
    assert "secret" not in str(error.value)


def test_the_council_s_words_and_limits_hold(council: Council) -> None:
    council.settings(
        "plan: {stale_days: 5, legend: [{colour: none, label: Unknown, means: not read}]}"
    )
    council.plan("add", "One", on="2026-03-01")
    shown = council.action("A-01", "2026-03-07")
    assert (shown["rag_label"], "stale" in shown["flags"]) == ("Unknown", True)


@pytest.mark.parametrize("limit", ["stale_days: 0", "moved_often: 0", "amber_share: -0.1"])
def test_limits_below_their_least_are_refused(council: Council, limit: str) -> None:
    council.settings(f"plan: {{{limit}}}")
    with pytest.raises(SelfAssessError, match=limit.split(":")[0]) as error:
        council.plan("add", "One", on="2026-03-01")
    assert error.value.exit_code == 11


def test_without_a_store_no_database_is_loaded(council: Council) -> None:
    import subprocess
    import sys

    council.month("2026-03-31", visits=70)
    program = (
        "import sys\nfrom selfassess.cli import cli\n"
        f"cli(['run', {str(council.folder)!r}, '--format', 'json'], standalone_mode=False)\n"
        "assert 'sqlalchemy' not in sys.modules and 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_the_demo_tells_a_true_story(tmp_path: Path) -> None:
    from selfassess.demo import write_demo
    from selfassess.toolkit import Toolkit
    from selfassess.workspace import load_workspace

    write_demo(tmp_path, rows=1200)
    workspace = load_workspace(tmp_path)
    found = Toolkit.for_workspace(workspace).assess(workspace).as_dict()
    plan = {each["id"]: each for each in found["plan"]}
    without_impact, slipping, sustained, gone = (plan[n] for n in ("A-09", "A-05", "A-10", "A-04"))
    assert (without_impact["delivery"], without_impact["impact"]) == ("delivered", "none-yet")
    assert "delivered-without-impact" in without_impact["flags"]
    assert (len(slipping["moves"]), slipping["due_baseline"]) == (3, "2026-06-30")
    assert (sustained["status"], sustained["impact"]) == ("closed", "sustained")
    assert sustained["assured_by"] not in (sustained["owner"], sustained["lead"])
    assert (gone["delivery"], gone["impact"], gone["rag"]) == ("in-progress", "reversed", "red")
    assert gone["reopened"] == ["2026-09-24"]
    assert plan["A-08"]["unmeasured"]
    months = {each["read_on"] for name in plan for each in plan[name]["success"]}
    assert "2026-09-30" in months, "the run reads what the lists say"


def test_the_workspace_is_the_last_argument_or_dir(
    council: Council, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Everything takes FOLDER as other commands do; ``--dir`` means the same."""
    folder = str(council.folder)
    written = ["--by", "Ann", "--at", "2026-04-01"]
    council.call("plan", "add", "Do it", folder, *written)
    council.call("plan", "add", "Do that", "--dir", folder, *written)
    assert "2 actions" in council.call("plan", "list", folder, "--as-at", "2026-04-02")
    council.call("plan", "move-date", "A-01", "2026-09-30", folder, "--reason", "x", *written)
    council.call("plan", "comment", "A-01", "So it is.", folder, "--dir", folder, *written)
    assert "Do it" in council.call("plan", "show", "A-01", folder)
    whole = council.call("plan", "history", folder)
    assert whole == council.call("plan", "history", "--dir", folder)
    assert "Do that" not in council.call("plan", "history", "A-01", folder)
    target = tmp_path / "plan.yaml"
    council.call("plan", "export", str(target), folder)
    assert target.is_file()
    council.call("plan", "colour", "A-01", "red", folder, "--until", "2026-06-30", "--reason", "r",
                 *written)  # fmt: skip
    assert "override-ended" in council.call("plan", "colour", "A-01", folder, "--end", *written)
    monkeypatch.chdir(council.folder)
    assert "2 actions" in council.call("plan", "list", "--as-at", "2026-04-02")


def test_two_workspaces_are_one_too_many(council: Council, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        council.call("plan", "list", str(council.folder), "--dir", str(tmp_path / "other"))
    assert "quotes" in caught.value.hint

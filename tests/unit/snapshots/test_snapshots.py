"""A snapshot is whole or says which file is not; who signed stays on record."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.errors import EvidenceError, ReportError, UsageError
from selfassess.plan.drafting import Author, add
from selfassess.plan.events import content_hash
from selfassess.plan.store import PlanStore
from selfassess.plan.yaml_io import from_yaml
from selfassess.report.manifest import manifest_hash
from selfassess.snapshots import (
    create_snapshot,
    list_snapshots,
    read_snapshot,
    sign_snapshot,
    verify_snapshot,
)
from selfassess.snapshots.sign import SIGNATURES, read_signatures
from selfassess.workspace import load_workspace
from selfassess.workspace.plan import open_plan
from selfassess.writing.json_text import json_lines

DAY = dt.date(2026, 4, 14)


def workspace(root: Path, audience: str = "internal") -> Path:
    """A workspace after a run, small enough to be seen through; returns its outputs' folder."""
    evidence = root / "evidence" / "list.csv"
    evidence.parent.mkdir(parents=True, exist_ok=True)
    evidence.write_bytes(b"child_id,worker\n1001,A\n")
    (root / "selfassess.yaml").write_text("council: {name: Northbourne}\n", encoding="utf-8")
    (root / "self-evaluation.yaml").write_text("judgements: {}\n", encoding="utf-8")
    digest = hashlib.sha256(evidence.read_bytes()).hexdigest()
    assessment: dict[str, Any] = {
        "council": {"name": "Northbourne", "code": None},
        "as_at": "2026-03-31",
        "audience": audience,
        "framework": {"id": "f", "edition": "1"},
        "made_with": {"name": "selfassess", "version": "0"},
        "plugins": [],
        "inputs": [{"path": "evidence/list.csv", "sha256": digest}],
    }
    out = root / "out"
    out.mkdir(exist_ok=True)
    (out / "assessment.json").write_bytes(json_lines(assessment))
    (out / "ledger.csv").write_bytes(b"file,sheet\n")
    (out / "report.html").write_text(f"<p>{manifest_hash(assessment)}</p>", encoding="utf-8")
    (out / "sample.csv").write_bytes(b"child\n1001\n")
    (out / "rows.csv").write_bytes(b"child\n1001\n")
    return out


def test_whole_snapshot_has_no_problem_and_no_child(tmp_path: Path) -> None:
    made, new = create_snapshot(tmp_path, workspace(tmp_path))
    assert new
    assert verify_snapshot(made) == ()
    assert sorted(made.files) == [
        "assessment.json",
        "ledger.csv",
        "manifest.json",
        "report.html",
        "workspace/self-evaluation.yaml",
        "workspace/selfassess.yaml",
    ]
    held = b"".join(path.read_bytes() for path in made.folder.rglob("*") if path.is_file())
    assert b"1001" not in held


def test_manifest_names_inputs_and_the_assessment_by_hash(tmp_path: Path) -> None:
    out = workspace(tmp_path)
    made, _ = create_snapshot(tmp_path, out)
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    content = (out / "assessment.json").read_bytes()
    assert manifest["assessment_sha256"] == hashlib.sha256(content).hexdigest()
    source = (tmp_path / "evidence" / "list.csv").read_bytes()
    assert manifest["inputs"][0]["sha256"] == hashlib.sha256(source).hexdigest()
    assert made.manifest == hashlib.sha256((made.folder / "manifest.json").read_bytes()).hexdigest()


def test_same_outputs_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        root = tmp_path / name
        made.append(create_snapshot(root, workspace(root))[0])
    assert made[0].id == made[1].id
    for path in (*made[0].files, "seal.json"):
        assert (made[0].folder / path).read_bytes() == (made[1].folder / path).read_bytes()
    assert create_snapshot(tmp_path / "one", tmp_path / "one" / "out")[1] is False


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.data())
def test_any_changed_byte_is_seen_and_placed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("changed")
    made, _ = create_snapshot(root, workspace(root))
    sign_snapshot(made, name="A. Person", role="Director", date=DAY)
    path = data.draw(st.sampled_from([*sorted(made.files), "seal.json", SIGNATURES]))
    content = bytearray((made.folder / path).read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    (made.folder / path).write_bytes(bytes(content))
    try:
        problems = verify_snapshot(read_snapshot(made.folder))
        where = [problem.where for problem in problems]
    except ReportError as error:
        where = [error.message]
    assert where
    assert where[0].startswith(f"{made.id}/{path}")


def test_missing_and_added_files_are_named(tmp_path: Path) -> None:
    made, _ = create_snapshot(tmp_path, workspace(tmp_path))
    (made.folder / "ledger.csv").unlink()
    (made.folder / "extra.txt").write_text("x", encoding="utf-8")
    assert [(p.where.split("/", 1)[1], p.message) for p in verify_snapshot(made)] == [
        ("ledger.csv", "is missing."),
        ("extra.txt", "was added after the seal."),
    ]


def test_changed_evidence_is_refused(tmp_path: Path) -> None:
    out = workspace(tmp_path)
    (tmp_path / "evidence" / "list.csv").write_bytes(b"child_id\n")
    with pytest.raises(EvidenceError, match=r"evidence/list\.csv changed since"):
        create_snapshot(tmp_path, out)


def test_what_a_warehouse_holds_need_not_be_a_file(tmp_path: Path) -> None:
    """A table of its own, and rows that were loaded from a file which is not kept."""
    out = workspace(tmp_path)
    path = out / "assessment.json"
    assessment = json.loads(path.read_text(encoding="utf-8"))

    def sealed(*more: dict[str, str]) -> str:
        found = {**assessment, "inputs": [*assessment["inputs"], *more]}
        path.write_bytes(json_lines(found))
        (out / "report.html").write_text(f"<p>{manifest_hash(found)}</p>", encoding="utf-8")
        return create_snapshot(tmp_path, out)[0].id

    gone = {"path": "evidence/gone.csv", "sha256": "0" * 64}
    assert sealed({"path": "postgresql: care.visits", "sha256": ""}, {**gone, "through": "spark"})
    with pytest.raises(EvidenceError, match=r"gone\.csv changed since"):
        sealed(gone)


def test_report_of_another_run_is_refused(tmp_path: Path) -> None:
    out = workspace(tmp_path)
    (out / "report.html").write_text("<p>an older report</p>", encoding="utf-8")
    with pytest.raises(ReportError, match=r"report\.html: not made from this"):
        create_snapshot(tmp_path, out)


def test_the_command_that_makes_all_formats_anew_is_named(tmp_path: Path) -> None:
    out = workspace(tmp_path)
    digest = manifest_hash(json.loads((out / "assessment.json").read_text(encoding="utf-8")))
    for name, told in (("report.docx", "earlier"), ("evidence.xlsx", digest)):
        with zipfile.ZipFile(out / name, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("inner.xml", f"<t>{told}</t>" * 9)
    (out / "overview.pdf").write_bytes(b"%PDF an older one")
    (out / "board-pack.pdf").write_bytes(b"%PDF of the plan, on its own day")
    with pytest.raises(ReportError, match=r"^overview\.pdf, report\.docx: not made from") as caught:
        create_snapshot(tmp_path, out)
    command = f"selfassess run {tmp_path} --format "
    line = next(line for line in caught.value.hint.split("\n") if command in line)
    assert sorted(line.rpartition(" ")[2].split(",")) == ["docx", "html", "overview", "xlsx"]
    for name in ("overview.pdf", "report.docx"):
        (out / name).unlink()
    made, _ = create_snapshot(tmp_path, out)
    assert {"board-pack.pdf", "evidence.xlsx"} <= set(made.files)


def test_a_copy_for_others_prints_no_hash_and_is_sealed(tmp_path: Path) -> None:
    out = workspace(tmp_path, "public")
    path = out / "assessment.json"
    found = json.loads(path.read_text(encoding="utf-8")) | {"disclosure": {"audience": "public"}}
    path.write_bytes(json_lines(found))
    (out / "report.html").write_text("<p>no hash</p>", encoding="utf-8")
    made, _ = create_snapshot(tmp_path, out)
    assert "report.html" in made.files


class Planned:
    """A workspace whose assessment took up a plan of one action."""

    def __init__(self, root: Path, audience: str = "internal") -> None:
        self.root, self.out = root, workspace(root, audience)
        text = "schema: selfassess/workspace@1\ncouncil: {name: N}\nframework: ofsted-ilacs\n"
        (root / "selfassess.yaml").write_text(text, encoding="utf-8")
        self.author = Author("Ann", dt.datetime(2026, 3, 30, 12))
        self.store.write(lambda plan: add(plan, self.author, {"title": "Do it"}))
        self.assessed()

    @property
    def store(self) -> PlanStore:
        return open_plan(load_workspace(self.root))

    def assessed(self) -> None:
        path = self.out / "assessment.json"
        found = json.loads(path.read_text(encoding="utf-8"))
        digest = content_hash(self.store.events(), dt.date(2026, 3, 31))
        found["inputs"] = [*found["inputs"][:1], {"path": "plan.db", "sha256": digest}]
        path.write_bytes(json_lines(found))
        (self.out / "report.html").write_text(manifest_hash(found), encoding="utf-8")


def test_the_plan_is_part_of_the_snapshot_with_its_history(tmp_path: Path) -> None:
    planned = Planned(tmp_path)
    made, _ = create_snapshot(tmp_path, planned.out)
    path = made.folder / "workspace" / "plan.yaml"
    assert "workspace/plan.yaml" in made.files
    assert from_yaml(path) == planned.store.events()
    assert create_snapshot(tmp_path, planned.out)[1] is False, "the same plan, the same snapshot"
    path.write_text(path.read_text(encoding="utf-8").replace("Do it", "Do that"), encoding="utf-8")
    assert [problem.where for problem in verify_snapshot(made)] == [
        f"{made.id}/workspace/plan.yaml"
    ]


def test_a_plan_that_changed_since_the_run_is_refused(tmp_path: Path) -> None:
    planned = Planned(tmp_path)
    later = Author("Ann", dt.datetime(2026, 4, 2, 9))
    planned.store.write(lambda plan: add(plan, later, {"title": "Later"}))
    made, _ = create_snapshot(tmp_path, planned.out)
    text = (made.folder / "workspace" / "plan.yaml").read_text(encoding="utf-8")
    assert "Later" in text, "what came after the as-at day is no other plan for the report"
    planned.store.write(lambda plan: add(plan, planned.author, {"title": "Before"}))
    with pytest.raises(EvidenceError, match=r"plan \(plan\.db\) changed since"):
        create_snapshot(tmp_path, planned.out)
    (tmp_path / "plan.db").unlink()
    with pytest.raises(EvidenceError, match="changed since"):
        create_snapshot(tmp_path, planned.out)


def test_a_copy_takes_no_plan(tmp_path: Path) -> None:
    planned = Planned(tmp_path, "public")
    made, _ = create_snapshot(tmp_path, planned.out)
    assert not any("plan" in path for path in made.files)


def test_other_audiences_take_no_workspace_files(tmp_path: Path) -> None:
    made, _ = create_snapshot(tmp_path, workspace(tmp_path, "public"))
    assert made.audience == "public"
    assert not any(path.startswith("workspace/") for path in made.files)


def test_signatures_add_up_and_bind(tmp_path: Path) -> None:
    made, _ = create_snapshot(tmp_path, workspace(tmp_path))
    sign_snapshot(made, name="A. Person", role="Director", date=DAY, note="as it stands")
    sign_snapshot(made, name="B. Person", role="Lead member", date=DAY)
    assert [(s.name, s.role) for s in read_signatures(made)] == [
        ("A. Person", "Director"),
        ("B. Person", "Lead member"),
    ]
    assert verify_snapshot(made) == ()
    path = made.folder / SIGNATURES
    path.write_bytes(path.read_bytes().split(b"\n", 1)[1])  # the first line is taken out
    assert "one was taken out" in verify_snapshot(made)[0].message


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "  "}, "needs a name"),
        ({"role": ""}, "needs a role"),
        ({"date": dt.date(2026, 3, 30)}, "lies before the as-at date"),
    ],
)
def test_signature_that_cannot_be(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    made, _ = create_snapshot(tmp_path, workspace(tmp_path))
    given: dict[str, Any] = {"name": "A", "role": "B", "date": DAY}
    with pytest.raises(UsageError, match=message):
        sign_snapshot(made, **{**given, **change})


def test_nobody_signs_twice(tmp_path: Path) -> None:
    made, _ = create_snapshot(tmp_path, workspace(tmp_path))
    sign_snapshot(made, name="A", role="B", date=DAY)
    with pytest.raises(UsageError, match="A signed as B already"):
        sign_snapshot(made, name="A", role="B", date=DAY)


def test_signature_of_another_snapshot_is_seen(tmp_path: Path) -> None:
    made, _ = create_snapshot(tmp_path / "a", workspace(tmp_path / "a"))
    out = workspace(tmp_path / "b")
    (out / "ledger.csv").write_bytes(b"other\n")
    other, _ = create_snapshot(tmp_path / "b", out)
    sign_snapshot(other, name="A", role="B", date=DAY)
    (made.folder / SIGNATURES).write_bytes((other.folder / SIGNATURES).read_bytes())
    assert "another seal" in verify_snapshot(made)[0].message


def test_unknown_snapshot_names_the_nearest(tmp_path: Path) -> None:
    made, _ = create_snapshot(tmp_path, workspace(tmp_path))
    with pytest.raises(UsageError, match=made.id):
        read_snapshot(made.folder.with_name(made.id[:-1] + "x"))
    assert [each.id for each in list_snapshots(tmp_path)] == [made.id]


def test_missing_assessment_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="selfassess run"):
        create_snapshot(tmp_path, tmp_path / "out")

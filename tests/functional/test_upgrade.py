"""``frameworks diff`` and ``frameworks upgrade`` as a council uses them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command_line import call

from selfassess.errors import EvidenceError, FrameworkError, SelfAssessError, UsageError
from selfassess.toolkit import Toolkit
from selfassess.workspace import load_workspace

DRAFT = Path(__file__).parents[1] / "fixtures" / "ilacs_2027_draft"

EVALUATION = """\
# Ours.
schema: selfassess/self-evaluation@1
framework: ofsted-ilacs@2018   # the edition

judgements:
  # Leaders
  leaders:
    grade: 'good'   # agreed in May
    answers:
      what-do-you-know: >-
        We know
        our services.
    evidence: [E-1,   E-2]

  # Both together
  care-and-care-leavers:
    grade: good
    answers: {what-do-you-know: "Joint ŵ"}
    evidence: [E-3]
    # a note of ours

  care:
    grade: outstanding
    answers:
      what-do-you-know: Own words.
    evidence:
      - E-4
  HP-02:
    so_what: Contacts are decided in a day.
  CIC-12:
    so_what: Homes last.

  overall:
    grade: good
    so_what: |
      Overall we are good.

plan:
  - id: A-1
    title: Do it
    judgement: leaders
  - id: A-2
    title: Do that
    judgement: overall
"""
CONFIG = """\
schema: selfassess/workspace@1
council: {name: Exampleshire}
framework: ofsted-ilacs   # the family
edition: '2018'  # the first
"""
REGISTER = """\
schema: selfassess/register@1
entries:
  - id: E-1
    topic: leadership
    direction: strength
    voice: staff
    text: Staff say so.
    judgement: leaders   # theirs
  - {id: E-2, topic: leadership, direction: fact, voice: staff, text: x, judgement: overall}
"""


def failed(*args: object) -> SelfAssessError:
    result = call(*args)
    assert isinstance(result.exception, SelfAssessError), result.output
    return result.exception


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def council(tmp_path: Path) -> Path:
    folder = tmp_path / "a council"
    files = {
        "selfassess.yaml": CONFIG,
        "self-evaluation.yaml": EVALUATION,
        "evidence/register.yaml": REGISTER,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


def test_the_whole_way_and_back(council: Path) -> None:
    before = contents(council)
    tried = call("frameworks", "upgrade", council, "--to", "2026-04", "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "Nothing was written" in tried.output
    assert contents(council) == before

    done = call("frameworks", "upgrade", council, "--to", "2026-04")
    assert done.exit_code == 0, done.output
    after = contents(council)
    text = after["self-evaluation.yaml"].decode()
    for kept in (
        "# Ours.",
        "framework: ofsted-ilacs@2026-04   # the edition",
        "grade: 'good'   # agreed in May",
        "what-do-you-know: >-\n        We know\n        our services.",
        "evidence: [E-1,   E-2]",
        "# a note of ours",
        'answers: {what-do-you-know: "Joint ŵ"}',
        "Overall we are good.",
    ):
        assert kept in text
    config = after["selfassess.yaml"].decode()
    assert config == CONFIG.replace("'2018'", "'2026-04'")
    assert b"judgement: leaders   # theirs" in after["evidence/register.yaml"]
    assert "evidence/register.yaml:9" in done.output
    kept_files = {n.partition("upgrade-2018-to-2026-04/")[2]: c for n, c in after.items()}
    assert {name: kept_files[name] for name in before} == before

    again = call("frameworks", "upgrade", council, "--to", "2026-04")
    assert "nothing to do" in again.output
    assert contents(council) == after

    undone = call("frameworks", "upgrade", council, "--undo")
    assert undone.exit_code == 0, undone.output
    assert contents(council) == before


def test_step_by_step_gives_the_same_and_undoes_step_by_step(council: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(council, other)
    states = [contents(other)]
    for edition in ("2023", "2024-12", "2026-04"):
        assert call("frameworks", "upgrade", other, "--to", edition).exit_code == 0
        states.append(contents(other))
    call("frameworks", "upgrade", council, "--to", "2026-04")
    for name in states[0]:
        assert contents(council)[name] == states[-1][name], name
    for state in states[-2::-1]:
        assert call("frameworks", "upgrade", other, "--undo").exit_code == 0
        assert contents(other) == state
    assert isinstance(failed("frameworks", "upgrade", other, "--undo"), UsageError)


def test_what_was_written_since_is_kept_by_undo(council: Path) -> None:
    call("frameworks", "upgrade", council, "--to", "2023")
    page = council / "self-evaluation.yaml"
    page.write_text(page.read_text(encoding="utf-8") + "# later\n", encoding="utf-8", newline="\n")
    edited = page.read_bytes()
    undone = call("frameworks", "upgrade", council, "--undo")
    assert "Edited since the upgrade" in undone.output
    assert page.read_text(encoding="utf-8") == EVALUATION
    kept = council / "history" / "upgrade-2018-to-2023" / "self-evaluation.yaml.edited"
    assert kept.read_bytes() == edited
    assert call("frameworks", "upgrade", council, "--to", "2023").exit_code == 0
    assert kept.read_bytes() == edited


def test_a_workspace_that_names_no_edition_gets_one(council: Path) -> None:
    config = council / "selfassess.yaml"
    text = CONFIG.replace("edition: '2018'  # the first\n", "")
    config.write_text(text, encoding="utf-8", newline="\n")
    call("frameworks", "upgrade", council, "--to", "ofsted-ilacs@2023")
    assert config.read_text(encoding="utf-8") == text + 'edition: "2023"\n'


def test_a_workspace_without_a_self_evaluation(council: Path) -> None:
    (council / "self-evaluation.yaml").unlink()
    assert call("frameworks", "upgrade", council, "--to", "2023").exit_code == 0
    assert load_workspace(council).config.edition == "2023"
    assert call("frameworks", "upgrade", council, "--to", "2026-04").exit_code == 0
    register = (council / "evidence" / "register.yaml").read_text(encoding="utf-8")
    assert "text: x, judgement: null}" in register
    assert call("frameworks", "upgrade", council, "--undo").exit_code == 0
    assert call("frameworks", "upgrade", council, "--undo").exit_code == 0
    assert load_workspace(council).config.edition == "2018"


@pytest.mark.parametrize(
    ("target", "error", "said"),
    [
        ("2017", FrameworkError, "no edition '2017'"),
        ("ofsted-jtai-front-door@2024-04", UsageError, "two families of inspection"),
        ("ofsted-area-send@2025-06", UsageError, "two families of inspection"),
    ],
)
def test_what_it_refuses(
    council: Path, target: str, error: type[SelfAssessError], said: str
) -> None:
    before = contents(council)
    found = failed("frameworks", "upgrade", council, "--to", target)
    assert isinstance(found, error)
    assert said in str(found)
    assert contents(council) == before


def test_an_earlier_edition_is_refused(council: Path) -> None:
    call("frameworks", "upgrade", council, "--to", "2023")
    found = failed("frameworks", "upgrade", council, "--to", "2018")
    assert "earlier edition" in str(found)
    assert "--undo" in str(found)


def test_faults_are_named_with_their_place_and_nothing_is_written(council: Path) -> None:
    page = council / "self-evaluation.yaml"
    page.write_text(EVALUATION.replace("'good'", "fine"), encoding="utf-8", newline="\n")
    before = contents(council)
    found = failed("frameworks", "upgrade", council, "--to", "2023")
    assert isinstance(found, EvidenceError)
    assert "self-evaluation.yaml:8:12" in str(found)
    assert contents(council) == before


@pytest.mark.parametrize("options", [(), ("--to", "2023", "--undo"), ("--undo", "--dry-run")])
def test_options_that_do_not_fit(council: Path, options: tuple[str, ...]) -> None:
    assert isinstance(failed("frameworks", "upgrade", council, *options), UsageError)


def test_diff_as_a_table_and_as_json() -> None:
    table = call("frameworks", "diff", "ofsted-ilacs@2018", "2023")
    assert table.exit_code == 0
    assert "node care-and-care-leavers -> care, care-leavers  (declared)" in table.output
    shown = call("frameworks", "diff", "ofsted-ilacs@2018", "ofsted-ilacs@2026-04", "--json")
    found = json.loads(shown.output)
    assert found["old"] == "ofsted-ilacs@2018"
    kinds = {(each["kind"], each["id"]): each["effect"] for each in found["changes"]}
    assert kinds["removed", "overall"] == "needs a person"
    assert kinds["split", "care-and-care-leavers"] == "needs a person"
    assert kinds["added", "LEAD-06"] == "compatible"
    same = call("frameworks", "diff", "ofsted-ilacs@2023", "2024-12")
    assert "No difference" in same.output


def test_diff_of_two_families_is_refused() -> None:
    found = failed("frameworks", "diff", "ofsted-ilacs@2018", "ofsted-jtai-front-door@2024-04")
    assert "two families" in str(found)


def test_an_edition_that_nobody_foresaw_needs_no_code(council: Path) -> None:
    """Loads, differs, takes the self-evaluation along, and assesses."""
    call("frameworks", "upgrade", council, "--to", "2026-04")
    shutil.copytree(DRAFT, council / "packs" / "draft")
    config = council / "selfassess.yaml"
    text = config.read_text(encoding="utf-8") + "packs: [packs/draft]\nas_at: 2026-09-30\n"
    config.write_text(text, encoding="utf-8", newline="\n")

    table = call("frameworks", "diff", "ofsted-ilacs@2026-04", "2027-draft", "--workspace", council)
    assert "node leaders -> leadership  (declared)" in table.output
    assert "node CIC-12 -> CIC-17, CIC-18  (declared)" in table.output
    assert "scale three-steps" in table.output

    done = call("frameworks", "upgrade", council, "--to", "2027-draft")
    assert done.exit_code == 0, done.output
    page = (council / "self-evaluation.yaml").read_text(encoding="utf-8")
    assert "  # Leaders\n  leadership:\n    grade: 'good'   # agreed in May\n" in page
    assert "judgement: leadership\n" in page
    register = (council / "evidence" / "register.yaml").read_text(encoding="utf-8")
    assert "judgement: leadership   # theirs" in register

    workspace = load_workspace(council)
    assert workspace.config.edition == "2027-draft"
    assessment = Toolkit.for_workspace(workspace, cache=False).assess(workspace).as_dict()
    judged = {each["id"]: each for each in assessment["judgements"]}
    assert judged["leadership"]["claim"] == "good"
    assert judged["childrens-influence"]["scale"]
    criteria = {each["id"] for judgement in judged.values() for each in judgement["criteria"]}
    assert {"CIC-17", "CIC-18", "INF-01"} <= criteria
    assert "CIC-12" not in criteria
    claims = load_claims(council)
    assert claims["CIC-17"]["so_what"] == claims["CIC-18"]["so_what"] == "Homes last."
    assert claims["HP-02"] == {"so_what": "Contacts are decided in a day."}
    assert "grade" in claims["childrens-influence"]


def test_settings_that_name_what_is_gone_are_told(council: Path) -> None:
    config = council / "selfassess.yaml"
    with config.open("a", encoding="utf-8", newline="\n") as file:
        file.write("owners:\n  leaders: A\n  overall: B\n  care-and-care-leavers: C\n")
    for options in (["--dry-run"], []):
        done = call("frameworks", "upgrade", council, "--to", "2026-04", *options)
        assert done.exit_code == 0, done.output
        assert "selfassess.yaml:7:3: 'overall' is no judgement or criterion of" in done.output
        assert "selfassess.yaml:8:3: 'care-and-care-leavers' is no judgement" in done.output
        assert "It goes on as 'care' and 'care-leavers'." in done.output
        assert "selfassess.yaml:6:3" not in done.output
    (council / "evidence" / "readings.csv").write_text(
        "measure,value,unit,source,to\ncaseloads.average,15,children,Dashboard,2026-03-31\n",
        encoding="utf-8",
    )
    checked = call("check", council)
    assert "Warning: selfassess.yaml:7:3: 'overall' is no judgement" in checked.stderr


def test_lines_are_those_of_the_file_that_its_reader_has(council: Path) -> None:
    """The upgrade puts a line 'edition' in: a dry run counts without it, the upgrade with it."""
    config = council / "selfassess.yaml"
    text = config.read_text(encoding="utf-8")
    (edition,) = [line for line in text.splitlines(True) if line.startswith("edition:")]
    text = text.replace(edition, "") + "owners:\n  overall: B\n"
    config.write_text(text, encoding="utf-8", newline="\n")
    line = text.splitlines().index("  overall: B") + 1
    dry = call("frameworks", "upgrade", council, "--to", "2026-04", "--dry-run").output
    assert f"selfassess.yaml:{line}:3: 'overall' is no judgement" in dry
    done = call("frameworks", "upgrade", council, "--to", "2026-04").output
    assert f"selfassess.yaml:{line + 1}:3: 'overall' is no judgement" in done
    assert config.read_text(encoding="utf-8").splitlines()[line] == "  overall: B"


def load_claims(folder: Path) -> dict[str, dict[str, object]]:
    from selfassess.loading.source import read

    return dict(read(folder / "self-evaluation.yaml").data["judgements"])


def test_a_byte_order_mark_stays(council: Path) -> None:
    mark = b"\xef\xbb\xbf"
    page = council / "self-evaluation.yaml"
    page.write_bytes(mark + EVALUATION.replace("\n", "\r\n").encode())
    before = page.read_bytes()
    assert call("frameworks", "upgrade", council, "--to", "2026-04").exit_code == 0
    after = page.read_bytes()
    assert after.startswith(mark + b"# Ours.\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")
    call("frameworks", "upgrade", council, "--undo")
    assert page.read_bytes() == before


def test_a_file_that_cannot_be_written_leaves_all_as_they_were(
    council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from selfassess.errors import ReportError
    from selfassess.workspace import rewriting

    before = contents(council)
    write = rewriting.replace_file

    def replace_file(path: Path, content: bytes) -> None:
        if path == council / "self-evaluation.yaml" and content != before[path.name]:
            raise ReportError(f"{path}: locked.")
        write(path, content)

    monkeypatch.setattr(rewriting, "replace_file", replace_file)
    assert "locked" in str(failed("frameworks", "upgrade", council, "--to", "2023"))
    assert contents(council) == before

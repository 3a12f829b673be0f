"""Claims, consistency checks and changes on the command line, in a council of a few figures."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from command_line import call

from selfassess.errors import ReportError, UsageError

ROOT = Path(__file__).parents[2]
CONFIG = """schema: selfassess/workspace@1
council: {{name: Testshire}}
framework: ofsted-ilacs
edition: "2026-04"
as_at: {as_at}
"""
REGISTER = """schema: selfassess/register@1
entries:
  - {id: E-1, topic: caseloads, direction: weakness, voice: staff, text: Too many., source: Survey,
     date: 2026-05-01}
  - {id: E-2, topic: caseloads, direction: weakness, voice: practice-audit, text: Rushed.,
     source: Audit, date: 2026-05-20}
"""
READINGS = """measure,value,unit,numerator,denominator,where,from,to,source,published
caseloads.maximum,41,children,,,,,{as_at},Dashboard,
timeliness.assessment-45wd,{rate},percent,{top},200,,2026-01-01,{as_at},Dashboard,
"""
CLAIMS = """schema: selfassess/self-evaluation@1
framework: ofsted-ilacs@2026-04

# Written with the whole team.
judgements:
  leaders:
    grade: good
    answers:
      what-do-you-know: >-
        We know from staff and from audits that most children have a worker with time for them.
      how-do-you-know: From a survey of staff, audits of practice and the caseloads that we count.
      what-will-you-do: >-
        We will share out the largest caseloads and look again in the autumn with staff.
    strengths:
      - {strength}   # the director's own words
    weaknesses:
      - text: Some workers hold too many children.
        evidence: [E-1]
    so_what: Children are listened to by somebody who has time.
    evidence: [E-1, E-2]
    author: Director
    date: 2026-06-01
    status: reviewed
{more}
plan:
  - {{id: A-1, title: Share out caseloads, owner: Head, due: 2026-12-01, why: [E-1],
     judgement: leaders, success_measures: [caseloads.maximum]}}
"""
OTHERS = "".join(
    f"""  {node}:
    answers:
      what-do-you-know: &a "We know from what children tell us and from audits how it is for them."
      how-do-you-know: *a
      what-will-you-do: *a
    so_what: They feel safe.
    evidence: [E-1, E-2]
    author: Assistant director
    date: 2026-06-01
""".replace("&a", f"&{node[0]}{len(node)}").replace("*a", f"*{node[0]}{len(node)}")
    for node in ("help-and-protection", "care", "care-leavers")
)


def written(folder: Path, strength: str = "Children know their worker.", **changes) -> Path:
    values = {"as_at": "2026-06-30", "rate": 80, "top": 160, "more": OTHERS} | changes
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("selfassess.yaml", CONFIG.format(as_at=values["as_at"])),
        ("evidence/register.yaml", REGISTER),
        ("evidence/readings.csv", READINGS.format(**values)),
        ("self-evaluation.yaml", CLAIMS.format(strength=strength, more=values["more"])),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_sound_self_evaluation_passes_the_pipeline(tmp_path) -> None:
    result = call("xray", written(tmp_path), "--strict")
    assert result.output == "Nothing found.\n"
    assert result.exit_code == 0


def test_a_contradiction_stops_it_with_place_reason_and_remedy(tmp_path) -> None:
    folder = written(tmp_path, "Caseloads are manageable.")
    result = call("xray", folder)
    assert result.exit_code == 16
    line = next(
        number
        for number, text in enumerate(
            (folder / "self-evaluation.yaml").read_text(encoding="utf-8").splitlines(), 1
        )
        if "manageable" in text
    )
    assert f"ERROR  self-evaluation.yaml:{line}:9  ‘Caseloads are manageable.’" in result.output
    assert "41 children" in result.output
    assert "    Why: " in result.output
    assert "    Mend: " in result.output
    (found,) = json.loads(call("xray", folder, "--json").output)
    assert found["rule"] == "words-against-reading"
    waiver = (
        f"xray_waivers:\n  - {{finding: {found['id']}, who: Head, why: Drawn on a strike day, "
        "until: 2026-06-30}\n"
    )
    with (folder / "selfassess.yaml").open("a", encoding="utf-8") as file:
        file.write(waiver)
    waived = call("xray", folder, "--strict")
    assert waived.exit_code == 0
    assert "WAIVED" in waived.output
    assert "1 waived" in waived.output
    text = (folder / "selfassess.yaml").read_text(encoding="utf-8")
    (folder / "selfassess.yaml").write_text(
        text.replace("until: 2026-06-30", "until: 2026-06-29"), encoding="utf-8"
    )
    late = call("xray", folder)
    assert late.exit_code == 16
    assert "REMARK  selfassess.yaml:7:5  The waiver of" in late.output


def test_warnings_stop_only_a_strict_pipeline(tmp_path) -> None:
    folder = written(tmp_path, "We have launched a practice model.")
    assert call("xray", folder).exit_code == 0
    assert call("xray", folder, "--strict").exit_code == 16


def test_checks_and_changes_reach_the_data_and_the_page(tmp_path) -> None:
    folder = written(tmp_path, "Caseloads are manageable.", as_at="2026-03-31")
    assert call("run", folder, "--format", "json", "--keep").exit_code == 0
    first = json.loads((folder / "out/assessment.json").read_text(encoding="utf-8"))
    assert first["changes"] is None
    written(tmp_path, "Caseloads are manageable.", rate=60, top=120)
    assert call("run", folder, "--format", "html").exit_code == 0
    found = json.loads((folder / "out/assessment.json").read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "selfassess/assessment.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)
    assert found["xray"][0]["where"] == "judgements.leaders.strengths[0]"
    assert found["changes"]["file"] == "history/2026-03-31.json"
    (moved,) = [e for e in found["changes"]["readings"]["moved"] if e["unit"] == "percent"]
    assert (moved["old"], moved["new"], moved["beyond_chance"]) == (80, 60, True)
    page = (folder / "out/report.html").read_text(encoding="utf-8")
    for words in ("Consistency checks", "What changed since 31 March 2026", "found 1 point"):
        assert words in page
    again = call("xray", folder / "out/assessment.json", "--json")
    assert json.loads(again.output) == found["xray"]
    assert again.exit_code == 16


def test_a_named_earlier_assessment_comes_before_the_latest_kept(tmp_path) -> None:
    folder = written(tmp_path / "a", as_at="2026-03-31")
    call("run", folder, "--format", "json")
    earlier = tmp_path / "earlier.json"
    (folder / "out/assessment.json").rename(earlier)
    written(folder)
    assert call("run", folder, "--format", "json", "--since", earlier).exit_code == 0
    found = json.loads((folder / "out/assessment.json").read_text(encoding="utf-8"))
    assert found["changes"]["file"] == "earlier.json"
    result = call("run", folder, "--format", "json", "--since", tmp_path / "none.json")
    assert isinstance(result.exception, ReportError)
    other = json.loads(earlier.read_text(encoding="utf-8"))
    other["council"]["name"] = "Otherton"
    earlier.write_text(json.dumps(other), encoding="utf-8")
    result = call("run", folder, "--format", "json", "--since", earlier)
    assert isinstance(result.exception, UsageError)
    assert "earlier.json: The two speak of different councils" in str(result.exception)


def test_compare(tmp_path) -> None:
    folder = written(tmp_path, as_at="2026-03-31")
    call("run", folder, "--format", "json", "--keep")
    old = folder / "history/2026-03-31.json"
    assert call("compare", old, old).output == "Nothing changed.\n"
    written(tmp_path, rate=60, top=120)
    call("run", folder, "--format", "json")
    new = folder / "out/assessment.json"
    result = call("compare", old, new)
    assert result.exit_code == 0
    assert "80 to 60%, worse" in result.output
    assert "More than chance" in result.output
    data = json.loads(call("compare", old, new, "--json").output)
    kept = json.loads(new.read_text(encoding="utf-8"))["changes"]
    assert {"file": "history/2026-03-31.json", **data} == kept
    page = tmp_path / "since"
    assert call("compare", old, new, "--format", "html", "--out", page).exit_code == 0
    text = (page / "report.html").read_text(encoding="utf-8")
    assert "What changed since 31 March 2026" in text
    for wrong in (["--out", page], [], ["--out", tmp_path / "b", "--format", "docx"]):
        result = call("compare", old, new, "--format", "html", *wrong)
        assert isinstance(result.exception, UsageError)
    for one, other in ((new, old), (folder / "selfassess.yaml", new), (tmp_path / "no", new)):
        assert isinstance(call("compare", one, other).exception, (UsageError, ReportError))


def test_compare_across_editions_states_the_overlap(tmp_path) -> None:
    folder = written(tmp_path, as_at="2026-03-31")
    for name in ("selfassess.yaml", "self-evaluation.yaml"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace("2026-04", "2024-12"), "utf-8")
    assert call("run", folder, "--format", "json", "--keep").exit_code == 0
    written(tmp_path)
    assert call("run", folder, "--format", "json").exit_code == 0
    found = json.loads((folder / "out/assessment.json").read_text(encoding="utf-8"))["changes"]
    overlap = found["overlap"]
    assert not overlap["same_edition"]
    assert 0 < overlap["comparable"] <= overlap["total"]
    assert f"{overlap['comparable']} of {overlap['total']} criteria" in overlap["text"]
    assert not found["nothing"]


def test_claims_sync_and_check(tmp_path) -> None:
    folder = written(tmp_path, more="")
    path = folder / "self-evaluation.yaml"
    before = path.read_bytes()
    check = call("claims", "sync", folder, "--check")
    assert check.exit_code == 16
    assert "+  #: care:  # The experiences" in check.output
    assert path.read_bytes() == before
    assert call("claims", "sync", folder).exit_code == 0
    after = path.read_text(encoding="utf-8")
    assert "    #: #   caseloads.maximum (" in after
    kept = [line for line in after.splitlines() if not line.lstrip().startswith("#:")]
    assert kept == before.decode().splitlines()
    again = call("claims", "sync", folder, "--check")
    assert again.exit_code == 0
    assert "in step" in again.output
    assert call("xray", folder).exit_code == 16  # the three others say nothing yet
    assert call("claims", "sync", folder, "--clear").exit_code == 0
    assert path.read_bytes() == before


def test_claims_sync_tells_of_references_that_vanished(tmp_path) -> None:
    folder = written(tmp_path)
    register = folder / "evidence/register.yaml"
    register.write_text(REGISTER.replace("id: E-2", "id: E-3"), encoding="utf-8")
    result = call("claims", "sync", folder)
    assert "'E-2' is not in the evidence any more. Did you mean" in result.output
    text = (folder / "self-evaluation.yaml").read_text(encoding="utf-8")
    assert "    #: # 'E-2' is not in the evidence any more." in text


def test_claims_list_and_show(tmp_path) -> None:
    folder = written(tmp_path)
    rows = json.loads(call("claims", "list", folder, "--json").output)
    assert [row["node"] for row in rows] == [
        "leaders",
        "help-and-protection",
        "care",
        "care-leavers",
    ]
    assert (rows[0]["answered"], rows[0]["evidence"], rows[0]["status"]) == (3, 2, "reviewed")
    assert "Director" in call("claims", "list", folder).output
    shown = call("claims", "show", "leaders", folder)
    assert "- Some workers hold too many children. [E-1]" in shown.output
    data = json.loads(call("claims", "show", "leaders", folder, "--json").output)
    assert data["claim"]["weakness_items"][0]["evidence"] == ["E-1"]
    assert "Nothing is said of it." in call("claims", "show", "LEAD-01", folder).output
    wrong = call("claims", "show", "leader", folder)
    assert isinstance(wrong.exception, UsageError)
    assert "leaders" in str(wrong.exception.hint)


def test_claims_to_word_and_back(tmp_path) -> None:
    from docx import Document

    folder = written(tmp_path)
    path = folder / "self-evaluation.yaml"
    before = path.read_bytes()
    form = tmp_path / "form.docx"
    assert call("claims", "export", folder, "--docx", form, "--only", "leaders").exit_code == 0
    assert call("claims", "import", form, folder).exit_code == 0
    assert path.read_bytes() == before
    document = Document(str(form))
    for text in document.element.body.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    ):
        if text.text == "Children know their worker.":
            text.text = "Children trust their worker."
    document.add_paragraph("Loose words.")
    document.save(str(form))
    dry = call("claims", "import", form, folder, "--dry-run")
    assert dry.exit_code == 16
    assert "+      - Children trust their worker.   # the director's own words" in dry.output
    assert "NOT PLACED  outside every box: ‘Loose words.’" in dry.output
    assert path.read_bytes() == before
    assert call("claims", "import", form, folder).exit_code == 16
    assert path.read_bytes() == before.replace(b"know their worker", b"trust their worker")
    wrong = call("claims", "export", folder, "--docx", form, "--only", "leader")
    assert isinstance(wrong.exception, UsageError)


@pytest.mark.parametrize("words", ["16 an error that nobody waived", "--strict", "xray_waivers"])
def test_the_exit_code_is_documented(words) -> None:
    text = " ".join(call("xray", "--help").output.split())
    assert words in text

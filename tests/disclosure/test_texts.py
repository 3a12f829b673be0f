"""The check of texts: what it finds, what it leaves alone, and what is done with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from test_rules import texts

from selfassess.cli import cli
from selfassess.disclosure import Known, check_texts, disclose
from selfassess.errors import ReportError

KNOWN = Known(
    names=frozenset({"Zelda Abernook"}),
    numbers=frozenset({"C0117", "12"}),
    born=frozenset({dt.date(2025, 11, 3)}),
)


def kinds(text: str) -> set[str]:
    own = texts(public=True, so_what=text)
    return {hit.kind for hit in check_texts(disclose(own, "public"), KNOWN)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Zelda Abernook saw them.", "name in the evidence"),
        ("ABERNOOK, ZELDA", "name in the evidence"),
        ("As Abernook says", "surname in the evidence"),
        ("Mrs Okonkwo wrote to us.", "name"),
        ("We told Jayden's school.", "name"),
        ("J.S. moved home.", "initials"),
        ("Child AB was seen.", "initials"),
        ("child B was seen", "initials"),
        ("JS was seen.", "initials"),
        ("born on 3 May 2026", "date of birth"),
        ("seen on 03/11/2025", "date of birth"),
        ("since 12/04/2014", "date that could be one of birth"),
        ("NHS 943 476 5919", "NHS number"),
        ("case 2034511", "case number"),
        ("LCS-20345", "case number"),
        ("case C0117", "number in the evidence"),
        ("at AB12 3CD", "postcode"),
        ("ask a.b@example.org", "e-mail address"),
        ("QQ 12 34 56 C", "National Insurance number"),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Of 12 children on CP plans, 9 were seen; the GP and the LA agreed on 14 September 2026.",
        "Ofsted's visit of February 2026 found 1,204 contacts, 73.4% decided in a day.",
        "Safeguarding West, Q2 2026-27: visits in time rose from 61 to 84 per cent.",
        "943 476 5918 is no NHS number, but 0 of 10.",
    ],
)
def test_plain_sentences_are_left_alone(text: str) -> None:
    found = kinds(text)
    assert not found - {"telephone number"}


def test_a_place_names_no_one() -> None:
    own = texts()
    own["register"][0]["id"] = "Zelda Abernook"
    (hit, *_) = check_texts(disclose(own, "public"), KNOWN)
    assert "Abernook" not in hit.place
    assert "Abernook" in hit.text


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    kinds(text)


def test_a_long_text_takes_no_time() -> None:
    kinds("child A.B.C. 12/03/2014 born 0 " * 20_000)


@pytest.fixture
def council(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "selfassess.yaml").write_text(
        "schema: selfassess/workspace@1\ncouncil: {name: Exampleshire}\n"
        "framework: ofsted-ilacs\nas_at: 2026-09-30\n",
        encoding="utf-8",
    )
    (tmp_path / "evidence" / "register.yaml").write_text(
        "schema: selfassess/register@1\nentries:\n"
        "  - {id: E-1, topic: plans, direction: weakness, voice: family, public: true,\n"
        "     date: 2026-09-01, text: Jayden said that nobody came.}\n",
        encoding="utf-8",
    )
    return tmp_path


def test_nothing_is_written_before_somebody_has_looked(council: Path) -> None:
    run = ["run", str(council), "--audience", "public", "--format", "json"]
    result = CliRunner().invoke(cli, run)
    assert isinstance(result.exception, ReportError)
    assert "register.yaml, entry 1, text: name" in result.output
    assert "Jayden" not in result.output + str(result.exception)
    assert not (council / "out" / "public").exists()
    assert not (council / "published").exists()
    result = CliRunner().invoke(cli, [*run, "--confirm-text"])
    assert result.exit_code == 0, result.output
    assert (council / "out" / "public" / "assessment.json").is_file()
    assert not (council / "out" / "assessment.json").exists()
    assert len(list((council / "published" / "public").iterdir())) == 1


def test_render_makes_the_same_copy(council: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(cli, ["run", str(council), "--format", "json"]).exit_code == 0
    run = ["run", str(council), "--audience", "partner", "--format", "json", "--confirm-text"]
    assert runner.invoke(cli, run).exit_code == 0
    path = council / "out" / "partner" / "assessment.json"
    made = path.read_bytes()
    path.unlink()
    own = str(council / "out" / "assessment.json")
    result = runner.invoke(
        cli, ["render", own, "--audience", "partner", "--format", "html", "--confirm-text"]
    )
    assert result.exit_code == 0, result.output
    assert path.read_bytes() == made
    assert "For partners" in (council / "out" / "partner" / "report.html").read_text("utf-8")


@pytest.mark.parametrize("more", [["--format", "xlsx"], ["--keep"]])
def test_what_is_the_councils_alone_is_refused(council: Path, more: list[str]) -> None:
    result = CliRunner().invoke(cli, ["run", str(council), "--audience", "public", *more])
    assert result.exit_code != 0
    assert not (council / "out").exists()


def test_a_record_that_cannot_be_read_stops_the_run(council: Path) -> None:
    (council / "published" / "public").mkdir(parents=True)
    (council / "published" / "public" / "2026-06-30-0.json").write_text("{", encoding="utf-8")
    run = ["run", str(council), "--audience", "public", "--format", "json", "--confirm-text"]
    result = CliRunner().invoke(cli, run)
    assert isinstance(result.exception, ReportError)
    assert "record of what was published" in str(result.exception)

"""What is asked for and when, what is missing and whose it is, and the folder of the day."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest

from selfassess.errors import EvidenceError
from selfassess.model.common import Source
from selfassess.model.framework import Framework, Node
from selfassess.model.framework_inspection import Due, EvidenceRequest, Inspection
from selfassess.model.workspace import RequestEntry
from selfassess.ready import gaps_by_owner, requests, stale, write_folder
from selfassess.ready.gaps import Gap
from selfassess.snapshots import Snapshot

CALL = dt.date(2026, 4, 1)  # a Wednesday; Good Friday is the 3rd, Easter Monday the 6th


def framework() -> Framework:
    def ask(key: str, days: int, **more: Any) -> EvidenceRequest:
        due = Due(after="notice", working_days=days)
        kind = "list" if more.get("tables") else "document"
        return EvidenceRequest(id=key, title=key.title(), kind=kind, due=due, **more)

    criterion = Node(id="c1", title="Seen in time", kind="criterion", measures=("m.seen",))
    judgement = Node(id="j1", title="Protection", kind="judgement", nodes=(criterion,))
    other = Node(id="j2", title="Leaders", kind="judgement", measures=("m.load",))
    return Framework(
        id="f",
        edition="1",
        title="F",
        kind="narrative",
        status="draft",
        subject="A council",
        source=Source(title="S"),
        nodes=(judgement, other),
        inspection=Inspection(
            evidence_requests=(
                ask("policy", 3, provenance="unverified"),
                ask("lists", 2, tables=("cp", "cin")),
                ask("audits", 2, tables=("audits",)),
                EvidenceRequest(id="survey", title="Survey", kind="survey"),
            )
        ),
    )


ASSESSMENT: dict[str, Any] = {
    "council": {"name": "Northbourne"},
    "as_at": "2026-03-31",
    "framework": {"id": "f", "edition": "1", "title": "F"},
    "inputs": [
        {
            "path": "evidence/a.xlsx",
            "extract_date": "2026-02-27",
            "sheets": [{"table": "cp", "rows_used": 40}, {"table": None, "rows_used": 9}],
        },
        {"path": "evidence/b.csv", "extract_date": "2026-03-31", "sheets": []},
    ],
    "gaps": [{"what": "Seen", "measure": "m.seen", "why": "no list 7", "remedy": "Supply it."}],
    "judgements": [
        {
            "id": "j1",
            "title": "Protection",
            "claim_detail": {"author": "A. Head", "date": "2025-09-30"},
            "criteria": [{"id": "c1", "missing": ["A child says so"]}],
        },
        {"id": "j2", "title": "Leaders", "claim_detail": None, "criteria": []},
    ],
    "xray": [
        {"node": "j2", "text": "No answer", "mend": "Answer it.", "waived": None},
        {"node": "j2", "text": "Waived one", "mend": "", "waived": {"who": "x"}},
    ],
    "plan": [
        {"id": "A1", "title": "Late", "owner": "B. Lead", "due": "2026-03-30", "status": "agreed"},
        {"id": "A2", "title": "Done", "owner": "B. Lead", "due": "2026-01-01", "status": "closed"},
        {"id": "A3", "title": "Later", "owner": "", "due": "2026-03-31", "status": "agreed"},
    ],
    "readings": [
        {"title": "Old list", "status": "stale", "where": {}, "reason": "drawn in May"},
        {"title": "A part", "status": "stale", "where": {"team": "n"}},
    ],
    "register": [{"id": "R1", "date": "2025-03-31"}, {"id": "R2", "date": "2025-04-01"}],
}


def test_requests_fall_due_in_working_days_without_holidays() -> None:
    found = {request.id: request for request in requests(framework(), CALL, ASSESSMENT)}
    # Day 1 is Thursday the 2nd; Friday to Monday are holidays and a weekend; day 2 is Tuesday.
    assert found["lists"].due == dt.date(2026, 4, 7)
    assert found["policy"].due == dt.date(2026, 4, 8)
    assert found["survey"].due is None
    assert [r.id for r in requests(framework(), CALL, ASSESSMENT)][-2:] == ["policy", "survey"]
    assert found["policy"].unverified


def test_lists_are_seen_in_the_evidence() -> None:
    found = {request.id: request for request in requests(framework(), CALL, ASSESSMENT)}
    assert (found["lists"].state, found["lists"].note) == (
        "partly there",
        "40 rows in the evidence; no cin",
    )
    assert (found["audits"].state, found["audits"].owner) == ("missing", "nobody named")
    whole = {**ASSESSMENT, "inputs": [{"sheets": [{"table": t, "rows_used": 1} for t in _TABLES]}]}
    states = {r.id: r.state for r in requests(framework(), CALL, whole)}
    assert states["lists"] == states["audits"] == "there"


_TABLES = ("cp", "cin", "audits")


def test_files_are_looked_for_where_the_workspace_says(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "policy.pdf").write_bytes(b"x")
    entries = [
        RequestEntry(id="policy", owner="C. Clerk", path="docs/policy.pdf", note="signed."),
        RequestEntry(id="survey", path="docs/none.pdf"),
        RequestEntry(id="audits", path="the shared drive of the audit team"),
    ]
    found = {r.id: r for r in requests(framework(), CALL, ASSESSMENT, entries, tmp_path)}
    assert (found["policy"].state, found["policy"].owner) == ("there", "C. Clerk")
    assert found["policy"].note == "docs/policy.pdf. signed"
    assert (found["survey"].state, found["survey"].note) == (
        "missing",
        "docs/none.pdf is not there",
    )
    assert found["audits"].state == "elsewhere"


def test_unknown_request_names_the_nearest() -> None:
    with pytest.raises(EvidenceError, match=r"(?s)'polcy'.*Did you mean 'policy'\?"):
        requests(framework(), CALL, ASSESSMENT, [RequestEntry(id="polcy")])


def test_gaps_go_to_those_who_answer_and_nobody_comes_last() -> None:
    found = gaps_by_owner(ASSESSMENT, framework(), {})
    assert [(gap.owner, gap.what.split(":")[0]) for gap in found] == [
        ("A. Head", "Seen"),
        ("A. Head", "No evidence"),
        ("B. Lead", "Action A1 was due on 2026-03-30"),
        ("nobody named", "No answer"),
    ]


def test_a_named_owner_goes_before_the_author_of_the_claim() -> None:
    found = gaps_by_owner(ASSESSMENT, framework(), {"c1": "D. Deputy", "j2": "E. Chief"})
    assert {gap.owner for gap in found} == {"D. Deputy", "E. Chief", "B. Lead"}
    above = gaps_by_owner(ASSESSMENT, framework(), {"j1": "F. Over"})
    assert {gap.where for gap in above if gap.owner == "F. Over"} == {"Seen in time"}


def test_what_is_old_on_the_day_of_the_call() -> None:
    assert stale(ASSESSMENT, CALL) == (
        ("evidence/a.xlsx", "drawn 27 February 2026, 33 days before the call"),
        ("Old list", "drawn in May"),
        ("Register entry R1", "of 31 March 2025, 366 days before the call"),
    )
    assert ("Claim on Protection", "written 30 September 2025, 184 days before the call") in stale(
        ASSESSMENT, CALL + dt.timedelta(days=1)
    )


def test_figures_of_a_day_long_before_the_call_are_old() -> None:
    told = "as at 31 March 2026, 32 days before the call"
    assert ("Every figure of the lists", told) in stale(ASSESSMENT, CALL + dt.timedelta(days=31))
    titles = [title for title, _ in stale(ASSESSMENT, CALL + dt.timedelta(days=30))]
    assert "Every figure of the lists" not in titles


def snapshot(folder: Path) -> Snapshot:
    return Snapshot(folder, "N", "2026-03-31", "internal", "f@1", "m", "s", {}, True)


def test_folder_is_whole_and_a_second_gets_a_number(tmp_path: Path) -> None:
    import docx
    import openpyxl

    out = tmp_path / "out"
    out.mkdir()
    (out / "overview.pdf").write_bytes(b"%PDF")
    (out / "rows.csv").write_bytes(b"child")
    asked = requests(framework(), CALL, ASSESSMENT)
    gaps = (Gap("A. Head", "Protection", "=HYPERLINK(1)", "Do it."),)

    def write() -> Path:
        return write_folder(
            tmp_path,
            out,
            call=CALL,
            assessment=ASSESSMENT,
            snapshot=snapshot(tmp_path / "snapshots" / "an-id"),
            asked=asked,
            gaps=gaps,
            old=stale(ASSESSMENT, CALL),
            log=["One line."],
        )

    folder = write()
    assert folder.name == "2026-04-01"
    assert sorted(path.name for path in folder.iterdir()) == [
        "log.txt",
        "overview.pdf",
        "readiness.docx",
        "readiness.xlsx",
    ]
    document = docx.Document(io.BytesIO((folder / "readiness.docx").read_bytes()))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 2"] == ["A. Head"]
    assert document.tables[0].rows[1].cells[1].text == "Lists"
    book = openpyxl.load_workbook(folder / "readiness.xlsx")
    assert book.sheetnames == ["Requests", "Gaps by owner", "Out of date"]
    cell = book["Gaps by owner"]["C2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    again = write()
    assert again.name == "2026-04-01-2"
    assert (again / "readiness.docx").read_bytes() == (folder / "readiness.docx").read_bytes()

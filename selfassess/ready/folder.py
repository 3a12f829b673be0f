"""Puts together the folder of the day of the call: whole, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from selfassess.ready.gaps import Gap
from selfassess.ready.pages import readiness_blocks
from selfassess.ready.requests import Request
from selfassess.report.office.excel import Column, plain_workbook
from selfassess.report.office.word import word
from selfassess.report.words import date_words
from selfassess.snapshots import Snapshot
from selfassess.writing.files import free_path
from selfassess.writing.files import write_folder as whole_folder

__all__ = ["write_folder"]

_TAKEN = ("overview.pdf", "report.pdf", "report.html", "evidence.xlsx", "sample.csv", "sample.xlsx")


def write_folder(
    root: Path,
    out: Path,
    *,
    call: dt.date,
    assessment: Mapping[str, Any],
    snapshot: Snapshot,
    asked: Sequence[Request],
    gaps: Sequence[Gap],
    old: Sequence[tuple[str, str]],
    log: Sequence[str],
) -> Path:
    """Write ``ready/<day of the call>/``; a second one of the same day gets a number.

    Args:
        root: the workspace.
        out: where the run's outputs lie; those for leaders and the sample are copied.
        call: the day of the call.
        assessment: the content of the run's assessment.json.
        snapshot: what was sealed of it.
        asked: what inspectors will ask for.
        gaps: what is missing, by owner.
        old: what is out of date.
        log: what was done, a line each; no text of the evidence.

    Returns:
        The folder.

    Raises:
        ReportError: it cannot be written.
    """
    folder = free_path(root / "ready" / call.isoformat())
    blocks = readiness_blocks(call, assessment, snapshot, asked, gaps, old)
    council = str((assessment.get("council") or {}).get("name") or "")
    title = f"Readiness on {date_words(call)}"
    taken = {name: out / name for name in _TAKEN if (out / name).is_file()}
    whole_folder(
        folder,
        {
            **{name: path.read_bytes() for name, path in taken.items()},
            "readiness.docx": word(blocks, title=title, author=council, as_at=call),
            "readiness.xlsx": _workbook(title, council, call, asked, gaps, old),
            "log.txt": "".join(f"{line}\n" for line in log).encode("utf-8"),
        },
    )
    return folder


def _workbook(
    title: str,
    council: str,
    call: dt.date,
    asked: Sequence[Request],
    gaps: Sequence[Gap],
    old: Sequence[tuple[str, str]],
) -> bytes:
    """The same as lists to work through: filters, and a column to tick."""
    due = (
        Column("Due", 12),
        Column("What is asked for", 50),
        Column("Kind", 10),
        Column("Owner", 24),
        Column("State", 13),
        Column("Note", 50),
        Column("Sent on", 12),
    )
    wanting = (
        Column("Owner", 24),
        Column("Where", 40),
        Column("What is missing", 70),
        Column("What to do", 60),
        Column("Done on", 12),
    )
    return plain_workbook(
        title,
        council,
        call,
        (
            ("Requests", due, [[r.due, r.title, r.kind, r.owner, r.state, r.note] for r in asked]),
            ("Gaps by owner", wanting, [[g.owner, g.where, g.what, g.remedy] for g in gaps]),
            ("Out of date", (Column("What", 60), Column("How old", 60)), [list(o) for o in old]),
        ),
    )

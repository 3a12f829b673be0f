"""What inspectors will ask for, by when, and whether the workspace has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from selfassess.errors import EvidenceError, nearest
from selfassess.evidence.calendar import is_working_day
from selfassess.judging.clocks import due_on
from selfassess.model.framework import Framework
from selfassess.model.framework_inspection import EvidenceRequest
from selfassess.model.workspace import RequestEntry

__all__ = ["NOBODY", "Request", "requests"]

NOBODY = "nobody named"
State = Literal["there", "partly there", "elsewhere", "missing"]


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that is asked for.

    Attributes:
        due: None where the framework does not say when.
        note: what is there or what is not, in words.
        unverified: whether what is asked, or when, could not be read in the framework itself.
    """

    id: str
    title: str
    kind: str
    due: dt.date | None
    owner: str
    state: State
    note: str
    unverified: bool


def requests(
    framework: Framework,
    call: dt.date,
    assessment: Mapping[str, Any],
    entries: Iterable[RequestEntry] = (),
    root: Path | None = None,
    working_day: Callable[[dt.date], bool] = is_working_day,
) -> tuple[Request, ...]:
    """Everything that the framework says is asked for, what is due first at the top.

    Args:
        framework: the workspace's.
        call: the day of the call.
        assessment: the content of an assessment.json; its inputs say which lists are there.
        entries: who brings what, as the workspace says.
        root: the workspace, to see whether the files named are there.
        working_day: whether a day counts.

    Raises:
        EvidenceError: an entry names no request of the framework.
    """
    asked = framework.inspection.evidence_requests if framework.inspection else ()
    named = {entry.id: entry for entry in entries}
    known = [request.id for request in asked]
    for name in named:
        if name not in known:
            raise EvidenceError(
                f"selfassess.yaml: requests names '{name}', which {framework.reference} does not "
                "ask for.",
                hint=nearest(name, known) or "`selfassess frameworks show` lists what is asked.",
            )
    sheets = _sheets(assessment)
    found = []
    for request in asked:
        entry = named.get(request.id) or RequestEntry(id=request.id)
        state, note = _state(request, entry, sheets, root)
        found.append(
            Request(
                id=request.id,
                title=request.title,
                kind=request.kind,
                due=_due(request, call, working_day),
                owner=entry.owner or NOBODY,
                state=state,
                note=". ".join(part for part in (note, entry.note.rstrip(".")) if part),
                unverified=request.provenance == "unverified",
            )
        )
    return tuple(sorted(found, key=lambda each: each.due or dt.date.max))


def _due(
    request: EvidenceRequest, call: dt.date, working_day: Callable[[dt.date], bool]
) -> dt.date | None:
    if request.due is None or request.due.after != "notice":
        return None
    return due_on(request.due, call, working_day)


def _sheets(assessment: Mapping[str, Any]) -> dict[str, int]:
    """Rows used of each table that the evidence holds."""
    found: dict[str, int] = {}
    for item in assessment.get("inputs") or ():
        for sheet in item.get("sheets") or ():
            if sheet.get("table"):
                table = str(sheet["table"])
                found[table] = found.get(table, 0) + int(sheet.get("rows_used") or 0)
    return found


def _state(
    request: EvidenceRequest, entry: RequestEntry, sheets: Mapping[str, int], root: Path | None
) -> tuple[State, str]:
    if entry.path:
        if root is not None and (root / entry.path).exists():
            return "there", entry.path
        looks_like_file = "." in entry.path.rsplit("/", 1)[-1] and " " not in entry.path
        if looks_like_file:
            return "missing", f"{entry.path} is not there"
        return "elsewhere", entry.path
    if request.tables:
        present = [table for table in request.tables if table in sheets]
        rows = sum(sheets[table] for table in present)
        if len(present) == len(request.tables):
            return "there", f"{rows:,} rows in the evidence"
        if present:
            lacking = ", ".join(t for t in request.tables if t not in sheets)
            return "partly there", f"{rows:,} rows in the evidence; no {lacking}"
        return "missing", "not in the evidence"
    return "missing", "no file is named for it in selfassess.yaml"

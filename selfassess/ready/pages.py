"""The readiness sheet as blocks of a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from selfassess.ready.gaps import Gap
from selfassess.ready.requests import Request
from selfassess.report.office.blocks import (
    Block,
    Cell,
    Heading,
    Paragraph,
    Row,
    Run,
    Table,
)
from selfassess.report.words import date_words
from selfassess.snapshots import Snapshot

__all__ = ["readiness_blocks"]


def readiness_blocks(
    call: dt.date,
    assessment: Mapping[str, Any],
    snapshot: Snapshot,
    asked: Sequence[Request],
    gaps: Sequence[Gap],
    old: Sequence[tuple[str, str]],
) -> tuple[Block, ...]:
    """The sheet: what is due when, what is missing and whose it is, what is out of date."""
    return tuple(_blocks(call, assessment, snapshot, asked, gaps, old))


def _blocks(
    call: dt.date,
    assessment: Mapping[str, Any],
    snapshot: Snapshot,
    asked: Sequence[Request],
    gaps: Sequence[Gap],
    old: Sequence[tuple[str, str]],
) -> Iterator[Block]:
    council = str((assessment.get("council") or {}).get("name") or "")
    framework = assessment.get("framework") or {}
    yield _text("The call has come", "kind")
    yield Heading(1, (Run(council),))
    yield _text(
        f"Call on {date_words(call)}. {framework.get('title')}, {framework.get('edition')}."
    )
    as_at = dt.date.fromisoformat(str(assessment["as_at"]))
    yield _text(
        f"The evidence stands as at {date_words(as_at)}. It is sealed as snapshot {snapshot.id}; "
        f"selfassess snapshot verify {snapshot.id} says whether a byte has changed."
    )
    missing = [r for r in asked if r.state in ("missing", "partly there")]
    yield _text(
        f"{len(asked)} things will be asked for; {len(missing)} of them are not there yet. "
        f"{len(gaps)} gaps are listed below, {len({gap.owner for gap in gaps})} people or roles "
        "answer for them."
        if asked
        else "The framework does not say what inspectors ask for. "
        f"{len(gaps)} gaps are listed below."
    )
    if asked:
        yield Heading(2, (Run("What will be asked for, and when"),))
        if any(request.unverified for request in asked):
            yield _text(
                "What is asked, or when, could not be read in the framework itself: go by the "
                "inspectors' own list, and correct the dates by it."
            )
        yield _table(
            "Requests",
            ("Due", "What", "Owner", "State", "Note"),
            (14, 32, 16, 12, 26),
            [
                (date_words(r.due) if r.due else "not said", r.title, r.owner, r.state, r.note)
                for r in asked
            ],
        )
    if gaps:
        yield Heading(2, (Run("What is missing, by who answers for it"),))
        for owner, group in groupby(gaps, key=lambda gap: gap.owner):
            yield Heading(3, (Run(owner[:1].upper() + owner[1:]),))
            yield _table(
                f"For {owner}",
                ("Where", "What is missing", "What to do"),
                (26, 42, 32),
                [(gap.where, gap.what, gap.remedy) for gap in group],
            )
    if old:
        yield Heading(2, (Run("What is out of date"),))
        yield _table("Out of date", ("What", "How old"), (55, 45), old)


def _table(
    caption: str, head: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]
) -> Table:
    def cells(texts: Sequence[str], header: bool) -> Row:
        return Row(tuple(Cell((_text(text),), header=header) for text in texts))

    return Table(
        caption, (cells(head, True),), tuple(cells(row, False) for row in rows), tuple(widths)
    )


def _text(text: str, kind: str = "") -> Paragraph:
    return Paragraph((Run(text),), kind)

"""The evidence as an Excel workbook: a sheet a judgement, every reading with its source.

Nothing in it is a formula: texts are written as texts, whatever they begin with.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from typing import Any

from selfassess.report.manifest import manifest_hash
from selfassess.report.office.excel import SheetWriter, open_workbook
from selfassess.report.office.sheets import COLUMNS, readings_of, sheets_of

__all__ = ["workbook"]


def workbook(assessment: Mapping[str, Any]) -> bytes:
    """A .xlsx of an assessment; the same assessment gives the same bytes.

    Args:
        assessment: the content of an assessment.json.
    """
    stream = io.BytesIO()
    council = str((assessment.get("council") or {}).get("name") or "")
    day = dt.date.fromisoformat(str(assessment["as_at"]))
    book = open_workbook(stream, "Evidence for the self-evaluation", council, day)
    writer = SheetWriter(book)
    parts = list(_judgements(assessment))
    others = [name for name, _, _ in sheets_of(assessment)]
    writer.front(_front(assessment), [*(title for title, _ in parts), *others])
    for title, rows in parts:
        writer.table(title, COLUMNS, rows)
    for name, columns, rows in sheets_of(assessment):
        writer.table(name, columns, rows)
    book.close()
    return stream.getvalue()


def _judgements(assessment: Mapping[str, Any]) -> Iterator[tuple[str, list[list[Any]]]]:
    """Each judgement's title and its rows, then what no judgement rests on."""
    used: set[str] = set()
    for judgement in assessment.get("judgements") or ():
        rows = []
        for criterion in judgement.get("criteria") or ():
            ids = [str(key) for key in criterion.get("signals") or ()]
            used.update(ids)
            rows += readings_of(assessment, ids, criterion)
        yield str(judgement.get("title") or judgement["id"]), rows
    rest = [str(r["id"]) for r in assessment.get("readings") or () if str(r["id"]) not in used]
    yield "Other readings", readings_of(assessment, rest, {})


def _front(assessment: Mapping[str, Any]) -> list[tuple[str, str]]:
    framework = assessment.get("framework") or {}
    return [
        ("Council", str((assessment.get("council") or {}).get("name") or "")),
        ("Framework", f"{framework.get('title')}, edition {framework.get('edition')}"),
        ("As at", str(assessment.get("as_at"))),
        ("Audience", str(assessment.get("audience"))),
        ("Manifest (SHA-256)", manifest_hash(assessment)),
        (
            "Reading it",
            "Ref is the name that the report gives a reading: E1, E2 and so on. An empty value is "
            "a figure that is missing or could not be computed; Reason says why. It is never zero.",
        ),
        (
            "What it is not",
            "Signals say what a figure shows against its band, and on what basis. They do not "
            "predict a grade.",
        ),
    ]

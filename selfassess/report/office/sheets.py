"""What the sheets of the evidence workbook hold, as rows of plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from selfassess.report.office.excel import Column
from selfassess.report.scopes import Scopes

__all__ = ["COLUMNS", "readings_of", "sheets_of"]


COLUMNS = (
    Column("Ref", 7),
    Column("Criterion", 12),
    Column("Criterion title", 28),
    Column("Criterion status", 14),
    Column("Reading", 40),
    Column("Part", 26),
    Column("Value", 10),
    Column("Unit", 10),
    Column("Numerator", 10),
    Column("Denominator", 11),
    Column("Status", 13),
    Column("Reason", 30),
    Column("Signal", 10),
    Column("Band", 26),
    Column("Basis", 11),
    Column("From", 12),
    Column("To or at", 12),
    Column("Rests on", 12),
    Column("Voice", 12),
    Column("Confidence", 11),
    Column("Source", 30),
    Column("England", 10),
    Column("Region", 10),
    Column("Neighbours: middle", 11),
    Column("lowest", 9),
    Column("highest", 9),
    Column("Compared over", 16),
    Column("Trend", 34),
    Column("To the next band", 34),
    Column("What it cannot tell", 40),
    Column("Reading id", 34),
    Column("Definition", 16),
)


def readings_of(
    assessment: Mapping[str, Any], ids: Iterable[str], criterion: Mapping[str, Any]
) -> list[list[Any]]:
    """A row a reading, in the order of the report's references."""
    readings = assessment.get("readings") or ()
    numbers = {str(reading["id"]): index for index, reading in enumerate(readings, 1)}
    scopes = Scopes(assessment.get("dimensions") or ())
    chosen = sorted((key for key in ids if key in numbers), key=numbers.__getitem__)
    return [_reading(readings[numbers[key] - 1], numbers[key], criterion, scopes) for key in chosen]


def _reading(
    reading: Mapping[str, Any], number: int, criterion: Mapping[str, Any], scopes: Scopes
) -> list[Any]:
    band = reading.get("band") or {}
    beside = {str(each.get("kind")): each for each in reading.get("comparators") or ()}
    neighbours = beside.get("neighbours") or {}
    england = beside.get("england") or {}
    return [
        f"E{number}",
        criterion.get("id"),
        criterion.get("title"),
        criterion.get("status"),
        reading.get("title"),
        scopes.words(reading.get("where") or {}, 200),
        reading.get("value"),
        reading.get("unit"),
        reading.get("numerator"),
        reading.get("denominator"),
        reading.get("status"),
        reading.get("reason"),
        reading.get("signal"),
        band.get("text"),
        band.get("basis"),
        _date(reading.get("from")),
        _date(reading.get("to") or reading.get("at")),
        reading.get("about"),
        reading.get("voice"),
        reading.get("confidence"),
        reading.get("source"),
        england.get("value"),
        (beside.get("region") or {}).get("value"),
        neighbours.get("value"),
        neighbours.get("low"),
        neighbours.get("high"),
        england.get("period") or neighbours.get("period"),
        (reading.get("trend") or {}).get("text"),
        (reading.get("gap") or {}).get("text"),
        reading.get("can_tell"),
        reading.get("id"),
        str(reading.get("definition") or "").removeprefix("sha256:")[:16],
    ]


def sheets_of(
    assessment: Mapping[str, Any],
) -> Iterator[tuple[str, Sequence[Column], list[list[Any]]]]:
    """The sheets beside those of judgements: name, columns, rows; none that would be empty."""
    for name, columns, rows in (
        ("Findings", *_findings(assessment)),
        ("Register", *_register(assessment)),
        ("Plan", *_plan(assessment)),
        ("Data quality", *_quality(assessment)),
        ("Row ledger", *_ledger(assessment)),
        ("Gaps", *_gaps(assessment)),
        ("Method", *_method(assessment)),
    ):
        if rows:
            yield name, columns, rows


_NO_SHEET: tuple[Mapping[str, Any], ...] = ({},)
_Sheet = tuple[Sequence[Column], list[list[Any]]]


def _findings(assessment: Mapping[str, Any]) -> _Sheet:
    readings = assessment.get("readings") or ()
    refs = {str(reading["id"]): f"E{index}" for index, reading in enumerate(readings, 1)}
    columns = (
        Column("Kind", 18),
        Column("Finding", 80),
        Column("Evidence", 24),
        Column("Criteria", 18),
        Column("Look first at", 30),
        Column("Finding id", 40),
    )
    return columns, [
        [
            finding.get("kind"),
            finding.get("text"),
            ", ".join(refs.get(str(key), str(key)) for key in finding.get("evidence") or ()),
            ", ".join(map(str, finding.get("criteria") or ())),
            finding.get("look_at"),
            finding.get("id"),
        ]
        for finding in assessment.get("findings") or ()
    ]


def _register(assessment: Mapping[str, Any]) -> _Sheet:
    columns = (
        Column("Id", 12),
        Column("Topic", 20),
        Column("Criterion", 12),
        Column("Direction", 11),
        Column("Voice", 14),
        Column("Severity", 11),
        Column("Date", 12),
        Column("Sample", 8),
        Column("Text", 80),
        Column("Source", 30),
    )
    return columns, [
        [
            *(entry.get(key) for key in ("id", "topic", "criterion", "direction", "voice")),
            entry.get("severity"),
            _date(entry.get("date")),
            *(entry.get(key) for key in ("sample", "text", "source")),
        ]
        for entry in assessment.get("register") or ()
    ]


def _plan(assessment: Mapping[str, Any]) -> _Sheet:
    columns = (
        Column("Id", 10),
        Column("Action", 60),
        Column("Owner", 22),
        Column("Due", 12),
        Column("Status", 14),
        Column("Criterion", 14),
        Column("Outcome for children", 50),
        Column("Success measures", 40),
        Column("Answers", 30),
        Column("Impact", 12),
        Column("Colour", 10),
        Column("Why this colour", 60),
        Column("First due date", 12),
        Column("Moves", 8),
        Column("Drift in days", 8),
        Column("Flags", 30),
    )
    return columns, [
        [
            *(action.get(key) for key in ("id", "title", "owner")),
            _date(action.get("due")),
            *(action.get(key) for key in ("status", "criterion", "outcome")),
            ", ".join(map(str, action.get("success_measures") or ())),
            ", ".join(map(str, action.get("why") or ())),
            *(action.get(key) for key in ("impact", "rag_label", "rag_rule")),
            _date(action.get("due_baseline")),
            len(action.get("moves") or ()),
            action.get("drift"),
            ", ".join(map(str, action.get("flags") or ())),
        ]
        for action in assessment.get("plan") or ()
    ]


def _quality(assessment: Mapping[str, Any]) -> _Sheet:
    columns = (
        Column("Rule", 28),
        Column("What", 50),
        Column("Severity", 11),
        Column("Rows", 9),
        Column("Of", 9),
        Column("Status", 14),
        Column("What to do", 50),
    )
    return columns, [
        [
            *(item.get(key) for key in ("rule", "title", "severity", "count", "base", "status")),
            item.get("remedy"),
        ]
        for item in assessment.get("quality") or ()
    ]


def _ledger(assessment: Mapping[str, Any]) -> _Sheet:
    columns = (
        Column("File", 34),
        Column("Sheet", 26),
        Column("Table", 24),
        Column("Rows read", 10),
        Column("Rows used", 10),
        Column("Set aside", 10),
        Column("Unread cells", 11),
        Column("Reasons", 50),
        Column("SHA-256", 68),
    )
    return columns, [
        [
            item.get("path"),
            *(sheet.get(key) for key in ("sheet", "table_title", "rows_read", "rows_used")),
            sheet.get("rows_set_aside"),
            sheet.get("unknown_cells"),
            "; ".join(f"{n} × {why}" for why, n in (sheet.get("reasons") or {}).items()),
            item.get("sha256"),
        ]
        for item in assessment.get("inputs") or ()
        for sheet in item.get("sheets") or _NO_SHEET
    ]


def _gaps(assessment: Mapping[str, Any]) -> _Sheet:
    columns = (Column("What is missing", 50), Column("Why", 50), Column("What to do", 60))
    return columns, [
        [gap.get(key) for key in ("what", "why", "remedy")] for gap in assessment.get("gaps") or ()
    ]


def _method(assessment: Mapping[str, Any]) -> _Sheet:
    columns = (
        Column("Measure", 34),
        Column("Title", 40),
        Column("Why, and what it can tell", 70),
        Column("Unit", 10),
        Column("Better", 11),
        Column("Bands", 60),
    )
    return columns, [
        [
            *(method.get(key) for key in ("measure", "title", "why", "unit", "better")),
            "; ".join(
                f"{band.get('text')} ({band.get('basis')})" for band in method.get("bands") or ()
            ),
        ]
        for method in assessment.get("method") or ()
    ]


def _date(text: Any) -> dt.date | Any:
    """A date where the text is one; anything else as it is."""
    try:
        return dt.date.fromisoformat(str(text)) if text else None
    except ValueError:
        return text

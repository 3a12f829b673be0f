"""The evidence as an Excel workbook: a sheet a judgement, every reading with its source.

Nothing in it is a formula: texts are written as texts, whatever they begin with.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from selfassess.report.manifest import manifest_hash
from selfassess.report.office.sheets import COLUMNS, Column, readings_of, sheets_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook

__all__ = ["workbook"]

_LONGEST = 32_000
"""Characters that Excel lets a cell hold, about."""
_UNFIT = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_NAMES = re.compile(r"[\[\]:*?/\\']+")


def workbook(assessment: Mapping[str, Any]) -> bytes:
    """A .xlsx of an assessment; the same assessment gives the same bytes.

    Args:
        assessment: the content of an assessment.json.
    """
    import xlsxwriter

    stream = io.BytesIO()
    as_at = dt.datetime.fromisoformat(str(assessment["as_at"]))
    book = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    council = str((assessment.get("council") or {}).get("name") or "")
    book.set_properties(
        {"title": "Evidence for the self-evaluation", "author": council, "created": as_at}
    )
    writer = _Writer(book)
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


class _Writer:
    """Writes sheets in one look: a bold, frozen head, filters, wrapped text."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        self.text = book.add_format({**base, "text_wrap": True})
        self.date = book.add_format({**base, "num_format": "dd mmm yyyy", "align": "left"})
        self.number = book.add_format({**base, "num_format": "#,##0.######"})
        self.head = book.add_format(
            {**base, "bold": True, "text_wrap": True, "bg_color": "#E7E7E7", "bottom": 1}
        )
        self.title = book.add_format({**base, "bold": True, "font_size": 16})
        self.names: dict[str, str] = {}

    def front(self, rows: Iterable[tuple[str, str]], parts: Sequence[str]) -> None:
        """The first sheet: what the workbook is, and its sheets as links."""
        sheet = self.book.add_worksheet("Read me")
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 96)
        sheet.write_string(0, 0, "Evidence for the self-evaluation", self.title)
        line = 2
        for label, text in rows:
            sheet.write_string(line, 0, label, self.head)
            sheet.write_string(line, 1, _fit(text), self.text)
            line += 1
        line += 1
        sheet.write_string(line, 0, "Sheets", self.head)
        for part in parts:
            target = f"internal:'{self._name(part)}'!A1"
            sheet.write_url(line, 1, target, self.text, string=_fit(part)[:255])
            line += 1

    def table(self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
        """A sheet with a head that stays in view and filters on every column."""
        sheet = self.book.add_worksheet(self._name(title))
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.title, self.head)
        for number, row in enumerate(rows, 1):
            for index, value in enumerate(row):
                self._write(sheet, number, index, value)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _write(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.text)
        elif isinstance(value, dt.date):
            moment = dt.datetime.combine(value, dt.time())
            sheet.write_datetime(row, column, moment, self.date)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(row, column, value, self.number)
        else:
            sheet.write_string(row, column, _fit(str(value)), self.text)

    def _name(self, title: str) -> str:
        """A sheet's name: at most 31 characters, none that Excel refuses, no two alike."""
        if title not in self.names:
            base = " ".join(_IN_NAMES.sub(" ", _fit(title)).split()) or "Sheet"
            taken = {name.casefold() for name in self.names.values()} | {"read me", "history"}
            name, number = base[:31].strip(), 2
            while name.casefold() in taken:
                name = f"{base[:27].strip()} {number}"
                number += 1
            self.names[title] = name
        return self.names[title]


def _fit(text: str) -> str:
    text = _UNFIT.sub("", text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " … [shortened]"

"""Excel workbooks in one look, of texts, numbers and dates alone: nothing in them is a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from selfassess.report.text import property_text, xml_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook

__all__ = ["Column", "Sheet", "SheetWriter", "open_workbook", "plain_workbook"]

_LONGEST = 32_000
"""Characters that Excel lets a cell hold, about."""
_NAME = 31
"""Characters that Excel lets a sheet's name have."""
_IN_NAMES = re.compile(r"[\[\]:*?/\\']+")


class Column(NamedTuple):
    """A column's head and its width in characters."""

    title: str
    width: int = 14


Sheet = tuple[str, Sequence[Column], Sequence[Sequence[Any]]]
"""A sheet of a plain workbook: its name, its columns and its rows."""


def open_workbook(stream: io.BytesIO, title: str, author: str, day: dt.date) -> Workbook:
    """A workbook that takes texts as texts, whatever they begin with, and says no other date."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    created = dt.datetime.combine(day, dt.time())
    properties = {"title": property_text(title), "author": property_text(author)}
    book.set_properties({**properties, "created": created})
    return book


def plain_workbook(title: str, author: str, day: dt.date, sheets: Iterable[Sheet]) -> bytes:
    """A workbook of lists; the same lists give the same bytes."""
    stream = io.BytesIO()
    book = open_workbook(stream, title, author, day)
    writer = SheetWriter(book)
    for name, columns, rows in sheets:
        writer.table(name, columns, rows)
    book.close()
    return stream.getvalue()


class SheetWriter:
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
        self._tell_apart(parts)
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

    def _tell_apart(self, titles: Iterable[str]) -> None:
        """Name sheets whose titles begin alike by how they end, so that a reader finds his own."""
        begin: dict[str, list[str]] = {}
        for title in dict.fromkeys(titles):
            begin.setdefault(_base(title)[:_NAME], []).append(title)
        for alike in begin.values():
            for title in alike if len(alike) > 1 else ():
                words = _base(title).split()
                while len(words) > 1 and len(" ".join(words)) > _NAME:
                    del words[0]
                self.names[title] = self._free(" ".join(words))

    def _name(self, title: str) -> str:
        """A sheet's name: at most 31 characters, none that Excel refuses, no two alike."""
        if title not in self.names:
            self.names[title] = self._free(_base(title))
        return self.names[title]

    def _free(self, base: str) -> str:
        taken = {name.casefold() for name in self.names.values()} | {"read me", "history"}
        name, number = base[:_NAME].strip(), 2
        while name.casefold() in taken:
            name = f"{base[: _NAME - 4].strip()} {number}"
            number += 1
        return name


def _base(title: str) -> str:
    return " ".join(_IN_NAMES.sub(" ", _fit(title)).split()) or "Sheet"


def _fit(text: str) -> str:
    text = xml_text(text).replace("\r", "")  # Excel would show it as _x000D_
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " … [shortened]"

"""Writes a framework as an Excel workbook that a person can edit, and `read` reads back."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from selfassess.errors import FrameworkError
from selfassess.loading import shape
from selfassess.loading.sheet.cells import cell_text
from selfassess.loading.sheet.guide import INTRODUCTION, guide_lines, help_on
from selfassess.loading.sheet.layout import GUIDE, LISTS, UNDER, Column, SheetPlan, plans
from selfassess.loading.sheet.places import cell_name
from selfassess.loading.sheet.records import rows_of, value_of
from selfassess.model.framework import Framework

if TYPE_CHECKING:
    from selfassess.loading.library import Library

__all__ = ["framework_workbook"]

_LONGEST = 32_000
"""Characters that a cell can hold, with some room; Excel cuts longer text off."""
_SPARE = 300
"""Rows below the last that offer choices, for what is added."""
_NUMBERS = {"number_stored_as_text": "A1:AZ5000"}
"""Every cell holds text, so that Excel changes no id and no date; it need not say so in each."""
_WIDTHS = {"text": 60, "because": 60, "note": 50, "title": 44, "statement": 60, "why": 50}


def framework_workbook(framework: Framework, library: Library) -> bytes:
    """The workbook; the same framework always gives the same bytes.

    Raises:
        FrameworkError: a text is longer than a cell can hold.
    """
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties(
        {"title": framework.title, "subject": framework.reference, "created": _created()}
    )
    _Writer(book, framework, library).write()
    book.close()
    return stream.getvalue()


def _created() -> dt.datetime:
    """A fixed date: the clock must not make two workbooks of one framework differ."""
    return dt.datetime(2000, 1, 1)


class _Writer:
    """One workbook being written."""

    def __init__(self, book: Any, framework: Framework, library: Library) -> None:
        self.book = book
        self.framework = framework
        self.library = library
        self.cell = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        heading = {"bg_color": "#DCE6F1", "bottom": 1, "valign": "top", "text_wrap": True}
        self.heading = book.add_format(heading)
        self.needed = book.add_format({**heading, "bold": True})
        self.rows: dict[str, list[list[str]]] = {}

    def write(self) -> None:
        """Write every sheet."""
        guide = self.book.add_worksheet(GUIDE)
        for plan in plans():
            self.rows[plan.title] = list(rows_of(plan, self.framework))
        for plan in plans():
            sheet = self.book.add_worksheet(plan.title)
            if plan.shape == "head":
                self._head(sheet, plan)
            else:
                self._list(sheet, plan)
        self._lists(self.book.add_worksheet(LISTS))
        self._guide(guide)

    def _head(self, sheet: Any, plan: SheetPlan) -> None:
        """A line a key; a list of texts has a line for each."""
        for number, (text, width) in enumerate((("key", 34), ("value", 90), ("what it is", 60))):
            sheet.write_string(0, number, text, self.needed)
            sheet.set_column(number, number, width)
        sheet.freeze_panes(1, 1)
        sheet.ignore_errors(_NUMBERS)
        row = 1
        for column in plan.columns:
            value = value_of(self.framework, column.keys)
            texts = [cell_text(value, column.annotation)]
            if not column.keys[1:] and isinstance(value, tuple):
                texts = [str(item) for item in value] or [""]
            for text in texts:
                sheet.write_string(
                    row, 0, column.header, self.needed if column.required else self.heading
                )
                sheet.write_string(row, 1, self._fits(text, plan.title, row, 1), self.cell)
                sheet.write_string(row, 2, help_on(plan.model, column), self.plain)
                self._choice(sheet, column, row, row, 1)
                row += 1

    def _list(self, sheet: Any, plan: SheetPlan) -> None:
        headers = plan.headers()
        columns: dict[str, Column] = {column.header: column for column in plan.columns}
        last = len(self.rows[plan.title]) + _SPARE
        for number, text in enumerate(headers):
            column = columns.get(text)
            needed = column.required if column else text in plan.parents
            sheet.write_string(0, number, text, self.needed if needed else self.heading)
            sheet.set_column(number, number, _width(text, column), self.cell)
            if column:
                self._choice(sheet, column, 1, last, number)
            self._reference(sheet, text, column, last, number)
        sheet.freeze_panes(1, len(plan.parents) or 1)
        sheet.ignore_errors(_NUMBERS)
        for row, cells in enumerate(self.rows[plan.title], start=1):
            for number, text in enumerate(cells):
                if text:
                    sheet.write_string(
                        row, number, self._fits(text, plan.title, row, number), self.cell
                    )
        if self.rows[plan.title]:
            sheet.autofilter(0, 0, len(self.rows[plan.title]), len(headers) - 1)

    def _choice(self, sheet: Any, column: Column, first: int, last: int, number: int) -> None:
        """Offer the words that a column allows."""
        options = shape.options(column.annotation)
        words = list(shape.choices(column.annotation)) or (["yes", "no"] if bool in options else [])
        if words and not any(shape.kind(option) == "list" for option in options):
            sheet.data_validation(
                first,
                number,
                last,
                number,
                {
                    "validate": "list",
                    "source": words,
                    "error_title": "Not a known word",
                    "error_message": f"Choose one of {', '.join(words)}."[:255],
                },
            )

    def _reference(
        self, sheet: Any, text: str, column: Column | None, last: int, number: int
    ) -> None:
        """Offer the ids that a column names, and only warn: the one meant may be written yet."""
        if column is not None and column.annotation not in (str, str | None):
            return
        source = self._source(text)
        if source:
            sheet.data_validation(
                1,
                number,
                last,
                number,
                {"validate": "list", "source": source, "error_type": "warning"},
            )

    def _source(self, text: str) -> str:
        named = {"scale": "Scales", "node": "Nodes", UNDER: "Nodes", "target": "Nodes"}
        named |= {"rule": "Rules", "level": "Levels"}
        for plan in plans():
            if plan.title == named.get(text) and self.rows[plan.title]:
                column = "B" if plan.parents else "A"
                last = len(self.rows[plan.title]) + _SPARE
                return f"='{plan.title}'!${column}$2:${column}${last}"
        if text in ("measure", "band of") and self.library.measures:
            return f"='{LISTS}'!$C$2:$C${len(self.library.measures) + 1}"
        return ""

    def _lists(self, sheet: Any) -> None:
        """Topics and measures that are installed, to look up."""
        columns = (
            ("topic", [topic.id for topic in self.library.topics.values()], 30),
            ("its title", [topic.title for topic in self.library.topics.values()], 50),
            ("measure", sorted(self.library.measures), 40),
            ("its title", [m.title for _, m in sorted(self.library.measures.items())], 70),
            ("dimension", sorted(self.library.dimensions), 20),
        )
        for number, (text, items, width) in enumerate(columns):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, text, self.needed)
            for row, item in enumerate(items, start=1):
                sheet.write_string(row, number, item)
        sheet.freeze_panes(1, 0)

    def _guide(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 2, 10)
        sheet.set_column(3, 3, 60)
        sheet.set_column(4, 4, 70)
        bold = self.book.add_format({"bold": True, "font_size": 14})
        sheet.write_string(0, 0, f"{self.framework.title} ({self.framework.reference})", bold)
        wide = self.book.add_format({"text_wrap": True, "valign": "top"})
        row = 2
        for text in INTRODUCTION:
            sheet.merge_range(row, 0, row, 4, text, wide)
            sheet.set_row(row, 30 if len(text) > 140 else 16)
            row += 1
        row += 1
        for number, text in enumerate(("sheet", "column", "needed", "how it is written", "what")):
            sheet.write_string(row, number, text, self.needed)
        for plan in plans():
            for line in guide_lines(plan):
                row += 1
                for number, text in enumerate(line):
                    sheet.write_string(row, number, text, self.plain)

    def _fits(self, text: str, sheet: str, row: int, column: int) -> str:
        if len(text) > _LONGEST:
            raise FrameworkError(
                f"{sheet}!{cell_name(row + 1, column + 1)} would hold {len(text)} characters; a "
                f"cell holds {_LONGEST}.",
                hint="Shorten the text in the framework's file, or edit that file itself.",
            )
        return text


def _width(text: str, column: Column | None) -> int:
    if column is None:
        return 24
    last = text.rpartition(" / ")[2]
    if last in _WIDTHS:
        return _WIDTHS[last]
    if any(shape.kind(option) == "list" for option in shape.options(column.annotation)):
        return 36
    return 18

"""The plan as an Excel workbook, for people who keep plans there: edit, import, look, apply."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from selfassess.model.plan import PlanSettings
from selfassess.plan.colours import legend
from selfassess.plan.derived import derive_all
from selfassess.plan.events import Event, digest_of
from selfassess.plan.excel_columns import SHEETS, Column, Sheet, rows, shown
from selfassess.plan.fold import fold

__all__ = ["NOTE", "to_excel"]

NOTE = "Read me"
_FORMULA = ("=", "+", "-", "@", "\t")
_FILLS = {
    "blue": "#bcd3f2",
    "green": "#c6e6cf",
    "amber": "#fbe3b0",
    "red": "#f3c1bd",
    "none": "#eceeef",
}


def to_excel(events: Sequence[Event], as_at: dt.date, settings: PlanSettings) -> bytes:
    """Write the plan as it stands; colours and flags are those of a day.

    Texts are written as texts, so that one which begins like a formula is none.
    """
    import xlsxwriter

    plan = fold(events)
    known = derive_all(plan, as_at, settings)
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties(
        {"title": "Improvement plan", "created": dt.datetime.combine(as_at, dt.time())}
    )
    writer = _Writer(book)
    for sheet in SHEETS:
        page = book.add_worksheet(sheet.name)
        writer.head(page, sheet)
        for line, (_, item) in enumerate(rows(sheet, plan.actions.values(), known), start=1):
            for at, column in enumerate(sheet.columns):
                fill = known[item[0].id].colour if column.title == "Colour" else ""
                writer.cell(page, line, at, column, shown(column, *item), fill)
        writer.foot(page, sheet)
    _note(book.add_worksheet(NOTE), writer, plan.seq, digest_of(events), as_at, settings)
    book.close()
    return stream.getvalue()


class _Writer:
    """The formats of a workbook, and how cells are written with them."""

    def __init__(self, book: Any) -> None:
        self._book = book
        base = {"valign": "top", "text_wrap": True, "font_size": 10}
        self._formats: dict[tuple[Any, ...], Any] = {}
        self._base = base
        self.head_format = book.add_format(
            {**base, "bold": True, "bg_color": "#12436d", "font_color": "#ffffff"}
        )

    def format(self, column: Column, *, guarded: bool = False, fill: str = "") -> Any:
        """The format of a cell: grey where it is only to be read."""
        key = (column.kind == "date", bool(column.field), guarded, fill)
        if key not in self._formats:
            given = dict(self._base)
            if column.kind == "date":
                given["num_format"] = "yyyy-mm-dd"
            if fill:
                given["bg_color"] = _FILLS[fill]
            elif not column.field:
                given["bg_color"] = "#eceeef"
            if guarded:  # stays text also after somebody has edited the cell
                given["quote_prefix"] = True
            self._formats[key] = self._book.add_format(given)
        return self._formats[key]

    def head(self, page: Any, sheet: Sheet) -> None:
        """The header row, frozen."""
        for at, column in enumerate(sheet.columns):
            page.write_string(0, at, column.title, self.head_format)
            page.set_column(at, at, column.width)
        page.freeze_panes(1, 3)

    def foot(self, page: Any, sheet: Sheet) -> None:
        """Lists of words to choose from, below the last row as well."""
        for at, column in enumerate(sheet.columns):
            if column.choices:
                rule = {"validate": "list", "source": list(column.choices)}
                page.data_validation(1, at, 2000, at, rule)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)

    def cell(
        self, page: Any, row: int, at: int, column: Column, value: Any, fill: str = ""
    ) -> None:
        """One cell, by the kind of its column."""
        text = value if isinstance(value, str) else ""
        form = self.format(column, guarded=text.startswith(_FORMULA), fill=fill)
        if value is None:
            page.write_blank(row, at, None, form)
        elif isinstance(value, str):
            page.write_string(row, at, value, form)
        elif isinstance(value, dt.date):
            page.write_datetime(row, at, dt.datetime.combine(value, dt.time()), form)
        else:
            page.write_number(row, at, value, form)


def _note(
    page: Any, writer: _Writer, seq: int, digest: str, as_at: dt.date, settings: PlanSettings
) -> None:
    lines = [
        ("Improvement plan", f"as at {as_at}"),
        (
            "How to edit",
            "White columns may be edited, grey ones are worked out. One action a row; a "
            "row without an id becomes a new action.",
        ),
        ("Dates and states", "A changed date or state needs a reason in the same row."),
        ("Lists", "One item a line (Alt+Enter)."),
        ("Then", "selfassess plan import FILE shows what would change; --apply does it."),
        ("Rows left out", "stay as they are. Actions are not deleted: cancel them, with a reason."),
        ("", ""),
        *((each.label, each.means) for each in legend(settings).values()),
        ("", ""),
        ("Exported at event", str(seq)),
        ("Digest", digest),
    ]
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 90)
    for row, (name, text) in enumerate(lines):
        page.write_string(row, 0, name, writer.format(Column("", "x", str)))
        page.write_string(row, 1, text, writer.format(Column("", "x", str)))

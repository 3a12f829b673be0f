"""One sheet at a time: recognise it, read it, and say what was amiss with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from textwrap import shorten
from typing import Any

from selfassess.errors import Problem
from selfassess.evidence import rows as typed
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse, quoted
from selfassess.evidence.headers import HEAD_ROWS, Match, NearMiss, TableFinder, column_letters
from selfassess.evidence.ledger import TEXT_FILES, Ledger
from selfassess.evidence.published import find_figures, parse_figures
from selfassess.evidence.staging import HEADER
from selfassess.evidence.state import RawPublished, SourceFile, TableState
from selfassess.model.evidence import SetAside, Sheet, SheetLedger, TableSpec

__all__ = ["FIGURES", "NO_TABLE", "SheetIntake"]

_FEW = 5
"""Unknown headers that a warning names."""

NO_TABLE = "no list has these headers"
"""The ledger's word for the rows of a sheet that is no list: guidance, a cover, a chart's data."""

BELOW = "below another list's headers"
"""The ledger's word for rows of a list that stands under another one."""

FIGURES = "readings"
"""What the ledger calls a sheet of published figures."""


class SheetIntake:
    """Takes sheets one after another.

    Attributes:
        states: what was supplied of each table so far.
        published: published figures so far.
    """

    def __init__(
        self, warehouse: DuckDBWarehouse, tables: Mapping[str, TableSpec], ledger: Ledger
    ) -> None:
        self.ledger = ledger
        self.states = {id_: TableState(spec=spec) for id_, spec in tables.items()}
        self.published: list[RawPublished] = []
        self._warehouse = warehouse
        self._finder = TableFinder(tables.values())
        self._rows_taken = dict.fromkeys(tables, 0)

    def take(self, sheet: Sheet, file: SourceFile) -> None:
        """Read a sheet into the table that its headers name."""
        typed.show_sheet(self._warehouse, sheet)
        cells = typed.first_rows(self._warehouse, sheet, HEAD_ROWS)
        width = len(cells[0]) if cells else 0
        found = self._finder.find(cells, file_name=file.path.name)
        figures = None if isinstance(found, Match) else find_figures(cells)
        if figures:
            self._take_figures(sheet, file, width, *figures)
        elif isinstance(found, Match) and not found.rivals:
            self._take_list(sheet, file, width, found)
        else:
            if isinstance(found, Match):
                self._tell_rivals(sheet, file, found)
            elif found:
                self._tell_near_miss(sheet, file, found)
            self._take_nothing(sheet, file, width)

    def _rows(self, sheet: Sheet, width: int, where: str) -> list[tuple[Any, ...]]:
        """Rows of the shown sheet: the row number, then the cells."""
        if not width:
            return []
        return self._warehouse.query(
            f"SELECT * FROM {typed.source(sheet, width)}{where} ORDER BY r"
        )

    def _take_list(self, sheet: Sheet, file: SourceFile, width: int, match: Match) -> None:
        table = match.table
        intake = typed.take_rows(
            self._warehouse,
            sheet,
            match,
            width=width,
            path=file.name,
            index=self.ledger.next_index,
            first_id=self._rows_taken[table.id],
        )
        self._cut_below(sheet, file, width, match, intake)
        self._rows_taken[table.id] += intake.read
        entry = self._entry(sheet, file, read=intake.read)
        self.ledger.add(
            replace(
                entry,
                table=table.id,
                header_row=sheet.first_row + match.row,
                ignored_columns=match.ignored,
            ),
            rows=intake.aside,
            cells=intake.cells,
            kept=[cell for cells in intake.kept.values() for cell in cells],
        )
        self._tell(sheet, file, match, intake)
        self._note_state(file, match, intake)

    def _cut_below(
        self, sheet: Sheet, file: SourceFile, width: int, match: Match, intake: typed.Intake
    ) -> None:
        """Set aside what stands below the headers of another list on the same sheet."""
        for again in sorted(item.row for item in intake.aside if item.reason == HEADER):
            cells = self._rows(sheet, width, f" WHERE r = {again}")[0][1:]
            other = self._finder.find([cells])
            if isinstance(other, Match) and other.table.id != match.table.id:
                break
        else:
            return
        # A blank row that stands near parts the lists; what follows it is the second one's title.
        blank = [item.row for item in intake.aside if again - 3 <= item.row < again]
        start = min([again, *blank])
        below = (
            f"FROM {quoted(match.table.id)} WHERE source_sheet = {self.ledger.next_index}"
            f" AND source_row > {start}"
        )
        rows = [row for (row,) in self._warehouse.query(f"SELECT source_row {below}")]
        self._warehouse.execute(f"DELETE {below}")
        intake.aside += [self._aside(sheet, file, row, BELOW) for row in rows]
        intake.cells = [cell for cell in intake.cells if cell.row < start]
        intake.kept = {
            name: [cell for cell in kept if cell.row < start] for name, kept in intake.kept.items()
        }
        self._problem(
            f"{file.name}, {sheet.name}, row {again}",
            f"the headers of {other.table.title} stand below {match.table.title}; the "
            f"{sum(row > again for row in rows)} rows below them are not used.",
            "Put each list on a sheet of its own.",
        )

    def _note_state(self, file: SourceFile, match: Match, intake: typed.Intake) -> None:
        state = self.states[match.table.id]
        if file.path.suffix.lower() in TEXT_FILES and not intake.read:
            return
        columns = frozenset(match.columns)
        unlisted = dict(state.unlisted)
        for name, cells in intake.kept.items():
            unlisted[name] = unlisted.get(name, 0) + len(cells)
        self.states[match.table.id] = replace(
            state,
            present=True,
            columns=state.columns & columns if state.present else columns,
            files=tuple(dict.fromkeys((*state.files, file.name))),
            unlisted=unlisted,
        )

    def _take_figures(
        self, sheet: Sheet, file: SourceFile, width: int, row: int, columns: dict[str, int]
    ) -> None:
        header = sheet.first_row + row
        lines = [(r[0], r[1:]) for r in self._rows(sheet, width, f" WHERE r > {header}")]
        while lines and not any(text and str(text).strip() for text in lines[-1][1]):
            lines.pop()
        figures = parse_figures(lines, columns, file=file.name, first_column=sheet.first_column)
        self.published += figures.rows
        self.ledger.problems += figures.problems
        self.ledger.add(
            replace(self._entry(sheet, file, read=len(lines)), table=FIGURES, header_row=header),
            rows=[self._aside(sheet, file, number, why) for number, why in figures.aside],
        )

    def _take_nothing(self, sheet: Sheet, file: SourceFile, width: int) -> None:
        """Enter a sheet that is no list: every row of it is set aside."""
        held = [f"trim(c{i}) <> ''" for i in range(width)]
        last = 0
        if held:
            filled = f"SELECT max(r) FROM {typed.source(sheet, width)} WHERE {' OR '.join(held)}"
            last = self._warehouse.query(filled)[0][0] or 0
        first = sheet.first_row
        rows = [self._aside(sheet, file, r, NO_TABLE) for r in range(first, last + 1)]
        self.ledger.add(self._entry(sheet, file, read=len(rows)), rows=rows)

    def _entry(self, sheet: Sheet, file: SourceFile, *, read: int) -> SheetLedger:
        return SheetLedger(
            path=file.name,
            sheet=sheet.name,
            table=None,
            rows_read=read,
            rows_used=read,
            rows_set_aside=0,
            hidden=sheet.hidden,
        )

    def _aside(self, sheet: Sheet, file: SourceFile, row: int, reason: str) -> SetAside:
        return SetAside(path=file.name, sheet=sheet.name, row=row, reason=reason)

    def _tell(self, sheet: Sheet, file: SourceFile, match: Match, intake: typed.Intake) -> None:
        table, here = match.table, _place(sheet, file, match.row)
        if match.missing and intake.read:
            wanting = ", ".join(f"'{table.column(name).headers[0]}'" for name in match.missing)
            many = len(match.missing) > 1
            self._problem(
                here,
                f"read as {table.title}, but the {'headers' if many else 'header'} {wanting} "
                f"{'are' if many else 'is'} not there.",
                "What needs them reads not-computable. Add the columns and run again.",
            )
        if match.repeated:
            self._tell_repeated(sheet, here, match)
        unsaved = sum(1 for cell in intake.cells if cell.reason == typed.UNSAVED)
        if unsaved:
            self._problem(
                here,
                f"{unsaved} {'cells hold a formula' if unsaved > 1 else 'cell holds a formula'} "
                "without a result, as in a file that a program wrote and nobody has opened since; "
                f"{'they count' if unsaved > 1 else 'it counts'} as unknown.",
                "Open the workbook in Excel, save it and run again.",
            )
        for written in intake.month_first:
            self._problem(
                here,
                f"column {typed.place(written.number, written.header)}: {written.certain} "
                f"{'dates' if written.certain > 1 else 'date'} can only be month first "
                "(12/31/2026) and none can only be day first. Dates are read day first, so that "
                f"the column's other {written.others} may be wrong.",
                "Export the column as real dates, or day first, and run again.",
            )
        if intake.lost_digits:
            many = intake.lost_digits > 1
            self._problem(
                here,
                f"{intake.lost_digits} {'ids are' if many else 'id is'} written like 1.2E+10: "
                f"{'their' if many else 'its'} last digits are lost, and different children may "
                "look like one.",
                "Format the column as text in the source and export it again.",
            )

    def _tell_repeated(self, sheet: Sheet, here: str, match: Match) -> None:
        twice = []
        for name, index in match.repeated:
            used, other = (
                column_letters(sheet.first_column + i) for i in (match.columns[name], index)
            )
            header = match.table.column(name).headers[0]
            twice.append(f"'{header}' in columns {used} and {other}")
        many = len(twice) > 1
        self._problem(
            here,
            f"{'headers stand' if many else 'a header stands'} twice: {'; '.join(twice)}. "
            f"{'Of each the' if many else 'The'} first is used.",
            "Delete or rename the other; a second list goes on a sheet of its own.",
        )

    def _tell_near_miss(self, sheet: Sheet, file: SourceFile, miss: NearMiss) -> None:
        wanting = "; ".join(
            f"'{header}'" + (f" (nearest there: '{near}')" if near else "")
            for header, near in zip(miss.missing, miss.nearest, strict=True)
        )
        others = ""
        if miss.strangers and not any(miss.nearest):
            named = [f"'{shorten(header, 60)}'" for header in miss.strangers[:_FEW]]
            more = len(miss.strangers) - len(named)
            others = f" Headers there that it does not know: {', '.join(named)}" + (
                f" and {more} more." if more else "."
            )
        self._problem(
            _place(sheet, file, miss.row),
            f"this looks like {miss.table.title}, but lacks the "
            f"{'headers' if len(miss.missing) > 1 else 'header'} {wanting}. "
            f"None of its rows are used.{others}",
            "Correct the header in the file and run again.",
        )

    def _tell_rivals(self, sheet: Sheet, file: SourceFile, match: Match) -> None:
        names = ", ".join(sorted((match.table.id, *match.rivals)))
        self._problem(
            _place(sheet, file, match.row),
            f"these headers fit several tables equally well: {names}. None of its rows are used.",
            "Name the file as one of the tables says, or add the columns that tell them apart.",
        )

    def _problem(self, where: str, message: str, hint: str) -> None:
        self.ledger.problems.append(Problem(where=where, message=message, hint=hint))


def _place(sheet: Sheet, file: SourceFile, row: int) -> str:
    return f"{file.name}, {sheet.name}, row {sheet.first_row + row}"

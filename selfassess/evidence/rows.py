"""A recognised sheet becomes typed rows, and every row and cell of it is accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from selfassess.errors import SelfAssessError
from selfassess.evidence import cells
from selfassess.evidence.duckdb_warehouse import DuckDBWarehouse, quoted
from selfassess.evidence.headers import Match, column_letters
from selfassess.evidence.month_first import MonthFirst, month_first
from selfassess.evidence.readers.text_table import TextTable
from selfassess.evidence.staging import ERRORS, NO_RECORDS, Staging
from selfassess.evidence.terms import forget_terms, look_up
from selfassess.model.evidence import SetAside, Sheet, TableSpec

__all__ = [
    "EXTRA_COLUMNS",
    "UNLISTED",
    "UNSAVED",
    "Intake",
    "columns_of",
    "first_rows",
    "forget_sheet",
    "place",
    "show_sheet",
    "source",
    "take_rows",
]

UNLISTED = "code not in the set, kept as text"
"""The ledger's word for a coded cell whose value no code's spelling fits; it stays in use."""

UNSAVED = "formula without a result"
"""The ledger's word for a cell whose formula was written and never reckoned."""

EXTRA_COLUMNS = {
    "row_id": "BIGINT",
    "source_sheet": "INTEGER",
    "source_row": "INTEGER",
    "unknown_cells": "VARCHAR",
}
"""Columns that every table has besides its own."""

_SHOWN, _SHEET, _STAGE = "_shown", "_sheet", "_stage"


@dataclass(slots=True)
class Intake:
    """What became of a sheet's rows.

    Attributes:
        read: rows below the header, to the last that holds anything.
        aside: the rows set aside.
        cells: the cells set aside; their rows may be in use.
        kept: for a coded column, the cells whose value is no code of the set; they stay in use.
        lost_digits: ids in scientific notation: what they were cannot be told any more.
        month_first: columns whose dates were written with the month first, it seems.
    """

    read: int
    aside: list[SetAside] = field(default_factory=list)
    cells: list[SetAside] = field(default_factory=list)
    kept: dict[str, list[SetAside]] = field(default_factory=dict)
    lost_digits: int = 0
    month_first: list[MonthFirst] = field(default_factory=list)

    @property
    def used(self) -> int:
        """Rows in use."""
        return self.read - len(self.aside)

    def reasons(self) -> dict[str, int]:
        """How many rows and cells were set aside for each reason."""
        kept = [cell for cells_ in self.kept.values() for cell in cells_]
        return dict(sorted(Counter(i.reason for i in (*self.aside, *self.cells, *kept)).items()))


def place(column: int, header: str) -> str:
    """A column as the ledger names it: ``M 'Allocated Team'``."""
    return f"{column_letters(column)} '{header}'"


def columns_of(table: TableSpec) -> dict[str, str]:
    """The columns that a declared table has in a warehouse, with their types."""
    return {c.name: cells.SQL_TYPES[c.type] for c in table.columns} | EXTRA_COLUMNS


def show_sheet(warehouse: DuckDBWarehouse, sheet: Sheet) -> None:
    """Copy a sheet's cells into the warehouse, as text; `source` names them."""
    if sheet.cells is None:
        return
    copied = f"CREATE OR REPLACE TEMP TABLE {_SHEET} AS"
    if isinstance(sheet.cells, TextTable):
        # Through an Arrow stream each file would cost a second engine and twice the time.
        table = sheet.cells
        try:
            warehouse.execute(f"{copied} {table.query}", table.parameters)
        except SelfAssessError:
            if table.otherwise is None:
                raise
            table = table.otherwise()
            warehouse.execute(f"{copied} {table.query}", table.parameters)
        return
    warehouse.show(_SHOWN, sheet.cells)
    try:
        warehouse.execute(f"{copied} SELECT COLUMNS(*)::VARCHAR FROM {_SHOWN}")
    finally:
        warehouse.hide(_SHOWN)


def first_rows(warehouse: DuckDBWarehouse, sheet: Sheet, count: int) -> list[tuple[Any, ...]]:
    """The cells of the shown sheet's first rows."""
    if sheet.cells is None:
        return []
    # A single thread reads rows in the order in which they came in.
    return warehouse.query(f"SELECT * FROM {_SHEET} WHERE rowid < {count}")


def source(sheet: Sheet, width: int) -> str:
    """The shown sheet in SQL: its row number is r, its columns are c0, c1 and so on."""
    # Rows are numbered in the order in which they came in; that is what a rowid is.
    names = ", ".join(["r", *(f"c{i}" for i in range(width))])
    return f"(SELECT rowid + {sheet.first_row}, * FROM {_SHEET}) AS s({names})"


def forget_sheet(warehouse: DuckDBWarehouse) -> None:
    """Let go of the last sheet's cells."""
    for name in (_SHEET, _STAGE, ERRORS):
        warehouse.execute(f"DROP TABLE IF EXISTS {name}")
    forget_terms(warehouse)


def take_rows(
    warehouse: DuckDBWarehouse,
    sheet: Sheet,
    match: Match,
    *,
    width: int,
    path: str,
    index: int,
    first_id: int,
) -> Intake:
    """Read the shown sheet's rows into its table.

    Args:
        warehouse: where the sheet is shown.
        sheet: the sheet.
        match: the table that it was recognised as.
        width: how many columns the sheet has.
        path: the file's name, for places.
        index: the sheet's number in the ledger.
        first_id: the row id before the first row's.
    """
    table, positions = match.table, match.columns
    found = [c for c in table.columns if c.name in positions]
    header_row = sheet.first_row + match.row
    raw = [f"c{positions[column.name]}" for column in found]
    below = f"FROM {source(sheet, width)} WHERE r > {header_row}"
    staging = Staging(
        table=table,
        found=found,
        raw=raw,
        others=[f"c{i}" for i in range(width) if i not in positions.values()],
        numbers={c.name: sheet.first_column + positions[c.name] for c in found},
        error_columns=_note_errors(warehouse, sheet, header_row),
        terms=look_up(warehouse, found, raw, below, keys=table.key, date1904=sheet.date1904),
        below=below,
    )
    into = (
        f"INSERT INTO {quoted(table.id)}"
        f" ({', '.join(quoted(c.name) for c in found)}, {', '.join(EXTRA_COLUMNS)})"
        f" SELECT {', '.join(quoted(c.name) for c in found)},"
        f" {first_id - header_row} + r, {index}, r, unknown_cells"
    )
    given = staging.terms.parameters
    if staging.clean:
        warehouse.execute(f"{into} FROM ({staging.plain_query()})", given)
        return Intake(read=staging.terms.height)
    warehouse.execute(f"CREATE OR REPLACE TEMP TABLE {_STAGE} AS {staging.query()}", given)
    last = warehouse.query(f"SELECT max(r) FROM {_STAGE} WHERE why IS DISTINCT FROM 'blank row'")
    end = last[0][0] or header_row
    intake = Intake(read=end - header_row)
    aside = warehouse.query(
        f"SELECT r, why FROM {_STAGE} WHERE why IS NOT NULL AND r <= {end} ORDER BY r"
    )
    intake.aside = [SetAside(path=path, sheet=sheet.name, row=r, reason=why) for r, why in aside]
    apart = frozenset(row for row, why in aside if why in NO_RECORDS)
    intake.cells = [
        cell for cell in _cells_aside(warehouse, sheet, staging, path, end) if cell.row not in apart
    ]
    intake.kept = _kept(warehouse, sheet, staging, path)
    intake.lost_digits = _lost_digits(warehouse, staging)
    intake.month_first = month_first(warehouse, staging)
    warehouse.execute(f"{into} FROM {_STAGE} WHERE why IS NULL AND r <= {end} ORDER BY r")
    return intake


def _note_errors(warehouse: DuckDBWarehouse, sheet: Sheet, header_row: int) -> frozenset[int]:
    """Keep the error cells below the header, and say which columns they stand in."""
    rows: dict[int, list[int]] = {}
    for row, column in sheet.errors | sheet.unsaved:
        if row > header_row:
            rows.setdefault(row, []).append(column)
    if rows:
        numbers = sorted(rows)
        warehouse.execute(
            f"CREATE OR REPLACE TEMP TABLE {ERRORS} AS"
            " SELECT unnest($1::BIGINT[]) AS r, unnest($2::VARCHAR[]) AS cols",
            [numbers, ["|" + "|".join(map(str, sorted(rows[n]))) + "|" for n in numbers]],
        )
    return frozenset(column for columns in rows.values() for column in columns)


def _cells_aside(
    warehouse: DuckDBWarehouse, sheet: Sheet, staging: Staging, path: str, end: int
) -> list[SetAside]:
    """Every cell that could not be read, by row and column; error cells of nobody's too."""
    known: dict[tuple[int, int], SetAside] = {}
    marked = f"SELECT r, marks FROM {_STAGE} WHERE marks IS NOT NULL AND r <= {end}"
    for row, marks in warehouse.query(marked) if staging.amiss else ():
        for mark in marks.split("|"):
            column = staging.found[int(mark[1:])]
            number = staging.numbers[column.name]
            known[row, number] = SetAside(
                path=path,
                sheet=sheet.name,
                row=row,
                reason=_failed(sheet, row, number) if mark[0] == "e" else cells.reason(column),
                column=place(number, column.headers[0]),
            )
    for row, number in sheet.errors | sheet.unsaved:
        if (row, number) not in known and row <= end:
            known.setdefault(
                (row, number),
                SetAside(
                    path=path,
                    sheet=sheet.name,
                    row=row,
                    reason=f"{_failed(sheet, row, number)} outside the list's columns",
                    column=column_letters(number),
                ),
            )
    return [known[key] for key in sorted(known)]


def _failed(sheet: Sheet, row: int, column: int) -> str:
    return UNSAVED if (row, column) in sheet.unsaved else "error cell"


def _kept(
    warehouse: DuckDBWarehouse, sheet: Sheet, staging: Staging, path: str
) -> dict[str, list[SetAside]]:
    """Coded cells that no code's spelling fits, by column: kept as text, and said where."""
    found: dict[str, list[SetAside]] = {}
    for n in sorted(staging.terms.unlisted):
        column = staging.found[n]
        where = place(staging.numbers[column.name], column.headers[0])
        rows = warehouse.query(
            f"SELECT r FROM {_STAGE} WHERE why IS NULL AND {quoted('l ' + column.name)} ORDER BY r"
        )
        if rows:
            found[column.name] = [
                SetAside(path=path, sheet=sheet.name, row=r, reason=UNLISTED, column=where)
                for (r,) in rows
            ]
    return found


def _lost_digits(warehouse: DuckDBWarehouse, staging: Staging) -> int:
    ids = [
        c.name
        for n, c in enumerate(staging.found)
        if c.type == "id" and n in staging.terms.looked_up
    ]
    if not ids:
        return 0
    sums = " + ".join(
        rf"count(*) FILTER (regexp_full_match({quoted(name)}, '\d(\.\d+)?E\+\d+'))" for name in ids
    )
    return int(warehouse.query(f"SELECT {sums} FROM {_STAGE} WHERE why IS NULL")[0][0])
